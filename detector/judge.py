"""Spans and scores -> verdict, probability and direction, each with its evidence.

The probability is a logistic regression over a few named measures, each seen from both texts; its coefficients are in
``judge.json``, written by ``benchmarks/fit_judge.py`` with the digests of the data it was fitted on. Quoted words count
nowhere in it: two reporters at one press conference share their quotations. What it leans on is that a rewrite keeps its
source's names, content and order sentence by sentence, while two reporters each have their own.

Who took from whom is a second, antisymmetric regression over the differences of the same measures (a derived text holds a
part of its source, seldom the other way round), joined with attribution and dates; under ``SURE`` it stays undetermined.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from . import kernels
from .model import (
    DERIVATIVE,
    Alignment,
    Direction,
    Document,
    Evidence,
    Fact,
    FactKind,
    Match,
    Scores,
    Settings,
    Verdict,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKELY = 0.5  # probability from which one text is called derived; the fit puts two false alarms in a hundred there
REWRITE_COVERAGE = 0.3  # coverage of the derived text from which all of it, not some passages, was taken
LIFTED_SIMILARITY = 0.85  # of an edited span from which it is "almost word for word"
LIFTED_WORDS = 40  # words of unquoted prose kept almost as they were, from which passages were taken
LEAST_WORDS = 50  # of two shorter texts without a passage in common nothing can be told
EVENT = 0.5  # probability, by the event model, from which two texts tell of the same event
SURE = 0.85  # confidence from which a direction is given
EVEN = 0.6  # confidence up to which the evidence leans to neither
COUNTERPART = 0.3  # cosine from which a sentence counts as having a counterpart, for the order of counterparts
NEWS = 0.2  # cosine under which a sentence says something that the other text does not
LEAST_COUNTERPARTS = 5  # any few sentences are in order by chance
LEAST_NAMES = 3  # fewer names in a text say nothing about whose they are
SHINGLE = 5

ATTRIBUTION_LOG_ODDS = 2.5  # a text that cites the other's outlet was made from it: about 12 to 1
DATE_LOG_ODDS = 6.0  # the earlier was first; wrong only where a date is wrong or marks an update
MOST_TEXT_LOG_ODDS = 3.0  # a short first report and a later full one look like a cut and its source: 20 to 1 at most

# Agencies whose copy many outlets carry; a shared one speaks for a common source.
_AGENCIES = frozenset(
    {
        "ap", "associated press", "reuters", "afp", "agence france-presse", "pa", "pa media", "press association", "dpa",
        "upi", "tass", "interfax", "xinhua", "kyodo", "yonhap", "efe", "ansa", "app", "pti", "ani", "aap", "anadolu",
        "ukrinform", "ria novosti",
    }
)  # fmt: skip

_CREDIT = re.compile(r"^\(|contributed|eporting|iles |aterial|opy ")

Measures = dict[str, tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic regression: for each input its mean, scale and weight. A missing input counts as average."""

    intercept: float
    inputs: Mapping[str, tuple[float, float, float]]

    def contributions(self, values: Mapping[str, float | None]) -> dict[str, float]:
        """What each input adds to the log-odds."""
        return {
            name: 0.0 if (value := values.get(name)) is None else weight * (value - mean) / scale
            for name, (mean, scale, weight) in self.inputs.items()
        }

    def log_odds(self, values: Mapping[str, float | None]) -> float:
        """The log-odds of the case with these inputs."""
        return self.intercept + sum(self.contributions(values).values())


@cache
def _model(name: str) -> LinearModel:
    stored = json.loads(files("detector").joinpath("judge.json").read_text(encoding="utf-8"))[name]
    return LinearModel(
        stored["intercept"],
        {each: (at["mean"], at["scale"], at["weight"]) for each, at in stored["inputs"].items()},
    )


def probability(log_odds: float) -> float:
    """The logistic function, safe for any size of argument."""
    return 1 / (1 + math.exp(-log_odds)) if log_odds > -700 else 0.0


# ------------------------------------------------------------------------------------------------------------ measures


def _own(document: Document) -> NDArray[np.bool_]:
    """(n,) bool: words of the text's own prose, without boilerplate and quotations."""
    return document.body & (document.quoted < 0)


def _share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
    return float((part & whole).sum() / whole.sum()) if whole.any() else 0.0


def _mean(values: NDArray[Any], weights: NDArray[np.float64]) -> float | None:
    """The weighted mean, None where nothing weighs."""
    return float((values * weights).sum() / weights.sum()) if weights.sum() > 0 else None


def _kept(terms: NDArray[np.uint64], other: NDArray[np.uint64], least: int, prior: int) -> float | None:
    """Share of distinct terms that the other text has; a ``prior`` of 1 draws small numbers to the middle (Laplace)."""
    distinct = np.unique(terms)
    if len(distinct) < least:
        return None
    return float((np.isin(distinct, other).sum() + prior) / (len(distinct) + 2 * prior))


def kept(a: Document, b: Document, *, prior: int) -> Measures:
    """How much of each text's names, numbers and other words the other text has anywhere in its body."""
    stems = a.stems[a.body], b.stems[b.body]

    def both(words_a: NDArray[np.bool_], words_b: NDArray[np.bool_], least: int) -> tuple[float | None, float | None]:
        return _kept(a.stems[words_a], stems[1], least, prior), _kept(b.stems[words_b], stems[0], least, prior)

    own_a, own_b = _own(a), _own(b)
    names = both(a.names & a.body, b.names & b.body, LEAST_NAMES)
    return {
        "facts": both((a.names | a.numbers) & own_a, (b.names | b.numbers) & own_b, LEAST_NAMES),
        "names": names if None not in names else (None, None),  # one script with capitals, one without
        "numbers": both(a.numbers & a.body, b.numbers & b.body, 1),
        "vocabulary": both(own_a & ~a.names & ~a.numbers, own_b & ~b.names & ~b.numbers, 1),
    }


def _order(best: NDArray[np.float64], place: NDArray[np.int64], speech: NDArray[np.bool_]) -> float | None:
    """Kendall's tau of the counterparts' places, None where they are too few to have an order."""
    places = place[(best >= COUNTERPART) & ~speech]
    tau = kernels.concordance(places) if len(places) >= LEAST_COUNTERPARTS else math.nan
    return None if math.isnan(tau) else float(tau)


def measure(a: Document, b: Document, alignment: Alignment) -> Measures:
    """The named measures of a pair, each seen from ``a`` and from ``b``; None where a text does not show it."""
    own_a, own_b = _own(a), _own(b)
    prose_a, prose_b = ~alignment.speech_a, ~alignment.speech_b
    weight_a, weight_b = alignment.weight_a * prose_a, alignment.weight_b * prose_b
    grams_a, grams_b = (np.unique(kernels.shingles(each.keys, own, SHINGLE)) for each, own in ((a, own_a), (b, own_b)))
    shared = len(np.intersect1d(grams_a, grams_b, assume_unique=True))
    return {
        "coverage": (
            _share(alignment.covered_a, own_a) if own_a.any() else None,
            _share(alignment.covered_b, own_b) if own_b.any() else None,
        ),
        "counterparts": (_mean(alignment.best_a, weight_a), _mean(alignment.best_b, weight_b)),
        "inside": (_mean(alignment.inside_a, weight_a), _mean(alignment.inside_b, weight_b)),
        "order": (
            _order(alignment.best_a, alignment.place_a, alignment.speech_a),
            _order(alignment.best_b, alignment.place_b, alignment.speech_b),
        ),
        "new": (_mean(alignment.best_a < NEWS, weight_a), _mean(alignment.best_b < NEWS, weight_b)),
        **kept(a, b, prior=1),
        "runs": (shared / max(len(grams_a), 1), shared / max(len(grams_b), 1)),
    }


def inputs(measures: Measures) -> dict[str, float | None]:
    """What the symmetric models see of the measures: ``name+`` the larger of the two sides, ``name-`` the smaller."""
    result: dict[str, float | None] = {}
    for name, sides in measures.items():
        known = [each for each in sides if each is not None]
        result[f"{name}+"] = max(known) if known else None
        result[f"{name}-"] = min(known) if known else None
    return result


def differences(measures: Measures) -> dict[str, float | None]:
    """What the direction model sees: each measure of ``a`` less that of ``b``; large where ``a`` is the derived one."""
    return {name: None if x is None or y is None else x - y for name, (x, y) in measures.items()}


# --------------------------------------------------------------------------------------------------------------- facts


def _phrases(document: Document, wanted: NDArray[np.bool_]) -> dict[tuple[int, ...], str]:
    """Distinct names or numbers of a body: neighbouring flagged words are one phrase; keyed by their word hashes."""
    found: dict[tuple[int, ...], str] = {}
    flagged = np.flatnonzero(wanted & document.body)
    text, start, end = document.article.text, document.start, document.end
    together = np.array([text[end[at - 1] : start[at]] in (" ", "-") for at in flagged], np.bool_)
    together[1:] &= np.diff(flagged) == 1
    together[:1] = False
    for run in np.split(flagged, np.flatnonzero(~together)[1:]) if len(flagged) else ():
        phrase = document.slice(int(run[0]), int(run[-1]) + 1)
        found.setdefault(tuple(document.stems[run].tolist()), re.sub(r"['’]s?$", "", phrase))
    return found


def _runs_of(document: Document, keys: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], str]:
    """Which of the keys stand as a run of words in a document's body, and how it writes them there."""
    wanted = set(keys)
    words = np.flatnonzero(document.body).tolist()
    stems = document.stems[document.body].tolist()
    found: dict[tuple[int, ...], str] = {}
    for size in {len(key) for key in wanted}:
        for at in range(len(stems) - size + 1):
            key = tuple(stems[at : at + size])
            if key in wanted and key not in found:
                phrase = document.slice(words[at], words[at + size - 1] + 1)
                found[key] = re.sub(r"['’]s?$", "", phrase)
    return found


def _facts(a: Document, b: Document, alignment: Alignment) -> tuple[Fact, ...]:
    """Names and numbers that both texts have, that only one has, and numbers that differ within one shared passage.

    A name is in the other text where its words stand there in a row, or its last word by itself (Kirby for John Kirby).
    """
    facts: list[Fact] = []
    kinds: tuple[tuple[FactKind, NDArray[np.bool_], NDArray[np.bool_]], ...] = (
        ("name", a.names, b.names),
        ("number", a.numbers, b.numbers),
    )
    for kind, flags_a, flags_b in kinds:
        phrases_a, phrases_b = _phrases(a, flags_a), _phrases(b, flags_b)
        in_b, in_a = _runs_of(b, phrases_a), _runs_of(a, phrases_b)
        only_a = {key: phrase for key, phrase in phrases_a.items() if key not in in_b and key[-1:] not in phrases_b}
        only_b = {key: phrase for key, phrase in phrases_b.items() if key not in in_a and key[-1:] not in phrases_a}
        shared = (key for key in phrases_a if key not in only_a)
        facts += [
            Fact(kind, "shared", phrases_a[key], in_b.get(key) or phrases_b.get(key[-1:], phrases_a[key])) for key in shared
        ]
        if kind == "number":
            for key_a, key_b in _changed(a, b, alignment, set(only_a), set(only_b)):
                facts.append(Fact(kind, "changed", only_a.pop(key_a), only_b.pop(key_b)))
        facts += [Fact(kind, "a-only", phrase, None) for phrase in only_a.values()]
        facts += [Fact(kind, "b-only", None, phrase) for phrase in only_b.values()]
    return tuple(facts)


def _changed(
    a: Document, b: Document, alignment: Alignment, only_a: set[tuple[int, ...]], only_b: set[tuple[int, ...]]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Numbers of which each side of a span has just one that the other text lacks: one was put for the other."""
    pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for span in alignment.spans:
        sides: list[list[tuple[int, ...]]] = []
        for document, only, (start, end) in (
            (a, only_a, (span.a_start, span.a_end)),
            (b, only_b, (span.b_start, span.b_end)),
        ):
            words = slice(*np.searchsorted(document.start, (start, end)))
            stems = document.stems[words][document.numbers[words]].tolist()
            sides.append([(stem,) for stem in dict.fromkeys(stems) if (stem,) in only])
        if len(sides[0]) == len(sides[1]) == 1:
            only_a.discard(sides[0][0])
            only_b.discard(sides[1][0])
            pairs.append((sides[0][0], sides[1][0]))
    return pairs


# --------------------------------------------------------------------------------------------------- outlets and dates


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip(" .")


def _outlets(document: Document) -> set[str]:
    """The outlet of a document: as given, else that of its dateline. "(AP)" over another outlet's story is a credit."""
    if document.article.source:
        return {_plain(document.article.source)}
    lines = [(mark.start, mark.end) for mark in document.boilerplate if mark.note == "dateline"]
    return {
        _plain(mark.note)
        for mark in document.attributions
        if any(start <= mark.start < end for start, end in lines)
    }


def _citation(document: Document, other: Document) -> str | None:
    """How a document cites the other's outlet (``CNN ("told CNN")``), None if it does not or the outlet is its own."""
    theirs = _outlets(other) - _outlets(document)
    for mark in document.attributions:
        if _plain(mark.note) in theirs:
            return f"{mark.note} (“{document.article.text[mark.start : mark.end]}”)"
    return None


def _credits(document: Document) -> set[str]:
    """Agencies that a document credits for itself: "(AP) -", "Reuters contributed to this", not "Reuters reported"."""
    return {
        _plain(mark.note)
        for mark in document.attributions
        if _CREDIT.search(document.article.text[mark.start : mark.end])
    } & _AGENCIES


def _agencies(a: Document, b: Document) -> set[str]:
    """Agencies that both documents credit, neither being the agency's own nor citing the other."""
    if _citation(a, b) or _citation(b, a):
        return set()
    given = {_plain(each.article.source) for each in (a, b) if each.article.source}
    return (_credits(a) & _credits(b)) - given


def _moment(published: str | None) -> datetime | None:
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _earlier(a: Document, b: Document) -> int:
    """-1 if ``a`` was published first, 1 if ``b``, 0 if that is not known; a date without a time settles only days."""
    first, second = _moment(a.article.published), _moment(b.article.published)
    if first is None or second is None:
        return 0
    if "T" not in (a.article.published or "") or "T" not in (b.article.published or ""):
        return (first.date() > second.date()) - (first.date() < second.date())
    return (first > second) - (first < second)


# ------------------------------------------------------------------------------------------------------------- verdict

_DIRECTION_REASONS = {
    "names": "{source} has {x} of the names in {derived}; {derived} has {y} of those in {source}.",
    "numbers": "{source} has {x} of the numbers in {derived}; {derived} has {y} of those in {source}.",
}
_REASON_LOG_ODDS = 0.2  # smaller contributions are not worth a sentence


def _percent(share: float | None) -> str:
    """A share for people; 0 % and 100 % mean none and all."""
    if share is None:
        return "–"
    return f"{round(100 * share) if share <= 0 or share >= 1 else min(99, max(1, round(100 * share)))} %"


def _direction(a: Document, b: Document, measures: Measures, shown: Measures) -> tuple[Direction | None, str]:
    """Who took from whom, or None; and a sentence on how that was decided."""
    parts = _model("direction").contributions(differences(measures))
    log_odds = sum(parts.values())  # above 0: a is derived
    log_odds = min(max(log_odds, -MOST_TEXT_LOG_ODDS), MOST_TEXT_LOG_ODDS)
    reasons: list[tuple[float, str, bool]] = []
    for sign, derived, source in ((1, a, b), (-1, b, a)):
        phrase = _citation(derived, source)
        if phrase:
            log_odds += sign * ATTRIBUTION_LOG_ODDS
            sentence = f"{derived.article.id} cites {phrase}, the outlet of {source.article.id}."
            reasons.append((ATTRIBUTION_LOG_ODDS, sentence, sign > 0))
    earlier = _earlier(a, b)
    if earlier:
        log_odds += earlier * DATE_LOG_ODDS
        first, second = (a, b) if earlier < 0 else (b, a)
        sentence = (
            f"{first.article.id} was published first ({first.article.published}; "
            f"{second.article.id}: {second.article.published})."
        )
        reasons.append((DATE_LOG_ODDS, sentence, earlier > 0))
    confidence = probability(abs(log_odds))
    derived, source = (a, b) if log_odds > 0 else (b, a)
    if confidence < SURE:
        if confidence < EVEN:
            return None, "Who took from whom is undetermined: nothing in the texts or dates speaks for either."
        leaning = f"that {derived.article.id} was made from {source.article.id}"
        return None, (
            f"Who took from whom is undetermined: it looks more likely {leaning} ({_percent(confidence)}), "
            f"but less than {_percent(SURE)} is not taken for an answer."
        )
    for name, part in parts.items():
        if abs(part) >= _REASON_LOG_ODDS:
            x, y = shown[name] if log_odds > 0 else shown[name][::-1]
            sentence = _DIRECTION_REASONS[name].format(
                derived=derived.article.id, source=source.article.id, x=_percent(x), y=_percent(y)
            )
            reasons.append((abs(part), sentence, part > 0))
    told = tuple(
        sentence if for_a == (log_odds > 0) else f"Against it: {sentence}"
        for _, sentence, for_a in sorted(reasons, key=lambda each: -each[0])
    )
    decided = f"{derived.article.id} was made from {source.article.id}, not the reverse ({_percent(confidence)} sure)."
    return Direction(source.article.id, derived.article.id, confidence, told), decided


def _lifted(a: Document, b: Document, alignment: Alignment) -> int:
    """Words of unquoted prose that both texts have almost word for word (the smaller side of each span)."""
    total = 0
    for span in alignment.spans:
        if span.kind == "verbatim" or (span.kind == "edited" and span.similarity >= LIFTED_SIMILARITY):
            sizes = []
            for document, start, end in ((a, span.a_start, span.a_end), (b, span.b_start, span.b_end)):
                words = slice(*np.searchsorted(document.start, (start, end)))
                sizes.append(int((document.quoted[words] < 0).sum()))
            total += min(sizes)
    return total


def _verdict(
    a: Document,
    b: Document,
    alignment: Alignment,
    scores: Scores,
    settings: Settings,
    likely: float,
    event: float,
    lifted: int,
    direction: Direction | None,
) -> Verdict:
    body_a, body_b = a.keys[a.body], b.keys[b.body]
    if len(body_a) and np.array_equal(body_a, body_b):
        return "duplicate"
    if scores.jaccard >= settings.threshold:
        return "near-duplicate"
    agencies = bool(_agencies(a, b))
    if agencies and (likely >= LIKELY or lifted):
        return "common-source"
    if likely >= LIKELY:
        covered = _share(alignment.covered_a, _own(a)), _share(alignment.covered_b, _own(b))
        taken = covered[direction.derived == b.article.id] if direction else max(covered)
        return "rewrite" if taken >= REWRITE_COVERAGE else "partial"
    if lifted >= LIFTED_WORDS:
        return "partial"
    if alignment.quotations or (event >= EVENT and (alignment.spans or min(len(body_a), len(body_b)) >= LEAST_WORDS)):
        return "same-event"
    return "unrelated"


def _evidence(
    a: Document,
    b: Document,
    alignment: Alignment,
    scores: Scores,
    measures: Measures,
    shown: Measures,
    lifted: int,
) -> list[Evidence]:
    """Every measure as a number for each side, its part in the probability, and a sentence."""
    one, two = a.article.id, b.article.id
    parts = _model("derivation").contributions(inputs(measures))
    sentences = {
        "coverage": f"Shared passages cover {{x}} of {one}'s own words and {{y}} of {two}'s (quotations apart).",
        "counterparts": f"Sentences resemble their best counterpart by {{x}} from {one} to {two}, {{y}} the other way.",
        "inside": f"Two neighbouring sentences of {two} hold {{x}} of what a sentence of {one} says; {{y}} the other way.",
        "order": f"The counterparts come in the same order to {{x}} along {one} and {{y}} along {two} (−100 %: reversed).",
        "facts": f"{two} has {{x}} of the names and numbers of {one}'s own prose; {one} has {{y}} of those of {two}.",
        "new": f"{{x}} of what {one} says has no counterpart in {two}; {{y}} the other way.",
        "names": f"{two} has {{x}} of the names in {one}; {one} has {{y}} of those in {two}.",
        "numbers": f"{two} has {{x}} of the numbers in {one}; {one} has {{y}} of those in {two}.",
        "vocabulary": f"{two} has {{x}} of the other words of {one}; {one} has {{y}} of those of {two}.",
        "runs": f"{{x}} of the five-word runs in {one}'s own prose stand in {two}; {{y}} the other way.",
    }
    result = [
        Evidence(
            name,
            x,
            y,
            parts.get(f"{name}+", 0.0) + parts.get(f"{name}-", 0.0),
            sentences[name].format(x=_percent(x), y=_percent(y)),
        )
        for name, (x, y) in shown.items()
        if x is not None or y is not None
    ]
    result.sort(key=lambda each: -abs(each.contribution))
    if alignment.spans:
        said = f"The longest passage that runs through both texts has {alignment.longest} words."
        result.append(Evidence("longest", alignment.longest, alignment.longest, 0.0, said))
        said = f"{lifted} words of unquoted prose stand almost word for word in both."
        result.append(Evidence("lifted", lifted, lifted, 0.0, said))
    for shared in alignment.quotations:
        quoted = a.article.text[shared.a_start : shared.a_end]
        words = len(quoted.split())
        said = f"Both quote {shared.speaker or 'the same words'}: “{quoted}”. That alone speaks for a common event."
        other_words = len(b.article.text[shared.b_start : shared.b_end].split())
        result.append(Evidence("quotation", words, other_words, 0.0, said))
    for each, other in ((a, b), (b, a)):
        phrase = _citation(each, other)
        if phrase:
            said = f"{each.article.id} cites {phrase}, the outlet of {other.article.id}."
            result.append(Evidence("attribution", float(each is a), float(each is b), 0.0, said))
    for agency in sorted(_agencies(a, b)):
        name = next(mark.note for mark in a.attributions if _plain(mark.note) == agency)
        result.append(Evidence("agency", 1.0, 1.0, 0.0, f"Both credit {name}, which speaks for a common source."))
    said = f"Of all five-word runs, {_percent(scores.jaccard)} are common to both (Jaccard)."
    result.append(Evidence("jaccard", scores.jaccard, scores.jaccard, 0.0, said))
    return result


def copies(a: str, b: str, jaccard: float, containment_a: float, containment_b: float, same: bool) -> Match:
    """The match of two articles, by id, that are near-duplicates, told by their shingles alone; ``same``: one body.

    What no alignment measured stays empty; coverage is that of shingles, quotations and all.
    """
    said = f"Of all runs of words, {_percent(jaccard)} are common to both (Jaccard)."
    return Match(
        a=a,
        b=b,
        verdict="duplicate" if same else "near-duplicate",
        probability=jaccard,
        coverage_a=containment_a,
        coverage_b=containment_b,
        longest=0,
        jaccard=jaccard,
        containment_a=containment_a,
        containment_b=containment_b,
        cosine=0.0,
        order=None,
        spans=(),
        quotations=(),
        facts=(),
        direction=None,
        evidence=(
            Evidence("jaccard", jaccard, jaccard, 0.0, said),
            Evidence("direction", None, None, 0.0, "Who took from whom was not asked: only near-duplicates were."),
        ),
    )


def judge(
    a: Document, b: Document, alignment: Alignment, scores: Scores, settings: Settings, *, brief: bool = False
) -> Match:
    """Weigh everything found between two documents; ``brief`` leaves out what is said of unrelated ones."""
    measures = measure(a, b, alignment)
    seen = inputs(measures)
    likely = probability(_model("derivation").log_odds(seen))
    event = probability(_model("event").log_odds(seen))
    lifted = _lifted(a, b, alignment)
    shown = measures | kept(a, b, prior=0)
    direction, said = _direction(a, b, measures, shown)
    verdict = _verdict(a, b, alignment, scores, settings, likely, event, lifted, direction)
    untold = brief and verdict == "unrelated"
    evidence = [] if untold else _evidence(a, b, alignment, scores, measures, shown, lifted)
    if verdict == "partial":
        likely = max(likely, LIKELY)  # as likely as not: the passages may come from a third text
    if verdict in ("duplicate", "near-duplicate"):
        likely = max(likely, scores.jaccard)
    if verdict not in DERIVATIVE:
        direction = None
    else:
        sure = direction.confidence if direction else 0.5
        sides = (sure, 1 - sure) if direction and direction.derived == a.article.id else (1 - sure, sure)
        evidence.append(Evidence("direction", *sides, 0.0, said))
    return Match(
        a=a.article.id,
        b=b.article.id,
        verdict=verdict,
        probability=likely,
        coverage_a=measures["coverage"][0] or 0.0,
        coverage_b=measures["coverage"][1] or 0.0,
        longest=alignment.longest,
        jaccard=scores.jaccard,
        containment_a=scores.containment_a,
        containment_b=scores.containment_b,
        cosine=scores.cosine,
        order=alignment.order,
        spans=alignment.spans,
        quotations=alignment.quotations,
        facts=() if untold else _facts(a, b, alignment),
        direction=direction,
        evidence=tuple(evidence),
    )
