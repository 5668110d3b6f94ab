"""The report on a terminal: the table of matches, and one match with all its evidence.

Texts, names and ids are other people's: none of them can control a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from ..figures import decimal, percent
from ..harmless import harmless, isolated
from ..model import DERIVATIVE, VERDICTS, Match, Report, SpanKind
from ..report import (
    COPIES_ONLY,
    NOT_WEIGHED,
    TWO_ALONE,
    UNDECIDED,
    Score,
    copies_only,
    count,
    counts,
    direction_lines,
    fact_groups,
    figures_told,
    headline,
    kind_told,
    narrowed,
    oriented,
    quotations,
    scores,
    sentence,
    side_by_side,
    skipped_by_reason,
    tag,
    unlisted,
    weight,
    words,
)
from ..story.outlets import one_outlet

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

MATCHES_SHOWN = 200
"""Matches that the terminal shows, gravest first."""

NAMES_SHOWN = 5
"""Skipped files or records that the terminal names for each reason."""

SIDE_BY_SIDE = 100
"""Terminal columns from which passages stand side by side: two lines of 45 characters are still readable."""

BETWEEN = 3
"""Terminal columns between two columns of the table."""

NAMES_LEAST = 13
"""Terminal columns below which the names of articles take the place of figures."""

_STYLES = ("bold red", "red", "bold magenta", "magenta", "cyan", "green", "dim", "yellow")
TAG_STYLES = dict(zip((*VERDICTS, UNDECIDED), _STYLES, strict=True))
KIND_STYLES: dict[SpanKind, str] = {
    "verbatim": "red",
    "edited": "yellow",
    "paraphrased": "cyan",
    "quotation": "green",
    "counterpart": "blue",
}


def print_table(report: Report, console: Console, *, all_in: str = "--csv, --json and --report give all of them") -> None:
    """Print the matches, two lines each, source above derived; then the counts and what was skipped.

    ``all_in`` says where to find all matches if there are too many for a terminal.
    """
    if report.matches:
        console.print(_matches_table(report, console.width))
        console.print()
        if len(report.matches) > MATCHES_SHOWN:
            more = count(len(report.matches) - MATCHES_SHOWN, "match", "matches")
            console.print(_text(f"{more} more: {all_in}."))
    else:
        console.print(_text(f"{headline(report)}{narrowed(report)}."))
    if report.near_duplicates_only:
        console.print(_text(COPIES_ONLY))
    console.print(_text(f"{counts(report)}."))
    if unlisted(report):
        console.print(_text(unlisted(report)))
    for reason, paths in skipped_by_reason(report.skipped).items():
        more = f" and {len(paths) - NAMES_SHOWN:,} more" if len(paths) > NAMES_SHOWN else ""
        console.print(_text(f"Skipped, {reason}: {', '.join(paths[:NAMES_SHOWN])}{more}"))


def _matches_table(report: Report, width: int = SIDE_BY_SIDE) -> Table:
    """The table for a terminal of so many columns: figures that would leave too few for the names are left out."""
    from rich import box
    from rich.table import Table

    measured = not report.near_duplicates_only
    articles = {article.id: article for article in report.articles}
    matches = [*map(oriented, report.matches[:MATCHES_SHOWN])]
    figures = {"prob." if measured else "jaccard": [(decimal(match.probability), "") for match in matches]}
    shares = [(percent(one), percent(two)) for one, two in (match.shares for match in matches)]
    figures["covered" if measured else "in other"] = shares
    if measured:
        figures["longest"] = [(words(match.longest), "") for match in matches]
    wide = [max(len(cell) for cell in (head, *chain.from_iterable(cells))) for head, cells in figures.items()]
    left = width - max(len(each) for each in ("verdict", *map(tag, matches))) - BETWEEN
    while len(figures) > 1 and left - sum(wide) - BETWEEN * len(wide) < NAMES_LEAST:
        figures.popitem()
        wide.pop()

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("verdict", no_wrap=True)
    first, *others = figures
    table.add_column(first, justify="right", no_wrap=True)
    table.add_column("source → derived, or a — b", overflow="fold", ratio=1)
    for head in others:
        table.add_column(head, justify="right", no_wrap=True)
    for match, (probability, _), *rest in zip(matches, *figures.values(), strict=True):
        verdict = _text(tag(match), TAG_STYLES[tag(match)])
        table.add_row(verdict, probability, _text(match.a), *(above for above, _ in rest))
        joint = "→" if match.direction else "—"
        inside = _text("same outlet" if one_outlet(*map(articles.get, (match.a, match.b))) else "", "dim")
        table.add_row(inside, "", _text(f"{joint} {match.b}"), *(below for _, below in rest), end_section=True)
    return table


def print_match(report: Report, match: Match, console: Console) -> None:
    """Print one match with all its evidence and, if the report holds the texts, the aligned passages."""
    from rich.padding import Padding

    shown = oriented(match)

    def section(title: str, lines: Iterable[str]) -> None:
        console.print()
        console.print(_text(title, "bold"))
        for line in lines:
            console.print(Padding(_text(line), (0, 0, 0, 2)))

    console.print(_text(f"{sentence(match)}.", TAG_STYLES[tag(match)]))
    if told := figures_told(match):
        console.print(_text(f"{told[:1].upper()}{told[1:]}."))
    verdict = f"Verdict: {tag(match)}; probability that one was made from the other: {decimal(match.probability)}"
    if one_outlet(*(next((each for each in report.articles if each.id == name), None) for name in (match.a, match.b))):
        verdict += "; both are of one outlet"
    console.print(_text(verdict))
    section("Who took from whom", (*direction_lines(shown), *([TWO_ALONE] if match.verdict in DERIVATIVE else [])))
    section("Figures", (_score(each, shown) for each in scores(shown)))
    if shown.evidence and not copies_only(shown):
        findings = [(weight(each.contribution), each.sentence) for each in shown.evidence]
        section(
            "Evidence for and against derivation (log-odds)",
            (f"{added}: {told}" for added, told in findings if added != NOT_WEIGHED),
        )
        section("Measured and not weighed", (told for added, told in findings if added == NOT_WEIGHED))
    if shown.facts:
        groups = fact_groups(shown)
        listed = (f"{label}: {', '.join((*names, *numbers, *words))}" for label, names, numbers, words in groups)
        section("Names and numbers", listed)
    texts = {article.id: article.text for article in report.articles}
    a, b = texts.get(shown.a), texts.get(shown.b)
    if shown.quotations:
        said = (f"{speaker}: {words}" for speaker, words in quotations(shown, a))
        section(f"Quotations in both, as {isolated(shown.a)} has them", said)
    console.print()
    if copies_only(shown):
        console.print(_text(COPIES_ONLY))
    elif not shown.spans:
        console.print(_text("No passage runs through both texts."))
    elif a is None or b is None:
        held = count(len(shown.spans), "passage", "passages")
        console.print(_text(f"{held}; this report does not hold the texts to show them."))
    if a is not None and b is not None:
        _print_passages(shown, a, b, console)


def _score(score: Score, match: Match) -> str:
    """A figure on one line, with its meaning."""
    value = f"{score.a} of {isolated(match.a)}, {score.b} of {isolated(match.b)}" if score.b else score.a
    return f"{score.name}: {value}. {score.meaning}"


def _print_passages(match: Match, a: str, b: str, console: Console) -> None:
    """Print the passages, and sentences with their counterparts, in the order of ``a``.

    They stand side by side or, on a narrow terminal, one below the other.
    """
    from rich.table import Table

    for number, span in enumerate(side_by_side(match), start=1):
        console.print(_text(f"{number}  {kind_told(span)}", "bold"))
        left = _passage(match.a, a[span.a_start : span.a_end], KIND_STYLES[span.kind])
        right = _passage(match.b, b[span.b_start : span.b_end], KIND_STYLES[span.kind])
        table = Table.grid(padding=(0, 3, 0, 0), expand=True)
        if console.width >= SIDE_BY_SIDE:
            table.add_column(ratio=1)
            table.add_column(ratio=1)
            table.add_row(left, right)
        else:
            table.add_row(left)
            table.add_row(right)
        console.print(table)
        console.print()


def _passage(name: str, text: str, style: str) -> Text:
    # Appended to an unstyled text, so that the style of the name does not dim the passage.
    return _text("").append(_text(f"{name}: ", "dim")).append(_text(" ".join(text.split()), style))


def _text(text: str, style: str = "") -> Text:
    """Text for the terminal, never markup; characters that would control it or the text direction become U+FFFD."""
    from rich.text import Text

    return Text(harmless(text), style, overflow="fold")
