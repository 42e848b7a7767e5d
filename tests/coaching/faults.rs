//! Each fault as a way of moving and hurting, from the coach's texts (S0 to S4) and studies.
//!
//! Written without looking at what the coach weighs. Invariant: sizes are changes at severity 1 against the learner's
//! own sound way. Where no source is named a size is ours: none of the texts gives one.

use plumbline_core::{
    cause::{Cause, self_test::SelfTest, told::Background},
    drill::check_in::{Felt, PainPlace},
};

/// Something a runner with this fault has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symptom {
    /// A place that is sore the day after.
    Sore(PainPlace),
    /// A way running feels.
    Feels(Felt),
}

/// How somebody moves who has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    /// Trunk lean and waist bend, degrees.
    pub(crate) lean_deg: f64,
    pub(crate) bend_deg: f64,
    /// Mid-stance timing, share of contact, + late.
    pub(crate) timing: f64,
    /// How far timing and contact of either foot are from the mean of both, as shares of contact.
    pub(crate) uneven: [f64; 2],
    /// Lean and bend that come with tiredness, once two fifths of the run are over.
    pub(crate) tired_lean_deg: f64,
    pub(crate) tired_bend_deg: f64,
    /// Lean that is missing at first and comes as the body warms up.
    pub(crate) cold_lean_deg: f64,
    /// Lean for each m/s beyond an easy run.
    pub(crate) lean_per_mps: f64,
    /// Lean uphill and downhill.
    pub(crate) up_lean_deg: f64,
    pub(crate) down_lean_deg: f64,
    /// What a start tips by, against 9 degrees, and how far it bends.
    pub(crate) start_deg: f64,
    pub(crate) start_bend_deg: f64,
    /// Steps a minute.
    pub(crate) cadence_spm: f64,
    /// Shares by which braking, the turning of the pelvis and the sway of the chest change.
    pub(crate) braking: f64,
    pub(crate) pelvis: f64,
    pub(crate) sway: f64,
    /// What may hurt or be felt.
    pub(crate) symptoms: &'static [Symptom],
    /// The self-tests that show it.
    pub(crate) tests: &'static [SelfTest],
    /// Hours at a desk, where they are part of it.
    pub(crate) desk_hours: Option<f64>,
    /// What was done before, where it is part of it.
    pub(crate) background: &'static [Background],
}

const SOUND: Fault = Fault {
    lean_deg: 0.0,
    bend_deg: 0.0,
    timing: 0.0,
    uneven: [0.0; 2],
    tired_lean_deg: 0.0,
    tired_bend_deg: 0.0,
    cold_lean_deg: 0.0,
    lean_per_mps: 0.0,
    up_lean_deg: 0.0,
    down_lean_deg: 0.0,
    start_deg: 0.0,
    start_bend_deg: 0.0,
    cadence_spm: 0.0,
    braking: 0.0,
    pelvis: 0.0,
    sway: 0.0,
    symptoms: &[],
    tests: &[],
    desk_hours: None,
    background: &[],
};

use Symptom::{Feels, Sore};

/// What this fault is like.
#[allow(clippy::too_many_lines, reason = "a table, a row a fault")]
pub(crate) const fn of(cause: Cause) -> Fault {
    match cause {
        // S1: the hip behind the ankle at mid-stance, quads and plantar fascia, legs that work hard, worse when tired;
        // the knee's part Teng & Powers 2015.
        Cause::NotLeaningEnough => Fault {
            lean_deg: -6.0,
            bend_deg: -1.5,
            timing: 0.04,
            tired_lean_deg: -1.5,
            start_deg: -2.0,
            braking: 0.15,
            symptoms: &[
                Sore(PainPlace::Quads),
                Sore(PainPlace::Foot),
                Feels(Felt::LegsPushHard),
            ],
            ..SOUND
        },
        // S0, S1: an ankle that does not bend; S1's warm-up frees it before the run.
        Cause::StiffCalves => Fault {
            lean_deg: -4.5,
            bend_deg: -1.0,
            timing: 0.02,
            cold_lean_deg: -2.5,
            start_deg: -6.5,
            symptoms: &[
                Feels(Felt::CalvesStiff),
                Sore(PainPlace::Calf),
                Sore(PainPlace::Achilles),
            ],
            tests: &[SelfTest::KneeToWall],
            ..SOUND
        },
        // S2: desk, car, bike; abs held tight; the pelvis tucked, which pulls the back and the trunk upright.
        Cause::StiffCore => Fault {
            lean_deg: -5.0,
            bend_deg: 1.5,
            timing: 0.03,
            start_deg: -2.0,
            pelvis: -0.5,
            symptoms: &[Feels(Felt::BracesAbs), Sore(PainPlace::Foot)],
            tests: &[SelfTest::BellyBreath],
            desk_hours: Some(9.0),
            ..SOUND
        },
        // S0, S1: a retracted head, "run tall".
        Cause::RetractedHead => Fault {
            lean_deg: -5.0,
            bend_deg: -3.0,
            timing: 0.02,
            sway: -0.2,
            symptoms: &[
                Feels(Felt::ChinPulledIn),
                Feels(Felt::RunsTall),
                Sore(PainPlace::Neck),
            ],
            tests: &[SelfTest::FaceGlide],
            ..SOUND
        },
        // S0: dancers arch as the leg goes back; the chest stays behind the pelvis.
        Cause::Arching => Fault {
            lean_deg: -2.5,
            bend_deg: -8.0,
            start_deg: -1.0,
            symptoms: &[Sore(PainPlace::LowBack)],
            tests: &[SelfTest::ArchOrTip],
            background: &[Background::Dance, Background::Gym],
            ..SOUND
        },
        // S0, S3: the lean from the hips; the seat stays behind.
        Cause::WaistBend => Fault {
            lean_deg: 4.0,
            bend_deg: 9.0,
            timing: 0.03,
            start_deg: -4.0,
            start_bend_deg: 11.0,
            symptoms: &[Feels(Felt::SeatSticksOut), Sore(PainPlace::LowBack)],
            tests: &[SelfTest::WallTilt],
            ..SOUND
        },
        // Kugler & Janshen 2010 for what a start is; the habit ours.
        Cause::StartHabit => Fault {
            start_deg: -5.0,
            start_bend_deg: 11.0,
            ..SOUND
        },
        // S1: the hip in front of the ankle at mid-stance, legs hard to bring forward when tired, hip flexors.
        Cause::LeaningTooFar => Fault {
            lean_deg: 7.0,
            bend_deg: 1.0,
            timing: -0.04,
            tired_lean_deg: 1.0,
            start_deg: 3.0,
            symptoms: &[Sore(PainPlace::HipFlexors), Feels(Felt::LegsDrag)],
            ..SOUND
        },
        // S0, a comment: lean in proportion to speed; too much of it is ours.
        Cause::LeanRisesWithSpeed => Fault {
            lean_per_mps: 6.0,
            symptoms: &[Sore(PainPlace::HipFlexors)],
            ..SOUND
        },
        // S3 and Lieberman 2015: the foot ahead of the body brakes.
        Cause::Overstriding => Fault {
            cadence_spm: -17.0,
            braking: 0.4,
            symptoms: &[Sore(PainPlace::Shin), Sore(PainPlace::Knee)],
            ..SOUND
        },
        // S4: neck tension, the iliotibial band at the side of the leg.
        Cause::HeadHeld => Fault {
            sway: -0.6,
            symptoms: &[Sore(PainPlace::Neck), Sore(PainPlace::Hip)],
            tests: &[SelfTest::HandsOnHips],
            ..SOUND
        },
        // S1 and Apte 2021 for what tiredness does; sizes ours.
        Cause::FatigueUnder => Fault {
            tired_lean_deg: -7.0,
            symptoms: &[Sore(PainPlace::Quads)],
            ..SOUND
        },
        Cause::FatigueBend => Fault {
            tired_lean_deg: 3.0,
            tired_bend_deg: 9.0,
            symptoms: &[Sore(PainPlace::LowBack)],
            ..SOUND
        },
        // People's feet differ by up to 5 % in contact (`sim`'s five treadmill runners); somebody who spares a leg by more.
        Cause::Asymmetry => Fault {
            uneven: [0.035, 0.05],
            symptoms: &[Sore(PainPlace::Hip)],
            ..SOUND
        },
        // Upright downhill or far forward uphill; the flat is as always.
        Cause::Terrain => Fault {
            up_lean_deg: 6.0,
            down_lean_deg: -6.0,
            ..SOUND
        },
        Cause::None => SOUND,
    }
}
