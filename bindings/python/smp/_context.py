# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Memory, threads and kernels; and what all the other files share.
from __future__ import annotations

import array
from collections.abc import Callable
from typing import Any, TypeVar, Unpack

from . import _enums, _smp
from ._fields import ContextOptionsFields

# Called with the share done (0 to 1) and a word for the stage; a true answer cancels.
Progress = Callable[[float, str], object]

_T = TypeVar("_T")


class Context:
    """Memory, threads and kernels for the calls that take it. Immutable; share it freely.

    threads: 0 is one per processor; 1 starts none. memory_budget: bytes that may be held at once
    through this context, 0 for no limit: what would need more raises LimitError. isa: the widest
    vector kernels allowed. Results are the same for all choices.
    """

    __slots__ = ("_handle", "__weakref__")

    def __init__(self, threads: int = 0, **fields: Unpack[ContextOptionsFields]) -> None:
        options = _smp.ContextOptions(**fields)
        pool = None if threads == 1 else _smp.pool_create(threads)
        self._handle = _smp.context_create(options, pool)

    @property
    def isa(self) -> str:
        """The kernels in use: "scalar", "v128", "v256" or "v512"."""
        return word(_enums.ISA, _smp.context_isa(self._handle))

    @property
    def memory(self) -> int:
        """Bytes held through this context now."""
        return int(_smp.context_memory(self._handle)[0])

    @property
    def peak_memory(self) -> int:
        """The most bytes that were ever held at once."""
        return int(_smp.context_memory(self._handle)[1])


_default: dict[str, Context] = {}


def default_context() -> Context:
    """The context of calls that are given none: one thread per processor, no memory limit."""
    context = _default.get("context")
    # Two threads may both come here first; setdefault keeps one of their contexts.
    return context or _default.setdefault("context", Context())


def set_default_context(context: Context) -> None:
    """Replaces the default context, for this process: fewer threads, a memory budget."""
    _default["context"] = context


def rows_of(values: Any, code: str, columns: int = 0) -> tuple[Any, int]:
    """Numbers, in rows or flat, as a contiguous buffer of floats ("f") or doubles ("d"); and the columns.

    A buffer of that type is used as it is; anything else is copied. columns 0: whatever there are.
    """
    try:
        view = memoryview(values)
        if view.format == code and view.c_contiguous and view.ndim in (1, 2):
            width = view.shape[-1] if view.ndim == 2 else max(columns, 1)  # type: ignore[index]
            return _checked(values, width, columns)
    except TypeError:
        pass
    rows = values.tolist() if hasattr(values, "tolist") else list(values)
    if rows and not isinstance(rows[0], (int, float)) and hasattr(rows[0], "__len__"):
        widths = {len(row) for row in rows}
        if len(widths) > 1:
            raise _smp.ArgumentError("rows of different lengths")
        return _checked(array.array(code, (float(value) for row in rows for value in row)), widths.pop(), columns)
    return _checked(array.array(code, (float(value) for value in rows)), max(columns, 1), columns)


def grid_of(values: Any) -> Any:
    """A map: float32 of two dimensions as it is, other numbers as a copy."""
    try:
        view = memoryview(values)
        if view.ndim == 2 and view.format == "f" and view.strides and view.strides[1] == 4 and view.strides[0] > 0:
            return values
    except TypeError:
        pass
    flat, columns = rows_of(values, "f")
    count = memoryview(flat).nbytes // 4
    return memoryview(flat).cast("B").cast("f", (count // columns, columns)) if count else flat


def _checked(values: Any, width: int, columns: int) -> tuple[Any, int]:
    if columns and width != columns:
        raise _smp.ArgumentError(f"rows have {width} numbers, want {columns}")
    return values, width


def handle_of(context: Context | None) -> Any:
    return (context or default_context())._handle


def number(words: dict[str, int], value: str, what: str) -> int:
    """The number of an enum's word."""
    if value not in words:
        raise _smp.ArgumentError(f'{what} is "{value}", want one of {", ".join(words)}')
    return words[value]


def word(words: dict[str, int], value: int) -> str:
    return next(name for name, number in words.items() if number == value)


def options_of(cls: Callable[..., _T], options: _T | None, fields: dict[str, Any]) -> _T:
    """A descriptor from one that was given, and single fields that go before it."""
    if options is None:
        return cls(**fields)
    if not fields:
        return options
    copy: _T = options.replace(**fields)  # type: ignore[attr-defined]
    return copy
