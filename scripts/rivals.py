"""What others need for the same work, one `name value` a line.

Milliseconds of processor time, the best of several runs.

`rivals.py SAMPLES MODEL`: SAMPLES as `core/benches/speed.rs` writes them, two pods one after the other.
"""

import sys
import time

import numpy as np
import onnxruntime
from vqf import VQF

RUNS = 25


def best_ms(work, runs=RUNS):
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return 1e3 * min(times)


def orientation(path):
    samples = np.fromfile(path, dtype="<f8").reshape(-1, 6)
    pods = np.array_split(samples, 2)
    pods = [(np.ascontiguousarray(pod[:, :3]), np.ascontiguousarray(pod[:, 3:])) for pod in pods]

    def run():
        for rotation, force in pods:
            VQF(1.0 / 104.0).updateBatch(rotation, force)

    return best_ms(run)


def inference(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    asked = session.get_inputs()[0]
    shape = [size if isinstance(size, int) else 1 for size in asked.shape]
    binding = session.io_binding()
    binding.bind_cpu_input(asked.name, np.zeros(shape, dtype=np.float32))
    binding.bind_output(session.get_outputs()[0].name)
    times = 2000

    def run():
        for _ in range(times):
            session.run_with_iobinding(binding)

    return best_ms(run) / times


if __name__ == "__main__":
    print("vqf", orientation(sys.argv[1]))
    print("onnxruntime", inference(sys.argv[2]))
