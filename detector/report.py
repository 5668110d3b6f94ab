"""The wording of a report and its figures, for ``terminal``, ``page`` and ``export``.

Everything is derived from the frozen :class:`Report`. Texts, names and ids are other people's: none of them can control a
terminal. Nothing volatile is included: equal reports give equal words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from .figures import UNKNOWN, decimal, percent
from .harmless import isolated
from .model import (
    AGENCY,
    CITES,
    DERIVATIVE,
    DIRECTION,
    EITHER,
    INDEPENDENT,
    LIFTED,
    LIKELY,
    PART,
    SIBLINGS,
    TEMPLATE,
    THIRD,
    VERDICTS,
    Fact,
    Match,
    Report,
    Skipped,
    Span,
    Verdict,
)


class Phrase(NamedTuple):
    """A verdict in words: about the derived text and its source, about both, and how one of them was made from the other.

    ``directed`` takes the name of the source and, before the verb or behind it, how likely that is.
    """

    directed: str
    mutual: str
    made: str = "one made from the other"


PHRASES: dict[Verdict, Phrase] = {
    "duplicate": Phrase("is the same text as {source}, {likely}made from it", "are the same text"),
    "near-duplicate": Phrase("is a near-duplicate of {source}, {likely}made from it", "are near-duplicates"),
    "rewrite": Phrase("{likely}rewrites {source}", "tell one story", "one rewriting the other"),
    "partial": Phrase("{likely}takes passages from {source}", "share passages", "one taking them from the other"),
    "common-source": Phrase("", "draw on the same source"),
    "same-event": Phrase("", "report the same event"),
    "unrelated": Phrase("", "have little in common"),
}
PART_PHRASE = Phrase("{likely}takes a part from {source}", "have a part in common", "one taking it from the other")
CUT_PHRASE = Phrase(
    "is {likely}a shortened copy of {source}", "tell one story in nearly the same words, one at greater length"
)
EDITED_PHRASE = Phrase("is {likely}an edited copy of {source}", "tell one story in nearly the same words")
"""For a rewrite almost entirely in its source's own words; ``CUT_PHRASE`` if it has only a part of the source."""
UNDECIDED = "undecided"
"""What reports of one event are called if the evidence does not decide whether one was made from the other."""
NOT_WEIGHED = "not weighed"
COPIES_ONLY = "Only copies were asked for: passages, and who took from whom, were not looked for."
TWO_ALONE = "Two texts cannot show whether both come from a third; detector scan of all three can."
RUNS = frozenset({"Containment", "Jaccard"})
"""Figures over runs of words, the only ones measured in a scan for copies."""
COVERAGE = "Share of the text’s own words that lie in passages found in the other; quotations, menus and credits apart."
CONTAINMENT = "Share of the text’s runs of words that the other has word for word: low where a story is in other words."
LONGEST = "The longest passage, in whatever wording, that runs through both texts."
JACCARD = "Runs of words in common, of all that either text has; 1 means the same text."
COSINE = (
    "Likeness of vocabulary, of which one event gives much, copied or not; rare words weigh more; how rare is counted over "
    "the articles read, so that a scan and compare differ."
)
ORDER = "1 if the passages come in one order in both texts, −1 if reversed; — if under two."
WEIGHED = (
    "Evidence is weighed by what it adds to the log-odds that one text was made from the other, against an average pair: "
    "+0.69 doubles the odds, −0.69 halves them."
)
NOT_LISTED = "has little in common, or was not compared in full; detector compare A B compares any two."
"""What became of a pair that a report does not show."""
MANY_COPIES = 256
"""Copies of one text up to which all pairs are compared and listed: ``BUCKET_PAIRS`` of ``minhash``."""
NOT_ALL_COPIES = f"Of more than {MANY_COPIES} copies of one text, not every two are compared, so not every pair is listed."
LIKELIHOODS = (
    (0.9, "very likely"), (0.66, "likely"), (0.5, "more likely than not"),
    (0.33, "about as likely as not"), (0.1, "unlikely"),
)  # fmt: skip
"""Probabilities in words, following the IPCC's guidance note on uncertainties (Mastrandrea et al. 2010)."""
SENTENCE = 60
"""Characters of a passage almost word for word (a dozen words) from which two reports are not called independent."""
ALIKE = 0.5
"""Coverage of both texts from which their wording is called much the same."""
MUCH = 0.25
"""Coverage of either text from which independence is stated with reserve, too: below ``INDEPENDENT``, one in thirteen
independent reports has it, and nearly half of the derived texts, such as texts of which a short part was taken.
"""
KEPT = 0.8
"""Share of one report's names and numbers in the other from which the share is mentioned; few independent reports reach it.
"""
COPIED = 0.75
"""Share of a derived text that is almost word for word in its source, from which it is called a copy, not a rewrite."""
SHORTER = 0.8
"""Length, as a share of the source's, below which a copy is called shortened."""
FEW, NAMED = 4, 3
"""Shared names and numbers from which texts with little else in common mention them, and how many are named."""
TELLING = 0.5
"""Coverage from which passages show how much was taken; they find only part of a thorough rewrite."""


def count(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> count(1, "match", "matches"), count(2000, "match", "matches")
    ('1 match', '2,000 matches')
    """
    return f"{number:,} {one if number == 1 else many}"


def words(number: int | None) -> str:
    """A length in words; a dash if none was measured."""
    return UNKNOWN if number is None else count(number, "word", "words")


def likelihood(probability: float) -> str:
    """A probability in words."""
    return next((words for least, words in LIKELIHOODS if probability >= least), "very unlikely")


def oriented(match: Match) -> Match:
    """The match with its source, if known, as ``a``: shown first, or on the left."""
    return match.swapped() if match.direction and match.direction.source == match.b else match


def sentence(match: Match) -> str:
    """A match in one sentence, which answers: ``icaro.txt very likely rewrites cnn.txt``."""
    shown = oriented(match)
    a, b, phrase = isolated(shown.a), isolated(shown.b), _phrase(shown)
    taken = shown.verdict != "partial" or shown.probability >= LIKELY  # else the passages were, whatever the rest is
    if shown.verdict in DERIVATIVE and shown.direction:
        likely = f"{likelihood(shown.probability * shown.direction.confidence)} " if taken else ""
        return f"{b} {phrase.directed.format(source=a, likely=likely)}"
    if shown.verdict in DERIVATIVE:
        if any(each.name == AGENCY for each in shown.evidence):
            return f"{a} and {b} {phrase.mutual}; both may have it from the agency that they credit"
        made = f", {likelihood(shown.probability)} {phrase.made}" if taken else f", {phrase.made}"
        asked = "was not asked" if copies_only(shown) else "is undetermined"
        return f"{a} and {b} {phrase.mutual}{made}; which from which {asked}"
    if undecided(match):
        left = "the evidence does not decide whether one was made from the other"
        return f"{a} and {b} {phrase.mutual}; {left} (probability {decimal(shown.probability)})"
    if shown.verdict == "same-event":
        return _reporting(shown, a, b)
    if shown.verdict == "common-source":
        return f"{a} and {b} {_of_one_source(shown)}"
    shared = [each.a for each in match.facts if each.state == "shared" and each.a]
    if len(shared) < FEW:
        return f"{a} and {b} {phrase.mutual}"
    named = ", ".join(map(isolated, shared[:NAMED]))
    return f"{a} and {b} {phrase.mutual} but {len(shared)} names and numbers ({named} …)"


def figures_told(match: Match) -> str:
    """How much of each text is in the other, and whom both quote, in a sentence that says of what; "" if nothing is."""
    shown = oriented(match)
    a, b = isolated(shown.a), isolated(shown.b)
    share_a, share_b = map(percent, shown.shares)
    told = []
    if shown.verdict == "duplicate":
        return ""
    if copies_only(shown):
        told.append(f"{share_a} of the runs of words of {a} are in {b}, {share_b} the other way round")
    elif shown.verdict in DERIVATIVE and shown.direction:
        told.append(f"{share_b} of {b}'s own words lie in passages found in {a}{_beside(shown)}")
    elif shown.spans and any(shown.shares):  # the passages may all be quotations
        lie = f"{share_a} of {a}'s own words lie in passages found in {b}, {share_b} the other way round"
        told.append(f"{lie}{_beside(shown)}")
    if shown.quotations and shown.verdict not in DERIVATIVE:
        told.append(f"both quote {_quoted(shown)}")
    by_part = [each.sentence.rstrip(".") for each in shown.evidence if each.name == PART and shown.probability >= LIKELY]
    return ". ".join(filter(None, ["; ".join(told), *by_part]))


def third(match: Match) -> str:
    """The article of which two texts are versions, or from which both have something, as the evidence names it; or ""."""
    told = (_THIRD.match(each.sentence) for each in match.evidence if each.name in (SIBLINGS, THIRD))
    return next((found[1] for found in told if found), "")


VERSIONS = "Both are versions of "
_THIRD = re.compile(
    rf"(?:{VERSIONS}|Both have something from )?(.+?)(?: has what both have)?(?:: where |, or it from them\.)"
)


def _of_one_source(match: Match) -> str:
    if _of_one_template(match):
        return "fill in one template with other news"
    source = third(match)
    if source and any(each.name == SIBLINGS and each.sentence.startswith(VERSIONS) for each in match.evidence):
        return f"are both versions of {source}"
    of_agency = any(each.name == AGENCY for each in match.evidence)
    drawing = "draw on the same agency's story" if of_agency else PHRASES["common-source"].mutual
    return f"{drawing}; {source} has what both have" if source else drawing


def _reporting(shown: Match, a: str, b: str) -> str:
    """Two reports of one event: who cites whose outlet, what both have word for word, how surely they are independent.

    Only a quotation or an outlet cited shows that the event is one; by names and words it may be another like it.
    """
    one_event = PHRASES["same-event"].mutual
    cites = [each for each in shown.evidence if each.name == CITES]
    same = any(each.close and each.a_end - each.a_start >= SENTENCE for each in shown.spans)
    alike = next((int(each.a or 0) for each in shown.evidence if each.name == LIFTED), 0)
    reserve = "as far as can be seen " if shown.probability >= INDEPENDENT or max(shown.shares) >= MUCH else ""
    if len(cites) == 1:
        citing, cited = (a, b) if cites[0].a else (b, a)
        wording = "" if same or alike else f", {reserve}in words of its own"
        said = f"{citing} follows up {cited} and cites its outlet{wording}"
    elif cites:
        said = f"{a} and {b} {one_event} and cite each other's outlet"
    else:
        said = f"{a} and {b} {one_event}{'' if shown.quotations else ' or one like it'}"
        both_have = next((each.sentence for each in shown.evidence if each.name == THIRD), "")
        if both_have:
            said += f"; {both_have[:1].lower()}{both_have[1:].removesuffix('.')}"
        elif min(shown.shares) >= ALIKE:
            said += ", in much the same wording"
        elif same:
            prose = f"{alike} words of prose almost word for word in both"
            said += f", with {prose if alike else 'a passage in both that one of them quotes'}"
        else:
            said += f"{'' if shown.quotations and not reserve else ','} {reserve}independently"
    if not reserve:
        return said
    kept = next((each for each in shown.evidence if each.name == "facts"), None)
    share, which, other = max(((kept.a or 0.0, a, b), (kept.b or 0.0, b, a))) if kept else (0.0, a, b)
    return f"{said}, though {other} has {percent(share)} of the names and numbers of {which}" if share >= KEPT else said


def _beside(shown: Match) -> str:
    """How many sentences of the text on the right have a counterpart, as "; …"; "" for none or if passages show enough."""
    if max(shown.shares if not shown.direction else shown.shares[1:]) >= TELLING:
        return ""
    number = len({(each.b_start, each.b_end) for each in shown.counterparts or ()})
    more = count(number, "more sentence", "more sentences")
    has = "probably has" if number == 1 else "probably have"
    return f"; {more} of {isolated(shown.b)} {has} a counterpart in other words" if number else ""


def _phrase(shown: Match) -> Phrase:
    """The wording for an oriented match; a rewrite with hardly any words of its own is called a copy."""
    derived = shown if shown.direction or shown.shares[1] >= shown.shares[0] else shown.swapped()
    sizes = [(span.b_end - span.b_start, span.close) for span in derived.spans if span.kind != "quotation"]
    close = sum(size for size, close in sizes if close) / max(sum(size for size, _ in sizes), 1)
    if shown.verdict == "partial" and shown.probability >= LIKELY:
        return PART_PHRASE
    if shown.verdict != "rewrite" or derived.shares[1] * close < COPIED:
        return PHRASES[shown.verdict]
    # Both containments count the same shared runs, so their ratio is that of the lengths.
    return CUT_PHRASE if derived.containment_a < SHORTER * derived.containment_b else EDITED_PHRASE


def unlisted(report: Report) -> str:
    """A note on the pairs that a report does not show; "" if it shows all or, in a scan for copies, all copies."""
    if report.near_duplicates_only:
        return NOT_ALL_COPIES if any(len(each.members) > MANY_COPIES for each in report.families) else ""
    articles, own = len(report.articles), report.against
    if len(report.matches) >= (math.comb(articles, 2) if own is None else own * (articles - own)):
        return ""
    left_out = filters(report)
    return f"A pair not listed {f'was left out by {left_out}, ' if left_out else ''}{NOT_LISTED}"


def _of_one_template(match: Match) -> bool:
    return match.verdict == "common-source" and any(each.name == TEMPLATE for each in match.evidence)


def undecided(match: Match) -> bool:
    """Whether two reports of one event are more likely than not derived, but not surely enough."""
    return match.verdict == "same-event" and match.probability >= EITHER


def tag(match: Match) -> str:
    """The verdict, but not that of one event where the evidence leaves derivation open: those pairs are to be read."""
    return UNDECIDED if undecided(match) else match.verdict


def _quoted(shown: Match) -> str:
    """Whom two texts both quote."""
    named = [*dict.fromkeys(each.speaker for each in shown.quotations if each.speaker)]
    *others, last = named if len(named) == len({each.speaker for each in shown.quotations}) else [*named, "the same words"]
    return f"{', '.join(others)} and {last}" if others else last


def headline(report: Report, told_of: Callable[[Match], str] = sentence) -> str:
    """The report in one sentence; ``told_of`` words that of a single match."""
    told = [(each.verdict, undecided(each)) for each in report.matches]  # not the matches: a large scan rebuilds each
    found = [at for at, (verdict, _) in enumerate(told) if verdict in DERIVATIVE]
    if len(told) == 1 or len(found) == 1:
        return told_of(report.matches[found[0] if found else 0])
    articles = count(len(report.articles), "article", "articles")
    if not told:
        return f"No {'copies' if report.near_duplicates_only else 'matches'} among {articles}"
    if not found:
        left = sum(left_open for _, left_open in told)
        clearly = "clearly derivative" if left else "derivative"
        of_these = f"; in {count(left, 'pair', 'pairs')} the evidence does not decide" if left else ""
        return f"Nothing {clearly} among {articles}: {_by_verdict(verdict for verdict, _ in told)}{of_these}"
    verdicts = _by_verdict(told[at][0] for at in found)
    return f"In {len(found):,} pairs among {articles} one text seems to be made from the other: {verdicts}{_undecided(told)}"


def _undecided(told: Iterable[tuple[Verdict, bool]]) -> str:
    """How many pairs the evidence leaves open, after the verdicts."""
    left = sum(left_open for _, left_open in told)
    return f"; undecided, to be read: {count(left, 'pair', 'pairs')}" if left else ""


def counts(report: Report) -> str:
    """The sizes of a report in one line."""
    told = [(each.verdict, undecided(each)) for each in report.matches]
    verdicts = f" ({_by_verdict(verdict for verdict, _ in told)}{_undecided(told)})" if told else ""
    matches = count(len(report.matches), "match", "matches") + verdicts + narrowed(report)
    families = count(len(report.families), "family", "families")
    return f"{count(len(report.articles), 'article', 'articles')}, {matches}, {families}"


def filters(report: Report) -> str:
    """The options that leave matches out, as on the command line; "" if there are none."""
    settings = report.settings
    options = [f"--min-probability {settings.min_probability:g}"] if settings.min_probability else []
    options += [f"--verdict {each}" for each in settings.verdicts]
    options += [] if settings.same_source else ["--no-same-source"]
    return " ".join(options)


def narrowed(report: Report) -> str:
    """The same options, to follow what is shown: " with …"; "" if there are none."""
    options = filters(report)
    return f" with {options}" if options else ""


def unmatched(report: Report) -> str:
    """Why a report shows no match, in one sentence."""
    if options := filters(report):
        return f"No match is shown with {options}."
    if report.near_duplicates_only:
        return "No two articles are near-duplicates at these settings."
    return "No two articles have enough in common to be shown at these settings."


def _by_verdict(verdicts: Iterable[Verdict]) -> str:
    number = Counter(verdicts)
    return ", ".join(count(number[each], each, _PLURALS.get(each, each)) for each in VERDICTS if number[each])


_PLURALS: dict[Verdict, str] = {"duplicate": "duplicates", "near-duplicate": "near-duplicates", "rewrite": "rewrites"}


def copies_only(match: Match) -> bool:
    """Whether only copies were sought (``--near-duplicates``), so that passages and what rests on them are missing."""
    return match.longest is None


class Score(NamedTuple):
    """A figure of a match, formatted: seen from each text (``b`` is "" for a symmetric one), and what it means."""

    name: str
    a: str
    b: str
    meaning: str


def scores(match: Match) -> tuple[Score, ...]:
    """The figures of a match, formatted for people; in a scan for copies, those that were measured."""
    coverage = percent(match.coverage_a), percent(match.coverage_b)
    containment = percent(match.containment_a), percent(match.containment_b)
    figures = (
        Score("Coverage", *coverage, COVERAGE),
        Score("Containment", *containment, CONTAINMENT),
        Score("Longest passage", words(match.longest), "", LONGEST),
        Score("Jaccard", decimal(match.jaccard), "", JACCARD),
        Score("Cosine", decimal(match.cosine), "", COSINE),
        Score("Order", decimal(match.order), "", ORDER),
    )
    return tuple(each for each in figures if each.name in RUNS or not copies_only(match))


class FactGroup(NamedTuple):
    """Names, numbers and words with the same fate between the two texts."""

    label: str
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...]


def fact_groups(match: Match) -> tuple[FactGroup, ...]:
    """The facts of an oriented match grouped by what became of them, changed ones first."""
    labels = {"changed": "Changed", "shared": "In both", "a-only": f"Only in {match.a}", "b-only": f"Only in {match.b}"}
    if match.direction:
        labels |= {"shared": "Kept", "a-only": f"Dropped, only in {match.a}", "b-only": f"Added, only in {match.b}"}

    def of(state: str, kind: str) -> tuple[str, ...]:
        return tuple(_fact(each, match) for each in match.facts if (each.state, each.kind) == (state, kind))

    groups = [FactGroup(label, of(state, "name"), of(state, "number"), of(state, "word")) for state, label in labels.items()]
    return tuple(group for group in groups if any(group[1:]))


def changed(match: Match) -> tuple[str, ...]:
    """The facts of an oriented match that the texts state differently, each with both forms; none for other news."""
    return () if _of_one_template(match) else tuple(_fact(each, match) for each in match.facts if each.state == "changed")


def _fact(fact: Fact, match: Match) -> str:
    if fact.state == "changed":
        return f"{fact.a} {'→' if match.direction else '/'} {fact.b}"
    return (fact.a if fact.a is not None else fact.b) or ""


def quotations(match: Match, text: str | None) -> tuple[tuple[str, str], ...]:
    """Speaker and words of the quotations in both texts; ``text`` is that of ``a``, without which the words are empty."""
    return tuple(
        (each.speaker or "Speaker unclear", " ".join((text or "")[each.a_start : each.a_end].split()))
        for each in match.quotations
    )


def skipped_by_reason(skipped: Iterable[Skipped]) -> dict[str, list[str]]:
    """The skipped paths grouped by reason, in order of appearance."""
    groups: dict[str, list[str]] = {}
    for each in skipped:
        groups.setdefault(each.reason, []).append(each.path)
    return groups


def direction_lines(match: Match) -> tuple[str, ...]:
    """Who took from whom: first the answer, then the reasons."""
    if match.direction:
        source, derived = isolated(match.direction.source), isolated(match.direction.derived)
        answer = f"{source} is the source of {derived}"
        if match.probability < LIKELIHOODS[0][0]:  # the direction is surer than the derivation itself
            answer = f"If either was made from the other, {answer}"
        answer += f" (confidence {decimal(match.direction.confidence)})"
        return (answer, *match.direction.evidence)
    if match.verdict in DERIVATIVE:
        told = [each.sentence for each in match.evidence if each.name == DIRECTION]
        return tuple(told) or ("Undetermined: the evidence does not decide which of the two came first",)
    if match.verdict == "common-source":
        told = [each.sentence for each in match.evidence if each.name in (SIBLINGS, AGENCY, TEMPLATE)]
        template = "both fill in one template"
        shared = template if _of_one_template(match) else "what they share goes back to a source that both had"
        return (f"Neither from the other: {shared}", *told)
    if undecided(match):
        return ("Undetermined: the evidence does not decide whether either was made from the other",)
    cites = [each for each in match.evidence if each.name == CITES]
    if len(cites) == 1:
        citing, cited = map(isolated, (match.a, match.b) if cites[0].a else (match.b, match.a))
        return (f"Undetermined: {citing} cites the outlet of {cited}, but nothing more shows that it was made from it",)
    return ("Undetermined: nothing shows that either was made from the other",)


def weight(contribution: float) -> str:
    """What a piece of evidence adds to the log-odds of derivation, formatted.

    >>> weight(1.234), weight(-0.5), weight(0.0)
    ('+1.23 for', '−0.50 against', 'not weighed')
    """
    if not math.isfinite(contribution) or contribution == 0:
        return NOT_WEIGHED
    return f"+{contribution:.2f} for" if contribution > 0 else f"−{-contribution:.2f} against"


def kind_told(span: Span) -> str:
    """The kind of a passage and its similarity; only the kind of a counterpart, which its similarity does not establish."""
    return span.kind if span.kind == "counterpart" else f"{span.kind}, similarity {decimal(span.similarity)}"


def side_by_side(match: Match) -> list[Span]:
    """Passages and sentences with counterparts, in the order of the text on the left."""
    spans = [*match.spans, *(match.counterparts or ())]
    return sorted(spans, key=lambda span: (span.a_start, span.b_start, span.a_end, span.b_end))
