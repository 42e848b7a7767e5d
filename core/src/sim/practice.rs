//! Every drill as a runner does it, well and badly: acts to be followed by the guide that leads through the drill.
//!
//! Invents no motion. Invariant: what is done lasts as long as the drill's phases ask for.

use super::{
    presets,
    scenario::{Act, Way},
};

/// How a drill is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Execution {
    /// As the drill asks.
    Good,
    /// With the fault the drill is to show.
    Bad,
}

/// Stands before a drill that begins with running, seconds.
const STAND_S: f64 = 8.0;
/// How late a first step is known, seconds: from then on the first bout is timed.
const LATE_S: f64 = 2.0;

const EASY: Way = Way::EASY;

const fn stand(seconds: f64) -> Act {
    Act::Stand { seconds }
}

const fn bout(seconds: f64, way: Way) -> Act {
    Act::Bout { seconds, way }
}

const fn walk(seconds: f64) -> Act {
    Act::Walk {
        seconds,
        speed_mps: 1.3,
    }
}

/// What the runner does in one session of the drill of this name, from its first second on; nothing where there is
/// no such drill.
#[must_use]
pub fn practice(drill: &str, execution: Execution) -> Vec<Act> {
    let good = execution == Execution::Good;
    match drill {
        "D0" if good => presets::calibration(),
        "D0" => [[
            Act::SwayingStand {
                seconds: 6.5,
                sway_deg: 4.0,
            },
            walk(3.4),
        ]; 3]
            .concat(),
        "D1" => heel_lowers(if good { 3.5 } else { 0.8 }),
        "D2" => breaths(good),
        "D3" if good => presets::wall_tilts_good(),
        "D3" => presets::wall_tilts_bent(),
        "D4" if good => presets::lean_and_falls_good(),
        "D4" => presets::lean_and_falls_bent(),
        "D5" => stops_and_starts(good),
        "D6" => lean_dial(good),
        "D7" => ease_back(good),
        "D8" => pockets(good),
        "D9" => hands_on_hips(good),
        "D10" => held_head(good),
        "D11" => face_forward(good),
        "D12" => arch_and_tip(),
        "D13" => foot_placement(good),
        "D14" => fading(good),
        _ => Vec::new(),
    }
}

fn heel_lowers(down_s: f64) -> Vec<Act> {
    let set = |down_s| Act::HeelLowers {
        count: 8,
        drop_mm: 60.0,
        down_s,
        pitch_deg: 0.0,
    };
    let sets = (0..4).flat_map(|_| [set(down_s), stand(32.0)]);
    std::iter::once(stand(3.0))
        .chain(sets)
        .chain([walk(60.0), stand(5.0)])
        .collect()
}

fn breaths(good: bool) -> Vec<Act> {
    let per_minute = if good { 8.0 } else { 20.0 };
    let set = |swing_deg, lying| Act::Breaths {
        count: 11,
        per_minute,
        swing_deg,
        lying,
    };
    let last_deg = if good { 4.0 } else { 2.0 };
    vec![
        stand(3.0),
        set(2.5, true),
        stand(12.0),
        set(last_deg, false),
        stand(3.0),
        walk(14.0),
        stand(3.0),
    ]
}

fn stops_and_starts(good: bool) -> Vec<Act> {
    let (angle_deg, bend_deg) = if good { (10.0, 0.0) } else { (4.0, 12.0) };
    let set = |count| Act::LeanAndFalls {
        count,
        angle_deg,
        bend_deg,
    };
    vec![stand(4.0), set(6), stand(32.0), set(3), stand(4.0)]
}

/// The runner is in the way of a bout a moment after it began.
fn lean_dial(good: bool) -> Vec<Act> {
    let more = if good {
        Way {
            lean_deg: 10.8,
            speed_mps: 3.15,
            ..EASY
        }
    } else {
        Way {
            cadence_spm: 184.0,
            lean_deg: 10.8,
            ..EASY
        }
    };
    let set = [bout(20.0, EASY), bout(20.0, more), bout(20.0, EASY)];
    let between = bout(90.0, EASY);
    let mut acts = vec![stand(STAND_S), bout(LATE_S, EASY)];
    acts.extend(set);
    for _ in 0..3 {
        acts.push(between);
        acts.extend(set);
    }
    acts.extend([bout(10.0, EASY), stand(4.0)]);
    acts
}

fn ease_back(good: bool) -> Vec<Act> {
    let usual = Way {
        lean_deg: 15.0,
        bend_deg: 5.0,
        timing: 0.01,
        ..EASY
    };
    let back = Way {
        lean_deg: if good { 13.0 } else { 14.9 },
        timing: if good { 0.05 } else { 0.01 },
        ..usual
    };
    let mut acts = vec![stand(STAND_S), bout(LATE_S, back)];
    acts.extend([[bout(60.0, back), bout(60.0, usual)]; 5].concat());
    acts.extend([bout(10.0, usual), stand(4.0)]);
    acts
}

fn pockets(good: bool) -> Vec<Act> {
    let rolls = Way {
        rotation: if good { 1.4 } else { 1.0 },
        ..EASY
    };
    vec![
        stand(45.0),
        walk(25.0),
        bout(40.0 + LATE_S, EASY),
        bout(135.0, rolls),
        stand(4.0),
    ]
}

fn hands_on_hips(good: bool) -> Vec<Act> {
    let hands = Way { sway: 1.5, ..EASY };
    let after = Way {
        sway: if good { 1.45 } else { 0.7 },
        ..EASY
    };
    vec![
        stand(STAND_S),
        bout(60.0 + LATE_S, EASY),
        bout(90.0, hands),
        bout(40.0, after),
        stand(4.0),
    ]
}

fn held_head(good: bool) -> Vec<Act> {
    let held = Way { sway: 0.6, ..EASY };
    let rest = if good {
        bout(180.0, EASY)
    } else {
        // Walks half of it: nothing to compare.
        walk(180.0)
    };
    vec![
        stand(STAND_S),
        bout(60.0 + LATE_S, EASY),
        if good { bout(60.0, held) } else { walk(60.0) },
        bout(60.0, EASY),
        bout(60.0, EASY),
        rest,
        bout(10.0, EASY),
        stand(4.0),
    ]
}

fn face_forward(good: bool) -> Vec<Act> {
    let face = Way {
        lean_deg: 11.0,
        ..EASY
    };
    let after = if good { face } else { EASY };
    vec![
        stand(40.0),
        walk(13.0),
        bout(60.0 + LATE_S, EASY),
        bout(90.0, face),
        bout(70.0, after),
        stand(4.0),
    ]
}

/// A leg swung back, six times with the back arched and six times as one piece; the guess makes it good or bad.
fn arch_and_tip() -> Vec<Act> {
    let swings = |bend_deg| Act::WallTilts {
        count: 6,
        angle_deg: 8.0,
        hold_s: 0.8,
        bend_deg,
    };
    vec![
        stand(4.0),
        swings(-7.0),
        stand(22.0),
        swings(0.0),
        stand(4.0),
        walk(8.0),
        bout(95.0, EASY),
        stand(4.0),
    ]
}

fn foot_placement(good: bool) -> Vec<Act> {
    let lean = Way {
        lean_deg: 10.0,
        braking: if good { 0.95 } else { 1.4 },
        ..EASY
    };
    vec![
        stand(STAND_S),
        bout(60.0 + LATE_S, EASY),
        bout(60.0, lean),
        bout(70.0, EASY),
        stand(4.0),
    ]
}

fn fading(good: bool) -> Vec<Act> {
    let lost = Way {
        lean_deg: if good { 9.0 } else { 3.0 },
        ..EASY
    };
    vec![
        stand(STAND_S),
        bout(900.0 + LATE_S, EASY),
        bout(60.0, EASY),
        bout(120.0, lost),
        bout(30.0, EASY),
        bout(400.0, lost),
        stand(4.0),
    ]
}
