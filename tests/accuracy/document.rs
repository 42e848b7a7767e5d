//! The document: what each section is called, what it needs, and what it says before its numbers.

use recordings::folder;

use crate::{
    bad_input, class_tables, glance, plot::Plot, pods_compared, real_recordings, table::Table, treadmill,
    virtual_pods,
};

/// One section.
pub(crate) struct Section {
    /// What `--only` asks for.
    pub(crate) name: &'static str,
    title: &'static str,
    /// The sets without which there is nothing to say.
    needs: &'static [&'static str],
    words: &'static str,
    body: fn() -> String,
    plots: fn() -> Vec<Plot>,
}

/// The sets, what they are, and what they may be used for.
const SETS: [[&str; 3]; 6] = [
    [
        "hamner2013",
        "optical markers and force plates, 4 runners at 2 to 5 m/s",
        "chooses and judges",
    ],
    [
        "rbds2017",
        "optical pelvis and force treadmill, 9 runners at 2.5 to 4.5 m/s",
        "5 runners fit, 4 judge",
    ],
    [
        "jdx_treadmill_run",
        "optical markers and force plates, 1 upright runner at 4.1 m/s",
        "fits a little, judges",
    ],
    [
        "sisfall_waist_jog",
        "real waist sensor, 4 people jogging, walking, bending",
        "chooses and judges",
    ],
    [
        "alcantara_sacrum",
        "real sacral accelerometer and force treadmill, 1 runner, 31 trials",
        "fits a little, judges",
    ],
    [
        "biomac_fixture",
        "real pelvis sensor and force plate, 1 runner, one mean cycle",
        "fits a little, judges",
    ],
];

const HEAD: &str = "\
# How far the numbers are from the truth

This page is written by `make accuracy`, which runs the same code as a live run over recordings made by other people
and compares it with their markers and force plates. Every number comes from that command, and the same recordings
give the same page.

**No one has worn a pod for this page.** The real sensors in it are other people's, at waist and sacrum, and no lean can
be read from those. No runner was asked to lean, nothing was recorded on the pods this product is made for, and nobody has checked a lean outdoors, on a hill, in a turn, over an hour, in a start, on a strap under a
shirt, or on anybody who learns to run with it. What is below is the best that can be said without that:

* A *virtual pod* is a pod signal computed from optical markers: how the chest or the pelvis of a real runner moved,
  seen through the sensor. Markers are smooth, so virtual pods are kinder than life. They are shown *clean*, and on a
  *strap*.
* A *strap* here is a model made for this page alone: soft tissue that gives, a wobble, a blow at every landing that
  markers are too slow to show, a slip of about 0.9 degrees that no estimator can see, noise, a constant error of the
  gyroscope, and the end of the accelerometer's range. Its sizes were chosen so that the signal resembles the real
  waist recordings at the end of this page; their peaks differ more from step to step than its own. Nothing in the core
  was fitted on it, and it was looked at as the runners who wear it were.
* Every pod is worn at a random angle, any way up, that nobody tells the core.
* The trials of hamner2013 and jdx_treadmill_run last four to ten seconds. Each is repeated six times in whole strides
  behind a made-up stand of five seconds, so they have a run's length but not its variety. H01 and H02 have a standing
  pose of their own; H11, H20 and JDX_S999 stand upright by definition.
* *Semi-synthetic* postures are real runners whose trunk or pelvis was turned by a known angle in the computer.
* The treadmills ran at constant speed, so no start, no stop and no hill is in here, and launches are not measured.
* Speed loss and hip offset stand in no table: they have not been held against a truth.

What stands beside our numbers: *plain* is the mean of the accelerometer against the stand; *filter* is a careful
filter of the shelf (VQF) with the stand's mean as neutral. Both are told how the pod is mounted, when the runner
stands and which strides are whole, all of which the core has to find out. For steps, both call a foot down while the
force at the pod is above a fifth of gravity. *Published* is the best figure we found, on other people and other
sensors: Zeng et al. 2022 (PMC9237201), Patoz et al. 2022 (PMC8838733), Kiernan et al. 2023 (PMC10255839), and Sensors
25:315 (2025).

Numbers that ship were fitted on runners 001, 03, 05, 09 and 011 of rbds2017, whose results stand apart from those of
002, 04, 08 and 010, which were kept back. jdx_treadmill_run and biomac_fixture fitted a little too (contacts, and how
made-up runners turn), and the blows of the made-up runners start from alcantara_sacrum: on those three the page is no
proof. Nor are the others strangers:

* All nine runners of rbds2017 were looked at while choosing the form of the rules for steps. The two levels of force that
  begin and end a contact were first chosen on all nine, then again on the five that fit, who choose the same.
* The intervals of cadence, contact, oscillation and timing are as wide as the errors of the five fitted runners of
  rbds2017 and of made-up runners; earlier ones were set after looking at hamner2013 and the runners kept back.
* hamner2013 and sisfall_waist_jog were looked at while choosing between ways and limits: how a strap is told, when a pod
  has moved or changed places, which sways tell left from right, how far an accelerometer alone may be off. An early
  network that failed on hamner2013 was trained anew on other made-up runners.
* The usual lean and bend that made-up runners are drawn about were set knowing what 20 treadmill trials of five runners
  show (`docs/numbers.md`).
";

fn nothing() -> Vec<Plot> {
    Vec::new()
}

pub(crate) const SECTIONS: [Section; 12] = [
    Section {
        name: "glance",
        title: "At a glance",
        needs: &["hamner2013"],
        words: "Both pods of hamner2013 unless a row says otherwise; *wanted* is what was set before the work began.",
        body: glance::section,
        plots: nothing,
    },
    Section {
        name: "virtual-angles",
        title: "Lean, tilt and bend",
        needs: &["hamner2013"],
        words: "Mean of a run against the markers, degrees, + forward. 16 trials, each worn in three ways. A strap's own wobble \
                and slip, about 0.9 degrees, is in the error: below that on a strap is luck.",
        body: virtual_pods::angles,
        plots: nothing,
    },
    Section {
        name: "virtual-steps",
        title: "Steps",
        needs: &["hamner2013"],
        words: "Against the force plates at 40 N, milliseconds. The set's forces come smoothed, which begins a contact 9 ms \
                too early and ends it 4 ms too late; a contact here is where 40 N of an unsmoothed force would be. Timing is (fore-aft zero crossing − lowest point of the pelvis) / \
                contact; its variance is that between trials, negative where the relation is upside down.",
        body: virtual_pods::steps,
        plots: virtual_pods::contact_plot,
    },
    Section {
        name: "virtual-intervals",
        title: "How often the 90 % intervals hold",
        needs: &["hamner2013"],
        words: "Share of runs whose truth lies in the interval of the mean; the last column counts windows of ten seconds. Far more than nine in ten is too wide, far fewer is wrong.",
        body: virtual_pods::intervals,
        plots: nothing,
    },
    Section {
        name: "classes",
        title: "Classes on semi-synthetic postures",
        needs: &["hamner2013"],
        words: "Each trial of hamner2013 in eight postures: as it was, turned as one piece by −6, −3, +3 and +6 degrees, bent by 8 and 12 at \
                the waist, and bent by 8 with the lean still in the band. The own band is 4 degrees either side of the natural trial, \
                the usual bend that of the natural trial, so a class is at least one degree from its boundary. From one pod a bend cannot \
                be told: *not sure* is the right answer there, and any class given to a bent runner counts as wrong.",
        body: class_tables::section,
        plots: class_tables::plots,
    },
    Section {
        name: "bad",
        title: "Bad input",
        needs: &["hamner2013"],
        words: "Both pods on a strap, every runner in two of the postures above, and something goes wrong. *Wrong* is the share of windows \
                that are given a wrong class with confidence.",
        body: bad_input::section,
        plots: nothing,
    },
    Section {
        name: "treadmill",
        title: "A pelvis pod on a force treadmill",
        needs: &["rbds2017"],
        words: "rbds2017, virtual pelvis pods, half a minute each as it was, no repeats. The set has no trunk markers.",
        body: treadmill::section,
        plots: nothing,
    },
    Section {
        name: "upright",
        title: "An upright runner",
        needs: &["jdx_treadmill_run"],
        words: "jdx_treadmill_run: one trial, worn in three ways. The trunk ends at the middle of the acromia, for want of other markers.",
        body: virtual_pods::upright_section,
        plots: nothing,
    },
    Section {
        name: "waist",
        title: "Real waist sensors",
        needs: &["sisfall_waist_jog"],
        words: "sisfall_waist_jog: jogging (D03 slow, D04 quick), walking (D01, D02), bending at the waist (D16). No force plate: cadence is held \
                against the strongest frequency of the signal; a jog must be running throughout, and the rest must not. Stairs are not \
                in the part of the set we have.",
        body: real_recordings::waist,
        plots: nothing,
    },
    Section {
        name: "sacrum",
        title: "A real sacral accelerometer on a force treadmill",
        needs: &["alcantara_sacrum"],
        words: "alcantara_sacrum, one runner: two axes, no gyroscope, and the vertical axis cut off at zero in flight, as shipped. Each trial repeated six \
                times behind a made-up stand; only when steps begin and end is asked.",
        body: real_recordings::treadmill_steps,
        plots: nothing,
    },
    Section {
        name: "cycle",
        title: "A real pelvis sensor, one mean cycle",
        needs: &["biomac_fixture"],
        words: "biomac_fixture, the mean running cycle of one runner, repeated. It has no stand, so no angle is asked. The set's optical \
                runner is seen for two seconds only, too short for a run.",
        body: real_recordings::pelvis_cycle,
        plots: nothing,
    },
    Section {
        name: "pods",
        title: "The synthetic runner against real pods",
        needs: &["sisfall_waist_jog"],
        words: "What running signals look like, whatever they mean: median, and where nine in ten lie. Virtual pods are hamner2013 at 2 and 3 m/s; synthetic \
                pods are runners of the core's own simulator, as used for training, of other seeds. The waist sensor sits on a belt buckle in front, \
                not on the sacrum.",
        body: pods_compared::section,
        plots: pods_compared::plots,
    },
];

/// A section as text, and its plots.
pub(crate) fn rendered(section: &Section) -> (String, Vec<Plot>) {
    let title = format!("## {}\n", section.title);
    let absent: Vec<&str> = section
        .needs
        .iter()
        .copied()
        .filter(|set| folder(set).is_none())
        .collect();
    if !absent.is_empty() {
        let text = format!("{title}\nNot measured: {} was absent.\n", absent.join(" and "));
        return (text, Vec::new());
    }
    let plots = (section.plots)();
    let pictures = plots
        .iter()
        .map(|plot| format!("\n![{}](accuracy/{})\n", plot.title, plot.file));
    let pictures: String = pictures.collect();
    (
        format!(
            "{title}\n{}\n\n{}{pictures}",
            wrapped(section.words),
            (section.body)()
        ),
        plots,
    )
}

/// What stands before the first section.
pub(crate) fn head() -> String {
    let mut table = Table::new(&["recordings", "what they are", "what they may do here", "here"]);
    for [set, what, may] in SETS {
        let here = if folder(set).is_some() { "yes" } else { "absent" };
        table.row([set, what, may, here].map(str::to_owned));
    }
    format!("{HEAD}\n{}", table.render())
}

/// Words in lines of at most 120 letters.
fn wrapped(words: &str) -> String {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last_mut().map_or(0, |line| line.chars().count());
        if line > 0 && line + 1 + word.chars().count() > 120 {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_whose_recordings_are_absent_says_so_and_shows_no_number() {
        let section = Section {
            name: "gone",
            title: "Gone",
            needs: &["no_such_recordings"],
            words: "",
            body: || "| 1 |".to_owned(),
            plots: nothing,
        };
        let (text, plots) = rendered(&section);
        assert_eq!(text, "## Gone\n\nNot measured: no_such_recordings was absent.\n");
        assert!(plots.is_empty());
    }

    #[test]
    fn words_are_wrapped_between_words() {
        let words = "word ".repeat(60);
        assert!(
            wrapped(&words)
                .lines()
                .all(|line| line.len() <= 120 && !line.ends_with(' '))
        );
        assert_eq!(wrapped(&words).split_whitespace().count(), 60);
    }
}
