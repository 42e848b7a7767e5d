use super::*;
use crate::{
    lean::rules::RuleModel,
    session::{
        report::{Estimate, GapReason, Summary},
        summary::summarize,
    },
    sim::{Act, PodSetup, Scenario, SimulatedPod, simulate},
};

fn pods(acts: Vec<Act>, sites: &[Site]) -> Vec<SimulatedPod> {
    let pods = sites.iter().map(|site| PodSetup::typical(*site, 7)).collect();
    simulate(&Scenario {
        seed: 7,
        rate_hz: 104.0,
        pods,
        acts,
        frame_loss: 0.0,
    })
    .pods
}

fn play(pods: &[SimulatedPod]) -> Vec<Event> {
    let mut samples: Vec<_> = pods
        .iter()
        .flat_map(|pod| pod.samples.iter().map(|sample| (pod.site, *sample)))
        .collect();
    samples.sort_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s));
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut events = Vec::new();
    for (site, sample) in samples {
        pipeline.push(site, sample, &RuleModel, &mut |event| events.push(event));
    }
    pipeline.finish(&RuleModel, &mut |event| events.push(event));
    events
}

fn run(lean: f64, bend: f64) -> Vec<Act> {
    let run = Act::Run {
        seconds: 40.0,
        speed_mps: 3.2,
        cadence_spm: 172.0,
        lean_deg: [lean, lean],
        bend_deg: [bend, bend],
        timing: 0.04,
        ground_contact_ms: 250.0,
    };
    vec![Act::Stand { seconds: 5.0 }, run]
}

fn summary(events: &[Event]) -> Summary {
    let steps = events.iter().filter_map(|event| match event {
        Event::Step(step) => Some(*step),
        _ => None,
    });
    summarize(&steps.collect::<Vec<_>>())
}

fn close(estimate: Option<Estimate>, to: f64, within: f64) -> bool {
    estimate.is_some_and(|estimate| (estimate.mean - to).abs() < within)
}

#[test]
fn each_set_of_pods_tells_its_own_angles_and_no_other() {
    for (lean, bend) in [(2.0, 2.0), (8.0, 3.0), (14.0, 12.0)] {
        for sites in [&Site::ALL[..], &[Site::Chest], &[Site::Pelvis]] {
            let told = summary(&play(&pods(run(lean, bend), sites)));
            let (chest, pelvis) = (sites.contains(&Site::Chest), sites.contains(&Site::Pelvis));
            assert!(told.steady_steps > 60, "{sites:?}: {told:?}");
            assert!(close(told.cadence_spm, 172.0, 0.5), "{sites:?}: {told:?}");
            assert_eq!(
                close(told.trunk_lean_deg, lean, 2.0),
                chest,
                "{sites:?}: {told:?}"
            );
            assert_eq!(
                close(told.pelvis_tilt_deg, lean - bend, 2.0),
                pelvis,
                "{sites:?}: {told:?}"
            );
            assert_eq!(
                close(told.waist_bend_deg, bend, 2.0),
                chest && pelvis,
                "{sites:?}: {told:?}"
            );
        }
    }
}

#[test]
fn a_pod_that_falls_silent_leaves_a_hole_up_to_the_end() {
    let mut pods = pods(run(8.0, 3.0), &Site::ALL);
    for pod in pods.iter_mut().filter(|pod| pod.site == Site::Chest) {
        pod.samples.retain(|sample| sample.time_s < 20.0);
    }
    let end_s = pods
        .iter()
        .filter_map(|pod| pod.samples.last())
        .fold(0.0, |end: f64, last| end.max(last.time_s));
    let holes: Vec<Gap> = play(&pods)
        .into_iter()
        .filter_map(|event| match event {
            Event::Gap(gap) => Some(gap),
            _ => None,
        })
        .collect();
    let [hole] = holes.as_slice() else {
        panic!("{holes:?}")
    };
    assert_eq!((hole.site, hole.reason), (Some(Site::Chest), GapReason::Missing));
    assert!(
        (hole.start_s - 20.0).abs() < 0.1 && (hole.end_s - end_s).abs() < 0.1,
        "{hole:?}"
    );
}
