"""A match as the page shows it: both texts with their passages, the ribbon between them, and the evidence.

A text is cut at every edge of a line, passage, mark or original sentence, so that the same ones cover each segment
throughout and overlaps need no nesting. The segments of a pane, concatenated, are the article's text, character for
character.
"""

from __future__ import annotations

import math
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain, pairwise
from typing import NamedTuple

from ..figures import percent
from ..languages.language import FUNCTION_WORDS, WORDS_PER_FUNCTION_WORD
from ..model import (
    DERIVATIVE,
    LIKELY,
    OF_A_PAIR,
    SPAN_KINDS,
    STANDARD_INPUT,
    ArticleSummary,
    Evidence,
    Mark,
    MarkKind,
    Match,
    Settings,
    SpanKind,
    date,
)
from ..report import (
    FactGroup,
    Score,
    changed,
    copies_only,
    direction_lines,
    fact_groups,
    figures_told,
    kind_told,
    quotations,
    scores,
    sentence,
    side_by_side,
    weight,
)
from ..story.outlets import one_outlet
from .called import names_in, renamed

BAR = 50
"""Width of the longest evidence bar, to either side of zero."""
MARK_NOUNS = {"boilerplate": "not part of the article", "quotation": "quoted", "attribution": "credit or outlet named"}
FURTHER = {"en": "a an are be been but had have her its or she their they this were which who"}
"""More words that say as little as the function words by which a language is detected, where those are few.

A selection: ``language.FURTHER_WORDS`` has words too that deny, count or limit ("nobody", "all", "almost"), which are news.
"""
DENIALS = frozenset(("ei", "ikke", "nem", "nicht", "niet", "no", "non", "nu", "não", "pas", "не"))
"""Function words that negate, and so change everything."""

_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text within a line, covered by the same passages and marks throughout.

    ``href`` leads to the counterpart of the innermost passage; ``spans`` are the numbers of all passages; ``anchors`` are
    the ids, and ``starts`` the numbers, of those that begin here; ``title`` says why the text is set apart.
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
    """One text of a pair, as lines of segments; ``spaced`` if its lines are paragraphs without blank lines between them.

    ``name`` is what the article is called, ``file`` its id if that is another. ``title`` is the headline, "" if it is
    unknown or the text begins with it. ``original`` counts the sentences without a counterpart in the other text; ``None``
    if that was not measured. ``in_part``: whether the verdict rests on a part of it.
    """

    id: str
    role: str
    name: str
    file: str
    title: str
    byline: str
    coverage: str
    original: int | None
    in_part: bool
    spaced: bool
    lines: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A passage on the ribbon: its outline in a 100 by 100 square, where the text on the left runs down x = 0."""

    number: int
    kind: SpanKind
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A piece of evidence, its weight, and its bar, which begins at ``x`` in a drawing ``2 * BAR`` wide."""

    sentence: str
    weight: str
    x: float
    width: float
    against: bool


@dataclass(frozen=True, slots=True)
class PairView:
    """A match with both texts (no panes if the report does not hold them) and the evidence.

    ``measured`` is false in a scan for copies, where passages and evidence are unknown. ``marked``: the kinds of marks in
    either text. ``inside``: both come from one outlet. ``plain``: function words of the languages of both. ``changed``:
    names and numbers that the texts state differently. ``told``: how much of each is in the other; "" if nothing is.
    """

    anchor: str
    number: int
    match: Match
    named: tuple[str, str]
    roles: tuple[str, str]
    inside: bool
    plain: str
    measured: bool
    sentence: str
    told: str
    changed: tuple[str, ...]
    direction: tuple[str, ...]
    scores: tuple[Score, ...]
    weighed: tuple[Weighed, ...]
    unweighed: tuple[str, ...]
    facts: tuple[FactGroup, ...]
    quotations: tuple[tuple[str, str], ...]
    credits: tuple[tuple[str, str, str], ...]
    kinds: tuple[tuple[SpanKind, int], ...]
    marked: frozenset[MarkKind]
    panes: tuple[Pane, ...]
    ribbon: tuple[Band, ...]
    articles: tuple[ArticleSummary, ...]
    made: str
    command: str


class _Passage(NamedTuple):
    """One side of a span or counterpart, numbered from 1 in the order of the text on the left."""

    number: int
    start: int
    end: int
    kind: SpanKind


class _Elsewhere(NamedTuple):
    """What is outside the part by which the pair was judged."""

    start: int
    end: int


class _Original(NamedTuple):
    """A sentence without a counterpart in the other text."""

    start: int
    end: int


_Range = _Passage | Mark | _Original | _Elsewhere


def pair_view(
    number: int, match: Match, articles: Mapping[str, ArticleSummary], made: str, settings: Settings
) -> PairView:
    """The view of an oriented match, the ``number``-th of its report; ``made`` says when and how the report was made."""
    a, b, anchor, measured = articles.get(match.a), articles.get(match.b), f"m{number}", not copies_only(match)
    spans = side_by_side(match)
    shown = renamed(match, names_in(match, articles))
    left = [_Passage(at, span.a_start, span.a_end, span.kind) for at, span in enumerate(spans, start=1)]
    right = [_Passage(at, span.b_start, span.b_end, span.kind) for at, span in enumerate(spans, start=1)]
    panes: tuple[Pane, ...] = ()
    ribbon: tuple[Band, ...] = ()
    made_from = "Takes from it" if match.verdict == "partial" else "Made from it"
    roles = ("Source", made_from) if match.direction else ("Text A", "Text B")
    if a and b and a.text is not None and b.text is not None:
        apart = ", counterparts apart" if match.counterparts else ""
        in_passages = f"of its own prose lies in the passages marked{apart}"
        lies = in_passages if measured else "of its runs of words are in the other"
        shares = [f"{percent(share)} {lies}" for share in match.shares]
        by_part = match.verdict in DERIVATIVE and match.probability >= LIKELY
        part_a, part_b = (match.part_a, match.part_b) if by_part else (None, None)
        panes = (
            _pane(a, shown.a, a.text, roles[0], shares[0], left, f"{anchor}a", f"{anchor}b", match.new_a, part_a),
            _pane(b, shown.b, b.text, roles[1], shares[1], right, f"{anchor}b", f"{anchor}a", match.new_b, part_b),
        )
        what = ["Sentence" if span.kind == "counterpart" else "Passage" for span in spans]
        titles = [f"{one} {at}: {kind_told(span)}" for at, (one, span) in enumerate(zip(what, spans, strict=True), 1)]
        sizes = len(a.text), len(b.text)
        ribbon = tuple(_band(*each, *sizes) for each in zip(left, right, titles, strict=True))
    return PairView(
        anchor=anchor,
        number=number,
        match=match,
        named=(shown.a, shown.b),
        roles=roles,
        inside=one_outlet(a, b),
        plain=" ".join(sorted({word for each in (a, b) if panes and each for word in plain_words(each.text or "")})),
        measured=measured,
        sentence=sentence(shown),
        told=figures_told(shown),
        changed=changed(match),
        direction=direction_lines(shown),
        scores=scores(match),
        weighed=_weighed(shown.evidence),
        unweighed=tuple(each.sentence for each in shown.evidence if measured and not _counts(each)),
        facts=fact_groups(shown),
        quotations=quotations(match, a.text if a else None),
        credits=(*_credits(a, shown.a), *_credits(b, shown.b)),
        kinds=tuple((kind, sum(span.kind == kind for span in spans)) for kind in SPAN_KINDS),
        marked=frozenset(mark.kind for article in (a, b) if article for mark in article.marks if mark.start < mark.end),
        panes=panes,
        ribbon=ribbon,
        articles=tuple(each for each in (a, b) if each),
        made=made,
        command=command(match, articles, settings),
    )


def command(match: Match, articles: Mapping[str, ArticleSummary], settings: Settings) -> str:
    """The command line that compares the two texts by themselves; "" if one came from standard input.

    It may judge them otherwise: boilerplate is learned, and a third text that both come from is found, only in a scan.
    """
    paths = [(name, articles[name].path if name in articles else None) for name in (match.a, match.b)]
    if any(path == STANDARD_INPUT for _, path in paths):
        return ""
    named = [f"./{place}" if place.startswith("-") else place for place in (_place(*each) for each in paths)]
    for each in fields(Settings):
        value = getattr(settings, each.name)
        if each.name in OF_A_PAIR and value != each.default:
            named += [f"--{each.name.replace('_', '-')}", *([] if value is True else [repr(value)])]
    return shlex.join(["detector", "compare", *named])


def plain_words(text: str) -> list[str]:
    """The function words of a text's language, without negations; none if the language cannot be told.

    >>> "by" in plain_words("The mayor of the town resigned on Monday"), plain_words("Reykjavik 10:15")
    (True, [])
    """
    found = Counter(_WORD.findall(text.lower()))
    votes = {language: sum(found[word] for word in listed.split()) for language, listed in FUNCTION_WORDS.items()}
    told = max(votes, key=lambda language: votes[language])
    if votes[told] * WORDS_PER_FUNCTION_WORD < found.total() or not votes[told]:
        return []
    return [word for word in f"{FUNCTION_WORDS[told]} {FURTHER.get(told, '')}".split() if word not in DENIALS]


def _place(name: str, path: str | None) -> str:
    """The path of an article; for a record with the end of its id appended (``news/may.jsonl#12``)."""
    if not path:
        return name
    key = re.search(rf"(?:^|/){re.escape(path.rpartition('/')[2])}(#.+)$", name)
    return path + key[1] if key else path


def _counts(each: Evidence) -> bool:
    return math.isfinite(each.contribution) and each.contribution != 0


def _weighed(evidence: Sequence[Evidence]) -> tuple[Weighed, ...]:
    kept = sorted((each for each in evidence if _counts(each)), key=lambda each: -abs(each.contribution))
    longest = max((abs(each.contribution) for each in kept), default=1.0)
    widths = [round(BAR * abs(each.contribution) / longest, 1) for each in kept]
    return tuple(
        Weighed(each.sentence, weight(each.contribution), BAR - against * width, width, against)
        for each, width in zip(kept, widths, strict=True)
        for against in [each.contribution < 0]
    )


def _credits(article: ArticleSummary | None, name: str) -> Iterable[tuple[str, str, str]]:
    """Each credit and outlet named in an article, once: the article's name, the words, and whom they name otherwise."""
    found: dict[tuple[str, str, str], None] = {}
    text = article.text if article else None
    for mark in article.marks if article and text else ():
        if mark.kind == "attribution":
            words = " ".join((text or "")[mark.start : mark.end].split())
            found[name, words, "" if mark.note in words else mark.note] = None
    return found


def _band(left: _Passage, right: _Passage, title: str, size_a: int, size_b: int) -> Band:
    a, b, c, d = (
        round(100 * place / size, 1)
        for place, size in ((left.start, size_a), (left.end, size_a), (right.end, size_b), (right.start, size_b))
    )
    path = f"M0 {a}C50 {a} 50 {d} 100 {d}V{c}C50 {c} 50 {b} 0 {b}Z"
    return Band(left.number, left.kind, title, path.replace(".0 ", " ").replace(".0Z", "Z").replace(".0C", "C"))


def _byline(article: ArticleSummary) -> str:
    """Outlet, author and date, as far as known; guesses are marked as such."""
    known = (("source", article.source), ("author", article.author), ("published", date(article.published)))
    return ", ".join(f"{value} (guessed)" if name in article.guessed else value for name, value in known if value)


def _pane(
    article: ArticleSummary,
    name: str,
    text: str,
    role: str,
    coverage: str,
    passages: Sequence[_Passage],
    here: str,
    there: str,
    new: Sequence[tuple[int, int]] | None,
    part: Sequence[tuple[int, int]] | None,
) -> Pane:
    title = " ".join((article.title or "").split())
    originals = [_Original(*each) for each in new or ()]
    edges_of_part = [0, *chain.from_iterable(part), len(text)] if part else []
    outside = zip(edges_of_part[::2], edges_of_part[1::2], strict=True)
    elsewhere = [_Elsewhere(start, end) for start, end in outside if start < end]
    bounds = [found.span() for found in _LINE.finditer(text)]
    marks = [each for each in article.marks if each.start < each.end]
    ranges: list[_Range] = [*passages, *originals, *elsewhere, *marks]
    starting: dict[int, list[_Range]] = {}
    for each in ranges:
        starting.setdefault(each.start, []).append(each)
    edges = {edge for each in ranges for edge in (each.start, each.end) if edge < len(text)}
    line_ends = {end for _, end in bounds}
    over: list[_Range] = []
    lines: list[list[Segment]] = [[]]
    for start, end in pairwise(sorted(edges.union(*bounds))):
        over = [each for each in over if each.end > start] + starting.get(start, [])
        lines[-1].append(_segment(text[start:end], start, over, here, there))
        if end in line_ends:
            lines.append([])
    return Pane(
        id=here,
        role=role,
        name=name,
        file="" if name == article.id else article.id,
        title="" if " ".join(text.split()).startswith(title) else title,
        byline=_byline(article),
        coverage=coverage,
        original=None if new is None else len(new),
        in_part=bool(elsewhere),
        spaced=not any(text[start:end].isspace() for start, end in bounds[:-1]),
        lines=tuple(tuple(line) for line in lines if line),
    )


def _segment(text: str, start: int, over: Sequence[_Range], here: str, there: str) -> Segment:
    passages = sorted(each for each in over if isinstance(each, _Passage))
    marks = [each for each in over if isinstance(each, Mark)]
    begin = [each.number for each in passages if each.start == start]
    # The innermost passage is shown and linked; among those over the same words, the gravest kind.
    inner = min(passages, key=lambda each: (-each.start, each.end, SPAN_KINDS.index(each.kind)), default=None)
    classes: list[str] = [inner.kind] if inner else []
    classes += ["twice"] if len(passages) > 1 else []
    classes += sorted({f"is-{mark.kind}" for mark in marks})
    classes += ["is-elsewhere"] if any(isinstance(each, _Elsewhere) for each in over) else []
    classes += ["is-original"] if any(isinstance(each, _Original) for each in over) else []
    notes = (f"{MARK_NOUNS[mark.kind]}: {mark.note}".removesuffix(": ") for mark in marks)
    return Segment(
        text=text,
        classes=" ".join(classes),
        title="; ".join(dict.fromkeys(notes)),
        spans=" ".join(str(each.number) for each in passages),
        href=f"#{there}{inner.number}" if inner and not text.isspace() else "",
        anchors=tuple(f"{here}{number}" for number in begin),
        starts=" ".join(map(str, begin)),
    )
