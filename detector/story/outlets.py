"""Known outlets and agencies: one list for all callers, from [agencies] and [outlets] of ``attributions.toml``.

A name has many spellings, short and long, in several scripts; all map to one, the table's key.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ..model import Article, ArticleSummary


@cache
def table() -> dict[str, Any]:
    """The whole of ``attributions.toml``."""
    return tomllib.loads((files("detector") / "attributions.toml").read_text(encoding="utf-8"))


@cache
def agencies() -> dict[str, str]:
    """Every spelling of an agency's name, mapped to its canonical name."""
    return {each: name for name, ways in table()["agencies"].items() for each in (name, *ways)}


@cache
def names() -> dict[str, str]:
    """Every spelling of an outlet's or agency's name, mapped to its canonical name."""
    return {each: name for name, ways in table()["outlets"].items() for each in (name, *ways)} | agencies()


@cache
def uncertain() -> frozenset[str]:
    """Spellings that more often mean something else: a person, a state, a section of the page."""
    return frozenset(table()["uncertain"])


@cache
def _folded() -> dict[str, str]:
    return {each.casefold(): name for each, name in names().items()}


def canonical(name: str) -> str:
    """The canonical name of a known outlet, however spelt; any other name unchanged.

    >>> canonical("The Associated Press"), canonical("ТАСС"), canonical("Coast Courier")
    ('AP', 'TASS', 'Coast Courier')
    """
    folded = name.strip(" .").casefold()
    return _folded().get(folded) or _folded().get(folded.removeprefix("the "), name)


def is_agency(name: str) -> bool:
    """Whether a name, however spelt, is an agency's."""
    return canonical(name) in table()["agencies"]


def plain(name: str) -> str:
    """A name for comparison: one for all spellings of a known outlet, except those that may mean something else."""
    bare = name.strip(" .")
    return (bare if bare in uncertain() else canonical(bare)).casefold().removeprefix("the ")


def outlet_of(article: Article | ArticleSummary) -> str | None:
    """The known outlet of an article, for comparison.

    An agency guessed from a dateline is a credit and no outlet, as many outlets carry its copy.
    """
    if not article.source or ("source" in article.guessed and is_agency(article.source)):
        return None
    return plain(article.source)


def one_outlet(a: ArticleSummary | None, b: ArticleSummary | None) -> bool:
    """Whether two articles are known to come from one outlet."""
    return bool(a and b and (known := outlet_of(a)) and known == outlet_of(b))


def publisher_of(article: Article | ArticleSummary) -> str | None:
    """The outlet that an article counts for, by its source or else its address; None if there is neither.

    >>> from ..model import Article
    >>> [publisher_of(Article(id="a", text="", url=f"https://{each}/a")) for each in ("www.quay.example", "edition.cnn.com")]
    ['quay.example', 'CNN']
    """
    if outlet_of(article):
        return article.source
    try:
        host = (urlsplit(article.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    known = (_folded()[each] for each in host.split(".")[:-1] if each in _folded() and _folded()[each] not in uncertain())
    return next(known, host) or None


@cache
def _certain() -> frozenset[str]:
    """Names that hardly mean anything else, as spelt in the table and in capitals."""
    plain = frozenset(names()) - uncertain()
    return plain | (frozenset(map(str.upper, plain)) - frozenset(map(str.upper, uncertain())))


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(each for each in names() if each.isascii() and each.isalpha() and each.isupper()) - uncertain()


def stands_for_outlet(line: str) -> bool:
    """Whether a line is just the name of a known outlet, as spelt in the table or in capitals.

    >>> [stands_for_outlet(each) for each in ("The Associated Press", "REUTERS", "PA", "Petra")]
    [True, True, False, False]
    """
    return line in _certain() or (line[:4].casefold() == "the " and line[4:] in _certain())


def holds_acronym(line: str) -> bool:
    """Whether a line contains the acronym of a known outlet ("AP Sports"); false for lines all in capitals."""
    return not line.isupper() and not _acronyms().isdisjoint(line.split())
