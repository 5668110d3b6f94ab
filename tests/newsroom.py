"""Reports of a size that no test would want to wait for: the stories of ``stories`` told of many towns, compared once."""

from __future__ import annotations

import functools
from dataclasses import replace
from itertools import product

from detector.engine import scan
from detector.model import Article, Report

from .stories import INDEPENDENT, REPORT, REWRITE

TOWN = "Kerrigan"
SYLLABLES = ("Bor", "Cas", "Dun", "Fen", "Gar", "Hol", "Ker", "Lan", "Mar", "Nor", "Pen", "Ros", "Sal", "Tor", "Wen")
"""A name's three letters, two more and three of an ending make as many letters as the town's: the passages stay in place."""


@functools.cache
def one_town() -> Report:
    texts = {"wire": REPORT, "rewrite": REWRITE, "own": INDEPENDENT}
    return scan([Article(id=name, text=text, source=f"The {name.title()}", path=f"news/{name}.txt") for name, text in texts.items()])


def newsroom(towns: int) -> Report:
    """Three articles and as many matches for each town: a source, its rewrite, and an independent report."""
    told = one_town()
    assert len(told.matches) == 3, "the independent report shares a quotation with both others"
    names = ["".join(parts) for parts in product(SYLLABLES, ("an", "el", "ig", "or", "us"), ("ham", "ton", "ley", "by ", "wic"))]
    towns_named = [f"{name[:5]}{name[5:].strip().ljust(3, 'e')}" for name in names]
    articles, matches, families = [], [], []
    for at in range(towns):
        town = towns_named[at % len(towns_named)]

        def of(name: str, at: int = at) -> str:
            return f"{at:04}/{name}.txt"

        articles += [
            replace(each, id=of(each.id), path=of(each.id), text=(each.text or "").replace(TOWN, town)) for each in told.articles
        ]
        for match in told.matches:
            direction = match.direction and replace(
                match.direction, source=of(match.direction.source), derived=of(match.direction.derived)
            )
            probability = max(0.0, match.probability - 0.0001 * at)
            matches.append(replace(match, a=of(match.a), b=of(match.b), direction=direction, probability=probability))
        for family in told.families:
            edges = tuple(replace(e, a=of(e.a), b=of(e.b), source=e.source and of(e.source)) for e in family.edges)
            members = tuple(map(of, family.members))
            families.append(replace(family, members=members, edges=edges, origin=family.origin and of(family.origin)))
    matches.sort(key=lambda match: -match.probability)
    return replace(told, articles=tuple(articles), matches=tuple(matches), families=tuple(families))
