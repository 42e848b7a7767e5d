//! May a drill start now, told from what the coach knows.
//!
//! Decides nothing: [`crate::drill::gate`] does. Invariant: changes nothing.

use super::{Coach, Refusal};
use crate::{
    drill::{
        DrillId, DrillResult,
        catalog::Drill,
        gate::{Closed, GateInput, LastCheckIn, PainReport, may_start},
    },
    pod::site::Site,
    session::input::{CheckIn, Pain},
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
        let hours = |at: Timestamp| self.now.seconds_since(at) / 3600.0;
        let pain = |check_in: &CheckIn| {
            let report = |pain: &Pain| PainReport {
                level: pain.level,
                sharp: pain.sharp,
                limping: pain.limping,
                rising: pain.rising,
            };
            check_in.pain.iter().map(report).collect()
        };
        let practised = |result: &&DrillResult| Drill::of(result.drill).mastery.is_some();
        let last_drill = self
            .context
            .drills
            .iter()
            .filter(practised)
            .map(|result| result.at)
            .max();
        GateInput {
            check_in: self.context.check_in.as_ref().map(|(at, check_in)| LastCheckIn {
                age_hours: hours(*at),
                drill_since: last_drill.is_some_and(|drill| drill > *at),
                pain: pain(check_in),
            }),
            calibration_age_hours: self.context.calibrated_at.map(hours),
            unlocked: self.progress().unlocked,
            chest_live: self.context.connected.contains(&Site::Chest),
            pelvis_live: self.context.connected.contains(&Site::Pelvis),
        }
    }
}
