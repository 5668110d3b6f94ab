"""What ``cluster`` promises: families that hold together, with an origin or none."""

from __future__ import annotations

from detector.cluster import families
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
