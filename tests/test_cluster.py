"""What ``cluster`` promises: families that hold together, with an origin or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detector.cluster import families, siblings
from detector.model import Direction, Match, Verdict


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


def test_one_doubtful_bridge_does_not_glue_two_families() -> None:
    one = [tie("a1", "a2"), tie("a1", "a3"), tie("a2", "a3")]
    two = [tie("b1", "b2"), tie("b1", "b3"), tie("b2", "b3")]
    fourth = [tie("a1", "a4"), tie("b1", "b4")]
    bridge = tie("a2", "b2", 0.55)
    assert members(*one, *two, *fourth, bridge) == [("a1", "a2", "a3", "a4"), ("b1", "b2", "b3", "b4")]


def test_the_weakest_tie_is_that_without_which_it_falls_apart() -> None:
    (family,) = families([tie("a", "b", 0.99), tie("b", "c", 0.8), tie("a", "c", 0.6)])
    assert family.weakest == 0.8


def test_the_order_of_matches_changes_nothing() -> None:
    ties = [tie("s", each, probability, source="s") for each, probability in (("x", 0.9), ("y", 0.8), ("z", 0.9))]
    ties.append(tie("y", "z", 0.7))
    assert families(ties) == families(ties[::-1])


def test_the_largest_family_comes_first() -> None:
    assert members(tie("a", "b"), tie("x", "y"), tie("x", "z"), tie("y", "z")) == [("x", "y", "z"), ("a", "b")]


def test_a_roundup_that_took_from_strangers_does_not_make_them_a_family() -> None:
    (family,) = families([tie("roundup", each, probability, source=each) for each, probability in STRANGERS])
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


def covered(a: str, b: str, of_a: float, of_b: float, *, source: str | None = None) -> Match:
    return replace(tie(a, b, source=source), coverage_a=of_a, coverage_b=of_b)


def test_two_rewrites_of_one_story_are_not_made_from_each_other() -> None:
    first, second = covered("a", "wire", 0.8, 0.7, source="wire"), covered("c", "wire", 0.7, 0.8, source="wire")
    told = siblings([first, second, covered("a", "c", 0.5, 0.5, source="a")])
    assert told[:2] == [first, second]
    assert told[2].verdict == "common-source"
    assert told[2].direction is None
    assert told[2].evidence[-1].sentence == (
        "Both are closer to wire than to each other: it covers 80 % of a and 70 % of c, which speaks for a common source."
    )


def test_a_rewrite_of_a_rewrite_stays_one() -> None:
    chain = [
        covered("a", "source", 0.8, 0.8, source="source"),
        covered("a", "b", 0.8, 0.8, source="a"),
        covered("b", "source", 0.5, 0.5, source="source"),
    ]
    assert siblings(chain) == chain


def test_a_copy_of_a_rewrite_stays_a_copy() -> None:
    versions = [covered("a", "s", 0.8, 0.8, source="s"), covered("c", "s", 0.8, 0.8, source="s")]
    copy = replace(covered("a", "c", 0.5, 0.5), verdict="near-duplicate")
    assert siblings([*versions, copy])[2] == copy


def test_without_any_direction_nobody_is_called_the_source_of_two_others() -> None:
    ties = [covered("a", "s", 0.8, 0.8), covered("c", "s", 0.8, 0.8), covered("a", "c", 0.4, 0.4, source="a")]
    assert siblings(ties) == ties


def test_siblings_are_one_family_through_their_source() -> None:
    told = siblings(
        [
            covered("a", "s", 0.8, 0.7, source="s"),
            covered("c", "s", 0.7, 0.8, source="s"),
            covered("a", "c", 0.5, 0.5, source="a"),
        ]
    )
    (family,) = families(told)
    assert family.members == ("a", "c", "s")
    assert family.origin == "s"
    assert family.loosest == 0.5


def kept(match: Match, of_a: float, of_b: float) -> Match:
    return replace(match, containment_a=of_a, containment_b=of_b)


def cited(a: str, b: str, *, by_copy: float, surer: float = 0.95) -> list[Match]:
    """A source, a copy of it with a few words changed, and a story that cites the source's outlet."""
    why = f"{b} cites The Post, the outlet of {a}."
    story = replace(covered(a, b, 0.7, 0.7), direction=Direction(a, b, surer, (why,)))
    near = replace(covered("copy", b, 0.7, by_copy), direction=Direction("copy", b, 0.9, ()))
    return [kept(covered(a, "copy", 1, 1), 0.7, 0.7), kept(story, 0.02, 0.02), kept(near, 0.02, 0.02)]


def test_a_story_that_cites_the_source_was_not_made_from_a_copy_of_it() -> None:
    told = siblings(cited("post", "story", by_copy=0.7))
    assert [each.verdict for each in told] == ["rewrite", "rewrite", "common-source"]
    assert told[2].direction is None
    assert told[2].evidence[-1].sentence == (
        "story is as near to post, from which it was made, as to copy, which copies post: that covers 100 % of copy and 70 % of "
        "story, which speaks for a common source. story cites The Post, the outlet of post."
    )


def test_a_story_nearer_to_the_copy_was_made_from_the_copy() -> None:
    nearer = cited("post", "story", by_copy=0.75)
    assert siblings(nearer) == nearer
    edits = cited("post", "story", by_copy=0.7)
    edits[2] = kept(edits[2], 0.02, 0.05)  # runs of words that are only in the copy
    assert siblings(edits) == edits


@pytest.mark.parametrize(("surer", "spared"), [(0.95, [2]), (0.9, []), (0.88, [1])])
def test_of_two_copies_of_one_text_never_both_are_cleared(surer: float, spared: list[int]) -> None:
    told = siblings(cited("post", "story", by_copy=0.7, surer=surer))
    assert [at for at, each in enumerate(told) if each.verdict == "common-source"] == spared
