"""Names and numbers of two documents: what both tell, what only one tells, what differs within a passage that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from . import judge_kernels, word_kernels
from .language import small_keys
from .model import Alignment, Document, Fact, FactKind, once_a_document
from .naming import stems_known
from .words import among, joined_by
from .words import words as words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


# Small words inside the names of people. In other languages they stand between any two nouns, or the nouns have capitals.
_PARTICLES = "van von der den ter ten zu zum zur bin ibn bint ben al el de del de la las los le du des da das do di della"


_ARTICLES = {
    "de": "der die das dem den des",
    "en": "the a an",
    "es": "el la los las",
    "fr": "le la les",
    "it": "il lo la i gli le",
    "nl": "de het",
    "pt": "o a os as",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Phrases:
    """The distinct names, or numbers, of a body in the order of their first mention: neighbouring ones are one phrase.

    ``words``: (g, 2) int64, half-open ranges of the document's words. ``told``: how it writes them. ``alone``: uint64, the
    sorted stems of those that are one word, and ``alone_at`` which they are. ``bare``, ``never``: (g,) bool, those that
    stand without an article once, and that never have one. ``inside``: (n,) bool, the words of those of several.
    """

    words: NDArray[np.int64]
    told: Sequence[str]
    alone: NDArray[np.uint64]
    alone_at: NDArray[np.int64]
    bare: NDArray[np.bool_]
    never: NDArray[np.bool_]
    inside: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Body:
    """Of the ``m`` words of a body: their places in the document, their stems, and these sorted; and its phrases."""

    words: NDArray[np.int64]
    stems: NDArray[np.uint64]
    ordered: NDArray[np.uint64]
    order: NDArray[np.int64]
    phrases: dict[FactKind, _Phrases]


@once_a_document
def _compact(document: Document) -> tuple[Document, NDArray[np.int64]]:
    """The document with each name or number of several words as one, and (n + 1,) where its words come to stand there.

    Its stems are what the words stand for; it has no sentences and quotations.
    """
    fact = document.names | document.numbers
    head = np.ones(len(fact), np.bool_)
    head[1:] = ~(fact[1:] & fact[:-1] & (document.sense_of[1:] == document.sense_of[:-1]))
    head[1:] |= document.start[1:] - document.end[:-1] > 1
    at = np.flatnonzero(head)
    last = np.append(at[1:], len(head))[: len(at)] - 1
    arrays = {name: getattr(document, name)[at] for name in ("start", "keys", "sense_of", "names", "numbers", "body")}
    stems = document.senses[arrays["sense_of"]]
    none: dict[str, Any] = {"sentences": np.empty((0, 2), np.int32), "quoted": np.full(len(at), -1, np.int32)}
    return replace(document, end=document.end[last], stems=stems, **arrays, **none), np.append(0, np.cumsum(head))


@once_a_document
def _body(document: Document) -> _Body:
    words = np.flatnonzero(document.body)
    stems = document.stems[words]
    order = np.argsort(document.sense_of[words], kind="stable")
    follows = joined_by(" -", document.article.text, document.start, document.end)
    known = among(document.stems, stems_known())
    follows[1:] |= known[:-1] & _pointed(document)
    told = document.names & document.body & ~among(document.keys, small_keys(document.language))
    names = _with_particles(document, told, follows)
    follows[_owners(document, names) + 1] = False
    articles = np.append([False], among(document.keys, _keys(_ARTICLES.get(document.language, "")))[:-1]) & follows
    articles &= ~known
    scores = joined_by(" -–:", document.article.text, document.start, document.end)
    phrases: dict[FactKind, _Phrases] = {
        "name": _phrases(document, names, follows, articles),
        "number": _phrases(document, document.numbers & document.body, scores, np.zeros_like(articles)),
    }
    return _Body(words, stems, stems[order], order, phrases)


def _pointed(document: Document) -> NDArray[np.bool_]:
    """(n - 1,) bool: the words behind which stand a point and a space, as in U.S. Senate."""
    result, text = np.zeros(max(len(document.start) - 1, 0), np.bool_), document.article.text
    at = np.flatnonzero(document.start[1:] - document.end[:-1] == 2)
    result[at] = [text[end : end + 2] == ". " for end in document.end[at].tolist()]
    return result


@cache
def _keys(listed: str) -> NDArray[np.uint64]:
    return np.unique(words_of(listed)[2])


def _with_particles(document: Document, names: NDArray[np.bool_], follows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) bool: the names with, in English, the particles between two of them: Joost de Wit, Ludwig van der Berg."""
    if document.language not in ("en", ""):
        return names
    joins = np.append(among(document.keys, _keys(_PARTICLES)) & ~names & follows, [False, False])
    before = np.concatenate([[False], names])  # the word before is one
    after = np.append(names & follows, [False, False])
    one = joins[:-2] & before[:-1] & after[1:-1]
    two = joins[:-2] & joins[1:-1] & before[:-1] & after[2:]
    result: NDArray[np.bool_] = names | one | two
    result[1:] |= two[:-1]
    return result


def _owners(document: Document, names: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The names in the genitive, which end there: Kenya and Ann Lee, not "Kenya's Ann Lee". The last word is not asked."""
    at = np.flatnonzero(names[:-1])
    text = document.article.text
    return at[[text[stop - 2 : stop] in ("'s", "’s") for stop in document.end[at].tolist()]]


def _phrases(
    document: Document, flagged: NDArray[np.bool_], follows: NDArray[np.bool_], behind: NDArray[np.bool_]
) -> _Phrases:
    """``behind``: (n,) bool, the words behind an article."""
    ranges, hashes = judge_kernels.phrases(flagged, follows, document.stems)
    inside = np.zeros(len(flagged), np.bool_)
    several = ranges[ranges[:, 1] - ranges[:, 0] > 1]
    inside[several[:, 0]] = True
    inside |= flagged & follows & np.append([False], flagged[:-1])
    first, which = word_kernels.distinct(hashes)
    bare, never = np.zeros(len(first), np.bool_), np.ones(len(first), np.bool_)
    bare[which[~behind[ranges[:, 0]]]] = True
    never[which[behind[ranges[:, 0]]]] = False
    ranges = ranges[first]
    lone = np.flatnonzero(ranges[:, 1] - ranges[:, 0] == 1)
    stems = document.stems[ranges[lone, 0]]
    order = np.argsort(stems)
    told = _written(document, ranges[:, 0], ranges[:, 1] - 1)
    return _Phrases(ranges, told, stems[order], lone[order], bare, never, inside)


def _written(document: Document, first: NDArray[np.int64], last: NDArray[np.int64]) -> list[str]:
    """The text from each ``first`` word to its ``last``, without a genitive at the end; "" for words before the first."""
    text = document.article.text
    ends = document.end[last].tolist()
    found = [
        text[begin : end + bool(text[end : end + 1] == "." and _HALF.search(text, begin, end))]
        for begin, end in zip(document.start[first].tolist(), ends, strict=True)
    ]
    return [_bare(each) if each[-1:] in "s'’" else each for each in found]


_HALF = re.compile(r"\s?\b[ap]\.m\.?$", re.IGNORECASE)  # of the day; the point behind it is no part of a word


def _bare(phrase: str) -> str:
    for genitive in ("'s", "’s", "'", "’"):
        if phrase.endswith(genitive):
            return phrase[: -len(genitive)]
    return phrase


def _across(one: Document, other: Document, kind: FactKind) -> tuple[list[bool], list[str]]:
    """Which of the phrases of one document the other has, and how it writes each of them, "" for none.

    It has those that stand there in a row, names of three words or more without the first of them (Ann Lee for Dr Ann Lee),
    too, and those whose last word is there by itself (Kirby for John Kirby). With an
    article ("the Office") a word is no name of somebody: for the Accident Office it stands neither alone nor in it.
    """
    phrases, body = _body(one).phrases[kind], _body(other)
    theirs = body.phrases[kind]
    given = one.stems, body.stems, body.ordered, body.order, theirs.alone
    at = judge_kernels.phrases_within(phrases.words, *given)
    size = phrases.words[:, 1] - phrases.words[:, 0]
    if kind == "name":  # Superintendent Ann Lee, MS Royal Star: the title may be said elsewhere, or not at all
        titled = np.flatnonzero((size > 2) & (at[:, 0] < 0))
        if len(titled):
            rest = phrases.words[titled] + np.array([1, 0])
            at[titled, 0] = judge_kernels.phrases_within(rest, *given)[:, 0]
            size[titled] -= at[titled, 0] >= 0
    at[(size > 1) & ~phrases.never, 1] = -1
    if len(theirs.alone_at):
        at[(size > 1) & (at[:, 1] >= 0) & ~theirs.bare[theirs.alone_at[at[:, 1]]], 1] = -1
    if len(body.words):
        at[(size == 1) & ~phrases.bare & (at[:, 1] < 0) & theirs.inside[body.words[at[:, 0]]], 0] = -1
    whole = np.flatnonzero(at[:, 0] >= 0)
    written = [theirs.told[theirs.alone_at[each]] if each >= 0 else "" for each in at[:, 1].tolist()]
    told = _written(other, body.words[at[whole, 0]], body.words[at[whole, 0] + size[whole] - 1])
    for place, phrase in zip(whole.tolist(), told, strict=True):
        written[place] = phrase
    return (at.max(axis=1, initial=-1) >= 0).tolist(), written


def facts(a: Document, b: Document, alignment: Alignment) -> tuple[Fact, ...]:
    """Names and numbers that both texts have, that only one has, and numbers that differ within one shared passage.

    Which names are in the other text: see :func:`_across`.
    """
    (a, place_a), (b, place_b) = _compact(a), _compact(b)
    spans = np.hstack([place_a[alignment.words[:, :2]], place_b[alignment.words[:, 2:]]])
    told: list[Fact] = []
    for kind in get_args(FactKind):
        of_a, of_b = _body(a).phrases[kind].told, _body(b).phrases[kind].told
        there, written = _across(a, b, kind)
        told += _without_last_names(
            Fact(kind, "shared", phrase, other or phrase)
            for phrase, other, kept in zip(of_a, written, there, strict=True)
            if kept and (kind == "number" or not other.islower())  # a word that the other has in small letters names nobody
        )
        only_a = {at: phrase for at, phrase in enumerate(of_a) if not there[at]}
        back, _ = _across(b, a, kind)
        only_b = {at: phrase for at, phrase in enumerate(of_b) if not back[at]}
        if kind == "number" and only_a and only_b:
            for at_a, at_b in _changed(a, b, spans, set(only_a), set(only_b)):
                one, other = only_a.pop(at_a), only_b.pop(at_b)
                same = _HALF.sub("", one) == _HALF.sub("", other) and bool(_HALF.search(one)) != bool(_HALF.search(other))
                told.append(Fact(kind, "shared" if same else "changed", one, other))
        told += [Fact(kind, "a-only", phrase, None) for phrase in only_a.values()]
        told += [Fact(kind, "b-only", None, phrase) for phrase in only_b.values()]
    return tuple(told)


def _without_last_names(shared: Iterable[Fact]) -> list[Fact]:
    """The facts without names that end longer ones on both sides: Lee, where both name Ann Lee."""
    facts = list(shared)
    ends = {tuple((each or "").rpartition(" ")[2] for each in (fact.a, fact.b)) for fact in facts if " " in (fact.a or "")}
    return [fact for fact in facts if fact.kind == "number" or (fact.a, fact.b) not in ends]


def _changed(
    a: Document, b: Document, spans: NDArray[np.int64], only_a: set[int], only_b: set[int]
) -> list[tuple[int, int]]:
    """Numbers of which each side of a span has just one that the other text lacks: one was put for the other.

    ``spans``: (s, 4), ranges of words of both. ``only_a``, ``only_b``: which numbers one text has alone, by their places
    among its phrases.
    """
    pairs: list[tuple[int, int]] = []
    sides = (a, only_a, spans[:, :2]), (b, only_b, spans[:, 2:])
    for inside in zip(*(_numbers_in(document, only, words) for document, only, words in sides), strict=True):
        left = [[each for each in found if each in only] for found, only in zip(inside, (only_a, only_b), strict=True)]
        if len(left[0]) == len(left[1]) == 1:
            only_a.discard(left[0][0])
            only_b.discard(left[1][0])
            pairs.append((left[0][0], left[1][0]))
    return pairs


def _numbers_in(document: Document, only: set[int], words: NDArray[np.int64]) -> list[list[int]]:
    """Which of the numbers of one word each range of words holds, by their places among the document's phrases."""
    phrases = _body(document).phrases["number"]
    place = {int(stem): at for stem, at in zip(phrases.alone, phrases.alone_at.tolist(), strict=True) if at in only}
    numbers = np.flatnonzero(document.numbers)
    bounds = np.searchsorted(numbers, words).tolist()
    stems = document.stems[numbers].tolist()
    return [list(dict.fromkeys(place[each] for each in stems[begin:end] if each in place)) for begin, end in bounds]
