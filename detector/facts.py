"""Names and numbers of two documents: what both have, what only one has, and what differs where both say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from . import judge_kernels
from .changes import equal, exchanged, may_be_equal, unscaled
from .document import Alignment, Document
from .language import TITLES
from .mentions import compact, mentions_in, written_in
from .model import Fact, FactKind, Span
from .opposites import reversed_words
from .substitutions import few_recounted, recounted, renamed, respelt, swapped

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _across(one: Document, other: Document, kind: FactKind) -> tuple[list[bool], list[str]]:
    """Return which phrases of one document the other has, and how it writes each of them, "" for none.

    A phrase is found if the other has the same words in a row; for names of three or more words, the first may be missing
    (Ann Lee for Dr Ann Lee). A longer name is also found by its last word alone (Kirby for John Kirby), unless either has an
    article: "the Office" and the Accident Office do not match.
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
    first, last = body.words[at[whole, 0]], body.words[at[whole, 0] + size[whole] - 1]
    phrase = theirs.begins[first]
    known = (phrase >= 0) & (theirs.words[phrase, 1] == last + 1) if len(theirs.words) else np.zeros(len(whole), np.bool_)
    for place, which in zip(whole[known].tolist(), phrase[known].tolist(), strict=True):
        written[place] = theirs.told[which]
    told = written_in(other, first[~known], last[~known])
    for place, form in zip(whole[~known].tolist(), told, strict=True):
        written[place] = form
    return (at.max(axis=1, initial=-1) >= 0).tolist(), written


def facts(a: Document, b: Document, alignment: Alignment, alike: Sequence[Span] = ()) -> tuple[Fact, ...]:
    """Return the names and numbers that both texts have, that only one has, and those that differ where both say the same.

    Words put for their opposites there are returned, too. Both say the same in a passage, in the sentences that it is in,
    and in sentences that are ``alike``. :func:`_across` defines when a name counts as present in the other text.
    """
    spans = _ranges(a, b, alignment, alike)
    close = np.zeros(len(spans), np.bool_)
    close[: len(alignment.spans)] = [each.kind != "paraphrased" for each in alignment.spans]
    (a, place_a), (b, place_b) = compact(a), compact(b)
    spans = np.hstack([place_a[spans[:, :2]], place_b[spans[:, 2:]]])
    told: list[Fact] = []
    for kind in _MENTIONED:
        of_a, of_b = mentions_in(a).phrases[kind].told, mentions_in(b).phrases[kind].told
        (there, written), (back, written_back) = _across(a, b, kind), _across(b, a, kind)
        only_a = {at: phrase for at, phrase in enumerate(of_a) if not there[at]}
        only_b = {at: phrase for at, phrase in enumerate(of_b) if not back[at]}
        otherwise = set[int]()
        if kind == "number":
            pairs = recounted(a, b, spans, close, only_a.keys(), only_b.keys())
        else:
            pairs = [*renamed(a, b, spans, close, only_a.keys(), only_b.keys()), *swapped(a, b, spans, close)]
            spelt_a, spelt_b = only_a | _by_last_word(of_a, written), only_b | _by_last_word(of_b, written_back)
            for at_a, at_b in pairs:
                spelt_a.pop(at_a, None)
                spelt_b.pop(at_b, None)
            pairs += respelt(spelt_a, spelt_b, a.language)
            otherwise.update(at for at, _ in pairs)
        forms = {(of_a[x], of_b[y]) for x, y in pairs}
        otherwise.update(x for x, y in pairs if (of_b[y], of_a[x]) in forms)
        told += _without_last_names(
            Fact(kind, "changed" if exchanged(phrase, other) else "shared", phrase, other or phrase)
            for at, (phrase, other, kept) in enumerate(zip(of_a, written, there, strict=True))
            if kept and at not in otherwise and (kind == "number" or not other.islower())  # in lower case it is no name
        )
        changed: list[Fact] = []
        for at_a, at_b in pairs:
            one, other = of_a[at_a], of_b[at_b]
            if may_be_equal(one, other):
                continue
            if not unscaled(one, other):
                changed.append(Fact(kind, "shared" if equal(one, other) else "changed", one, other))
            only_a = {at: each for at, each in only_a.items() if at != at_a and not one.endswith(f" {each}")}
            only_b = {at: each for at, each in only_b.items() if at != at_b and not other.endswith(f" {each}")}
        told += _without_last_names(changed)
        for one, other in few_recounted(a, b, spans, close) if kind == "number" else ():
            told.append(Fact(kind, "changed", one, other))
            only_a = {at: each for at, each in only_a.items() if each != one}
            only_b = {at: each for at, each in only_b.items() if each != other}
        kept = [(each.a or "", each.b or "") for each in told if each.kind == kind == "name"]
        told += [Fact(kind, "a-only", each, None) for each in only_a.values() if not _is_again(each, [x for x, _ in kept])]
        told += [Fact(kind, "b-only", None, each) for each in only_b.values() if not _is_again(each, [y for _, y in kept])]
    told += [Fact("word", "changed", *each) for each in reversed_words(a, b, spans[close])]
    return tuple(dict.fromkeys(told))


_MENTIONED: tuple[FactKind, ...] = ("name", "number")


def _by_last_word(names: Sequence[str], written: Sequence[str]) -> dict[int, str]:
    """The names of several words that the other text has only as one, by place: "Ann Lee" where it has "Lee"."""
    found = enumerate(zip(names, written, strict=True))
    return {at: name for at, (name, other) in found if " " in name and other and " " not in other}


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
