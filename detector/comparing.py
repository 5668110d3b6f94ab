"""Pairs of articles -> matches: each pair aligned and judged, in threads or, with many pairs, in processes."""

from __future__ import annotations

import gc
import hashlib
import re
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import chain, islice
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from . import align, cluster, judge, minhash, text
from .document import Document
from .loops import align_kernels, word_kernels
from .loops.compiled import Stamp
from .model import AGENCY, CITES, DIRECTION, TEMPLATE, Article, ArticleSummary, Mark, Match, Settings
from .packed import pack
from .workers import cores, in_order, may_start_processes, processes

DOCUMENTS_KEPT = 2048
"""Analysed documents kept, some 70 kB each with everything derived from them."""

CHUNK_PAIRS = 64
"""Pairs per chunk for a thread."""

PAIRS_APART = 3000
"""Pairs from which processes are used: Python's lock holds threads up, but a process takes two seconds to start."""

CHUNK_APART = 256
"""Pairs per chunk for a process, with the texts of their articles."""

FIRST_APART = 8
"""Pairs compared before processes start, so that the loops are compiled once and then loaded."""


Learned = tuple[Mark, ...] | None
"""Marks of boilerplate learned from other articles; None if all of an article counts as its story."""

Given = Callable[[int], tuple[Article, Learned]]
"""Maps a row to its article and learned boilerplate, as :func:`text.analyse` takes them."""


_Chunk = tuple[list[tuple[int, int]], list[float]]
"""Pairs of rows and their cosines."""

Found = tuple[Match, Match | bytes]
"""A match for sorting and grouping, and the whole match, possibly packed."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is known of the articles of matches, by id: what a report shows and, of those in ties, :func:`minhash.runs`."""

    articles: dict[str, ArticleSummary | bytes]
    runs: dict[str, NDArray[np.uint32]]


Compared = tuple[int, list[Found], LookedAt]
"""Result of a chunk: the number of pairs, the matches without unrelated ones, and what is now known of their articles."""


def compared(
    pairs: NDArray[np.int64], cosines: NDArray[np.float64], size: int, given: Given, settings: Settings
) -> Iterator[Compared]:
    """Align and judge every pair, a chunk at a time.

    ``pairs``: (p, 2) rows of the ``size`` articles; ``cosines``: (p,), one per pair. With many pairs the matches are packed.
    Raises :class:`DetectorError` if a process is killed.
    """
    if size > DOCUMENTS_KEPT or len(pairs) >= PAIRS_APART:  # otherwise every document is kept, whatever the order
        order = _neighbourly(pairs, size)
        pairs, cosines = pairs[order], cosines[order]
    workers = cores(settings.workers)
    apart = workers > 1 and len(pairs) >= PAIRS_APART and may_start_processes()
    return (_in_processes if apart else _in_threads)(partial(_chunks, pairs, cosines), given, settings, workers)


def _in_threads(
    chunks: Callable[..., Iterator[_Chunk]], given: Given, settings: Settings, workers: int
) -> Iterator[Compared]:
    """Compare in threads, which share the analysed documents."""
    analysed = lru_cache(maxsize=DOCUMENTS_KEPT)(lambda row: text.analyse(*given(row)))
    interrupted = threading.Event()
    with ThreadPoolExecutor(workers) as pool:
        try:
            work = partial(_chunk, analysed=analysed, settings=settings, interrupted=interrupted)
            yield from in_order(pool, work, chunks(CHUNK_PAIRS), workers)
        finally:
            interrupted.set()


def _in_processes(
    chunks: Callable[..., Iterator[_Chunk]], given: Given, settings: Settings, workers: int
) -> Iterator[Compared]:
    """Compare in processes; a document is analysed again for each of the few chunks that need it."""
    apart = chain(islice(chunks(FIRST_APART), 1), chunks(CHUNK_APART, FIRST_APART))
    jobs = ((each, {row: given(row) for pair in each[0] for row in pair}) for each in apart)
    yield _job(next(jobs), settings)
    with processes(workers) as pool:
        yield from in_order(pool, partial(_job, settings=settings), jobs, workers)


def _job(job: tuple[_Chunk, Mapping[int, tuple[Article, Learned]]], settings: Settings) -> Compared:
    chunk, articles = job
    with uncollected():
        size, found, seen = _chunk(chunk, cache(lambda row: text.analyse(*articles[row])), settings, threading.Event())
        packed: list[Found] = [(_for_families(each), pack(each)) for each, _ in found]
        return size, packed, LookedAt({name: pack(each) for name, each in seen.articles.items()}, seen.runs)


def _for_families(match: Match) -> Match:
    """The match in brief, for sorting and grouping."""
    wanted = (CITES, AGENCY, TEMPLATE, DIRECTION)
    evidence = tuple(replace(each, sentence="") for each in match.evidence if each.name in wanted)
    numbers = tuple(each for each in match.facts if each.kind == "number")  # by which cluster.siblings goes, too
    unsaid: dict[str, Any] = {"spans": (), "quotations": (), "counterparts": None, "new_a": None, "new_b": None}
    unsaid |= {"part_a": None, "part_b": None}
    return replace(match, evidence=evidence, facts=numbers, **unsaid)


@contextmanager
def uncollected() -> Iterator[None]:
    """Disable garbage collection inside the block.

    The search for cycles takes a tenth of the time: a chunk makes 100,000 objects and no cycle, and with many matches each
    search goes through all of them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _chunks(pairs: NDArray[np.int64], cosines: NDArray[np.float64], size: int, first: int = 0) -> Iterator[_Chunk]:
    for at in range(first, len(pairs), size):
        yield [(i, j) for i, j in pairs[at : at + size].tolist()], cosines[at : at + size].tolist()


def _chunk(
    chunk: _Chunk, analysed: Callable[[int], Document], settings: Settings, interrupted: threading.Event
) -> Compared:
    found: list[Found] = []
    seen = LookedAt({}, {})
    for (i, j), cosine in zip(*chunk, strict=True):
        if interrupted.is_set():
            break
        result = match(analysed(i), analysed(j), cosine, settings, brief=True)
        if result.verdict != "unrelated":
            found.append((result, result))
            for each in (analysed(i), analysed(j)):
                if each.article.id not in seen.articles:
                    seen.articles[each.article.id] = shown(each)
                if cluster.is_tie(result):
                    seen.runs[each.article.id] = minhash.runs(each)
    return len(chunk[0]), found, seen


def _neighbourly(pairs: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """An order of the (p, 2) pairs in which the pairs of an article and of its partners are close together.

    Each document is then analysed about once although only ``DOCUMENTS_KEPT`` are held. The order is reverse Cuthill-McKee,
    which keeps the entries of a sparse matrix near its diagonal.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    if not len(pairs):
        return np.empty(0, np.int64)
    ones = np.ones(2 * len(pairs), np.int8)
    graph = coo_matrix((ones, (pairs.T.ravel(), pairs[:, ::-1].T.ravel())), shape=(size, size)).tocsr()
    rank = np.empty(size, np.int64)
    rank[reverse_cuthill_mckee(graph, symmetric_mode=True)] = np.arange(size)
    places = np.sort(rank[pairs], axis=1)
    return np.lexsort((places[:, 1], places[:, 0]))


def match(a: Document, b: Document, cosine: float, settings: Settings, *, brief: bool = False) -> Match:
    """Align and judge two documents, always in the same order, so that the order of the arguments cannot matter."""
    if (b.article.text, b.article.id) < (a.article.text, a.article.id):
        return match(b, a, cosine, settings, brief=brief).swapped()
    if np.array_equal(a.keys, b.keys) and not np.array_equal(a.body, b.body):
        a, b = (text.analyse(each.article, None) for each in (a, b))  # one text, laid out in two ways: all of it counts
    shingles = [minhash.shingles(each, settings.shingle_words) for each in (a, b)]
    scores = minhash.scores(shingles[0], shingles[1], cosine)
    found = judge.judge(a, b, align.align(a, b), scores, settings, brief=brief).rounded()
    if found.spans and found.facts:
        _COMPARING.set()
    return found


def summary(article: Article) -> ArticleSummary:
    """What is known of an article by itself, without its text."""
    return ArticleSummary(
        id=article.id,
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        url=article.url,
        path=article.path,
        guessed=article.guessed,
        sha256=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        characters=len(article.text),
        words=None,
        body_words=None,
        marks=(),
        text=None,
    )


def shown(document: Document) -> ArticleSummary:
    """The summary of an article that a match shows, with its text and marks."""
    marks = (*document.boilerplate, *document.quotations, *document.attributions)
    return replace(
        summary(document.article),
        words=len(document.start),
        body_words=int(document.body.sum()),
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))),
        text=document.article.text,
    )


# ------------------------------------------------------------------------------------------------------------ first run


_COMPARING = Stamp("compare")
"""Set once a pair with passages and facts has been compared: its loops are then compiled."""


def is_first_run(task: Literal["scan", "copies", "pair"]) -> bool:
    """Whether kernels for a task still have to be compiled, which takes up to half a minute."""
    wanted = {"scan": (word_kernels.sign, word_kernels.words), "copies": (word_kernels.sign,), "pair": (word_kernels.words,)}
    return not (all(each.is_kept for each in wanted[task]) and (task == "copies" or _COMPARING.is_set))


_SAMPLE = (
    "The old stone bridge at Kerr collapsed on Monday night, police said. “I heard it fall,” Ann Lee told reporters.",
    "Police said on Tuesday that the old stone bridge at Kerr collapsed in the night. Ann Lee said: “I heard it fall.”",
)
"""Two texts that exercise the comparison loops."""


def _compare_sample() -> None:
    """Compile the comparison loops in a throwaway process, which finds words without the compiled loop.

    That loop takes longest to compile, and another process is compiling it.
    """
    word_kernels.words = _words_in_short  # type: ignore[assignment]
    one, two = (text.analyse(Article(id=each, text=each)) for each in _SAMPLE)
    match(one, two, 0.0, Settings())


def _words_in_short(utf8: NDArray[np.uint8], size: int, *given: NDArray[Any]) -> int:
    """Write what :func:`word_kernels.words` would write for plain text, without that kernel."""
    places, keys, flags = given[-3:]
    count = 0
    for count, word in enumerate(re.finditer(rb"[A-Za-z0-9\x80-\xff]+", utf8[:size].tobytes()), 1):
        keys[count - 1] = zlib.crc32(word[0].lower())
        places[:2, count - 1] = word.span()
        flags[count - 1] = word_kernels.CAPITAL * word[0].istitle()
    return count


_apart = threading.Lock()


@contextmanager
def compiled_apart(workers: int) -> Iterator[Callable[[], object]]:
    """On a machine's first run, compile the comparison loops in another process while this one compiles the search loops.

    Yields a function that waits for that process. If it cannot start or fails, this process compiles everything; one such
    process serves all threads.
    """
    ready: Callable[[], object] = bool  # nothing to wait for
    with ExitStack() as stack:
        if workers > 1 and may_start_processes() and not _COMPARING.is_set and _apart.acquire(blocking=False):
            stack.callback(_apart.release)
            _ = align_kernels.regions.dispatcher  # picks a cache folder if there is none
            with suppress(OSError, RuntimeError, ImportError):  # no semaphores here
                ready = stack.enter_context(processes(1)).submit(_compare_sample).exception
        yield ready


