"""Trains implicit's ALS on the interactions of a file each time a line comes in; answers the seconds and writes the factors."""
import json
import sys
import time

import numpy as np
import scipy.sparse as sparse
from implicit.als import AlternatingLeastSquares

folder, settings = sys.argv[1], json.loads(sys.argv[2])
start = np.fromfile(folder + "/start.i32", dtype=np.int32)
items = np.fromfile(folder + "/items.i32", dtype=np.int32)
weights = np.full(len(items), settings["confidence"], dtype=np.float32)
matrix = sparse.csr_matrix((weights, items, start), shape=(len(start) - 1, settings["items"]))
print("ready", flush=True)
for seed, _ in enumerate(sys.stdin):
    model = AlternatingLeastSquares(
        factors=settings["dimensions"],
        iterations=settings["iterations"],
        regularization=settings["regularization"],
        alpha=1.0,
        use_cg=True,
        num_threads=settings["threads"],
        random_state=seed,
    )
    started, busy = time.perf_counter(), time.process_time()
    model.fit(matrix, show_progress=False)
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    model.user_factors.astype(np.float32).tofile(folder + "/users.f32")
    model.item_factors.astype(np.float32).tofile(folder + "/factors.f32")
    print(json.dumps({"seconds": seconds, "cpuSeconds": busy}), flush=True)
