//! Steps of a pelvis pod alone against a force treadmill (rbds2017, virtual pods of half a minute).
//!
//! The constants of `gait::contact` were fitted on the runners [`FITTED`]; the runners [`KEPT_BACK`], every second one of
//! the set, judge them. The form of the rule, not its numbers, was chosen while looking at all nine.

use plumbline_core::{
    lean::{band::OwnReference, rules::RuleModel},
    session::analysis::{RunAnalysis, analyze},
};
use recordings::{
    body::{Plan, Posture},
    contacts::Contact,
    trials::{FITTED, KEPT_BACK, treadmill},
    wear::Wear,
};

struct Judged {
    name: String,
    analysis: RunAnalysis,
    contacts: Vec<Contact>,
}

fn judged(runners: &[&str]) -> Vec<Judged> {
    if recordings::recordings("rbds2017").is_none() {
        return Vec::new();
    }
    // Half a minute is long enough as it is.
    let plan = Plan {
        repeats: 1,
        ..Plan::default()
    };
    let trials = treadmill(runners).into_iter().enumerate();
    trials
        .map(|(k, named)| {
            let body = named.source.body(plan, Posture::default());
            let wear = Wear::perfect(body.rate_hz, k as u64);
            let pelvis = wear.record(&body.pelvis, body.rate_hz, body.run_from_s, &[]);
            Judged {
                name: named.name,
                analysis: analyze(None, Some(&pelvis), OwnReference::default(), &RuleModel),
                contacts: body.steps.iter().map(|step| step.contact).collect(),
            }
        })
        .collect()
}

impl Judged {
    /// Error of the mean ground contact over the steady steps, ms.
    fn contact_error_ms(&self) -> f64 {
        let lasted = self
            .contacts
            .iter()
            .map(|contact| contact.toe_off_s - contact.initial_contact_s);
        let truth_ms = 1e3 * lasted.sum::<f64>() / self.contacts.len() as f64;
        let found = self.analysis.summary.ground_contact_ms.expect("a ground contact");
        println!(
            "{}: ground contact {:.0}, truth {truth_ms:.0}",
            self.name, found.mean
        );
        found.mean - truth_ms
    }

    /// Errors of the initial contacts of the running steps, ms.
    fn initial_contact_errors_ms(&self) -> Vec<f64> {
        let running = self.analysis.steps.iter().filter(|step| step.running);
        let errors = running.map(|step| {
            let errors = self
                .contacts
                .iter()
                .map(|contact| step.initial_contact_s - contact.initial_contact_s);
            1e3 * errors
                .min_by(|a, b| a.abs().total_cmp(&b.abs()))
                .expect("a contact")
        });
        errors.collect()
    }
}

fn root_mean_square(errors: &[f64]) -> f64 {
    (errors.iter().map(|error| error * error).sum::<f64>() / errors.len() as f64).sqrt()
}

#[test]
fn ground_contact_of_runners_kept_back_is_within_twenty_six_milliseconds_of_the_treadmill() {
    let errors: Vec<f64> = judged(&KEPT_BACK).iter().map(Judged::contact_error_ms).collect();
    if errors.is_empty() {
        return;
    }
    assert!(errors.iter().all(|error| error.abs() < 26.0), "{errors:.1?}");
    assert!(root_mean_square(&errors) < 16.0, "{errors:.1?}");
}

/// Says that the numbers in the core are those of the fit.
#[test]
fn ground_contact_of_the_fitted_runners_is_within_twelve_milliseconds() {
    let errors: Vec<f64> = judged(&FITTED).iter().map(Judged::contact_error_ms).collect();
    if errors.is_empty() {
        return;
    }
    assert!(errors.iter().all(|error| error.abs() < 12.0), "{errors:.1?}");
    assert!(root_mean_square(&errors) < 7.0, "{errors:.1?}");
}

#[test]
fn steps_of_runners_kept_back_begin_where_the_treadmill_says() {
    for judged in judged(&KEPT_BACK) {
        let errors = judged.initial_contact_errors_ms();
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        let spread = (root_mean_square(&errors).powi(2) - mean * mean).sqrt();
        println!(
            "{}: {} of {} steps, contact {mean:+.1} ± {spread:.1} ms",
            judged.name,
            errors.len(),
            judged.contacts.len()
        );
        assert!(
            errors.len() as f64 > 0.95 * judged.contacts.len() as f64,
            "{}",
            judged.name
        );
        assert!(mean.abs() < 16.0 && spread < 12.0, "{}", judged.name);
    }
}

#[test]
fn cadence_of_runners_kept_back_is_within_seven_tenths_of_a_step_a_minute() {
    for judged in judged(&KEPT_BACK) {
        let [first, .., last] = judged.contacts.as_slice() else {
            panic!("{}: no contacts", judged.name)
        };
        let steps = (judged.contacts.len() - 1) as f64;
        let truth = 60.0 * steps / (last.initial_contact_s - first.initial_contact_s);
        let found = judged.analysis.summary.cadence_spm.expect("a cadence").mean;
        println!("{}: cadence {found:.2}, truth {truth:.2}", judged.name);
        assert!((found - truth).abs() < 0.7, "{}", judged.name);
    }
}
