# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The head in millimetres, the camera that poses it in a photo, the skin.
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from . import _enums, _smp
from ._context import number
from ._enums import Space
from ._smp import Array

Vector = tuple[float, float, float]


class Ellipse(NamedTuple):
    """An outline in a picture, pixels: centre, half axes, and its turn clockwise in degrees."""

    cx_px: float
    cy_px: float
    rx_px: float
    ry_px: float
    turn_deg: float = 0.0


class Pose(NamedTuple):
    """How a head is turned, degrees: yaw to its own left, pitch lifts the chin, roll leans it clockwise."""

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0


class Head(_smp.Head):
    """Size and shape of a head. It belongs to the plan; photos only pose it."""

    @classmethod
    def from_ellipse(
        cls, ellipse: Sequence[float], pose: Sequence[float] | None = None, head: _smp.Head | None = None
    ) -> Self:
        """A head as tall as its outline in a photo says; the rest stays as in head."""
        self = cls(**head.to_dict()) if head else cls()
        _smp.head_from_ellipse(self, ellipse, pose)
        return self


class Camera(_smp.Camera):
    """Where a head is in a photo."""

    @classmethod
    def from_ellipse(
        cls,
        ellipse: Sequence[float],
        pose: Sequence[float] | None = None,
        head: _smp.Head | None = None,
        px_per_mm: float = 0.0,
    ) -> Self:
        """From the head's outline: crown to chin, side to side above the ears.

        px_per_mm 0: the outline's width is the width of the head.
        """
        self = cls()
        _smp.camera_from_ellipse(self, head, ellipse, pose, px_per_mm)
        return self

    @classmethod
    def from_scale(cls, px_per_mm: float, origin_px: Sequence[float] = (0.0, 0.0)) -> Self:
        """Straight above a flat patch whose corner falls on origin_px."""
        self = cls()
        _smp.camera_from_scale(self, px_per_mm, origin_px)
        return self

    def resized(self, factor: float, left_px: float = 0.0, top_px: float = 0.0) -> Self:
        """The camera of the same photo after scaling, then cutting at (left, top)."""
        copy = self.replace()
        _smp.camera_resize(copy, factor, left_px, top_px)
        return copy

    def project(self, xyz_mm: Sequence[float]) -> tuple[float, float] | None:
        """Head frame to picture; None behind the camera."""
        uv: tuple[float, float] | None = _smp.camera_project(self, xyz_mm)
        return uv

    def unproject(self, uv_px: Sequence[float], head: _smp.Head | None = None) -> tuple[Vector, Vector] | None:
        """The point of the head that is seen at a pixel, and its outward normal; None off the head."""
        found: tuple[Vector, Vector] | None = _smp.camera_unproject(self, head or Head(), uv_px)
        return found


class Skin(_smp.Skin):
    """Skin, as melanin, blood and yellow."""

    @classmethod
    def from_rgb(cls, rgb_lin: Sequence[float], space: Space = "srgb") -> tuple[Self, float]:
        """The skin whose colour comes nearest to a linear RGB, and the distance that is left, dE*ab."""
        self = cls()
        residual: float = _smp.skin_from_rgb(number(_enums.SPACE, space, "space"), rgb_lin, self)
        return self, residual

    def color(self, space: Space = "srgb") -> Vector:
        """Linear RGB under D65; a white diffuser is (1, 1, 1)."""
        rgb: Vector = _smp.skin_color(self, number(_enums.SPACE, space, "space"))
        return rgb

    def reflectance(self) -> Array:
        """Diffuse reflectance at 380, 390, ... 780 nm."""
        values: Array = _smp.skin_reflectance(self)
        return values
