"""Names with several common forms: one name, whichever a text has."""

from __future__ import annotations

import pytest

from detector import Article, compare

TOLD = "On his way home the chief of the town said that {} had been told of the river, and it was as he had told all of us."


def names(one: str, two: str) -> set[tuple[str, str | None, str | None]]:
    a, b = (Article(id=name, text=TOLD.format(part)) for name, part in (("a", one), ("b", two)))
    return {(each.state, each.a, each.b) for each in compare(a, b).facts if each.kind == "name"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("the U.K.", "Britain"),
        ("the UK", "the United Kingdom"),
        ("Britain", "Great Britain"),
        ("the US", "the U.S."),
        ("the United States of America", "America"),
        ("the UN", "the United Nations"),
        ("the EU", "the European Union"),
        ("the U.S. Senate", "the United States Senate"),
        ("Kiev", "Kyiv"),
        ("men from America's", "men from the USA"),
    ],
)
def test_a_name_is_one_in_every_common_form(one: str, two: str) -> None:
    assert "shared" in {state for state, _, _ in names(one, two)}
    assert not [each for each in names(one, two) if each[0] == "a-only"]


@pytest.mark.parametrize("other", ["Latin America", "Bank of America", "the America First", "all of us", "them in the uk"])
def test_what_only_looks_like_a_form_of_a_name_is_none(other: str) -> None:
    assert not [each for each in names("the U.S.", other) if each[0] == "shared"]


def test_a_known_name_behind_an_article_is_in_a_longer_one() -> None:
    assert names("the UK", "the UK Treasury") == {("b-only", None, "UK Treasury")}


def test_a_word_that_the_other_text_has_in_small_letters_is_no_name() -> None:
    assert names("the Council and Helen Strand", "the council and Helen Strand") == {("shared", "Helen Strand", "Helen Strand")}
