"""Shingles, MinHash signatures and the pairs that locality-sensitive hashing proposes (Broder 1997; Indyk and Motwani 1998).

A shingle is a run of words of a document's body, hashed to 32 bits; a signature is datasketch's (scheme ``affine32``) over
those hashes, so that every index of datasketch takes it. Candidates are only proposals: :func:`scores` counts the
shingles themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import kernels
from .model import Document, Scores, Settings


def shingles(document: Document, size: int) -> NDArray[np.uint32]:
    """Sorted, unique (s,) uint32 hashes of the body's word shingles; a shorter body is one shingle, an empty one none."""
    words = document.keys[document.body]
    found: NDArray[np.uint32] = kernels.shingles(words, np.ones(len(words), np.bool_), max(min(size, len(words)), 1))
    return found


def signatures(sets: Sequence[NDArray[np.uint32]], settings: Settings) -> NDArray[np.uint32]:
    """(n, num_perm) uint32 signatures of ``n`` shingle sets; an empty set has the largest value everywhere."""
    from datasketch import MinHash

    result = np.empty((len(sets), settings.num_perm), np.uint32)
    blank = MinHash(num_perm=settings.num_perm, seed=settings.seed, scheme="affine32", hashfunc=int)
    for row, hashes in enumerate(sets):
        sketch = blank.copy()
        if len(hashes):
            sketch.update_batch(hashes)
        result[row] = sketch.hashvalues
    return result


def to_datasketch(signature: NDArray[np.uint32], settings: Settings) -> Any:
    """A row of :func:`signatures` as a ``datasketch.MinHash``, for its LSH, Forest, Ensemble and Redis storage."""
    from datasketch import MinHash

    return MinHash(seed=settings.seed, scheme="affine32", hashvalues=signature)


def candidates(sets: Sequence[NDArray[np.uint32]], settings: Settings) -> NDArray[np.int64]:
    """Sorted, unique (p, 2) int64 pairs of rows, ``i < j``, that collide in a band; empty sets collide with nothing."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=settings.threshold, num_perm=settings.num_perm)
    pairs: list[tuple[int, int]] = []
    for row, signature in enumerate(signatures(sets, settings)):
        if len(sets[row]):
            sketch = to_datasketch(signature, settings)
            pairs.extend((int(other), row) for other in index.query(sketch))
            index.insert(row, sketch)
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def scores(a: NDArray[np.uint32], b: NDArray[np.uint32], cosine: float) -> Scores:
    """Exact Jaccard and each-way containment of two sorted shingle sets; 0 where a set is empty.

    >>> scores(np.array([1, 2, 3], np.uint32), np.array([2, 3, 4, 5], np.uint32), 0.0).jaccard
    0.4
    """
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return Scores(
        jaccard=shared / (len(a) + len(b) - shared) if shared else 0.0,
        containment_a=shared / len(a) if shared else 0.0,
        containment_b=shared / len(b) if shared else 0.0,
        cosine=cosine,
    )
