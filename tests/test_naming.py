"""Names with several common forms: one name, whichever a text has."""

from __future__ import annotations

import time

import pytest

from detector import Article, compare
from detector.text import analyse

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


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *(("the U.S.", each) for each in ("Latin America", "Bank of America", "the America First", "all of us", "central America")),
        ("the U.S.", "the Americas"),
        ("the UK", "them in the uk"),
    ],
)
def test_what_only_looks_like_a_form_of_a_name_is_none(name: str, other: str) -> None:
    assert not [each for each in names(name, other) if each[0] == "shared"]


def test_a_small_word_of_another_language_is_no_name_in_capitals() -> None:
    text = "UN homme est mort dans la ville, et les pompiers sont venus pour aider dans la nuit. " * 3
    told = compare(Article(id="a", text=text), Article(id="b", text=text.replace("UN homme", "Un homme")))
    assert not [each for each in told.facts if each.kind == "name"]


def test_a_text_of_nothing_but_names_takes_no_more_than_its_length() -> None:
    began = time.process_time()
    analyse(Article(id="a", text="US " * 100_000))
    assert time.process_time() - began < 10


def test_a_known_name_behind_an_article_is_in_a_longer_one() -> None:
    assert names("the UK", "the UK Treasury") == {("b-only", None, "UK Treasury")}


def test_a_word_that_the_other_text_has_in_small_letters_is_no_name() -> None:
    assert names("the Council and Helen Strand", "the council and Helen Strand") == {("shared", "Helen Strand", "Helen Strand")}


FRENCH = (
    "Hier soir, le maire {} a dit que la commission s'est réunie à la mairie et qu'elle a débattu des conséquences pour les "
    "habitants du quartier, car les caisses sont vides et personne ne croit à une solution."
)
ITALIAN = (
    "Ieri sera il sindaco {} ha detto che la commissione si è riunita in municipio e che ha discusso a lungo delle "
    "conseguenze per gli abitanti del quartiere, perché le casse sono vuote e nessuno crede in una soluzione."
)


@pytest.mark.parametrize(
    ("story", "one", "two", "names"),
    [
        (FRENCH, "d'Ambert", "de l'Oise et d’Ambert", {"Ambert", "Oise"}),
        (FRENCH, "de l'AS Cormeilles", "avec l'AS Cormeilles", {"AS Cormeilles"}),
        (FRENCH, "Marc d'Ormesson", "Marc d'Ormesson", {"Marc d'Ormesson"}),
        (FRENCH, "de Saint-Alban-le-Haut", "de Saint-Alban-le-Haut", {"Saint-Alban-le-Haut"}),
        (ITALIAN, "dell'Argine", "nell'Argine", {"Argine"}),
        (ITALIAN, "Gabriele D'Annunzio", "Gabriele D'Annunzio", {"Gabriele D'Annunzio"}),
    ],
)
def test_a_name_is_told_without_what_is_elided_before_it(story: str, one: str, two: str, names: set[str]) -> None:
    facts = compare(*(Article(id=each, text=story.format(each)) for each in (one, f"{two} "))).facts
    assert {each for fact in facts if fact.kind == "name" for each in (fact.a, fact.b) if each} == names
    assert {fact.state for fact in facts if fact.kind == "name"} <= {"shared", "b-only"}
