"""The sentences of a text, as ranges of words.

Punkt (Kiss and Strunk 2006, in NLTK) finds them, with our own abbreviations, within paragraphs; it mostly need not run,
since the outcome is plain. Scripts with marks of their own are cut at these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from .numerals import GERMAN_MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Thai has no full stop and ends its clauses with spaces; the other scripts have marks of their own.
_HARD_MARKS = "。！？؟۔।॥։።។။"
_HARD_END = re.compile(rf"[{_HARD_MARKS}]+[\"'”’»)\]」』]*|(?<=[\u0e00-\u0e7f]) +(?=[\u0e00-\u0e7f])")
_HARD = re.compile(rf"[{_HARD_MARKS}\u0e00-\u0e7f]")  # present in every such end, and quicker to find


def sentences(text: str, start: NDArray[np.int32], blocks: Iterable[tuple[int, int]]) -> NDArray[np.int32]:
    """(m, 2) int32: the sentences in ``blocks`` of a text as half-open ranges of its words, which begin at ``start``.

    None is empty or has more than ``_SENTENCE_WORDS`` words. ``blocks``: ranges of characters that no sentence crosses.
    """
    found = [each for block in blocks for each in _in_block(text, *block)]
    return _cut(np.searchsorted(start, np.array(found, np.int32).reshape(-1, 2)).astype(np.int32))


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences in a block."""
    hard = _HARD_END.finditer(text, start, end) if _HARD.search(text, start, end) else ()
    cuts = [start, *(each.end() for each in hard), end]
    for begin, stop in chain.from_iterable(_pieces(text, *each) for each in pairwise(cuts)):
        piece = text[begin:stop]
        if ("." in piece or "!" in piece or "?" in piece) and any(map(str.isalnum, piece)):
            for first, last in _with_days(piece, _split(piece)):
                yield begin + first, begin + last
        elif piece.strip():
            yield begin, stop


_PUNKT_CHARACTERS = 10_000  # longer paragraphs are sentences that some converter ran together


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range at white space into pieces short enough for Punkt, whose patterns have a time limit."""
    while end - start > _PUNKT_CHARACTERS:
        cut = text.rfind(". ", start, start + _PUNKT_CHARACTERS) + 2
        if cut < start + 2:
            cut = text.rfind(" ", start, start + _PUNKT_CHARACTERS) + 1
        if cut <= start:
            cut = start + _PUNKT_CHARACTERS
        yield start, cut
        start = cut
    yield start, end


_DAY = re.compile(rf"(?<!\d)\d{{1,2}}\.\s+(?=(?:{GERMAN_MONTHS.replace(' ', '|')})\b)")


def _with_days(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, those that were cut between the day and the month of a German date joined again: am 2. Juni."""
    days = {each.end() for each in _DAY.finditer(text)}
    before: tuple[int, int] | None = None
    for first, last in sentences:
        if before and first in days:
            before = before[0], last
            continue
        if before:
            yield before
        before = first, last
    if before:
        yield before


_SENTENCE_WORDS = 80  # longer ones (no punctuation, a list) are cut, so that one sentence cannot swallow a text


def _cut(sentences: NDArray[np.int32]) -> NDArray[np.int32]:
    """(m, 2) word ranges without empty ones; those of more than ``_SENTENCE_WORDS`` words are cut into equal pieces."""
    size = sentences[:, 1] - sentences[:, 0]
    if (size > _SENTENCE_WORDS).any():
        cuts: list[tuple[int, int]] = []
        for first, last in sentences[size > 0].tolist():
            count = -(-(last - first) // _SENTENCE_WORDS)
            cuts += pairwise(first + (last - first) * at // count for at in range(count + 1))
        return np.array(cuts, np.int32).reshape(-1, 2)
    return sentences[size > 0]


# ---------------------------------------------------------------------------------------------------------------- Punkt

# Abbreviations that do not end a sentence (in lower case, without the final full stop, as Punkt wants them).
_LISTED = (
    "u.s u.k u.n e.u d.c a.m p.m e.g i.e mr mrs ms dr prof st sr jr gen col lt maj capt sgt sen rep gov pres hon rev adm "
    "no vs inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ave blvd dept est fig vol al bzw usw z.b d.h nr hr fr sra mme mlle ee.uu art ing dott sig bros approx etc mio mrd tsd "
    "tys mln mld тыс тис млн млрд ул им"
)
_ABBREVIATIONS = frozenset(_LISTED.split())
# Where Punkt looks for the end of a sentence, and the forms of it whose outcome in Punkt is plain (see _split).
_SPLITTING = r"\s()\"`{}\[\];:&#*@!?‘’“”«»'"
_END = re.compile(r"[.!?](?=[\s)\";}\]*:@'({\[‘’“”«»!?])")
_PLAIN_END = re.compile(
    rf"(?:[\"(]?(?:[^{_SPLITTING},-][^{_SPLITTING}]*(?=['’]))?(?P<word>['’“]?[^{_SPLITTING},-][^{_SPLITTING}]*)"
    rf"|\S*[)\]}}\"”]|)(?P<end>[.!?])(?P<close>[\"”)]?)\s+(?=[^\s;:,.!?])"
)
_SEVERAL = re.compile(r"\.\.|--")
_REALIGNED = re.compile(r"([\"')\]}‘’“”«»]+)(?:--|\s+|$)")
_NUMBER = re.compile(r"\.?\d[\d,.-]*")


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the sentences in a piece of text: those that Punkt finds, mostly without running it.

    With no parameters but abbreviations, Punkt ends a sentence after every word with a full stop except abbreviations,
    initials before a letter, and numbers before a lower-case letter. It runs only if the text has a sentence end of another
    form; results differ from its own only in debris.
    """
    stop = len(text.rstrip())
    begin = 0
    found = []
    for each in _END.finditer(text):
        at = each.start()
        if at + 1 >= stop or (at + 2 == stop and text[at + 1] in "\"”)"):
            continue
        plain = _PLAIN_END.match(text, max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1)
        if text[:1].isspace() or not plain or plain.start("end") != at or _SEVERAL.search((plain["word"] or "").rstrip(".")):
            break
        if _ends(plain, text[plain.end()]):
            closing = None if plain["close"] else _REALIGNED.match(text, plain.end())  # after a space: it goes back
            if closing and (closing[0].endswith("-") or closing.end() == len(text)):
                break
            found.append((begin, closing.end(1) if closing else plain.end("close")))
            begin = closing.end() if closing else plain.end()
    else:
        yield from found
        yield begin, stop
        return
    yield from _punkt().span_tokenize(text)


def _ends(plain: re.Match[str], following: str) -> bool:
    """Whether Punkt ends a sentence here; ``following``: the first character after the white space."""
    word = (plain["word"] or "").lower()
    if not word or plain["end"] != ".":
        return True
    if word.endswith(".") or word in _ABBREVIATIONS or word.rsplit("-", 1)[-1] in _ABBREVIATIONS:
        return False
    initial = len(word) == 1 and (word.isalpha() or word == "_")
    goes_on = following.islower() or (initial and following.isupper())
    return bool(plain["close"]) or not (goes_on and (initial or _NUMBER.fullmatch(word)))
