"""Compiled loops that pair texts: arrays in, arrays out.

Kernels are plain loops over integer arrays, compiled by numba on first use and cached. They release the lock, so threads
can run them in parallel, and none allocates more than a few arrays the size of its input. ``tests/reference.py`` has the
slow, obvious versions that they are checked against.
"""

# numba infers argument types from the call; the docstrings give them for people.
# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import numpy as np

from .compiled import Kernel, Loop

_OFFSET = np.uint64(0xCBF29CE484222325)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@Kernel
def concordance(values):
    """Return Kendall's tau of ``values`` against their own order, ignoring ties; NaN if no pair is comparable."""
    agree = 0
    differ = 0
    for i in range(len(values)):
        for j in range(i):
            if values[j] < values[i]:
                agree += 1
            elif values[j] > values[i]:
                differ += 1
    return (agree - differ) / (agree + differ) if agree + differ > 0 else np.nan


@Loop
def band_hashes(signatures, chosen, first, width, hashes):
    """Write hashes of ``signatures[chosen, first:first + width]`` into (c,) uint64 ``hashes``, and return their number."""
    for at in range(len(chosen)):
        value = _OFFSET
        for k in range(first, first + width):
            value = (value ^ np.uint64(signatures[chosen[at], k])) * _GOLDEN
            value ^= value >> np.uint64(32)
        hashes[at] = value
    return len(chosen)


@Loop
def bucket_pairs(hashes, members, most, following, own, pairs):
    """Write pairs of members with equal hashes into uint64 ``pairs`` as far as it has room: ``i << 32 | j`` with ``i < j``.

    ``hashes``: sorted; ``members``: int64, ascending where hashes are equal. In a bucket of up to ``most`` members, all
    are paired with one another. In a larger one (a template that thousands share), each is paired with the first and with
    the next ``following``, so that the cost stays linear and the bucket connected. With ``own`` >= 0, members below it are
    paired only with members from it on, in the same way. Returns the total number of pairs.
    """
    total = np.int64(0)
    begin = 0
    while begin < len(hashes):
        end = begin + 1
        while end < len(hashes) and hashes[end] == hashes[begin]:
            end += 1
        reach = end - begin if end - begin <= most else following
        middle = begin  # where the archive begins
        while middle < end and members[middle] < own:
            middle += 1
        for one in range(begin, middle if own >= 0 else end):
            after = middle if own >= 0 else one + 1
            for other in range(after, min(end, after + reach)):
                if total < len(pairs):
                    pairs[total] = np.uint64(members[one]) << np.uint64(32) | np.uint64(members[other])
                total += 1
        for other in range(middle + reach if own >= 0 else begin + reach + 1, end):
            if own < 0 or middle > begin:
                if total < len(pairs):
                    pairs[total] = np.uint64(members[begin]) << np.uint64(32) | np.uint64(members[other])
                total += 1
        begin = end
    return total


@Kernel
def heaviest(values, offsets, most):
    """Positions of the ``most`` largest values of each row ``values[offsets[r]:offsets[r + 1]]``; ties go to the first.

    The result is (k,) int64, ascending.
    """
    total = 0
    for row in range(len(offsets) - 1):
        total += min(most, offsets[row + 1] - offsets[row])
    kept = np.empty(total, np.int64)
    begin = 0
    for row in range(len(offsets) - 1):
        size = 0
        for at in range(offsets[row], offsets[row + 1]):
            if size == most and values[kept[begin + size - 1]] >= values[at]:
                continue
            place = size if size < most else size - 1
            while place > 0 and values[kept[begin + place - 1]] < values[at]:
                kept[begin + place] = kept[begin + place - 1]
                place -= 1
            kept[begin + place] = at
            size = min(size + 1, most)
        for last in range(begin + 1, begin + size):  # so few that insertion sort is quick to run and to compile
            position = kept[last]
            place = last
            while place > begin and kept[place - 1] > position:
                kept[place] = kept[place - 1]
                place -= 1
            kept[place] = position
        begin += size
    return kept


@Kernel
def row_overlaps(offsets, columns, values, pairs):
    """(p, 3) float64 for pairs of sparse rows: the dot product, and each one's squared sum over the shared columns.

    Row ``r`` is ``values[offsets[r]:offsets[r + 1]]`` in ascending ``columns``.
    """
    result = np.zeros((len(pairs), 3), np.float64)
    for at in range(len(pairs)):
        i, i_end = offsets[pairs[at, 0]], offsets[pairs[at, 0] + 1]
        j, j_end = offsets[pairs[at, 1]], offsets[pairs[at, 1] + 1]
        while i < i_end and j < j_end:
            if columns[i] == columns[j]:
                x, y = np.float64(values[i]), np.float64(values[j])
                result[at, 0] += x * y
                result[at, 1] += x * x
                result[at, 2] += y * y
                i += 1
                j += 1
            elif columns[i] < columns[j]:
                i += 1
            else:
                j += 1
    return result


@Kernel
def common(a, b):
    """Count the values shared by two sorted arrays of distinct values."""
    i = 0
    j = 0
    shared = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            shared += 1
            i += 1
            j += 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return shared


@Kernel
def common_each(values, offsets, pairs):
    """(p,) int64: :func:`common` of the sets ``values[offsets[i]:offsets[i + 1]]`` of each pair."""
    result = np.empty(len(pairs), np.int64)
    for at in range(len(pairs)):
        i, j = pairs[at]
        result[at] = common(values[offsets[i] : offsets[i + 1]], values[offsets[j] : offsets[j + 1]])
    return result


@Kernel
def departures(a, b, source):
    """Count the values of ``a``, of ``b`` and of both that are not in ``source``; all three sorted, of distinct values."""
    of_a, of_b, of_both = 0, 0, 0
    i, j, k = 0, 0, 0
    while i < len(a) or j < len(b):
        in_a = i < len(a) and (j == len(b) or a[i] <= b[j])
        in_b = j < len(b) and (i == len(a) or b[j] <= a[i])
        value = a[i] if in_a else b[j]
        while k < len(source) and source[k] < value:
            k += 1
        if k == len(source) or source[k] != value:
            of_a += in_a
            of_b += in_b
            of_both += in_a and in_b
        i += in_a
        j += in_b
    return of_a, of_b, of_both
