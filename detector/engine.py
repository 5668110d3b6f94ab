"""The pipeline ``text -> minhash + tfidf -> align -> judge -> cluster`` in memory: :func:`compare` and :func:`scan`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from . import cluster, judge, minhash, text, tfidf
from .comparing import Found, Learned, LookedAt, compared, compiled_apart, match, shown, summary, uncollected
from .document import Document
from .languages.words import unmasked
from .loops import kernels
from .model import (
    VERDICTS,
    VERSION,
    Article,
    ArticleSummary,
    DetectorError,
    Mark,
    Match,
    Progress,
    Report,
    Settings,
    Skipped,
)
from .packed import Packed, pack, unpack
from .story import boilerplate
from .story.outlets import plain, publisher_of
from .workers import cores

EVERY_PAIR = 20_000
"""Up to this many neighbour pairs, all are compared in full (half a minute); above it, only those that pass ``HELD``."""

HELD = 0.38
"""Share of one text's TF-IDF weight that the other must hold for a pair to be compared in full, if there are many pairs.

Among 21,268 stories it drops three in four neighbour pairs; it drops one of 220 paraphrases and 220 rewrites by ChatGPT,
none of 998 polished texts, and one or two in a hundred of what weaker models made of a text.
"""

_Item = TypeVar("_Item")


def compare(a: Article, b: Article, settings: Settings | None = None) -> Match:
    """Compare two articles and return everything found, whatever the verdict.

    Exchanging the articles exchanges the sides of the match and changes nothing else. The cosine is that of a collection of
    these two. Raises :class:`DetectorError` if both have the same id or are no articles.

    >>> one = Article(id="one", text="The old stone bridge at Kerr collapsed on Monday night, police said.")
    >>> compare(one, Article(id="two", text=one.text)).verdict
    'duplicate'
    """
    return _pair(a, b, settings or Settings())[0]


def compare_report(a: Article, b: Article, settings: Settings | None = None) -> Report:
    """Like :func:`compare`, but return a report with one match."""
    settings = settings or Settings()
    began = time.perf_counter()
    found, *documents = _pair(a, b, settings)
    summaries = tuple(map(shown, documents))
    return Report(VERSION, settings, summaries, (found,), cluster.families([found]), (), time.perf_counter() - began)


def _pair(a: Article, b: Article, settings: Settings) -> tuple[Match, Document, Document]:
    _check_ids(map(_known, (a, b)))
    with compiled_apart(cores(settings.workers)) as compiled:
        rows = tfidf.rows(sorted([a.text, b.text]))  # their order must not change even the last bit
        compiled()
    learned = None if settings.keep_boilerplate else ()
    one, two = (text.analyse(each, learned) for each in (a, b))
    return match(one, two, tfidf.cosine(rows, 0, 1), settings), one, two


def scan(
    articles: Iterable[Article],
    settings: Settings | None = None,
    *,
    against: Iterable[Article] | None = None,
    near_duplicates_only: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Find what was made from what among ``articles``, or between them and ``against`` if given.

    ``near_duplicates_only`` finds only copies (pairs with a Jaccard similarity of at least ``settings.threshold``), without
    passages, evidence or direction, in a fraction of the time.

    Matches are sorted by verdict, then probability; ``unrelated`` pairs are left out. ``articles.skipped`` and
    ``against.skipped``, if present, go into the report. Raises :class:`DetectorError` if two articles have the same id or
    something is no article.
    """
    settings = settings or Settings()
    began = time.perf_counter()
    tell = progress or (lambda stage, done, total: None)
    everything = _Both(_sequence(articles), _sequence(against or ()))
    split = None if against is None else len(everything.own)
    summaries: list[ArticleSummary] = []
    with nullcontext() if near_duplicates_only else compiled_apart(cores(settings.workers)) as compiled:
        signatures = minhash.signatures(_texts(everything, summaries, tell), settings)
        _check_ids(summaries)
        copies = minhash.to_verify(signatures, settings, own=split)
        del signatures  # half a kilobyte an article
        everything = replace(everything, learned=_learned(everything, summaries, settings))
        if compiled is None:
            found, looked_at = _near_duplicates(everything, summaries, copies, settings, tell), LookedAt({}, {})
        else:
            found, looked_at = _matches(everything, summaries, copies, split, settings, tell, compiled)
    with uncollected():
        found = _settled(found, looked_at.runs)  # including those not shown: a tie to a third article reveals siblings
    found = [each for each in found if each[0].probability >= settings.min_probability]
    families = cluster.families([brief for brief, _ in found])
    if settings.verdicts:
        found = [each for each in found if each[0].verdict in settings.verdicts]
    found.sort(key=lambda each: (VERDICTS.index(each[0].verdict), -each[0].probability, each[0].a, each[0].b))
    in_matches = {each for brief, _ in found for each in (brief.a, brief.b)}
    told = (
        looked_at.articles.get(each.id) or replace(each, text=everything[at].text) if each.id in in_matches else each
        for at, each in enumerate(summaries)
    )
    skipped: tuple[Skipped, ...] = (*getattr(articles, "skipped", ()), *getattr(against, "skipped", ()))
    return Report(
        version=VERSION,
        settings=settings,
        near_duplicates_only=near_duplicates_only,
        against=split,
        articles=_kept(told, ArticleSummary),
        matches=_kept((whole for _, whole in found), Match),
        families=families,
        skipped=skipped,
        seconds=time.perf_counter() - began,
    )


def _sequence(articles: Iterable[Article]) -> Sequence[Article]:
    return articles if isinstance(articles, Sequence) else list(articles)


def _settled(found: list[Found], runs: Mapping[str, NDArray[np.uint32]]) -> list[Found]:
    """The matches, with versions of one source marked as such; that requires all matches."""
    settled = []
    for (brief, whole), told in zip(found, cluster.siblings([brief for brief, _ in found], runs), strict=True):
        if told is not brief:
            full = unpack(whole, Match) if isinstance(whole, bytes) else whole
            with_why = cluster.of_one_source if told.verdict == "common-source" else cluster.with_third
            full = with_why(full, told.evidence[-1])
            settled.append((told, pack(full) if isinstance(whole, bytes) else full))
        else:
            settled.append((brief, whole))
    return settled


def _kept(items: Iterable[_Item | bytes], kind: type[_Item]) -> Sequence[_Item]:
    packed = Packed(items, kind)
    return packed if packed.holds_packed else tuple(packed)


@dataclass(frozen=True, slots=True)
class _Both:
    """The articles and the archive as one sequence, wherever they are stored."""

    own: Sequence[Article]
    archive: Sequence[Article]
    learned: Mapping[str, tuple[Mark, ...]] | None = None
    """Learned boilerplate by article id; None if the whole of every article counts as its story."""

    def __len__(self) -> int:
        return len(self.own) + len(self.archive)

    def __getitem__(self, at: int) -> Article:
        return self.own[at] if at < len(self.own) else self.archive[at - len(self.own)]

    def __iter__(self) -> Iterator[Article]:
        return chain(self.own, self.archive)

    def with_marks(self, at: int) -> tuple[Article, Learned]:
        """An article and its learned boilerplate, as :func:`text.analyse` takes them."""
        article = self[at]
        return article, None if self.learned is None else self.learned.get(article.id, ())


def _learned(
    articles: _Both, summaries: Sequence[ArticleSummary], settings: Settings
) -> Mapping[str, tuple[Mark, ...]] | None:
    """Boilerplate by article id: what recurs within an outlet; empty if no outlet is known."""
    if settings.keep_boilerplate:
        return None
    return boilerplate.learned(articles) if any(map(publisher_of, summaries)) else {}


def _texts(articles: _Both, summaries: list[ArticleSummary], tell: Progress) -> Iterator[str]:
    """Yield the texts one by one and append a summary of each article to ``summaries``."""
    for article in _with_progress(map(_known, articles), "signatures", tell, len(articles)):
        summaries.append(summary(article))
        yield unmasked(article.text)


def _matches(
    articles: _Both,
    summaries: Sequence[ArticleSummary],
    copies: NDArray[np.int64],
    own: int | None,
    settings: Settings,
    tell: Progress,
    compiled: Callable[[], object],
) -> tuple[list[Found], LookedAt]:
    """Find neighbours, then align and judge every pair worth it; unrelated pairs are left out.

    ``copies``: (p, 2) rows of the articles that may be near-duplicates; ``own``: how many are no archive's.
    Also returns what is now known of the articles of the matches. With many pairs, matches are packed. ``compiled()``
    blocks until the comparison loops can be loaded.
    """
    table = tfidf.rows(_with_progress((article.text for article in articles), "terms", tell, len(articles)))
    near = tfidf.candidates(table, settings, own=own)
    if len(near) > EVERY_PAIR:
        near = near[tfidf.overlaps(table, near, cores(settings.workers))[:, 1:].max(axis=1) >= HELD]
    pairs = _wanted(np.unique(np.concatenate([copies, near]), axis=0), summaries, settings)
    cosines = tfidf.overlaps(table, pairs)[:, 0]
    del table
    result: list[Found] = []
    looked_at = LookedAt({}, {})
    done = 0
    if len(pairs):
        compiled()
    for size, found, seen in compared(pairs, cosines, len(articles), articles.with_marks, settings):
        result += found
        looked_at.articles.update(seen.articles)
        looked_at.runs.update(seen.runs)
        done += size
        tell("comparing", done, len(pairs))
    return result, looked_at


def _near_duplicates(
    articles: _Both,
    summaries: Sequence[ArticleSummary],
    copies: NDArray[np.int64],
    settings: Settings,
    tell: Progress,
) -> list[Found]:
    """Matches from MinHash alone, the (p, 2) pairs of rows ``copies`` verified on the shingles of the bodies."""
    pairs = _wanted(copies, summaries, settings)
    rows, places = np.unique(pairs, return_inverse=True)
    shingles: list[NDArray[np.uint32]] = []
    wordings: list[text.Wording] = []
    for article, learned in _with_progress(map(articles.with_marks, rows.tolist()), "verifying", tell, len(rows)):
        body, wording = text.wording(article.text, learned)
        shingles.append(minhash.shingles_of(body, settings.shingle_words))
        wordings.append(wording)
    values, offsets = minhash.stacked(shingles)
    shared = kernels.common_each(values, offsets, places.reshape(-1, 2))
    sizes = np.diff(offsets)
    found: list[Found] = []
    for (i, j), (x, y), common in zip(pairs.tolist(), places.reshape(-1, 2).tolist(), shared.tolist(), strict=True):
        one, two = wordings[x], wordings[y]
        either = max(int(sizes[x] + sizes[y]) - common, 1)
        shares = common / either, common / max(int(sizes[x]), 1), common / max(int(sizes[y]), 1)
        same = one.body == two.body and one.body_signs == two.body_signs
        if one.whole == two.whole and one.body != two.body:  # one text, laid out in two ways: all of it counts
            shares, same = (1.0, 1.0, 1.0), one.whole_signs == two.whole_signs
        if shares[0] >= settings.threshold:
            copy = judge.copies(summaries[i].id, summaries[j].id, *shares, same).rounded()
            found.append((copy, copy))
    return found


def _wanted(pairs: NDArray[np.int64], articles: Sequence[ArticleSummary], settings: Settings) -> NDArray[np.int64]:
    """The pairs, without those within one outlet if the settings exclude them."""
    if settings.same_source:
        return pairs
    outlets = [plain(name) if (name := publisher_of(each)) else None for each in articles]
    return pairs[np.array([outlets[i] is None or outlets[i] != outlets[j] for i, j in pairs.tolist()], np.bool_)]


def _with_progress(items: Iterable[_Item], stage: str, tell: Progress, total: int) -> Iterator[_Item]:
    """Yield the items and report progress to ``tell``."""
    for done, item in enumerate(items, start=1):
        yield item
        tell(stage, done, total)


def _known(article: Article) -> Article:
    if not isinstance(article, Article):
        raise DetectorError(f"an Article is needed, not {article!r}; read_articles() makes them of files and folders")
    return article


def _check_ids(articles: Iterable[Article | ArticleSummary]) -> None:
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            hint = "read_articles([ONE, OTHER]) gives each its own, and its .only() takes the sides apart"
            raise DetectorError(f"two articles have the id {article.id!r}: give each its own ({hint})")
        seen.add(article.id)
