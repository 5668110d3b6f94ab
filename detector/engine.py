"""The line ``text -> minhash + tfidf -> align -> judge -> cluster`` in memory: :func:`compare` and :func:`scan`."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from . import align, cluster, judge, kernels, minhash, text, tfidf, words
from .model import (
    VERDICTS,
    VERSION,
    Article,
    ArticleSummary,
    DetectorError,
    Document,
    Mark,
    Match,
    Report,
    Settings,
    Skipped,
)

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how much is done and how much there is."""

DOCUMENTS_KEPT = 4096
"""Documents kept analysed: pairs come sorted, so that an article's partners are near in time. Some 20 kB each."""

_Item = TypeVar("_Item")


def is_first_run() -> bool:
    """Whether the compiled loops had to be compiled just now: the first scan on a machine takes half a minute more."""
    before = sum(kernels.words.stats.cache_misses.values())
    words.words("")
    return bool(sum(kernels.words.stats.cache_misses.values()) > before)


def compare(a: Article, b: Article, settings: Settings | None = None) -> Match:
    """Everything found between two articles, whatever the verdict.

    Exchanging the articles exchanges the two sides of the match and changes nothing else. The cosine is that of a
    collection of these two.

    >>> one = Article(id="one", text="The old stone bridge at Kerr collapsed on Monday night, police said.")
    >>> compare(one, Article(id="two", text=one.text)).verdict
    'duplicate'
    """
    settings = settings or Settings()
    rows = tfidf.rows(sorted([a.text, b.text]))  # the order they come in must not matter even to the last bit
    return match(text.analyse(a), text.analyse(b), tfidf.cosine(rows, 0, 1), settings)


def compare_report(a: Article, b: Article, settings: Settings | None = None) -> Report:
    """The same as a report of one match."""
    settings = settings or Settings()
    began = time.perf_counter()
    match = compare(a, b, settings)
    summaries = tuple(_summary(each, shown=True) for each in (a, b))
    return Report(VERSION, settings, summaries, (match,), cluster.families([match]), (), time.perf_counter() - began)


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
    own, archive = list(articles), list(against or ())
    everything = own + archive
    _check_ids(everything)
    split = None if against is None else len(own)
    if near_duplicates_only:
        found = find_near_duplicates(everything, split, settings, tell)
    else:
        found = _matches(everything, split, settings, tell)
    matches = [match for match in found if match.verdict != "unrelated" and match.probability >= settings.min_probability]
    families = cluster.families(matches)
    if settings.verdicts:
        matches = [match for match in matches if match.verdict in settings.verdicts]
    matches.sort(key=lambda each: (VERDICTS.index(each.verdict), -each.probability, each.a, each.b))
    shown = {each for match in matches for each in (match.a, match.b)}
    skipped: tuple[Skipped, ...] = (*getattr(articles, "skipped", ()), *getattr(against, "skipped", ()))
    return Report(
        version=VERSION,
        settings=settings,
        articles=tuple(_summary(each, shown=each.id in shown) for each in everything),
        matches=tuple(matches),
        families=families,
        skipped=skipped,
        seconds=time.perf_counter() - began,
    )


def _matches(articles: Sequence[Article], own: int | None, settings: Settings, tell: Progress) -> list[Match]:
    """Both indexes, then every candidate pair aligned and judged on its two texts."""
    texts = [each.text for each in articles]
    signatures = minhash.signatures(_told(texts, "signatures", tell), settings)
    table = tfidf.rows(_told(texts, "terms", tell))
    pairs = np.concatenate([minhash.candidates(signatures, settings, own=own), tfidf.candidates(table, settings, own=own)])
    pairs = _wanted(np.unique(pairs, axis=0), articles, settings)
    analysed = lru_cache(maxsize=DOCUMENTS_KEPT)(lambda row: text.analyse(articles[row]))

    def judged(pair: tuple[int, int]) -> Match:
        i, j = pair
        return match(analysed(i), analysed(j), tfidf.cosine(table, i, j), settings, brief=True)

    with ThreadPoolExecutor(settings.workers or os.cpu_count() or 1) as pool:
        found = pool.map(judged, [(i, j) for i, j in pairs.tolist()])
        return list(_told(found, "comparing", tell, len(pairs)))


def find_near_duplicates(articles: Sequence[Article], own: int | None, settings: Settings, tell: Progress) -> list[Match]:
    """The first index alone, its pairs verified by the shingles of their bodies."""
    texts = [each.text for each in articles]
    signatures = minhash.signatures(_told(texts, "signatures", tell), settings)
    pairs = _wanted(minhash.candidates(signatures, settings, own=own), articles, settings)
    rows, places = np.unique(pairs, return_inverse=True)
    bodies = [text.body_keys(texts[row]) for row in _told(rows.tolist(), "verifying", tell)]
    values, offsets = minhash.stacked([minhash.shingles_of(each, settings.shingle_words) for each in bodies])
    shared = kernels.common_each(values, offsets, places.reshape(-1, 2))
    sizes = np.diff(offsets)
    found = []
    for (i, j), (x, y), common in zip(pairs.tolist(), places.reshape(-1, 2).tolist(), shared.tolist(), strict=True):
        jaccard = common / max(int(sizes[x] + sizes[y]) - common, 1)
        if jaccard >= settings.threshold:
            same = np.array_equal(bodies[x], bodies[y])
            found.append(judge.copies(articles[i].id, articles[j].id, jaccard, common / sizes[x], common / sizes[y], same))
    return found


def _wanted(pairs: NDArray[np.int64], articles: Sequence[Article], settings: Settings) -> NDArray[np.int64]:
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


def _check_ids(articles: Sequence[Article]) -> None:
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
    return judge.judge(a, b, align.align(a, b), scores, settings, brief=brief)


def _summary(article: Article, *, shown: bool) -> ArticleSummary:
    marks: tuple[Mark, ...] = ()
    if shown:
        document = text.analyse(article)
        count, body_count = len(document.start), int(document.body.sum())
        marks = (*document.boilerplate, *document.quotations, *document.attributions)
    else:
        count, body_count = text.sizes(article.text)
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
        words=count,
        body_words=body_count,
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))),
        text=article.text if shown else None,
    )
