"""The shared types: what the stages pass to one another and what a report holds.

Everything here is a frozen value. Offsets are half-open and count characters of the article's *original* text, so
``article.text[start:end]`` is exactly what the reader saw. This module imports no other module of the package and nothing
slow to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, replace
from reprlib import repr as shortened
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VERSION = "0.1.0"

Verdict = Literal["duplicate", "near-duplicate", "rewrite", "partial", "common-source", "same-event", "unrelated"]
SpanKind = Literal["verbatim", "edited", "paraphrased", "quotation", "counterpart"]
MarkKind = Literal["boilerplate", "quotation", "attribution"]
Credit = Literal["whole", "part"]
FactKind = Literal["name", "number", "word"]
FactState = Literal["shared", "changed", "a-only", "b-only"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""Every verdict, gravest first; tables are sorted in this order."""

NEVER_FOUND = "cannot be unrelated: a scan leaves such pairs out; detector compare A B compares any two"
"""The error when a scan is asked for ``unrelated``."""

DIGITS = 6
"""Decimals kept in a match's figures: few enough to be the same on every machine, more than anyone reads."""

CLOSE = 0.85
"""Similarity from which an edited span is "almost word for word"."""

LIKELY = 0.6
"""Probability from which one text is called derived: the fit gives two false alarms in a hundred at .5.

Below it, ``partial`` means passages in both.
"""

EITHER = 0.5
"""As likely as not: from here on reports of one event are not called independent."""

INDEPENDENT = 0.03
"""Probability from which independence is stated with reserve.

Undetected rewrites in wholly different words and order, by people and by models, lie between this and ``EITHER``; three in
four whole independent reports lie below it.
"""

COPIES: frozenset[Verdict] = frozenset({"duplicate", "near-duplicate"})
"""The verdicts on copies."""

DERIVATIVE: frozenset[Verdict] = COPIES | {"rewrite", "partial"}
"""The verdicts that mean one text was made from the other."""

SPAN_KINDS: tuple[SpanKind, ...] = get_args(SpanKind)

SCHEMA, MATCH_SCHEMA = "detector-report/1", "detector-match/1"
"""What our JSON says it is, up to the version: a report, and a match alone."""

PAGE_MARK = '<meta name="generator" content="detector '
"""What our pages begin with, up to the version."""

STANDARD_INPUT = "-"
"""The path that means JSON lines on standard input."""

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, the number of items done and the total."""


class DetectorError(Exception):
    """An error that the user can fix; the message is one line that says how."""


def option(default: Any, *, help: str) -> Any:
    """A field of :class:`Settings` with the help text of its command-line option."""
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a scan. The command-line options are generated from these fields.

    Raises :class:`DetectorError` for an invalid value; the message says what is valid.

    >>> Settings(threshold=0.8).threshold
    0.8
    >>> Settings(threshold=80)
    Traceback (most recent call last):
        ...
    detector.model.DetectorError: threshold must lie above 0 and at most 1 (a share such as 0.7), not 80
    """

    threshold: float = option(0.7, help="Jaccard similarity of word shingles from which two texts are near-duplicates.")
    shingle_words: int = option(5, help="Words in a shingle.")
    num_perm: int = option(128, help="Permutations (minima) in a MinHash signature.")
    neighbours: int = option(20, help="TF-IDF neighbours looked at for each article.")
    min_probability: float = option(0.0, help="Show only matches at least this likely to be derived.")
    verdicts: tuple[Verdict, ...] = option((), help="Show only this verdict (may be repeated).")
    same_source: bool = option(True, help="Also compare articles of one outlet with each other.")
    keep_boilerplate: bool = option(False, help="Compare what is not the story too: banners, biographies, navigation.")
    seed: int = option(1, help="Seed of the permutations.")
    workers: int = option(0, help="Threads, and processes where there is much to read or compare; 0 takes one a core.")

    def __post_init__(self) -> None:
        def check(name: str, good: bool, want: str) -> None:
            if not good:
                raise DetectorError(f"{name} must {want}, not {getattr(self, name)!r}")

        for each in fields(self):
            wanted, value = type(each.default), getattr(self, each.name)
            good = isinstance(value, (int, float) if wanted is float else wanted)
            check(each.name, good and (wanted is bool or not isinstance(value, bool)), f"be of type {wanted.__name__}")
        check("threshold", 0 < self.threshold <= 1, "lie above 0 and at most 1 (a share such as 0.7)")
        check("shingle_words", 1 <= self.shingle_words <= 64, "lie between 1 and 64")
        check("num_perm", 16 <= self.num_perm <= 1024, "lie between 16 and 1024")
        check("neighbours", 1 <= self.neighbours <= 1000, "lie between 1 and 1000")
        check("min_probability", 0 <= self.min_probability <= 1, "lie between 0 and 1")
        check("verdicts", all(each in VERDICTS for each in self.verdicts), f"be among {', '.join(VERDICTS)}")
        if "unrelated" in self.verdicts:
            raise DetectorError(f"verdicts {NEVER_FOUND}")
        check("seed", 0 <= self.seed < 2**32, "lie between 0 and 4294967295")
        check("workers", 0 <= self.workers <= 1024, "lie between 0 (one a core) and 1024")
        for each in fields(self):
            if type(each.default) is float:  # equal settings are written alike
                object.__setattr__(self, each.name, float(getattr(self, each.name)))


OF_A_PAIR = ("threshold", "shingle_words", "keep_boilerplate")
"""The settings that also affect the comparison of two texts alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as read, unchanged. ``guessed`` names the fields that were not given but inferred from the text.

    Raises :class:`DetectorError` if a field is of another type.

    >>> Article(id="a", text="Two lines.", published=20260301)
    Traceback (most recent call last):
        ...
    detector.model.DetectorError: published of article 'a' must be str | None, not 20260301
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO 8601 date or date and time."""
    url: str | None = None
    path: str | None = None
    guessed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, kind in _ARTICLE_FIELDS:
            if not isinstance(value := getattr(self, name), kind):
                wanted = "str" if kind is str else kind
                raise DetectorError(f"{name} of article {self.id!r} must be {wanted}, not {shortened(value)}")


_ARTICLE_FIELDS = [(each.name, str if each.default is MISSING else str | None) for each in fields(Article)[:-1]]


def date(published: str | None) -> str:
    """Format a date for display.

    >>> date("2026-03-01T08:00:00+01:00"), date("2026-03-01T08:00:07+00:00")
    ('2026-03-01 08:00+01:00', '2026-03-01 08:00:07 UTC')
    """
    return re.sub(r"[T ](\d\d:\d\d)(?::00(?![\d.]))?", r" \1", published or "").replace("+00:00", " UTC")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and the reason in words."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of one text that is set apart; ``note`` says why (a rule, the speaker, the outlet named).

    ``credit``: whether the mark credits all of the text, or a part of it, to the outlet ("(AP) -", a last line "PTI").
    """

    kind: MarkKind
    start: int
    end: int
    note: str
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of one text aligned with a passage of the other; ``similarity`` in [0, 1].

    A ``counterpart`` is not a passage but a sentence that the other text tells in largely different words. Raises
    ``ValueError`` if either side is empty or begins below 0.
    """

    kind: SpanKind
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    similarity: float

    def __post_init__(self) -> None:
        if not (0 <= self.a_start < self.a_end and 0 <= self.b_start < self.b_end):
            raise ValueError(f"a span must hold text on both sides: {self}")

    @property
    def close(self) -> bool:
        """Whether the span is unquoted and almost word for word the same."""
        return self.kind == "verbatim" or (self.kind == "edited" and self.similarity >= CLOSE)

    def swapped(self) -> Span:
        """The same span with its sides exchanged."""
        return Span(self.kind, self.b_start, self.b_end, self.a_start, self.a_end, self.similarity)

    def rounded(self) -> Span:
        """The same span with its similarity rounded to ``DIGITS`` decimals."""
        return Span(self.kind, self.a_start, self.a_end, self.b_start, self.b_end, _rounded(self.similarity))


@dataclass(frozen=True, slots=True)
class SharedQuotation:
    """Words that both texts quote; ``speaker`` is ``None`` if neither text names one, or not the same."""

    speaker: str | None
    a_start: int
    a_end: int
    b_start: int
    b_end: int

    def swapped(self) -> SharedQuotation:
        """The same quotation with its sides exchanged."""
        return SharedQuotation(self.speaker, self.b_start, self.b_end, self.a_start, self.a_end)


_EXCHANGED: dict[FactState, FactState] = {"shared": "shared", "changed": "changed", "a-only": "b-only", "b-only": "a-only"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A name or number and what became of it between the two texts; ``a`` and ``b`` are the forms each text uses.

    A word is a fact only if the other text has its opposite in its place.
    """

    kind: FactKind
    state: FactState
    a: str | None
    b: str | None

    def swapped(self) -> Fact:
        """The same fact with its sides exchanged."""
        return self if self.a == self.b else Fact(self.kind, _EXCHANGED[self.state], self.b, self.a)


def _rounded(value: float) -> float:
    return round(float(value), DIGITS) + 0.0  # turns -0.0 into 0.0


def _if_measured(value: float | None) -> float | None:
    return None if value is None else _rounded(value)


CITES, AGENCY, TEMPLATE, SIBLINGS, THIRD = "attribution", "agency", "template", "siblings", "third"
LIFTED, PART = "lifted", "part"
"""Evidence that is no measure: one text cites the other's outlet; what both share is an agency's; both fill in one template;
both are versions of a third text, or are tied to one; how many words of prose stand almost word for word in both; by which
part of one text the pair was judged."""

DIRECTION = "direction"
"""Evidence of how likely each of the two was made from the other, given that one was."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A named measure with a sentence that says what it means.

    ``a`` and ``b``: the value seen from each text (equal if the measure is symmetric; None if a text does not show it).
    ``contribution``: what it adds to the log-odds of derivation, relative to an average pair (``amount``: to a brief); 0 for
    evidence that is shown but not weighed.
    """

    name: str
    a: float | None
    b: float | None
    contribution: float
    sentence: str

    def rounded(self) -> Evidence:
        """The same evidence with all figures rounded to ``DIGITS`` decimals."""
        return Evidence(self.name, _if_measured(self.a), _if_measured(self.b), _rounded(self.contribution), self.sentence)

    def swapped(self) -> Evidence:
        """The same evidence with its sides exchanged."""
        return Evidence(self.name, self.b, self.a, self.contribution, self.sentence)


@dataclass(frozen=True, slots=True)
class Direction:
    """Who took from whom: article ids, the confidence in this direction, and the reasons in words."""

    source: str
    derived: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Two articles and everything found between them. ``a`` and ``b`` are ids.

    ``probability``: that one was made from the other. ``coverage_a``: share of a's own body words (without quotations and
    boilerplate) inside spans. ``jaccard`` and ``containment_a`` (share of a's shingles that b has): exact, over word
    shingles. ``cosine``: of the TF-IDF rows over the collection compared. ``order``: Kendall's tau of the spans' order, in
    [-1, 1]; ``None`` with fewer than two spans. ``longest``: words in the longest span, on its shorter side. ``direction``:
    ``None`` if the evidence does not decide. ``counterparts``: pairs of sentences outside any passage that say the same in
    other words (of kind ``counterpart``). ``new_a``: a's sentences without a counterpart in b, as character ranges.
    ``counterparts``, ``new_a`` and ``new_b`` are ``None`` if neither text took anything, from the other or from a common
    source. ``part_a``, ``part_b``: the part of a text by which the pair was judged, as character ranges; ``None`` for a text
    judged as a whole.

    In a scan for copies only, ``probability`` is the Jaccard similarity, and what was not measured is ``None``: those three,
    ``coverage_a``, ``coverage_b``, ``longest``, ``cosine`` and ``order``.
    """

    a: str
    b: str
    verdict: Verdict
    probability: float
    coverage_a: float | None
    coverage_b: float | None
    longest: int | None
    jaccard: float
    containment_a: float
    containment_b: float
    cosine: float | None
    order: float | None
    spans: tuple[Span, ...]
    quotations: tuple[SharedQuotation, ...]
    facts: tuple[Fact, ...]
    direction: Direction | None
    evidence: tuple[Evidence, ...]
    counterparts: tuple[Span, ...] | None = None
    new_a: tuple[tuple[int, int], ...] | None = None
    new_b: tuple[tuple[int, int], ...] | None = None
    part_a: tuple[tuple[int, int], ...] | None = None
    part_b: tuple[tuple[int, int], ...] | None = None

    @property
    def shares(self) -> tuple[float, float]:
        """How much of each text is in the other: the coverage or, if that was not measured, the containment."""
        a = self.containment_a if self.coverage_a is None else self.coverage_a
        b = self.containment_b if self.coverage_b is None else self.coverage_b
        return a, b

    def rounded(self) -> Match:
        """The same match with all figures rounded to ``DIGITS`` decimals."""
        return replace(
            self,
            probability=_rounded(self.probability),
            coverage_a=_if_measured(self.coverage_a),
            coverage_b=_if_measured(self.coverage_b),
            jaccard=_rounded(self.jaccard),
            containment_a=_rounded(self.containment_a),
            containment_b=_rounded(self.containment_b),
            cosine=_if_measured(self.cosine),
            order=_if_measured(self.order),
            spans=tuple(each.rounded() for each in self.spans),
            direction=self.direction and replace(self.direction, confidence=_rounded(self.direction.confidence)),
            evidence=tuple(each.rounded() for each in self.evidence),
            counterparts=self.counterparts and tuple(each.rounded() for each in self.counterparts),
        )

    def swapped(self) -> Match:
        """The same match with its sides exchanged."""
        return replace(
            self,
            a=self.b,
            b=self.a,
            coverage_a=self.coverage_b,
            coverage_b=self.coverage_a,
            containment_a=self.containment_b,
            containment_b=self.containment_a,
            spans=tuple(each.swapped() for each in self.spans),
            quotations=tuple(each.swapped() for each in self.quotations),
            facts=tuple(each.swapped() for each in self.facts),
            evidence=tuple(each.swapped() for each in self.evidence),
            counterparts=self.counterparts and tuple(each.swapped() for each in self.counterparts),
            new_a=self.new_b,
            new_b=self.new_a,
            part_a=self.part_b,
            part_b=self.part_a,
        )


NESTED = frozenset(
    ("spans", "quotations", "facts", "direction", "evidence", "counterparts", "new_a", "new_b", "part_a", "part_b")
)
"""Fields of a match that do not fit in a CSV cell."""

COLUMNS = tuple(each.name for each in fields(Match) if each.name not in NESTED)
"""The fields of a match in our CSV, its first columns."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie within a family: two members, the probability that one was made from the other, and the source if known."""

    a: str
    b: str
    probability: float
    source: str | None


@dataclass(frozen=True, slots=True)
class Family:
    """Articles tied by derivation.

    ``origin``: the member that most others lead back to, ``None`` if undetermined. ``weakest``: the lowest probability
    among the ties that hold the family together. ``loosest``: the smallest similarity of any two members, where the
    similarity of a pair is the larger of its coverages (containments in a scan for copies only); 0 if two members have
    no match, be it that they share too little or that they were not compared, as not all copies in a large group are.
    ``bridges``: members with a tie out of the family, through which it could merge with strangers.
    """

    members: tuple[str, ...]
    origin: str | None
    edges: tuple[Edge, ...]
    weakest: float
    loosest: float = 0.0
    bridges: tuple[str, ...] = ()


def leading_back(members: Iterable[str], edges: Iterable[Edge]) -> dict[str, set[str]]:
    """The members that took from nobody, each with all members that lead back to it over directed ties."""
    took: dict[str, set[str]] = {member: set() for member in members}
    for edge in edges:
        if edge.source:
            took[edge.b if edge.source == edge.a else edge.a].add(edge.source)
    led: dict[str, set[str]] = {member: set() for member in took if not took[member]}
    for member in took:
        for first in _before(member, took) & led.keys():
            led[first].add(member)
    return led


def _before(member: str, took: Mapping[str, set[str]]) -> set[str]:
    """Every member that a member took from, directly or indirectly."""
    found: set[str] = set()
    open_ends = [member]
    while open_ends:
        new = took[open_ends.pop()] - found
        found |= new
        open_ends += new
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """What a report keeps of an article.

    ``words``, ``body_words``, ``marks`` and ``text`` are known only for articles that a match shows.
    """

    id: str
    title: str | None
    source: str | None
    author: str | None
    published: str | None
    url: str | None
    path: str | None
    guessed: tuple[str, ...]
    sha256: str
    """Of the text in UTF-8."""
    characters: int
    words: int | None
    body_words: int | None
    marks: tuple[Mark, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """A scan's result, with the settings that produced it. Two runs differ only in ``seconds``.

    ``near_duplicates_only``: only copies were sought, so nothing is known of passages, direction or rewrites. ``against``:
    so many articles, the first, were compared with the others, an archive, and not with each other; ``None`` if all were
    compared with each other. ``articles`` and ``matches`` are tuples or, after a large scan, sequences that rebuild each
    item on access.
    """

    version: str
    settings: Settings
    near_duplicates_only: bool = field(default=False, kw_only=True)
    against: int | None = field(default=None, kw_only=True)
    articles: Sequence[ArticleSummary]
    matches: Sequence[Match]
    families: tuple[Family, ...]
    skipped: tuple[Skipped, ...]
    seconds: float
