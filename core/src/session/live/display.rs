//! What the screens show of a session that is going on.
//!
//! Decides nothing. Invariant: a number is shown only while the data under it is fresh.

use super::Session;
use crate::{
    body::sample::BodySample,
    gait::step::Step,
    lean::reading::LeanClass,
    pod::site::Site,
    session::{
        guide::Guide,
        screen::{DrillView, LiveView, PhaseView, PodView, SoundLevel},
    },
    statistics::mean,
    units::Timestamp,
    words::{Value, Words},
};

/// Steps the live cadence is a mean of. Ours: about four seconds, one slip does not show.
const LIVE_STEPS: usize = 10;
/// A runner whose last steps are older than this is not running now, seconds. Ours.
const RECENT_S: f64 = 5.0;

impl Session {
    pub(in crate::session) fn pod_view(&self, site: Site, now: Timestamp, words: &Words) -> PodView {
        let stream = &self.streams[site.index()];
        PodView {
            site,
            live: stream.is_live(now),
            rate_hz: stream.rate_hz(),
            missing: stream.missing(),
            trouble: stream.trouble(words),
            doubts: stream.told_doubts(words),
        }
    }

    pub(in crate::session) fn phase_view(&self, now: Timestamp, words: &Words) -> PhaseView {
        match &self.guide {
            Some(guide) => PhaseView::Drilling(self.drill_view(guide, now, words)),
            None => PhaseView::Running(self.live_view(now)),
        }
    }

    fn drill_view(&self, guide: &Guide, now: Timestamp, words: &Words) -> DrillView {
        let drill = guide.drill();
        let (phase, repetitions_done) = guide.progress();
        let current = drill.phases.get(phase);
        let is_live = |site: Site| self.streams[site.index()].is_live(now);
        let fresh = Site::LEAN.into_iter().any(is_live);
        let body = guide.body().filter(|_| fresh);
        let title = words.text(drill.title);
        DrillView {
            drill: drill.id,
            instruction: guide.instruction().map_or_else(
                || words.format("drill-finished", &[("drill", Value::Text(&title))]),
                |(_, message)| words.say(&message),
            ),
            title,
            phase: (phase as u32 + 1).min(drill.phases.len() as u32),
            phases: drill.phases.len() as u32,
            repetitions_done,
            repetitions_asked: current.map_or(0, |phase| phase.kind.repetitions()),
            passed: guide
                .feedback()
                .then(|| drill.result(now, true, guide.judged()).passed),
            trunk_lean_deg: body.and_then(|body| body.chest?.inclination_deg),
            waist_bend_deg: body.and_then(BodySample::waist_bend_deg),
            seconds_left: guide
                .phase_ends()
                .map(|end| end.seconds_since(now).max(0.0).ceil() as u32),
            question: guide.question().map(|question| words.say(&question)),
            sound: Some(guide)
                .filter(|guide| guide.sounds())
                .and_then(|_| self.sound(now)),
        }
    }

    fn sound(&self, now: Timestamp) -> Option<SoundLevel> {
        self.sound
            .level(self.own.band_deg, now.seconds_since(self.started_at))
    }

    fn live_view(&self, now: Timestamp) -> LiveView {
        let elapsed_s = now.seconds_since(self.started_at);
        let recent = |step: &&Step| elapsed_s - step.initial_contact_s < RECENT_S && step.running;
        let cadences: Vec<f64> = self
            .steps
            .iter()
            .rev()
            .take(LIVE_STEPS)
            .filter(recent)
            .map(|step| step.cadence.0)
            .collect();
        let fresh = !cadences.is_empty();
        LiveView {
            elapsed_s: elapsed_s.floor(),
            cadence_spm: mean(&cadences),
            trunk_lean_deg: self
                .windows
                .last()
                .filter(|_| fresh)
                .and_then(|window| window.trunk_lean_deg),
            band_deg: self.own.band_deg,
            sound: self.sound(now),
            class: if fresh { self.shown } else { LeanClass::NotSure },
        }
    }
}
