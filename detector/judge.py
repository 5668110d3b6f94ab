"""Measures and spans -> verdict, probability and direction, each with its evidence.

A pair is read both ways. One logistic regression gives the probability that the first text was made from the second, and
that the second was made from the first; the probability of the pair is the larger. This keeps the measures of the
supposedly derived text together: one and the same text must have its source's names, its content and no quotations of its
own. The coefficients are in ``judge.json``, written by ``benchmarks/fit_judge.py`` with the digests of the data they were
fitted on.

A second, antisymmetric regression decides who took from whom, over the differences of the same measures (a derived text
contains a part of its source, seldom the reverse), combined with attribution, agency credits and dates. Below ``SURE``, the
direction stays undetermined.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from . import align
from .document import Alignment, Document, Scores, signs
from .figures import percent
from .judging import evidence, facts, measures
from .judging.counterparts import counterparts
from .judging.measures import Measures
from .judging.part import JudgedPart, following, of_whole_paragraphs
from .model import (
    DERIVATIVE,
    DIRECTION,
    EITHER,
    INDEPENDENT,
    LIKELY,
    PART,
    TEMPLATE,
    Direction,
    Evidence,
    Fact,
    Match,
    Settings,
    Verdict,
    date,
)

REWRITE_SHARE = 0.6  # share of the derived text with its like in the source from which all of it was taken, see below
LIFTED_WORDS = 40  # words of unquoted prose kept almost unchanged from which passages count as taken
SHORT_WORDS = 30  # below this, a template (a dividend, a bond issue) makes texts as similar as a rewrite would; the
SHORT_LOG_ODDS = -0.4  # shortest labelled rewrite has 45. A pair that short, if no copy, has at most these log-odds: .4
FAR_LOG_ODDS = -9.5  # below which no part is sought: hardly any text put together from two says less of its source
PART_LOG_ODDS = -2.5  # of a part against a whole text, for it was chosen for its likeness: .95 for a part makes .6
PARAGRAPHS_LOG_ODDS = -1.8  # the same of paragraphs in a row, as items of a roundup are, which chance seldom cuts out: .91
TEMPLATE_LOG_ODDS = -1.4  # at most, for two texts that fill in one template: .2
LEAST_WORDS = 50  # if either text is shorter and they share no passage, nothing can be concluded
CONTAINED = 0.8  # share of one text's runs of words in the other from which it is that text, cut or lengthened
EVENT = 0.5  # probability, by the event model, from which two texts are about the same event
MAYBE_EVENT = 0.1  # the same, if both quote the same few words; from ``TELLING_WORDS`` on, a quotation tells by itself
TELLING_WORDS = 10
AGREEING = 2  # words that must be the same around two figures told otherwise, where neither text is derived
ONE_EVENT = 0.4  # share of one report's names and numbers in the other below which independent ones differ in their news
SURE = 0.85  # confidence from which a direction is given
EVEN = 0.6  # confidence below which the evidence favours neither

# Rewrites and simplified articles are whole; mixed with twice or just as much of another writer's article, they are partial.
# The share reaches REWRITE_SHARE in .995 of ChatGPT's rewrites, also with their sentences in another order, and in 0 and
# .009 of the mixed ones; with names and numbers in order (from .55), in .96, .89, 0 and .009. Of simplified articles, which
# keep more: .98, .98, .25 and .26. Of stories that ``counter`` calls wholly and partially derived: .86, .34.

ATTRIBUTION_LOG_ODDS = 2.5  # a text that cites the other's outlet was made from it: about 12 to 1
CREDIT_LOG_ODDS = 2.5  # a text without the agency's name was made from the one with it, as in .98 of ``counter``
DATE_LOG_ODDS = 6.0  # the earlier was first; wrong only if a date is wrong or marks an update
MOST_TEXT_LOG_ODDS = 3.0  # limit for what both texts say: 20 to 1
LEFT_OUT_LOG_ODDS = 1.0  # what only one text says was more likely left out by the other than added; this decides nothing
# by itself: a cut version and its source look like a short first report and a later full one
REASON_LOG_ODDS = 0.2  # smaller contributions get no sentence


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic regression: the mean, scale and weight of each input. A missing input counts as average."""

    intercept: float
    inputs: Mapping[str, tuple[float, float, float]]

    def contributions(self, values: Mapping[str, float | None]) -> dict[str, float]:
        """Return what each input adds to the log-odds."""
        return {
            name: 0.0 if (value := values.get(name)) is None else weight * (value - mean) / scale
            for name, (mean, scale, weight) in self.inputs.items()
        }

    def log_odds(self, values: Mapping[str, float | None]) -> float:
        """Return the log-odds for these inputs."""
        return self.intercept + sum(self.contributions(values).values())


@cache
def _model(name: str) -> LinearModel:
    stored = json.loads(files("detector").joinpath("judge.json").read_text(encoding="utf-8"))[name]
    return LinearModel(
        stored["intercept"],
        {each: (at["mean"], at["scale"], at["weight"]) for each, at in stored["inputs"].items()},
    )


def probability(log_odds: float) -> float:
    """Return the logistic function, safe for arguments of any size."""
    return 1 / (1 + math.exp(-log_odds)) if log_odds > -700 else 0.0


# ----------------------------------------------------------------------------------------------------------- direction


def leaning(model: LinearModel, seen: Measures) -> tuple[float, dict[str, float]]:
    """Return the log-odds, by the texts alone, that the first was made from the second, and what each measure adds."""
    differences = measures.differences(seen)
    parts = model.contributions(differences)
    of_both = min(max(sum(parts.values()), -MOST_TEXT_LOG_ODDS), MOST_TEXT_LOG_ODDS)
    parts["inside"] = LEFT_OUT_LOG_ODDS * min(max(differences["inside"] or 0.0, -1.0), 1.0)
    return of_both + parts["inside"], parts


def _direction(
    a: Document, b: Document, seen: Measures, shown: Measures, lost: tuple[list[str], list[str]], *, contained: bool = False
) -> tuple[Direction | None, float, str]:
    """Return who took from whom, or None; the probability that ``a`` took from ``b``; and a sentence on the decision.

    ``seen``: all measures, on the scales of the regressions; ``shown``: as counted; ``lost``: the names and numbers of each
    text that the other lacks where it says the same; ``contained``: one text stands in the other.
    """
    one, two = a.article.id, b.article.id
    log_odds, parts = leaning(_model("direction"), seen)  # above 0: a is derived
    reasons = []
    for name, part in parts.items():
        if abs(part) >= REASON_LOG_ODDS:
            (x, y), from_b = shown[name], part > 0
            if percent(x) == percent(y):  # a difference that nobody sees is no reason
                continue
            source, derived, sides = (two, one, (y, x)) if from_b else (one, two, (x, y))
            reasons.append((abs(part), evidence.reason(name, source, derived, sides, lost[from_b]), from_b))
    for sign, taker, giver in ((1, a, b), (-1, b, a)):
        for sentence, weight in (
            (evidence.citation(taker, giver), ATTRIBUTION_LOG_ODDS),
            (evidence.uncredited(taker, giver), CREDIT_LOG_ODDS),
        ):
            if sentence:
                log_odds += sign * weight
                reasons.append((weight, sentence, sign > 0))
    earlier = evidence.earlier(a, b)
    if earlier:
        log_odds += earlier * DATE_LOG_ODDS
        first, second = (a, b) if earlier < 0 else (b, a)
        sentence = (
            f"{first.article.id} was published first ({date(first.article.published)}; "
            f"{second.article.id}: {date(second.article.published)})."
        )
        reasons.append((DATE_LOG_ODDS, sentence, earlier > 0))
    confidence, taken = probability(abs(log_odds)), probability(log_odds)
    made, source_id = (one, two) if log_odds > 0 else (two, one)
    if confidence < SURE:
        said = "one stands in the other, cut from it or lengthened." if contained else "the texts speak for neither."
        if confidence >= EVEN:
            said = (
                f"that {made} was made from {source_id} is the likelier ({percent(confidence)}), but a source is "
                f"named only from {percent(SURE)} on."
            )
        return None, taken, f"Who took from whom is undetermined: {said}{evidence.dates_missing(a, b)}"
    told = tuple(
        sentence if for_a == (log_odds > 0) else f"Against it: {sentence}"
        for _, sentence, for_a in sorted(reasons, key=lambda each: -each[0])
    )
    decided = f"If one was made from the other, {made} was made from {source_id} ({percent(confidence)} sure)."
    return Direction(source_id, made, confidence, told), taken, decided


# ------------------------------------------------------------------------------------------------------------- verdict


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What the regressions say of a pair: log-odds of derivation and what each measure adds, probability of one event.

    ``part``: by which part of a text, if not by all of it.
    """

    log_odds: float
    event: float
    added: Mapping[str, float]
    part: JudgedPart | None = None

    @property
    def likely(self) -> float:
        """The probability of derivation."""
        return probability(self.log_odds)


def derivation(model: LinearModel, seen: Measures) -> tuple[float, int]:
    """Return the log-odds that one text was made from the other, and which side (0 or 1) would be the derived one."""
    odds = [model.log_odds(measures.reading(seen, side)) for side in (0, 1)]
    return max(odds), int(odds[1] > odds[0])


def _weigh(seen: Measures, words: int, template: bool) -> _Weighed:
    """``words``: of the shorter body, without quotations; ``template``: whether both fill in one."""
    model = _model("derivation")
    log_odds, side = derivation(model, seen)
    both = model.contributions(measures.reading(seen, side))
    parts = {name: both.get(name, 0.0) + both.get(f"{name}-back", 0.0) for name in seen}
    if words < SHORT_WORDS and log_odds > SHORT_LOG_ODDS:
        parts["short"] = SHORT_LOG_ODDS - log_odds
        log_odds = SHORT_LOG_ODDS
    if template:
        parts[TEMPLATE] = min(TEMPLATE_LOG_ODDS - log_odds, 0.0)
        log_odds += parts[TEMPLATE]
    event = probability(_model("event").log_odds(measures.extremes(seen)))
    return _Weighed(log_odds, event, parts)


def _by_part(a: Document, b: Document, alignment: Alignment, whole: _Weighed) -> _Weighed:
    """Judge by a part of either text, if that says more than both as a whole, as of one put together from several.

    A part that would leave the texts independent says nothing.
    """
    found = whole
    for side, chosen in enumerate(following(a, b, alignment)):
        if chosen is None:
            continue
        pair = (chosen, b) if side == 0 else (a, chosen)
        seen, counted = measures.measure(*pair, align.followed(*pair))
        chance = PARAGRAPHS_LOG_ODDS if of_whole_paragraphs(chosen) else PART_LOG_ODDS
        log_odds = derivation(_model("derivation"), measures.weighed(seen))[0] + chance
        better = log_odds > found.log_odds and probability(log_odds) >= INDEPENDENT
        if better and not measures.one_template(*pair, seen):
            share = measures.share(measures.own_prose(chosen), measures.own_prose((a, b)[side]))
            told = JudgedPart(chosen, counted["facts"][side], (share, None) if side == 0 else (None, share))
            added = {**whole.added, PART: log_odds - whole.log_odds}
            found = replace(whole, log_odds=log_odds, added=added, part=told)
    return found


def _copy(a: Document, b: Document, scores: Scores, settings: Settings) -> Verdict | None:
    """The verdict on texts that differ by a few words at most, whatever the measures; None for other texts."""
    body_a, body_b = a.keys[a.body], b.keys[b.body]
    if len(body_a) and np.array_equal(body_a, body_b):
        same = signs(a.article.text, a.boilerplate) == signs(b.article.text, b.boilerplate)
        return "duplicate" if same else "near-duplicate"
    return "near-duplicate" if scores.jaccard >= settings.threshold else None


def _verdict(
    a: Document,
    b: Document,
    alignment: Alignment,
    weighed: _Weighed,
    lifted: int,
    credited: Collection[str],
    taken: tuple[float | None, float | None],
    direction: Direction | None,
) -> Verdict:
    """``credited``: the agencies of :func:`evidence.agencies`; ``taken``: the share of each text that has its like."""
    if TEMPLATE in weighed.added or (credited and (weighed.likely >= LIKELY or lifted)):
        return "common-source"
    if weighed.likely >= LIKELY:
        side = int(direction.derived == b.article.id) if direction else None
        if weighed.part and (side is None or weighed.part.sides[side] is not None):
            taken = weighed.part.sides
        share = max(each or 0.0 for each in taken) if side is None else taken[side] or 0.0
        return "rewrite" if share >= REWRITE_SHARE else "partial"
    if lifted >= LIFTED_WORDS:
        return "partial"
    enough = min(int(a.body.sum()), int(b.body.sum())) >= LEAST_WORDS
    follows = alignment.spans and (evidence.citation(a, b) or evidence.citation(b, a))
    places = [np.searchsorted(a.start, (each.a_start, each.a_end)) for each in alignment.quotations]
    quoted = max((int(end - begin) for begin, end in places), default=0)
    known = quoted >= TELLING_WORDS or (quoted and weighed.event >= MAYBE_EVENT)
    half = weighed.part and weighed.likely >= EITHER
    if known or follows or half or (weighed.event >= EVENT and (alignment.spans or enough)):
        return "same-event"
    return "unrelated"


def copies(a: str, b: str, jaccard: float, containment_a: float, containment_b: float, same: bool) -> Match:
    """Return the match of two near-duplicates, given by id, from their shingles alone.

    ``same``: whether their bodies are equal. Fields that need an alignment stay empty.
    """
    return Match(
        a=a,
        b=b,
        verdict="duplicate" if same else "near-duplicate",
        probability=jaccard,
        coverage_a=None,
        coverage_b=None,
        longest=None,
        jaccard=jaccard,
        containment_a=containment_a,
        containment_b=containment_b,
        cosine=None,
        order=None,
        spans=(),
        quotations=(),
        facts=(),
        direction=None,
        evidence=(
            evidence.in_common(jaccard),
            Evidence(DIRECTION, None, None, 0.0, "Who took from whom was not asked: only near-duplicates were."),
        ),
    )


def _in_detail(both: tuple[Measures, Measures], shown: Measures, *, copied: bool) -> tuple[Measures, Measures]:
    """What :func:`measures.matched` says of the direction, as weighed and as counted, without what says nothing."""
    detail, told_of = measures.weighed(both[0]), both[1]
    if copied:  # if only one of two texts in the same words has a fact, nobody can say whether it was added or lost
        detail = dict.fromkeys((*detail, "inside"), (None, None))
    if None in shown["inside"]:  # a text of nothing but speech, say: its value is just the prior
        detail["inside"] = (None, None)
    return detail, told_of


def _lost(a: Document, b: Document, alignment: Alignment, found: Sequence[Fact]) -> tuple[list[str], list[str]]:
    """The names and numbers of each text that the other lacks where it says the same."""
    return (
        evidence.lost(a, alignment.units_a, alignment.best_a, [each.a for each in found if each.b is None and each.a]),
        evidence.lost(b, alignment.units_b, alignment.best_b, [each.b for each in found if each.a is None and each.b]),
    )


def judge(
    a: Document, b: Document, alignment: Alignment, scores: Scores, settings: Settings, *, brief: bool = False
) -> Match:
    """Weigh everything found between two documents; ``brief`` omits the evidence for unrelated ones."""
    one, two = evidence.without_citation(a, b), evidence.without_citation(b, a)
    measured, counted = measures.measure(one, two, alignment)
    seen = measures.weighed(measured)
    template = measures.one_template(one, two, measured) and evidence.longest_lifted(a, b, alignment) < LIFTED_WORDS
    weighed = _weigh(seen, min(map(evidence.prose_words, (a, b))), template)
    copy = _copy(a, b, scores, settings)
    if not copy and not template and weighed.log_odds > FAR_LOG_ODDS and weighed.likely < LIKELY:
        weighed = _by_part(one, two, alignment, weighed)
    likely = weighed.likely
    lifted = evidence.lifted(a, b, alignment)
    credited = evidence.agencies(a, b, alignment)
    derived = copy or likely >= LIKELY or lifted >= LIFTED_WORDS
    alike = counterparts(a, b, alignment) if derived or template or likely >= EITHER or (lifted and credited) else None
    # Between counterparts without words in common, what differs was not put one for the other.
    worded_alike = [each for each in alike[0] if each.similarity] if alike else []
    direction, from_b, decided, shown = None, EITHER, "", None
    found: tuple[Fact, ...] | None = None
    if derived:
        found = facts.facts(a, b, alignment, worded_alike)
        shown = measures.described(one, two, alignment, counted)
        contained = not copy and max(scores.containment_a, scores.containment_b) >= CONTAINED
        decisive = weighed.part if likely >= LIKELY else None
        told_in = decisive.of(one, two) if decisive else (one, two)
        detail, told_of = _in_detail(measures.matched(*told_in, alignment), shown, copied=bool(copy) or contained)
        if decisive:  # of a text put together from several the other always has the smaller share
            detail["inside"] = (None, None)
        lost = _lost(*told_in, alignment, found)
        direction, from_b, decided = _direction(a, b, seen | detail, shown | told_of, lost, contained=contained)
    if copy and credited:
        direction, from_b = None, EITHER
        decided = "Who took from whom is undetermined: both may have it from the agency that they credit."
    taken = shown["taken"] if shown else (None, None)
    verdict = copy or _verdict(a, b, alignment, weighed, lifted, credited, taken, direction)
    told: list[Evidence] = []
    if not (brief and verdict == "unrelated"):
        shown = shown or measures.described(one, two, alignment, counted)
        if found is None:
            kept = max((each for each in shown["facts"] if each is not None), default=1.0)
            other_news = kept < ONE_EVENT and likely < INDEPENDENT
            found = facts.facts(a, b, alignment, worded_alike, least=None if other_news else AGREEING)
        told = evidence.told(a, b, alignment, scores, shown, weighed.added, lifted, credited)
        if weighed.part:
            told.insert(0, evidence.judged_by(a, b, weighed.part, weighed.added[PART], likely >= LIKELY))
    if verdict == "partial":
        likely = max(likely, EITHER)  # the passages may come from a third text
    if copy:
        likely = max(likely, scores.jaccard)
    apart = verdict in ("same-event", "unrelated") and likely < EITHER
    told_alike, new_a, new_b = alike if alike and not apart else (None, None, None)
    covered, longest = measures.coverage(a, b, alignment), alignment.longest
    if copy == "duplicate":  # also where it is too few words for a passage, or all of it quoted
        covered, longest = (1.0, 1.0), longest or int(a.body.sum())
    if verdict not in DERIVATIVE:
        direction = None
    else:
        told.append(Evidence(DIRECTION, from_b, 1 - from_b, 0.0, decided))
    return Match(
        a=a.article.id,
        b=b.article.id,
        verdict=verdict,
        probability=likely,
        coverage_a=covered[0] or 0.0,
        coverage_b=covered[1] or 0.0,
        longest=longest,
        jaccard=scores.jaccard,
        containment_a=scores.containment_a,
        containment_b=scores.containment_b,
        cosine=scores.cosine,
        order=alignment.order,
        spans=alignment.spans,
        quotations=alignment.quotations,
        facts=found or (),
        direction=direction,
        evidence=tuple(told),
        counterparts=told_alike,
        new_a=new_a,
        new_b=new_b,
        part_a=weighed.part.ranges if weighed.part and weighed.part.sides[0] is not None else None,
        part_b=weighed.part.ranges if weighed.part and weighed.part.sides[1] is not None else None,
    )
