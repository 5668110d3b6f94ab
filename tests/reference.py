"""Slow, obvious twins of the kernels: what each of them promises, written so that it can be read."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from datasketch import MinHash

from detector.words import _UNIT_SCRIPTS

APOSTROPHES = "'’‘‛ʼ＇`´"
MASK = 2**64 - 1


def dropped(char: str) -> bool:
    """Accents and vowel points, which folding drops."""
    variation = "\ufe00" <= char <= "\ufe0f"
    return variation or (
        unicodedata.category(char) in ("Mn", "Me") and unicodedata.combining(char) not in (0, 7, 8, 9)
    )


def kind(char: str) -> str:
    """letter, digit, unit, mark, invisible, the apostrophe, point and comma, or nothing."""
    category = unicodedata.category(char)
    if char in APOSTROPHES:
        return "'"
    if char in ".,":
        return char
    if category == "Cf":
        return "invisible"
    if dropped(char):
        return "mark"
    if category[0] in "LM":
        if unicodedata.name(char, "").startswith(_UNIT_SCRIPTS):
            return "unit" if category[0] == "L" else "mark"
        return "letter"
    return "digit" if category[0] == "N" else ""


def folded(char: str) -> str:
    """Case, width, ligatures and accents gone."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(each for each in plain if not (unicodedata.category(each) in ("Mn", "Me") and dropped(each)))[:4] or char


def words(text: str) -> list[tuple[int, int, str]]:
    """Start, end and folded form of every word."""
    kinds = [kind(char) for char in text]

    def seen(at: int) -> int:
        while at < len(text) and kinds[at] in ("mark", "invisible"):
            at += 1
        return at

    def what(at: int) -> str:
        return kinds[at] if at < len(text) else ""

    found = []
    at = 0
    while at < len(text):
        if kinds[at] not in ("letter", "digit", "unit"):
            at += 1
            continue
        begin, end, form, last = at, at + 1, folded(text[at]), kinds[at]
        letters, single = 1, True
        at += 1
        while at < len(text) and last != "unit":
            if kinds[at] in ("letter", "digit"):
                form, last, letters, end = form + folded(text[at]), kinds[at], letters + 1, at + 1
                at += 1
            elif kinds[at] == "mark":
                end = at = at + 1
            elif kinds[at] == "invisible":
                at += 1
            else:
                after = seen(at + 1)
                beyond = seen(after + 1)
                if kinds[at] == "'" and last == "letter" and what(after) == "letter":
                    form, single = form + "'", False
                elif kinds[at] in (".", ",") and last == "digit" and what(after) == "digit":
                    form, single = form + ("." if kinds[at] == "." else ""), False
                elif (
                    kinds[at] == "."
                    and single
                    and letters == 1
                    and last == "letter"
                    and what(after) == "letter"
                    and what(beyond) not in ("letter", "digit", "'")
                ):
                    letters = 0
                else:
                    break
                at = after
        while last == "unit" and at < len(text) and kinds[at] == "mark":  # vowel signs and tone marks
            end = at = at + 1
        found.append((begin, end, form))
    return found


def key(form: str) -> int:
    """FNV-1a over the code points of a folded word, 64 bits."""
    value = 0xCBF29CE484222325
    for char in form:
        value = ((value ^ ord(char)) * 0x100000001B3) & MASK
    return value


def shingles(keys: Sequence[int], free: Sequence[bool], size: int) -> list[int]:
    """Sorted distinct 32-bit hashes of the runs of ``size`` free words."""
    found = set()
    for at in range(len(keys) - size + 1):
        if all(free[at : at + size]):
            value = sum(each * 0x9E3779B97F4A7C15 ** (size - 1 - place) for place, each in enumerate(keys[at : at + size]))
            value &= MASK
            found.add((((value ^ (value >> 32)) * 0xD6E8FEB86659FD93) & MASK) >> 32)
    return sorted(found)


def signature(text: str, size: int, num_perm: int, seed: int) -> list[int]:
    """datasketch's own MinHash of the shingles of a text; a text shorter than a shingle is one shingle."""
    keys = [key(form) for _, _, form in words(text)]
    sketch = MinHash(num_perm=num_perm, seed=seed, scheme="affine32", hashfunc=int)
    for shingle in shingles(keys, [True] * len(keys), min(size, len(keys))) if keys else ():
        sketch.update(shingle)
    return [int(each) for each in sketch.hashvalues]


def common_subsequence(a: Sequence[int], b: Sequence[int]) -> int:
    """Length of the longest common subsequence, by the textbook table."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


def concordance(values: Sequence[int]) -> float:
    """Kendall's tau against the order of the values themselves, ties left out."""
    signs = [(y > x) - (y < x) for i, y in enumerate(values) for x in values[:i]]
    decided = [each for each in signs if each]
    return sum(decided) / len(decided) if decided else math.nan


def weights(ids: Sequence[int], units: Sequence[tuple[int, int]], count: int, floor: int, common: Sequence[bool]) -> list[float]:
    """Inverse unit frequency against that of a term in two units."""
    frequency = Counter(term for begin, end in units for term in set(ids[begin:end]))
    most = max(len(units), floor) + 1
    plain = [max(math.log(most / (frequency[term] + 0.5)), 0.05) / math.log(most / 2.5) for term in range(count)]
    return [each / 10 if is_common else each for each, is_common in zip(plain, common, strict=True)]


def counterparts(
    a_ids: Sequence[int],
    a_units: Sequence[tuple[int, int]],
    b_ids: Sequence[int],
    b_units: Sequence[tuple[int, int]],
    weight: Sequence[float],
) -> list[tuple[float, int, float]]:
    """For each unit of ``a`` the best cosine in ``b``, where, and the best share inside two neighbouring units."""
    others = [set(b_ids[begin:end]) for begin, end in b_units]
    windows = [one | two for one, two in pairwise([*others, set()])]
    found = []
    for begin, end in a_units:
        own = set(a_ids[begin:end])
        norm = math.sqrt(sum(weight[term] ** 2 for term in own))
        cosines = []
        for other in others:
            length = math.sqrt(sum(weight[term] ** 2 for term in other))
            dot = sum(weight[term] ** 2 for term in own & other)
            cosines.append(dot / (norm * length) if dot else 0.0)
        total = sum(weight[term] for term in own)
        inside = max((sum(weight[term] for term in own & window) / total for window in windows if total), default=0.0)
        best = max(cosines, default=0.0)
        found.append((best, cosines.index(best) if best else -1, inside))
    return found
