# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Pure functions for researchers: colour, skin, dots, time.
from __future__ import annotations

import array
from collections.abc import Iterable, Sequence
from typing import Any

from . import _enums, _smp
from ._context import number
from ._enums import Space
from ._geometry import Vector
from ._smp import Array, Column


def _space(space: str) -> int:
    return number(_enums.SPACE, space, "space")


def floats(values: Any) -> Any:
    """Numbers as contiguous float32."""
    return array.array("f", values.tolist() if hasattr(values, "tolist") else list(values))


def space_decode(space: Space, encoded: float) -> float:
    """Encoded channel value to linear light."""
    value: float = _smp.space_decode(_space(space), encoded)
    return value


def space_encode(space: Space, linear: float) -> float:
    """Linear light to the encoded channel value."""
    value: float = _smp.space_encode(_space(space), linear)
    return value


def rgb_to_xyz(rgb_lin: Sequence[float], space: Space = "srgb") -> Vector:
    """Linear RGB to XYZ; white has Y = 1."""
    xyz: Vector = _smp.rgb_to_xyz(_space(space), rgb_lin)
    return xyz


def xyz_to_rgb(xyz: Sequence[float], space: Space = "srgb") -> Vector:
    """XYZ to linear RGB."""
    rgb: Vector = _smp.xyz_to_rgb(_space(space), xyz)
    return rgb


def xyz_to_lab(xyz: Sequence[float]) -> Vector:
    """CIE L*a*b* against D65."""
    lab: Vector = _smp.xyz_to_lab(xyz)
    return lab


def lab_to_xyz(lab: Sequence[float]) -> Vector:
    """XYZ of a CIE L*a*b* colour."""
    xyz: Vector = _smp.lab_to_xyz(lab)
    return xyz


def delta_e2000(lab1: Sequence[float], lab2: Sequence[float]) -> float:
    """CIEDE2000 colour difference."""
    value: float = _smp.delta_e2000(lab1, lab2)
    return value


def ita_deg(lab: Sequence[float]) -> float:
    """Individual typology angle, degrees."""
    value: float = _smp.ita_deg(lab)
    return value


def dot_profile(
    skin: _smp.Skin | None, column: Column | None, radius_mm: Iterable[float], space: Space = "srgb"
) -> Array:
    """What is seen of a column of pigment: contrast 1 - R/R_bare in R, G, B at each distance from its middle."""
    contrast: Array = _smp.dot_profile(skin, column, _space(space), floats(radius_mm))
    return contrast


def pigment_left(days: float) -> float:
    """The share of the implanted pigment that is left some days after a session, for an average dot."""
    value: float = _smp.pigment_left(days)
    return value
