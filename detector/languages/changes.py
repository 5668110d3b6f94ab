"""Two forms of a name or a number as texts write them: whether they are one, of one sort, or spelt alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from math import isclose

from .stems import NUMBERS

RESPELT = 0.75
"""Likeness of letters from which two names in one place are one name spelt in two ways: Pruitt and Pruett have .83."""

RESPELT_ANYWHERE = 0.85
"""The same for two names that each stand in one of two texts, wherever: Achterberg and Achterborg have .9."""

_MINUS = ("-", "−")
CURRENCIES = tuple("$£€¥")
HALF = re.compile(r"\s?\b[ap]\.m\.?$", re.IGNORECASE)  # of the day; the full stop after it belongs to no word


def exchanged(one: str, other: str) -> bool:
    """Whether two forms of a number are sums in two currencies, or one of them is below zero."""
    if (one[:1] in _MINUS) != (other[:1] in _MINUS):
        return True
    return one[:1] in CURRENCIES and other[:1] in CURRENCIES and one[:1] != other[:1]


def equal(one: str, other: str) -> bool:
    """Whether two facts that are written in two ways are one: 1.5 million and 1,500,000, 3 p.m. and 15:00 or 3."""
    if _folded(one) == _folded(other) or _folded(one.translate(_GERMAN)) == _folded(other.translate(_GERMAN)):
        return True
    if _grouped(one) == _grouped(other):
        return True
    if HALF.sub("", one) == HALF.sub("", other) and bool(HALF.search(one)) != bool(HALF.search(other)):
        return True
    here, there = _worth(one), _worth(other)
    if not here or not there or here[:2] != there[:2]:
        return False
    units = {here[2], there[2]}
    return len(units) == 1 or ("" in units and units.isdisjoint(_RANKS) and not ("s" in units and here[1] >= _DECADE))


def respelt_in_one_word(one: str, other: str) -> bool:
    """Whether names of several words, with equal stems, differ in the spelling of one: Pascal and Pascale Durand.

    They differ in one last letter, which is neither of a plural nor of another spelling: not Guardie, not Centre.
    """
    here, there = (re.sub(r"['’.]", "", _folded(each)).replace("-", " ").split() for each in (one, other))
    differing = [each for each in zip(here, there, strict=False) if each[0] != each[1]]
    return len(here) == len(there) > 1 == len(differing) and _ends_otherwise(*differing[0])


def _ends_otherwise(one: str, other: str) -> bool:
    """Whether two words differ in a last letter that one has more (e, r), or that is o in one and a in the other."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return one[:-1] == other[:-1] and {one[-1:], other[-1:]} == {"a", "o"}
    return long[:-1] == short and long[-1] in "er"


def may_be_equal(one: str, other: str) -> bool:
    """Whether nobody can tell if two numbers are one: 3m, which may be metres, and 3 million."""
    here, there = _worth(one), _worth(other)
    if not here or not there:
        return False
    short, full = sorted((here, there), key=lambda each: each[1])
    return short[2] == "m" and (short[0], short[1] * 1e6, "") == full


def unscaled(one: str, other: str) -> bool:
    """Whether one number is the other without its scale: 96 and 96 million, as in "from 96 to 158 million"."""
    bare, named = sorted((one, other), key=len)
    return named.startswith(bare) and _SCALE.fullmatch(named, len(bare)) is not None


def worked_out(new: str, old: str, beside: Iterable[str]) -> bool:
    """Whether a number is what an old one and one ``beside`` it come to or leave, or is the rest of a share.

    >>> worked_out("3,054", "12,950", ["16,004", "12,950"]), worked_out("26 %", "74 %", []), worked_out("6", "3", ["3"])
    (True, True, False)
    """
    one, other = _sum(new), _sum(old)
    if not one or not other or one[:2] != other[:2]:
        return False
    if one[1] == "share" and one[2] + other[2] == _WHOLE:
        return True
    sums = (each[2] for each in map(_sum, beside) if each and each[:2] == one[:2] and each != other)
    return any(isclose(one[2], known) for each in sums for known in (abs(other[2] - each), other[2] + each))


def of_one_order(one: str, other: str) -> bool:
    """Whether two sums in one currency, or two shares, are less than ten times apart.

    >>> of_one_order("£9.6 million", "£6.9 million"), of_one_order("£40 million", "£300,000"), of_one_order("£4", "$4")
    (True, False, False)
    """
    here, there = _sum(one), _sum(other)
    return bool(here and there and here[:2] == there[:2] and max(here[2], there[2]) < 10 * min(here[2], there[2]))


_WHOLE = 100  # per cent
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")


def _sum(told: str) -> tuple[str, str, float] | None:
    """The currency of a number, its unit, and what it comes to; None if that cannot be told."""
    if worth := _worth(told):
        return worth[0], worth[2], worth[1]
    found = _FIGURES.match(told) if sort_of(told) == "share" else None
    return ("", "share", float(found[0].replace(",", "."))) if found else None


def _folded(told: str) -> str:
    """Without capitals and accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", told.casefold()) if not unicodedata.combining(each))


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_GROUPED = re.compile(r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+")


def _grouped(told: str) -> str:
    """Without marks between groups of three figures (10 000, 10.000), and with a point before one or two last ones."""
    if _GROUPED.fullmatch(told):
        return re.sub(r"\D", "", told)
    return re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", ".", told)


_RANKS = frozenset(("st", "nd", "rd", "th"))
_DECADE = 1000  # from which a number with an s is a decade: the 1990s, but the over-50s


def _worth(told: str) -> tuple[str, float, str] | None:
    """What a number comes to: the currency of a sum, or "hour"; the sum, or the minute of the day; and its unit or ""."""
    if hour := _HOUR.fullmatch(told):
        half = (hour["half"] or "").lower()
        past = 12 * (half == "p" and int(hour["hour"]) < 12) - 12 * (half == "a" and int(hour["hour"]) == 12)
        return "hour", 60 * (int(hour["hour"]) + past) + int(hour["minutes"] or 0), ""
    word, _, rest = told.replace("-", " ").partition(" ")
    if rest and word.lower() in NUMBERS:
        told = f"{NUMBERS[word.lower()]} {rest}"
    if amount := _AMOUNT.fullmatch(told):
        scale = _SCALES[(amount["scale"] or "").lower()]
        return amount["currency"] or "", float(amount["number"].replace(",", "")) * scale, (amount["unit"] or "").lower()
    return None


_SCALE = re.compile(r"[\s-]?(?:thousand|tausend|mil|[mb]n|mio|mrd|(?:mill|bill|trill)i\w+|тыс|млн|млрд)\.?", re.IGNORECASE)
_HOUR = re.compile(r"(?P<hour>\d\d?)(?:[:.](?P<minutes>\d\d))?(?:\s?(?P<half>[ap])\.?\s?m\.?|(?<=:\d\d))", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<currency>[$£€¥])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[\s-]?(?P<scale>k|thousand|million|mn|mln|(?<=[$£€¥]\d)m|billion|bn|trillion|tn)\b|(?P<unit>°?[a-z]{0,4}))",
    re.IGNORECASE,
)
_SCALES = {"": 1.0, "k": 1e3, "thousand": 1e3, **dict.fromkeys(("m", "mn", "mln", "million"), 1e6)}
_SCALES |= dict.fromkeys(("bn", "billion"), 1e9) | dict.fromkeys(("tn", "trillion"), 1e12)


@lru_cache(maxsize=4096)
def sort_of(told: str) -> str:
    """What a number is of: a rank, a sum, a share, an hour, a day, a year, a score; "" for just a number."""
    return next((sort for sort, pattern in _SORTS.items() if pattern.search(told)), "")


_SORTS = {
    "rank": re.compile(r"(?:\d(?:st|nd|rd)|th|first|second|third)$", re.IGNORECASE),
    "sum": re.compile("[$£€¥]"),
    "share": re.compile(r"%|cent$", re.IGNORECASE),
    "hour": re.compile(r"\b[ap]\.?m\b|\d:\d", re.IGNORECASE),
    "day": re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
    "year": re.compile(r"^(?:19|20)\d\d$"),
    "score": re.compile(r"\d[-–]\d"),
}


def alike(one: str, other: str, *, declined: bool = True) -> float:
    """Likeness of two names, without what one of them has more before its last words: Mayor Ann Lee, Anne Lee.

    It is 0 for two forms of one name: one cut short, abbreviated, or inflected. ``declined``: the language declines names.
    """
    size = max(min(one.count(" "), other.count(" ")) + 1, 1)
    here, there = (each.replace(".", "").lower().split(" ") for each in (one, other))
    if here[-1] == there[-1] and len(here) != len(there) and {*here} & {*there} in ({*here}, {*there}):
        return 0.0
    here, there = here[-size:], there[-size:]
    if here[0][:1] != there[0][:1] or all(_one_form(*each, declined) for each in zip(here, there, strict=True)):
        return 0.0
    return SequenceMatcher(None, " ".join(here), " ".join(there), autojunk=False).ratio()


def _one_form(one: str, other: str, declined: bool) -> bool:
    """Whether two words are one, abbreviated (St, Saint) or with another ending (Russia, Russian; declined: Anna, Anny)."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    if short == long or (len(short) <= 3 and short[:1] == long[:1] and all(each in letters for each in short)):
        return True
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    bare, ended = sorted((one[same:], other[same:]), key=len)
    return same >= 3 and bare in _BARE and (ended in _ENDED or (declined and ended in _BARE) or (bare, ended) == ("", "y"))


_CASES = "a e i y ia а е и о у ы э ю я й ь і ї ой ей ою ею єю ом ем єм ым им ім ого его ому ему ові еві"
_BARE = frozenset(("", *_CASES.split()))
_ENDED = frozenset(["n", "s", "es", "ic", "an", "ns", "'s", "ans", "ese", "ian", "ish", "ians"])
