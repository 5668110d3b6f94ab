"""Every compiled loop of the program: arrays in, arrays out, no Python object per word.

Kernels are plain loops over integer arrays, compiled by numba on first use and cached. They release the lock, so that
threads can run them side by side; none of them allocates more than a few arrays the size of its input. The slow, obvious
twins that hold them to their word are in ``tests/reference.py``.
"""

# numba infers the types of a kernel's arguments from the call; its docstring gives them for people.
# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import numpy as np

from .compiled import Kernel, Loop

# Character classes, the low bits of an entry of the table that text.py fills.
UNKNOWN = 0  # not looked up yet
SEPARATOR = 1
LETTER = 2
DIGIT = 3
UNIT = 4  # a word by itself: ideographs, kana, Thai ...
MARK = 5  # a combining mark that folding drops; it belongs to the letter before it
INVISIBLE = 6  # soft hyphen, zero-width characters: as if they were not there
APOSTROPHE = 7
DOT = 8
COMMA = 9
CLASS_BITS = 15
UPPER = 16  # a capital letter

# Flags of a word.
CAPITAL = 1
NUMERAL = 2

_SILENT = 2  # of a byte inside a word: it is not hashed

_FNV_OFFSET = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xD6E8FEB86659FD93)


@Kernel
def _character(utf8, at):
    """Code point and size in bytes of the character that begins at byte ``at``."""
    first = np.int64(utf8[at])
    if first < 0x80:
        return first, 1
    if first < 0xE0:
        return ((first & 31) << 6) | (np.int64(utf8[at + 1]) & 63), 2
    if first < 0xF0:
        return ((first & 15) << 12) | ((np.int64(utf8[at + 1]) & 63) << 6) | (np.int64(utf8[at + 2]) & 63), 3
    head = ((first & 7) << 18) | ((np.int64(utf8[at + 1]) & 63) << 12)
    return head | ((np.int64(utf8[at + 2]) & 63) << 6) | (np.int64(utf8[at + 3]) & 63), 4


@Kernel
def _visible(utf8, at, end, classes):
    """From ``at`` on, the first character that can be seen: its byte, class, size and code point."""
    while at < end:
        code, size = _character(utf8, at)
        kind = np.int64(classes[code] & CLASS_BITS)
        if kind not in (MARK, INVISIBLE):
            return at, kind, size, code
        at += size
    return end, SEPARATOR, 0, np.int64(-1)


@Kernel
def _word(utf8, at, end, classes, folds, expansions):
    """The next word from byte ``at``, by the rules of :func:`words` in full.

    Returns its first byte, the byte behind it, its key, where to go on, and a code point of unknown class or -1.
    """
    nothing = np.uint64(0)
    kind = np.int64(SEPARATOR)
    while at < end:
        code, size = _character(utf8, at)
        kind = np.int64(classes[code] & CLASS_BITS)
        if kind == UNKNOWN:
            return at, at, nothing, at, code
        if kind in (LETTER, DIGIT, UNIT):
            break
        at += size
    begin = at
    stop = at
    key = _FNV_OFFSET
    letters = 0  # since the last point, to tell U.S. from the end of a sentence
    single = True
    last = np.int64(SEPARATOR)
    while at < end:
        code, size = _character(utf8, at)
        kind = np.int64(classes[code] & CLASS_BITS)
        if kind == UNKNOWN:
            return begin, begin, nothing, begin, code
        if kind in (LETTER, DIGIT) or (kind == UNIT and at == begin):
            fold = folds[code]
            if fold >= 0:
                key = (key ^ np.uint64(fold)) * _FNV_PRIME
            else:
                for k in range(expansions.shape[1]):
                    if expansions[-1 - fold, k] == 0:
                        break
                    key = (key ^ np.uint64(expansions[-1 - fold, k])) * _FNV_PRIME
            letters += 1
            last = kind
            at += size
            stop = at
            if kind == UNIT:
                while at < end:  # the vowel signs and tone marks of this character
                    code, size = _character(utf8, at)
                    if classes[code] & CLASS_BITS != MARK:
                        break
                    at += size
                    stop = at
                break
        elif kind == MARK:
            at += size
            stop = at
        elif kind == INVISIBLE:
            at += size
        elif kind in (APOSTROPHE, DOT, COMMA):
            after, follows, width, unknown = _visible(utf8, at + size, end, classes)
            if follows == UNKNOWN:
                return begin, begin, nothing, begin, unknown
            if kind == APOSTROPHE and last == LETTER and follows == LETTER:
                key = (key ^ np.uint64(39)) * _FNV_PRIME
                single = False
            elif kind != APOSTROPHE and last == DIGIT and follows == DIGIT:
                if kind == DOT:
                    key = (key ^ np.uint64(46)) * _FNV_PRIME
                single = False
            elif kind == DOT and single and letters == 1 and last == LETTER and follows == LETTER:
                _, beyond, _, unknown = _visible(utf8, after + width, end, classes)
                if beyond == UNKNOWN:
                    return begin, begin, nothing, begin, unknown
                if beyond in (LETTER, DIGIT, APOSTROPHE):
                    break
                letters = 0
            else:
                break
            at = after
        else:
            break
    return begin, stop, key, at, np.int64(-1)


@Kernel
def _joint(utf8, at, end, plain):
    """What of an ASCII point, comma or apostrophe inside a word, at byte ``at``, is hashed.

    It is a character, ``_SILENT`` if the mark belongs to the word without being hashed, 0 where :func:`_word` has to tell.
    """
    before, after = plain[utf8[at - 1]], plain[utf8[at + 1]] if at + 1 < end else 0
    if before >= 97 and after >= 97 and utf8[at] == 39:
        return 39
    if before > 1 and before < 97 and after > 1 and after < 97:
        if utf8[at] == 46:
            return 46
        if utf8[at] == 44:
            return _SILENT
    return 0


@Kernel
def _words(utf8, at, end, plain, classes, folds, expansions, keys, starts, stops):
    """Write the words of ``utf8[at:end]`` to the three arrays; how many, and a code point of unknown class or -1.

    Runs of ASCII letters and digits are hashed without a branch, numbers and contractions by their neighbours, and
    whatever else meets a word goes through :func:`_word`. ``plain``: (256,) uint8, the folded letter or digit, 0 for an
    ASCII separator, 1 for all else. With ``starts`` and ``stops`` None only the keys are written: a fifth faster.
    """
    count = 0
    key = _FNV_OFFSET
    begin = at
    while at < end:
        code = plain[utf8[at]]
        if code == 1 and ((utf8[at] == 46) | (utf8[at] == 44)) and (at + 1 >= end or plain[utf8[at + 1]] == 0):
            code = np.uint8(0)  # a point or comma at the end of a word
        if code != 1:
            keys[count] = key
            if starts is not None:
                starts[count] = begin
                stops[count] = at
            inside = code != 0
            count += np.int64((not inside) & (key != _FNV_OFFSET))
            at += 1
            key = (key ^ np.uint64(code)) * _FNV_PRIME if inside else _FNV_OFFSET
            begin = begin if inside else at
            continue
        joint = _joint(utf8, at, end, plain) if key != _FNV_OFFSET else 0
        if joint != 0:
            key, at = key if joint == _SILENT else (key ^ np.uint64(joint)) * _FNV_PRIME, at + 1
        else:
            begin, stop, key, at, unknown = _word(utf8, begin, end, classes, folds, expansions)
            if unknown >= 0:
                return count, unknown
            if begin < stop:
                keys[count] = key
                if starts is not None:
                    starts[count] = begin
                    stops[count] = stop
                count += 1
            key = _FNV_OFFSET
            begin = at
    if key != _FNV_OFFSET:
        keys[count] = key
        if starts is not None:
            starts[count] = begin
            stops[count] = end
        count += 1
    return count, np.int64(-1)


@Kernel
def words(utf8, plain, classes, folds, expansions):
    """Find and hash the words of a text in one pass.

    ``utf8``: (c,) uint8. ``classes``: uint8 and ``folds``: int32, one entry a code point; a negative fold ``-1 - k`` stands
    for the characters of ``expansions[k]`` (zero-padded); ``plain``: see :func:`_words`. Returns ``start``, ``end`` (n,)
    int32 in bytes, ``keys`` (n,) uint64 (FNV-1a over the folded characters), ``flags`` (n,) uint8, and a code point whose
    class is unknown (-1 when there was none; the other results are then whole).

    A word is a run of letters, marks and digits. Inside it an apostrophe before a letter stays; points and commas
    between digits belong to a number (the comma is not hashed: 25,000 is 25000); points between single letters are an
    abbreviation (U.S. is US). A character of class UNIT is a word by itself.
    """
    keys = np.empty(len(utf8) + 1, np.uint64)
    start = np.empty(len(utf8) + 1, np.int32)
    end = np.empty(len(utf8) + 1, np.int32)
    count, unknown = _words(utf8, np.int64(0), np.int64(len(utf8)), plain, classes, folds, expansions, keys, start, end)
    flags = np.zeros(count, np.uint8)
    for word in range(count):
        at = np.int64(start[word])
        while at < end[word]:
            code, size = _character(utf8, at)
            if at == start[word] and classes[code] & UPPER:
                flags[word] |= CAPITAL
            if classes[code] & CLASS_BITS == DIGIT:
                flags[word] |= NUMERAL
            at += size
    return start[:count].copy(), end[:count].copy(), keys[:count].copy(), flags, unknown


@Kernel
def _roll(keys, begin, stop, size, found, count):
    """Append the hashes of the shingles of ``keys[begin:stop]`` to ``found``; the new count."""
    if stop - begin < size:
        return count
    top = np.uint64(1)
    for _ in range(size):
        top *= _GOLDEN
    value = np.uint64(0)
    for at in range(begin, stop):
        value = value * _GOLDEN + keys[at]
        if at - begin >= size:
            value -= keys[at - size] * top
        if at - begin >= size - 1:
            mixed = (value ^ (value >> np.uint64(32))) * _MIXER
            found[count] = np.uint32(mixed >> np.uint64(32))
            count += 1
    return count


@Kernel
def shingles(keys, free, size):
    """Hashes of the ``size``-word shingles whose words are all ``free``, in the order of the text: (s,) uint32.

    ``keys``: (n,) uint64 hashes of words. Version 1 of the shingle hash: the polynomial of the words' hashes in the 64-bit
    golden ratio (Karp and Rabin 1987), mixed, the upper half of it. It depends on nothing but the words.
    """
    found = np.empty(len(keys), np.uint32)
    count = np.int64(0)
    begin = np.int64(0)
    for at in range(len(keys) + 1):
        if at == len(keys) or not free[at]:
            count = _roll(keys, begin, at, size, found, count)
            begin = at + 1
    return found[:count]


@Kernel
def _affine(a, value, b):
    return np.uint32(a * value + b)  # numba would go on in 64 bits


@Kernel
def minima(hashes, count, a, b, row):
    """The least of ``a[k] * h + b[k]`` (uint32, wrapping) over the first ``count`` hashes, for each k, into ``row``.

    Eight hashes at a time, so that coefficients and minima are read and written once for the eight.
    """
    for k in range(len(row)):
        row[k] = np.uint32(0xFFFFFFFF)
    at = 0
    while at + 8 <= count:
        h0, h1, h2, h3 = hashes[at], hashes[at + 1], hashes[at + 2], hashes[at + 3]
        h4, h5, h6, h7 = hashes[at + 4], hashes[at + 5], hashes[at + 6], hashes[at + 7]
        for k in range(len(row)):
            m, c = a[k], b[k]
            low = min(min(_affine(m, h0, c), _affine(m, h1, c)), min(_affine(m, h2, c), _affine(m, h3, c)))
            high = min(min(_affine(m, h4, c), _affine(m, h5, c)), min(_affine(m, h6, c), _affine(m, h7, c)))
            row[k] = min(row[k], min(low, high))
        at += 8
    while at < count:
        for k in range(len(row)):
            row[k] = min(row[k], _affine(a[k], hashes[at], b[k]))
        at += 1


@Loop
def sign(utf8, offsets, plain, classes, folds, expansions, size, a, b, keys, hashes, at, signatures):
    """MinHash signatures of texts, straight from one UTF-8 buffer: words, shingles, minima in one pass.

    Text ``d`` is ``utf8[offsets[d]:offsets[d + 1]]``; ``size``: words in a shingle (a shorter text is one shingle); ``a``,
    ``b``: (k,) uint32, the permutations of datasketch's scheme ``affine32``; ``keys``, uint64, and ``hashes``, uint32: room
    for one more than the bytes of the longest text; ``at``: (1,) int64, the text to begin with, and then to go on with;
    ``signatures``: (texts, k) uint32, written here. Returns a code point of unknown class, or -1 at the end.
    """
    for text in range(at[0], len(offsets) - 1):
        count, unknown = _words(
            utf8, offsets[text], offsets[text + 1], plain, classes, folds, expansions, keys, None, None
        )
        if unknown >= 0:
            at[0] = text
            return unknown
        found = _roll(keys, np.int64(0), count, min(size, count), hashes, np.int64(0)) if count else np.int64(0)
        for each in range(found):  # MurmurHash3's finalizer, as datasketch mixes before it permutes
            value = hashes[each]
            value = np.uint32(np.uint32(value ^ (value >> np.uint32(16))) * np.uint32(0x85EBCA6B))
            value = np.uint32(np.uint32(value ^ (value >> np.uint32(13))) * np.uint32(0xC2B2AE35))
            hashes[each] = np.uint32(value ^ (value >> np.uint32(16)))
        minima(hashes, found, a, b, signatures[text])
    return np.int64(-1)


@Kernel
def concordance(values):
    """Kendall's tau of ``values`` against their own order, ties left out; NaN when no pair is comparable."""
    agree = 0
    differ = 0
    for i in range(len(values)):
        for j in range(i):
            if values[j] < values[i]:
                agree += 1
            elif values[j] > values[i]:
                differ += 1
    return (agree - differ) / (agree + differ) if agree + differ > 0 else np.nan


@Loop
def band_hashes(signatures, chosen, first, width, hashes):
    """Hashes of ``signatures[chosen, first:first + width]``, into (c,) uint64 ``hashes``; how many."""
    for at in range(len(chosen)):
        value = _FNV_OFFSET
        for k in range(first, first + width):
            value = (value ^ np.uint64(signatures[chosen[at], k])) * _GOLDEN
            value ^= value >> np.uint64(32)
        hashes[at] = value
    return len(chosen)


@Loop
def bucket_pairs(hashes, members, most, following, own, pairs):
    """Pairs of members with equal hashes, as ``i << 32 | j`` with ``i < j``, into uint64 ``pairs``, as far as it goes.

    ``hashes``: sorted; ``members``: int64, ascending where hashes are equal. In a bucket of up to ``most`` each is paired
    with each. In a larger one (a template that thousands share) each is paired with the first and with the ``following``
    next, so that cost stays linear and the bucket connected. With ``own`` >= 0 only members below it are paired with members
    from it on, likewise. Returns how many pairs there are.
    """
    total = np.int64(0)
    begin = 0
    while begin < len(hashes):
        end = begin + 1
        while end < len(hashes) and hashes[end] == hashes[begin]:
            end += 1
        reach = end - begin if end - begin <= most else following
        middle = begin  # where the archive begins
        while middle < end and members[middle] < own:
            middle += 1
        for one in range(begin, middle if own >= 0 else end):
            after = middle if own >= 0 else one + 1
            for other in range(after, min(end, after + reach)):
                if total < len(pairs):
                    pairs[total] = np.uint64(members[one]) << np.uint64(32) | np.uint64(members[other])
                total += 1
        for other in range(middle + reach if own >= 0 else begin + reach + 1, end):
            if own < 0 or middle > begin:
                if total < len(pairs):
                    pairs[total] = np.uint64(members[begin]) << np.uint64(32) | np.uint64(members[other])
                total += 1
        begin = end
    return total


@Kernel
def heaviest(values, offsets, most):
    """Positions of the ``most`` largest values of each row ``values[offsets[r]:offsets[r + 1]]``, of equal ones the first.

    Returns (k,) int64, ascending.
    """
    total = 0
    for row in range(len(offsets) - 1):
        total += min(most, offsets[row + 1] - offsets[row])
    kept = np.empty(total, np.int64)
    begin = 0
    for row in range(len(offsets) - 1):
        size = 0
        for at in range(offsets[row], offsets[row + 1]):
            if size == most and values[kept[begin + size - 1]] >= values[at]:
                continue
            place = size if size < most else size - 1
            while place > 0 and values[kept[begin + place - 1]] < values[at]:
                kept[begin + place] = kept[begin + place - 1]
                place -= 1
            kept[begin + place] = at
            size = min(size + 1, most)
        for last in range(begin + 1, begin + size):  # few, so that sorting them by insertion is quick to run and to compile
            position = kept[last]
            place = last
            while place > begin and kept[place - 1] > position:
                kept[place] = kept[place - 1]
                place -= 1
            kept[place] = position
        begin += size
    return kept


@Kernel
def row_overlaps(offsets, columns, values, pairs):
    """(p, 3) float64 of pairs of sparse rows: their dot product, and each one's squared sum over the shared columns.

    Row ``r`` is ``values[offsets[r]:offsets[r + 1]]`` in ``columns`` that ascend.
    """
    result = np.zeros((len(pairs), 3), np.float64)
    for at in range(len(pairs)):
        i, i_end = offsets[pairs[at, 0]], offsets[pairs[at, 0] + 1]
        j, j_end = offsets[pairs[at, 1]], offsets[pairs[at, 1] + 1]
        while i < i_end and j < j_end:
            if columns[i] == columns[j]:
                x, y = np.float64(values[i]), np.float64(values[j])
                result[at, 0] += x * y
                result[at, 1] += x * x
                result[at, 2] += y * y
                i += 1
                j += 1
            elif columns[i] < columns[j]:
                i += 1
            else:
                j += 1
    return result


@Kernel
def common(a, b):
    """How many values two sorted arrays of distinct values share."""
    i = 0
    j = 0
    shared = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            shared += 1
            i += 1
            j += 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return shared


@Kernel
def common_each(values, offsets, pairs):
    """(p,) int64: what :func:`common` says of the sets ``values[offsets[i]:offsets[i + 1]]`` of each pair."""
    result = np.empty(len(pairs), np.int64)
    for at in range(len(pairs)):
        i, j = pairs[at]
        result[at] = common(values[offsets[i] : offsets[i + 1]], values[offsets[j] : offsets[j + 1]])
    return result


@Kernel
def _slot(slots, key):
    """Where ``key`` stands in an open hash table of (key + 1, 0 when free), or where it may be put."""
    mask = len(slots) - 1
    at = np.int64((key * _GOLDEN) >> np.uint64(40)) & mask
    while slots[at] != 0 and slots[at] != key + np.uint64(1):
        at = (at + 1) & mask
    return at


@Kernel
def rehashed(slots, ids, size):
    """The hash table of :func:`count_words` with ``size`` places (a power of two)."""
    new_slots = np.zeros(size, np.uint64)
    new_ids = np.zeros(size, np.int32)
    for at in range(len(slots)):
        if slots[at] != 0:
            place = _slot(new_slots, slots[at] - np.uint64(1))
            new_slots[place] = slots[at]
            new_ids[place] = ids[at]
    return new_slots, new_ids


@Kernel
def distinct(values):
    """The distinct ones of (n,) uint64 ``values`` in the order in which they come.

    Returns (t,) int64, where each comes first, and (n,) int32, which of them each value is.
    """
    size = 16
    while size < 2 * len(values):
        size *= 2
    slots = np.zeros(size, np.uint64)
    ids = np.empty(size, np.int32)
    first = np.empty(len(values), np.int64)
    which = np.empty(len(values), np.int32)
    count = 0
    for at in range(len(values)):
        slot = _slot(slots, values[at])
        if slots[slot] == 0:
            slots[slot] = values[at] + np.uint64(1)
            ids[slot] = count
            first[count] = at
            count += 1
        which[at] = ids[slot]
    return first[:count].copy(), which


@Kernel
def looked_up(letters, start, end, slots, known):
    """What is known of words as they are spelt: (t,) uint64, 0 of nothing, and the hashes of their spelling, (t,) uint64.

    ``letters``: (c,) uint32, the code points of a text; ``start``, ``end``: (t,) int32, its words; ``slots`` (a power of
    two) and ``known``, uint64: an open hash table of (hash + 1, 0 when free) and what is known of each.
    """
    found = np.zeros(len(start), np.uint64)
    hashes = np.empty(len(start), np.uint64)
    for word in range(len(start)):
        key = _FNV_OFFSET
        for at in range(start[word], end[word]):
            key = (key ^ np.uint64(letters[at])) * _FNV_PRIME
        hashes[word] = key
        slot = _slot(slots, key)
        if slots[slot] == key + np.uint64(1):  # again: another thread may have taken a free place since
            found[word] = known[slot]
    return found, hashes


@Kernel
def put(slots, known, keys, values):
    """Enter what is known of (t,) uint64 ``keys`` into the table of :func:`looked_up`."""
    for each in range(len(keys)):
        slot = _slot(slots, keys[each])
        known[slot] = values[each]  # first: another thread that finds the key must find this too, or nothing
        slots[slot] = keys[each] + np.uint64(1)


@Kernel
def count_words(utf8, offsets, first, plain, classes, folds, expansions, slots, ids, known):
    """Count the words of texts, giving each distinct word a number, in the order in which they are first met.

    ``slots``, ``ids``: a hash table from keys to numbers, filled here, of which ``known`` are in use. Counts from text
    ``first`` on until the table could get more than half full. Returns the text to go on with, ``known``, ``sizes``
    (texts,) distinct words of each text counted, ``words`` and ``counts`` (int32, one a distinct word of a text), the keys
    and the byte ranges (new, 2) of words met for the first time, and a code point of unknown class or -1.
    """
    longest = 0
    total = offsets[-1] - offsets[first]
    for text in range(first, len(offsets) - 1):
        longest = max(longest, offsets[text + 1] - offsets[text])
    keys = np.empty(longest + 1, np.uint64)
    start = np.empty(longest + 1, np.int32)
    stop = np.empty(longest + 1, np.int32)
    found = np.empty(total + 1, np.int32)
    counts = np.empty(total + 1, np.int32)
    sizes = np.zeros(len(offsets) - 1 - first, np.int64)
    new = np.empty((min(total + 1, len(slots)), 2), np.int64)
    new_keys = np.empty(len(new), np.uint64)
    place_of = np.full(len(slots), -1, np.int64)  # number -> where this text counts it
    filled = 0
    added = 0
    text = first
    while text < len(offsets) - 1:
        count, unknown = _words(
            utf8, offsets[text], offsets[text + 1], plain, classes, folds, expansions, keys, start, stop
        )
        if unknown >= 0 or 2 * (known + count) > len(slots):
            done = text - first
            return text, known, sizes[:done], found[:filled], counts[:filled], new_keys[:added], new[:added], unknown
        begin = filled
        for at in range(count):
            slot = _slot(slots, keys[at])
            if slots[slot] == 0:
                slots[slot] = keys[at] + np.uint64(1)
                ids[slot] = known
                new_keys[added] = keys[at]
                new[added, 0] = start[at]
                new[added, 1] = stop[at]
                known += 1
                added += 1
            number = ids[slot]
            place = place_of[number]
            if place < begin:
                place_of[number] = filled
                found[filled] = number
                counts[filled] = 1
                filled += 1
            else:
                counts[place] += 1
        sizes[text - first] = filled - begin
        text += 1
    nothing = np.int64(-1)
    return text, known, sizes[: text - first], found[:filled], counts[:filled], new_keys[:added], new[:added], nothing
