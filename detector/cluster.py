"""Matches -> families: articles tied by derivation that hold together.

Ties are taken from the most probable down. Two families join only where most of their members are tied to one another, or
where the tie is between their hubs (a source and its rewrites form a star), so that one doubtful bridge, or one template
that many stories share, does not glue strangers together as transitive closure would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .model import DERIVATIVE, Edge, Family, Match

TIED_SHARE = 0.5  # of all pairs between two families, tied, from which they are one


def families(matches: Sequence[Match]) -> tuple[Family, ...]:
    """Group the articles of derivative matches; largest family first.

    The origin is the member that took from nobody while every other took from somebody; ``None`` if there is no such one.
    """
    ties = sorted(
        (match for match in matches if match.verdict in DERIVATIVE), key=lambda each: (-each.probability, each.a, each.b)
    )
    edges = {
        frozenset((tie.a, tie.b)): Edge(tie.a, tie.b, tie.probability, tie.direction.source if tie.direction else None)
        for tie in ties
    }
    family = {member: [member] for tie in ties for member in (tie.a, tie.b)}

    def tied(ones: Sequence[str], others: Sequence[str]) -> int:
        return sum(frozenset((x, y)) in edges for x in ones for y in others)

    degree = Counter[str]()  # ties to the member's own family

    def is_hub(member: str, group: Sequence[str]) -> bool:
        return degree[member] == max(degree[other] for other in group)

    for tie in ties:
        one, two = family[tie.a], family[tie.b]
        if one is two:
            continue
        mostly = tied(one, two) >= TIED_SHARE * len(one) * len(two)
        if mostly or (is_hub(tie.a, one) and is_hub(tie.b, two)):
            degree.update(x for x in one for y in two if frozenset((x, y)) in edges)
            degree.update(y for x in one for y in two if frozenset((x, y)) in edges)
            one.extend(two)
            for member in two:
                family[member] = one
    groups = {id(group): sorted(group) for group in family.values() if len(group) > 1}
    inside: dict[int, list[Edge]] = {group: [] for group in groups}
    for edge in edges.values():
        if family[edge.a] is family[edge.b]:
            inside[id(family[edge.a])].append(edge)
    found = (_family(members, inside[group]) for group, members in groups.items())
    return tuple(sorted(found, key=lambda each: (-len(each.members), each.members)))


def _family(members: list[str], inside: list[Edge]) -> Family:
    inside.sort(key=lambda edge: (edge.a, edge.b))
    return Family(
        members=tuple(members),
        origin=_origin(members, inside),
        edges=tuple(inside),
        weakest=_weakest(members, inside),
    )


def _origin(members: list[str], edges: list[Edge]) -> str | None:
    """The one member that took from nobody and that every other leads back to, tie by directed tie."""
    took: dict[str, list[str]] = {member: [] for member in members}
    for edge in edges:
        if edge.source:
            took[edge.b if edge.source == edge.a else edge.a].append(edge.source)
    first = [member for member in members if not took[member]]
    return first[0] if len(first) == 1 else None


def _weakest(members: list[str], edges: list[Edge]) -> float:
    """The least probability among the ties that hold the members together (a maximum spanning tree)."""
    group = {member: {member} for member in members}
    weakest = 1.0
    for edge in sorted(edges, key=lambda each: -each.probability):
        one, two = group[edge.a], group[edge.b]
        if one is not two:
            weakest = edge.probability
            one |= two
            for member in two:
                group[member] = one
    return weakest
