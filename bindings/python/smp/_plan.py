# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The treatment plan, and the dots that follow from it.
from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self, Unpack

from . import _enums, _smp
from ._context import Context, Progress, grid_of, handle_of, number, options_of, rows_of, word
from ._enums import HairlineRule, Landmark, WarningCode
from ._fields import HairlineFields, LifeFields, PatternFields, PlanOptionsFields, ZoneFields
from ._geometry import Head, Pigment
from ._smp import Array, Event, Life, Measures, Pattern, PlanOptions, Session, Zone

_NO_SESSION = _ALL = 0xFFFFFFFF


class Hairline(_smp.Hairline):
    """Where the hairline runs, and how it looks."""

    def place(
        self,
        head: _smp.Head | None = None,
        rule: HairlineRule = "8_cm",
        landmarks_mm: Mapping[Landmark, Sequence[float]] | None = None,
    ) -> None:
        """Sets height_mm by a published rule; landmarks_mm: as measured on this person, all of them."""
        rows = None
        if landmarks_mm is not None:
            rows = rows_of([landmarks_mm[name] for name in _enums.LANDMARK], "d", 3)[0]  # type: ignore[index]
        _smp.hairline_place(head, number(_enums.HAIRLINE_RULE, rule, "rule"), rows, self)


class Warned(NamedTuple):
    """What a senior practitioner would warn of."""

    code: WarningCode
    value: float
    """What was found"""
    limit: float
    """From where on it is warned of"""
    text: str


def plan_presets() -> dict[str, str]:
    """Ready plans, and a sentence on each."""
    return dict(_smp.plan_preset_name(index) for index in range(_smp.plan_preset_count()))


class Plan:
    """Whose head, where pigment goes, how dense, how deep, when. The same JSON document as everywhere.

    What it holds is read with get(), hairline(), sessions() and head(), which return copies, and changed
    with set(), set_hairline() and set_sessions(). A change makes a new plan inside: previews and dots
    that were made before keep theirs, and threads may read while one of them changes.
    """

    __slots__ = ("_handle", "_context", "__weakref__")

    def __init__(
        self,
        head: _smp.Head | None = None,
        options: PlanOptions | None = None,
        *,
        context: Context | None = None,
        **fields: Unpack[PlanOptionsFields],
    ) -> None:
        self._context = handle_of(context)
        self._handle = _smp.plan_create(self._context, head, options_of(PlanOptions, options, {**fields}))

    @classmethod
    def from_preset(cls, name: str, head: _smp.Head | None = None, *, context: Context | None = None) -> Self:
        """A ready plan: one of plan_presets()."""
        self = cls.__new__(cls)
        self._context = handle_of(context)
        self._handle = _smp.plan_from_preset(self._context, name, head)
        return self

    @classmethod
    def from_json(cls, text: str | bytes, *, context: Context | None = None) -> Self:
        """Reads JSON as docs/plan.schema.json describes it."""
        self = cls.__new__(cls)
        self._context = handle_of(context)
        self._handle = _smp.plan_from_json(self._context, text)
        return self

    @classmethod
    def from_dict(cls, document: dict[str, Any], *, context: Context | None = None) -> Self:
        return cls.from_json(json.dumps(document), context=context)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, context: Context | None = None) -> Self:
        with open(path, "rb") as file:
            return cls.from_json(file.read(), context=context)

    def to_json(self) -> str:
        text: str = _smp.plan_to_json(self._context, self._handle)
        return text

    def to_dict(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.to_json())
        return document

    def save(self, path: str | os.PathLike[str]) -> None:
        text = self.to_json()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def _change(self, change: Any, *args: Any) -> Any:
        fresh = _smp.plan_copy(self._context, self._handle)
        result = change(fresh, *args)
        self._handle = fresh
        return result

    def get(self) -> PlanOptions:
        """Seed, density, dose and the like."""
        options = PlanOptions()
        _smp.plan_get(self._handle, options)
        return options

    def set(self, options: PlanOptions | None = None, /, **fields: Unpack[PlanOptionsFields]) -> None:
        """Changes the fields that are named, or all of them to those of options."""
        self._change(_smp.plan_set, options_of(PlanOptions, options or self.get(), {**fields}))

    def head(self) -> Head:
        head = Head()
        _smp.plan_get_head(self._handle, head)
        return head

    def hairline(self) -> Hairline:
        hairline = Hairline()
        _smp.plan_get_hairline(self._handle, hairline)
        return hairline

    def set_hairline(self, hairline: _smp.Hairline | None = None, /, **fields: Unpack[HairlineFields]) -> None:
        self._change(_smp.plan_set_hairline, options_of(_smp.Hairline, hairline or self.hairline(), {**fields}))

    def set_hairline_curve(self, xyz_mm: Iterable[Sequence[float]] | None) -> None:
        """A hairline drawn by hand: points on the head from one side to the other; None takes it away."""
        self._change(_smp.plan_set_hairline_curve, None if xyz_mm is None else rows_of(xyz_mm, "d", 3)[0])

    def sessions(self) -> list[Session]:
        found = [Session() for _ in range(_smp.plan_session_count(self._handle))]
        for index, session in enumerate(found):
            _smp.plan_get_session(self._handle, index, session)
        return found

    def set_sessions(self, sessions: Sequence[Session]) -> None:
        """One to eight, days not falling, shares rising."""
        self._change(_smp.plan_set_sessions, list(sessions))

    def pigment(self, session: int | None = None) -> Pigment:
        """What a session implants; None: the plan's own pigment."""
        pigment = Pigment()
        _smp.plan_get_pigment(self._handle, _NO_SESSION if session is None else session, pigment)
        return pigment

    def set_pigment(self, pigment: _smp.Pigment | None, session: int | None = None) -> None:
        """The pigment of all sessions, or of one; None there: the plan's again."""
        if session is None:
            self._change(_smp.plan_set_pigment, pigment)
        else:
            self._change(_smp.plan_set_session_pigment, session, pigment)

    def event_pigment(self, event: int) -> Pigment:
        """What a touch-up implants, counted from 0: its own pigment, or the plan's."""
        pigment = Pigment()
        _smp.plan_get_event_pigment(self._handle, event, pigment)
        return pigment

    def set_event_pigment(self, pigment: _smp.Pigment | None, event: int) -> None:
        """The pigment of a touch-up; None: the plan's again."""
        self._change(_smp.plan_set_event_pigment, event, pigment)

    def pattern(self) -> Pattern:
        """Which hair is left."""
        pattern = Pattern()
        _smp.plan_get_pattern(self._handle, pattern)
        return pattern

    def set_pattern(self, pattern: Pattern | None = None, /, **fields: Unpack[PatternFields]) -> None:
        self._change(_smp.plan_set_pattern, options_of(Pattern, pattern or self.pattern(), {**fields}))

    def life(self) -> Life:
        """Whose skin it is and how it is lived in."""
        life = Life()
        _smp.plan_get_life(self._handle, life)
        return life

    def set_life(self, life: Life | None = None, /, **fields: Unpack[LifeFields]) -> None:
        self._change(_smp.plan_set_life, options_of(Life, life or self.life(), {**fields}))

    def add_zone(
        self, xyz_mm: Iterable[Sequence[float]], zone: Zone | None = None, /, **fields: Unpack[ZoneFields]
    ) -> int:
        """Adds a zone: a closed polygon on the head (of a strip: its middle line). Its number, from 1."""
        added: int = self._change(_smp.plan_add_zone, options_of(Zone, zone, {**fields}), rows_of(xyz_mm, "d", 3)[0])
        return added

    def set_zone(self, number: int, zone: Zone | None = None, /, **fields: Unpack[ZoneFields]) -> None:
        """Changes a zone's fields; its points stay."""
        self._change(_smp.plan_set_zone, number, options_of(Zone, zone or self.zone(number), {**fields}))

    def clear_zones(self) -> None:
        self._change(_smp.plan_clear_zones)

    def zone(self, number: int) -> Zone:
        """A zone, counted from 1."""
        zone = Zone()
        _smp.plan_get_zone(self._handle, number, zone)
        return zone

    def zone_points(self, number: int) -> Array:
        """The points of a zone, rows of x, y, z in mm."""
        handle = self._handle
        found: Array = _smp.plan_get_zone_points(handle, number, _smp.plan_get_zone(handle, number, Zone()))
        return found

    def zone_count(self) -> int:
        return int(_smp.plan_zone_count(self._handle))

    def zone_at(self, xyz_mm: Sequence[float]) -> int:
        """The zone at a point, counted from 1; 0 outside all."""
        return int(_smp.plan_zone_at(self._handle, xyz_mm))

    def events(self) -> list[Event]:
        """What happens after the sessions."""
        found = [Event() for _ in range(_smp.plan_event_count(self._handle))]
        for index, event in enumerate(found):
            _smp.plan_get_event(self._handle, index, event)
        return found

    def set_events(self, events: Sequence[Event]) -> None:
        """Touch-ups and lasers, days not falling; none takes them away."""
        self._change(_smp.plan_set_events, list(events))

    def set_density_map(self, grid: Any) -> None:
        """Painted density, 0 to 1, times the plan's; None takes it away. On a head: as seen from above."""
        self._change(_smp.plan_set_density_map, None if grid is None else grid_of(grid))

    def set_density_photo(self, grid: Any, camera: _smp.Camera, elsewhere: float = 1.0) -> None:
        """The same painted on a photo, a value per pixel."""
        self._change(_smp.plan_set_density_photo, grid_of(grid), camera, elsewhere)

    def set_obstacles(self, xyz_mm: Any, keep_mm: float = 0.3) -> None:
        """Hairs that are there: no dot comes nearer than keep_mm. None takes them away."""
        self._change(_smp.plan_set_obstacles, None if xyz_mm is None else rows_of(xyz_mm, "f", 3)[0], keep_mm)

    def match_hairs(self, skin: _smp.Skin | None, width_mm: float, darkness: float, blur_mm: float = 0.0) -> None:
        """Sets diameter_mm and dose so that settled dots look like hairs of that width and darkness. For those that
        a scalp found, blur_mm is sqrt(blur_px**2 + 0.58) / px_per_mm."""
        self._change(_smp.plan_match_hairs, skin, width_mm, darkness, blur_mm)

    def obstacle_count(self) -> int:
        return int(_smp.plan_obstacle_count(self._handle))

    def measure(self, zone: int | None = None, group: int | None = None) -> Measures:
        """Area, dots and hours. zone: 0 outside all zones, None everywhere; group: a session, or the number of
        sessions plus an event's index, None all sessions."""
        measures = Measures()
        _smp.plan_measure(self._handle, _ALL if zone is None else zone, _ALL if group is None else group, measures)
        return measures

    def warnings(self, skin: _smp.Skin | None = None) -> list[Warned]:
        """What a senior practitioner would warn of."""
        found = _smp.plan_warnings(self._handle, skin)
        return [Warned(word(_enums.WARNING_CODE, row[0]), *row[1:]) for row in found]  # type: ignore[arg-type]

    def hair(self, xyz_mm: Sequence[float]) -> float:
        """Hairs that the pattern leaves at a point, per cm2."""
        value: float = _smp.plan_hair(self._handle, xyz_mm)
        return value

    def density(self, xyz_mm: Sequence[float]) -> float:
        """Dots per cm2 that the plan wants at a point of the head."""
        value: float = _smp.plan_density(self._handle, xyz_mm)
        return value

    def __eq__(self, other: object) -> bool:
        return self.to_json() == other.to_json() if isinstance(other, Plan) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<smp.Plan {self.get().density_per_cm2:g}/cm2, {self.hairline().style}, " \
               f"{len(self.sessions())} sessions>"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_json, (self.to_json(),)


class Places:
    """The places of a head where dots may go: the slow part of Dots(), the same while a plan is edited.

    For all plans with the same head, seed and regularity that need no more than density_per_cm2 (0: what this
    plan needs).
    """

    __slots__ = ("_handle", "__weakref__")

    def __init__(
        self,
        plan: Plan,
        density_per_cm2: float = 0.0,
        *,
        progress: Progress | None = None,
        context: Context | None = None,
    ) -> None:
        self._handle = _smp.places_create(handle_of(context), plan._handle, density_per_cm2, progress)

    def fit(self, plan: Plan) -> bool:
        """Whether dots of a plan can be made from these places."""
        return bool(_smp.places_fit(self._handle, plan._handle))

    def __len__(self) -> int:
        return int(_smp.places_count(self._handle))

    def __repr__(self) -> str:
        return f"<smp.Places {len(self)}>"


class Dots:
    """The dots of a plan as arrays: numpy.asarray(dots.x_mm) does not copy."""

    x_mm: Array
    y_mm: Array
    z_mm: Array
    nx: Array
    ny: Array
    nz: Array
    diameter_mm: Array
    top_mm: Array
    height_mm: Array
    dose: Array
    session: Array
    zone: Array
    group: Array
    id: Array

    def __init__(
        self,
        plan: Plan,
        places: Places | None = None,
        *,
        progress: Progress | None = None,
        context: Context | None = None,
    ) -> None:
        handle, made = handle_of(context), plan._handle
        if places is None:
            owner = _smp.dots_create(handle, made, progress)
        else:
            owner = _smp.dots_create_from(handle, places._handle, made, progress)
        self._fill(handle, made, owner)

    @classmethod
    def _of(cls, context: Any, plan: Any, owner: Any, turn: Any) -> Self:
        self = cls.__new__(cls)
        self._fill(context, plan, owner, turn)
        return self

    def _fill(self, context: Any, plan: Any, owner: Any, turn: Any = contextlib.nullcontext) -> None:
        self._context, self._plan, self._handle, self._turn = context, plan, owner, turn
        self.__dict__.update(_smp.dots_arrays(owner))

    def _owner(self) -> Any:
        if self._handle is None:
            raise RuntimeError("the preview of these dots has taken another plan since")
        return self._handle

    def arrays(self) -> dict[str, Array]:
        """All arrays by name."""
        return {name: array for name, array in self.__dict__.items() if not name.startswith("_")}

    def age(self, day: float) -> tuple[Array, Array]:
        """What is left of each dot on a day: dose, and spread in mm (standard deviation per axis)."""
        with self._turn():
            both: tuple[Array, Array] = _smp.dots_age(self._context, self._plan, self._owner(), day)
        return both

    def left(self, day: float) -> tuple[Array, Array]:
        """What is there in each dot, whatever covers it: its mass, and the share left of each component."""
        with self._turn():
            both: tuple[Array, Array] = _smp.dots_left(self._context, self._plan, self._owner(), day)
        return both

    def __len__(self) -> int:
        return len(self.id)

    def __repr__(self) -> str:
        return f"<smp.Dots {len(self)}>"
