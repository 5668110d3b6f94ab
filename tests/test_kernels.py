"""Each kernel does what its slow twin in ``reference.py`` does, on whatever it is given."""

from __future__ import annotations

import gc
import math
from random import Random

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import event

from detector.languages.words import encoded, tables, words
from detector.loops import align_kernels, kernels, passage_kernels, tiling, word_kernels
from detector.loops.word_kernels import ROOM
from tests import reference

SOME_TEXT = st.text(
    st.one_of(
        st.sampled_from("aAbZ é0159.,'’ \n\u00ad\u200b\u0301-“”ßﬁÅåİıſ漢字かカไทยก็한글ع\u064bहिन्दीǅ\ufeff"),
        st.characters(),
    ),
    max_size=60,
)
TERMS = st.lists(st.integers(0, 7), max_size=30)


def cut(terms: list[int], every: int) -> np.ndarray:
    """Units of ``every`` words."""
    edges = list(range(0, len(terms), every))
    return np.array([(at, min(at + every, len(terms))) for at in edges], np.int64).reshape(-1, 2)


@settings(max_examples=400, deadline=None)
@given(SOME_TEXT)
def test_words_are_those_of_the_twin_in_any_script(text: str) -> None:
    start, end, keys, _ = words(text)
    assert list(zip(start, end, keys, strict=True)) == [
        (begin, stop, reference.key(form)) for begin, stop, form in reference.words(text)
    ]


@settings(max_examples=200, deadline=None)
@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_departures_are_those_of_sets(a: set[int], b: set[int], source: set[int]) -> None:
    found = kernels.departures(*(np.array(sorted(each), np.uint32) for each in (a, b, source)))
    assert found == (len(a - source), len(b - source), len(a & b - source))


EDGED = ("d'U.S", "U.S.A", "a.b", "a.bc", "1,000.5", "25,1", "a`b", "U.S'", "U.S`", "p.m.é", "é.a", "U.S\u0301", "a", "1", "é", ".", ",", "'")


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(" xé"), st.integers(54, 64), st.lists(st.sampled_from(EDGED), max_size=4), st.integers(0, 1))
def test_words_are_those_of_the_twin_at_the_edges_of_what_is_read_at_once(
    before: str, size: int, told: list[str], blocks: int
) -> None:
    text = before * ((64 * blocks + size) // len(before.encode())) + "".join(told)
    words(text)  # learns the characters
    buffer, (_, end) = encoded([text])
    buffer[end:] = np.frombuffer(b"S.a'" * (len(buffer) - end), np.uint8)[: len(buffer) - end]  # another text may follow
    places, keys, flags = np.empty((5, end + ROOM), np.int32), np.empty(end + ROOM, np.uint64), np.empty(end + ROOM, np.uint8)
    count = word_kernels.words(buffer, end, *tables(), places, keys, flags)
    place = np.cumsum([0, *(len(each.encode()) for each in text)])
    assert list(zip(*places[:2, :count].tolist(), keys[:count].tolist(), strict=True)) == [
        (place[begin], place[stop], reference.key(form)) for begin, stop, form in reference.words(text)
    ]


PIECES = ("the", "Don't", "o'clock's", "rock'n'roll", "extraordinarily", "ABCDEFGH", "ijklmnopQ", "3.5", "1.2.3", "25,000")
PIECES += ("9th", "U.S.", "example.com", "été", "l'été", "x`y", "a'5", "5'a", "7.a", "it’s", "İ", "漢字", "ﬁ", "soft\u00adly", "𝔘", "a'")
PIECES += (" ", " ", " ", ". ", ", ", "\n", "’", "“", "—", "_", "'", ".", "\0")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=90))
def test_words_are_those_of_the_twin_wherever_they_lie(pieces: list[str]) -> None:
    text = "".join(pieces)
    start, end, keys, _ = words(text)
    assert list(zip(start, end, keys, strict=True)) == [
        (begin, stop, reference.key(form)) for begin, stop, form in reference.words(text)
    ]


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 1), max_size=12), st.integers(1, 5), st.randoms())
def test_shingles_are_those_of_the_twin(keys: list[int], size: int, random: object) -> None:
    free = [random.random() < 0.8 for _ in keys]  # type: ignore[attr-defined]
    found = word_kernels.shingles(np.array(keys, np.uint64), np.array(free, np.bool_), size)
    assert np.unique(found).tolist() == reference.shingles(keys, free, size)


@settings(deadline=None)
@given(TERMS, TERMS)
def test_the_longest_common_subsequence_is_the_textbooks(a: list[int], b: list[int]) -> None:
    found = align_kernels.common_subsequence(np.array(a, np.uint64), len(a) // 4, len(a), np.array(b, np.uint64), 0, len(b))
    assert found == reference.common_subsequence(a[len(a) // 4 :], b)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=12))
def test_concordance_is_kendalls_tau(values: list[int]) -> None:
    found, wanted = kernels.concordance(np.array(values, np.int64)), reference.concordance(values)
    assert found == wanted or (math.isnan(found) and math.isnan(wanted))


@settings(deadline=None)
@given(TERMS, TERMS, st.integers(2, 6), st.randoms(use_true_random=False))
def test_counterparts_are_those_of_the_twin(a: list[int], b: list[int], every: int, chance: Random) -> None:
    weight = 0.5 + np.arange(8) / 4
    a_ids, a_units, b_units = np.array(a, np.int32), cut(a, every), cut(b, every)
    a_offset, _ = align_kernels.postings(a_ids, a_units, 8)
    postings = align_kernels.postings(np.array(b, np.int32), b_units, 8)
    a_speech, b_speech = (np.array([chance.random() < 0.2 for _ in units], np.bool_) for units in (a_units, b_units))
    best, place, inside, total, thread, pairs = align_kernels.counterparts(
        a_ids, a_units, a_speech, a_offset, b_units, b_speech, *postings, weight, 900, 1.9
    )
    sides = [(a, a_units.tolist(), a_speech.tolist()), (b, b_units.tolist(), b_speech.tolist())]
    limits = weight.tolist(), align_kernels.LOST, align_kernels.FOLLOWED
    assert thread == pytest.approx(reference.thread(*sides[0], *sides[1], *limits))
    shared = [sum(weight[list(set(a[i:i_end]) & set(b[j:j_end]))]) for i, i_end in a_units for j, j_end in b_units]
    assert sorted(pairs.tolist()) == [at for at, each in enumerate(shared) if each > 1.9]
    np.testing.assert_allclose(total, [sum(weight[a[begin:end]]) for begin, end in a_units.tolist()])
    wanted = reference.counterparts(a, cut(a, every).tolist(), b, cut(b, every).tolist(), weight.tolist())
    np.testing.assert_allclose(best, [each[0] for each in wanted], atol=1e-12)
    np.testing.assert_allclose(inside, [each[2] for each in wanted], atol=1e-12)
    # Where two units are equally good to the last bit either may be named.
    for row, (cosine, _, _) in enumerate(wanted):
        assert (place[row] == -1) == (cosine == 0)


@settings(deadline=None)
@given(TERMS, TERMS, st.integers(1, 6))
def test_weights_are_inverse_unit_frequencies(a: list[int], b: list[int], every: int) -> None:
    common = np.arange(8) % 3 == 0
    units = np.concatenate([cut(a, every), cut(b, every) + len(a)])
    a_offset, _ = align_kernels.postings(np.array(a, np.int32), cut(a, every), 8)
    b_offset, _ = align_kernels.postings(np.array(b, np.int32), cut(b, every), 8)
    found = align_kernels.weights(a_offset, b_offset, len(units), 10, common)
    np.testing.assert_allclose(found, reference.weights(a + b, units.tolist(), 8, 10, common.tolist()))


@settings(deadline=None)
@given(TERMS, st.integers(1, 6))
def test_postings_are_the_units_of_each_term(ids: list[int], every: int) -> None:
    offset, places = align_kernels.postings(np.array(ids, np.int32), cut(ids, every), 8)
    wanted = [[unit for unit, (begin, end) in enumerate(cut(ids, every)) if term in ids[begin:end]] for term in range(8)]
    assert [places[offset[term] : offset[term + 1]].tolist() for term in range(8)] == wanted


@settings(deadline=None)
@given(st.sets(st.integers(0, 2**64 - 1)), st.sets(st.integers(0, 2**64 - 1)), st.sets(st.integers(0, 9)))
def test_merged_numbers_the_values_of_both_in_their_order(a: set[int], b: set[int], both: set[int]) -> None:
    left, right = (np.array(sorted(each | both), np.uint64) for each in (a, b))
    a_place, b_place, count = align_kernels.merged(left, right)
    distinct = sorted(a | b | both)
    assert count == len(distinct)
    assert [distinct[each] for each in a_place] == left.tolist()
    assert [distinct[each] for each in b_place] == right.tolist()


@settings(deadline=None, max_examples=200)
@given(TERMS, TERMS, st.data())
def test_likeness_is_that_of_the_twin(a: list[int], b: list[int], data: st.DataObject) -> None:
    weight = 0.5 + np.arange(8) / 4
    quoted = [np.array(data.draw(st.lists(st.integers(-1, 1), min_size=len(each), max_size=len(each))), np.int32) for each in (a, b)]
    spans = []
    for _ in range(3):
        sides = [sorted(data.draw(st.tuples(*[st.integers(0, len(each))] * 2))) for each in (a, b)]
        if all(begin < end for begin, end in sides):
            spans.append([*sides[0], *sides[1]])
    found = align_kernels.likeness(
        np.array(spans, np.int64).reshape(-1, 4),
        *(np.array(a, np.int32), np.array(a, np.uint64), quoted[0]),
        *(np.array(b, np.int32), np.array(b, np.uint64), quoted[1]),
        weight,
    )
    for (i, i_end, j, j_end), (dice, kept, speech) in zip(spans, found.tolist(), strict=True):
        left, right = a[i:i_end], b[j:j_end]
        shared = set(left) & set(right)
        assert dice == pytest.approx(sum(weight[each] for each in left + right if each in shared) / sum(weight[left + right]))
        assert kept == reference.common_subsequence(left, right) / max(len(left), len(right))
        assert speech == min((quoted[0][i:i_end] >= 0).mean(), (quoted[1][j:j_end] >= 0).mean())


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 3), max_size=40), st.lists(st.integers(0, 3), max_size=40), st.integers(2, 5))
def test_runs_are_equal_words_within_blocks_and_share_no_word(a: list[int], b: list[int], least: int) -> None:
    a_block = np.array([-1 if at % 11 == 10 else at // 17 for at in range(len(a))], np.int32)
    b_block = np.zeros(len(b), np.int32)
    a_keys, b_keys = np.array(a, np.uint64), np.array(b, np.uint64)
    grams = [tiling.ordered_grams(each, least) for each in (a_keys, b_keys)]
    runs, _ = tiling.common_runs(a_keys, a_block, grams[0], b_keys, b_block, grams[1], least, 8, 100)
    used_a: set[int] = set()
    used_b: set[int] = set()
    for i, j, size in runs.tolist():
        assert size >= least
        assert a[i : i + size] == b[j : j + size]
        assert len(set(a_block[i : i + size].tolist())) == 1
        assert a_block[i] >= 0
        assert used_a.isdisjoint(range(i, i + size))
        assert used_b.isdisjoint(range(j, j + size))
        used_a.update(range(i, i + size))
        used_b.update(range(j, j + size))
    longest = max(
        (
            size
            for i in range(len(a))
            for j in range(len(b))
            for size in range(least, 41)
            if i + size <= len(a)
            and j + size <= len(b)
            and a[i : i + size] == b[j : j + size]
            and a_block[i] >= 0
            and len(set(a_block[i : i + size].tolist())) == 1
        ),
        default=0,
    )
    if len(b) <= 8:  # with more places than are tried the longest may be missed
        assert runs[:, 2].max(initial=0) == longest


def regions(a: list[int], b: list[int], every: int) -> tuple[list[list[int]], list[float], np.ndarray, np.ndarray]:
    a_free, b_free = np.ones(len(a), np.bool_), np.ones(len(b), np.bool_)
    a_ids, b_ids = np.array(a, np.int32), np.array(b, np.int32)
    pairs = np.arange(len(cut(a, every)) * len(cut(b, every)))
    found, dice, _ = align_kernels.regions(
        pairs, a_ids, a_free, np.zeros(len(a), np.bool_), cut(a, every), b_ids, b_free, np.zeros(len(b), np.bool_),
        cut(b, every), np.ones(8), 0.5, 2.0, 0.4, 2, 0, 1000,
    )  # fmt: skip
    ranges = found[:, :4]
    return ranges.tolist(), dice.tolist(), a_free, b_free


@settings(deadline=None, max_examples=200)
@given(TERMS, TERMS, st.integers(3, 8))
def test_regions_keep_their_promises(a: list[int], b: list[int], every: int) -> None:
    ranges, dice, a_free, b_free = regions(a, b, every)
    taken_a = [at for i, i_end, _, _ in ranges for at in range(i, i_end)]
    taken_b = [at for _, _, j, j_end in ranges for at in range(j, j_end)]
    assert len(taken_a) == len(set(taken_a))
    assert len(taken_b) == len(set(taken_b))
    assert sorted(taken_a) == np.flatnonzero(~a_free).tolist()
    assert sorted(taken_b) == np.flatnonzero(~b_free).tolist()
    for (i, i_end, j, j_end), value in zip(ranges, dice, strict=True):
        assert i_end - i >= 2
        assert j_end - j >= 2
        assert 0.4 <= value <= 1
        assert i // every == (i_end - 1) // every  # within one unit
        assert j // every == (j_end - 1) // every
        assert a[i] in b[j:j_end]  # it begins and ends on shared words
        assert a[i_end - 1] in b[j:j_end]


def test_a_region_is_found_in_other_words_and_another_order() -> None:
    ranges, _, _, _ = regions([7, 1, 2, 3, 6, 6, 6], [0, 3, 2, 5, 1, 0, 0], 7)
    assert ranges == [[1, 4, 1, 5]]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), max_size=9), max_size=5), st.integers(1, 4))
def test_the_heaviest_of_each_row_are_kept_of_equal_ones_the_first(rows: list[list[int]], most: int) -> None:
    offsets = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    values = np.array([value for row in rows for value in row], np.float32)
    wanted = []
    for row, begin in zip(rows, offsets.tolist(), strict=False):
        ranked = sorted(range(len(row)), key=lambda at: (-row[at], at))
        wanted += [begin + at for at in sorted(ranked[:most])]
    assert kernels.heaviest(values, offsets, most).tolist() == wanted


WORTH = np.array([0.0, 0.5, 1.25, 2.0, 0.75, 3.5, 0.1, 1.0])


@settings(deadline=None)
@given(TERMS, TERMS, st.integers(1, 9), st.sampled_from([0.0, 1.1, 4.2]))
def test_windows_are_those_of_the_twin(a: list[int], b: list[int], cell: int, least: float) -> None:
    corners, evidence = passage_kernels.windows(np.array(a, np.int32), np.array(b, np.int32), WORTH, cell, least)
    wanted = reference.windows(a, b, WORTH.tolist(), cell, least)
    assert [tuple(each) for each in corners.tolist()] == sorted(wanted)
    np.testing.assert_allclose(evidence, [wanted[each] for each in sorted(wanted)])


VALUES = st.lists(st.tuples(st.integers(-8, 8), st.booleans()), min_size=1, max_size=25)


@settings(deadline=None, max_examples=200)
@given(VALUES, st.booleans(), st.integers(0, 24), st.sampled_from([0.0, 2.0, 3.0]))
def test_a_segment_is_the_best_of_all_stretches(listed: list[tuple[int, bool]], last: bool, begin: int, bonus: float) -> None:
    values, border = [float(each) for each, _ in listed], [each for _, each in listed] + [last]
    begin = min(begin, len(values))
    total, first, stop = passage_kernels.segment(np.array(values), np.array(border), begin, len(values), bonus)
    assert total == reference.segment(values, border, begin, len(values), bonus)
    if begin < len(values):
        assert begin <= first < stop <= len(values)
        assert total == sum(values[first:stop]) + bonus * (border[first] + border[stop])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(0, 11), min_size=12, max_size=40), st.integers(0, 2**32 - 1))
def test_rectangles_are_those_of_the_twin(core: list[int], seed: int) -> None:
    """Two texts around the same words, some changed; frequencies that no two sums of evidence share."""
    random = np.random.default_rng(seed)
    texts, borders = [], []
    for _ in range(2):
        kept = [each if random.random() < 0.85 else int(random.integers(12, 20)) for each in core]
        around = random.integers(8, 20, (2, 20)).tolist()
        texts.append(around[0] + kept + around[1])
        borders.append((random.random(len(texts[-1]) + 1) < 0.1).tolist())
    frequency = random.uniform(0.002, 0.05, 20)
    boxes = []
    for _ in range(4):
        i, j = (int(random.integers(0, len(each) - 6)) for each in texts)
        boxes.append([i, i + 6, j, j + 6])
    growth = (4, 9, 1.0, 6)
    found, sums, left = passage_kernels.rectangles(
        *(np.array(each, np.int32) for each in texts), *(np.array(each, np.bool_) for each in borders),
        np.array(boxes, np.int64), 3, frequency, 0.55, 0.8, 0.3, *growth, 4.0, 4, 6, 1_000_000,
    )  # fmt: skip
    wanted = reference.rectangles(
        (texts[0], texts[1]), (borders[0], borders[1]), boxes, 3, frequency.tolist(), 0.55, 0.8, 0.3, growth, 4.0, 4, 6
    )
    assert [tuple(each) for each in found.tolist()] == [place for place, _ in wanted]
    np.testing.assert_allclose(sums, [total for _, total in wanted])
    assert 0 < left < 1_000_000


def test_cycles_are_not_searched_for_while_a_loop_is_compiled() -> None:
    enabled: list[bool] = []

    class Note(event.Listener):
        def on_start(self, _: event.Event) -> None:
            enabled.append(gc.isenabled())

        def on_end(self, _: event.Event) -> None:
            pass

    with event.install_listener("numba:compile", Note()):
        assert numba.njit(lambda values: np.sort(values).sum())(np.arange(5)) == 10
    assert len(enabled) > 1
    assert not any(enabled)
    assert gc.isenabled()
