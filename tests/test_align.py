"""What ``align`` promises: the passages two texts share, exact to the character, typed, whatever the order."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.align import REGION_PATIENCE, RUN_PATIENCE, TERM_PAIRS, UNIT_WORDS, align, shared_passages
from detector.document import Alignment
from detector.languages.words import words
from detector.loops import align_kernels, passage_kernels, tiling
from detector.model import Article
from detector.passages import MOST_CELLS, REPEATS, STEPS
from detector.text import analyse
from tests.stories import INDEPENDENT, REPORT, REWRITE, UNRELATED


def aligned(a: str, b: str) -> Alignment:
    return align(analyse(Article(id="a", text=a)), analyse(Article(id="b", text=b)))


def passages(a: str, b: str) -> tuple[tuple[int, int, int, int], ...]:
    return shared_passages(analyse(Article(id="a", text=a)), analyse(Article(id="b", text=b)))


def read(alignment: Alignment, a: str, b: str) -> list[tuple[str, str, str]]:
    return [(each.kind, a[each.a_start : each.a_end], b[each.b_start : each.b_end]) for each in alignment.spans]


def sound(alignment: Alignment, a: str, b: str) -> None:
    """The promises that hold for any two texts."""
    a_words, b_words = words(a), words(b)
    sizes = [min(end - begin, other_end - other) for begin, end, other, other_end in alignment.words.tolist()]
    assert alignment.longest == max(sizes, default=0)
    for span in alignment.spans:
        assert 0 <= span.a_start < span.a_end <= len(a)
        assert 0 <= span.b_start < span.b_end <= len(b)
        assert 0 <= span.similarity <= 1
        assert span.a_start + (a[span.a_start] in "$£€¥") in a_words[0]  # a span begins and ends with a word
        assert span.a_end in a_words[1]
        assert span.b_start + (b[span.b_start] in "$£€¥") in b_words[0]
        assert span.b_end in b_words[1]
        if span.kind == "verbatim":
            assert words(a[span.a_start : span.a_end])[2].tolist() == words(b[span.b_start : span.b_end])[2].tolist()
            assert span.similarity == 1
    for one, two in pairwise(alignment.spans):
        assert one.a_end <= two.a_start
    for one, two in pairwise(sorted(alignment.spans, key=lambda each: each.b_start)):
        assert one.b_end <= two.b_start


def test_a_copy_of_a_story_that_is_mostly_speech_is_covered_beside_the_speech_too() -> None:
    story = (
        "The council met on Tuesday to talk about the bridge, and the mood in the hall was tense from the very start.\n\n"
        '"We will not close the bridge before the winter," said Mayor Jane Doe. "It is safe, it has been looked at, and we '
        "have the papers of the engineers who did it to show to anybody who asks, on any day of the week and at any hour, "
        "and so it has been since the day when it was opened to traffic, as you well know. The lorries may go on "
        'using it, the buses too, and the children on their way to school as well, as far as this council is concerned."\n'
    )
    a, b = (analyse(Article(id=each, text=story + end)) for each, end in (("a", ""), ("b", "\n")))
    found = align(a, b)
    assert found.covered_a.all()
    assert found.covered_b.all()
    assert [shared.speaker for shared in found.quotations] == ["Mayor Jane Doe"] * len(found.quotations) != []


def test_a_text_with_itself_is_one_verbatim_span_over_its_body() -> None:
    alignment = aligned(UNRELATED, UNRELATED)
    (span,) = alignment.spans
    assert span.kind == "verbatim"
    assert UNRELATED[span.a_start : span.a_end] == UNRELATED.strip().removesuffix(".")
    assert alignment.covered_a.all()


def test_a_rewrite_is_covered_by_spans_that_say_the_same() -> None:
    alignment = aligned(REWRITE, REPORT)
    sound(alignment, REWRITE, REPORT)
    told = read(alignment, REWRITE, REPORT)
    for word in ("4,200", "1874", "6.3 million", "three days", "Divers", "inquiry"):
        assert any(word.casefold() in left.casefold() and word.casefold() in right.casefold() for _, left, right in told), word
    assert alignment.order is not None
    assert alignment.order > 0.5
    assert {kind for kind, _, _ in told} >= {"paraphrased", "quotation"}


def test_the_same_words_of_the_same_speaker_are_a_quotation() -> None:
    alignment = aligned(INDEPENDENT, REPORT)
    assert ("quotation", "Nobody expected the centre to go first", "Nobody expected the centre to go first") in read(
        alignment, INDEPENDENT, REPORT
    )
    (shared,) = alignment.quotations
    assert shared.speaker == "Helen Strand"


def test_speech_that_both_interrupt_is_a_quotation_for_each_part() -> None:
    told = '"Nobody expected the centre to go first," said {}. "It went in the night, and nobody heard it go," {}.'
    a, b = told.format("Mayor Ann Lee", "she told us"), told.format("Ann Lee, the mayor", "she added")
    found = aligned(a, b)
    assert [(each.speaker, a[each.a_start : each.a_end]) for each in found.quotations] == [
        ("Mayor Ann Lee", "Nobody expected the centre to go first"),
        ("Mayor Ann Lee", "It went in the night, and nobody heard it go"),
    ]


def test_a_span_that_begins_with_a_sum_begins_with_its_currency() -> None:
    told = "$40 million was spent on the new town hall and its garden by the council of Kerr this year, the auditors wrote."
    found = aligned(told, "It was late. " + told)
    assert [(span.a_start, told[span.a_start]) for span in found.spans] == [(0, "$")]


def test_the_same_words_of_different_speakers_are_a_quotation_of_neither() -> None:
    said = "“Nobody in the whole county expected the central arch to go first,” said {}. {} would not say more about it."
    one = aligned(said.format("Paul Reed", "He"), said.format("Mayor Paul Reed", "Nobody else"))
    two = aligned(said.format("Paul Reed", "He"), said.format("Owen Tully", "Nobody else"))
    assert [each.speaker for each in one.quotations] == ["Mayor Paul Reed"]
    assert [each.speaker for each in two.quotations] == [None]


def test_unrelated_stories_share_nothing() -> None:
    assert aligned(UNRELATED, REPORT).spans == ()


def test_light_edits_leave_an_edited_span_and_whole_sentences_a_verbatim_one() -> None:
    before = "The council will meet on Thursday evening to vote on the new harbour wall. Ships have waited for nine years."
    after = "The council will meet on Friday morning to vote on the new harbour wall. Ships have waited for nine years."
    assert read(aligned(after, before), after, before) == [
        ("edited", *(each.split(". ")[0] for each in (after, before))),
        ("verbatim", *("Ships have waited for nine years",) * 2),
    ]


def test_a_sentence_split_in_two_gives_two_spans_of_one_sentence() -> None:
    fused = (
        "The ferry Saint Anne ran aground off Corran Point on Sunday with 214 passengers on board, and salvage crews from "
        "Aberlorn pumped diesel out of her flooded engine room until nightfall."
    )
    split = (
        "Salvage crews from Aberlorn were pumping diesel from the flooded engine room until nightfall. Nobody was hurt. "
        "There were 214 passengers on board the ferry Saint Anne when on Sunday she ran aground off Corran Point."
    )
    alignment = aligned(split, fused)
    sound(alignment, split, fused)
    assert len(alignment.spans) == 2
    first, second = alignment.spans
    assert second.b_start < first.b_start
    assert alignment.order == -1


def test_shuffled_paragraphs_keep_their_coverage() -> None:
    paragraphs = UNRELATED.strip().split("\n\n")[1:]  # under the last paragraph the heading would be furniture
    shuffled = "\n\n".join(reversed(paragraphs))
    assert aligned(shuffled, UNRELATED).covered_a.all()


def test_unrelated_text_around_a_copy_moves_its_spans_and_loses_none() -> None:
    alone = aligned(REWRITE, REPORT)
    longer = UNRELATED + "\n\n" + REWRITE
    within = aligned(longer, REPORT)
    sound(within, longer, REPORT)
    shift = len(UNRELATED) + 2
    covered = {at for each in within.spans for at in range(each.a_start - shift, each.a_end - shift)}
    before = {at for each in alone.spans for at in range(each.a_start, each.a_end)}
    assert len(before & covered) > 0.9 * len(before)


def test_a_passage_holds_what_a_rewrite_took_and_no_text_around_it() -> None:
    longer = UNRELATED + "\n\n" + REWRITE
    (passage,) = passages(longer, REPORT)
    a_start, a_end, b_start, b_end = passage
    assert a_start >= len(UNRELATED)
    assert a_end - a_start > 0.8 * len(REWRITE)
    assert b_end - b_start > 0.6 * len(REPORT)
    assert passages(REPORT, longer) == ((b_start, b_end, a_start, a_end),)
    assert passages(UNRELATED, REPORT) == ()


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.upper(),
        lambda text: text.replace("e", "e\u0301"),
        lambda text: text.replace("i", "\u00adi"),
        lambda text: text.replace("o", "o\u200b"),
        lambda text: text.replace('"', "”").replace("'", "’"),
    ],
)
def test_disguises_that_a_reader_does_not_see_change_nothing(disguise: object) -> None:
    hidden = disguise(UNRELATED)  # type: ignore[operator]
    alignment = aligned(hidden, UNRELATED)
    sound(alignment, hidden, UNRELATED)
    assert alignment.covered_b.mean() > 0.95


LARGE = {
    "one repeated word": "word " * 200_000,
    "one repeated sentence": "The old stone bridge collapsed late on Monday. " * 20_000,
    "the same article over and over": (REPORT + "\n") * (1_000_000 // len(REPORT)),
    "a long text without a full stop": " ".join(f"w{at * at % 7919}" for at in range(170_000)),
    "punctuation": ".“(!" * 25_000,
    "brackets": "(" * 50_000 + "A (" * 5_000,
    "short sentences": "a. " * 20_000,
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_the_work_on_large_and_degenerate_texts_is_bounded_by_their_size(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in words looked at, wherever a loop runs over pairs of places."""
    counted: dict[str, float] = {}
    common_runs, regions, counterparts = tiling.common_runs, align_kernels.regions, align_kernels.counterparts
    windows, rectangles = passage_kernels.windows, passage_kernels.rectangles

    def count_runs(*arguments: object) -> object:
        runs, counted["runs"] = common_runs(*arguments)
        return runs, counted["runs"]

    def count_regions(*arguments: object) -> object:
        found, dice, counted["regions"] = regions(*arguments)
        return found, dice, counted["regions"]

    def count_pairs(*arguments: object) -> object:
        sides = np.diff(arguments[3]), np.diff(arguments[6])  # type: ignore[call-overload]
        pairs = sides[0] * sides[1]
        counted["pairs"] = pairs[pairs <= arguments[9]].sum()
        return counterparts(*arguments)

    def count_cells(a_ids: list[int], b_ids: list[int], worth: np.ndarray, cell: int, least: float) -> object:
        counted["cells"] = (len(a_ids) // cell + 3) * (len(b_ids) // cell + 3)
        counted["seeds"] = (np.bincount(a_ids, minlength=len(worth)) * np.bincount(b_ids, minlength=len(worth)))[worth > 0].sum()
        return windows(a_ids, b_ids, worth, cell, least)

    def count_rectangles(*arguments: object) -> object:
        found, sums, left = rectangles(*arguments)
        counted["rectangles"] = arguments[-1] - left  # type: ignore[operator]
        return found, sums, left

    monkeypatch.setattr(tiling, "common_runs", count_runs)
    monkeypatch.setattr(align_kernels, "regions", count_regions)
    monkeypatch.setattr(align_kernels, "counterparts", count_pairs)
    monkeypatch.setattr(passage_kernels, "windows", count_cells)
    monkeypatch.setattr(passage_kernels, "rectangles", count_rectangles)
    shorter = text[: -len(text) // 9]
    a, b = (analyse(Article(id="a", text=each)) for each in (text, shorter))
    alignment = align(a, b)
    shared_passages(a, b)
    sound(alignment, text, shorter)
    assert len(a.start) == 0 or alignment.spans
    size = len(a.start) + len(b.start)
    longest = max(len(a.start), len(b.start))
    assert counted["runs"] <= RUN_PATIENCE * size + longest
    assert counted["regions"] <= REGION_PATIENCE * size + 160  # the last pair of sentences, 80 words each at most
    assert counted["pairs"] <= TERM_PAIRS**0.5 * size
    assert counted.get("cells", 0) <= 2 * MOST_CELLS
    assert counted.get("seeds", 0) <= REPEATS**0.5 * size
    assert counted.get("rectangles", 0) <= (STEPS + 100) * size


VOCABULARY = ["bridge", "river", "county", "fell", "Monday", "Strand", "engineer", "1874", "the", "of", "and", "a", "in", "it", "was", "said", "“", "”", ".", ",", "\n"]
STORY = st.lists(st.sampled_from(VOCABULARY), max_size=120).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(STORY, STORY)
def test_spans_are_sound_for_any_two_texts(a: str, b: str) -> None:
    sound(aligned(a, b), a, b)


SENTENCES = [each for text in (REPORT, REWRITE, INDEPENDENT, UNRELATED) for each in re.split(r"(?<=\.) |\n+", text) if each]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6)
TEXT = PARAGRAPHS.map("\n\n".join)


def seen_from(a: str, b: str, *, swapped: bool) -> list[tuple[object, ...]]:
    """Kinds, similarities and ranges of the spans of ``a`` and ``b``, ``a`` first, from either side."""
    found = aligned(b, a) if swapped else aligned(a, b)
    return sorted(
        (
            each.kind,
            round(each.similarity, 9),
            *((each.b_start, each.b_end, each.a_start, each.a_end) if swapped else (each.a_start, each.a_end, each.b_start, each.b_end)),
        )
        for each in found.spans
    )


@settings(deadline=None, max_examples=150)
@given(TEXT, TEXT)
def test_spans_of_stories_are_sound_and_the_same_from_either_side(a: str, b: str) -> None:
    sound(aligned(a, b), a, b)
    assert seen_from(a, b, swapped=False) == seen_from(a, b, swapped=True)


@settings(deadline=None, max_examples=100)
@given(TEXT)
def test_any_story_with_itself_is_one_verbatim_span_over_its_body(text: str) -> None:
    document = analyse(Article(id="a", text=text))
    if not any(end - begin >= UNIT_WORDS and document.body[begin:end].all() for begin, end in document.sentences.tolist()):
        return
    alignment = aligned(text, text)
    assert {each.kind for each in alignment.spans} <= {"verbatim", "quotation"}
    assert [(each.a_start, each.a_end) for each in alignment.spans] == [(each.b_start, each.b_end) for each in alignment.spans]
    if document.body.all():
        (span,) = alignment.spans
        assert span.kind == "quotation" or alignment.covered_a.all()  # of mostly quoted words the quotation is the span


@settings(deadline=None, max_examples=100)
@given(st.permutations(REPORT.strip().split("\n\n")[1:-1]))
def test_permuted_paragraphs_keep_their_coverage(order: list[str]) -> None:
    """The first paragraph, with the agency's dateline, and the last stay where they are."""
    first, *_, last = REPORT.strip().split("\n\n")
    shuffled = "\n\n".join([first, *order, last])
    alignment = aligned(shuffled, REPORT)
    for text, covered in ((shuffled, alignment.covered_a), (REPORT, alignment.covered_b)):
        assert covered.tolist() == analyse(Article(id="a", text=text)).body.tolist()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(UNRELATED.strip().split("\n\n")), min_size=1, max_size=6), st.booleans())
def test_text_of_another_story_moves_spans_and_loses_none(around: list[str], before: bool) -> None:
    other = "\n\n".join(around)
    longer = other + "\n\n" + REWRITE if before else REWRITE + "\n\n" + other
    shift = len(other) + 2 if before else 0
    within = aligned(longer, REPORT)
    sound(within, longer, REPORT)
    alone = {(each.b_start, each.b_end) for each in aligned(REWRITE, REPORT).spans}
    moved = {(each.b_start, each.b_end) for each in within.spans if shift <= each.a_start < shift + len(REWRITE)}
    kept = [one for one in alone if any(one[0] < two[1] and two[0] < one[1] for two in moved)]
    assert len(kept) == len(alone)


SHIP = (
    "The ferry Saint Anne ran aground off Corran Point on Sunday with 214 passengers on board. {} "
    "Salvage crews from Aberlorn pumped diesel out of her flooded engine room until nightfall."
)


def test_a_sentence_between_two_that_match_needs_less_to_match() -> None:
    told, retold = "Her captain had steered for the northern channel.", "The captain was taking the channel to the north."
    together = read(aligned(SHIP.format(told), SHIP.format(retold)), SHIP.format(told), SHIP.format(retold))
    assert ("paraphrased", told.removesuffix("."), retold.removesuffix(".")) in together
    assert aligned(told, retold).spans == ()


def test_a_phrase_that_is_little_of_both_its_sentences_is_no_span() -> None:
    one = (
        "Margaret Tully, who keeps bees behind the old mill at Fell Cross and sells honey from a stall on the moor road, said "
        "on Tuesday that the Northern Farmers Union in Castleby had set up a telephone line for neighbours without any milk or bread."
    )
    two = (
        "Prices of barley and oats rose for a fourth week in Harrow Green market while wool fell to nine pounds, according to "
        "the Northern Farmers Union in Castleby, whose weekly bulletin blamed rain, rust, dear fertiliser and slow ships from Odesa."
    )
    assert aligned(one, two).spans == ()


def test_a_speaker_is_named_only_where_both_texts_can_mean_that_one() -> None:
    said = "“Nobody in the whole county expected the central arch to go first,” said {}. {} would not say more about it that day."

    def named(one: str, other: str) -> str | None:
        (shared,) = aligned(said.format(one, "Nobody"), said.format(other, "The mayor")).quotations
        return shared.speaker

    assert named("Margaret Lee", "Margaret Lee") == "Margaret Lee"
    assert named("Margaret Lee", "Mayor Lee") == "Margaret Lee"
    assert named("Margaret Lee", "Tom Leeson") is None
    assert named("Julio Lee", "Elena Lee") is None
    assert named("Day Lee", "Elena Lee") is None, "a word of the text, but no title there"
    assert named("J. Lee", "Julio Lee") == "Julio Lee"
    assert named("Margaret Lee", "one man") is None, "of whom the other text does not know"


def test_speech_that_is_only_loosely_alike_is_no_quotation_of_both() -> None:
    one = "“We are examining why the entry of the night was not acted on,” said Paul Reed of the board in Kerr."
    other = "“We will find out why nobody had acted on the night call to the harbour,” said Owen Tully of the club in Orr."
    assert aligned(one, other).quotations == ()
