"""What ``packed`` promises: the same values, in less memory."""

from __future__ import annotations

import io
import json
import math
import pickle
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from detector import Article, Direction, Match, Report, Span, comparing, read_articles, scan
from detector.model import ArticleSummary, Skipped
from detector.packed import Packed, encoded, pack, unpack
from detector.reporting.export import json_parts, to_csv, to_json, write_text
from detector.reporting.page import render_html
from detector.reporting.stored import read_report
from detector.reporting.terminal import print_table

from .stories import REPORT, REWRITE

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


@pytest.mark.parametrize("figure", [math.nan, math.inf, -math.inf])
def test_a_figure_that_is_not_finite_comes_back_as_nan(report: Report, figure: float) -> None:
    direction = Direction("cnn.txt", "icaro.txt", figure, ())
    strange = replace(report.matches[0], probability=figure, direction=direction, spans=(Span("verbatim", 0, 1, 0, 1, figure),))
    again = unpack(pack(strange), Match)
    assert again.direction is not None
    assert all(map(math.isnan, (again.probability, again.direction.confidence, again.spans[0].similarity)))
    assert (again.jaccard, again.evidence) == (strange.jaccard, strange.evidence)


@pytest.mark.parametrize("name", ["match", "m\udc80tch"])
def test_numbers_of_numpy_come_back_as_the_same_numbers(report: Report, name: str) -> None:
    whole = replace(report.matches[0], a=name, probability=0.5, longest=7, spans=(Span("edited", 1, 2, 3, 4, 0.25),))
    span = Span("edited", np.int32(1), np.int64(2), np.uint8(3), 4, np.float32(0.25))  # type: ignore[arg-type]
    strange = replace(whole, probability=np.float64(0.5), longest=np.int64(7), spans=(span,))  # type: ignore[arg-type]
    again = unpack(pack(strange), Match)
    assert again == whole
    assert {type(each) for each in (again.probability, again.spans[0].similarity)} == {float}
    assert {type(each) for each in (again.longest, again.spans[0].a_start)} == {int}


def test_what_json_cannot_hold_at_all_is_an_error() -> None:
    with pytest.raises(TypeError, match="no JSON can be made of object"):
        encoded(object())


def test_offsets_still_hold_where_a_text_has_the_halves_of_a_surrogate_pair(report: Report) -> None:
    text = "one \ud83d\ude00 😀 \udc80 \ud800 end"
    held = replace(report.articles[0], text=text, characters=len(text), marks=())
    again = unpack(pack(held), ArticleSummary).text
    assert again == text.replace("\ud83d\ude00", "\ufffd\ufffd")
    assert json.loads(encoded(held))["text"] == again


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("strange", ["\udc80", "\ud83d\ude00"])
def test_articles_with_surrogates_are_scanned_written_and_read_back(
    strange: str, apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if apart:  # in processes, which hand their matches over packed
        monkeypatch.setattr(comparing, "PAIRS_APART", 1)
    paragraphs = [text.replace(". ", f". {strange} ", 1) for text in (REPORT, REWRITE)]
    report = scan([Article(id=f"{at}{strange}", text=text, title=strange) for at, text in enumerate(paragraphs)])
    assert [each.verdict for each in report.matches] == ["rewrite"]
    write_text(tmp_path / "report.json", json_parts(report, embed_texts=True))
    again = read_report(tmp_path / "report.json")
    assert again.matches[0].spans == report.matches[0].spans
    assert again.articles[0].text == paragraphs[0].replace("\ud83d\ude00", "\ufffd\ufffd")
    for each in (report, again):
        assert "rewrite" in to_csv(each)
        assert "rewrite" in render_html(each)
        print_table(each, Console(file=io.StringIO()))
    assert to_json(again, embed_texts=True) == to_json(report, embed_texts=True)
