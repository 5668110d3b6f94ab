"""Matches -> siblings, and families that hold together.

Two rewrites of one story resemble each other although neither was made from the other: :func:`siblings` finds the pairs that
both come from a third text.

:func:`families` takes ties from the most probable down. Two families join if most of their members are tied to one another,
or if the tie is between their hubs (a source and its rewrites form a star). An article that took from several strangers (a
roundup), a doubtful bridge, or a template that many stories share does not glue them together, as transitive closure would.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .figures import percent
from .loops import kernels
from .model import (
    AGENCY,
    CITES,
    COPIES,
    DERIVATIVE,
    DIRECTION,
    SIBLINGS,
    TEMPLATE,
    THIRD,
    Edge,
    Evidence,
    Family,
    Match,
    leading_back,
)

TIED_SHARE = 0.5  # share of tied pairs between two families above which they join
# Of the runs in which one member departs from the source, the share that the other has too; below it the two are siblings.
# Rewrites of one text by two models reach .25 in one case in twenty; reading levels that a person made one from another
# reach .2 in nineteen of twenty.
KIN = 0.25
HELD_WHOLE = 0.6  # share of a text's runs in another from which that is the text with more
FEW_RUNS = 12  # runs of three words in common from which two texts share sentences, and not just names and phrases
MAYBE = 0.3  # probability from which reports of one event may yet be source and derived text, when siblings are sought
LEANS = 0.6  # probability of a direction from which a member counts as likely made from another

Runs = NDArray[np.uint32]
"""Sorted, unique hashes of runs of words in a text."""

_Pairs = Mapping[frozenset[str], Match]


def _by_pair(matches: Iterable[Match]) -> dict[frozenset[str], Match]:
    return {frozenset((each.a, each.b)): each for each in matches}


# ------------------------------------------------------------------------------------------------------------- siblings


def siblings(matches: Sequence[Match], runs: Mapping[str, Runs]) -> list[Match]:
    """The matches, in order, with versions of one source marked ``common-source`` instead of derived from each other.

    What a text took from another shows in what the other added (Lachmann's common errors). A tie between A and C becomes
    ``common-source`` if both have a tie to some B, no direction contradicts B as their source, and hardly any of the runs of
    words in which one of them departs from B are in the other. The same holds for a match that looked like independent
    reports of one event, if both were made from B; one that stays gets B as evidence (``THIRD``). A and B may also carry
    one agency's story, of which C has what only B kept. Copies, and texts that cite the other, stay unchanged. ``runs``:
    :func:`minhash.runs` of each article of a match that :func:`is_tie`.
    """
    ties = _by_pair(each for each in matches if is_tie(each))
    near: dict[str, set[str]] = defaultdict(set)
    for tie in ties.values():
        near[tie.a].add(tie.b)
        near[tie.b].add(tie.a)
    citing = _by_pair(each for each in matches if _cites(each))
    return [_settled(each, ties, near, runs, citing) for each in matches]


def _cites(match: Match) -> bool:
    return any(each.name == CITES for each in match.evidence)


def _settled(
    match: Match, ties: _Pairs, near: Mapping[str, set[str]], runs: Mapping[str, Runs], citing: _Pairs
) -> Match:
    """``citing``: the matches in which a text cites the other's outlet."""
    if match.verdict not in (*(DERIVATIVE - COPIES), "same-event") or _cites(match):
        return match
    found = []
    for source in near[match.a] & near[match.b]:
        if _is_source(source, match, ties, runs) and not _has_inherited(match, source, ties):
            found.append((*_common_departures(match.a, match.b, source, runs), source))
    if not found or min(found)[0] >= KIN:
        third = _third(match, ties, near, runs, citing) if match.verdict == "same-event" else None
        return match if third is None else with_third(match, third)
    likeliest = min(found, key=lambda each: (each[0] >= KIN, _made_from_others(each[3], found, ties), each))
    share, departs, other, source = likeliest
    beside = any(by_agency(ties[frozenset((member, source))]) for member in (match.a, match.b))
    said = (
        f"{f'{source} has what both have' if beside else f'Both are versions of {source}'}: where {departs} departs from "
        f"its wording, {other} follows in {percent(share)} of the runs of three words; what is made from a text follows it "
        "more."
    )
    of_a, of_b = (share, None) if departs == match.a else (None, share)
    return of_one_source(match, Evidence(SIBLINGS, of_a, of_b, 0.0, said))


def _has_inherited(match: Match, source: str, ties: _Pairs) -> bool:
    """Whether both sides of a match have a number that one of them put for another of the ``source``."""
    changed, new = [], []
    for member in (match.a, match.b):
        tie = ties[frozenset((member, source))]
        told = [(each.state, each.a if tie.a == member else each.b) for each in tie.facts if each.kind == "number"]
        changed.append({form for state, form in told if state == "changed"})
        new.append({form for state, form in told if state in ("changed", "a-only" if tie.a == member else "b-only")})
    return bool((changed[0] & new[1]) | (changed[1] & new[0]))


def _made_from_others(source: str, found: Iterable[tuple[float, str, str, str]], ties: _Pairs) -> bool:
    """Whether a possible source was itself made from another one of those found."""
    between = (ties.get(frozenset((source, each[3]))) for each in found if each[3] != source)
    return any(tie is not None and _is_derived(source, tie) for tie in between)


def is_tie(match: Match) -> bool:
    """Whether siblings may show at a match: one text may be the other's source, surely or not, or both are an agency's."""
    return match.verdict in DERIVATIVE or by_agency(match) or (match.verdict == "same-event" and match.probability >= MAYBE)


def by_agency(match: Match) -> bool:
    """Whether what two texts share is an agency's, so that siblings may show at them."""
    names = {each.name for each in match.evidence}
    return match.verdict == "common-source" and AGENCY in names and TEMPLATE not in names


def _is_source(source: str, match: Match, ties: _Pairs, runs: Mapping[str, Runs]) -> bool:
    """Whether both sides of a match come from ``source``.

    Known directions must name it. A tie to it may be unsure if the match itself is not. If a direction is unknown, any of
    the three could be the source: the two that share least beyond the third are then its versions, so at most one tie of
    three is cleared. Copies differ too little for that test against a direction; for them the known direction must be surer
    than the match's own.
    """
    tie_a, tie_b = (ties[frozenset((member, source))] for member in (match.a, match.b))
    if match.verdict == "same-event" and "same-event" in (tie_a.verdict, tie_b.verdict):
        return False  # neither the match nor that tie shows derivation
    told = {tie.direction.source for tie in (tie_a, tie_b) if tie.direction}
    if told - {source}:
        return False
    if match.verdict == "same-event":
        if _in_parts(match.a, match.b, source, runs):
            return False
        if "partial" in (tie_a.verdict, tie_b.verdict) and not _by_way_of(match.a, match.b, source, runs):
            return False  # each may have another part of it
    if tie_a.direction and tie_b.direction:
        return True
    copied = bool({tie_a.verdict, tie_b.verdict} & COPIES)
    if copied and match.verdict == "same-event":  # what holds of a text holds of its copy
        return True
    if copied and match.direction:
        known, member = (tie_a.direction, match.b) if tie_a.direction else (tie_b.direction, match.a)
        return known is not None and (match.direction.source != member or known.confidence > match.direction.confidence)
    triples = (match.a, match.b, source), (match.a, source, match.b), (match.b, source, match.a)
    own, *others = (_common_departures(*each, runs)[0] for each in triples)
    return own < min(others) / 2


def _in_parts(a: str, b: str, source: str, runs: Mapping[str, Runs]) -> bool:
    """Whether ``source`` is a digest that holds two texts in two places: most of the runs of each, but other ones."""
    of_a, of_b = (np.intersect1d(runs[each], runs[source], assume_unique=True) for each in (a, b))
    if len(of_a) < HELD_WHOLE * len(runs[a]) or len(of_b) < HELD_WHOLE * len(runs[b]):
        return False
    return int(kernels.common(of_a, of_b)) < KIN * min(len(of_a), len(of_b))


def _by_way_of(a: str, b: str, source: str, runs: Mapping[str, Runs]) -> bool:
    """Whether two texts have more than chance in common, and ``source`` has most of it."""
    common = np.intersect1d(runs[a], runs[b], assume_unique=True)
    return len(common) >= FEW_RUNS and int(kernels.common(common, runs[source])) >= HELD_WHOLE * len(common)


def _common_departures(a: str, b: str, source: str, runs: Mapping[str, Runs]) -> tuple[float, str, str]:
    """Share of one article's runs outside the source that the other has too, then that article, then the other.

    The article that departs less is examined; two runs that the other lacks are added to the count, since few runs say
    little.
    """
    of_a, of_b, of_both = kernels.departures(runs[a], runs[b], runs[source])
    departs, other = (a, b) if (of_a, a) <= (of_b, b) else (b, a)
    return of_both / (min(of_a, of_b) + 2), departs, other


def _third(
    match: Match, ties: _Pairs, near: Mapping[str, set[str]], runs: Mapping[str, Runs], citing: _Pairs
) -> Evidence | None:
    """The article to which both texts of a match have the surest tie of derivation, as evidence; None if there is none.

    The tie of one of them may also be that it cites the article's outlet.
    """
    sure: list[tuple[float, str]] = []
    for third in near[match.a] | near[match.b]:
        pairs = [frozenset((member, third)) for member in (match.a, match.b)]
        derived = [pair in ties and ties[pair].verdict in DERIVATIVE for pair in pairs]
        tied = any(derived) and all(made or pair in citing for made, pair in zip(derived, pairs, strict=True))
        of_both = all(pair in ties and _is_derived(third, ties[pair]) for pair in pairs)
        if tied and not of_both and not (all(derived) and _in_parts(match.a, match.b, third, runs)):
            sure.append((-min((ties if pair in ties else citing)[pair].probability for pair in pairs), third))
    if not sure:
        return None
    return Evidence(THIRD, None, None, 0.0, f"Both have something from {min(sure)[1]}, or it from them.")


def _is_derived(member: str, tie: Match) -> bool:
    return tie.direction is not None and tie.direction.derived == member


def with_third(match: Match, why: Evidence) -> Match:
    """The match with a tie of both texts to a third, ``why``, as evidence that they may not be independent."""
    return replace(match, evidence=(*match.evidence, why))


def of_one_source(match: Match, why: Evidence) -> Match:
    """The match as two versions of one source, with ``why`` as evidence in place of that for a direction."""
    kept = tuple(each for each in match.evidence if each.name != DIRECTION)
    return replace(match, verdict="common-source", direction=None, evidence=(*kept, why))


# ------------------------------------------------------------------------------------------------------------- families


def families(matches: Sequence[Match]) -> tuple[Family, ...]:
    """Group the articles of derivative matches; largest family first.

    Passages that could have gone either way (``partial`` without a direction) do not form a family: they may come from a
    third text. The origin is the member that took from nobody and that most others lead back to; ``None`` if there is none.
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
    """The members of each family; articles that joined none are groups of one."""
    group = {member: [member] for tie in ties for member in (tie.a, tie.b)}
    degree = Counter[str]()  # ties to the member's own family
    sources: dict[str, str] = {}  # the first source, within its own family, that a member took from

    def tied(ones: Sequence[str], others: Sequence[str]) -> int:
        return sum(frozenset((x, y)) in edges for x in ones for y in others)

    def is_hub(member: str) -> bool:
        return degree[member] == max(degree[other] for other in group[member])

    for tie in ties:
        one, two = group[tie.a], group[tie.b]
        if one is two:
            continue
        second = tie.direction is not None and tie.direction.derived in sources  # from a source outside its family
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
        origin=_origin(members, inside, pairs),
        edges=tuple(inside),
        weakest=_weakest(members, inside),
        loosest=_loosest(members, pairs),
        bridges=tuple(member for member in members if member in out),
    )


def _origin(members: list[str], edges: list[Edge], pairs: _Pairs) -> str | None:
    """The single member that took from nobody and that others, usually most of them, lead back to over directed ties.

    A member with no directed tie may or may not have come first. A few such members do not rule out an origin, nor do any
    number that look likely made from it, though not surely enough for a direction; those are mostly undated.
    """
    origins = [(first, others) for first, others in leading_back(members, edges).items() if others]
    if len(origins) != 1:
        return None
    first, led = origins[0]
    rest = set(members) - led - {first}
    if len(led) > (len(members) - 1) / 2 or all(_looks_made_from(first, each, pairs) for each in rest):
        return first
    return None


def _looks_made_from(source: str, member: str, pairs: _Pairs) -> bool:
    match = pairs.get(frozenset((source, member)))
    if match is None:
        return False
    told = [each.a if match.a == member else each.b for each in match.evidence if each.name == DIRECTION]
    return any(each is not None and each >= LEANS for each in told)


def _weakest(members: list[str], edges: list[Edge]) -> float:
    """The lowest probability among the ties that hold the members together (a maximum spanning tree)."""
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
    """The smallest similarity of any two members; 0 if any two have no match."""
    least = 1.0
    for at, one in enumerate(members):
        for two in members[at + 1 :]:
            match = pairs.get(frozenset((one, two)))
            if match is None:
                return 0.0
            least = min(least, max(match.shares))
    return least
