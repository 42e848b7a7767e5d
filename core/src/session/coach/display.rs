//! What the screens show of a coach, and when that changes.
//!
//! Decides nothing. Invariant: the outside is told of a change only when a screen would look different.

use super::Coach;
use crate::{
    drill::{
        catalog::Drill,
        gate::{Closed, may_start},
    },
    pod::{conversation::StreamSetup, kind::PodKind, site::Site},
    session::{
        output::Output,
        screen::{CalibrationView, CoachView, DrillRowView, PhaseView, PodView},
    },
    words::Value,
};

/// A screen changes at most this often during a session, seconds. Ours: ten times a second looks like motion.
const REFRESH_S: f64 = 0.1;

impl Coach {
    pub(super) fn refresh(&mut self) {
        let since = self.now.seconds_since(self.refreshed_at);
        if self.session.is_some() && matches!(self.view.phase, PhaseView::Drilling(_) | PhaseView::Running(_))
        {
            if since >= REFRESH_S {
                self.refresh_session();
            }
            return;
        }
        self.refreshed_at = self.now;
        let view = CoachView {
            phase: match (&self.session, &self.finished) {
                (Some(session), _) => session.phase_view(self.now, &self.words),
                (None, Some(report)) => PhaseView::Finished(report.clone()),
                (None, None) => PhaseView::Idle,
            },
            pods: self.pods(),
            calibration: self.context.calibrated_at.map(|at| CalibrationView {
                spread_deg: self
                    .context
                    .mounts
                    .iter()
                    .map(|(_, m)| m.neutral.spread_deg)
                    .fold(0.0, f64::max),
                age_s: self.now.seconds_since(at).floor(),
            }),
            drills: self.drill_rows(),
            next_step: self.next_step(),
        };
        if view != self.view {
            self.view = view;
            self.outputs.push_back(Output::Changed);
        }
    }

    /// While a session goes on only its own screen and the pods change.
    fn refresh_session(&mut self) {
        self.refreshed_at = self.now;
        let Some(session) = &self.session else { return };
        let phase = session.phase_view(self.now, &self.words);
        let pods = self.pods();
        if phase != self.view.phase || pods != self.view.pods {
            self.view.phase = phase;
            self.view.pods = pods;
            self.outputs.push_back(Output::Changed);
        }
    }

    fn pods(&self) -> Vec<PodView> {
        let connected = self.context.connected.iter();
        let idle = |site: &Site| {
            let lean_pod = StreamSetup::of(PodKind::LeanPod);
            let setup = self.setups[site.index()].as_ref().unwrap_or(&lean_pod);
            PodView {
                site: *site,
                live: true,
                rate_hz: None,
                missing: 0.0,
                trouble: None,
                doubts: setup
                    .doubts()
                    .map(|doubt| self.words.text(doubt.message()))
                    .collect(),
            }
        };
        connected
            .map(|site| {
                let session = self.session.as_ref();
                session.map_or_else(
                    || idle(site),
                    |session| session.pod_view(*site, self.now, &self.words),
                )
            })
            .collect()
    }

    fn drill_rows(&self) -> Vec<DrillRowView> {
        let progress = self.progress();
        let row = |drill: &&'static Drill| {
            let unlocked = progress.unlocked.contains(&drill.id);
            let opening = Some(drill.opening).filter(|_| !unlocked);
            DrillRowView {
                drill: drill.id,
                title: self.words.text(drill.title),
                unlocked,
                mastered: progress.mastered.contains(&drill.id),
                locked_because: opening.map(|opening| self.words.say(&Closed::Locked { opening }.reason())),
            }
        };
        Drill::ALL.iter().map(row).collect()
    }

    /// What stands between the runner and the next drill, or that drill.
    fn next_step(&self) -> String {
        let next = self.progress().next;
        let closed = may_start(next, &self.gate_input()).err().unwrap_or_default();
        let step = match closed.first() {
            Some(Closed::Stop(_) | Closed::PainGrows) => "next-step-rest",
            Some(Closed::NoPod) => "next-step-connect",
            Some(Closed::AskFirst) if self.context.lean_pods() == 0 => "next-step-connect",
            Some(Closed::AskFirst) => "next-step-check-in",
            Some(Closed::Calibrate) => "next-step-calibrate",
            Some(
                Closed::Locked { .. } | Closed::SecondPod | Closed::NotWith { .. } | Closed::LeansTooFar,
            )
            | None => {
                let title = self.words.text(Drill::of(next).title);
                return self
                    .words
                    .format("next-step-drill", &[("drill", Value::Text(&title))]);
            }
        };
        self.words.text(step)
    }
}
