"""What a reader calls an article: its outlet, else its headline, else both; its id where these do not tell it from others.

A report is stored with ids, in its sentences too. The page shows them as names, unless an id could be taken for a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ..harmless import isolated
from ..model import ArticleSummary, Match
from ..report import third
from ..story.outlets import canonical, is_agency, table

LONGEST = 60
"""Characters of an outlet or a headline that a name may have."""

_STANDS_OUT = re.compile(r"\w[./#]\w\w")
"""What an id has that no word of a sentence has: a suffix (``cnn.txt``), a folder, a number (``may.jsonl#12``)."""


def outlet(article: ArticleSummary) -> str:
    """The outlet; "" if it was guessed from a credit, which names an agency more often than who printed the story."""
    given = " ".join((article.source or "").split())
    if "source" in article.guessed:
        credited = any(mark.credit == "whole" for mark in article.marks)
        if is_agency(given) or (credited and canonical(given) not in table()["outlets"]):
            return ""
    return _shortened(given)


def headlined(article: ArticleSummary) -> str:
    """The headline in quotation marks, shortened; "" if there is none."""
    title = re.sub(r"[“”„\"]", "'", " ".join((article.title or "").split()))
    return f"“{_shortened(title)}”" if title else ""


def outlet_and_headline(article: ArticleSummary) -> str:
    """Both, as far as they are known: ``The Post, “Mayor resigns”``."""
    return ", ".join(filter(None, (outlet(article), headlined(article))))


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


_WAYS = (outlet, headlined, outlet_and_headline)


def names_of(
    ids: Iterable[str],
    articles: Mapping[str, ArticleSummary],
    ways: Sequence[Callable[[ArticleSummary], str]] = _WAYS,
) -> dict[str, str]:
    """A name for each article, by the first of the ``ways`` that tells it from the others named; else its id."""
    told = {each: [way(articles[each]) if each in articles else "" for way in ways] for each in ids}
    seen = Counter(way.casefold() for each, found in told.items() for way in {*found, each})
    return {each: next((way for way in found if way and seen[way.casefold()] == 1), each) for each, found in told.items()}


def names_in(match: Match, articles: Mapping[str, ArticleSummary]) -> dict[str, str]:
    """Names for the two articles of a match and a third that its evidence names.

    All keep their ids if one of these, as an id of one's own may, could be taken for a word of a sentence.
    """
    ids = [match.a, match.b, *({third(match)} & articles.keys())]
    return names_of(ids, articles, _WAYS if all(map(_STANDS_OUT.search, ids)) else ())


def renamed(match: Match, names: Mapping[str, str]) -> Match:
    """The match with names instead of ids, in its sentences too."""
    way = match.direction and replace(
        match.direction,
        source=names.get(match.direction.source, match.direction.source),
        derived=names.get(match.direction.derived, match.direction.derived),
        evidence=tuple(said(each, names) for each in match.direction.evidence),
    )
    evidence = tuple(replace(each, sentence=said(each.sentence, names)) for each in match.evidence)
    return replace(match, a=names.get(match.a, match.a), b=names.get(match.b, match.b), direction=way, evidence=evidence)


def said(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence with names instead of ids; what it quotes stays as it is.

    >>> said("b.txt cites CNN (“a.txt, CNN said”), the outlet of a.txt.", {"a.txt": "CNN", "b.txt": "“Mayor resigns”"})
    '“Mayor resigns” cites CNN (“a.txt, CNN said”).'
    """
    if all(names[each] == each for each in names):
        return sentence
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    parts = re.compile(rf"(?<![\w/#.-])(?P<id>{either})(?![\w/#]|[.-]\w)|“[^”]*”")
    told = parts.sub(lambda found: isolated(names[found[0]]) if found["id"] else found[0], sentence)
    return re.sub(r"( cites (.+?) \(“[^”]*”\)), the outlet of \2\.$", r"\1.", told)
