"""What ``packed`` promises: the same values, in less memory."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import pytest

from detector import Match, Report, read_articles, scan
from detector.packed import Packed, pack

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def report() -> Report:
    return scan(read_articles([SEEDS]))


def test_matches_and_articles_come_back_as_they_were(report: Report) -> None:
    matches: Sequence[Match] = Packed(pack(each) for each in report.matches)
    assert list(matches) == list(report.matches)
    assert matches == report.matches
    assert Packed(pack(each) for each in report.articles) == report.articles
    assert {type(each) for each in matches} == {Match}
    assert matches[0].spans[0].swapped() == report.matches[0].spans[0].swapped()


def test_it_is_a_sequence_that_holds_packed_and_other_values() -> None:
    mixed: Sequence[str | bytes] = Packed([pack("one"), "two", pack(b"three")])
    assert (len(mixed), mixed[1], mixed[-1]) == (3, "two", b"three")
    assert mixed[1:] == ("two", b"three")
    assert mixed != ("one", "two")
    assert "one" in mixed
    with pytest.raises(IndexError):
        mixed[3]


def test_it_is_small(report: Report) -> None:
    assert sum(len(pack(each)) for each in report.matches) < len(pickle.dumps(report.matches)) / 2
