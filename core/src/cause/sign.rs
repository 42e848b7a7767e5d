//! The signs a cause can have: how clearly each is there, and how it is said.
//!
//! Weighs nothing: [`super::rules`] does. Invariant: a sign that cannot be told is not there.

use super::{
    Evidence,
    self_test::{SelfTest, SelfTestResult},
    told::Background,
};
use crate::{
    drill::{
        check_in::{Felt, PainPlace},
        message::{Argument, Message},
    },
    lean::reading::LeanClass,
};

/// Something to be seen in runs or told by the runner, with a strength from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Much of the judged time has this class.
    Mostly(LeanClass),
    /// The lean of the newest run lies below the own band.
    BelowBand,
    /// It lies above.
    AboveBand,
    /// The lean is less than most people's: all there is before an own band, and when a fault was there from the start.
    LowForMost,
    /// The lean is more than most people's.
    HighForMost,
    /// The waist bend is more than most people's.
    BentForMost,
    /// The hip comes over the foot later than usual.
    Late,
    /// It comes earlier.
    Early,
    /// More waist bend than the own usual.
    UnusualBend,
    /// The chest stays behind the pelvis.
    ChestBehind,
    /// The pelvis is tucked under against the stand.
    Tucked,
    /// Starts bend at the waist.
    LaunchesBent,
    /// Starts hardly tip.
    LaunchesStall,
    /// Begins good, ends in this class.
    Fades(LeanClass),
    /// The lean falls through the run.
    DriftsUpright,
    /// The lean at the end is less than at the begin, at one speed.
    TiresUpright,
    /// The waist bend at the end is more than at the begin.
    TiresBent,
    /// The lean is missing at first and comes as the body warms up.
    WarmsUp,
    /// Over in the fast stretches only.
    OverAtSpeed,
    /// The lean rises fast with speed.
    SteepWithSpeed,
    /// Brakes more than usual.
    Brakes,
    /// Few steps a minute.
    SlowCadence,
    /// Left and right differ in timing.
    Asymmetric,
    /// One foot stays on the ground longer than the other.
    UnevenContact,
    /// Outside the band on hills only.
    OnHills,
    /// The lean on hills is far from the flat's.
    MovedByHills,
    /// A place is sore.
    Sore(PainPlace),
    /// Running feels so.
    Felt(Felt),
    /// A self-test did not go.
    TestFails(SelfTest),
    /// A self-test went.
    TestPasses(SelfTest),
    /// One side went less far in a self-test.
    OneSideShort,
    /// Sits for many hours.
    Sits,
    /// Danced or did gymnastics.
    Danced,
}

impl Sign {
    /// How clearly the sign is there, 0 to 1; 0 when it cannot be told.
    pub(super) fn strength(self, evidence: &Evidence) -> f64 {
        self.of_runs(evidence)
            .or_else(|| self.of_starts_and_course(evidence))
            .unwrap_or_else(|| self.of_told(evidence))
            .clamp(0.0, 1.0)
    }

    fn of_runs(self, evidence: &Evidence) -> Option<f64> {
        let pooled = |value: fn(&super::seen::RunSeen) -> Option<f64>| evidence.pooled(value);
        Some(match self {
            Self::Mostly(LeanClass::Good) => ramp(Some(evidence.share(LeanClass::Good)), 0.5, 0.8),
            Self::Mostly(class) => ramp(Some(evidence.share(class)), 0.2, 0.7),
            // A degree below the band is a standing neutral's error.
            Self::BelowBand => ramp(outside(evidence).map(|(below, _)| below), 0.0, 2.0),
            Self::AboveBand => ramp(outside(evidence).map(|(_, above)| above), 0.0, 2.0),
            // From half or one to two spreads away from the middle of lab runners (`docs/numbers.md`): 9 ± 4 and 5 ± 4.5.
            Self::LowForMost => ramp(pooled(|run| run.trunk_lean_deg).map(|lean| -lean), -7.0, -3.0),
            Self::HighForMost => ramp(pooled(|run| run.trunk_lean_deg), 12.0, 16.0),
            Self::BentForMost => ramp(pooled(|run| run.waist_bend_deg), 9.0, 13.0),
            // 0.04 is the day's noise of the timing (ours).
            Self::Late => ramp(evidence.lateness(), 0.01, 0.05),
            Self::Early => ramp(evidence.lateness().map(|late| -late), 0.01, 0.05),
            Self::UnusualBend => ramp(unusual_bend_deg(evidence), 2.0, 6.0),
            Self::ChestBehind => ramp(pooled(|run| run.waist_bend_deg).map(|bend| -bend), 0.0, 4.0),
            Self::Tucked => ramp(pooled(|run| run.pelvis_tilt_deg).map(|tilt| -tilt), 0.0, 4.0),
            Self::SlowCadence => ramp(
                pooled(|run| run.cadence_spm).map(|cadence| -cadence),
                -165.0,
                -155.0,
            ),
            Self::Brakes => ramp(evidence.braking(), 1.05, 1.25),
            _ => return None,
        })
    }

    fn of_starts_and_course(self, evidence: &Evidence) -> Option<f64> {
        Some(match self {
            Self::LaunchesBent => ramp(evidence.starts(|run| run.launches_bent), 0.2, 0.6),
            Self::LaunchesStall => ramp(evidence.starts(|run| run.launches_stalled), 0.3, 0.8),
            Self::Fades(to) => ramp(evidence.fade(to), 0.4, 0.8),
            Self::DriftsUpright => {
                let drift = evidence.pooled(|run| run.drift_deg_per_10_min);
                ramp(drift.map(|drift| -drift), 0.5, 2.0)
            }
            // Signs that need no band. Even running changes by up to 3 degrees, and by 1 for each m/s. Ours, untested.
            Self::TiresUpright => ramp(
                evidence.pooled(|run| run.lean_over_run_deg).map(|rise| -rise),
                3.0,
                7.0,
            ),
            Self::TiresBent => ramp(evidence.pooled(|run| run.bend_over_run_deg), 3.0, 7.0),
            Self::WarmsUp => ramp(evidence.pooled(|run| run.lean_over_run_deg), 1.0, 3.0),
            Self::SteepWithSpeed => ramp(evidence.pooled(|run| run.lean_per_mps_deg), 2.0, 3.5),
            Self::MovedByHills => ramp(evidence.moved_by_hills(), 2.5, 5.0),
            Self::OverAtSpeed => ramp(evidence.over_at_speed(), 0.3, 0.7),
            // From 0.04 on the two feet differ by more than the timing scatters (ours).
            Self::Asymmetric => ramp(asymmetry(evidence), 0.04, 0.06),
            // Treadmill runners differ by 0.2 to 5 % (those `sim` is made of). The limits are ours.
            Self::UnevenContact => ramp(uneven_contact(evidence), 0.05, 0.08),
            Self::OnHills => ramp(evidence.on_hills_only(), 0.5, 2.0),
            _ => return None,
        })
    }

    fn of_told(self, evidence: &Evidence) -> f64 {
        let told = &evidence.told;
        let yes = |is: bool| f64::from(u8::from(is));
        let result = |test: SelfTest| told.self_tests.get(&test);
        match self {
            Self::Sore(place) => told.sore(place),
            Self::Felt(felt) => told.felt(felt),
            Self::TestFails(test) => yes(result(test).is_some_and(|result| result.fails())),
            Self::TestPasses(test) => yes(result(test).is_some_and(|result| !result.fails())),
            Self::OneSideShort => yes(told
                .self_tests
                .values()
                .any(|result| matches!(result, SelfTestResult::LeftShort | SelfTestResult::RightShort))),
            // Six hours are most of a working day. Ours.
            Self::Sits => ramp(told.onboarding.desk_hours, 4.0, 8.0),
            Self::Danced => yes(told
                .onboarding
                .background
                .iter()
                .any(|done| matches!(done, Background::Dance | Background::Gym))),
            _ => 0.0,
        }
    }

    /// The sign as a sentence; `None` where it is not worth one.
    pub(super) fn message(self, evidence: &Evidence) -> Option<Message> {
        let share = |id, class| Message::plain(id).with("share", number(evidence.share(class) * 100.0, 0));
        let edge = |id, edge: usize| {
            let last = evidence.last()?;
            let lean = Message::plain(id).with("lean", number(last.trunk_lean_deg?, 1));
            Some(lean.with("edge", number(*last.own.band_deg?.get(edge)?, 1)))
        };
        // What is told of an own band or of what is usual waits until there is one.
        let own = evidence.last().map(|last| last.own).unwrap_or_default();
        let unknown = match self {
            Self::Mostly(LeanClass::Under | LeanClass::Over | LeanClass::Good) => own.band_deg.is_none(),
            Self::Late | Self::Early => own.usual_timing.is_none(),
            _ => false,
        };
        if unknown {
            return None;
        }
        Some(match self {
            Self::Mostly(LeanClass::Under) => share("evidence-mostly-under", LeanClass::Under),
            Self::Mostly(LeanClass::Over) => share("evidence-mostly-over", LeanClass::Over),
            Self::Mostly(LeanClass::WaistBend) => share("evidence-mostly-bent", LeanClass::WaistBend),
            Self::Mostly(LeanClass::Good) => share("evidence-run-fine", LeanClass::Good),
            Self::BelowBand => edge("evidence-below-band", 0)?,
            Self::AboveBand => edge("evidence-above-band", 1)?,
            Self::UnusualBend => {
                let last = evidence.last()?;
                Message::plain("evidence-bend")
                    .with("bend", number(last.waist_bend_deg?, 1))
                    .with("usual", number(last.own.usual_bend_deg?, 1))
            }
            Self::LaunchesBent => {
                let count = |counts: fn(&super::seen::RunSeen) -> u32| {
                    Argument::Count(evidence.runs.iter().rev().take(5).map(counts).sum())
                };
                Message::plain("evidence-launches-bent")
                    .with("bent", count(|run| run.launches_bent))
                    .with("seen", count(|run| run.launches_seen))
            }
            Self::DriftsUpright => {
                let drift = evidence.pooled(|run| run.drift_deg_per_10_min)?;
                Message::plain("evidence-drift").with("degrees", number(-drift, 1))
            }
            Self::TiresUpright => {
                let rise = evidence.pooled(|run| run.lean_over_run_deg)?;
                Message::plain("evidence-tires-upright").with("degrees", number(-rise, 1))
            }
            Self::TiresBent => {
                let more = evidence.pooled(|run| run.bend_over_run_deg)?;
                Message::plain("evidence-tires-bent").with("degrees", number(more, 1))
            }
            Self::SteepWithSpeed => {
                let steep = evidence.pooled(|run| run.lean_per_mps_deg)?;
                Message::plain("evidence-steep-with-speed").with("degrees", number(steep, 1))
            }
            Self::MovedByHills => {
                let moved = evidence.moved_by_hills()?;
                Message::plain("evidence-moved-by-hills").with("degrees", number(moved, 1))
            }
            other => Message::plain(other.plain_message()?),
        })
    }

    /// The sentences without a number.
    const fn plain_message(self) -> Option<&'static str> {
        Some(match self {
            Self::LowForMost => "evidence-low-for-most",
            Self::HighForMost => "evidence-high-for-most",
            Self::BentForMost => "evidence-bent-for-most",
            Self::Late => "evidence-late",
            Self::Early => "evidence-early",
            Self::ChestBehind => "evidence-chest-behind",
            Self::Tucked => "evidence-tucked",
            Self::LaunchesStall => "evidence-launches-stall",
            Self::Fades(LeanClass::WaistBend) => "evidence-fades-bent",
            Self::Fades(_) => "evidence-fades",
            Self::WarmsUp => "evidence-warms-up",
            Self::OverAtSpeed => "evidence-over-at-speed",
            Self::Brakes => "evidence-brakes",
            Self::SlowCadence => "evidence-slow-cadence",
            Self::Asymmetric => "evidence-asymmetric",
            Self::UnevenContact => "evidence-uneven-contact",
            Self::OnHills => "evidence-on-hills",
            Self::Sore(place) => sore_message(place),
            Self::Felt(felt) => felt_message(felt),
            Self::TestFails(test) => fails_message(test),
            Self::OneSideShort => "evidence-one-side-short",
            Self::Sits => "evidence-sits",
            Self::Danced => "evidence-danced",
            _ => return None,
        })
    }
}

const fn sore_message(place: PainPlace) -> &'static str {
    match place {
        PainPlace::Foot => "evidence-sore-foot",
        PainPlace::Achilles => "evidence-sore-achilles",
        PainPlace::Calf => "evidence-sore-calf",
        PainPlace::Shin => "evidence-sore-shin",
        PainPlace::Knee => "evidence-sore-knee",
        PainPlace::Quads => "evidence-sore-quads",
        PainPlace::HipFlexors => "evidence-sore-hip-flexors",
        PainPlace::Hip => "evidence-sore-hip",
        PainPlace::LowBack => "evidence-sore-low-back",
        PainPlace::Neck => "evidence-sore-neck",
        PainPlace::Chest | PainPlace::Other => "evidence-sore-other",
    }
}

const fn felt_message(felt: Felt) -> &'static str {
    match felt {
        Felt::LegsPushHard => "evidence-felt-legs-push-hard",
        Felt::LegsDrag => "evidence-felt-legs-drag",
        Felt::ChinPulledIn => "evidence-felt-chin-pulled-in",
        Felt::RunsTall => "evidence-felt-runs-tall",
        Felt::BracesAbs => "evidence-felt-braces-abs",
        Felt::SeatSticksOut => "evidence-felt-seat-sticks-out",
        Felt::CalvesStiff => "evidence-felt-calves-stiff",
    }
}

const fn fails_message(test: SelfTest) -> &'static str {
    match test {
        SelfTest::KneeToWall => "evidence-fails-knee-to-wall",
        SelfTest::BellyBreath => "evidence-fails-belly-breath",
        SelfTest::FaceGlide => "evidence-fails-face-glide",
        SelfTest::ArchOrTip => "evidence-fails-arch-or-tip",
        SelfTest::WallTilt => "evidence-fails-wall-tilt",
        SelfTest::HandsOnHips => "evidence-fails-hands-on-hips",
    }
}

/// 0 up to `from`, 1 from `to` on, straight between; 0 where nothing is known.
fn ramp(value: Option<f64>, from: f64, to: f64) -> f64 {
    value
        .filter(|value| value.is_finite())
        .map_or(0.0, |value| ((value - from) / (to - from)).clamp(0.0, 1.0))
}

/// Degrees below and above the band in the newest run.
fn outside(evidence: &Evidence) -> Option<(f64, f64)> {
    let last = evidence.last()?;
    let (lean, [low, high]) = (last.trunk_lean_deg?, last.own.band_deg?);
    Some((low - lean, lean - high))
}

/// Waist bend of the newest run against the runner's usual, degrees.
fn unusual_bend_deg(evidence: &Evidence) -> Option<f64> {
    let last = evidence.last()?;
    Some(last.waist_bend_deg? - last.own.usual_bend_deg?)
}

/// Feet that are farther apart than this were seen wrongly: all people's timings lie within 0.02 and 0.13
/// (`docs/numbers.md`).
const BELIEVED_APART: f64 = 0.11;

/// How far the timing of the two feet is apart, share of ground contact.
fn asymmetry(evidence: &Evidence) -> Option<f64> {
    let apart = evidence.pooled(|run| {
        let [left, right] = run.timing_by_side;
        Some(left? - right?).filter(|apart| apart.abs() < BELIEVED_APART)
    });
    apart.map(f64::abs)
}

/// How much longer one foot stays on the ground, as a share of both.
fn uneven_contact(evidence: &Evidence) -> Option<f64> {
    let apart = evidence.pooled(|run| {
        let [left, right] = run.contact_by_side_ms;
        let (left, right) = (left?, right?);
        Some(2.0 * (right - left) / (right + left))
    });
    apart.map(f64::abs)
}

fn number(value: f64, digits: u8) -> Argument {
    Argument::Decimal { value, digits }
}
