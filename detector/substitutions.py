"""Names and numbers that stand for others where two documents say the same: respelt, recounted, or exchanged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from .changes import RESPELT, RESPELT_ANYWHERE, alike, sort_of
from .document import Document, once_a_document
from .language import function_keys
from .mentions import Phrases, keys_of, mentions_in
from .model import FactKind
from .stems import stems_of
from .words import among

if TYPE_CHECKING:
    from numpy.typing import NDArray


_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_UNDECLINED = frozenset(("da", "de", "en", "es", "fr", "it", "nl", "no", "pt", "sv"))
"""Languages whose names keep their last vowel in every case."""


def substitutions(
    a: Document,
    b: Document,
    kind: FactKind,
    spans: NDArray[np.int64],
    close: NDArray[np.bool_],
    only_a: Collection[int],
    only_b: Collection[int],
) -> list[tuple[int, int]]:
    """Find names or numbers replaced by others where both texts say the same: pairs of places among each text's phrases.

    ``spans``: (s, 4), ranges of words where they do, most certain first; ``close``: (s,) bool, in one wording.
    ``only_a``, ``only_b``: phrases of one text alone. Numbers are paired in order if both sides have as many of a sort that
    the other side lacks; a number that the other text has elsewhere, only if both stand before the same word, which it has
    not elsewhere, or if two numbers have changed places. Names are paired if they are spelt alike, and days of the week.
    """
    pairs: list[tuple[int, int]] = []
    crossed: dict[tuple[int, int], tuple[int, int, bool]] = {}
    done_a, done_b = set[int](), set[int]()
    here, there = mentions_in(a).phrases[kind], mentions_in(b).phrases[kind]
    (in_a, alone_a), (in_b, alone_b) = _mentions(here, spans[:, :2], only_a), _mentions(there, spans[:, 2:], only_b)
    if kind == "name":
        told = (alone_a > 0) & (alone_b > 0)
    else:
        told = (np.diff(in_a) > 0)[:, 0] & (np.diff(in_b) > 0)[:, 0]
        told &= (alone_a + alone_b > 0) | (close & _ordered_otherwise(here, in_a, there, in_b, told & close))
    for at in np.flatnonzero(told).tolist():
        every_a, every_b = _first(here, range(*in_a[at])), _first(there, range(*in_b[at]))
        left = [at for phrase, at in every_a.items() if phrase not in every_b and here.which[at] not in done_a]
        right = [at for phrase, at in every_b.items() if phrase not in every_a and there.which[at] not in done_b]
        if kind == "name":
            declined = a.language not in _UNDECLINED
            names = _respelt(here, left, there, right, declined)
            found: Iterable[tuple[int, int]] = chain(names, _redated(a, left, b, right))
        else:
            found = _recounted(a, list(every_a.values()), left, b, list(every_b.values()), right)
        for at_a, at_b in found:
            one, other = int(here.which[at_a]), int(there.which[at_b])
            if here.hashes[one] == there.hashes[other] or one in done_a or other in done_b:
                continue
            counting = (a, here.mentions[at_a]), (b, there.mentions[at_b])
            nouns = [_counted(*each) if kind == "number" else set() for each in counting]
            counted = nouns[0] & nouns[1]
            counted_there = _counts(b).get(int(here.hashes[one]), set()) | _counts(a).get(int(there.hashes[other]), set())
            if (one in only_a and other in only_b) or (counted - counted_there):
                pairs.append((one, other))
                done_a.add(one)
                done_b.add(other)
            if close[at] and kind == "number":
                led_alike = _led_alike(a, here.mentions[at_a], b, there.mentions[at_b])
                held = bool(counted) or (led_alike and not all(nouns))
                crossed.setdefault((int(here.hashes[one]), int(there.hashes[other])), (one, other, held))
    for (of_a, of_b), (one, other, held) in crossed.items():
        back = crossed.get((of_b, of_a))
        if back and (held or back[2]) and one not in done_a and other not in done_b:
            pairs.append((one, other))
    return pairs


def _ordered_otherwise(
    here: Phrases, in_a: NDArray[np.int64], there: Phrases, in_b: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(s,) bool: of the ranges ``wanted``, those whose mentions ``in_a`` and ``in_b`` are not the same in the same order."""
    result = np.zeros(len(wanted), np.bool_)
    of_a, of_b = here.hashes[here.which], there.hashes[there.which]
    for at in np.flatnonzero(wanted).tolist():
        result[at] = not np.array_equal(of_a[slice(*in_a[at])], of_b[slice(*in_b[at])])
    return result


def _mentions(
    phrases: Phrases, ranges: NDArray[np.int64], only: Collection[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The mentions inside each of (s, 2) ranges of words, as (s, 2) ranges, and (s,) how many are in ``only``."""
    first = np.searchsorted(phrases.mentions[:, 0], ranges[:, 0])
    last = np.maximum(np.searchsorted(phrases.mentions[:, 1], ranges[:, 1], side="right"), first)
    which = np.zeros(len(phrases.told), np.int64)
    which[list(only)] = 1
    alone = np.concatenate([[0], np.cumsum(which[phrases.which])])
    return np.stack([first, last], axis=1), alone[last] - alone[first]


def _first(phrases: Phrases, mentions: range) -> dict[int, int]:
    """The first of the mentions of each phrase, by the phrase's hash."""
    found: dict[int, int] = {}
    for at in mentions:
        found.setdefault(int(phrases.hashes[phrases.which[at]]), at)
    return found


def _recounted(
    a: Document, every_a: list[int], left: list[int], b: Document, every_b: list[int], right: list[int]
) -> Iterator[tuple[int, int]]:
    """Pair numbers of one sort: by their places, where both sides have as many of it, or else the only two that differ.

    ``every_*``: all mentions of a side; ``left``, ``right``: those that the other side lacks.
    """
    of_a, of_b = {at: _sort(a, at) for at in every_a}, {at: _sort(b, at) for at in every_b}
    for sort in dict.fromkeys(of_a.values()):
        ones, others = ([at for at, each in of.items() if each == sort] for of in (of_a, of_b))
        if len(ones) != len(others):
            ones, others = ([at for at in ats if at in apart] for ats, apart in ((ones, left), (others, right)))
            if not len(ones) == len(others) == 1:
                continue
        yield from zip(ones, others, strict=True)


def _sort(document: Document, at: int) -> str:
    """Return what a number denotes: a sum, a share, an hour, a day, a year, a score, part of a name, or just a number."""
    phrases = mentions_in(document).phrases["number"]
    told, first = phrases.told[phrases.which[at]], int(phrases.mentions[at, 0])
    if found := sort_of(told):
        return found
    named = first and document.names[first - 1] and document.start[first] - document.end[first - 1] == 1
    return "name" if named else ""  # Channel 24


def _respelt(
    here: Phrases, left: list[int], there: Phrases, right: list[int], declined: bool
) -> Iterator[tuple[int, int]]:
    """Pair names that are spelt nearly alike, each being the other's closest match."""
    told = [here.told[here.which[x]] for x in left], [there.told[there.which[y]] for y in right]
    like = {
        (x, y): alike(one, other, declined=declined)
        for x, one in zip(left, told[0], strict=True)
        for y, other in zip(right, told[1], strict=True)
    }
    yield from _closest(like, RESPELT)


def _closest(like: Mapping[tuple[int, int], float], least: float) -> Iterator[tuple[int, int]]:
    """The pairs that are each other's closest match, and close enough."""
    for (x, y), ratio in like.items():
        rivals = (other for (one, two), other in like.items() if (one == x) != (two == y))
        if ratio >= least and ratio > max(rivals, default=0.0):
            yield x, y


def _redated(a: Document, left: list[int], b: Document, right: list[int]) -> Iterator[tuple[int, int]]:
    """Pair the days of the week, where each side has one."""
    days = []
    for document, mentions in ((a, left), (b, right)):
        at = np.array(mentions, np.int64)
        first = mentions_in(document).phrases["name"].mentions[at, 0]
        days.append(at[among(document.keys[first], keys_of(_WEEKDAYS))].tolist())
    if len(days[0]) == len(days[1]) == 1:
        yield days[0][0], days[1][0]


def _counted(document: Document, mention: NDArray[np.int64]) -> set[int]:
    """The stem of the word behind a mention, if it is no function word: what is counted, for the most part."""
    at = mention[1:][mention[1:] < len(document.stems)]
    return set(document.stems[at[~among(document.keys[at], function_keys())]].tolist())


def _led_alike(a: Document, one: NDArray[np.int64], b: Document, other: NDArray[np.int64]) -> bool:
    """Whether the last two words before both mentions are the same."""
    before = [document.stems[max(at[0] - 2, 0) : at[0]] for document, at in ((a, one), (b, other))]
    return len(before[0]) > 0 and np.array_equal(before[0], before[1])


def respelt(only_a: Mapping[int, str], only_b: Mapping[int, str], language: str) -> Iterator[tuple[int, int]]:
    """Pair names of one text alone that are spelt almost alike, wherever they stand: by place among each text's phrases."""
    letters: dict[str, list[int]] = {}
    for at, each in only_b.items():
        if len(each) >= _LETTERS:
            letters.setdefault(each[:2], []).append(at)
    near = [(x, y) for x, each in only_a.items() if len(each) >= _LETTERS for y in letters.get(each[:2], ())]
    near = [(x, y) for x, y in near if abs(len(only_a[x]) - len(only_b[y])) <= 2]
    declined = language not in _UNDECLINED
    like = {(x, y): alike(only_a[x], only_b[y], declined=declined) for x, y in near}
    yield from _closest(like, RESPELT_ANYWHERE)


_LETTERS = 6


@once_a_document
def _counts(document: Document) -> dict[int, set[int]]:
    """What each number counts anywhere in a text: stems by the number's hash."""
    found: dict[int, set[int]] = {}
    phrases = mentions_in(document).phrases["number"]
    for mention, which in zip(phrases.mentions, phrases.which.tolist(), strict=True):
        found.setdefault(int(phrases.hashes[which]), set()).update(_counted(document, mention))
    return found


@once_a_document
def _few(document: Document) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.uint64]]:
    """English numbers from two to twelve before what they count: their places (k,), their stems and those of the counted.

    In words they are no facts by themselves, as "two" is in two sides; before one noun in both texts they may differ.
    """
    at = np.flatnonzero(among(document.stems[:-1], _few_stems()) & document.body[:-1] & (document.language == "en"))
    at = at[~among(document.keys[at + 1], function_keys()) & (document.start[at + 1] - document.end[at] == 1)]
    return at, document.stems[at], document.stems[at + 1]


@cache
def _few_stems() -> NDArray[np.uint64]:
    return np.unique(stems_of([str(each) for each in range(2, 13)], "en"))


def few_recounted(a: Document, b: Document, spans: NDArray[np.int64]) -> Iterator[tuple[str, str]]:
    """Small numbers in words that differ before the same word in one of (s, 4) ranges where both texts say the same."""
    (at_a, stem_a, noun_a), (at_b, stem_b, noun_b) = _few(a), _few(b)
    if not len(at_a) or not len(at_b):
        return
    every_a = {*zip(stem_a.tolist(), noun_a.tolist(), strict=True)}
    every_b = {*zip(stem_b.tolist(), noun_b.tolist(), strict=True)}
    edges = np.hstack([np.searchsorted(at_a, spans[:, :2]), np.searchsorted(at_b, spans[:, 2:])])
    for (first_a, last_a, first_b, last_b), span in zip(edges.tolist(), spans.tolist(), strict=True):
        of_b = {noun: at for at, noun in enumerate(noun_b[first_b:last_b].tolist(), start=first_b)}
        for one, noun in enumerate(noun_a[first_a:last_a].tolist(), start=first_a):
            other = of_b.get(noun)
            if other is None or (int(stem_a[one]), noun) in every_b or (int(stem_b[other]), noun) in every_a:
                continue
            if stem_b[other] in a.stems[slice(*span[:2])] or stem_a[one] in b.stems[slice(*span[2:])]:
                continue  # two of the three sides
            if not (a.numbers[at_a[one]] and b.numbers[at_b[other]]):  # two in digits are facts of their own
                yield _word(a, int(at_a[one])), _word(b, int(at_b[other]))


def _word(document: Document, at: int) -> str:
    return document.article.text[document.start[at] : document.end[at]]
