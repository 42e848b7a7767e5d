//! May a drill start now, told from what the coach knows.
//!
//! Decides nothing: [`crate::drill::gate`] does. Invariant: changes nothing.

use super::{Coach, Refusal};
use crate::{
    drill::{
        DrillId, DrillResult,
        catalog::Drill,
        gate::{Closed, GateInput, LastCheckIn, may_start},
        progression::progress,
    },
    pod::site::Site,
    units::Timestamp,
};

impl Coach {
    pub(super) fn gate(&self, drill: DrillId) -> Result<(), Refusal> {
        let Err(closed) = may_start(drill, &self.gate_input()) else {
            return Ok(());
        };
        let Some(first) = closed.first() else {
            return Ok(());
        };
        Err(match first {
            Closed::NoPod => Refusal::NoPod,
            Closed::Calibrate => Refusal::NotCalibrated,
            other => Refusal::DrillLocked {
                drill,
                reason: format!(
                    "{} {}",
                    self.words.say(&other.reason()),
                    self.words.say(&other.still_allowed())
                ),
            },
        })
    }

    pub(super) fn gate_input(&self) -> GateInput {
        let course = &self.context.course;
        let hours = |at: Timestamp| self.now.seconds_since(at) / 3600.0;
        let practised = |result: &&DrillResult| Drill::of(result.drill).mastery.is_some();
        let last_drill = course
            .drills
            .iter()
            .filter(practised)
            .map(|result| result.at)
            .max();
        let known = self.known();
        GateInput {
            check_in: course.check_ins.last().map(|(at, said)| LastCheckIn {
                age_hours: hours(*at),
                drill_since: last_drill.is_some_and(|drill| drill > *at),
                rises: course.pain_rises(),
                said: said.clone(),
            }),
            not_now: course.not_now(),
            calibration_age_hours: self.context.calibrated_at.map(hours),
            unlocked: progress(&course.drills, &known, self.now).unlocked,
            leans_too_far: known.leans_too_far && !known.wanted.contains(&DrillId::D6),
            chest_live: self.context.connected.contains(&Site::Chest),
            pelvis_live: self.context.connected.contains(&Site::Pelvis),
        }
    }
}
