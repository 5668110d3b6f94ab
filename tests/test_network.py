"""What the map promises: every tied article once, in a place of its own, families together, arrows from the source."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from detector.model import Edge, Family
from detector.network import APART, CELL_WIDTH, DRAWN, RADIUS, WIDTH, Network, network
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
    for one, two in combinations(found.nodes, 2):
        assert math.hypot(one.x - two.x, one.y - two.y) > 2 * RADIUS + 2, (one, two)
    assert all(0 < each.x < found.width and 0 < each.y < found.height for each in found.nodes)
    assert [each.name for each in found.nodes if each.origin] == ["source"]


def test_three_hundred_articles_are_drawn_in_rows_that_fit() -> None:
    report = newsroom(100)
    found = drawn(report.matches, report.families)
    assert len(found.nodes) == 300
    assert len(found.ties) == len(report.matches)
    assert found.left_out == 0
    assert found.width <= WIDTH


def test_a_frame_holds_its_family_and_nobody_else() -> None:
    matches, family = star(7)
    stranger = a_match("source", "stranger", verdict="same-event", direction=None)
    pair = Family(("p", "q"), None, (), 0.9)
    found = drawn([*matches, stranger, a_match("p", "q", direction=None)], [family, pair])
    assert [(each.number, each.title) for each in found.frames] == [
        (1, "Family of 8, origin source"),
        (2, "Family of 2, origin undetermined"),
    ]
    for frame, members in zip(found.frames, (family.members, pair.members), strict=True):
        inside = {
            each.name
            for each in found.nodes
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


def test_without_ties_there_is_no_map() -> None:
    assert drawn((), ()).nodes == ()
    assert a_report().matches == ()


def test_the_command_for_a_match_names_files_records_and_what_lies_in_archives_but_not_standard_input() -> None:
    report = newsroom(1)
    match = report.matches[0]
    articles = {each.id: each for each in report.articles}
    assert command(match, articles) == f"detector compare {match.a} {match.b}"
    inside = articles | {match.b: replace(articles[match.b], path="old/may.ZIP/b.txt")}
    assert command(match, inside) == f"detector compare {match.a} old/may.ZIP/b.txt"

    def of_record(name: str, path: str) -> str:
        return command(replace(match, b=name), articles | {name: replace(articles[match.b], path=path)})

    assert of_record("may.jsonl#7", "old/may.jsonl") == f"detector compare {match.a} 'old/may.jsonl#7'"
    assert of_record("old/may.jsonl#x/may.jsonl#7", "may.jsonl") == f"detector compare {match.a} 'may.jsonl#x/may.jsonl#7'"
    assert of_record("may.jsonl#7 (again)", "may.jsonl") == f"detector compare {match.a} 'may.jsonl#7 (again)'"
    assert of_record("stdin#7", "-") == ""
