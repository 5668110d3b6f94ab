"""Article -> Document: words with offsets, body and boilerplate, sentences, quotations with speakers, attributions.

One kernel finds and folds words: case, accents, curly quotes, NFC and NFD, soft hyphens and zero-width characters make no
difference, and every offset counts characters of the untouched text. :mod:`furniture` tells boilerplate from the body, and
:mod:`sentences` finds the sentences of the body's paragraphs. What names speakers and outlets is in ``attributions.toml``.
Here, names are told from other words with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from .document import Document, signs
from .languages import naming, numerals
from .languages.german import common_nouns
from .languages.language import function_keys, language, small_keys
from .languages.sentences import sentences
from .languages.stems import stem_keys
from .languages.words import among, distinct, spelt_out, starting_in, unmasked, words
from .loops import word_kernels
from .model import Article, Mark
from .story import furniture
from .story.attributions import CAPITAL, attributions
from .story.speech import OPENED, speech, spoken

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    body = _body(start, boilerplate)
    blocks = _story(paragraphs, boilerplate)
    ranges = sentences(text, start, blocks)
    quoted, marks = speech(text, tongue, start, list(spoken(text, blocks, tongue)), blocks)
    quotes = among(start, np.array([each.end() for each in OPENED.finditer(text)], np.int32))
    stems = spelt_out(stem_keys(text, tongue, start, end, keys), start, end, flags)
    terms, term_of = distinct(stems)
    capital = (flags & word_kernels.CAPITAL) != 0
    numeral = (flags & word_kernels.NUMERAL) != 0
    meant, numbers = numerals.united(text, tongue, start, keys, stems, numeral)
    functional, small = among(keys, function_keys()), among(keys, small_keys(tongue))
    meant, known = naming.united(text, tongue, start, keys, meant, capital, small | functional)
    senses, sense_of = distinct(meant)
    elided = _elided(text, start, end) if tongue in _ELIDING else np.zeros_like(capital)
    capital |= elided
    if tongue == "de":
        capital &= ~common_nouns(text, start, end, keys, stems, capital, numbers)
    caps, shouted = _in_capitals(text, start, end, capital, small | functional)
    names = _names(keys, capital, ranges, quotes & ~elided, small, caps, shouted, elided)
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


def _body(start: NDArray[np.int32], boilerplate: Iterable[Mark]) -> NDArray[np.bool_]:
    return ~starting_in(((mark.start, mark.end) for mark in boilerplate), start)


def _story(paragraphs: Iterable[tuple[int, int]], boilerplate: Iterable[Mark]) -> list[tuple[int, int]]:
    """What is left of the paragraphs without boilerplate, which is a whole paragraph or begins one."""
    outside = {mark.start: mark.end for mark in boilerplate}
    left = ((outside.get(begin, begin), stop) for begin, stop in paragraphs)
    return [(begin, stop) for begin, stop in left if begin < stop]


# -------------------------------------------------------------------------------------------------------------- names

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
    elided: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """(n,) bool: capitalised words, except where a sentence or quotation start or a headline explains the capital.

    A sentence's first word counts if it is ``elided``, where the capital is the name's (L'Oise), or if the text also has it
    capitalised inside a sentence and it is not ``small``; so does a ``shouted`` one. A word all in ``capitals``, or in a few
    words that may be a headline, is no name if the text also has it in lower case.
    """
    begin, stop = sentences[:, 0].astype(np.int64), sentences[:, 1].astype(np.int64)
    count = np.concatenate([[0], np.cumsum(capital)])
    titled = count[stop] - count[begin] > _SHOUTING * (stop - begin)
    told = ~titled | (stop - begin < 5)
    edges = np.zeros((3, len(keys) + 1), np.int64)  # sentence edges: all, those whose capitals count, headlines
    edges[0, begin] += 1
    edges[0, stop] -= 1
    edges[1, begin[told] + ~elided[begin[told]]] += 1
    edges[1, stop[told]] -= 1
    edges[2, begin[titled]] += 1
    edges[2, stop[titled]] -= 1
    first, inside, few = np.cumsum(edges, axis=1)[:, :-1] > 0
    common = (capitals | few) & capital
    common[common] = among(keys[common], np.sort(keys[~capital]))
    sure = capital & inside & ~after_quote & ~shouted & ~common
    names: NDArray[np.bool_] = sure | (capital & first & ~small & among(keys, np.sort(keys[sure])))
    return names
