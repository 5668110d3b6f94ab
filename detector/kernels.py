"""Every compiled loop of the program: arrays in, arrays out, no Python object per word.

Kernels are plain loops over integer arrays, compiled by numba on first use and cached. They release the lock, so that
threads can run them side by side; none of them allocates more than a few arrays the size of its input. The slow, obvious
twins that hold them to their word are in ``tests/reference.py``.
"""

# numba infers the types of a kernel's arguments from the call; its docstring gives them for people.
# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

import numba
import numpy as np


def _kernel(function: Callable[..., Any]) -> Any:
    """Compile without the lock and keep the machine code for the next process."""
    return numba.njit(nogil=True, cache=True)(function)


# Character classes, the low bits of an entry of the table that text.py fills.
UNKNOWN = 0  # not looked up yet
SEPARATOR = 1
LETTER = 2
DIGIT = 3
UNIT = 4  # a word by itself: ideographs, kana, Thai ...
MARK = 5  # a combining mark that folding drops; it belongs to the letter before it
INVISIBLE = 6  # soft hyphen, zero-width characters: as if they were not there
APOSTROPHE = 7
DOT = 8
COMMA = 9
CLASS_BITS = 15
UPPER = 16  # a capital letter

# Flags of a word.
CAPITAL = 1
NUMERAL = 2
ALL_CAPS = 4

_FNV_OFFSET = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)


@_kernel
def _visible(chars, classes, at):
    """The first position from ``at`` whose character can be seen."""
    while at < len(chars) and classes[chars[at]] & CLASS_BITS in (MARK, INVISIBLE):
        at += 1
    return at


@_kernel
def words(chars, classes, folds, expansions):
    """Find and hash the words of a text in one pass.

    ``chars``: (c,) uint32 code points. ``classes``: uint8 and ``folds``: int32, one entry a code point; a negative fold
    ``-1 - k`` stands for the characters of ``expansions[k]`` (zero-padded). Returns ``start``, ``end`` (n,) int32 in
    characters, ``keys`` (n,) uint64 (FNV-1a over the folded characters), ``flags`` (n,) uint8, and a code point whose
    class is unknown (-1 when there was none; the other results are then whole).

    A word is a run of letters, marks and digits. Inside it an apostrophe before a letter stays; points and commas
    between digits belong to a number (the comma is not hashed: 25,000 is 25000); points between single letters are an
    abbreviation (U.S. is US). A character of class UNIT is a word by itself.
    """
    total = len(chars)
    start = np.empty(total, np.int32)
    end = np.empty(total, np.int32)
    keys = np.empty(total, np.uint64)
    flags = np.empty(total, np.uint8)
    count = 0
    at = 0
    while at < total:
        kind = classes[chars[at]] & CLASS_BITS
        if kind == UNKNOWN:
            return start[:0], end[:0], keys[:0], flags[:0], np.int64(chars[at])
        if kind not in (LETTER, DIGIT, UNIT):
            at += 1
            continue
        begin = at
        stop = at + 1
        key = _FNV_OFFSET
        flag = 0
        if classes[chars[at]] & UPPER:
            flag = CAPITAL | ALL_CAPS
        letters = 0  # since the last point, to tell U.S. from the end of a sentence
        single = True
        last = kind
        while at < total:
            char = chars[at]
            kind = classes[char] & CLASS_BITS
            if kind == UNKNOWN:
                return start[:0], end[:0], keys[:0], flags[:0], np.int64(char)
            if kind in (LETTER, DIGIT) or (kind == UNIT and at == begin):
                fold = folds[char]
                if fold >= 0:
                    key = (key ^ np.uint64(fold)) * _FNV_PRIME
                else:
                    for k in range(expansions.shape[1]):
                        if expansions[-1 - fold, k] == 0:
                            break
                        key = (key ^ np.uint64(expansions[-1 - fold, k])) * _FNV_PRIME
                letters += 1
                if kind == DIGIT:
                    flag |= NUMERAL
                if not classes[char] & UPPER:
                    flag &= ~ALL_CAPS
                at += 1
                stop = at
                last = kind
                if kind == UNIT:
                    break
            elif kind == MARK:
                at += 1
                stop = at
            elif kind == INVISIBLE:
                at += 1
            elif kind in (APOSTROPHE, DOT, COMMA):
                after = _visible(chars, classes, at + 1)
                follows = classes[chars[after]] & CLASS_BITS if after < total else SEPARATOR
                if follows == UNKNOWN:
                    return start[:0], end[:0], keys[:0], flags[:0], np.int64(chars[after])
                if kind == APOSTROPHE and last == LETTER and follows == LETTER:
                    key = (key ^ np.uint64(39)) * _FNV_PRIME
                    single = False
                elif kind != APOSTROPHE and last == DIGIT and follows == DIGIT:
                    if kind == DOT:
                        key = (key ^ np.uint64(46)) * _FNV_PRIME
                    single = False
                elif kind == DOT and single and letters == 1 and last == LETTER and follows == LETTER:
                    beyond = _visible(chars, classes, after + 1)
                    next_kind = classes[chars[beyond]] & CLASS_BITS if beyond < total else SEPARATOR
                    if next_kind == UNKNOWN:
                        return start[:0], end[:0], keys[:0], flags[:0], np.int64(chars[beyond])
                    if next_kind in (LETTER, DIGIT, APOSTROPHE):
                        break
                    letters = 0
                else:
                    break
                at = after
            else:
                break
        if stop - begin == 1:
            flag &= ~ALL_CAPS
        start[count] = begin
        end[count] = stop
        keys[count] = key
        flags[count] = flag
        count += 1
    return start[:count].copy(), end[:count].copy(), keys[:count].copy(), flags[:count].copy(), np.int64(-1)


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


@_kernel
def common_runs(a_keys, a_block, b_keys, b_block, least, repeats):
    """Maximal runs of at least ``least`` equal words, longest first, none overlapping another on either side.

    ``a_keys``, ``b_keys``: int32 codes of words; ``a_block``, ``b_block``: int32, a run stays within one block, and a
    negative block is left out. A start is tried against at most ``repeats`` places of the other text, which bounds the
    work on repetitive texts. Greedy string tiling (Wise 1993) by hashed shingles. Returns (r, 3) int64: start in ``a``,
    start in ``b``, words.
    """
    found = [(np.int64(0), np.int64(0), np.int64(0)) for _ in range(0)]
    if len(a_keys) < least or len(b_keys) < least:
        return np.empty((0, 3), np.int64)
    grams = np.empty(len(b_keys) - least + 1, np.uint64)
    for at in range(len(grams)):
        grams[at] = _gram(b_keys, at, least)
    order = np.argsort(grams, kind="mergesort")
    ordered = grams[order]
    for at in range(len(a_keys) - least + 1):
        gram = _gram(a_keys, at, least)
        row = np.searchsorted(ordered, gram)
        tried = 0
        while row < len(ordered) and ordered[row] == gram and tried < repeats:
            other = order[row]
            row += 1
            tried += 1
            fresh = (
                at == 0
                or other == 0
                or a_keys[at - 1] != b_keys[other - 1]
                or a_block[at - 1] != a_block[at]
                or b_block[other - 1] != b_block[other]
            )
            if not fresh or a_block[at] < 0 or b_block[other] < 0:
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
                found.append((np.int64(-size), np.int64(at), np.int64(other)))
    found.sort()
    a_free = np.ones(len(a_keys), np.bool_)
    b_free = np.ones(len(b_keys), np.bool_)
    result = np.empty((len(found), 3), np.int64)
    count = 0
    for negative, at, other in found:
        # What longer runs left of this one: its longest free stretch.
        begin = 0
        size = 0
        run = 0
        for k in range(-negative):
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
            result[count] = (at + begin, other + begin, size)
            count += 1
    return result[:count].copy()


@_kernel
def _gram(keys, at, size):
    gram = _FNV_OFFSET
    for k in range(at, at + size):
        gram = (gram ^ np.uint64(keys[k])) * _FNV_PRIME
    return gram ^ (gram >> np.uint64(29))


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


@_kernel
def concordance(values):
    """Kendall's tau of ``values`` against their own order, ties left out; NaN when no pair is comparable."""
    agree = 0
    differ = 0
    for i in range(len(values)):
        for j in range(i):
            if values[j] < values[i]:
                agree += 1
            elif values[j] > values[i]:
                differ += 1
    return (agree - differ) / (agree + differ) if agree + differ > 0 else np.nan


@_kernel
def shingles(keys, free, size):
    """Hashes of the ``size``-word shingles whose words are all ``free``, sorted and unique.

    ``keys``: (n,) uint64 hashes of words. The words' hashes are chained (multiply by the 64-bit golden ratio, shift, xor)
    and the upper half kept: (s,) uint32. Version 1 of the shingle hash; it depends on nothing but the words.
    """
    found = np.empty(max(len(keys) - size + 1, 0), np.uint32)
    count = 0
    run = 0
    for at in range(len(keys)):
        run = run + 1 if free[at] else 0
        if run >= size:
            value = np.uint64(size)
            for k in range(at - size + 1, at + 1):
                value = (value ^ keys[k]) * np.uint64(0x9E3779B97F4A7C15)
                value ^= value >> np.uint64(32)
            found[count] = np.uint32(value >> np.uint64(32)) ^ np.uint32(value & np.uint64(0xFFFFFFFF))
            count += 1
    return np.unique(found[:count])
