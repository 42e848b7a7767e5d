"""Trains the lean network on made-up runners and writes `lean.onnx`, `agreement.json` and `numbers.md`.

Reads the CSV files of `core/examples/lean_windows`; generates no data of its own. Invariant: a runner (seed) is in
one of training, validation and test, and nothing is chosen on the test runners.

    python train.py --train windows.csv
"""

import argparse
import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

NAME = "mlp-3"
SCHEMA = 2
LENGTH = 24
# The order of `LeanClass::ALL`.
CLASSES = ["under", "good", "over", "waist_bend", "not_sure"]
BEND, NOT_SURE = 3, 4
# Where `FeatureVector::to_array` keeps the logarithms of the rules' shares, and where it says which pods there are.
RULES = range(4)
CHEST_FLAG, PELVIS_FLAG = 7, 8
# The network moves the logarithms of the rules' shares by at most this much: far from made-up runners it can spoil
# only so much.
FURTHEST = 1.5
# So far below the others the exponential of a logarithm is zero in single precision.
OUT = 128
HIDDEN = (24, 16)
SEED = 20_261
EPOCHS, BATCH = 30, 512
RATE, DECAY = 2e-3, 1e-4
# A class needs this much probability to be given: seen by two pods with gyroscopes or by one, and the same without
# (`lean/features.rs`).
NEEDED, NEEDED_HALF_SEEN = 0.6, 0.75
NEEDED_UNFELT, NEEDED_HALF_SEEN_UNFELT = 0.8, 0.85
CHEST_GYRO_FLAG, PELVIS_GYRO_FLAG = 13, 14


class Windows:
    """The windows of some CSV files that carry a class."""

    def __init__(self, paths):
        parts = [self.read(path) for path in paths]
        for name in parts[0]:
            setattr(self, name, np.concatenate([part[name] for part in parts]))

    @staticmethod
    def read(path):
        with open(path, newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["usable"] == "1"]
        assert all(int(row["schema"]) == SCHEMA for row in rows), "another schema"
        column = lambda name, kind: np.array([kind(row[name]) for row in rows])
        return {
            "features": np.stack([column(f"f{k}", np.float32) for k in range(LENGTH)], axis=1),
            "truth": np.array([CLASSES.index(row["class"]) for row in rows]),
            "rules": np.stack([column(f"rules_{name}", float) for name in CLASSES], axis=1),
            "seed": column("seed", int),
            "margin_deg": column("margin_deg", float),
            "pods": column("pods", str),
            "own": column("own", str),
            "gyro": column("gyro", int),
            "ringing": column("ringing", int),
            "rate_hz": column("rate_hz", float),
        }

    def where(self, mask):
        part = object.__new__(Windows)
        for name, value in vars(self).items():
            setattr(part, name, value[mask])
        return part


def split(windows):
    """Seven in ten runners train, one in ten validates, two in ten test."""
    place = windows.seed % 10
    return windows.where(place < 7), windows.where(place == 7), windows.where(place > 7)


# --- the network -------------------------------------------------------------------------------------------------


def start(rng):
    """He initialisation; the last layer begins at nothing, so that the network begins as the rules."""
    sizes = (LENGTH, *HIDDEN, NOT_SURE)
    layers = [(rng.normal(0, np.sqrt(2 / a), (a, b)), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]
    layers[-1][0][:] = 0
    return layers


def forward(layers, x):
    """Activations of every layer, the last one as probabilities of the four classes, and how far it moved the rules."""
    kept = [x]
    for weight, bias in layers[:-1]:
        kept.append(np.maximum(kept[-1] @ weight + bias, 0))
    moved = np.tanh(kept[-1] @ layers[-1][0] + layers[-1][1])
    kept.append(softmax(x[:, RULES] + FURTHEST * moved))
    return kept, moved


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def gradients(layers, x, truth):
    kept, moved = forward(layers, x)
    delta = kept[-1].copy()
    delta[np.arange(len(truth)), truth] -= 1
    delta *= FURTHEST * (1 - moved**2) / len(truth)
    found = []
    for index in range(len(layers) - 1, -1, -1):
        weight, _ = layers[index]
        found.append((kept[index].T @ delta + DECAY * weight, delta.sum(axis=0)))
        delta = (delta @ weight.T) * (kept[index] > 0)
    return found[::-1]


def probabilities(layers, x):
    return forward(layers, x)[0][-1]


def loss(layers, windows):
    shares = probabilities(layers, windows.features.astype(np.float64))
    return -np.log(shares[np.arange(len(windows.truth)), windows.truth] + 1e-12).mean()


def train(training, validation):
    """Adam with a falling rate; keeps the epoch that was best on the validation runners."""
    rng = np.random.default_rng(SEED)
    layers = start(rng)
    first = [[np.zeros_like(p) for p in layer] for layer in layers]
    second = [[np.zeros_like(p) for p in layer] for layer in layers]
    x, truth = training.features.astype(np.float64), training.truth
    best, best_loss, step = layers, np.inf, 0
    for epoch in range(EPOCHS):
        rate = RATE * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS))
        order = rng.permutation(len(truth))
        for begin in range(0, len(order), BATCH):
            chosen, step = order[begin : begin + BATCH], step + 1
            updated = []
            for k, layer in enumerate(gradients(layers, x[chosen], truth[chosen])):
                moved = []
                for j, gradient in enumerate(layer):
                    first[k][j] = 0.9 * first[k][j] + 0.1 * gradient
                    second[k][j] = 0.999 * second[k][j] + 0.001 * gradient**2
                    mean, square = first[k][j] / (1 - 0.9**step), second[k][j] / (1 - 0.999**step)
                    moved.append(layers[k][j] - rate * mean / (np.sqrt(square) + 1e-8))
                updated.append(tuple(moved))
            layers = updated
        now = loss(layers, validation)
        if now < best_loss:
            best, best_loss = layers, now
    return best


def reach(training):
    """Between which numbers of each feature all but one in a thousand windows lay."""
    least, greatest = np.quantile(training.features, [0.0005, 0.9995], axis=0)
    least, greatest = np.minimum(least, 0), np.maximum(greatest, 0)
    return " ".join(f"{low:.4f}:{high:.4f}" for low, high in zip(least, greatest))


def masked(four, features):
    """What only two pods can see becomes *not sure* with one: the fifth class."""
    both = (features[:, CHEST_FLAG] * features[:, PELVIS_FLAG])[:, None]
    return np.concatenate([four[:, :BEND], four[:, BEND:] * both, four[:, BEND:] * (1 - both)], axis=1)


def to_onnx(layers, facts):
    """The graph: three layers that move the rules' answer, and a softmax over five classes that holds the mask above:
    of the bend's two places, *waist bend* and *not sure*, the one that the pods rule out lies `OUT` below."""
    five = np.eye(4, dtype=np.float32)[:, [*range(BEND), BEND, BEND]]
    ruled, offset = np.zeros((LENGTH, 5), np.float32), np.zeros(5, np.float32)
    ruled[list(RULES)] = five
    for flag in (CHEST_FLAG, PELVIS_FLAG):
        ruled[flag, BEND], ruled[flag, NOT_SURE] = OUT, -OUT
    offset[BEND], offset[NOT_SURE] = -2 * OUT, OUT
    constants = {"ruled_weight": ruled, "ruled_bias": offset, "furthest": FURTHEST * five}
    nodes, last = [], "features"
    for index, (weight, bias) in enumerate(layers, start=1):
        constants[f"weight{index}"], constants[f"bias{index}"] = weight.astype(np.float32), bias.astype(np.float32)
        nodes.append(helper.make_node("Gemm", [last, f"weight{index}", f"bias{index}"], [f"sum{index}"]))
        last = f"sum{index}"
        if index < len(layers):
            nodes.append(helper.make_node("Relu", [last], [f"hidden{index}"]))
            last = f"hidden{index}"
    nodes += [
        helper.make_node("Tanh", [last], ["direction"]),
        helper.make_node("MatMul", ["direction", "furthest"], ["moved"]),
        helper.make_node("Gemm", ["features", "ruled_weight", "ruled_bias"], ["ruled"]),
        helper.make_node("Add", ["ruled", "moved"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "lean",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, LENGTH])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [1, len(CLASSES)])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="core/model/train.py")
    model.ir_version = 8
    helper.set_model_props(model, facts)
    onnx.checker.check_model(model)
    return model


# --- how good it is ----------------------------------------------------------------------------------------------


def target(windows):
    """The answer asked for: a bend that one pod cannot see is *not sure*."""
    one_pod = windows.features[:, CHEST_FLAG] * windows.features[:, PELVIS_FLAG] == 0
    return np.where(one_pod & (windows.truth == BEND), NOT_SURE, windows.truth)


def needed(windows):
    seen = windows.features[:, [CHEST_FLAG, PELVIS_FLAG]] > 0
    unfelt = seen & (windows.features[:, [CHEST_GYRO_FLAG, PELVIS_GYRO_FLAG]] == 0)
    both = seen.all(axis=1)
    felt = np.where(both, NEEDED, NEEDED_HALF_SEEN)
    return np.where(unfelt.any(axis=1), np.where(both, NEEDED_UNFELT, NEEDED_HALF_SEEN_UNFELT), felt)


def measures(shares, windows):
    asked = target(windows)
    given = np.where(shares.max(axis=1) >= needed(windows), shares.argmax(axis=1), NOT_SURE)
    told = given != NOT_SURE
    right = given[told] == windows.truth[told]
    clear = (windows.margin_deg >= 1) & (asked != NOT_SURE)
    brier = ((shares - np.eye(5)[asked]) ** 2).sum(axis=1).mean()
    log_loss = -np.log(np.clip(shares[np.arange(len(asked)), asked], 1e-3, 1)).mean()
    return {
        "windows": len(asked),
        "told": told.mean(),
        "right": right.mean() if told.any() else float("nan"),
        "wrong": 1 - right.mean() if told.any() else float("nan"),
        "clear_told_right": (given[clear] == windows.truth[clear]).mean() if clear.any() else float("nan"),
        "brier": brier,
        "log_loss": log_loss,
    }


def calibration(shares, windows):
    """Stated probability against how often it came true, over all five classes; and the mean gap (ECE)."""
    hit = np.eye(5)[target(windows)].ravel()
    stated = shares.ravel()
    place = np.minimum((stated * 10).astype(int), 9)
    lines, gap = [], 0.0
    for k in range(10):
        inside = place == k
        if inside.any():
            lines.append((stated[inside].mean(), hit[inside].mean(), int(inside.sum())))
            gap += inside.mean() * abs(stated[inside].mean() - hit[inside].mean())
    return lines, gap


def report(title, shares, windows):
    """The tables of `numbers.md`."""
    lines = [
        f"## {title}: {len(np.unique(windows.seed))} runners, {len(windows.truth)} windows",
        "",
        "| windows | of | told | of those right | clear ones told right | Brier | log loss |",
        "|---|---|---|---|---|---|---|",
    ]
    pods, own = windows.pods, windows.own
    rows = [("all", np.full(len(pods), True))]
    for name in ("both", "chest", "pelvis"):
        rows += [(f"{name}, {kind}", (pods == name) & (own == kind)) for kind in ("known", "unknown")]
    known = own == "known"
    rows += [
        ("no gyroscope, known", known & (windows.gyro == 0)),
        ("ringing strap, known", known & (windows.ringing == 1)),
        ("52 Hz, known", known & (windows.rate_hz == 52)),
    ]
    for name, mask in rows:
        if not mask.any():
            continue
        for model, answer in (("network", shares), ("rules", windows.rules)):
            m = measures(answer[mask], windows.where(mask))
            lines.append(
                f"| {name} | {model} | {m['told']:.3f} | {m['right']:.3f} | {m['clear_told_right']:.3f} "
                f"| {m['brier']:.4f} | {m['log_loss']:.4f} |"
            )
    for model, answer in (("network", shares), ("rules", windows.rules)):
        curve, gap = calibration(answer, windows)
        lines += [
            "",
            f"Calibration of the {model}: mean gap between stated and true share {gap:.4f}",
            "",
            "    stated " + " ".join(f"{stated:.2f}" for stated, _, _ in curve),
            "    true   " + " ".join(f"{true:.2f}" for _, true, _ in curve),
        ]
    return lines


def fixture(path, layers, windows):
    """Twenty windows of every kind with the network's own answer, for the test of the other runtime."""
    rng = np.random.default_rng(SEED)
    chosen = np.sort(rng.choice(len(windows.truth), 20, replace=False))
    x = windows.features[chosen]
    shares = masked(probabilities(layers, x.astype(np.float64)), x)
    rows = [
        {"features": [float(f"{v:.5f}") for v in features], "probabilities": [float(f"{p:.7f}") for p in answer]}
        for features, answer in zip(x, shares)
    ]
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    path.write_text(f"[\n{lines}\n]\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", required=True, type=Path, nargs="+", help="windows to train, validate and test on")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    arguments = parser.parse_args()

    windows = Windows(arguments.train)
    training, validation, test = split(windows)
    print(f"training {len(training.truth)}, validation {len(validation.truth)}, test {len(test.truth)}")
    layers = train(training, validation)
    print(f"loss {loss(layers, training):.4f} nats in training, {loss(layers, validation):.4f} in validation")
    layers = [(w.astype(np.float32), b.astype(np.float32)) for w, b in layers]
    shares = masked(probabilities(layers, test.features).astype(np.float64), test.features)
    lines = ["# Numbers of the last training", "", "Written by `train.py`; `README.md` says what they mean.", ""]
    lines += report("Test runners", shares, test)

    facts = {
        "name": NAME,
        "schema": str(SCHEMA),
        "classes": " ".join(CLASSES),
        "data_sha256": hashlib.sha256(b"".join(path.read_bytes() for path in arguments.train)).hexdigest(),
        "licence": "MIT OR Apache-2.0",
        # Beyond what it was trained on the rules answer. The last fact, so that no cut of the file goes unnoticed.
        "reach": reach(training),
    }
    path = arguments.out / "lean.onnx"
    path.write_bytes(to_onnx(layers, facts).SerializeToString(deterministic=True))
    fixture(arguments.out / "agreement.json", layers, test)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    lines += ["", f"`{path.name}`: {path.stat().st_size} bytes, SHA-256 `{digest}`."]
    text = "\n".join(lines) + "\n"
    (arguments.out / "numbers.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
