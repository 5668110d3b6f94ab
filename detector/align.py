"""Find the passages that two documents share, whatever their wording and order.

There are two passes; the second sees only the words that the first left unexplained:

1. runs of equal words that contain at least one whole sentence (greedy string tiling, Wise 1993);
2. regions: stretches of two sentences that share their heavy terms in any order. Pairs of sentences serve as seeds, as in
   the text alignment of Sanchez-Perez, Gelbukh and Sidorov (PAN 2014), with terms weighted by inverse sentence frequency
   over the two texts. Each pair is then cut to its maximal segment, so that a merged or split sentence gives two spans.

A span is classified by what it preserves: the same words, most of them in order, or only the content. If both sides are
speech, it is a quotation. The only language-specific inputs are the stems and function words that ``text`` found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .document import Alignment, Document, once_a_document
from .languages.changes import CURRENCIES
from .languages.stems import function_stems
from .languages.words import among, inside, joined_by
from .languages.words import words as words_of
from .loops import align_kernels, kernels, tiling
from .model import CLOSE, SharedQuotation, Span, SpanKind
from .passages import passages
from .story.speakers import may_be_one

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPEECH_WORDS = 6  # a quotation of at least this many words is a unit of its own; a shorter one is part of its sentence
RUN_REPEATS = 8  # places in the other text at which one run is tried
RUN_PATIENCE = 50  # words compared per word of the texts; pairs of news and of PAN 2013 need .5 at most
UNIT_WORDS = 5  # a shorter sentence is not taken for a copy of an equal one ("He said no.")
MIN_UNITS = 30  # weights assume at least this many sentences: frequency in three sentences says little
PENALTY = 0.3  # cost of a word without a counterpart, relative to its weight with one; decides where a region ends
TERM_PAIRS = 1 << 16  # a term in more pairs of sentences proposes none (the limit is reached at 256 sentences of each text)
REGION_PATIENCE = 100  # words examined per word of the texts; pairs of news and of PAN 2013 need 3 at most
MIN_WEIGHT = 2.3  # matched weight; a term that occurs once in each text weighs 1
MIN_DICE = 0.4
MIN_PART = 0.25  # a region below this share of both its sentences is a stock phrase: one of 25 on news and on PAN 2013
LINK = 2  # sentences from a matched pair to one that it supports, if another matched pair supports it from the other side
LINK_PENALTY = 0.12  # as PENALTY, MIN_WEIGHT, MIN_DICE, for such a pair; .1, 1, .25 find two sentences instead of one that a
LINK_WEIGHT = 1.2  # reader would miss in the rewrite among the example articles, but also one more in the
LINK_DICE = 0.25  # independent report
MIN_WORDS = 5
SNAP_WORDS = 4  # a region that ends this close to the end of its sentence is extended to it
EDITED = 0.6  # share of the longer side's words kept in order: edited from here on, paraphrased below
AROUND_WORDS = 12  # beside a quotation: who said it, to whom and when; more words form a passage of their own
SPEECH = 0.7  # share of a stretch's words inside quotation marks from which it counts as speech


@once_a_document
def _units(document: Document) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Cut the sentences where a long quotation begins or ends: (u, 2) ranges of words, and which are speech."""
    quoted = document.quoted
    sizes = np.bincount(quoted[quoted >= 0], minlength=len(document.quotations) or 1)
    long = np.where(quoted >= 0, sizes[quoted] >= SPEECH_WORDS, False)
    if not long.any():
        return document.sentences.astype(np.int64), np.zeros(len(document.sentences), np.bool_)
    edges = np.flatnonzero(long[1:] != long[:-1]) + 1
    begins, ends = document.sentences[:, 0], document.sentences[:, 1]
    row = np.searchsorted(begins, edges, side="right") - 1
    inner = edges[(row >= 0) & (edges > begins[row]) & (edges < ends[row])]
    units = np.stack([np.sort(np.concatenate([begins, inner])), np.sort(np.concatenate([ends, inner]))], axis=1)
    return units.astype(np.int64), long[units[:, 0]]


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """What passages of a document need beside its units: blocks of body text, hyphen-joined words and n-grams."""

    blocks: NDArray[np.int32]
    joined: NDArray[np.bool_]
    grams: tuple[NDArray[np.uint64], NDArray[np.int64]]


@once_a_document
def _prepare(document: Document) -> _Prepared:
    joined = joined_by("-‐‑", document.article.text, document.start, document.end)
    changes = np.zeros(len(document.body), np.int32)
    changes[1:] = np.cumsum(document.body[1:] != document.body[:-1])
    blocks = np.where(document.body, changes, np.int32(-1))
    return _Prepared(blocks, joined, tiling.ordered_grams(document.keys, UNIT_WORDS))


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One document as the kernels need it: terms as small integers, the units containing each, and unexplained words."""

    document: Document
    units: NDArray[np.int64]
    speech: NDArray[np.bool_]
    terms: NDArray[np.int32]
    offset: NDArray[np.int64]
    places: NDArray[np.int64]
    free: NDArray[np.bool_]


@once_a_document
def _common(document: Document, language: str) -> NDArray[np.bool_]:
    """(t,) bool: which of the document's terms are function words of a language.

    For English, only the words that identify the language are used: with the further ones, rewrites by weak models are told
    from reports slightly less well (AUC .745 instead of .760), and other rewrites no better.
    """
    return among(document.terms, function_stems(language, further=language != "en"))


def _sides(a: Document, b: Document) -> tuple[_Side, _Side, NDArray[np.bool_]]:
    """Return both documents over one set of terms, and which of the terms are function words."""
    *places, count = align_kernels.merged(a.terms, b.terms)
    common = np.zeros(count, np.bool_)
    for each in {a.language, b.language}:
        for document, place in zip((a, b), places, strict=True):
            common[place[_common(document, each)]] = True
    sides = []
    for document, place in zip((a, b), places, strict=True):
        units, speech = _units(document)
        terms = place[document.term_of]
        offset, held_by = align_kernels.postings(terms, units, count)
        sides.append(_Side(document, units, speech, terms, offset, held_by, document.body.copy()))
    return sides[0], sides[1], common


def _whole_units(side: _Side, begin: NDArray[np.int64], size: NDArray[np.int64]) -> tuple[Any, Any]:
    """The largest range of whole units in each run, relative to its start; 0 and 0 if none is long enough."""
    units = side.units
    first = np.searchsorted(units[:, 0], begin)
    last = np.searchsorted(units[:, 1], begin + size, side="right")
    long = np.concatenate([[0], np.cumsum(units[:, 1] - units[:, 0] >= UNIT_WORDS)])
    whole = (last > first) & (long[last] > long[np.minimum(first, last)])
    first, last = np.where(whole, first, 0), np.where(whole, last, 1) - 1
    return np.where(whole, units[first, 0] - begin, 0), np.where(whole, units[last, 1] - begin, 0)


def _verbatim_units(a: _Side, b: _Side) -> list[tuple[int, int, int, int]]:
    """Run the first pass: equal runs, cut back to whole units of either text, whose words are marked as used."""
    of_a, of_b = _prepare(a.document), _prepare(b.document)
    runs, _ = tiling.common_runs(
        *(a.document.keys, of_a.blocks, of_a.grams),
        *(b.document.keys, of_b.blocks, of_b.grams),
        UNIT_WORDS, RUN_REPEATS, RUN_PATIENCE,
    )  # fmt: skip
    if not len(runs):
        return []
    i, j, size = runs.T
    (a_begin, a_end), (b_begin, b_end) = _whole_units(a, i, size), _whole_units(b, j, size)
    begin = np.minimum(np.where(a_end > 0, a_begin, b_begin), np.where(b_end > 0, b_begin, a_begin))
    end = np.maximum(a_end, b_end)
    found = np.stack([i + begin, i + end, j + begin, j + end], axis=1)[end > 0].tolist()
    for first, last, other, other_last in found:
        a.free[first:last] = False
        b.free[other:other_last] = False
    return [(first, last, other, other_last) for first, last, other, other_last in found]


def _between(links: list[Any], columns: int) -> NDArray[np.int64]:
    """The pairs of sentences in order between two matched pairs, at most ``LINK`` sentences from each, as codes.

    A code is the unit of one text times ``columns`` plus the unit of the other.
    """
    known = {(unit, other) for unit, other in links}
    steps = [(i, j) for i in range(LINK + 1) for j in range(LINK + 1)]
    after = {(unit + i, other + j) for unit, other in known for i, j in steps}
    before = {(unit - i, other - j) for unit, other in known for i, j in steps}
    return np.array(sorted(unit * columns + other for unit, other in (after & before) - known), np.int64)


def _part(side: _Side, begin: Any, end: Any, unit: Any, weight: NDArray[np.float64]) -> Any:
    """(r,) float64: the share of its sentence's weight that each range holds; all ranges (r,) int64."""
    running = np.concatenate([[0.0], np.cumsum(weight[side.terms])])
    units = side.units[unit]
    return (running[end] - running[begin]) / (running[units[:, 1]] - running[units[:, 0]])


def _ends(side: _Side, begin: Any, end: Any) -> Any:
    """The sentences in which the ranges of words begin, followed by those in which they end: (2 r,) int64."""
    return np.searchsorted(side.units[:, 0], np.concatenate([begin, np.asarray(end) - 1]), side="right") - 1


def _regions(
    a: _Side, b: _Side, pairs: NDArray[np.int64], verbatim: list[tuple[int, int, int, int]], weight: NDArray[np.float64]
) -> list[tuple[int, int, int, int]]:
    """Run the second pass: find regions among ``pairs`` of sentences, then among those between matched ones."""
    joined_a, joined_b = (_prepare(each.document).joined for each in (a, b))
    sides = *(a.terms, a.free, joined_a, a.units), *(b.terms, b.free, joined_b, b.units), weight
    found, _, _ = align_kernels.regions(
        pairs, *sides, PENALTY, MIN_WEIGHT, MIN_DICE, MIN_WORDS, SNAP_WORDS, REGION_PATIENCE
    )
    if len(found):
        i, i_end, j, j_end, unit, other = found.T
        found = found[np.maximum(_part(a, i, i_end, unit, weight), _part(b, j, j_end, other, weight)) >= MIN_PART]
    links = found[:, 4:].tolist()
    if verbatim:
        i, i_end, j, j_end = np.array(verbatim).T
        links += zip(_ends(a, i, i_end).tolist(), _ends(b, j, j_end).tolist(), strict=True)
    between = _between(links, len(b.units))
    if len(between):
        further, _, _ = align_kernels.regions(
            between, *sides, LINK_PENALTY, LINK_WEIGHT, LINK_DICE, MIN_WORDS, SNAP_WORDS, REGION_PATIENCE
        )
        found = np.concatenate([found, further])
    return [(i, i_end, j, j_end) for i, i_end, j, j_end in found[:, :4].tolist()]


def _joined(found: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join ranges that are adjacent in both texts, with no word between; sorted by position in ``a``."""
    result: list[tuple[int, int, int, int]] = []
    for begin, end, other, other_end in sorted(found):
        if result and (begin, other) == (result[-1][1], result[-1][3]):
            result[-1] = (result[-1][0], end, result[-1][2], other_end)
        else:
            result.append((begin, end, other, other_end))
    return result


def _speaker(document: Document, begin: int, end: int) -> str:
    inside = document.quoted[begin:end]
    inside = inside[inside >= 0]
    return document.quotations[int(np.bincount(inside).argmax())].note if len(inside) else ""


def _quoted_part(document: Document, begin: int, end: int) -> tuple[int, int]:
    """The range without the words before and after the quotation marks."""
    inside = begin + np.flatnonzero(document.quoted[begin:end] >= 0)
    return int(inside[0]), int(inside[-1]) + 1


def _shared(a: Document, b: Document, found: tuple[int, int, int, int]) -> SharedQuotation:
    one, other = _speaker(a, *found[:2]), _speaker(b, *found[2:])
    known = bool(one or other) and all(_is_known(one or other, *side) for side in ((one, a), (other, b)))
    known = known and may_be_one(one, other, a.article.text, b.article.text)
    return SharedQuotation(max(one, other, key=len) if known else None, *_characters(a, b, found))


def _is_known(speaker: str, here: str, document: Document) -> bool:
    """Whether a text that names the speaker ``here``, or nobody, can mean this one: by the last name, which it also has."""
    last = words_of(speaker)[2][-1:]
    return bool(np.array_equal(words_of(here)[2][-1:], last) if here else np.isin(last, document.keys).any())


def _parts(a: Document, b: Document, found: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """The quotations in a range, each by itself if both texts interrupt the speech as often: "…," she said. "…"."""
    sides = []
    for document, (begin, end) in ((a, found[:2]), (b, found[2:])):
        inside = document.quoted[begin:end]
        numbers = np.unique(inside[inside >= 0]).tolist()
        places = [begin + np.flatnonzero(inside == each) for each in numbers]
        sides.append([(int(each[0]), int(each[-1]) + 1) for each in places])
    return [(*one, *other) for one, other in zip(*sides, strict=True)] if len(sides[0]) == len(sides[1]) else [found]


def _quotations_inside(a: Document, b: Document, found: tuple[int, int, int, int]) -> list[SharedQuotation]:
    """The long quotations within a verbatim span that both texts put in quotation marks."""
    i, i_end, j, _ = found
    shared: list[SharedQuotation] = []
    if a.quoted[i:i_end].max() < 0:
        return shared
    for each in np.unique(a.quoted[i:i_end]):
        places = i + np.flatnonzero(a.quoted[i:i_end] == each)
        begin, end = int(places[0]), int(places[-1]) + 1
        other, other_end = j + begin - i, j + end - i
        if each >= 0 and end - begin >= SPEECH_WORDS and (b.quoted[other:other_end] >= 0).all():
            shared.append(_shared(a, b, (begin, end, other, other_end)))
    return shared


def _typed(
    a: Document, b: Document, found: tuple[int, int, int, int], dice: float, kept: float, quoted: float
) -> tuple[SpanKind, float, tuple[int, int, int, int]]:
    """The kind of a span, its similarity (1 for the same words) and its range, given its ``align_kernels.likeness``.

    It is a quotation if both sides are quoted, in the same words but a few: one of the two may be a bad recording.
    A quotation loses the few words around it ("Kirby said"); a span with a whole sentence around it is not a quotation.
    """
    similarity = 1.0 if kept == 1 else min(dice, 0.999999)
    if quoted >= SPEECH and (kept >= EDITED or dice >= CLOSE):
        begin, end, other, other_end = (*_quoted_part(a, *found[:2]), *_quoted_part(b, *found[2:]))
        around = (begin - found[0], found[1] - end, other - found[2], found[3] - other_end)
        if max(around) <= AROUND_WORDS:
            return "quotation", similarity, (begin, end, other, other_end)
    if kept == 1:
        return "verbatim", similarity, found
    return ("edited" if kept >= EDITED else "paraphrased"), similarity, found


def _characters(a: Document, b: Document, found: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    i, i_end, j, j_end = found
    return _begin(a, i), int(a.end[i_end - 1]), _begin(b, j), int(b.end[j_end - 1])


def _begin(document: Document, word: int) -> int:
    """Where a word begins, with the sign of a currency before it."""
    start = int(document.start[word])
    return start - (document.article.text[start - 1 : start] in CURRENCIES)


def shared_passages(a: Document, b: Document) -> tuple[tuple[int, int, int, int], ...]:
    """Return the long passages that two texts share, as character ranges (a start, a end, b start, b end), ordered by ``a``.

    Boilerplate is included: passages show what is shared, whoever wrote it. They are whole blocks, as plagiarism detection
    (PAN 2013) expects, and coarser than the spans of :func:`align`, which a report shows by kind.

    >>> from .model import Article
    >>> from .text import analyse
    >>> told = ("Grain ships left Odesa under guard at dawn, bound for Egypt with forty thousand tons of barley inside. "
    ...     "Tugs had cleared wreckage off the harbour mouth all through the night, and a pilot led them past two mines "
    ...     "that divers marked on Sunday.")
    >>> one = analyse(Article(id="a", text=told))
    >>> two = analyse(Article(id="b", text="My aunt keeps bees and cannot stand a radio. One day she heard this. " + told))
    >>> [two.article.text[start:end][:16] for _, _, start, end in shared_passages(one, two)]
    ['Grain ships left']
    """
    if not (len(a.start) and len(b.start)):
        return ()
    a_place, b_place, count = align_kernels.merged(a.terms, b.terms)
    found = passages(a_place[a.term_of], b_place[b.term_of], a.sentences, b.sentences, count)
    return tuple(_characters(a, b, each) for each in found)


def align(a: Document, b: Document) -> Alignment:
    """Find what two documents share. Spans are ordered by ``a`` and do not overlap on either side.

    >>> from .model import Article
    >>> from .text import analyse
    >>> one, two = (Article(id=i, text=t) for i, t in (
    ...     ("a", "The old stone bridge collapsed on Monday. Nobody was hurt, police said."),
    ...     ("b", "Police said nobody was hurt when the old stone bridge collapsed Monday night.")))
    >>> for span in align(analyse(one), analyse(two)).spans:
    ...     print(span.kind, "|", one.text[span.a_start:span.a_end], "|", two.text[span.b_start:span.b_end])
    edited | The old stone bridge collapsed on Monday | the old stone bridge collapsed Monday night
    edited | Nobody was hurt, police said | Police said nobody was hurt
    """
    matched = _matched(a, b)
    one, two, weight = matched.one, matched.two, matched.weight
    swapped = one.document is not a
    verbatim = _joined(_verbatim_units(one, two))
    found = verbatim + _regions(one, two, matched.pairs, verbatim, weight)
    found = sorted((j, j_end, i, i_end) if swapped else (i, i_end, j, j_end) for i, i_end, j, j_end in found)
    left, right = (two, one) if swapped else (one, two)
    words = np.array(found, np.int64).reshape(-1, 4)
    alike = align_kernels.likeness(
        words,
        *(left.terms, a.keys, a.quoted),
        *(right.terms, b.keys, b.quoted),
        weight,
    ).tolist()
    spans = []
    quotations = []
    for at, each in enumerate(found):
        kind, similarity, each = _typed(a, b, each, *alike[at])
        words[at] = found[at] = each
        spans.append(Span(kind, *_characters(a, b, each), similarity))
        if kind == "quotation":
            quotations += [_shared(a, b, part) for part in _parts(a, b, each)]
        elif kind == "verbatim":
            quotations += _quotations_inside(a, b, each)
    order = kernels.concordance(np.array([each[2] for each in found], np.int64))
    return replace(
        matched.alignment,
        spans=tuple(spans),
        words=words,
        quotations=tuple(quotations),
        longest=max((min(end - begin, other_end - other) for begin, end, other, other_end in found), default=0),
        order=None if np.isnan(order) else float(order),
        covered_a=inside(words[:, :2], len(a.start)),
        covered_b=inside(words[:, 2:], len(b.start)),
    )


def followed(a: Document, b: Document) -> Alignment:
    """Return how well each sentence of two documents is matched in the other, without any spans: in a third of the time."""
    return _matched(a, b).alignment


@dataclass(frozen=True, slots=True, eq=False)
class _Matched:
    """Two documents with their units matched: the shorter text, and the other; weights of terms, and pairs of like units.

    ``alignment``: of the documents in the given order, without spans.
    """

    one: _Side
    two: _Side
    weight: NDArray[np.float64]
    pairs: NDArray[np.int64]
    alignment: Alignment


def _matched(a: Document, b: Document) -> _Matched:
    left, right, common = _sides(a, b)
    units = len(left.units) + len(right.units)
    weight = align_kernels.weights(left.offset, right.offset, units, MIN_UNITS, common)

    # The shorter text goes first, whichever side it is on: each region is cut on one side before the other.
    swapped = (len(b.start), b.article.text) < (len(a.start), a.article.text)
    one, two = (right, left) if swapped else (left, right)
    *of_one, pairs = align_kernels.counterparts(
        *(one.terms, one.units, one.speech, one.offset),
        *(two.units, two.speech, two.offset, two.places),
        *(weight, TERM_PAIRS, MIN_WEIGHT),
    )
    *of_two, _ = align_kernels.counterparts(
        *(two.terms, two.units, two.speech, two.offset),
        *(one.units, one.speech, one.offset, one.places),
        *(weight, TERM_PAIRS, math.inf),
    )
    best_a, place_a, inside_a, weight_a, thread_a = of_two if swapped else of_one
    best_b, place_b, inside_b, weight_b, thread_b = of_one if swapped else of_two
    alignment = Alignment(
        spans=(),
        words=np.empty((0, 4), np.int64),
        quotations=(),
        longest=0,
        order=None,
        units_a=left.units,
        units_b=right.units,
        best_a=best_a,
        best_b=best_b,
        place_a=place_a,
        place_b=place_b,
        inside_a=inside_a,
        inside_b=inside_b,
        speech_a=left.speech,
        speech_b=right.speech,
        weight_a=weight_a,
        weight_b=weight_b,
        thread_a=float(thread_a),
        thread_b=float(thread_b),
        covered_a=np.zeros(len(a.start), np.bool_),
        covered_b=np.zeros(len(b.start), np.bool_),
    )
    return _Matched(one, two, weight, pairs, alignment)
