"""What two documents show besides the measures: lifted passages, outlets named, dates, and each measure as a sentence.

This is for the editor who has to defend a verdict: a number for each text, what it adds to the log-odds, and a sentence that
can be checked against the two texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from ..document import Alignment, Document, Scores, once_a_document
from ..figures import percent
from ..languages.words import starting_in
from ..languages.words import words as words_of
from ..model import AGENCY, CITES, LIFTED, PART, TEMPLATE, Evidence, Mark, SharedQuotation, date
from ..story.attributions import DATELINE
from ..story.citations import citing
from ..story.outlets import agencies as agencies_known
from ..story.outlets import canonical, is_agency, names, outlet_of, plain
from .measures import AMOUNT_WORDS, NEWS, Measures, own_prose
from .part import JudgedPart

if TYPE_CHECKING:
    from numpy.typing import NDArray

PART_NAMED = 5  # words that say where a part begins and ends
LOST_NAMED = 3  # number of names and numbers given as examples in a reason


# --------------------------------------------------------------------------------------------------- outlets and dates


_NEXT_SENTENCE = re.compile(r"(?<=[^\W\d_A-Z]{2})\. .*")  # "Reuters. An", not "St. Louis Post"


def _name(mark: Mark) -> str:
    """The outlet that an attribution names, without a final full stop and any sentence after it."""
    return _NEXT_SENTENCE.sub("", mark.note).strip(" .")


def _agencies_among(marks: Iterable[Mark]) -> set[str]:
    """The agencies that attributions name; a shared one suggests a common source, as many outlets carry its copy."""
    return {plain(name) for name in map(_name, marks) if is_agency(name)}


def _outlets(document: Document) -> set[str]:
    """A document's outlet, if known, or else that of its dateline; "(AP)" over a story is a credit, not an outlet."""
    known = outlet_of(document.article)
    if known:
        return {known}
    lines = [(mark.start, mark.end) for mark in document.boilerplate if mark.note == DATELINE]
    called = (
        _name(mark) for mark in document.attributions if any(start <= mark.start < end for start, end in lines)
    )
    return {plain(name) for name in called if not is_agency(name)}


def _citations(document: Document, other: Document) -> list[Mark]:
    """Where a document cites the other's outlet: as one of its attributions or, where no name tells one, by that name."""
    theirs = _outlets(other) - _outlets(document)
    found = [mark for mark in document.attributions if plain(_name(mark)) in theirs]
    outlet = other.article.source
    if not found and outlet and outlet_of(other.article) in theirs:
        where = _cited(document, outlet)
        return [Mark("attribution", *where, outlet)] if where else []
    return found


@once_a_document
def _cited(document: Document, outlet: str) -> tuple[int, int] | None:
    """Where a document cites an outlet, known by its metadata; not by a short name that may be its own."""
    own = (document.article.source or "").rpartition(" ")[2]
    return citing(document.article.text, document.language, outlet, shortened=own != outlet.rpartition(" ")[2])


def citation(document: Document, other: Document) -> str | None:
    """State how a document cites the other's outlet; None if it does not or the outlet is its own."""
    for mark in _citations(document, other)[:1]:
        phrase = document.article.text[mark.start : mark.end]
        return f"{document.article.id} cites {_name(mark)} (“{phrase}”), the outlet of {other.article.id}."
    return None


def without_citation(document: Document, other: Document) -> Document:
    """Return a document whose names omit the other's outlet, if it cites that, and the agency credited for all of the other.

    The name of a cited outlet is not a fact of the story that the other text would have dropped.
    """
    credited = _credits(other, whole=True)
    cited = _citations(document, other) + [each for each in document.attributions if plain(_name(each)) in credited]
    if not cited:
        return document
    inside = starting_in(((mark.start, mark.end) for mark in cited), document.start)
    outlet = np.isin(document.stems, document.stems[inside & document.names])
    return replace(document, names=document.names & ~outlet)


def _services(a: Document, b: Document) -> set[str]:
    """Return news services that are not in our list but that both documents are credited to.

    One has it in its dateline, "(Pressline) —"; the other too, or alone in its byline, "By Pressline". What else stands in
    brackets there is a place, a day, a rubric or a person.
    """
    credits = [{_name(mark) for mark in each.attributions if mark.credit == "whole"} - names().keys() for each in (a, b)]
    found = credits[0] & credits[1]
    for one, other in ((credits[0], b), (credits[1], a)):
        signed = {line.strip().casefold() for line in other.article.text[:_HEAD].splitlines()}
        found |= {name for name in one if f"by {name}".casefold() in signed}
    return {plain(each) for each in found if _SERVICE.search(each) and each.casefold() not in _RUBRICS}


_HEAD = 600  # characters that a byline is looked for in
_SERVICE = re.compile(r"press|wire|news|agenc", re.IGNORECASE)  # Interpress, Northern Wire
_RUBRICS = frozenset(("news", "press", "breaking news", "latest news", "news in brief", "press release", "agencies"))


def _credits(document: Document, *, whole: bool = False) -> set[str]:
    """Return agencies that a document credits for itself: "(AP) -", "Reuters contributed to this", not "Reuters reported".

    ``whole``: only those credited for all of it.
    """
    wanted = ("whole",) if whole else ("whole", "part")
    return _agencies_among(mark for mark in document.attributions if mark.credit in wanted)


def _named_for(document: Document, covered: NDArray[np.bool_]) -> set[str]:
    """Return agencies named in any way in sentences that the other text shares: ", Reuters reported", "told Reuters"."""
    marks = document.attributions
    begun = np.array([mark.start for mark in marks], np.int32)  # of the document's type, as above
    word = np.searchsorted(document.end, begun, side="right").astype(np.int32)
    rows = np.searchsorted(document.sentences[:, 0], word, side="right") - 1
    return _agencies_among(
        mark
        for mark, row in zip(marks, rows.tolist(), strict=True)
        if row >= 0 and covered[slice(*document.sentences[row])].any()
    )


def agencies(a: Document, b: Document, alignment: Alignment) -> set[str]:
    """Return the agencies behind what both texts share, if neither text is the agency's own or cites the other's outlet.

    Either both credit the agency, or one credits it for all of itself ("(Reuters) -") and the other names it for what they
    share. "Reuters reported" in both is not a credit: a rewrite keeps it. A service that we do not know is an agency if two
    outlets credit it for all of themselves, neither of which is in its name.
    """
    if citation(a, b) or citation(b, a):
        return set()
    own = {each for each in map(outlet_of, (a.article, b.article)) if each}
    named = _credits(a) & _credits(b)
    if len(own) == 2:
        named |= {each for each in _services(a, b) if not any(outlet in each for outlet in own)}
    named |= _credits(a, whole=True) & _named_for(b, alignment.covered_b)
    named |= _credits(b, whole=True) & _named_for(a, alignment.covered_a)
    return named - own


def uncredited(document: Document, other: Document) -> str | None:
    """State which agency the other text credits for all of itself, but this one omits; None if there is none.

    Newspapers print an agency's story without its name, and do not add the name to other stories. None, too, if the document
    is the agency's own, by outlet, author or address in any of the agency's spellings.
    """
    for mark in other.attributions:
        if mark.credit == "whole" and is_agency(_name(mark)) and not _names(document, canonical(_name(mark))):
            agency = f"{_name(mark)} (“{other.article.text[mark.start : mark.end]}”)"
            return (
                f"{other.article.id} is credited to {agency}, which {document.article.id} does not name; newspapers leave "
                "such credits out, and nobody adds them."
            )
    return None


@once_a_document
def _names(document: Document, agency: str) -> bool:
    """Whether a document attributes anything to an agency, or has its name in the text, outlet, author or address.

    Only names in Latin letters are searched for in the text: in Urdu, agencies' names are also words.
    """
    if agency in {canonical(_name(mark)) for mark in document.attributions}:
        return True
    article = document.article
    ways = [re.escape(way) for way, name in sorted(agencies_known().items()) if name == agency and way.isascii()]
    known = " ".join(filter(None, (article.source, article.author, article.url)))
    either = "|".join(ways or [re.escape(agency)])
    return bool(re.search(rf"\b(?:{either})\b", article.text) or re.search(rf"\b(?:{either})", known, re.IGNORECASE))


def _moment(published: str | None) -> datetime | None:
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_timed(published: str | None) -> bool:
    """Whether a date in ISO 8601 has a time of day, behind a "T" or, as Python writes it, a space."""
    return bool(re.search(r"\d[T ]\d\d", published or ""))


def earlier(a: Document, b: Document) -> int:
    """Return -1 if ``a`` was published first, 1 if ``b``, 0 if unknown; a date without a time only tells days apart."""
    first, second = _moment(a.article.published), _moment(b.article.published)
    if first is None or second is None:
        return 0
    if not (_is_timed(a.article.published) and _is_timed(b.article.published)):
        return (first.date() > second.date()) - (first.date() < second.date())
    return (first > second) - (first < second)


# --------------------------------------------------------------------------------------------------------- in sentences


def _unquoted(a: Document, b: Document, words: NDArray[np.int64]) -> NDArray[np.int64]:
    """(r,) words of unquoted prose in each of (r, 4) pairs of ranges, on the side with fewer."""
    of_a, of_b = (np.concatenate([[0], np.cumsum(each.quoted < 0)]) for each in (a, b))
    result: NDArray[np.int64] = np.minimum(of_a[words[:, 1]] - of_a[words[:, 0]], of_b[words[:, 3]] - of_b[words[:, 2]])
    return result


def prose_words(document: Document) -> int:
    """Count the words of a text without quotations and boilerplate."""
    return int(own_prose(document).sum())


def lifted(a: Document, b: Document, alignment: Alignment) -> int:
    """Count the words of unquoted prose that both texts have almost word for word (on the smaller side of each span)."""
    close = [span.close for span in alignment.spans]
    return int(_unquoted(a, b, alignment.words[close]).sum()) if any(close) else 0


def longest_lifted(a: Document, b: Document, alignment: Alignment) -> int:
    """Count the words of unquoted prose in the longest passage that both texts have word for word."""
    same = [span.kind == "verbatim" for span in alignment.spans]
    return int(_unquoted(a, b, alignment.words[same]).max()) if any(same) else 0


_SENTENCES = {
    "inside": "Of a sentence of {a}, two neighbouring ones of {b} hold {x} on average; {y} the other way round.",
    "thread": "{x} of {a} follows {b} sentence by sentence, in the same order; {y} the other way round.",
    "facts": "{b} has {x} of the names and numbers that {a} gives in its own words; {a} has {y} of those of {b}.",
    "novel": "{x} of {a}'s own words are names and numbers that {b} does not have; {y} the other way round.",
    "sequence": "{x} of the names and numbers of {a} come in the same order in {b}; {y} the other way round.",
    "together": "Of the names and numbers that one sentence of {a} gives together, {x} of the pairs stand close together in "
    "{b}, too; {y} the other way round.",
    "order": "The order in which the names and numbers of both are first mentioned: rank correlation {x}, and {y} the other "
    "way round (1 is the same order, −1 the reverse).",
    "quotations": "{x} of {a} is quoted speech that {b} does not have; {y} the other way round.",
    "coverage": "Shared passages cover {x} of {a}'s own words and {y} of {b}'s (quotations apart).",
    "counterparts": "Sentences resemble their best counterpart by {x} from {a} to {b}, {y} the other way round.",
    "new": "By words alone, {x} of what {a} says resembles no sentence of {b}; {y} the other way round.",
    "taken": "By its sentences with a counterpart and its names and numbers kept, about {x} of {a} has its like in {b}; "
    "{y} the other way round.",
    "names": "{b} has {x} of the names in {a}; {a} has {y} of those in {b}.",
    "numbers": "{b} has {x} of the numbers in {a}; {a} has {y} of those in {b}.",
    "vocabulary": "{b} has {x} of the other words of {a}; {a} has {y} of those of {b}.",
    "runs": "{x} of the five-word runs in {a}'s own prose stand in {b}; {y} the other way round.",
}


def sentence(name: str, a: str, b: str, sides: tuple[float | None, float | None]) -> str:
    """State a measure in a sentence about two articles, given by id."""
    if name == "amount":
        words = sides[0] or 0.0
        chance = "this long agree on less" if words > AMOUNT_WORDS else "this short agree on much"
        return f"The shorter text has {words:.0f} words of its own prose; texts {chance} by chance."
    if name == "order":
        x, y = ("—" if each is None else f"{each:.2f}".replace("-", "−") for each in sides)
        return _SENTENCES[name].format(x=x, y=y)
    return _SENTENCES[name].format(a=a, b=b, x=percent(sides[0]), y=percent(sides[1]))


_REASONS = {
    "inside": "By words alone, {d} of what {derived} says is in {source}, {s} of what {source} says in {derived}; a "
    "rewriter tends to leave out more than is added.",
    "detail": "Where both tell the same, {derived} has {s} of the names and numbers of {source}{lost}, and {source} {d} of "
    "those of {derived}; a rewriter tends to lose some.",
    "detail-together": "Names and numbers from one sentence of {source} stand close together in {derived}, too, in {s} of "
    "the cases, those from one of {derived} in {source} in {d}; a rewriter tends to part them.",
    "speech": "Where both tell the same, {s} of {source} is quoted speech and {d} of {derived}; a rewriter tends to turn "
    "quotations into report.",
}


def reason(name: str, source: str, derived: str, sides: tuple[float | None, float | None], lost: Sequence[str]) -> str:
    """State why a measure suggests that ``source`` is the source of ``derived``.

    ``sides``: values in this order; ``lost``: names and numbers that ``derived`` lacks.
    """
    examples = f" (not {', '.join(lost[:LOST_NAMED])})" if lost else ""
    s, d = map(percent, sides)
    return _REASONS[name].format(source=source, derived=derived, s=s, d=d, lost=examples)


def lost(document: Document, units: NDArray[np.int64], best: NDArray[np.float64], phrases: Iterable[str]) -> list[str]:
    """Return those of a document's ``phrases`` that are in sentences with a counterpart; see ``NEWS``."""
    matched = units[best >= NEWS].tolist()
    told = "\n".join(document.slice(*each) for each in matched if each[0] < each[1] and document.body[each[0]])
    return [each for each in phrases if _stands_in(told, each)]


def _stands_in(text: str, phrase: str) -> bool:
    """Whether a text has a phrase that is no part of longer words; a pattern would have to be compiled for each phrase."""
    at = text.find(phrase)
    while at >= 0 and (text[at - 1 : at].isalnum() or text[at + len(phrase) : at + len(phrase) + 1].isalnum()):
        at = text.find(phrase, at + 1)
    return at >= 0


def dates_missing(a: Document, b: Document) -> str:
    """State which dates would decide which of two texts was first, if the known ones do not."""
    undated = [each.article for each in (a, b) if _moment(each.article.published) is None]
    if len(undated) == 2 and not any(each.published for each in undated):
        return " Neither has a date, which would decide."
    unread = [f" The date of {each.id}, “{each.published}”, cannot be read for sure." for each in undated if each.published]
    if undated:
        return "".join(unread) or f" {undated[0].id} has no date, which would decide."
    if earlier(a, b):
        return ""
    timed = [_is_timed(each.article.published) for each in (a, b)]
    if all(timed):
        return f" Both are of {date(a.article.published)}."
    undecided = a if not timed[0] else b
    return f" Both are of {date(undecided.article.published)}, and times of day would decide."


def told(
    a: Document,
    b: Document,
    alignment: Alignment,
    scores: Scores,
    shown: Measures,
    parts: Mapping[str, float],
    words: int,
    credited: Iterable[str],
) -> list[Evidence]:
    """Return every measure as a number for each side, its part of the log-odds and a sentence, the largest part first.

    ``shown``: the measures as counted; ``parts``: what each adds; ``words``: the count of :func:`lifted`; ``credited``: what
    :func:`agencies` finds.
    """
    one, two = a.article.id, b.article.id
    result = [
        Evidence(name, *sides, parts.get(name, 0.0), sentence(name, one, two, sides))
        for name, sides in shown.items()
        if sides != (None, None) or parts.get(name)
    ]
    if "short" in parts:
        sizes = float(prose_words(a)), float(prose_words(b))
        few = f"{min(sizes):.0f} words of prose"
        said = f"The shorter text has {few}, too few to tell a rewrite from what a template makes alike."
        result.append(Evidence("short", *sizes, parts["short"], said))
    if TEMPLATE in parts:
        kept = [percent(each) for each in shown["facts"]]
        said = (
            f"The wording of one follows the other's throughout, but {two} has only {kept[0]} of the names and numbers of "
            f"{one}, and {one} {kept[1]} of those of {two}: both fill in one template, with other news."
        )
        result.append(Evidence(TEMPLATE, *shown["facts"], parts[TEMPLATE], said))
    result.sort(key=lambda each: -abs(each.contribution))
    if alignment.spans:
        said = f"The longest passage that runs through both texts has {alignment.longest} words."
        result.append(Evidence("longest", alignment.longest, alignment.longest, 0.0, said))
        said = f"{words} words of unquoted prose stand almost word for word in both."
        result.append(Evidence(LIFTED, words, words, 0.0, said))
    result += (_quoted(a, b, shared) for shared in alignment.quotations)
    for each, cited in ((a, b), (b, a)):
        if cites := citation(each, cited):
            result.append(Evidence(CITES, float(each is a), float(each is b), 0.0, cites))
    result += (_credited(a, b, agency) for agency in sorted(credited))
    return [*result, in_common(scores.jaccard)]


def judged_by(a: Document, b: Document, part: JudgedPart, contribution: float, derived: bool) -> Evidence:
    """State by which part of a text the pair was judged; ``derived``: whether that makes it derived."""
    whole, other = (a, b) if part.sides[0] is not None else (b, a)
    begin, end = part.document.sentences.T.tolist()
    first = " ".join(whole.slice(begin[0], min(end[0], begin[0] + PART_NAMED)).split())
    last = " ".join(whole.slice(max(begin[-1], end[-1] - PART_NAMED), end[-1]).split())
    gaps = sum(one < following for one, following in zip(end[:-1], begin[1:], strict=True))
    where = f"in {gaps + 1} places between" if gaps else "from"
    words = f"{prose_words(part.document)} of its {prose_words(whole)} words"
    named = f"{words}, {where} “{first} …” {'and' if gaps else 'to'} “… {last}”"
    kept = "" if part.kept is None else f" Of the names and numbers there, {other.article.id} has {percent(part.kept)}."
    said = f"The part of {whole.article.id} most like {other.article.id} ({named}) says more for it, if not enough.{kept}"
    if derived:
        said = f"The verdict rests on one part of {whole.article.id} ({named}).{kept} The rest may come from elsewhere."
    return Evidence(PART, *part.sides, contribution, said)


def _quoted(a: Document, b: Document, shared: SharedQuotation) -> Evidence:
    quoted, other = a.article.text[shared.a_start : shared.a_end], b.article.text[shared.b_start : shared.b_end]
    said = f"Both quote {shared.speaker or 'the same words'}: “{quoted}”."
    if not np.array_equal(words_of(quoted)[2], words_of(other)[2]):
        whom = f"{shared.speaker}, in almost" if shared.speaker else "almost"
        said = f"Both quote {whom} the same words: {a.article.id} “{quoted}”, {b.article.id} “{other}”."
    said += " By itself that only shows one event."
    return Evidence("quotation", len(quoted.split()), len(other.split()), 0.0, said)


def _credited(a: Document, b: Document, agency: str) -> Evidence:
    name = next(_name(mark) for mark in (*a.attributions, *b.attributions) if plain(_name(mark)) == agency)
    by_a, by_b = (not is_agency(agency) or agency in _credits(each) for each in (a, b))
    said = f"Both credit {name}"
    if not (by_a and by_b):
        one, two = (a.article.id, b.article.id) if by_a else (b.article.id, a.article.id)
        said = f"{one} credits {name}, and {two} names it for what both have"
    return Evidence(AGENCY, float(by_a), float(by_b), 0.0, f"{said}, which speaks for a common source.")


def in_common(jaccard: float) -> Evidence:
    """State the Jaccard similarity of two texts."""
    said = f"Of all runs of words, {percent(jaccard)} are common to both (Jaccard)."
    return Evidence("jaccard", jaccard, jaccard, 0.0, said)
