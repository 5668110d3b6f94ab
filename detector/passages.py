"""The passages two texts share: long stretches, one in each, with the same words in any order.

A passage is a rectangle in the plane of word positions that contains more equal words than chance would put there. Windows
where equal words cluster are seeds; each is grown, alternating between the sides, to the stretch with the most evidence. A
word that the other side has adds the logarithm of how much likelier that is in a passage than by chance, given the word's
frequency; a word that it lacks counts against (Kadane's maximal segment over log-likelihood ratios, as in Karlin and
Altschul, PNAS 1990). A summary has no such rectangle: it is a short stretch whose words are spread over a long text.

The figures beside the thresholds are PlagDet on the training pairs of PAN 2013. A single figure is the overall value on
every fifth pair, before words were discounted by topic (.952 then). The others were taken on the even and on the odd pairs;
both halves were used to choose, so neither is held out. The values here give .942 and .946 overall, with .994 of the clean
pairs spared on both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .loops import passage_kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

Range = tuple[int, int, int, int]
"""Start and end in one text, then in the other: words, half-open."""

KEPT = 0.55  # share of a passage's words expected on the other side; .5: .950, .6: .948
FLOOR_WORDS = 4500  # word frequencies assume at least this many words; 3,000: .943, 5,000: .950
TOPIC = 0.3  # share of a word's repetitions due to its topic; 0: summaries .66, clean pairs .980, .5: random .929
CELL = 30  # words; 25: .951
MOST_CELLS = 1 << 20  # very long texts get larger cells
SEED = 7.2  # evidence in a window of four cells; 6: .951, 8: .951
REPEATS = 80  # pairs of places of one word up to which it is used for seeds; 30: .951, 200: .952
MARGIN = 23  # words beyond a stretch that count when the other side grows; 18: .945, 30: .945
REACH = 43  # words by which a stretch may grow at a time, or its own length if that is more; 60: .951
BORDER = 3.0  # log of how much likelier a passage is to begin and end with a sentence; 2: .945, 4: .947
ROUNDS = 12  # rounds of growth; 5: .948, 8: .952
COPIED = 0.8  # share of words kept above which a passage is a copy, with sharp ends; without: .949
RARE = 0.3  # chance below which an equal word counts toward that share
FIRST = 36.0  # evidence required of the strongest passage of a pair
FURTHER = 60.0  # evidence required of the others, since a text echoes its own passages; 50: summaries .69, random .942
SHORT_SIDE = 22  # words of the shorter side; 15: clean pairs .992 instead of .994
LONG_SIDE = 36  # words of the longer side; 30: summaries .71, clean pairs .990, 42: random .932
ECHO = 0.5  # share of a side that a stronger passage already covers
GAP = 140  # words between two rectangles of one passage, on each side; 100: .952, 200: .952
STEPS = 500  # maximum number of words examined per word of the texts

SUMMARY_KEPT = 0.6  # as KEPT, for summaries; .55: .951
SUMMARY_FLOOR_WORDS = 4000  # 4,500: .949
SUMMARY_OTHER = 0.25  # how much an occurrence in the long text adds to a word's frequency: the text may repeat its own topic
SUMMARY_EVIDENCE = 18.0  # 15: clean pairs .987 instead of .990, 20: summaries .706 instead of .716
SUMMARY_DENSITY = 0.77  # share of its words found in the long text; .75: clean pairs .990, .83: summaries .71
SUMMARY_RATIO = 3.9  # minimum ratio of the long text's length to the summary's
SUMMARY_PARTS = 4  # parts of the long text ...
SUMMARY_PART = 0.65  # ... none of which alone may hold more than this share of the evidence
SUMMARY_PASSAGE = 0.55  # share of the evidence in rectangles above which these are the passages instead; .4: summaries .67


def _borders(sentences: NDArray[np.int32], words: int) -> NDArray[np.bool_]:
    """(n + 1,) bool: places between words where a sentence begins or ends."""
    border = np.zeros(words + 1, np.bool_)
    border[sentences.ravel()] = True
    border[[0, words]] = True
    return border


def _log_odds(chance: NDArray[np.float64], kept: float) -> NDArray[np.float64]:
    """The log of how much likelier the other side has a word within a passage than by ``chance``."""
    return np.log((kept + (1 - kept) * chance) / chance)


def _chance(count: NDArray[np.float64], words: int) -> NDArray[np.float64]:
    """The probability that a stretch of ``words`` contains a word of this frequency."""
    return -np.expm1(-count * words)


def _joined(found: list[Range], gap: int) -> list[Range]:
    """Merge rectangles that lie within ``gap`` words of one another in both texts, in any order."""
    done: list[Range] = []
    open_: list[Range] = []  # those that a later rectangle may still join
    for a, a_end, b, b_end in sorted(found):
        apart = []
        for other in open_:
            if a - other[1] > gap:
                done.append(other)
            elif max(b - other[3], other[2] - b_end) > gap:
                apart.append(other)
            else:
                a, a_end, b, b_end = min(a, other[0]), max(a_end, other[1]), min(b, other[2]), max(b_end, other[3])
        open_ = [*apart, (a, a_end, b, b_end)]
    return sorted(done + open_)


def _resolved(found: NDArray[np.int64], sums: NDArray[np.float64]) -> list[Range]:
    """Select the strongest rectangle and those independent of it: with enough evidence of their own, and no echo of it."""
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
    """Find the stretch of one text (``side`` 0 or 1 of the ranges) that summarises the whole other text, if any."""
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
    """Passages of two texts of (n,) and (m,) term numbers below ``terms``, with (s, 2) sentences; ordered by ``a``."""
    counts = np.bincount(a_ids, minlength=terms), np.bincount(b_ids, minlength=terms)
    pairs = counts[0] * counts[1]
    if not pairs.any():
        return []
    words = len(a_ids) + len(b_ids)
    # A passage accounts for two of a word's occurrences; further ones are due to what both texts are about.
    told = np.maximum(counts[0] + counts[1], 1)
    frequency = told / max(words, FLOOR_WORDS) + TOPIC * np.maximum(told - 2, 0) / words
    cell = max(CELL, int((len(a_ids) * len(b_ids) / MOST_CELLS) ** 0.5))
    # A word that occurs several times shares its evidence among its places: it was copied only once.
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
