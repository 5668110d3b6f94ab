"""What passages leave: sentences that the other text says in other words, and sentences that it does not say.

A passage needs words in common. Every sentence outside passages has a likeliest counterpart in the other text (by cosine of
heavy terms, from ``align``), but if the cosine is low, it is seldom the right one. Three signals help: the cosine, a number
or two names that are rare in both texts, and order, i.e. whether neighbouring sentences have neighbouring counterparts. How
often the order is kept shows how reliable the other two are. For sentences outside passages in 220 rewrites by ChatGPT:

    cosine      .1–.15  .15–.2  .2–.3  .3 and more  shares a seldom name or number  by chance
    in order      .31     .44     .50      .70                   .63                   .12
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np

from ..document import Alignment, Document, once_a_document
from ..languages.stems import function_stems
from ..languages.words import among, inside
from ..model import Span
from .measures import NEWS, TEMPLATE_FACTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE = 0.3  # cosine from which a sentence counts as the counterpart, wherever it stands
LEAST = 0.1  # ... from which it does if names, or the sentences on both sides, confirm it ...
LIKELY = 0.15  # ... or the sentence on one side
THROUGHOUT = 0.5  # share of one text's sentences that resemble one of the other's, if it is based on the other
MOST_BETWEEN = 2  # sentences that nothing links, between two linked ones, each taken for the other text's
TAG_WORDS = 6  # shorter units beside a quotation ("Kirby said on the quay") say nothing
LEAST_WORDS = 3  # of a sentence
REST = 0.5  # share of a sentence that must lie outside passages for it to be a counterpart, which is then that part
AROUND = 3  # sentences before and after whose counterparts are considered
APART = 6  # distance between these, in sentences, above which the order says nothing
SELDOM = 2  # occurrences up to which a word distinguishes a text's sentences; the story's main figures occur more often

Sentences = tuple[tuple[int, int], ...]
"""Half-open ranges of characters."""


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One document in an alignment; see :class:`Alignment` for the arrays.

    ``rests``: see :func:`_rests`; ``short``: (u,) bool, see :func:`_too_short`.
    """

    document: Document
    units: NDArray[np.int64]
    best: NDArray[np.float64]
    place: NDArray[np.int64]
    covered: NDArray[np.bool_]
    rests: NDArray[np.int64]
    short: NDArray[np.bool_]

    @property
    def whole(self) -> NDArray[np.bool_]:
        """(u,) bool: units that no passage overlaps; none is boilerplate."""
        whole: NDArray[np.bool_] = _sizes(self.rests) == _sizes(self.units)
        return whole

    @property
    def runs(self) -> NDArray[np.int64]:
        """(u,) int64: units with the same number are whole and adjacent, with no word between."""
        follows = self.whole[1:] & self.whole[:-1] & (self.units[1:, 0] == self.units[:-1, 1])
        return np.concatenate([[0], np.cumsum(~follows)])


def _side(
    document: Document,
    units: NDArray[np.int64],
    best: NDArray[np.float64],
    place: NDArray[np.int64],
    covered: NDArray[np.bool_],
) -> _Side:
    rests, short = _rests(units, covered), _too_short(document, units)
    return _Side(document, units, best, place, covered, rests, short)


def counterparts(a: Document, b: Document, alignment: Alignment) -> tuple[tuple[Span, ...], Sentences, Sentences]:
    """Pair the sentences outside passages with their counterparts, and list the sentences of each text that have none.

    The pairs are in the order of ``a``; none lies in a passage, and no sentence is in two of them. A sentence whose
    counterpart is uncertain is in none of the results.
    """
    at = alignment
    one = _side(a, at.units_a, at.best_a, at.place_a, at.covered_a)
    two = _side(b, at.units_b, at.best_b, at.place_b, at.covered_b)
    throughout = any(len(best) and np.mean(best >= NEWS) >= THROUGHOUT for best in (one.best, two.best))
    (of_a, told_a), (of_b, told_b) = _found(one, two, throughout), _found(two, one, throughout)
    likeness = {pair: float(one.best[pair[0]]) for pair in of_a.items()}
    for unit, place in of_b.items():
        likeness[place, unit] = max(likeness.get((place, unit), 0.0), float(two.best[unit]))
    shared = {(unit, place): _senses_of(a, _in_common(one, unit, two, place)) for unit, place in likeness}
    pairs = _paired(likeness, shared, one.runs, two.runs)
    if throughout and not _one_template(a, b):
        pairs += _between(one, two, alignment.words, pairs)
    for here, there, _ in pairs:
        told_a[here] = told_b[there] = True
    spans = [_span(a, b, one.rests[here], two.rests[there], alike) for here, there, alike in pairs]
    return tuple(sorted(spans, key=lambda each: each.a_start)), _untold(one, told_a), _untold(two, told_b)


def _paired(
    likeness: Mapping[tuple[int, int], float],
    shared: Mapping[tuple[int, int], set[int]],
    runs_a: NDArray[np.int64],
    runs_b: NDArray[np.int64],
) -> list[tuple[list[int], list[int], float]]:
    """Pair units of both texts, the likeliest first: each is in one pair, one side of which may be a row of adjacent units.

    ``shared``: what two units have in common, function words apart; if all of it is in a row already, as "per cent" is, a
    unit is no part of that row. ``runs_*``: (u,) int64, the same number for units that may form a row.
    """
    groups: list[tuple[list[int], list[int], float]] = []
    of_a: dict[int, tuple[list[int], list[int], float]] = {}
    of_b: dict[int, tuple[list[int], list[int], float]] = {}
    for (unit, place), alike in sorted(likeness.items(), key=lambda each: (-each[1], sum(each[0]), each[0])):
        here, there = of_a.get(unit), of_b.get(place)
        row = here or there
        said = set[int]().union(*(shared[each] for each in product(*row[:2]))) if row else set()
        if row and shared[unit, place] and shared[unit, place] <= said:
            continue
        if here is None and there is None:
            groups.append(([unit], [place], alike))
            of_a[unit] = of_b[place] = groups[-1]
        elif here is None and there and len(there[1]) == 1 and _in_a_row(there[0], unit, runs_a):
            there[0].append(unit)
            there[0].sort()
            of_a[unit] = there
        elif there is None and here and len(here[0]) == 1 and _in_a_row(here[1], place, runs_b):
            here[1].append(place)
            here[1].sort()
            of_b[place] = here
    return groups


def _between(
    one: _Side, two: _Side, passages: NDArray[np.int64], pairs: Sequence[tuple[list[int], list[int], float]]
) -> list[tuple[list[int], list[int], float]]:
    """Units that nothing links, as many in either text between the same two that are linked: paired one by one.

    ``passages``: (s, 4), ranges of words. However little they have in common, of 29 such pairs in rewrites by ChatGPT all
    but two tell the same; of those before the first link and behind the last, and of one beside two, about half.
    """
    linked: dict[int, tuple[int, int]] = {}
    reached = np.hstack([_reached(one.units, passages[:, :2]), _reached(two.units, passages[:, 2:])]).tolist()
    for first, last, low, high in [*reached, *((here[0], here[-1], there[0], there[-1]) for here, there, _ in pairs)]:
        for unit in range(first, last + 1):
            least, most = linked.get(unit, (low, high))
            linked[unit] = min(least, low), max(most, high)
    taken = {place for low, high in linked.values() for place in range(low, high + 1)}
    found = []
    for before, after in pairwise(sorted(linked)):
        here, there = range(before + 1, after), range(linked[before][1] + 1, linked[after][0])
        if not 0 < len(here) == len(there) <= MOST_BETWEEN or taken & {*there}:
            continue
        if not (one.short[here].any() or two.short[there].any()):
            couples = zip(here, there, strict=True)
            found += [([unit], [place], 0.0) for unit, place in couples if _may_be_one(one, unit, two, place)]
    return found


def _may_be_one(one: _Side, unit: int, two: _Side, place: int) -> bool:
    """Whether two units can say the same.

    Each names only what the other text names, too, and what is rare in both texts only if the other unit names it; if both
    name anything, they share a name or number.
    """
    here, there = _named_in(one, unit), _named_in(two, place)
    if not (here <= _senses(two.document) and there <= _senses(one.document)):
        return False
    if _rare_in(one, unit, two.document) != _rare_in(two, place, one.document):
        return False
    return not here or not there or bool(here & there)


def _named_in(side: _Side, unit: int) -> set[int]:
    """What the names and numbers of a unit stand for."""
    return _facts(side.document, *side.units[unit].tolist())


def _rare_in(side: _Side, unit: int, other: Document) -> set[int]:
    """What the names and numbers of a unit that are rare in both texts stand for."""
    rare = _seldom(side.document).among(_seldom(other))
    begin, end = side.units[unit]
    return set(rare.senses[rare.facts & (begin <= rare.at) & (rare.at < end)].tolist())


def _one_template(a: Document, b: Document) -> bool:
    """Whether neither text has half of the other's names and numbers: what stands in one place of both may differ, too."""
    facts = [(_facts(one, 0, len(one.start)), _senses(other)) for one, other in ((a, b), (b, a))]
    return all(len(own & others) < TEMPLATE_FACTS * len(own) for own, others in facts)


def _facts(document: Document, begin: int, end: int) -> set[int]:
    """What the names and numbers among some words of a body stand for."""
    fact = (document.names | document.numbers)[begin:end] & document.body[begin:end]
    return _senses_of(document, begin + np.flatnonzero(fact))


@once_a_document
def _senses(document: Document) -> frozenset[int]:
    """What the words of a body stand for."""
    return frozenset(document.senses[document.sense_of[document.body]].tolist())


def _reached(units: NDArray[np.int64], ranges: NDArray[np.int64]) -> NDArray[np.int64]:
    """(s, 2) the first and the last of the units that each range of words reaches into."""
    first = np.searchsorted(units[:, 1], ranges[:, 0], side="right")
    last = np.searchsorted(units[:, 0], ranges[:, 1]) - 1
    return np.stack([first, np.maximum(first, last)], axis=1)


def _in_a_row(row: list[int], unit: int, runs: NDArray[np.int64]) -> bool:
    return unit in (row[0] - 1, row[-1] + 1) and bool(runs[unit] == runs[row[0]])


def _found(side: _Side, other: _Side, throughout: bool = True) -> tuple[dict[int, int], NDArray[np.bool_]]:
    """The counterparts of units outside passages, by unit; and (u,) bool, units that have or may have a counterpart.

    ``throughout``: whether one text is largely based on the other; otherwise, order says nothing.
    """
    told = side.best >= NEWS
    asked = np.flatnonzero(side.whole & ~side.short & (side.place >= 0)).tolist()
    if not asked:
        return {}, told
    named = _named(side, other)
    sure = np.where(told, side.place, -1)
    free = (_sizes(other.rests) >= REST * _sizes(other.units)) & ~other.short
    found: dict[int, int] = {}
    for unit in asked:
        place, best, names = int(side.place[unit]), float(side.best[unit]), named.get(unit, set())
        told[unit] |= bool(names)
        in_order = throughout and _in_order(unit, place, sure, 1 if best >= LIKELY else 2)
        if free[place] and (best >= ALIKE or (best >= LEAST and (place in names or in_order))):
            told[unit] = True
            if best >= ALIKE or _backed(side, unit, other, place, in_order, sure):
                found[unit] = place
    return found, told


def _backed(side: _Side, unit: int, other: _Side, place: int, in_order: bool, sure: NDArray[np.int64]) -> bool:
    """Whether what two units a little alike have in common, outside passages, is more than chance.

    In order, that is any word but a function word ("been", "each"); without one, both neighbours must show the order. Out of
    order, it is a number, or two words that are not one name: a name may be mentioned anywhere.
    """
    document, shared = side.document, _in_common(side, unit, other, place)
    if in_order:
        return len(shared) > 0 or (_in_order(unit, place, sure, 2) and _may_be_one(side, unit, other, place))
    one_name = document.names[shared].all() and (np.diff(shared) == 1).all()
    return len(shared) > 0 and bool(document.numbers[shared].any() or not one_name)


def _in_common(side: _Side, unit: int, other: _Side, place: int) -> NDArray[np.int64]:
    """(k,) int64: words of a unit that the other has too, outside passages and function words apart."""
    one, two = side.document, other.document
    here, there = (np.arange(*each) for each in (side.rests[unit], other.rests[place]))
    here, there = here[_content(one)[here]], there[_content(two)[there]]
    return here[among(one.senses[one.sense_of[here]], np.unique(two.senses[two.sense_of[there]]))]


def _senses_of(document: Document, words: NDArray[np.int64]) -> set[int]:
    return set(document.senses[document.sense_of[words]].tolist())


@once_a_document
def _content(document: Document) -> NDArray[np.bool_]:
    """(n,) bool: words of the body but function words."""
    function = among(document.terms, function_stems(document.language, further=True))
    content: NDArray[np.bool_] = document.body & ~function[document.term_of]
    return content


def _rests(units: NDArray[np.int64], covered: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(u, 2) words: the longest run of each unit outside passages; the whole unit if no passage overlaps it."""
    rests = units.copy()
    running = np.concatenate([[0], np.cumsum(covered)])
    for unit in np.flatnonzero(running[rests[:, 1]] > running[rests[:, 0]]).tolist():
        begin, end = units[unit].tolist()
        edges = begin + np.flatnonzero(np.concatenate([[True], covered[begin:end], [True]]))
        longest = int(np.diff(edges).argmax())
        rests[unit] = edges[longest], edges[longest + 1] - 1
    return rests


def _sizes(ranges: NDArray[np.int64]) -> NDArray[np.int64]:
    return ranges[:, 1] - ranges[:, 0]


def _too_short(document: Document, units: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(u,) bool: units of one or two words, or of a few more if cut off by a quotation."""
    sentences = {(begin, end) for begin, end in document.sentences.tolist()}
    whole = np.array([(begin, end) in sentences for begin, end in units.tolist()], np.bool_)
    short: NDArray[np.bool_] = _sizes(units) < np.where(whole, LEAST_WORDS, TAG_WORDS)
    return short


def _in_order(unit: int, place: int, sure: NDArray[np.int64], least: int) -> bool:
    """Whether a counterpart lies where those of the nearest units lie, of which ``least`` (1 or 2) must exist.

    ``sure``: (u,) the counterparts of all units, -1 for none.
    """
    before, after = sure[max(unit - AROUND, 0) : unit], sure[unit + 1 : unit + 1 + AROUND]
    near = [*before[before >= 0][-1:].tolist(), *after[after >= 0][:1].tolist()]
    if len(near) < least:
        return False
    if len(near) == 1:
        return bool(abs(near[0] - place) <= 2)
    low, high = min(near), max(near)
    return bool(high - low <= APART and low - 1 <= place <= high + 1)


def _span(a: Document, b: Document, here: NDArray[np.int64], there: NDArray[np.int64], alike: float) -> Span:
    """``here``, ``there``: (k, 2) ranges of words, one after the other."""
    ranges = *_characters(a, here[0, 0], here[-1, 1]), *_characters(b, there[0, 0], there[-1, 1])
    return Span("counterpart", *ranges, min(alike, 1.0))


def _untold(side: _Side, told: NDArray[np.bool_]) -> Sentences:
    """The sentences that no passage overlaps and no part of which may have a counterpart."""
    document = side.document
    apart = side.covered | inside(side.units[told], len(side.covered))
    before = np.concatenate([[0], np.cumsum(apart)])
    begin, end = document.sentences.T
    found = document.sentences[(end > begin) & (before[begin] == before[end])]
    return tuple(_characters(document, first, last) for first, last in found.tolist())


def _characters(document: Document, first: int, last: int) -> tuple[int, int]:
    return int(document.start[first]), int(document.end[last - 1])


def _named(side: _Side, other: _Side) -> dict[int, set[int]]:
    """Map units to those of the other text that share a number, or two words of names, that is rare in both."""
    here, there = _seldom(side.document), _seldom(other.document)
    here, there = here.among(there), there.among(here)
    facts = {*here.senses[here.facts].tolist(), *there.senses[there.facts].tolist()}
    numbers = {*here.senses[here.numbers].tolist(), *there.senses[there.numbers].tolist()}
    holders: dict[int, list[int]] = {}
    for sense, unit in zip(there.senses.tolist(), _holding(other, there.at), strict=True):
        if sense in facts:
            holders.setdefault(sense, []).append(unit)
    shared: dict[tuple[int, int], set[int]] = {}
    for sense, unit in zip(here.senses.tolist(), _holding(side, here.at), strict=True):
        for holder in holders.get(sense, ()):
            shared.setdefault((unit, holder), set()).add(sense)
    result: dict[int, set[int]] = {}
    for (unit, holder), senses in shared.items():
        if len(senses) > 1 or senses & numbers:
            result.setdefault(unit, set()).add(holder)
    return result


def _holding(side: _Side, at: NDArray[np.int64]) -> list[int]:
    return [int(unit) for unit in np.searchsorted(side.units[:, 0], at, side="right") - 1]


@dataclass(frozen=True, slots=True, eq=False)
class _Seldom:
    """The words that a body has once or twice: their places, their senses, and which are names or numbers, or numbers."""

    at: NDArray[np.int64]
    senses: NDArray[np.uint64]
    facts: NDArray[np.bool_]
    numbers: NDArray[np.bool_]

    def among(self, other: _Seldom) -> _Seldom:
        """Return those that the other has too."""
        held = among(self.senses, np.sort(other.senses))
        return _Seldom(self.at[held], self.senses[held], self.facts[held], self.numbers[held])


@once_a_document
def _seldom(document: Document) -> _Seldom:
    """Return what a text says once or twice, counting a number of several words as one.

    Single-digit numbers do not distinguish sentences: four more times, Engine 4.
    """
    fact = document.names | document.numbers
    head = document.body.copy()
    head[1:] &= ~(fact[1:] & fact[:-1] & (document.sense_of[1:] == document.sense_of[:-1]))
    count = np.bincount(document.sense_of[head], minlength=len(document.senses))
    at = np.flatnonzero(head & (count[document.sense_of] <= SELDOM))
    alone = np.append(document.sense_of[1:] != document.sense_of[:-1], [True])[at]
    numbers = document.numbers[at] & ~(alone & (document.end - document.start == 1)[at])
    return _Seldom(at, document.senses[document.sense_of[at]], document.names[at] | numbers, numbers)
