"""The line ``text -> minhash + tfidf -> align -> judge -> cluster`` in memory: :func:`compare` and :func:`scan`."""

from __future__ import annotations

import gc
import hashlib
import re
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import chain, islice
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from . import align, align_kernels, boilerplate, cluster, judge, kernels, minhash, text, tfidf, word_kernels
from .compiled import Stamp
from .model import (
    DERIVATIVE,
    VERDICTS,
    VERSION,
    Article,
    ArticleSummary,
    DetectorError,
    Document,
    Evidence,
    Mark,
    Match,
    Report,
    Settings,
    Skipped,
)
from .packed import Packed, pack, unpack
from .workers import cores, in_order, processes

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how much is done and how much there is."""

DOCUMENTS_KEPT = 2048
"""Documents kept analysed, some 70 kB each with all that is worked out for them."""

CHUNK_PAIRS = 64
"""Pairs that a thread takes at a time."""

PAIRS_APART = 3000
"""Pairs from which processes compare them: it is Python that holds threads up, and a process takes two seconds to begin."""

CHUNK_APART = 256
"""Pairs that a process takes at a time, with the texts of their articles."""

FIRST_APART = 8
"""Pairs that are compared before processes begin, so that the loops are compiled once, and then loaded."""

EVERY_PAIR = 20_000
"""Pairs of neighbours up to which each is compared in full: half a minute. Of more, only those that are ``HELD``."""

HELD = 0.38
"""Share of one text's TF-IDF weight that the other must have for a pair of many to be compared in full.

Among 21,268 stories it drops three in four pairs of neighbours, and of 220 paraphrases and 220 rewrites by ChatGPT one, of
998 polished texts none; of what weaker models made of a text, one or two in a hundred.
"""

_Item = TypeVar("_Item")


_COMPARING = Stamp("compare")
"""Set when a pair with passages and facts was compared: the loops for it are compiled."""


def is_first_run(task: Literal["scan", "copies", "pair"] = "scan") -> bool:
    """Whether loops are still to be compiled for a scan, a scan for copies alone, or two texts: up to half a minute more."""
    wanted = {"scan": (word_kernels.sign, word_kernels.words), "copies": (word_kernels.sign,), "pair": (word_kernels.words,)}
    return not (all(each.is_kept for each in wanted[task]) and (task == "copies" or _COMPARING.is_set))


_SAMPLE = (
    "The old stone bridge at Kerr collapsed on Monday night, police said. “I heard it fall,” Ann Lee told reporters.",
    "Police said on Tuesday that the old stone bridge at Kerr collapsed in the night. Ann Lee said: “I heard it fall.”",
)
"""Two texts that lead through the loops that compare."""


def _compare_sample() -> None:
    """Compile the loops that compare, in a process of no other use: the words are found without the loop for them.

    That one takes longest to compile, and another process is at it.
    """
    word_kernels.words = _words_in_short  # type: ignore[assignment]
    one, two = (text.analyse(Article(id=each, text=each)) for each in _SAMPLE)
    match(one, two, 0.0, Settings())


def _words_in_short(utf8: NDArray[np.uint8], size: int, *given: NDArray[Any]) -> int:
    """What :func:`word_kernels.words` writes of plain text, found without it."""
    places, keys, flags = given[-3:]
    count = 0
    for count, word in enumerate(re.finditer(rb"[A-Za-z0-9\x80-\xff]+", utf8[:size].tobytes()), 1):
        keys[count - 1] = zlib.crc32(word[0].lower())
        places[:2, count - 1] = word.span()
        flags[count - 1] = word_kernels.CAPITAL * word[0].istitle()
    return count


_apart = threading.Lock()


@contextmanager
def _compiling_apart(workers: int) -> Iterator[Callable[[], object]]:
    """On a machine's first run another process compiles the loops that compare, while this one compiles those that find.

    Yields what waits for it. Where it cannot be started or fails, this one compiles everything; one such process is enough
    for all threads.
    """
    ready: Callable[[], object] = bool  # nothing to wait for
    with ExitStack() as stack:
        if workers > 1 and not _COMPARING.is_set and _apart.acquire(blocking=False):
            stack.callback(_apart.release)
            _ = align_kernels.regions.dispatcher  # which finds a place for what is compiled, if there is none
            with suppress(OSError, RuntimeError, ImportError, AssertionError):  # no semaphores here, or no children allowed
                ready = stack.enter_context(processes(1)).submit(_compare_sample).exception
        yield ready


def compare(a: Article, b: Article, settings: Settings | None = None) -> Match:
    """Everything found between two articles, whatever the verdict.

    Exchanging the articles exchanges the two sides of the match and changes nothing else. The cosine is that of a
    collection of these two.

    >>> one = Article(id="one", text="The old stone bridge at Kerr collapsed on Monday night, police said.")
    >>> compare(one, Article(id="two", text=one.text)).verdict
    'duplicate'
    """
    settings = settings or Settings()
    with _compiling_apart(cores(settings.workers)) as compiled:
        rows = tfidf.rows(sorted([a.text, b.text]))  # the order they come in must not matter even to the last bit
        compiled()
    one, two = (text.analyse(each, _no_marks(settings)) for each in (a, b))
    return match(one, two, tfidf.cosine(rows, 0, 1), settings)


def compare_report(a: Article, b: Article, settings: Settings | None = None) -> Report:
    """The same as a report of one match."""
    settings = settings or Settings()
    began = time.perf_counter()
    match = compare(a, b, settings)
    summaries = tuple(_shown(text.analyse(each, _no_marks(settings))) for each in (a, b))
    return Report(VERSION, settings, summaries, (match,), cluster.families([match]), (), time.perf_counter() - began)


_Learned = tuple[Mark, ...] | None
"""Marks of boilerplate that was learned from other articles, None if all of an article is to count as its story."""


def _no_marks(settings: Settings) -> _Learned:
    return None if settings.keep_boilerplate else ()


def scan(
    articles: Iterable[Article],
    settings: Settings | None = None,
    *,
    against: Iterable[Article] | None = None,
    near_duplicates_only: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Find what was made from what among ``articles``, or between them and ``against`` if that is given.

    ``near_duplicates_only`` stops at copies: pairs of a Jaccard of ``settings.threshold`` or more, without passages,
    evidence or direction, at a fraction of the time.

    Matches come best first: by verdict, then probability; ``unrelated`` pairs are left out. What was skipped while reading
    is taken over from ``articles.skipped``. Raises :class:`DetectorError` if two articles have one id.
    """
    settings = settings or Settings()
    began = time.perf_counter()
    tell = progress or (lambda stage, done, total: None)
    everything = _Both(_sequence(articles), _sequence(against or ()))
    split = None if against is None else len(everything.own)
    summaries: list[ArticleSummary] = []
    looked_at = _LookedAt({}, {})
    with nullcontext() if near_duplicates_only else _compiling_apart(cores(settings.workers)) as compiled:
        signatures = minhash.signatures(_texts(everything, summaries, tell), settings)
        _check_ids(summaries)
        everything = replace(everything, learned=_learned(everything, summaries, settings))
        if compiled is None:
            found = _near_duplicates(everything, summaries, signatures, split, settings, tell)
        else:
            found = _matches(everything, summaries, signatures, split, settings, tell, looked_at, compiled)
    found = [each for each in found if each[0].probability >= settings.min_probability]
    with _uncollected():
        found = _settled(found, looked_at.runs)
    families = cluster.families([brief for brief, _ in found])
    if settings.verdicts:
        found = [each for each in found if each[0].verdict in settings.verdicts]
    found.sort(key=lambda each: (VERDICTS.index(each[0].verdict), -each[0].probability, each[0].a, each[0].b))
    shown = {each for match, _ in found for each in (match.a, match.b)}
    told = (
        looked_at.articles.get(each.id) or replace(each, text=everything[at].text) if each.id in shown else each
        for at, each in enumerate(summaries)
    )
    skipped: tuple[Skipped, ...] = (*getattr(articles, "skipped", ()), *getattr(against, "skipped", ()))
    return Report(
        version=VERSION,
        settings=settings,
        near_duplicates_only=near_duplicates_only,
        articles=_kept(told, ArticleSummary),
        matches=_kept((whole for _, whole in found), Match),
        families=families,
        skipped=skipped,
        seconds=time.perf_counter() - began,
    )


def _sequence(articles: Iterable[Article]) -> Sequence[Article]:
    return articles if isinstance(articles, Sequence) else list(articles)


def _settled(found: list[_Found], runs: Mapping[str, NDArray[np.uint32]]) -> list[_Found]:
    """The matches with versions of one source told as such, which takes all of them to see."""
    settled = []
    for (brief, whole), told in zip(found, cluster.siblings([brief for brief, _ in found], runs), strict=True):
        if told is not brief:
            full = cluster.of_one_source(unpack(whole, Match) if isinstance(whole, bytes) else whole, told.evidence[-1])
            settled.append((told, pack(full) if isinstance(whole, bytes) else full))
        else:
            settled.append((brief, whole))
    return settled


def _kept(items: Iterable[_Item | bytes], kind: type[_Item]) -> Sequence[_Item]:
    packed = Packed(items, kind)
    return packed if packed.holds_packed else tuple(packed)


@dataclass(frozen=True, slots=True)
class _Both:
    """The articles and the archive as one sequence, from wherever they are kept."""

    own: Sequence[Article]
    archive: Sequence[Article]
    learned: Mapping[str, tuple[Mark, ...]] | None = None
    """Boilerplate by the article's id, learned from all of them; None if all of an article counts as its story."""

    def __len__(self) -> int:
        return len(self.own) + len(self.archive)

    def __getitem__(self, at: int) -> Article:
        return self.own[at] if at < len(self.own) else self.archive[at - len(self.own)]

    def __iter__(self) -> Iterator[Article]:
        return chain(self.own, self.archive)

    def with_marks(self, at: int) -> tuple[Article, _Learned]:
        """An article and what is known of its boilerplate, as :func:`text.analyse` takes them."""
        article = self[at]
        return article, None if self.learned is None else self.learned.get(article.id, ())


def _learned(
    articles: _Both, summaries: Sequence[ArticleSummary], settings: Settings
) -> Mapping[str, tuple[Mark, ...]] | None:
    """What recurs in the articles of an outlet is its boilerplate; that takes outlets that are known."""
    if settings.keep_boilerplate:
        return None
    return boilerplate.learned(articles) if any(map(boilerplate.outlet_of, summaries)) else {}


def _texts(articles: _Both, summaries: list[ArticleSummary], tell: Progress) -> Iterator[str]:
    """The texts one by one, while ``summaries`` gets what is to be known of each when its text is gone."""
    for at in range(len(articles)):
        article = articles[at]
        summaries.append(_summary(article))
        yield article.text
        tell("signatures", at + 1, len(articles))


def _matches(
    articles: _Both,
    summaries: Sequence[ArticleSummary],
    signatures: NDArray[np.uint32],
    own: int | None,
    settings: Settings,
    tell: Progress,
    looked_at: _LookedAt,
    compiled: Callable[[], object],
) -> list[_Found]:
    """Both indexes, then every pair worth it aligned and judged on its two texts; without the unrelated ones.

    ``looked_at`` gets what is now known of the articles of the matches. Those of many pairs are packed. ``compiled`` waits
    until the loops that compare can be loaded.
    """
    workers = cores(settings.workers)
    table = tfidf.rows(_told((articles[at].text for at in range(len(articles))), "terms", tell, len(articles)))
    copies = minhash.to_verify(signatures, settings, own=own)
    near = tfidf.candidates(table, settings, own=own)
    if len(near) > EVERY_PAIR:
        near = near[tfidf.overlaps(table, near, workers)[:, 1:].max(axis=1) >= HELD]
    pairs = _wanted(np.unique(np.concatenate([copies, near]), axis=0), summaries, settings)
    if len(articles) > DOCUMENTS_KEPT or len(pairs) >= PAIRS_APART:  # or every document is kept, in whatever order
        pairs = pairs[_neighbourly(pairs, len(articles))]
    cosines = tfidf.overlaps(table, pairs)[:, 0]
    compared = _in_processes if workers > 1 and len(pairs) >= PAIRS_APART else _in_threads
    chunks = partial(_chunks, pairs, cosines)
    del table
    result: list[_Found] = []
    done = 0
    if len(pairs):
        compiled()
    for size, found, seen in compared(articles, chunks, settings, workers):
        result += found
        looked_at.articles.update(seen.articles)
        looked_at.runs.update(seen.runs)
        done += size
        tell("comparing", done, len(pairs))
    return result


_Chunk = tuple[list[tuple[int, int]], list[float]]
"""Pairs of rows and their cosines."""

_Found = tuple[Match, Match | bytes]
"""A match for those who sort and group it, and the whole of it, which may be packed."""


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """What is known of the articles of matches, by id: what a report shows, and :func:`minhash.runs` of derivative ones."""

    articles: dict[str, ArticleSummary | bytes]
    runs: dict[str, NDArray[np.uint32]]


_Compared = tuple[int, list[_Found], _LookedAt]
"""Of a chunk: how many pairs, the matches but the unrelated ones, and what is now known of their articles."""


def _in_threads(
    articles: _Both, chunks: Callable[..., Iterator[_Chunk]], settings: Settings, workers: int
) -> Iterator[_Compared]:
    """Every pair aligned and judged, a document analysed once for many of them."""
    analysed = lru_cache(maxsize=DOCUMENTS_KEPT)(lambda row: text.analyse(*articles.with_marks(row)))
    interrupted = threading.Event()
    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from in_order(
                pool, lambda each: _compared(each, analysed, settings, interrupted), chunks(CHUNK_PAIRS)
            )
        except BaseException:
            interrupted.set()
            raise


def _in_processes(
    articles: _Both, chunks: Callable[..., Iterator[_Chunk]], settings: Settings, workers: int
) -> Iterator[_Compared]:
    """The same; a document is analysed again for every chunk that it is in, which are few."""
    apart = chain(islice(chunks(FIRST_APART), 1), chunks(CHUNK_APART, FIRST_APART))
    jobs = ((each, {row: articles.with_marks(row) for pair in each[0] for row in pair}) for each in apart)
    yield _job(next(jobs), settings)
    with processes(workers) as pool:
        yield from in_order(pool, partial(_job, settings=settings), jobs)


def _job(job: tuple[_Chunk, Mapping[int, tuple[Article, _Learned]]], settings: Settings) -> _Compared:
    with _uncollected():
        return _packed(job, settings)


def _packed(job: tuple[_Chunk, Mapping[int, tuple[Article, _Learned]]], settings: Settings) -> _Compared:
    chunk, articles = job
    size, found, seen = _compared(chunk, cache(lambda row: text.analyse(*articles[row])), settings, threading.Event())
    unsaid: dict[str, Any] = {"spans": (), "quotations": (), "facts": (), "counterparts": None, "new_a": None, "new_b": None}
    brief = [replace(each, evidence=_for_families(each), **unsaid) for each, _ in found]
    packed = [pack(whole) for _, whole in found]
    shown: dict[str, ArticleSummary | bytes] = {name: pack(each) for name, each in seen.articles.items()}
    return size, list(zip(brief, packed, strict=True)), _LookedAt(shown, seen.runs)


def _for_families(match: Match) -> tuple[Evidence, ...]:
    wanted = (cluster.CITES, cluster.DIRECTION)
    return tuple(replace(each, sentence="") for each in match.evidence if each.name in wanted)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles among objects, a tenth of the time: a chunk makes 100,000 objects and no cycle, and with
    many matches each search goes through all of them."""
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


def _compared(
    chunk: _Chunk, analysed: Callable[[int], Document], settings: Settings, interrupted: threading.Event
) -> _Compared:
    found: list[_Found] = []
    seen = _LookedAt({}, {})
    for (i, j), cosine in zip(*chunk, strict=True):
        if interrupted.is_set():
            break
        result = match(analysed(i), analysed(j), cosine, settings, brief=True)
        if result.verdict != "unrelated":
            found.append((result, result))
            for each in (analysed(i), analysed(j)):
                if each.article.id not in seen.articles:
                    seen.articles[each.article.id] = _shown(each)
                if result.verdict in DERIVATIVE:
                    seen.runs[each.article.id] = minhash.runs(each)
    return len(chunk[0]), found, seen


def _neighbourly(pairs: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """An order of the (p, 2) pairs in which the pairs of one article, and those of its partners, are near in time.

    So each document is analysed about once, although only ``DOCUMENTS_KEPT`` are held: reverse Cuthill-McKee, which keeps
    the entries of a sparse matrix near its diagonal.
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


def _near_duplicates(
    articles: _Both,
    summaries: Sequence[ArticleSummary],
    signatures: NDArray[np.uint32],
    own: int | None,
    settings: Settings,
    tell: Progress,
) -> list[_Found]:
    """The first index alone, its pairs verified by the shingles of their bodies."""
    pairs = _wanted(minhash.to_verify(signatures, settings, own=own), summaries, settings)
    rows, places = np.unique(pairs, return_inverse=True)
    bodies = map(partial(_body_keys, articles), rows.tolist())
    shingles = [minhash.shingles_of(each, settings.shingle_words) for each in _told(bodies, "verifying", tell, len(rows))]
    values, offsets = minhash.stacked(shingles)
    shared = kernels.common_each(values, offsets, places.reshape(-1, 2))
    sizes = np.diff(offsets)
    found: list[_Found] = []
    for (i, j), (x, y), common in zip(pairs.tolist(), places.reshape(-1, 2).tolist(), shared.tolist(), strict=True):
        jaccard = common / max(int(sizes[x] + sizes[y]) - common, 1)
        if jaccard >= settings.threshold:
            same = jaccard == 1 and np.array_equal(_body_keys(articles, i), _body_keys(articles, j))
            one, two = summaries[i].id, summaries[j].id
            copy = judge.copies(one, two, jaccard, common / sizes[x], common / sizes[y], same).rounded()
            found.append((copy, copy))
    return found


def _body_keys(articles: _Both, row: int) -> NDArray[np.uint64]:
    article, learned = articles.with_marks(row)
    return text.body_keys(article.text, learned)


def _wanted(pairs: NDArray[np.int64], articles: Sequence[ArticleSummary], settings: Settings) -> NDArray[np.int64]:
    """The pairs without those of one outlet, if that was asked for."""
    if not settings.same_source:
        outlets = [each.source for each in articles]
        apart = [outlets[i] is None or outlets[i] != outlets[j] for i, j in pairs.tolist()]
        pairs = pairs[np.array(apart, np.bool_)]
    return pairs


def _told(items: Iterable[_Item], stage: str, tell: Progress, total: int | None = None) -> Iterator[_Item]:
    """The items, while ``tell`` hears how many have gone by."""
    size = total if total is not None else len(items) if isinstance(items, Sized) else 0
    for done, item in enumerate(items, start=1):
        yield item
        tell(stage, done, size)


def _check_ids(articles: Sequence[ArticleSummary]) -> None:
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise DetectorError(f"two articles have the id {article.id!r}: give each its own")
        seen.add(article.id)


def match(a: Document, b: Document, cosine: float, settings: Settings, *, brief: bool = False) -> Match:
    """Align and judge two documents, always in one order, so that the order they come in cannot matter."""
    if (b.article.text, b.article.id) < (a.article.text, a.article.id):
        return match(b, a, cosine, settings, brief=brief).swapped()
    shingles = [minhash.shingles(each, settings.shingle_words) for each in (a, b)]
    scores = minhash.scores(shingles[0], shingles[1], cosine)
    found = judge.judge(a, b, align.align(a, b), scores, settings, brief=brief).rounded()
    if found.spans and found.facts:
        _COMPARING.set()
    return found


def _summary(article: Article) -> ArticleSummary:
    """What is known of an article by itself, its text left out."""
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


def _shown(document: Document) -> ArticleSummary:
    """The same of an article that a match shows, with its text and all that is set apart in it."""
    marks = (*document.boilerplate, *document.quotations, *document.attributions)
    return replace(
        _summary(document.article),
        words=len(document.start),
        body_words=int(document.body.sum()),
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))),
        text=document.article.text,
    )
