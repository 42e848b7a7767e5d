//! From all drill sessions so far to what is open, what is mastered and what comes next.
//!
//! A pure function of the history and the time; stores nothing. Invariants: the same history gives the same plan,
//! lines of equal time may come in any order, and an exact duplicate counts once.

mod standing;

use std::collections::{BTreeMap, BTreeSet};

use self::standing::Standing;
use super::{
    DrillId, DrillResult, Finding,
    catalog::{Drill, Opening},
};
use crate::units::Timestamp;

/// Share of a session's time with feedback, by how many sessions with feedback there were since the drill was new:
/// whole at first, then faded (shape of Crowell & Davis 2011, numbers ours). The last one stays until the drill is met.
const FADE: [f64; 8] = [1.0, 1.0, 1.0, 1.0, 0.75, 0.5, 0.3, 0.1];

/// The way through the drills for a runner of whom nothing stands out. The others are for a cause.
const PATH: [DrillId; 8] = [
    DrillId::D3,
    DrillId::D4,
    DrillId::D5,
    DrillId::D6,
    DrillId::D9,
    DrillId::D10,
    DrillId::D13,
    DrillId::D14,
];

/// Drills from which somebody comes back leaning more.
const RAISE_LEAN: [DrillId; 4] = [DrillId::D4, DrillId::D5, DrillId::D6, DrillId::D11];

/// What is known of a runner beside the sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What was found, which opens drills of its own.
    pub findings: BTreeSet<Finding>,
    /// Drills that the likeliest cause asks for, the first one first.
    pub wanted: Vec<DrillId>,
    /// Runs in training, by own account.
    pub trained: bool,
    /// Likely leans too far: no drill that asks for more.
    pub leans_too_far: bool,
    /// Likely bends at the waist: tipping as one piece comes first.
    pub bends: bool,
}

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
    /// It was met, and is mastered by doing it often.
    Again,
    /// The drill after it went less well lately: back to what it stands on.
    Reopened,
    /// Everything there is is mastered: keep it.
    Keep,
}

impl NextReason {
    /// Every reason, for tests and lists.
    pub const ALL: [Self; 8] = [
        Self::Calibrate,
        Self::Opened,
        Self::NotYet,
        Self::OnceMore,
        Self::Wait,
        Self::Again,
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
            Self::Again => "why-again",
            Self::Reopened => "why-reopened",
            Self::Keep => "why-keep",
        }
    }
}

/// All drill sessions so far, folded once.
#[derive(Clone, Debug)]
pub struct History {
    standings: BTreeMap<DrillId, Standing>,
    /// The drill that a regress of its successor opened again, until it is met again.
    reopened: Option<DrillId>,
    /// The drill of the last session.
    latest: Option<DrillId>,
}

impl History {
    /// Folds sessions, which may come in any order.
    #[must_use]
    pub fn of(results: &[DrillResult]) -> Self {
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
            latest: None,
        };
        for result in history {
            let drill = Drill::of(result.drill);
            fold.latest = Some(result.drill);
            if fold.reopened == Some(result.drill) && result.met {
                fold.reopened = None;
            }
            if fold
                .standings
                .entry(result.drill)
                .or_default()
                .take(result.clone(), drill)
            {
                fold.reopened = Some(fold.before(drill));
            }
        }
        fold
    }

    /// Where a runner with this history stands at `now`.
    #[must_use]
    pub fn progress(&self, known: &Known, now: Timestamp) -> Progress {
        let (next, why) = self.next(now, known);
        let all = Drill::ALL.map(|drill| drill.id);
        Progress {
            unlocked: all
                .into_iter()
                .filter(|drill| self.unlocked(*drill, known))
                .collect(),
            mastered: all.into_iter().filter(|drill| self.mastered(*drill)).collect(),
            next,
            why,
            feedback_share: self.feedback_share(next, now),
        }
    }

    /// When `drill` was mastered, as far as it still is.
    #[must_use]
    pub fn mastered_at(&self, drill: DrillId, now: Timestamp) -> Option<Timestamp> {
        let standing = self.standings.get(&drill).filter(|standing| standing.mastered)?;
        standing.mastered_at.filter(|at| *at <= now)
    }

    /// The drill that `drill` stands on, or itself.
    fn before(&self, drill: &Drill) -> DrillId {
        match drill.opening {
            Opening::AnyOf(openers) => {
                let mastered = openers.iter().copied().find(|opener| self.mastered(*opener));
                mastered.or(openers.first().copied()).unwrap_or(drill.id)
            }
            _ => drill.id,
        }
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

    fn practised(&self, drill: DrillId) -> bool {
        self.standings.contains_key(&drill)
    }

    /// A mastered drill opens its successor; the calibration, which nobody masters, does so when it is met.
    /// What a finding opened stays open once it was practised.
    fn unlocked(&self, drill: DrillId, known: &Known) -> bool {
        let done = |opener: &DrillId| match Drill::of(*opener).mastery {
            Some(_) => self.mastered(*opener),
            None => self.met(*opener),
        };
        let opened = match Drill::of(drill).opening {
            Opening::Always => true,
            Opening::AnyOf(openers) => openers.iter().any(done),
            Opening::Found(finding) => known.findings.contains(&finding) || self.practised(drill),
            Opening::Mastered(count) => {
                let mastered = Drill::ALL.into_iter().filter(|drill| self.mastered(drill.id));
                mastered.count() >= count
            }
        };
        opened || self.mastered(drill)
    }

    fn next(&self, now: Timestamp, known: &Known) -> (DrillId, NextReason) {
        if !self.met(DrillId::D0) {
            return (DrillId::D0, NextReason::Calibrate);
        }
        if let Some(drill) = self.reopened {
            return (drill, NextReason::Reopened);
        }
        let wanted = known.wanted.iter().copied();
        let asked_for = wanted
            .filter(|drill| self.suits(*drill, known) && !self.mastered(*drill))
            .find_map(|drill| self.toward(drill, known));
        let on_the_way = || {
            PATH.into_iter().find(|drill| {
                self.suits(*drill, known) && !self.mastered(*drill) && self.unlocked(*drill, known)
            })
        };
        if let Some(drill) = asked_for {
            return (drill, self.reason(drill, now));
        }
        if let Some(drill) = self.still_asked_for(known) {
            return (drill, NextReason::Keep);
        }
        match on_the_way() {
            Some(drill) => (drill, self.reason(drill, now)),
            None => (self.keep(), NextReason::Keep),
        }
    }

    /// Every other session, the drill that the likeliest cause asks for although it is mastered: what was learned in the
    /// drill is not yet in the run.
    fn still_asked_for(&self, known: &Known) -> Option<DrillId> {
        let wanted = known.wanted.iter().copied();
        let suit = wanted.filter(|drill| self.suits(*drill, known) && self.mastered(*drill));
        let rests = !self.latest.is_some_and(|latest| known.wanted.contains(&latest));
        suit.filter(|_| rests)
            .min_by_key(|drill| self.practised_at(*drill))
    }

    fn practised_at(&self, drill: DrillId) -> Option<Timestamp> {
        let sessions = &self.standings.get(&drill)?.sessions;
        Some(sessions.last()?.at)
    }

    /// Nobody is asked to lean more who leans too far, and trained runners stay upright at speed (Preece 2016).
    fn suits(&self, drill: DrillId, known: &Known) -> bool {
        let asks_for_more = RAISE_LEAN.contains(&drill);
        let whole = drill == DrillId::D3 || self.mastered(DrillId::D3);
        let bends = known.bends && !whole;
        let stays_upright = drill == DrillId::D6 && known.trained;
        // The slow end of the lean dial is for who leans too far at speed only.
        let dial = drill == DrillId::D6 && known.wanted.contains(&drill);
        !(asks_for_more && (known.leans_too_far && !dial || bends)) && !stays_upright
    }

    /// The drill itself where it is open, else what leads to it; `None` where only a finding would.
    fn toward(&self, drill: DrillId, known: &Known) -> Option<DrillId> {
        if self.unlocked(drill, known) {
            return Some(drill);
        }
        match Drill::of(drill).opening {
            Opening::AnyOf(openers) => openers
                .iter()
                .filter(|opener| self.suits(**opener, known))
                .find_map(|opener| self.toward(*opener, known)),
            Opening::Mastered(_) => PATH
                .into_iter()
                .find(|one| self.suits(*one, known) && !self.mastered(*one) && self.unlocked(*one, known)),
            Opening::Always | Opening::Found(_) => None,
        }
    }

    fn reason(&self, drill: DrillId, now: Timestamp) -> NextReason {
        match self.standings.get(&drill) {
            None => NextReason::Opened,
            Some(standing) if standing.sessions.is_empty() => NextReason::Opened,
            Some(standing) if !standing.sessions.last().is_some_and(|latest| latest.met) => {
                NextReason::NotYet
            }
            Some(_) if self.without_feedback(drill, now) => NextReason::OnceMore,
            Some(_)
                if !Drill::of(drill)
                    .mastery
                    .is_some_and(|rule| rule.later_without_feedback) =>
            {
                NextReason::Again
            }
            Some(_) => NextReason::Wait,
        }
    }

    /// Of what is mastered the one that was not done for longest: mixed practice keeps more than one drill over and over
    /// (random practice and self-control, Frontiers in Psychology 2012).
    fn keep(&self) -> DrillId {
        let mastered = Drill::ALL.into_iter().map(|drill| drill.id);
        mastered
            .filter(|drill| self.mastered(*drill))
            .min_by_key(|drill| self.practised_at(*drill))
            .unwrap_or(DrillId::D0)
    }

    /// Whether the next session of `drill` is to show that it stays without help.
    fn without_feedback(&self, drill: DrillId, now: Timestamp) -> bool {
        let Some((rule, standing)) = Drill::of(drill).mastery.zip(self.standings.get(&drill)) else {
            return false;
        };
        let latest_met = standing.sessions.last().is_some_and(|latest| latest.met);
        let enough = standing.met().count() + 1 >= rule.met as usize;
        let apart = standing
            .met()
            .next()
            .is_some_and(|first| rule.far_enough(first.at, now));
        let recalls = latest_met && enough && apart && rule.later_without_feedback;
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
pub fn progress(results: &[DrillResult], known: &Known, now: Timestamp) -> Progress {
    History::of(results).progress(known, now)
}

/// When `drill` was mastered, as far as it still is.
#[must_use]
pub fn mastered_at(results: &[DrillResult], drill: DrillId, now: Timestamp) -> Option<Timestamp> {
    History::of(results).mastered_at(drill, now)
}

/// Whether the runner is to be told about each repetition in the next session of `drill`.
#[must_use]
pub fn feedback_for_next(results: &[DrillResult], drill: DrillId, now: Timestamp) -> bool {
    !History::of(results).without_feedback(drill, now)
}

#[cfg(test)]
mod tests;
