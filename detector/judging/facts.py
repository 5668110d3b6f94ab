"""Names and numbers of two documents: what both have, what only one has, and what differs where both say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..document import Alignment, Document
from ..languages.changes import equal, exchanged, may_be_equal, respelt_in_one_word, unscaled
from ..languages.language import TITLES
from ..languages.words import among, keys_of
from ..loops import judge_kernels
from ..model import Fact, FactKind, Span
from .mentions import compact, mentions_in, written_in
from .opposites import reversed_words
from .substitutions import few_recounted, others, recounted, renamed, respelt, swapped

if TYPE_CHECKING:
    from numpy.typing import NDArray


class _Across(NamedTuple):
    """The phrases of one kind in a document, and what another one has of them."""

    told: Sequence[str]
    written: list[str]
    """How the other writes each; "" for one that it has not."""
    alone: dict[int, str]
    """Those that the other has not, by place."""


def _across(one: Document, other: Document, kind: FactKind) -> _Across:
    """Look up the phrases of one document in another.

    A phrase is found if the other has the same words in a row. Of a name of three or more words all but two may be missing
    in front (Ann Lee for Chief Officer Ann Lee), and the form of a company. A longer name is also found by its last word
    alone (Kirby for John Kirby), unless either has an article: "the Office" and the Accident Office do not match.
    """
    phrases, body = mentions_in(one).phrases[kind], mentions_in(other)
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
    else:  # Superintendent Ann Lee, MS Royal Star, Roe plc: the title may be elsewhere or missing
        shortened = phrases.words.copy()
        bare = np.append(np.append(theirs.never, False)[theirs.begins[body.words]], False)  # begins a name without article
        of_company = among(one.keys[shortened[:, 1] - 1], keys_of(_COMPANIES)) & (size > 1)
        shortened[:, 1] -= of_company
        while len(longer := np.flatnonzero((size > 2 - of_company) & (at[:, 0] < 0))):
            whole = shortened[longer, 1] - shortened[longer, 0] == size[longer]
            shortened[longer[whole], 0] += 1
            size[longer] -= 1
            found = judge_kernels.phrases_within(shortened[longer], *given)[:, 0]
            titled = shortened[longer, 0] > phrases.words[longer, 0] + 1  # several times: the Supreme Court may be another
            at[longer, 0] = np.where(titled & ~bare[found], -1, found)
    at[(size > 1) & ~phrases.never, 1] = -1
    if len(theirs.alone_at):
        at[(size > 1) & (at[:, 1] >= 0) & ~theirs.bare[theirs.alone_at[at[:, 1]]], 1] = -1
    if len(body.words):
        at[(size == 1) & ~phrases.bare & (at[:, 1] < 0) & theirs.inside[body.words[at[:, 0]]], 0] = -1
    alone = np.flatnonzero(at.max(axis=1, initial=-1) < 0).tolist()
    return _Across(phrases.told, _written(other, kind, at, size), {each: phrases.told[each] for each in alone})


_COMPANIES = "ab ag asa bv co corp gmbh inc kg llc ltd nv oyj plc sa se spa"


def _written(document: Document, kind: FactKind, at: NDArray[np.int64], size: NDArray[np.int64]) -> list[str]:
    """How a document writes phrases of (n,) ``size`` words found ``at``, by :func:`judge_kernels.phrases_within`."""
    body = mentions_in(document)
    phrases = body.phrases[kind]
    written = [phrases.told[phrases.alone_at[each]] if each >= 0 else "" for each in at[:, 1].tolist()]
    whole = np.flatnonzero(at[:, 0] >= 0)
    first, last = body.words[at[whole, 0]], body.words[at[whole, 0] + size[whole] - 1]
    which = phrases.begins[first]
    known = (which >= 0) & (phrases.words[which, 1] == last + 1) if len(phrases.words) else np.zeros(len(whole), np.bool_)
    for place, each in zip(whole[known].tolist(), which[known].tolist(), strict=True):
        written[place] = phrases.told[each]
    told = written_in(document, first[~known], last[~known])
    for place, form in zip(whole[~known].tolist(), told, strict=True):
        written[place] = form
    return written


def facts(
    a: Document, b: Document, alignment: Alignment, alike: Sequence[Span] = (), *, least: int | None = 1
) -> tuple[Fact, ...]:
    """Return the names and numbers that both texts have, that only one has, and those that differ where both say the same.

    Words put for their opposites there are returned, too. Both say the same in a passage, in the sentences that it is in,
    and in sentences that are ``alike``. ``least``: words that must be the same around two numbers, where the wording is not;
    None for texts about different things, of which nothing is put for anything. :func:`_across` defines when a name counts
    as present in the other text.
    """
    spans = _ranges(a, b, alignment, alike)
    close = np.zeros(len(spans), np.bool_)
    close[: len(alignment.spans)] = [each.kind != "paraphrased" for each in alignment.spans]
    if least is None:
        spans, close = spans[:0], close[:0]
    (a, place_a), (b, place_b) = compact(a), compact(b)
    spans = np.hstack([place_a[spans[:, :2]], place_b[spans[:, 2:]]])
    told = _facts_of("name", a, b, spans, close) + _facts_of("number", a, b, spans, close, least or 0)
    told += [Fact("word", "changed", *each) for each in reversed_words(a, b, spans[close])]
    return tuple(dict.fromkeys(told))


def _facts_of(
    kind: FactKind, a: Document, b: Document, spans: NDArray[np.int64], close: NDArray[np.bool_], least: int = 0
) -> list[Fact]:
    """The facts of one kind: what both texts have, what was put for what in the ``spans``, and what only one of them has."""
    here, there = _across(a, b, kind), _across(b, a, kind)
    few: list[tuple[str, str]] = []
    if kind == "number":
        here.alone.update((at, here.told[at]) for at in others(a, b))
        there.alone.update((at, there.told[at]) for at in others(b, a))
        pairs = recounted(a, b, spans, close, here.alone.keys(), there.alone.keys(), least)
        few += few_recounted(a, b, spans, close)
    else:
        pairs = _names_put(a, b, spans, close, here, there)
    forms = {(here.told[x], there.told[y]) for x, y in pairs}
    otherwise = {x for x, y in pairs if kind == "name" or (there.told[y], here.told[x]) in forms}
    respelt_alike = set(_respelt_alike(a, b, here, there)) if kind == "name" and a.language in _UNINFLECTED else ()
    told = _without_last_names(
        Fact(kind, "changed" if exchanged(form, other) or (form, other) in respelt_alike else "shared", form, other)
        for at, (form, other) in enumerate(zip(here.told, here.written, strict=True))
        if at not in here.alone
        and at not in otherwise
        and (kind == "number" or not other.islower())  # in lower case it is no name
    )
    put = [(x, y) for x, y in pairs if not may_be_equal(here.told[x], there.told[y])]
    written = [(here.told[x], there.told[y]) for x, y in put]
    told += _without_last_names(
        Fact(kind, "shared" if equal(*each) else "changed", *each) for each in written if not unscaled(*each)
    )
    told += [Fact(kind, "changed", *each) for each in few]
    known = [(each.a or "", each.b or "") for each in told if kind == "name"]
    lost = _left(here, {x for x, _ in put}, [one for one, _ in few], [one for one, _ in known])
    added = _left(there, {y for _, y in put}, [other for _, other in few], [other for _, other in known])
    told += [Fact(kind, "a-only", each, None) for each in lost]
    return told + [Fact(kind, "b-only", None, each) for each in added]


_UNINFLECTED = ("en", "es", "fr", "it", "pt")  # languages that do not decline names


def _respelt_alike(a: Document, b: Document, here: _Across, there: _Across) -> Iterator[tuple[str, str]]:
    """Names with the stems of a name of the other text, but in one word not the spelling, which the other nowhere has."""
    for form, other in zip(here.told, here.written, strict=True):
        elsewhere = other in a.article.text or form in b.article.text
        if other in there.told and not elsewhere and respelt_in_one_word(form, other):
            yield form, other


def _names_put(
    a: Document, b: Document, spans: NDArray[np.int64], close: NDArray[np.bool_], here: _Across, there: _Across
) -> list[tuple[int, int]]:
    """The names that were put for others in the ``spans``, and those spelt otherwise anywhere, by their places."""
    pairs = [*renamed(a, b, spans, close, here.alone.keys(), there.alone.keys()), *swapped(a, b, spans, close)]
    spelt_a, spelt_b = here.alone | _by_last_word(here), there.alone | _by_last_word(there)
    for x, y in pairs:
        spelt_a.pop(x, None)
        spelt_b.pop(y, None)
    return [*pairs, *respelt(spelt_a, spelt_b, a.language)]


def _by_last_word(names: _Across) -> dict[int, str]:
    """The names of several words that the other text has only as one, by place: "Ann Lee" where it has "Lee"."""
    found = enumerate(zip(names.told, names.written, strict=True))
    return {at: name for at, (name, other) in found if " " in name and other and " " not in other}


def _left(phrases: _Across, put: Collection[int], few: Collection[str], known: Collection[str]) -> list[str]:
    """What only one text has, without what was ``put`` for something, its last name, ``few``, and ``known`` names again."""
    longer = [phrases.told[at] for at in put]
    return [
        each
        for at, each in sorted(phrases.alone.items())
        if at not in put
        and each not in few
        and not any(form.endswith(f" {each}") for form in longer)
        and not _is_again(each, known)
    ]


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


def _is_again(name: str, kept: Iterable[str]) -> bool:
    """Whether a name is another mention of one that both texts have: Dr. Lee, where both have Ann Lee."""
    title, _, last = name.rpartition(" ")
    titled = title.rstrip(".").casefold() in _TITLES
    return titled and any(each == last or each.endswith(f" {last}") for each in kept)


# Not St. John, Ft. Lee or Mt. Roe, which are places, nor Mrs. Lee beside Tom Lee.
_TITLES = frozenset(TITLES.split()) - frozenset(["st", "ft", "mt", "mrs", "ms", "mme", "mlle", "sra", "srta", "jr", "sr"])


def _without_last_names(shared: Iterable[Fact]) -> list[Fact]:
    """Drop names that end longer ones on both sides: Lee, where both have Ann Lee."""
    facts = list(shared)
    ends = {tuple((each or "").rpartition(" ")[2] for each in (fact.a, fact.b)) for fact in facts if " " in (fact.a or "")}
    return [fact for fact in facts if fact.kind == "number" or (fact.a, fact.b) not in ends]
