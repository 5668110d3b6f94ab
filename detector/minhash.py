"""Shingles, MinHash signatures and the pairs that locality-sensitive hashing proposes (Broder 1997; Indyk and Motwani 1998).

A shingle is a run of words, hashed to 32 bits; a signature is datasketch's (scheme ``affine32``) over those hashes, bit for
bit, so that every index of datasketch takes it, but computed from UTF-8 text in one compiled pass. Signatures are made of
the whole text: what is boilerplate is not known before a text is looked at closely. Candidates are only proposals;
:func:`scores` counts the shingles of the two bodies.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import kernels, word_kernels, words
from .model import Document, Scores, Settings, once_a_document
from .workers import cores, in_order

SHINGLE_VERSION = 2
"""Changes whenever a shingle's hash would: signatures of different versions cannot be compared."""

BUCKET_PAIRS = 256  # texts in a bucket up to which each is paired with each; see kernels.bucket_pairs
BUCKET_NEXT = 16  # in a larger one, each with the first and with so many that follow
MISSED_WEIGHT = 0.99  # of a missed pair against one proposed in vain, for those who verify; .95 finds .93 at the threshold
RUN_WORDS = 3  # of two rewrites of one text the runs tell those apart that were made one from the other; .36 and .09 of them
FAR_BELOW = 4.0  # standard deviations of the Jaccard that signatures estimate: .16 at .7 with 128 permutations
_AT_A_TIME = 1 << 14
_BLANK = np.uint32(0xFFFFFFFF)


@once_a_document
def shingles(document: Document, size: int) -> NDArray[np.uint32]:
    """Sorted, unique (s,) uint32 hashes of the body's word shingles; a shorter body is one shingle, an empty one none."""
    return shingles_of(document.keys[document.body], size)


def shingles_of(keys: NDArray[np.uint64], size: int) -> NDArray[np.uint32]:
    """The same of the hashes of words, in the order of the text."""
    return words.ascending(word_kernels.shingles(keys, np.ones(len(keys), np.bool_), max(min(size, len(keys)), 1)))


@once_a_document
def runs(document: Document) -> NDArray[np.uint32]:
    """Sorted, unique hashes of the body's runs of ``RUN_WORDS`` stems, of which half are kept, the same in every text."""
    found = shingles_of(document.stems[document.body], RUN_WORDS)
    kept: NDArray[np.uint32] = found[found < 1 << 31]
    return kept


@cache
def permutations(num_perm: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The coefficients ``a`` (odd) and ``b`` of datasketch's scheme ``affine32``, made as it makes them.

    Its own module takes half a second to import, more than signing ten thousand articles.
    """
    generator = np.random.RandomState(seed)
    a = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return a, generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)


@cache
def bands_and_rows(threshold: float, num_perm: int, missed_weight: float = 0.5) -> tuple[int, int]:
    """How a signature is cut: datasketch's optimum, the least weighted sum of the two areas of error of the S-curve.

    ``missed_weight`` is that of the pairs over the threshold that are missed, against those under it that are proposed.
    The areas are integrals of polynomials of a degree up to ``num_perm``, for which Gauss's quadrature is exact.

    >>> bands_and_rows(0.7, 128)
    (14, 9)
    """
    nodes, weights = np.polynomial.legendre.leggauss(num_perm // 2 + 1)
    below, above = threshold * (nodes + 1) / 2, threshold + (1 - threshold) * (nodes + 1) / 2
    exponents = np.arange(1, num_perm + 1)[:, None]
    below, above = below**exponents, above**exponents
    best = (math.inf, 0, 0)
    for bands in range(1, num_perm + 1):
        rows = num_perm // bands
        proposed = threshold / 2 * ((1 - (1 - below[:rows]) ** bands) @ weights)
        missed = (1 - threshold) / 2 * ((1 - above[:rows]) ** bands @ weights)
        error = (1 - missed_weight) * proposed + missed_weight * missed
        at = int(error.argmin())
        best = min(best, (float(error[at]), bands, at + 1))
    return best[1], best[2]


def signatures(texts: Iterable[str], settings: Settings) -> NDArray[np.uint32]:
    """(n, num_perm) uint32 signatures of ``n`` texts, in their order; they are read once and not kept.

    A text without a word has the largest value everywhere; one shorter than a shingle is one shingle.
    """
    a, b = permutations(settings.num_perm, settings.seed)

    def signed(batch: list[str]) -> NDArray[np.uint32]:
        utf8, offsets = words.encoded(batch)
        longest = int(np.diff(offsets).max(initial=0)) + word_kernels.ROOM
        room = np.empty((5, longest), np.int32), np.empty(longest, np.uint64), np.empty(longest, np.uint32)
        at, result = np.zeros(1, np.int64), np.empty((len(batch), settings.num_perm), np.uint32)
        given = utf8, offsets, *words.tables(), settings.shingle_words, a, b, *room, at, result
        while (unknown := word_kernels.sign(*given)) >= 0:
            words.learn(unknown)
        return result

    workers = cores(settings.workers)
    with ThreadPoolExecutor(workers) as pool:
        rows = list(in_order(pool, signed, words.batches(texts), workers))
    return np.concatenate(rows) if rows else np.empty((0, settings.num_perm), np.uint32)


def to_datasketch(signature: NDArray[np.uint32], settings: Settings) -> Any:
    """A row of :func:`signatures` as a ``datasketch.MinHash``, for its LSH, Forest, Ensemble and Redis storage."""
    from datasketch import MinHash

    return MinHash(seed=settings.seed, scheme="affine32", hashvalues=signature)


def candidates(
    rows: NDArray[np.uint32], settings: Settings, *, own: int | None = None, missed_weight: float = 0.5
) -> NDArray[np.int64]:
    """Sorted, unique (p, 2) int64 pairs of rows, ``i < j``, that are equal in a band; blank signatures match nothing.

    With ``own``, only pairs of one of the first ``own`` rows and one of the rest. ``missed_weight``: see
    :func:`bands_and_rows`. Work and memory are linear in the rows, whatever the sizes of the buckets.
    """
    bands, width = bands_and_rows(settings.threshold, settings.num_perm, missed_weight)
    real = np.flatnonzero((rows != _BLANK).any(axis=1))
    found, hashes = np.empty(0, np.uint64), np.empty(len(real), np.uint64)
    for band in range(bands):
        kernels.band_hashes(rows, real, band * width, width, hashes)
        order = np.argsort(hashes, kind="stable")
        given = hashes[order], real[order], BUCKET_PAIRS, BUCKET_NEXT, -1 if own is None else own
        pairs = np.empty(kernels.bucket_pairs(*given, np.empty(0, np.uint64)), np.uint64)
        kernels.bucket_pairs(*given, pairs)
        found = np.union1d(found, pairs)
    return np.stack([found >> np.uint64(32), found & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)


def to_verify(
    rows: NDArray[np.uint32], settings: Settings, *, own: int | None = None, below: float = FAR_BELOW
) -> NDArray[np.int64]:
    """The candidates of those who verify each: nearly all pairs at the threshold, and few that are far below it.

    At a threshold of .7 and 128 permutations .99 of the pairs of just that Jaccard are found, and .44 by the usual optimum.
    Pairs whose estimated Jaccard is more than ``below`` standard deviations under the threshold are left out. Pass 0 if you
    do not verify the pairs: only those whose estimate reaches the threshold are kept, with better precision and recall than
    :func:`candidates` has.
    """
    pairs = candidates(rows, settings, own=own, missed_weight=MISSED_WEIGHT)
    bar = settings.threshold - below * math.sqrt(settings.threshold * (1 - settings.threshold) / settings.num_perm)
    kept = [
        part[(rows[part[:, 0]] == rows[part[:, 1]]).mean(axis=1) >= bar]
        for part in np.array_split(pairs, len(pairs) // _AT_A_TIME + 1)
    ]
    return np.concatenate(kept)


def scores(a: NDArray[np.uint32], b: NDArray[np.uint32], cosine: float) -> Scores:
    """Exact Jaccard and each-way containment of two sorted shingle sets; 0 where a set is empty.

    >>> scores(np.array([1, 2, 3], np.uint32), np.array([2, 3, 4, 5], np.uint32), 0.0).jaccard
    0.4
    """
    shared = int(kernels.common(a, b))
    return Scores(
        jaccard=shared / (len(a) + len(b) - shared) if shared else 0.0,
        containment_a=shared / len(a) if shared else 0.0,
        containment_b=shared / len(b) if shared else 0.0,
        cosine=cosine,
    )


def stacked(sets: Sequence[NDArray[np.uint32]]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Sets one after the other, and where each begins: (n + 1,)."""
    offsets = np.zeros(len(sets) + 1, np.int64)
    np.cumsum([len(each) for each in sets], out=offsets[1:])
    return (np.concatenate(sets) if sets else np.empty(0, np.uint32)), offsets
