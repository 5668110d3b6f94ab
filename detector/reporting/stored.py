"""Read a report back from its JSON to show it later, with the texts if they were embedded.

The JSON mirrors the dataclasses, so msgspec builds them from it; ``report.schema.json`` describes the same format for other
programs. Nothing in the file is trusted: a value that does not fit is an error that names its place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec

from ..model import (
    MATCH_SCHEMA,
    SCHEMA,
    ArticleSummary,
    DetectorError,
    Family,
    Match,
    Report,
    Settings,
    SharedQuotation,
    Skipped,
    Span,
)

_LARGEST = 1e15  # bound on any figure in a report
_SHARES = "probability coverage_a coverage_b jaccard containment_a containment_b similarity confidence weakest loosest"
_BOUNDS = dict.fromkeys(_SHARES.split(), (0.0, 1.0, "share"))
_BOUNDS |= {"cosine": (-1.0, 1.0, "cosine, from -1 to 1"), "order": (-1.0, 1.0, "order, from -1 to 1")}
"""The least and largest value of figures that have such bounds, and what they are, by name."""


class _MisfitError(Exception):
    """A value does not fit its place, which the message names."""


def read_report(path: str | os.PathLike[str]) -> Report:
    """Read a JSON report of ``detector scan --json``. Raises :class:`DetectorError` if it is not one."""
    name = os.fspath(path)
    try:
        with open(path, encoding="utf-8") as file:
            plain = json.load(file)
    except OSError as error:
        raise DetectorError(f"cannot read {name}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise DetectorError(f"{name} is not JSON: name a file that detector scan --json FILE wrote") from error
    schema = plain.get("schema") if isinstance(plain, dict) else None
    if schema != SCHEMA:
        found = f"its schema is {schema!r}" if schema else "it names no schema"
        remedy = "; detector compare A B shows a match again" if schema == MATCH_SCHEMA else ""
        raise DetectorError(f"{name} is no report of detector scan --json: {found}, not {SCHEMA!r}{remedy}")
    try:
        report = _report(plain)
        _check(report)
    except (_MisfitError, DetectorError) as error:  # the settings check themselves
        raise DetectorError(f"{name} does not fit {SCHEMA}: {error}") from error
    return report


class _Plain(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The contents of a JSON report."""

    schema: str
    version: str
    settings: Settings
    near_duplicates_only: bool
    against: int | None = None
    articles: tuple[ArticleSummary, ...]
    matches: tuple[Match, ...]
    families: tuple[Family, ...]
    skipped: tuple[Skipped, ...]


def _report(plain: dict[str, Any]) -> Report:
    try:
        made = msgspec.convert(plain, _Plain)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        raise _MisfitError(f"{place.strip('.`') or 'the report'}: {what[:1].lower()}{what[1:]}") from error
    given = {name: getattr(made, name) for name in plain if name != "schema"}
    for name, value in given.items():
        _check_figures(value, plain[name], name)
    return Report(seconds=0.0, **given)


def _check_figures(made: Any, plain: Any, place: str) -> None:
    """Check what the types leave open: that each field is known and each figure within its bounds."""
    if is_dataclass(made):
        known = {each.name: getattr(made, each.name) for each in fields(made)}
        for name, value in plain.items():
            if name not in known:
                raise _MisfitError(f"{place} has {name!r}, which this version does not know")
            _check_figures(known[name], value, f"{place}.{name}")
    elif isinstance(made, tuple):
        for at, (each, value) in enumerate(zip(made, plain, strict=True)):
            _check_figures(each, value, f"{place}[{at}]")
    elif isinstance(made, float):
        least, largest, what = _BOUNDS.get(place.rpartition(".")[2], (-_LARGEST, _LARGEST, "figure"))
        if not least <= made <= largest:  # false for NaN
            raise _MisfitError(f"{place} is {json.dumps(plain)[:40]}, which is no {what}")
    elif isinstance(made, int) and made < 0:
        raise _MisfitError(f"{place} is {json.dumps(plain)[:40]}, which is below 0")


def _check(report: Report) -> None:
    """Check that every reference resolves, every range lies within its text, and nothing is there twice."""
    sizes = {each.id: each.characters for each in report.articles}
    if len(sizes) < len(report.articles):
        raise _MisfitError("two articles have one id")
    if (report.against or 0) > len(sizes):
        raise _MisfitError(f"against is {report.against}, of {len(sizes)} articles")
    for article in report.articles:
        if article.text is not None and len(article.text) != article.characters:
            raise _MisfitError(f"the text of {article.id!r} is not {article.characters} characters long, as it should be")
        if any(mark.end > article.characters for mark in article.marks):
            raise _MisfitError(f"{article.id!r} has a mark beyond the end of its text")
    for at, match in enumerate(report.matches):
        _check_match(match, f"matches[{at}]", sizes, report.near_duplicates_only)
    _check_pairs([(match.a, match.b) for match in report.matches], "matches")
    for at, family in enumerate(report.families):
        _check_family(family, f"families[{at}]", sizes)
    _check_apart(report.families)


def _check_match(match: Match, place: str, sizes: Mapping[str, int], copies_only: bool) -> None:
    """Check that a match is about two articles, has the figures of its kind of scan, and lies within their ``sizes``."""
    for name in (match.a, match.b):
        if name not in sizes:
            raise _MisfitError(f"{place} is about {name!r}, which is not among the articles")
    if (match.longest is None) is not copies_only:
        given = "null" if match.longest is None else "a number"
        raise _MisfitError(f"{place}.longest is {given}, and near_duplicates_only is {json.dumps(copies_only)}")
    counterparts = match.counterparts or ()
    ranges: list[Span | SharedQuotation] = [*match.spans, *match.quotations, *counterparts]
    if any(each.a_end > sizes[match.a] or each.b_end > sizes[match.b] for each in ranges):
        raise _MisfitError(f"{place} has a passage beyond the end of its text")
    kinds = {each.kind for each in match.spans}, {each.kind for each in counterparts}
    if "counterpart" in kinds[0] or kinds[1] - {"counterpart"}:
        raise _MisfitError(f"{place} has a counterpart among its spans, or something else among its counterparts")
    for field, name in (("new_a", match.a), ("new_b", match.b), ("part_a", match.a), ("part_b", match.b)):
        for start, end in getattr(match, field) or ():
            if end > sizes[name]:
                raise _MisfitError(f"{place} has a sentence beyond the end of its text")
            if start >= end:
                raise _MisfitError(f"{place}.{field} has a sentence without text, from {start} to {end}")
    _check_sides(match, place)


def _check_pairs(pairs: Iterable[tuple[str, str]], place: str) -> None:
    """Check that no two articles are paired twice, whichever of them comes first."""
    seen: dict[frozenset[str], int] = {}
    for at, pair in enumerate(pairs):
        first = seen.setdefault(frozenset(pair), at)
        if first != at:
            raise _MisfitError(f"{place}[{at}] is about {pair[0]!r} and {pair[1]!r}, as {place}[{first}] is")


def _check_apart(families: Iterable[Family]) -> None:
    """Check that no article is a member twice, of one family or of two."""
    seen: dict[str, int] = {}
    for at, family in enumerate(families):
        for name in family.members:
            if name in seen:
                again = " twice" if seen[name] == at else f", as families[{seen[name]}] has"
                raise _MisfitError(f"families[{at}] has the member {name!r}{again}")
            seen[name] = at


def _check_sides(match: Match, place: str) -> None:
    """Check that a match has two sides, and that what is said of them names one."""
    if match.a == match.b:
        raise _MisfitError(f"{place} compares {match.a!r} with itself")
    if match.direction and {match.direction.source, match.direction.derived} != {match.a, match.b}:
        raise _MisfitError(f"{place}.direction is not from one of its articles to the other")
    for at, fact in enumerate(match.facts):
        for side, form, without in (("a", fact.a, "b-only"), ("b", fact.b, "a-only")):
            if form is None and fact.state != without:
                raise _MisfitError(f"{place}.facts[{at}] is {fact.state}, and its {side} is null")


def _check_family(family: Family, place: str, known: Container[str]) -> None:
    """Check that a family has members, all of them articles, and ties only them."""
    if not family.members:
        raise _MisfitError(f"{place} has no members")
    for name in family.members:
        if name not in known:
            raise _MisfitError(f"{place} has a member {name!r}, which is not among the articles")
    _check_pairs([(edge.a, edge.b) for edge in family.edges], f"{place}.edges")
    members = set(family.members)
    named: list[tuple[str, str | None]] = [("origin", family.origin)]
    named += ((f"bridges[{at}]", name) for at, name in enumerate(family.bridges))
    for at, edge in enumerate(family.edges):
        named += [(f"edges[{at}].a", edge.a), (f"edges[{at}].b", edge.b)]
        if edge.a == edge.b:
            raise _MisfitError(f"{place}.edges[{at}] ties {edge.a!r} to itself")
        if edge.source not in (None, edge.a, edge.b):
            raise _MisfitError(f"{place}.edges[{at}].source is {edge.source!r}, which is not one of its ends")
    for field, each in named:
        if each is not None and each not in members:
            raise _MisfitError(f"{place}.{field} is {each!r}, which is not among its members")
