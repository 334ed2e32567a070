# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Shades: the catalogue, and which of them match a hair colour on a skin.
from __future__ import annotations

from typing import NamedTuple, Self, Unpack

from . import _enums, _smp
from ._context import number
from ._enums import Space
from ._fields import HairFields
from ._geometry import Pigment, Vector
from ._smp import Array


class Shade(NamedTuple):
    """A pigment in one dilution."""

    number: int
    name: str
    pigment: Pigment
    dose: float
    """What to implant: absorption optical depth at 550 nm"""


class Hair(_smp.Hair):
    """Hair, and how it is worn when shaved."""

    @classmethod
    def named(cls, name: str, **fields: Unpack[HairFields]) -> Self:
        """A typical colour: one of hair_names()."""
        self = cls(**fields)
        _smp.hair_named(name, self)
        return self

    def stubble_color(self, skin: _smp.Skin | None = None, space: Space = "srgb") -> Vector:
        """Colour of shaved skin with such hair, as from a metre: linear RGB."""
        rgb: Vector = _smp.stubble_color(self, skin, number(_enums.SPACE, space, "space"))
        return rgb


def hair_names() -> list[str]:
    """Typical hair colours."""
    names: list[str] = []
    while name := _smp.hair_name(len(names)):
        names.append(name)
    return names


def shade_count() -> int:
    """How many shades the catalogue holds."""
    return int(_smp.shade_count())


def shade(which: int | str) -> Shade:
    """A shade of the catalogue by number or by name, such as "neutral-07"."""
    found = which if isinstance(which, int) else _smp.shade_find(which)
    if found is None:
        raise _smp.ArgumentError(f'there is no shade "{which}"')
    if found < 0:
        raise _smp.RangeError(f"shade is {found}, want [0, {shade_count() - 1}]")
    pigment = Pigment()
    dose: float = _smp.shade_get(found, pigment)
    return Shade(found, _smp.shade_name(found), pigment, dose)


def shade_colors(
    skin: _smp.Skin | None = None, first: int = 0, count: int | None = None, space: Space = "srgb"
) -> Array:
    """Settled colours of fields of full density on a skin, linear RGB: rows for first, first + 1, ..."""
    rows = shade_count() - first if count is None else count
    found: Array = _smp.shade_color(skin or _smp.Skin(), number(_enums.SPACE, space, "space"), first, rows)
    return found


def shade_match(
    hair: _smp.Hair | None = None, skin: _smp.Skin | None = None, count: int = 10
) -> list[tuple[Shade, float]]:
    """The shades that come nearest to a hair colour on a skin, and how near they come, dE00."""
    return [(shade(found), distance) for found, distance in _smp.shade_match(hair, skin, count)]
