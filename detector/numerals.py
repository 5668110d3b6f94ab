"""Unify the forms of numbers, some of several words: "sixty-two" is 62, "2:40 p.m." is 2.40pm, "$3m" is 3 million.

The words of one number all get the stem of its value in digits, so that comparisons of words see one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .stems import stems_of
from .words import among
from .words import words as words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNITS = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth"
_VALUES = {word: value for value, word in enumerate(f"{_UNITS} {_TEENS}".split(), start=1)}
_VALUES |= {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}
_VALUES |= {word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
_VALUES |= {f"{word}th": _VALUES[word] for word in _TEENS.split()[3:]}
_VALUES |= {f"{word[:-1]}ieth": _VALUES[word] for word in _TENS.split()}
_SCALES = {"million": "mn", "mn": "mn", "mln": "mn", "billion": "bn", "bn": "bn", "trillion": "tn", "tn": "tn"}
_MONTHS = "January February March April May June July August September October November December"
_MONTH = {form: name[:3] for name in _MONTHS.split() for form in (name, name[:3], "Sept" if name[:4] == "Sept" else name)}
_LEAST = 13  # smaller ones alone are as often not counts: two sides, the seven seas


def _spelt() -> re.Pattern[str]:
    """Build the pattern of a number below a million in words, or in digits before "thousand" or a scale."""
    units, teens, tens, ordinals = (each.replace(" ", "|") for each in (_UNITS, _TEENS, _TENS, _ORDINALS))
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
_CURRENCIES = ("$", "£", "€", "¥")
_METRES = "above across and apart at away below by deep down final from high in long of off on or race tall to up wide"
_OF_METRES = frozenset(_METRES.split())  # what follows "3m" where it means metres
_DATE = re.compile(
    rf"(?:(?P<month>{'|'.join(_MONTH)})\b\.?\s(?P<day>\d\d?)|(?P<first>\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?"
    rf"(?P<second>{'|'.join(_MONTH)}))(?:(?<=\d)(?:st|nd|rd|th))?(?![\w:%]|[.,]\d)"
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
        metres = text[stop - 2] in "0123456789" and text[at - 1 : at] not in _CURRENCIES
        if not metres or (counted and counted.strip().lower() not in _OF_METRES):
            yield at, stop, f"{found['digits']}mn"


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
    found = list(_on_the_clock(text, start, numeral))
    if language == "en":
        found += _in_words(text, start, keys, numeral)
        found += _in_short(text, start, numeral)
        found += _dated(text, start, keys)
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
