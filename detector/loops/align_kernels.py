"""Compiled loops of the alignment: the terms, counterparts and regions of two texts.

Like the loops in ``kernels``, these are plain loops over arrays; they are in a file of their own only because there are
many. Arrays are copied and cleared word by word: slice assignment, a list of tuples or Python's heap would each add seconds
of compilation for what a loop does in two lines.
"""

# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .compiled import Kernel, Part

LOST = 0.1  # cosine below which a unit leads nowhere; .2 tells one in a hundred fewer rewrites by the thread alone (AUC)
FOLLOWED = 0.5  # cosine from which a unit counts in full, as shared agency copy would; .4 and .7 do as well


@Kernel
def merged(a, b):
    """Number the values of two ascending arrays of distinct values by their place in the sorted union of both.

    Returns (len(a),) and (len(b),) int32, where equal values have the same number, and the size of the union.
    """
    a_place = np.empty(len(a), np.int32)
    b_place = np.empty(len(b), np.int32)
    i = 0
    j = 0
    count = 0
    while i < len(a) or j < len(b):
        first = j == len(b) or (i < len(a) and a[i] <= b[j])
        second = i == len(a) or (j < len(b) and b[j] <= a[i])
        if first:
            a_place[i] = count
            i += 1
        if second:
            b_place[j] = count
            j += 1
        count += 1
    return a_place, b_place, count


@Kernel
def postings(ids, units, count):
    """List, for each of ``count`` terms, the units that contain it, ascending: ``places[offset[t]:offset[t + 1]]``.

    ``ids``: (n,) int32 terms; ``units``: (u, 2) ranges of ``ids``. Returns ``offset`` (count + 1,) and ``places``, int64.
    """
    offset = np.zeros(count + 1, np.int64)
    seen = np.zeros(count, np.int64)  # the last unit that contains a term, counted from one
    for unit in range(len(units)):
        for at in range(units[unit, 0], units[unit, 1]):
            if seen[ids[at]] != unit + 1:
                seen[ids[at]] = unit + 1
                offset[ids[at] + 1] += 1
    filled = np.empty(count, np.int64)
    for term in range(count):
        filled[term] = offset[term]
        offset[term + 1] += offset[term]
        seen[term] = 0
    places = np.empty(offset[count], np.int64)
    for unit in range(len(units)):
        for at in range(units[unit, 0], units[unit, 1]):
            if seen[ids[at]] != unit + 1:
                seen[ids[at]] = unit + 1
                places[filled[ids[at]]] = unit
                filled[ids[at]] += 1
    return offset, places


def weights(a_offset: Any, b_offset: Any, units: int, floor: int, common: Any) -> Any:
    """Return the weights of the terms, by inverse frequency in the ``units`` of two texts.

    ``a_offset``, ``b_offset``: (count + 1,), from :func:`postings` of each text; ``common``: (count,) bool, function words,
    which weigh a tenth. Returns (count,) float64: ``log((max(units, floor) + 1) / (f + .5))`` for a term in ``f`` units, but
    at least .05, divided by the value for a term in two units.
    """
    most = max(units, floor) + 1
    both = a_offset + b_offset
    value = np.maximum(np.log(most / (both[1:] - both[:-1] + 0.5)), 0.05) / math.log(most / 2.5)
    value[common] *= 0.1
    return value


@Part
def _furthest(tree, at):
    """The largest of the values that :func:`_reach` noted for places up to ``at``, 0 if there is none (Fenwick's tree)."""
    found = 0.0
    node = at + 1
    while node > 0:
        found = max(found, tree[node])
        node -= node & -node
    return found


@Part
def _reach(tree, at, value):
    """Note a value for a place, in ``tree`` (places + 1,) float64."""
    node = at + 1
    while node < len(tree):
        tree[node] = max(tree[node], value)
        node += node & -node


@Kernel
def counterparts(a_ids, a_units, a_speech, a_offset, b_units, b_speech, b_offset, b_places, weight, most, least):
    """Find the best counterpart in ``b`` of each unit of ``a``, and the pairs of units that share much.

    ``a_ids``: int32 terms; ``*_units``: (u, 2) ranges; ``*_speech``: (u,) bool; ``*_offset``, ``b_places``: from
    :func:`postings`; ``weight``: (terms,) float64. A term in more than ``most`` pairs of units matches none, which bounds
    the work. Returns for each of the ``u`` units of ``a``: ``best`` (u,) float64, the largest cosine of weighted terms with
    a unit of ``b``; ``place`` (u,) int64, that unit (-1 without a shared term); ``inside`` (u,) float64, the largest share
    of the weight of its distinct terms found in two neighbouring units of ``b``; ``total`` (u,) float64, the weight of all
    its words. Then ``thread`` float64, how much of ``a`` can be followed through ``b`` in one direction, and (p,) int64,
    ``unit * len(b_units) + other`` for each pair of units whose shared terms weigh at least ``least``.

    The thread visits the units of ``a`` in order and never goes back in ``b``. A unit adds its weight times its cosine with
    the unit of ``b`` that it leads to: in full from ``FOLLOWED`` on, and nothing below ``LOST``. The thread is the best such
    path, as a share of the weight of all units. Units of ``*_speech`` are left out.
    """
    path = np.zeros(len(b_units) + 1, np.float64)  # a tree of the best paths that end at each unit of b
    ends = np.zeros(len(b_units), np.float64)  # those that this unit of a prolongs
    whole = 0.0
    norm = np.zeros(len(b_units), np.float64)
    for term in range(len(weight)):
        for k in range(b_offset[term], b_offset[term + 1]):
            norm[b_places[k]] += weight[term] * weight[term]
    best = np.zeros(len(a_units), np.float64)
    place = np.empty(len(a_units), np.int64)
    inside = np.zeros(len(a_units), np.float64)
    total = np.zeros(len(a_units), np.float64)
    dot = np.zeros(len(b_units), np.float64)
    shared = np.zeros(len(b_units), np.float64)
    window = np.zeros(len(b_units), np.float64)
    touched = np.empty(len(b_units), np.int64)
    seen = np.zeros(len(weight), np.int64)
    pairs = np.empty(64, np.int64)
    size = 0
    for unit in range(len(a_units)):
        place[unit] = -1
        own_norm = 0.0
        own = 0.0
        count = 0
        for at in range(a_units[unit, 0], a_units[unit, 1]):
            term = a_ids[at]
            value = weight[term]
            total[unit] += value
            if seen[term] == unit + 1:
                continue
            seen[term] = unit + 1
            own += value
            own_norm += value * value
            if (a_offset[term + 1] - a_offset[term]) * (b_offset[term + 1] - b_offset[term]) > most:
                continue
            previous = -2
            for k in range(b_offset[term], b_offset[term + 1]):
                other = b_places[k]
                dot[other] += value * value
                shared[other] += value
                for near in range(max(other - 1, previous + 1, 0), other + 1):
                    if window[near] == 0.0:
                        touched[count] = near
                        count += 1
                    window[near] += value
                previous = other
        for k in range(count):
            other = touched[k]
            if dot[other] > 0:
                cosine = dot[other] / math.sqrt(norm[other] * own_norm)
                if cosine > best[unit] or (cosine == best[unit] and other < place[unit]):
                    best[unit] = cosine
                    place[unit] = other
                if cosine >= LOST and not a_speech[unit] and not b_speech[other]:
                    ends[other] = _furthest(path, other) + own * min(cosine / FOLLOWED, 1.0)
            inside[unit] = max(inside[unit], window[other] / own)
            if shared[other] >= least:
                if size == len(pairs):
                    longer = np.empty(2 * size, np.int64)
                    for row in range(size):
                        longer[row] = pairs[row]
                    pairs = longer
                pairs[size] = unit * len(b_units) + other
                size += 1
            dot[other] = 0.0
            shared[other] = 0.0
            window[other] = 0.0
        if not a_speech[unit]:
            whole += own
            for k in range(count):  # only now: a unit of a prolongs no path by two units of b
                other = touched[k]
                if ends[other] > 0.0:
                    _reach(path, other, ends[other])
                    ends[other] = 0.0
    thread = _furthest(path, len(b_units) - 1) / whole if whole > 0 and len(b_units) else 0.0
    return best, place, inside, total, thread, pairs[:size]


@Part
def _best_stretch(ids, free, begin, stop, other_ids, other_free, other_begin, other_stop, pool, stamp, weight, penalty):
    """Find the stretch of free words in ``ids[begin:stop]`` richest in terms among the other text's free words in its range.

    A term of the other range adds its weight; any other costs ``penalty`` times its weight (Kadane's maximal segment).
    ``pool``: (terms,) int64 scratch that does not contain ``stamp`` yet. Returns start, end, matched weight, total weight.
    """
    for at in range(other_begin, other_stop):
        if other_free[at]:
            pool[other_ids[at]] = stamp
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
        elif pool[ids[at]] == stamp:
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


@Part
def _region(a_ids, a_free, a0, a1, b_ids, b_free, b0, b1, weight, penalty, pool, stamp):
    """Cut two units to the stretches that say the same: start and end in each, matched weight, Dice of the weights.

    ``pool``: (terms,) int64 scratch with no value above ``stamp``; the call writes values up to ``stamp`` + 4.
    """
    a_matched = 0.0
    a_total = 0.0
    b_matched = 0.0
    b_total = 0.0
    for turn in range(4):  # each side is cut to what the other kept; the second round settles it
        begin, stop, matched, total = _best_stretch(
            a_ids, a_free, a0, a1, b_ids, b_free, b0, b1, pool, stamp + turn + 1, weight, penalty
        )
        a_ids, b_ids = b_ids, a_ids
        a_free, b_free = b_free, a_free
        a0, a1, b0, b1 = b0, b1, begin, stop
        a_matched, a_total, b_matched, b_total = b_matched, b_total, matched, total
    total = a_total + b_total
    return a0, a1, b0, b1, (a_matched + b_matched) / 2, (a_matched + b_matched) / total if total > 0 else 0.0


@Part
def _sink(keys, codes, size):
    """Restore a binary heap (smallest key first, then smallest code) whose first entry may be too large."""
    at = 0
    least = 0
    while True:
        for child in range(2 * at + 1, min(2 * at + 3, size)):
            if keys[child] < keys[least] or (keys[child] == keys[least] and codes[child] < codes[least]):
                least = child
        if least == at:
            return
        keys[at], keys[least] = keys[least], keys[at]
        codes[at], codes[least] = codes[least], codes[at]
        at = least


@Part
def _take(found, row, a_free, a0, a1, b_free, b0, b1):
    """Write two ranges of words into a row and mark the words as used."""
    found[row, 0] = a0
    found[row, 1] = a1
    found[row, 2] = b0
    found[row, 3] = b1
    for at in range(a0, a1):
        a_free[at] = False
    for at in range(b0, b1):
        b_free[at] = False


@Part
def _snapped(free, joined, begin, end, first, last, snap):
    """Extend a range to either end of its unit where at most ``snap`` words lie between, over free words only.

    ``joined``: (n,) bool, words tied by a hyphen to the one before, which are not separated from it ("Iranian-backed").
    """
    at = begin
    while at > first and free[at - 1]:
        at -= 1
    if at == first and begin - first <= snap:
        begin = first
    at = end
    while at < last and free[at]:
        at += 1
    if at == last and last - end <= snap:
        end = last
    while begin > first and free[begin - 1] and joined[begin]:
        begin -= 1
    while end < last and free[end] and joined[end]:
        end += 1
    return begin, end


@Kernel
def regions(
    pairs, a_ids, a_free, a_joined, a_units, b_ids, b_free, b_joined, b_units, weight, penalty, least_weight, least_dice,
    least_words, snap, patience,
):  # fmt: skip
    """Find stretches of units that say the same in any words and order, richest first, using each word once.

    ``pairs``: (p,) int64 pairs of units from :func:`counterparts`, overwritten; ``*_ids``: int32 terms; ``*_free``: bool,
    words not yet explained, cleared here; ``*_joined``: bool, words tied by a hyphen to the one before; ``*_units``: (u, 2)
    ranges; ``weight``: (terms,) float64. A region needs a matched weight of ``least_weight``, a Dice of ``least_dice`` and
    ``least_words`` words on each side; it is then extended over up to ``snap`` words to the ends of its units. The search is
    lazy and greedy: taking a region can only lower the others, so the heap holds upper bounds. It stops after ``patience``
    words examined per word of the texts.

    Returns (r, 6) int64: a start, a end, b start, b end, unit of a, unit of b; (r,) float64, Dice before the extension; and
    the number of words examined.
    """
    size = len(pairs)
    keys = np.empty(size, np.float64)
    for k in range(size):
        keys[k] = -math.inf  # not examined yet: every pair is examined before any is taken
    pool = np.zeros(len(weight), np.int64)
    longest = min(len(a_ids), len(b_ids)) // max(least_words, 1)  # no more regions than this can fit
    found = np.empty((longest, 6), np.int64)
    dices = np.empty(longest, np.float64)
    count = np.int64(0)
    looked = np.int64(0)
    steps = 0
    while size > 0 and steps < patience * (len(a_ids) + len(b_ids)):
        unit = pairs[0] // len(b_units)
        other = pairs[0] - unit * len(b_units)
        a0, a1 = a_units[unit, 0], a_units[unit, 1]
        b0, b1 = b_units[other, 0], b_units[other, 1]
        steps += a1 - a0 + b1 - b0
        a0, a1, b0, b1, matched, dice = _region(a_ids, a_free, a0, a1, b_ids, b_free, b0, b1, weight, penalty, pool, looked)
        looked += 4
        if matched < least_weight or dice < least_dice or a1 - a0 < least_words or b1 - b0 < least_words:
            size -= 1
            keys[0] = keys[size]
            pairs[0] = pairs[size]
        else:
            keys[0] = -matched * dice
            if (size < 2 or keys[0] <= keys[1]) and (size < 3 or keys[0] <= keys[2]):
                _take(found, count, a_free, a0, a1, b_free, b0, b1)
                found[count, 4] = unit
                found[count, 5] = other
                dices[count] = dice
                count += 1
        _sink(keys, pairs, size)
    for k in range(count):
        unit = found[k, 4]
        other = found[k, 5]
        a0, a1 = _snapped(a_free, a_joined, found[k, 0], found[k, 1], a_units[unit, 0], a_units[unit, 1], snap)
        b0, b1 = _snapped(b_free, b_joined, found[k, 2], found[k, 3], b_units[other, 0], b_units[other, 1], snap)
        _take(found, k, a_free, a0, a1, b_free, b0, b1)
    return found[:count], dices[:count], steps


@Kernel
def common_subsequence(a, a_begin, a_stop, b, b_begin, b_stop):
    """Length of the longest common subsequence of ``a[a_begin:a_stop]`` and ``b[b_begin:b_stop]``, uint64 words."""
    row = np.zeros(b_stop - b_begin + 1, np.int64)
    for i in range(a_begin, a_stop):
        diagonal = row[0]
        for j in range(b_stop - b_begin):
            above = row[j + 1]
            if a[i] == b[b_begin + j]:
                row[j + 1] = diagonal + 1
            elif row[j] > above:
                row[j + 1] = row[j]
            diagonal = above
    return row[b_stop - b_begin]


@Kernel
def likeness(spans, a_terms, a_keys, a_quoted, b_terms, b_keys, b_quoted, weight):
    """Measure how alike the two sides of each of (k, 4) ranges of words are: (k, 3) float64.

    The columns are: Dice of the weights of the shared terms (0 where no word has weight); the share of the longer side's
    words that occur in order in the other, 1 for the same words; the share of words in quotation marks, on the side with
    the smaller share.
    ``*_terms``: int32; ``*_keys``: uint64; ``*_quoted``: int32, negative outside quotation marks.
    """
    result = np.zeros((len(spans), 3), np.float64)
    mark = np.zeros(len(weight), np.int64)  # 2 row + 1: in the left side of a row; 2 row + 2: in both
    for row in range(len(spans)):
        i, i_end, j, j_end = spans[row, 0], spans[row, 1], spans[row, 2], spans[row, 3]
        total = 0.0
        held = 0.0
        a_quotes = 0
        b_quotes = 0
        for at in range(i, i_end):
            mark[a_terms[at]] = 2 * row + 1
            total += weight[a_terms[at]]
            if a_quoted[at] >= 0:
                a_quotes += 1
        for at in range(j, j_end):
            total += weight[b_terms[at]]
            if mark[b_terms[at]] > 2 * row:
                mark[b_terms[at]] = 2 * row + 2
                held += weight[b_terms[at]]
            if b_quoted[at] >= 0:
                b_quotes += 1
        for at in range(i, i_end):
            if mark[a_terms[at]] == 2 * row + 2:
                held += weight[a_terms[at]]
        if total > 0:
            result[row, 0] = held / total
        same = i_end - i == j_end - j
        for at in range(i_end - i):
            same = same and a_keys[i + at] == b_keys[j + at]
        if same:
            result[row, 1] = 1.0
        else:
            result[row, 1] = common_subsequence(a_keys, i, i_end, b_keys, j, j_end) / max(i_end - i, j_end - j)
        result[row, 2] = min(a_quotes / (i_end - i), b_quotes / (j_end - j))
    return result
