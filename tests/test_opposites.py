"""What ``opposites`` promises: a word is told for its opposite only where the same is said around it."""

from __future__ import annotations

import pytest

from detector import Article, compare
from detector.judging.opposites import _OPPOSITES

FRAME = "The council of Kerr met on Monday. {} Nobody on the old town bench had asked for more, and the mayor left early."


def changed(one: str, two: str) -> list[tuple[str | None, str | None]]:
    match = compare(Article(id="a", text=FRAME.format(one)), Article(id="b", text=FRAME.format(two)))
    return [(each.a, each.b) for each in match.facts if each.kind == "word"]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Profits of the bank rose by a third in the spring.", "Profits of the bank fell by a third in the spring.", [("rose", "fell")]),
        ("A jury in Lund convicted the old master of fraud.", "A jury in Lund cleared the old master of fraud.", [("convicted", "cleared")]),
        ("It opened more doors in the first week of the fair.", "It opened fewer doors in the last week of the fair.", [("more", "fewer"), ("first", "last")]),
        ("He denied that he took it before the vote.", "He admitted that he took it after the vote.", [("denied", "admitted"), ("before", "after")]),
        ("Profits of the bank rose and its losses fell in spring.", "Losses of the bank fell and its profits rose in spring.", []),
        ("The labour law of 2006 bans children from the mills.", "The labour law of 2006 does not allow children in the mills.", []),
        ("The bank saw growing numbers of clients in spring.", "The bank saw rising numbers of clients in spring.", []),
        ("The old bank of the town was sold in the spring.", "The old bank of the town was bought by its clients in spring.", [("sold", "bought")]),
    ],
)  # fmt: skip
def test_a_word_is_told_for_its_opposite(one: str, two: str, expected: list[tuple[str, str]]) -> None:
    assert changed(one, two) == expected
    assert changed(two, one) == [(b, a) for a, b in expected]


def test_no_other_language_is_read_by_english_opposites() -> None:
    told = "Der Rat von Kerr traf sich am Montag. Die Brücke war nach dem Regen {} Jahr gesperrt, und niemand hatte es gewollt."
    match = compare(Article(id="a", text=told.format("more")), Article(id="b", text=told.format("less")))
    assert not [each for each in match.facts if each.kind == "word"]


def test_no_word_stands_on_both_sides() -> None:
    for line in filter(None, _OPPOSITES.splitlines()):
        left, right = (set(side.split()) for side in line.split("|"))
        assert left
        assert right
        assert not left & right
