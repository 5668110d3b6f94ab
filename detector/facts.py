"""Names and numbers of two documents: what both have, what only one has, and what differs within a shared passage."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from . import judge_kernels, word_kernels
from .changes import CURRENCIES, HALF, RESPELT, alike, equal, exchanged, sort_of
from .document import Alignment, Document, once_a_document
from .language import function_keys, small_keys
from .model import Fact, FactKind, Span
from .naming import stems_known
from .stems import stems_of
from .words import among, joined_by
from .words import words as words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


# Small words inside personal names. In other languages they stand between any two nouns, or the nouns are capitalised.
_PARTICLES = "van von der den ter ten zu zum zur bin ibn bint ben al el de del de la las los le du des da das do di della"


# English words that a following number belongs to, and abbreviations before names that may end in a full stop.
_NUMBERED = (
    "apollo article block building chapter company division district engine exit flight floor gate grade group highway "
    "interstate ladder lane level line model no number page paragraph part phase pier platform precinct proposition "
    "road room route runway section stage station tank terminal track unit ward zone"
)
_TITLES = "capt col cpl dr ft gen gov hon jr lt maj messrs mr mrs ms mt prof rep rev sen sgt sr st"

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_UNDECLINED = frozenset(("da", "de", "en", "es", "fr", "it", "nl", "no", "pt", "sv"))
"""Languages whose names keep their last vowel in every case."""

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
    """The distinct names, or numbers, of a body in order of first mention; neighbouring ones form one phrase.

    ``words``: (g, 2) int64, half-open ranges of the document's words. ``told``: how the text writes them. ``hashes``: (g,)
    uint64, by their stems. ``mentions``: (k, 2) int64, the ranges of all mentions, and ``which`` (k,) the phrase of each.
    ``alone``: uint64, the sorted stems of one-word phrases, and ``alone_at``, which phrases these are. ``bare``, ``never``:
    (g,) bool, phrases that occur at least once without an article, and those that never have one. ``inside``: (n,) bool, the
    words of phrases of several words.
    """

    words: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    mentions: NDArray[np.int64]
    which: NDArray[np.int64]
    told: Sequence[str]
    alone: NDArray[np.uint64]
    alone_at: NDArray[np.int64]
    bare: NDArray[np.bool_]
    never: NDArray[np.bool_]
    inside: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Body:
    """The ``m`` words of a body: their places in the document, their stems, these sorted and in which order; its phrases."""

    words: NDArray[np.int64]
    stems: NDArray[np.uint64]
    ordered: NDArray[np.uint64]
    order: NDArray[np.int64]
    phrases: dict[FactKind, _Phrases]


@once_a_document
def _compact(document: Document) -> tuple[Document, NDArray[np.int64]]:
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
def _body(document: Document) -> _Body:
    words = np.flatnonzero(document.body)
    stems = document.stems[words]
    order = np.argsort(document.sense_of[words], kind="stable")
    follows = joined_by(" -", document.article.text, document.start, document.end)
    known = among(document.stems, stems_known())
    initial = document.names & (document.end - document.start == 1)
    follows[1:] |= (known | initial | among(document.keys, _keys(_TITLES)))[:-1] & _pointed(document)
    told = document.names & document.body & ~among(document.keys, small_keys(document.language))
    names = _with_particles(document, told, follows)
    numbered = np.append([False], (names & among(document.keys, _keys(_NUMBERED)))[:-1]) & follows & document.numbers
    follows[_owners(document, names) + 1] = False
    articles = np.append([False], among(document.keys, _keys(_ARTICLES.get(document.language, "")))[:-1]) & follows
    articles &= ~known
    scores = joined_by("-–:", document.article.text, document.start, document.end) | _continued(document)
    phrases: dict[FactKind, _Phrases] = {
        "name": _phrases(document, names | numbered, follows, articles),
        "number": _phrases(document, document.numbers & document.body & ~numbered & ~names, scores, np.zeros_like(articles)),
    }
    return _Body(words, stems, stems[order], order, phrases)


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


@cache
def _keys(listed: str) -> NDArray[np.uint64]:
    return np.unique(words_of(listed)[2])


def _with_particles(document: Document, names: NDArray[np.bool_], follows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) bool: the names, with the particles between two of them: Joost de Wit, Ludwig van der Berg.

    Particles are added only in English or in an unknown language.
    """
    if document.language not in ("en", ""):
        return names
    joins = np.append(among(document.keys, _keys(_PARTICLES)) & ~names & follows, [False, False])
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
    saints = np.append([False], among(document.keys, _keys("st"))[:-1])
    at = np.flatnonzero(names[:-1] & ~saints[:-1])
    text = document.article.text
    return at[[text[stop - 2 : stop] in ("'s", "’s") for stop in document.end[at].tolist()]]


def _phrases(
    document: Document, flagged: NDArray[np.bool_], follows: NDArray[np.bool_], behind: NDArray[np.bool_]
) -> _Phrases:
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
    told = _written(document, ranges[:, 0], ranges[:, 1] - 1)
    return _Phrases(ranges, hashes[first], mentions, which, told, stems[order], lone[order], bare, never, inside)


def _written(document: Document, first: NDArray[np.int64], last: NDArray[np.int64]) -> list[str]:
    """The text from each ``first`` word to its ``last``, without a final genitive; amounts have their currency."""
    text = document.article.text
    found = []
    for begin, end in zip(document.start[first].tolist(), document.end[last].tolist(), strict=True):
        if text[begin].isdigit():
            begin -= text[begin - 1 : begin] in CURRENCIES
            behind = _PERCENT.match(text, end)
            end = behind.end() if behind else end + bool(text[end : end + 1] == "." and HALF.search(text, begin, end))
        found.append(text[begin:end])
    return [_bare(each) if each[-1:] in "s'’" else each for each in found]


_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b)", re.IGNORECASE)


def _bare(phrase: str) -> str:
    for genitive in ("'s", "’s", "'", "’"):
        if phrase.endswith(genitive):
            return phrase[: -len(genitive)]
    return phrase


def _across(one: Document, other: Document, kind: FactKind) -> tuple[list[bool], list[str]]:
    """Return which phrases of one document the other has, and how it writes each of them, "" for none.

    A phrase is found if the other has the same words in a row; for names of three or more words, the first may be missing
    (Ann Lee for Dr Ann Lee). A longer name is also found by its last word alone (Kirby for John Kirby), unless either has an
    article: "the Office" and the Accident Office do not match.
    """
    phrases, body = _body(one).phrases[kind], _body(other)
    theirs = body.phrases[kind]
    given = one.stems, body.stems, body.ordered, body.order, theirs.alone
    if kind == "number":  # numbers by themselves: the 9 of Pier 9 and the 1 of 6-1 do not match another 9 or 1
        free = ~(theirs.inside | body.phrases["name"].inside)[body.words[body.order]]
        given = one.stems, body.stems, body.ordered[free], body.order[free], theirs.alone
    at = judge_kernels.phrases_within(phrases.words, *given)
    size = phrases.words[:, 1] - phrases.words[:, 0]
    if kind == "number":
        for each in np.flatnonzero(size > 1).tolist():
            same = np.flatnonzero(theirs.hashes == phrases.hashes[each])
            at[each] = np.searchsorted(body.words, theirs.words[same[0], 0]) if len(same) else -1, -1
    else:  # Superintendent Ann Lee, MS Royal Star: the title may be elsewhere or missing
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


def facts(a: Document, b: Document, alignment: Alignment, alike: Sequence[Span] = ()) -> tuple[Fact, ...]:
    """Return the names and numbers that both texts have, that only one has, and those that differ where both say the same.

    Both say the same in a passage, in the sentences that it is in, and in sentences that are ``alike``. :func:`_across`
    defines when a name counts as present in the other text.
    """
    spans = _ranges(a, b, alignment, alike)
    close = np.zeros(len(spans), np.bool_)
    close[: len(alignment.spans)] = [each.kind in ("verbatim", "edited") for each in alignment.spans]
    (a, place_a), (b, place_b) = _compact(a), _compact(b)
    spans = np.hstack([place_a[spans[:, :2]], place_b[spans[:, 2:]]])
    told: list[Fact] = []
    for kind in get_args(FactKind):
        of_a, of_b = _body(a).phrases[kind].told, _body(b).phrases[kind].told
        there, written = _across(a, b, kind)
        told += _without_last_names(
            Fact(kind, "changed" if exchanged(phrase, other) else "shared", phrase, other or phrase)
            for phrase, other, kept in zip(of_a, written, there, strict=True)
            if kept and (kind == "number" or not other.islower())  # a word in lower case in the other text is not a name
        )
        back, _ = _across(b, a, kind)
        only_a = {at: phrase for at, phrase in enumerate(of_a) if not there[at]}
        only_b = {at: phrase for at, phrase in enumerate(of_b) if not back[at]}
        for at_a, at_b in _changed(a, b, kind, spans, close, only_a.keys(), only_b.keys()):
            one, other = of_a[at_a], of_b[at_b]
            told.append(Fact(kind, "shared" if equal(one, other) else "changed", one, other))
            only_a = {at: each for at, each in only_a.items() if at != at_a and not one.endswith(f" {each}")}
            only_b = {at: each for at, each in only_b.items() if at != at_b and not other.endswith(f" {each}")}
        for one, other in _few_recounted(a, b, spans) if kind == "number" else ():
            told.append(Fact(kind, "changed", one, other))
            only_a = {at: each for at, each in only_a.items() if each != one}
            only_b = {at: each for at, each in only_b.items() if each != other}
        told += [Fact(kind, "a-only", phrase, None) for phrase in only_a.values()]
        told += [Fact(kind, "b-only", None, phrase) for phrase in only_b.values()]
    return tuple(dict.fromkeys(told))


def _ranges(a: Document, b: Document, alignment: Alignment, alike: Sequence[Span]) -> NDArray[np.int64]:
    """(s, 4) ranges of words where both texts say the same: passages, ``alike``, and the sentences of passages."""
    more = np.array([(each.a_start, each.a_end, each.b_start, each.b_end) for each in alike], np.int32).reshape(-1, 4)
    found = np.hstack([np.searchsorted(a.start, more[:, :2]), np.searchsorted(b.start, more[:, 2:])])
    whole = np.hstack([_sentences(a, alignment.words[:, :2]), _sentences(b, alignment.words[:, 2:])])
    return np.concatenate([alignment.words, found, whole]).astype(np.int64)


def _sentences(document: Document, words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Widen nonempty ranges of words to the sentences that contain them."""
    begin, end = document.sentences.T
    first = np.maximum(np.searchsorted(begin, words[:, 0], side="right") - 1, 0)
    last = np.minimum(np.searchsorted(end, words[:, 1]), len(end) - 1)
    return np.stack([np.minimum(begin[first], words[:, 0]), np.maximum(end[last], words[:, 1])], axis=1)


def _without_last_names(shared: Iterable[Fact]) -> list[Fact]:
    """Drop names that end longer ones on both sides: Lee, where both have Ann Lee."""
    facts = list(shared)
    ends = {tuple((each or "").rpartition(" ")[2] for each in (fact.a, fact.b)) for fact in facts if " " in (fact.a or "")}
    return [fact for fact in facts if fact.kind == "number" or (fact.a, fact.b) not in ends]


def _changed(
    a: Document,
    b: Document,
    kind: FactKind,
    spans: NDArray[np.int64],
    close: NDArray[np.bool_],
    only_a: Collection[int],
    only_b: Collection[int],
) -> list[tuple[int, int]]:
    """Find names or numbers replaced by others where both texts say the same: pairs of places among each text's phrases.

    ``spans``: (s, 4), ranges of words where they do, most certain first; ``close``: (s,) bool, in one wording.
    ``only_a``, ``only_b``: phrases of one text alone. Numbers are paired in order if both sides have as many of a sort that
    the other side lacks; a number that the other text has elsewhere, only if both stand before the same word, which it has
    not elsewhere, or if two numbers have changed places. Names are paired if they are spelt alike, and days of the week.
    """
    pairs: list[tuple[int, int]] = []
    crossed: dict[tuple[int, int], tuple[int, int, bool]] = {}
    done_a, done_b = set[int](), set[int]()
    here, there = _body(a).phrases[kind], _body(b).phrases[kind]
    (in_a, alone_a), (in_b, alone_b) = _mentions(here, spans[:, :2], only_a), _mentions(there, spans[:, 2:], only_b)
    if kind == "name":
        told = (alone_a > 0) & (alone_b > 0)
    else:
        told = (np.diff(in_a) > 0)[:, 0] & (np.diff(in_b) > 0)[:, 0]
        told &= (alone_a + alone_b > 0) | (close & _ordered_otherwise(here, in_a, there, in_b, told & close))
    for at in np.flatnonzero(told).tolist():
        every_a, every_b = _first(here, range(*in_a[at])), _first(there, range(*in_b[at]))
        left = [at for phrase, at in every_a.items() if phrase not in every_b and here.which[at] not in done_a]
        right = [at for phrase, at in every_b.items() if phrase not in every_a and there.which[at] not in done_b]
        if kind == "name":
            declined = a.language not in _UNDECLINED
            names = _respelt(here, left, there, right, declined)
            found: Iterable[tuple[int, int]] = chain(names, _redated(a, left, b, right))
        else:
            found = _recounted(a, list(every_a.values()), left, b, list(every_b.values()), right)
        for at_a, at_b in found:
            one, other = int(here.which[at_a]), int(there.which[at_b])
            if here.hashes[one] == there.hashes[other] or one in done_a or other in done_b:
                continue
            counting = (a, here.mentions[at_a]), (b, there.mentions[at_b])
            nouns = [_counted(*each) if kind == "number" else set() for each in counting]
            counted = nouns[0] & nouns[1]
            counted_there = _counts(b).get(int(here.hashes[one]), set()) | _counts(a).get(int(there.hashes[other]), set())
            if (one in only_a and other in only_b) or (counted - counted_there):
                pairs.append((one, other))
                done_a.add(one)
                done_b.add(other)
            if close[at] and kind == "number":
                led_alike = _led_alike(a, here.mentions[at_a], b, there.mentions[at_b])
                held = bool(counted) or (led_alike and not all(nouns))
                crossed.setdefault((int(here.hashes[one]), int(there.hashes[other])), (one, other, held))
    for (of_a, of_b), (one, other, held) in crossed.items():
        back = crossed.get((of_b, of_a))
        if back and (held or back[2]) and one not in done_a and other not in done_b:
            pairs.append((one, other))
    return pairs


def _ordered_otherwise(
    here: _Phrases, in_a: NDArray[np.int64], there: _Phrases, in_b: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(s,) bool: of the ranges ``wanted``, those whose mentions ``in_a`` and ``in_b`` are not the same in the same order."""
    result = np.zeros(len(wanted), np.bool_)
    of_a, of_b = here.hashes[here.which], there.hashes[there.which]
    for at in np.flatnonzero(wanted).tolist():
        result[at] = not np.array_equal(of_a[slice(*in_a[at])], of_b[slice(*in_b[at])])
    return result


def _mentions(
    phrases: _Phrases, ranges: NDArray[np.int64], only: Collection[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The mentions inside each of (s, 2) ranges of words, as (s, 2) ranges, and (s,) how many are in ``only``."""
    first = np.searchsorted(phrases.mentions[:, 0], ranges[:, 0])
    last = np.maximum(np.searchsorted(phrases.mentions[:, 1], ranges[:, 1], side="right"), first)
    which = np.zeros(len(phrases.told), np.int64)
    which[list(only)] = 1
    alone = np.concatenate([[0], np.cumsum(which[phrases.which])])
    return np.stack([first, last], axis=1), alone[last] - alone[first]


def _first(phrases: _Phrases, mentions: range) -> dict[int, int]:
    """The first of the mentions of each phrase, by the phrase's hash."""
    found: dict[int, int] = {}
    for at in mentions:
        found.setdefault(int(phrases.hashes[phrases.which[at]]), at)
    return found


def _recounted(
    a: Document, every_a: list[int], left: list[int], b: Document, every_b: list[int], right: list[int]
) -> Iterator[tuple[int, int]]:
    """Pair numbers of one sort: by their places, where both sides have as many of it, or else the only two that differ.

    ``every_*``: all mentions of a side; ``left``, ``right``: those that the other side lacks.
    """
    of_a, of_b = {at: _sort(a, at) for at in every_a}, {at: _sort(b, at) for at in every_b}
    for sort in dict.fromkeys(of_a.values()):
        ones, others = ([at for at, each in of.items() if each == sort] for of in (of_a, of_b))
        if len(ones) != len(others):
            ones, others = ([at for at in ats if at in apart] for ats, apart in ((ones, left), (others, right)))
            if not len(ones) == len(others) == 1:
                continue
        yield from zip(ones, others, strict=True)


def _sort(document: Document, at: int) -> str:
    """Return what a number denotes: a sum, a share, an hour, a day, a year, a score, part of a name, or just a number."""
    phrases = _body(document).phrases["number"]
    told, first = phrases.told[phrases.which[at]], int(phrases.mentions[at, 0])
    if found := sort_of(told):
        return found
    named = first and document.names[first - 1] and document.start[first] - document.end[first - 1] == 1
    return "name" if named else ""  # Channel 24


def _respelt(
    here: _Phrases, left: list[int], there: _Phrases, right: list[int], declined: bool
) -> Iterator[tuple[int, int]]:
    """Pair names that are spelt nearly alike, each being the other's closest match."""
    told = [here.told[here.which[x]] for x in left], [there.told[there.which[y]] for y in right]
    like = {
        (x, y): alike(one, other, declined=declined)
        for x, one in zip(left, told[0], strict=True)
        for y, other in zip(right, told[1], strict=True)
    }
    for (x, y), ratio in like.items():
        rivals = (other for (one, two), other in like.items() if (one == x) != (two == y))
        if ratio >= RESPELT and ratio > max(rivals, default=0.0):
            yield x, y


def _redated(a: Document, left: list[int], b: Document, right: list[int]) -> Iterator[tuple[int, int]]:
    """Pair the days of the week, where each side has one."""
    days = []
    for document, mentions in ((a, left), (b, right)):
        at = np.array(mentions, np.int64)
        days.append(at[among(document.keys[_body(document).phrases["name"].mentions[at, 0]], _keys(_WEEKDAYS))].tolist())
    if len(days[0]) == len(days[1]) == 1:
        yield days[0][0], days[1][0]


def _counted(document: Document, mention: NDArray[np.int64]) -> set[int]:
    """The stem of the word behind a mention, if it is no function word: what is counted, for the most part."""
    at = mention[1:][mention[1:] < len(document.stems)]
    return set(document.stems[at[~among(document.keys[at], function_keys())]].tolist())


def _led_alike(a: Document, one: NDArray[np.int64], b: Document, other: NDArray[np.int64]) -> bool:
    """Whether the last two words before both mentions are the same."""
    before = [document.stems[max(at[0] - 2, 0) : at[0]] for document, at in ((a, one), (b, other))]
    return len(before[0]) > 0 and np.array_equal(before[0], before[1])


@once_a_document
def _counts(document: Document) -> dict[int, set[int]]:
    """What each number counts anywhere in a text: stems by the number's hash."""
    found: dict[int, set[int]] = {}
    phrases = _body(document).phrases["number"]
    for mention, which in zip(phrases.mentions, phrases.which.tolist(), strict=True):
        found.setdefault(int(phrases.hashes[which]), set()).update(_counted(document, mention))
    return found


@once_a_document
def _few(document: Document) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.uint64]]:
    """English numbers from two to twelve before what they count: their places (k,), their stems and those of the counted.

    In words they are no facts by themselves, as "two" is in two sides; before one noun in both texts they may differ.
    """
    at = np.flatnonzero(among(document.stems[:-1], _few_stems()) & document.body[:-1] & (document.language == "en"))
    at = at[~among(document.keys[at + 1], function_keys()) & (document.start[at + 1] - document.end[at] == 1)]
    return at, document.stems[at], document.stems[at + 1]


@cache
def _few_stems() -> NDArray[np.uint64]:
    return np.unique(stems_of([str(each) for each in range(2, 13)], "en"))


def _few_recounted(a: Document, b: Document, spans: NDArray[np.int64]) -> Iterator[tuple[str, str]]:
    """Small numbers in words that differ before the same word in one of (s, 4) ranges where both texts say the same."""
    (at_a, stem_a, noun_a), (at_b, stem_b, noun_b) = _few(a), _few(b)
    if not len(at_a) or not len(at_b):
        return
    every_a = {*zip(stem_a.tolist(), noun_a.tolist(), strict=True)}
    every_b = {*zip(stem_b.tolist(), noun_b.tolist(), strict=True)}
    edges = np.hstack([np.searchsorted(at_a, spans[:, :2]), np.searchsorted(at_b, spans[:, 2:])])
    for first_a, last_a, first_b, last_b in edges.tolist():
        of_b = {noun: at for at, noun in enumerate(noun_b[first_b:last_b].tolist(), start=first_b)}
        for one, noun in enumerate(noun_a[first_a:last_a].tolist(), start=first_a):
            other = of_b.get(noun)
            if other is None or (int(stem_a[one]), noun) in every_b or (int(stem_b[other]), noun) in every_a:
                continue
            if not (a.numbers[at_a[one]] and b.numbers[at_b[other]]):  # two in digits are facts of their own
                yield _word(a, int(at_a[one])), _word(b, int(at_b[other]))


def _word(document: Document, at: int) -> str:
    return document.article.text[document.start[at] : document.end[at]]
