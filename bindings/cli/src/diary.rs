//! A runner's diary: JSON Lines of what happened, read into a course.
//!
//! Judges nothing but the recordings it names. Invariants: lines of one moment may come in any order and an exact
//! duplicate counts once; what cannot be read is refused with its line number.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::{fmt::temporal::Pieces, tz::Offset};
use plumbline_core::{
    cause::{
        seen::{RunSeen, Stretch},
        self_test::{SelfTest, SelfTestResult},
        told::Onboarding,
    },
    drill::{DrillId, DrillResult, catalog::Drill, check_in::CheckIn, rule::SetVerdict},
    lean::{band::OwnReference, model::LeanModel},
    pod::site::Site,
    session::{
        analysis::{OwnStretch, analyze_stretches, check_pair},
        plan::{Course, Entry, Event},
    },
    units::Timestamp,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{command::analyze::recording, failure::Failure};

/// Longest line, bytes: a run of a thousand stretches has less.
const LONGEST_LINE: usize = 1 << 20;
/// Hardest pain.
const MOST_PAIN: u8 = 10;

/// One line that was understood.
#[derive(Debug)]
struct Line {
    number: usize,
    at: Timestamp,
    /// `at` as it stands there.
    written: String,
    /// Its fields in one order, so that equal lines are equal and lines of one moment have an order.
    canonical: String,
    kind: Kind,
}

/// What a line can tell, in the order in which lines of one moment are taken.
#[derive(Debug)]
enum Kind {
    Onboarding(Onboarding),
    CheckIn(CheckInLine),
    SelfTest(SelfTestLine),
    Run(RunLine),
    Drill(DrillLine),
}

/// A check-in, and whether it speaks of pain at all.
#[derive(Debug)]
struct CheckInLine {
    said: CheckIn,
    tells_pain: bool,
}

impl CheckInLine {
    /// Silence on pain takes nothing back of what was said before.
    fn or_as_before(self, before: Option<&CheckIn>) -> CheckIn {
        let mut said = self.said;
        if let Some(before) = before.filter(|_| !self.tells_pain) {
            said.pain.clone_from(&before.pain);
            said.signs.extend(before.signs.iter().copied());
        }
        said
    }
}

#[derive(Debug, Deserialize)]
struct SelfTestLine {
    name: SelfTest,
    result: SelfTestResult,
}

#[derive(Debug, Deserialize)]
struct RunLine {
    chest: Option<PathBuf>,
    pelvis: Option<PathBuf>,
    speed_mps: Option<f64>,
    #[serde(default)]
    speeds: Vec<Stretch>,
}

#[derive(Debug, Deserialize)]
struct DrillLine {
    drill: DrillId,
    seen: u32,
    passed: u32,
    #[serde(default = "yes")]
    feedback: bool,
}

const fn yes() -> bool {
    true
}

/// A diary that was read.
#[derive(Debug, PartialEq)]
pub(crate) struct Diary {
    /// What happened.
    pub(crate) course: Course,
    /// The moment of the last line.
    pub(crate) now: Timestamp,
    /// Each moment as the diary writes it.
    written: BTreeMap<Timestamp, String>,
}

impl Diary {
    /// A moment as the diary writes it, RFC 3339.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        self.written
            .get(&at)
            .cloned()
            .or_else(|| Some(stamp(at)?.to_string()))
            .unwrap_or_default()
    }

    /// The day of a moment, where the runner was at the last line.
    pub(crate) fn day(&self, at: Timestamp) -> String {
        let last = self.written.get(&self.now);
        let offset = last.and_then(|text| Pieces::parse(text).ok()?.to_numeric_offset());
        let here = offset.unwrap_or(Offset::UTC);
        stamp(at).map_or_else(String::new, |stamp| here.to_datetime(stamp).date().to_string())
    }
}

fn stamp(at: Timestamp) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_microsecond(at.0).ok()
}

/// Reads a diary; recordings are looked for beside `folder`.
pub(crate) fn read(bytes: &[u8], folder: &Path, model: &dyn LeanModel) -> Result<Diary, Failure> {
    let mut lines = parse(bytes)?;
    lines.sort_by(|a, b| (a.at, a.rank(), &a.canonical).cmp(&(b.at, b.rank(), &b.canonical)));
    lines.dedup_by(|a, b| a.canonical == b.canonical);
    let mut course = Course::default();
    let mut now = Timestamp::default();
    let mut written = BTreeMap::new();
    for line in lines {
        written.entry(line.at).or_insert_with(|| line.written.clone());
        let at = line.at;
        let event = line.event(&course, folder, model)?;
        course.take(Entry { at, event });
        now = at;
    }
    Ok(Diary { course, now, written })
}

fn parse(bytes: &[u8]) -> Result<Vec<Line>, Failure> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, bytes) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let line = Line::parse(number, bytes).map_err(|why| refused(number, &why))?;
        if lines.last().is_some_and(|before| before.at > line.at) {
            return Err(refused(number, "it is earlier than the line before"));
        }
        lines.push(line);
    }
    Ok(lines)
}

fn refused(number: usize, why: &str) -> Failure {
    Failure::Failed(format!("line {number} of the diary: {why}"))
}

impl Line {
    fn parse(number: usize, bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LONGEST_LINE {
            return Err("it is too long".to_owned());
        }
        let mut fields: Map<String, Value> =
            serde_json::from_slice(bytes).map_err(|error| format!("not a JSON object: {error}"))?;
        let at_text = text_of(&fields, "at")?;
        let moment: jiff::Timestamp = at_text
            .parse()
            .map_err(|_| "`at` is no RFC 3339 time such as 2026-03-01T07:30:00+01:00".to_owned())?;
        let at = Timestamp(moment.as_microsecond());
        fields.insert("at".to_owned(), Value::from(at.0));
        // Sorted by name: serde_json's map keeps its keys in order.
        let canonical = Value::Object(fields.clone()).to_string();
        let kind = Kind::parse(&text_of(&fields, "kind")?, fields)?;
        Ok(Self {
            number,
            at,
            written: at_text,
            canonical,
            kind,
        })
    }

    const fn rank(&self) -> u8 {
        match self.kind {
            Kind::Onboarding(_) => 0,
            Kind::CheckIn(_) => 1,
            Kind::SelfTest(_) => 2,
            Kind::Run(_) => 3,
            Kind::Drill(_) => 4,
        }
    }

    fn event(self, course: &Course, folder: &Path, model: &dyn LeanModel) -> Result<Event, Failure> {
        Ok(match self.kind {
            Kind::Onboarding(answers) => Event::Onboarding(answers),
            Kind::CheckIn(said) => Event::CheckIn(said.or_as_before(course.said())),
            Kind::SelfTest(line) => Event::SelfTest(line.name, line.result),
            Kind::Run(line) => Event::Run(Box::new(
                line.judge(course, folder, model)
                    .map_err(|failure| refused(self.number, &failure.to_string()))?,
            )),
            Kind::Drill(line) => Event::Drill(line.result(self.at)),
        })
    }
}

fn text_of(fields: &Map<String, Value>, name: &str) -> Result<String, String> {
    match fields.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(format!("`{name}` is no text")),
        None => Err(format!("`{name}` is missing")),
    }
}

impl Kind {
    fn parse(kind: &str, fields: Map<String, Value>) -> Result<Self, String> {
        fn of<Line: for<'a> Deserialize<'a>>(fields: Map<String, Value>) -> Result<Line, String> {
            serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
        }
        Ok(match kind {
            "onboarding" => Self::Onboarding(checked_onboarding(of(fields)?)?),
            "check_in" => {
                let tells_pain = fields.contains_key("pain");
                let said = checked_check_in(of(fields)?)?;
                Self::CheckIn(CheckInLine { said, tells_pain })
            }
            "self_test" => Self::SelfTest(of(fields)?),
            "run" => Self::Run(checked_run(of(fields)?)?),
            "drill" => Self::Drill(checked_drill(of(fields)?)?),
            other => return Err(format!("unknown kind {other:?}")),
        })
    }
}

fn checked_onboarding(answers: Onboarding) -> Result<Onboarding, String> {
    match answers.desk_hours {
        Some(hours) if !(0.0..=24.0).contains(&hours) => {
            Err("`desk_hours` must lie between 0 and 24".to_owned())
        }
        _ => Ok(answers),
    }
}

fn checked_check_in(said: CheckIn) -> Result<CheckIn, String> {
    if said.pain.iter().any(|pain| pain.level > MOST_PAIN) {
        return Err("the `level` of pain must lie between 0 and 10".to_owned());
    }
    Ok(said)
}

fn checked_drill(line: DrillLine) -> Result<DrillLine, String> {
    if line.passed > line.seen {
        return Err("`passed` must not be more than `seen`".to_owned());
    }
    Ok(line)
}

fn checked_run(line: RunLine) -> Result<RunLine, String> {
    if line.chest.is_none() && line.pelvis.is_none() {
        return Err("a run needs `chest`, `pelvis` or both".to_owned());
    }
    let told = line
        .speeds
        .iter()
        .map(|stretch| stretch.speed_mps)
        .chain([line.speed_mps]);
    if told.flatten().any(|speed| !(0.0..=20.0).contains(&speed)) {
        return Err("a speed must lie between 0 and 20 m/s".to_owned());
    }
    if line
        .speeds
        .iter()
        .any(|stretch| stretch.grade.is_some_and(|grade| grade.abs() > 1.0))
    {
        return Err("a grade must lie between -1 and 1".to_owned());
    }
    if !line.speeds.is_sorted_by(|a, b| a.start_s <= b.start_s) {
        return Err("`speeds` must be in the order of their times".to_owned());
    }
    Ok(line)
}

impl RunLine {
    fn stretches(&self) -> Vec<Stretch> {
        let whole = Stretch {
            start_s: f64::MIN,
            speed_mps: self.speed_mps,
            grade: None,
        };
        if self.speeds.is_empty() {
            vec![whole]
        } else {
            let mut stretches = self.speeds.clone();
            stretches[0].start_s = f64::MIN;
            stretches
        }
    }

    /// Judges the recordings against what the earlier runs taught.
    fn judge(&self, course: &Course, folder: &Path, model: &dyn LeanModel) -> Result<RunSeen, Failure> {
        let read = |site, file: &Option<PathBuf>| {
            let file = file.as_ref().map(|file| folder.join(file));
            recording(site, file.as_deref())
        };
        let (chest, pelvis) = (read(Site::Chest, &self.chest)?, read(Site::Pelvis, &self.pelvis)?);
        if let (Some(chest), Some(pelvis)) = (&chest, &pelvis) {
            check_pair(chest, pelvis).map_err(|error| Failure::failed("nothing to analyze", &error))?;
        }
        let curve = course.curve();
        let stretches = self.stretches();
        let known: Vec<OwnStretch> = stretches
            .iter()
            .map(|stretch| OwnStretch {
                stretch: *stretch,
                own: curve.at(stretch.speed_mps),
            })
            .collect();
        let analysis = analyze_stretches(chest.as_ref(), pelvis.as_ref(), &known, model);
        let seen = analysis.seen(&stretches, OwnReference::default());
        let own = curve.at(seen.speed_mps);
        Ok(RunSeen { own, ..seen })
    }
}

impl DrillLine {
    fn result(&self, at: Timestamp) -> DrillResult {
        let drill = Drill::of(self.drill);
        let mut result = DrillResult {
            drill: self.drill,
            at,
            asked: if drill.pass.as_one { 1 } else { drill.pass.of },
            seen: self.seen,
            passed: self.passed,
            feedback: self.feedback,
            met: false,
        };
        result.met = drill.judge(&result) == SetVerdict::Met;
        result
    }
}

#[cfg(test)]
mod tests;
