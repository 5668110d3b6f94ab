"""What ``judge`` promises: a verdict with its reasons, a direction or an honest "undetermined"."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.fit_judge import AMOUNT
from detector import compare, judge
from detector.judge import SHORT_LOG_ODDS, TEMPLATE_LOG_ODDS, LinearModel, _model, derivation, probability
from detector.judging import evidence
from detector.judging.measures import Measures, weighed
from detector.model import DERIVATIVE, LIKELY, Article, Match
from detector.report import direction_lines, sentence
from detector.text import analyse
from tests.stories import FACTORY, FACTORY_IN_A_SHRILL_TONE, GARDEN, GARDEN_AGAIN, INDEPENDENT, REPORT, REWRITE, UNRELATED


def article(name: str, text: str, **known: str) -> Article:
    return Article(id=name, text=text, **known)  # type: ignore[arg-type]


REPORTED, REWRITTEN = article("report", REPORT, source="Northern Wire"), article("rewrite", REWRITE, source="Daily Digest")


def told(match: Match, name: str) -> list[str]:
    return [each.sentence for each in match.evidence if each.name == name]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (REPORT, "duplicate"),
        (REPORT.replace("\n\n", "\n").upper(), "duplicate"),
        (REPORT.replace("Monday", "Sunday"), "near-duplicate"),
        (REWRITE, "rewrite"),
        (INDEPENDENT, "same-event"),
        (UNRELATED, "unrelated"),
        ("", "unrelated"),
        ("Word", "unrelated"),
    ],
)
def test_the_verdict_on_a_report_and_another_text(text: str, verdict: str) -> None:
    assert compare(REPORTED, article("other", text)).verdict == verdict


@pytest.mark.parametrize(
    ("once", "now"),
    [("on Monday night", "on Monday, March 3, at night"), ("two empty cars", "120 empty cars"), ("the parish hall", "Eastfield Hall")],
)
def test_a_fact_that_one_of_two_copies_has_alone_does_not_make_it_the_source(once: str, now: str) -> None:
    match = compare(article("first", REPORT), article("second", REPORT.replace(once, now)))
    assert match.verdict == "near-duplicate"
    assert match.direction is None
    dated = compare(article("first", REPORT, published="2024-03-04"), article("second", REPORT.replace(once, now), published="2024-03-05"))
    assert dated.direction is not None
    assert dated.direction.source == "first"


def test_a_short_story_put_into_other_words_throughout_is_found_by_its_names_in_order() -> None:
    match = compare(article("story", GARDEN), article("again", GARDEN_AGAIN))
    assert match.containment_a == match.containment_b == 0, "no five words in a row are left"
    assert match.probability > 0.9
    (sequence,) = told(match, "sequence")
    assert sequence.startswith("100 % of the names and numbers of ")


def test_what_agrees_counts_for_more_the_more_is_told() -> None:
    """The same shares in a brief and in a story: the likelier chance is, the less they say."""

    def odds(words: float | None) -> float:
        return derivation(_model("derivation"), weighed({"facts": (0.9, 0.8), "amount": (words, words)}))[0]

    assert odds(None) == odds(100)
    assert odds(250) - odds(90) == pytest.approx(AMOUNT * math.log(250 / 90))
    assert odds(20) == odds(90) < odds(91) < odds(249) < odds(250) == odds(2000)


def test_a_source_is_named_with_an_if_where_derivation_is_less_than_very_likely() -> None:
    match = compare(REPORTED, REWRITTEN)
    assert match.direction is not None
    assert match.probability > 0.9
    assert direction_lines(match)[0].startswith("report is the source of rewrite (confidence ")
    less = direction_lines(replace(match, probability=0.7))[0]
    assert less.startswith("If either was made from the other, report is the source of rewrite (confidence ")


def test_the_words_that_count_are_the_shorter_texts_own() -> None:
    shorter = "The old bridge at Kerr fell on Monday night, Ann Lee said."
    for text in (shorter, shorter + ' "Nobody asked any of us about it at all," she told us.'):
        (amount,) = [each for each in compare(article("story", GARDEN), article("brief", text)).evidence if each.name == "amount"]
        assert amount.a == amount.b == 12 + 3 * (text != shorter), "what is quoted is not its own"
        assert "texts this short agree on much by chance" in amount.sentence
        assert amount.contribution < 0
    (amount,) = [each for each in compare(article("story", GARDEN), article("again", GARDEN_AGAIN)).evidence if each.name == "amount"]
    assert "texts this long agree on less by chance" in amount.sentence
    assert amount.contribution > 0


@pytest.mark.parametrize("text", ["一座老石桥在河上倒塌了，警察说没有人受伤。" * 9, '"Nobody asked Ann Lee of Kerr, or Moe Orr of Hay, about it."'])
def test_without_words_of_its_own_none_are_counted(text: str) -> None:
    assert not [each for each in compare(article("one", text), article("two", text)).evidence if each.name == "amount"]


def test_a_rewrite_in_another_order_is_one_of_the_whole() -> None:
    """Its names and numbers are all there, in whatever order: it is no text of its own with some passages taken."""
    paragraphs = GARDEN_AGAIN.strip().split("\n\n")
    turned = compare(article("story", GARDEN), article("again", "\n\n".join(paragraphs[::-1])))
    assert turned.verdict == "rewrite"
    assert {each.a for each in turned.evidence if each.name == "sequence"} != {1.0}


def test_a_story_told_again_in_another_tone_is_found_by_its_numbers_too() -> None:
    match = compare(article("story", FACTORY), article("again", FACTORY_IN_A_SHRILL_TONE))
    assert match.containment_b < 0.03
    assert match.verdict == "rewrite"
    (numbers,) = [each for each in match.evidence if each.name == "numbers"]
    assert numbers.b == 1
    assert numbers.contribution > 0


def test_a_rewrite_of_a_part_of_a_long_article_is_found() -> None:
    long = article("long", FACTORY + GARDEN + INDEPENDENT + UNRELATED)
    match = compare(long, article("again", FACTORY_IN_A_SHRILL_TONE))
    assert match.probability >= LIKELY


def test_a_few_passages_taken_into_a_story_of_its_own_are_not_a_rewrite() -> None:
    taken = "\n\n".join(REPORT.split("\n\n")[3:5])
    mixed = article("mixed", UNRELATED + "\n" + INDEPENDENT + "\n" + taken, published="2024-03-06")
    match = compare(replace(REPORTED, published="2024-03-05"), mixed)
    assert match.verdict in ("partial", "common-source")
    assert match.longest >= 60


def paragraphs(text: str, first: int, last: int) -> str:
    return "\n\n".join(text.strip().split("\n\n")[first:last])


@pytest.mark.parametrize(
    ("source", "derived"),
    [
        (GARDEN, GARDEN_AGAIN),
        (GARDEN, paragraphs(GARDEN_AGAIN, 0, 6)),
        (REPORT, REWRITE),
        (REPORT, paragraphs(REWRITE, 0, 4)),
        (REPORT, paragraphs(REPORT, 0, 3)),
    ],
)
def test_a_text_with_nothing_of_its_own_is_a_rewrite_however_few_passages_are_found(source: str, derived: str) -> None:
    match = compare(article("source", source, published="2024-03-05"), article("derived", derived, published="2024-03-06"))
    assert match.verdict == "rewrite"


@pytest.mark.parametrize(
    ("source", "derived"),
    [
        (REPORT, "\n\n".join((paragraphs(REPORT, 0, 4), INDEPENDENT, UNRELATED))),
        (REPORT, "\n\n".join((paragraphs(REPORT, 0, 4), UNRELATED, paragraphs(GARDEN, 0, 3)))),
        (GARDEN, "\n\n".join((INDEPENDENT, paragraphs(GARDEN, 0, 4), UNRELATED))),
    ],
)
def test_a_text_with_more_reporting_of_its_own_than_it_took_is_partial(source: str, derived: str) -> None:
    match = compare(article("source", source, published="2024-03-05"), article("derived", derived, published="2024-03-06"))
    assert match.verdict == "partial"
    assert match.coverage_b >= 0.3, "by its passages alone it would be a rewrite"


def test_two_reports_that_carry_the_same_agency_copy_have_a_common_source() -> None:
    copy = "(AP) - The army is expected to lay a temporary crossing by Friday, and pupils will be taught in the parish hall.\n"
    one = article("one", copy + INDEPENDENT)
    two = article("two", copy + "\n".join(REPORT.split("\n\n")[4:]).replace("Councillor", "Mr") + UNRELATED)
    match = compare(one, two)
    assert match.verdict == "common-source"
    assert told(match, "agency") == ["Both credit AP, which speaks for a common source."]


COPY = "LONDON (Reuters) - " + "\n\n".join(REPORT.split("\n\n")[1:4]).replace("Northern Wire", "reporters")


def test_an_agencys_client_took_from_the_agency_and_not_the_agency_from_its_client() -> None:
    agency = article("agency", COPY, source="Reuters")
    client = article("client", COPY + "\n\n" + INDEPENDENT, source="Valley Post")
    match = compare(agency, client)
    assert match.direction is None or match.direction.source == "agency"
    assert told(match, "attribution")[0].startswith("client cites Reuters")


def test_two_clients_of_one_agency_have_a_common_source_and_neither_is_accused() -> None:
    one = article("one", COPY + "\n\n" + INDEPENDENT, source="Valley Post")
    two = article("two", COPY + "\n\n" + UNRELATED, source="Castleby Echo")
    match = compare(one, two)
    assert match.verdict == "common-source"
    assert match.direction is None
    assert told(match, "agency") == ["Both credit Reuters, which speaks for a common source."]


def test_of_two_copies_that_credit_one_agency_neither_is_told_to_be_the_source() -> None:
    one = article("one", f"CASTLEBY (AP) — {COPY}", published="2024-05-01T10:00:00Z")
    two = article("two", f"{COPY}\n\nThe Associated Press", published="2024-05-01T12:30:00Z")
    match = compare(one, two)
    assert (match.verdict, match.direction) == ("near-duplicate", None)
    assert sentence(match).endswith("both may have it from the agency that they credit")
    assert "both may have it from the agency" in told(match, "direction")[0]


def test_a_service_that_nobody_knows_is_an_agency_where_both_are_credited_to_it() -> None:
    copy = COPY.replace("Reuters", "Pressline")
    one = article("one", copy + "\n\n" + INDEPENDENT, source="Valley Post", published="2024-03-05")
    two = article("two", copy + "\n\n" + UNRELATED, source="Castleby Echo", published="2024-03-06")
    match = compare(one, two)
    assert (match.verdict, match.direction) == ("common-source", None)
    assert told(match, "agency") == ["Both credit Pressline, which speaks for a common source."]
    assert compare(one, replace(two, text="By Pressline\n\n" + two.text.replace("(Pressline) ", ""))).verdict == "common-source"
    own = compare(replace(one, source="Pressline"), two)
    assert own.direction is not None, "the service's own story is the source of its client's"
    assert own.direction.source == "one"
    assert compare(one, replace(two, text=two.text.replace("(Pressline) ", ""))).direction is not None


def test_naming_an_agency_in_the_story_is_no_credit() -> None:
    named = " Reuters reported last week that the county had known of the cracks."
    match = compare(replace(REPORTED, text=REPORT + named), replace(REWRITTEN, text=REWRITE + named))
    assert match.verdict == "rewrite"
    assert match.direction is not None


FIRST_LINE = "KERRIGAN (Reuters) - "
TOLD = "\n\n".join(REPORT.split("\n\n")[1:5]).replace("Northern Wire", "reporters")
SAYING = TOLD.replace("chief engineer of Morvane County.", "chief engineer of Morvane County, Reuters reported.")
ACCORDING = TOLD.replace("carried about 4,200 vehicles a day", "carried about 4,200 vehicles a day, according to Reuters")


@pytest.mark.parametrize("outlets", [(None, None), ("Valley Post", "Castleby Echo"), (None, "Castleby Echo"), ("Valley Post", None)])
@pytest.mark.parametrize("named", [SAYING, ACCORDING])
def test_an_agency_credited_by_one_and_named_by_the_other_for_the_same_words_is_their_common_source(
    named: str, outlets: tuple[str | None, str | None]
) -> None:
    one = article("one", FIRST_LINE + TOLD + "\n\n" + UNRELATED, **({"source": outlets[0]} if outlets[0] else {}))
    two = article("two", named + "\n\n" + INDEPENDENT, **({"source": outlets[1]} if outlets[1] else {}))
    match = compare(one, two)
    assert match.verdict == "common-source"
    assert match.direction is None
    assert told(match, "attribution") == []
    assert told(match, "agency") == ["one credits Reuters, and two names it for what both have, which speaks for a common source."]


def test_who_names_the_agency_whose_own_story_is_in_the_folder_took_from_it() -> None:
    own = article("own", FIRST_LINE + TOLD, source="Reuters")
    match = compare(own, article("two", SAYING + "\n\n" + INDEPENDENT, source="Castleby Echo"))
    assert match.verdict in DERIVATIVE
    assert told(match, "attribution") == ["two cites Reuters (“Reuters reported”), the outlet of own."]
    assert match.direction is None or match.direction.source == "own"


def test_an_agency_guessed_from_a_dateline_is_a_credit_and_no_outlet() -> None:
    one = Article(id="one", text=FIRST_LINE + TOLD + "\n\n" + UNRELATED, source="Reuters", guessed=("source",))
    match = compare(one, article("two", SAYING + "\n\n" + INDEPENDENT))
    assert match.verdict == "common-source"
    assert told(match, "attribution") == []


def test_an_agency_named_for_something_else_is_no_credit_for_what_both_have() -> None:
    aside = "Reuters reported last week that ministers want fewer lorries on mountain passes."
    match = compare(article("one", FIRST_LINE + TOLD), article("two", TOLD + "\n\n" + INDEPENDENT + "\n" + aside))
    assert match.verdict in DERIVATIVE
    assert told(match, "agency") == []


def test_the_name_of_the_agency_alone_does_not_make_one_of_two_copies_the_source() -> None:
    match = compare(article("one", FIRST_LINE + TOLD), article("two", SAYING))
    assert match.verdict == "near-duplicate"
    assert match.direction is None


def test_of_two_copies_the_one_with_the_agencys_credit_is_the_source() -> None:
    agencys, bare = article("agencys", FIRST_LINE + TOLD), article("bare", TOLD)
    for match in (compare(agencys, bare), compare(bare, agencys)):
        assert match.direction is not None
        assert match.direction.source == "agencys"
        assert match.direction.evidence[0].startswith("agencys is credited to Reuters (“(Reuters)”), which bare does not name;")


URDU = """لاہور ({agency}) پنجاب کے وزیر تعلیم نے کہا ہے کہ صوبے کے تمام دیہات میں نئے سکول کھولے جائیں گے اور اساتذہ کی کمی پوری کی جائے گی۔
انہوں نے کہا کہ رواں سال کے بجٹ میں اس مقصد کیلئے دو ارب روپے رکھے گئے ہیں۔ پرانی عمارتوں کی مرمت کا کام بھی جلد شروع ہو گا۔
وزیر نے بتایا کہ طلبہ کو کتابیں مفت دی جائیں گی اور لڑکیوں کیلئے وظائف کا اعلان اگلے ماہ کیا جائے گا۔"""


def test_who_took_from_whom_is_told_by_the_agencys_credit_where_a_script_shows_no_names() -> None:
    agencys = article("agencys", URDU.format(agency="اے پی پی"))
    paper = article("paper", URDU.format(agency="نامہ نگار").replace("جلد شروع ہو گا", "اسی ماہ شروع کیا جائے گا"))
    match = compare(paper, agencys)
    assert match.direction is not None
    assert match.direction.source == "agencys"


@pytest.mark.parametrize(
    "known",
    [{"source": "Reuters"}, {"source": "reuters.com"}, {"author": "Jane Roe, Reuters"}, {"url": "https://www.reuters.com/world/1"}],
)
def test_the_agencys_own_story_is_not_made_from_its_clients(known: dict[str, str]) -> None:
    match = compare(article("own", TOLD, **known), article("client", FIRST_LINE + TOLD, source="Valley Post"))
    assert match.verdict in DERIVATIVE
    assert match.direction is None or match.direction.source == "own"
    assert "is credited to" not in " ".join(told(match, "direction") + list(match.direction.evidence if match.direction else ()))


def test_a_text_that_names_the_agency_in_whatever_way_does_not_lack_its_credit() -> None:
    named = TOLD + "\n\nAn earlier story by Reuters had it first.\n"
    match = compare(article("named", named, source="Hill News"), article("client", FIRST_LINE + TOLD, source="Valley Post"))
    assert match.verdict in DERIVATIVE
    assert match.direction is None


def test_a_part_from_an_agency_is_not_the_whole_from_it() -> None:
    helped = TOLD + "\n\nReuters contributed to this report.\n"
    match = compare(article("one", helped), article("two", SAYING + "\n\n" + INDEPENDENT))
    assert match.verdict in DERIVATIVE
    assert told(match, "agency") == []


def test_what_a_text_has_of_its_own_lies_in_no_passage_and_is_not_told_by_the_other_in_other_words() -> None:
    own = "Visitors can hear the signal bell rung every Sunday from next spring."
    text = f"{GARDEN_AGAIN}\n{own}\n"
    match = compare(article("garden", GARDEN), article("again", text))
    assert match.new_b is not None
    found = [text[start:end] for start, end in match.new_b]
    assert own[:-1] in found
    told = ["Nadia Ferris", "180 apartments", "Mark Tilley", "2,000", "1996", "quarrelling"]
    assert not [each for each in found for name in told if name in each], "the other text names the same"
    for start, end in match.new_b:
        assert not [each for each in match.spans if each.b_start < end and start < each.b_end]


def test_what_is_of_its_own_is_asked_only_where_something_was_taken() -> None:
    assert compare(article("report", REPORT), article("own", INDEPENDENT)).new_a is None
    assert compare(article("report", REPORT), article("again", REPORT)).new_b == ()


def test_lifted_passages_without_any_credit_are_partial() -> None:
    lifted = REPORT.split("\n\n")[3] + "\n\n" + UNRELATED
    match = compare(REPORTED, article("feature", lifted))
    assert match.verdict == "partial"
    assert match.probability >= 0.5


def test_a_short_first_report_with_an_earlier_time_is_the_source_of_the_full_one() -> None:
    flash = article("flash", "\n\n".join(REPORT.split("\n\n")[:2]), published="2024-03-05T08:10")
    full = article("full", REPORT, published="2024-03-05T17:40")
    match = compare(flash, full)
    assert match.direction is not None
    assert match.direction.source == "flash"
    assert match.direction.evidence[0].startswith("flash was published first")
    assert compare(replace(flash, published=None), full).direction is None


def test_a_quotation_that_a_rewrite_adds_does_not_make_it_the_source() -> None:
    local = (
        "\n\n“We were lucky that nobody was on the bridge,” said Ingrid Halvorsen, a Liberal councillor in Ostby, on Wednesday. "
        "“The 1,200 people of Lower Ostby have no way across now,” she told Radio Fjord."
    )
    match = compare(article("report", REPORT), article("rewrite", REWRITE + local))
    assert match.direction is not None
    assert match.direction.source == "report"


def test_shares_are_told_as_they_can_be_counted() -> None:
    match = compare(REPORTED, article("copy", REPORT + " "))
    for name in ("names", "numbers", "facts", "coverage"):
        (sentence,) = told(match, name)
        assert sentence.count("100 %") == 2
    assert match.cosine == 1


def test_two_short_texts_without_a_passage_in_common_are_not_said_to_share_an_event() -> None:
    assert compare(article("a", "Rain fell on the county today."), article("b", "Rain on the roof.")).verdict == "unrelated"


def test_the_probability_falls_from_rewrite_to_independent_report_to_another_story() -> None:
    likely = [compare(REPORTED, article("other", text)).probability for text in (REWRITE, INDEPENDENT, UNRELATED)]
    assert likely == sorted(likely, reverse=True)
    assert likely[0] > 0.9
    assert likely[1] < 0.3


def test_a_text_that_cites_the_others_outlet_is_the_derived_one() -> None:
    match = compare(REWRITTEN, REPORTED)
    assert match.direction is not None
    assert (match.direction.source, match.direction.derived) == ("report", "rewrite")
    assert match.direction.confidence > 0.9
    assert any("cites Northern Wire" in each and "told Northern Wire" in each for each in match.direction.evidence)
    assert told(match, "attribution") == ["rewrite cites Northern Wire (“told Northern Wire”), the outlet of report."]


def test_the_name_of_the_outlet_cited_is_not_counted_as_a_name_that_the_source_lacks() -> None:
    source = article("source", GARDEN, source="Harbour Gazette")
    cited = article("cited", GARDEN_AGAIN + "The Harbour Gazette reported the vote first.", source="Island Post")
    match = compare(source, cited)
    (names,) = told(match, "names")
    assert names.count("100 %") == 2
    assert match.direction is not None
    assert match.direction.source == "source"
    (others,) = told(compare(replace(source, source="Echo"), cited), "names")
    assert others.count("100 %") == 1, "of any other outlet it is a name like others"


@pytest.mark.parametrize(
    ("outlet", "phrase"),
    [
        ("Morvane Ledger", "told the Ledger"),
        ("The Morvane Ledger", "told The Morvane Ledger"),
        ("Pulse", "Pulse reported"),
        ("Coast Compass", "the Coast Compass has previously reported"),
        ("Valley Digest", "according to the Digest"),
    ],
)
def test_an_outlet_known_by_its_metadata_is_cited_whatever_its_name(outlet: str, phrase: str) -> None:
    full = f" Nobody had read the {outlet.removeprefix('The ')} that day."
    cited = f"{REWRITE}\nShe {phrase} that." if phrase.startswith("told") else f"{REWRITE}\nIt will reopen in May, {phrase}."
    cited += full if " the " in phrase else ""
    one, two = article("one", REPORT.replace("(Northern Wire) ", ""), source=outlet), article("two", cited, source="Post")
    assert told(compare(one, two), "attribution") == [f"two cites {outlet} (“{phrase}”), the outlet of one."]
    assert told(compare(replace(one, source="Echo"), two), "attribution") == []


@pytest.mark.parametrize(
    ("outlet", "said"),
    [
        ("Lagos Post", "She told the Post Office about it."),
        ("The National", "According to the National Health Service, nobody was hurt."),
        ("The State", "She told the State Department about it."),
        ("The Sun", "According to the Sun Belt states, nobody was hurt. Sun reports of rain were late."),
        ("The Ministry", "According to the Ministry of Works, nobody was hurt."),
        ("Metro", "She spoke to Metro workers."),
        ("The Times", "She told The Times of India about it."),
        ("Lund Post", "She told the Post about it."),
        ("Lund Herald", "She told the Herald about it."),
        ("Time", "Time reports were late."),
    ],
)
def test_a_name_like_an_outlets_is_no_citation(outlet: str, said: str) -> None:
    one, two = article("one", REPORT.replace("(Northern Wire) ", ""), source=outlet), article("two", f"{REWRITE}\n{said}", source="Echo")
    assert told(compare(one, two), "attribution") == []


@pytest.mark.parametrize(
    ("one", "two", "changed"),
    [
        ("-12 degrees", "12 degrees", [("-12", "12")]),
        ("$310 million", "€310 million", [("$310 million", "€310 million")]),
        ("310 million", "£310 million", []),
    ],
)
def test_texts_that_differ_in_a_sign_alone_are_not_the_same_text(one: str, two: str, changed: list[tuple[str, str]]) -> None:
    told_of = REPORT + "\n\nThe record of that winter was {}, the clerk wrote."
    match = compare(article("one", told_of.format(one)), article("two", told_of.format(two)))
    assert match.verdict == "near-duplicate"
    assert [(each.a, each.b) for each in match.facts if each.state == "changed"] == changed
    assert compare(article("one", told_of.format(one)), article("two", told_of.format(one))).verdict == "duplicate"


@pytest.mark.parametrize("rubric", ["(Updated)", "(Monday)", "(Lagos)", "(Photo)", "(Jane Roe)", "(News)", "(Valley Press Group)"])
def test_not_all_that_stands_in_brackets_is_an_agency(rubric: str) -> None:
    one = article("one", f"KERRIGAN {rubric} - " + REPORT.split(" - ", 1)[1], source="Valley Press")
    two = article("two", f"KERRIGAN {rubric} - {REWRITE}", source="Castleby Echo")
    assert told(compare(one, two), "agency") == []


def test_a_text_does_not_cite_itself_as_another() -> None:
    renamed = replace(REWRITTEN, source="Northern Wire")
    assert told(compare(renamed, REPORTED), "attribution") == []


def test_the_outlet_of_a_dateline_is_the_texts_own() -> None:
    bare = replace(REPORTED, source=None)
    assert told(compare(replace(REWRITTEN, source=None), bare), "attribution") == [
        "rewrite cites Northern Wire (“told Northern Wire”), the outlet of report."
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-03-05", "2024-03-06"),
        ("2024-03-05T08:00", "2024-03-05T09:30"),
        ("2024-03-05 08:00:00", "2024-03-05 09:30:00"),
        ("2024-03-05T10:00+02:00", "2024-03-05T09:00Z"),
    ],
)
def test_the_earlier_of_two_copies_is_the_source(first: str, second: str) -> None:
    one, two = article("x", UNRELATED, published=second), article("y", UNRELATED, published=first)
    match = compare(one, two)
    assert match.direction is not None
    assert match.direction.source == "y"
    assert match.direction.evidence[0].startswith("y was published first")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (None, None, "Neither has a date, which would decide."),
        ("2024-03-05", "2024-03-05T09:30", "Both are of 2024-03-05, and times of day would decide."),
        ("2024-03-05 09:30", "2024-03-05", "Both are of 2024-03-05, and times of day would decide."),
        ("2024-03-05 09:30", "2024-03-05 09:30:00", "Both are of 2024-03-05 09:30."),
        ("2024-03-05T09:30", "2024-03-05T09:30", "Both are of 2024-03-05 09:30."),
        ("soon", "2024-03-05", "The date of x, “soon”, cannot be read for sure."),
        ("2024-03-05", None, "y has no date, which would decide."),
    ],
)
def test_copies_without_telling_dates_are_undetermined_and_the_report_says_why(
    first: str | None, second: str | None, why: str
) -> None:
    match = compare(article("x", UNRELATED, published=first), article("y", UNRELATED, published=second))  # type: ignore[arg-type]
    assert match.direction is None
    (said,) = told(match, "direction")
    assert "undetermined" in said
    assert said.endswith(why)


def test_a_reason_for_a_direction_gives_what_the_source_has_and_says_why_that_tells() -> None:
    direction = compare(REWRITTEN, REPORTED).direction
    assert direction is not None
    (detail,) = [each for each in direction.evidence if "names and numbers of report" in each]
    assert detail == (
        "Where both tell the same, rewrite has 96 % of the names and numbers of report (not Arle), and report 100 % of those of "
        "rewrite; a rewriter tends to lose some."
    )


def test_no_direction_is_given_where_nothing_was_taken() -> None:
    dated = replace(REPORTED, published="2024-03-05")
    assert compare(dated, article("other", INDEPENDENT, published="2024-03-06")).direction is None


def test_shared_quotations_are_named_with_their_speaker() -> None:
    match = compare(REPORTED, article("independent", INDEPENDENT))
    (sentence,) = told(match, "quotation")
    assert sentence.startswith("Both quote Helen Strand: “Nobody expected the centre to go first”.")


def test_facts_are_kept_changed_added_and_dropped() -> None:
    changed = REPORT.replace("4,200 vehicles", "4,300 cars").replace("Councillor Peter Vaughan", "Councillor Lucy Orme")
    added = "\n\nLater that week it rained on a garden party of Olga Pell and her guests."
    match = compare(article("a", changed), article("b", REPORT + added))
    facts = {(each.kind, each.state, each.a, each.b) for each in match.facts}
    assert ("number", "changed", "4,300", "4,200") in facts
    assert ("name", "b-only", None, "Olga Pell") in facts
    assert ("number", "shared", "1874", "1874") in facts
    assert ("name", "changed", "Lucy Orme", "Peter Vaughan") in facts


def test_a_family_name_is_no_fact_beside_the_full_name() -> None:
    one = article("one", "On Monday the mayor, Ann Lee, opened the bridge at Kerr. Lee said that Moe had built it in 1990.")
    two = article("two", "The bridge at Kerr, which Moe built in 1990, was opened by Ann Lee. On Monday Lee was glad.")
    told = [(each.a, each.b) for each in compare(one, two).facts if each.kind == "name"]
    assert ("Ann Lee", "Ann Lee") in told
    assert ("Lee", "Lee") not in told
    assert ("Moe", "Moe") in told, "nothing longer ends in it"


def test_a_name_is_shared_only_where_it_stands_as_a_name() -> None:
    told = "The {} met the council of the county on Monday and left in the evening without a word to anybody."
    match = compare(
        article("a", told.format("spokesman John Kirby")), article("b", told.format("engineer John Smith of Kirby Road"))
    )
    assert ("name", "John Kirby") not in {(each.kind, each.a) for each in match.facts if each.state == "shared"}


def test_a_name_is_the_same_with_a_title_before_it() -> None:
    told = "Divers searched the river until dawn and found two empty cars, {} told reporters on Monday."
    names = ["Superintendent Moira Callaghan", "Moira Callaghan"]
    for one, other in (names, names[::-1]):
        match = compare(article("a", told.format(one)), article("b", told.format(other)))
        assert {each.state for each in match.facts if "Callaghan" in f"{each.a}{each.b}"} == {"shared"}


OFFICE = "On Monday the {} met those who had been there, and it said that {} had known About the {} of it. About ten were ill."


@pytest.mark.parametrize(
    ("one", "two", "a_only", "b_only"),
    [
        (("Accident Office", "Ann Lee", "harm"), ("Office", "Lee", "harm"), {"Accident Office"}, {"Office"}),
        (("Office", "Lee", "harm"), ("Accident Office", "Ann Lee", "harm"), {"Office"}, {"Accident Office"}),
        (("Accident Office", "Kenya's Ann Lee", "harm"), ("Accident Office", "Ann Lee", "harm"), {"Kenya"}, set()),
        (("Accident Office", "Kenya’s", "harm"), ("Accident Office", "Kenya", "harm"), set(), set()),
        (("Accident Office", "14 million", "harm"), ("Accident Office", "£14m", "harm"), set(), set()),
    ],
)
def test_a_fact_is_kept_however_it_is_written_and_no_other_is_taken_for_it(
    one: tuple[str, str, str], two: tuple[str, str, str], a_only: set[str], b_only: set[str]
) -> None:
    found = compare(article("a", OFFICE.format(*one)), article("b", OFFICE.format(*two))).facts
    assert {each.a for each in found if each.state == "a-only"} == a_only
    assert {each.b for each in found if each.state == "b-only"} == b_only
    assert not {"About"} & {each.a for each in found}


@pytest.mark.parametrize(
    ("head", "foot", "agency"),
    [
        ("MOSCOW, November 25. /TASS/. ", "", "TASS"),
        ("", "\n\n— AFP\n", "AFP"),
        ("ROMA (ANSA) – ", "", "ANSA"),
        ("КИЕВ, 25 ноя — РИА Новости. ", "", "RIA Novosti"),
        ("新华社北京11月25日电 ", "", "Xinhua"),
        ("【法新社】", "", "AFP"),
        ("LONDON, Nov 25 — Reuters. ", "", "Reuters"),
        ("Berlin — dpa: ", "", "dpa"),
        ("MINSK (BelTA) – ", "", "BelTA"),
        ("", "\n\nPTI\n", "PTI"),
        ("", "\n\nIANS\n", "IANS"),
        ("By Jane Doe, Associated Press\n\n", "", "AP"),
    ],
)
def test_an_agency_credited_in_its_own_form_is_a_common_source(head: str, foot: str, agency: str) -> None:
    one, two = (f"{head}{TOLD}\n\n{own}{foot}" for own in (UNRELATED, INDEPENDENT))
    match = compare(article("one", one), article("two", two))
    assert match.verdict == "common-source"
    assert told(match, "agency") == [f"Both credit {agency}, which speaks for a common source."]


@pytest.mark.parametrize(
    ("one", "two"), [("AP", "Associated Press"), ("PA", "PA Media"), ("AFP", "Agence France-Presse"), ("TASS", "ITAR-TASS"), ("dpa", "Deutsche Presse-Agentur")]
)
def test_an_agency_under_two_of_its_names_is_one_source(one: str, two: str) -> None:
    match = compare(article("one", f"LONDON ({one}) - {TOLD}\n\n{UNRELATED}"), article("two", f"LONDON ({two}) - {TOLD}\n\n{INDEPENDENT}"))
    assert match.verdict == "common-source"
    assert told(match, "agency") == [f"Both credit {one}, which speaks for a common source."]


def test_an_agency_given_as_outlet_under_another_name_is_cited() -> None:
    own = article("own", FIRST_LINE + TOLD, source="The Associated Press")
    match = compare(own, article("two", SAYING.replace("Reuters", "AP") + "\n\n" + INDEPENDENT, source="Castleby Echo"))
    assert told(match, "attribution") == ["two cites AP (“AP reported”), the outlet of own."]


def test_a_text_of_quotations_only_shows_no_share_of_its_own_words() -> None:
    spoken = "“We closed the left lane in January, and nobody expected the centre of the bridge to go before the piers.”"
    match = compare(article("a", spoken), article("b", REPORT))
    assert told(match, "coverage")[0].count("—") == 1
    assert next(each for each in match.evidence if each.name == "coverage").a is None


def test_the_contributions_add_up_to_the_probability() -> None:
    match = compare(REWRITTEN, REPORTED)
    from detector.judge import _model

    log_odds = _model("derivation").intercept + sum(each.contribution for each in match.evidence)
    assert probability(log_odds) == pytest.approx(match.probability, abs=1e-5)


def test_two_notices_made_from_one_template_are_not_taken_for_a_rewrite() -> None:
    notice = "Quarterly dividend of {} cents against {} cents before. Payable on April {}, of record on March {}."
    match = compare(article("one", notice.format(25, 25, 24, 30)), article("two", notice.format(25, 20, 24, 30)))
    assert match.verdict not in DERIVATIVE
    assert match.probability == pytest.approx(probability(SHORT_LOG_ODDS))
    assert told(match, "short") == ["The shorter text has 18 words of prose, too few to tell a rewrite from what a template makes alike."]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The report that was made by Joost de Wit and Ludwig van der Berg was read to those of the council who had not seen it.", {"Joost de Wit", "Ludwig van der Berg"}),
        ("Then Osama bin Laden is said to have met Leonardo di Caprio there.", {"Osama bin Laden", "Leonardo di Caprio"}),
        ("The Bank of England paid Maria de Souza, de Vries and a van, Ann said.", {"Bank", "England", "Maria de Souza", "Vries", "Ann"}),
        ("El informe de la ministra Ana Botella sobre el Banco de España no es lo que se esperaba en la sala.", {"Ana Botella", "Banco", "España"}),
        ("Der Chef von Anna Koch sprach nicht von dem, was in Kiew das Werk von der Familie von Ursula ist.", {"Anna Koch", "Kiew", "Ursula"}),
    ],
)  # fmt: skip
def test_small_words_inside_a_name_belong_to_it(text: str, names: set[str]) -> None:
    match = compare(article("one", text), article("two", text + " "))
    assert {each.a for each in match.facts if each.kind == "name"} == names


RESULTS = """{0}'s profit rose to ${1} million in the third quarter, the {2} company said on Thursday, ahead of forecasts.

The maker of {3} earned ${4} a share, against ${5} a share a year before. {6} of the brokers {7} had expected ${8} a share.

Sales went up {9} percent to ${10} million in the three months. {0} now expects to earn between ${11} and ${12} a share this year.
"""
HALDEN = ("Halden", 212, "Chicago", "Pepperidge soups", 1.34, 1.12, "Moira Lang", "Ames Hart", 1.28, 7.5, 3200, 5.1, 5.3)
ORRICK = ("Orrick", 88, "Pittsburgh", "Bannock girders", 0.45, 0.61, "Tom Beddoes", "Kerr & Sons", 0.39, 2.1, 1900, 1.7, 1.9)


def test_one_template_filled_in_with_other_news_is_no_rewrite() -> None:
    match = compare(*(article(news[0], RESULTS.format(*news)) for news in (HALDEN, ORRICK)))
    assert (match.verdict, match.direction) == ("common-source", None)
    assert match.probability <= probability(TEMPLATE_LOG_ODDS) + 1e-6
    assert "both fill in one template, with other news" in told(match, "template")[0]
    assert sentence(match) == "Halden and Orrick fill in one template with other news"
    assert direction_lines(match)[1:] == tuple(told(match, "template"))


def test_a_long_passage_lifted_into_a_template_is_told_as_such() -> None:
    lifted = (
        "Analysts who have followed the trade for years say that the old plants along the river will hardly be kept once the new "
        "line is paid for, that the towns which lived on them have been told nothing, and that nobody in the ministry wants to be "
        "the one who tells them before the vote in spring.\n"
    )
    match = compare(*(article(news[0], RESULTS.format(*news) + "\n" + lifted) for news in (HALDEN, ORRICK)))
    assert match.verdict in DERIVATIVE
    assert not told(match, "template")


def test_a_rewrite_of_a_notice_is_told_from_its_template() -> None:
    again = RESULTS.replace("rose to", "climbed to").replace("went up", "grew by").replace("ahead of forecasts", "beating forecasts")
    match = compare(article("one", RESULTS.format(*HALDEN)), article("two", again.format(*HALDEN)))
    assert match.verdict in DERIVATIVE
    assert not told(match, "template")


@pytest.mark.parametrize("other", [INDEPENDENT, UNRELATED, REWRITE])
def test_reading_a_pair_the_other_way_round_changes_nothing_but_the_sides(other: str) -> None:
    forth, back = compare(REPORTED, article("other", other)), compare(article("other", other), REPORTED)
    assert forth.swapped() == back


def test_an_independent_report_counts_its_own_quotations_against_being_derived() -> None:
    match = compare(REPORTED, article("independent", INDEPENDENT))
    quotations = next(each for each in match.evidence if each.name == "quotations")
    assert quotations.b is not None
    assert quotations.b > 0
    assert quotations.sentence == "7 % of report is quoted speech that independent does not have; 4 % the other way round."


def test_no_sentence_of_evidence_names_a_side_by_letter() -> None:
    match = compare(REWRITTEN, REPORTED)
    for each in match.evidence:
        assert each.sentence.endswith((".", "%", "”"))
        assert " a.txt" not in each.sentence
        assert "{" not in each.sentence


def test_what_a_text_does_not_show_weighs_nothing() -> None:
    model = LinearModel(0.5, {"facts": (0.6, 0.2, 3.0), "inside": (0.4, 0.4, 1.0)})
    assert model.log_odds({"facts": None, "inside": 0.8}) == 1.5
    assert model.contributions({"facts": None, "inside": 0.8}) == {"facts": 0.0, "inside": 1.0}


def test_a_pair_is_as_likely_derived_as_the_likelier_of_its_two_readings() -> None:
    model = LinearModel(0.0, {"facts": (0.5, 1.0, 2.0), "facts-back": (0.5, 1.0, -1.0)})
    seen: Measures = {"facts": (0.5, 0.9)}
    assert derivation(model, seen) == (pytest.approx(0.8), 1)
    assert derivation(model, {"facts": (0.9, 0.5)}) == (pytest.approx(0.8), 0)


@pytest.mark.parametrize("log_odds", [-1e6, -700.0, 0.0, 700.0, 1e6])
def test_a_probability_is_one_for_any_log_odds(log_odds: float) -> None:
    assert 0 <= probability(log_odds) <= 1


def test_who_cites_the_others_outlet_beside_a_passage_reports_the_same_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "EVENT", 1.1)  # whatever else the two have in common
    passage = "The bridge was closed for repairs after the harvest and reopened in the spring."
    one = article("one", f"{passage} Nobody knows what the cows of Hay eat, and the mill of Brae stands still.", source="Harbor Post")
    told_by = "Sheep were sold at the market of Orr, a farmer there told us, and the wool went to a weaver beyond the hills."
    plain = compare(one, article("two", f"{told_by} {passage}"))
    citing = compare(one, article("two", f"{told_by} {passage} The Harbor Post reported that on Monday."))
    assert plain.verdict == "unrelated"
    assert citing.verdict == "same-event"
    apart = compare(one, article("two", f"{told_by} The Harbor Post reported that on Monday."))
    assert apart.verdict == "unrelated"


@pytest.mark.parametrize(("there", "reasons"), [(0.9, 1), (1.0, 0)])
def test_a_difference_that_nobody_sees_is_no_reason(there: float, reasons: int) -> None:
    one, two = analyse(article("one", GARDEN)), analyse(article("two", GARDEN_AGAIN))
    seen: Measures = dict.fromkeys(("detail-together", "speech", "inside"), (None, None))
    direction, *_ = judge._direction(one, two, seen | {"detail": (4.0, 0.0)}, {"detail": (1.0, there)}, ([], []))
    assert direction
    assert len(direction.evidence) == reasons


def test_an_example_of_what_was_lost_is_no_part_of_a_longer_word() -> None:
    document = analyse(Article(id="a", text="The old mill in Leeds burned down in 1999, and Ann Lee saw it from Lund."))
    units, best = document.sentences.astype(np.int64), np.ones(len(document.sentences))
    assert evidence.lost(document, units, best, ["Leeds", "Lee", "Lun", "9", "1999", "Lund"]) == ["Leeds", "Lee", "1999", "Lund"]
    assert evidence.lost(document, units, best, ["Leed", "99"]) == []


def test_two_briefs_that_share_a_statement_and_who_made_it_are_no_rewrites() -> None:
    said = "«No vamos a aceptar esta decisión sin pelear hasta el final», dijo la portavoz del Gobierno, Rosa Almansa. "
    one = said + "La comisión se reunió por la noche y debatió durante horas las consecuencias para los vecinos."
    other = said + "Frente al pabellón esperaban cien padres bajo la lluvia y un panadero repartió café."
    match = compare(Article(id="a", text=one), Article(id="b", text=other))
    assert match.verdict == "same-event"
    assert match.probability < LIKELY
