"""The report as one self-contained HTML page, or as a folder with a page for each match.

The page is first built as dataclasses (:class:`Page`, :class:`Row`, and those of ``pair`` and ``network``) and then
rendered: the templates only loop and test. The page escapes other people's text, forbids by its content security policy
everything it did not bring itself, and shows characters that HTML cannot hold as U+FFFD.
"""

from __future__ import annotations

import math
import os
import re
import time
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..figures import decimal, hundredths, percent
from ..harmless import FORBIDDEN
from ..model import PAGE_MARK, VERDICTS, VERSION, ArticleSummary, DetectorError, Family, Match, Report, Settings, date
from ..report import (
    COPIES_ONLY,
    UNDECIDED,
    WEIGHED,
    count,
    counts,
    headline,
    narrowed,
    oriented,
    scores,
    sentence,
    skipped_by_reason,
    tag,
    unlisted,
    unmatched,
    words,
)
from ..story.outlets import one_outlet
from .answers import ANSWERS, Answer, answers
from .called import names_in, names_of, outlet, outlet_and_headline, renamed
from .export import write_text, writing
from .kin import FamilyView, family_views
from .network import Network, network
from .pair import PairView, command, pair_view

if TYPE_CHECKING:
    from jinja2 import Environment

PAIR_VIEWS = 200
"""Matches shown with both texts on the single page, gravest first; the others appear only in the table, or need a folder."""
PLAIN_VIEWS = 10
"""Of these, matches that are plain HTML.

The others are compressed to a sixth and unfolded by the script: a page with two hundred views stays under a megabyte beyond
its texts.
"""
PLAIN_ROWS = 300
"""Rows of the table, and articles of the evidence pack, that are plain HTML; the others are compressed."""
ALONE = 300
"""Articles in no match that the page names; beyond that it counts them."""
PACK_ARTICLES = 1000
"""Articles up to which the page lists all digests; beyond that, only those of articles in a match (JSON has the others)."""
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Called:
    """An article in a list: its headline, else its outlet or id; then outlet and date; ``file`` is its id if not said."""

    name: str
    told: str
    file: str


@dataclass(frozen=True, slots=True)
class Row:
    """A match in the table.

    ``href`` leads to its texts; if it is empty they are not shown, and ``command`` compares the two alone. ``tag`` is the
    verdict, unless the evidence does not decide. ``keys`` are for sorting: gravity of the verdict, probability, larger
    coverage, longest passage. ``outlets`` are indices into ``Page.outlets``; ``inside``: both articles come from one outlet.
    """

    number: int
    href: str
    command: str
    match: Match
    tag: str
    joint: str
    keys: str
    outlets: str
    inside: bool
    called: tuple[Called, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page shows, ready for the templates."""

    report: Report
    headline: str
    answers: tuple[Answer, ...]
    answers_more: bool
    meanings: tuple[tuple[str, str], ...]
    counts: str
    made: str
    verdicts: tuple[str, ...]
    outlets: tuple[str, ...]
    measured: bool
    rows: tuple[Row, ...]
    pairs: tuple[PairView, ...]
    folded: str
    folded_rows: str
    unshown: bool
    alone: tuple[Called, ...]
    alone_more: int
    unlisted: str
    unmatched: str
    network: Network
    families: tuple[FamilyView, ...]
    skipped: dict[str, list[str]]
    settings: tuple[tuple[str, str, str], ...]
    pack: tuple[ArticleSummary, ...]
    folded_pack: str
    packed: int
    judge: str


def write_report(report: Report, path: str | os.PathLike[str]) -> None:
    """Write the report as one HTML page to ``path``, all of it or nothing.

    If ``path`` is a folder or ends with a slash, write a page for each match and then an index. The page says when it was
    made: the time in ``SOURCE_DATE_EPOCH`` if set, else now. Raises :class:`DetectorError` if something cannot be written or
    ``SOURCE_DATE_EPOCH`` is not a number.
    """
    if not names_folder(path):
        write_text(path, render_html(report))
        return
    folder = check_folder(path)
    with writing(path):
        folder.mkdir(exist_ok=True)
    names = {INDEX}
    for name, text in render_pages(report):
        write_text(folder / name, text)
        names.add(name)
    for left in pages_in(folder):  # of an earlier report with more matches
        if left.name not in names:
            with writing(left):
                left.unlink()


def pages_in(path: str | os.PathLike[str]) -> list[Path]:
    """The files in a folder that are named like pages of a report; writing a report there overwrites or removes them.

    Raises :class:`DetectorError` if the folder cannot be read.
    """
    folder = Path(path)
    with writing(path):
        names = sorted(os.listdir(folder)) if folder.is_dir() else []
    return [folder / name for name in names if name == INDEX or re.fullmatch(r"m\d+\.html", name)]


def names_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a report at ``path`` is a folder of pages."""
    return os.fspath(path).endswith(("/", os.sep)) or os.path.isdir(path)


def names_page(path: str | os.PathLike[str]) -> bool:
    """Whether a report at ``path`` is a page: by its suffix, or because ``path`` is a device or pipe, which takes any."""
    return os.path.splitext(path)[1].lower() in (".html", ".htm") or (os.path.exists(path) and not os.path.isfile(path))


def check_folder(path: str | os.PathLike[str]) -> Path:
    """The folder at ``path``: new, empty, or holding an earlier report. Raises :class:`DetectorError` otherwise."""
    folder = Path(path)
    index = folder / INDEX
    with writing(path):
        if folder.exists() and not folder.is_dir():
            raise DetectorError(f"cannot write {os.fspath(path)}: it is a file, not a folder")
        if not folder.is_dir() or not any(folder.iterdir()):
            return folder
        if index.is_file() and PAGE_MARK in index.read_text(encoding="utf-8", errors="replace")[:2000]:
            return folder
    raise DetectorError(f"cannot write {os.fspath(path)}: it is a folder with other files in it; name a new one")


class _ById(Mapping[str, ArticleSummary]):
    """The articles of a report by id, each rebuilt on access, since those of a large scan would fill the memory."""

    def __init__(self, articles: Sequence[ArticleSummary]) -> None:
        self._articles = articles
        self._places = {each.id: at for at, each in enumerate(articles)}

    def __getitem__(self, name: str) -> ArticleSummary:
        return self._articles[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _brief(match: Match) -> Match:
    """What the table, the map, the families and the answer need of a match, source first."""
    told = tuple(each for each in match.facts if each.state == "changed")
    unsaid: dict[str, Any] = {"spans": (), "quotations": (), "evidence": (), "counterparts": (), "new_a": (), "new_b": ()}
    return oriented(replace(match, facts=told, part_a=None, part_b=None, **unsaid))


def render_html(report: Report) -> str:
    """The report as one self-contained HTML page."""
    hrefs = {number: f"#m{number}" for number in range(1, min(PAIR_VIEWS, len(report.matches)) + 1)}
    articles, matches = _ById(report.articles), list(map(_brief, report.matches))
    made, found = _made(report), ((number, oriented(report.matches[number - 1])) for number in hrefs)
    pairs = tuple(pair_view(number, match, articles, made, report.settings) for number, match in found)
    render = _renderer()
    return render("page.html", page=_page(report, matches, articles, hrefs, pairs, render))


def render_pages(report: Report) -> Iterator[tuple[str, str]]:
    """File names and HTML of the report as a folder: a page for each match, then the index."""
    articles, matches = _ById(report.articles), list(map(_brief, report.matches))
    hrefs = {number: f"m{number}.html" for number in range(1, len(matches) + 1)}
    render, made = _renderer(), _made(report)
    for number, match in enumerate(map(oriented, report.matches), start=1):
        beside = {"before": hrefs.get(number - 1, ""), "after": hrefs.get(number + 1, ""), "index": INDEX}
        pair = pair_view(number, match, articles, made, report.settings)
        yield hrefs[number], render("match.html", pair=pair, version=report.version, **beside)
    yield INDEX, render("page.html", page=_page(report, matches, articles, hrefs, (), render))


def _renderer() -> Callable[..., str]:
    """A function that renders a template, given by name, with values."""
    environment = _environment()
    style, script = (_digest(environment.get_template(name).render()) for name in ("style.css", "script.js"))

    def render(template: str, **values: object) -> str:
        return environment.get_template(template).render(style_hash=style, script_hash=script, **values)

    return render


def _page(
    report: Report,
    matches: Sequence[Match],
    articles: Mapping[str, ArticleSummary],
    hrefs: Mapping[int, str],
    pairs: tuple[PairView, ...],
    render: Callable[..., str],
) -> Page:
    def folded(pairs: Sequence[PairView] = (), rows: Sequence[Row] = (), pack: Sequence[ArticleSummary] = ()) -> str:
        """The items rendered and compressed; "" if there are none."""
        told = {"pairs": pairs, "rows": rows, "pack": pack}
        return _folded(render("folded.html", measured=measured, **told)) if any(told.values()) else ""

    measured = not report.near_duplicates_only
    shown = {name for match in matches for name in (match.a, match.b)}
    outlets = tuple(sorted({articles[name].source or "" for name in shown if name in articles} - {""}))
    places = {outlet: at for at, outlet in enumerate(outlets)}
    rows = [_row(number, match, articles, hrefs, places, report.settings) for number, match in enumerate(matches, start=1)]
    alone = [name for name in articles if name not in shown] if matches else []
    pack = [
        replace(each, text=None, marks=()) for each in report.articles if len(articles) <= PACK_ARTICLES or each.id in shown
    ]
    answered = answers(report.families, matches, articles, hrefs)
    return Page(
        report=report,
        answers=tuple(answered[:ANSWERS]),
        answers_more=len(answered) > ANSWERS,
        meanings=tuple((each.name, each.meaning) for match in report.matches[:1] for each in scores(match)),
        headline=_headline(report, articles) + ("" if report.matches else narrowed(report)),
        counts=counts(report),
        made=_made(report),
        verdicts=tuple(each for each in (*VERDICTS, UNDECIDED) if any(each in (row.match.verdict, row.tag) for row in rows)),
        outlets=outlets,
        measured=measured,
        rows=tuple(rows[:PLAIN_ROWS]),
        folded_rows=folded(rows=rows[PLAIN_ROWS:]),
        unshown=any(not each.href for each in rows),
        alone=tuple(_called(name, articles[name]) for name in alone[:ALONE]),
        alone_more=len(alone[ALONE:]),
        unlisted=unlisted(report),
        unmatched=unmatched(report),
        pairs=pairs[:PLAIN_VIEWS],
        folded=folded(pairs=pairs[PLAIN_VIEWS:]),
        network=_map(report.families, matches, articles, hrefs),
        families=tuple(family_views(report.families, matches, articles, hrefs)),
        skipped=skipped_by_reason(report.skipped),
        settings=tuple(_settings(report)),
        pack=tuple(pack[:PLAIN_ROWS]),
        folded_pack=folded(pack=pack[PLAIN_ROWS:]),
        packed=len(pack),
        judge=_judge_digest() if report.version == VERSION else "",
    )


def _headline(report: Report, articles: Mapping[str, ArticleSummary]) -> str:
    return headline(report, lambda match: sentence(renamed(match, names_in(match, articles))))


def _map(
    families: Sequence[Family], matches: Sequence[Match], articles: Mapping[str, ArticleSummary], hrefs: Mapping[int, str]
) -> Network:
    """The map, on which articles are called by outlet and headline; one match needs none."""
    if len(matches) < 2:
        return network((), families, hrefs)
    ids = dict.fromkeys(name for match in matches for name in (match.a, match.b))
    ids |= dict.fromkeys(name for family in families for name in family.members)
    names = names_of(ids, articles, (outlet_and_headline,))
    shown = [replace(match, a=names[match.a], b=names[match.b]) for match in matches]
    called = [
        replace(family, members=tuple(names[each] for each in family.members), origin=names.get(family.origin or ""))
        for family in families
    ]
    return network(shown, called, hrefs)


def _made(report: Report) -> str:
    """When, with what and how the report was made; ``SOURCE_DATE_EPOCH`` makes it reproducible (reproducible-builds.org)."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(int(given) if given else None))
    except (ValueError, OverflowError, OSError):
        raise DetectorError(f"SOURCE_DATE_EPOCH must be a whole number of seconds since 1970, not {given!r}") from None
    how = f"threshold {report.settings.threshold}, {report.settings.shingle_words}-word shingles"
    how += ", copies only" if report.near_duplicates_only else ""
    return f"Made {when} with detector {report.version}, {how}"


def _row(
    number: int,
    match: Match,
    articles: Mapping[str, ArticleSummary],
    hrefs: Mapping[int, str],
    places: Mapping[str, int],
    settings: Settings,
) -> Row:
    two = [articles.get(name) for name in (match.a, match.b)]
    sources = [each.source for each in two if each]
    href = hrefs.get(number, "")
    return Row(
        number=number,
        href=href,
        command="" if href else command(match, articles, settings),
        match=match,
        tag=tag(match),
        joint="→" if match.direction else "—",
        keys=f"{VERDICTS.index(match.verdict)} {match.probability:.6g} {max(match.shares):.6g} {match.longest or 0}",
        outlets=" ".join(str(places[each]) for each in dict.fromkeys(sources) if each),
        inside=one_outlet(*two),
        called=tuple(map(_called, (match.a, match.b), two)),
    )


def _called(name: str, article: ArticleSummary | None) -> Called:
    if article is None:
        return Called(name, "", "")
    source = outlet(article)
    shown = " ".join((article.title or "").split()) or source or name
    told = ("" if shown == source else article.source, date(article.published))
    return Called(shown, " · ".join(filter(None, told)), "" if shown == name else name)


def _settings(report: Report) -> Iterable[tuple[str, str, str]]:
    for each in fields(report.settings):
        value = getattr(report.settings, each.name)
        if each.name != "workers":  # does not affect the results
            shown = str(value)
            if isinstance(value, tuple):
                shown = ", ".join(value) or "all"
            elif isinstance(value, bool):
                shown = "yes" if value else "no"
            yield each.name.replace("_", " "), shown, each.metadata["help"]
    only = "yes" if report.near_duplicates_only else "no"
    yield "near duplicates only", only, "Only copies were sought: no rewrites, passages or directions."
    if report.against is not None:
        number = count(report.against, "article", "articles")
        yield "against", number, "Articles compared with an archive, not with each other."


def _unbroken(text: str) -> str:
    """``text`` with non-breaking spaces before percent signs."""
    return re.sub(r"(?<=\d) %", "\u00a0%", text)


def _hundredth(share: float) -> int:
    """A share as the number of a bar's class; 0 and 100 only for exactly none and all."""
    return hundredths(share) if math.isfinite(share) else 0


def _folded(html: str) -> str:
    return b64encode(zlib.compress(html.encode("utf-8"), 9)).decode("ascii")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _judge_digest() -> str:
    """Digest of the judgement's coefficients: other coefficients may give other judgements."""
    return sha256(files("detector").joinpath("judge.json").read_bytes()).hexdigest()


def _environment() -> Environment:
    """Jinja over our templates: everything is escaped, and nothing that HTML cannot hold reaches the page."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup, escape

    def finalize(value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, Markup):
            return value
        # An HTML parser turns a carriage return into a line feed unless it is written as a reference.
        return Markup(str(escape(FORBIDDEN.sub("\ufffd", value))).replace("\r", "&#13;"))

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(copies_only_said=COPIES_ONLY, weighed_said=WEIGHED)
    environment.filters.update(percent=percent, decimal=decimal, count=count, words=words, tag=tag, date=date)
    environment.filters.update(unbroken=_unbroken, hundredth=_hundredth)
    return environment


def _template(name: str) -> str:
    """The text of a template from the installed package or, in a checkout or editable install, from the folder beside it."""
    inside = files("detector").joinpath("templates")
    folder = inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "templates"
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except OSError as error:
        raise DetectorError(f"the template {name} is missing from {folder}: install the program again") from error
