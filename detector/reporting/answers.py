"""The answer at the head of the page: who took from whom, a family at a time, and which figures they changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import DERIVATIVE, ArticleSummary, Family, Match
from ..report import changed, tag
from ..story.outlets import one_outlet
from .called import headlined, names_of

ANSWERS, TAKEN, TOLD = 6, 4, 2
"""Families and pairs that the answer at the top names, the ties of each, and what each tie tells differently."""


@dataclass(frozen=True, slots=True)
class Taken:
    """In the answer: who took from ``source``, the verdict, and what the two tell differently, linked to the match.

    ``inside``: both are of one outlet, which may use its own text again.
    """

    href: str
    source: str
    joint: str
    other: str
    tag: str
    inside: bool
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A family in the answer at the top, or a pair in none: what it is about, and who took from whom; of many, the first."""

    href: str
    story: str
    taken: tuple[Taken, ...]
    more: int


def answers(
    families: Sequence[Family], matches: Sequence[Match], articles: Mapping[str, ArticleSummary], hrefs: Mapping[int, str]
) -> list[Answer]:
    """Who took from whom, a family at a time, those first in which facts were changed, then those with the gravest verdict.

    What outlets took from themselves comes last. Of more than are shown, one more is given. One pair alone is the headline
    of the page.
    """
    of = {name: at for at, family in enumerate(families, start=1) for name in family.members}
    derived: dict[tuple[int, int], list[tuple[int, Match]]] = {}
    for number, match in enumerate(matches, start=1):
        if match.verdict in DERIVATIVE:
            inside = match.a in of and of[match.a] == of.get(match.b)
            derived.setdefault((of[match.a], 0) if inside else (0, number), []).append((number, match))
    if sum(map(len, derived.values())) < 2:
        return []

    def late(ties: Sequence[tuple[int, Match]]) -> tuple[bool, bool]:
        of_one = all(one_outlet(articles.get(match.a), articles.get(match.b)) for _, match in ties)
        return of_one, not any(match.facts for _, match in ties)

    first = sorted(derived.items(), key=lambda each: late(each[1]))
    return [
        _answer(families[at - 1] if at else None, f"#f{at}" if at else hrefs.get(number, ""), ties, articles, hrefs)
        for (at, number), ties in first[: ANSWERS + 1]
    ]


def _answer(
    family: Family | None,
    href: str,
    ties: Sequence[tuple[int, Match]],
    articles: Mapping[str, ArticleSummary],
    hrefs: Mapping[int, str],
) -> Answer:
    """The ``ties`` of a family, or of a pair in none, those with changed facts first, gathered by their source."""
    origin = family.origin if family else None
    told = sorted(ties, key=lambda each: not each[1].facts)[:TAKEN]
    told.sort(key=lambda each: (not each[1].direction, each[1].a != origin, each[1].a))
    names = names_of(dict.fromkeys(name for _, match in told for name in (match.a, match.b)), articles)
    taken = tuple(
        Taken(
            hrefs.get(number, ""),
            names[match.a],
            "→" if match.direction else "—",
            names[match.b],
            tag(match),
            one_outlet(articles.get(match.a), articles.get(match.b)),
            changed(match)[:TOLD],
        )
        for number, match in told
    )
    about = articles.get(origin or told[0][1].a)
    story = headlined(about) if about else ""
    if story == taken[0].source:  # of one outlet, both are called by their headlines
        story = ""
    return Answer(href, story, taken, len(ties) - len(told))
