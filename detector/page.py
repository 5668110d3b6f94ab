"""The report as one self-contained HTML page.

The page is built as dataclasses first (:class:`Page`, :class:`PairView`, :class:`Segment` and so on) and templated after:
the templates loop and test, nothing more. A text is cut at every edge of a line, a passage or a mark, so that each segment
lies under the same passages and marks throughout and overlapping ones need no nesting. The page escapes what is other
people's, forbids by its content security policy all that it did not bring itself, and shows characters that HTML cannot
hold as U+FFFD.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .model import (
    SPAN_KINDS,
    VERDICTS,
    ArticleSummary,
    DetectorError,
    Family,
    Mark,
    Match,
    Report,
    SpanKind,
    Verdict,
)
from .report import (
    FORBIDDEN,
    FactGroup,
    Score,
    count,
    counts,
    decimal,
    direction_lines,
    fact_groups,
    headline,
    oriented,
    percent,
    quotations,
    reading_order,
    scores,
    sentence,
    skipped_by_reason,
    weight,
    write_text,
)

if TYPE_CHECKING:
    from jinja2 import Environment

PAIR_VIEWS = 200
"""Matches with both texts on the page; a pair of news articles takes about 40 kB, so these take some 8 MB."""
PACK_ARTICLES = 1000
"""Articles whose digests the page lists; with more it lists those that a match shows, and JSON has the others."""
MARK_NOUNS = {"boilerplate": "not part of the article", "quotation": "quoted", "attribution": "attribution"}

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text within a line, under the same passages and marks throughout.

    ``href`` leads to the counterpart of the innermost passage, ``spans`` are the numbers of all of them; ``anchors`` are
    the ids and ``starts`` the numbers of those that begin here.
    """

    text: str
    classes: str
    title: str
    spans: str
    href: str
    anchors: tuple[str, ...]
    starts: str


@dataclass(frozen=True, slots=True)
class Pane:
    """One text of a pair, as lines of segments; ``spaced`` if its lines are paragraphs, with no blank lines between."""

    id: str
    heading: str
    coverage: str
    spaced: bool
    lines: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """A match with both texts (no panes if the report does not hold them) and the evidence."""

    anchor: str
    match: Match
    sentence: str
    direction: tuple[str, ...]
    scores: tuple[Score, ...]
    facts: tuple[FactGroup, ...]
    quotations: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[SpanKind, int], ...]
    panes: tuple[Pane, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A match in the table; ``anchor`` is empty if it has no pair view, ``gravity`` sorts the verdicts."""

    anchor: str
    match: Match
    joint: str
    gravity: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows, ready to be put into words and boxes."""

    report: Report
    headline: str
    counts: str
    verdicts: tuple[Verdict, ...]
    rows: tuple[Row, ...]
    pairs: tuple[PairView, ...]
    families: tuple[Family, ...]
    skipped: dict[str, list[str]]
    settings: tuple[tuple[str, str, str], ...]
    pack: tuple[ArticleSummary, ...]


def write_report(report: Report, path: str | os.PathLike[str]) -> None:
    """Write the report as one HTML page to ``path``, all of it or nothing."""
    write_text(path, render_html(report))


def render_html(report: Report) -> str:
    """The report as one HTML page that needs nothing but itself."""
    environment = _environment()
    style, script = (_digest(environment.get_template(name).render()) for name in ("style.css", "script.js"))
    return environment.get_template("page.html").render(page=_page(report), style_hash=style, script_hash=script)


def _page(report: Report) -> Page:
    articles = {each.id: each for each in report.articles}
    matches = [oriented(match) for match in report.matches]
    pairs = tuple(_pair(f"m{n}", match, articles) for n, match in enumerate(matches[:PAIR_VIEWS], start=1))
    rows = (
        Row(f"m{n}" if n <= PAIR_VIEWS else "", match, "→" if match.direction else "—", VERDICTS.index(match.verdict))
        for n, match in enumerate(matches, start=1)
    )
    shown = {name for match in matches for name in (match.a, match.b)}
    return Page(
        report=report,
        headline=headline(report),
        counts=counts(report),
        verdicts=tuple(each for each in VERDICTS if any(match.verdict == each for match in matches)),
        rows=tuple(rows),
        pairs=pairs,
        families=report.families,
        skipped=skipped_by_reason(report.skipped),
        settings=tuple(_settings(report)),
        pack=tuple(each for each in report.articles if len(articles) <= PACK_ARTICLES or each.id in shown),
    )


def _settings(report: Report) -> Iterable[tuple[str, str, str]]:
    for each in fields(report.settings):
        value = getattr(report.settings, each.name)
        if each.name != "workers":  # changes nothing that is found
            shown = str(value)
            if isinstance(value, tuple):
                shown = ", ".join(value) or "all"
            elif isinstance(value, bool):
                shown = "yes" if value else "no"
            yield each.name.replace("_", " "), shown, each.metadata["help"]


def _pair(anchor: str, match: Match, articles: dict[str, ArticleSummary]) -> PairView:
    a, b = articles.get(match.a), articles.get(match.b)
    spans = sorted(match.spans, key=reading_order)
    left, right = [], []
    for number, span in enumerate(spans, start=1):
        title = f"Passage {number}: {span.kind}, similarity {decimal(span.similarity)}"
        left.append(_Passage(number, span.a_start, span.a_end, span.kind, title))
        right.append(_Passage(number, span.b_start, span.b_end, span.kind, title))
    panes: tuple[Pane, ...] = ()
    if a and b and a.text is not None and b.text is not None:
        roles = ("Source", "Derived") if match.direction else ("Text A", "Text B")
        panes = (
            _pane(a, a.text, roles[0], match.coverage_a, left, here=f"{anchor}a", there=f"{anchor}b"),
            _pane(b, b.text, roles[1], match.coverage_b, right, here=f"{anchor}b", there=f"{anchor}a"),
        )
    return PairView(
        anchor=anchor,
        match=match,
        sentence=sentence(match),
        direction=direction_lines(match),
        scores=scores(match),
        facts=fact_groups(match),
        quotations=quotations(match, a.text if a else None),
        kinds=tuple((kind, sum(span.kind == kind for span in spans)) for kind in SPAN_KINDS),
        panes=panes,
    )


class _Passage(NamedTuple):
    """One side of a span; passages are numbered from 1 in the order of the text on the left."""

    number: int
    start: int
    end: int
    kind: SpanKind
    title: str


def _pane(
    article: ArticleSummary, text: str, role: str, share: float, passages: Sequence[_Passage], *, here: str, there: str
) -> Pane:
    bounds = [found.span() for found in _LINE.finditer(text)]
    ranges: list[_Passage | Mark] = [*passages, *(mark for mark in article.marks if mark.start < mark.end)]
    starting: dict[int, list[_Passage | Mark]] = {}
    for each in ranges:
        starting.setdefault(each.start, []).append(each)
    edges = {edge for each in ranges for edge in (each.start, each.end) if edge < len(text)}
    line_ends = {end for _, end in bounds}
    over: list[_Passage | Mark] = []
    lines: list[list[Segment]] = [[]]
    for start, end in pairwise(sorted(edges.union(*bounds))):
        over = [each for each in over if each.end > start] + starting.get(start, [])
        lines[-1].append(_segment(text[start:end], start, over, here, there))
        if end in line_ends:
            lines.append([])
    return Pane(
        id=here,
        heading=f"{role}: {article.id}",
        coverage=f"{percent(share)} of its own prose lies in the passages marked",
        spaced=not any(text[start:end].isspace() for start, end in bounds[:-1]),
        lines=tuple(tuple(line) for line in lines if line),
    )


def _segment(text: str, start: int, over: Sequence[_Passage | Mark], here: str, there: str) -> Segment:
    passages = sorted(each for each in over if isinstance(each, _Passage))
    marks = [each for each in over if isinstance(each, Mark)]
    begin = [each.number for each in passages if each.start == start]
    # Of several the innermost is shown and led from; of those that span the same words the gravest kind.
    inner = min(passages, key=lambda each: (-each.start, each.end, SPAN_KINDS.index(each.kind)), default=None)
    classes: list[str] = [inner.kind] if inner else []
    classes += ["twice"] if len(passages) > 1 else []
    classes += sorted({f"is-{mark.kind}" for mark in marks})
    notes = (f"{MARK_NOUNS[mark.kind]}: {mark.note}".removesuffix(": ") for mark in marks)
    return Segment(
        text=text,
        classes=" ".join(classes),
        title="; ".join([*(each.title for each in passages), *dict.fromkeys(notes)]),
        spans=" ".join(str(each.number) for each in passages),
        href=f"#{there}{inner.number}" if inner and not text.isspace() else "",
        anchors=tuple(f"{here}{number}" for number in begin),
        starts=" ".join(map(str, begin)),
    )


def _unbroken(text: str) -> str:
    """``text`` with its percent signs held on the line of their numbers."""
    return re.sub(r"(?<=\d) %", "\u00a0%", text)


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _environment() -> Environment:
    """Jinja over our templates: everything is escaped, and nothing that HTML cannot hold reaches the page."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup, escape

    def finalize(value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, Markup):
            return value
        # A parser makes a line feed of a carriage return unless it is written as a reference.
        return Markup(str(escape(FORBIDDEN.sub("\ufffd", value))).replace("\r", "&#13;"))

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, decimal=decimal, weight=weight, count=count, unbroken=_unbroken)
    return environment


def _template(name: str) -> str:
    """The text of a template: from the installed package or, in a checkout or editable install, from beside it."""
    inside = files(__package__).joinpath("templates")
    folder = inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "templates"
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except OSError as error:
        raise DetectorError(f"the template {name} is missing from {folder}: install the program again") from error
