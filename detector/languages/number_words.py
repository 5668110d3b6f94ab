"""Numbers in words, in eight languages: where a text has one, and its value ("zweiundsechzig", "quatre-vingt-dix").

The words are parsed by text2num (Allo-Media); here it is decided which words are worth parsing, and what is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

# Two to twelve, and how the words for all other numbers begin.
SMALL = {
    "da": "to tre fire fem seks syv otte ni ti elleve tolv",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "en": "two three four five six seven eight nine ten eleven twelve",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
}
_FURTHER = {
    "da": "enog fyr fjort att tyve halv firs hundred tusind million milliard",
    "de": "einund einhundert eintausend sech sieb zwan zwo dreiß hundert tausend million milliarde",
    "en": "one first second third fif twen thir for hundred thousand million billion trillion",
    "es": "quin cator trec cuarent cincuent sesent sete ochent noven noveci dieci veint treint cien cent mil doscient un",
    "fr": "un treiz quatorz quinz seiz vingt trent quarant cinquant soixant septant huitant octant nonant cent mill",
    "it": "tredici quatt quin sedici dici vent trent quarant cinquant sessant settant ottant novant cent mil duecent",
    "nl": "dert veert twin tach eenen honderd duizend miljoen miljard",
    "pt": "um duas duzent tre quator cator quin vint quar cinq sess set oit nov cem cent trint trez mil bilh trilh",
}
_LINKS = {"da": "og", "de": "und", "en": "and", "es": "y", "fr": "et", "it": "e", "nl": "en", "pt": "e"}
_ONE = {"da": "en|én", "de": "eine[rn]?|ein", "en": "one", "es": "un", "fr": "un", "it": "un", "nl": "een|één", "pt": "um"}
_ABOUT = {
    "es": {"veintena": "veinte", "treintena": "treinta", "centenar": "cien", "veintiún": "veintiuno"},
    "fr": {"vingtaine": "vingt", "trentaine": "trente", "cinquantaine": "cinquante", "centaine": "cent"},
    "it": {"ventina": "venti", "trentina": "trenta", "cinquantina": "cinquanta", "centinaio": "cento"},
    "pt": {"vintena": "vinte", "trintena": "trinta", "centena": "cem"},
}
_SCALE = r"(?:trilli|bill?i|bilh|mill?[ioó]|milj|milh)\w*"
_BARE = {language: re.compile(rf"{more}{_SCALE}") for language, more in (("", "miles|"), ("en", "hundreds?|thousands?|"))}
"""Words that are a number only after one: "hundred" in English, "million" in every language."""
_SHORT_SCALES = dict.fromkeys(("mio", "mln", "mn"), 10**6) | dict.fromkeys(("bn", "mld", "mrd"), 10**9)
_SHORT_SCALES |= dict.fromkeys(("tn", "trillion"), 10**12)
"""Scales that text2num does not know."""
_SHARE, _HUNDRED = re.compile(r"\b(?:pour|por|per)\s$", re.IGNORECASE), 100  # cinq pour cent
_HOURS = {"es": r"\b(?:a las|las)\s$", "it": r"\b(?:alle|dalle|le)\s$", "pt": r"\bàs\s$"}  # alle due e venti
_HALF = re.compile(r"\s(?:et demi|y medi[oa]|e mezzo|e mei[oa]|and a half)", re.IGNORECASE)  # deux millions et demi


class Spelt(NamedTuple):
    """A number in words: where it begins and ends, in characters, and its value."""

    start: int
    end: int
    value: int


def numbers_in_words(text: str, language: str) -> Iterator[Spelt]:
    """Yield the cardinal and ordinal numbers that a text has in words; none in a language that is not supported.

    >>> [each.value for each in numbers_in_words("Two hundred and six, or twenty-first of a hundred", "en")]
    [206, 21]
    >>> [each.value for each in numbers_in_words("zweiundsechzig Menschen, drei Millionen, Tausende", "de")]
    [62, 3000000]
    """
    if language not in SMALL:
        return
    for run in _runs(language).finditer(text):
        told = run[0]
        if text[run.end() : run.end() + 1] == "-" and (cut := told.rfind(" ")) > told.rfind("-"):
            told = told[:cut]  # twenty two-year-olds
        hour = _hour(language).search(text, max(run.start() - 8, 0), run.start())
        for begin, end, value in _parsed(told, language):
            share = not begin and value == _HUNDRED and _SHARE.search(text, max(run.start() - 6, 0), run.start())
            if not (share or hour or _HALF.match(text, run.start() + end)):
                yield Spelt(run.start() + begin, run.start() + end, value)


@cache
def _hour(language: str) -> re.Pattern[str]:
    return re.compile(_HOURS.get(language, r"(?!)"), re.IGNORECASE)


@cache
def _runs(language: str) -> re.Pattern[str]:
    """Words that may be a number together, each of which begins like one."""
    begins = f"{SMALL[language]} {_FURTHER[language]}".split()
    word = rf"(?:{'|'.join(begins)})\w*"
    first = "".join(sorted({each[0] for each in (*begins, *_ONE[language].split("|"))}))  # alone, twice as fast
    link = rf"(?:{_LINKS[language]}\s(?!\w+[\s-]hundred))?"  # two hundred and three hundred are two
    short = rf"(?:[\s-](?:{'|'.join(_SHORT_SCALES)})\b)?"
    one = rf"(?:(?:{_ONE[language]})\s(?={_SCALE}))?"
    return re.compile(rf"\b(?=[{first}]){one}{word}(?:[\s-]{link}{word})*{short}", re.IGNORECASE)


class _Word:
    """A word as text2num asks for it."""

    def __init__(self, spelt: str) -> None:
        self._spelt = spelt

    def text(self) -> str:
        return self._spelt

    def nt_separated(self, previous: _Word) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


@lru_cache(1 << 14)
def _parsed(run: str, language: str) -> tuple[Spelt, ...]:
    """The numbers in words that stand in a row."""
    from text_to_num import find_numbers

    places = [each.span() for each in re.finditer(r"[^\s-]+", run)]
    about = _ABOUT.get(language, {})
    words = [about.get(each, each) for each in (run[begin:end].lower() for begin, end in places)]
    if language == "de" and re.fullmatch(_ONE["de"], words[0]):
        words[0] = "ein"
    bare, found = _BARE["en" if language == "en" else ""], []
    for each in find_numbers([*map(_Word, words)], language, 0):
        alone = [bool(bare.fullmatch(word)) for word in words[each.start : each.end]]
        if all(alone) or (alone[0] and words[each.start] not in ("hundred", "thousand")):
            continue  # a hundred and six are 106
        end, value = each.end, int(each.value)
        if scale := _SHORT_SCALES.get("".join(words[end : end + 1])):
            end, value = end + 1, value * scale
        found.append(Spelt(places[each.start][0], places[end - 1][1], value))
    return tuple(found)
