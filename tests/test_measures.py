"""What ``measures`` promises: shares that can be counted by hand, and a compiled loop that counts as the obvious one does."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.align import align
from detector.judging.measures import Measures, described, differences, extremes, measure, reading, weighed
from detector.loops.judge_kernels import facts_kept
from detector.model import Article
from detector.text import analyse

SENTENCES = st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=6)


def slowly(text: list[list[int]], other: list[list[int]], reach: int) -> tuple[int, int, int, int, int]:
    """Facts found, pairs of first mentions in order and in reverse, the longest row in both orders, pairs held within ``reach`` sentences."""
    mentions = list(dict.fromkeys(each for sentence in text for each in sentence))
    flat = [each for sentence in other for each in sentence]
    found = [each for each in mentions if each in flat]
    agree = sum(flat.index(x) < flat.index(y) for x, y in combinations(found, 2))
    differ = sum(flat.index(x) > flat.index(y) for x, y in combinations(found, 2))
    rows = (each for size in range(len(found) + 1) for each in combinations(found, size))
    row = max(len(each) for each in rows if list(each) == sorted(each, key=flat.index))
    windows = [set().union(*map(set, other[at : at + reach])) for at in range(len(other))]
    most = [max(len(set(sentence) & window) for window in windows) for sentence in text]
    return len(found), agree, differ, row, sum(each * (each - 1) // 2 for each in most if each)


@settings(deadline=None)  # the loop is compiled in the first
@given(SENTENCES, SENTENCES, st.integers(1, 3))
def test_facts_are_counted_as_by_hand(text: list[list[int]], other: list[list[int]], reach: int) -> None:
    mentions = list(dict.fromkeys(each for sentence in text for each in sentence))
    paired = [[mentions.index(each) for each in dict.fromkeys(sentence)] for sentence in text]
    vocabulary = sorted({each for sentence in other for each in sentence})
    flat = [each for sentence in other for each in sentence]
    places = [[at for at, sentence in enumerate(other) if each in sentence] for each in vocabulary]
    every = np.ones(len(mentions), np.bool_)
    there, named, agree, differ, row, kept, pairs = facts_kept(
        np.array(mentions, np.uint64),
        every,
        every,
        np.array([each for row in paired for each in row], np.int64),
        np.cumsum([0, *map(len, paired)]),
        np.array(vocabulary, np.uint64),
        np.array([flat.index(each) for each in vocabulary], np.int64),
        np.cumsum([0, *map(len, places)]),
        np.array([each for row in places for each in row], np.int64),
        len(other),
        reach,
    )
    assert (there, agree, differ, row, kept) == slowly(text, other, reach)
    assert named == there
    assert pairs == sum(len(row) * (len(row) - 1) // 2 for row in paired)


def counted(one: str, two: str) -> Measures:
    a, b = (analyse(Article(id=each, text=text)) for each, text in (("a", one), ("b", two)))
    return measure(a, b, align(a, b))[1]


def test_names_and_numbers_are_shares_of_each_text() -> None:
    long = "On Monday the mayor of the town, Anna Bell, at last met Carl Dorn near Esk. They spoke of 40 houses for 12 million."
    short = "The mayor Anna Bell spoke with Carl Dorn of 40 houses."
    seen = counted(long, short)
    assert seen["facts"][1] == 1
    assert seen["facts"][0] is not None
    assert seen["facts"][0] < 1


def test_numbers_are_weighed_by_themselves_from_two_on() -> None:
    one = "The mayor Anna Bell spoke with Carl Dorn of 40 houses for 12 million."
    assert counted(one, "In May Anna Bell had met Carl Dorn, and 40 people came.")["numbers"] == (0.5, None)


PIGEONS = "Pigeons were fed at Oban by old Mary Poole of Ayr, who likes birds."


@pytest.mark.parametrize(
    ("other", "taken"),
    [
        ("Anna Bell met Carl Dorn near Esk. They spoke of 40 houses for 12 million.", 1),
        ("Anna Bell met Carl Dorn near Esk. They spoke of 40 houses for 12 million. " + PIGEONS, 0.4),
        ("Pigeons were fed by old Mary Poole at Oban.", 0),
    ],
)
def test_how_much_was_taken_goes_by_sentences_with_a_counterpart_and_by_names_in_order(other: str, taken: float) -> None:
    source = "Anna Bell met Carl Dorn near Esk. They spoke of 40 houses for 12 million."
    a, b = (analyse(Article(id=each, text=text)) for each, text in (("a", source), ("b", other)))
    found = align(a, b)
    assert described(a, b, found, measure(a, b, found)[1])["taken"][1] == pytest.approx(taken, abs=0.1)


def test_a_text_without_names_has_no_direction() -> None:
    seen = weighed(counted("there were 3 of 40 and 17 of 90 left.", "there were 3 of 40 and 17 of 90 left in all."))
    assert set(differences(seen).values()) == {None}


def test_a_reading_keeps_the_sides_of_a_text_together() -> None:
    seen: Measures = {"facts": (0.9, 0.4), "order": (None, 0.2)}
    assert reading(seen, 0) == {"facts": 0.9, "order": None, "facts-back": 0.4, "order-back": 0.2}
    assert reading(seen, 1) == {"facts": 0.4, "order": 0.2, "facts-back": 0.9, "order-back": None}
    assert extremes(seen) == {"facts+": 0.9, "facts-": 0.4, "order+": 0.2, "order-": 0.2}


def test_shares_are_seen_as_log_odds_and_the_rest_as_it_is() -> None:
    seen = weighed({"facts": (0.5, 1.0), "quotations": (0.1, None)})
    assert seen["facts"] == (0.0, pytest.approx(np.log(99)))
    assert seen["quotations"] == (0.1, None)
