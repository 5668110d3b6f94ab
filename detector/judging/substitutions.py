"""Names and numbers that stand for others where two documents say the same: respelt, recounted, or exchanged."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..document import Document, once_a_document
from ..languages.changes import RESPELT, RESPELT_ANYWHERE, alike, of_one_order, sort_of, worked_out
from ..languages.language import function_keys
from ..languages.number_words import SMALL
from ..languages.stems import NUMBERS, stems_of
from ..languages.words import among, keys_of
from .mentions import Phrases, mentions_in, written_in

if TYPE_CHECKING:
    from numpy.typing import NDArray


_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_UNDECLINED = frozenset(("da", "de", "en", "es", "fr", "it", "nl", "no", "pt", "sv"))
"""Languages whose names keep their last vowel in every case."""


@dataclass(frozen=True, slots=True, eq=False)
class _Numbers:
    """The mentions of numbers in a text, in order: their words, hashes, sorts, and the stem of what each counts, or 0."""

    told: list[str]
    hashes: list[int]
    sorts: list[str]
    nouns: list[int]
    counted: dict[int, set[int]]
    """The nouns that a number, by hash, counts anywhere in the text."""
    ranks: Set[int]
    counts: Set[int]
    """The numbers, by hash, that are told as ranks wherever they stand, and those that never are."""


@once_a_document
def _numbers(document: Document) -> _Numbers:
    phrases = mentions_in(document).phrases["number"]
    first, end = phrases.mentions.T
    noun = np.where(end < len(document.stems), end, 0)
    counting = (end < len(document.stems)) & ~among(document.keys[noun], function_keys())
    counting &= document.start[noun] - document.end[end - 1] == 1
    nouns = np.where(counting, document.stems[noun], 0).tolist()
    named = (first > 0) & document.names[first - 1] & (document.start[first] - document.end[first - 1] == 1)  # Channel 24
    hashes = phrases.hashes[phrases.which].tolist()
    told = [phrases.told[which] for which in phrases.which.tolist()]
    sorts = [sort_of(each) or ("name" if in_name else "") for each, in_name in zip(told, named.tolist(), strict=True)]
    counted: dict[int, set[int]] = {}
    ranks, counts = set[int](), set[int]()
    for each, stem, form in zip(hashes, nouns, written_in(document, first, end - 1), strict=True):
        counted.setdefault(each, set()).update((stem,) if stem else ())
        (ranks if sort_of(form) == "rank" else counts).add(each)
    return _Numbers(told, hashes, sorts, nouns, counted, ranks - counts, counts - ranks)


def others(one: Document, other: Document) -> list[int]:
    """The number phrases of one text of which it has ranks alone, and the other counts of something else, or the reverse.

    12th, 12 goals. A rank and a count of one noun may be one, or of a time: the 78th minute, after 78 minutes; his 90th
    birthday, 90 years.
    """
    of_one, of_other = _numbers(one), _numbers(other)
    found = set[int]()
    for of_ranks, of_counts in ((of_one, of_other), (of_other, of_one)):
        for each in of_ranks.ranks & of_counts.counts:
            counted = of_counts.counted[each]
            if counted and counted.isdisjoint(of_ranks.counted[each] | _times(one.language)):
                found.add(each)
    hashes = mentions_in(one).phrases["number"].hashes.tolist() if found else ()
    return [at for at, each in enumerate(hashes) if each in found]


class _Crossed(NamedTuple):
    """Two numbers in one place of a range: their places among the phrases, their words, and the range in both texts."""

    phrases: tuple[int, int]
    places: tuple[int, int]
    span: tuple[int, ...]


def recounted(
    a: Document,
    b: Document,
    spans: NDArray[np.int64],
    close: NDArray[np.bool_],
    only_a: Set[int],
    only_b: Set[int],
    least: int,
) -> list[tuple[int, int]]:
    """Find numbers replaced by others where both texts say the same: pairs of places among each text's phrases.

    ``spans``: (s, 4), ranges of words where they do, most certain first; ``close``: (s,) bool, in one wording.
    ``only_a``, ``only_b``: phrases of one text alone. In one wording, numbers are paired in order if both sides have as many
    of a sort that the other side lacks; a number that the other text has elsewhere, only if both stand before the same
    word, which it has not elsewhere, or if two numbers have changed places. In other words they are paired by the words
    around them, of which ``least`` must be the same.
    """
    pairs: list[tuple[int, int]] = []
    crossed: dict[tuple[int, int], _Crossed] = {}
    done_a, done_b = set[int](), set[int]()
    settled_a, settled_b = set[int](), set[int]()  # mentions in one wording, whose counterparts are there or nowhere
    here, there = mentions_in(a).phrases["number"], mentions_in(b).phrases["number"]
    of_a, of_b = _numbers(a), _numbers(b)
    edges = np.hstack([_inside(here, spans[:, :2]), _inside(there, spans[:, 2:])])
    ranges = map(tuple, spans.tolist())
    for inside, in_one_wording, span in zip(edges.tolist(), close.tolist(), ranges, strict=True):
        first_a, last_a, first_b, last_b = inside
        in_a, in_b = of_a.hashes[first_a:last_a], of_b.hashes[first_b:last_b]
        if not in_a or not in_b or in_a == in_b:
            continue
        which_a, which_b = here.which[first_a:last_a].tolist(), there.which[first_b:last_b].tolist()
        if not in_one_wording and only_a.isdisjoint(which_a) and only_b.isdisjoint(which_b):
            continue
        every_a, every_b = _first(in_a, first_a), _first(in_b, first_b)
        left, right = _lacking(here, every_a, every_b, done_a), _lacking(there, every_b, every_a, done_b)
        if in_one_wording:
            settled_a.update(left)
            settled_b.update(right)
            found = [*_by_sort(of_a.sorts, every_a.values(), left, of_b.sorts, every_b.values(), right)]
        else:
            left, right = [at for at in left if at not in settled_a], [at for at in right if at not in settled_b]
            found = [*_beside_the_same(a, b, inside, left, right, span, least)]
        for at_a, at_b in found:
            one, other = int(here.which[at_a]), int(there.which[at_b])
            hashes = of_a.hashes[at_a], of_b.hashes[at_b]
            if hashes[0] == hashes[1] or one in done_a or other in done_b:
                continue
            both = one in only_a and other in only_b
            if both or (in_one_wording and _of_one_noun(of_a, at_a, of_b, at_b)):
                pairs.append((one, other))
                done_a.add(one)
                done_b.add(other)
            if in_one_wording:
                places = int(here.mentions[at_a, 0]), int(there.mentions[at_b, 0])
                crossed.setdefault(hashes, _Crossed((one, other), places, span))
    exchanged = _exchanged(a, b, crossed)
    return pairs + [(one, other) for one, other in exchanged if one not in done_a and other not in done_b]


def _beside_the_same(
    a: Document, b: Document, edges: list[int], left: list[int], right: list[int], span: tuple[int, ...], least: int
) -> Iterator[tuple[int, int]]:
    """Pair mentions of one sort, each with the one around which most words are the same, ``least`` of them or more.

    The word for what both count is two of them. Where one is enough, none need be the same around the only sum, or the only
    share, of either side. ``edges``: the mentions inside the ``span``; ``left``, ``right``: those that the other side lacks.
    A number that can be worked out from the other side is no change: 550 votes to 500, 50 ahead.
    """
    of_a, of_b = _numbers(a), _numbers(b)
    around_a = {at: _around(a, at, *span[:2]) for at in left}
    around_b = {at: _around(b, at, *span[2:]) for at in right}
    like: dict[tuple[int, int], float] = {}
    for x, y in product(left, right):
        same = len(around_a[x] & around_b[y]) + (of_a.nouns[x] == of_b.nouns[y] != 0)
        if of_a.sorts[x] == of_b.sorts[y] and same:
            like[x, y] = same
    told_a, told_b = of_a.told[slice(*edges[:2])], of_b.told[slice(*edges[2:])]
    alone = _alone_of_sort(of_a, edges[:2], left, of_b, edges[2:], right) if least == 1 else ()
    for x, y in dict.fromkeys((*_closest(like, least), *alone)):
        one, another, of_one_noun = of_a.told[x], of_b.told[y], of_a.nouns[x] == of_b.nouns[y] != 0
        if of_one_noun or not (worked_out(one, another, told_b) or worked_out(another, one, told_a)):
            yield x, y


def _alone_of_sort(
    of_a: _Numbers, edges_a: list[int], left: list[int], of_b: _Numbers, edges_b: list[int], right: list[int]
) -> Iterator[tuple[int, int]]:
    """Pair the sums, and the shares, that are alone of their sort in a range of either text, and of one order."""
    for sort in ("sum", "share"):
        one = [at for at in range(*edges_a) if of_a.sorts[at] == sort]
        other = [at for at in range(*edges_b) if of_b.sorts[at] == sort]
        if len(one) != 1 or len(other) != 1 or one[0] not in left or other[0] not in right:
            continue
        if of_one_order(of_a.told[one[0]], of_b.told[other[0]]):
            yield one[0], other[0]


_AROUND = 6  # words


def _around(document: Document, mention: int, begin: int, end: int) -> set[int]:
    """The stems near a number, in a range of words, without function words, names and numbers."""
    first, last = mentions_in(document).phrases["number"].mentions[mention].tolist()
    at = np.arange(max(begin, first - _AROUND), min(end, last + _AROUND))
    at = at[~(document.numbers[at] | document.names[at] | among(document.keys[at], function_keys()))]
    return set(document.stems[at].tolist())


def _of_one_noun(of_a: _Numbers, at_a: int, of_b: _Numbers, at_b: int) -> bool:
    """Whether two numbers count one thing, which neither of them counts anywhere in the other text."""
    noun = of_a.nouns[at_a]
    if not noun or noun != of_b.nouns[at_b]:
        return False
    return noun not in of_b.counted.get(of_a.hashes[at_a], ()) and noun not in of_a.counted.get(of_b.hashes[at_b], ())


def _exchanged(a: Document, b: Document, crossed: Mapping[tuple[int, int], _Crossed]) -> Iterator[tuple[int, int]]:
    """The numbers that changed places, each standing where the other stood; ``crossed``: by both hashes."""
    alike: dict[tuple[int, int], tuple[int, int]] = {}
    for (x, y), each in crossed.items():
        if (y, x) in crossed and _stand_alike(_anchors(a, b, each.span, a.numbers, b.numbers), *each.places):
            alike[x, y] = each.phrases
    return (phrases for (x, y), phrases in alike.items() if (y, x) in alike)


def _anchors(
    a: Document, b: Document, span: tuple[int, ...], but_a: NDArray[np.bool_], but_b: NDArray[np.bool_]
) -> tuple[list[int], list[int]]:
    """The places in both texts of the words that stand once in both of two ranges, without those ``but`` marks."""
    sides: list[dict[int, int]] = []
    for document, but, (begin, end) in ((a, but_a, span[:2]), (b, but_b, span[2:])):
        at = [place for place in range(begin, end) if not but[place]]
        stems = document.stems[at].tolist()
        times = Counter(stems)
        sides.append({stem: place for stem, place in zip(stems, at, strict=True) if times[stem] == 1})
    shared = [stem for stem in sides[0] if stem in sides[1]]
    return [sides[0][stem] for stem in shared], [sides[1][stem] for stem in shared]


def _stand_alike(anchors: tuple[list[int], list[int]], one: int, other: int) -> bool:
    """Whether two words stand between the same anchors, all of which come in one order: one was put for the other.

    Where others have moved, the two moved with them: 45 seats and 38 seats of two parties, named the other way round.
    """
    here, there = anchors
    return len(here) >= _ANCHORS and there == sorted(there) and bisect(here, one) == bisect(there, other)


_ANCHORS = 4  # words in one order from which nothing else has moved


def renamed(
    a: Document, b: Document, spans: NDArray[np.int64], close: NDArray[np.bool_], only_a: Set[int], only_b: Set[int]
) -> list[tuple[int, int]]:
    """Find names of one text alone that are replaced where both texts say the same: pairs of places among the phrases.

    They are spelt nearly alike or, in one wording (``close``), the only days of the week, or the only names that differ.
    """
    pairs: list[tuple[int, int]] = []
    if not only_a or not only_b:
        return pairs
    done_a, done_b = set[int](), set[int]()
    here, there = mentions_in(a).phrases["name"], mentions_in(b).phrases["name"]
    of_a, of_b = here.hashes[here.which].tolist(), there.hashes[there.which].tolist()
    in_a, in_b = _inside(here, spans[:, :2]), _inside(there, spans[:, 2:])
    told = (_alone(here, in_a, only_a) > 0) & (_alone(there, in_b, only_b) > 0)
    edges = np.hstack([in_a, in_b])[told].tolist()
    ranges = map(tuple, spans[told].tolist())
    for (first_a, last_a, first_b, last_b), in_one_wording, span in zip(edges, close[told].tolist(), ranges, strict=True):
        every_a, every_b = _first(of_a[first_a:last_a], first_a), _first(of_b[first_b:last_b], first_b)
        left, right = _lacking(here, every_a, every_b, done_a), _lacking(there, every_b, every_a, done_b)
        found = _respelt_or_redated(a, left, b, right, in_one_wording)
        if not found and in_one_wording and len(left) == len(right) == 1:
            found = [(left[0], right[0])] if _was_put_for(a, left[0], b, right[0], span) else []
        for at_a, at_b in found:
            one, other = int(here.which[at_a]), int(there.which[at_b])
            if one in only_a and other in only_b and one not in done_a and other not in done_b:
                pairs.append((one, other))
                done_a.add(one)
                done_b.add(other)
    return pairs


def _respelt_or_redated(
    a: Document, left: list[int], b: Document, right: list[int], in_one_wording: bool
) -> list[tuple[int, int]]:
    """Pair mentions of names that are spelt nearly alike or, in one wording, are the only days of the week."""
    here, there = mentions_in(a).phrases["name"], mentions_in(b).phrases["name"]
    declined = a.language not in _UNDECLINED
    forms_a, forms_b = ({at: each.told[each.which[at]] for at in ats} for each, ats in ((here, left), (there, right)))
    like = {(x, y): alike(one, other, declined=declined) for x, one in forms_a.items() for y, other in forms_b.items()}
    return [*_closest(like, RESPELT), *(_redated(a, left, b, right) if in_one_wording else ())]


def _was_put_for(a: Document, one: int, b: Document, other: int, span: tuple[int, ...]) -> bool:
    """Whether a mention of a name stands in a range of one text where that of another name stands in the other."""
    here, there = mentions_in(a).phrases["name"], mentions_in(b).phrases["name"]
    if not _are_others(here.told[here.which[one]], there.told[there.which[other]]):
        return False
    return _stand_alike(_anchors(a, b, span, a.names, b.names), int(here.mentions[one, 0]), int(there.mentions[other, 0]))


def swapped(a: Document, b: Document, spans: NDArray[np.int64], close: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Find names that changed places in one wording, as pairs of places among the phrases: A sued B, B sued A.

    Each stands where the other stood, between the same words, with one at least between them that is no function word.
    """
    here, there = mentions_in(a).phrases["name"], mentions_in(b).phrases["name"]
    of_a, of_b = here.hashes[here.which].tolist(), there.hashes[there.which].tolist()
    edges = np.hstack([_inside(here, spans[close, :2]), _inside(there, spans[close, 2:])]).tolist()
    for (first_a, last_a, first_b, last_b), span in zip(edges, map(tuple, spans[close].tolist()), strict=True):
        every_a, every_b = of_a[first_a:last_a], of_b[first_b:last_b]
        times_a, times_b = Counter(every_a), Counter(every_b)
        once = [each for each in every_a if times_a[each] == times_b[each] == 1]
        if [each for each in every_b if times_a[each] == times_b[each] == 1] == once:
            continue
        anchors = _anchors(a, b, span, a.names, b.names)
        for one, other in combinations(once, 2):
            x, y = first_a + every_a.index(one), first_a + every_a.index(other)
            now_x, now_y = first_b + every_b.index(one), first_b + every_b.index(other)
            if now_y < now_x and _between(a, here, x, y) == _between(b, there, now_y, now_x) != []:
                ends = (here.mentions[x, 0], there.mentions[now_y, 0]), (here.mentions[y, 0], there.mentions[now_x, 0])
                if all(_stand_alike(anchors, int(begin), int(now)) for begin, now in ends):
                    yield int(here.which[x]), int(there.which[now_y])
                    yield int(here.which[y]), int(there.which[now_x])


def _between(document: Document, names: Phrases, one: int, other: int) -> list[int]:
    """The stems from one mention to another, without names; [] if they are all function words."""
    at = np.arange(names.mentions[one, 1], names.mentions[other, 0])
    at = at[~document.names[at]]
    return [] if among(document.keys[at], function_keys()).all() else document.stems[at].tolist()


def _inside(phrases: Phrases, ranges: NDArray[np.int64]) -> NDArray[np.int64]:
    """The mentions inside each of (s, 2) ranges of words, as (s, 2) ranges of mentions."""
    first = np.searchsorted(phrases.mentions[:, 0], ranges[:, 0])
    last = np.searchsorted(phrases.mentions[:, 1], ranges[:, 1], side="right")
    return np.stack([first, np.maximum(last, first)], axis=1)


def _alone(phrases: Phrases, inside: NDArray[np.int64], only: Collection[int]) -> NDArray[np.int64]:
    """(s,) how many of the mentions in (s, 2) ranges are of phrases in ``only``."""
    which = np.zeros(len(phrases.told), np.int64)
    which[list(only)] = 1
    alone: NDArray[np.int64] = np.concatenate([[0], np.cumsum(which[phrases.which])])
    result: NDArray[np.int64] = alone[inside[:, 1]] - alone[inside[:, 0]]
    return result


def _first(hashes: Iterable[int], begin: int) -> dict[int, int]:
    """The first of the mentions of each phrase, by the phrase's hash; ``begin`` is the place of the first mention."""
    found: dict[int, int] = {}
    for at, each in enumerate(hashes, start=begin):
        found.setdefault(each, at)
    return found


def _lacking(phrases: Phrases, every: Mapping[int, int], others: Collection[int], done: Collection[int]) -> list[int]:
    """Those of ``every`` first mention, by hash, that are not among the ``others`` and of phrases that are not ``done``."""
    return [at for each, at in every.items() if each not in others and phrases.which[at] not in done]


def _by_sort(
    sorts_a: Sequence[str],
    every_a: Collection[int],
    left: Collection[int],
    sorts_b: Sequence[str],
    every_b: Collection[int],
    right: Collection[int],
) -> Iterator[tuple[int, int]]:
    """Pair numbers of one sort: by their places, where both sides have as many of it, or else the only two that differ.

    ``every_*``: all mentions of a side; ``left``, ``right``: those that the other side lacks.
    """
    for sort in dict.fromkeys(sorts_a[at] for at in every_a):
        ones, others = [at for at in every_a if sorts_a[at] == sort], [at for at in every_b if sorts_b[at] == sort]
        if len(ones) != len(others):
            ones, others = ([at for at in ats if at in apart] for ats, apart in ((ones, left), (others, right)))
            if not len(ones) == len(others) == 1:
                continue
        yield from zip(ones, others, strict=True)


def _are_others(one: str, other: str) -> bool:
    """Whether neither of two names is the other with more, or other marks, or a number."""
    one, other = (re.sub(r"\W", "", each.casefold()) for each in (one, other))
    return not (one in other or other in one or one in NUMBERS or other in NUMBERS)


def _closest(like: Mapping[tuple[int, int], float], least: float) -> Iterator[tuple[int, int]]:
    """The pairs that are each other's only closest match, and close enough."""
    of_x: dict[int, list[float]] = {}
    of_y: dict[int, list[float]] = {}
    for (x, y), ratio in like.items():
        for found, at in ((of_x, x), (of_y, y)):
            found[at] = sorted((ratio, *found.get(at, (0.0, 0.0))))[-2:]
    for (x, y), ratio in like.items():
        if ratio >= least and all(found[at][1] == ratio > found[at][0] for found, at in ((of_x, x), (of_y, y))):
            yield x, y


def _redated(a: Document, left: list[int], b: Document, right: list[int]) -> Iterator[tuple[int, int]]:
    """Pair the English days of the week, where each side has one."""
    days = []
    for document, mentions in ((a, left), (b, right)):
        at = np.array(mentions, np.int64)
        first = mentions_in(document).phrases["name"].mentions[at, 0]
        days.append(at[among(document.keys[first], keys_of(_WEEKDAYS))].tolist())
    if len(days[0]) == len(days[1]) == 1:
        yield days[0][0], days[1][0]


def respelt(only_a: Mapping[int, str], only_b: Mapping[int, str], language: str) -> Iterator[tuple[int, int]]:
    """Pair names of one text alone that have a word in common and another spelt almost alike, wherever they stand.

    ``only_a``, ``only_b``: the names by their places among each text's phrases.
    """
    by_word: dict[str, list[int]] = {}
    for at, each in only_b.items():
        for word in each.split(" ") if " " in each else ():
            by_word.setdefault(word, []).append(at)
    near = {(x, y) for x, each in only_a.items() if " " in each for word in each.split(" ") for y in by_word.get(word, ())}
    near = {(x, y) for x, y in near if _one_word_respelt(only_a[x], only_b[y])}
    declined = language not in _UNDECLINED
    like = {(x, y): alike(only_a[x], only_b[y], declined=declined) for x, y in sorted(near)}
    yield from _closest(like, RESPELT_ANYWHERE)


def _one_word_respelt(one: str, other: str) -> bool:
    """Whether two names of as many words differ in one, of which neither form is the other with an ending: not Martina."""
    if one.count(" ") != other.count(" "):
        return False
    differing = [each for each in zip(one.split(" "), other.split(" "), strict=True) if each[0] != each[1]]
    return len(differing) == 1 and not any(x.startswith(y) or y.startswith(x) for x, y in differing)


@once_a_document
def _few(document: Document) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.uint64]]:
    """Numbers from two to 99 before what they count: their places (k,), their stems and those of the counted.

    In words they are no facts by themselves, as "two" is in two sides; before one noun in both texts they may differ.
    """
    at = np.flatnonzero(among(document.stems[:-1], _few_stems()) & document.body[:-1] & (document.language in SMALL))
    at = at[~among(document.keys[at + 1], function_keys()) & (document.start[at + 1] - document.end[at] == 1)]
    return at, document.stems[at], document.stems[at + 1]


@cache
def _times(language: str) -> frozenset[int]:
    """The stems of years, weeks and the like."""
    return frozenset(stems_of(_TIMES[language].split(), language).tolist()) if language in _TIMES else frozenset()


_TIMES = {
    "da": "år måned uge dag nat time minut sekund gang point",
    "de": "jahr jahre monat woche tag tage nacht nächte stunde minute sekunde mal punkt punkte",
    "en": "year month week day night hour minute second time way point",
    "es": "año mes meses semana día noche hora minuto segundo vez veces punto",
    "fr": "an année mois semaine jour nuit heure minute seconde fois point",
    "it": "anno mese settimana giorno notte ora minuto secondo volta punto",
    "nl": "jaar maand week dag nacht uur minuut seconde keer punt",
    "pt": "ano mês meses semana dia noite hora minuto segundo vez vezes ponto",
}


@cache
def _few_stems() -> NDArray[np.uint64]:
    return np.unique(stems_of([str(each) for each in range(2, 100)], "en"))


def few_recounted(
    a: Document, b: Document, spans: NDArray[np.int64], close: NDArray[np.bool_]
) -> Iterator[tuple[str, str]]:
    """Small numbers in words that differ before the same word in one of (s, 4) ranges where both texts say the same.

    Years, weeks and the like are of many things: they must be in one wording, as ``close``, (s,) bool, tells.
    """
    (at_a, stem_a, noun_a), (at_b, stem_b, noun_b) = _few(a), _few(b)
    if not len(at_a) or not len(at_b):
        return
    every_a = {*zip(stem_a.tolist(), noun_a.tolist(), strict=True)}
    every_b = {*zip(stem_b.tolist(), noun_b.tolist(), strict=True)}
    edges = np.hstack([np.searchsorted(at_a, spans[:, :2]), np.searchsorted(at_b, spans[:, 2:])])
    times = _times(a.language)
    for (first_a, last_a, first_b, last_b), span, in_one_wording in zip(
        edges.tolist(), spans.tolist(), close.tolist(), strict=True
    ):
        of_b = {noun: at for at, noun in enumerate(noun_b[first_b:last_b].tolist(), start=first_b)}
        for one, noun in enumerate(noun_a[first_a:last_a].tolist(), start=first_a):
            other = of_b.get(noun) if in_one_wording or noun not in times else None
            if other is None or (int(stem_a[one]), noun) in every_b or (int(stem_b[other]), noun) in every_a:
                continue
            if stem_b[other] in a.stems[slice(*span[:2])] or stem_a[one] in b.stems[slice(*span[2:])]:
                continue  # two of the three sides
            if not (a.numbers[at_a[one]] and b.numbers[at_b[other]]):  # two in digits are facts of their own
                yield a.slice(at_a[one], at_a[one] + 1), b.slice(at_b[other], at_b[other] + 1)
