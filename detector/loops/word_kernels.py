"""Compiled loops from UTF-8 to words, their counts, shingles and MinHash signatures, without a Python object per word.

Most words are ASCII letters between spaces, so a text is first cut into runs, 64 bytes at a time, and each run is hashed
eight bytes at a time; anything less simple is read character by character (:func:`_word`). The versions that check these
loops, in ``tests/reference.py``, use none of this. Functions that the loops call are in this file too: numba caches machine
code by source file, and would not notice a change in another one.
"""

# numba infers argument types from the call; the docstrings give them for people.
# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import numpy as np

from .compiled import Instruction, Kernel, Loop, Part

# Character classes: the low bits of an entry in the table that words.py fills.
UNKNOWN = 0  # not looked up yet
SEPARATOR = 1
LETTER = 2
DIGIT = 3
UNIT = 4  # a word by itself: ideographs, kana, Thai ...
MARK = 5  # a combining mark that folding drops; it belongs to the preceding letter
INVISIBLE = 6  # soft hyphen, zero-width characters: ignored
APOSTROPHE = 7
DOT = 8
COMMA = 9
CLASS_BITS = 15
UPPER = 16  # a capital letter
UNSPACED = 32  # a letter of a script that neither puts spaces between words nor has a character for each: Thai, kana ...

# Flags of a word.
CAPITAL = 1
NUMERAL = 2
LETTER_ALONE = 4  # of an unspaced script

SPELT = 4  # letters of an unspaced script that make a term

PADDING = 64  # filler bytes required after a text, which is read 64 bytes at a time
ROOM = 10  # places needed beyond a text's bytes: one more edge than bytes, seven filler places after it, and two ends

_OFFSET = np.uint64(0xCBF29CE484222325)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xD6E8FEB86659FD93)

# The same value in each of eight bytes.
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_SMALL = np.uint64(0x2020202020202020)  # lower-cases ASCII capitals, and leaves digits, dots and apostrophes alone


@Part
def _character(utf8, at):
    """The code point and the size in bytes of the character that begins at byte ``at``."""
    first = np.int64(utf8[at])
    if first < 0x80:
        return first, 1
    if first < 0xE0:
        return ((first & 31) << 6) | (np.int64(utf8[at + 1]) & 63), 2
    if first < 0xF0:
        return ((first & 15) << 12) | ((np.int64(utf8[at + 1]) & 63) << 6) | (np.int64(utf8[at + 2]) & 63), 3
    head = ((first & 7) << 18) | ((np.int64(utf8[at + 1]) & 63) << 12)
    return head | ((np.int64(utf8[at + 2]) & 63) << 6) | (np.int64(utf8[at + 3]) & 63), 4


@Part
def _visible(utf8, at, end, classes):
    """The first visible character from ``at`` on: its byte, class, size and code point."""
    while at < end:
        code, size = _character(utf8, at)
        kind = np.int64(classes[code] & CLASS_BITS)
        if kind not in (MARK, INVISIBLE):
            return at, kind, size, code
        at += size
    return end, SEPARATOR, 0, np.int64(-1)


@Part
def _mixed(key, eight):
    """The hash of a word after its next eight bytes, padded with zeros."""
    key = (key ^ eight) * _MIXER
    return key ^ (key >> np.uint64(32))


@Part
def _hashed_on(key, eight, filled, code):
    """The hash of a word after the next character; ``eight`` collects its UTF-8, with ``filled`` bytes so far."""
    low = np.uint64(0x80 | (code & 63))
    if code < 0x80:
        utf8, size = np.uint64(code), 1
    elif code < 0x800:
        utf8, size = np.uint64(0xC0 | (code >> 6)) | low << np.uint64(8), 2
    else:
        middle = np.uint64(0x80 | ((code >> 6) & 63))
        if code < 0x10000:
            utf8, size = np.uint64(0xE0 | (code >> 12)) | middle << np.uint64(8) | low << np.uint64(16), 3
        else:
            utf8 = np.uint64(0xF0 | (code >> 18)) | np.uint64(0x80 | ((code >> 12) & 63)) << np.uint64(8)
            utf8, size = utf8 | middle << np.uint64(16) | low << np.uint64(24), 4
    eight |= utf8 << np.uint64(8 * filled)
    filled += size
    if filled >= 8:
        key = _mixed(key, eight)
        filled -= 8
        eight = utf8 >> np.uint64(8 * (size - filled))
    return key, eight, filled


@Part
def _word(utf8, at, end, classes, folds, expansions):
    """Read the next word from byte ``at``, by the full rules of :func:`words`.

    Returns its first byte, the byte after it, its key, where to continue, and a code point of unknown class or -1.
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
    key = _OFFSET
    eight, filled = nothing, np.int64(0)  # bytes not yet in the key, and how many
    letters = 0  # since the last dot, to tell U.S. from the end of a sentence
    single = True
    last = np.int64(SEPARATOR)
    while at < end:
        code, size = _character(utf8, at)
        kind = np.int64(classes[code] & CLASS_BITS)
        if kind == UNKNOWN:
            return begin, begin, nothing, begin, code
        if kind in (LETTER, DIGIT) or (kind == UNIT and at == begin):
            fold = np.int64(folds[code])
            if fold >= 0:
                key, eight, filled = _hashed_on(key, eight, filled, fold)
            else:
                for k in range(expansions.shape[1]):
                    if expansions[-1 - fold, k] == 0:
                        break
                    key, eight, filled = _hashed_on(key, eight, filled, np.int64(expansions[-1 - fold, k]))
            letters += 1
            last = kind
            at += size
            stop = at
            if kind == UNIT:
                while at < end:  # vowel signs and tone marks of this character
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
                key, eight, filled = _hashed_on(key, eight, filled, np.int64(39))
                single = False
            elif kind != APOSTROPHE and last == DIGIT and follows == DIGIT:
                if kind == DOT:
                    key, eight, filled = _hashed_on(key, eight, filled, np.int64(46))
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
    return begin, stop, _mixed(key, eight) if filled else key, at, np.int64(-1)


@Instruction
def _where(ir, builder, utf8, at, bits, low, count):
    """A bit for each of 64 bytes from ``at``: whether, with ``bits`` set, it is among ``count`` from ``low``."""
    byte = ir.IntType(8)
    kind = ir.VectorType(byte, 64)
    found = builder.load(builder.bitcast(builder.gep(utf8, [at]), kind.as_pointer()), align=1)
    nothing, first = ir.Constant(kind, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), 64), None)
    bits, low, count = (
        builder.shuffle_vector(builder.insert_element(nothing, builder.trunc(each, byte), ir.IntType(32)(0)), nothing, first)
        for each in (bits, low, count)
    )
    among = builder.icmp_unsigned("<", builder.sub(builder.or_(found, bits), low), count)
    return builder.bitcast(among, ir.IntType(64))


@Instruction
def _eight(ir, builder, utf8, at):
    """The eight bytes from ``at`` on, the first of them lowest."""
    return builder.load(builder.bitcast(builder.gep(utf8, [at]), ir.IntType(64).as_pointer()), align=1)


@Instruction
def _ones(ir, builder, value):
    """The number of ones among the bits of ``value``."""
    return builder.ctpop(value)


@Instruction
def _zeros(ir, builder, value):
    """The number of zeros below the lowest one among the bits of ``value``; 64 if there is none."""
    return builder.cttz(value, ir.Constant(ir.IntType(1), 0))


@Part
def _places(bits, first, places, count):
    """Append the places of the ones among 64 bits to ``places``, plus up to seven filler entries; return the new count.

    A loop that stopped at the last one would mispredict that branch every time, which costs more than writing eight at once.
    """
    found = count + np.int64(_ones(bits))
    while bits != 0:
        for k in range(count, count + 8):
            places[k] = first + np.int64(_zeros(bits))
            bits &= bits - np.uint64(1)
        count += 8
    return found


@Part
def _kinds(utf8, at, size):
    """Classify the 64 bytes from ``at`` that lie before ``size``, a bit each.

    Returns masks of ASCII letters, digits, bytes of other characters, straight apostrophes, grave accents, commas, dots.
    """
    if at < size:
        kept = _ALL >> np.uint64(max(at + 64 - size, 0))
    else:
        kept, at = np.uint64(0), np.int64(0)
    letters, digits = _where(utf8, at, 32, 97, 26) & kept, _where(utf8, at, 0, 48, 10) & kept
    beyond, straight = _where(utf8, at, 0, 128, 128) & kept, _where(utf8, at, 0, 39, 1) & kept
    grave, commas = _where(utf8, at, 0, 96, 1) & kept, _where(utf8, at, 0, 44, 1) & kept
    return letters, digits, beyond, straight, grave, commas, _where(utf8, at, 0, 46, 1) & kept


@Part
def _after(bits, following, distance):
    """The bits ``distance`` places further on, continuing into the following 64."""
    return bits >> np.uint64(distance) | following << np.uint64(64 - distance)


@Part
def _runs(utf8, size, edges, odd, before):
    """Cut the first ``size`` bytes into runs of ASCII letters, digits, bytes of other characters, and marks that join them.

    Writes the beginning and end of each run alternately to ``edges``. To ``odd`` go marks in a run that are not hashed,
    marks between two runs that :func:`_word` has to decide about, and non-ASCII characters, at least one entry per such
    run; to ``before``, the number of edges before each entry. A place beyond the text ends ``edges`` and ``odd``. Returns
    the number of edges.

    The rules are those of :func:`words`, applied to 64 bytes at once, as Langdale and Lemire parse JSON (2019).
    """
    changes = np.int64(0)
    oddities = 0
    one = np.uint64(1)
    letters, digits, beyond, straight, grave, commas, points = _kinds(utf8, np.int64(0), size)
    # The last bits of the previous block: the lowest bit, or the lowest two for apostrophes.
    c_letters = c_digits = c_inside = c_alone = c_whole = c_apostrophes = np.uint64(0)
    for block in range(0, size, 64):
        n_letters, n_digits, n_beyond, n_straight, n_grave, n_commas, n_points = _kinds(utf8, block + 64, size)
        inside, n_inside = letters | digits | beyond, n_letters | n_digits | n_beyond
        letters_before, letters_after = letters << one | c_letters, _after(letters, n_letters, 1)
        inside_before, inside_after = inside << one | c_inside, _after(inside, n_inside, 1)
        apostrophes = straight & letters_before & letters_after
        numbers = (commas | points) & (digits << one | c_digits) & _after(digits, n_digits, 1)
        alone = letters & ~inside_before & ~inside_after
        initials = points & (alone << one | c_alone) & _after(alone, n_letters & ~(n_inside >> one), 1)
        initials &= ~_after(straight | grave, n_straight | n_grave, 2) & ~(apostrophes << np.uint64(2) | c_apostrophes)
        whole = inside | apostrophes | numbers | initials
        changed = whole ^ (whole << one | c_whole)

        foreign = _after(beyond, n_beyond, 1) | grave  # after such a character the run is odd already
        unsure = (straight | grave | commas | points) & inside_before & inside_after & foreign
        unsure |= points & letters_before & letters_after & _after(beyond, n_beyond, 2)
        strange = initials | (numbers & commas) | unsure | (beyond & ~(beyond << one))
        while strange != 0:
            odd[oddities] = block + np.int64(_zeros(strange))
            lower = (strange & (~strange + one)) - one
            before[oddities] = changes + np.int64(_ones(changed & lower))
            strange &= strange - one
            oddities += 1
        changes = _places(changed, block, edges, changes)

        end = np.uint64(63)
        c_letters, c_digits, c_inside = letters >> end, digits >> end, inside >> end
        c_alone, c_whole, c_apostrophes = alone >> end, whole >> end, apostrophes >> np.uint64(62)
        letters, digits, beyond, straight, grave = n_letters, n_digits, n_beyond, n_straight, n_grave
        commas, points = n_commas, n_points
    edges[changes] = size
    changes += changes & 1
    edges[changes] = edges[changes + 1] = odd[oddities] = size + 2
    before[oddities] = changes
    return changes


@Part
def _hashed(utf8, begin, end):
    """The hash of the folded ``utf8[begin:end]``, which is ASCII and not empty, up to its eighth byte."""
    kept = _ALL >> np.uint64(64 - 8 * min(end - begin, 8))
    return _mixed(_OFFSET, (_eight(utf8, begin) | _SMALL) & kept)


@Part
def _hashed_further(key, utf8, begin, end):
    """Continue a hash that covers the first eight bytes to the end of the word."""
    while end - begin > 8:
        begin += 8
        kept = _ALL >> np.uint64(64 - 8 * min(end - begin, 8))
        key = _mixed(key, (_eight(utf8, begin) | _SMALL) & kept)
    return key


@Part
def _hashed_without(utf8, begin, end, mark):
    """The hash of the folded ``utf8[begin:end]`` without the byte ``mark``."""
    key, eight, filled = _OFFSET, np.uint64(0), np.int64(0)
    for at in range(begin, end):
        if utf8[at] != mark:
            key, eight, filled = _hashed_on(key, eight, filled, np.int64(utf8[at] | 0x20))
    return _mixed(key, eight) if filled else key


@Part
def _plain_words(utf8, edges, run, until, count, starts, stops, keys):
    """Write the runs of ``edges[run:until]`` as words from ``count`` on, hashed up to the eighth byte."""
    for each in range(np.uint64((until - run) >> 1)):  # unsigned, which spares the check for negative indices
        edge, word = np.uint64(run) + each + each, np.uint64(count) + each
        starts[word], stops[word] = edges[edge], edges[edge + np.uint64(1)]
        keys[word] = _hashed(utf8, np.int64(edges[edge]), np.int64(edges[edge + np.uint64(1)]))


@Part
def _longer_words(utf8, count, starts, stops, keys, longer):
    """Complete the hashes of words longer than eight bytes, except those whose start is stored as ``~start``.

    One word in ten is longer, unpredictably, so these are collected first without a branch.
    """
    many = np.uint64(0)
    for word in range(np.uint64(count)):
        longer[many] = word
        many += np.uint64((stops[word] - starts[word] > 8) | (starts[word] < 0))
    for each in range(many):
        word = np.uint64(longer[each])
        if starts[word] < 0:
            starts[word] = ~starts[word]
        else:
            keys[word] = _hashed_further(keys[word], utf8, np.int64(starts[word]), np.int64(stops[word]))


@Part
def _words(utf8, size, classes, folds, expansions, places, keys):
    """Write the words of the first ``size`` bytes to ``keys``, and where each begins and ends to ``places[0]`` and ``[1]``.

    Returns the number of words, and a code point of unknown class or -1. ASCII runs are hashed directly; words with anything
    else go through :func:`_word`. ``places``: (5, r) int32; ``keys``: (r,) uint64; ``r``: the number of bytes plus ``ROOM``.
    """
    starts, stops, edges, odd, before = places[0], places[1], places[2], places[3], places[4]
    count = np.int64(0)
    oddity = np.int64(0)
    run = np.int64(0)
    cut = np.int64(-1)  # the run whose beginning belonged to the previous word
    runs = _runs(utf8, size, edges, odd, before)
    while True:
        until = np.int64(before[oddity]) & ~1
        if until > run:
            _plain_words(utf8, edges, run, until, count, starts, stops, keys)
            count += (until - run) >> 1
            run = until
        if run >= runs:
            break
        begin, end = np.int64(edges[run]), np.int64(edges[run + 1])
        dropped = utf8[odd[oddity]]
        following = oddity
        whole = run != cut
        while whole and odd[following] < end:  # no further: each word of a long run would read all the rest of it
            whole = utf8[odd[following]] < 128
            following += 1
        if whole and odd[following] > end:
            starts[count], stops[count] = ~begin, end
            keys[count] = _hashed_without(utf8, begin, end, dropped)
            oddity = following
            run += 2
        else:
            begin, stops[count], keys[count], after, unknown = _word(utf8, begin, size, classes, folds, expansions)
            if unknown >= 0:
                return count, unknown
            starts[count] = ~begin
            while edges[run + 1] <= after:
                run += 2
            if edges[run] < after:  # the rest of a run may hold the next word, and is just as odd
                edges[run] = after
                cut = run
            else:
                while odd[oddity] < edges[run]:
                    oddity += 1
        count += np.int64(begin < stops[count])
    _longer_words(utf8, count, starts, stops, keys, edges)
    return count, np.int64(-1)


@Loop
def words(utf8, size, classes, folds, expansions, places, keys, flags):
    """Find and hash the words of a text in one pass; return their number, or ``-1 - c`` if the class of ``c`` is unknown.

    ``utf8``: uint8, ``size`` bytes of text and ``PADDING``. ``classes``: uint8 and ``folds``: int32, one entry per code
    point; a negative fold ``-1 - k`` stands for the characters of ``expansions[k]`` (zero-padded). Output, with ``r`` the
    number of bytes plus ``ROOM``: ``places``, (5, r) int32, the first byte of each word, the byte after it, and three rows
    of scratch; ``keys``, (r,) uint64; ``flags``, (r,) uint8. A key is the hash of a folded word: its UTF-8, little-endian,
    eight bytes at a time, multiplied and mixed (:func:`_mixed`).

    A word is a run of letters, marks and digits. An apostrophe before a letter is part of it; dots and commas between digits
    belong to a number (the comma is not hashed: 25,000 is 25000); dots between single letters make an abbreviation (U.S. is
    US). A character of class UNIT is a word by itself.
    """
    count, unknown = _words(utf8, size, classes, folds, expansions, places, keys)
    if unknown >= 0:
        return -1 - unknown
    for word in range(count):
        at = np.int64(places[0, word])
        first = classes[_character(utf8, at)[0]]
        flags[word] = CAPITAL if first & UPPER else LETTER_ALONE if first & UNSPACED else 0
        while at < places[1, word]:
            code, size = _character(utf8, at)
            if classes[code] & CLASS_BITS == DIGIT:
                flags[word] |= NUMERAL
            at += size
    return count


@Part
def _polynomial(keys, begin, size):
    value = np.uint64(0)
    for at in range(begin, begin + np.uint64(size)):
        value = value * _GOLDEN + keys[at]
    return value


@Part
def _shingle(value):
    """The hash of the shingle whose words form this polynomial."""
    return np.uint32(((value ^ (value >> np.uint64(32))) * _MIXER) >> np.uint64(32))


@Part
def _roll(keys, begin, stop, size, found, count):
    """Append the hashes of the shingles of ``keys[begin:stop]`` to ``found``; return the new count.

    Each polynomial depends on the one before, so two are rolled at once, from the beginning and from the middle.
    """
    shingles = stop - begin - size + 1
    if shingles < 1:
        return count
    top = np.uint64(1)
    for _ in range(size):
        top *= _GOLDEN
    half, width = np.uint64((shingles - 1) >> 1), np.uint64(size)
    one, two = np.uint64(begin), np.uint64(begin) + half  # unsigned, which spares the check for negative indices
    place = np.uint64(count)
    first, second = _polynomial(keys, one, size), _polynomial(keys, two, size)
    for each in range(half):
        found[place + each] = _shingle(first)
        found[place + half + each] = _shingle(second)
        first = first * _GOLDEN + (keys[one + each + width] - keys[one + each] * top)
        second = second * _GOLDEN + (keys[two + each + width] - keys[two + each] * top)
    place += half + half
    found[place] = _shingle(second)
    if shingles & 1 == 0:
        second = second * _GOLDEN + (keys[two + half + width] - keys[two + half] * top)
        found[place + np.uint64(1)] = _shingle(second)
    return count + shingles


@Kernel
def shingles(keys, free, size):
    """(s,) uint32 hashes, in text order, of the ``size``-word shingles whose words are all ``free``.

    ``keys``: (n,) uint64 hashes of words. This is version 2 of the shingle hash: the polynomial of the word hashes in the
    64-bit golden ratio (Karp and Rabin 1987), mixed, upper half. It depends on nothing but the words.
    """
    found = np.empty(len(keys), np.uint32)
    count = np.int64(0)
    begin = np.int64(0)
    for at in range(len(keys) + 1):
        if at == len(keys) or not free[at]:
            count = _roll(keys, begin, at, size, found, count)
            begin = at + 1
    return found[:count]


@Part
def _affine(a, value, b):
    return np.uint32(a * value + b)  # numba would continue in 64 bits


@Part
def minima(hashes, count, a, b, row):
    """Write the minimum of ``a[k] * h + b[k]`` (uint32, wrapping) over the first ``count`` hashes, for each k, to ``row``.

    Eight hashes are handled at a time, so that coefficients and minima are read and written once for all eight.
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
def sign(utf8, offsets, classes, folds, expansions, size, a, b, places, keys, hashes, at, signatures):
    """Compute MinHash signatures of texts from one UTF-8 buffer: words, shingles and minima in one pass.

    Text ``d`` is ``utf8[offsets[d]:offsets[d + 1]]``, and ``PADDING`` bytes follow the last; ``size``: words in a shingle
    (a shorter text is one shingle); ``a``, ``b``: (k,) uint32, the permutations of datasketch's scheme ``affine32``.
    Scratch, with ``r`` the bytes of the longest text plus ``ROOM``: ``places``, (5, r) int32, ``keys``, (r,) uint64, and
    ``hashes``, (r,) uint32. ``at``: (1,) int64, the text to begin with, updated to the one to resume from; ``signatures``:
    (texts, k) uint32, written here. Returns a code point of unknown class, or -1 at the end.
    """
    for text in range(at[0], len(offsets) - 1):
        begin, end = offsets[text], offsets[text + 1]
        own = utf8[begin : end + PADDING]
        count, unknown = _words(own, end - begin, classes, folds, expansions, places, keys)
        if unknown >= 0:
            at[0] = text
            return unknown
        found = _roll(keys, np.int64(0), count, min(size, count), hashes, np.int64(0)) if count else np.int64(0)
        for each in range(np.uint64(found)):  # MurmurHash3's finalizer, which datasketch applies before permuting
            value = hashes[each]
            value = np.uint32(np.uint32(value ^ (value >> np.uint32(16))) * np.uint32(0x85EBCA6B))
            value = np.uint32(np.uint32(value ^ (value >> np.uint32(13))) * np.uint32(0xC2B2AE35))
            hashes[each] = np.uint32(value ^ (value >> np.uint32(16)))
        minima(hashes, found, a, b, signatures[text])
    return np.int64(-1)


@Part
def _slot(slots, key):
    """The place of ``key`` in an open hash table of (key + 1, 0 when free), or the free place where it belongs."""
    mask = len(slots) - 1
    at = np.int64((key * _GOLDEN) >> np.uint64(40)) & mask
    while slots[at] != 0 and slots[at] != key + np.uint64(1):
        at = (at + 1) & mask
    return at


@Kernel
def rehashed(slots, ids, size):
    """Return the hash table of :func:`count_words` with ``size`` places (a power of two)."""
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
    """Find the distinct values of (n,) uint64 ``values`` in order of first occurrence.

    Returns (t,) int64, the first occurrence of each, and (n,) int32, which of them each value is.
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
    """Look up words by their spelling: (t,) uint64 stored values, 0 if unknown, and (t,) uint64 hashes of the spellings.

    ``letters``: (c,) uint32, the code points of a text; ``start``, ``end``: (t,) int32, its words; ``slots`` (a power of
    two) and ``known``, uint64: an open hash table of (hash + 1, 0 when free) and the value stored for each.
    """
    found = np.zeros(len(start), np.uint64)
    hashes = np.empty(len(start), np.uint64)
    for word in range(len(start)):
        key = _OFFSET
        for at in range(start[word], end[word]):
            key = _mixed(key, np.uint64(letters[at]))
        hashes[word] = key
        slot = _slot(slots, key)
        if slots[slot] == key + np.uint64(1):  # checked again: another thread may have taken the free place
            found[word] = known[slot]
    return found, hashes


@Kernel
def put(slots, known, keys, values):
    """Store a value for each of (t,) uint64 ``keys`` in the table of :func:`looked_up`."""
    for each in range(len(keys)):
        slot = _slot(slots, keys[each])
        known[slot] = values[each]  # before the key, so that a thread that finds the key finds the value too
        slots[slot] = keys[each] + np.uint64(1)


@Part
def _term(utf8, classes, places, keys, at, count):
    """The key of the letters of an unspaced script from word ``at`` on, ``SPELT`` at most, and the last of these words."""
    key, last = keys[at], at
    follows = classes[_character(utf8, np.int64(places[0, at]))[0]] & UNSPACED
    while follows and last + 1 < min(count, at + SPELT) and places[1, last] == places[0, last + 1]:
        follows = classes[_character(utf8, np.int64(places[0, last + 1]))[0]] & UNSPACED
        if follows:
            last += 1
            key = _mixed(key, keys[last])
    return key, last


@Kernel
def count_words(utf8, offsets, first, classes, folds, expansions, slots, ids, known):
    """Count the words of texts, numbering distinct words in order of first occurrence; for letters, see :func:`_term`.

    ``slots``, ``ids``: a hash table from keys to numbers, filled here, of which ``known`` are in use. Counts from text
    ``first`` on until the table might become more than half full. Returns the text to resume from, ``known``, ``sizes``
    (texts,), the distinct words in each text counted, ``words`` and ``counts`` (int32, an entry per distinct word of a
    text), the keys and byte ranges (new, 2) of words met for the first time, and a code point of unknown class or -1.
    """
    longest = 0
    total = offsets[-1] - offsets[first]
    for text in range(first, len(offsets) - 1):
        longest = max(longest, offsets[text + 1] - offsets[text])
    places, keys = np.empty((5, longest + ROOM), np.int32), np.empty(longest + ROOM, np.uint64)
    found = np.empty(total + 1, np.int32)
    counts = np.empty(total + 1, np.int32)
    sizes = np.zeros(len(offsets) - 1 - first, np.int64)
    new = np.empty((min(total + 1, len(slots)), 2), np.int64)
    new_keys = np.empty(len(new), np.uint64)
    place_of = np.full(len(slots), -1, np.int64)  # number -> the entry where this text counts it
    filled = 0
    added = 0
    text = first
    while text < len(offsets) - 1:
        first_byte, end = offsets[text], offsets[text + 1]
        own = utf8[first_byte : end + PADDING]
        count, unknown = _words(own, end - first_byte, classes, folds, expansions, places, keys)
        if unknown >= 0 or 2 * (known + count) > len(slots):
            done = text - first
            return text, known, sizes[:done], found[:filled], counts[:filled], new_keys[:added], new[:added], unknown
        begin = filled
        for at in range(count):
            key, last = keys[at], at
            if own[places[0, at]] >= 0xE0:  # no script below has such letters
                key, last = _term(own, classes, places, keys, at, count)
            slot = _slot(slots, key)
            if slots[slot] == 0:
                slots[slot] = key + np.uint64(1)
                ids[slot] = known
                new_keys[added] = key
                new[added, 0] = first_byte + places[0, at]
                new[added, 1] = first_byte + places[1, last]
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
