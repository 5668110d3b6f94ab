"""Compiled loops of the passages: where the words of two texts cluster, and the rectangles around those places."""

# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import math

import numpy as np

from .compiled import Kernel, Part


@Kernel
def windows(a_ids, b_ids, worth, cell, least):
    """Find where the words of one text cluster in the other: (w, 2) int64 corners and (w,) float64 evidence.

    The plane of word positions is divided into squares of ``cell`` words; a window is two by two of them, and its corner the
    point where they meet. Each pair of equal terms adds ``worth`` (terms,) float64, where 0 leaves a term out. Windows with
    more than ``least`` are returned row by row.
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


@Kernel
def segment(values, border, begin, stop, bonus):
    """Find the stretch of ``values[begin:stop]`` with the largest sum (Kadane): its sum, start and end.

    ``border``: (n + 1,) bool, preferred places for a stretch to begin or end, each worth ``bonus``.
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


@Part
def _count(counts, ids, begin, stop, step):
    for at in range(begin, stop):
        counts[ids[at]] += step


@Part
def _widest(
    ids, border, begin, stop, reach, other_ids, other_begin, other_stop, margin, frequency, kept, bonus, own, pool, values
):
    """Find the best stretch of ``ids`` within ``reach`` words of ``begin:stop``, compared with a stretch of the other text.

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


@Part
def _grown(a_ids, b_ids, a_border, b_border, box, frequency, kept, margin, reach, bonus, rounds, a_count, b_count, values):
    """Grow the rectangle ``box`` in place, its sides in turn, until stable: evidence of both sides, words examined."""
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


@Part
def _share_kept(ids, begin, stop, pool, frequency, words, rare):
    """Count the words of a stretch that the other side has, and all of them, without those that any stretch would have."""
    held = 0
    told = 0
    for at in range(begin, stop):
        if pool[ids[at]] == 0:
            told += 1
        elif 1 - math.exp(-frequency[ids[at]] * words) < rare:
            told += 1
            held += 1
    return held, told


@Kernel
def rectangles(
    a_ids, b_ids, a_border, b_border, boxes, apart, frequency, kept, copied, rare, margin, reach, bonus, rounds,
    least, short_side, long_side, steps,
):  # fmt: skip
    """Grow boxes (c, 4) of word positions (a start, a end, b start, b end) to the passages around them.

    A box is skipped if its centre lies in an earlier rectangle or within ``apart`` words of one. ``frequency``: (terms,)
    float64; ``kept``: share of a passage's words expected on the other side. If the share found is above ``copied``, not
    counting equal words whose chance of being there is ``rare`` or more, the passage is grown again with that share. A
    passage needs a sum of ``least``, ``short_side`` words on its shorter and ``long_side`` on its longer side. The search
    stops after ``steps`` words. Returns (r, 4) int64 ranges, (r,) float64 sums and the remaining steps.
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
