"""What ``packed`` promises: the same values, in less memory."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from detector import Match, Report, read_articles, scan
from detector.model import ArticleSummary, Skipped
from detector.packed import Packed, encoded, pack

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def report() -> Report:
    return scan(read_articles([SEEDS]))


def test_matches_and_articles_come_back_as_they_were(report: Report) -> None:
    matches = Packed((pack(each) for each in report.matches), Match)
    assert list(matches) == list(report.matches)
    assert matches == report.matches
    assert Packed((pack(each) for each in report.articles), ArticleSummary) == report.articles
    assert {type(each) for each in matches} == {Match}
    assert matches[0].spans[0].swapped() == report.matches[0].spans[0].swapped()


def test_it_is_a_sequence_that_holds_packed_and_other_values() -> None:
    one, two, three = (Skipped(name, "empty") for name in ("one", "two", "thr\udce9e"))
    mixed = Packed([pack(one), two, pack(three)], Skipped)
    assert (len(mixed), mixed[1], mixed[-1]) == (3, two, three)
    assert mixed[1:] == (two, three)
    assert mixed != (one, two)
    assert one in mixed
    with pytest.raises(IndexError):
        mixed[3]


def test_its_lines_are_the_json_of_each(report: Report) -> None:
    strange = replace(report.matches[0], a="caf\udce9.txt")
    matches = (*report.matches, strange)
    lines = [encoded(each) for each in matches]
    assert list(Packed(map(pack, matches), Match).lines()) == list(Packed(matches, Match).lines()) == lines
    assert json.loads(lines[-1])["a"] == strange.a
    assert json.loads(lines[0])["spans"][0] == asdict(report.matches[0].spans[0])


def test_it_is_small(report: Report) -> None:
    assert sum(len(pack(each)) for each in report.matches) < len(pickle.dumps(report.matches)) / 2
