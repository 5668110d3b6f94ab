"""Boilerplate learned from the articles themselves: a block that recurs in many articles of one outlet is not their story.

A block is a line. Whatever it says, a block that occurs in at least ``RECURS`` articles of an outlet is a banner, a
disclaimer, a biography or an appeal. It is set aside in that outlet's articles and in texts that equal one of them.
Articles that consist mostly of such blocks are versions of one story, or copies: what they share is not set aside in them,
nor do they count towards recurrence elsewhere. Blocks are first counted in a sketch of
fixed size (one row of a count-min sketch, Cormode and Muthukrishnan 2005), and exactly only where the sketch reaches
``RECURS``, so memory hardly grows with the number of articles.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

import numpy as np

from ..model import Article, Mark
from .outlets import publisher_of

RECURS = 5
"""Articles of an outlet that a block must occur in to be boilerplate."""

MOSTLY = 0.5
"""Share of an article's characters in recurring blocks above which the article is a version of others."""

_CELLS = 2**24  # of the sketch: 32 MB; a million articles of an outlet have some ten million blocks that come once
_LINE = re.compile(r"[^\s\r\n\u2028\u2029](?:[^\r\n\u2028\u2029]*[^\s\r\n\u2028\u2029])?")

_Block = tuple[int, int, str]
"""A line: its range of characters, and its text."""


def learned(articles: Iterable[Article]) -> dict[str, tuple[Mark, ...]]:
    """Blocks that recur in an outlet, by article id, in text order, each with the reason.

    ``articles`` is iterated up to six times.

    >>> texts = [f"Story {at} is longer than what stands below it.\\nWrite to the desk." for at in range(5)]
    >>> news = [Article(id=str(at), text=text, source="Post") for at, text in enumerate(texts)]
    >>> [mark.note for mark in learned(news)["0"]]
    ['stands in 5 articles of Post']
    """
    sketch = np.zeros(_CELLS, np.uint16)
    for article, outlet in _known(articles):
        cells = np.unique([_cell(outlet, text) for _, _, text in _blocks(article.text)]).astype(np.int64)
        sketch[cells] += sketch[cells] < np.iinfo(np.uint16).max
    often: Counter[tuple[str, str]] = Counter()
    for article, outlet in _known(articles):
        often.update({(outlet, text) for _, _, text in _blocks(article.text) if sketch[_cell(outlet, text)] >= RECURS})
    often = Counter({block: count for block, count in often.items() if count >= RECURS})
    versions: set[str] = set()
    for article, outlet in _known(articles):
        blocks = list(_blocks(article.text))
        shared = [block for block in blocks if (outlet, block[2]) in often]
        if _length(shared) > MOSTLY * _length(blocks):
            versions.add(article.id)
            often.subtract({(outlet, text) for _, _, text in shared})
    found: dict[str, tuple[Mark, ...]] = {}
    for article, outlet in _known(articles):
        if article.id not in versions:
            marks = tuple(
                Mark("boilerplate", start, end, f"stands in {often[outlet, text]} articles of {outlet}")
                for start, end, text in _blocks(article.text)
                if often[outlet, text] >= RECURS
            )
            if marks:
                found[article.id] = marks
    return found | _in_copies(articles, found)


def _in_copies(articles: Iterable[Article], found: Mapping[str, tuple[Mark, ...]]) -> dict[str, tuple[Mark, ...]]:
    """The same marks for articles of other outlets whose text is the same to the letter."""
    if not found:
        return {}
    of_text = {_digest(each.text): found[each.id] for each in articles if each.id in found}
    others = ((each.id, of_text.get(_digest(each.text))) for each in articles if each.id not in found)
    return {name: marks for name, marks in others if marks}


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _length(blocks: Iterable[_Block]) -> int:
    return sum(end - start for start, end, _ in blocks)


def _known(articles: Iterable[Article]) -> Iterator[tuple[Article, str]]:
    for article in articles:
        if outlet := publisher_of(article):
            yield article, outlet


def _blocks(text: str) -> Iterator[_Block]:
    """Lines stripped of surrounding white space, without those that have no letter or digit."""
    for found in _LINE.finditer(text):
        if any(map(str.isalnum, found[0])):
            yield found.start(), found.end(), found[0]


def _cell(outlet: str, block: str) -> int:
    return zlib.crc32(f"{outlet}\n{block}".encode("utf-8", "surrogatepass")) % _CELLS
