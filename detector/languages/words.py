"""Characters and words: how every script is folded and split. Texts, signatures and term weights are built on it.

Case, accents, width, ligatures, curly quotes, NFC or NFD, soft hyphens and zero-width characters make no difference to a
word's key; offsets count characters of the unmodified text. Each character is looked up in ``unicodedata`` once and kept in
tables that the kernels read.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..loops import word_kernels

_UNSPACED = ("HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_UNIT_SCRIPTS = ("CJK", "IDEOGRAPHIC", *_UNSPACED)
APOSTROPHES = frozenset("'’‘‛ʼ＇`´")
_CLASSES = np.zeros(0x110000, np.uint8)
_FOLDS = np.zeros(0x110000, np.int32)
_EXPANSIONS = np.zeros((16_384, 4), np.uint32)  # Unicode has about 12,500 characters that fold to several
_expansions = 0
_learning = threading.Lock()


def _is_dropped_mark(char: str) -> bool:
    """Whether a character is an accent or vowel point; vowel signs, viramas and nuktas make another letter."""
    return unicodedata.category(char) in ("Mn", "Me") and unicodedata.combining(char) not in (0, 7, 8, 9)


def _classify(char: str) -> int:
    category = unicodedata.category(char)
    if char in APOSTROPHES:
        return word_kernels.APOSTROPHE
    if char in ".,":
        return word_kernels.DOT if char == "." else word_kernels.COMMA
    if category == "Cf":
        return word_kernels.INVISIBLE
    if "\ufe00" <= char <= "\ufe0f" or _is_dropped_mark(char):
        return word_kernels.MARK
    if category[0] in "LM":
        name = unicodedata.name(char, "")
        if name.startswith(_UNIT_SCRIPTS):
            if category[0] == "M":
                return word_kernels.MARK
            return word_kernels.UNIT | (word_kernels.UNSPACED if name.startswith(_UNSPACED) else 0)
        return word_kernels.LETTER | (word_kernels.UPPER if category in ("Lu", "Lt") else 0)
    return word_kernels.DIGIT if category[0] == "N" else word_kernels.SEPARATOR


def _fold(char: str) -> int:
    """A character's entry in the fold table, without case, width, ligatures and accents."""
    global _expansions
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = [ord(each) for each in plain if not _is_dropped_mark(each)][: _EXPANSIONS.shape[1]] or [ord(char)]
    if len(kept) == 1 or _expansions == len(_EXPANSIONS):
        return kept[0]
    _EXPANSIONS[_expansions, : len(kept)] = kept
    _expansions += 1
    return -_expansions


def learn(code: int) -> None:
    """Fill the tables for the block of 256 characters around ``code``; texts use few blocks, so this is rare."""
    first = code & ~255
    with _learning:
        for each in range(first, first + 256):
            char = chr(each)
            if _CLASSES[each] == word_kernels.UNKNOWN:
                separates = unicodedata.category(char) == "Cs"
                _FOLDS[each] = each if separates else _fold(char)
                _CLASSES[each] = word_kernels.SEPARATOR if separates else _classify(char)  # last: other threads go by it


def tables() -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.uint32]]:
    """Return ``classes``, ``folds`` and ``expansions`` for the kernels; they fill up with use."""
    if _CLASSES[255] == word_kernels.UNKNOWN:
        learn(0)  # which the kernels take for granted
    return _CLASSES, _FOLDS, _EXPANSIONS


def words(text: str) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64], NDArray[np.uint8]]:
    """The words of a text: ``start``, ``end`` (n,) in characters, ``keys`` (n,) hashes of the folded words, ``flags``.

    >>> start, end, keys, flags = words("The U.S. — the Ünited\\u00adStates")
    >>> ["The U.S. — the Ünited\\u00adStates"[i:j] for i, j in zip(start, end)]
    ['The', 'U.S', 'the', 'Ünited\\xadStates']
    >>> bool(keys[0] == keys[2])
    True
    """
    utf8, (_, size) = encoded([text])
    room = int(size) + word_kernels.ROOM
    places, keys, flags = np.empty((5, room), np.int32), np.empty(room, np.uint64), np.empty(room, np.uint8)
    while (count := word_kernels.words(utf8, size, *tables(), places, keys, flags)) < 0:
        learn(-1 - count)
    start, end = places[0, :count].copy(), places[1, :count].copy()
    if size != len(text):  # bytes to characters: how many characters begin before each byte
        before = np.zeros(size + 1, np.int32)
        np.cumsum((utf8[:size] & 0xC0) != 0x80, out=before[1:])
        start, end = before[start], before[end]
    return start, end, keys[:count].copy(), flags[:count].copy()


@cache
def keys_of(listed: str) -> NDArray[np.uint64]:
    """The sorted keys of words that a text lists."""
    return np.unique(words(listed)[2])


_CYRILLIC, _GREEK = "асԁеһіјорԛѕуԝхАВСЕНІЈКМОРЅТУХ", "αικνορτυχΑΒΕΗΙΚΜΝΟΡΤΥΧΖ"
_LATIN = "acdehijopqsywxABCEHIJKMOPSTYX"
_OTHERS = _CYRILLIC + _GREEK
LOOKALIKES = str.maketrans(_OTHERS, f"{_LATIN}aiknoptuxABEHIKMNOPTYXZ")
"""Latin letters for the Cyrillic and Greek ones that look like them."""
_OF_LATIN = str.maketrans(_LATIN, _CYRILLIC)
# Patterns that begin with one set of letters are searched for several times as fast as alternatives.
_MIXED = re.compile(r"[\u0370-\u052f](?:(?<=[A-Za-z].)|(?=[A-Za-z]))", re.DOTALL)
_LIKE_LATIN = re.compile(rf"(?<!\w)[A-Za-zÀ-ɏ{_OTHERS}]+(?!\w)")
_LIKE_CYRILLIC = re.compile(rf"(?<!\w)(?:[{_LATIN}]|(?=\w*[\u0400-\u04ff])[\u0400-\u04ff{_LATIN}]+)(?!\w)")


def unmasked(text: str) -> str:
    """A text that mixes alphabets within words, with the letters of one for all that look like them.

    This is the alphabet of most letters. Words with other letters of another alphabet are kept as they are.

    >>> unmasked("Stat\u0435s \u0430nd \u0430 C\u0437ech"), unmasked("\u0442a\u043a\u0436e \u0438 B\u043e\u0432a")
    ('States and a C\u0437ech', '\u0442\u0430\u043a\u0436\u0435 \u0438 \u0412\u043e\u0432\u0430')
    """
    if text.isascii() or not _MIXED.search(text):
        return text
    latin, cyrillic = (sum(map(len, re.findall(letters, text))) for letters in ("[A-Za-z]+", r"[\u0400-\u04ff]+"))
    if cyrillic > latin:
        return _LIKE_CYRILLIC.sub(lambda found: found[0].translate(_OF_LATIN), text)
    return _LIKE_LATIN.sub(lambda found: found[0].translate(LOOKALIKES), text)


def spelt_out(
    keys: NDArray[np.uint64], start: NDArray[np.int32], end: NDArray[np.int32], flags: NDArray[np.uint8]
) -> NDArray[np.uint64]:
    """(n,) keys in which each letter of an unspaced script stands for the few that begin with it.

    Any two sentences in Thai share most of their letters, but few sequences of four.
    """
    letters = (flags & word_kernels.LETTER_ALONE) != 0
    if not letters.any():
        return keys
    follows = np.append(letters[1:] & letters[:-1] & (start[1:] == end[:-1]), False)
    result, goes_on = keys.copy(), letters
    for step in range(1, word_kernels.SPELT):
        goes_on = goes_on & np.append(follows[step - 1 :], np.zeros(step - 1, np.bool_))
        at = np.flatnonzero(goes_on)
        result[at] = result[at] * _GOLDEN + keys[at + step]
    return result


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def joined_by(marks: str, text: str, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(n,) bool: words separated from the one before by exactly one character, which is one of ``marks``."""
    joined = np.zeros(len(start), np.bool_)
    near = np.flatnonzero(start[1:] - end[:-1] == 1)
    between = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")[end[near]]
    for mark in marks:
        joined[near + 1] |= between == ord(mark)
    return joined


BATCH_TEXTS = 512  # about 2 MB of news: large enough to make thread overhead negligible, small enough to keep in memory


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in lists of ``BATCH_TEXTS``, reading one list at a time from their source."""
    source = iter(texts)
    while batch := list(islice(source, BATCH_TEXTS)):
        yield batch


def encoded(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return texts as one UTF-8 buffer, padded for the kernels, and the byte offsets of each: (n + 1,)."""
    pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum([len(each) for each in pieces], out=offsets[1:])
    pieces.append(bytes(word_kernels.PADDING))
    return np.frombuffer(bytearray().join(pieces), np.uint8), offsets


def inside(ranges: NDArray[Any], size: int) -> NDArray[np.bool_]:
    """(size,) bool: which places are in one of (r, 2) half-open ranges."""
    result = np.zeros(size, np.bool_)
    for begin, end in ranges.tolist():
        result[begin:end] = True
    return result


def starting_in(ranges: Iterable[tuple[int, int]], start: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(n,) bool: which words begin in one of some ranges of characters; ``start``: (n,), ascending."""
    edges = np.array([*ranges], np.int32).reshape(-1, 2)  # another type would convert all of start
    return inside(np.searchsorted(start, edges), len(start))


def among(values: NDArray[Any], known: NDArray[Any]) -> NDArray[np.bool_]:
    """(n,) bool: which values are among the sorted ``known``."""
    if not len(known):
        return np.zeros(len(values), np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return found


def ascending(values: NDArray[Any]) -> NDArray[Any]:
    """Return the distinct values of (n,) values, sorted; for the words of a text, nine times as fast as ``np.unique``."""
    ordered = np.sort(values)
    differs = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=differs[1:])
    return ordered[differs]


def distinct(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return the distinct values of (n,) values, ascending, and which of them each value is: (t,) uint64 and (n,) int32.

    NumPy sorts, because a compiled sort would take seconds to compile.
    """
    first, which = word_kernels.distinct(values)
    found = values[first]
    order = np.argsort(found)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return found[order], rank[which]
