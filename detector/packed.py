"""Values as JSON, and a sequence that keeps them small: the matches of a hundred thousand articles would fill the memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

import msgspec
import zstandard

_Value = TypeVar("_Value")
_encoder = msgspec.json.Encoder()
_LEVEL = 1  # three times as small; a higher one takes longer than it saves


def encoded(value: object) -> bytes:
    """A value as JSON on one line, dataclasses field for field; lone surrogates (names that are no UTF-8) as escapes.

    >>> encoded({"name": "Zoë", "figure": float("nan")}).decode()
    '{"name":"Zoë","figure":null}'
    """
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        plain = json.loads(json.dumps(msgspec.to_builtins(value)), parse_constant=lambda _: None)
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _decoded(line: bytes, kind: type[_Value]) -> _Value:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError:  # a lone surrogate
        return msgspec.convert(json.loads(line), kind)


def pack(value: object) -> bytes:
    """A dataclass in a twentieth of the memory that it takes."""
    return zstandard.compress(encoded(value), _LEVEL)


def unpack(packed: bytes, kind: type[_Value]) -> _Value:
    """The value of :func:`pack`, made anew as the ``kind`` that it was."""
    return _decoded(zstandard.decompress(packed), kind)


class Packed(Sequence[_Value]):
    """Values of one kind of which some are packed, made anew whenever they are asked for; equal to any sequence of the same.

    >>> from .model import Skipped
    >>> one, two = Skipped("one", "empty"), Skipped("two", "too large")
    >>> Packed([pack(one), two], Skipped)[0]
    Skipped(path='one', reason='empty')
    >>> Packed([pack(one), two], Skipped) == (one, two)
    True
    """

    def __init__(self, items: Iterable[bytes | _Value], kind: type[_Value]) -> None:
        self._items = tuple(items)
        self._kind = kind

    @property
    def holds_packed(self) -> bool:
        """Whether any value is packed; if none is, a tuple does the same."""
        return any(isinstance(each, bytes) for each in self._items)

    def lines(self) -> Iterator[bytes]:
        """Each value as JSON, as :func:`encoded` makes it, without making the value."""
        return (zstandard.decompress(each) if isinstance(each, bytes) else encoded(each) for each in self._items)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> _Value: ...

    @overload
    def __getitem__(self, at: slice) -> Packed[_Value]: ...

    def __getitem__(self, at: int | slice) -> _Value | Packed[_Value]:
        return Packed(self._items[at], self._kind) if isinstance(at, slice) else self._whole(self._items[at])

    def __iter__(self) -> Iterator[_Value]:
        return map(self._whole, self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_equal, self, other))

    __hash__ = None  # type: ignore[assignment]

    def _whole(self, item: bytes | _Value) -> _Value:
        return unpack(item, self._kind) if isinstance(item, bytes) else item


def _equal(one: object, other: object) -> bool:
    return one == other
