"""What ``counterparts`` promises: sentences in other words beside those that tell the same, and which no other text tells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import align, compare
from detector.document import Alignment, Document
from detector.judging import counterparts
from detector.model import Article, Match, Span
from detector.text import analyse
from tests.stories import FERRY as SOURCE
from tests.stories import FERRY_TOLD as TOLD
from tests.stories import GARDEN, GARDEN_AGAIN, INDEPENDENT, REPORT, REWRITE


def both(a: str, b: str) -> tuple[Document, Document, Alignment]:
    one, two = analyse(Article(id="a", text=a)), analyse(Article(id="b", text=b))
    return one, two, align.align(one, two)


def beside(a: str, b: str) -> dict[str, str]:
    spans, _, _ = counterparts.counterparts(*both(a, b))
    return {a[each.a_start : each.a_end]: b[each.b_start : each.b_end] for each in spans}


def alone(a: str, b: str) -> list[str]:
    _, of_a, _ = counterparts.counterparts(*both(a, b))
    return [a[begin:end] for begin, end in of_a]


def passages(a: str, b: str) -> list[str]:
    return [a[each.a_start : each.a_end] for each in both(a, b)[2].spans]


def test_a_sentence_in_other_words_stands_beside_the_one_that_tells_the_same() -> None:
    told, source = " ".join(TOLD), " ".join(SOURCE)
    found = beside(told, source)
    marked = passages(told, source)
    for sentence, origin in zip(TOLD, SOURCE, strict=True):
        if not any(each in sentence or sentence in each for each in marked):
            assert found[sentence[:-1]] == origin[:-1]
    assert len(found) >= 2
    assert not alone(told, source)


def test_names_and_numbers_tell_a_counterpart_wherever_it_stands() -> None:
    source = " ".join((SOURCE[5], *SOURCE[:5]))
    told = " ".join((*TOLD[:5], "In 1931 she sank, and all drowned."))
    assert beside(told, source)["In 1931 she sank, and all drowned"] == SOURCE[5][:-1]


def test_a_few_words_in_common_are_a_counterpart_only_where_the_order_says_so() -> None:
    between = f"{TOLD[2]} Of the wreck the owner is unknown. {TOLD[5]}"
    assert beside(between, " ".join(SOURCE)).get("Of the wreck the owner is unknown") == SOURCE[4][:-1]
    apart = f"Of the wreck the owner is unknown. {TOLD[0]} {TOLD[2]}"
    far = " ".join((*SOURCE[:4], SOURCE[5], "Then came the war.", "Trains took over.", "Few remember ferries.", SOURCE[4]))
    assert "Of the wreck the owner is unknown" not in beside(apart, far)


def test_a_sentence_between_two_that_are_linked_is_the_one_between_theirs_however_it_is_told() -> None:
    said, heard = "Grandmother wept at breakfast.", "Tears were shed over porridge."
    told, source = " ".join((*TOLD[:3], heard, *TOLD[3:])), " ".join((*SOURCE[:3], said, *SOURCE[3:]))
    assert beside(told, source)[heard[:-1]] == said[:-1]
    assert heard[:-1] not in alone(told, source)
    more, other = "Nobody spoke for hours afterwards.", "Silence then lay upon that house."
    assert beside(told.replace(heard, f"{heard} {other}"), source.replace(said, f"{said} {more}"))[other[:-1]] == more[:-1]
    assert heard[:-1] in alone(told, source.replace(said, f"{said} {more}")), "one beside two"
    three, others = f"{said} {more} Clocks ticked loudly upstairs.", f"{heard} {other} Somebody closed every shutter."
    assert heard[:-1] in alone(told.replace(heard, others), source.replace(said, three)), "too many to tell which"
    assert heard[:-1] in alone(f"{heard} {' '.join(TOLD)}", f"{said} {' '.join(SOURCE)}"), "before the first link"
    assert heard[:-1] in alone(f"{' '.join(TOLD)} {heard}", f"{' '.join(SOURCE)} {said}"), "behind the last"


def test_what_no_other_text_tells_has_no_counterpart() -> None:
    own = "Tickets for the spring concert go on sale next Friday."
    told = " ".join((*TOLD[:3], own, *TOLD[3:]))
    assert alone(told, " ".join(SOURCE)) == [own[:-1]]
    assert own[:-1] not in beside(told, " ".join(SOURCE))


def test_one_name_in_common_is_no_counterpart_and_one_number_may_be() -> None:
    one = "Ellis has cinemas, a lido, breweries, chess clubs, old libraries, tennis courts, trams and markets for vegetables."
    number = (
        "Ada Brook, whose toy museum opened painted doors to pupils in 1931, scrubs dolls, kites, drums, marbles, puppets, "
        "whistles, balloons, slingshots, rattles, "
        "hoops and trains each winter."
    )
    source = " ".join((*SOURCE[:5], *(f"{each} is for sale." for each in ("Hay", "Straw", "Timber", "Peat")), SOURCE[5]))
    told = " ".join((one, number, TOLD[5]))
    assert one[:-1] in alone(told, source)
    assert number[:-1] not in alone(told, source), "another sentence tells of 1931"
    assert number[:-1] not in beside(told, source), "but it is like the museum's"


def test_a_name_or_number_said_more_than_twice_tells_no_sentence_apart() -> None:
    text = "In 1931 Ada Brook sank. Ada Brook rose in 1932. Hardly had 1931 begun. Nobody saw 1931 end. Ada rests."
    document = analyse(Article(id="a", text=text))
    found = counterparts._seldom(document)
    assert [document.slice(at, at + 1) for at in found.at[found.facts]] == ["Brook", "Brook", "1932"]


def test_a_number_of_one_figure_and_half_an_hour_tell_no_sentence_apart() -> None:
    def told(text: str) -> set[str]:
        document = analyse(Article(id="a", text=text))
        found = counterparts._seldom(document)
        return {document.slice(at, at + 1) for at in found.at[found.numbers]}

    assert told("When Engine 4 came at 1 p.m. it had 14 men.") == {"1", "14"}, "of an hour the first word stands for it"
    one, two = (counterparts._seldom(analyse(Article(id="a", text=f"They came at {each} p.m. that day."))) for each in ("1", "6:15"))
    assert not {*one.senses[one.numbers].tolist()} & {*two.senses[two.numbers].tolist()}


def test_the_order_tells_nothing_where_little_of_either_text_is_in_the_other() -> None:
    one, two, found = both(f"{TOLD[2]} Of the wreck the owner is unknown. {TOLD[5]}", " ".join(SOURCE))
    sides = (
        counterparts._side(one, found.units_a, found.best_a, found.place_a, found.covered_a),
        counterparts._side(two, found.units_b, found.best_b, found.place_b, found.covered_b),
    )
    assert counterparts._found(*sides, throughout=True)[0].get(1) == 4
    assert 1 not in counterparts._found(*sides, throughout=False)[0]


def test_what_was_left_out_of_a_cut_copy_has_no_counterpart_in_what_was_kept() -> None:
    rest = "The bell of the ferry had been silent since then, and its divers went home on Wednesday to their families."
    source = " ".join((*SOURCE, rest))
    cut = " ".join((*SOURCE[:3], *SOURCE[4:]))
    assert rest[:-1] not in beside(source, cut), "its like lies in a passage already"
    assert SOURCE[3][:-1] in alone(source, cut)


def test_who_said_so_is_no_sentence_that_has_a_counterpart() -> None:
    quoted = "“We shall polish it until it shines and then ring it at noon,” Ruth Amory said. “It belongs to all of us here.”"
    other = "Ruth Amory spoke on Wednesday about pay for curators, of whom the museum has four."
    source, told = " ".join((*SOURCE, quoted)), " ".join((*TOLD, other))
    assert not [each for each in beside(source, told) if each.endswith("Amory said")]


@pytest.mark.parametrize(
    ("around", "place", "told"),
    [
        ([0, 1, -1, 3, 4], 2, True),
        ([0, 1, -1, 3, 4], 0, True),
        ([0, 1, -1, 3, 4], 4, True),
        ([0, 1, -1, 3, 4], 5, False),
        ([0, 3, -1, 1, 4], 2, True),
        ([0, 1, -1, 7, 8], 5, True),
        ([0, 1, -1, 8, 9], 5, False),
        ([-1, 3, -1, -1, -1], 5, True),
        ([-1, 3, -1, -1, -1], 6, False),
        ([-1, -1, -1, -1, -1], 2, False),
    ],
)
def test_what_the_order_tells(around: list[int], place: int, told: bool) -> None:
    assert counterparts._in_order(2, place, np.array(around), 1) is told
    assert counterparts._in_order(2, place, np.array(around), 2) is (told and around.count(-1) < 3)


def test_sentences_in_a_row_with_one_counterpart_are_put_together() -> None:
    source = f"{SOURCE[0]} Ruth Amory, the curator, worries about the pitted bronze and its clapper in Leeds. {SOURCE[5]}"
    told = f"{TOLD[0]} Amory is the curator and Leeds was named. The clapper, Amory fears, is in Leeds no more. {TOLD[5]}"
    spans, _, _ = counterparts.counterparts(*both(told, source))
    held = [told[each.a_start : each.a_end] for each in spans]
    assert "Amory is the curator and Leeds was named. The clapper, Amory fears, is in Leeds no more" in held


def test_of_several_likely_ones_the_likeliest_are_paired_and_a_row_may_stand_beside_one() -> None:
    def paired(likeness: dict[tuple[int, int], float], *, cut: tuple[int, ...] = ()) -> list[tuple[list[int], list[int], float]]:
        runs = np.array([-1 - at if at in cut else 0 for at in range(6)])
        return counterparts._paired(likeness, {pair: set() for pair in likeness}, runs, runs)

    one, other = {(0, 5): 0.2, (1, 5): 0.4, (2, 5): 0.1, (4, 5): 0.3}, {(5, 0): 0.2, (5, 1): 0.4, (5, 2): 0.1, (5, 4): 0.3}
    assert paired(one) == [([0, 1, 2], [5], 0.4)]
    assert paired(other) == [([5], [0, 1, 2], 0.4)]
    assert paired(one, cut=(0,)) == [([1, 2], [5], 0.4)], "a passage may reach in between"
    assert paired(other, cut=(1,)) == [([5], [1], 0.4)]
    assert paired({(0, 0): 0.4, (1, 0): 0.3, (0, 1): 0.2}) == [([0, 1], [0], 0.4)]
    assert paired({(0, 0): 0.2, (0, 3): 0.3, (4, 3): 0.1}) == [([0], [3], 0.3)]


@pytest.mark.parametrize(("more", "row"), [(set(), [1, 2]), ({7, 8}, [1, 2]), ({7}, [1])])
def test_each_sentence_of_a_row_shares_a_word_that_the_others_do_not(more: set[int], row: list[int]) -> None:
    runs = np.zeros(6, np.int64)
    found = counterparts._paired({(1, 5): 0.4, (2, 5): 0.2}, {(1, 5): {7, 9}, (2, 5): more}, runs, runs)
    assert found == [(row, [5], 0.4)]
    found = counterparts._paired({(5, 1): 0.4, (5, 2): 0.2}, {(5, 1): {7, 9}, (5, 2): more}, runs, runs)
    assert found == [([5], row, 0.4)]


def test_a_sentence_whose_rare_number_stands_in_another_sentence_is_not_told_by_the_order_alone() -> None:
    repaid, sold = "The curator has lost a home and repaid {} crowns.", "Two of the horses had been sold."
    told = " ".join((*TOLD[:3], "A home is lost, and the curator mourns.", "So far {} crowns had been returned.", *TOLD[3:]))
    for number, found in (("4,500", None), ("some", sold[:-1])):
        source = " ".join((*SOURCE[:3], repaid.format(number), sold, *SOURCE[3:]))
        assert beside(told.format(number), source).get(f"So far {number} crowns had been returned") == found


def test_function_words_in_common_are_no_counterpart_if_only_one_neighbour_says_so() -> None:
    source, told = "She travels by rail and hears complaints {} morning. Boats sank.", "Buses run {} way. Nobody swam."

    def backed(one: str, two: str, sure: list[int]) -> bool:
        first, second, found = both(source.format(one), told.format(two))
        side = counterparts._side(first, found.units_a, found.best_a, found.place_a, found.covered_a)
        other = counterparts._side(second, found.units_b, found.best_b, found.place_b, found.covered_b)
        return counterparts._backed(side, 0, other, 0, in_order=True, sure=np.array(sure))

    assert not backed("each", "each", [-1, 1])
    assert backed("foggy", "foggy", [-1, 1])


def test_one_name_in_common_is_a_counterpart_only_with_another_word() -> None:
    gasps = "There were gasps in the public gallery as Gavin Trask was led down to his cell."
    told = " ".join((*TOLD[:5], "Rain fell all afternoon.", "Nobody left.", gasps))
    for hand, found in (("by hand", False), ("by hand in the gallery", True)):
        postcode = f"One postcode, copied {hand}, undid the banker Gavin Trask."
        source = " ".join((*SOURCE[:2], postcode, *SOURCE[2:5]))
        assert (beside(told, source).get(gasps[:-1]) == postcode[:-1]) is found
        assert gasps[:-1] not in alone(told, source)


def test_in_two_texts_of_one_template_what_stands_in_one_place_need_not_be_the_same() -> None:
    text = (
        "{} warning of wind for {}. Valid from {} on {}. Secure loose items outside your home. Keep torches, batteries and a "
        "power pack at hand. {} Chief forecaster's assessment: low pressure will pass north of {}. The strongest winds are "
        "expected from {}."
    )
    one, other = "Beware of large waves.", "Think about whether your journey is necessary."
    yellow = text.format("Yellow", "Inver, Carrick and Tallow Glen", "18:00", "17 January", one, "Inver", "02:00")
    amber = text.format("Amber", "Wexcombe, Malverne and Arden Hills", "09:00", "22 February", other, "Malverne", "13:00")
    again = text.format("Yellow", "Inver, Carrick and Tallow Glen", "18:00", "17 January", other, "Inver", "02:00")
    assert one[:-1] not in beside(yellow, amber)
    assert beside(yellow, again)[one[:-1]] == other[:-1]


@pytest.mark.parametrize(("alike", "told"), [(0.29, {}), (0.31, {1: 5})])
def test_a_sentence_that_is_much_like_one_is_its_counterpart_wherever_it_stands(alike: float, told: dict[int, int]) -> None:
    one, other = (analyse(Article(id="x", text=" ".join(each))) for each in ((TOLD[1], TOLD[4], TOLD[1]), SOURCE))
    found = align.align(one, other)
    free = np.zeros(len(one.start), np.bool_), np.zeros(len(other.start), np.bool_)
    side = counterparts._side(one, found.units_a, np.array([0, alike, 0]), np.array([-1, 5, -1]), free[0])
    there = counterparts._side(other, found.units_b, found.best_b, found.place_b, free[1])
    assert counterparts._found(side, there)[0] == told


def test_what_only_one_of_two_sentences_points_to_is_found_from_either_text() -> None:
    one, two, found = both(" ".join(SOURCE), " ".join(TOLD))
    blind = {"best": np.zeros(len(found.units_a)), "place": np.full(len(found.units_a), -1)}
    for side in "ab":
        half = replace(found, **{f"{name}_{side}": values for name, values in blind.items()})
        assert counterparts.counterparts(one, two, half)[0]


def test_sentences_with_furniture_between_them_are_no_row() -> None:
    source = analyse(Article(id="a", text="\n\n".join((*SOURCE[:2], "Advertisement", *SOURCE[2:4], "Read more", *SOURCE[4:]))))
    units = align.align(source, source).units_a
    free = np.zeros(len(source.start), np.bool_)
    side = counterparts._side(source, units, np.ones(len(units)), np.arange(len(units)), free)
    assert len(source.boilerplate) == 2
    assert side.runs.tolist() == [0, 0, 1, 1, 2, 2]
    free[units[3, 0]] = True
    cut = counterparts._side(source, units, np.ones(len(units)), np.arange(len(units)), free)
    assert cut.runs.tolist() == [0, 0, 1, 2, 3, 3], "what a passage reaches into is in no row"


def apart(found: Alignment, spans: tuple[Span, ...], new: tuple[counterparts.Sentences, counterparts.Sentences]) -> bool:
    """Whether passages, counterparts and sentences without one lie apart on both sides."""
    for begin, end, alone in (("a_start", "a_end", new[0]), ("b_start", "b_end", new[1])):
        beside = [range(getattr(each, begin), getattr(each, end)) for each in spans]
        within = {at for each in found.spans for at in range(getattr(each, begin), getattr(each, end))}
        told = [at for each in (*beside, *(range(*each) for each in alone)) for at in each]
        if len(told) != len(set(told)) or within & set(told):
            return False
    return True


@pytest.mark.parametrize(("a", "b"), [(REPORT, REWRITE), (GARDEN, GARDEN_AGAIN), (" ".join(SOURCE), " ".join(TOLD))])
def test_no_sentence_is_in_two_of_passages_counterparts_and_those_without(a: str, b: str) -> None:
    one, two, found = both(a, b)
    spans, *new = counterparts.counterparts(one, two, found)
    assert apart(found, spans, (new[0], new[1]))
    assert all(each.kind == "counterpart" and 0 < each.similarity <= 1 for each in spans)
    assert list(spans) == sorted(spans, key=lambda each: each.a_start)


def test_page_furniture_is_nobodys_counterpart_and_no_sentence_of_its_own() -> None:
    source = "\n\n".join(("Port Ellis Post", *SOURCE, "Related: Ruth Amory on pitted bronze", "© 1931 Halcyon Press"))
    told = "\n\n".join((*TOLD, "All rights reserved. Whose wreck is it?", "Follow us on Twitter"))
    one, two, found = both(source, told)
    spans, *new = counterparts.counterparts(one, two, found)
    for document, ranges in ((one, new[0]), (two, new[1])):
        furniture = {at for mark in document.boilerplate for at in range(mark.start, mark.end)}
        assert furniture
        assert not furniture & {at for begin, end in ranges for at in range(begin, end)}
    furniture = {at for mark in one.boilerplate for at in range(mark.start, mark.end)}
    assert not furniture & {at for each in spans for at in range(each.a_start, each.a_end)}


def test_coverage_and_passages_know_nothing_of_counterparts() -> None:
    match = compare(Article(id="a", text=" ".join(SOURCE)), Article(id="b", text=" ".join(TOLD)))
    assert match.counterparts
    assert not [each for each in match.spans if each.kind == "counterpart"]
    covered = sum(each.b_end - each.b_start for each in match.spans)
    assert match.coverage_b is not None
    assert match.coverage_b <= covered / len(" ".join(TOLD)) + 0.05


def test_only_where_something_was_taken_are_there_counterparts() -> None:
    assert compare(Article(id="a", text=REPORT), Article(id="b", text=INDEPENDENT)).counterparts is None
    assert compare(Article(id="a", text=REPORT), Article(id="b", text=REPORT)).counterparts == ()


def test_exchanging_the_texts_exchanges_the_sides() -> None:
    def mirrored(match: Match) -> set[Span]:
        return {each.swapped() for each in match.counterparts or ()}

    a, b = Article(id="a", text=" ".join(SOURCE)), Article(id="b", text=" ".join(TOLD))
    assert set(compare(a, b).counterparts or ()) == mirrored(compare(b, a)) != set()
    one, two, _ = both(a.text, b.text)
    spans, *new = counterparts.counterparts(one, two, align.align(one, two))
    back, *new_back = counterparts.counterparts(two, one, align.align(two, one))
    assert {each.swapped().rounded() for each in back} == {each.rounded() for each in spans}
    assert new == new_back[::-1]


sentences = st.lists(st.sampled_from([*SOURCE, *TOLD, "“We shall see,” said Ruth Amory.", "Short."]), max_size=14)


@settings(max_examples=60, deadline=None)
@given(sentences, sentences)
def test_any_two_texts_have_sound_ranges(one: list[str], two: list[str]) -> None:
    a, b = "\n".join(one), " ".join(two)
    first, second, found = both(a, b)
    spans, of_a, of_b = counterparts.counterparts(first, second, found)
    assert apart(found, spans, (of_a, of_b))
    assert all(each.a_end <= len(a) and each.b_end <= len(b) for each in spans)
    for text, alone in ((a, of_a), (b, of_b)):
        assert all(0 <= begin < end <= len(text) for begin, end in alone)
        assert list(alone) == sorted(set(alone))
