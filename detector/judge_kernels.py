"""The compiled loop of ``measures``: arrays in, arrays out, as in ``kernels``.

Apart from it only so that what judges can be read, and compiled, without what finds; one type of argument each.
"""

# numba infers the types of a kernel's arguments from the call; its docstring gives them for people.
# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import numpy as np

from .kernels import _kernel


@_kernel
def facts_kept(mentions, owned, names, paired, starts, vocabulary, first, offset, places, size, reach):
    """What one text keeps of the facts (names and numbers) of another, here called the text and the other.

    Of the text: ``mentions`` (g,) uint64, its distinct facts in the order of their first mention; ``owned`` (g,) bool, those
    said in its own prose; ``names`` (g,) bool, those that are names; ``paired`` (k,) int64, the facts of its sentences by
    their place in ``mentions``, and ``starts`` (s + 1,) int64, where each sentence begins. Of the other: ``vocabulary`` (v,)
    uint64, sorted, its distinct words; ``first`` (v,) int64, where each comes first; ``offset`` (v + 1,) and ``places``
    int64, the sentences that hold each, of ``size`` sentences.

    Returns six counts: facts of the text's own prose that the other has; names that it has; pairs of the facts it has that
    are first mentioned in the same order, and in reverse; pairs of facts in one sentence that are held, when the sentence is
    laid on those ``reach`` neighbouring sentences of the other that hold most of its facts; and such pairs in all.
    """
    found = np.empty(len(mentions), np.int64)
    there = 0
    named = 0
    for fact in range(len(mentions)):
        low = 0
        high = len(vocabulary)
        while low < high:
            middle = (low + high) // 2
            if vocabulary[middle] < mentions[fact]:
                low = middle + 1
            else:
                high = middle
        found[fact] = low if low < len(vocabulary) and vocabulary[low] == mentions[fact] else -1
        if found[fact] >= 0:
            there += owned[fact]
            named += names[fact]
    agree = 0
    differ = 0
    for i in range(len(found)):
        if found[i] < 0:
            continue
        for j in range(i):
            if found[j] >= 0:
                if first[found[j]] < first[found[i]]:
                    agree += 1
                else:
                    differ += 1
    held = np.zeros(size, np.int64)
    seen = np.full(size, -1, np.int64)
    kept = 0
    pairs = 0
    for sentence in range(len(starts) - 1):
        count = starts[sentence + 1] - starts[sentence]
        pairs += count * (count - 1) // 2
        most = 0
        held[:] = 0
        for at in range(starts[sentence], starts[sentence + 1]):
            term = found[paired[at]]
            if term < 0:
                continue
            for k in range(offset[term], offset[term + 1]):
                for begin in range(max(places[k] - reach + 1, 0), places[k] + 1):
                    if seen[begin] != at:
                        seen[begin] = at
                        held[begin] += 1
                        most = max(most, held[begin])
        kept += most * (most - 1) // 2
    return there, named, agree, differ, kept, pairs
