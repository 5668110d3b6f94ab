"""What ``text`` promises: words and sentences with exact offsets, boilerplate and quotations told from the story."""

from __future__ import annotations

import cProfile
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from detector import tfidf
from detector.document import Document
from detector.languages import stems as module
from detector.languages.language import LANGUAGES, language_and_lead, languages_of
from detector.languages.sentences import _punkt, _split
from detector.languages.stems import stem_keys, stems_of
from detector.languages.words import words
from detector.model import Article
from detector.story import furniture
from detector.text import analyse

SEEDS = Path(__file__).parent.parent / "seeds"


def document(text: str) -> Document:
    return analyse(Article(id="a", text=text))


def seed(name: str) -> Document:
    return document((SEEDS / name).read_text(encoding="utf-8"))


def keys(text: str) -> list[int]:
    return words(text)[2].tolist()


def sentences(text: str) -> list[str]:
    found = document(text)
    return [found.slice(*each) for each in found.sentences]


def set_aside(found: Document) -> dict[str, str]:
    return {found.article.text[mark.start : mark.end]: mark.note for mark in found.boilerplate}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Café", "CAFE\u0301"),
        ("don't", "don’t"),
        ("infor\u00admation", "information"),
        ("in\u200bvisible", "invisible"),
        ("ﬁnal", "final"),
        ("Straße", "STRASSE"),
        ("25,000", "25000"),
        ("U.S.", "US"),
        ("Ｆｕｌｌ", "full"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("عَرَبِيّ", "عربي"),
    ],
)
def test_ways_to_write_one_word_are_one_word(one: str, two: str) -> None:
    assert len(keys(one)) == 1
    assert keys(one) == keys(two)


@pytest.mark.parametrize(("one", "two"), [("3.5", "35"), ("cant", "can't"), ("हिन्दी", "हन्द"), ("bridge", "bridges")])
def test_different_words_stay_different(one: str, two: str) -> None:
    assert keys(one) != keys(two)


def test_scripts_without_spaces_are_counted_by_character() -> None:
    assert len(keys("大橋が崩落した")) == 7
    assert len(keys("สะพาน")) == 5
    assert len(keys("ที่")) == 1  # the marks above belong to the letter under them


def test_a_sentence_ends_at_its_own_full_stop_only() -> None:
    told = "The U.S. envoy, Mr. Oakes, left on Jan. 4. He flew via St. Paul! Why? Nobody asked… It rained."
    assert [each.split()[0] for each in sentences(told)] == ["The", "He", "Why", "Nobody"]
    assert len(sentences("پل گر گیا۔کوئی زخمی نہیں ہوا۔")) == 2
    assert len(sentences("橋が落ちた。負傷者はいない。")) == 2


@pytest.mark.parametrize(
    "told",
    [
        ["پل پیر کی رات گر گیا۔", "کوئی زخمی نہیں ہوا۔", "کیا حکومت جواب دے گی؟", "وزیر خاموش رہے۔"],
        ["انهار الجسر ليلة الاثنين.", "هل سيجيب الوزير؟", "لم يصب أحد؛ وصل رجال الإنقاذ فورا.", "أغلقت الطريق!"],
        ["सोमवार रात पुल गिर गया।", "कोई घायल नहीं हुआ।", "क्या मंत्री जवाब देंगे?", "सड़क बंद कर दी गई॥"],
        ["大桥在星期一夜里倒塌。", "没有人受伤！", "部长会回答吗？", "道路已经关闭。"],
        ["月曜日の夜、橋が崩落した。", "「けが人はいない。", "道路は閉鎖した。」", "と市長は述べた。"],
        ["สะพานพังลงเมื่อคืนวันจันทร์", "ไม่มีผู้ได้รับบาดเจ็บ", "ตำรวจปิดถนนสายหลักแล้ว"],
        ["Կամուրջը փլուզվեց երկուշաբթի գիշերը։", "Ոչ ոք չի տուժել։", "Ճանապարհը փակ է։"],
        ["ድልድዩ ሰኞ ምሽት ፈረሰ።", "ማንም አልተጎዳም።", "መንገዱ ተዘግቷል።"],
        ["ស្ពានបានបាក់នៅយប់ថ្ងៃច័ន្ទ។", "គ្មាននរណារងរបួសទេ។"],
        ["တံတားသည် တနင်္လာညတွင် ပြိုကျသည်။", "မည်သူမျှ မထိခိုက်ပါ။"],
    ],
    ids=["ur", "ar", "hi", "zh", "ja", "th", "hy", "am", "km", "my"],
)
@pytest.mark.parametrize("space", [" ", "  "])
def test_every_script_ends_its_sentences_in_its_own_way(told: list[str], space: str) -> None:
    ends = " 。！？؟۔।॥։።។။.!?「」"
    assert [each.strip(ends) for each in sentences(space.join(told))] == [each.strip(ends) for each in told]


def test_a_line_is_a_paragraph_unless_the_text_is_hard_wrapped() -> None:
    lines = ["The old bridge over the river collapsed on Monday night, and", "the county had closed one of its lanes in the month of"]
    wrapped = "\n".join([*lines, *lines, *lines]) + "\nMay.\n\nNobody was hurt.\n"
    assert len(sentences(wrapped)) == 2
    assert len(sentences("The bridge fell on Monday night.\nNobody was hurt\nAn inquiry will follow.")) == 3


def test_an_endless_sentence_is_cut_so_that_it_cannot_swallow_the_text() -> None:
    found = document("word " * 1000)
    assert (found.sentences[:, 1] - found.sentences[:, 0]).max() <= 80
    assert (found.sentences[1:, 0] == found.sentences[:-1, 1]).all()


ENTRIES = (
    "The old bridge at Kerr fell on Monday, police said after 12 cars were lost in the river.",
    "Six people were hurt, the county said on Tuesday, and 40 spent the night in a school nearby.",
    "An inquiry led by Ann Lee will last nine months, the minister for transport said in Kerr today.",
)


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (("1. ", "2. ", "3. "), "number in a list"),
        (("(3) ", "(2) ", "(1) "), "number in a list"),
        (("11.30am: ", "11:05 GMT – ", "9 am - "), "time of an entry"),
        (("11.30 Uhr: ", "11 Uhr: ", "9.45 Uhr - "), "time of an entry"),
        (("11:30\n", "11:05\n", "9:58 a.m.\n"), "time of an entry"),
    ],
)
def test_numbers_of_a_list_and_times_of_entries_are_no_figures_of_the_story(labels: tuple[str, ...], reason: str) -> None:
    begun = "What is known so far of the bridge that fell at Kerr, where the river is still closed to ships."
    found = document("\n\n".join([begun, *(label + entry for label, entry in zip(labels, ENTRIES, strict=True))]))
    assert [mark.note for mark in found.boilerplate] == [reason] * 3
    assert [found.article.text[mark.start : mark.end].strip() for mark in found.boilerplate] == [each.strip() for each in labels]
    assert [found.slice(*each) for each in found.sentences.tolist()] == [each.rstrip(".") for each in (begun, *ENTRIES)]


def test_a_list_is_not_taken_for_lines_of_one_paragraph_and_its_entries_may_go_on_below() -> None:
    entries = [
        "The old bridge at Kerr fell on Monday, police",
        "Six people were hurt, the county said, and",
        "An inquiry led by Ann Lee will last nine",
        "Ships are kept out of the river until the",
        "The road is closed and a ferry will run to",
        "Nobody has said who is to pay for a bridge",
    ]
    for mark in ("-", "•", "*"):
        text = "\n".join(f"{mark} {each}" for each in entries)
        assert [text[begin:end] for begin, end in furniture.paragraphs(text)] == [f"{mark} {each}" for each in entries]
        assert not set_aside(document(text))
        text = "\n".join(f"{mark} {each}\n  end of the year, police and county said" for each in entries)
        assert len(furniture.paragraphs(text)) == len(entries)


def test_a_dash_within_a_sentence_begins_no_entry() -> None:
    text = (
        "The price of bread went up by a third in the last\nyear, the statistics office said in a report that was\n"
        "- as the minister said - alarming to the people who\nlive in the poorest part of the country, where wages\n"
        "– the lowest in Europe – have not been raised for a\nlong time. The office said that it would look at the\n"
        "figures again in the spring of the next year."
    )
    assert len(furniture.paragraphs(text)) == 1


@pytest.mark.parametrize(
    "labels",
    [
        ("1. ", "2. ", "4. "),
        ("1. ", "2. ", ""),
        ("6:40 ", "7:10 ", "8:15 "),
        ("3.2. ", "4. ", "5. "),
        ("0.50 - ", "1.20 - ", "9.90 - "),
        ("1. Mai: ", "2. Mai: ", "3. Mai: "),
    ],
)
def test_other_numbers_at_the_head_of_paragraphs_are_kept(labels: tuple[str, ...]) -> None:
    assert not set_aside(document("\n\n".join(label + entry for label, entry in zip(labels, ENTRIES, strict=True))))


def test_the_furniture_of_the_seeds_is_set_aside_and_nothing_else() -> None:
    assert [mark.note for mark in seed("kyiv-independent.txt").boilerplate] == [
        "counter", "appeal to readers", "appeal to readers", "navigation", "reading time", "heading said twice", "photo credit",
        "navigation", "navigation", "about the author", "about the author", "about the author", "navigation", "navigation",
        "navigation",
    ]  # fmt: skip
    assert [mark.note for mark in seed("cnn.txt").boilerplate] == [
        "video caption", "dateline", "link to another story", "link to another story", "tags",
    ]  # fmt: skip
    assert list(set_aside(seed("icaro.txt"))) == ["ICARO Media Group"]


def test_furniture_of_other_pages_is_told_by_what_it_says() -> None:
    page = (
        "Skip to content\nStorm hits the coast\nBy Anna Berg\n5-minute read\n(Photo: Marta Nilsen)\n\n"
        "A storm hit the coast on Monday and cut the power of nine thousand homes, the grid operator said.\n"
        "Read more: Last year's storm\n"
        "Crews worked through the night and expect to mend the last line by Wednesday morning.\n\n"
        "Subscribe to our newsletter\nAnna Berg is a reporter for the Coast Courier and covers energy and the sea.\n"
        "© Coast Courier 2024. All rights reserved."
    )
    told = set_aside(document(page))
    assert "Storm hits the coast" not in told
    assert [each for each in told if each.startswith(("A storm", "Crews"))] == []
    assert len(told) == 8


@pytest.mark.parametrize(
    "story",
    [
        "Readers who subscribe to the paper were told on Monday that it will be printed only three days a week from May on.",
        "Anna Berg is a reporter who was held for nine days. She was freed on Monday.\n\nThe ministry did not say why it had held her.",
        "The ferry ran aground on Sunday with 214 passengers on board, the coast guard said.\n"
        "• Nine passengers were treated for bruises\n• The engine room is flooded\n• A tug is on its way\n"
        "An inquiry will be held, said the ministry, and its first hearing is expected before the end of May.",
        "The World Health Organization (WHO) said on Monday that the outbreak had ended.\nNobody has fallen ill since May.",
        "The river rose all week and the dam held until noon, the county said.\nBy Friday evening the water had reached the second floor.",
        "A film shows men in uniform on the bridge as the first of the shells comes down on it.\nReuters could not verify the footage.",
        "Support our troops rallies drew thousands to the squares of three cities on Saturday, the police said.",
        "• The bridge was closed.\n• Nobody was hurt.\n• The county will hold an inquiry into the fall of the bridge next month.",
    ],
)
def test_stories_that_sound_like_furniture_are_kept(story: str) -> None:
    assert set_aside(document(story)) == {}


def test_quotations_are_found_with_their_speaker() -> None:
    told = (
        "“We closed the lane in January,” Helen Strand said. “Nobody expected the centre to go first.”\n"
        'According to Peter Vaughan, "the council will have to answer for it". He added: "I said so then."\n'
        "The man they call «the old bear of Morvane» laughed.\n"
        "The spokesman John Ward told reporters: „Wir haben nichts gewusst“."
    )
    found = document(told)
    speech = {found.article.text[mark.start : mark.end]: mark.note for mark in found.quotations}
    assert speech["We closed the lane in January,"] == "Helen Strand"
    assert speech["Nobody expected the centre to go first."] == "Helen Strand"
    assert speech["I said so then."]
    assert speech["Wir haben nichts gewusst"] == "John Ward"


def test_a_speaker_is_named_only_where_the_words_by_the_quotation_name_one() -> None:
    told = (
        "“The vote was painful but it had to be taken,” said Rosalind Ek, the mayor.\n"
        "“I learned to read in this very library,” shouted one man from the gallery.\n"
        "Councillor Hamish Reid rose next. “How many warnings do they want from us?” he said.\n"
        "Dunmore & Sons had built it. The crowd held up a banner: “Keep your hands off our books”."
    )
    assert [mark.note for mark in document(told).quotations] == ["Rosalind Ek", "", "Councillor Hamish Reid", ""]


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("“We closed the left lane in January,” said White House spokesman John Kirby on Tuesday.", "John Kirby"),
        ("“We closed the left lane in January,” Kirby, who lives in London, said.", "Kirby"),
        ("On Tuesday the chief engineer, Helen Strand, said: “We closed the left lane in January.”", "Helen Strand"),
    ],
)
def test_a_speaker_is_a_person_and_not_a_day_or_a_town(told: str, speaker: str) -> None:
    (quotation,) = document(told).quotations
    assert quotation.note.endswith(speaker)


def test_a_quotation_left_open_runs_to_the_end_of_its_paragraph() -> None:
    found = document('"We saw it fall, she said.\nNobody spoke then.')
    (quotation,) = found.quotations
    assert found.article.text[quotation.start : quotation.end] == "We saw it fall, she said."


def test_raised_eyebrows_and_apostrophes_are_no_quotations() -> None:
    assert document('The "kamikaze" drone didn\'t hit the ‘old’ pier; the dogs’ kennel stood.').quotations == ()


def test_attributions_name_the_outlet() -> None:
    told = (
        "SEOUL (Reuters) - Two officials told the Northern Wire that the plan is dead. The Daily Echo first reported the talks. "
        "According to Le Monde, France objected. She told reporters nothing."
    )
    assert [mark.note for mark in document(told).attributions] == ["Reuters", "Northern Wire", "The Daily Echo", "Le Monde"]


def test_names_are_capitals_that_mean_something() -> None:
    told = "Police In Kerrigan Close Bridge\n\nThe bridge that Helen Strand closed was old. Strand said so. Nobody believed the county."
    found = document(told)
    assert {found.slice(at, at + 1) for at in np.flatnonzero(found.names)} == {"Helen", "Strand"}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The chief of the town told NASA that THE WAR IS OVER, and it was not.", {"NASA"}),
        ("The FBI, CIA and US DHS knew of it, and so did the chief of the town.", {"FBI", "CIA", "US", "DHS"}),
        ("The chief said that Helen was FIRED. She was fired from the town on the day of it.", {"Helen"}),
        ("It was of the town.\n\nPolice Close Bridge\n\nThe police of Lincoln had to close the bridge in the end.", {"Lincoln"}),
        ("It was of the town.\n\nBridge Closed: Helen Strand\n\nA bridge of the town was closed in the end.", {"Helen", "Strand"}),
    ],
)
def test_shouted_words_and_those_of_a_title_are_no_names(told: str, expected: set[str]) -> None:
    found = document(told)
    assert {found.slice(at, at + 1) for at in np.flatnonzero(found.names)} == expected


def test_a_capital_after_an_elision_is_a_name_wherever_a_sentence_begins() -> None:
    told = "L'Oise est en crue et le maire n'a rien dit. L'équipe a joué dans la nuit, et « d'Ambert on voit les feux », dit-il."
    found = document(told)
    assert [found.slice(at, at + 1) for at in np.flatnonzero(found.names)] == ["L'Oise", "d'Ambert"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The bridge over the river fell in the night and nobody was on it, said the chief of the county."),
        ("de", "Die Brücke über den Fluss ist in der Nacht eingestürzt, und niemand war auf ihr, sagte der Leiter."),
        ("es", "El puente sobre el río se cayó en la noche y no había nadie en él, dijo el jefe de la provincia."),
        ("ru", "Мост через реку рухнул ночью, и на нём никого не было, сказал он на встрече с жителями."),
        ("ur", "پل رات کو گر گیا اور اس پر کوئی نہیں تھا"),
        ("", ""),
    ],
)
def test_a_document_knows_its_language(language: str, told: str) -> None:
    assert document(told).language == language


def test_inflected_words_share_a_stem() -> None:
    found = document("The bridges of the county were closed, and the closing of the bridge was announced.")
    stems = dict(zip([found.slice(at, at + 1) for at in range(len(found.start))], found.stems.tolist(), strict=True))
    assert stems["bridges"] == stems["bridge"]
    assert stems["closed"] == stems["closing"] != stems["county"]


def test_invisible_characters_change_no_stem() -> None:
    for one, two in (("bridges", "bridge\u00ads"), ("Strand's", "Strand‛s"), ("closing", "clos\u200bing")):
        told = "The {} of the county fell in the night and nobody was hurt by it, he said."
        stems = [document(told.format(each)).stems[1] for each in (one, two)]
        assert stems[0] == stems[1]


def test_the_stem_of_an_arabic_word_does_not_depend_on_the_word_before() -> None:
    words_ = ["والمدرسة", "الكتاب", "يكتبون", "المهندسون", "مكتبات", "الجسور"]
    assert stems_of(words_, "ar").tolist() == stems_of(words_[::-1], "ar").tolist()[::-1]


@pytest.mark.parametrize(
    "text",
    [
        "Hello there, he said to Mr. Smith. " * 40_000,
        "word\n" * 80_000,
        "Rock ‘n roll songs of the ‘90s were played. " * 4000,
        "no stop " * 100_000,
        " " * 200_000 + "word",
        "“" * 50_000,
    ],
    ids=["one paragraph", "short lines", "open quotes", "no stop", "blank", "only quotes"],
)
def test_work_grows_with_the_length_of_a_text_and_not_with_its_square(text: str) -> None:
    """Counted in calls, not seconds: the machine may be busy."""

    def calls(told: str) -> int:
        profile = cProfile.Profile()
        profile.runcall(document, told)
        return sum(each.callcount for each in profile.getstats())

    half = text[: len(text) // 2]
    document(text[:100])
    assert calls(text) < 2.5 * calls(half) + 10_000


@settings(deadline=None, max_examples=200)
@given(st.text(st.one_of(st.sampled_from("ab A.\n\"“”‘’«»()•:3,'-—\r\t\u00ad"), st.characters()), max_size=300))
def test_offsets_are_sound_for_any_text(text: str) -> None:
    found = document(text)
    assert ((found.start >= 0) & (found.start < found.end) & (found.end <= len(text))).all()
    assert (found.start[1:] >= found.end[:-1]).all()
    for mark in (*found.boilerplate, *found.quotations, *found.attributions):
        assert 0 <= mark.start < mark.end <= len(text)
    begins, ends = found.sentences[:, 0], found.sentences[:, 1]
    assert (begins < ends).all()
    assert (begins[1:] >= ends[:-1]).all()
    assert found.body[[at for begin, end in found.sentences for at in range(begin, end)]].all()


def test_the_languages_of_many_texts_are_those_of_each() -> None:
    told = ["The man from the ministry said it was on the table", "Der Mann und die Frau von dem Amt", "Xyzzy plugh", ""]
    counter = tfidf._Counter()
    counter.add(told)
    offsets, found, counts, hashes, _ = counter.taken()
    counted = csr_matrix((counts, found, offsets), shape=(len(told), len(hashes)))
    names = [LANGUAGES[at] for at in languages_of(counted, hashes)]
    assert names == [language_and_lead(words(text)[2])[0] for text in told] == ["en", "de", "", ""]


_PIECES = ["ab", "U.S", "a.b", "Mr", "us", "U", "12", ".", "!", "?", "“", "”", "’", '"', "'", "-", "(", ")", "…", "St-ab", "x,", "_", "é"]


@given(st.lists(st.sampled_from([*_PIECES, " ", "\n", ". ", '." ', ".” "])))
@example(["us", " ", "12", ". ", "ab"])
@settings(deadline=None, max_examples=500)
def test_the_short_way_to_a_sentence_end_is_punkts_own(pieces: list[str]) -> None:
    text = "".join(pieces)
    # Of 'by Mr. Jones."' Punkt makes two sentences: it takes the end after the next word for one after the abbreviation.
    assume(not re.search(r"[.!?]\s+\S*[.!?][^\w\s]", text))
    assert [each for each in _split(text) if each[0] < each[1]] == list(_punkt().span_tokenize(text))


def test_an_abbreviation_before_the_end_of_a_quotation_ends_nothing() -> None:
    told = ['They gave him the nickname "our Mr. Intensity."', "He liked it."]
    text = " ".join(told)
    assert [text[start:end] for start, end in _split(text)] == told


def test_stories_are_cut_into_sentences_as_punkt_cuts_them() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert [each for each in _split(line) if each[0] < each[1]] == list(_punkt().span_tokenize(line))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("b\u0430nk", "bank"),  # Cyrillic a
        ("BR\u0406DGES", "bridge"),  # Ukrainian i, in capitals
        ("har\u00adbour", "harbour"),
        ("har\u200bbour", "harbour"),
        ("cafe\u0301s", "café"),
        ("driver\u2019s", "driver's"),
        ("sixty", "60"),
        ("Nine", "9"),
        ("harbour", "harbor"),
        ("organisations", "organization"),
        ("analysed", "analyzed"),
        ("theatres", "theater"),
        ("travelling", "traveling"),
        ("called", "calls"),
        ("defence", "defense"),
        ("programmes", "programs"),
    ],
)
def test_disguises_and_spellings_have_one_stem(one: str, other: str) -> None:
    assert len(set(stems_of([one, other], "en").tolist())) == 1


@pytest.mark.parametrize(("one", "other"), [("hour", "hor"), ("sixteen", "60"), ("centre", "cent"), ("банк", "bank")])
def test_words_that_only_look_alike_in_part_keep_their_own_stem(one: str, other: str) -> None:
    assert len(set(stems_of([one, other], "en").tolist())) == 2


def test_a_stem_does_not_depend_on_the_words_that_were_met_before(monkeypatch: pytest.MonkeyPatch) -> None:
    spelt = [f"{word}{ending}" for word in ("bridge", "Café", "o'clock", "U.S", "zero\u00adday") for ending in ("", "s", "ing")]
    spelt += [f"word{at}" for at in range(5000)] + ["don't", "'s", "½", "x²y", "the"]
    alone = [int(stems_of([each], "en")[0]) for each in spelt]
    monkeypatch.setattr(module, "_spellings", {})
    monkeypatch.setattr(module, "_STEMS_KEPT", 9000)
    for size in (7, 5000, 7):  # the table grows, and is begun anew when it is full
        for at in range(0, len(spelt), size):
            text = "; ".join(spelt[at : at + size])
            start, end, keys, _ = words(text)
            found = dict(zip((text[i:j] for i, j in zip(start, end, strict=True)), stem_keys(text, "en", start, end, keys).tolist(), strict=True))
            assert all(found[each] == stem for each, stem in zip(spelt[at:], alone[at : at + size], strict=False) if each in found)


def test_a_stem_does_not_depend_on_another_spelling_of_the_word_before_it() -> None:
    def stems(text: str) -> list[int]:
        start, end, keys, _ = words(text)
        assert len(set(keys.tolist())) == 1
        return stem_keys(text, "en", start, end, keys).tolist()

    assert stems("Résumés resumes") == stems("resumes Résumés")[::-1]
    assert stems("Bridges bridges BRIDGES") == stems("bridges") * 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\r\r\n"])
def test_a_blank_line_ends_a_paragraph_whatever_ends_the_lines(end: str) -> None:
    lines = ["The bridge over the Arle fell on Monday night after days", "of rain which nobody in the two villages had ever seen", "the like of"]
    wrapped = "\n\n".join(["\n".join(lines)] * 3).replace("\n", end)
    assert len(sentences(wrapped)) == 3


def test_a_hard_wrapped_text_with_long_lines_among_the_short_ones_is_all_story() -> None:
    wrapped = "\n\n".join(
        "The minister said on Tuesday that the old bridge would be\nclosed to lorries until the spring, and that the "
        f"{number} other crossings of the river, which carry most of the traffic to the port, would be looked at as well\n"
        "before anybody spoke of building a new one beside it."
        for number in ("two", "seven", "nine")
    )
    assert document(wrapped).body.all()
