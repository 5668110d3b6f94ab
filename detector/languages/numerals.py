"""Unify the forms of numbers, some of several words: "sixty-two" is 62, "2:40 p.m." is 2.40pm, "$3m" is 3 million.

The words of one number all get the stem of its value in digits, so that comparisons of words see one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .changes import CURRENCIES, sort_of
from .number_words import numbers_in_words
from .stems import stems_of
from .words import among
from .words import words as words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_ENGLISH = "January February March April May June July August September October November December"
_MONTHS = (
    _ENGLISH,
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec",
    GERMAN_MONTHS,
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
_MONTH = {form: name for listed in _MONTHS for form, name in zip(listed.split(), _ENGLISH.split(), strict=True)}
_FORMS = "|".join(sorted(_MONTH, key=len, reverse=True))
# Thousands, millions and so on behind a number in digits, in English and in other languages.
_ENGLISH_SCALES = {"thousand": "thousand", "mn": "million|mn|mln", "bn": "billion|bn", "tn": "trillion|tn"}
_OTHER_SCALES = {
    "bn": r"mds?(?=\s?€)|mil\s(?:millones|milhões)|mill?iard(?:en?|er|s|[io])?|miljard(?:en|er)?|bilh(?:ão|ões)|mrd|mld|"
    r"млрд|миллиард(?:а|ов)?|мільярд(?:и|а|ів)?|miliard(?:y|ów)",
    "mn": r"m(?=\s?€)|mill?i?[oó]n(?:en?|er|es|s|i)?|miljo(?:en|ner)|milh(?:ão|ões)|mio|mln|млн|миллион(?:а|ов)?|"
    r"мільйон(?:и|а|ів)?|milion(?:y|ów)",
    "thousand": r"tausend|tsd|mil|mille|mila|duizend|tusind|tys|tysi\w+|тыс|тысяч\w*|тис|тисяч\w*",
}
_LEAST = 13  # smaller ones alone are as often not counts: two sides, the seven seas


_CLOCK = re.compile(
    r"(?<![\d:.,/-])(?P<hour>\d\d?)"
    r"(?:(?P<minutes>[:.]\d\d)?\s?(?P<half>[ap])(?:\.\s?)?m\b|(?P<past>:[0-5]\d)(?![\d:]))",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?P<digits>\d+(?:[.,]\d+)*+)(?:mn|mln|m(?P<counted>\s[a-z]+)?)\b", re.IGNORECASE | re.ASCII)
_ANY_SHORT = re.compile(r"\d(?:mn|mln|m)\b", re.IGNORECASE | re.ASCII)
_METRES = "above across and apart at away below by deep down final from high in long of off on or race tall to up wide"
_OF_METRES = frozenset(_METRES.split())  # what follows "3m" where it means metres
_OF_EITHER = _OF_METRES & frozenset(["and", "at", "by", "from", "in", "of", "on", "or", "to"])  # it may follow any number
_LENGTH = re.compile(r"\s(?:in\s(?:depth|diameter|height|length|width)|from\s(?:an?|her|his|its|the|their|where))\b")
_DATE = re.compile(
    rf"(?:(?P<month>{_FORMS})\b\.?\s(?P<day>\d\d?)|(?P<first>\d\d?)(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?"
    rf"(?P<second>{_FORMS}))(?:(?<=\d)(?:st|nd|rd|th))?(?![\w:%]|[.,]\d)"
)


@cache
def _months() -> NDArray[np.uint64]:
    """The sorted keys of the names of months, which may begin a date."""
    return np.unique(words_of(" ".join(_MONTH))[2])


def _in_short(text: str, start: NDArray[np.int32], numeral: NDArray[np.bool_]) -> Iterator[tuple[int, int, str]]:
    """Yield millions: "$3m", "3mn" and "3m people", but not "3m deep", which are metres.

    "3m" alone is metres, too, unless the text counts millions so elsewhere: 3m people, from 2m in May.
    """
    if not _ANY_SHORT.search(text):
        return
    alone: list[tuple[int, int, str]] = []
    millions = False
    for at in start[numeral].tolist():
        found = _SHORT.match(text, at)
        if not found:
            continue
        counted, stop = found["counted"], found.start("counted") if found["counted"] else found.end()
        told = at, stop, _told(value_of(found["digits"], "en") * _SCALES["mn"])
        metres = text[stop - 2] in "0123456789" and text[at - 1 : at] not in CURRENCIES
        if not metres or (counted and counted.strip().lower() not in _OF_METRES):
            millions = millions or metres
            yield told
        elif not (text[max(at - 4, 0) : at] == "the " or _LENGTH.match(text, stop)) and (
            not counted or counted.strip().lower() in _OF_EITHER
        ):
            alone.append(told)
    if millions:
        yield from alone


@cache
def _scaled(scales: str) -> re.Pattern[str]:
    listed = _ENGLISH_SCALES if scales == "en" else _OTHER_SCALES
    told = "|".join(f"(?P<{scale}>{forms})" for scale, forms in listed.items())
    return re.compile(rf"(?P<digits>\d+(?:[.,]\d+)*+)(?:[\s-]|(?=mila\b))(?:{told})\b", re.IGNORECASE)


def _in_full(
    text: str, language: str, start: NDArray[np.int32], numeral: NDArray[np.bool_]
) -> Iterator[tuple[int, int, str]]:
    """Thousands, millions and milliards behind digits (62 thousand, 18,4 Mio., 25 тыс.), and digits from a million on."""
    pattern, grouped = _scaled("en" if language == "en" else ""), _GROUPED_EN if language == "en" else _GROUPED
    done = 0
    for at in start[numeral].tolist():
        if at < done:
            continue
        if (found := pattern.match(text, at)) and not (language in _OTHER_MILES and found.lastgroup == "thousand"):
            yield at, found.end(), _told(value_of(found["digits"], language) * _SCALES[found.lastgroup or ""])
        elif found := grouped.match(text, at):
            yield at, found.end(), _told(value_of(found[0], language))
        done = found.end() if found else at


_OTHER_MILES = ("no", "sv")  # 25 mil are 250 km
_SCALES = {"thousand": 10**3, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_GROUPED_EN = re.compile(r"(?:\d{1,3}(?:,\d{3}){2,}|\d{7,12})(?![\d.,]*\d)")
_GROUPED = re.compile(r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d{7,12})(?![\d.,]*\d)")


def value_of(digits: str, language: str) -> Decimal:
    """What digits come to, with the marks of groups and decimals of a language.

    >>> str(value_of("1,200.5", "en")), str(value_of("1.200,5", "de")), str(value_of("10 000", "fr"))
    ('1200.5', '1200.5', '10000')
    """
    if language == "en":
        digits = digits.replace(",", "")
    else:
        digits = re.sub(r"[ \u00a0\u202f]|\.(?=\d{3}(?!\d))", "", digits).replace(",", ".")
    whole, _, rest = digits.partition(".")
    return Decimal(f"{whole}.{rest.replace('.', '')}" if rest else whole)


def _in_words(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    for start, end, value in numbers_in_words(text, language):
        month = _MONTH_BEHIND.match(text, end) if 0 < value < 32 else None
        if month and (language != "en" or (month["of"] and sort_of(text[start:end]) == "rank")):  # two March winds
            yield start, month.end(), _day(value, month["month"])
        elif value >= _LEAST or _SHARE.match(text, end) or (language == "en" and _MONEY.match(text, end)):
            yield start, end, _told(Decimal(value))


_MONTH_BEHIND = re.compile(rf"\s(?P<of>of\s|de\s)?(?P<month>{_FORMS})\b(?!['’-]|\s[A-Z])")  # venti febbraio
_SHARE = re.compile(r"[\s-](?:per\s?cento?|pro[sz]ent|pour\s?cent|por\s?cien(?:to)?|por\s?cento|procent)\b", re.IGNORECASE)

_MONEY = re.compile(r"[\s-](?:cents?|dollars?|euros?|pence|pounds?)\b")  # five pence is 5p


def _told(value: Decimal) -> str:
    """A value, of which each has one form.

    >>> _told(Decimal(2_500_000)), _told(Decimal("3e9")), _told(Decimal("62000.0"))
    ('2.5mn', '3bn', '62000')
    """
    scale = next((each for each in ("tn", "bn", "mn") if value >= _SCALES[each]), "")
    return f"{(value / _SCALES.get(scale, 1)).normalize():f}{scale}"


def _dated(text: str, start: NDArray[np.int32], keys: NDArray[np.uint64]) -> Iterator[tuple[int, int, str]]:
    """Yield dates of day and month, in either order."""
    months = np.flatnonzero(among(keys, _months()))
    done = 0
    for at in start[np.unique(np.concatenate([months, months - 1, months - 2]).clip(0))].tolist():  # the 14th of May
        found = _DATE.match(text, at) if at >= done else None
        if found and 0 < int(found["day"] or found["first"]) < 32:
            done = found.end()
            yield at, done, _day(int(found["day"] or found["first"]), found["month"] or found["second"])


def _day(day: int, month: str) -> str:
    return f"{day}{_MONTH[month].lower()}"


def _on_the_clock(
    text: str, start: NDArray[np.int32], numeral: NDArray[np.bool_]
) -> Iterator[tuple[int, int, str]]:
    for at in start[numeral].tolist():
        found = _CLOCK.match(text, at)
        if not found:
            continue
        minutes = (found["minutes"] or found["past"] or "").replace(":", ".")
        half = f"{found['half'].lower()}m" if found["half"] else ""
        yield found.start(), found.end(), found["hour"] + ("" if half and minutes == ".00" else minutes) + half


def united(
    text: str,
    language: str,
    start: NDArray[np.int32],
    keys: NDArray[np.uint64],
    stems: NDArray[np.uint64],
    numeral: NDArray[np.bool_],
) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return the (n,) stems with those of each number unified, and (n,) bool, words that are numbers or parts of one.

    ``start``, ``keys``, ``stems``, ``numeral``: (n,) of the words; ``numeral``: words with digits. "3m" is read in English
    alone, and numbers in words where :mod:`number_words` knows the language.
    """
    found = [*_on_the_clock(text, start, numeral), *_dated(text, start, keys)]
    found += _in_words(text, language)
    found += _in_full(text, language, start, numeral)  # behind them, for 25 thousand is no thousand
    if language == "en":
        found += _in_short(text, start, numeral)
    if not found:
        return stems, numeral
    bounds = np.searchsorted(start, [(begin, stop) for begin, stop, _ in found])
    stems, numbers = stems.copy(), numeral.copy()
    for (first, last), (_, _, told) in zip(bounds.tolist(), found, strict=True):
        stems[first:last] = _stem(told)
        numbers[first:last] = True
    return stems, numbers


@lru_cache(1 << 16)
def _stem(told: str) -> np.uint64:
    return np.uint64(stems_of([told], "en")[0])
