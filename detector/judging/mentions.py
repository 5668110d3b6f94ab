"""A document's names and numbers as phrases: which words are one name or number, and how the text writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..document import Document, once_a_document
from ..languages.changes import CURRENCIES, HALF, sort_of
from ..languages.language import PARTICLES, TITLES, small_keys
from ..languages.naming import stems_known
from ..languages.numerals import value_of
from ..languages.words import among, joined_by, keys_of
from ..loops import judge_kernels, word_kernels
from ..model import FactKind

if TYPE_CHECKING:
    from numpy.typing import NDArray


# English words that a following number belongs to.
_NUMBERED = (
    "apollo article block building chapter company division district engine exit flight floor gate grade group highway "
    "interstate ladder lane level line model no number page paragraph part phase pier platform precinct proposition "
    "road room route runway section stage station tank terminal track unit ward zone"
)

_ARTICLES = {
    "de": "der die das dem den des",
    "en": "the a an",
    "es": "el la los las",
    "fr": "le la les",
    "it": "il lo la i gli le",
    "nl": "de het",
    "pt": "o a os as",
}

# Articles and prepositions that are written as one word with a name, by language.
_ELISIONS = {"ca": "[ld]", "fr": "[ld]|(?:|jus|lors|puis)qu", "it": "(?:|a|da|de|ne|su)ll?|d|un"}


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """The distinct names, or numbers, of a body in order of first mention; neighbouring ones form one phrase.

    ``words``: (g, 2) int64, half-open ranges of the document's words. ``told``: how the text writes them. ``hashes``: (g,)
    uint64, by their stems. ``mentions``: (k, 2) int64, the ranges of all mentions, and ``which`` (k,) the phrase of each.
    ``begins``: (n,) int64, the phrase whose first mention begins at a word, or -1. ``alone``: uint64, the sorted stems of
    one-word phrases, and ``alone_at``, which phrases these are. ``bare``, ``never``: (g,) bool, phrases that occur at least
    once without an article, and those that never have one. ``inside``: (n,) bool, the words of phrases of several words.
    """

    words: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    mentions: NDArray[np.int64]
    which: NDArray[np.int64]
    told: Sequence[str]
    begins: NDArray[np.int64]
    alone: NDArray[np.uint64]
    alone_at: NDArray[np.int64]
    bare: NDArray[np.bool_]
    never: NDArray[np.bool_]
    inside: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """The ``m`` words of a body: their places in the document, their stems, these sorted and in which order; its phrases."""

    words: NDArray[np.int64]
    stems: NDArray[np.uint64]
    ordered: NDArray[np.uint64]
    order: NDArray[np.int64]
    phrases: dict[FactKind, Phrases]


@once_a_document
def compact(document: Document) -> tuple[Document, NDArray[np.int64]]:
    """Merge each name or number of several words into one, and return (n + 1,) the new position of each word.

    The stems of the result are what the words stand for; it has no sentences or quotations.
    """
    fact = document.names | document.numbers
    head = np.ones(len(fact), np.bool_)
    head[1:] = ~(fact[1:] & fact[:-1] & (document.sense_of[1:] == document.sense_of[:-1]))
    head[1:] |= (document.start[1:] - document.end[:-1] > 1) & ~_pointed(document)
    at = np.flatnonzero(head)
    last = np.append(at[1:], len(head))[: len(at)] - 1
    arrays = {name: getattr(document, name)[at] for name in ("start", "keys", "sense_of", "names", "numbers", "body")}
    stems = document.senses[arrays["sense_of"]]
    none: dict[str, Any] = {"sentences": np.empty((0, 2), np.int32), "quoted": np.full(len(at), -1, np.int32)}
    return replace(document, end=document.end[last], stems=stems, **arrays, **none), np.append(0, np.cumsum(head))


@once_a_document
def mentions_in(document: Document) -> Mentions:
    """The names and numbers of a :func:`compact` document."""
    words = np.flatnonzero(document.body)
    stems = document.stems[words]
    order = np.argsort(document.sense_of[words], kind="stable")
    follows = joined_by(" -", document.article.text, document.start, document.end)
    known = among(document.stems, stems_known())
    initial = document.names & (document.end - document.start == 1)
    follows[1:] |= (known | initial | among(document.keys, keys_of(TITLES)))[:-1] & _pointed(document)
    told = document.names & document.body & ~among(document.keys, small_keys(document.language))
    names = _with_particles(document, told, follows)
    numbered = np.append([False], (names & among(document.keys, keys_of(_NUMBERED)))[:-1]) & follows & document.numbers
    follows[_owners(document, names) + 1] = False
    articles = np.append([False], among(document.keys, keys_of(_ARTICLES.get(document.language, "")))[:-1]) & follows
    articles &= ~known
    scores = joined_by("-–:", document.article.text, document.start, document.end) & ~_range_ends(document)
    scores |= _continued(document)
    phrases: dict[FactKind, Phrases] = {
        "name": _phrases(document, names | numbered, follows, articles),
        "number": _phrases(document, document.numbers & document.body & ~numbered & ~names, scores, np.zeros_like(articles)),
    }
    return Mentions(words, stems, stems[order], order, phrases)


def _range_ends(document: Document) -> NDArray[np.bool_]:
    """(n,) bool: the numbers that end a range: 40-50 people, 2,000–3,000, 1.5-2 million, 5-10 %; not those of a score."""
    text, result = document.article.text, np.zeros(len(document.start), np.bool_)
    for at in np.flatnonzero(joined_by("-–", text, document.start, document.end) & document.numbers).tolist():
        found = _RANGE.match(text, document.start[at - 1])
        if not found or found.start("high") != document.start[at]:
            continue
        low, high = (value_of(each, document.language) for each in found.groups())
        scaled = found.end() < document.end[at] and sort_of(text[document.start[at] : document.end[at]]) != "day"
        result[at] = low < high and (scaled or low >= _THOUSAND or _COUNTED.match(text, found.end()) is not None)
    return result


_RANGE = re.compile(r"((?!0\d)\d+(?:[.,]\d+)*)[-–](?P<high>\d+(?:[.,]\d+)*)")
_THOUSAND = 1000  # no score is so high
_COUNTED = re.compile(
    r"\s?(?:%|per\s?cent)|\s(?:people|men|women|children|(?!(?:as|has|his|is|its|less|loss|this|us|was)\b)[a-z]{2,}s)\b"
)


def _continued(document: Document) -> NDArray[np.bool_]:
    """(n,) bool: the words that continue a number behind a space: three figures behind one to three (10 000), or words."""
    text, result = document.article.text, np.zeros(len(document.start), np.bool_)
    spaced = joined_by(" \u00a0\u202f", text, document.start, document.end) & document.numbers
    spaced[1:] &= document.numbers[:-1]
    at = np.flatnonzero(spaced)
    ranges = zip(document.start[at - 1].tolist(), document.end[at].tolist(), strict=True)
    result[at] = [bool(_CONTINUED.fullmatch(text, *each)) for each in ranges]
    return result


_CONTINUED = re.compile(r"\d{1,3}\s\d{3}|[^\W\d][^\d]*")


def _pointed(document: Document) -> NDArray[np.bool_]:
    """(n - 1,) bool: the words followed by a full stop and a space, as in U.S. Senate."""
    result, text = np.zeros(max(len(document.start) - 1, 0), np.bool_), document.article.text
    at = np.flatnonzero(document.start[1:] - document.end[:-1] == 2)
    result[at] = [text[end : end + 2] == ". " for end in document.end[at].tolist()]
    return result


def _with_particles(document: Document, names: NDArray[np.bool_], follows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) bool: the names, with the particles between two of them: Joost de Wit, Ludwig van der Berg.

    In languages other than English, particles stand between any two nouns, or the nouns are capitalised; there, words
    between hyphens are added: Saint-Alban-le-Haut.
    """
    if document.language in ("en", ""):
        small = among(document.keys, keys_of(PARTICLES))
    else:
        small = document.body & ~document.numbers
        follows = joined_by("-", document.article.text, document.start, document.end)
    joins = np.append(small & ~names & follows, [False, False])
    before = np.concatenate([[False], names])  # the word before is a name
    after = np.append(names & follows, [False, False])
    one = joins[:-2] & before[:-1] & after[1:-1]
    two = joins[:-2] & joins[1:-1] & before[:-1] & after[2:]
    result: NDArray[np.bool_] = names | one | two
    result[1:] |= two[:-1]
    return result


def _owners(document: Document, names: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The places of names in the genitive, which end a phrase: Kenya and Ann Lee, not "Kenya's Ann Lee".

    The last word is not considered. St. John's Hospital is one name.
    """
    saints = np.append([False], among(document.keys, keys_of("st"))[:-1])
    at = np.flatnonzero(names[:-1] & ~saints[:-1])
    text = document.article.text
    return at[[text[stop - 2 : stop] in ("'s", "’s") for stop in document.end[at].tolist()]]


def _phrases(
    document: Document, flagged: NDArray[np.bool_], follows: NDArray[np.bool_], behind: NDArray[np.bool_]
) -> Phrases:
    """``behind``: (n,) bool, the words after an article."""
    ranges, hashes = judge_kernels.phrases(flagged, follows, document.stems)
    inside = np.zeros(len(flagged), np.bool_)
    several = ranges[ranges[:, 1] - ranges[:, 0] > 1]
    inside[several[:, 0]] = True
    inside |= flagged & follows & np.append([False], flagged[:-1])
    first, which = word_kernels.distinct(hashes)
    bare, never = np.zeros(len(first), np.bool_), np.ones(len(first), np.bool_)
    bare[which[~behind[ranges[:, 0]]]] = True
    never[which[behind[ranges[:, 0]]]] = False
    mentions, ranges = ranges, ranges[first]
    lone = np.flatnonzero(ranges[:, 1] - ranges[:, 0] == 1)
    stems = document.stems[ranges[lone, 0]]
    order = np.argsort(stems)
    told = written_in(document, ranges[:, 0], ranges[:, 1] - 1)
    begins = np.full(len(flagged), -1, np.int64)
    begins[ranges[:, 0]] = np.arange(len(ranges))
    return Phrases(ranges, hashes[first], mentions, which, told, begins, stems[order], lone[order], bare, never, inside)


def written_in(document: Document, first: NDArray[np.int64], last: NDArray[np.int64]) -> list[str]:
    """The text from each ``first`` word to its ``last``, without a final genitive; amounts have their currency.

    What is elided before a name is left out: the name of l'Oise is Oise.
    """
    text, elided = document.article.text, _ELIDED.get(document.language)
    found = []
    for begin, end in zip(document.start[first].tolist(), document.end[last].tolist(), strict=True):
        if text[begin].isdigit():
            begin -= text[begin - 1 : begin] in CURRENCIES or bool(_MINUS.match(text, max(begin - 2, 0), begin))
            behind = _PERCENT.match(text, end)
            end = behind.end() if behind else end + bool(text[end : end + 1] == "." and HALF.search(text, begin, end))
        elif elided and (article := elided.match(text, begin, end)) and text[article.end()].isupper():
            begin = article.end()
        found.append(text[begin:end])
    return [_GENITIVE.sub("", each) if each[-1:] in "s'’" else each for each in found]


_ELIDED = {language: re.compile(rf"(?:{listed})['’](?=\w)") for language, listed in _ELISIONS.items()}
_MINUS = re.compile(r"(?:^|\s)[-−]$")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b)", re.IGNORECASE)
_GENITIVE = re.compile(r"['’]s?\Z")
