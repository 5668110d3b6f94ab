"""A sequence of values kept small: the matches of a hundred thousand articles would fill the memory as objects."""

from __future__ import annotations

import io
import pickle
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import repeat
from operator import attrgetter
from typing import Any, TypeVar, overload

_Value = TypeVar("_Value")


class _Pickler(pickle.Pickler):
    """Dataclasses (frozen, with slots) by their values: what they define themselves takes many times as long."""

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind is _Columns:
            return (_made, (value.kind, value.columns))
        if is_dataclass(value) and not isinstance(value, type):
            columns = tuple((_together(getattr(value, each.name)),) for each in fields(kind))
            return (_one, (kind, columns)) if columns else NotImplemented
        return NotImplemented


class _Columns:
    """Dataclasses of one kind as a column for each field."""

    def __init__(self, kind: type, columns: tuple[tuple[object, ...], ...]) -> None:
        self.kind = kind
        self.columns = columns


def _together(value: Any) -> Any:
    """A tuple of dataclasses of one kind as columns; anything else as it is."""
    if type(value) is not tuple or len(value) < 2 or not is_dataclass(value[0]) or len(set(map(type, value))) > 1:
        return value
    names = [each.name for each in fields(value[0])]
    return _Columns(type(value[0]), tuple(zip(*map(attrgetter(*names), value), strict=True))) if len(names) > 1 else value


@cache
def _setters(kind: type) -> tuple[Callable[[object, object], None], ...]:
    return tuple(kind.__dict__[each.name].__set__ for each in fields(kind))


def _made(kind: type, columns: tuple[tuple[object, ...], ...]) -> tuple[object, ...]:
    made: tuple[object, ...] = tuple(map(object.__new__, repeat(kind, len(columns[0]))))
    for put, column in zip(_setters(kind), columns, strict=True):
        deque(map(put, made, column), maxlen=0)
    return made


def _one(kind: type, columns: tuple[tuple[object, ...], ...]) -> object:
    return _made(kind, columns)[0]


def pack(value: object) -> bytes:
    """A value in a tenth of the memory that it takes."""
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return zlib.compress(out.getbuffer(), 1)


def unpack(packed: bytes) -> Any:
    """The value, made anew."""
    return pickle.loads(zlib.decompress(packed))


class Packed(Sequence[_Value]):
    """Values of which some are packed, and made anew whenever they are asked for; equal to any sequence of the same.

    >>> Packed([pack("one"), "two"])[0]
    'one'
    >>> Packed([pack("one"), "two"]) == ("one", "two")
    True
    """

    def __init__(self, items: Iterable[bytes | _Value]) -> None:
        self._items = tuple(items)

    @property
    def holds_packed(self) -> bool:
        """Whether any value is packed; if none is, a tuple does the same."""
        return any(isinstance(each, bytes) for each in self._items)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> _Value: ...

    @overload
    def __getitem__(self, at: slice) -> Packed[_Value]: ...

    def __getitem__(self, at: int | slice) -> _Value | Packed[_Value]:
        return Packed(self._items[at]) if isinstance(at, slice) else _whole(self._items[at])

    def __iter__(self) -> Iterator[_Value]:
        return map(_whole, self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_equal, self, other))

    __hash__ = None  # type: ignore[assignment]


def _equal(one: object, other: object) -> bool:
    return one == other


def _whole(item: bytes | _Value) -> _Value:
    return unpack(item) if isinstance(item, bytes) else item
