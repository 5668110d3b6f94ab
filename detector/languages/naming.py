"""Unify names with several common forms: the U.K. is Britain, "US" the United States. ``names.toml`` lists the forms.

The words of such a name all get one stem, whichever form a text uses, so that comparisons of words see one name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from .words import among
from .words import words as words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a name.

    ``pattern``: matches it in a text. ``short``: an acronym. ``sure``: a name wherever it appears. ``alone``: only where no
    other name adjoins it.
    """

    pattern: re.Pattern[str]
    stem: np.uint64
    short: bool
    sure: bool
    alone: bool


@cache
def _forms() -> tuple[NDArray[np.uint64], dict[int, list[_Form]]]:
    """The sorted keys of the words that begin a form, and for each such key its forms, longest first."""
    table = tomllib.loads((files("detector") / "names.toml").read_text(encoding="utf-8"))
    found: dict[int, list[_Form]] = {}
    listed = [(form, name) for name, others in table["names"].items() for form in (name, *others)]
    for form, name in sorted(listed, key=lambda each: -len(each[0])):
        short = form.isalpha() and form.isupper()
        spelt = r"\.?".join(form) if short else r"\s".join(map(re.escape, form.split()))
        stem = words_of("".join(filter(str.isalpha, name)))[2][0]
        pattern = re.compile(rf"{spelt}(?P<ending>s?)(?!\.?\w)")
        each = _Form(pattern, stem, short, short or " " in form, form in table["alone"])
        for begun in {f"{form}{owner}".split()[0] for owner in ("", "s", "'s")}:
            found.setdefault(int(words_of(begun)[2][0]), []).append(each)
    return np.array(sorted(found), np.uint64), found


@cache
def stems_known() -> NDArray[np.uint64]:
    """Return the sorted stems of all known names."""
    return np.unique([each.stem for forms in _forms()[1].values() for each in forms])


def united(
    text: str,
    language: str,
    start: NDArray[np.int32],
    keys: NDArray[np.uint64],
    stems: NDArray[np.uint64],
    capital: NDArray[np.bool_],
    small: NDArray[np.bool_],
) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return the (n,) stems with those of such names unified, and (n,) bool, words that are certainly part of such a name.

    ``start``, ``keys``, ``stems``, ``capital``, ``small``: (n,) each. ``capital``: capitalised words; ``small``: words such
    as articles, of this language or another.
    """
    firsts, forms = _forms()
    sure = np.zeros(len(keys), np.bool_)
    begins = np.flatnonzero(capital & among(keys, firsts))
    if not len(begins):
        return stems, sure
    named = capital & ~small
    foreign = small if language != "en" else np.zeros_like(small)  # French UN is an article in capitals
    stems, done = stems.copy(), 0
    for at in begins.tolist():
        if at < done:
            continue
        for form in forms[int(keys[at])]:
            found = form.pattern.match(text, int(start[at]))
            if found and (language == "de" or not found["ending"]) and not (form.short and foreign[at]):
                done = int(np.searchsorted(start, np.int32(found.end())))  # another type would convert the whole array
                if not (form.alone and _touched(text, start, named, at, done, found.end())):
                    stems[at:done] = form.stem
                    sure[at:done] = form.sure
                break
    return stems, sure


_OF = re.compile(r"\w of $")
_PART = re.compile(r"\b(?:central|north|south|latin|middle) $")


def _touched(text: str, start: NDArray[np.int32], named: NDArray[np.bool_], first: int, after: int, end: int) -> bool:
    """Whether a name continues before the word ``first``, or after a form's ``end``, with the word ``after``."""
    begin = int(start[first])
    if _PART.search(text, max(begin - 9, 0), begin):  # central America
        return True
    if after < len(start) and named[after] and start[after] - end == 1 and text[end] in " -":
        return True
    if first > 1 and _OF.search(text, max(begin - 5, 0), begin):
        return bool(named[first - 2])
    return first > 0 and bool(named[first - 1]) and text[begin - 1] in " -" and text[begin - 2].isalnum()
