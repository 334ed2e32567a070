# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The head in millimetres, the camera that poses it in a photo, the skin.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self, Unpack

from . import _enums, _smp
from ._context import grid_of, number, options_of, rows_of
from ._enums import Beyond, Landmark, Space
from ._fields import DepthOptionsFields, EstimateOptionsFields, LandmarksFields
from ._smp import Array, CameraFit, DepthOptions, EstimateOptions

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


class Scale(NamedTuple):
    """A scale, and one standard deviation of it, relative."""

    px_per_mm: float
    sigma: float


class Landmarks(_smp.Landmarks):
    """What is known of a face in a photo."""

    @classmethod
    def at(cls, places: Mapping[Landmark, Sequence[float]], **fields: Unpack[LandmarksFields]) -> Self:
        """From named points: {"chin": (u, v), ...}; a third number is how visible the point is, 0 to 1."""
        self = cls(**fields)
        uv, visibility = list(self.uv_px), list(self.visibility)
        for name, place in places.items():
            index = number(_enums.LANDMARK, name, "landmark")
            uv[2 * index : 2 * index + 2] = place[0], place[1]
            visibility[index] = place[2] if len(place) > 2 else 1.0
        self.uv_px, self.visibility = uv, visibility
        return self


class View(NamedTuple):
    """A photo of several of one head: about where the head is in it, and what is known of it."""

    camera: _smp.Camera
    landmarks: _smp.Landmarks | None = None
    outline_px: Any = None


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

    @classmethod
    def from_landmarks(
        cls, landmarks: _smp.Landmarks, head: _smp.Head | None = None, fit: CameraFit | None = None
    ) -> Self:
        """A head of the size and proportions that the landmarks say."""
        self = cls(**head.to_dict()) if head else cls()
        _smp.head_from_landmarks(self, landmarks, fit)
        return self

    @classmethod
    def from_views(
        cls, views: Sequence[View], ties: Any = (), head: _smp.Head | None = None
    ) -> tuple[Self, list[Camera], list[CameraFit]]:
        """One head and all its cameras from several photos of it.

        ties: rows of view, other view, u, v in the first, u, v in the other: points that both show.
        """
        self = cls(**head.to_dict()) if head else cls()
        cameras = [Camera(**view.camera.to_dict()) for view in views]
        fits = [CameraFit() for _ in views]
        edges = [[] if v.outline_px is None else [(float(u), float(w)) for u, w in v.outline_px] for v in views]
        _smp.head_from_views(
            self,
            cameras,
            [view.landmarks for view in views],
            fits,
            rows_of([point for edge in edges for point in edge], "d", 2)[0],
            [len(edge) for edge in edges],
            rows_of(ties, "d", 6)[0],
        )
        return self, cameras, fits

    def landmark(self, name: Landmark) -> Vector:
        """Where a landmark lies on the head, mm."""
        xyz: Vector = _smp.head_landmark(self, number(_enums.LANDMARK, name, "landmark"))
        return xyz


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

    @classmethod
    def from_landmarks(
        cls, landmarks: _smp.Landmarks, head: _smp.Head | None = None, fit: CameraFit | None = None
    ) -> Self:
        """From named landmarks; fit, when given, receives how well they fit."""
        self = cls()
        _smp.camera_from_landmarks(self, head, landmarks, fit)
        return self

    @classmethod
    def from_mesh(
        cls,
        points: Any,
        scale_px: Sequence[float] = (1.0, 1.0),
        head: _smp.Head | None = None,
        landmarks: _smp.Landmarks | None = None,
        fit: CameraFit | None = None,
    ) -> Self:
        """From a face mesh of 468 or 478 rows of u, v and more.

        scale_px: what u and v are multiplied by, the picture's width and height where they run from 0 to 1.
        """
        self = cls()
        rows, columns = rows_of(points, "f")
        _smp.camera_from_mesh(self, head, landmarks, fit, rows, columns, scale_px)
        return self

    @classmethod
    def from_points(
        cls,
        xyz_mm: Any,
        uv_px: Any,
        head: _smp.Head | None = None,
        landmarks: _smp.Landmarks | None = None,
        fit: CameraFit | None = None,
    ) -> Self:
        """From points whose place on the head is known."""
        self = cls()
        _smp.camera_from_points(self, head, landmarks, fit, rows_of(xyz_mm, "d", 3)[0], rows_of(uv_px, "d", 2)[0])
        return self

    @classmethod
    def from_depth(
        cls,
        depth: Any,
        head: _smp.Head | None = None,
        options: DepthOptions | None = None,
        fit: CameraFit | None = None,
        **fields: Unpack[DepthOptionsFields],
    ) -> Self:
        """From a depth map: mm from the camera along its view, 0 or NaN where nothing was measured."""
        self = cls()
        _smp.camera_from_depth(self, head, options_of(DepthOptions, options, {**fields}), fit, grid_of(depth))
        return self

    @classmethod
    def from_normals(
        cls,
        normals: Sequence[Any],
        head: _smp.Head | None = None,
        options: DepthOptions | None = None,
        fit: CameraFit | None = None,
        **fields: Unpack[DepthOptionsFields],
    ) -> Self:
        """From maps of surface normals: three, towards the right, up and the viewer."""
        self = cls()
        maps = [grid_of(plane) for plane in normals]
        _smp.camera_from_normals(self, head, options_of(DepthOptions, options, {**fields}), fit, *maps)
        return self

    @property
    def pose(self) -> Pose:
        """How the head is turned."""
        return Pose(*_smp.camera_pose(self))

    def refined(self, outline_px: Any, head: _smp.Head | None = None, fit: CameraFit | None = None) -> Self:
        """This camera moved a little, so that the head's outline meets that of the skull in the photo."""
        moved = self.replace()
        _smp.camera_refine(moved, head, fit, rows_of(outline_px, "d", 2)[0])
        return moved

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

    @classmethod
    def estimate(
        cls,
        rgb_lin: Sequence[float],
        space: Space = "srgb",
        options: EstimateOptions | None = None,
        **fields: Unpack[EstimateOptionsFields],
    ) -> tuple[Self, float, float]:
        """The most probable skin behind a linear RGB, the exposure, and the distance that is left, dE*ab."""
        self = cls()
        exposure, residual = _smp.skin_estimate(
            number(_enums.SPACE, space, "space"), rgb_lin, options_of(EstimateOptions, options, {**fields}), self
        )
        return self, exposure, residual

    def extrapolates(self) -> set[Beyond]:
        """Which of its numbers lie outside what measured subjects span."""
        bits: int = _smp.skin_extrapolates(self)
        return {name for name, bit in _enums.BEYOND.items() if bits & bit}  # type: ignore[misc]

    def healing(self, days: float, space: Space = "srgb") -> Vector:
        """Colour some days after a session, linear RGB: redder, without its pigment."""
        rgb: Vector = _smp.skin_healing(self, days, number(_enums.SPACE, space, "space"))
        return rgb

    def color(self, space: Space = "srgb") -> Vector:
        """Linear RGB under D65; a white diffuser is (1, 1, 1)."""
        rgb: Vector = _smp.skin_color(self, number(_enums.SPACE, space, "space"))
        return rgb

    def reflectance(self) -> Array:
        """Diffuse reflectance at 380, 390, ... 780 nm."""
        values: Array = _smp.skin_reflectance(self)
        return values


class Pigment(_smp.Pigment):
    """What is in a pigment: shares of its absorption at 550 nm, and titania."""

    @classmethod
    def from_mass(cls, mg_per_cm2: Sequence[float]) -> tuple[Self, float]:
        """The pigment and the dose of given amounts of each component, in the order of the fields."""
        self = cls()
        dose: float = _smp.pigment_from_mass(mg_per_cm2, self)
        return self, dose

    def mass(self, dose: float) -> tuple[float, ...]:
        """How much of each component makes a dose, mg over a cm2 of dot."""
        found: tuple[float, ...] = _smp.pigment_mass(self, dose)
        return found

    def absorption(self) -> Array:
        """Absorption over that at 550 nm, at 380, 390, ... 780 nm."""
        values: Array = _smp.pigment_absorption(self)
        return values

    def scattering(self) -> Array:
        """Reduced scattering over absorption at 550 nm, at the same wavelengths."""
        values: Array = _smp.pigment_scattering(self)
        return values


class Column(_smp.Column):
    """A column of pigment in the skin."""

    @classmethod
    def from_needle(cls, needle_mm: float, depth_mm: float, column: _smp.Column | None = None) -> Self:
        """What a needle leaves; the dose of column is scaled with the height."""
        self = cls(**column.to_dict()) if column else cls()
        _smp.column_from_needle(needle_mm, depth_mm, self)
        return self


class Tone(_smp.Tone):
    """Names that others give to a skin's colour: labels, not measurements."""

    @classmethod
    def from_lab(cls, lab: Sequence[float]) -> Self:
        self = cls()
        _smp.tone_from_lab(lab, self)
        return self


def scale_from_pairs(uv_px: Any, distance_mm: Any, noise_px: float = 0.0) -> Scale:
    """The scale from pairs of points (u, v, u, v) a known distance apart: a ruler."""
    return Scale(*_smp.scale_from_pairs(rows_of(uv_px, "d", 4)[0], rows_of(distance_mm, "d")[0], noise_px))


def scale_from_eyes(iris_px: float = 0.0, pupils_px: float = 0.0) -> Scale:
    """The scale from the diameter of an iris, the distance between the pupils, or both."""
    return Scale(*_smp.scale_from_eyes(iris_px, pupils_px))
