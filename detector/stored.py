"""A report read back from its JSON, to be shown later: with the texts if they were embedded, without them if not.

The JSON follows the dataclasses, so the types of their fields are the reader's grammar; ``report.schema.json`` says the
same for other programs. Nothing in the file is trusted: what does not fit is an error that names its place.
"""

from __future__ import annotations

import json
import math
import os
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from . import model
from .export import MATCH_SCHEMA, SCHEMA
from .model import ArticleSummary, DetectorError, Family, Match, Report, Settings, SharedQuotation, Skipped, Span

_LARGEST = 1e15  # of any figure in a report
_SHARES = frozenset(
    ["probability", "coverage_a", "coverage_b", "jaccard", "containment_a", "containment_b", "similarity", "confidence"]
)


class _MisfitError(Exception):
    """A value that is not what its place asks for; the message names the place."""


def read_report(path: str | os.PathLike[str]) -> Report:
    """The report in a JSON file of ``detector scan --json``; :class:`DetectorError` if it is none."""
    name = os.fspath(path)
    try:
        with open(path, encoding="utf-8") as file:
            plain = json.load(file)
    except OSError as error:
        raise DetectorError(f"cannot read {name}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise DetectorError(f"{name} is not JSON, which detector scan --json writes: {error}") from error
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


def _report(plain: dict[str, Any]) -> Report:
    given = {key: value for key, value in plain.items() if key != "schema"}
    wanted = {
        "version": str,
        "settings": Settings,
        "near_duplicates_only": bool,
        "articles": tuple[ArticleSummary, ...],
        "matches": tuple[Match, ...],
        "families": tuple[Family, ...],
        "skipped": tuple[Skipped, ...],
    }
    _names(given, set(wanted), set(wanted), "the report")
    return Report(seconds=0.0, **{key: _made(kind, given[key], key) for key, kind in wanted.items()})


def _check(report: Report) -> None:
    """That what points somewhere points at something."""
    sizes = {each.id: each.characters for each in report.articles}
    if len(sizes) < len(report.articles):
        raise _MisfitError("two articles have one id")
    for article in report.articles:
        if article.text is not None and len(article.text) != article.characters:
            raise _MisfitError(f"the text of {article.id!r} has not the {article.characters} characters it should have")
        if any(mark.end > article.characters for mark in article.marks):
            raise _MisfitError(f"{article.id!r} has a mark beyond the end of its text")
    for at, match in enumerate(report.matches):
        for name in (match.a, match.b):
            if name not in sizes:
                raise _MisfitError(f"matches[{at}] is about {name!r}, which is not among the articles")
        if (match.longest is None) is not report.near_duplicates_only:
            given = "null" if match.longest is None else "a number"
            copies = json.dumps(report.near_duplicates_only)
            raise _MisfitError(f"matches[{at}].longest is {given}, and near_duplicates_only is {copies}")
        ranges: list[Span | SharedQuotation] = [*match.spans, *match.quotations, *(match.counterparts or ())]
        if any(each.a_end > sizes[match.a] or each.b_end > sizes[match.b] for each in ranges):
            raise _MisfitError(f"matches[{at}] has a passage beyond the end of its text")
        if any(each.kind == "counterpart" for each in match.spans) or any(
            each.kind != "counterpart" for each in match.counterparts or ()
        ):
            raise _MisfitError(f"matches[{at}] has a counterpart among its spans, or something else among its counterparts")
        if any(end > sizes[name] for name, new in ((match.a, match.new_a), (match.b, match.new_b)) for _, end in new or ()):
            raise _MisfitError(f"matches[{at}] has a sentence beyond the end of its text")


def _made(kind: Any, value: Any, place: str) -> Any:
    """``value`` as ``kind``: a dataclass, a tuple, a choice, or a plain type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in inner:
            return None
        return _made(next(each for each in inner if each is not type(None)), value, place)
    if origin is Literal:
        if value not in inner:
            raise _MisfitError(f"{place} is {value!r}, not one of {', '.join(inner)}")
        return value
    if origin is tuple:
        return _tuple(inner, value, place)
    if is_dataclass(kind):
        return _dataclass(kind, value, place)
    if kind is float:
        if value is None:
            return math.nan  # JSON has no such number: it was written as null
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST:
            return value  # a whole number stays one: it is written so again
    elif isinstance(value, kind) and not (kind is int and (isinstance(value, bool) or value < 0)):
        return value
    raise _MisfitError(f"{place} is {json.dumps(value)[:40]}, which is no {kind.__name__}")


def _tuple(inner: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list) or (inner[-1] is not ... and len(value) != len(inner)):
        raise _MisfitError(f"{place} is {json.dumps(value)[:40]}, which is no list of what it should hold")
    return tuple(_made(inner[0], each, f"{place}[{at}]") for at, each in enumerate(value))


def _dataclass(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise _MisfitError(f"{place} is {json.dumps(value)[:40]}, which is no object")
    known = _grammar(kind)
    needed = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    _names(value, needed, set(known), place)
    try:
        made = {name: _made(known[name], each, f"{place}.{name}") for name, each in value.items()}
        for name in _SHARES & set(made):
            if made[name] is not None and (made[name] < 0 or made[name] > 1):  # nan, written as null, is neither
                raise _MisfitError(f"{place}.{name} is {made[name]}, which is no share")
        return kind(**made)
    except ValueError as error:  # a span that holds nothing
        raise _MisfitError(f"{place}: {error}") from error


def _names(value: dict[str, Any], needed: set[str], known: set[str], place: str) -> None:
    for name in sorted(needed - set(value)):
        raise _MisfitError(f"{place} has no {name!r}")
    for name in sorted(set(value) - known):
        raise _MisfitError(f"{place} has {name!r}, which this version does not know")


@cache
def _grammar(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(model))
