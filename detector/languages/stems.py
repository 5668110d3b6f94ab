"""Words -> stems: the forms and spellings of a word as one, by Snowball's stemmers and a few spelling rules."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..loops import word_kernels
from .language import FUNCTION_WORDS, FURTHER_WORDS
from .number_words import SMALL
from .slavic import LANGUAGES as LEMMATIZED
from .slavic import Lemmatizer
from .words import APOSTROPHES, LOOKALIKES, words

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
    "tr": "turkish",
}

_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: value for value, word in enumerate(f"one {SMALL['en']} {_TEENS}".split(), start=1)}
NUMBERS |= zip(_TENS.split(), range(20, 100, 10), strict=True)
"""English number words and their values."""
_AMBIGUOUS = ("neuf", "sei")  # French new, Italian are
_NUMBER_WORDS = {
    language: {word: str(value) for value, word in enumerate(listed.split(), start=2) if word not in _AMBIGUOUS}
    for language, listed in SMALL.items()
}
_NUMBER_WORDS["en"] |= {word: str(value) for word, value in NUMBERS.items() if word != "one"}  # as often a pronoun
# American to British where a rule suffices, British to American where words must be listed; only the stem matters.
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})([iy])z(?=e|ing|ation)"), r"\1s"),
    (
        re.compile(r"^(arm|behavi|clam|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|rum|sav|tum|vap|vig)our"),
        r"\1or",
    ),
    (re.compile(r"^(cent|fib|kilomet|lit|met|theat|calib|somb|spect)re(?=s?$)"), r"\1er"),
    (
        re.compile(r"^(cancel|channel|counsel|fuel|label|level|marshal|model|quarrel|signal|total|travel)l(?=ed$|ing$|ers?$)"),
        r"\1",
    ),
    (re.compile(r"^(def|off|pret|lic)ence"), r"\1ense"),
    (re.compile(r"^(program)me(?=s?$)"), r"\1"),
    (re.compile(r"^grey"), "gray"),
)
# Abbreviations of millions and the like, with their full forms.
_SHORT = {
    "de": {"mio": "million", "mrd": "milliarde", "tsd": "tausend"},
    "en": {"bn": "billion", "mln": "million", "mn": "million", "tn": "trillion"},
    "es": {"mill": "millón"},
    "fr": {"md": "milliard", "mds": "milliard"},
    "it": {"mld": "miliardo", "mln": "milione"},
    "nl": {"mld": "miljard", "mln": "miljoen", "mrd": "miljard"},
    "ru": {"млн": "миллион", "млрд": "миллиард", "руб": "рубль", "тыс": "тысяча"},
}
_POINT = re.compile(r"\.(?!\d)|(?<!\d)\.")  # of an abbreviation, not of a number
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_UNIT = re.compile(r"(?<=\d)(?:m|mn|mln|(?<!\d{3})p|st|nd|rd|th)$", re.IGNORECASE)  # not bn or kg, which change the number
_RESPELT = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _SPELLINGS))


@cache
def stemmer(language: str) -> Any:
    """Return a Snowball stemmer (Porter 2001); NLTK's is older, eighteen times as slow and takes a second to import.

    In Russian and Ukrainian it is a :class:`slavic.Lemmatizer`.
    """
    if language in LEMMATIZED:
        return Lemmatizer(language)
    from Stemmer import Stemmer

    made = Stemmer(_STEMMERS[language])
    made.maxCacheSize = 0  # the tables keep them
    return made


def _plain(word: str) -> str:
    """A word as it appears to a reader: composed, with straight apostrophes and without dots."""
    if not word.isascii():
        seen = "".join("'" if each in APOSTROPHES else each for each in word if unicodedata.category(each) != "Cf")
        word = unicodedata.normalize("NFC", seen)
    return _POINT.sub("", word.replace("`", "'"))


def _respelt(word: str, language: str) -> str:
    """Lower-case a word and replace look-alikes, short forms and number words; in English, also variant spellings."""
    if language not in ("ru", "ar") and not word.isascii() and re.search("[a-z]", word, re.IGNORECASE):
        word = word.translate(LOOKALIKES)
    word = word.lower()
    if word[:1].isdigit() and ("," in word or "." in word):  # 1,500 and 1.500 are 1500, but 1.5 and 1,5 are not 15
        word = _DECIMAL.sub(".", word.replace(",", "") if language == "en" else _THOUSANDS.sub("", word))
    word = _SHORT.get(language, {}).get(word, word)
    word = _NUMBER_WORDS.get(language, {}).get(word, word)
    if language == "en" and _RESPELT.search(word):
        for pattern, spelling in _SPELLINGS:
            word = pattern.sub(spelling, word)
    return word


def stems_of(spelt: Sequence[str], language: str) -> NDArray[np.uint64]:
    """(n,) uint64 hashes of the stems of words as they appear in a text.

    >>> one, two = stems_of(["bridges", "Bridge"], "en")
    >>> bool(one == two)
    True
    """
    stems = stemmer(language).stemWords([_respelt(_plain(each), language) for each in spelt])
    begin = np.zeros(len(stems) + 1, np.int64)
    np.cumsum([len(each) + 1 for each in stems], out=begin[1:])
    start, _, keys, _ = words("\n".join(stems))
    row = np.searchsorted(begin, start, side="right") - 1
    result = np.zeros(len(stems), np.uint64)
    result[row] = keys
    for at in np.flatnonzero(np.bincount(row, minlength=len(stems)) != 1).tolist():  # no stem, or one in pieces
        result[at] = words(spelt[at])[2][0]
    return result


_STEMS_KEPT = 1_000_000


class _Spellings:
    """Stems by the spelling of the word, in tables for the kernels; other threads may read while one is writing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count, self.table = 0, _table(1 << 12)

    def put(self, spelt: NDArray[np.uint64], stems: NDArray[np.uint64]) -> None:
        with self._lock:
            if self._count + len(spelt) > _STEMS_KEPT:
                self._count, self.table = 0, _table(1 << 12)
            self._count += len(spelt)
            size = len(self.table[0])
            while size < 2 * self._count:
                size *= 2
            if size > len(self.table[0]):
                (slots, known), table = self.table, _table(size)
                held = np.flatnonzero(slots)
                word_kernels.put(*table, slots[held] - np.uint64(1), known[held])
                self.table = table
            word_kernels.put(*self.table, spelt, stems)


def _table(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    return np.zeros(size, np.uint64), np.zeros(size, np.uint64)


_spellings: dict[str, _Spellings] = {}


def stem_keys(
    text: str, language: str, start: NDArray[np.int32], end: NDArray[np.int32], keys: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """(n,) uint64 hashes of the words' stems, or the words' own keys in a language without a stemmer.

    A stem depends on the spelling, not on the folded word, so that the order of "résumés" and "resumes" in a text cannot
    change it. A number with a unit, as in "14m" and "5th", gets the stem of the number. This is done only here, because
    among many texts "14m" is rarer.
    """
    if language not in _STEMMERS and language not in LEMMATIZED:
        return keys
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    known = _spellings.setdefault(language, _Spellings())
    stems: NDArray[np.uint64]
    stems, spelt = word_kernels.looked_up(letters, start, end, *known.table)
    new = np.flatnonzero(stems == 0)
    if len(new):
        first, which = word_kernels.distinct(spelt[new])
        at = new[first]
        ranges = zip(start[at].tolist(), end[at].tolist(), strict=True)
        met = stems_of([_UNIT.sub("", text[begin:stop]) for begin, stop in ranges], language)
        known.put(spelt[at], met)
        stems[new] = met[which]
    return stems


@cache
def function_stems(language: str, *, further: bool = False) -> NDArray[np.uint64]:
    """Return the sorted uint64 stem hashes of a language's function words; empty if the language is not in the table.

    ``further``: include those whose frequency only a collection would show.
    """
    listed = FUNCTION_WORDS.get(language, "") + (f" {FURTHER_WORDS.get(language, '')}" if further else "")
    start, end, keys, _ = words(listed)
    return np.unique(stem_keys(listed, language, start, end, keys))
