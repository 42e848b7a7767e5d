//! Recordings whose numbers betray the sensor's end or another unit.

use glam::DVec3;

use super::super::*;
use crate::units::GRAVITY;

/// A minute of something like running at 100 Hz: no two peaks are of one height.
fn running(change: impl Fn(&mut ImuSample)) -> Vec<ImuSample> {
    (0..6000)
        .map(|k| {
            let time_s = f64::from(k) / 100.0;
            let beat = (time_s * 17.0).sin();
            let height = 1.0 + 0.2 * (time_s * 1.37).sin();
            let mut sample = ImuSample {
                time_s,
                specific_force: DVec3::new(4.0 * (time_s * 17.3).cos(), GRAVITY + 14.0 * height * beat, beat),
                angular_velocity: Some(DVec3::new(
                    2.0 * height * beat,
                    1.0,
                    height * (time_s * 8.5).cos(),
                )),
                clipped: false,
            };
            change(&mut sample);
            sample
        })
        .collect()
}

fn read(samples: &[ImuSample]) -> Result<Recording, RecordingError> {
    let mut file = Vec::new();
    write_csv(&mut file, samples).expect("a vector takes bytes");
    read_csv(file.as_slice())
}

fn clipped(samples: &[ImuSample]) -> usize {
    let recording = read(samples).expect("a recording");
    recording.samples.iter().filter(|sample| sample.clipped).count()
}

#[test]
fn peaks_of_different_height_are_not_clipped() {
    assert_eq!(clipped(&running(|_| {})), 0);
}

#[test]
fn peaks_cut_at_a_range_are_clipped_whether_the_range_has_a_name_or_not() {
    for end in [2.0 * GRAVITY, 17.3] {
        let cut = running(|sample| sample.specific_force = sample.specific_force.min(DVec3::splat(end)));
        let truth = cut.iter().filter(|sample| sample.specific_force.y >= end).count();
        assert!(truth > 100);
        assert_eq!(clipped(&cut), truth, "{end}");
    }
    let end = 125_f64.to_radians();
    let cut = running(|sample| {
        sample.angular_velocity = sample.angular_velocity.map(|turn| turn.min(DVec3::splat(end)));
    });
    assert!(clipped(&cut) > 20);
}

#[test]
fn a_pod_at_rest_that_repeats_itself_is_not_clipped() {
    let still = running(|sample| {
        sample.specific_force = DVec3::Y * 2.0 * GRAVITY;
        sample.angular_velocity = Some(DVec3::ZERO);
    });
    assert_eq!(clipped(&still), 0);
}

#[test]
fn other_units_are_refused_by_name() {
    let in_g = running(|sample| sample.specific_force /= GRAVITY);
    assert!(matches!(read(&in_g), Err(RecordingError::ForceUnit { .. })));
    let without_gravity = running(|sample| sample.specific_force.y -= GRAVITY);
    assert!(matches!(
        read(&without_gravity),
        Err(RecordingError::NoGravity { .. })
    ));
    let in_degrees =
        running(|sample| sample.angular_velocity = sample.angular_velocity.map(|turn| turn * 30.0));
    assert!(matches!(read(&in_degrees), Err(RecordingError::TurnUnit { .. })));
}
