"""Unify the forms of numbers, some of several words: "sixty-two" is 62, "2:40 p.m." is 2.40pm, "$3m" is 3 million.

The words of one number all get the stem of its value in digits, so that comparisons of words see one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .changes import CURRENCIES
from .stems import NUMBERS, TEENS, TENS, UNITS, stems_of
from .words import among
from .words import words as words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth"
_VALUES = NUMBERS | {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}
_VALUES |= {f"{word}th": _VALUES[word] for word in TEENS.split()[3:]}
_VALUES |= {f"{word[:-1]}ieth": _VALUES[word] for word in TENS.split()}
_SCALES = {"million": "mn", "mn": "mn", "mln": "mn", "billion": "bn", "bn": "bn", "trillion": "tn", "tn": "tn"}
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
_MILLIONS = {"mn": "millionen million mio millions millón millones milione milioni miljoen milhão milhões"}
_MILLIONS |= {"bn": "milliarden milliarde mrd milliard milliards miliardo miliardi miljard"}
_FULL = {form: scale for scale, forms in _MILLIONS.items() for form in forms.split()}
_IN_FULL = re.compile(rf"\d+(?:[.,]\d+)*+\s(?P<scale>{'|'.join(sorted(_FULL, key=len, reverse=True))})\b", re.IGNORECASE)
_LEAST = 13  # smaller ones alone are as often not counts: two sides, the seven seas


def _spelt() -> re.Pattern[str]:
    """Build the pattern of a number below a million in words, or in digits before "thousand" or a scale."""
    units, teens, tens, ordinals = (each.replace(" ", "|") for each in (UNITS, TEENS, TENS, _ORDINALS))
    small = rf"(?:(?:{tens})(?:-(?:{units}|{ordinals})|\s(?:{units})(?!-))?|{teens}|{units})\b"
    alone = r"(?!\s(?:hundred|thousand|million|billion|trillion)\b)"  # between two hundred and three hundred
    below = rf"{small}(?:[\s-]hundred\b(?:(?:\sand)?\s(?>{small}){alone.replace('thousand|', '')})?)?"
    thousands = rf"(?:{below}|\d{{1,3}})\sthousand\b(?:(?:\sand)?\s(?>{below}){alone})?"
    whole = rf"{thousands}|{below}|(?:{'|'.join(word for word in _VALUES if word.endswith('th'))})\b"
    counted = r"[\s-]per\s?cent\b"
    scale = rf"[\s-](?P<scale>{'|'.join(_SCALES)})\b"
    told = rf"(?:(?P<words>{whole})|(?P<digits>\d+(?:[.,]\d+)*+)(?=[\s-][bmt]))"
    also = scale.replace("scale", "also")
    return re.compile(rf"{told}(?(digits){scale}|(?:{also}|(?P<counted>(?={counted})))?)", re.IGNORECASE | re.ASCII)


_SPELT = _spelt()
_CLOCK = re.compile(
    r"(?<![\d:.,/-])(?P<hour>\d\d?)"
    r"(?:(?P<minutes>[:.]\d\d)?\s?(?P<half>[ap])(?:\.\s?)?m\b|(?P<past>:[0-5]\d)(?![\d:]))",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?P<digits>\d+(?:[.,]\d+)*+)(?:mn|mln|m(?P<counted>\s[a-z]+)?)\b", re.IGNORECASE | re.ASCII)
_ANY_SHORT = re.compile(r"\d(?:mn|mln|m)\b", re.IGNORECASE | re.ASCII)
_METRES = "above across and apart at away below by deep down final from high in long of off on or race tall to up wide"
_OF_METRES = frozenset(_METRES.split())  # what follows "3m" where it means metres
_DATE = re.compile(
    rf"(?:(?P<month>{_FORMS})\b\.?\s(?P<day>\d\d?)|(?P<first>\d\d?)(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?"
    rf"(?P<second>{_FORMS}))(?:(?<=\d)(?:st|nd|rd|th))?(?![\w:%]|[.,]\d)"
)


def _value(spelt: str) -> int:
    """The value of a number in words.

    >>> _value("two hundred and sixty-two thousand and ten")
    262010
    """
    total, below = 0, 0
    for word in re.findall(r"[a-z]+|\d+", spelt.lower()):
        if word == "hundred":
            below *= 100
        elif word == "thousand":
            total, below = below * 1000, 0
        else:
            below += int(word) if word.isdigit() else _VALUES.get(word, 0)
    return total + below


@cache
def _opening() -> NDArray[np.uint64]:
    """The sorted keys of the words that may begin a number in words."""
    return np.unique(words_of(" ".join(_VALUES))[2])


def _in_words(
    text: str, start: NDArray[np.int32], keys: NDArray[np.uint64], numeral: NDArray[np.bool_]
) -> Iterator[tuple[int, int, str]]:
    done = 0
    for at in start[among(keys, _opening()) | numeral].tolist():
        found = _SPELT.match(text, at) if at >= done else None
        if not found:
            continue
        told = found["digits"] or str(_value(found["words"]))
        scale = found["scale"] or found["also"]
        if not (scale or found["counted"] is not None or int(told) >= _LEAST):
            continue
        done = found.end()
        yield at, done, told + (_SCALES[scale.lower()] if scale else "")


@cache
def _months() -> NDArray[np.uint64]:
    """The sorted keys of the names of months, which may begin a date."""
    return np.unique(words_of(" ".join(_MONTH))[2])


def _in_short(text: str, start: NDArray[np.int32], numeral: NDArray[np.bool_]) -> Iterator[tuple[int, int, str]]:
    """Yield millions: "$3m", "3mn" and "3m people", but not "3m" alone or "3m deep", which are metres."""
    if not _ANY_SHORT.search(text):
        return
    for at in start[numeral].tolist():
        found = _SHORT.match(text, at)
        if not found:
            continue
        counted, stop = found["counted"], found.start("counted") if found["counted"] else found.end()
        metres = text[stop - 2] in "0123456789" and text[at - 1 : at] not in CURRENCIES
        if not metres or (counted and counted.strip().lower() not in _OF_METRES):
            yield at, stop, f"{found['digits']}mn"


def _in_full(text: str, start: NDArray[np.int32], numeral: NDArray[np.bool_]) -> Iterator[tuple[int, int, str]]:
    """Millions and milliards in languages other than English: 18,4 Mio., 3 milliards."""
    for at in start[numeral].tolist():
        if found := _IN_FULL.match(text, at):
            digits = found[0].split()[0].replace(",", ".")
            yield at, found.end(), digits + _FULL[found["scale"].lower()]


def _dated(text: str, start: NDArray[np.int32], keys: NDArray[np.uint64]) -> Iterator[tuple[int, int, str]]:
    """Yield dates of day and month, in either order."""
    months = np.flatnonzero(among(keys, _months()))
    done = 0
    for at in start[np.unique(np.concatenate([months, months - 1, months - 2]).clip(0))].tolist():  # the 14th of May
        found = _DATE.match(text, at) if at >= done else None
        if found and 0 < int(found["day"] or found["first"]) < 32:
            done = found.end()
            yield at, done, f"{int(found['day'] or found['first'])}{_MONTH[found['month'] or found['second']].lower()}"


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

    ``start``, ``keys``, ``stems``, ``numeral``: (n,) of the words; ``numeral``: words with digits. Times of day are
    recognised in every language, the other forms only in English.
    """
    found = [*_on_the_clock(text, start, numeral), *_dated(text, start, keys)]
    if language == "en":
        found += _in_words(text, start, keys, numeral)
        found += _in_short(text, start, numeral)
    else:
        found += _in_full(text, start, numeral)
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
