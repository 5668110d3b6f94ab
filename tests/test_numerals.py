"""Numbers in words and in figures, hours of the clock and scores: one number is one, however it is written."""

from __future__ import annotations

import time

import numpy as np
import pytest

from detector import Article, compare
from detector.text import analyse

TOLD = "On Monday the chief of the town said that {} had been seen by the river, and it was as he had told all of us."


def numbers(text: str) -> set[tuple[str, str | None, str | None]]:
    """What became of the numbers, both texts in one string with a bar between them."""
    a, b = (Article(id=name, text=TOLD.format(part)) for name, part in zip("ab", text.split(" | "), strict=True))
    return {(each.state, each.a, each.b) for each in compare(a, b).facts if each.kind == "number"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("sixty-two boats", "62 boats"),
        ("Thirteen boats", "13 boats"),
        ("three hundred boats", "300 boats"),
        ("two hundred and fifty boats", "250 boats"),
        ("four thousand two hundred boats", "4,200 boats"),
        ("62 thousand boats", "62,000 boats"),
        ("2.5 million boats", "2,500,000 boats"),
        ("1,200 million boats", "1.2 billion boats"),
        ("two hundred and sixty thousand boats", "260,000 boats"),
        ("the twenty-first of them", "the 21st of them"),
        ("the nineteenth of them", "the 19th of them"),
        ("two billion boats", "2bn boats"),
        ("six mln boats", "6m boats"),
        ("two trillion boats", "2 tn boats"),
        ("2.5 trillion boats", "2.5 tn boats"),
        ("five percent of them", "5 percent of them"),
        ("one million boats", "1 million boats"),
        ("five pence of it", "5p of it"),
        ("50 pence of it", "50p of it"),
        ("two dollars of it", "$2 of it"),
        ("6.3 million boats", "6.3m boats"),
        ("$6.3 million of it", "$6.3m of it"),
        ("$6.3 million for it", "$6.3mn, for it"),
        ("the day of September 14 to him", "the day of 14 September to him"),
        ("the day of Sept. 14 to him", "the day of the 14th of September to him"),
        ("it at 2:40 p.m. again", "it at 2.40pm again"),
        ("it at 5:00 P.M. again", "it at 5 pm again"),
        ("it at 17:30 again", "it at 17.30 again"),
        ("the 2-1 of it", "the 2–1 of it"),
    ],
)  # fmt: skip
def test_a_number_is_one_however_it_is_written(one: str, two: str) -> None:
    ((state, a, b),) = numbers(f"{one} | {two}")
    assert state == "shared"
    assert a is not None
    assert a in one
    assert b is not None
    assert b in two


@pytest.mark.parametrize(
    ("one", "two", "changed"),
    [
        ("sixty-two boats", "sixty-three boats", ("sixty-two", "sixty-three")),
        ("the hour of 2:40 for it", "the hour of 2:45 for it", ("2:40", "2:45")),
        ("5 a.m. to be the hour", "5 p.m. to be the hour", ("5 a.m.", "5 p.m.")),
        ("3 billion boats", "3 million boats", ("3 billion", "3 million")),
        ("1.5 million boats", "15 million boats", ("1.5 million", "15 million")),
        ("11 million boats", "eleven boats or 11m of rope", ("11 million", "11m")),
        ("the day of May 14 to him", "the day of May 15 to him", ("May 14", "May 15")),
    ],
)
def test_another_number_is_another(one: str, two: str, changed: tuple[str, str]) -> None:
    told = numbers(f"{one} | {two}")
    assert {a for _, a, _ in told if a} == {changed[0]}
    assert {b for _, _, b in told if b} == {changed[1]}
    assert not [each for each in told if each[0] == "shared"]


def test_a_time_of_day_with_and_without_its_half_is_one_where_one_stands_for_the_other() -> None:
    one = "The old ferry left the harbour of Brae at 5:40 a.m. with sixty passengers on Sunday."
    found = compare(Article(id="a", text=one), Article(id="b", text=one.replace(" a.m.", "")))
    assert ("shared", "5:40 a.m.", "5:40") in [(each.state, each.a, each.b) for each in found.facts]


FRAMES = {
    "da": "Borgmesteren i byen sagde mandag, at der er {} ved havnen, og at ingen af dem har set det, som han ikke var med til.",
    "de": "Der Rat der Stadt hat am Montag bekannt gegeben, dass die alte Brücke {} und dass niemand von den Leuten da war.",
    "es": "El alcalde de la ciudad dijo el lunes que se han visto {} en el puerto, y que no es lo que se esperaba por la noche.",
    "fr": "Le maire de la ville a dit lundi que l'on a vu {} dans le port, et que ce n'est pas ce qui est attendu par la mairie.",
    "it": "Il sindaco della città ha detto che sono state viste {} nel porto, e che non è quello che si aspettava per la notte.",
    "nl": "De burgemeester van de stad zei maandag dat er {} in de haven zijn gezien, en dat het niet is wat men van hem had.",
    "pl": "Burmistrz miasta powiedział w poniedziałek, że w porcie było {} i że nikt z nich nie widział tego, co się stało.",
    "pt": "O presidente da câmara disse na segunda que foram vistos {} no porto, e que não é o que se esperava para a noite.",
    "ru": "Мэр города сказал в понедельник, что в порту было {} и что никто из них не видел того, что произошло на реке.",
}


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("da", "toogtres både", "62 både"),
        ("da", "to millioner kroner", "2 mio. kroner"),
        ("de", "zweiundsechzig Boote trägt", "62 Boote trägt"),
        ("de", "dreihundertfünfzig Boote trägt", "350 Boote trägt"),
        ("de", "zwei Millionen Euro kostet", "2 Mio. Euro kostet"),
        ("de", "eine Million Euro kostet", "1 Million Euro kostet"),
        ("de", "zwei Mrd. Euro kostet", "2 Milliarden Euro kostet"),
        ("de", "18,4 Millionen Euro kostet", "18,4 Mio. Euro kostet"),
        ("de", "3 Milliarden Euro kostet", "3 Mrd. Euro kostet"),
        ("de", "drei Milliarden Euro kostet", "3 Mrd. Euro kostet"),
        ("de", "fünf Prozent davon trägt", "5 Prozent davon trägt"),
        ("de", "25 Tausend Boote trägt", "25.000 Boote trägt"),
        ("de", "3,5 Millionen Boote trägt", "3.500.000 Boote trägt"),
        ("es", "1,2 mil millones de barcas", "1.200 millones de barcas"),
        ("es", "doscientas treinta barcas", "230 barcas"),
        ("es", "trescientas ochenta y siete mil barcas", "387.000 barcas"),
        ("es", "por treinta barcas", "por 30 barcas"),
        ("fr", "18 600 000 bateaux", "18,6 millions de bateaux"),
        ("es", "cuarenta y dos mil barcas", "42.000 barcas"),
        ("es", "25 mil barcas", "25.000 barcas"),
        ("es", "el dos de mayo barcas", "el 2 de mayo barcas"),
        ("fr", "le vingt juin des bateaux", "le 20 juin des bateaux"),
        ("it", "il venti febbraio barche", "il 20 febbraio barche"),
        ("es", "tres mil millones de euros", "3 mil millones de euros"),
        ("fr", "quatre-vingt-dix-sept bateaux", "97 bateaux"),
        ("fr", "vingt et un bateaux", "21 bateaux"),
        ("fr", "une trentaine de bateaux", "30 bateaux"),
        ("it", "un centinaio di barche", "100 barche"),
        ("fr", "cinq pour cent des bateaux", "5 pour cent des bateaux"),
        ("fr", "deux millions d’euros", "2 millions d’euros"),
        ("fr", "6,3 M€ en bateaux", "6,3 millions d’euros en bateaux"),
        ("fr", "10 000 bateaux", "dix mille bateaux"),
        ("fr", "1 340 bateaux", "1340 bateaux"),
        ("it", "ventidue barche", "22 barche"),
        ("it", "250mila barche", "250.000 barche"),
        ("it", "duecentocinquantamila barche", "250.000 barche"),
        ("nl", "drieëntwintig boten", "23 boten"),
        ("pl", "25 tys. łodzi", "25.000 łodzi"),
        ("pt", "vinte e um mil barcos", "21 mil barcos"),
        ("pt", "dois bilhões de reais", "2 bilhões de reais"),
        ("ru", "25 тыс. лодок", "25 тысяч лодок"),
        ("ru", "25 тыс. лодок", "25.000 лодок"),
    ],
)
def test_in_other_languages_too_a_number_is_one_however_it_is_written(language: str, one: str, two: str) -> None:
    a, b = (analyse(Article(id=part, text=FRAMES[language].format(part))) for part in (one, two))
    assert a.language == b.language == language
    assert len(a.sentences) == len(b.sentences) == 1
    (first,), (second,) = (set(each.senses[each.sense_of[each.numbers]].tolist()) for each in (a, b))
    assert first == second


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Millionen von ihnen und eine Frau trägt"),
        ("es", "millones de barcas y miles de hombres"),
        ("fr", "des milliers de bateaux, des millions et un homme"),
        ("fr", "neuf bateaux, deux hommes"),
        ("it", "alle due e venti"),
        ("es", "a las tres y cuarenta"),
        ("fr", "deux millions et demi de bateaux"),
        ("pt", "milhões de barcos e um homem"),
    ],
)
def test_in_other_languages_small_or_vague_numbers_are_no_facts(language: str, text: str) -> None:
    assert not analyse(Article(id="a", text=FRAMES[language].format(text))).numbers.any()


def test_a_number_with_m_alone_is_millions_where_the_text_counts_so_elsewhere() -> None:
    frame = "The plant at Kerr will treat {} litres a day, up from {} at present, the county said."
    short, full, rope = (
        analyse(Article(id="a", text=text))
        for text in (frame.format("140m", "92m"), frame.format("140 million", "92 million"), "It is 92m at present, up from 3m, the county said.")
    )
    assert set(short.senses[short.sense_of[short.numbers]]) == set(full.senses[full.sense_of[full.numbers]])
    assert not set(rope.senses[rope.sense_of[rope.numbers]]) & set(full.senses)
    for metres in ("10m from the wall", "10m in length", "the 10m"):
        found = analyse(Article(id="a", text=f"She saw {metres}, while 2m people watched, the county of Kerr said."))
        millions = analyse(Article(id="a", text="The county of Kerr said it was 10 million."))
        assert not set(millions.senses[millions.sense_of[millions.numbers]]) & set(found.senses)


def test_months_behind_english_numbers_are_days_only_behind_of() -> None:
    one, day, winds = (analyse(Article(id="a", text=f"It blew again on {each} in Kerr.")) for each in ("20 May", "the twentieth of May", "two of May Lee"))
    assert set(one.senses[one.sense_of[one.numbers]]) == set(day.senses[day.sense_of[day.numbers]])
    assert not winds.numbers.any()


def test_a_number_with_its_million_is_not_the_number_alone() -> None:
    one, other = (analyse(Article(id=each, text=FRAMES["de"].format(each))) for each in ("18,4 Mio. kostet", "18,4 kostet"))
    (number,) = set(one.senses[one.sense_of[one.numbers]].tolist())
    assert number not in other.senses.tolist()


def test_a_german_day_is_one_fact_and_ends_no_sentence() -> None:
    one, two = (Article(id=name, text=FRAMES["de"].format(f"am {day} Juni 2026 fertig wird")) for name, day in (("a", "2."), ("b", "12.")))
    assert len(analyse(one).sentences) == 1
    found = [(each.state, each.a, each.b) for each in compare(one, two).facts if each.kind == "number"]
    assert ("changed", "2. Juni", "12. Juni") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one of the two or twelve", []),
        ("between twenty and thirty", ["twenty", "thirty"]),
        ("a hundred and twenty", ["hundred and twenty"]),
        ("several hundred million", []),
        ("between two hundred and three hundred", ["two hundred", "three hundred"]),
        ("one of twenty two-year-olds", ["twenty"]),
        ("a sixty-two-year-old", ["sixty-two"]),
        ("from sixty to seventy", ["sixty", "seventy"]),
        ("the second of it, the seventies, a hundred", []),
        ("the night of 3:16 and 10:30:15", ["3:16", "10:30:15"]),
        ("thousands in nineteen eighty-four", ["nineteen eighty-four"]),
    ],
)
def test_numbers_in_words_end_where_they_end(text: str, expected: list[str]) -> None:
    assert [a for _, a, _ in sorted(numbers(f"{text} | nothing"), key=lambda each: text.find(str(each[1])))] == expected


def test_the_words_of_a_number_stand_for_it_and_compare_as_words() -> None:
    words, figures = (analyse(Article(id="a", text=TOLD.format(each))) for each in ("sixty-two boats", "62 boats"))
    (number,) = set(words.sense_of[words.numbers].tolist())
    assert words.senses[number] in figures.senses
    assert len(np.unique(words.stems[words.numbers])) == 2


@pytest.mark.parametrize("spelt", ["2 bıllıon", "two BİLLİON", "ſixty two", "thırteen"])
def test_letters_that_are_like_others_only_to_a_regular_expression_are_no_numbers_in_words(spelt: str) -> None:
    assert len(analyse(Article(id="a", text=TOLD.format(spelt))).start) > 20


@pytest.mark.parametrize("unit", ["1..", "1,,,,,,,", "1. ", "one-", "one hundred ", "twenty-", "1:", "1-"])
def test_a_text_of_nothing_but_numbers_takes_no_more_than_its_length(unit: str) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        analyse(Article(id="a", text=unit * (size // len(unit))))
        return time.process_time() - began

    seconds(2_000)
    assert seconds(60_000) < 5
