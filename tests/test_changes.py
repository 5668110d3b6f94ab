"""What ``changes`` says of two forms of a name or a number as texts write them."""

from __future__ import annotations

import pytest

from detector.languages.changes import RESPELT, alike, equal, exchanged, may_be_equal, sort_of, unscaled


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("3m", "3M"), ("11:20 p.m.", "23:20"), ("3 p.m.", "15:00"), ("5:40 a.m.", "5:40"), ("12 a.m.", "0:00"),
        ("1.5 million", "1,500,000"), ("$30k", "$30,000"), ("1.50", "1.5"), ("31C", "31"), ("10km", "10"), ("$2bn", "$2 billion"),
        ("7.64secs", "7.64"), ("4 million", "four million"), ("5 million", "5-million"), ("50s", "50"), ("Beyoncé", "Beyonce"),
        ("10 000", "10,000"), ("10\u202f000", "10.000"), ("1,5 million", "1.5 million"), ("Müller", "Mueller"), ("Müller", "Muller"),
        ("3 p.m.", "3"), ("5:40 p.m.", "5:40"), ("12 p.m.", "12:00"), ("1.50km", "1.5km"), ("30 thousand", "30,000"), ("3 mn", "3 million"), ("3 mln", "3 million"),
        ("2 bn", "2,000,000,000"), ("2 tn", "2,000,000,000,000"),
    ],
)  # fmt: skip
def test_one_number_written_in_two_ways_is_one(one: str, two: str) -> None:
    assert equal(one, two)
    assert equal(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("3 p.m.", "3 a.m."), ("3 p.m.", "14:00"), ("$30,000", "£30,000"), ("1.5 million", "1.5 billion"), ("1 trillion", "1 thousand"),
        ("12", "120"), ("Office", "Officer"), ("10:30", "1030"), ("5km", "5mi"), ("20mph", "20kph"), ("20C", "20F"), ("5th", "5"),
        ("1990s", "1990"), ("4m", "four billion"), ("3m", "3km"), ("4m", "$4 million"), ("Office", "12"), ("5:40 p.m.", "17:20"),
        ("1st", "1"), ("2nd", "2"), ("3rd", "3"),
    ],
)  # fmt: skip
def test_another_number_is_another(one: str, two: str) -> None:
    assert not equal(one, two)
    assert not equal(two, one)


def test_of_a_short_form_that_may_be_metres_nobody_can_tell() -> None:
    assert may_be_equal("4m", "four million")
    assert may_be_equal("1.3 million", "1.3m")
    assert not any(map(may_be_equal, ("4m", "4m", "$4m", "4m"), ("four billion", "5 million", "$4 million", "4km")))
    assert not any(map(may_be_equal, ("4", "4km", "4m", "Office"), ("4 million", "4 million", "Office", "4m")))


def test_a_sum_in_another_currency_is_another_sum() -> None:
    assert exchanged("$3m", "£3m")
    assert not exchanged("$3m", "$3m")
    assert not exchanged("$3m", "3m")
    assert not exchanged("3m", "$3m")


@pytest.mark.parametrize("minus", ["-", "−"])
def test_a_number_below_zero_is_another(minus: str) -> None:
    assert exchanged(f"{minus}3", "3")
    assert exchanged("3", f"{minus}3")
    assert not exchanged(f"{minus}3", "-3")


@pytest.mark.parametrize(
    ("told", "sort"),
    [
        ("4th", "rank"), ("$3m", "sum"), ("52 percent", "share"), ("7 %", "share"), ("3 p.m.", "hour"), ("17:30", "hour"),
        ("Oct. 2", "day"), ("2024", "year"), ("3-1", "score"), ("14", ""),
    ],
)  # fmt: skip
def test_a_number_is_of_a_sort(told: str, sort: str) -> None:
    assert sort_of(told) == sort


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Gerald Pruitt", "Gerard Pruett"), ("Margaret Oyelaran", "Margaret Oyelaren"), ("Mayor Susan Crane", "Suzanne Crane"),
        ("Lea Holm", "Ley Holm"), ("Sirhan Sirhan", "Sirham Sirhan"),
    ],
)  # fmt: skip
def test_a_name_spelt_otherwise_is_like_it(one: str, two: str) -> None:
    assert alike(one, two) == alike(two, one) >= RESPELT


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Russia", "Russian"), ("Germany", "German"), ("Canada", "Canadians"), ("Ukraine", "Ukrainian"), ("Poland", "Pole"),
        ("President Joe Biden", "President Biden"), ("John F. Kennedy", "John Kennedy"), ("St. Louis", "Saint Louis"),
        ("Acme Ltd", "Acme Limited"), ("Ann Lee", "Bob Lee"), ("Gerald Pruitt", "Gina Holm"), ("Ann Lee", "Amy Lee"),
        ("Karen Holm", "Maren Holm"), ("Mary Marie Holm", "Mary Holm"),
        ("Iraq", "Iraqi"), ("Croat", "Croatia"), ("Jones", "Joneses"), ("Republican", "Republicans"), ("Kerr", "Kerr's"), ("Iceland", "Icelandic"),
        ("Chile", "Chilean"), ("Europe", "Europeans"), ("Russia", "Russians"), ("Japan", "Japanese"), ("Egypt", "Egyptian"),
        ("Олег Бурков", "Олегом Бурковым"), ("Андрій Бабаян", "Андрію Бабаяну"),
        ("Egypt", "Egyptians"), ("Kurd Alliance", "Kurdish Alliance"),
    ],
)  # fmt: skip
def test_another_form_of_a_name_or_another_name_is_not(one: str, two: str) -> None:
    assert alike(one, two) < RESPELT
    assert alike(two, one) < RESPELT


@pytest.mark.parametrize(("one", "two"), [("Earl Dupree", "Earl Duprey"), ("Christine Blau", "Christina Blau")])
def test_a_last_vowel_makes_another_name_only_where_names_are_not_declined(one: str, two: str) -> None:
    assert alike(one, two, declined=False) >= RESPELT
    assert alike(one, two) < RESPELT
    assert alike("Germany", "German", declined=False) < RESPELT
    assert alike("Amnesty Germany", "Amnesty German", declined=False) < RESPELT


@pytest.mark.parametrize(("one", "other", "so"), [("96", "96 million", True), ("96", "96 Mio.", True), ("96", "96 people", False), ("95", "96 million", False), ("96", "eleven", False), ("12", "thirty", False)])
def test_a_number_may_be_written_without_its_scale(one: str, other: str, so: bool) -> None:
    assert unscaled(one, other) is unscaled(other, one) is so
