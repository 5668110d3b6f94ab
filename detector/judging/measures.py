"""Two documents and their alignment -> the named measures behind the judgement, each seen from both texts.

They rest on the observation that a rewrite keeps its source's names, numbers and content sentence by sentence and in order,
while two reporters at one event each have names, and above all quotations, of their own. No measure of what two texts share
grows with their length. Shares of few things are drawn to the middle by a prior (as in Laplace's rule of succession), so
that two sentences of a template do not yet make a rewrite; readers are shown the same measures without the prior.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..document import Alignment, Document, once_a_document
from ..languages.words import ascending, inside
from ..loops import align_kernels, judge_kernels, kernels, word_kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_FACTS = LEAST_NAMES = 3  # fewer names in a text do not show whose they are
LEAST_NUMBERS = 2  # as above; a day or a year, say, may be anybody's
LEAST_MENTIONS = 5  # a few mentions are easily in order by chance
REACH = 3  # neighbouring sentences over which facts may be spread in the other text: rewriting splits sentences
PRIOR_INSIDE = 0.3  # share of a sentence found in the other text, in an average pair
PRIOR_WEIGHT = 20.0  # weight of that prior against the text's own sentences; about the weight of two of them
PRIOR_WORDS = 30.0  # prior words, with half a new name or number among them
LEAST_NOVEL = 1e-3
PRIOR_COUNT = 1.0  # prior number of facts kept, and of facts dropped, for a share of facts
QUOTED_INSIDE = 0.7  # share of a quotation's weight in two sentences of the other text from which both quote the same words
TEMPLATE_THREAD = 0.6  # share of one text that can be followed through the other, from which they share their wording ...
TEMPLATE_FACTS = 0.5  # ... but below this share of the names and numbers, not their content
TEMPLATE_COUNT = 6  # minimum of names and numbers in each text for this
AMOUNT_WORDS = 100  # of the shorter text's prose: agreement counts unadjusted here; in longer texts it is less often chance
AMOUNT_RANGE = (90, 250)  # words, the range to which that size is limited
NEWS = 0.2  # cosine below which a sentence says something that the other text does not
SHINGLE = 5

Measures = dict[str, tuple[float | None, float | None]]
"""Each measure as seen from ``a`` and from ``b``; None where a text does not show it."""

SHARES = frozenset({"inside", "facts", "numbers", "sequence", "together", "detail", "detail-together"})
"""Measures that the regressions see as log-odds: from .8 to .9 is as far as from .5 to .7."""


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """Where the words of a document's body are.

    ``vocabulary``: (v,) uint64, the distinct stems, sorted; ``first``: (v,) int64, the first word with each; ``offset``:
    (v + 1,) and ``places``: int64, the sentences that contain each; ``sentences``: their number.
    """

    vocabulary: NDArray[np.uint64]
    first: NDArray[np.int64]
    offset: NDArray[np.int64]
    places: NDArray[np.int64]
    sentences: int


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """The names and numbers of a story.

    ``mentions``: (g,) uint64, the distinct ones in order of first mention; ``owned``: (g,) bool, those in its own prose;
    ``names``: (g,) bool, those that are names; ``numbers``: uint64, those that are numbers, sorted. ``paired``: (k,) int64,
    places in ``mentions``, the facts of the sentences that contain two or more; ``starts``: int64, where each of these
    sentences begins, and the end. ``words``: number of words of its own prose.
    """

    mentions: NDArray[np.uint64]
    owned: NDArray[np.bool_]
    names: NDArray[np.bool_]
    numbers: NDArray[np.uint64]
    paired: NDArray[np.int64]
    starts: NDArray[np.int64]
    words: int


def own_prose(document: Document) -> NDArray[np.bool_]:
    """(n,) bool: words of the text's own prose, without boilerplate and quotations."""
    return document.body & (document.quoted < 0)


@once_a_document
def _index(document: Document) -> _Index:
    body = np.flatnonzero(document.body)
    held = _held(document, document.body)
    codes = (np.cumsum(held, dtype=np.int32) - 1)[document.sense_of[body]]
    vocabulary = document.senses[held]
    first = np.empty(len(vocabulary), np.int64)
    first[codes[::-1]] = body[::-1]  # the last assignment wins: the first word
    begins = np.searchsorted(body, document.sentences[1:, 0])
    bounds = np.stack([np.append(0, begins), np.append(begins, len(body))], axis=1)
    offset, places = align_kernels.postings(codes, bounds, len(vocabulary))
    return _Index(vocabulary, first, offset, places, len(document.sentences))


def vocabulary(document: Document) -> NDArray[np.uint64]:
    """(v,) the distinct senses of the words of a document's body, ascending."""
    return _index(document).vocabulary


@once_a_document
def _all_facts(document: Document) -> _Facts:
    return _facts(document, document.body)


def _facts(document: Document, story: NDArray[np.bool_]) -> _Facts:
    """``story``: (n,) bool, the words to consider."""
    at = np.flatnonzero((document.names | document.numbers) & story)
    prose = story & (document.quoted < 0)
    stems = document.senses[document.sense_of[at]]
    begun, mention = word_kernels.distinct(stems)
    owned, names = np.zeros((2, len(begun)), np.bool_)
    owned[mention[prose[at]]] = True
    names[mention[document.names[at]]] = True
    size = max(len(begun), 1)
    sentence = np.searchsorted(document.sentences[1:, 0], at, side="right")
    told = ascending(sentence * size + mention)  # by sentence, then by fact
    holder = told // size
    several = np.bincount(holder, minlength=len(document.sentences)) >= 2
    chosen = several[holder]
    return _Facts(
        mentions=stems[begun],
        owned=owned,
        names=names,
        numbers=document.senses[_held(document, document.numbers & story)],
        paired=(told - holder * size)[chosen],
        starts=np.searchsorted(holder[chosen], np.append(np.flatnonzero(several), len(document.sentences))),
        words=int(np.count_nonzero(prose)),
    )


def _seen_from(
    one: _Facts,
    other: _Index,
    inside: NDArray[np.float64],
    thread: float,
    speech: NDArray[np.bool_],
    weight: NDArray[np.float64],
) -> list[dict[str, float | None]]:
    """The measures with the prior, as weighed, and without, as counted."""
    spoken = weight * speech
    total, said = float(weight.sum()), float(spoken.sum())
    held = float((weight - spoken) @ inside)
    unsaid = float(spoken @ (1 - np.minimum(inside / QUOTED_INSIDE, 1))) if said else 0.0
    own_facts, names = int(np.count_nonzero(one.owned)), int(np.count_nonzero(one.names))
    there, named, agree, differ, row, kept, pairs = judge_kernels.facts_kept(
        one.mentions, one.owned, one.names, one.paired, one.starts, other.vocabulary, other.first, other.offset,
        other.places, other.sentences, REACH,
    )  # fmt: skip
    numbers = kernels.common(one.numbers, other.vocabulary) if len(one.numbers) >= LEAST_NUMBERS else 0
    known = ("inside", "thread", "facts", "numbers", "novel", "sequence", "quotations", "order", "together", "names")
    results = []
    for prior in (1.0, 0.0):
        result: dict[str, float | None] = dict.fromkeys(known)
        floor, count = prior * PRIOR_WEIGHT, prior * PRIOR_COUNT
        if total - said + floor > 0:
            result["inside"] = (held + floor * PRIOR_INSIDE) / (total - said + floor)
            result["thread"] = ((total - said) * thread + floor * PRIOR_INSIDE) / (total - said + floor)
        if own_facts >= LEAST_FACTS:
            result["facts"] = (there + count) / (own_facts + 2 * count)
            result["novel"] = (own_facts - there + count / 2) / (one.words + prior * PRIOR_WORDS)
        if len(one.numbers) >= LEAST_NUMBERS:
            result["numbers"] = (numbers + count) / (len(one.numbers) + 2 * count)
        if len(one.mentions) >= LEAST_FACTS:
            result["sequence"] = (row + count) / (len(one.mentions) + 2 * count)
        if total > 0:
            result["quotations"] = unsaid / total
        if agree + differ >= LEAST_MENTIONS * (LEAST_MENTIONS - 1) // 2:
            result["order"] = (agree - differ) / (agree + differ)
        if pairs:
            result["together"] = (kept + count) / (pairs + 2 * count)
        if names >= LEAST_NAMES:
            result["names"] = named / names
        results.append(result)
    return results


def measure(a: Document, b: Document, alignment: Alignment) -> tuple[Measures, Measures]:
    """Return the measures as weighed, and the same as counted.

    - ``inside``: how much of a text's sentences, without quotations, two neighbouring sentences of the other contain, by
      weight of terms.
    - ``thread``: how much of it can be followed through the other in the order of both.
    - ``facts``: the share of its own prose's names and numbers that the other has anywhere.
    - ``numbers``: the same for all its numbers; two reporters at one event name the same people but count other things.
    - ``novel``: the share of its own prose's words that are names and numbers missing from the other.
    - ``sequence``: the share of names and numbers that can be followed through the other by first mentions, in the order of
      both.
    - ``quotations``: the share of the text that is speech the other does not have.
    - ``order``: Kendall's tau of the first mentions, in the other text, of the names and numbers that both have.
    - ``together``: of the pairs of names and numbers that share a sentence, those close together in the other text.
    - ``names``: the share of its names that the other has; shown, not weighed.
    - ``amount``: the words of the shorter text's own prose, for both sides, since short texts agree more by chance; None
      where no names are seen, as in scripts without capitals, some of which have characters for words.

    As weighed, shares of few things are drawn to the middle.
    """
    one, two = _all_facts(a), _all_facts(b)
    words = float(min(one.words, two.words))
    weighed, counted = (
        {name: (x[name], y[name]) for name in x}
        | {"amount": (words, words) if words and (x["names"], y["names"]) != (None, None) else (None, None)}
        for x, y in _each_way(a, b, one, two, alignment)
    )
    return weighed, counted


def _each_way(
    a: Document, b: Document, one: _Facts, two: _Facts, at: Alignment
) -> Iterator[tuple[dict[str, float | None], dict[str, float | None]]]:
    """The measures as seen from ``a``, with the facts ``one``, and from ``b``, with ``two``: as weighed, then as counted."""
    from_a = _seen_from(one, _index(b), at.inside_a, at.thread_a, at.speech_a, at.weight_a)
    from_b = _seen_from(two, _index(a), at.inside_b, at.thread_b, at.speech_b, at.weight_b)
    return zip(from_a, from_b, strict=True)


def _with_counterpart(document: Document, units: NDArray[np.int64], best: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n,) bool: words of the body in units that have a counterpart."""
    return document.body & inside(units[best >= NEWS], len(document.body))


def matched(a: Document, b: Document, alignment: Alignment) -> tuple[Measures, Measures]:
    """Return the measures for who took from whom, over the sentences with a counterpart only, as weighed and as counted.

    What only one text says may have been added by it or left out by the other, but where both say the same, the source is
    the fuller version. ``detail`` is the share of the names and numbers of these sentences, quotations apart, that the other
    text has anywhere; ``detail-together``, of their pairs in one sentence, the share close together there; ``speech``, how
    much of these sentences is quoted. See :func:`measure` for weighed and counted.
    """
    one = _with_counterpart(a, alignment.units_a, alignment.best_a)
    two = _with_counterpart(b, alignment.units_b, alignment.best_b)
    speech = share(a.quoted >= 0, one), share(b.quoted >= 0, two)
    weighed, counted = (
        {"detail": (x["facts"], y["facts"]), "detail-together": (x["together"], y["together"]), "speech": speech}
        for x, y in _each_way(a, b, _facts(a, one), _facts(b, two), alignment)
    )
    return weighed, counted


def one_template(a: Document, b: Document, measured: Measures) -> bool:
    """Return whether two texts fill in one template: the same wording throughout, with other names and numbers.

    Examples are company results, weather warnings and obituaries. Of 600 rewrites whose wording can be followed like this,
    whoever made them, none keeps less than .56 of the names and numbers.
    """
    for each in map(_all_facts, (a, b)):  # scripts without capitals show no names, and numbers alone are too few
        if each.owned.sum() < TEMPLATE_COUNT or not each.names.any():
            return False
    follows, kept = (max(each or 0.0 for each in measured[name]) for name in ("thread", "facts"))
    return follows >= TEMPLATE_THREAD and kept < TEMPLATE_FACTS


# ------------------------------------------------------------------------------------------------- shown, not weighed


def share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float | None:
    """Return how much of ``whole`` is in ``part``; None if ``whole`` is empty."""
    size = np.count_nonzero(whole)
    return float(np.count_nonzero(part & whole) / size) if size else None


def coverage(a: Document, b: Document, alignment: Alignment) -> tuple[float | None, float | None]:
    """Return how much of each text's own prose is inside spans."""
    return share(alignment.covered_a, own_prose(a)), share(alignment.covered_b, own_prose(b))


def _mean(values: NDArray[Any], weights: NDArray[np.float64]) -> float | None:
    """The weighted mean; None if nothing has weight."""
    total = float(weights.sum())
    return float(values @ weights) / total if total > 0 else None


def _held(document: Document, words: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(t,) bool: the senses of the document that those words have."""
    held = np.zeros(len(document.senses), np.bool_)
    held[document.sense_of[words]] = True
    return held


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """The distinct stems of a document's own prose without names and numbers, and its distinct shingles: both sorted."""

    plain: NDArray[np.uint64]
    grams: NDArray[np.uint32]


@once_a_document
def _shown(document: Document) -> _Shown:
    prose = own_prose(document)
    return _Shown(
        document.senses[_held(document, prose & ~document.names & ~document.numbers)],
        ascending(word_kernels.shingles(document.keys, prose, SHINGLE)),
    )


def _kept(a: NDArray[np.uint64], b: NDArray[np.uint64], of_a: _Index, of_b: _Index) -> tuple[float | None, float | None]:
    """The share of each text's terms that the other text's body has; None without terms."""
    of = ((a, of_b), (b, of_a))
    from_a, from_b = (kernels.common(terms, other.vocabulary) / len(terms) if len(terms) else None for terms, other in of)
    return from_a, from_b


def _taken(new: float | None, kept: float | None) -> float | None:
    """Estimate how much of a text comes from the other, from its sentences without a counterpart and the facts kept.

    Passages miss what was reworded, and counterparts what was reworded throughout, which names and numbers still show.
    """
    if new is None:
        return kept
    return 1 - new if kept is None else (1 - new + kept) / 2


def described(a: Document, b: Document, alignment: Alignment, counted: Measures) -> Measures:
    """Return every measure as ``counted``, plus those only shown: coverage, counterparts, new, taken, vocabulary, runs."""
    weight_a, weight_b = alignment.weight_a * ~alignment.speech_a, alignment.weight_b * ~alignment.speech_b
    one, two, of_a, of_b = _shown(a), _shown(b), _index(a), _index(b)
    shared = kernels.common(one.grams, two.grams)
    new = _mean(alignment.best_a < NEWS, weight_a), _mean(alignment.best_b < NEWS, weight_b)
    taken = _taken(new[0], counted["facts"][0]), _taken(new[1], counted["facts"][1])
    return {
        **counted,
        "coverage": coverage(a, b, alignment),
        "counterparts": (_mean(alignment.best_a, weight_a), _mean(alignment.best_b, weight_b)),
        "new": new,
        "taken": taken,
        "vocabulary": _kept(one.plain, two.plain, of_a, of_b),
        "runs": (shared / max(len(one.grams), 1), shared / max(len(two.grams), 1)),
    }


# -------------------------------------------------------------------------------------------- what the regressions see


def _scaled(name: str, value: float) -> float:
    if name == "novel":
        return math.log(max(value, LEAST_NOVEL))
    if name == "amount":
        return math.log(min(max(value, AMOUNT_RANGE[0]), AMOUNT_RANGE[1]) / AMOUNT_WORDS)
    if name in SHARES:
        bounded = min(max(value, 0.01), 0.99)
        return math.log(bounded / (1 - bounded))
    return value


def weighed(measures: Measures) -> Measures:
    """Scale the measures for the regressions: ``SHARES`` as log-odds, ``novel`` and ``amount`` as logarithms."""
    return {
        name: (None if x is None else _scaled(name, x), None if y is None else _scaled(name, y))
        for name, (x, y) in measures.items()
    }


def reading(seen: Measures, derived: int) -> dict[str, float | None]:
    """Return the inputs for the question whether side ``derived`` (0 or 1) was made from the other.

    ``name`` is the measure of the supposed derived text, ``name-back`` that of its supposed source. ``seen`` comes from
    :func:`weighed`.
    """
    result = {name: sides[derived] for name, sides in seen.items()}
    return result | {f"{name}-back": sides[1 - derived] for name, sides in seen.items()}


def extremes(seen: Measures) -> dict[str, float | None]:
    """Return the inputs for a question without sides: ``name+`` is the larger of the two values, ``name-`` the smaller."""
    result: dict[str, float | None] = {}
    for name, sides in seen.items():
        known = [each for each in sides if each is not None]
        result[f"{name}+"] = max(known) if known else None
        result[f"{name}-"] = min(known) if known else None
    return result


def differences(seen: Measures) -> dict[str, float | None]:
    """Return the inputs for the question of direction: each measure of ``a`` minus that of ``b``.

    All are None where one of the texts shows no names: on ``counter``, whose script has no capitals, the remaining measures
    were wrong half the time.
    """
    if None in seen.get("names", ()):
        return dict.fromkeys(seen)
    return {name: None if x is None or y is None else x - y for name, (x, y) in seen.items()}
