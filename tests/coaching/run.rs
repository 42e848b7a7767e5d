//! One run of a learner, in pod samples, and what the core makes of it.
//!
//! A run here is a minute and a half: each part stands for minutes of the same. Invariant: the coach gets samples,
//! speeds and grades, and nothing of the truth.

use plumbline_core::{
    cause::seen::{RunSeen, Stretch},
    lean::{band::OwnReference, rules::RuleModel},
    pod::{recording::Recording, site::Site},
    session::{
        analysis::{OwnStretch, analyze_stretches},
        plan::Course,
    },
    sim::{Act, Scenario, Simulation, simulate},
};

use crate::learner::Learner;

const EASY_MPS: f64 = 2.8;
const FAST_MPS: f64 = 3.7;
const HILL: f64 = 0.05;

/// A part of a run: seconds, speed, grade, and how far through the run its middle is.
struct Part {
    seconds: f64,
    speed_mps: f64,
    grade: f64,
    through: f64,
}

const fn part(seconds: f64, speed_mps: f64, grade: f64, through: f64) -> Part {
    Part {
        seconds,
        speed_mps,
        grade,
        through,
    }
}

/// Easy, fast, up and down a hill, fast, easy.
const PARTS: [Part; 6] = [
    part(20.0, EASY_MPS, 0.0, 0.0),
    part(14.0, FAST_MPS, 0.0, 0.25),
    part(12.0, EASY_MPS, HILL, 0.4),
    part(12.0, EASY_MPS, -HILL, 0.5),
    part(14.0, FAST_MPS, 0.0, 0.75),
    part(20.0, EASY_MPS, 0.0, 1.0),
];

/// Lets the learner run once; the core judges it against what the course taught.
pub(crate) fn seen(learner: &mut Learner, course: &Course) -> RunSeen {
    let today = learner.today();
    let (start_deg, start_bend_deg) = today.start();
    let mut acts = vec![
        Act::Stand { seconds: 6.0 },
        Act::LeanAndFalls {
            count: 2,
            angle_deg: start_deg,
            bend_deg: start_bend_deg,
        },
        // Out of a walk, so that these are the starts that are seen: a made-up run never bends as it sets off.
        Act::Walk {
            seconds: 8.0,
            speed_mps: 1.3,
        },
    ];
    let first = acts.len();
    acts.extend(PARTS.iter().map(|part| {
        let form = today.form(part.speed_mps, part.grade, part.through);
        Act::Run {
            seconds: part.seconds,
            speed_mps: part.speed_mps,
            cadence_spm: form.cadence_spm + 8.0 * (part.speed_mps - EASY_MPS),
            lean_deg: [form.lean_deg; 2],
            bend_deg: [form.bend_deg; 2],
            timing: form.timing,
            ground_contact_ms: 265.0 - 25.0 * (part.speed_mps - EASY_MPS),
        }
    }));
    acts.push(Act::Stand { seconds: 3.0 });
    let scenario = Scenario {
        style: today.style(),
        ..Scenario::new(today.seed, acts)
    };
    let simulation = simulate(&scenario);
    judged(&simulation, &stretches(&simulation, first), course)
}

/// Where each part lay, as a phone's fixes would tell.
fn stretches(simulation: &Simulation, first: usize) -> Vec<Stretch> {
    let parts = simulation.truth.acts.iter().skip(first).zip(&PARTS);
    parts
        .map(|(act, part)| Stretch {
            start_s: act.start_s,
            speed_mps: Some(part.speed_mps),
            grade: Some(part.grade),
        })
        .collect()
}

fn judged(simulation: &Simulation, stretches: &[Stretch], course: &Course) -> RunSeen {
    let recording = |site| {
        simulation.pod(site).map(|pod| Recording {
            samples: pod.samples.clone(),
            rate_hz: 104.0,
            has_gyro: true,
            dropped: Vec::new(),
        })
    };
    let curve = course.curve();
    let known: Vec<OwnStretch> = stretches
        .iter()
        .map(|stretch| OwnStretch {
            stretch: *stretch,
            own: curve.at(stretch.speed_mps),
        })
        .collect();
    let [chest, pelvis] = Site::LEAN.map(recording);
    let analysis = analyze_stretches(chest.as_ref(), pelvis.as_ref(), &known, &RuleModel);
    let seen = analysis.seen(stretches, OwnReference::default());
    let own = curve.at(seen.speed_mps);
    RunSeen { own, ..seen }
}
