"""Words put for their opposites where two texts say the same: rose for fell, convicted for cleared; in English only.

Only in one wording, with the same words around, is a word taken for an exchange of the other: of two texts that tell a thing
in words of their own, one may say that profits rose and the other that losses fell.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from ..document import Document, once_a_document
from ..languages.stems import stems_of
from ..languages.words import among

if TYPE_CHECKING:
    from numpy.typing import NDArray

# One side | the other, each word with its irregular forms; inflected ones have the same stem.
_OPPOSITES = """
rise rose risen grow grew grown climb increase gain jump surge soar up higher raise expand | fall fell fallen drop decline \
decrease shrink shrank slump plunge down lower cut reduce lose lost loss
win won victory | lose lost defeat
convict guilty condemn | acquit clear innocent exonerate
admit confirm accept acknowledge | deny denied reject dispute
approve back support endorse | reject oppose block veto
more above over most maximum | less fewer below under least minimum
before earlier | after later
open start begin began begun | close end stop
profit | loss
survive alive | die dead kill
arrest jail detain | free release
buy bought acquire | sell sold
allow permit | ban forbid forbade forbidden
succeed success | fail failure
legal lawful | illegal unlawful
possible | impossible
likely | unlikely
safe | unsafe dangerous
strong stronger | weak weaker
best highest largest biggest longest oldest first | worst lowest smallest shortest youngest last
north northern | south southern
east eastern | west western
left | right
man men male | woman women female
boy | girl
father | mother
son | daughter
brother | sister
husband | wife
public | private
"""

_DENIALS = "not never no nor neither without cannot can't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't"


@cache
def _sides() -> dict[int, frozenset[tuple[int, int]]]:
    """The rows that a word is in and its side there, 0 or 1, by its stem."""
    found: dict[int, set[tuple[int, int]]] = {}
    for row, line in enumerate(filter(None, _OPPOSITES.splitlines())):
        for side, listed in enumerate(line.split("|")):
            for stem in stems_of(listed.split(), "en").tolist():
                found.setdefault(stem, set()).add((row, side))
    return {stem: frozenset(each) for stem, each in found.items()}


@cache
def _stems() -> NDArray[np.uint64]:
    return np.array(sorted(_sides()), np.uint64)


@once_a_document
def _places(document: Document) -> NDArray[np.int64]:
    """(k,) the words of a text that have an opposite; none if it is not in English."""
    if document.language != "en":
        return np.empty(0, np.int64)
    return np.flatnonzero(among(document.stems, _stems()) & document.body)


def reversed_words(a: Document, b: Document, spans: NDArray[np.int64]) -> Iterator[tuple[str, str]]:
    """The words of each text that stand for each other's opposite in (s, 4) ranges of words in one wording."""
    here, there = _places(a), _places(b)
    if not len(here) or not len(there):
        return
    edges = np.hstack([np.searchsorted(here, spans[:, :2]), np.searchsorted(there, spans[:, 2:])])
    for (first_a, last_a, first_b, last_b), span in zip(edges.tolist(), spans.tolist(), strict=True):
        words_a, words_b = a.stems[span[0] : span[1]], b.stems[span[2] : span[3]]
        ones = [x for x in here[first_a:last_a].tolist() if a.stems[x] not in words_b]
        others = [y for y in there[first_b:last_b].tolist() if b.stems[y] not in words_a]
        for x, y in product(ones, others):
            if _are_opposites(int(a.stems[x]), int(b.stems[y])) and _in_one_phrase(a, x, b, y):
                yield a.slice(x, x + 1), b.slice(y, y + 1)


def _are_opposites(one: int, other: int) -> bool:
    rows = _sides()[one] & {(row, 1 - side) for row, side in _sides()[other]}
    return bool(rows) and not _sides()[one] & _sides()[other]


def _in_one_phrase(a: Document, x: int, b: Document, y: int) -> bool:
    """Whether two words stand between the same words or behind two of them, and both or neither are negated."""
    before = _run(a, x, -1, b, y)
    return (before >= 2 or (before >= 1 and _run(a, x, 1, b, y) >= 1)) and _negated(a, x) == _negated(b, y)


def _negated(document: Document, at: int) -> bool:
    """Whether one of the four words before a word denies it: does not allow."""
    return bool(among(document.stems[max(at - 4, 0) : at], _denials()).any())


@cache
def _denials() -> NDArray[np.uint64]:
    return np.unique(stems_of(_DENIALS.split(), "en"))


def _run(a: Document, x: int, step: int, b: Document, y: int) -> int:
    """How many of the two words before or after both are the same."""
    for size in (1, 2):
        at, other = x + step * size, y + step * size
        if not (0 <= at < len(a.stems) and 0 <= other < len(b.stems)) or a.stems[at] != b.stems[other]:
            return size - 1
    return 2
