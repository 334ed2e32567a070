# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# A synthetic head with known truth.
from __future__ import annotations

from typing import Unpack

from . import _enums, _smp
from ._context import Context, Progress, handle_of, number, options_of
from ._enums import PhantomMap
from ._fields import PhantomOptionsFields
from ._geometry import Camera, Ellipse, Head
from ._image import Image
from ._smp import Array, PhantomOptions


class Phantom:
    """A synthetic head that looks like a photo, with everything about it known."""

    __slots__ = ("_handle", "__weakref__")

    def __init__(
        self,
        options: PhantomOptions | None = None,
        *,
        progress: Progress | None = None,
        context: Context | None = None,
        **fields: Unpack[PhantomOptionsFields],
    ) -> None:
        self._handle = _smp.phantom_create(
            handle_of(context), options_of(PhantomOptions, options, {**fields}), progress
        )

    @property
    def image(self) -> Image:
        return Image._made(self._handle)

    @property
    def camera(self) -> Camera:
        camera = Camera()
        _smp.phantom_camera(self._handle, camera)
        return camera

    @property
    def head(self) -> Head:
        head = Head()
        _smp.phantom_head(self._handle, head)
        return head

    @property
    def ellipse(self) -> Ellipse:
        """The head's outline, as a user would draw it."""
        return Ellipse(*_smp.phantom_ellipse(self._handle))

    def map(self, kind: PhantomMap) -> Array:
        """Known truth, one float a pixel."""
        found: Array = _smp.phantom_get_map(self._handle, number(_enums.PHANTOM_MAP, kind, "kind"))
        return found

    @property
    def hairs(self) -> Array:
        """Rows of x, y, z, length and diameter in mm."""
        found: Array = _smp.phantom_hairs(self._handle)
        return found

    def __repr__(self) -> str:
        return f"<smp.Phantom {self.image.width} x {self.image.height}>"
