//! Optical markers of treadmill trials (hamner2013, rbds2017).

use std::{collections::BTreeMap, path::Path};

use plumbline_core::units::GRAVITY;

use super::butterworth::smooth;

/// Markers are smoothed below this, Hz: bone moves slower, skin and cameras do not.
const CUTOFF_HZ: f64 = 18.0;

/// Pelvis markers: the names of rbds2017 and of hamner2013.
const PELVIS_MARKERS: [(&str, &str); 4] = [
    ("L.ASIS", "LASI"),
    ("R.ASIS", "RASI"),
    ("L.PSIS", "LPSI"),
    ("R.PSIS", "RPSI"),
];

/// A position or a direction in the laboratory.
pub type Vector = glam::DVec3;

/// Marker positions of one trial: x forward, y up, z right; metres.
pub struct Trial {
    /// Frames a second.
    pub rate_hz: f64,
    /// Time of the first frame, seconds.
    pub start_s: f64,
    markers: BTreeMap<String, Vec<Vector>>,
}

impl Trial {
    /// A hamner2013 trial.
    pub fn read(folder: &Path, name: &str) -> Self {
        Self::of_file(&folder.join(format!("{name}_markers.csv")), |name| {
            name.to_owned()
        })
    }

    /// The trial of `jdx_treadmill_run` under the names of hamner2013; the middle of the acromia stands for the top of
    /// the trunk, since neither neck nor sternum carries a marker.
    pub fn read_shoulders(folder: &Path) -> Self {
        const NAMES: [(&str, &str); 6] = [
            ("L_asis", "LASI"),
            ("R_asis", "RASI"),
            ("L_psis", "LPSI"),
            ("R_psis", "RPSI"),
            ("L_acr", "LACR"),
            ("R_acr", "RACR"),
        ];
        let ours = |name: &str| {
            let known = NAMES.iter().find(|(theirs, _)| *theirs == name);
            known.map_or(name, |(_, ours)| ours).to_owned()
        };
        let mut trial = Self::of_file(&folder.join("JDX_S999_run_0021_markers.csv"), ours);
        let acromia = trial.markers["LACR"].iter().zip(&trial.markers["RACR"]);
        let top: Vec<Vector> = acromia.map(|(left, right)| left.midpoint(*right)).collect();
        trial.markers.insert("C7".to_owned(), top.clone());
        trial.markers.insert("CLAV".to_owned(), top);
        trial
    }

    fn of_file(path: &Path, rename: impl Fn(&str) -> String) -> Self {
        let mut reader = csv::Reader::from_path(path).expect("the trial's marker file");
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<Vec<f64>> = reader
            .records()
            .map(|row| {
                row.expect("a row")
                    .iter()
                    .map(|cell| cell.parse().unwrap_or(f64::NAN))
                    .collect()
            })
            .collect();
        let rate_hz = (rows.len() - 1) as f64 / (rows[rows.len() - 1][0] - rows[0][0]);
        let column = |k: usize| {
            let filled = fill_holes(&rows.iter().map(|row| row[k]).collect::<Vec<_>>());
            smooth(&filled, rate_hz, CUTOFF_HZ)
        };
        let mut markers = BTreeMap::new();
        for (k, name) in header.iter().enumerate() {
            let Some(marker) = name.strip_suffix("_x") else {
                continue;
            };
            let (x, y, z) = (column(k), column(k + 1), column(k + 2));
            let positions = (0..rows.len()).map(|i| Vector::new(x[i], y[i], z[i])).collect();
            markers.insert(rename(marker), positions);
        }
        Self {
            rate_hz,
            start_s: rows[0][0],
            markers,
        }
    }

    /// The pelvis markers of an rbds2017 trial, under the names of hamner2013.
    pub fn read_pelvis(folder: &Path, name: &str) -> Self {
        const RATE_HZ: f64 = 150.0;
        let path = folder.join(format!("npz/{name}.npz"));
        let mut archive = npyz::npz::NpzArchive::open(path).expect("the trial");
        let names = archive.by_name("marker_names").expect("readable").expect("names");
        let names: Vec<String> = names.into_vec().expect("text");
        let positions = archive
            .by_name("markers_tenth_mm")
            .expect("readable")
            .expect("markers");
        let frames = positions.shape()[0] as usize;
        let tenths: Vec<i16> = positions.into_vec().expect("int16");
        let markers = PELVIS_MARKERS.map(|(theirs, ours)| {
            let marker = names
                .iter()
                .position(|name| name == theirs)
                .expect("a pelvis marker");
            let [x, y, z] = [0, 1, 2].map(|axis| {
                let value = |frame: usize| match tenths[(frame * names.len() + marker) * 3 + axis] {
                    i16::MIN => f64::NAN,
                    tenth => f64::from(tenth) * 1e-4,
                };
                smooth(
                    &fill_holes(&(0..frames).map(value).collect::<Vec<_>>()),
                    RATE_HZ,
                    CUTOFF_HZ,
                )
            });
            let positions = (0..frames).map(|i| Vector::new(x[i], y[i], z[i])).collect();
            (ours.to_owned(), positions)
        });
        Self {
            rate_hz: RATE_HZ,
            start_s: 0.0,
            markers: BTreeMap::from(markers),
        }
    }

    /// How many frames.
    pub fn frames(&self) -> usize {
        self.markers["LASI"].len()
    }

    /// The markers at one frame.
    pub fn at(&self, frame: usize) -> Pose {
        Pose(
            self.markers
                .iter()
                .map(|(name, positions)| (name.clone(), positions[frame]))
                .collect(),
        )
    }
}

fn fill_holes(values: &[f64]) -> Vec<f64> {
    let known: Vec<usize> = (0..values.len()).filter(|k| values[*k].is_finite()).collect();
    let at = |k: usize| {
        let next = known.partition_point(|known| *known < k);
        match (known.get(next.wrapping_sub(1)), known.get(next)) {
            (_, Some(b)) if *b == k => values[k],
            (Some(a), Some(b)) => values[*a] + (values[*b] - values[*a]) * (k - a) as f64 / (b - a) as f64,
            (Some(a), None) => values[*a],
            (None, Some(b)) => values[*b],
            (None, None) => f64::NAN,
        }
    };
    (0..values.len()).map(at).collect()
}

/// Marker positions at one instant.
pub struct Pose(BTreeMap<String, Vector>);

impl Pose {
    /// The standing trial of a hamner2013 runner, turned to face x, in metres.
    pub fn standing(folder: &Path, runner: &str) -> Self {
        Self::standing_in(folder, runner, 1e-3, |name| Some(name.to_owned()))
    }

    /// The pelvis in the standing trial of an rbds2017 runner, turned to face x.
    pub fn standing_pelvis(folder: &Path, runner: &str) -> Self {
        let ours = |name: &str| {
            Some(
                PELVIS_MARKERS
                    .iter()
                    .find(|(theirs, _)| *theirs == name)?
                    .1
                    .to_owned(),
            )
        };
        Self::standing_in(folder, runner, 1.0, ours)
    }

    fn standing_in(
        folder: &Path,
        runner: &str,
        metres: f64,
        rename: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let mut reader =
            csv::Reader::from_path(folder.join("static_markers_mean.csv")).expect("standing poses");
        let mut pose = BTreeMap::new();
        for row in reader.records().map(|row| row.expect("a row")) {
            let Some(name) = rename(&row[1]).filter(|_| &row[0] == runner) else {
                continue;
            };
            let number = |k: usize| row[k].parse::<f64>().expect("a position") * metres;
            pose.insert(name, Vector::new(number(2), number(3), number(4)));
        }
        let pose = Self(pose);
        let forward = pose.pelvis_forward();
        let turn = glam::DQuat::from_rotation_y(forward.z.atan2(forward.x));
        Self(
            pose.0
                .into_iter()
                .map(|(name, position)| (name, turn * position))
                .collect(),
        )
    }

    fn of(&self, name: &str) -> Vector {
        self.0[name]
    }

    fn pelvis_forward(&self) -> Vector {
        0.5 * (self.of("LASI") + self.of("RASI") - self.of("LPSI") - self.of("RPSI"))
    }

    /// Middle of the four pelvis markers.
    pub fn pelvis_centre(&self) -> Vector {
        0.25 * (self.of("LASI") + self.of("RASI") + self.of("LPSI") + self.of("RPSI"))
    }

    fn chest_centre(&self) -> Vector {
        0.5 * (self.of("C7") + self.of("CLAV"))
    }

    fn right(&self) -> Vector {
        self.of("RASI") - self.of("LASI")
    }

    /// Where a sacrum pod sits.
    pub fn sacrum(&self) -> Vector {
        0.5 * (self.of("LPSI") + self.of("RPSI"))
    }

    /// Where a sternum pod sits.
    pub fn sternum(&self) -> Vector {
        self.of("CLAV")
    }

    /// Axes of the pelvis: columns forward, up, right.
    pub fn pelvis_axes(&self) -> glam::DMat3 {
        axes(self.right().cross(self.pelvis_forward()), self.right())
    }

    /// Axes of the trunk: columns forward, up, right.
    pub fn trunk_axes(&self) -> glam::DMat3 {
        let right = match (self.0.get("LACR"), self.0.get("RACR")) {
            (Some(left), Some(right)) => *right - *left,
            _ => self.right(),
        };
        axes(self.chest_centre() - self.pelvis_centre(), right)
    }
}

fn axes(up: Vector, right: Vector) -> glam::DMat3 {
    let up = up.normalize();
    let forward = up.cross(right).normalize();
    glam::DMat3::from_cols(forward, up, forward.cross(up))
}

/// Inclination of a segment with these axes in the plane of running, degrees, + forward.
pub fn inclination_deg(axes: glam::DQuat) -> f64 {
    let up = axes * Vector::Y;
    up.x.atan2(up.y).to_degrees()
}

/// Specific force in the world: acceleration plus gravity, from positions.
pub fn specific_force(positions: &[Vector], rate_hz: f64) -> Vec<Vector> {
    let at = |k: usize| positions[k.clamp(0, positions.len() - 1)];
    (0..positions.len())
        .map(|k| {
            let k = k.clamp(1, positions.len() - 2);
            (at(k + 1) - 2.0 * at(k) + at(k - 1)) * rate_hz * rate_hz + Vector::Y * GRAVITY
        })
        .collect()
}
