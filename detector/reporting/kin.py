"""The families on the page: how their members are tied, which tie is weakest, and what of who came first is open."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import ArticleSummary, Edge, Family, Match, leading_back
from .called import names_of, outlet_and_headline

NAMED = 5
"""Family members that a sentence names."""


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family with its weakest tie, its loosest pair and all ties, linked to their matches, and why the origin is open.

    ``names`` are those of the members, ``origin`` that of the origin, with its headline.
    """

    anchor: str
    family: Family
    names: Mapping[str, str]
    origin: str
    open: str
    weakest: tuple[str, Edge] | None
    loosest: tuple[str, Edge] | None
    ties: tuple[tuple[str, Edge], ...]


def family_views(
    families: Sequence[Family], matches: Sequence[Match], articles: Mapping[str, ArticleSummary], hrefs: Mapping[int, str]
) -> Iterator[FamilyView]:
    """The families of a report, as the page shows them; ``hrefs`` maps the number of a match to where it is shown."""
    shown = {frozenset((match.a, match.b)): hrefs.get(at, "") for at, match in enumerate(matches, start=1)}
    of = {name: at for at, family in enumerate(families) for name in family.members}
    within: list[list[Match]] = [[] for _ in families]
    for match in matches:
        if match.a in of and of[match.a] == of.get(match.b):
            within[of[match.a]].append(match)

    def linked(edge: Edge) -> tuple[str, Edge]:
        return shown.get(frozenset((edge.a, edge.b)), ""), edge

    for number, (family, pairs) in enumerate(zip(families, within, strict=True), start=1):
        ties = tuple(linked(_forward(edge)) for edge in family.edges)
        weakest = next((tie for tie in ties if tie[1].probability == family.weakest), None)
        names = names_of(family.members, articles)
        origin = names_of([family.origin], articles, (outlet_and_headline,))[family.origin] if family.origin else ""
        loosest = _loosest(family, pairs, linked)
        yield FamilyView(f"f{number}", family, names, origin, _open(family, articles, names), weakest, loosest, ties)


def _loosest(
    family: Family, pairs: Sequence[Match], linked: Callable[[Edge], tuple[str, Edge]]
) -> tuple[str, Edge] | None:
    """The two members that have least in common; ``None`` if the report does not show them."""
    match = min(pairs, key=lambda each: max(each.shares), default=None)
    if not match or not math.isclose(max(match.shares), family.loosest, abs_tol=1e-6):
        return None
    return linked(Edge(match.a, match.b, match.probability, match.direction.source if match.direction else None))


def _open(family: Family, articles: Mapping[str, ArticleSummary], names: Mapping[str, str]) -> str:
    """What is unknown about who came first, and which members lack a date; "" if all lead back to the origin."""
    led = {first: others for first, others in leading_back(family.members, family.edges).items() if others}
    origins = [family.origin] if family.origin else list(led)
    back = {each for first in origins for each in led.get(first, ())}
    rest = [each for each in family.members if each not in back and each not in origins]
    if family.origin and not rest:
        return ""
    undated = [names[each] for each in rest if each in articles and not articles[each].published]
    told = [
        f"{_listed([names[name] for name in sorted(led[each])])} {_verb(led[each], 'lead')} back to {names[each]}"
        for each in origins
        if each in led
    ]
    if undated:
        told.append(f"{_listed(undated)} {_verb(undated, 'have')} no date" + (" and may be as old" if told else ""))
    elif rest and told:
        told.append(f"{_listed([names[each] for each in rest])} may be as old: nothing decides")
    return "; ".join(told)


def _verb(subjects: Collection[str], plural: str) -> str:
    return plural if len(subjects) > 1 else {"have": "has"}.get(plural, f"{plural}s")


def _listed(names: Sequence[str]) -> str:
    """Join names; of many, only the first are named.

    >>> _listed(["a"]), _listed(["a", "b", "c"]), _listed(list("abcdefg"))
    ('a', 'a, b and c', 'a, b, c and 4 more')
    """
    shown = [*names] if len(names) <= NAMED else [*names[: NAMED - 2], f"{len(names) - NAMED + 2:,} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _forward(edge: Edge) -> Edge:
    """The tie with its source, if known, first."""
    return Edge(edge.b, edge.a, edge.probability, edge.source) if edge.source == edge.b else edge
