"""What the map promises: every tied article once, in a place of its own, families together, arrows from the source."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from detector.model import Edge, Family, Settings
from detector.network import APART, CELL_WIDTH, DRAWN, NARROW, RADIUS, WIDTH, Network, network
from detector.pair import command

from .newsroom import newsroom
from .test_report import a_match, a_report


def star(number: int) -> tuple[list[Any], Family]:
    """One source and what was made from it."""
    names = [f"copy{n:03}" for n in range(number)]
    edges = tuple(Edge("source", name, 0.9, "source") for name in names)
    return [a_match("source", name) for name in names], Family(("source", *names), "source", edges, 0.9)


def drawn(matches: Any, families: Any) -> Network:
    return network(matches, families, {1: "#m1"})


@pytest.mark.parametrize("number", [1, 2, 5, 30, 300])
def test_articles_stand_apart_and_inside_the_drawing(number: int) -> None:
    matches, family = star(number)
    found = drawn([*matches, a_match("x", "y", verdict="same-event", direction=None)], [family])
    assert sorted(each.name for each in found.nodes) == sorted([*family.members, "x", "y"])
    for drawing in found.drawings:
        for one, two in combinations(drawing.nodes, 2):
            assert math.hypot(one.x - two.x, one.y - two.y) > 2 * RADIUS + 2, (one, two)
        assert all(0 < each.x < drawing.width and 0 < each.y < drawing.height for each in drawing.nodes)
    assert [each.name for each in found.nodes if each.origin] == ["source"]


def test_a_family_with_more_members_than_are_drawn_says_how_many_it_has() -> None:
    matches, family = star(450)
    (frame,) = [each for drawing in drawn(matches, [family]).drawings for each in drawing.frames]
    assert frame.title == f"Family of 451, {DRAWN} of them drawn, origin source"


def test_three_hundred_articles_are_drawn_in_rows_that_fit() -> None:
    report = newsroom(100)
    found = drawn(report.matches, report.families)
    assert len(found.nodes) == 300
    assert len(found.ties) == len(report.matches)
    assert found.left_out == 0
    assert all(drawing.width <= WIDTH for drawing in found.drawings)


def test_a_frame_holds_its_family_and_nobody_else() -> None:
    matches, family = star(7)
    stranger = a_match("source", "stranger", verdict="same-event", direction=None)
    pair = Family(("p", "q"), None, (), 0.9)
    found = drawn([*matches, stranger, a_match("p", "q", direction=None)], [family, pair])
    assert [(each.number, each.title) for drawing in found.drawings for each in drawing.frames] == [
        (1, "Family of 8, origin source"),
        (2, "Family of 2, origin undetermined"),
    ]
    for drawing, members in zip(found.drawings, (family.members, pair.members), strict=True):
        (frame,) = drawing.frames
        inside = {
            each.name
            for each in drawing.nodes
            if frame.x < each.x < frame.x + frame.width and frame.y < each.y < frame.y + frame.height
        }
        assert inside == set(members)


def test_more_articles_than_can_be_told_apart_are_counted() -> None:
    report = newsroom(300)
    found = drawn(report.matches, report.families)
    assert len(found.nodes) + found.left_out == 900
    assert len(found.nodes) == DRAWN
    shown = {each.name for each in found.nodes}
    assert len(found.ties) == sum(match.a in shown and match.b in shown for match in report.matches)


def test_a_family_too_large_for_the_map_keeps_its_origin() -> None:
    matches, family = star(DRAWN + 50)
    found = drawn(matches, [family])
    assert (len(found.nodes), found.left_out) == (DRAWN, 51)
    assert [each.name for each in found.nodes if each.origin] == ["source"]
    assert len(found.ties) == DRAWN - 1


def test_of_many_ties_of_one_event_none_is_drawn_at_first() -> None:
    report = newsroom(APART // 2)
    assert not drawn(report.matches, report.families).crowded
    report = newsroom(APART // 2 + 1)
    assert drawn(report.matches, report.families).crowded


def test_a_tie_says_what_it_is_and_an_arrow_goes_from_source_to_derived() -> None:
    matches = [
        a_match("source", "copy"),
        a_match("source", "part", verdict="partial"),
        a_match("copy", "own", verdict="same-event", direction=None),
    ]
    families = [Family(("copy", "part", "source"), "source", (), 0.9)]
    first, second, third = drawn(matches, families).ties
    assert (first.style, first.directed, first.href, first.title) == ("derived", True, "#m1", "source → copy: rewrite")
    assert (second.style, second.href) == ("passages", "")
    assert (third.style, third.directed, third.title) == ("apart", False, "copy — own: same-event")
    places = {each.name: each for each in drawn(matches, families).nodes}
    x, y, *_, u, v = map(float, re.findall(r"-?\d+", first.path))
    assert math.hypot(x - places["source"].x, y - places["source"].y) < 2 * RADIUS
    assert math.hypot(u - places["copy"].x, v - places["copy"].y) < 2 * RADIUS


def test_a_long_tie_bends_around_what_stands_between() -> None:
    report = newsroom(1)
    found = drawn(report.matches, report.families)
    places = {each.name: each for each in found.nodes}
    assert {each.y for each in found.nodes} == {places["0000/own.txt"].y}, "three in a row"
    long = next(each for each in found.ties if each.title.startswith("0000/wire.txt — 0000/own.txt"))
    control = [float(each) for each in re.findall(r"-?\d+", long.path)][3]
    assert abs(control - places["0000/own.txt"].y) > 2 * RADIUS
    assert places["0000/own.txt"].x - places["0000/wire.txt"].x > CELL_WIDTH


def points(path: str) -> list[tuple[float, float]]:
    """A hundred points of a tie."""
    x, y, cx, cy, u, v = map(float, re.findall(r"-?\d+", path))
    return [
        ((1 - t) ** 2 * x + 2 * t * (1 - t) * cx + t * t * u, (1 - t) ** 2 * y + 2 * t * (1 - t) * cy + t * t * v)
        for t in (step / 100 for step in range(101))
    ]


def touched(drawing: Any, path: str) -> set[str]:
    """The articles through whose disc or name a tie runs."""
    return {
        node.name
        for node in drawing.nodes
        for x, y in points(path)
        if math.hypot(x - node.x, y - node.y) <= RADIUS or (abs(x - node.x) < 3 * len(node.label) and 11 < y - node.y < 24)
    }


def test_a_tie_runs_through_no_article_and_no_name_and_its_arrow_ends_where_it_is_seen() -> None:
    matches, family = star(4)
    across = [a_match(f"copy00{a}", f"copy00{b}", verdict="same-event", direction=None) for a, b in combinations(range(4), 2)]
    beside = [a_match("first", "second"), a_match("first", "copy003", verdict="partial"), a_match("first", "copy001")]
    (drawing,) = drawn([*matches, *across, *beside], [family, Family(("first", "second"), "first", (), 0.9)]).drawings
    for tie in drawing.ties:
        assert touched(drawing, tie.path) == set(), tie.title
        assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in points(tie.path)), tie.title


def test_a_tie_of_a_name_below_its_source_is_long_enough_for_an_arrow() -> None:
    matches, family = star(4)
    (drawing,) = drawn(matches, [family]).drawings
    for tie in drawing.ties:
        (x, y), *_, (u, v) = points(tie.path)
        assert math.hypot(x - u, y - v) > 18, "twice an arrowhead"


def test_few_articles_are_drawn_as_narrow_as_a_telephone_and_what_is_not_tied_on_its_own() -> None:
    matches, family = star(7)
    others = [a_match("p", "q", direction=None), a_match("source", "r", verdict="partial"), a_match("source", "s", verdict="partial")]
    found = drawn([*matches, *others], [family, Family(("p", "q"), None, (), 0.9)])
    assert [len(drawing.nodes) for drawing in found.drawings] == [10, 2]
    assert all(drawing.width <= NARROW for drawing in found.drawings)
    assert found.narrow
    matches, family = star(60)
    assert not drawn(matches, [family]).narrow


def test_without_ties_there_is_no_map() -> None:
    assert drawn((), ()).drawings == ()
    assert a_report().matches == ()


def test_the_command_for_a_match_names_files_records_and_what_lies_in_archives_but_not_standard_input() -> None:
    report = newsroom(1)
    match = report.matches[0]
    articles = {each.id: each for each in report.articles}
    assert command(match, articles, Settings()) == f"detector compare {match.a} {match.b}"
    other = Settings(shingle_words=3, threshold=0.5, keep_boilerplate=True, workers=2)
    assert command(match, articles, other).endswith(" --threshold 0.5 --shingle-words 3 --keep-boilerplate")
    inside = articles | {match.b: replace(articles[match.b], path="old/may.ZIP/b.txt")}
    assert command(match, inside, Settings()) == f"detector compare {match.a} old/may.ZIP/b.txt"

    def of_record(name: str, path: str) -> str:
        return command(replace(match, b=name), articles | {name: replace(articles[match.b], path=path)}, Settings())

    assert of_record("may.jsonl#7", "old/may.jsonl") == f"detector compare {match.a} 'old/may.jsonl#7'"
    assert of_record("old/may.jsonl#x/may.jsonl#7", "may.jsonl") == f"detector compare {match.a} 'may.jsonl#x/may.jsonl#7'"
    assert of_record("may.jsonl#7 (again)", "may.jsonl") == f"detector compare {match.a} 'may.jsonl#7 (again)'"
    assert of_record("-x/a.txt", "-x/a.txt") == f"detector compare {match.a} ./-x/a.txt"
    assert of_record("-may.jsonl#7", "-may.jsonl") == f"detector compare {match.a} './-may.jsonl#7'"
    for threshold in (0.123456789, 0.00001, 1):
        (told,) = re.findall(r"--threshold (\S+)$", command(match, articles, Settings(threshold=threshold)))
        assert float(told) == threshold
    assert of_record("stdin#7", "-") == ""
