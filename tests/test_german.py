"""Names in German, where every noun has a capital."""

from __future__ import annotations

import pytest

from detector import Article, compare
from detector.languages.german import common_noun
from detector.text import analyse


def names(text: str) -> list[str]:
    found = analyse(Article(id="a", text=text))
    return [text[begin:end] for begin, end in zip(found.start[found.names], found.end[found.names], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Polizei hat in der Nacht im Hafen von Rostock einen Mann festgenommen.", ["Rostock"]),
        ("Das sagte der Sprecher der Feuerwehr, Jens Wittmann, bei einem Besuch in Aalen.", ["Jens", "Wittmann", "Aalen"]),
        ("Nach dem Brand in der Möbelfabrik Hölscher sind 210 Beschäftigte ohne Arbeit.", ["Hölscher"]),
        ("Das teilte die BASF in Ludwigshafen mit, die dort Lacke und Holzplatten herstellt.", ["BASF", "Ludwigshafen"]),
        ("Dass die Zwillinge nicht bei der Wahl waren, hat auch Ulla Koch gesagt.", ["Ulla", "Koch"]),
        ("Höhere Zölle und sinkende Gebühren halfen, nach eigenem Bekunden litt er seit Kurzem hinter Gittern in Ulm.", ["Ulm"]),
        ("Untreue, Konten und Nachzügler: Darüber hat gestern auch der Richter aus Aalen gesprochen.", ["Aalen"]),
        ("Er bekam vier Jahre Haft und fünf Kilo Quastel, wie es in der Mitteilung aus Gera hieß.", ["Gera"]),
        ("Es ist das Werk, das von Hamburgs Hafen und auf der anderen Seite des Rostocker Hafens.", ["Hamburgs"]),
    ],
)
def test_common_nouns_are_no_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_word_with_an_article_in_one_place_is_no_name_in_another() -> None:
    assert names("Der kleine Quastel ist weg, und nach Angaben von Anna sucht man auch in Detmold nach Quastel.") == ["Anna", "Detmold"]


def test_a_place_that_ends_as_a_noun_does_is_a_name() -> None:
    places = "Bielefeld Deutschland Dortmund Frankfurt Hamburg Krefeld Rostock Saarbrücken Stuttgart Wuppertal".split()  # noqa: SIM905
    assert not [each for each in places if common_noun(each)]


SOURCE = """Ein Feuer hat in der Nacht zum Dienstag die Lagerhallen der Möbelfabrik Hölscher in Detmold vollständig zerstört. \
Nach Angaben der Polizei brach der Brand gegen 2.15 Uhr in einer Halle aus, in der Lacke und Holzplatten aufbewahrt wurden. \
Die Flammen griffen rasch auf zwei benachbarte Gebäude über. Verletzt wurde niemand.

Rund 180 Einsatzkräfte aus dem gesamten Kreis Lippe kämpften bis zum Morgen gegen das Feuer. Die Rauchsäule war noch im \
30 Kilometer entfernten Bielefeld zu sehen. Die Bundesstraße 239 blieb bis zum Mittag gesperrt.

In dem Betrieb arbeiten 210 Menschen. Geschäftsführerin Karin Hölscher kündigte an, die Beschäftigten weiter zu bezahlen. Das \
Unternehmen wurde 1926 gegründet und beliefert vor allem Krankenhäuser und Schulen.
"""
REWRITE = """Der Möbelhersteller Hölscher in Detmold steht vor den Trümmern seiner Lager: In der Nacht auf Dienstag sind sie \
komplett niedergebrannt. Zu Schaden kam dabei kein Mensch. Begonnen hatte das Unglück laut Polizei um etwa 2.15 Uhr dort, wo \
der Hersteller Holz und Farben lagerte; kurz darauf standen auch zwei angrenzende Bauten in Flammen.

Bis in die Morgenstunden waren ungefähr 180 Feuerwehrleute aus allen Teilen des Kreises Lippe mit den Löscharbeiten \
beschäftigt. Selbst in Bielefeld, gut 30 Kilometer weit weg, konnte man den Qualm erkennen. Für den Verkehr wurde die B 239 \
erst mittags wieder geöffnet.

210 Mitarbeiter zählt der Familienbetrieb, der seit 1926 besteht und in erster Linie Kliniken und Schulen ausstattet. Chefin \
Karin Hölscher versprach, dass die Löhne weiterlaufen.
"""
REPORT = """Marlies Kuhlmann stand um drei Uhr im Bademantel auf der Straße. »Wir haben die Sirenen gehört und dann nur noch \
Rot gesehen«, erzählt die 71-Jährige, die seit vierzig Jahren in Detmold wohnt. Gegenüber, keine 200 Meter entfernt, brannte \
die Möbelfabrik Hölscher.

Bürgermeister Frank Hilker kam kurz nach sieben. Er bot der Firma eine leere Halle am Bahnhof an. Auch das Technische \
Hilfswerk ist mit zwei Gruppen aus Lemgo vor Ort, bis zu 180 Feuerwehrleute waren im Einsatz. Die Grundschule am Hasselbach \
fiel aus, weil Messwagen noch Ruß auf dem Schulhof fanden.

Kreisbrandmeister Wolfgang Kornegger rechnet damit, dass die Arbeiten bis Donnerstag dauern. Ein Problem war die Versorgung \
mit Wasser: Aus der Werre musste eine anderthalb Kilometer lange Leitung gelegt werden.
"""


def test_a_rewrite_that_keeps_the_names_is_told_from_a_report_of_the_same_event() -> None:
    source, rewrite, report = (Article(id=str(at), text=text) for at, text in enumerate((SOURCE, REWRITE, REPORT)))
    assert compare(source, rewrite).probability > 0.4
    assert compare(source, report).probability < 0.05


def test_countries_firms_and_families_are_names_behind_articles_and_given_names() -> None:
    text = (
        "Kiel meldete, dass die Ukraine und die Türkei sprechen. In der Schweiz warb Rheinmetall mit der Commerzbank. "
        "Zuvor hatte Peter Richter mit Thomas Fischer und Anna Koch über die Brücke gesprochen."
    )
    document = analyse(Article(id="a", text=text))
    names = {text[i:j] for i, j in zip(document.start[document.names], document.end[document.names], strict=True)}
    assert names >= {"Ukraine", "Türkei", "Schweiz", "Rheinmetall", "Commerzbank", "Peter", "Richter", "Fischer", "Koch"}
    assert "Brücke" not in names


def test_a_word_is_a_name_after_a_title_a_club_or_a_given_name_in_any_list_or_none() -> None:
    text = (
        "Gestern sprach dort lange Ansgar Vogel mit Richterin König und mit dem Trainer, Jens Fischer, über den TSV Hof. "
        "Nach der Pause sagte Vogel, dass Hof auch in Unterzahl besser war."
    )
    assert names(text) == ["Ansgar", "Vogel", "König", "Jens", "Fischer", "TSV", "Hof", "Vogel", "Hof"]


def test_a_noun_after_a_surname_is_no_name() -> None:
    assert names("Das gab der Politiker Anton Weiß bekannt. Danach räumte Weiß Fehler ein.") == ["Anton", "Weiß", "Weiß"]


def test_a_town_that_is_a_noun_is_a_name_where_only_the_town_needs_no_article() -> None:
    assert names("Es brannte gestern in Essen, er kommt aus Halle, und sie fuhr nach Hof.") == ["Essen", "Halle", "Hof"]
    assert names("Das ist ein Essen in der Halle und auf dem Hof, sagte er, aus Sicht von Anna in Kürze.") == ["Anna"]


def test_what_is_told_after_a_verb_of_saying_is_its_speaker() -> None:
    assert names("Das teilte Vonovia am Montag mit. So ist es nicht, sagte Fischer dazu.") == ["Vonovia", "Fischer"]


def test_inhabitants_behind_an_article_do_not_hide_their_town() -> None:
    assert names("Gestern hat die Berliner Polizei in Berlin und in Köln gesucht, wie sie mitteilte.") == ["Berlin", "Köln"]


def test_names_end_in_letters_that_are_nouns() -> None:
    found = "Ellwitz Oberzell Radolfzell Konstanz Salzburg Herford Konstantin Valentin Schwerin Sindelfingen".split()  # noqa: SIM905
    assert not [each for each in found if common_noun(each)]
    nouns = "Verhandlungstage Konzerne Konten Autos Archäologen Demonstranten Zufahrten Imkerin".split()  # noqa: SIM905
    assert all(map(common_noun, nouns))


def test_a_text_without_a_capital_letter_has_no_names() -> None:
    text = "die brücke über den fluss ist am montag gesperrt worden, und niemand weiß, wie lange das noch so bleiben soll."
    assert not analyse(Article(id="a", text=text)).names.any()
