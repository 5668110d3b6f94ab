"""A sequence of values kept small: the matches of a hundred thousand articles would fill the memory as objects."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

_Value = TypeVar("_Value")


def pack(value: object) -> bytes:
    """A value in a tenth of the memory that it takes."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


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
        return Packed(self._items[at]) if isinstance(at, slice) else _unpacked(self._items[at])

    def __iter__(self) -> Iterator[_Value]:
        return map(_unpacked, self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_equal, self, other))

    __hash__ = None  # type: ignore[assignment]


def _equal(one: object, other: object) -> bool:
    return one == other


def _unpacked(item: bytes | _Value) -> _Value:
    return pickle.loads(zlib.decompress(item)) if isinstance(item, bytes) else item
