use glam::DVec3;

use super::*;
use crate::{
    session::{
        output::SessionKind,
        report::{GapReason, Summary},
    },
    units::Timestamp,
};

fn report() -> SessionReport {
    SessionReport {
        duration_s: 1_200.0,
        class_seconds: [0.0, 1_200.0, 0.0, 0.0, 0.0],
        summary: Summary {
            steady_steps: 3_000,
            ..Summary::default()
        },
        drift_deg_per_10_min: Some(0.1),
        band_deg: Some([6.0, 12.0]),
        ..SessionReport::blank(Timestamp(0), SessionKind::Run)
    }
}

fn facts(gaps: &[Gap]) -> Facts<'_> {
    Facts {
        neutral: Some(Neutral {
            start_s: 0.0,
            end_s: 5.0,
            spread_deg: 0.4,
            up: DVec3::Y,
        }),
        lean_change_deg: None,
        streamed: [true; 2],
        doubts: Default::default(),
        unreadable: [false; 2],
        gaps,
        knows_terrain: false,
    }
}

#[test]
fn of_a_clean_run_only_speed_and_hills_are_unknown() {
    let words = Words::new("en");
    let untold = facts(&[]).untold(&report(), &words);
    assert_eq!(untold, [words.text("untold-no-speed")]);
}

#[test]
fn every_lack_is_named_once() {
    let gap = Gap {
        start_s: 10.0,
        end_s: 13.0,
        site: None,
        reason: GapReason::Missing,
    };
    let gaps = [gap];
    let lacking = Facts {
        neutral: None,
        lean_change_deg: Some(2.0),
        streamed: [false, true],
        doubts: [
            vec![],
            vec![
                Doubt::NoGyroscope,
                Doubt::NoStamps,
                Doubt::LowRate,
                Doubt::NoChecksum,
            ],
        ],
        unreadable: [true, false],
        ..facts(&gaps)
    };
    let words = Words::new("en");
    let poor = SessionReport {
        band_deg: None,
        drift_deg_per_10_min: None,
        summary: Summary {
            steady_steps: 12,
            ..Summary::default()
        },
        ..report()
    };
    let untold = lacking.untold(&poor, &words);
    let starts = [
        "There was no still stand at the start, so I cannot say how far you leaned. From your first minute",
        "Without the chest pod",
        "The chest pod sent data that I could not read",
        "The pelvis pod has no gyroscope",
        "The pelvis pod does not stamp",
        "The pelvis pod measures fewer than 100 times",
        "I do not know your own band yet",
        "Only 12 steady steps",
        "3 seconds of data",
        "The run was too short",
        "No positions",
    ];
    assert_eq!(untold.len(), starts.len(), "{untold:#?}");
    for (line, start) in untold.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn each_fault_and_each_gate_has_its_sentence_in_both_languages() {
    let gap = |reason, site| Gap {
        start_s: 754.0,
        end_s: 790.0,
        site,
        reason,
    };
    let gaps = [
        gap(GapReason::MountMoved, Some(Site::Chest)),
        gap(GapReason::Loose, Some(Site::Pelvis)),
        gap(GapReason::Swapped, None),
        gap(GapReason::Frozen, Some(Site::Pelvis)),
        gap(GapReason::Clipped, Some(Site::Chest)),
        gap(GapReason::BadTime, Some(Site::Chest)),
        gap(GapReason::ClocksApart, None),
        gap(GapReason::TooManyHoles, None),
        gap(GapReason::SensorsDisagree, Some(Site::Chest)),
        gap(GapReason::StandDiffers, Some(Site::Chest)),
        gap(GapReason::NotSteady, None),
        gap(GapReason::Turning, None),
        gap(GapReason::Grade, None),
    ];
    let facts = Facts {
        knows_terrain: true,
        ..facts(&gaps)
    };
    for (language, moved) in [
        ("en", "The chest pod turned on its strap at 12:34."),
        ("de", "Der Brust-Pod hat sich bei 12:34 an seinem Gurt verdreht."),
    ] {
        let untold = facts.untold(&report(), &Words::new(language));
        assert_eq!(untold.len(), gaps.len(), "{untold:#?}");
        assert!(untold.iter().any(|line| line.starts_with(moved)), "{untold:#?}");
        assert!(
            untold
                .iter()
                .all(|line| !line.contains('{') && !line.contains('$')),
            "{untold:#?}"
        );
        assert_eq!(
            untold.iter().filter(|line| line.contains("36")).count(),
            9,
            "{untold:#?}"
        );
    }
}

#[test]
fn minutes_without_a_class_and_a_wide_stand_are_told() {
    let words = Words::new("en");
    let mut facts = facts(&[]);
    facts.neutral = facts.neutral.map(|neutral| Neutral {
        spread_deg: 1.2,
        ..neutral
    });
    let report = SessionReport {
        class_seconds: [0.0, 1_000.0, 0.0, 0.0, 150.0],
        ..report()
    };
    let untold = facts.untold(&report, &words);
    assert!(
        untold.iter().any(|line| line.contains("2.5 minutes")),
        "{untold:#?}"
    );
    assert!(
        untold.iter().any(|line| line.contains("1.2 degrees")),
        "{untold:#?}"
    );
}
