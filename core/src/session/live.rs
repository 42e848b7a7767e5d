//! One session that is going on: a guided drill or a run.
//!
//! Opens no gate and stores nothing. Invariant: nothing is said on data older than two seconds.

mod display;
mod ending;
mod pods;
mod sound;

pub(super) use ending::Ending;

use super::{
    guide::{Guide, Said, Verdicts},
    input::Location,
    launches::Launches,
    log::SessionContext,
    output::{Cue, CueKind, SessionKind},
    pipeline::{Event, Pipeline},
    report::Gap,
    stream::PodStream,
};
use crate::{
    cause::seen::Stretch,
    drill::{Answer, DrillId, catalog::Drill, message::Message},
    gait::{step::Step, terrain::Fix},
    lean::{
        band::OwnReference,
        model::LeanModel,
        reading::{Hysteresis, LeanClass, LeanReading},
    },
    pod::{conversation::StreamSetup, gatt::Uuid, sample::ImuSample, site::Site},
    units::Timestamp,
    words::Words,
};

/// A session that is going on.
pub(super) struct Session {
    started_at: Timestamp,
    kind: SessionKind,
    own: OwnReference,
    pipeline: Pipeline,
    streams: [PodStream; Site::ALL.len()],
    guide: Option<Guide>,
    steps: Vec<Step>,
    /// Speed and grade from each fix of position on.
    stretches: Vec<Stretch>,
    windows: Vec<LeanReading>,
    launches: Launches,
    gaps: Vec<Gap>,
    hysteresis: Hysteresis,
    shown: LeanClass,
    sound: sound::Sound,
    said: Vec<Said>,
    now: Timestamp,
}

impl Session {
    pub(super) fn begin(now: Timestamp, kind: SessionKind, feedback: bool, context: &SessionContext) -> Self {
        let calibrating = kind == SessionKind::Drill(DrillId::D0);
        let pipeline = if calibrating {
            Pipeline::calibrating()
        } else {
            Pipeline::new(context.own, &context.mounts)
        };
        let (guide, said) = match kind {
            SessionKind::Drill(drill) => {
                let sessions = context
                    .course
                    .drills
                    .iter()
                    .filter(|result| result.drill == drill);
                let verdicts = Verdicts::after(Drill::of(drill), sessions.count(), feedback);
                let (guide, said) = Guide::begin(Drill::of(drill), verdicts, context.own.band_deg, now);
                (Some(guide), said)
            }
            SessionKind::Run => (None, vec![(CueKind::Instruction, Message::plain("run-begin"))]),
        };
        Self {
            started_at: now,
            kind,
            own: context.own,
            pipeline,
            streams: Default::default(),
            guide,
            steps: Vec::new(),
            stretches: Vec::new(),
            windows: Vec::new(),
            launches: Launches::default(),
            gaps: Vec::new(),
            hysteresis: Hysteresis::default(),
            shown: LeanClass::NotSure,
            sound: sound::Sound::default(),
            said,
            now,
        }
    }

    pub(super) const fn kind(&self) -> SessionKind {
        self.kind
    }

    /// A pod streams in this way from now on.
    pub(super) fn connected(&mut self, site: Site, setup: &StreamSetup) {
        self.streams[site.index()].connected(setup);
    }

    pub(super) fn notification(
        &mut self,
        now: Timestamp,
        site: Site,
        characteristic: Uuid,
        bytes: &[u8],
        model: &dyn LeanModel,
    ) {
        self.now = now;
        let mut samples: Vec<ImuSample> = Vec::new();
        let start = self.started_at;
        self.streams[site.index()].take(now, start, characteristic, bytes, |sample| samples.push(sample));
        if !site.tells_lean() {
            return self.tell_faulty_pod(site);
        }
        let timed_by_arrival = self.streams[site.index()].timed_by_arrival();
        self.pipeline.set_timed_by_arrival(site, timed_by_arrival);
        let mut events = Vec::new();
        for sample in samples {
            self.pipeline
                .push(site, sample, model, &mut |event| events.push(event));
        }
        let gyro_is_none = self.pipeline.has_gyro(site) == Some(false);
        self.streams[site.index()].set_gyro_is_none(gyro_is_none);
        for event in &events {
            self.event(event);
        }
        self.tell_moved_pod(site);
        self.tell_faulty_pod(site);
    }

    /// A block came that the pod had stored: nothing is made of it now.
    pub(super) fn stored(&mut self, site: Site, bytes: &[u8]) {
        self.streams[site.index()].stored(bytes);
    }

    pub(super) fn location(&mut self, now: Timestamp, location: Location) {
        if let Some((guide, speed_mps)) = self.guide.as_mut().zip(location.speed_mps) {
            guide.speed(now, speed_mps);
        }
        let time_s = now.seconds_since(self.started_at);
        self.stretches.push(Stretch {
            start_s: time_s,
            speed_mps: location.speed_mps,
            grade: location.grade,
        });
        self.pipeline.fix(Fix {
            time_s,
            speed_mps: location.speed_mps,
            altitude_m: location.altitude_m,
            altitude_error_m: location.altitude_error_m,
            grade: location.grade,
        });
    }

    /// What the runner says of what was just done.
    pub(super) fn answer(&mut self, now: Timestamp, answer: Answer) {
        if let Some(guide) = &mut self.guide {
            self.said.extend(guide.answer(now, answer));
        }
    }

    /// The runner asks how it goes.
    pub(super) fn ask(&mut self) {
        let said = match &self.guide {
            Some(guide) => guide.told_on_request(),
            None => (CueKind::Verdict, Message::plain(asked_in_a_run(self.shown))),
        };
        self.said.push(said);
    }

    pub(super) fn tick(&mut self, now: Timestamp) {
        self.now = now;
        if let Some(guide) = &mut self.guide {
            self.said.extend(guide.tick(now));
        }
        self.tell_quiet_pods(now);
    }

    pub(super) fn take_cues(&mut self, words: &Words) -> Vec<Cue> {
        let at = self.now;
        let cue = |(kind, message): Said| Cue {
            at,
            kind,
            text: words.say(&message),
        };
        std::mem::take(&mut self.said).into_iter().map(cue).collect()
    }

    fn event(&mut self, event: &Event) {
        if self.guide.is_none() {
            self.launches.take(event);
        }
        match event {
            Event::Body(body) => {
                self.sound.body(body);
                if let Some(guide) = &mut self.guide {
                    self.said.extend(guide.take(self.now, body));
                }
            }
            Event::Step(step) => {
                self.steps.push(*step);
                self.sound.step(step);
                if let Some(guide) = &mut self.guide {
                    self.said.extend(guide.step(self.now, step));
                }
            }
            Event::Reading(reading) => self.reading(reading),
            Event::Gap(gap) => self.gaps.push(*gap),
        }
    }

    /// One image when the shown class leaves the band, one word when it comes back; silence in between.
    fn reading(&mut self, reading: &LeanReading) {
        self.windows.push(*reading);
        let shown = self.hysteresis.push(reading.class);
        let before = std::mem::replace(&mut self.shown, shown);
        if before == shown || self.guide.is_some() {
            return;
        }
        let cue = match shown {
            LeanClass::Under => Some((CueKind::Image, "run-cue-under")),
            LeanClass::Over => Some((CueKind::Image, "run-cue-over")),
            LeanClass::WaistBend => Some((CueKind::Image, "run-cue-waist-bend")),
            LeanClass::Good if before != LeanClass::NotSure => Some((CueKind::Verdict, "run-cue-back")),
            LeanClass::Good | LeanClass::NotSure => None,
        };
        self.said.extend(cue.map(|(kind, id)| (kind, Message::plain(id))));
    }
}

/// How the running goes, for a runner who asks.
const fn asked_in_a_run(shown: LeanClass) -> &'static str {
    match shown {
        LeanClass::Under => "run-asked-under",
        LeanClass::Good => "run-asked-good",
        LeanClass::Over => "run-asked-over",
        LeanClass::WaistBend => "run-asked-waist-bend",
        LeanClass::NotSure => "run-asked-not-sure",
    }
}
