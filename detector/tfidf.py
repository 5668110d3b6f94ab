"""Term weights, nearest neighbours and cosines: the rewrites that no shingle survives still share their rare words.

Words are counted by the compiled tokenizer, over the whole text, and each distinct one is brought to its stem; weights are
scikit-learn's (``TfidfTransformer``, sublinear counts); neighbours come from a sparse top-n product in which one side
keeps only its heaviest terms, so that cost grows with the number of texts and hardly with their length.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import kernels, words
from .model import Settings

HEAVIEST_TERMS = 30
"""Terms a text is looked up by. Of true rewrites .99 to .994 are among 20 neighbours at 30 terms, as with all terms."""

_FIRST_SLOTS = 1 << 16


class _Counter:
    """The distinct words of a collection, numbered as they are met, and how often each text has them."""

    def __init__(self) -> None:
        self.slots = np.zeros(_FIRST_SLOTS, np.uint64)
        self.ids = np.zeros(_FIRST_SLOTS, np.int32)
        self.known = 0
        self.keys: list[NDArray[np.uint64]] = []
        self.spelt: list[bytes] = []
        self.sizes: list[NDArray[np.int64]] = []
        self.words: list[NDArray[np.int32]] = []
        self.counts: list[NDArray[np.int32]] = []

    def add(self, texts: list[str]) -> None:
        utf8, offsets = words.encoded(texts)
        raw = utf8.tobytes()
        text = 0
        while text < len(texts):
            text, self.known, sizes, found, counts, keys, new, unknown = kernels.count_words(
                utf8, offsets, text, *words.tables(), self.slots, self.ids, self.known
            )
            self.keys.append(keys.copy())
            self.spelt += [raw[begin:end] for begin, end in new.tolist()]
            self.sizes.append(sizes)
            self.words.append(found.copy())
            self.counts.append(counts.copy())
            if unknown >= 0:
                words.learn(int(unknown))
            elif text < len(texts):
                self.slots, self.ids = kernels.rehashed(self.slots, self.ids, 4 * len(self.slots))


def rows(texts: Iterable[str]) -> Any:
    """(n, terms) float32 CSR matrix of TF-IDF weights, rows of unit length (zero for a text without a word).

    The texts are read once and not kept. Terms are stems in the language of each text.
    """
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    counter = _Counter()
    for batch in words.batches(texts):
        counter.add(batch)
    sizes = np.concatenate([np.zeros(1, np.int64), *counter.sizes])
    found = np.concatenate([np.empty(0, np.int32), *counter.words])
    counts = np.concatenate([np.empty(0, np.int32), *counter.counts])
    offsets = np.cumsum(sizes)
    keys = np.concatenate([np.empty(0, np.uint64), *counter.keys])
    terms, width = _terms(keys, counter.spelt, found, counts, offsets)
    table = csr_matrix((counts.astype(np.float32), terms, offsets), shape=(len(offsets) - 1, width))
    table.sum_duplicates()
    return csr_matrix(TfidfTransformer(sublinear_tf=True).fit_transform(table)) if table.nnz else table


def _terms(
    keys: NDArray[np.uint64],
    spelt: list[bytes],
    found: NDArray[np.int32],
    counts: NDArray[np.int32],
    offsets: NDArray[np.int64],
) -> tuple[NDArray[np.int32], int]:
    """The term of every counted word, and how many terms there are: stems by the language of the word's text."""
    languages = np.array(
        [words.language_of(keys[found[begin:end]], counts[begin:end]) for begin, end in pairwise(offsets.tolist())],
        dtype=object,
    )
    stems = np.empty(len(found), np.uint64)
    of_entry = np.repeat(languages, np.diff(offsets))
    for language in sorted(set(languages)):
        here = of_entry == language
        if language:
            used = np.unique(found[here])
            stem_of = np.zeros(len(spelt), np.uint64)
            stem_of[used] = [words.stem_key(spelt[at].decode("utf-8", "surrogatepass"), language) for at in used.tolist()]
            stems[here] = stem_of[found[here]]
        else:
            stems[here] = keys[found[here]]
    distinct, terms = np.unique(stems, return_inverse=True)
    return terms.astype(np.int32), len(distinct)


def _heaviest(table: Any) -> Any:
    """The table with only the ``HEAVIEST_TERMS`` largest entries of each row."""
    from scipy.sparse import csr_matrix

    sizes = np.diff(table.indptr)
    row = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((-table.data, row))  # by row, the heaviest first, of equal ones the first
    rank = np.arange(len(order)) - table.indptr[row]
    kept = np.sort(order[rank < HEAVIEST_TERMS])
    offsets = np.concatenate([[0], np.cumsum(np.minimum(sizes, HEAVIEST_TERMS))])
    return csr_matrix((table.data[kept], table.indices[kept], offsets), shape=table.shape)


def candidates(table: Any, settings: Settings, *, own: int | None = None) -> NDArray[np.int64]:
    """Sorted, unique (p, 2) int64 pairs of rows, ``i < j``: each row with its ``settings.neighbours`` nearest others.

    With ``own``, each of the first ``own`` rows with its nearest among the rest.
    """
    from sparse_dot_topn import sp_matmul_topn

    first, others = (table, table) if own is None else (table[:own], table[own:])
    if not first.nnz or not others.nnz:
        return np.empty((0, 2), np.int64)
    near = sp_matmul_topn(
        _heaviest(first),
        others.T.tocsr(),
        top_n=settings.neighbours + (own is None),  # a row is its own nearest
        sort=True,
        n_threads=settings.workers or None,
    ).tocoo()
    pairs = np.stack([near.row, near.col + (own or 0)], axis=1).astype(np.int64)
    return np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)


def cosine(table: Any, i: int, j: int) -> float:
    """Cosine of two rows, 1 if they are the same but for the last bits."""
    value = float(table[i].multiply(table[j]).sum())
    return 1.0 if value > 1 - 1e-6 else value
