"""What ``part`` promises: the part of a text that follows another, and a verdict that rests on it and says so."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import compare, scan, write_report
from detector.align import align
from detector.judge import _model, probability
from detector.judging.part import PART_WORDS, following, maximal, of_whole_paragraphs
from detector.model import LIKELY, PART, Article, Match
from detector.report import sentence
from detector.text import analyse
from tests.stories import FACTORY, FACTORY_IN_A_SHRILL_TONE, GARDEN, GARDEN_AGAIN, INDEPENDENT, REPORT, UNRELATED

MERGED = "\n\n".join((UNRELATED, FACTORY_IN_A_SHRILL_TONE, INDEPENDENT))


def article(name: str, text: str, **known: str) -> Article:
    return Article(id=name, text=text, **known)  # type: ignore[arg-type]


def parts(match: Match) -> list[str]:
    return [each.sentence for each in match.evidence if each.name == PART]


def by_definition(scores: list[int]) -> list[tuple[int, int]]:
    """The stretch with the largest sum, the shortest of these, then the same to its left and right (Ruzzo and Tompa 1999)."""

    def within(begin: int, end: int) -> list[tuple[int, int]]:
        ranges = [(x, y) for x in range(begin, end) for y in range(x + 1, end + 1)]
        x, y = max(ranges, key=lambda each: (sum(scores[slice(*each)]), each[0] - each[1]), default=(0, 0))
        if sum(scores[x:y]) <= 0:
            return []
        return [*within(begin, x), (x, y), *within(y, end)]

    return within(0, len(scores))


@given(st.lists(st.integers(-9, 9), max_size=14))
def test_stretches_are_those_of_the_definition(scores: list[int]) -> None:
    found = maximal([float(each) for each in scores])
    sums = [sum(scores[slice(*each)]) for each in found]
    expected = by_definition(scores)
    assert sorted(sums) == sorted(sum(scores[slice(*each)]) for each in expected)
    covered = {at for each in found for at in range(*each)}
    assert {at for at, score in enumerate(scores) if score > 0} <= covered


def test_long_rows_take_time_in_proportion() -> None:
    rows = [float(at % 2 or -1) for at in range(200_000)], [1.0 / (at + 1) for at in range(200_000)]
    falling = [each for at in range(100_000) for each in (1.0, -1.5)]
    assert [len(maximal(row)) for row in (*rows, falling)] == [100_000, 1, 100_000]


def test_the_part_that_follows_a_source_is_found_wherever_it_stands() -> None:
    a, b = analyse(article("source", FACTORY)), analyse(article("merged", MERGED))
    whole, part = following(a, b, align(a, b))
    assert whole is None, "all of the source has its like"
    assert part is not None
    text = b.article.text
    begin, end = text.index(FACTORY_IN_A_SHRILL_TONE.strip()[:30]), text.index(INDEPENDENT.strip()[:30])
    inside = [begin <= b.start[first] < end for first, _ in part.sentences.tolist()]
    assert np.mean(inside) > 0.8
    assert not (part.body & ~b.body).any()
    assert part.body.sum() < b.body.sum()


def test_a_text_made_from_several_is_told_as_partial_and_by_which_part() -> None:
    match = compare(article("source", FACTORY), article("merged", MERGED))
    assert match.verdict == "partial"
    assert match.probability >= LIKELY
    assert "rests on one part of merged (" in parts(match)[0]
    assert "Sunmill bosses" in parts(match)[0]
    assert match.part_a is None
    assert match.part_b is not None
    told = "".join(MERGED[start:end] for start, end in match.part_b)
    assert told.startswith("Sunmill bosses")
    assert told.endswith("could be bulldozed for houses")
    assert match.swapped().part_a == match.part_b
    undated = compare(article("factory", FACTORY), article("roundup", f"{GARDEN_AGAIN}\n\n{FACTORY_IN_A_SHRILL_TONE}"))
    assert "have a part in common, more likely than not one taking it from the other" in sentence(replace(undated, direction=None))
    dated = compare(article("source", FACTORY, published="2024-03-05"), article("merged", MERGED, published="2024-03-06"))
    assert sentence(dated) == "merged more likely than not takes a part from source"


def test_in_a_scan_a_roundup_is_tied_to_both_its_sources() -> None:
    roundup = "\n\n".join((FACTORY_IN_A_SHRILL_TONE, GARDEN_AGAIN))
    found = scan([article("factory", FACTORY), article("garden", GARDEN), article("roundup", roundup), article("other", UNRELATED)])
    tied = {frozenset((each.a, each.b)) for each in found.matches if each.verdict in ("partial", "rewrite")}
    assert tied == {frozenset(("factory", "roundup")), frozenset(("garden", "roundup"))}


def test_a_report_says_from_which_probability_on_it_is_a_part() -> None:
    match = compare(article("source", FACTORY), article("merged", MERGED))
    assert "takes passages from" in sentence(replace(match, probability=0.5))


def test_the_page_sets_apart_what_is_outside_the_part(tmp_path: Path) -> None:
    for name, text, greyed in (("merged", MERGED, True), ("again", FACTORY_IN_A_SHRILL_TONE, False)):
        write_report(scan([article("source", FACTORY), article(name, text)]), tmp_path / f"{name}.html")
        page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert ("outside the part that the verdict rests on" in page) == greyed
        assert ('class="is-elsewhere"' in page) == greyed


def test_contributions_add_up_to_the_probability() -> None:
    match = compare(article("source", FACTORY), article("merged", MERGED))
    log_odds = _model("derivation").intercept + sum(each.contribution for each in match.evidence)
    assert probability(log_odds) == pytest.approx(match.probability, abs=1e-4)


def test_the_order_of_the_texts_makes_no_difference() -> None:
    a, b = article("source", FACTORY), article("merged", MERGED)
    assert compare(b, a) == compare(a, b).swapped()


@pytest.mark.parametrize("other", [INDEPENDENT, INDEPENDENT + UNRELATED, UNRELATED + INDEPENDENT + GARDEN])
def test_an_independent_report_among_other_stories_stays_independent(other: str) -> None:
    match = compare(article("report", REPORT), article("other", other))
    assert match.verdict == "same-event"
    assert match.probability < LIKELY / 2


def test_too_few_words_are_no_part() -> None:
    short = " ".join(FACTORY_IN_A_SHRILL_TONE.split()[: PART_WORDS // 2])
    a, b = analyse(article("source", FACTORY)), analyse(article("short", f"{UNRELATED}\n\n{short}."))
    assert following(a, b, align(a, b))[1] is None


def test_a_text_of_quotations_alone_has_no_part() -> None:
    said = analyse(article("said", " ".join(f"“Sunmill will keep hall {at} in Durnby for now,” he said." for at in range(40))))
    other = analyse(article("source", FACTORY))
    assert following(said, other, align(said, other)) == (None, None)
    assert math.isfinite(compare(said.article, replace(other.article)).probability)


@pytest.mark.parametrize(("cut", "whole"), [((1, 3), True), ((0, 1), True), ((3, 5), True), ((0, 5), True), ((1, 2), False), ((2, 3), False)])
def test_paragraphs_in_a_row_are_told_from_sentences_picked_out(cut: tuple[int, int], whole: bool) -> None:
    text = "The hall is shut.\n\nNobody was told of it. The doors were locked.\nA sign said so. It hung there.\n"
    document = analyse(article("hall", text))
    assert of_whole_paragraphs(replace(document, sentences=document.sentences[slice(*cut)])) == whole


def test_sentences_with_others_between_are_no_row_of_paragraphs() -> None:
    document = analyse(article("hall", "The hall is shut.\nNobody was told.\nA sign said so.\n"))
    assert not of_whole_paragraphs(replace(document, sentences=document.sentences[::2]))


def test_a_text_too_short_to_judge_is_not_judged_by_a_part_of_another() -> None:
    brief = "The Sunmill cereal factory in Durnby, which opened in 1954 and has 420 workers, will close in May, Corvane said."
    again = "Corvane said in May it would close the Sunmill cereal factory in Durnby, with 420 workers, which opened in 1954. "
    match = compare(article("brief", brief), article("long", again * 4 + UNRELATED))
    assert not parts(match)
    assert match.probability < LIKELY


def test_a_source_of_which_a_part_was_rewritten_is_no_partial_copy() -> None:
    source = article("digest", "\n\n".join((UNRELATED, FACTORY, INDEPENDENT, GARDEN)), published="2024-03-04")
    match = compare(source, article("made", FACTORY_IN_A_SHRILL_TONE, published="2024-03-06"))
    assert match.verdict == "rewrite"
    assert match.direction is not None
    assert match.direction.derived == "made"


def test_of_a_part_that_is_not_enough_it_is_not_said_that_it_was_taken() -> None:
    half = " ".join(FACTORY_IN_A_SHRILL_TONE.split()[:130])
    for text in (half, half + UNRELATED, UNRELATED + INDEPENDENT + half):
        match = compare(article("source", FACTORY), article("other", text))
        said = " ".join(parts(match))
        assert ("says more for it, if not enough" in said) == bool(said and match.probability < LIKELY)
        assert ("The rest may come from elsewhere" in said) == bool(said and match.probability >= LIKELY)
