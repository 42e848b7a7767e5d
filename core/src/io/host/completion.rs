//! After a run: what its pods had stored still comes, and the run is judged again as a whole.
//!
//! Asks no pod for anything. Invariant: the wait has an end; a report that was stored stays until a better one takes its
//! place.

use super::Host;
use crate::{
    pod::{pairing::PodMachine, site::Site},
    units::Timestamp,
};

/// Longest wait for pods that are connected and still send what they stored, seconds: a log of an hour is 9 MB, which
/// takes a quarter of an hour at 10 kB/s. Ours.
const LONGEST_S: f64 = 1200.0;
/// Longest wait for a pod that is not connected, seconds. Ours: a runner who came home has it in reach by then.
const RETURN_S: f64 = 60.0;
/// Time between two looks, seconds. Ours.
const LOOK_S: f64 = 1.0;

/// A pod that a run which ended still waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Awaited {
    /// Where it is worn.
    pub site: Option<Site>,
    /// A link to it is open.
    pub linked: bool,
    /// How much of what it stored came, 0 to 1; `None` while nothing comes, or its size is not told.
    pub share: Option<f64>,
}

/// Where the last run stands.
#[derive(Debug, Default)]
pub(super) struct Completion {
    run_goes_on: bool,
    /// When it ended; `None` while nothing is waited for.
    waits_since: Option<Timestamp>,
    looked_at: Timestamp,
}

impl Completion {
    pub(super) fn next_look(&self) -> Option<Timestamp> {
        self.waits_since.map(|_| self.looked_at.plus_seconds(LOOK_S))
    }
}

impl Host {
    /// Whether a run ended and what its pods stored still comes: before that is over its report may get better, and a
    /// pod that is left keeps its log.
    #[must_use]
    pub const fn waits_for_stored(&self) -> bool {
        self.completion.waits_since.is_some()
    }

    /// The pods that are waited for then.
    pub fn awaited(&self) -> impl Iterator<Item = Awaited> {
        let since = self.completion.waits_since;
        let now = self.completion.looked_at;
        let pods = self.radio.roster.pods();
        pods.filter(move |pod| since.is_some_and(|since| is_worth_it(pod, now.seconds_since(since))))
            .map(|pod| Awaited {
                site: pod.site(),
                linked: pod.is_linked(),
                share: pod.fetched_share(),
            })
    }

    /// Tells the pods of a run's begin and end; after it waits for what they stored.
    pub(super) fn follow_run(&mut self, now: Timestamp) {
        let goes_on = self.coach.run_goes_on();
        if goes_on != self.completion.run_goes_on {
            self.completion.run_goes_on = goes_on;
            self.completion.waits_since = Some(now).filter(|_| !goes_on);
            self.radio.roster.run(now, goes_on);
            self.settle_pods(now);
        }
        self.completion.looked_at = now;
        let Some(since) = self.completion.waits_since else {
            return;
        };
        let passed_s = now.seconds_since(since);
        let mut pods = self.radio.roster.pods();
        if pods.any(|pod| is_worth_it(pod, passed_s)) {
            return;
        }
        drop(pods);
        self.complete_run(now);
        // What the store does not have yet is waited for.
        let stored = self.desk.finished.is_some() && !self.desk.filled;
        if stored || passed_s >= LONGEST_S {
            self.completion.waits_since = None;
            self.coach.close_run();
        }
    }

    /// A run that ended, and whose holes were filled by what the pods had stored, is judged again as a whole.
    pub(super) fn complete_run(&mut self, now: Timestamp) {
        if self.coach.run_goes_on() {
            return;
        }
        self.desk.store_due(now);
        let Some(id) = self.desk.completable() else { return };
        self.desk.store_all(now);
        if self.desk.trouble.is_some() {
            // The log is not whole yet.
            self.desk.filled = true;
            return;
        }
        let whole = match self.desk.store.log(&id) {
            Ok(log) => self.coach.complete_run(&log),
            Err(error) => {
                log::warn!("{error}; the report stays without what the pods had stored");
                false
            }
        };
        if whole {
            while let Some(output) = self.coach.poll_output() {
                self.desk.perform(output);
            }
            self.desk.store_due(now);
        }
    }
}

/// Whether a pod is waited for, so long after the run.
fn is_worth_it(pod: &PodMachine, passed_s: f64) -> bool {
    pod.owes() && passed_s < if pod.is_linked() { LONGEST_S } else { RETURN_S }
}
