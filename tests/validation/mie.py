# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Absorption and scattering of a homogeneous sphere (Mie 1908, in the notation of Bohren & Huffman 1983, ch. 4).

Checked against published efficiencies each time it is imported, and by make_tables.py against tests/data/
pigment_mass_coefficients_mie.csv.
"""
import math


def efficiencies(m, x):
    """Qext, Qsca and mean cosine of a sphere of relative index m = n + ik and size parameter x."""
    terms = int(x + 4 * x ** (1 / 3) + 2)
    z = m * x
    down = [0j] * (max(terms, int(abs(z))) + 17)  # the logarithmic derivative, from above, where it is stable
    for k in range(len(down) - 1, 0, -1):
        down[k - 1] = k / z - 1 / (down[k] + k / z)
    psi0, psi1 = math.cos(x), math.sin(x)
    chi0, chi1 = -math.sin(x), math.cos(x)
    ext = sca = lean = 0.0
    a1 = b1 = 0j
    for k in range(1, terms + 1):
        psi = (2 * k - 1) / x * psi1 - psi0
        chi = (2 * k - 1) / x * chi1 - chi0
        xi, xi1 = complex(psi, -chi), complex(psi1, -chi1)
        da, db = down[k] / m + k / x, down[k] * m + k / x
        a = (da * psi - psi1) / (da * xi - xi1)
        b = (db * psi - psi1) / (db * xi - xi1)
        ext += (2 * k + 1) * (a + b).real
        sca += (2 * k + 1) * (abs(a) ** 2 + abs(b) ** 2)
        lean += (2 * k + 1) / (k * (k + 1)) * (a * b.conjugate()).real
        if k > 1:
            lean += (k * k - 1) / k * (a1 * a.conjugate() + b1 * b.conjugate()).real
        a1, b1, psi0, psi1, chi0, chi1 = a, b, psi1, psi, chi1, chi
    return 2 * ext / x ** 2, 2 * sca / x ** 2, 2 * lean / sca


def mass_coefficients(index, host, density, diameter_nm, wavelength_nm):
    """Absorption and reduced scattering in m2/g of spheres of a density in g/cm3."""
    ext, sca, g = efficiencies(index / host, math.pi * diameter_nm * host / wavelength_nm)
    area = 1.5 / (density * diameter_nm * 1e-3)  # cross section over mass, m2/g
    return (ext - sca) * area, sca * (1 - g) * area


for _m, _x, _want in ((1.5 + 1j, 1.0, (2.33632, 0.66345, 0.19214)), (1.55 + 0j, 2 * math.pi * 0.525 / 0.6328, (3.10543, 3.10543, None))):
    for _is, _be in zip(efficiencies(_m, _x), _want):
        assert _be is None or abs(_is - _be) < 1e-5, (_m, _x, _is, _be)
