"""Article -> Document: words with offsets, body and boilerplate, sentences, quotations with speakers, attributions.

One kernel finds and folds words: case, accents, curly quotes, NFC and NFD, soft hyphens and zero-width characters make no
difference, and every offset counts characters of the untouched text. Sentences are found by Punkt (Kiss and Strunk 2006, in
NLTK) with our own abbreviations, within paragraphs. :mod:`furniture` tells boilerplate from the body. The abbreviations are
in the table below; what names speakers and outlets is in ``attributions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from . import furniture, naming, numerals, word_kernels
from .attributions import CAPITAL, attributions
from .document import Document, signs
from .german import common_nouns
from .language import function_keys, language, small_keys
from .model import Article, Mark
from .speech import OPENED, speech, spoken
from .stems import stem_keys
from .words import among, distinct, spelt_out, unmasked, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

# ---------------------------------------------------------------------------------------------------------------- data

# Abbreviations that do not end a sentence (in lower case, without the final full stop, as Punkt wants them).
_ABBREVIATIONS = (
    "u.s u.k u.n e.u d.c a.m p.m e.g i.e mr mrs ms dr prof st sr jr gen col lt maj capt sgt sen rep gov pres hon rev adm "
    "no vs inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ave blvd dept est fig vol al bzw usw z.b d.h nr hr fr sra mme mlle ee.uu art ing dott sig bros approx etc mio mrd tsd"
)

# Thai has no full stop and ends its clauses with spaces; the other scripts have marks of their own.
_HARD_MARKS = "。！？؟۔।॥։።។။"
_HARD_END = re.compile(rf"[{_HARD_MARKS}]+[\"'”’»)\]」』]*|(?<=[\u0e00-\u0e7f]) +(?=[\u0e00-\u0e7f])")
_HARD = re.compile(rf"[{_HARD_MARKS}\u0e00-\u0e7f]")  # present in every such end, and quicker to find
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
_SENTENCE_WORDS = 80  # longer ones (no punctuation, a list) are cut, so that one sentence cannot swallow a text
_PUNKT_CHARACTERS = 10_000  # longer paragraphs are sentences that some converter ran together

# ------------------------------------------------------------------------------- sentences, quotations, attributions


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(_ABBREVIATIONS.split())


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_abbreviations())
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
    if word.endswith(".") or word in _abbreviations() or word.rsplit("-", 1)[-1] in _abbreviations():
        return False
    initial = len(word) == 1 and (word.isalpha() or word == "_")
    goes_on = following.islower() or (initial and following.isupper())
    return bool(plain["close"]) or not (goes_on and (initial or _NUMBER.fullmatch(word)))


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


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences of one paragraph."""
    hard = _HARD_END.finditer(text, start, end) if _HARD.search(text, start, end) else ()
    cuts = [start, *(each.end() for each in hard), end]
    for begin, stop in chain.from_iterable(_pieces(text, *each) for each in pairwise(cuts)):
        piece = text[begin:stop]
        if ("." in piece or "!" in piece or "?" in piece) and any(map(str.isalnum, piece)):
            for first, last in _with_days(piece, _split(piece)):
                yield begin + first, begin + last
        elif piece.strip():
            yield begin, stop


_DAY = re.compile(rf"(?<!\d)\d{{1,2}}\.\s+(?=(?:{numerals.GERMAN_MONTHS.replace(' ', '|')})\b)")


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


def _body(start: NDArray[np.int32], boilerplate: Iterable[Mark]) -> NDArray[np.bool_]:
    body = np.ones(len(start), np.bool_)
    for mark in boilerplate:
        body[np.searchsorted(start, mark.start) : np.searchsorted(start, mark.end)] = False
    return body


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


@dataclass(frozen=True, slots=True)
class Wording:
    """Digests of the words of a text's body and of the whole text, and the :func:`signs` of either."""

    body: bytes
    body_signs: str
    whole: bytes
    whole_signs: str


def wording(text: str, learned: Iterable[Mark] | None = ()) -> tuple[NDArray[np.uint64], Wording]:
    """(n,) uint64 hashes of the words of a text's body, and what tells copies: a part of :func:`analyse`, much faster."""
    text = unmasked(text)
    start, _, keys, _ = words(text)
    outside = [] if learned is None else furniture.marks(text, furniture.paragraphs(text), learned)
    body = keys[_body(start, outside)]
    digests = (blake2b(each.tobytes(), digest_size=16).digest() for each in (body, keys))
    return body, Wording(next(digests), signs(text, outside), next(digests), signs(text))


def analyse(article: Article, learned: Iterable[Mark] | None = ()) -> Document:
    """Find words, sentences, boilerplate, quotations and attributions of an article; its text is unchanged.

    ``learned``: lines known to be boilerplate (see :func:`boilerplate.learned`); None if all of the article counts as its
    story.

    >>> document = analyse(Article(id="a", text='It is so, he said. "We will never surrender," said Jane Doe.'))
    >>> len(document.sentences), [mark.note for mark in document.quotations]
    (2, ['Jane Doe'])
    """
    text = unmasked(article.text)
    start, end, keys, flags = words(text)
    tongue = language(text, keys)
    paragraphs = furniture.paragraphs(text)
    boilerplate = [] if learned is None else furniture.marks(text, paragraphs, learned)
    outside = {mark.start: mark.end for mark in boilerplate}
    body = _body(start, boilerplate)
    sentences: list[tuple[int, int]] = []
    blocks: list[tuple[int, int]] = []
    for begin, stop in paragraphs:
        begin = outside.get(begin, begin)
        if begin < stop:
            sentences += _sentences(text, begin, stop)
            blocks.append((begin, stop))

    ranges = _cut(np.searchsorted(start, np.array(sentences, np.int32).reshape(-1, 2)).astype(np.int32))
    quoted, marks = speech(text, tongue, start, list(spoken(text, blocks)), blocks)
    quotes = among(start, np.array([each.end() for each in OPENED.finditer(text)], np.int32))
    stems = spelt_out(stem_keys(text, tongue, start, end, keys), start, end, flags)
    terms, term_of = distinct(stems)
    capital = (flags & word_kernels.CAPITAL) != 0
    numeral = (flags & word_kernels.NUMERAL) != 0
    meant, numbers = numerals.united(text, tongue, start, keys, stems, numeral)
    functional, small = among(keys, function_keys()), among(keys, small_keys(tongue))
    meant, known = naming.united(text, tongue, start, keys, meant, capital, small | functional)
    senses, sense_of = distinct(meant)
    if tongue in _ELIDING:
        capital |= _elided(text, start, end)
    if tongue == "de":
        capital &= ~common_nouns(text, start, end, keys, stems, capital, numbers)
    caps, shouted = _in_capitals(text, start, end, capital, small | functional)
    names = _names(keys, capital, ranges, quotes, small, caps, shouted)
    return Document(
        article=article,
        start=start,
        end=end,
        keys=keys,
        stems=stems,
        terms=terms,
        term_of=term_of,
        senses=senses,
        sense_of=sense_of,
        names=(names & ~functional & (numeral | ~numbers)) | (known & ~shouted),
        numbers=numbers,
        body=body,
        quoted=quoted,
        sentences=ranges,
        boilerplate=tuple(boilerplate),
        quotations=marks,
        attributions=attributions(text, tongue, start, keys, paragraphs, boilerplate),
        language=tongue,
    )


_ELIDING = ("ca", "fr", "it")  # a word may hold an article and its noun: l'Oise, dell'Arma
_ELIDED = re.compile(rf"(?<=[^\W\d_]['’])[{CAPITAL}]")


def _elided(text: str, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(n,) bool: words with a capital after an apostrophe."""
    at = np.array([each.start() for each in _ELIDED.finditer(text)], np.int32)
    return np.searchsorted(at, start) < np.searchsorted(at, end)


_SHOUTING = 0.6  # above this share of capitalised words a sentence is a headline, whose capitals say nothing


def _in_capitals(
    text: str, start: NDArray[np.int32], end: NDArray[np.int32], capital: NDArray[np.bool_], small: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Find the words all in capitals, and those among them that are shouted: in a row of three or more with a small word.

    Returns (n,) bool for each. "FIRED" and "FBI" are in capitals; in "THE WAR IS OVER" every word is shouted, in "FBI, CIA"
    or "US DHS" none.
    """
    found = np.zeros(len(start), np.bool_)
    at = np.flatnonzero(capital)
    found[at] = [text[begin:stop].isupper() for begin, stop in zip(start[at].tolist(), end[at].tolist(), strict=True)]
    row = np.zeros(len(start), np.int64)  # the row each word is in: neighbours separated by one character
    row[1:] = np.cumsum(~(found[1:] & found[:-1] & (start[1:] - end[:-1] == 1)))
    size, told = np.bincount(row[found], minlength=len(row) + 1), np.bincount(row[found & small], minlength=len(row) + 1)
    return found & (end - start > 1), found & (size[row] >= _ROW) & (told[row] > 0)


_ROW = 3


def _names(
    keys: NDArray[np.uint64],
    capital: NDArray[np.bool_],
    sentences: NDArray[np.int32],
    after_quote: NDArray[np.bool_],
    small: NDArray[np.bool_],
    capitals: NDArray[np.bool_],
    shouted: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """(n,) bool: capitalised words, except where a sentence or quotation start or a headline explains the capital.

    A sentence's first word counts if the text also has it capitalised inside a sentence and it is not ``small``; so does a
    ``shouted`` one. A word all in ``capitals``, or in a few words that may be a headline, is no name if the text also has it
    in lower case.
    """
    begin, stop = sentences[:, 0].astype(np.int64), sentences[:, 1].astype(np.int64)
    count = np.concatenate([[0], np.cumsum(capital)])
    titled = count[stop] - count[begin] > _SHOUTING * (stop - begin)
    told = ~titled | (stop - begin < 5)
    edges = np.zeros((3, len(keys) + 1), np.int64)  # sentence edges: all, those whose capitals count, headlines
    edges[0, begin] += 1
    edges[0, stop] -= 1
    edges[1, begin[told] + 1] += 1
    edges[1, stop[told]] -= 1
    edges[2, begin[titled]] += 1
    edges[2, stop[titled]] -= 1
    first, inside, few = np.cumsum(edges, axis=1)[:, :-1] > 0
    common = (capitals | few) & capital
    common[common] = among(keys[common], np.sort(keys[~capital]))
    sure = capital & inside & ~after_quote & ~shouted & ~common
    names: NDArray[np.bool_] = sure | (capital & first & ~small & among(keys, np.sort(keys[sure])))
    return names
