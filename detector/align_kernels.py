"""Compiled loops of the alignment: counterparts, equal runs, regions and passages of two texts' words.

Like those of ``kernels`` they are plain loops over arrays; they stand apart only because they are many.
"""

# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import heapq
import math
from typing import Any

import numpy as np

from .kernels import _FNV_OFFSET, _FNV_PRIME, _kernel


@_kernel
def weights(ids, units, count, floor, common):
    """Inverse sentence frequency of each term over the units of two texts.

    ``ids``: (n,) int32 terms in [0, ``count``) of both texts, one after the other; ``units``: (u, 2) ranges of it;
    ``common``: (count,) bool, function words, which weigh a tenth. Returns (count,) float64:
    ``log((max(u, floor) + 1) / (f + .5))`` for a term in ``f`` units, at least .05, against that of a term in two.
    """
    frequency = np.zeros(count, np.int64)
    seen = np.full(count, -1, np.int64)
    for unit in range(len(units)):
        for at in range(units[unit, 0], units[unit, 1]):
            if seen[ids[at]] != unit:
                seen[ids[at]] = unit
                frequency[ids[at]] += 1
    result = np.empty(count, np.float64)
    once_each = np.log((max(len(units), floor) + 1) / 2.5)
    for term in range(count):
        value = max(np.log((max(len(units), floor) + 1) / (frequency[term] + 0.5)), 0.05) / once_each
        result[term] = value * 0.1 if common[term] else value
    return result


@_kernel
def _postings(ids, units, count):
    """For each term the units that hold it, ascending: ``places[offset[t]:offset[t + 1]]``."""
    offset = np.zeros(count + 1, np.int64)
    seen = np.full(count, -1, np.int64)
    for unit in range(len(units)):
        for at in range(units[unit, 0], units[unit, 1]):
            if seen[ids[at]] != unit:
                seen[ids[at]] = unit
                offset[ids[at] + 1] += 1
    for term in range(count):
        offset[term + 1] += offset[term]
    places = np.empty(offset[count], np.int64)
    filled = offset[:-1].copy()
    seen[:] = -1
    for unit in range(len(units)):
        for at in range(units[unit, 0], units[unit, 1]):
            if seen[ids[at]] != unit:
                seen[ids[at]] = unit
                places[filled[ids[at]]] = unit
                filled[ids[at]] += 1
    return offset, places


@_kernel
def counterparts(a_ids, a_units, b_ids, b_units, weight):
    """The best counterpart in ``b`` of each unit of ``a``.

    Returns for each of the ``u`` units of ``a``: ``best`` (u,) float64, the largest cosine of weighted terms with a unit
    of ``b``; ``place`` (u,) int64, that unit (-1 without a shared term); ``inside`` (u,) float64, the largest share of
    the unit's weight that stands in two neighbouring units of ``b``.
    """
    offset, places = _postings(b_ids, b_units, len(weight))
    norm = np.zeros(len(b_units), np.float64)
    for term in range(len(weight)):
        for k in range(offset[term], offset[term + 1]):
            norm[places[k]] += weight[term] * weight[term]
    best = np.zeros(len(a_units), np.float64)
    place = np.full(len(a_units), -1, np.int64)
    inside = np.zeros(len(a_units), np.float64)
    dot = np.zeros(len(b_units), np.float64)
    window = np.zeros(len(b_units), np.float64)
    touched = np.empty(2 * len(b_units), np.int64)
    seen = np.full(len(weight), -1, np.int64)
    for unit in range(len(a_units)):
        own_norm = 0.0
        own = 0.0
        count = 0
        for at in range(a_units[unit, 0], a_units[unit, 1]):
            term = a_ids[at]
            if seen[term] == unit:
                continue
            seen[term] = unit
            value = weight[term]
            own += value
            own_norm += value * value
            previous = -2
            for k in range(offset[term], offset[term + 1]):
                other = places[k]
                if dot[other] == 0.0 and window[other] == 0.0:
                    touched[count] = other
                    count += 1
                dot[other] += value * value
                window[other] += value
                if other > 0 and previous != other - 1:
                    if dot[other - 1] == 0.0 and window[other - 1] == 0.0:
                        touched[count] = other - 1
                        count += 1
                    window[other - 1] += value
                previous = other
        for k in range(count):
            other = touched[k]
            if norm[other] > 0 and own_norm > 0:
                cosine = dot[other] / np.sqrt(norm[other] * own_norm)
                if cosine > best[unit] or (cosine == best[unit] and cosine > 0 and other < place[unit]):
                    best[unit] = cosine
                    place[unit] = other
            if own > 0:
                inside[unit] = max(inside[unit], window[other] / own)
            dot[other] = 0.0
            window[other] = 0.0
    return best, place, inside


def common_runs(a_keys: Any, a_block: Any, b_keys: Any, b_block: Any, least: int, repeats: int) -> Any:
    """Maximal runs of at least ``least`` equal words, longest first, none overlapping another on either side.

    ``a_keys``, ``b_keys``: int32 codes of words; ``a_block``, ``b_block``: int32, a run stays within one block, and a
    negative block is left out. A start is tried against at most ``repeats`` places of the other text, which bounds the
    work on repetitive texts. Greedy string tiling (Wise 1993) by hashed shingles. Returns (r, 3) int64: start in ``a``,
    start in ``b``, words. The sorting between the loops is numpy's: compiling one of its own would take seconds.
    """
    if len(a_keys) < least or len(b_keys) < least:
        return np.empty((0, 3), np.int64)
    a_grams, b_grams = _grams(a_keys, least), _grams(b_keys, least)
    order = np.argsort(b_grams, kind="stable")
    first = np.searchsorted(b_grams[order], a_grams)
    runs = _runs(a_keys, a_block, a_grams, b_keys, b_block, b_grams[order], order, first, least, repeats)
    return _tiles(runs[np.lexsort((runs[:, 1], runs[:, 0], -runs[:, 2]))], len(a_keys), len(b_keys), least)


@_kernel
def _grams(keys, size):
    """(n - size + 1,) uint64 hashes of the runs of ``size`` words."""
    result = np.empty(len(keys) - size + 1, np.uint64)
    for at in range(len(result)):
        gram = _FNV_OFFSET
        for k in range(at, at + size):
            gram = (gram ^ np.uint64(keys[k])) * _FNV_PRIME
        result[at] = gram ^ (gram >> np.uint64(29))
    return result


@_kernel
def _runs(a_keys, a_block, a_grams, b_keys, b_block, ordered, order, first, least, repeats):
    """The maximal runs that begin at each word of ``a``, in any order and overlapping: (r, 3) int64."""
    result = np.empty((64, 3), np.int64)
    count = 0
    for at in range(len(a_grams)):
        if a_block[at] < 0:
            continue
        for row in range(first[at], min(first[at] + repeats, len(ordered))):
            if ordered[row] != a_grams[at]:
                break
            other = order[row]
            fresh = (
                at == 0
                or other == 0
                or a_keys[at - 1] != b_keys[other - 1]
                or a_block[at - 1] != a_block[at]
                or b_block[other - 1] != b_block[other]
            )
            if not fresh or b_block[other] < 0:
                continue
            size = 0
            while (
                at + size < len(a_keys)
                and other + size < len(b_keys)
                and a_keys[at + size] == b_keys[other + size]
                and a_block[at + size] == a_block[at]
                and b_block[other + size] == b_block[other]
            ):
                size += 1
            if size >= least:
                if count == len(result):
                    larger = np.empty((2 * count, 3), np.int64)
                    larger[:count] = result
                    result = larger
                result[count, 0] = at
                result[count, 1] = other
                result[count, 2] = size
                count += 1
    return result[:count]


@_kernel
def _tiles(runs, a_size, b_size, least):
    """Of each run, in their order, the longest stretch that those before it left free on both sides."""
    a_free = np.ones(a_size, np.bool_)
    b_free = np.ones(b_size, np.bool_)
    result = np.empty((len(runs), 3), np.int64)
    count = 0
    for row in range(len(runs)):
        at = runs[row, 0]
        other = runs[row, 1]
        begin = 0
        size = 0
        run = 0
        for k in range(runs[row, 2]):
            if a_free[at + k] and b_free[other + k]:
                run += 1
                if run > size:
                    size = run
                    begin = k + 1 - run
            else:
                run = 0
        if size >= least:
            a_free[at + begin : at + begin + size] = False
            b_free[other + begin : other + begin + size] = False
            result[count, 0] = at + begin
            result[count, 1] = other + begin
            result[count, 2] = size
            count += 1
    return result[:count]


@_kernel
def _best_stretch(ids, free, begin, stop, pool, weight, penalty):
    """The stretch of free words in ``ids[begin:stop]`` that is richest in the terms of ``pool``.

    A word in the pool counts its weight, another costs ``penalty`` times its weight (Kadane's maximal segment). Returns
    start, end, weight matched, weight in all.
    """
    top = 0.0
    top_begin = begin
    top_stop = begin
    top_matched = 0.0
    top_total = 0.0
    gain = 0.0
    matched = 0.0
    total = 0.0
    first = begin
    for at in range(begin, stop):
        value = weight[ids[at]]
        if not free[at]:
            gain = 0.0
        elif pool[ids[at]]:
            if gain == 0.0:
                first = at
                matched = 0.0
                total = 0.0
            gain += value
            matched += value
            total += value
            if gain > top:
                top = gain
                top_begin = first
                top_stop = at + 1
                top_matched = matched
                top_total = total
        elif gain > 0.0:
            total += value
            gain = max(gain - penalty * value, 0.0)
    return top_begin, top_stop, top_matched, top_total


@_kernel
def _fill(pool, ids, free, begin, stop, value):
    for at in range(begin, stop):
        if free[at]:
            pool[ids[at]] = value


@_kernel
def _region(a_ids, a_free, a_unit, b_ids, b_free, b_unit, weight, penalty, pool):
    """The stretches of two units that say the same: start and end in each, weight matched, Dice of the weights.

    ``pool``: (terms,) bool scratch, all false before and after.
    """
    a0, a1 = a_unit[0], a_unit[1]
    b0, b1 = b_unit[0], b_unit[1]
    a_matched = a_total = b_matched = b_total = 0.0
    for _ in range(2):  # each side is cut to what the other side kept; the second round settles it
        _fill(pool, b_ids, b_free, b0, b1, True)
        a_begin, a_stop, a_matched, a_total = _best_stretch(a_ids, a_free, a0, a1, pool, weight, penalty)
        _fill(pool, b_ids, b_free, b0, b1, False)
        _fill(pool, a_ids, a_free, a_begin, a_stop, True)
        b_begin, b_stop, b_matched, b_total = _best_stretch(b_ids, b_free, b0, b1, pool, weight, penalty)
        _fill(pool, a_ids, a_free, a_begin, a_stop, False)
        a0, a1, b0, b1 = a_begin, a_stop, b_begin, b_stop
    total = a_total + b_total
    return a0, a1, b0, b1, (a_matched + b_matched) / 2, (a_matched + b_matched) / total if total > 0 else 0.0


@_kernel
def regions(
    a_ids, a_free, a_units, b_ids, b_free, b_units, weight, penalty, least_weight, least_dice, least_words
):
    """Stretches of units that say the same in whatever words and order; the richest first, each word used once.

    ``a_ids``, ``b_ids``: int32 terms; ``a_free``, ``b_free``: bool, words still to be explained (cleared here);
    ``a_units``, ``b_units``: (u, 2) ranges; ``weight``: (terms,) float64. A region is kept with ``least_weight`` matched,
    ``least_dice`` and ``least_words`` words on each side. Lazy greedy: a taken region can only lower the others, so the
    heap holds upper bounds. Returns (r, 4) int64 ranges (a start, a end, b start, b end) and (r,) float64 Dice.
    """
    offset, places = _postings(b_ids, b_units, len(weight))
    shared = np.zeros(len(b_units), np.float64)
    touched = np.empty(len(b_units), np.int64)
    seen = np.full(len(weight), -1, np.int64)
    pool = np.zeros(len(weight), np.bool_)
    heap = [(0.0, np.int64(0), np.int64(0)) for _ in range(0)]
    for unit in range(len(a_units)):
        count = 0
        for at in range(a_units[unit, 0], a_units[unit, 1]):
            term = a_ids[at]
            if seen[term] == unit or not a_free[at]:
                continue
            seen[term] = unit
            for k in range(offset[term], offset[term + 1]):
                if shared[places[k]] == 0.0:
                    touched[count] = places[k]
                    count += 1
                shared[places[k]] += weight[term]
        for k in range(count):
            other = touched[k]
            if shared[other] >= least_weight:
                a0, a1, b0, b1, matched, dice = _region(
                    a_ids, a_free, a_units[unit], b_ids, b_free, b_units[other], weight, penalty, pool
                )
                if matched >= least_weight and dice >= least_dice:
                    heap.append((-matched * dice, np.int64(unit), np.int64(other)))
            shared[other] = 0.0
    heapq.heapify(heap)
    found = [(np.int64(0), np.int64(0), np.int64(0), np.int64(0), 0.0) for _ in range(0)]
    while len(heap) > 0:
        _, unit, other = heapq.heappop(heap)
        a0, a1, b0, b1, matched, dice = _region(
            a_ids, a_free, a_units[unit], b_ids, b_free, b_units[other], weight, penalty, pool
        )
        if matched < least_weight or dice < least_dice or a1 - a0 < least_words or b1 - b0 < least_words:
            continue
        if len(heap) > 0 and -matched * dice > heap[0][0]:
            heapq.heappush(heap, (-matched * dice, unit, other))
            continue
        a_free[a0:a1] = False
        b_free[b0:b1] = False
        found.append((a0, a1, b0, b1, dice))
        heapq.heappush(heap, (-matched * dice, unit, other))
    ranges = np.empty((len(found), 4), np.int64)
    dices = np.empty(len(found), np.float64)
    for k in range(len(found)):
        ranges[k] = found[k][:4]
        dices[k] = found[k][4]
    return ranges, dices


@_kernel
def common_subsequence(a_keys, b_keys):
    """Length of the longest common subsequence of two int32 arrays."""
    row = np.zeros(len(b_keys) + 1, np.int64)
    for i in range(len(a_keys)):
        diagonal = 0
        for j in range(len(b_keys)):
            above = row[j + 1]
            if a_keys[i] == b_keys[j]:
                row[j + 1] = diagonal + 1
            elif row[j] > above:
                row[j + 1] = row[j]
            diagonal = above
    return row[len(b_keys)]


# -------------------------------------------------------------------------------------------------------------- passages


@_kernel
def windows(a_ids, b_ids, worth, cell, least):
    """Where the words of one text gather in the other: (w, 2) int64 corners and (w,) float64 evidence.

    The plane of word positions is cut into squares of ``cell`` words; a window is two by two of them, and its corner the
    point where they meet. Each pair of equal terms counts ``worth`` (terms,) float64, where 0 leaves a term out. Windows
    with more than ``least`` are returned, row by row.
    """
    offset = np.zeros(len(worth) + 1, np.int64)
    for at in range(len(b_ids)):
        offset[b_ids[at] + 1] += 1
    for term in range(len(worth)):
        offset[term + 1] += offset[term]
    places = np.empty(len(b_ids), np.int64)
    filled = offset[:-1].copy()
    for at in range(len(b_ids)):
        places[filled[b_ids[at]]] = at
        filled[b_ids[at]] += 1
    columns = len(b_ids) // cell + 3
    grid = np.zeros((len(a_ids) // cell + 3, columns), np.float64)  # with an empty margin
    for at in range(len(a_ids)):
        value = worth[a_ids[at]]
        if value > 0:
            for k in range(offset[a_ids[at]], offset[a_ids[at] + 1]):
                grid[at // cell + 1, places[k] // cell + 1] += value
    count = 0
    for write in range(2):
        corners = np.empty((count if write else 0, 2), np.int64)
        evidence = np.empty(len(corners), np.float64)
        count = 0
        for row in range(len(grid) - 1):
            for column in range(columns - 1):
                value = grid[row, column] + grid[row, column + 1] + grid[row + 1, column] + grid[row + 1, column + 1]
                if value > least:
                    if write:
                        corners[count, 0] = row * cell
                        corners[count, 1] = column * cell
                        evidence[count] = value
                    count += 1
    return corners, evidence


@_kernel
def segment(values, border, begin, stop, bonus):
    """The stretch of ``values[begin:stop]`` with the largest sum (Kadane): its sum, start and end.

    ``border``: (n + 1,) bool, places at which a stretch likes to begin and to end, which adds ``bonus`` each.
    """
    top = -math.inf
    top_begin = begin
    top_stop = begin
    total = -math.inf
    first = begin
    for at in range(begin, stop):
        fresh = bonus if border[at] else 0.0
        if total < fresh:
            total = fresh
            first = at
        total += values[at]
        closed = total + bonus if border[at + 1] else total
        if closed > top:
            top = closed
            top_begin = first
            top_stop = at + 1
    return top, top_begin, top_stop


@_kernel
def _count(counts, ids, begin, stop, step):
    for at in range(begin, stop):
        counts[ids[at]] += step


@_kernel
def _widest(
    ids, border, begin, stop, reach, other_ids, other_begin, other_stop, margin, frequency, kept, bonus, own, pool, values
):
    """The best stretch of ``ids`` around ``begin:stop``, ``reach`` words beyond, against a stretch of the other text.

    ``margin`` words beyond both ends of the other stretch count as if they were in it. Returns sum, start and end.
    """
    other_begin = max(other_begin - margin, 0)
    other_stop = min(other_stop + margin, len(other_ids))
    begin = max(begin - reach, 0)
    stop = min(stop + reach, len(ids))
    _count(pool, other_ids, other_begin, other_stop, 1)
    _count(own, ids, begin, stop, 1)
    missing = math.log(1 - kept)
    for at in range(begin, stop):
        term = ids[at]
        if pool[term] > 0:
            chance = 1 - math.exp(-frequency[term] * (other_stop - other_begin))
            values[at] = math.log((kept + (1 - kept) * chance) / chance) * min(1.0, pool[term] / own[term])
        else:
            values[at] = missing
    _count(pool, other_ids, other_begin, other_stop, -1)
    _count(own, ids, begin, stop, -1)
    return segment(values, border, begin, stop, bonus)


@_kernel
def _grown(a_ids, b_ids, a_border, b_border, box, frequency, kept, margin, reach, bonus, rounds, a_count, b_count, values):
    """A rectangle of the plane of words grown, its sides in turn, until none moves: evidence of both, words looked at."""
    a0, a1, b0, b1 = box[0], box[1], box[2], box[3]
    a_sum = b_sum = 0.0
    used = 0
    for turn in range(rounds):
        before_a0, before_a1, before_b0, before_b1 = a0, a1, b0, b1
        outside = margin if turn < rounds - 1 else 0
        a_reach = margin if turn == 0 else max(reach, a1 - a0)
        b_reach = margin if turn == 0 else max(reach, b1 - b0)
        used += a1 - a0 + b1 - b0 + 2 * (a_reach + b_reach)
        a_sum, a0, a1 = _widest(
            a_ids, a_border, a0, a1, a_reach, b_ids, b0, b1, outside, frequency, kept, bonus, a_count, b_count, values
        )
        b_sum, b0, b1 = _widest(
            b_ids, b_border, b0, b1, b_reach, a_ids, a0, a1, outside, frequency, kept, bonus, b_count, a_count, values
        )
        if a_sum <= 0 or b_sum <= 0:
            break
        if turn > 1 and a0 == before_a0 and a1 == before_a1 and b0 == before_b0 and b1 == before_b1:
            break
    box[0], box[1], box[2], box[3] = a0, a1, b0, b1
    return a_sum + b_sum if min(a_sum, b_sum) > 0 else 0.0, used


@_kernel
def _share_kept(ids, begin, stop, pool, frequency, words, rare):
    """Words that the other side holds, and words: of a stretch, but for those that any such stretch would hold."""
    held = 0
    told = 0
    for at in range(begin, stop):
        if pool[ids[at]] == 0:
            told += 1
        elif 1 - math.exp(-frequency[ids[at]] * words) < rare:
            told += 1
            held += 1
    return held, told


@_kernel
def rectangles(
    a_ids, b_ids, a_border, b_border, boxes, apart, frequency, kept, copied, rare, margin, reach, bonus, rounds,
    least, short_side, long_side, steps,
):  # fmt: skip
    """Grow boxes (c, 4) of the plane of words (a start, a end, b start, b end) to the passages around them.

    A box whose centre lies in a rectangle found before, or within ``apart`` words of it, is left out. ``frequency``:
    (terms,) float64; ``kept``: share of a passage's words that the other side is expected to hold; where more than
    ``copied`` are found, counting words that a stretch holds by chance less often than ``rare``, the passage is grown again
    with what was found. It needs a sum of ``least`` and as many words as its sides' names say. Ends when ``steps`` words
    have been looked at. Returns (r, 4) int64 ranges, (r,) float64 sums and the steps that are left.
    """
    a_count = np.zeros(len(frequency), np.int64)
    b_count = np.zeros(len(frequency), np.int64)
    values = np.empty(max(len(a_ids), len(b_ids)), np.float64)
    found = np.empty((len(boxes), 4), np.int64)
    sums = np.empty(len(boxes), np.float64)
    count = 0
    box = np.empty(4, np.int64)
    for row in range(len(boxes)):
        if steps <= 0:
            break
        i = (boxes[row, 0] + boxes[row, 1]) // 2
        j = (boxes[row, 2] + boxes[row, 3]) // 2
        known = False
        for k in range(count):
            if found[k, 0] - apart <= i <= found[k, 1] + apart and found[k, 2] - apart <= j <= found[k, 3] + apart:
                known = True
                break
        steps -= count
        if known:
            continue
        box[:] = boxes[row]
        total, used = _grown(
            a_ids, b_ids, a_border, b_border, box, frequency, kept, margin, reach, bonus, rounds, a_count, b_count, values
        )
        steps -= used
        a_size = box[1] - box[0]
        b_size = box[3] - box[2]
        if total < least or min(a_size, b_size) < short_side or max(a_size, b_size) < long_side:
            continue
        found[count] = box
        sums[count] = total
        count += 1
        _count(b_count, b_ids, box[2], box[3], 1)
        a_held, a_told = _share_kept(a_ids, box[0], box[1], b_count, frequency, b_size, rare)
        _count(b_count, b_ids, box[2], box[3], -1)
        _count(a_count, a_ids, box[0], box[1], 1)
        b_held, b_told = _share_kept(b_ids, box[2], box[3], a_count, frequency, a_size, rare)
        _count(a_count, a_ids, box[0], box[1], -1)
        if a_held + b_held > copied * (a_told + b_told):
            share = min((a_held + b_held) / (a_told + b_told), 0.95)
            again, used = _grown(
                a_ids, b_ids, a_border, b_border, box, frequency, share, margin, reach, bonus, rounds, a_count, b_count,
                values,
            )  # fmt: skip
            steps -= used
            if again > 0:
                found[count - 1] = box
    return found[:count], sums[:count], steps
