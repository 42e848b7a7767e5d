//! The shapes of the rules a drill is judged by; their numbers stand in [`super::catalog`], one file a drill.
//!
//! Judges nothing but the pass rule. Invariant: a rule is plain data, so that a drill can be read without reading code.

use super::Miss;
use crate::units::Timestamp;

/// What the pods look for in one repetition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RepetitionRule {
    /// Stand still.
    Hold(HoldRule),
    /// Tip as one piece, stay there, come back.
    Tilt(TiltRule),
    /// Tip, and let the tilt start a run.
    Launch(LaunchRule),
    /// Lower the body slowly and lift it again.
    Lower(LowerRule),
    /// Breathe slowly and roll the pelvis, first and last set against each other.
    Breath(BreathRule),
    /// Tip forward in two ways that the runner tells apart.
    Guess(GuessRule),
    /// Run for a while in the usual way and for a while in another, and compare.
    Bouts(BoutRule),
}

/// When a pod counts as still. Needs no neutral and no gyroscope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StillRule {
    /// Root mean square of the rotation must stay below this, degrees a second.
    pub rotation_deg_per_s: f64,
    /// Root mean square of the acceleration about its own mean must stay below this, m/s².
    /// About the mean, because an uncalibrated accelerometer may be 0.4 m/s² off while it lies still.
    pub shake_mps2: f64,
}

/// Stand still.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoldRule {
    /// What still means.
    pub still: StillRule,
    /// Seconds to stay still.
    pub hold_s: f64,
    /// Stillness that breaks before this was only a pause, seconds; later it is a hold that was broken off. Ours.
    pub pause_s: f64,
}

/// Tip as one piece, stay there, come back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TiltRule {
    /// What still means, for the stand before the tilt.
    pub still: StillRule,
    /// Trunk lean asked for, degrees, low and high.
    pub trunk_lean_deg: [f64; 2],
    /// How far beyond `trunk_lean_deg` a measured lean may lie, degrees: the error of the neutral.
    pub tolerance_deg: f64,
    /// Largest change of the waist bend against the stand before, degrees, either way.
    pub bend_deg: f64,
    /// Seconds the hold must last as measured; the runner is asked for a little more.
    pub hold_s: f64,
    /// The tilt is over when the trunk lean is back below this, degrees.
    pub upright_deg: f64,
    /// Least way of the pelvis forward, millimetres: a body that tips from the ankles carries it along.
    pub pelvis_forward_mm: f64,
    /// Share of samples of either pod that may be missing, 0 to 1.
    pub missing: f64,
}

/// Tip, and let the tilt start a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaunchRule {
    /// What still means, for the stand before the start.
    pub still: StillRule,
    /// Trunk lean at the first foot strike, degrees, low and high.
    pub trunk_lean_deg: [f64; 2],
    /// Largest change of the waist bend up to the first foot strike, degrees, either way.
    pub bend_deg: f64,
    /// Least way of the pelvis forward before the first foot strike, millimetres.
    pub pelvis_forward_mm: f64,
    /// Farthest the pelvis may dip backward before the first foot strike, millimetres.
    pub pelvis_dip_mm: f64,
    /// Steps over which lean and acceleration are compared.
    pub steps: usize,
    /// Largest difference between the mean lean of these steps and atan(a / g), degrees.
    pub angle_error_deg: f64,
    /// Steps that take longer than this on average are walking, which is no start, seconds.
    pub walking_step_s: f64,
    /// Share of samples of either pod that may be missing, 0 to 1.
    pub missing: f64,
}

/// Lower the body slowly and lift it again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LowerRule {
    /// What still means, for the moment before.
    pub still: StillRule,
    /// How far the pod goes down, millimetres, low and high.
    pub drop_mm: [f64; 2],
    /// How long it goes down, seconds, low and high.
    pub down_s: [f64; 2],
    /// Largest change of inclination on the way, degrees, either way.
    pub pitch_deg: f64,
    /// Share of samples of the pod that may be missing, 0 to 1.
    pub missing: f64,
}

/// Breathe slowly and roll the pelvis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreathRule {
    /// What quiet means: whoever lies down or gets up is not breathing.
    pub still: StillRule,
    /// Breaths a minute, low and high.
    pub per_minute: [f64; 2],
    /// Least swing of the pelvis that is told from noise, degrees.
    pub swing_deg: f64,
    /// How much the swing grows from the first set to the last one, as a share of the first.
    pub grows: f64,
    /// Share of samples of the pod that may be missing, 0 to 1.
    pub missing: f64,
}

/// Tip forward in two ways, arched and as one piece; the runner says which one it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GuessRule {
    /// What still means, for the stand before.
    pub still: StillRule,
    /// How far chest or pelvis tip when it is a try, degrees: an arched back leaves the chest where it was.
    pub tilt_deg: f64,
    /// The waist bend falls by more than this when the back arches, degrees.
    pub arch_deg: f64,
    /// Share of samples of either pod that may be missing, 0 to 1.
    pub missing: f64,
}

/// One stretch of running within a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bout {
    /// The runner's usual way.
    Usual,
    /// As the drill asks.
    Asked,
    /// After the help has ended.
    After,
}

/// Runs of timed bouts, compared with each other. One comparison is one repetition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoutRule {
    /// Bouts that make one comparison; which kind each one is says its phase.
    pub bouts: usize,
    /// What must hold. Without any, both kinds of bout need only be seen: the comparison itself is the result.
    pub conditions: &'static [Condition],
    /// Steady steps that each kind of bout needs.
    pub least_steps: u32,
    /// Seconds at the begin of a bout that are left out, since the change takes a while.
    pub settle_s: f64,
    /// Share of samples of a pod that is needed that may be missing, 0 to 1.
    pub missing: f64,
}

/// Something that must hold between two kinds of bout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// What is looked at: its mean over a kind of bout.
    pub quantity: Quantity,
    /// Which kind ...
    pub of: Bout,
    /// ... against which.
    pub against: Bout,
    /// How the two are compared.
    pub compared: Comparison,
    /// Where the comparison must lie, low and high; infinite where open.
    pub within: [f64; 2],
    /// What is missing when it lies below and above.
    pub miss: [Miss; 2],
    /// Whether the comparison counts without this one where the pods cannot tell it.
    pub optional: bool,
}

/// How two means are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The one minus the other.
    Difference,
    /// The one divided by the other.
    Ratio,
    /// The one alone; the other is not looked at.
    Alone,
}

/// What a bout can be looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Trunk lean, degrees.
    TrunkLean,
    /// Waist bend, degrees.
    WaistBend,
    /// Steps a minute.
    Cadence,
    /// Mid-stance timing, share of ground contact, + late.
    MidStanceTiming,
    /// How much the mid-stance timing scatters from step to step, share of ground contact.
    MidStanceScatter,
    /// Speed lost to braking in a step, m/s.
    SpeedLoss,
    /// Speed over ground, m/s.
    Speed,
    /// How far the chest swings to the side, mm.
    ChestSway,
    /// How far the pelvis rotates in a stride, degrees.
    PelvisRotation,
    /// Share of the time in the runner's own band, 0 to 1.
    InBand,
    /// Change of trunk lean through the bouts, degrees per 10 minutes.
    LeanDrift,
}

/// When one session of a drill is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassRule {
    /// Repetitions as asked ...
    pub passed: u32,
    /// ... out of this many. With fewer seen, the same share of those seen is asked for.
    pub of: u32,
    /// With fewer seen than this the session says nothing.
    pub least_seen: u32,
    /// Whether the session as a whole counts as one: then history keeps one asked, one seen, and one or none passed.
    pub as_one: bool,
}

/// What a session's counts come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetVerdict {
    /// Too few repetitions were seen to say.
    NotSeen,
    /// Seen, and not yet as the drill asks.
    NotYet,
    /// The pass rule is met.
    Met,
}

impl PassRule {
    /// Judges `passed` out of `seen` repetitions.
    #[must_use]
    pub fn judge(self, seen: u32, passed: u32) -> SetVerdict {
        if seen == 0 || seen < self.least_seen {
            SetVerdict::NotSeen
        } else if u64::from(passed) * u64::from(self.of) >= u64::from(self.passed) * u64::from(seen) {
            SetVerdict::Met
        } else {
            SetVerdict::NotYet
        }
    }
}

/// When a drill is mastered: met often enough, apart, the last time without help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MasteryRule {
    /// Sessions that must be met.
    pub met: u32,
    /// Hours that must lie between the first and the last of them.
    pub hours_apart: f64,
    /// Whether the last one must be without feedback.
    pub later_without_feedback: bool,
    /// A mastered drill opens the one before it again when its two latest sessions both pass less than this share.
    pub regress_below: f64,
}

impl MasteryRule {
    /// Whether `later` lies far enough behind `earlier`.
    #[must_use]
    pub fn far_enough(&self, earlier: Timestamp, later: Timestamp) -> bool {
        later.seconds_since(earlier) >= self.hours_apart * 3600.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN_OF_TWELVE: PassRule = PassRule {
        passed: 10,
        of: 12,
        least_seen: 6,
        as_one: false,
    };

    #[test]
    fn the_pass_rule_asks_for_its_share_of_what_was_seen() {
        assert_eq!(TEN_OF_TWELVE.judge(12, 10), SetVerdict::Met);
        assert_eq!(TEN_OF_TWELVE.judge(12, 9), SetVerdict::NotYet);
        assert_eq!(TEN_OF_TWELVE.judge(6, 5), SetVerdict::Met);
        assert_eq!(TEN_OF_TWELVE.judge(7, 5), SetVerdict::NotYet);
    }

    #[test]
    fn too_few_seen_is_not_a_failure() {
        assert_eq!(TEN_OF_TWELVE.judge(5, 5), SetVerdict::NotSeen);
        assert_eq!(TEN_OF_TWELVE.judge(0, 0), SetVerdict::NotSeen);
    }
}
