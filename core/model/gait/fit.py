"""Fits the table of `core/src/gait/swings.rs`: contact and toe-off from a pelvis's slow swings.

    cargo build -p plumbline-core --no-default-features --example pelvis_samples
    python core/model/gait/fit.py ../shared/data

Runners of rbds2017 001, 03, 05, 09, 011, of jdx_treadmill_run and of biomac_fixture fit; rbds2017 002, 04, 08, 010
judge. Virtual pods, as they are and with straps, noise and other places on the sacrum. The same seed gives the same
table.
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy.signal import bilinear, butter, filtfilt, lfilter
from scipy.spatial.transform import Rotation

GRAVITY = 9.80665
CONTACT_N = 40.0
SEED = 1
AUGMENTED = 4
RIDGE = 0.01
EDGE_FRAMES = 12
STAND_S, TURN_S = 5.0, 1.0
PROGRAM = Path(__file__).parents[3] / "target/debug/examples/pelvis_samples"
FIT = ["001", "03", "05", "09", "011"]
JUDGE = ["002", "04", "08", "010"]


class Trial:
    """Pelvis markers (m; forward, up, right), their rate, contacts in seconds of the trial, frames to be used."""

    def __init__(self, person, rate_hz, markers, contacts, standing=None, frames=None, repeats=1):
        self.person, self.rate_hz, self.contacts, self.repeats = person, rate_hz, contacts, repeats
        self.markers = {name: np.column_stack([filled(column) for column in place.T]) for name, place in markers.items()}
        count = len(next(iter(self.markers.values())))
        self.standing, self.frames = standing, frames or (EDGE_FRAMES, count - EDGE_FRAMES)


def filled(values):
    known = np.isfinite(values)
    return np.interp(np.arange(len(values)), np.flatnonzero(known), values[known])


def smooth(values, rate_hz, cutoff_hz):
    return filtfilt(*butter(2, 2 * cutoff_hz / rate_hz), values, axis=0)


def table(path):
    with open(path) as file:
        header = file.readline().strip().split(",")
        return header, np.genfromtxt(file, delimiter=",")


def loaded(times, force):
    """Contacts: when the vertical force rises and falls through CONTACT_N."""
    above = force >= CONTACT_N
    place = np.flatnonzero(above[1:] != above[:-1])
    at = times[place] + (CONTACT_N - force[place]) / (force[place + 1] - force[place]) * (times[1] - times[0])
    rises = above[place + 1]
    pairs = [(a, b) for a, b, rise in zip(at, at[1:], rises) if rise]
    return np.array([pair for pair in pairs if pair[1] - pair[0] > 0.1])


def treadmill(data, runner, speed):
    """A trial of rbds2017."""
    folder, person = data / "rbds2017", f"RBDS{runner}"
    archive = np.load(folder / f"npz/{person}runT{speed}.npz", allow_pickle=True)
    places = archive["markers_tenth_mm"].astype(float)
    places[places == -32768] = np.nan
    names = [str(name) for name in archive["marker_names"]]
    ours = {"L.ASIS": "LASI", "R.ASIS": "RASI", "L.PSIS": "LPSI", "R.PSIS": "RPSI"}
    markers = {ours[name]: places[:, names.index(name)] * 1e-4 for name in ours}
    with open(folder / "static_markers_mean.csv") as file:
        rows = [row for row in csv.reader(file) if row[0] == person and row[1] in ours]
    standing = {ours[row[1]]: np.array(row[2:5], float)[None] for row in rows}
    force = -archive["grf_N"][:, 2].astype(float)
    contacts = loaded(np.arange(len(force)) / 300, force)
    return Trial(person, 150.0, markers, contacts, facing_forward(standing))


def facing_forward(standing):
    forward = (standing["LASI"] + standing["RASI"] - standing["LPSI"] - standing["RPSI"])[0]
    turn = Rotation.from_euler("y", np.arctan2(forward[2], forward[0]))
    return {name: turn.apply(place) for name, place in standing.items()}


def jdx(data):
    folder = data / "jdx_treadmill_run"
    header, values = table(folder / "JDX_S999_run_0021_markers.csv")
    at = lambda name: values[:, header.index(name + "_x") :][:, :3]
    markers = {"LASI": at("L_asis"), "RASI": at("R_asis"), "LPSI": at("L_psis"), "RPSI": at("R_psis")}
    events = list(csv.DictReader(open(folder / "events_fp50N.csv")))
    # Taken at 50 N: 4.5 ms shorter than at 40 N.
    contacts = [(float(row["ic_s"]) - 0.0015, float(row["to_s"]) + 0.003) for row in events]
    return Trial("jdx", 240.0, markers, np.array(contacts))


def biomac(data, run, first_frame, last_frame):
    """One stride over ground, repeated."""
    folder = data / "biomac_fixture"
    header, values = table(folder / f"{run}_run_markers.csv")
    at = lambda name: values[:, header.index(name + "_x") :][:, :3]
    markers = {"LASI": at("LAsi"), "RASI": at("RAsi"), "LPSI": at("Sacr"), "RPSI": at("Sacr")}
    header, forces = table(folder / f"{run}_run_grf.csv")
    weight_n = 67.1 * GRAVITY / 100
    foot = lambda side: loaded(forces[:, 0], forces[:, header.index(f"GRF_y_{side}_BW%")] * weight_n)
    contacts = np.concatenate([foot("r"), foot("l")])
    return Trial("biomac", 175.0, markers, contacts[contacts[:, 0].argsort()], None, (first_frame, last_frame), 12)


def axes(markers):
    """Pelvis axes: columns forward, up, right."""
    forward = markers["LASI"] + markers["RASI"] - markers["LPSI"] - markers["RPSI"]
    right = markers["RASI"] - markers["LASI"]
    unit = lambda vectors: vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    up = unit(np.cross(right, forward))
    forward = unit(np.cross(up, right))
    return Rotation.from_matrix(np.stack([forward, up, np.cross(forward, up)], -1))


def ringing(forces, rate_hz, hertz, damping):
    """A mass on a spring and a damper, eight steps a sample."""
    omega, fine = 2 * np.pi * hertz, 8
    times = np.arange(len(forces) * fine) / fine
    system = bilinear([2 * damping * omega, omega**2], [1, 2 * damping * omega, omega**2], rate_hz * fine)
    for axis in range(3):
        values = np.interp(times, np.arange(len(forces)), forces[:, axis])
        forces[:, axis] = (lfilter(*system, values - values[0]) + values[0])[::fine]
    return forces


def recording(trial, chance, plain):
    """Times, specific force and rotation of a virtual pod, and the contacts on its clock."""
    rate_hz = trial.rate_hz
    cutoff_hz = 18.0 if plain else chance.uniform(11, 26)
    markers = {name: smooth(place, rate_hz, cutoff_hz) for name, place in trial.markers.items()}
    turns = axes(markers)
    place = 0.5 * (markers["LPSI"] + markers["RPSI"])
    if not plain:
        place = place + turns.apply(np.tile(chance.normal(0, 0.025, 3), (len(place), 1)))
    forces = np.gradient(np.gradient(place, axis=0), axis=0) * rate_hz**2
    forces[1:-1] = (place[2:] - 2 * place[1:-1] + place[:-2]) * rate_hz**2
    forces[:, 1] += GRAVITY
    first, last = trial.frames
    still, turning = int(STAND_S * rate_hz), int(TURN_S * rate_hz)
    stand = axes(trial.standing)[0] if trial.standing else Rotation.identity()
    share = (np.arange(turning) + 1) / turning
    into = stand * Rotation.from_rotvec(
        np.outer(share**2 * (3 - 2 * share), (stand.inv() * turns[first]).as_rotvec())
    )
    body = np.tile(turns[first:last].as_quat(), (trial.repeats, 1))
    turns = Rotation.from_quat(np.concatenate([np.tile(stand.as_quat(), (still, 1)), into.as_quat(), body]))
    rest = np.tile([0, GRAVITY, 0], (still + turning, 1))
    forces = turns.inv().apply(np.concatenate([rest, np.tile(forces[first:last], (trial.repeats, 1))]))
    rotation = (turns[:-1].inv() * turns[1:]).as_rotvec() * rate_hz
    rotation = np.concatenate([rotation, rotation[-1:]])
    if not plain and chance.random() < 0.6:
        forces = ringing(forces, rate_hz, chance.uniform(12, 24), chance.uniform(0.12, 0.35))
    mounting = Rotation.from_euler("xyz", [1.9, -0.4, 2.6])
    forces, rotation = mounting.apply(forces), mounting.apply(rotation)
    if not plain:
        forces = forces + chance.normal(0, 0.05, forces.shape)
        rotation = rotation + chance.normal(0, 0.0025, rotation.shape) + chance.normal(0, 0.01, 3)
    seen = trial.contacts[(trial.contacts[:, 0] >= first / rate_hz) & (trial.contacts[:, 0] < last / rate_hz)]
    shifts = (still + turning - first + np.arange(trial.repeats) * (last - first)) / rate_hz
    contacts = np.concatenate([seen + shift for shift in shifts])
    return np.column_stack([np.arange(len(forces)) / rate_hz, forces, rotation]), contacts


def hann(cells):
    window = np.sin(np.pi * np.arange(1, 2 * cells + 2) / (2 * cells + 2)) ** 2
    return window / window.sum()


def beats(up):
    """Strong humps, as `body::rhythm` finds them."""
    humps = np.convolve(up, hann(12), "same")
    strong = [k for k in range(13, len(humps) - 13) if humps[k] > 0.5 * GRAVITY]
    highest = lambda k: (humps[k - 12 : k] < humps[k]).all() and (humps[k + 1 : k + 13] <= humps[k]).all()
    return [k for k in strong if highest(k)]


def told(samples, contacts):
    """One row a step: features as `gait::swings` has them, start and length of the contact."""
    times, fore_aft, up = samples.T
    force, push = np.convolve(up, hann(2), "same") / GRAVITY + 1, np.convolve(fore_aft, hann(2), "same")
    found, rows = beats(up), []
    for earlier, beat in zip(found, found[2:]):
        count = int(0.5 * (beat - earlier) + 0.5)
        cells = np.arange(beat - count // 2, beat - count // 2 + count)
        if not 25 <= count <= 56 or cells[-1] + 2 >= len(up):
            continue
        at = np.exp(-2j * np.pi * (cells - beat) / count)
        first, second = 2 * (force[cells] * at).mean(), 2 * (force[cells] * at**2).mean()
        pushed = 2 * (push[cells] * at**2).mean() - push[cells].mean() / force[cells].mean() * second
        angle = np.angle(first)
        second, pushed = second * np.exp(-2j * angle), pushed * np.exp(-2j * angle) / GRAVITY
        peak_s = times[beat] - angle / (2 * np.pi) * count / 100
        start, end = contacts[np.abs(contacts.mean(1) - peak_s).argmin()]
        if abs(0.5 * (start + end) - peak_s) < 0.08:
            features = [1, count / 100, abs(first), second.real, second.imag, pushed.real, pushed.imag]
            rows.append(features + [start - peak_s, end - start])
    return np.array(rows)


def steps(trials, augmented):
    """Rows of every recording that found its way forward, with the person of each."""
    chance = np.random.default_rng(SEED)
    rows, people = [], []
    with tempfile.TemporaryDirectory() as folder:
        for trial in trials:
            for k in range(1 + augmented):
                values, contacts = recording(trial, chance, plain=k == 0)
                header = "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2,gyro_x_radps,gyro_y_radps,gyro_z_radps"
                pod, samples = Path(folder) / "pod.csv", Path(folder) / "samples.csv"
                np.savetxt(pod, values, delimiter=",", header=header, comments="", fmt="%.6f")
                subprocess.run([PROGRAM, pod, samples], check=True)
                samples = np.loadtxt(samples, delimiter=",")
                if np.abs(samples[:, 1]).max() > 0:
                    found = told(samples, contacts)
                    rows.append(found)
                    people += [trial.person] * len(found)
    return np.concatenate(rows), np.array(people)


def ridge(rows, people):
    """Each person weighs the same; features are scaled first and the mean is free."""
    weight = np.array([1 / (people == person).sum() for person in people]) / len(set(people))
    features, wanted = rows[:, 1:7], rows[:, 7:]
    middle, spread = features.mean(0), features.std(0)
    scaled = np.column_stack([np.ones(len(rows)), (features - middle) / spread])
    held = RIDGE * np.eye(7)
    held[0, 0] = 0
    found = np.linalg.solve((scaled.T * weight) @ scaled + held, (scaled.T * weight) @ wanted)
    slopes = found[1:] / spread[:, None]
    return np.vstack([found[0] - middle @ slopes, slopes])


def main():
    data = Path(sys.argv[1])
    runs = lambda runners: [treadmill(data, runner, speed) for runner in runners for speed in (25, 35, 45)]
    fitted = runs(FIT) + [jdx(data), biomac(data, "straight", 102, 241), biomac(data, "curved", 137, 284)]
    weights = ridge(*steps(fitted, AUGMENTED))
    for name, column in zip(("START_S", "LASTS_S"), weights.T):
        print(f"const {name}: Weights = [{', '.join(f'{value:.4f}' for value in column)}];")
    for name, trials in (("fitted", fitted), ("kept back", runs(JUDGE))):
        rows, _ = steps(trials, 1)
        errors = 1e3 * (rows[:, :7] @ weights - rows[:, 7:])
        size, bias = np.sqrt((errors**2).mean(0)), errors.mean(0)
        print(f"{name}: {len(rows)} steps, contact {bias[0]:+.1f} rms {size[0]:.1f} ms, length {bias[1]:+.1f} rms {size[1]:.1f} ms")


if __name__ == "__main__":
    main()
