"""What ``speech`` promises: quotations in the marks of every tradition, whole, each with the one who is named as saying it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import Article, compare
from detector.languages.words import words
from detector.story import speech
from detector.story.speech import quotations
from detector.text import analyse
from tests.test_text import document, set_aside


def quoted(text: str) -> list[str]:
    return [text[each.start : each.end] for each in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    "told",
    [
        "She said: “We will not go there again.” Then she left.",
        "Sie sagte: „Wir gehen da nicht mehr hin.“ Dann ging sie.",
        "Powiedziała: „Nie pójdziemy tam więcej.” Potem wyszła.",
        "Elle a dit: « Nous n'irons plus là-bas. » Puis elle partit.",
        "Hun sagde: »Vi går aldrig derhen igen.« Så gik hun.",
        "Hon sade: ”Vi går aldrig dit igen.” Sedan gick hon.",
        "اس نے کہا: ”ہم وہاں دوبارہ نہیں جائیں گے۔“ پھر وہ چلی گئی۔",
        "She said: ‘We won’t go there again.’ Then she left.",
        "Sie sagte: ‚Wir gehen da nicht mehr hin.‘ Dann ging sie.",
        "Sie sagte: ‹Wir gehen da nicht mehr hin.› Dann ging sie.",
        'She said: "We will not go there again." Then she left.',
        "彼女は「もうそこへは行かない」と言って去った。",
        "彼女は『もうそこへは行かない』と言って去った。",
    ],
)
def test_the_marks_of_every_tradition_are_known(told: str) -> None:
    (found,) = quoted(told)
    assert found.strip(" «»“„”‚‘’‹›「」『』\"") == found.strip()
    assert len(found) >= 10
    assert told.endswith(("left.", "sie.", "wyszła.", "partit.", "hun.", "hon.", "گئی۔", "去った。"))


@pytest.mark.parametrize(
    ("told", "whole"),
    [
        ("“He told me ‘no, never’ and then left,” she said.", "He told me ‘no, never’ and then left,"),
        ("“He said “no” and “never” to me,” she said.", "He said “no” and “never” to me,"),
        ("„Er sagte ‚nein‘ und ging“, sagte sie.", "Er sagte ‚nein‘ und ging"),
        ("«Он сказал: „нет“, и ушёл», — сказала она.", "Он сказал: „нет“, и ушёл"),
        ("« Il a dit « non » et il est parti », dit-elle.", " Il a dit « non » et il est parti "),
        ("«Ha detto “no” e poi “mai”», disse.", "Ha detto “no” e poi “mai”"),
        ("「彼は『いや』と言った」と彼女は言った。", "彼は『いや』と言った"),
        ("„On powiedział «nie» i wyszedł”, mówi.", "On powiedział «nie» i wyszedł"),
    ],
)
def test_an_inner_quotation_does_not_end_the_outer_one(told: str, whole: str) -> None:
    assert quoted(told) == [whole]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("“We saw “it fall,” she said. Nobody “else” did.", ["We saw “it fall,", "else"]),  # one mark too many
        ("« a bullet and no closing mark", []),
        ("Rock ‘n roll in the ‘90s", []),
        ("the dogs’ kennel and a 5” pipe", []),
        ("“We saw it fall, she said.", ["We saw it fall, she said."]),
        ("He left.” Then he came back.", []),
    ],
)
def test_marks_that_do_not_pair_take_as_little_as_can_be(told: str, found: list[str]) -> None:
    assert quoted(told) == found


def test_a_speech_of_several_paragraphs_is_one_speakers() -> None:
    told = (
        "“We closed the lane in the month of January,” Helen Strand said. “Then we waited for the county to come.\n"
        "“Nobody came until the month of March.\n"
        "“Then the bridge fell into the river.”\n"
        "“I do not believe a word of that,” said Peter Vaughan."
    )
    speakers = [mark.note for mark in document(told).quotations]
    assert speakers == ["Helen Strand", "Helen Strand", "Helen Strand", "Helen Strand", "Peter Vaughan"]


def test_a_speaker_named_at_the_end_of_a_long_speech_said_all_of_it() -> None:
    told = (
        "“We closed the lane in the month of January and waited.\n“Nobody came until the month of March,” said Helen Strand.\n"
        "The county did not answer. “We are still looking into it,” it said."
    )
    assert [mark.note for mark in document(told).quotations] == ["Helen Strand", "Helen Strand", ""]


def test_a_paragraph_that_does_not_open_with_a_mark_ends_a_speech() -> None:
    told = "“We closed the lane in January, Helen Strand said.\nNobody knew. “The county must answer for it.”"
    assert document(told).quotations[-1].note == ""


def test_no_quotation_holds_boilerplate() -> None:
    told = (
        "Helen Strand said: “We closed the lane in the month of January and then waited for the county to come.\n"
        "Read more: Bridge falls\n"
        "“Nobody came until the month of March, and then the whole bridge fell into the river below.”"
    )
    found = document(told)
    assert "related story" in set_aside(found).values()
    for mark in found.quotations:
        assert "Read more" not in told[mark.start : mark.end]
        assert told[mark.start - 1] == "“"
    assert (found.quoted[~found.body] == -1).all()
    assert len(np.unique(found.quoted[found.quoted >= 0])) == 2


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("Dom Strand and Ruth Abel voted. Strand said it was late. “It is a palace for a bus stop,” he said.", "Dom Strand"),
        ("Ruth Abel and Dom Strand voted. Strand said it was late. “It is a palace for a bus stop,” he said.", "Dom Strand"),
        ("Dom Strand voted. Ruth Abel left. “It is a palace for a bus stop,” she said.", "Ruth Abel"),
        ("Osei waited outside. “It is a palace for a bus stop,” he said.", ""),
        ("“It is a palace for a bus stop.” Asked about it, Ruth Abel said nothing at all.", ""),
        ("“Is it a palace for a bus stop?” Abel asked the council.", "Abel"),
        ("“Is it a palace for a bus stop?” the mayor, Ruth Abel, asked.", "Ruth Abel"),
        ("“It is a palace for a bus stop!” her colleague Dom Strand said.", "Dom Strand"),
        ("“It is a palace for a bus stop.” Ruth Abel of the council said it twice.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” said a spokesman for Reuters, Ann Lee.", "Ann Lee"),
        ("“It is a palace for a bus stop,” said a spokesman for Reuters, and Ann Lee left.", ""),
        ("“It is a palace for a bus stop,” said the mayor of Kerr, Ruth Abel, on Monday.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” said the mayor, Ruth Abel having left.", ""),
        ("“It is a palace for a bus stop,” said Dom Strand of Kerr, Ruth Abel.", "Dom Strand"),
        ("Ann Lee said: “It is a palace for a bus stop.” Nobody else said so.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Mr. Strand said.", "Mr. Strand"),
        ("“It is a palace for a bus stop,” said Anita L. Russell, who lives there.", "Anita L. Russell"),
        ("“It is a palace for a bus stop,” said Sen. Ruth Abel of Kerr.", "Sen. Ruth Abel"),
        ("KERR, N.H. — Gov. Ruth Abel of Kerr said on Tuesday: “It is a palace for a bus stop.”", "Gov. Ruth Abel"),
        ("U.S. Attorney Dom Strand said it was “a palace for a bus stop, no more”.", "U.S. Attorney Dom Strand"),
        ("Dom Strand (D-Kerr), of the board, said: “It is a palace for a bus stop.”", "Dom Strand"),
        ("Asked by Ruth Abel, Strand of the Foo Institute said: “It is a palace for a bus stop.”", "Strand"),
        ("Talking about the new roof, Abel said: “It is a palace for a bus stop.”", "Abel"),
        ("However, Abel said: “It is a palace for a bus stop.”", "Abel"),
        ("As the mayor, Ruth Abel, said: “It is a palace for a bus stop.”", "Ruth Abel"),
        ("But, as Abel said: “It is a palace for a bus stop.”", "Abel"),
        ("In an interview with the Echo's Dom Strand, Abel said: “It is a palace for a bus stop.”", "Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel, president of Kerr Diamonds said.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Abel's lawyer said.", ""),
        ("“It is a palace for a bus stop,” a French official said.", ""),
        ("Ruth Abel works at the Foo Institute. “It is a palace for a bus stop,” she said.", "Ruth Abel"),
        ("Dom Strand met Ms. Abel. “It is a palace for a bus stop,” he said.", "Dom Strand"),
        ("Ruth Abel spoke. Ms. Abel had met Mr. Strand. “It is a palace for a bus stop,” she said.", "Ruth Abel"),
        ("„Der Palast ist eine Bushaltestelle“, sagte Oberbürgermeisterin Ruth Abel (SPD) am Montag und ging nach Hause.", "Oberbürgermeisterin Ruth Abel"),
        ("«Es un palacio para una parada de autobús», dijo la Sra. Ruth Abel a los periodistas en la plaza.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Mohammed bin Strand, the mayor, said.", "Mohammed bin Strand"),
        ("Talking of the roof, Ruth Abel, the mayor, said: “It is a palace for a bus stop.”", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel angrily said.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel later said.", "Ruth Abel"),
        ("Ms. Abel spoke. “It is a palace for a bus stop,” she said.", "Ms. Abel"),
        ("Ms. Abel spoke. “It is a palace for a bus stop,” she said. Later on Ruth Abel left.", "Ms. Abel"),
        ("“It is a palace for a bus stop.” said Ruth Abel, who lives there.", "Ruth Abel"),
        ("Ruth Abel left. “It is a palace for a bus stop.” She later said it twice.", "Ruth Abel"),
        ("Ruth Abel spoke. Osei left. “It is a palace for a bus stop,” she said.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel earlier said.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel then said.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel today said.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel yesterday said.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Abel's own lawyer said.", ""),
        ("“It is a palace for a bus stop,” Reuters said.", ""),
        ("Inevitably, Ruth Abel of the council said: “It is a palace for a bus stop.”", "Ruth Abel"),
        ("“It is a palace for a bus stop,” according to Ruth Abel, who lives there.", "Ruth Abel"),
        ("“It is a palace for a bus stop,” Ruth Abel, Kerr Diamonds president said.", "Ruth Abel"),
        ("While Dom Strand has no vote, Abel, the mayor, said: “It is a palace for a bus stop.”", "Abel"),
    ],
)
def test_a_pronoun_stands_for_the_last_person_named(told: str, speaker: str) -> None:
    assert [each.note for each in analyse(Article(id="a", text=told)).quotations] == [speaker]


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("Prosecutor Neil Abara said Trask had told a clerk: “It is a palace for a bus stop.”", "Trask"),
        ("“It is a palace for a bus stop,” prosecutor Neil Abara quoted Trask as saying.", "Trask"),
        ("Neil Abara spoke. “We have heard it all before now,” Abara said. “It is a palace for a bus stop,” he quoted Trask as saying.", "Trask"),
        ("Abara told the jury that Trask said: “It is a palace for a bus stop.”", "Trask"),
        ("Lee recalled Roe telling her: “It is a palace for a bus stop.”", "Roe"),
        ("According to Abara, Trask said: “It is a palace for a bus stop.”", "Trask"),
        ("“It is a palace for a bus stop,” Trask said, according to Neil Abara.", "Trask"),
        ("“It is a palace for a bus stop,” Trask told a clerk, Neil Abara said.", "Trask"),
        ("Ann Lee, who heard Dom Roe say no, said: “It is a palace for a bus stop.”", "Ann Lee"),
        ("“It is a palace for a bus stop,” said Ann Lee, who heard Dom Roe say no.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Ann Lee said, recalling Dom Roe saying no.", "Ann Lee"),
        ("Dom Roe was quoted as saying no, but Ann Lee said: “It is a palace for a bus stop.”", "Ann Lee"),
        ("“It is a palace for a bus stop,” said Ann Lee, quoting the Bible.", "Ann Lee"),
        ("Neil Abara said that Ann Trask had said, “It is a palace for a bus stop.”", "Ann Trask"),
        ("Neil Abara told police that he said: “It is a palace for a bus stop.”", "Neil Abara"),
        ("“It is a palace for a bus stop,” Abara cited Trask as saying.", "Trask"),
        ("State television quoted Dom Roe as saying: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Reuters quoted Dom Roe as saying “It is a palace for a bus stop” and no more.", "Dom Roe"),
        ("The agency cited the mayor, Dom Roe, as saying: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Dom Roe was quoted as saying: “It is a palace for a bus stop.”", "Dom Roe"),
        ("“It is a palace for a bus stop,” Dom Roe was quoted as saying by Reuters.", "Dom Roe"),
        ("Ann Lee was quoted by the Echo as saying: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Dom Roe left the room. “It is a palace for a bus stop,” the agency quoted him as saying.", "Dom Roe"),
        ("Neil Abara said a clerk had told him: “It is a palace for a bus stop.”", ""),
        ("Neil Abara said his mother told him: “It is a palace for a bus stop.”", ""),
        ("Neil Abara told the jury that the defendant said: “It is a palace for a bus stop.”", ""),
        ("Ann Lee heard Dom Roe say: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Ann Lee recalled that Dom Roe said: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Ann Lee remembered Dom Roe saying: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Ann Lee said she told Dom Roe: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee told Dom Roe: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said Dom Roe was late, and added: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said on Monday that Dom Roe told reporters: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Speaking after Dom Roe said he would go, Ann Lee told the council: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said in a letter to Dom Roe: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee, asked what Dom Roe had said, replied: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said of Dom Roe: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said in a statement posted on Monday: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said in a video Dom Roe posted: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee wrote in a book called “It is a palace for a bus stop.”", "Ann Lee"),
        ("“It is a palace for a bus stop,” Dom Roe told Ann Lee, she said.", "Dom Roe"),
        ("“It is a palace for a bus stop,” Ann Lee said Dom Roe told her.", "Dom Roe"),
        ("“It is a palace for a bus stop,” Ann Lee told the jury Dom Roe had said.", "Dom Roe"),
        ("“It is a palace for a bus stop,” Ann Lee said her mother told her.", ""),
        ("“It is a palace for a bus stop,” Ann Lee recalled Dom Roe saying.", "Dom Roe"),
        ("“It is a palace for a bus stop,” she recalled Dom Roe telling her.", "Dom Roe"),
        ("“It is a palace for a bus stop,” Ann Lee said she told Dom Roe.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Ann Lee said of Dom Roe.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Ann Lee said when Dom Roe told her it was over.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Ann Lee said after Dom Roe told reporters he would go.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Ann Lee said, adding that Dom Roe said nothing.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Ann Lee said in a letter that Dom Roe told her to write.", "Ann Lee"),
        ("“It is a palace for a bus stop,” said Ann Lee, who told Dom Roe so.", "Ann Lee"),
        ("“It is a palace for a bus stop,” Ann Lee said, quoting Dom Roe.", "Dom Roe"),
        ("Quoting Dom Roe, Ann Lee said: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Ann Lee told the court that Dom Roe had written to her: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Ann Lee claimed Dom Roe shouted “It is a palace for a bus stop” at her.", "Dom Roe"),
        ("Ann Lee said Dom Roe called it “It is a palace for a bus stop” and no more.", "Dom Roe"),
        ("Ann Lee said it was “It is a palace for a bus stop” and no more.", "Ann Lee"),
        ("Ann Lee said Dom Roe's plan was “It is a palace for a bus stop” and no more.", "Ann Lee"),
        ("Ann Lee said the plan Dom Roe announced was “It is a palace for a bus stop” and no more.", "Ann Lee"),
        ("Ann Lee says the minister's spokesman, Dom Roe, told her: “It is a palace for a bus stop.”", "Dom Roe"),
        ("A clerk testified that Trask said, “It is a palace for a bus stop.”", "Trask"),
        ("Ann Lee said Dom Roe had warned: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Ann Lee said Monday she asked Dom Roe: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said she had been told by Dom Roe: “It is a palace for a bus stop.”", "Dom Roe"),
        ("Ann Lee said she was told: “It is a palace for a bus stop.”", ""),
        ("Ann Lee was told: “It is a palace for a bus stop.”", ""),
        ("Dom Roe was called “It is a palace for a bus stop” by Ann Lee.", ""),
        ("Ann Lee, according to Dom Roe, said: “It is a palace for a bus stop.”", "Ann Lee"),
        ("The Echo reported that Ann Lee said: “It is a palace for a bus stop.”", "Ann Lee"),
        ("Ann Lee said a friend of Dom Roe told her: “It is a palace for a bus stop.”", ""),
        ("Ann Lee said Dom Roe's lawyer told her: “It is a palace for a bus stop.”", ""),
        ("Ann Lee said the mayor of Kerr told her: “It is a palace for a bus stop.”", ""),
        ("Ann Lee told Dom Roe that he said: “It is a palace for a bus stop.”", ""),
    ],
)
def test_what_another_is_said_to_have_said_is_the_others(told: str, speaker: str) -> None:
    assert [each.note for each in analyse(Article(id="a", text=told)).quotations][-1] == speaker


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("«Llevamos años pidiendo una obra nueva», dijo el alcalde de Sevilla, Íñigo Larra.", "Íñigo Larra"),
        ("« Je n'avais jamais vu une telle lumière », a déclaré le maire de la Ligue, Yann Petit.", "Yann Petit"),
        ("„Wir haben davon nichts gewusst“, sagte die Sprecherin der Polizei, Ilona Ficht.", "Ilona Ficht"),
        ("«Non abbiamo mai visto una cosa simile», ha detto il sindaco di Roma, Mario Conti.", "Mario Conti"),
        ("“Não vimos nada parecido em muitos anos”, disse a ministra da Saúde, Maria Costa.", "Maria Costa"),
        ("«Llevamos años pidiendo una obra nueva», dijo Carmen Olmedo, alcaldesa de Valdeflores.", "Carmen Olmedo"),
        ("« Je n'avais jamais vu une telle lumière », a déclaré Yann Tréguier au journal de la ville.", "Yann Tréguier"),
        ("„Wir haben davon nichts gewusst“, sagte der Sprecher Jens Wolter am Montag in der Stadt.", "Jens Wolter"),
        ("“Não vimos nada parecido em muitos anos”, disse Maria Costa aos jornalistas da cidade.", "Maria Costa"),
        ("«Non abbiamo mai visto una cosa simile», ha detto Mario Conti ai giornalisti della città.", "Mario Conti"),
        ("«Мы ничего не знали об этом», — сказал мэр города Пётр Иванов на встрече с жителями.", "Пётр Иванов"),
        ("«Ми нічого не знали про це», — сказала речниця міста Олена Коваль під час зустрічі.", "Олена Коваль"),
        ("وقال أحمد علي: «لم نكن نعلم شيئا عن هذا الأمر» في لقاء مع سكان المدينة في المساء.", "أحمد علي"),
        ("علی خان نے کہا: ”ہمیں اس بارے میں کچھ معلوم نہیں تھا“ اور پھر وہ شہر سے چلے گئے۔", "علی خان"),
        ("”ہمیں اس بارے میں کچھ معلوم نہیں تھا“ علی خان نے کہا اور پھر وہ شہر سے چلے گئے۔", "علی خان"),
        ("وقال أحمد علي محمد حسن: «لم نكن نعلم شيئا عن هذا الأمر» في لقاء مع سكان المدينة.", "أحمد علي محمد حسن"),
        ("وقال رئيس بلدية المدينة أحمد علي: «لم نكن نعلم شيئا عن هذا الأمر» في لقاء مع سكان المدينة.", ""),
        ("“We did not know a thing about that,” said Joost de Wit of the county council.", "Joost de Wit"),
        ("“We did not know a thing about that,” Ursula von der Leyen said in the evening.", "Ursula von der Leyen"),
    ],
)
def test_speakers_are_named_in_ten_languages(told: str, speaker: str) -> None:
    (mark,) = document(told).quotations
    assert mark.note.endswith(speaker)
    assert len(mark.note.split()) <= len(speaker.split()) + 1


def behind_dashes(language: str, told: str) -> list[tuple[str, str]]:
    blocks = [(0, len(told))]
    marks = speech.speech(told, language, words(told)[0], list(speech.spoken(told, blocks, language)), blocks)[1]
    return [(told[each.start : each.end], each.note) for each in marks]


@pytest.mark.parametrize(
    ("language", "told", "parts", "speaker"),
    [
        (
            "ru",
            "— Мост закрыт до самой осени, — сказал Антон Котов. — Когда откроют, не знает никто.",
            ["Мост закрыт до самой осени", "Когда откроют, не знает никто."],
            "Антон Котов",
        ),
        ("ru", "- Мост закрыт до осени! - заявила Анна Кот.", ["Мост закрыт до осени"], "Анна Кот"),
        ("uk", "– Міст зачинено до осені, – сказав Антон Кіт.", ["Міст зачинено до осені"], "Антон Кіт"),
        (
            "es",
            "—El puente seguirá cerrado —dijo Pilar Otero—. Nadie sabe hasta cuándo.",
            ["El puente seguirá cerrado", "Nadie sabe hasta cuándo."],
            "Pilar Otero",
        ),
        ("fr", "— Le pont reste fermé, a déclaré Sylvie Marchand. Le maire se tait.", ["Le pont reste fermé"], "Sylvie Marchand"),
        ("it", "— Il ponte resta chiuso, ha detto Carla Neri.", ["Il ponte resta chiuso"], "Carla Neri"),
        ("pt", "— A ponte fica fechada — disse Rui Matos.", ["A ponte fica fechada"], "Rui Matos"),
    ],
)
def test_speech_behind_a_dash_is_quoted_without_the_words_that_tell_who_speaks(
    language: str, told: str, parts: list[str], speaker: str
) -> None:
    assert behind_dashes(language, told) == [(each, speaker) for each in parts]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", "— Мост закрыт до самой осени. Сказал ли об этом мэр?"),
        ("fr", "– le pont de Kerr, fermé depuis janvier"),
        ("es", "El puente —dijo Pilar Otero— seguirá cerrado hasta el otoño."),
        ("en", "— The bridge stays closed until the autumn, said Ruth Abel."),
    ],
)
def test_a_dash_without_a_verb_of_saying_behind_the_speech_opens_none(language: str, told: str) -> None:
    assert behind_dashes(language, told) == []


def test_one_speech_behind_dashes_in_two_reports_is_no_prose_taken() -> None:
    said = (
        "— Мы не позволим отгородить город от озера стеной, потому что берег принадлежит всем жителям, и через двадцать лет "
        "наши внуки спросят нас, почему мы молчали, когда у них отнимали воду, закаты и место, где они учились плавать, — {}."
    )
    one = (
        "Городская дума во вторник отклонила проект застройки набережной. За проголосовали девять депутатов, против "
        f"шестнадцать.\n\n{said.format('заявил председатель комитета Роман Лаптев')}\n\nДиректор компании Эдуард Шахов назвал "
        "решение политическим и пообещал оспорить его. Компания уже потратила 130 млн рублей на расчистку участка."
    )
    other = (
        "На балконе для публики яблоку негде было упасть. Пенсионерка Тамара Юдина принесла термос и вязание. Когда на табло "
        f"появились цифры, наверху закричали.\n\n{said.format('сказал Роман Лаптев на крыльце')}\n\nСварщик Игорь Бабаян "
        "рассчитывал на работу рядом с домом и теперь снова поедет вахтой в Мурманск."
    )
    match = compare(Article(id="a", text=one), Article(id="b", text=other))
    assert match.verdict == "same-event"
    assert match.probability < 0.03
    assert [each.kind for each in match.spans if each.kind != "counterpart"] == ["quotation"]


def test_in_arabic_who_is_named_before_the_colon_said_what_follows_it() -> None:
    told = "وقال أحمد علي: «لم نكن نعلم شيئا عن هذا الأمر» وقال محمد حسن: «لم يكن أحد في المدينة يعلم شيئا عن ذلك»."
    assert [mark.note for mark in document(told).quotations] == ["أحمد علي", "محمد حسن"]


@pytest.mark.parametrize(
    "told",
    [
        "« Je n'avais jamais vu une telle lumière », a déclaré le maire de Lyon dans la soirée.",
        "«Non abbiamo mai visto una cosa simile», ha detto il sindaco della Spezia nel pomeriggio.",
        "«Llevamos años pidiendo una obra nueva», dijo el alcalde de Sevilla en la plaza.",
    ],
)
def test_a_place_behind_an_office_is_no_speaker(told: str) -> None:
    assert [mark.note for mark in document(told).quotations] == [""]


@given(st.text(st.sampled_from("ab ,.\n“„”«»‹›「」『』\"‘’‚"), max_size=120))
@settings(deadline=None, max_examples=300)
def test_quotations_are_in_order_apart_and_between_their_marks(text: str) -> None:
    found = list(quotations(text, 0, len(text)))
    assert all(0 < each.start < each.end <= len(text) and text[each.start - 1] == each.mark for each in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "told",
    [
        "«Мы закрыли полосу ещё в январе месяце.\n«Никто не приехал до самого марта.\n«Потом мост упал в реку», — сказал Пётр Иванов.",
        "«Нам сказали тогда: “Уходите отсюда!”\n«Никто не приехал (до самого марта.)\n«Потом мост упал», — сказал Пётр Иванов.",
        "«Cerramos el carril en el mes de enero.\n»Nadie vino hasta el mes de marzo.\n»Luego el puente cayó al río», dijo Carmen Olmedo.",
        "« Nous avons fermé la voie en janvier.\n« Personne n'est venu avant mars.\n« Puis le pont est tombé », a déclaré Yann Tréguier.",
        "Hun sagde det: »Vi lukkede banen i januar måned.\n»Ingen kom før hen i marts.\n»Så faldt broen i elven,« said Helen Strand.",
        "”Vi stängde vägen redan i januari månad.\n”Ingen kom förrän i mars månad.\n”Sedan föll hela bron i älven”, said Helen Strand.",
    ],
    ids=["ru", "nested", "es", "fr", "da", "sv"],
)
def test_a_speech_of_several_paragraphs_in_guillemets_is_whole(told: str) -> None:
    found = document(told)
    assert [mark.start for mark in found.quotations][1:] == [told.index("\n") + 2, told.rindex("\n") + 2]
    assert len({mark.note for mark in found.quotations}) == 1
    assert found.quotations[0].note
    assert (found.quoted >= 0).sum() >= 10


@pytest.mark.parametrize(
    "told",
    [
        "» The bridge is closed until the month of May.\n» Nobody was hurt on the bridge.\n» The army lays a crossing there.",
        "« Previous article about the bridge over there\n«We closed it in the month of January», said Helen Strand.",
        "It is a pipe of 5” and it is not long enough.\n”Vi stängde vägen i januari månad”, said Helen Strand.",
        "The town « of the bridge that fell down.\nNobody was hurt.\n«We closed it in the month of January», said Helen Strand.",
    ],
)
def test_bullets_and_stray_marks_begin_no_speech(told: str) -> None:
    assert len(document(told).quotations) == told.count("Helen Strand")


def test_the_work_on_many_paragraphs_that_nothing_closes_grows_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    plain = speech.quotations

    def counted(text: str, start: int, *rest: object, **more: object) -> Iterator[speech.Quotation]:
        read.append(start)
        return plain(text, start, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(speech, "quotations", counted)
    paragraphs = 300
    assert document("«We closed the lane in January.\n" * paragraphs).quotations == ()
    assert paragraphs < len(read) <= 50 * paragraphs
