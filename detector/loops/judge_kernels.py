"""Compiled loops of ``measures``, ``mentions`` and ``facts``: arrays in, arrays out, as in ``kernels``.

They are in a file of their own only so that the judging code can be read, and compiled, without the finding code; each has
one signature of argument types.
"""

# numba infers argument types from the call; the docstrings give them for people.
# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import numpy as np

from .compiled import Kernel, Part


@Part
def _first_at_least(values, value):
    """The place of the first of sorted ``values`` that is not less than ``value``."""
    low = 0
    high = len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@Part
def _holds_all(terms, count, offset, places, begin, reach):
    """Whether each of the first ``count`` of ``terms`` has a place among the ``reach`` places from ``begin`` on."""
    for k in range(count):
        here = places[offset[terms[k]] : offset[terms[k] + 1]]
        at = _first_at_least(here, begin)
        if at == len(here) or here[at] >= begin + reach:
            return False
    return True


@Part
def _hold_together(terms, count, offset, places, reach):
    """Whether ``reach`` neighbouring places hold all of the first ``count`` of ``terms``.

    Only those around the rarest of them are looked at: most sentences of a copy are found at once, however often the other
    has their names.
    """
    rarest = terms[0]
    for k in range(count):
        if offset[terms[k] + 1] - offset[terms[k]] < offset[rarest + 1] - offset[rarest]:
            rarest = terms[k]
    for k in range(offset[rarest], offset[rarest + 1]):
        for begin in range(max(places[k] - reach + 1, 0), places[k] + 1):
            if _holds_all(terms, count, offset, places, begin, reach):
                return True
    return False


@Kernel
def facts_kept(mentions, owned, names, paired, starts, vocabulary, first, offset, places, size, reach):
    """Count which facts (names and numbers) of one text are kept in another, here called the text and the other.

    Of the text: ``mentions`` (g,) uint64, its distinct facts in order of first mention; ``owned`` (g,) bool, those in its
    own prose; ``names`` (g,) bool, those that are names; ``paired`` (k,) int64, the facts of its sentences by their place
    in ``mentions``, and ``starts`` (s + 1,) int64, where each sentence begins. Of the other: ``vocabulary`` (v,) uint64,
    its distinct words, sorted; ``first`` (v,) int64, where each occurs first; ``offset`` (v + 1,) and ``places`` int64, the
    sentences that contain each, out of ``size`` sentences.

    Returns seven counts: facts of the text's own prose that the other has; names that it has; pairs of the facts it has
    whose first mentions are in the same order, and in reverse; the most facts whose first mentions follow one another in
    both; pairs of facts in one sentence that are kept, when each sentence is matched with the ``reach`` neighbouring
    sentences of the other that contain most of its facts; and all such pairs.
    """
    found = np.empty(len(mentions), np.int64)
    there = 0
    named = 0
    known = 0
    for fact in range(len(mentions)):
        low = _first_at_least(vocabulary, mentions[fact])
        found[fact] = low if low < len(vocabulary) and vocabulary[low] == mentions[fact] else -1
        if found[fact] >= 0:
            known += 1
            there += owned[fact]
            named += names[fact]
    agree = 0
    furthest = 0
    for fact in range(len(found)):
        if found[fact] >= 0:
            furthest = max(furthest, first[found[fact]])
    before = np.zeros(furthest + 2, np.int64)  # how many facts were first mentioned up to each place (Fenwick's tree)
    last = np.empty(len(found), np.int64)  # earliest ends of the sequences of each length (Schensted 1961)
    row = 0
    for i in range(len(found)):
        if found[i] < 0:
            continue
        place = first[found[i]]
        longer = _first_at_least(last[:row], place)
        last[longer] = place
        row = max(row, longer + 1)
        node = place
        while node > 0:
            agree += before[node]
            node -= node & -node
        node = place + 1
        while node < len(before):
            before[node] += 1
            node += node & -node
    differ = known * (known - 1) // 2 - agree
    held = np.zeros(size, np.int64)
    seen = np.full(size, -1, np.int64)
    terms = np.empty(len(paired), np.int64)
    kept = 0
    pairs = 0
    for sentence in range(len(starts) - 1):
        count = starts[sentence + 1] - starts[sentence]
        pairs += count * (count - 1) // 2
        count = 0
        for at in range(starts[sentence], starts[sentence + 1]):
            if found[paired[at]] >= 0:
                terms[count] = found[paired[at]]
                count += 1
        if count < 2:
            continue
        most = 0
        if _hold_together(terms, count, offset, places, reach):
            most = count
        else:
            for at in range(count):
                for k in range(offset[terms[at]], offset[terms[at] + 1]):
                    for begin in range(max(places[k] - reach + 1, 0), places[k] + 1):
                        if seen[begin] < starts[sentence]:  # of another sentence
                            held[begin] = 0
                        if seen[begin] != starts[sentence] + at:
                            seen[begin] = starts[sentence] + at
                            held[begin] += 1
                            most = max(most, held[begin])
        kept += most * (most - 1) // 2
    return there, named, agree, differ, row, kept, pairs


@Kernel
def phrases(flagged, follows, stems):
    """Find runs of flagged words that belong together: (g, 2) int64 ranges of words and (g,) uint64 hashes of their stems.

    ``flagged`` (n,) bool; ``follows`` (n,) bool: only a space or a hyphen lies between a word and the one before; ``stems``
    (n,) uint64.
    """
    found = np.empty((np.sum(flagged), 2), np.int64)
    hashes = np.empty(len(found), np.uint64)
    count = 0
    for at in range(len(flagged)):
        if not flagged[at]:
            continue
        if count and found[count - 1, 1] == at and follows[at]:
            found[count - 1, 1] = at + 1
        else:
            found[count, 0] = at
            found[count, 1] = at + 1
            hashes[count] = np.uint64(0)
            count += 1
        hashes[count - 1] = (hashes[count - 1] ^ stems[at]) * np.uint64(0x9E3779B97F4A7C15)
        hashes[count - 1] ^= hashes[count - 1] >> np.uint64(32)
    return found[:count], hashes[:count]


@Kernel
def phrases_within(found, stems, other, ordered, order, alone):
    """Find where the phrases of one text occur in another, by their stems.

    ``found`` (g, 2) int64, ranges of words; ``stems`` (n,) uint64. Of the other: ``other`` (m,) uint64, the stems of its
    body; ``ordered``, the stems at which a phrase may begin, sorted, and ``order`` int64, the place of each in ``other``;
    ``alone`` (h,) uint64, sorted, distinct. Returns (g, 2) int64: the first place in ``other`` where the whole phrase
    occurs, and the place in ``alone`` of its last word; -1 where there is none.
    """
    result = np.full((len(found), 2), -1, np.int64)
    for each in range(len(found)):
        begin, end = found[each]
        at = _first_at_least(ordered, stems[begin])
        while at < len(ordered) and ordered[at] == stems[begin] and result[each, 0] < 0:
            size = 1
            while size < end - begin and order[at] + size < len(other) and other[order[at] + size] == stems[begin + size]:
                size += 1
            if size == end - begin:
                result[each, 0] = order[at]
            at += 1
        at = _first_at_least(alone, stems[end - 1])
        if at < len(alone) and alone[at] == stems[end - 1]:
            result[each, 1] = at
    return result
