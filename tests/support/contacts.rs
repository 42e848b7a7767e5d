//! Contacts of both feet from force plates and force treadmills.

use std::path::Path;

/// A contact of one foot, seconds.
#[derive(Clone, Copy)]
pub(crate) struct Contact {
    pub(crate) initial_contact_s: f64,
    pub(crate) toe_off_s: f64,
}

/// Contacts of one hamner2013 trial from the force plates, at 40 N, in time order.
pub(crate) fn contacts(folder: &Path, runner: &str, speed: u32) -> Vec<Contact> {
    let mut reader = csv::Reader::from_path(folder.join("events_fp40N.csv")).expect("contacts");
    let mut contacts: Vec<Contact> = reader
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| &row[0] == runner && row[1] == speed.to_string())
        .map(|row| Contact {
            initial_contact_s: row[3].parse().expect("a time"),
            toe_off_s: row[4].parse().expect("a time"),
        })
        .collect();
    contacts.sort_by(|a, b| a.initial_contact_s.total_cmp(&b.initial_contact_s));
    contacts
}

/// Contacts of one rbds2017 trial from the force treadmill, in time order, at the 40 N of hamner2013: the contacts
/// that come with the set are taken at 50 N and last 5 ms less.
pub(crate) fn treadmill_contacts(folder: &Path, trial: &str) -> Vec<Contact> {
    const RATE_HZ: f64 = 300.0;
    const CONTACT_N: f64 = 40.0;
    let path = folder.join(format!("npz/{trial}.npz"));
    let mut archive = npyz::npz::NpzArchive::open(path).expect("the trial");
    let forces = archive.by_name("grf_N").expect("readable").expect("forces");
    let by_column = forces.order() == npyz::Order::Fortran;
    let forces: Vec<f32> = forces.into_vec().expect("float32");
    let frames = forces.len() / 3;
    let place = |frame: usize| {
        if by_column {
            2 * frames + frame
        } else {
            3 * frame + 2
        }
    };
    let vertical: Vec<f64> = (0..frames)
        .map(|frame| -f64::from(forces[place(frame)]))
        .collect();
    let crossings = vertical.windows(2).enumerate().filter_map(|(k, pair)| {
        let rises = pair[0] < CONTACT_N && pair[1] >= CONTACT_N;
        let falls = pair[0] >= CONTACT_N && pair[1] < CONTACT_N;
        let share = (CONTACT_N - pair[0]) / (pair[1] - pair[0]);
        (rises || falls).then(|| (rises, (k as f64 + share) / RATE_HZ))
    });
    let crossings: Vec<(bool, f64)> = crossings.skip_while(|(rises, _)| !rises).collect();
    let pairs = crossings.chunks_exact(2).map(|pair| Contact {
        initial_contact_s: pair[0].1,
        toe_off_s: pair[1].1,
    });
    // What lasts no tenth of a second is noise, not a foot.
    pairs
        .filter(|contact| contact.toe_off_s - contact.initial_contact_s > 0.1)
        .collect()
}
