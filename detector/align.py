"""Two documents -> the passages they share, whatever the wording and the order.

Two passes, the second over the words that the first left unexplained:

1. runs of equal words that hold at least a whole sentence (greedy string tiling, Wise 1993);
2. regions: stretches of two sentences that share their heavy terms in any order. Sentences are seeds, as in the text
   alignment of Sanchez-Perez, Gelbukh and Sidorov (PAN 2014), weighed by inverse sentence frequency over the two texts;
   each is then cut to its maximal segment, so that a fused or split sentence gives two spans.

A span is typed by what it kept: the same words, most of them in order, or the content in other words; speech on both sides
is a quotation. Nothing here knows a language but the stems and function words that ``text`` found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from . import align_kernels, kernels
from .model import Alignment, Document, SharedQuotation, Span, SpanKind
from .passages import passages
from .words import among, function_stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPEECH_WORDS = 6  # a quotation of this many words is a unit of its own; a shorter one is part of its sentence
RUN_REPEATS = 8  # places of the other text that one run is tried against
UNIT_WORDS = 5  # a shorter sentence is not taken for a copy of an equal one ("He said no.")
MIN_UNITS = 30  # texts of fewer sentences are weighed as if they had so many: frequency in three sentences says little
PENALTY = 0.3  # of a word without counterpart, against its weight with one: where a region ends
MIN_WEIGHT = 2.3  # weight matched; a term that each text says once weighs 1
MIN_DICE = 0.4
MIN_WORDS = 5
SNAP_WORDS = 4  # a region that ends so near to the end of its sentence is the sentence
EDITED = 0.6  # share of the longer side's words kept in order: above, edited; below, paraphrased
SPEECH = 0.7  # share of a stretch's words inside quotation marks that makes it speech
RUN_ON_GAP = 8  # words between two spans that an editor reads as one passage


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One document as the kernels want it: terms and words as small integers, units, blocks."""

    document: Document
    terms: NDArray[np.int32]
    words: NDArray[np.int32]
    units: NDArray[np.int64]
    speech: NDArray[np.bool_]
    blocks: NDArray[np.int32]
    joined: NDArray[np.bool_]
    free: NDArray[np.bool_]


def _units(document: Document) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Sentences, cut where a long quotation begins or ends: (u, 2) ranges of words, and which are speech."""
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
    """What every alignment of one document needs: its units, and its stems and words as numbers among its own."""

    units: NDArray[np.int64]
    speech: NDArray[np.bool_]
    blocks: NDArray[np.int32]
    joined: NDArray[np.bool_]
    stems: NDArray[np.uint64]
    stem_of: NDArray[np.int64]
    keys: NDArray[np.uint64]
    key_of: NDArray[np.int64]


_prepared: WeakKeyDictionary[Document, _Prepared] = WeakKeyDictionary()
"""Kept as long as the document itself: in a scan each of them is aligned with many."""


def _prepare(document: Document) -> _Prepared:
    known = _prepared.get(document)
    if known is None:
        units, speech = _units(document)
        joined = np.zeros(len(document.start), np.bool_)
        near = np.flatnonzero(document.start[1:] - document.end[:-1] == 1)
        text = document.article.text
        joined[near + 1] = [text[at] in "-‐‑" for at in document.end[near].tolist()]
        changes = np.zeros(len(document.body), np.int32)
        changes[1:] = np.cumsum(document.body[1:] != document.body[:-1])
        blocks = np.where(document.body, changes, np.int32(-1))
        numbered = (np.unique(each, return_inverse=True) for each in (document.stems, document.keys))
        (stems, stem_of), (keys, key_of) = numbered
        known = _prepared[document] = _Prepared(units, speech, blocks, joined, stems, stem_of, keys, key_of)
    return known


def _sides(a: Document, b: Document) -> tuple[_Side, _Side, NDArray[np.bool_]]:
    """Both documents over one set of terms, and which of the terms are function words."""
    one, two = _prepare(a), _prepare(b)
    distinct, term = np.unique(np.concatenate([one.stems, two.stems]), return_inverse=True)
    _, word = np.unique(np.concatenate([one.keys, two.keys]), return_inverse=True)
    common = np.zeros(len(distinct), np.bool_)
    for each in {a.language, b.language}:
        common |= among(distinct, function_stems(each))
    terms, words = term.astype(np.int32), word.astype(np.int32)
    left, right = (
        _Side(
            document,
            terms[place][own.stem_of],
            words[spelt][own.key_of],
            own.units,
            own.speech,
            own.blocks,
            own.joined,
            document.body.copy(),
        )
        for document, own, place, spelt in (
            (a, one, slice(0, len(one.stems)), slice(0, len(one.keys))),
            (b, two, slice(len(one.stems), None), slice(len(one.keys), None)),
        )
    )
    return left, right, common


def _whole_units(side: _Side, begin: int, size: int) -> tuple[int, int]:
    """The largest range of whole units inside a run, relative to its begin; empty if no unit of substance is whole."""
    units = side.units
    first = int(np.searchsorted(units[:, 0], begin))
    last = int(np.searchsorted(units[:, 1], begin + size, side="right")) - 1
    if last < first or (units[first : last + 1, 1] - units[first : last + 1, 0]).max() < UNIT_WORDS:
        return 0, 0
    return int(units[first, 0]) - begin, int(units[last, 1]) - begin


def _verbatim_units(a: _Side, b: _Side) -> list[tuple[int, int, int, int]]:
    """First pass: equal runs, cut back to whole units of either text; their words are taken."""
    found = []
    for i, j, size in align_kernels.common_runs(a.words, a.blocks, b.words, b.blocks, UNIT_WORDS, RUN_REPEATS):
        a_begin, a_end = _whole_units(a, i, size)
        b_begin, b_end = _whole_units(b, j, size)
        if a_end == b_end == 0:
            continue
        begin = min(each for each, end in ((a_begin, a_end), (b_begin, b_end)) if end)
        end = max(a_end, b_end)
        found.append((int(i + begin), int(i + end), int(j + begin), int(j + end)))
        a.free[i + begin : i + end] = False
        b.free[j + begin : j + end] = False
    return found


def _snap(side: _Side, begin: int, end: int) -> tuple[int, int]:
    """Move the ends of a region to the ends of its unit where next to nothing lies between, over free words only."""
    row = int(np.searchsorted(side.units[:, 0], begin, side="right")) - 1
    first, last = (int(each) for each in side.units[row])
    if begin - first <= SNAP_WORDS and side.free[first:begin].all():
        begin = first
    if last - end <= SNAP_WORDS and side.free[end:last].all():
        end = last
    while begin > first and side.free[begin - 1] and side.joined[begin]:  # not into the middle of "Iranian-backed"
        begin -= 1
    while end < last and side.free[end] and side.joined[end]:
        end += 1
    return begin, end


def _regions(a: _Side, b: _Side, weight: NDArray[np.float64]) -> list[tuple[int, int, int, int]]:
    """Second pass: stretches of sentences that share their heavy terms."""
    ranges, _ = align_kernels.regions(
        a.terms, a.free, a.units, b.terms, b.free, b.units, weight, PENALTY, MIN_WEIGHT, MIN_DICE, MIN_WORDS
    )
    found = []
    for i, i_end, j, j_end in ranges.tolist():
        a_begin, a_end = _snap(a, i, i_end)
        b_begin, b_end = _snap(b, j, j_end)
        a.free[a_begin:a_end] = False
        b.free[b_begin:b_end] = False
        found.append((a_begin, a_end, b_begin, b_end))
    return found


def _joined(found: list[tuple[int, int, int, int]], gap: int) -> list[tuple[int, int, int, int]]:
    """Ranges that follow one another in both texts with at most ``gap`` words between, joined; in the order of ``a``."""
    result: list[tuple[int, int, int, int]] = []
    for begin, end, other, other_end in sorted(found):
        if result and begin - result[-1][1] <= gap and 0 <= other - result[-1][3] <= gap:
            result[-1] = (result[-1][0], end, result[-1][2], other_end)
        else:
            result.append((begin, end, other, other_end))
    return result


def _is_speech(document: Document, begin: int, end: int) -> bool:
    return bool((document.quoted[begin:end] >= 0).mean() >= SPEECH)


def _speaker(document: Document, begin: int, end: int) -> str:
    inside = document.quoted[begin:end]
    inside = inside[inside >= 0]
    return document.quotations[int(np.bincount(inside).argmax())].note if len(inside) else ""


def _quoted_part(document: Document, begin: int, end: int) -> tuple[int, int]:
    """The range without the words before and after the quotation marks."""
    inside = begin + np.flatnonzero(document.quoted[begin:end] >= 0)
    return int(inside[0]), int(inside[-1]) + 1


def _shared(a: Document, b: Document, found: tuple[int, int, int, int]) -> SharedQuotation:
    speaker = max(_speaker(a, found[0], found[1]), _speaker(b, found[2], found[3]), key=len)  # the fuller name
    return SharedQuotation(speaker or None, *_characters(a, b, found))


def _quotations_inside(a: Document, b: Document, found: tuple[int, int, int, int]) -> list[SharedQuotation]:
    """The long quotations within a verbatim span that both texts set in quotation marks."""
    i, i_end, j, _ = found
    shared = []
    for each in np.unique(a.quoted[i:i_end]):
        places = i + np.flatnonzero(a.quoted[i:i_end] == each)
        begin, end = int(places[0]), int(places[-1]) + 1
        other, other_end = j + begin - i, j + end - i
        if each < 0 or end - begin < SPEECH_WORDS or (b.quoted[other:other_end] < 0).any():
            continue
        if _same_speaker(_speaker(a, begin, end), _speaker(b, other, other_end)):
            shared.append(_shared(a, b, (begin, end, other, other_end)))
    return shared


def _same_speaker(a: str, b: str) -> bool:
    """Names that share their last word, or one that is not known."""
    return not a or not b or a.split()[-1].casefold() == b.split()[-1].casefold()


def _typed(a: _Side, b: _Side, found: tuple[int, int, int, int], weight: NDArray[np.float64]) -> tuple[SpanKind, float]:
    """The kind of a span and its similarity: Dice of the weights of shared terms, 1 for the same words."""
    i, i_end, j, j_end = found
    own, other = a.words[i:i_end], b.words[j:j_end]
    equal = len(own) == len(other) and bool((own == other).all())
    inside = np.zeros((2, len(weight)), np.bool_)
    inside[0, a.terms[i:i_end]] = inside[1, b.terms[j:j_end]] = True
    shared = np.where(inside[0] & inside[1], weight, 0.0)
    held = shared[a.terms[i:i_end]].sum(), shared[b.terms[j:j_end]].sum()
    total = weight[a.terms[i:i_end]].sum() + weight[b.terms[j:j_end]].sum()
    similarity = 1.0 if equal else min(float(sum(held) / total), 0.999999) if total else 0.0
    speech = _is_speech(a.document, i, i_end) and _is_speech(b.document, j, j_end)
    if speech and _same_speaker(_speaker(a.document, i, i_end), _speaker(b.document, j, j_end)):
        return "quotation", similarity
    if equal:
        return "verbatim", similarity
    kept = align_kernels.common_subsequence(own, other) / max(len(own), len(other))
    return ("edited" if kept >= EDITED else "paraphrased"), similarity


def _characters(a: Document, b: Document, found: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    i, i_end, j, j_end = found
    return int(a.start[i]), int(a.end[i_end - 1]), int(b.start[j]), int(b.end[j_end - 1])


def shared_passages(a: Document, b: Document) -> tuple[tuple[int, int, int, int], ...]:
    """The long stretches that both texts share, as ranges of characters (a start, a end, b start, b end), ordered by ``a``.

    Furniture counts like the story here: these answer what of one text is in the other, not who told it.

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
    distinct, terms = np.unique(np.concatenate([a.stems, b.stems]), return_inverse=True)
    ids = terms.astype(np.int32)
    found = passages(ids[: len(a.start)], ids[len(a.start) :], a.sentences, b.sentences, len(distinct))
    return tuple(_characters(a, b, each) for each in found)


def align(a: Document, b: Document, *, with_passages: bool = False) -> Alignment:
    """Find what two documents share. Spans are ordered by ``a`` and do not overlap on either side.

    ``with_passages`` asks for the ``passages`` too, on which no judgement stands: see :func:`shared_passages`.

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
    left, right, common = _sides(a, b)
    terms = np.concatenate([left.terms, right.terms])
    units = np.concatenate([left.units, right.units + len(left.terms)])
    weight = align_kernels.weights(terms, units, len(common), MIN_UNITS, common)

    verbatim = _joined(_verbatim_units(left, right), 0)
    found = sorted(verbatim + _regions(left, right, weight))
    spans = []
    quotations = []
    for at, each in enumerate(found):
        kind, similarity = _typed(left, right, each, weight)
        if kind == "quotation":
            each = found[at] = (*_quoted_part(a, each[0], each[1]), *_quoted_part(b, each[2], each[3]))
        spans.append(Span(kind, *_characters(a, b, each), similarity))
        if kind == "quotation":
            quotations.append(_shared(a, b, each))
        elif kind == "verbatim":
            quotations += _quotations_inside(a, b, each)
    covered = (np.zeros(len(a.start), np.bool_), np.zeros(len(b.start), np.bool_))
    for begin, end, other, other_end in found:
        covered[0][begin:end] = True
        covered[1][other:other_end] = True
    order = kernels.concordance(np.array([each[2] for each in found], np.int64))
    best_a, place_a, inside_a = align_kernels.counterparts(left.terms, left.units, right.terms, right.units, weight)
    best_b, place_b, inside_b = align_kernels.counterparts(right.terms, right.units, left.terms, left.units, weight)
    sums = []
    for side in (left, right):
        running = np.concatenate([[0.0], np.cumsum(weight[side.terms])])
        sums.append(running[side.units[:, 1]] - running[side.units[:, 0]])
    return Alignment(
        spans=tuple(spans),
        passages=shared_passages(a, b) if with_passages else (),
        quotations=tuple(quotations),
        longest=max((min(each[1] - each[0], each[3] - each[2]) for each in _joined(found, RUN_ON_GAP)), default=0),
        order=None if np.isnan(order) else float(order),
        best_a=best_a,
        best_b=best_b,
        place_a=place_a,
        place_b=place_b,
        inside_a=inside_a,
        inside_b=inside_b,
        speech_a=left.speech,
        speech_b=right.speech,
        weight_a=sums[0],
        weight_b=sums[1],
        covered_a=covered[0],
        covered_b=covered[1],
    )
