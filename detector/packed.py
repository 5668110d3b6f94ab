"""Values as JSON, and a sequence that keeps them small: the matches of a hundred thousand articles would fill the memory.

Unpacking gives back what was packed, except what JSON cannot hold: a non-finite figure comes back as NaN, or as ``None``
where the field may be ``None``, and the two halves of a surrogate pair, if a text has them as two characters, as two U+FFFD.
(JSON would join them into one character, and every later offset would be wrong.) Lone surrogates come back unchanged, numpy
numbers as Python numbers.
"""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints, overload

import msgspec
import zstandard

_Value = TypeVar("_Value")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LEVEL = 1  # a third of the size; a higher level takes longer than it saves


def _plain(value: Any) -> Any:
    """A numpy number or array as Python numbers."""
    try:
        return value.tolist()
    except AttributeError:
        raise TypeError(f"no JSON can be made of {type(value).__name__}") from None


_encoder = msgspec.json.Encoder(enc_hook=_plain)


def encoded(value: object) -> bytes:
    """A value as JSON on one line, dataclasses field by field; lone surrogates (file names that are not UTF-8) as escapes.

    >>> encoded({"name": "Zoë", "figure": float("nan")}).decode()
    '{"name":"Zoë","figure":null}'
    """
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        told = json.dumps(msgspec.to_builtins(value, enc_hook=_plain), ensure_ascii=False)
        finite = json.loads(told, parse_constant=lambda _: None)
        line = json.dumps(finite, ensure_ascii=False, separators=(",", ":"))
        return _PAIR.sub("\ufffd\ufffd", line).encode("utf-8", "backslashreplace")


def _decoded(line: bytes, kind: type[_Value]) -> _Value:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError:  # a lone surrogate, or null for a figure
        return msgspec.convert(_with_figures(json.loads(line), kind), kind)


def _with_figures(value: Any, kind: Any) -> Any:
    """Decoded JSON of a ``kind``, with NaN for ``null`` where a float is required."""
    if value is None:
        return math.nan if kind is float else None
    if isinstance(value, list):
        inner, *_ = get_args(kind)
        return [_with_figures(each, inner) for each in value]
    if isinstance(value, dict):
        kinds = _kinds(kind)
        return {name: _with_figures(each, kinds[name]) for name, each in value.items()}
    return value


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields, also of an optional one (``Direction | None``)."""
    return get_type_hints(next((each for each in get_args(kind) if each is not type(None)), kind))


def pack(value: object) -> bytes:
    """A dataclass in a twentieth of its memory."""
    return zstandard.compress(encoded(value), _LEVEL)


def unpack(packed: bytes, kind: type[_Value]) -> _Value:
    """Rebuild what :func:`pack` packed, a value of ``kind``, as far as JSON can hold it."""
    return _decoded(zstandard.decompress(packed), kind)


class Packed(Sequence[_Value]):
    """A sequence of values of one kind, some of them packed and rebuilt on access; equal to any sequence of equal values.

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
        """Whether any value is packed; if none is, a tuple does as well."""
        return any(isinstance(each, bytes) for each in self._items)

    def lines(self) -> Iterator[bytes]:
        """Each value as JSON, as :func:`encoded` makes it, without rebuilding packed values."""
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
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(operator.eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def _whole(self, item: bytes | _Value) -> _Value:
        return unpack(item, self._kind) if isinstance(item, bytes) else item
