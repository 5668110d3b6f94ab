"""What the names on the page promise: they tell articles apart, mislead nobody, and stand in sentences without garbling them."""

from __future__ import annotations

from typing import Any

import pytest

from detector.model import ArticleSummary, Direction, Evidence, Mark
from detector.reporting.called import headlined, names_in, names_of, outlet, outlet_and_headline, renamed, said

from .test_report import a_match, article


def named(**told: tuple[str | None, str | None]) -> dict[str, str]:
    """The names of articles, given their outlets and headlines."""
    articles = {id: article(id, None, source=source, title=title) for id, (source, title) in told.items()}
    return names_of(articles, articles)


def test_an_article_is_called_by_its_outlet_or_else_by_its_headline_or_both_or_its_id() -> None:
    assert named(a=("The Post", "Mayor resigns"), b=("The Times", None)) == {"a": "The Post", "b": "The Times"}
    assert named(a=("The Post", "Mayor resigns"), b=("the post", "Ferry sinks")) == {"a": "“Mayor resigns”", "b": "“Ferry sinks”"}
    assert named(a=(None, "Mayor resigns"), b=(None, None)) == {"a": "“Mayor resigns”", "b": "b"}
    both = named(a=("The Post", "Mayor resigns"), b=("The Post", "Ferry sinks"), c=("The Times", "Mayor resigns"))
    assert both == {"a": "The Post, “Mayor resigns”", "b": "“Ferry sinks”", "c": "The Times"}
    assert named(a=("The Post", "Mayor resigns"), b=("The Post", "Mayor resigns")) == {"a": "a", "b": "b"}


def test_no_article_is_called_by_the_id_of_another() -> None:
    assert named(a=("b", "Mayor resigns"), b=(None, None)) == {"a": "“Mayor resigns”", "b": "b"}
    assert names_of(["x"], {}) == {"x": "x"}, "which the report does not hold"


@pytest.mark.parametrize(
    ("source", "guessed", "credit", "wanted"),
    [
        ("Reuters", True, None, ""),
        ("Reuters", False, None, "Reuters"),
        ("Northern Wire", True, "whole", ""),
        ("Northern Wire", False, "whole", "Northern Wire"),
        ("ICARO Media Group", True, None, "ICARO Media Group"),
        ("CNN", True, "whole", "CNN"),
        (None, False, None, ""),
    ],
)
def test_an_outlet_guessed_from_a_credit_is_no_name(source: str | None, guessed: bool, credit: Any, wanted: str) -> None:
    mark = Mark("attribution", 0, 4, "Northern Wire", credit)
    assert outlet(article("a", None, mark, source=source, guessed=("source",) if guessed else ())) == wanted


def test_long_headlines_are_shortened_and_quotation_marks_in_them_do_not_end_them() -> None:
    def told(title: str | None) -> ArticleSummary:
        return article("a", None, title=title, source="The Post")

    long = headlined(told("Council of Harlow Bay backs garden " * 4))
    assert long.startswith("“Council of")
    assert long.endswith(" …”")
    assert len(long) <= 64
    assert headlined(told('Mayor: “I am  tired” of "it"')) == "“Mayor: 'I am tired' of 'it'”"
    assert headlined(told(" ")) == ""
    assert outlet_and_headline(told(None)) == "The Post"


NAMES = {"a.txt": "CNN", "ba.txt": "“Mayor resigns”", "my a.txt": "The Post", "a.txt.gz": "a.txt.gz", "m.jsonl#1": "Echo"}


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("ba.txt has 80 % of a.txt's own words.", "“Mayor resigns” has 80 % of CNN's own words."),
        ("my a.txt has it; a.txt (2026) too: a.txt.", "The Post has it; CNN (2026) too: CNN."),
        ("a.txt.gz, x/a.txt, a.txt-b, a.txt#2 and xa.txt are others.", "a.txt.gz, x/a.txt, a.txt-b, a.txt#2 and xa.txt are others."),
        ("m.jsonl#1 and m.jsonl#12", "Echo and m.jsonl#12"),
        ("Both quote Lee: a.txt “he sent a.txt”, ba.txt “a.txt”.", "Both quote Lee: CNN “he sent a.txt”, “Mayor resigns” “a.txt”."),
        ("ba.txt cites CNN (“told CNN”), the outlet of a.txt.", "“Mayor resigns” cites CNN (“told CNN”)."),
        ("a.txt cites Post (“the Post”), the outlet of my a.txt.", "CNN cites Post (“the Post”), the outlet of The Post."),
    ],
)
def test_names_take_the_place_of_whole_ids_outside_quotations(sentence: str, wanted: str) -> None:
    assert said(sentence, NAMES) == wanted


def test_an_outlet_that_is_part_of_a_name_is_not_taken_from_it() -> None:
    names = {"a.txt": "CNN, “Mayor resigns”", "b.txt": "Echo"}
    assert said("b.txt cites CNN (“CNN said”), the outlet of a.txt.", names) == (
        "Echo cites CNN (“CNN said”), the outlet of CNN, “Mayor resigns”."
    )


def test_a_name_cannot_turn_the_direction_of_a_sentence() -> None:
    assert said("a.txt was first.", {"a.txt": "“שלום\u202e”"}) == "\u2068“שלום\ufffd”\u2069 was first."


@pytest.mark.parametrize("id", ["1", "mayor", "covid-19", "breaking news", "U.S."])
def test_an_id_that_could_be_a_word_stays_and_so_do_the_others_of_the_match(id: str) -> None:
    articles = {each: article(each, None, source=source) for each, source in ((id, "CNN"), ("b.txt", "Echo"))}
    assert names_in(a_match(id, "b.txt"), articles) == {id: id, "b.txt": "b.txt"}


def test_a_match_is_renamed_throughout_with_the_third_that_its_evidence_names() -> None:
    versions = "Both are versions of news/w.txt: where b.txt departs from its wording, a.txt follows in 70 % of the runs."
    evidence = (Evidence("siblings", 0.7, None, 0.0, versions), Evidence("facts", 0.5, 0.5, 1.0, "a.txt has 9 % of b.txt."))
    match = a_match("a.txt", "b.txt", direction=Direction("a.txt", "b.txt", 0.9, ("a.txt was published first.",)), evidence=evidence)
    sources = {"a.txt": "CNN", "b.txt": "Echo", "news/w.txt": "Wire Daily", "c.txt": "CNN"}
    names = names_in(match, {id: article(id, None, source=source) for id, source in sources.items()})
    assert names == {"a.txt": "CNN", "b.txt": "Echo", "news/w.txt": "Wire Daily"}, "no other article is in the way"
    shown = renamed(match, names)
    assert (shown.a, shown.b) == ("CNN", "Echo")
    assert shown.direction == Direction("CNN", "Echo", 0.9, ("CNN was published first.",))
    assert shown.evidence[0].sentence.startswith("Both are versions of Wire Daily: where Echo departs from its wording, CNN follows")
    assert shown.evidence[1].sentence == "CNN has 9 % of Echo."
    assert renamed(match, {each: each for each in names}) == match
