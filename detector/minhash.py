"""Shingles, MinHash signatures and candidate pairs by locality-sensitive hashing (Broder 1997; Indyk and Motwani 1998).

A shingle is a run of words, hashed to 32 bits. Signatures over these hashes equal datasketch's (scheme ``affine32``) bit for
bit, so that every datasketch index accepts them, but are computed from UTF-8 text in one compiled pass. They cover the whole
text, since boilerplate is not known before a text is analysed. Candidates are only proposals; :func:`scores` counts the
shingles of the two bodies.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .document import Document, Scores, once_a_document
from .languages import words
from .loops import kernels, word_kernels
from .model import Settings
from .workers import cores, in_order

SHINGLE_VERSION = 2
"""Changes whenever shingle hashes do: signatures of different versions cannot be compared."""

BUCKET_PAIRS = 256  # size of a bucket up to which all texts are paired with one another; see kernels.bucket_pairs
BUCKET_NEXT = 16  # in a larger one, each is paired with the first and with this many that follow
MISSED_WEIGHT = 0.99  # of a missed pair against one proposed in vain, when verifying; .95 finds .93 at the threshold
RUN_WORDS = 3  # runs tell texts made one from the other, which share .36 of those not in their source, from siblings: .09
FAR_BELOW = 4.0  # standard deviations of the Jaccard estimated by signatures: .16 at .7 with 128 permutations
_AT_A_TIME = 1 << 14
_BLANK = np.uint32(0xFFFFFFFF)


@once_a_document
def shingles(document: Document, size: int) -> NDArray[np.uint32]:
    """Sorted, unique (s,) uint32 hashes of the body's word shingles; a shorter body is one shingle, an empty one none."""
    return shingles_of(document.keys[document.body], size)


def shingles_of(keys: NDArray[np.uint64], size: int) -> NDArray[np.uint32]:
    """Do the same for the hashes of words in text order."""
    return words.ascending(word_kernels.shingles(keys, np.ones(len(keys), np.bool_), max(min(size, len(keys)), 1)))


@once_a_document
def runs(document: Document) -> NDArray[np.uint32]:
    """Sorted, unique uint32 hashes of the body's runs of ``RUN_WORDS`` stems; only those in a fixed half of all hashes."""
    found = shingles_of(document.stems[document.body], RUN_WORDS)
    kept: NDArray[np.uint32] = found[found < 1 << 31]
    return kept


@cache
def permutations(num_perm: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the coefficients ``a`` (odd) and ``b`` of datasketch's scheme ``affine32``, generated in the same way.

    Importing datasketch takes half a second, more than signing ten thousand articles.
    """
    generator = np.random.RandomState(seed)
    a = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return a, generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)


@cache
def bands_and_rows(threshold: float, num_perm: int, missed_weight: float = 0.5) -> tuple[int, int]:
    """Return datasketch's optimal bands and rows per band: the least weighted sum of the S-curve's two error areas.

    ``missed_weight`` weighs the missed pairs above the threshold, against the proposed pairs below it. The areas are
    integrals of polynomials of degree up to ``num_perm``, for which Gauss's quadrature is exact.

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
    """(n, num_perm) uint32 signatures of ``n`` texts, in order; the texts are read once and not kept.

    A text without words has the largest value everywhere; one shorter than a shingle is one shingle.
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
    """Convert a row of :func:`signatures` to a ``datasketch.MinHash``, for its LSH, Forest, Ensemble and Redis storage."""
    from datasketch import MinHash

    return MinHash(seed=settings.seed, scheme="affine32", hashvalues=signature)


def candidates(
    rows: NDArray[np.uint32], settings: Settings, *, own: int | None = None, missed_weight: float = 0.5
) -> NDArray[np.int64]:
    """Return sorted, unique (p, 2) int64 pairs of rows, ``i < j``, equal in some band; blank signatures match nothing.

    With ``own``, pairs have one row from the first ``own`` and one from the rest. ``missed_weight``: see
    :func:`bands_and_rows`. Time and memory are linear in the rows, whatever the sizes of the buckets.
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
    """Return candidates to be verified: nearly all pairs at the threshold, and few far below it.

    At a threshold of .7 and 128 permutations, this finds .99 of the pairs with exactly that Jaccard; the usual optimum finds
    .44. Pairs whose estimated Jaccard is more than ``below`` standard deviations under the threshold are left out. If you do
    not verify the pairs, pass 0: only pairs whose estimate reaches the threshold are then kept, with better precision and
    recall than :func:`candidates` has.
    """
    pairs = candidates(rows, settings, own=own, missed_weight=MISSED_WEIGHT)
    bar = settings.threshold - below * math.sqrt(settings.threshold * (1 - settings.threshold) / settings.num_perm)
    kept = [
        part[(rows[part[:, 0]] == rows[part[:, 1]]).mean(axis=1) >= bar]
        for part in np.array_split(pairs, len(pairs) // _AT_A_TIME + 1)
    ]
    return np.concatenate(kept)


def scores(a: NDArray[np.uint32], b: NDArray[np.uint32], cosine: float) -> Scores:
    """Return the exact Jaccard and both containments of two sorted shingle sets; 0 where a set is empty.

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
    """Concatenate sets, and return where each begins: (n + 1,)."""
    offsets = np.zeros(len(sets) + 1, np.int64)
    np.cumsum([len(each) for each in sets], out=offsets[1:])
    return (np.concatenate(sets) if sets else np.empty(0, np.uint32)), offsets
