"""Term weights, nearest neighbours and cosines: rewrites that share no shingles still share their rare words.

The compiled tokenizer counts the words of the whole text, and each distinct word is stemmed. Weights are scikit-learn's
(``TfidfTransformer``, sublinear counts). Neighbours come from a sparse top-n product in which one side keeps only its
heaviest terms, so that the cost grows with the number of texts and hardly with their length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .languages import words
from .languages.language import LANGUAGES, languages_of
from .languages.stems import function_stems, stems_of
from .loops import kernels, word_kernels
from .model import Settings
from .workers import cores

HEAVIEST_TERMS = 30
"""Terms a text is looked up by. With 30 terms, .99 to .994 of true rewrites are among 20 neighbours, as with all terms."""

MOST_POSTINGS = 10_000
"""Texts examined for one text; among 21,268 stories, 5,000 or no limit at all find the same rewrites."""

RAREST_TERMS = 8
"""Terms a text is looked up by, however common they are."""

ROWS_AT_A_TIME = 4096  # rows whose lengths are computed at once
_FIRST_SLOTS = 1 << 16


class _Counter:
    """The distinct words of a collection, numbered in order of first occurrence, and their counts in each text."""

    def __init__(self) -> None:
        self.slots = np.zeros(_FIRST_SLOTS, np.uint64)
        self.ids = np.zeros(_FIRST_SLOTS, np.int32)
        self.known = 0
        self.keys: list[NDArray[np.uint64]] = []
        self.spelt: list[bytes] = []
        self.sizes: list[NDArray[np.int64]] = []
        self.words: list[NDArray[np.int32]] = []
        self.counts: list[NDArray[np.float32]] = []

    def taken(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32], NDArray[np.uint64], list[bytes]]:
        """Return where each text's entries begin, the word and count of each entry, and the key and spelling of each word.

        The counter is empty afterwards, so that there are never two copies of all entries.
        """
        offsets = np.cumsum(np.concatenate([np.zeros(1, np.int64), *self.sizes]))
        found = np.concatenate([np.empty(0, np.int32), *self.words])
        self.words.clear()
        counts = np.concatenate([np.empty(0, np.float32), *self.counts])
        self.counts.clear()
        return offsets, found, counts, np.concatenate([np.empty(0, np.uint64), *self.keys]), self.spelt

    def add(self, texts: list[str]) -> None:
        utf8, offsets = words.encoded(texts)
        raw = utf8.tobytes()
        text = 0
        while text < len(texts):
            text, self.known, sizes, found, counts, keys, new, unknown = word_kernels.count_words(
                utf8, offsets, text, *words.tables(), self.slots, self.ids, self.known
            )
            self.keys.append(keys.copy())
            self.spelt += [raw[begin:end] for begin, end in new.tolist()]
            self.sizes.append(sizes)
            self.words.append(found.copy())
            self.counts.append(counts.astype(np.float32))
            if unknown >= 0:
                words.learn(int(unknown))
            elif text < len(texts):
                self.slots, self.ids = word_kernels.rehashed(self.slots, self.ids, 4 * len(self.slots))


def rows(texts: Iterable[str]) -> Any:
    """(n, terms) float32 CSR matrix of TF-IDF weights with rows of unit length (zero for texts without a content word).

    The texts are read once and not kept. Terms are stems in the language of each text, without its function words.
    """
    from scipy.sparse import csr_matrix

    counter = _Counter()
    for batch in words.batches(texts):
        counter.add(batch)
    offsets, found, counts, keys, spelt = counter.taken()
    counted = csr_matrix((counts, found, offsets), shape=(len(offsets) - 1, len(keys)))
    counted.indices, width = _terms(counted, keys, spelt)
    counted.data[counted.indices == width] = 0
    table = csr_matrix((counted.data, counted.indices, counted.indptr), shape=(len(offsets) - 1, width + 1))
    table.eliminate_zeros()
    table.resize(table.shape[0], width)
    table.sum_duplicates()
    _weigh(table)
    return table


def _weigh(table: Any) -> None:
    """Turn the counts of a (n, terms) float32 CSR matrix into weights, in place: sublinear, times idf, rows of unit length.

    The weights equal those of scikit-learn's ``TfidfTransformer(sublinear_tf=True)``, as a test checks; importing it would
    take half the time of a scan of a few articles.
    """
    held_by = np.bincount(table.indices, minlength=table.shape[1]).astype(np.float32) + 1
    idf = np.log(np.float32(table.shape[0] + 1) / held_by) + 1
    for at in range(0, table.shape[0], ROWS_AT_A_TIME):
        offsets = table.indptr[at : at + ROWS_AT_A_TIME + 1]
        weights = table.data[offsets[0] : offsets[-1]]
        weights[:] = (np.log(weights) + 1) * idf[table.indices[offsets[0] : offsets[-1]]]
        row = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        length = np.sqrt(np.bincount(row, weights=weights.astype(np.float64) ** 2, minlength=len(offsets) - 1))
        weights /= length[row].astype(np.float32)


def _terms(counted: Any, keys: NDArray[np.uint64], spelt: Sequence[bytes]) -> tuple[NDArray[np.int32], int]:
    """The term of every counted word, and the number of terms, which is also the term of every function word.

    ``counted``: (n, words) counts; ``keys``, ``spelt``: of each word. A term is a stem in the language of the text.
    """
    spoken = languages_of(counted, keys)
    of_entry = np.repeat(spoken, np.diff(counted.indptr))
    stems = np.zeros((len(LANGUAGES), len(keys)), np.uint64)
    used = np.zeros(stems.shape, np.bool_)
    content = np.ones(stems.shape, np.bool_)
    for at in np.unique(spoken).tolist():
        name = LANGUAGES[at]
        used[at, counted.indices[of_entry == at]] = True
        here = np.flatnonzero(used[at])
        if name:
            stems[at, here] = stems_of([spelt[word].decode("utf-8", "surrogatepass") for word in here.tolist()], name)
            content[at, here] = ~np.isin(stems[at, here], function_stems(name))
        else:
            stems[at, here] = keys[here]
    distinct = np.unique(stems[used & content])
    terms = np.where(content, np.searchsorted(distinct, stems), len(distinct)).astype(np.int32)
    result = np.empty(counted.nnz, np.int32)
    for at in np.unique(spoken).tolist():
        here = of_entry == at
        result[here] = terms[at, counted.indices[here]]
    return result, len(distinct)


def _looked_up(table: Any, others: Any) -> Any:
    """Reduce the table to the terms that each row is looked up by among the ``others``.

    These are its ``HEAVIEST_TERMS``. If they have more than ``MOST_POSTINGS`` entries in the others, the commonest are left
    out, but never the ``RAREST_TERMS``: a collection ten times as large must not cost a hundred times as much.
    """
    from scipy.sparse import csr_matrix

    kept = kernels.heaviest(table.data, table.indptr, HEAVIEST_TERMS)
    size = np.minimum(np.diff(table.indptr), HEAVIEST_TERMS)
    row = np.repeat(np.arange(len(size)), size)
    places = np.bincount(others.indices, minlength=table.shape[1])[table.indices[kept]]
    order = np.lexsort((places, row))
    begin = np.cumsum(size) - size
    before = np.cumsum(places[order])
    within = before - np.repeat(np.concatenate([[0], before])[begin], size)
    rank = np.arange(len(order)) - np.repeat(begin, size)
    chosen = np.sort(order[(within <= MOST_POSTINGS) | (rank < RAREST_TERMS)])
    offsets = np.searchsorted(row[chosen], np.arange(len(size) + 1))
    return csr_matrix((table.data[kept[chosen]], table.indices[kept[chosen]], offsets), shape=table.shape)


def candidates(table: Any, settings: Settings, *, own: int | None = None) -> NDArray[np.int64]:
    """Return sorted, unique (p, 2) int64 pairs of rows, ``i < j``: each row with its ``settings.neighbours`` nearest others.

    With ``own``, each of the first ``own`` rows is paired with its nearest among the rest.
    """
    from sparse_dot_topn import sp_matmul_topn

    first, others = (table, table) if own is None else (table[:own], table[own:])
    if not first.nnz or not others.nnz:
        return np.empty((0, 2), np.int64)
    near = sp_matmul_topn(
        _looked_up(first, others),
        others.T.tocsr(),
        top_n=settings.neighbours + (own is None),  # a row is its own nearest
        sort=True,
        n_threads=cores(settings.workers),
    ).tocoo()
    pairs = np.stack([near.row, near.col + (own or 0)], axis=1).astype(np.int64)
    pairs.sort(axis=1)
    codes = np.unique(pairs[:, 0] << 32 | pairs[:, 1])
    codes = codes[codes >> 32 != codes & 0xFFFFFFFF]
    return np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1)


def overlaps(table: Any, pairs: NDArray[np.int64], workers: int = 1) -> NDArray[np.float64]:
    """(p, 3) float64 for (p, 2) pairs of rows: their cosine, and the share of each one's weight that the other has.

    The weight is that of squared entries, so that a row's shares add up to 1. The cosine of equal rows is exactly 1.
    """
    overlap = partial(kernels.row_overlaps, table.indptr, table.indices, table.data)
    with ThreadPoolExecutor(workers) as pool:
        result: NDArray[np.float64] = np.concatenate([*pool.map(overlap, np.array_split(pairs, workers))])
    result[result > 1 - 1e-6] = 1.0
    return result


def cosine(table: Any, i: int, j: int) -> float:
    """Return the cosine of two rows."""
    return float(overlaps(table, np.array([[i, j]]))[0, 0])
