//! Neutral and way forward of made-up runners, from the bytes of their pods, against how the pods were mounted.
//!
//! `core/examples/mountings.rs` counts the same over as many runners as wanted.

use plumbline_core::{
    lean::{band::OwnReference, rules::RuleModel},
    pod::site::Site,
    session::{pipeline::Pipeline, stream::PodStream},
    sim::{
        self, PodSetup, Simulation, Truth,
        population::{Runner, Timing},
    },
    units::Timestamp,
};

/// Runners whose pods were once turned back to front.
const ONCE_FLIPPED: [u64; 9] = [56, 72, 137, 189, 198, 220, 616, 682, 1034];
/// Runners nobody tuned anything on.
const FRESH: std::ops::Range<u64> = 7_000_000..7_000_016;

/// What one pod, worn alone, found: the error of its way forward, degrees, or `None` where it gave none.
fn forward_error_deg(runner: &Runner, simulation: &Simulation, site: Site) -> Option<f64> {
    let pods = simulation.pods.iter().filter(|pod| pod.site == site);
    let worn = Simulation {
        pods: pods.cloned().collect(),
        truth: Truth::default(),
    };
    let start = Timestamp(1_700_000_000_000_000);
    let (mut stream, mut pipeline) = (PodStream::default(), Pipeline::new(OwnReference::default(), &[]));
    for notification in sim::notifications(&runner.scenario, &worn, start) {
        let mut samples = Vec::new();
        stream.accept(notification.arrival, start, &notification.bytes, |sample| {
            samples.push(sample);
        });
        for sample in samples {
            pipeline.push(site, sample, &RuleModel, &mut |_| {});
        }
    }
    pipeline.finish(&RuleModel, &mut |_| {});
    let setup: &PodSetup = &worn.pods.first()?.setup;
    let found = setup.mounting * pipeline.mounts().first()?.1.forward;
    Some((-found.z).atan2(found.x).to_degrees().abs())
}

/// A pelvis that shakes as real ones do brakes and propels less plainly, and a pod without gyroscope cannot take that
/// shaking out: of some that did not walk before they ran the way forward is not told.
const UNTOLD_WITHOUT_GYRO: f64 = 0.4;

#[test]
fn no_pod_is_turned_back_to_front_and_few_have_no_way_forward() {
    let (mut missing, mut wrong, mut asked) = ([0, 0], [0, 0], [0, 0]);
    for seed in ONCE_FLIPPED.into_iter().chain(FRESH) {
        let runner = Runner::draw(seed, Timing::FollowsTheForm);
        let simulation = runner.simulate();
        for pod in &simulation.pods {
            let kind = usize::from(pod.setup.has_gyro);
            asked[kind] += 1;
            match forward_error_deg(&runner, &simulation, pod.site) {
                Some(error_deg) if error_deg >= 20.0 => {
                    println!("seed {seed}, {:?}: off by {error_deg:.0} degrees", pod.site);
                    wrong[kind] += 1;
                }
                Some(_) => {}
                None => missing[kind] += 1,
            }
        }
    }
    println!("without and with a gyroscope: {wrong:?} wrong, {missing:?} not told, of {asked:?}");
    assert_eq!(wrong, [0, 0]);
    assert!(missing[1] <= 1, "{missing:?}");
    assert!(f64::from(missing[0]) <= UNTOLD_WITHOUT_GYRO * f64::from(asked[0]));
}
