//! From all drill sessions so far to what is open, what is mastered and what comes next.
//!
//! A pure function of the history and the time; stores nothing. Invariants: the same history gives the same plan,
//! lines of equal time may come in any order, and an exact duplicate counts once.

use std::collections::BTreeMap;

use super::{DrillId, DrillResult, catalog::Drill};
use crate::units::Timestamp;

/// Share of a session's time with feedback, by how many sessions with feedback there were since the drill was new:
/// whole at first, then faded (shape of Crowell & Davis 2011, numbers ours). The last one stays until the drill is met.
const FADE: [f64; 8] = [1.0, 1.0, 1.0, 1.0, 0.75, 0.5, 0.3, 0.1];

/// Where a runner stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Drills that may be started, in catalogue order.
    pub unlocked: Vec<DrillId>,
    /// Drills that are mastered.
    pub mastered: Vec<DrillId>,
    /// The one drill to do next.
    pub next: DrillId,
    /// Why that one.
    pub why: NextReason,
    /// Share of the next session's time with feedback, 0 to 1; 0 when it is to be done without.
    pub feedback_share: f64,
}

/// Why a drill is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextReason {
    /// Nothing can be measured before the first calibration.
    Calibrate,
    /// It just opened.
    Opened,
    /// It is open and not met yet.
    NotYet,
    /// It was met; once more, two days later and without help, and it is mastered.
    OnceMore,
    /// It was met less than two days ago.
    Wait,
    /// The drill after it went less well lately: back to what it stands on.
    Reopened,
    /// Everything there is is mastered: keep it.
    Keep,
}

impl NextReason {
    /// Every reason, for tests and lists.
    pub const ALL: [Self; 7] = [
        Self::Calibrate,
        Self::Opened,
        Self::NotYet,
        Self::OnceMore,
        Self::Wait,
        Self::Reopened,
        Self::Keep,
    ];

    /// The sentence; takes the drill's title as `drill`.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Calibrate => "why-calibrate",
            Self::Opened => "why-opened",
            Self::NotYet => "why-not-yet",
            Self::OnceMore => "why-once-more",
            Self::Wait => "why-wait",
            Self::Reopened => "why-reopened",
            Self::Keep => "why-keep",
        }
    }
}

/// What the history says about one drill since it was new or was opened again.
#[derive(Clone, Debug, Default)]
struct Standing {
    /// Sessions the pods saw enough of, oldest first.
    sessions: Vec<DrillResult>,
    mastered: bool,
    /// Sessions with feedback, seen or not.
    with_feedback: usize,
}

impl Standing {
    fn met(&self) -> impl Iterator<Item = &DrillResult> {
        self.sessions.iter().filter(|session| session.met)
    }

    /// Takes one more session; true when it takes the mastery away.
    fn take(&mut self, result: DrillResult, drill: &Drill) -> bool {
        self.with_feedback += usize::from(result.feedback);
        if result.seen < drill.pass.least_seen {
            return false;
        }
        let Some(rule) = drill.mastery else {
            self.sessions.push(result);
            return false;
        };
        let earns = |earlier: &DrillResult| {
            rule.far_enough(earlier.at, result.at) && !(rule.later_without_feedback && result.feedback)
        };
        if result.met && self.met().any(earns) {
            self.mastered = true;
        }
        self.sessions.push(result);
        let weak =
            |session: &DrillResult| f64::from(session.passed) < rule.regress_below * f64::from(session.seen);
        let latest_two = self.sessions.iter().rev().take(2);
        let regressed = self.mastered && self.sessions.len() >= 2 && latest_two.clone().all(weak);
        if regressed {
            *self = Self::default();
        }
        regressed
    }
}

/// The history, folded.
struct Fold {
    standings: BTreeMap<DrillId, Standing>,
    /// The drill that a regress of its successor opened again, until it is met again.
    reopened: Option<DrillId>,
}

impl Fold {
    fn of(results: &[DrillResult]) -> Self {
        let mut history: Vec<&DrillResult> = results.iter().collect();
        let key = |one: &DrillResult| {
            (
                one.at,
                one.drill,
                one.asked,
                one.seen,
                one.passed,
                one.feedback,
                one.met,
            )
        };
        history.sort_by_key(|one| key(one));
        history.dedup();
        let mut fold = Self {
            standings: BTreeMap::new(),
            reopened: None,
        };
        for result in history {
            let drill = Drill::of(result.drill);
            if fold.reopened == Some(result.drill) && result.met {
                fold.reopened = None;
            }
            if fold
                .standings
                .entry(result.drill)
                .or_default()
                .take(result.clone(), drill)
            {
                fold.reopened = drill.opened_by;
            }
        }
        fold
    }

    fn mastered(&self, drill: DrillId) -> bool {
        self.standings
            .get(&drill)
            .is_some_and(|standing| standing.mastered)
    }

    fn met(&self, drill: DrillId) -> bool {
        self.standings
            .get(&drill)
            .is_some_and(|standing| standing.met().next().is_some())
    }

    /// A mastered drill opens its successor; the calibration, which nobody masters, does so when it is met.
    fn unlocked(&self, drill: DrillId) -> bool {
        let opened = |opener: DrillId| match Drill::of(opener).mastery {
            Some(_) => self.mastered(opener),
            None => self.met(opener),
        };
        Drill::of(drill).opened_by.is_none_or(opened) || self.mastered(drill)
    }

    fn next(&self, now: Timestamp) -> (DrillId, NextReason) {
        if !self.met(DrillId::D0) {
            return (DrillId::D0, NextReason::Calibrate);
        }
        if let Some(drill) = self.reopened {
            return (drill, NextReason::Reopened);
        }
        let open = Drill::ALL
            .into_iter()
            .map(|drill| drill.id)
            .filter(|drill| self.unlocked(*drill));
        let practised = open.filter(|drill| Drill::of(*drill).mastery.is_some());
        let Some(drill) = practised.clone().find(|drill| !self.mastered(*drill)) else {
            return (practised.max().unwrap_or(DrillId::D0), NextReason::Keep);
        };
        let reason = match self.standings.get(&drill) {
            None => NextReason::Opened,
            Some(standing) if standing.sessions.is_empty() => NextReason::Opened,
            Some(standing) if !standing.sessions.last().is_some_and(|latest| latest.met) => {
                NextReason::NotYet
            }
            Some(_) if self.without_feedback(drill, now) => NextReason::OnceMore,
            Some(_) => NextReason::Wait,
        };
        (drill, reason)
    }

    /// Whether the next session of `drill` is to show that it stays without help.
    fn without_feedback(&self, drill: DrillId, now: Timestamp) -> bool {
        let Some((rule, standing)) = Drill::of(drill).mastery.zip(self.standings.get(&drill)) else {
            return false;
        };
        let latest_met = standing.sessions.last().is_some_and(|latest| latest.met);
        let recalls = latest_met && standing.met().any(|session| rule.far_enough(session.at, now));
        // Back at a drill that was opened again, help comes back too.
        self.reopened != Some(drill) && (standing.mastered || recalls)
    }

    fn feedback_share(&self, drill: DrillId, now: Timestamp) -> f64 {
        if self.without_feedback(drill, now) {
            return 0.0;
        }
        let fades = Drill::of(drill).mastery.is_some() && self.reopened != Some(drill);
        let standing = self.standings.get(&drill).filter(|_| fades);
        let sessions = standing.map_or(0, |standing| standing.with_feedback);
        FADE[sessions.min(FADE.len() - 1)]
    }
}

/// Where a runner with these sessions stands at `now`. Sessions may come in any order.
#[must_use]
pub fn progress(results: &[DrillResult], now: Timestamp) -> Progress {
    let fold = Fold::of(results);
    let (next, why) = fold.next(now);
    let all = Drill::ALL.map(|drill| drill.id);
    Progress {
        unlocked: all.into_iter().filter(|drill| fold.unlocked(*drill)).collect(),
        mastered: all.into_iter().filter(|drill| fold.mastered(*drill)).collect(),
        next,
        why,
        feedback_share: fold.feedback_share(next, now),
    }
}

/// Whether the runner is to be told about each repetition in the next session of `drill`.
#[must_use]
pub fn feedback_for_next(results: &[DrillResult], drill: DrillId, now: Timestamp) -> bool {
    !Fold::of(results).without_feedback(drill, now)
}

#[cfg(test)]
mod tests;
