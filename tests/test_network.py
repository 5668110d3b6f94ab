"""What the map promises: every tied article once, in a place of its own, families together, arrows from the source."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pytest

from detector.model import Edge, Family, Settings
from detector.reporting.network import APART, DRAWN, RADIUS, WIDTH, Network, network
from detector.reporting.pair import command

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
    assert len(found.ties) == 200, "one within each family, one from it to what is outside"
    assert {row for tie in found.ties for row in tie.rows} == set(range(1, len(report.matches) + 1))
    assert found.left_out == 0
    assert {drawing.width for drawing in found.drawings} == {WIDTH}


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
    assert sum(len(tie.rows) for tie in found.ties) == sum(match.a in shown and match.b in shown for match in report.matches)


def test_a_family_too_large_for_the_map_keeps_its_origin() -> None:
    matches, family = star(DRAWN + 50)
    found = drawn(matches, [family])
    assert (len(found.nodes), found.left_out) == (DRAWN, 51)
    assert [each.name for each in found.nodes if each.origin] == ["source"]
    assert len(found.ties) == DRAWN - 1


def test_of_many_ties_of_one_event_none_is_drawn_at_first() -> None:
    for events in (APART, APART + 1):
        matches = [a_match(f"{n}a", f"{n}b", verdict="same-event", direction=None, probability=0.1) for n in range(events)]
        assert drawn(matches, []).crowded == (events > APART)


def test_a_tie_says_what_it_is_and_an_arrow_goes_from_source_to_derived() -> None:
    matches = [
        a_match("source", "copy"),
        a_match("source", "part", verdict="partial"),
        a_match("copy", "own", verdict="same-event", direction=None, probability=0.2),
        a_match("copy", "doubtful", verdict="same-event", direction=None, probability=0.6),
    ]
    families = [Family(("copy", "part", "source"), "source", (), 0.9)]
    first, second, third, fourth = drawn(matches, families).ties
    assert (first.style, first.directed, first.href, first.title) == ("derived", True, "#m1", "source → copy: rewrite")
    assert (second.style, second.href) == ("passages", "")
    assert (third.style, third.directed, third.title) == ("apart", False, "copy — own: same-event")
    assert (fourth.style, fourth.directed, fourth.title) == ("undecided", False, "copy — doubtful: undecided")
    places = {each.name: each for each in drawn(matches, families).nodes}
    (x, y), *_, (u, v) = points(first.path)
    assert math.hypot(x - places["source"].x, y - places["source"].y) < 2 * RADIUS
    assert math.hypot(u - places["copy"].x, v - places["copy"].y) < 2 * RADIUS


def points(path: str) -> list[tuple[float, float]]:
    """Many points of a tie."""
    x, y, near, lane, _, _, turned, leaving, _, v, near_too, _, u = map(float, re.findall(r"-?[\d.]+", path))
    corners = [(x, y), (near, y), (lane, turned), (lane, leaving), (near_too, v), (u, v)]
    return [
        (a + (c - a) * step / 100, b + (d - b) * step / 100) for (a, b), (c, d) in pairwise(corners) for step in range(101)
    ]


def touched(drawing: Any, path: str) -> set[str]:
    """The articles through whose disc or name a tie runs."""
    return {
        node.name
        for node in drawing.nodes
        for x, y in points(path)
        if math.hypot(x - node.x, y - node.y) < RADIUS - 1 or (x > node.x and abs(y - node.y) < 8)
    }


def test_a_tie_runs_through_no_article_no_name_and_no_other_family_and_stays_inside() -> None:
    matches, family = star(4)
    across = [a_match(f"copy00{a}", f"copy00{b}") for a, b in combinations(range(4), 2)]
    beside = [a_match("first", "second"), a_match("first", "copy003", verdict="partial"), a_match("first", "copy001")]
    beside += [a_match("p", "q"), a_match("q", "copy001", verdict="partial"), a_match("single", "q", verdict="partial")]
    families = [family, Family(("p", "q"), "p", (), 0.9), Family(("first", "second"), "first", (), 0.9)]
    (drawing,) = drawn([*matches, *across, *beside], families).drawings
    for tie in drawing.ties:
        assert touched(drawing, tie.path) == set(), tie.title
        assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in points(tie.path)), tie.title
        for frame, members in zip(drawing.frames, (family.members, ("p", "q"), ("first", "second")), strict=True):
            if not any(name in re.split(r" . |: ", tie.title) for name in members):
                assert not any(x >= frame.x and frame.y <= y <= frame.y + frame.height for x, y in points(tie.path)), tie.title


def test_ties_of_different_sources_run_beside_each_other() -> None:
    names = "abcdef"
    matches = [a_match(one, two) for one, two in combinations(names, 2)]
    (drawing,) = drawn(matches, [Family(tuple(names), "a", (), 0.9)]).drawings
    upright: dict[float, set[str]] = {}
    for tie in drawing.ties:
        lane = min(x for x, _ in points(tie.path))
        upright.setdefault(lane, set()).add(tie.title[0])
    assert {len(sources) for sources in upright.values()} == {1}
    assert sorted(source for sources in upright.values() for source in sources) == list("abcde")


def test_ties_of_one_event_are_left_out_within_a_family_and_gathered_at_its_frame_outside() -> None:
    matches, family = star(3)
    apart = [a_match("copy000", "copy001", verdict="common-source", direction=None)]
    apart += [a_match(f"copy00{n}", "own", verdict="same-event", direction=None, probability=0.1) for n in range(3)]
    found = drawn([*matches, *apart], [family])
    *_, gathered = found.ties
    assert len(found.ties) == 4
    assert gathered.rows == (5, 6, 7)
    assert gathered.title == "Family of 4, origin source — own: 3 matches, same-event"
    (frame,) = [frame for drawing in found.drawings for frame in drawing.frames]
    assert points(gathered.path)[0][0] == frame.x
    doubtful = drawn([*matches, replace(apart[0], verdict="same-event", probability=0.7)], [family])
    assert [tie.style for tie in doubtful.ties][-1] == "undecided", "which an editor must see"


def test_an_article_in_no_family_stands_below_the_family_with_which_it_has_most_ties() -> None:
    matches, family = star(2)
    near = [a_match(name, "p", verdict="same-event", direction=None, probability=0.1) for name in ("source", "copy000")]
    near += [a_match("x", "y"), a_match("p", "x", verdict="partial"), a_match("source", "x", verdict="same-event", direction=None, probability=0.1)]
    found = drawn([*matches, *near], [family, Family(("x", "y"), None, (), 0.9)])
    assert [each.name for each in sorted(found.nodes, key=lambda each: each.y)] == ["source", "copy000", "copy001", "p", "x", "y"]


def test_a_name_is_shown_whole_or_without_its_middle() -> None:
    long = "archive/2024/05/the-mayor-of-kerrigan-resigns-after-a-vote-and-more.txt"
    labels = {each.name: each.label for each in drawn([a_match("e6_namesonly_quote_swapped.txt", long)], []).nodes}
    assert labels["e6_namesonly_quote_swapped.txt"] == "e6_namesonly_quote_swapped.txt"
    head, tail = labels[long].split("…")
    assert long.startswith(head)
    assert long.endswith(tail)
    assert abs(len(head) - len(tail)) < 4


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
