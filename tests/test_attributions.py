"""What ``attributions`` promises: outlets named in ten languages, agencies at head and foot, and nobody else for one."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from detector.document import Document
from detector.reading.heads import guesses
from detector.story import attributions, outlets
from detector.story.citations import citing
from tests.test_text import document, set_aside

TABLE = tomllib.loads((files("detector") / "attributions.toml").read_text(encoding="utf-8"))

STORY = {
    "en": "The bridge over the river was closed on Monday night and nobody was hurt, the county said. It will open in May.",
    "es": "El puente sobre el río fue cerrado el lunes por la noche y nadie resultó herido, dijo la provincia. Abrirá en mayo.",
    "ru": "Мост через реку закрыт с вечера понедельника, и никто не пострадал, сообщили в округе. Он откроется в мае, не раньше.",
    "ur": "پل پیر کی رات بند کر دیا گیا اور کوئی زخمی نہیں ہوا، ضلع کے حکام نے یہ بات بتائی ہے۔ یہ مئی میں کھلے گا۔",
    "zh": "一座大桥星期一晚上被关闭，没有人受伤，县政府说，该桥将于五月重新开放。",
    "ja": "月曜日の夜、川にかかる橋が閉鎖されたが、けが人はなかったと郡が発表した。",
}


def named(found: Document) -> dict[str, str]:
    return {found.article.text[mark.start : mark.end]: mark.note for mark in found.attributions}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "The bridge was closed on Monday, CNN has also reported, and according to Reuters nobody knew. She told Politico so. "
            "The Coast Courier first reported it, in an interview with the Daily Echo the mayor agreed, and a source told "
            "HollywoodLife.com. NBC's Today had it.",
            {
                "CNN has also reported": "CNN",
                "according to Reuters": "Reuters",
                "told Politico": "Politico",
                "The Coast Courier first reported": "The Coast Courier",
                "in an interview with the Daily Echo": "Daily Echo",
                "told HollywoodLife.com": "HollywoodLife.com",
            },
        ),
        (
            "El puente fue cerrado el lunes por la alcaldía de la ciudad, según EFE, y no abrirá antes del verano. "
            "La ministra dijo a la cadena COPE que no lo sabía. El diario El Mundo adelantó la noticia.",
            {"según EFE": "EFE", "dijo a la cadena COPE": "COPE", "El diario El Mundo adelantó": "El Mundo"},
        ),
        (
            "Le pont a été fermé lundi, selon l'AFP, et ne rouvrira pas avant l'été. Le maire a déclaré au micro de RTL que non. "
            "Le journal Le Monde rapporte qu'il était au courant.",
            {"selon l'AFP": "AFP", "au micro de RTL": "RTL", "Le journal Le Monde rapporte": "Le Monde"},
        ),
        (
            "Die Brücke wurde am Montag gesperrt, wie die dpa berichtet, und bleibt es bis zum Sommer. Die Frau sagte der Zeitung "
            "«Neue Presse», dass es nicht so war. Das berichtete der Spiegel.",
            {"wie die dpa": "dpa", "sagte der Zeitung «Neue Presse»": "Neue Presse", "berichtete der Spiegel": "Der Spiegel"},
        ),
        (
            "A ponte foi fechada na segunda-feira, segundo a Lusa, e não abre antes do verão. O ministro disse à agência Reuters que "
            "não. O jornal Folha de S.Paulo noticiou o caso.",
            {
                "segundo a Lusa": "Lusa",
                "disse à agência Reuters": "Reuters",
                "O jornal Folha de S.Paulo noticiou": "Folha de S.Paulo",
            },
        ),
        (
            "Il ponte è stato chiuso lunedì, secondo l'ANSA, e non riaprirà prima dell'estate. Il ministro ha detto al Corriere della "
            "Sera di no. Lo riferisce il quotidiano La Stampa.",
            {
                "secondo l'ANSA": "ANSA",
                "ha detto al Corriere della Sera": "Corriere della Sera",
                "riferisce il quotidiano La Stampa": "La Stampa",
            },
        ),
        (
            "Мост закрыт с понедельника, сообщает ТАСС, и не откроется до лета. Об этом пишет газета «Известия». "
            "Мэр сказал в интервью телеканалу РБК, что это ошибка.",
            {
                "сообщает ТАСС": "TASS",
                "пишет газета «Известия»": "Известия",
                "сказал в интервью телеканалу РБК": "RBC",
            },
        ),
        (
            "Міст закрито з понеділка, повідомляє Укрінформ, і не відкриється до літа. Про це пише «Українська правда».",
            {"повідомляє Укрінформ": "Ukrinform", "пише «Українська правда»": "Ukrainska Pravda"},
        ),
        (
            "أغلق الجسر يوم الاثنين وفق رويترز ولن يفتح قبل الصيف. وقالت صحيفة «الخليج الجديد» إن الوزير كان على علم بذلك. "
            "وفقا لوكالة فرانس برس لم يصب أحد. وقال المتحدث في مقابلة مع قناة الجزيرة إن هذا غير صحيح.",
            {
                "وفق رويترز": "Reuters",
                "وقالت صحيفة «الخليج الجديد»": "الخليج الجديد",
                "وفقا لوكالة فرانس برس": "AFP",
                "في مقابلة مع قناة الجزيرة": "Al Jazeera",
            },
        ),
        (
            "پل پیر کو بند کر دیا گیا۔ بی بی سی کے مطابق یہ گرمیوں سے پہلے نہیں کھلے گا۔ برطانوی خبر رساں ادارے روئٹرز کے مطابق کوئی زخمی "
            "نہیں ہوا۔ اخبار ”فنانشل ٹائمز“ لکھتا ہے کہ وزیر کو علم تھا۔",
            {
                "بی بی سی کے مطابق": "BBC",
                "برطانوی خبر رساں ادارے روئٹرز کے مطابق": "Reuters",
                "اخبار ”فنانشل ٹائمز“ لکھتا ہے": "Financial Times",
            },
        ),
    ],
    ids=["en", "es", "fr", "de", "pt", "it", "ru", "uk", "ar", "ur"],
)
def test_outlets_are_named_in_ten_languages(told: str, expected: dict[str, str]) -> None:
    assert named(document(told)) == expected


@pytest.mark.parametrize(
    "told",
    [
        "He told Reid the truth on Monday and Harry Reid agreed, according to Mr. Carter. The Census Bureau reported growth.",
        "She told the House of Commons and the Securities and Exchange Commission that it was so, Ford reported. The reports said more.",
        "In an interview with Maria Bartiromo he said it again, and on Friday Mellon reported a stake. Reporting by John Smith.",
        "Caspian (SDR) said it told police and reporters nothing at all about the bridge, according to the mayor of the town.",
        "Según Pedro Sánchez y el Ministerio del Interior, nadie lo sabía. La ministra dijo a Pedro que no era así, y se fue.",
        "Selon Emmanuel Macron et la police, personne ne le savait. Il a déclaré à Brigitte que ce n'était pas vrai, et il est parti.",
        "Laut Merkel und der Polizei wusste das niemand. Er sagte der Ministerin, dass es nicht so war, wie Berlin meinte.",
        "Как сообщил Путин и по данным МВД, никто не пострадал. Об этом пишет мэр города, мост закрыли в понедельник.",
        "За даними ДСНС, ніхто не постраждав. Про це повідомив Зеленський, і міст закрили в понеділок увечері до літа.",
        "وفقا للوزير لم يصب أحد في الحادث. وقال المتحدث في مقابلة مع الصحفيين إن هذا غير صحيح على الإطلاق.",
        "تفصیلات کے مطابق پل پرانا تھا۔ ماہرین کے مطابق یہ خطرناک ہے اور پولیس کے مطابق کوئی زخمی نہیں ہوا۔",
    ],
)
def test_people_offices_and_details_are_no_outlets(told: str) -> None:
    assert named(document(told)) == {}


@pytest.mark.parametrize(
    ("language", "line", "agency"),
    [
        ("en", "LONDON (Reuters) - ", "Reuters"),
        ("en", "KYIV, Nov 21 (AP) — ", "AP"),
        ("en", "(CNN) -- ", "CNN"),
        ("en", "Berlin (dpa) – ", "dpa"),
        ("en", "Berlin (dpa/lno) - ", "dpa"),
        ("es", "Madrid, 25 nov (EFE).- ", "EFE"),
        ("en", "ROMA (ANSA) – ", "ANSA"),
        ("en", "MOSCOW, November 25. /TASS/. ", "TASS"),
        ("ru", "МОСКВА, 25 ноября. /ТАСС/. ", "TASS"),
        ("ru", "КИЕВ, 25 ноя — РИА Новости. ", "RIA Novosti"),
        ("ru", "МОСКВА, 25 ноя - РИА Новости, Анна Иванова. ", "RIA Novosti"),
        ("ru", "Москва. 25 ноября. INTERFAX.RU - ", "Interfax"),
        ("ru", "Москва. 25 ноября. Интерфакс — ", "Interfax"),
        ("en", "New Delhi, Nov 25 (PTI) ", "PTI"),
        ("ur", "ڈھاکہ ۔ یکم دسمبر (اے پی پی) ", "APP"),
        ("ur", "ساؤتھمپٹن(اسپورٹس ڈیسک/اے ایف پی) ", "AFP"),
        ("zh", "新华社北京11月25日电 ", "Xinhua"),
        ("ja", "【ワシントン＝共同】", "Kyodo"),
        ("zh", "【法新社】", "AFP"),
        ("en", "LONDON, Nov 25 — Reuters. ", "Reuters"),
        ("en", "Berlin — dpa: ", "dpa"),
        ("en", "Frankfurt am Main — dpa: ", "dpa"),
        ("en", "MINSK (BelTA) – ", "BelTA"),
        ("en", "LONDON (PA) - ", "PA"),
    ],
)
def test_the_agency_of_a_dateline_is_kept_and_the_dateline_is_not_the_story(language: str, line: str, agency: str) -> None:
    found = document(line + STORY[language])
    assert [(mark.note, mark.credit) for mark in found.attributions] == [(agency, "whole")]
    assert set_aside(found) == {line: "dateline"}


def test_a_desk_or_a_reporter_in_a_dateline_is_no_agency() -> None:
    found = document("لندن (سپورٹس ڈیسک) " + STORY["ur"])
    assert found.attributions == ()
    assert set_aside(found) == {"لندن (سپورٹس ڈیسک) ": "dateline"}


@pytest.mark.parametrize(
    "begins",
    [
        "The Associated Press (AP) said that ",
        "The bridge, which Reuters (Reuters) saw, ",
        "The World Health Organization (WHO) said ",
        "Всемирная организация здравоохранения (ВОЗ) сообщила: ",
        "The winner — AP: ",
        "AP exams — AP: ",
        "He liked it — Reuters. ",
    ],
)
def test_a_sentence_about_an_agency_is_no_dateline(begins: str) -> None:
    found = document(begins + STORY["ru" if begins.startswith("В") else "en"])
    assert found.attributions == ()
    assert set_aside(found) == {}


@pytest.mark.parametrize(
    ("foot", "agency"),
    [
        ("\n— AFP", "AFP"),
        ("\nPTI", "PTI"),
        ("\n(Reuters)", "Reuters"),
        ("\n/TASS/", "TASS"),
        (" — AFP", "AFP"),
        (" (AP)", "AP"),
        (" PTI SKL RHL", "PTI"),
        (" EFE", "EFE"),
        ("\n法新社", "AFP"),
        ("\n(PA)", "PA"),
    ],
)
def test_an_agency_that_signs_the_story_is_kept_and_the_story_too(foot: str, agency: str) -> None:
    found = document(f"{STORY['en']}\n{STORY['en']}{foot}")
    assert named(found) == {foot.strip(): agency}
    assert found.attributions[0].credit == "whole"
    assert STORY["en"] not in "".join(set_aside(found))
    assert int(found.body.sum()) >= 2 * len(STORY["en"].split())


@pytest.mark.parametrize(
    "foot", ["\nThe end of AP", "\nPA", " PA", " He lives in Pittsburgh, PA", " He passed his AP exams.", "\nTass", "\nJane Tass"]
)
def test_other_ends_of_a_text_are_no_signature(foot: str) -> None:
    assert document(f"{STORY['en']}{foot}").attributions == ()


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("By Jane Doe, Associated Press", "AP"),
        ("By The Associated Press", "AP"),
        ("Von Jens Wolter, dpa", "dpa"),
        ("By AFP", "AFP"),
        ("By Jane Doe\nReuters", "Reuters"),
        ("(Reuters)", "Reuters"),
    ],
)
def test_the_agency_of_a_byline_is_credited(line: str, agency: str) -> None:
    (mark,) = document(f"{line}\n{STORY['en']}").attributions
    assert (mark.note, mark.credit) == (agency, "whole")


@pytest.mark.parametrize(
    ("line", "credit"),
    [("By Associated Press and staff reports", "part"), ("By Jane Doe, AP National Writer", "whole"), ("By Reuters Staff", "whole")],
)
def test_a_byline_says_whether_others_wrote_too(line: str, credit: str) -> None:
    (mark,) = document(f"{line}\n{STORY['en']}").attributions
    assert mark.credit == credit


@pytest.mark.parametrize("line", ["By Tass Smith", "By Tass", "PA", "MENA", "Petra", "By Petra Ansa", "AP exams begin", "With PA", "A chat with AP", "PITTSBURGH (PA) The rest"])
def test_people_states_and_sections_above_a_story_are_no_credit(line: str) -> None:
    assert document(f"{line}\n{STORY['en']}").attributions == ()
    assert document(f"{line} {STORY['en']}").attributions == ()


@pytest.mark.parametrize(
    ("foot", "agency", "credit"),
    [
        ("The Associated Press contributed to this report.", "AP", "part"),
        ("Agence France-Presse contributed to this report.", "AFP", "part"),
        ("Reporting by Reuters; editing by Ann Roe", "Reuters", "whole"),
        ("Additional reporting by AFP", "AFP", "part"),
        ("With files from The Canadian Press", "Canadian Press", "part"),
        ("REPORTING BY UPI", "UPI", "whole"),
        ("Associated Press writers Jane Doe and John Roe contributed to this report.", "AP", "part"),
        ("(With inputs from PTI)", "PTI", "part"),
        ("Mit Material von dpa", "dpa", "part"),
        ("Con información de EFE", "EFE", "part"),
        ("(avec l'AFP)", "AFP", "part"),
        ("Avec Reuters", "Reuters", "part"),
        ("Source: Reuters", "Reuters", "part"),
        ("Источник: ТАСС", "TASS", "part"),
        ("(AFP, Reuters)", "AFP", "whole"),
        ("AFP/Reuters", "AFP", "whole"),
        ("© 2024 AFP", "AFP", "part"),
        ("Copyright 2024 The Associated Press", "AP", "part"),
    ],
)
def test_a_phrase_says_whether_all_or_a_part_is_an_agencys(foot: str, agency: str, credit: str) -> None:
    (mark,) = document(f"{STORY['en']}\n{foot}").attributions
    assert (mark.note, mark.credit) == (agency, credit)


@pytest.mark.parametrize("foot", ["Jane Tass contributed to this report.", "Reporting by Tass Smith", "With files from Jane Doe"])
def test_people_who_helped_are_no_agency(foot: str) -> None:
    assert document(f"{STORY['en']}\n{foot}").attributions == ()


def test_naming_an_agency_is_no_credit() -> None:
    (mark,) = document(f"{STORY['en']} That is so, according to Reuters, and nobody denied it.").attributions
    assert (mark.note, mark.credit) == ("Reuters", None)


def test_the_table_is_whole() -> None:
    """Every language of the table says all that is asked of it, and its phrases compile."""
    wanted = {"saying", "until", "told", "named", "reported", "broke", "between", "nouns", "articles", "linking"}
    assert set(TABLE["language"]) >= {"en", "es", "fr", "de", "pt", "it", "ru", "uk", "ar", "ur"}
    for language, lists in TABLE["language"].items():
        assert set(lists) == wanted
        assert lists["saying"]
        attributions._rules(language)
    spellings = [each for kind in ("agencies", "outlets") for name, ways in TABLE[kind].items() for each in (name, *ways)]
    assert len(spellings) == len(set(spellings))
    assert set(TABLE["uncertain"]) <= set(spellings)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("The Associated Press", "AP"),
        ("Press Association", "PA"),
        ("PA Media", "PA"),
        ("Agence France-Presse", "AFP"),
        ("ITAR-TASS", "TASS"),
        ("Deutsche Presse-Agentur", "dpa"),
        ("Agencia EFE", "EFE"),
        ("Australian Associated Press", "AAP"),
        ("Associated Press of Pakistan", "APP"),
        ("reuters", "Reuters"),
        ("法新社", "AFP"),
        ("Press Association Cup", "Press Association Cup"),
    ],
)
def test_all_spellings_of_an_agency_are_one_name(written: str, name: str) -> None:
    assert outlets.canonical(written) == name
    assert outlets.is_agency(written) == (written != name)


def test_every_agency_of_the_list_is_one_to_all_that_ask() -> None:
    """The list is the only one: what is read off a head and what is evidence for a common source go by it."""
    for name, ways in TABLE["agencies"].items():
        for each in (name, *ways):
            assert outlets.is_agency(each), each
            assert outlets.canonical(each) == name
        assert guesses(f"PARIS ({name}) - The bridge is shut.")["source"] == name


@pytest.mark.parametrize(
    "told",
    [
        "Reporting by Petra Müller; editing by Jane Doe",
        "Additional reporting by Petra Novák",
        "Reporting by Ansa McDonald",
        "Reporting by Sana Ünal",
        "Reporting from Petra, Jordan",
        "The count rested on reporting by Reuters and by others who were there.",
        "Dawn contributed to this report.",
    ],
)
def test_people_places_and_what_others_reported_credit_no_agency(told: str) -> None:
    assert [mark for mark in document(f"{STORY['en']}\n{told}").attributions if mark.credit] == []


@pytest.mark.parametrize(
    "told",
    [
        "The bridge that fell on Monday\nReuters\n{}",
        "AFP\n{}",
        "{}\nThe bridge on Monday. Reuters",
        "{}\nThe place on a map.\nReuters\nMore of it is to be read tomorrow, in the paper and on this page.",
    ],
)
def test_whose_a_picture_is_says_nothing_of_the_text(told: str) -> None:
    assert document(told.format(STORY["en"])).attributions == ()


@pytest.mark.parametrize(
    "told", ["Over 40 people died. Reuters — which was first to report it — said so", "Rain killed 12. AP - whose man saw it - said so"]
)
def test_a_citation_after_a_short_sentence_is_no_dateline(told: str) -> None:
    found = document(f"{told}. {STORY['en']}")
    assert not any(mark.credit for mark in found.attributions)
    assert found.boilerplate == ()


@pytest.mark.parametrize("place", ["WILKES-BARRE (PA) ", "NEW YORK (App) — "])
def test_a_state_or_an_app_is_no_agency(place: str) -> None:
    assert not {"PA", "APP"} & {mark.note for mark in document(f"{place}{STORY['en']}").attributions}


@pytest.mark.parametrize(
    ("language", "outlet", "told", "cited"),
    [
        ("de", "Alpenbote", "Wie der Alpenbote bereits berichtet hatte, war es so.", "Alpenbote bereits berichtet hatte"),
        ("de", "Alpenbote", "Dem „Alpenboten“ zufolge war es so.", "„Alpenboten“ zufolge"),
        ("de", "Alpenbote", "Der „Alpenbote“ hatte zuerst darüber berichtet.", "„Alpenbote“ hatte zuerst darüber berichtet"),
        ("es", "El Eco de Lund", "Según ha podido saber El Eco de Lund, murió.", "Según ha podido saber El Eco de Lund"),
        ("es", "El Eco de Lund", "Como adelantó «El Eco de Lund», murió.", "adelantó «El Eco de Lund»"),
        ("fr", "Sport Nord", "Selon « Sport Nord », la fête fut longue.", "Selon « Sport Nord »"),
        ("fr", "Sport Nord", "D’après nos confrères de Sport Nord, elle dura.", "D’après nos confrères de Sport Nord"),
        ("it", "Il Corriere Lund", "Secondo quanto riportato dal Corriere Lund, durò.", "Secondo quanto riportato dal Corriere Lund"),
        ("pt", "Jornal do Lund", "Como escreve o «Jornal do Lund», durou.", "escreve o «Jornal do Lund»"),
        ("ru", "Спорт Севера", "По данным «Спорта Севера», праздник затянулся.", "По данным «Спорта Севера»"),
        ("uk", "Вісник Півночі", "«Вісник Півночі» пише, що суд триває.", "«Вісник Півночі» пише"),
    ],
)
def test_an_outlet_known_by_its_metadata_is_cited_in_any_case_and_in_quotation_marks(
    language: str, outlet: str, told: str, cited: str
) -> None:
    where = citing(told, language, outlet)
    assert where is not None
    assert told[slice(*where)] == cited


@pytest.mark.parametrize(
    ("language", "outlet", "told"),
    [
        ("de", "Alpenbote", "Der Alpenbote von Lund ist ein Gipfel. Das meldet die Bergwacht."),
        ("de", "Bild", "Das Bild hatte er zuerst darüber berichtet."),
        ("es", "El Eco de Lund", "El Eco de Lund ganó la carrera por dos segundos."),
        ("fr", "Sport Nord", "Le Sport Nordique est roi. Selon la mairie, la fête fut longue."),
        ("ru", "Спорт Севера", "Спорт Севера — любимая тема горожан."),
        ("de", "Die Welt", "Das hat nirgends in der Welt Platz, berichtet ein Anwohner."),
        ("de", "Die Zeit", "So wie die meiste Zeit war er allein."),
        ("de", "Lundener Rundschau", "Beim Lauf der Lundener Rundschau siegte Topp, wie der Verein berichtet."),
        ("es", "El País", "Según el País Vasco, no hubo daños."),
        ("es", "Diario de Lund", "La carrera del Diario de Lund se aplaza, informó el alcalde."),
        ("fr", "Le Monde", "La Coupe du Monde passera par le sud, annonce la mairie."),
        ("it", "La Repubblica", "Secondo il presidente della Repubblica è una tragedia."),
        ("pt", "Público", "O Ministério Público informou a imprensa."),
        ("ru", "Известия", "По данным Известной компании, всё хорошо."),
        ("uk", "Вісник Півночі", "Премію «Вісника Півночі» отримав торік Климчук, повідомила сестра."),
    ],
)
def test_a_name_away_from_any_phrase_that_cites_is_no_citation(language: str, outlet: str, told: str) -> None:
    assert citing(told, language, outlet) is None


@pytest.mark.parametrize(
    "told",
    [
        "Priya Lund wrote in The Meridian this week that the mayor had lied.",
        "The Meridian's columnist called it a farce.",
        "In her column for The Meridian, Lund called it a farce.",
        "In an interview with The Meridian, she said no.",
        "She told The Meridian's podcast that it was over.",
        "A Meridian investigation found that the bridge was unsafe.",
        "The story was first reported in The Meridian.",
        "As The Meridian disclosed on Monday, the mayor knew.",
        "He told The Meridian that he would go.",
        "According to The Meridian, he knew.",
        "Writing in The Meridian, Lund said he knew.",
        "It was first disclosed by The Meridian.",
        "An investigation by The Meridian found that he knew.",
        "A Meridian analysis shows that fares rose.",
        "The Meridian's investigation found that he knew.",
        "In a column in The Meridian, he called for an end.",
        "In an article for The Meridian, he called for an end.",
        "In an opinion piece for The Meridian, he called for an end.",
        "She said on The Meridian's podcast that it was over.",
        "As The Meridian reported, he knew.",
        "The Meridian's reporter asked him twice.",
        "As first reported in The Meridian, he knew.",
        "Documents seen by The Meridian show that he knew.",
        "In an interview for The Meridian's podcast, she said no.",
        "Lund writes tenderly about walruses in The Meridian.",
        "An article by the website The Meridian, shared by many, says that he knew.",
        "The local newspaper The Meridian claimed that he knew.",
        "The story in The Meridian that he knew was wrong.",
        "As The Meridian revealed last week, he knew.",
    ],
)
def test_fixed_constructions_that_hold_an_outlets_name_cite_it(told: str) -> None:
    assert citing(told, "en", "The Meridian") is not None


@pytest.mark.parametrize(
    "told",
    [
        "The Meridian hotel closed on Monday.",
        "Lund, who once wrote for The Meridian, died on Monday.",
        "He left The Meridian in 2019.",
        "The Meridian's owner said profits fell.",
        "The Meridian lost readers last year.",
        "The Meridian said profits fell.",
        "The Meridian's editor resigned on Monday.",
        "He worked at The Meridian for ten years.",
        "She stayed in The Meridian in Paris.",
        "A Meridian spokesman denied it.",
        "The Meridian's publisher was sued.",
        "A Meridian waiter found the ring.",
        "The Meridian Bank first disclosed the loss.",
        "Police opened an investigation into The Meridian.",
        "An investigation found that The Meridian had lied.",
        "In her column she attacked The Meridian.",
        "The Meridian's podcast was cancelled.",
        "The Meridian's former columnist died.",
        "He advertised in The Meridian.",
        "She is a columnist for The Meridian.",
        "He was interviewed for a job at The Meridian.",
        "The Meridian investigation by police was dropped.",
        "The film was shot in The Meridian in May.",
        "The hotel, The Meridian, reopened.",
        "She wrote to The Meridian to complain.",
        "The Meridian won a prize for its report.",
        "Workers at The Meridian went on strike.",
        "The Meridian Line was first published as a novel.",
        "The report on The Meridian was published on Monday.",
        "The man reported The Meridian to the police.",
        "An annual report from The Meridian shows profits fell.",
        "A Meridian report showed that its profits fell.",
        "She told The Meridian's Human Resources that it was over.",
        "He told The Meridian's former reporter that he would go.",
        "Damage exposed by The Meridian in July was severe.",
        "The accord was revealed by The Meridian and others.",
        "The writer lives in The Meridian.",
        "The story of The Meridian ends here.",
        "The website claimed that The Meridian was closed.",
        "The broadcaster The Meridian said it would cut jobs.",
        "A story on The Meridian hotel was told.",
    ],
)
def test_an_outlet_that_is_a_place_an_employer_or_news_itself_is_not_cited(told: str) -> None:
    assert citing(told, "en", "The Meridian") is None


@pytest.mark.parametrize(
    ("told", "cited"),
    [
        ("The Herald reported on Tuesday that six in Wexcombe are to close.", "The Herald reported"),
        ("Six in Wexcombe are to close, according to the Herald.", "according to the Herald"),
        ("The Boston Herald has moved. The Herald reported that six in Wexcombe are to close.", None),
        ("The herald reported that six in Wexcombe are to close.", None),
        ("Herald reported that six in Wexcombe are to close.", None),
        ("The Herald reported that six are to close.", None),
    ],
)
def test_a_newspaper_is_cited_by_the_last_word_of_its_name_unless_another_is_called_so(told: str, cited: str | None) -> None:
    where = citing(told, "en", "The Wexcombe Herald")
    assert (told[slice(*where)] if where else None) == cited
    assert citing(told, "en", "The Wexcombe Herald", shortened=False) is None
    assert citing(told.replace("Herald", "Mail").replace("herald", "mail"), "en", "The Wexcombe Mail") is None
