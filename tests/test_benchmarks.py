"""The yardsticks themselves, by their definitions, on cases that can be worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import data, fit_judge, judgement
from benchmarks.extraction import precision_recall, taken_out
from benchmarks.plagdet import Range, plagdet
from detector.model import Article
from detector.text import analyse
from tests import files
from tests.stories import GARDEN, GARDEN_AGAIN, REPORT, REWRITE

CASE: Range = (100, 200, 1000, 1100)


def test_nothing_found_is_no_recall_and_no_plagdet() -> None:
    score = plagdet({"p": [CASE]}, {})
    assert (score.plagdet, score.recall, score.precision) == (0, 0, 0)


def test_both_sides_count() -> None:
    score = plagdet({"p": [CASE]}, {"p": [(100, 150, 1000, 1100)]})
    assert score.recall == 150 / 200
    assert score.precision == 1


def test_a_detection_that_misses_one_side_detects_nothing() -> None:
    score = plagdet({"p": [CASE]}, {"p": [(100, 200, 5000, 5100)]})
    assert (score.recall, score.precision) == (0, 0)


def test_a_detection_in_another_pair_of_texts_detects_nothing() -> None:
    score = plagdet({"p": [CASE]}, {"q": [CASE]})
    assert (score.recall, score.precision) == (0, 0)


def test_overlapping_detections_count_once_in_recall_and_twice_in_granularity() -> None:
    score = plagdet({"p": [CASE]}, {"p": [(100, 160, 1000, 1060), (140, 200, 1040, 1100)]})
    assert score.recall == 1
    assert score.granularity == 2
    assert score.plagdet == pytest.approx(1 / math.log2(3))


def test_recall_is_averaged_over_cases_and_precision_over_detections() -> None:
    score = plagdet({"p": [CASE, (300, 400, 2000, 2100)]}, {"p": [CASE], "clean": [(0, 10, 0, 10)]})
    assert score.recall == 0.5
    assert score.precision == 0.5
    assert score.plagdet == pytest.approx(0.5)


RANGES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10), st.integers(0, 30), st.integers(1, 10)).map(
        lambda each: (each[0], each[0] + each[1], each[2], each[2] + each[3])
    ),
    max_size=4,
)


@given(RANGES, RANGES)
def test_figures_are_those_of_the_definition_counted_character_by_character(real: list[Range], found: list[Range]) -> None:
    def characters(one: Range, other: Range) -> set[tuple[str, int]]:
        derived = set(range(one[0], one[1])) & set(range(other[0], other[1]))
        source = set(range(one[2], one[3])) & set(range(other[2], other[3]))
        return {("d", at) for at in derived} | {("s", at) for at in source} if derived and source else set()

    def mean(ones: list[Range], others: list[Range]) -> float:
        shares = [
            len(set().union(*(characters(one, other) for other in others))) / (one[1] - one[0] + one[3] - one[2])
            for one in ones
        ]
        return sum(shares) / len(shares)

    score = plagdet({"p": real}, {"p": found})
    if real:
        assert score.recall == pytest.approx(mean(real, found))
    if found:
        assert score.precision == pytest.approx(mean(found, real))


@given(st.lists(st.integers(0, 3), max_size=12), st.lists(st.integers(0, 3), max_size=12))
def test_the_longest_common_subsequence_is_that_of_the_textbook(a: list[int], b: list[int]) -> None:
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, one in enumerate(a):
        for j, two in enumerate(b):
            rows[i + 1][j + 1] = rows[i][j] + 1 if one == two else max(rows[i][j + 1], rows[i + 1][j])
    assert judgement.common_subsequence(a, b) == rows[-1][-1]


def test_copying_is_told_by_letters_however_words_are_spaced_and_pointed() -> None:
    one, two = (analyse(Article(id="", text=text)) for text in ("تائی کو ان ڈو، کیلئے 50", "تائیکوانڈو کیلِئے50"))
    assert judgement._letters(one) == judgement._letters(two)
    assert judgement._copying(one, two)[: len(judgement.RUNS) + 1] == [1, 1, 1, 1]


STORIES = {"a1": REWRITE, "a": REPORT, "b1": GARDEN_AGAIN, "b": GARDEN}


def test_the_fit_also_learns_from_abridged_rewrites_and_from_longer_sources() -> None:
    documents = {each: analyse(Article(id=each, text=text)) for each, text in STORIES.items()}
    pairs = [data.Pair("own", "rewrite", each, "", f"{each}1", each, ()) for each in "ab"]
    abridged, lengthened = fit_judge._abridged(pairs, documents), fit_judge._lengthened(pairs, documents)
    assert len(abridged) == len(lengthened) == 2
    for pair, known, rest, source in abridged:
        assert (pair.label, known, source) == ("part", True, documents[pair.source])
        assert len(rest.sentences) == (len(documents[pair.derived].sentences) + 1) // 2
        assert rest.article.text.split()[:3] == STORIES[pair.derived].split()[:3]
    for pair, known, derived, longer in lengthened:
        assert (pair.label, known, derived) == ("part", True, documents[pair.derived])
        assert all(STORIES[each] in longer.article.text for each in "ab")


@pytest.mark.parametrize(
    ("marked", "found", "precision", "recall"),
    [
        ("one two three four five", "one, two, three, four, five!", 1, 1),
        ("one two three four five", "menu one two three four five", 2 / 3, 1),
        ("one two three four five", "one two three four", 1, 1 / 2),
        ("one two three four one two three four", "one two three four", 1, 1 / 5),  # as often as it comes
        ("one two", "one two", 1, 1),
        ("one two three four", "", 0, 0),
        ("", "one two three four", 0, 0),
        ("", "", 1, 1),
    ],
)
def test_an_extraction_is_measured_by_runs_of_four_words(marked: str, found: str, precision: float, recall: float) -> None:
    assert precision_recall(marked, found) == (pytest.approx(precision), pytest.approx(recall))


def test_what_is_measured_is_what_the_program_reads() -> None:
    assert precision_recall(files.BODY, taken_out(files.page())) == (1, 1)
    assert taken_out(b"") == ""
