# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Blue noise in the unit square, about N points, uniform density: scipy's sampler, and darts over a k-d tree, which is
what one writes when that takes seconds. Ours covers a head with variable density and a rank for each place."""
import sys

import numpy as np
import scipy
from scipy.spatial import cKDTree
from scipy.stats import qmc

from serve import serve

N = int(sys.argv[1])
R = np.sqrt(0.69 / N)
turn = [0]


def rng():
    turn[0] += 1
    return np.random.default_rng(turn[0])


def poisson():
    return qmc.PoissonDisk(2, radius=R, ncandidates=30, rng=rng()).fill_space()


def darts():
    """Batches of candidates; of two that are too close the later goes."""
    r = rng()
    kept = np.empty((0, 2))
    for share in (4, 4, 4, 6, 8):
        new = r.random((share * N // 4, 2))
        if len(kept):
            new = new[cKDTree(kept).query(new, distance_upper_bound=R)[0] == np.inf]
        pairs = cKDTree(new).query_pairs(R, output_type="ndarray")
        out = np.zeros(len(new), bool)
        for a, b in np.sort(pairs, axis=1)[np.argsort(pairs.max(axis=1) if len(pairs) else [])]:
            if not out[a]:
                out[b] = True
        kept = np.concatenate([kept, new[~out]])
    return kept


jobs = {"darts": darts, "scipy-poisson": poisson}
counts = {name: len(run()) for name, run in jobs.items()}
serve(jobs, f"scipy {scipy.__version__}; points: {counts}")
