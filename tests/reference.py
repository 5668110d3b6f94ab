"""Slow, obvious twins of the kernels: what each of them promises, written so that it can be read."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from datasketch import MinHash

from detector.languages.words import _UNIT_SCRIPTS

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
    """The UTF-8 of a folded word, eight bytes at a time."""
    value = 0xCBF29CE484222325
    utf8 = form.encode("utf-8", "surrogatepass")
    for at in range(0, len(utf8), 8):
        value = ((value ^ int.from_bytes(utf8[at : at + 8], "little")) * 0xD6E8FEB86659FD93) & MASK
        value ^= value >> 32
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


def thread(
    a_ids: Sequence[int],
    a_units: Sequence[tuple[int, int]],
    a_speech: Sequence[bool],
    b_ids: Sequence[int],
    b_units: Sequence[tuple[int, int]],
    b_speech: Sequence[bool],
    weight: Sequence[float],
    lost: float,
    followed: float,
) -> float:
    """The best path through the prose of ``b``, by looking at every way to lead each unit of ``a`` on or to leave it out."""

    def size(terms: set[int], power: int) -> float:
        return float(sum(weight[term] ** power for term in terms))

    own = [set(a_ids[begin:end]) for (begin, end), spoken in zip(a_units, a_speech, strict=True) if not spoken]
    others = [set(b_ids[begin:end]) for (begin, end), spoken in zip(b_units, b_speech, strict=True) if not spoken]

    def gain(one: set[int], other: set[int]) -> float:
        cosine = size(one & other, 2) / math.sqrt(size(one, 2) * size(other, 2))
        return size(one, 1) * min(cosine / followed, 1) if cosine >= lost else 0.0

    @cache
    def best(unit: int, first: int) -> float:
        if unit == len(own):
            return 0.0
        led = (gain(own[unit], others[at]) + best(unit + 1, at) for at in range(first, len(others)))
        return max(best(unit + 1, first), max(led, default=0.0))

    whole = sum(size(each, 1) for each in own)
    return best(0, 0) / whole if whole else 0.0


def windows(
    a_ids: Sequence[int], b_ids: Sequence[int], worth: Sequence[float], cell: int, least: float
) -> dict[tuple[int, int], float]:
    """The corners of the squares of two by two cells that hold more than ``least``, every pair of equal words looked at."""
    found: dict[tuple[int, int], float] = {}
    for row in range(len(a_ids) // cell + 2):
        for column in range(len(b_ids) // cell + 2):
            evidence = sum(
                max(worth[a_ids[i]], 0)
                for i in range(max(row - 1, 0) * cell, min((row + 1) * cell, len(a_ids)))
                for j in range(max(column - 1, 0) * cell, min((column + 1) * cell, len(b_ids)))
                if a_ids[i] == b_ids[j]
            )
            if evidence > least:
                found[row * cell, column * cell] = evidence
    return found


def segment(values: Sequence[float], border: Sequence[bool], begin: int, stop: int, bonus: float) -> float:
    """The largest sum of a stretch with its bonuses, all stretches tried."""
    return max(
        (
            sum(values[first:last]) + bonus * (border[first] + border[last])
            for first in range(begin, stop)
            for last in range(first + 1, stop + 1)
        ),
        default=-math.inf,
    )


def widest(
    ids: Sequence[int],
    border: Sequence[bool],
    around: tuple[int, int],
    other_ids: Sequence[int],
    other: tuple[int, int],
    frequency: Sequence[float],
    kept: float,
    bonus: float,
) -> tuple[float, int, int]:
    """The stretch within ``around`` of largest evidence against the stretch ``other``: its sum, start and end."""
    counted, own = Counter(other_ids[other[0] : other[1]]), Counter(ids[around[0] : around[1]])
    values = []
    for term in ids:
        chance = 1 - math.exp(-frequency[term] * (other[1] - other[0]))
        odds = math.log((kept + (1 - kept) * chance) / chance) if counted[term] else math.log(1 - kept)
        values.append(odds * min(1.0, counted[term] / max(own[term], 1)) if counted[term] else odds)
    stretches = [(first, last) for first in range(*around) for last in range(first + 1, around[1] + 1)]
    gain = {
        (first, last): sum(values[first:last]) + bonus * (border[first] + border[last]) for first, last in stretches
    }
    best = max(gain, key=lambda each: gain[each], default=(around[0], around[0]))
    return gain.get(best, -math.inf), *best


def grown(
    texts: tuple[Sequence[int], Sequence[int]],
    borders: tuple[Sequence[bool], Sequence[bool]],
    box: Sequence[int],
    frequency: Sequence[float],
    kept: float,
    margin: int,
    reach: int,
    bonus: float,
    rounds: int,
) -> tuple[float, tuple[int, int, int, int]]:
    """A rectangle grown, one side after the other, until none moves: its evidence and what it has become."""
    sides = [(box[0], box[1]), (box[2], box[3])]
    sums = [0.0, 0.0]
    for turn in range(rounds):
        before = list(sides)
        outside = margin if turn < rounds - 1 else 0
        reaches = [margin if turn == 0 else max(reach, end - begin) for begin, end in sides]
        for side in (0, 1):
            own, other = texts[side], texts[1 - side]
            (begin, end), (other_begin, other_end) = sides[side], sides[1 - side]
            sums[side], *place = widest(
                own,
                borders[side],
                (max(begin - reaches[side], 0), min(end + reaches[side], len(own))),
                other,
                (max(other_begin - outside, 0), min(other_end + outside, len(other))),
                frequency,
                kept,
                bonus,
            )
            sides[side] = (place[0], place[1])
        if min(sums) <= 0 or (turn > 1 and sides == before):
            break
    return (sum(sums) if min(sums) > 0 else 0.0), (*sides[0], *sides[1])


def share_kept(
    ids: Sequence[int], span: tuple[int, int], other: Sequence[int], frequency: Sequence[float], rare: float
) -> tuple[int, int]:
    """Of a stretch the words that ``other`` holds, and the words, but for those that any such stretch would hold."""
    held = [term for term in ids[span[0] : span[1]] if term in other]
    rare_ones = [term for term in held if 1 - math.exp(-frequency[term] * len(other)) < rare]
    return len(rare_ones), span[1] - span[0] - len(held) + len(rare_ones)


def rectangles(
    texts: tuple[Sequence[int], Sequence[int]],
    borders: tuple[Sequence[bool], Sequence[bool]],
    boxes: Sequence[Sequence[int]],
    apart: int,
    frequency: Sequence[float],
    kept: float,
    copied: float,
    rare: float,
    growth: tuple[int, int, float, int],
    least: float,
    short_side: int,
    long_side: int,
) -> list[tuple[tuple[int, int, int, int], float]]:
    """Boxes grown to passages, those inside an earlier one left out, copies grown again with what they kept."""
    found: list[tuple[tuple[int, int, int, int], float]] = []
    for box in boxes:
        i, j = (box[0] + box[1]) // 2, (box[2] + box[3]) // 2
        if any(k[0] - apart <= i <= k[1] + apart and k[2] - apart <= j <= k[3] + apart for k, _ in found):
            continue
        total, (a0, a1, b0, b1) = grown(texts, borders, box, frequency, kept, *growth)
        if total < least or min(a1 - a0, b1 - b0) < short_side or max(a1 - a0, b1 - b0) < long_side:
            continue
        counts = (
            share_kept(texts[0], (a0, a1), texts[1][b0:b1], frequency, rare),
            share_kept(texts[1], (b0, b1), texts[0][a0:a1], frequency, rare),
        )
        held, told = counts[0][0] + counts[1][0], counts[0][1] + counts[1][1]
        place = (a0, a1, b0, b1)
        if held > copied * told:
            again, sharper = grown(texts, borders, place, frequency, min(held / told, 0.95), *growth)
            place = sharper if again > 0 else place
        found.append((place, total))
    return found
