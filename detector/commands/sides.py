"""The two sides of a comparison with an archive: which articles are compared, and which they are compared with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cache

from ..model import STANDARD_INPUT, DetectorError
from ..read import MORE, Articles
from ..reading.heads import printable


def parted(
    found: Articles, paths: Sequence[str], against: Sequence[str], *, excluding: bool
) -> tuple[Articles, Articles]:
    """Of the articles found at both, those at ``paths`` and those at ``against``.

    A file that both lead to belongs to the path that names it more closely: ``news/today`` can be compared with the rest of
    ``news``. Raises :class:`DetectorError` with the reason if there are none on a side; ``excluding``: some were left out.
    """
    nothing = "there are no files in it" + (" that --exclude leaves" if excluding else "")
    if not against:
        check_any(found, paths, nothing)
        return found, Articles(())
    own, others = [real(each) for each in paths], [real(each) for each in against]

    @cache  # one file may hold many articles
    def near(path: str | None) -> tuple[int, int]:
        file = real(path or "")
        return closest(file, own), closest(file, others)

    def part(roots: Sequence[str], side: int) -> Articles:
        articles = found.only(lambda path: (near(path)[1] > near(path)[0]) == side)
        why = nothing
        if not articles and any(near(each.path)[side] for each in found):
            why = "its files are those of the other side, too; leave out --against to compare them with each other"
        check_any(articles, roots, why)
        return articles

    return part(paths, 0), part(against, 1)


def check_any(articles: Articles, roots: Iterable[str], why: str) -> None:
    """Raise :class:`DetectorError` if there are no articles at ``roots``, with what was skipped there or else ``why``."""
    if articles:
        return
    if skipped := articles.skipped:
        more = f" (and {len(skipped) - 1:,} more not read)" if len(skipped) > 1 else ""
        first = next((each for each in skipped if not each.reason.endswith(MORE)), skipped[0])
        why = f"{first.path}: {first.reason}{more}"
    raise DetectorError(f"no article could be read in {', '.join(roots)}: {why}")


def real(path: str) -> str:
    """The real path of a file or folder, with a trailing separator so that it is a prefix of every path below it.

    It is written as in :class:`Article`, where what would steer a terminal is an escape.
    """
    if path == STANDARD_INPUT:
        return "standard input/"
    return printable(os.path.join(os.path.realpath(path), ""))


def closest(file: str, roots: Iterable[str]) -> int:
    """The length of the longest of ``roots`` that contains ``file``; 0 if none does.

    >>> closest("/news/today/a.txt/", ["/news/", "/news/today/", "/new/"])
    12
    """
    return max((len(root) for root in roots if file.startswith(root)), default=0)
