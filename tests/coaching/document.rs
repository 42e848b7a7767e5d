//! The page: what is counted over the learners of both sets, as tables, and what was assumed.
//!
//! Judges nothing. Invariant: a share of nobody is a dash.

use std::fmt::Write;

use plumbline_core::cause::Cause;

use crate::{Life, course::Outcome};

const HEAD: &str = "\
# What the coach makes of made-up learners

This page is written by `make coaching`. **Every learner here is made up. Nothing was tested on people.** What it shows
is whether the coach finds a fault that is there by construction, through noise, missing answers and false ones, and
whether it keeps its own rules. How often people have which fault, and what a drill does to it, nobody has measured.

* **A learner** has an own sound way of running (lean, bend, timing and cadence drawn about those of lab runners), a body
  that shakes as people's do, and one fault, or none. A fault is a way of moving and hurting taken from the coach's texts
  and studies (`tests/coaching/faults.rs`), written without looking at the coach's weights.
* **What is told**: a runner has each symptom of the fault with chance 0.8 and tells it at a check-in with 0.7, one or
  two check-ins late with 0.2, never with 0.1; a sore place and a feeling that have nothing to do with it are told with
  0.1 each. A self-test that is asked for is done with 0.7 and comes out right with 0.8. Somebody with pain says there
  is none with 0.15.
* **Day to day** the lean differs by 1.5 degrees, the bend by 1, the timing by 0.012; 15 % of the days are missed. Some
  pain of its own begins on 1.5 % of the days.
* **A run** reaches the coach as samples of two pods with noise and a mounting of their own each day, through the same
  code as a recording. It is a minute and a half long: two starts, easy, fast, up and down a hill, fast, easy, where each part stands for minutes. Three
  runs a week for two weeks, then one a week is recorded. Speeds and grades are told as a phone would.
* **A drill session** is not simulated in samples: each repetition comes out as the learner's skill, which grows with
  practice. A session of the drill the table names for the fault takes 10 to 22 % of it, a later one of its row 0.7 of that, any other 1 %; more
  lean for somebody who bends or leans too far adds 0.08 and hurts with chance 0.3. These numbers are ours.
* **Speech** is one image a session and one cue after a repetition that was not as asked, as often as the fade lets it.
* Signs, weights and limits of the causes were changed while looking at the first set of learners only. The second set
  has other seeds and judges them. **The counts of harm are judged by neither**: the rule that keeps who eased back from
  more lean was written after looking at both sets. Both are drawn from the same assumptions, so nothing here stands for
  people.
* Two things about the learners were changed because the coach had not found them: somebody uneven also differs in
  contact, by 5 % each way, since timing alone was not seen, and a run has two starts. Those two rows show less than the
  others.
* Row 12 of the table is an experiment and 17 and 18 are rules of the gate; they are no fault to be found.
";

/// The whole page.
pub(crate) fn document(sets: &[(&'static str, Vec<Life>)]) -> String {
    let mut page = HEAD.to_owned();
    for (name, lives) in sets {
        let _ = write!(page, "\n## Learners the weights were {name} ({})\n", lives.len());
        page.push_str(&by_row(lives));
        page.push_str(&rules(lives));
        page.push_str(&coaches(lives));
        page.push_str(&speech(lives));
    }
    page
}

/// Among how many first causes the right one is.
fn found(lives: &[&Life], among: usize) -> usize {
    let right = |life: &&&Life| {
        life.ours
            .ranked
            .iter()
            .take(among)
            .any(|cause| *cause == life.truth)
    };
    lives.iter().filter(right).count()
}

fn share(some: usize, all: usize) -> String {
    if all == 0 {
        return "–".to_owned();
    }
    format!("{:.0} %", 100.0 * some as f64 / all as f64)
}

/// Right cause by the third run, by row.
fn by_row(lives: &[Life]) -> String {
    let mut text = "\n| Fault | Learners | Right cause first by the third run | Among the first two |\n|---|---:|---:|---:|\n".to_owned();
    for cause in Cause::ALL {
        let of: Vec<&Life> = looked_at(lives).filter(|life| life.truth == cause).collect();
        let name = cause.name().replace('_', " ");
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} |",
            of.len(),
            found(&of, 1),
            found(&of, 2)
        );
    }
    let all: Vec<&Life> = looked_at(lives).collect();
    let faulty: Vec<&Life> = looked_at(lives)
        .filter(|life| life.truth != Cause::None)
        .collect();
    for (name, of, targets) in [
        ("**all with a fault**", faulty, "(target 80 %) | (target 95 %)"),
        ("all", all, " | "),
    ] {
        let targets: Vec<&str> = targets.split('|').map(str::trim).collect();
        let [one, two] = [1, 2].map(|among| share(found(&of, among), of.len()));
        let cell = |share: String, target: &str| format!("{share} {target}").trim_end().to_owned();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} |",
            of.len(),
            cell(one, targets[0]),
            cell(two, targets[1])
        );
    }
    text
}

/// Who ran three times.
fn looked_at(lives: &[Life]) -> impl Iterator<Item = &Life> {
    lives.iter().filter(|life| !life.ours.ranked.is_empty())
}

/// What must not happen.
fn rules(lives: &[Life]) -> String {
    let sum = |of: fn(&Outcome) -> u32| {
        let each = |coach: fn(&Life) -> &Outcome| lives.iter().map(|life| of(coach(life))).sum::<u32>();
        format!(
            "{} | {} | {}",
            each(|life| &life.ours),
            each(|life| &life.random),
            each(|life| &life.in_order)
        )
    };
    format!(
        "\n| Over twelve weeks | This coach | Random | In order |\n|---|---:|---:|---:|\n\
         | Drill sessions | {} |\n\
         | Sent home by a gate | {} |\n\
         | Drills that would hurt (target 0) | {} |\n\
         | Drills started through a closed gate (target 0) | {} |\n",
        sum(|one| one.drills),
        sum(|one| one.sent_home),
        sum(|one| one.harmful),
        sum(|one| one.through_closed)
    )
}

/// A line of the table: its title, and when that came about, in sessions.
type Row = (&'static str, fn(&Outcome) -> Option<u32>);

/// Sessions until the fault is gone, against two coaches that do not look.
fn coaches(lives: &[Life]) -> String {
    let mut text = "\n| Of those whose fault a drill can change | This coach | Random | In order |\n|---|---:|---:|---:|\n".to_owned();
    let with: Vec<&Life> = lives
        .iter()
        .filter(|life| !life.truth.drills().is_empty())
        .collect();
    let rows: [Row; 2] = [
        ("fault no longer there", |one| one.resolved_after),
        ("a drill for it mastered", |one| one.mastered_after),
    ];
    for (name, of) in rows {
        let of_coach = |coach: fn(&Life) -> &Outcome| {
            let mut after: Vec<Option<u32>> = with.iter().map(|life| of(coach(life))).collect();
            // Who never got there comes last.
            after.sort_by_key(|after| after.unwrap_or(u32::MAX));
            let middle = after.get(after.len() / 2).copied().flatten();
            let sessions = middle.map_or("not in 12 weeks".to_owned(), |sessions| sessions.to_string());
            (share(after.iter().flatten().count(), with.len()), sessions)
        };
        let [ours, random, in_order] = [
            of_coach(|life| &life.ours),
            of_coach(|life| &life.random),
            of_coach(|life| &life.in_order),
        ];
        let _ = writeln!(
            text,
            "| {name}, share | {} | {} | {} |",
            ours.0, random.0, in_order.0
        );
        let _ = writeln!(
            text,
            "| {name}, sessions (median) | {} | {} | {} |",
            ours.1, random.1, in_order.1
        );
    }
    text
}

/// Cues a minute of drill, by week.
fn speech(lives: &[Life]) -> String {
    let mut text = "\n| Week |".to_owned();
    let mut line = "\n| Cues a minute of drill |".to_owned();
    let mut rule = "\n|---|".to_owned();
    for week in 0..12 {
        let [cues, minutes] = lives.iter().fold([0.0, 0.0], |sum, life| {
            let of = life.ours.speech[week];
            [sum[0] + of[0], sum[1] + of[1]]
        });
        let _ = write!(text, " {} |", week + 1);
        rule.push_str("---:|");
        let per_minute = if minutes > 0.0 {
            format!("{:.2}", cues / minutes)
        } else {
            "–".to_owned()
        };
        let _ = write!(line, " {per_minute} |");
    }
    text + &rule + &line + "\n"
}
