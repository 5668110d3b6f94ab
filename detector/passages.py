"""The passages two texts share: long stretches, one of each, that hold the same words in whatever order.

A passage is a rectangle of the plane of word positions that holds more equal words than chance would put there. Windows
of the plane where they gather are seeds; each is grown, one side in turn after the other, to the stretch of largest
evidence. A word that the other side holds counts the logarithm of how much likelier that is in a passage than by chance,
by the word's frequency; a word that it lacks counts against (Kadane's maximal segment over log-likelihood ratios, as in
Karlin and Altschul, PNAS 1990). A summary has no such rectangle: a short stretch whose words lie all over a long text.

The figures beside the thresholds: PlagDet on PAN 2013's training pairs. Where one stands alone it is overall, on every fifth
pair, before words were discounted by their topic (.952 then). The others were looked at on the even and on the odd pairs,
both of which chose: neither is held out; the values here give .942 and .946 overall, .994 of clean pairs spared on both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import passage_kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

Range = tuple[int, int, int, int]
"""Start and end in one text, start and end in the other: words, half-open."""

KEPT = 0.55  # share of a passage's words that the other side is expected to hold; .5: .950, .6: .948
FLOOR_WORDS = 4500  # words' frequencies are taken as if from so many; 3,000: .943, 5,000: .950
TOPIC = 0.3  # share of a word's repetitions that is its topic's; 0: summaries .66, clean pairs .980, .5: random .929
CELL = 30  # words; 25: .951
MOST_CELLS = 1 << 20  # very long texts get larger cells
SEED = 7.2  # evidence in a window of four cells; 6: .951, 8: .951
REPEATS = 80  # pairs of places of one word that are looked at for seeds; 30: .951, 200: .952
MARGIN = 23  # words beyond a stretch that count for the other side's growth; 18: .945, 30: .945
REACH = 43  # words that a stretch may grow at a time, or its own length if that is more; 60: .951
BORDER = 3.0  # how much likelier a passage is to begin and end with a sentence, as a logarithm; 2: .945, 4: .947
ROUNDS = 12  # of growth; 5: .948, 8: .952
COPIED = 0.8  # share of words kept from which a passage is a copy, whose ends are sharp; without: .949
RARE = 0.3  # chance under which an equal word says something about that share
FIRST = 36.0  # evidence of the strongest passage of a pair
FURTHER = 60.0  # evidence of the others: a text echoes its own passages; 50: summaries .69, random .942
SHORT_SIDE = 22  # words of the shorter side; 15: clean pairs .992 for .994
LONG_SIDE = 36  # words of the longer side; 30: summaries .71, clean pairs .990, 42: random .932
ECHO = 0.5  # share of a side that a stronger passage holds already
GAP = 140  # words between two rectangles of one passage, on each side; 100: .952, 200: .952
STEPS = 500  # words looked at per word of the texts, at most

SUMMARY_KEPT = 0.6  # as KEPT, for summaries; .55: .951
SUMMARY_FLOOR_WORDS = 4000  # 4,500: .949
SUMMARY_OTHER = 0.25  # what an occurrence in the long text counts for a word's frequency: it may repeat what it is about
SUMMARY_EVIDENCE = 18.0  # 15: clean pairs .987 for .990, 20: summaries .706 for .716
SUMMARY_DENSITY = 0.77  # share of its words that the long text has; .75: clean pairs .990, .83: summaries .71
SUMMARY_RATIO = 3.9  # how much longer the long text is
SUMMARY_PARTS = 4  # of the long text ...
SUMMARY_PART = 0.65  # ... of which none alone may hold more of the evidence
SUMMARY_PASSAGE = 0.55  # share of the evidence in rectangles, above which these are the passages; .4: summaries .67


def _borders(sentences: NDArray[np.int32], words: int) -> NDArray[np.bool_]:
    """(n + 1,) bool: places between words where a sentence begins or ends."""
    border = np.zeros(words + 1, np.bool_)
    border[sentences.ravel()] = True
    border[[0, words]] = True
    return border


def _log_odds(chance: NDArray[np.float64], kept: float) -> NDArray[np.float64]:
    """How much likelier a word is held by the other side in a passage than by ``chance``, as a logarithm."""
    return np.log((kept + (1 - kept) * chance) / chance)


def _chance(count: NDArray[np.float64], words: int) -> NDArray[np.float64]:
    """That a stretch of ``words`` holds a word of this frequency."""
    return -np.expm1(-count * words)


def _joined(found: list[Range], gap: int) -> list[Range]:
    """Rectangles that lie within ``gap`` words of one another in both texts, in whatever order, put together."""
    done: list[Range] = []
    open_: list[Range] = []  # those that one further on may still join
    for each in sorted(found):
        grown = each
        apart = []
        for other in open_:
            if grown[0] - other[1] > gap:
                done.append(other)
            elif max(grown[2] - other[3], other[2] - grown[3]) > gap:
                apart.append(other)
            else:
                grown = (
                    min(grown[0], other[0]),
                    max(grown[1], other[1]),
                    min(grown[2], other[2]),
                    max(grown[3], other[3]),
                )
        open_ = [*apart, grown]
    return sorted(done + open_)


def _resolved(found: NDArray[np.int64], sums: NDArray[np.float64]) -> list[Range]:
    """The strongest rectangle and those that stand by themselves beside it: no echo of it, with evidence of their own."""
    kept = np.empty((0, 4), np.int64)
    for row in np.argsort(-sums, kind="stable"):
        one = found[row]
        a_both = np.minimum(kept[:, 1], one[1]) - np.maximum(kept[:, 0], one[0])
        b_both = np.minimum(kept[:, 3], one[3]) - np.maximum(kept[:, 2], one[2])
        same = bool(((a_both > 0) & (b_both > 0)).any())
        echo = len(kept) and (a_both.max() > ECHO * (one[1] - one[0]) or b_both.max() > ECHO * (one[3] - one[2]))
        if same or not len(kept) or (sums[row] >= FURTHER and not echo):
            kept = np.concatenate([kept, one[None]])
    return [(a, a_end, b, b_end) for a, a_end, b, b_end in kept.tolist()]


def _summary(
    ids: NDArray[np.int32],
    border: NDArray[np.bool_],
    others: NDArray[np.int32],
    counts: tuple[NDArray[np.int64], NDArray[np.int64]],
    found: list[Range],
    side: int,
) -> Range | None:
    """The stretch of one text (``side`` 0 or 1 of the ranges) that sums up the whole of the other, if there is one."""
    frequency = (counts[0] + SUMMARY_OTHER * counts[1]) / max(len(ids) + SUMMARY_OTHER * len(others), SUMMARY_FLOOR_WORDS)
    worth = np.where(
        counts[1] > 0, _log_odds(_chance(np.maximum(frequency, 1e-9), len(others)), SUMMARY_KEPT), np.log(1 - SUMMARY_KEPT)
    )
    values = worth[ids]
    evidence, begin, end = passage_kernels.segment(values, border, 0, len(ids), BORDER)
    if evidence < SUMMARY_EVIDENCE or end - begin < SHORT_SIDE or len(others) < SUMMARY_RATIO * (end - begin):
        return None
    inside = ids[begin:end]
    if (counts[1][inside] > 0).mean() < SUMMARY_DENSITY:
        return None
    terms = np.unique(inside)
    weight = np.maximum(worth[terms], 0)
    parts = np.stack([np.isin(terms, part) for part in np.array_split(others, SUMMARY_PARTS)])
    if (weight * (parts & (parts.sum(axis=0) == 1))).sum(axis=1).max() > SUMMARY_PART * weight.sum():
        return None
    held = np.zeros(end - begin, np.bool_)
    for each in found:
        first, last = max(each[2 * side], begin) - begin, min(each[2 * side + 1], end) - begin
        if first < last:
            held[first:last] |= np.isin(inside[first:last], others[each[2 - 2 * side] : each[3 - 2 * side]])
    gains = np.maximum(values[begin:end], 0)
    if gains[held].sum() > SUMMARY_PASSAGE * gains.sum():
        return None
    return (begin, end, 0, len(others)) if side == 0 else (0, len(others), begin, end)


def passages(
    a_ids: NDArray[np.int32],
    b_ids: NDArray[np.int32],
    a_sentences: NDArray[np.int32],
    b_sentences: NDArray[np.int32],
    terms: int,
) -> list[Range]:
    """Passages of two texts of (n,) and (m,) term numbers under ``terms``, cut into (s, 2) sentences; ordered by ``a``."""
    counts = np.bincount(a_ids, minlength=terms), np.bincount(b_ids, minlength=terms)
    pairs = counts[0] * counts[1]
    if not pairs.any():
        return []
    words = len(a_ids) + len(b_ids)
    # A passage accounts for two of a word's places; further ones are of what both are about.
    told = np.maximum(counts[0] + counts[1], 1)
    frequency = told / max(words, FLOOR_WORDS) + TOPIC * np.maximum(told - 2, 0) / words
    cell = max(CELL, int((len(a_ids) * len(b_ids) / MOST_CELLS) ** 0.5))
    # A word said in several places shares its evidence among them: it was taken once.
    worth = _log_odds(_chance(frequency, 2 * cell), KEPT) / np.maximum(counts[0], counts[1])
    worth = np.where((pairs > 0) & (pairs <= REPEATS), worth, 0.0)
    corners, evidence = passage_kernels.windows(a_ids, b_ids, worth, cell, SEED)
    corners = corners[np.argsort(-evidence, kind="stable")]
    boxes = np.empty((len(corners), 4), np.int64)
    for side, ids in enumerate((a_ids, b_ids)):
        boxes[:, 2 * side] = np.maximum(corners[:, side] - CELL, 0)
        boxes[:, 2 * side + 1] = np.minimum(corners[:, side] + CELL, len(ids))
    borders = _borders(a_sentences, len(a_ids)), _borders(b_sentences, len(b_ids))
    rectangles, sums, _ = passage_kernels.rectangles(
        a_ids, b_ids, *borders, boxes, CELL, frequency, KEPT, COPIED, RARE, MARGIN, REACH, BORDER, ROUNDS,
        FIRST, SHORT_SIDE, LONG_SIDE, STEPS * words,
    )  # fmt: skip
    found = _joined(_resolved(rectangles, sums), GAP)
    for side in (0, 1):
        own, other = (a_ids, b_ids) if side == 0 else (b_ids, a_ids)
        summary = _summary(own, borders[side], other, (counts[side], counts[1 - side]), found, side)
        if summary:
            begin, end = summary[2 * side : 2 * side + 2]
            found = [each for each in found if each[2 * side] >= end or each[2 * side + 1] <= begin]
            found = sorted([*found, summary])
    return found
