# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Why one row of tests/data/transport_reference.csv cannot be met (iad-n1.4, transmittance 0.54038).

Its source asks a program for its default of four directions. This computes the same slab (albedo 0.5, depth 1, g 0.9,
index 1.4, air on both sides) with two Gauss and two Radau directions: 0.03860 and 0.5405, the row within its tolerance.
With more directions transmittance rises to 0.5451; Monte Carlo (mc_layers 2e7 1 1 1 .5 .5 .9 1.4 1) says 0.54518 +- 0.00011.

    python3 tests/validation/four_directions.py
"""
import numpy as np

N, INDEX, ALBEDO, DEPTH, G = 4, 1.4, 0.5, 1.0, 0.9


def mirrored(mu):
    s2 = INDEX ** 2 * (1 - mu * mu)
    if s2 >= 1:
        return 1.0
    out = np.sqrt(1 - s2)
    return (((INDEX * mu - out) / (INDEX * mu + out)) ** 2 + ((mu - INDEX * out) / (mu + INDEX * out)) ** 2) / 2


critical = np.sqrt(1 - 1 / INDEX ** 2)
node, weight = np.polynomial.legendre.leggauss(2)
mu = np.r_[critical * (node + 1) / 2, critical + (1 - critical) * np.array([1 / 3, 1.0])]
w = np.r_[critical * weight / 2, (1 - critical) * np.array([0.75, 0.25])]
cut = G ** N  # delta-M
albedo, depth = ALBEDO * (1 - cut) / (1 - ALBEDO * cut), (1 - ALBEDO * cut) * DEPTH
same, across = np.zeros((N, N)), np.zeros((N, N))
for k in range(N):
    p = np.polynomial.legendre.legval(mu, [0] * k + [1])
    h = (2 * k + 1) * (G ** k - cut) / (1 - cut) * np.outer(p, p) * w / 2
    same, across = same + h, across + (-1) ** k * h
one, thin = np.eye(N), depth / 2 ** 20
alpha, beta = np.diag(thin / 2 / mu) @ (one - albedo * same), np.diag(thin / 2 / mu) @ (albedo * across)
g = np.linalg.solve(one + alpha, beta)
t = 2 * np.linalg.inv(one + alpha - beta @ g) - one
r = g @ (one + t)
for _ in range(20):
    keep = np.linalg.inv(one - r @ r)
    r, t = r + t @ keep @ r @ t, t @ keep @ t
f = np.diag([mirrored(m) for m in mu])
beam = np.r_[np.zeros(N - 1), (1 - f[-1, -1]) / (mu[-1] * w[-1]), np.zeros(N)]
inside = np.linalg.solve(np.block([[one - f @ r, -f @ t], [-f @ t, one - f @ r]]), beam)
down, up = inside[:N], inside[N:]
leave = mu * w * (1 - np.diag(f))
print("R %.5f T %.5f" % (f[-1, -1] + leave @ (r @ down + t @ up), leave @ (t @ down + r @ up)))
