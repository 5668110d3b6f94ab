"""Greedy string tiling: the longest runs of words that two texts share, using each word once (Wise 1993)."""

# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import Kernel

_FNV_OFFSET = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)


@Kernel
def _grams(keys, size):
    """(n - size + 1,) uint64 hashes of the runs of ``size`` words."""
    result = np.empty(max(len(keys) - size + 1, 0), np.uint64)
    for at in range(len(result)):
        gram = _FNV_OFFSET
        for k in range(at, at + size):
            gram = (gram ^ keys[k]) * _FNV_PRIME
        result[at] = gram ^ (gram >> np.uint64(29))
    return result


def ordered_grams(keys: Any, size: int) -> Any:
    """Return the hashes of all runs of ``size`` of (n,) uint64 words, ascending, and where each begins: uint64 and int64.

    NumPy sorts, because a compiled sort would take seconds to compile.
    """
    grams = _grams(keys, size)
    order = np.argsort(grams, kind="stable")
    return grams[order], order


def common_runs(
    a_keys: Any, a_block: Any, a_grams: Any, b_keys: Any, b_block: Any, b_grams: Any, least: int, repeats: int, patience: int
) -> tuple[Any, int]:
    """Find maximal runs of at least ``least`` equal words, longest first, without overlap on either side.

    ``a_keys``, ``b_keys``: uint64 hashes of words; ``a_block``, ``b_block``: int32, a run stays within one block, and
    negative blocks are skipped; ``a_grams``, ``b_grams``: :func:`ordered_grams` of ``least`` words, which find the runs.
    Two limits apply to repetitive texts: each start is tried at no more than ``repeats`` places in the other text, and it
    is skipped while more than ``patience`` words have been compared per word so far. Returns (r, 3) int64: start in ``a``,
    start in ``b``, words; and the number of words compared.
    """
    runs, steps = _runs(a_keys, a_block, *a_grams, b_keys, b_block, *b_grams, least, repeats, patience)
    if len(runs):
        runs = runs[np.lexsort((runs[:, 1], runs[:, 0], -runs[:, 2]))]
        runs = _tiles(runs, np.ones(len(a_keys), np.bool_), np.ones(len(b_keys), np.bool_), least)
    return runs, steps


@Kernel
def _runs(a_keys, a_block, a_grams, a_order, b_keys, b_block, b_grams, b_order, least, repeats, patience):
    """Find the maximal runs beginning at each word of ``a``, in order and overlapping: (r, 3) int64, and words compared."""
    first = np.empty(len(a_grams), np.int64)  # its first equal in b_grams, by place in a
    row = 0
    count = 0
    for k in range(len(a_grams)):
        while row < len(b_grams) and b_grams[row] < a_grams[k]:
            row += 1
        first[a_order[k]] = -1
        if row < len(b_grams) and b_grams[row] == a_grams[k]:
            first[a_order[k]] = row
            count += 1
    result = np.empty((count * repeats, 3), np.int64)  # room for everything that is tried
    count = 0
    steps = 0
    for at in range(len(a_grams)):
        if a_block[at] < 0 or first[at] < 0:
            continue
        for row in range(first[at], min(first[at] + repeats, len(b_grams))):
            if b_grams[row] != b_grams[first[at]] or steps > patience * (at + len(b_keys)):
                break
            other = b_order[row]
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
            steps += size
            if size >= least:
                result[count, 0] = at
                result[count, 1] = other
                result[count, 2] = size
                count += 1
    return result[:count], steps


def _tiles(runs: Any, a_free: Any, b_free: Any, least: int) -> Any:
    """Return, for each of (r, 3) runs in order, the longest stretch that earlier runs left free on both sides."""
    result = []
    for at, other, size in runs.tolist():
        both = a_free[at : at + size] & b_free[other : other + size]
        begin, end = 0, size
        if not both.all():
            taken = np.flatnonzero(np.concatenate([[True], ~both, [True]]))
            widest = int(np.argmax(np.diff(taken)))
            begin, end = int(taken[widest]), int(taken[widest + 1]) - 1
        if end - begin >= least:
            a_free[at + begin : at + end] = b_free[other + begin : other + end] = False
            result.append((at + begin, other + begin, end - begin))
    return np.array(result, np.int64).reshape(-1, 3)
