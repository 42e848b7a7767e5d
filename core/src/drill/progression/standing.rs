//! What the history says about one drill.
//!
//! Knows no other drill. Invariant: a session of which too little was seen changes nothing but the count of feedback.

use crate::{
    drill::{DrillResult, catalog::Drill, rule::SetVerdict},
    units::Timestamp,
};

/// What the history says about one drill since it was new or was opened again.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// Sessions the pods saw enough of, oldest first.
    pub(super) sessions: Vec<DrillResult>,
    pub(super) mastered: bool,
    /// When that was, first.
    pub(super) mastered_at: Option<Timestamp>,
    /// Sessions with feedback, seen or not.
    pub(super) with_feedback: usize,
}

impl Standing {
    pub(super) fn met(&self) -> impl Iterator<Item = &DrillResult> {
        self.sessions.iter().filter(|session| session.met)
    }

    /// Takes one more session; true when it takes the mastery away.
    pub(super) fn take(&mut self, result: DrillResult, drill: &Drill) -> bool {
        self.with_feedback += usize::from(result.feedback);
        if drill.judge(&result) == SetVerdict::NotSeen {
            return false;
        }
        if self.earns_mastery(&result, drill) {
            self.mastered = true;
            self.mastered_at.get_or_insert(result.at);
        }
        self.sessions.push(result);
        let regressed = self.mastered && self.regresses(drill);
        if regressed {
            *self = Self::default();
        }
        regressed
    }

    fn earns_mastery(&self, result: &DrillResult, drill: &Drill) -> bool {
        let Some(rule) = drill.mastery else {
            return false;
        };
        let before: Vec<&DrillResult> = self.met().collect();
        result.met
            && before.len() + 1 >= rule.met as usize
            && before
                .first()
                .is_some_and(|first| rule.far_enough(first.at, result.at))
            && !(rule.later_without_feedback && result.feedback)
    }

    fn regresses(&self, drill: &Drill) -> bool {
        let Some(rule) = drill.mastery else {
            return false;
        };
        let weak =
            |session: &DrillResult| f64::from(session.passed) < rule.regress_below * f64::from(session.seen);
        self.sessions.len() >= 2 && self.sessions.iter().rev().take(2).all(weak)
    }
}
