# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# What a photo says about a scalp, and the treated picture.
from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Unpack

from . import _enums, _smp
from ._context import Context, Progress, handle_of, number, options_of
from ._enums import ScalpMap
from ._fields import LifeFields, ScalpOptionsFields
from ._geometry import Camera, Skin, Vector
from ._image import Image, as_image, as_mask, as_out
from ._plan import Dots, Places, Plan
from ._smp import Array, Life, ScalpOptions


class Rect(NamedTuple):
    """A rectangle of pixels."""

    x: int
    y: int
    width: int
    height: int


class Hairs(NamedTuple):
    """Short hairs, as arrays, and what is typical of them."""

    u_px: Array
    v_px: Array
    x_mm: Array
    y_mm: Array
    z_mm: Array
    length_px: Array
    width_px: Array
    angle_deg: Array
    darkness: Array
    area_cm2: float
    per_cm2: float
    typical_width_mm: float
    typical_length_mm: float
    typical_darkness: float
    rgb: Vector


class Scalp:
    """A photo read once: where pigment may go, the skin, the shine, the sharpness.

    photo: anything that Image() takes; its memory must stay as it is while the scalp and its previews
    are in use. mask: None to look for bare skin, or a picture of the photo's size (also bool, or floats
    of 0 to 1) that says where pigment may go.
    """

    __slots__ = ("_handle", "_photo", "__weakref__")

    def __init__(
        self,
        photo: Any,
        camera: _smp.Camera,
        head: _smp.Head | None = None,
        mask: Any = None,
        options: ScalpOptions | None = None,
        *,
        progress: Progress | None = None,
        context: Context | None = None,
        **fields: Unpack[ScalpOptionsFields],
    ) -> None:
        self._photo = as_image(photo)
        self._handle = _smp.scalp_create(
            handle_of(context), self._photo, camera, head, as_mask(mask),
            options_of(ScalpOptions, options, {**fields}), progress,
        )

    @property
    def photo(self) -> Image:
        return self._photo

    @property
    def camera(self) -> Camera:
        camera = Camera()
        _smp.scalp_camera(self._handle, camera)
        return camera

    @property
    def skin(self) -> Skin:
        """The skin that the photo shows on average."""
        skin = Skin()
        _smp.scalp_skin(self._handle, skin)
        return skin

    @property
    def blur_px(self) -> float:
        """The photo's blur, standard deviation in pixels."""
        value: float = _smp.scalp_blur_px(self._handle)
        return value

    @property
    def light(self) -> Vector:
        """Linear RGB that a white surface in the head's typical light would show; 0 without a scalp."""
        rgb: Vector = _smp.scalp_light(self._handle)
        return rgb

    @property
    def grain(self) -> float:
        """Noise of encoded values, standard deviation, 1 is white."""
        value: float = _smp.scalp_grain(self._handle)
        return value

    @property
    def hairs(self) -> Hairs:
        """The short hairs that were found; none unless find_hairs was set."""
        return Hairs(**_smp.scalp_hairs(self._handle))

    def map(self, kind: ScalpMap) -> Array:
        """A map as rows of floats; its element (j, i) covers step(kind) x step(kind) pixels."""
        found: Array = _smp.scalp_get_map(self._handle, number(_enums.SCALP_MAP, kind, "kind"))[0]
        return found

    def step(self, kind: ScalpMap) -> int:
        """Pixels of the photo for each element of a map."""
        return int(_smp.scalp_get_map(self._handle, number(_enums.SCALP_MAP, kind, "kind"))[1])

    def __repr__(self) -> str:
        return f"<smp.Scalp {self._photo.width} x {self._photo.height}>"


class _Turns:
    """Whose turn it is to use a preview."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy: int | None = None

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        if self._busy == threading.get_ident():
            raise RuntimeError("a preview cannot render from its own progress function")
        with self._lock:
            self._busy = threading.get_ident()
            try:
                yield
            finally:
                self._busy = None


class Preview:
    """A scalp and a plan, everything that does not change with the day worked out.

    Threads may share one: their renders take turns. For renders side by side make several, from the same
    places.
    """

    def __init__(
        self,
        scalp: Scalp,
        plan: Plan,
        *,
        places: Places | None = None,
        progress: Progress | None = None,
        context: Context | None = None,
    ) -> None:
        self._context = handle_of(context)
        self._scalp, self._plan = scalp, plan._handle
        if places is None:
            self._handle = _smp.preview_create(self._context, scalp._handle, self._plan, progress)
        else:
            self._handle = _smp.preview_create_from(
                self._context, scalp._handle, places._handle, self._plan, progress)
        self._dots: Dots | None = None
        self._turn = _Turns().turn

    @property
    def bounds(self) -> Rect:
        """The pixels that any day may change; width 0 when there are none."""
        return Rect(*_smp.preview_bounds(self._handle))

    @property
    def dots(self) -> Dots:
        """The dots that the preview shows: as they are now; copies, which stay when it takes another plan."""
        dots = self._dots
        if dots is None:
            with self._turn():
                dots = self._dots = Dots._of(self._context, self._plan, self._handle, self._turn)
        return dots

    def set_plan(self, plan: Plan, *, progress: Progress | None = None) -> None:
        """Another plan for all renders from now on: the pixels of a new preview of it, in a fraction of the time.

        What does not follow from what has changed stays. A life that set_life() gave stays in place of the
        new plan's. On an error the old plan stays.
        """
        with self._turn():
            _smp.preview_set_plan(self._handle, plan._handle, progress)
            if self._dots is not None:
                self._dots._handle = None
            self._plan, self._dots = plan._handle, None

    def set_life(self, life: Life | None = None, /, **fields: Unpack[LifeFields]) -> None:
        """Another life for all renders from now on: the pixels of a new preview of a plan with it.

        Fields that are left out are the plan's; without any, its life again. Tan and habits cost nothing;
        hair that has grown is placed again, and the bounds may change.
        """
        if fields and life is None:
            life = Life()
            _smp.plan_get_life(self._plan, life)
        with self._turn():
            _smp.preview_set_life(self._handle, options_of(Life, life, {**fields}) if life else None)

    def render(
        self,
        day: float = 60.0,
        region: Sequence[int] | None = None,
        out: Any = None,
        *,
        progress: Progress | None = None,
    ) -> Image:
        """The photo as it looks on a day after the first session, -1 to 36500.

        region: (x, y, width, height) to write only that; the rest of out stays as it was (of a new
        picture: black). out: pixels to write to, of the photo's size and format, as an Image or an array;
        it is what is returned.
        """
        return self._draw(_smp.preview_render, self._scalp._photo.format, day, region, out, progress)

    def layer(
        self,
        day: float = 60.0,
        region: Sequence[int] | None = None,
        out: Any = None,
        *,
        format: str = "rgb16",
        progress: Progress | None = None,
    ) -> Image:
        """The pigment alone: what share of the light it lets through, linear. format: rgb16 or rgbf32."""
        return self._draw(_smp.preview_layer, format, day, region, out, progress)

    def _draw(self, draw: Any, format: str, day: float, region: Sequence[int] | None, out: Any,
              progress: Progress | None) -> Image:
        photo = self._scalp._photo
        image = as_out(out, photo, format)
        if image._span[0] < photo._span[1] and photo._span[0] < image._span[1]:
            raise _smp.ArgumentError("out shares memory with the photo, which must stay as it is: render a copy() of it")
        with self._turn():
            draw(self._handle, day, None if region is None else tuple(region), image, progress)
        return image

    def __repr__(self) -> str:
        return f"<smp.Preview {self._scalp._photo.width} x {self._scalp._photo.height}>"
