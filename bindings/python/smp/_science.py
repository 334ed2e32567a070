# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Pure functions for researchers: colour, skin, dots, time.
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Unpack

from . import _enums, _smp
from ._context import Context, handle_of, number, options_of, rows_of
from ._enums import CourseCase, CourseValue, Space
from ._fields import CourseOptionsFields, LayeredOptionsFields, RemovalOptionsFields
from ._geometry import Skin, Vector
from ._plan import Plan
from ._smp import Array, CourseOptions, LayeredOptions, RemovalOptions


def _space(space: str) -> int:
    return number(_enums.SPACE, space, "space")


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


def skin_reflectance(skin: Skin | None = None) -> Array:
    """Diffuse reflectance of bare skin at 380, 390, ... 780 nm."""
    return (skin or Skin()).reflectance()


def skin_color(skin: Skin | None = None, space: Space = "srgb") -> Vector:
    """Linear RGB of bare skin under D65; a white diffuser is (1, 1, 1)."""
    return (skin or Skin()).color(space)


def skin_from_rgb(rgb_lin: Sequence[float], space: Space = "srgb") -> tuple[Skin, float]:
    """The skin whose colour comes nearest to a linear RGB, and the distance that is left, dE*ab."""
    return Skin.from_rgb(rgb_lin, space)


def dot_profile(
    skin: _smp.Skin | None,
    column: _smp.Column | None,
    radius_mm: Iterable[float],
    space: Space = "srgb",
    pigment: _smp.Pigment | None = None,
) -> Array:
    """What is seen of a column of pigment: contrast 1 - R/R_bare in R, G, B at each distance from its middle."""
    contrast: Array = _smp.dot_profile(skin, column, _space(space), rows_of(radius_mm, "f")[0], pigment)
    return contrast


def pigment_left(days: float) -> float:
    """The share of the implanted pigment that is left some days after a session, for an average dot."""
    value: float = _smp.pigment_left(days)
    return value


def layered_reflectance(
    layers: Any,
    stack: int | None = None,
    options: LayeredOptions | None = None,
    *,
    context: Context | None = None,
    **fields: Unpack[LayeredOptionsFields],
) -> tuple[Array, Array]:
    """Reflectance and transmittance of stacks of plane layers, by adding-doubling.

    layers: rows of absorption/mm, scattering/mm, anisotropy, refractive index and thickness in mm, from
    the top down; stack: how many of them make one sample, by default all.
    """
    rows = rows_of(layers, "d", 5)[0]
    count = stack or memoryview(rows).nbytes // 40
    both: tuple[Array, Array] = _smp.layered_reflectance(
        handle_of(context), options_of(LayeredOptions, options, {**fields}), rows, count
    )
    return both


class Course(NamedTuple):
    """A plan's course over time: for people who lose pigment fast (low), as most do, and slowly (high)."""

    days: list[float]
    values: Array
    """(3 cases, days, values); cases and values in the order of the two methods' words"""

    def of(self, value: CourseValue, case: CourseCase = "typical") -> list[float]:
        """One value, day by day."""
        rows = self.values.tolist()[number(_enums.COURSE_CASE, case, "case")]
        column = number(_enums.COURSE_VALUE, value, "value")
        return [row[column] for row in rows]


def fade_course(
    plan: Plan,
    days: Iterable[float],
    skin: _smp.Skin | None = None,
    options: CourseOptions | None = None,
    *,
    context: Context | None = None,
    **fields: Unpack[CourseOptionsFields],
) -> Course:
    """Contrast, colour, coverage, mass and more of treated skin at full density, day by day."""
    when = [float(day) for day in days]
    values = _smp.fade_course(handle_of(context), plan._handle, skin,
                              options_of(CourseOptions, options, {**fields}), rows_of(when, "d")[0])
    return Course(when, values)


def fade_due(
    plan: Plan,
    skin: _smp.Skin | None = None,
    options: CourseOptions | None = None,
    *,
    context: Context | None = None,
    **fields: Unpack[CourseOptionsFields],
) -> dict[CourseCase, float]:
    """The day on which a touch-up is due, for each case; 36500 when it is never due before."""
    due = _smp.fade_due(handle_of(context), plan._handle, skin, options_of(CourseOptions, options, {**fields}))
    return dict(zip(_enums.COURSE_CASE, due))  # type: ignore[return-value]


def laser_sessions(
    pigment: _smp.Pigment | None = None,
    options: RemovalOptions | None = None,
    **fields: Unpack[RemovalOptionsFields],
) -> tuple[int | None, Array]:
    """How many laser sessions clear pigment, None when too many; and the share left after each."""
    sessions, left = _smp.laser_sessions(options_of(RemovalOptions, options, {**fields}), pigment)
    return (None if sessions > len(left) else sessions), left
