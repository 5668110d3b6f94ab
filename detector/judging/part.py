"""The part of a text that follows another, of a text put together from several sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..document import Alignment, Document
from ..languages.words import among, inside
from . import measures

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEPT = 0.6
"""Share of names and numbers kept from which those of a sentence speak for it; with .7 independent reports have them."""

FACT_WEIGHT = 2.0
"""Weight of a name or number against that of a term; with 1, two in a hundred texts made from two sources are not found."""

LEAST_SCORE = 4.0
"""Score from which a stretch counts, a sentence or two that follow; with 10 few texts that alternate sources are found."""

PART_WORDS = 80
"""Words of own prose, of both texts, from which a part is judged; from 60, two reports of one company's results are one."""


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """A part of the first or the second of two texts that is judged for the whole.

    ``document``: the text with no other sentences. ``kept``: the share of the part's names and numbers that the other text
    has, None if it has too few. ``sides``: the share of each text's own prose that is in it; None for the other text.
    """

    document: Document
    kept: float | None
    sides: tuple[float | None, float | None]

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the text that are in the part, as ranges of characters."""
        begin, end = self.document.sentences.T
        firsts, lasts = np.append(True, end[:-1] < begin[1:]), np.append(end[:-1] < begin[1:], True)
        starts, ends = self.document.start[begin[firsts]], self.document.end[end[lasts] - 1]
        return tuple(zip(starts.tolist(), ends.tolist(), strict=True))

    def of(self, a: Document, b: Document) -> tuple[Document, Document]:
        """Return the two texts with the part for the one that it is of."""
        return (self.document, b) if self.sides[0] is not None else (a, self.document)


class _Stretch(NamedTuple):
    """A run of places, the sums of all scores before and up to its end, and the last earlier one with a smaller ``low``."""

    begin: int
    end: int
    low: float
    high: float
    below: int


def maximal(scores: Iterable[float]) -> list[tuple[int, int]]:
    """Return the maximal scoring stretches of a row of numbers, as half-open ranges, in order.

    No part of one has a larger sum, and no longer stretch has one that is as large throughout; positive numbers are all in
    one. By Ruzzo and Tompa (1999), in time proportional to the length.

    >>> maximal([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5])
    [(0, 1), (2, 3), (4, 11)]
    """
    found: list[_Stretch] = []
    total = 0.0
    for at, score in enumerate(scores):
        low, total = total, total + score
        if score <= 0:
            continue
        begin, below = at, len(found) - 1
        while True:
            while below >= 0 and found[below].low >= low:
                below = found[below].below
            if below < 0 or found[below].high >= total:
                break
            joined = found[below]
            begin, low = joined.begin, joined.low
            del found[below:]
            below = joined.below
        found.append(_Stretch(begin, at + 1, low, total, below))
    return [(each.begin, each.end) for each in found]


def following(a: Document, b: Document, alignment: Alignment) -> tuple[Document | None, Document | None]:
    """Return of each document the part that follows the other, as a document; None if either is short, or that is all of it.

    The sentences of a part hold more of the other's than sentences of an average pair do, and its names and numbers.
    """
    if min(np.count_nonzero(measures.own_prose(each)) for each in (a, b)) < PART_WORDS:
        return None, None
    return (
        _following(a, b, alignment.units_a, alignment.inside_a, alignment.weight_a * ~alignment.speech_a),
        _following(b, a, alignment.units_b, alignment.inside_b, alignment.weight_b * ~alignment.speech_b),
    )


def _following(
    document: Document,
    other: Document,
    units: NDArray[np.int64],
    held: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> Document | None:
    prose = measures.own_prose(document)
    facts = np.flatnonzero((document.names | document.numbers) & prose)
    there = among(document.senses, measures.vocabulary(other))[document.sense_of[facts]]
    gained = np.append(0.0, np.cumsum(there - KEPT))
    first, last = np.searchsorted(facts, units).T
    scores = weight * (held - measures.PRIOR_INSIDE) + FACT_WEIGHT * (gained[last] - gained[first])
    found = [each for each in maximal(scores.tolist()) if scores[slice(*each)].sum() >= LEAST_SCORE]
    ranges = np.array([(units[begin, 0], units[end - 1, 1]) for begin, end in found], np.int64).reshape(-1, 2)
    before = np.append(0, np.cumsum(inside(ranges, len(prose))))
    chosen = before[document.sentences[:, 1]] > before[document.sentences[:, 0]]
    part = document.sentences[chosen]
    body = document.body & inside(part, len(prose))
    if chosen.all() or np.count_nonzero(body & prose) < PART_WORDS:
        return None
    return replace(document, body=body, sentences=part)


def of_whole_paragraphs(part: Document) -> bool:
    """Whether a part is one stretch that begins and ends with a line."""
    begin, end = part.sentences.T
    first, last, text = int(begin[0]), int(end[-1]), part.article.text
    before = text[part.end[first - 1] if first else 0 : part.start[first]]
    behind = text[part.end[last - 1] : part.start[last] if last < len(part.start) else len(text)]
    at_lines = (not first or "\n" in before) and (last == len(part.start) or "\n" in behind)
    return at_lines and not (end[:-1] < begin[1:]).any()
