"""What ``cluster`` promises: families that hold together, with an origin or none."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from detector.cluster import families, siblings
from detector.model import CITES, Direction, Evidence, Fact, Match, Verdict
from detector.report import third


def tie(a: str, b: str, probability: float = 0.9, *, source: str | None = None, verdict: Verdict = "rewrite") -> Match:
    direction = Direction(source, b if source == a else a, 0.9, ()) if source else None
    return Match(
        a, b, verdict, probability, 0.5, 0.5, 30, 0.1, 0.1, 0.1, 0.5, None, (), (), (), direction, (),
    )  # fmt: skip


def members(*ties: Match) -> list[tuple[str, ...]]:
    return [family.members for family in families(ties)]


def test_a_source_and_its_rewrites_are_one_family_with_the_source_as_origin() -> None:
    (family,) = families([tie("s", each, source="s") for each in ("r1", "r2", "r3", "r4")])
    assert family.members == ("r1", "r2", "r3", "r4", "s")
    assert family.origin == "s"
    assert len(family.edges) == 4


def test_a_chain_of_copies_leads_back_to_the_first() -> None:
    (family,) = families([tie("a", "b", source="a"), tie("b", "c", source="b"), tie("a", "c", source="a")])
    assert family.origin == "a"


def test_an_origin_is_one_that_all_others_lead_back_to() -> None:
    star = [tie("s", each) for each in ("r0", "r1", "r2", "r3")]
    (family,) = families([*star, tie("r1", "r2", source="r1")])
    assert family.origin is None


def test_one_member_of_which_nothing_is_known_does_not_unmake_an_origin() -> None:
    dated = [tie("s", each, source="s") for each in ("r1", "r2")]
    (family,) = families([*dated, tie("s", "u")])
    assert family.origin == "s"
    (even,) = families([dated[0], tie("s", "u")])
    assert even.origin is None, "u is as good a first"
    (rivals,) = families([*dated, tie("u", "r2", source="u"), tie("s", "u")])
    assert rivals.origin is None, "r2 took from both"


def test_a_member_that_looks_rather_made_from_the_origin_leaves_it_one() -> None:
    def open_tie(derived: float) -> Match:
        return replace(tie("s", "u"), evidence=(Evidence("direction", 1 - derived, derived, 0.0, ""),))

    for derived, origin in ((0.73, "s"), (0.61, "s"), (0.55, None), (0.2, None)):
        for match in (open_tie(derived), open_tie(derived).swapped()):
            (family,) = families([tie("s", "r", source="s"), match])
            assert family.origin == origin
    (apart,) = families([tie("s", "r", source="s"), open_tie(0.73), tie("r", "v"), tie("u", "v")])
    assert apart.origin is None, "of v nothing is known"
    unasked = replace(tie("s", "u", verdict="near-duplicate"), evidence=(Evidence("direction", None, None, 0.0, ""),))
    (copied,) = families([tie("s", "r", source="s"), unasked])
    assert copied.origin is None, "nobody asked"


def test_members_of_a_ring_lead_back_to_nobody() -> None:
    (family,) = families([tie("a", "b", source="a"), tie("b", "c", source="b"), tie("c", "a", source="c")])
    assert family.origin is None


def test_a_family_of_thousands_without_a_direction_takes_no_time() -> None:
    began = time.process_time()
    (family,) = families([tie("s", f"r{at:04}") for at in range(3000)])
    assert family.origin is None
    assert time.process_time() - began < 20  # a second or two, where nothing else runs; a quadratic one takes minutes


def test_a_star_of_hundreds_is_one_family() -> None:
    (family,) = families([tie("s", f"r{at:03}", source="s") for at in range(400)])
    assert family.origin == "s"
    assert len(family.members) == 401


def test_without_a_direction_there_is_no_origin() -> None:
    (family,) = families([tie("a", "b")])
    assert family.origin is None


def test_two_sources_with_equal_claims_are_undetermined() -> None:
    (family,) = families([tie("a", "c", source="a"), tie("b", "c", source="b"), tie("a", "b")])
    assert family.members == ("a", "b", "c")
    assert family.origin is None


def test_independent_reports_found_no_family() -> None:
    assert families([tie("a", "b", verdict="same-event"), tie("b", "c", verdict="common-source")]) == ()


def test_passages_that_went_one_way_found_a_family() -> None:
    assert members(tie("a", "b", source="a", verdict="partial")) == [("a", "b")]


def test_one_doubtful_bridge_does_not_glue_two_families() -> None:
    one = [tie("a1", "a2"), tie("a1", "a3"), tie("a2", "a3")]
    two = [tie("b1", "b2"), tie("b1", "b3"), tie("b2", "b3")]
    fourth = [tie("a1", "a4"), tie("b1", "b4")]
    bridge = tie("a2", "b2", 0.55)
    assert members(*one, *two, *fourth, bridge) == [("a1", "a2", "a3", "a4"), ("b1", "b2", "b3", "b4")]


def test_two_families_join_if_more_than_half_of_their_members_are_tied() -> None:
    stars = [tie(f"{name}1", f"{name}{at}") for name in "ab" for at in (2, 3, 4)]
    nine = [tie(f"a{x}", f"b{y}", 0.55) for x in (2, 3, 4) for y in (2, 3, 4)]
    assert members(*stars, *nine) == [("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4")]
    assert members(*stars, *nine[1:]) == [("a1", "a2", "a3", "a4"), ("b1", "b2", "b3", "b4")], "eight of sixteen are half"


def test_the_weakest_tie_is_that_without_which_it_falls_apart() -> None:
    (family,) = families([tie("a", "b", 0.99), tie("b", "c", 0.8), tie("a", "c", 0.6)])
    assert family.weakest == 0.8


def test_the_ties_of_a_family_are_in_the_order_of_their_names() -> None:
    (family,) = families([tie("b", "c", 0.99), tie("a", "c", 0.8), tie("a", "b", 0.6)])
    assert [(each.a, each.b) for each in family.edges] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_the_order_of_matches_changes_nothing() -> None:
    ties = [tie("s", each, probability, source="s") for each, probability in (("x", 0.9), ("y", 0.8), ("z", 0.9))]
    ties.append(tie("y", "z", 0.7))
    assert families(ties) == families(ties[::-1])


def test_the_largest_family_comes_first() -> None:
    assert members(tie("a", "b"), tie("x", "y"), tie("x", "z"), tie("y", "z")) == [("x", "y", "z"), ("a", "b")]


def test_a_roundup_that_took_from_strangers_does_not_make_them_a_family() -> None:
    for ties in ([tie("roundup", *each, source=each[0]) for each in STRANGERS], [tie(each, "roundup", sure, source=each) for each, sure in STRANGERS]):
        (family,) = families(ties)
        assert family.members == ("roundup", "s1")
        assert family.bridges == ("roundup",)


STRANGERS = (("s1", 0.9), ("s2", 0.8), ("s3", 0.7))


def test_stories_that_share_a_template_and_no_direction_found_no_family() -> None:
    names = ("t1", "t2", "t3", "t4")
    template = [tie(x, y, 0.5, verdict="partial") for at, x in enumerate(names) for y in names[at + 1 :]]
    assert families(template) == ()
    (family,) = families([*template, tie("t1", "copy", source="t1")])
    assert family.members == ("copy", "t1")


def test_a_chain_of_likenesses_does_not_run_through_a_folder() -> None:
    chain = [tie(f"n{at}", f"n{at + 1}", 0.9 - at / 100) for at in range(9)]
    assert max(len(each) for each in members(*chain)) <= 3


def test_a_bridge_is_named_on_both_sides() -> None:
    one = [tie("a1", "a2"), tie("a1", "a3"), tie("a2", "a3")]
    two = [tie("b1", "b2"), tie("b1", "b3"), tie("b2", "b3")]
    found = families([*one, *two, tie("a1", "a4"), tie("b1", "b4"), tie("a2", "b2", 0.55)])
    assert [family.bridges for family in found] == [("a2",), ("b2",)]


def test_how_close_the_loosest_two_members_are_is_told() -> None:
    near, far = tie("a", "b"), tie("b", "c")
    loose = replace(tie("a", "c"), coverage_a=0.2, coverage_b=0.3)
    assert families([near, far, loose])[0].loosest == 0.3
    assert families([near, far])[0].loosest == 0.0


SOURCE = set(range(100))
"""The runs of words of an article; those of a version are some of these and some of its own."""


def runs(**articles: set[int]) -> dict[str, NDArray[np.uint32]]:
    return {name: np.array(sorted(each), np.uint32) for name, each in articles.items()}


def version(own: range, kept: range = range(60)) -> set[int]:
    return set(kept) | set(own)


def test_two_rewrites_of_one_story_are_not_made_from_each_other() -> None:
    first, second = tie("a", "wire", source="wire"), tie("c", "wire", source="wire")
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(range(240, 300), range(40, 100)))
    told = siblings([first, second, tie("a", "c", source="a")], texts)
    assert told[:2] == [first, second]
    assert told[2].verdict == "common-source"
    assert told[2].direction is None
    assert (told[2].evidence[-1].a, told[2].evidence[-1].b) == (8 / 50, None)
    assert told[2].evidence[-1].sentence == (
        "Both are versions of wire: where a departs from its wording, c follows in 16 % of the runs of three words; what is made "
        "from a text follows it more."
    )
    for known in ([first, tie("c", "wire"), tie("a", "c", source="a")], [tie("a", "wire"), tie("c", "wire"), tie("a", "c")]):
        assert [each.verdict for each in siblings(known, texts)] == ["rewrite", "rewrite", "common-source"]


@pytest.mark.parametrize(("followed", "verdict"), [(12, "common-source"), (13, "rewrite")])
def test_who_follows_a_quarter_of_what_the_other_changed_is_no_sibling(followed: int, verdict: Verdict) -> None:
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(range(248 - followed, 300), range(40, 100)))
    ties = [tie("a", "wire", source="wire"), tie("c", "wire", source="wire"), tie("a", "c", source="a")]
    assert siblings(ties, texts)[2].verdict == verdict


@pytest.mark.parametrize(
    ("of_a", "of_c", "verdict"),
    [
        (Fact("number", "changed", "$65", "$56"), Fact("number", "b-only", None, "$56"), "rewrite"),
        (Fact("number", "b-only", None, "$56"), Fact("number", "changed", "$65", "$56"), "rewrite"),
        (Fact("number", "b-only", None, "$56"), Fact("number", "b-only", None, "$56"), "common-source"),
        (Fact("number", "changed", "$65", "$56"), Fact("number", "b-only", None, "$57"), "common-source"),
        (Fact("number", "changed", "$65", "$56"), Fact("number", "a-only", "$56", None), "common-source"),
    ],
)
def test_who_has_a_figure_that_the_other_changed_is_no_sibling(of_a: Fact, of_c: Fact, verdict: Verdict) -> None:
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(range(240, 300), range(40, 100)))
    ties = [replace(tie("wire", each, source="wire"), facts=(fact,)) for each, fact in (("a", of_a), ("c", of_c))]
    for known in (ties, [each.swapped() for each in ties]):
        assert siblings([*known, tie("a", "c", source="a")], texts)[2].verdict == verdict


def test_a_text_that_cites_an_article_and_one_made_from_it_are_not_called_independent() -> None:
    cites = Evidence(CITES, 1.0, None, 0.0, "c cites wire.")
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(range(300, 360), range(60, 100)))
    reports = tie("a", "c", 0.1, verdict="same-event")
    citing = replace(tie("c", "wire", 0.3, verdict="same-event"), evidence=(cites,))
    told = siblings([tie("a", "wire"), citing, reports], texts)
    assert told[2].evidence[-1].name == "third"
    assert siblings([tie("a", "wire"), replace(citing, evidence=()), reports], texts)[2] == reports
    alone = replace(tie("a", "wire", 0.3, verdict="same-event"), evidence=citing.evidence)
    assert siblings([alone, citing, reports], texts)[2] == reports, "two that cite it may be independent"


def test_who_took_from_one_paper_is_not_accused_of_another_that_carries_the_same_agency() -> None:
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(range(240, 300), range(40, 100)))
    carried = replace(tie("a", "wire"), verdict="common-source", direction=None)
    agency = Evidence("agency", 1.0, 1.0, 0.0, "Both credit AP, which speaks for a common source.")
    known = [replace(carried, evidence=(agency,)), tie("c", "wire", source="wire"), tie("a", "c", source="a")]
    told = siblings(known, texts)
    assert told[:2] == known[:2]
    assert told[2].verdict == "common-source"
    assert told[2].evidence[-1].sentence.startswith("wire has what both have: where a departs from its wording, c follows in 16 %")
    assert siblings([carried, *known[1:]], texts)[2].verdict == "rewrite", "of another common source nothing is known"
    template = Evidence("template", 0.2, 0.3, -3.0, "Both fill in one template.")
    filled = replace(carried, evidence=(template, agency))
    assert siblings([filled, *known[1:]], texts)[2].verdict == "rewrite", "a template is no story"


def test_two_versions_of_one_source_are_no_independent_reports() -> None:
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(range(240, 300), range(40, 100)))
    reports = tie("a", "c", 0.3, verdict="same-event")
    assert siblings([tie("a", "wire"), tie("c", "wire"), reports], texts)[2].verdict == "common-source"
    partial = tie("c", "wire", verdict="partial")
    assert siblings([tie("a", "wire"), partial, reports], texts)[2].verdict == "common-source", "what both have, the wire has"
    elsewhere = texts | runs(c=version(range(300, 360), range(60, 100)))
    apart = siblings([tie("a", "wire"), partial, reports], elsewhere)[2]
    assert apart.verdict == "same-event", "they took different parts"
    assert apart.evidence[-1].name == "third"
    assert "wire" in apart.evidence[-1].sentence


@pytest.mark.parametrize(("unsure", "verdict"), [(0.29, "rewrite"), (0.3, "common-source"), (0.59, "common-source")])
def test_a_source_that_one_version_has_no_sure_tie_to_clears_both(unsure: float, verdict: Verdict) -> None:
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(range(240, 300), range(40, 100)))
    ties = [tie("a", "wire", source="wire"), tie("c", "wire", unsure, verdict="same-event"), tie("a", "c")]
    assert siblings(ties, texts)[2].verdict == verdict


def test_an_article_made_from_both_is_no_source_of_theirs() -> None:
    texts = runs(roundup=SOURCE, a=version(range(200, 248)), c=version(range(300, 360), range(60, 100)))
    reports = tie("a", "c", 0.01, verdict="same-event")
    made = [tie(each, "roundup", source=each, verdict="partial") for each in "ac"]
    assert siblings([*made, reports], texts)[2] == reports
    assert siblings([made[0], tie("c", "roundup", verdict="partial"), reports], texts)[2].evidence[-1].name == "third"


@pytest.mark.parametrize(
    ("kept", "own", "verdict"),
    [
        (range(48, 100), range(300, 350), "common-source"),  # twelve runs in common, all of them the wire's
        (range(49, 100), range(300, 350), "same-event"),  # eleven may be names and phrases
        (range(48, 100), range(240, 300), "common-source"),  # twelve of twenty are the wire's
        (range(49, 100), range(239, 300), "same-event"),  # eleven of twenty
    ],
)
def test_who_took_a_part_of_a_source_has_what_another_took_by_way_of_it(kept: range, own: range, verdict: Verdict) -> None:
    texts = runs(wire=SOURCE, a=version(range(200, 248)), c=version(own, kept))
    ties = [tie("a", "wire"), tie("c", "wire", verdict="partial"), tie("a", "c", 0.3, verdict="same-event")]
    assert siblings(ties, texts)[2].verdict == verdict


def test_an_agencys_story_in_both_is_no_third_article_that_one_took_from() -> None:
    agency = Evidence("agency", 1.0, 1.0, 0.0, "Both credit AP, which speaks for a common source.")
    carried = replace(tie("a", "paper"), verdict="common-source", evidence=(agency,))
    reports = tie("a", "c", 0.3, verdict="same-event")
    texts = runs(paper=SOURCE, a=version(range(200, 248)), c=version(range(300, 360), range(60, 100)))
    assert siblings([carried, tie("c", "paper", verdict="partial"), reports], texts)[2] == reports


@pytest.mark.parametrize(
    ("more_a", "more_c", "verdict"), [(33, 33, "same-event"), (34, 33, "common-source"), (33, 34, "common-source")]
)
def test_a_digest_has_most_of_each_of_its_parts(more_a: int, more_c: int, verdict: Verdict) -> None:
    texts = runs(digest=SOURCE, a=version(range(200, 200 + more_a), range(50)), c=version(range(300, 300 + more_c), range(50, 100)))
    ties = [tie("a", "digest"), tie("c", "digest"), tie("a", "c", 0.3, verdict="same-event")]
    assert siblings(ties, texts)[2].verdict == verdict


def test_two_parts_of_a_digest_are_no_versions_of_it() -> None:
    texts = runs(digest=SOURCE, a=set(range(50)), c=set(range(50, 100)))
    reports = tie("a", "c", 0.3, verdict="same-event")
    assert siblings([tie("a", "digest"), tie("c", "digest"), reports], texts)[2] == reports


def test_of_two_possible_sources_the_one_that_the_other_was_made_from_is_named() -> None:
    ties = [tie("a", "orig", source="orig"), tie("c", "orig", source="orig"), tie("copy", "orig", source="orig")]
    ties += [tie("a", "copy"), tie("c", "copy"), tie("a", "c")]
    texts = runs(orig=SOURCE, copy=version(range(200, 210), range(95)), a=version(range(300, 350)), c=version(range(400, 450), range(35, 95)))
    assert "copy" in siblings([tie for tie in ties if "orig" not in (tie.a, tie.b)], texts)[-1].evidence[-1].sentence
    told = siblings(ties, texts)[5]
    assert told.verdict == "common-source"
    assert told.evidence[-1].sentence.startswith("Both are versions of orig:")
    assert third(told) == "orig", "the page reads it from the sentence"


def test_a_rewrite_of_a_rewrite_has_what_the_first_added() -> None:
    chain = [tie("a", "s", source="s"), tie("a", "b", source="a"), tie("b", "s", source="s")]
    assert siblings(chain, runs(s=SOURCE, a=version(range(200, 250)), b=version(range(230, 280), range(30)))) == chain


def test_a_text_that_cites_the_other_was_made_from_it() -> None:
    cites = Evidence("attribution", 0.0, 1.0, 0.0, "c cites The Post, the outlet of a.")
    ties = [tie("a", "s", source="s"), tie("c", "s", source="s"), replace(tie("a", "c", source="a"), evidence=(cites,))]
    assert siblings(ties, runs(s=SOURCE, a=version(range(200, 250)), c=version(range(300, 350)))) == ties


def test_a_copy_of_a_rewrite_stays_a_copy() -> None:
    versions = [tie("a", "s", source="s"), tie("c", "s", source="s")]
    copy = tie("a", "c", verdict="near-duplicate")
    texts = runs(s=SOURCE, a=version(range(200, 205)), c=version(range(300, 305)))
    assert siblings([*versions, copy], texts)[2] == copy


def test_without_a_direction_the_one_that_lies_between_must_be_plain_to_see() -> None:
    ties = [tie("a", "s"), tie("c", "s"), tie("a", "c")]
    alike = runs(s=SOURCE, a=version(range(200, 250)), c=version(range(300, 350)))  # a and c keep the same of s
    assert siblings(ties, alike) == ties


def test_siblings_are_one_family_through_their_source() -> None:
    versions = [tie("a", "s", source="s"), tie("c", "s", source="s"), tie("a", "c", source="a")]
    told = siblings(versions, runs(s=SOURCE, a=version(range(200, 250)), c=version(range(300, 350))))
    (family,) = families(told)
    assert family.members == ("a", "c", "s")
    assert family.origin == "s"
    assert family.loosest == 0.5


@pytest.mark.parametrize(("surer", "spared"), [(0.95, [2]), (0.9, []), (0.88, [1])])
def test_of_two_copies_of_one_text_never_both_are_cleared(surer: float, spared: list[int]) -> None:
    story = replace(tie("post", "story"), direction=Direction("post", "story", surer, ()))
    ties = [tie("post", "copy", verdict="near-duplicate"), story, tie("copy", "story", source="copy")]
    texts = runs(post=SOURCE, copy=version(range(200, 210), range(95)), story=version(range(300, 370)))
    assert [at for at, each in enumerate(siblings(ties, texts)) if each.verdict == "common-source"] == spared


def test_a_copy_that_may_be_either_way_round_clears_nobody() -> None:
    ties = [tie("post", "copy", verdict="near-duplicate"), tie("post", "story", source="post"), tie("copy", "story")]
    texts = runs(post=SOURCE, copy=version(range(200, 210), range(95)), story=version(range(300, 370)))
    assert siblings(ties, texts) == ties


def test_of_a_tie_that_nobody_directs_what_the_copy_changed_tells() -> None:
    ties = [tie("orig", "copy", verdict="near-duplicate", source="orig"), tie("orig", "moved"), tie("copy", "moved")]
    copied = SOURCE - {*range(84, 94)} | {*range(200, 212)}
    texts = runs(orig=SOURCE, copy=copied, moved=version(range(300, 320), range(95)))
    assert [each.verdict for each in siblings(ties, texts)] == ["near-duplicate", "rewrite", "common-source"]
    follows = texts | runs(moved=version(range(200, 220), range(84)))
    assert siblings(ties, follows) == ties
    alike = texts | runs(copy=SOURCE)
    assert siblings(ties, alike) == ties, "an equal copy has changed nothing that could tell"


def test_a_rewrite_of_a_story_does_not_report_independently_of_its_copy() -> None:
    reports = tie("copy", "told", 0.3, verdict="same-event")
    ties = [tie("orig", "copy", verdict="near-duplicate", source="orig"), tie("orig", "told"), reports]
    texts = runs(orig=SOURCE, copy=version(range(200, 212), range(90)), told=set(range(300, 400)))
    assert siblings(ties, texts)[2].verdict == "common-source"
    of_rewrite = siblings([tie("orig", "copy"), *ties[1:]], texts)[2]
    assert of_rewrite.verdict == "same-event", "of another rewrite that is not known"


def test_a_story_that_has_what_the_copy_changed_was_made_from_the_copy() -> None:
    copies = tie("post", "copy", verdict="near-duplicate")
    ties = [copies, tie("post", "story", source="post"), tie("copy", "story", source="copy")]
    ties[1] = replace(ties[1], direction=Direction("post", "story", 0.95, ()))
    texts = runs(post=SOURCE, copy=version(range(200, 210), range(95)), story=version(range(206, 270)))
    assert siblings(ties, texts) == ties
