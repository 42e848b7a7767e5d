//! Contacts of both feet from force plates and force treadmills, and when each turns from braking to propulsion.

use std::path::Path;

use plumbline_core::gait::step::Side;

/// A contact of one foot, seconds.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    /// Which foot; unknown where the set does not tell.
    pub side: Side,
    /// Vertical force rises over the threshold.
    pub initial_contact_s: f64,
    /// Vertical force falls below it.
    pub toe_off_s: f64,
    /// When the fore-aft force turns from braking to propulsion: where its impulse is least.
    pub crossing_s: Option<f64>,
    /// How long the foot is down by the list that comes with the set, milliseconds, where that is another measure.
    pub listed_ms: Option<f64>,
}

/// The forces of hamner2013 come smoothed: after landing they rise from 13 to 70 N in 12 to 16 ms, as behind a critically
/// damped filter that has its poles at 28 Hz and was run both ways; unsmoothed forces rise in 3. Behind such a filter the
/// 40 N of an unsmoothed force have become this many newtons, at landing and at toe-off: means over the 15 fitted trials
/// of rbds2017. The contacts listed with the set, 40 N of the smoothed force, begin 9 ms too early and end 4 ms too late.
const SMOOTHED_N: [f64; 2] = [130.0, 60.0];

impl Contact {
    /// How long the foot is down, milliseconds.
    pub fn ground_contact_ms(&self) -> f64 {
        1e3 * (self.toe_off_s - self.initial_contact_s)
    }

    /// The same contact, later.
    #[must_use]
    pub fn shifted(&self, seconds: f64) -> Self {
        Self {
            initial_contact_s: self.initial_contact_s + seconds,
            toe_off_s: self.toe_off_s + seconds,
            crossing_s: self.crossing_s.map(|crossing_s| crossing_s + seconds),
            ..*self
        }
    }
}

/// One component of the force on the runner, evenly sampled.
struct Force {
    start_s: f64,
    rate_hz: f64,
    newtons: Vec<f64>,
}

impl Force {
    fn index(&self, seconds: f64) -> usize {
        ((seconds - self.start_s) * self.rate_hz).round().max(0.0) as usize
    }

    /// The first rise through `level` after this instant, or the last fall before it.
    fn reaches_s(&self, level: f64, near_s: f64, rises: bool) -> Option<f64> {
        let near = self.index(near_s);
        let goes = |k: &usize| {
            let (before, after) = (self.newtons[*k], self.newtons[k + 1]);
            if rises {
                before < level && after >= level
            } else {
                before >= level && after < level
            }
        };
        let last = self.newtons.len().checked_sub(1)?;
        let at = if rises {
            (near.min(last)..last).find(goes)
        } else {
            (0..(near + 1).min(last)).rev().find(goes)
        }?;
        let share = (level - self.newtons[at]) / (self.newtons[at + 1] - self.newtons[at]);
        Some(self.start_s + (at as f64 + share) / self.rate_hz)
    }

    /// Where the impulse from initial contact on is least: braking has ended there, whatever the noise about zero.
    fn crossing_s(&self, from_s: f64, to_s: f64) -> Option<f64> {
        let (from, to) = (self.index(from_s), self.index(to_s).min(self.newtons.len()));
        let mut impulse = 0.0;
        let (at, least) = (from..to)
            .map(|k| {
                impulse += self.newtons[k];
                (k, impulse)
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))?;
        (least < 0.0).then(|| self.start_s + (at as f64 + 0.5) / self.rate_hz)
    }
}

/// Contacts of one hamner2013 trial from the force plates, at what 40 N have become of them, in time order.
pub fn contacts(folder: &Path, runner: &str, speed: u32) -> Vec<Contact> {
    let feet = hamner_feet(folder, runner, speed);
    let mut reader = csv::Reader::from_path(folder.join("events_fp40N.csv")).expect("contacts");
    let mut contacts: Vec<Contact> = reader
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| &row[0] == runner && row[1] == speed.to_string())
        .map(|row| {
            let seconds = |k: usize| row[k].parse::<f64>().expect("a time");
            let side = side_named(&row[2]);
            let [vertical, fore_aft] = &feet[usize::from(side == Side::Left)];
            let [rise_n, fall_n] = SMOOTHED_N;
            let initial_contact_s = vertical.reaches_s(rise_n, seconds(3) - 0.01, true);
            let toe_off_s = vertical.reaches_s(fall_n, seconds(4) + 0.01, false);
            let (from_s, to_s) = initial_contact_s.zip(toe_off_s).expect("a foot that is down");
            Contact {
                side,
                initial_contact_s: from_s,
                toe_off_s: to_s,
                crossing_s: fore_aft.crossing_s(from_s, to_s),
                listed_ms: Some(1e3 * (seconds(4) - seconds(3))),
            }
        })
        .collect();
    contacts.sort_by(|a, b| a.initial_contact_s.total_cmp(&b.initial_contact_s));
    contacts
}

/// Contacts as a set lists them (`trial,side,ic_s,to_s`), in time order.
pub fn listed_contacts(folder: &Path) -> Vec<Contact> {
    let mut reader = csv::Reader::from_path(folder.join("events_fp50N.csv")).expect("contacts");
    let rows = reader.records().map(|row| row.expect("a row"));
    let contact = |row: csv::StringRecord| Contact {
        side: side_named(&row[1]),
        initial_contact_s: row[2].parse().expect("a time"),
        toe_off_s: row[3].parse().expect("a time"),
        crossing_s: None,
        listed_ms: None,
    };
    rows.map(contact).collect()
}

fn side_named(name: &str) -> Side {
    match name {
        "L" => Side::Left,
        "R" => Side::Right,
        _ => Side::Unknown,
    }
}

/// Vertical and fore-aft force of both feet, the right one first.
fn hamner_feet(folder: &Path, runner: &str, speed: u32) -> [[Force; 2]; 2] {
    let path = folder.join(format!("{runner}_run{speed}_grf.csv"));
    let mut reader = csv::Reader::from_path(path).expect("forces");
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|known| known == name).expect("a column");
    let columns = ["time", "R_fy", "R_fx", "L_fy", "L_fx"].map(column);
    let rows: Vec<[f64; 5]> = reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            columns.map(|k| row[k].parse().unwrap_or(0.0))
        })
        .collect();
    let start_s = rows[0][0];
    let rate_hz = (rows.len() - 1) as f64 / (rows[rows.len() - 1][0] - start_s);
    [[1, 2], [3, 4]].map(|foot| {
        foot.map(|k| Force {
            start_s,
            rate_hz,
            newtons: rows.iter().map(|row| row[k]).collect(),
        })
    })
}

/// Contacts of one rbds2017 trial from the force treadmill, in time order, at 40 N: the contacts that come
/// with the set are taken at 50 N and last 5 ms less. Sides are those of the set: the lower heel.
pub fn treadmill_contacts(folder: &Path, trial: &str) -> Vec<Contact> {
    const RATE_HZ: f64 = 300.0;
    const CONTACT_N: f64 = 40.0;
    let [vertical, fore_aft] = treadmill_forces(folder, trial);
    let fore_aft = Force {
        start_s: 0.0,
        rate_hz: RATE_HZ,
        newtons: fore_aft,
    };
    let crossings = vertical.windows(2).enumerate().filter_map(|(k, pair)| {
        let rises = pair[0] < CONTACT_N && pair[1] >= CONTACT_N;
        let falls = pair[0] >= CONTACT_N && pair[1] < CONTACT_N;
        let share = (CONTACT_N - pair[0]) / (pair[1] - pair[0]);
        (rises || falls).then(|| (rises, (k as f64 + share) / RATE_HZ))
    });
    let crossings: Vec<(bool, f64)> = crossings.skip_while(|(rises, _)| !rises).collect();
    let sides = treadmill_sides(folder, trial);
    let pairs = crossings.chunks_exact(2).map(|pair| {
        let (initial_contact_s, toe_off_s) = (pair[0].1, pair[1].1);
        let named = sides.iter().find(|(at, _)| (at - initial_contact_s).abs() < 0.05);
        Contact {
            side: named.map_or(Side::Unknown, |(_, side)| *side),
            initial_contact_s,
            toe_off_s,
            crossing_s: fore_aft.crossing_s(initial_contact_s, toe_off_s),
            listed_ms: None,
        }
    });
    // What lasts no tenth of a second is noise, not a foot.
    pairs
        .filter(|contact| contact.toe_off_s - contact.initial_contact_s > 0.1)
        .collect()
}

fn treadmill_sides(folder: &Path, trial: &str) -> Vec<(f64, Side)> {
    let mut reader = csv::Reader::from_path(folder.join("events_fp50N.csv")).expect("contacts");
    reader
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| &row[0] == trial)
        .map(|row| (row[2].parse().expect("a time"), side_named(&row[1])))
        .collect()
}

/// Vertical force, + up, and fore-aft force, + forward, newtons.
fn treadmill_forces(folder: &Path, trial: &str) -> [Vec<f64>; 2] {
    let path = folder.join(format!("npz/{trial}.npz"));
    let mut archive = npyz::npz::NpzArchive::open(path).expect("the trial");
    let forces = archive.by_name("grf_N").expect("readable").expect("forces");
    let by_column = forces.order() == npyz::Order::Fortran;
    let forces: Vec<f32> = forces.into_vec().expect("float32");
    let frames = forces.len() / 3;
    let place = |frame: usize, axis: usize| {
        if by_column {
            axis * frames + frame
        } else {
            3 * frame + axis
        }
    };
    [(2, -1.0), (1, 1.0)].map(|(axis, sign)| {
        (0..frames)
            .map(|frame| sign * f64::from(forces[place(frame, axis)]))
            .collect()
    })
}
