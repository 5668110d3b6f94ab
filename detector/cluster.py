"""Matches -> who is a sibling of whom, and families that hold together.

Two rewrites of one story resemble each other, and none was made from the other: :func:`siblings` says so where both are
closer to a third article, their source, than to each other.

:func:`families` takes ties from the most probable down. Two families join where most of their members are tied to one
another, or where the tie is between their hubs (a source and its rewrites form a star). An article that took from several
strangers (a roundup), a doubtful bridge, or a template that many stories share does not glue them together, as transitive
closure would.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .model import DERIVATIVE, Edge, Evidence, Family, Match

TIED_SHARE = 0.5  # of all pairs between two families, tied, above which they are one
CLOSER = 0.1  # coverage by the common source must exceed that by the sibling by so much, on both sides; or words kept of it
COPIES = frozenset({"duplicate", "near-duplicate"})

_Pairs = Mapping[frozenset[str], Match]


def _by_pair(matches: Iterable[Match]) -> dict[frozenset[str], Match]:
    return {frozenset((each.a, each.b)): each for each in matches}


def _coverage(match: Match, member: str) -> float:
    """Share of a member's own words that stand in the other article of the match."""
    return match.shares[member != match.a]


def _containment(match: Match, member: str) -> float:
    """Share of a member's runs of words that stand in the other article of the match."""
    return match.containment_a if member == match.a else match.containment_b


# ------------------------------------------------------------------------------------------------------------- siblings


def siblings(matches: Sequence[Match]) -> list[Match]:
    """The matches, in their order; two versions of one source are told as such, and neither is accused of the other.

    A tie between A and C becomes ``common-source`` where both have a tie to some B that no direction calls derived and at
    least one calls the source, and B covers more of A, and of C, than they cover of each other; or where one of them copies
    B, and the other, made from B, is as near to B as to the copy. Copies stay what they are.
    """
    ties = _by_pair(each for each in matches if each.verdict in DERIVATIVE)
    near: dict[str, set[str]] = defaultdict(set)
    for tie in ties.values():
        near[tie.a].add(tie.b)
        near[tie.b].add(tie.a)
    return [_settled(each, ties, near) for each in matches]


_Side = tuple[str, Match]
"""A member of a match and its tie to what may be the source of both."""


def _settled(match: Match, ties: _Pairs, near: Mapping[str, set[str]]) -> Match:
    if match.verdict not in DERIVATIVE or match.verdict in COPIES:
        return match
    found = []
    for source in near[match.a] & near[match.b]:
        sides = [(member, ties[frozenset((member, source))]) for member in (match.a, match.b)]
        told = {tie.direction.source for _, tie in sides if tie.direction}
        if told == {source}:
            closer = min(_coverage(tie, member) - _coverage(match, member) for member, tie in sides)
            copied = next((copy for copy, other in (sides, sides[::-1]) if _copied(match, source, copy, other)), None)
            if closer >= CLOSER or copied:
                found.append((-closer, source, sides, None if closer >= CLOSER else copied))
    if not found:
        return match
    _, source, sides, copied = min(found, key=lambda each: each[:2])
    shares = [f"{_coverage(tie, member):.0%} of {member}".replace("%", " %") for member, tie in sides]
    if copied:
        member, tie = sides[copied is sides[0]]
        said = f"{member} is as near to {source}, from which it was made, as to {copied[0]}, which copies {source}: that"
        why = tie.direction.evidence[:1] if tie.direction else ()
    else:
        said, why = f"Both are closer to {source} than to each other: it", ()
    said = " ".join((f"{said} covers {shares[0]} and {shares[1]}, which speaks for a common source.", *why))
    covered = [_coverage(tie, member) for member, tie in sides]
    return of_one_source(match, Evidence("siblings", covered[0], covered[1], 0.0, said))


def _copied(match: Match, source: str, copy: _Side, other: _Side) -> bool:
    """Whether one member keeps the source's words, and the other is known to be made from it and is no nearer to the copy.

    What the other has then stands in both. It is said to be made from the copy only if that is surer than from the source.
    """
    (name, to_source), (made, tie) = copy, other
    if not tie.direction or tie.direction.source != source:
        return False
    from_copy = match.direction.confidence if match.direction and match.direction.source == name else 0.0
    return (
        _containment(to_source, name) - _containment(match, name) >= CLOSER
        and _coverage(to_source, name) >= _coverage(match, name)
        and _coverage(tie, made) >= _coverage(match, made)
        and _containment(tie, made) >= _containment(match, made)
        and tie.direction.confidence > from_copy
    )


def of_one_source(match: Match, why: Evidence) -> Match:
    """The match of two versions of one source, with the evidence for it in the place of that for a direction."""
    kept = tuple(each for each in match.evidence if each.name != "direction")
    return replace(match, verdict="common-source", direction=None, evidence=(*kept, why))


# ------------------------------------------------------------------------------------------------------------- families


def families(matches: Sequence[Match]) -> tuple[Family, ...]:
    """Group the articles of derivative matches; largest family first.

    Passages of which nobody can say who took them (``partial`` without a direction) found no family: they may come from a
    third text. The origin is the member that took from nobody while every other took from somebody; ``None`` if there is no
    such one.
    """
    ties = sorted(
        (each for each in matches if each.verdict in DERIVATIVE and (each.verdict != "partial" or each.direction)),
        key=lambda each: (-each.probability, each.a, each.b),
    )
    edges = {
        frozenset((tie.a, tie.b)): Edge(tie.a, tie.b, tie.probability, tie.direction.source if tie.direction else None)
        for tie in ties
    }
    groups = _groups(ties, edges)
    of = {member: at for at, group in enumerate(groups) for member in group}
    out = {member for edge in edges.values() if of[edge.a] != of[edge.b] for member in (edge.a, edge.b)}
    pairs = _by_pair(matches)
    inside: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges.values():
        if of[edge.a] == of[edge.b]:
            inside[of[edge.a]].append(edge)
    found = [_family(sorted(group), inside[at], pairs, out) for at, group in enumerate(groups) if len(group) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.members), each.members)))


def _groups(ties: Sequence[Match], edges: Mapping[frozenset[str], Edge]) -> list[list[str]]:
    """The members of each family, and of those that no family took, one by one."""
    group = {member: [member] for tie in ties for member in (tie.a, tie.b)}
    degree = Counter[str]()  # ties to the member's own family
    sources: dict[str, str] = {}  # from whom, of its own family, a member took first

    def tied(ones: Sequence[str], others: Sequence[str]) -> int:
        return sum(frozenset((x, y)) in edges for x in ones for y in others)

    def is_hub(member: str) -> bool:
        return degree[member] == max(degree[other] for other in group[member])

    for tie in ties:
        one, two = group[tie.a], group[tie.b]
        if one is two:
            continue
        second = tie.direction is not None and tie.direction.derived in sources  # of a source that its family does not know
        mostly = tied(one, two) > TIED_SHARE * len(one) * len(two)
        if mostly or (not second and is_hub(tie.a) and is_hub(tie.b)):
            joined = [edges[pair] for x in one for y in two if (pair := frozenset((x, y))) in edges]
            degree.update(member for edge in joined for member in (edge.a, edge.b))
            for edge in joined:
                if edge.source:
                    sources.setdefault(edge.b if edge.source == edge.a else edge.a, edge.source)
            one.extend(two)
            for member in two:
                group[member] = one
    return list({id(each): each for each in group.values()}.values())


def _family(members: list[str], inside: list[Edge], pairs: _Pairs, out: set[str]) -> Family:
    inside.sort(key=lambda edge: (edge.a, edge.b))
    return Family(
        members=tuple(members),
        origin=_origin(members, inside),
        edges=tuple(inside),
        weakest=_weakest(members, inside),
        loosest=_loosest(members, pairs),
        bridges=tuple(member for member in members if member in out),
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


def _loosest(members: Sequence[str], pairs: _Pairs) -> float:
    """The smallest similarity of any two members."""
    least = 1.0
    for at, one in enumerate(members):
        for two in members[at + 1 :]:
            match = pairs.get(frozenset((one, two)))
            if match is None:
                return 0.0
            least = min(least, max(match.shares))
    return least
