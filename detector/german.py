"""Tell common nouns from names among capitalised German words, since German capitalises every noun.

A word counts as a common noun if it has a typical ending (-ung, -schaft), if it is one of the nouns common in news or a
compound that ends with one, or if anywhere in the text it stands where names are rare: after an article, with or without
lower-case words between (*die kleine Halle*), or after a number. A word after a given name is a name nevertheless.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from .stems import stemmer
from .words import among, joined_by, words

# Nouns common in news, in one form each, that also end compounds: "halle" covers Lagerhallen.
_HEADS = """
abbau abend abgabe abkommen ablauf absatz abschied abschluss absicht abstand abstimmung abteil abzug adresse affäre
agentur aggregat akte aktie aktion alarm album alkohol alltag amt anbieter andrang anfang angabe angebot angriff angst
anlage anlass anleger anleihe anreiz anruf ansage ansatz anschlag anschluss ansicht anspruch anstalt anstieg anteil antrag
antwort anwalt anwohner anzahl anzeichen anzeige apotheke apparat april arbeit arbeitgeber arbeitnehmer archiv argument
artikel arznei arzt aspekt asyl atem attacke aufgabe auflage aufnahme aufruf aufsicht aufsichtsrat aufstand auftakt
auftrag auftritt aufwand auge august ausbau ausblick ausfall ausflug ausgabe ausgang auskunft ausland auslöser ausnahme
aussage ausschuss aussicht ausstand austausch ausweg ausweis auto autobahnbrücke autor bagger bahn bahnhof balken ball
band bank bargeld barriere basis batterie bau bauernhof baum bauten beamtin bedarf bedenken beginn begriff behandlung
behörde beifall beispiel beitrag bereich bericht beruf bescheid beschluss beschwerde besitz besuch betrag betreiber
betrieb betriebsrat betrug bett bevölkerung beweis bewerber bewohner bewusstsein bezirk bezug bibliothek bier bilanz bild
birne blatt blick block blume blut boden bombe boom boot botschaft branche brand brett brief brille brot bruch bruder
brötchen buch bude budget bund bundesgerichtshof bus bäcker bäckerei börse bühne bündnis bürgermeister büro bürohaus camp
chance chef chefin chemie chor code container cousin dach dampf dank darlehen datei daten datum dauer debakel debatte
decke defekt defizit deich dekan demo demokratie denkmal depot desaster detail devise dezember dialog diebstahl diener
dienst dienstag diesel diktatur ding diskussion dividende doktor dokument donnerstag drama droge drohne druck duell dunkel
dürre ebene ehe ehre eid eigentum eimer eindruck einfluss eingang einheit einkauf einkommen einnahme einsatz einschnitt
einsicht einspruch eintritt einwand einwohner einzelheit eis elektronik element ende energie engagement engpass entdecker
ente entschluss entwurf episode erbe ereignis erfinder erfolg ergebnis erhalt erkenntnis erlass erlaubnis erlebnis erlös
ermittler ernte ersatz ersparnis ertrag erwerb erzieher essen etage etat ethik exemplar existenz experiment experte
expertin export fabrik fach fachleute fackel faden fahndung fahne fahrer fahrrad fahrt fahrzeug faktor fall familie fan
farbe fassade fassung fazit februar fehlbetrag fehler feier feind fenster ferien fernsehen fest festival festnahme feuer
feuerwehr figur filiale film finale finanz finger firma fisch fitness flagge flamme flasche fleisch fliege flucht flug
flughafen flugzeug flur fluss flut fläche flüchtling flügel folge fonds form formel forscher foto fracht frage fraktion
frau freiheit freitag freude freund freundin frieden friedhof frist front frost frucht frühjahr fuge fund funk funktionär
fußball führer gabel galerie garage garant garantie gas gast gebiet geburt gebäude gedanke gedenken geduld gefahr gefallen
gefängnis gefühl gegend gegensatz gegner gehalt geheimnis geist geld gelegenheit gelände gemeinde gemeinderat gemüse
genehm generation generator genosse gepäck gericht gerichtshof geruch gerät geräusch gerücht geschehen geschenk geschichte
geschoss geschwister geschäft geschäftsführer geselle gesetz gesicht gespräch gestalt geste gesuch getreide getriebe
getränk gewalt gewehr gewerbe gewerkschaft gewicht gewinn gewitter gewohnheit gift gipfel gleis glied glück gold gott grad
grenze grippe grund grundlage gruppe gruß gutachten gutschein haft hagel halle hals halt haltestelle hand handel handschuh
handwerk handy haushalt haut hebel heer heft heiligabend heimat heimleiter heizung helfer helikopter hemd herbst
hersteller herz heu hilfe himmel hinsicht hinweis hit hitze hobby hochhaus hochschule hochwasser hochzeit holz honorar
horizont hotel hubschrauber hund hunger hälfte händler höhe idee illusion imam import impuls index individuum industrie
infektion inflation info ingenieur ingenieurin inhaber inhalt initiative innenstadt insasse insel insolvenz institut
instrument integration interesse interessent internet interview investor irrtum jacke jahr jahrhundert jahrzehnt januar
job journalist journalistin jubel jubiläum juli juni jurist juristin justiz kabel kabinett kaffee kamera kamin kammer
kampagne kampf kanal kandidat kandidatin kanne kante kantine kanzlei kanzler kapazität kapital kapitel kapitän karriere
karte kasse katastrophe katze kauf keller kenner kenntnis kern kerze kette kind kino kissen kiste klage klasse kleid klima
klinik klinikum knie koalition koch koffer kollege kollegin kollektiv kommandeur kommissar kommission kommissionierer
kommune komponist kompromiss konferenz konflikt kongress konkurrent konkurrenz konsequenz kontakt konto kontrolle konzept
konzern konzert kopf korps korruption kosten kraft kran krankenhaus krankheit kranz kredit kreis kreuz krieg kriminalität
krise kritik kuchen kugel kuh kultur kunde kundin kundschaft kunst kurs kurve kuss kälte köchin könig königin körper
künstler küste labor lack laden lage laie lampe landrat landtag landwirt laser last lauf laune leben lebensmittel leder
lehre leib leiche leid leiter leser leute licht liebe lied lieferant lieferung liga linie liste liter literatur lkw lobby
loch lohn los lounge luft lust lähmung lärm löscharbeit lüge macht magazin magen mahl mahlzeit mai mal management manager
mandat mangel mannschaft mantel maschine maske mast material mauer maus maßnahme medaille medien medikament medizin meer
mehl mehrheit meile meinung meister melder menge mensch merkmal messe metall meter methode miene miete milch milieu
militär milliarde million minderheit minister ministerium minus minute missbrauch mission mitarbeiter mitbewohner mitglied
mittag mittel mitternacht mittwoch modell moderator moderatorin moment monat moral mord morgen moschee motiv motor motto
munition museum musik muskel muster mut mutter mädchen märz möbel nachbar nachbarin nachfolger nachfrage nachmittag
nachricht nacht nachteil nachwuchs nagel name nase nation natur nebel neffe nest netz netzwerk neubau neuigkeit niederlage
niveau notfall notiz notwehr november null nummer nutzen nähe objekt obst ofen ohr oktober olympia oma onkel oper opfer
opposition ordner organ organisator orkan paket palast panik panne papier pappe paragraf parkplatz parlament partei
partner party pass passage passagier passant patient patientin patron pause pegel pein pendler pension person personal
perspektive pfeife pferd pflanze pflaster pflege pflicht pfund phase philosoph physiker pilot pilotin pistole plakat plan
plastik platte platz pleite plus podium pokal poker politik polizei polizist polizistin post potenzial praktik praktikant
praxis predigt preis premiere presse priester prinz prinzip privileg probe problem produkt produktion produzent professor
professorin profi profil prognose programm projekt protest protestant protokoll provinz prozent prozess prämie präsenz
präsident präsidentin prüfer psychologe psychologin publikum pult punkt puppe pächter qualität qualm quartal quartier
quelle quote rabatt rad radio rahmen rakete rand rang rasen rasse rathaus ratschlag raub raum reaktion realität rechner
rechtsanwalt rechtsanwältin redakteur redakteurin redaktion rede redner referat referendum referent reform regal regel
regen regie regierung regierungschef regierungschefin regime region regisseur regisseurin register reichweite reife reihe
reise reiz reklame rekord religion rennen rente rentner reporter republik reserve residenz respekt rest restaurant
resultat retter revier revolution rheinbrücke richter richtlinie riese rind risiko riss ritual rock rohr rolle roman rose
route rucksack rudel ruf ruhe ruhm ruine runde rutsch rückgang rückkehr rücklage rücksicht rücktritt rückzug saal
sachverhalt sack saft saison salz sammler samstag sand sanierung sanitäter sarg satellit satz schade schall schatten
schatz schauplatz schauspieler scheck scheibe schein schicht schicksal schiene schiff schild schirm schlacht schlaf
schlafsack schlag schlange schlauch schleife schlepper schluss schlüssel schmerz schmuck schnee schnitt schnur schock
schrank schreck schrift schritt schrott schuh schuld schule schulhof schuss schutt schutz schwager schwanz schwein schweiß
schwelle schwert schwester schwierigkeit schwimmer schwung schwäche see seele segel segen seil seite sekretär sekretärin
sekte sektor sekunde semester seminar senat senator senatorin sender senior seniorin sensor september serie service sessel
sicherheit sicht sieg siegel signal silber silvester sirene sitte situation sitz skala skandal skepsis sohn soldat
soldatin sommer sonnabend sonne sonntag sorge sorte spalte spannung spaß spediteur speicher speise spende spezialist
spiegel spiel spielzeug spiritus spitze sport sporthalle sportler sprache sprecher sprengstoff sprinkler spritze spruch
sprung spur staat staatsanwalt staatsanwältin stab stadion stadtrat stadtteil stadtviertel stahl stall stamm stand
standort standpunkt station statistik statue status stau staub steg stelle steuer stich stiftung stil stimme stirn stoff
stollen stolz stoß strafe strand strang strategie strauß straße straßenbrücke strecke streich streife streik streit stress
strich strom struktur strumpf student studentin studie studio studium stufe stuhl stunde sturm sturz stück suche summe
supermarkt symbol symptom system szene sänger säule tabelle tablette tafel takt tal talent tank tante tarif tasche tasse
tat tatsache taxi team technik teich teil teilnehmer telefon teller temperatur tempo tendenz tennis teppich termin terror
terrorist test teufel text theater thema themen theorie therapie these thron ticket tiefe tier tipp tisch titel tochter
tod todesopfer ton topf tour tourismus tourist tradition tragödie trainer training traktat traktor transport trauer traum
treffen trend treppe treppenhaus treue tribüne trick trieb trinkwasser tritt trottoir trubel truppe träne trümmer tuch
tugend tumor tunnel turm turnier typ tür ufer uhr umfang umfeld umfrage umgang umgebung umsatz umstand umweg umwelt umzug
unfall unglück uniform union universität unmut unruhe unschuld unsicherheit unterkunft unterlage unternehmen unterricht
unterschied unterschrift unterstützer untersuchung urlaub ursache urteil variante vater verband verbot verbrauch
verbrechen verdienst verein vereinbarung verfahren verfall verfasser verfügung vergangenheit vergehen vergleich vergnügen
verhalten verhältnis verkauf verkehr verlag verlauf verletzung verlierer verlust vermieter vermögen verrat vers
versammlung versand verschluss versicherer version verstand versteck verstoß verständnis verstärkung versuch verteidiger
vertrag vertrauen vertreter vertrieb verwalter verwundet verzicht verzug video viertel virus vize vogel volk volksfest
volumen voraussetzung vorbild vorfall vorgabe vorgang vorhaben vorhang vorjahr vorläufer vormittag vorrang vorrat
vorschlag vorschrift vorsicht vorsprung vorstand vorstandschef vorstandschefin vorstoß vorteil vortrag vorwurf waffe wagen
wahl wahnsinn wahrheit wand wandel ware warn wart wasser wechsel wecker wehr weihnacht wein welle welt weltkrieg wende
werbung werk werkstatt werkzeug wettbewerb wette wetterdienst widerspruch widerstand wiese wille willkür winkel winter
wirkung wirt wirtin wirtschaft wirtschaftskraft wissen wissenschaftler witwe witz woche wochenende wohl wohngebiet
wohnhaus wohnung wolke wolle wort wunde wunsch wurst wurzel wut wärme würde zahl zahn zaun zeichen zeile zeit zeitpunkt
zeitraum zeitschrift zelle zelt zentrale zentrum zeuge zeugin zeugnis ziel ziffer zigarette zimmer zins zoll zone zoo zorn
zucker zufall zugang zuhause zuhörer zukunft zulage zulieferer zunahme zunge zusage zuschauer zuschlag zuschuss zustand
zustimmung zuwachs zwang zweck zweifel zweig zwilling zyklus zügel ärger öffentlichkeit öffnung öl übergang übernahme
überraschung überschuss übersicht
"""
# Nouns not used as endings, since names of places and people end in them: Neustadt, Bielefeld, Deutschland, Bergmann.
_WORDS = """
abbruch abgeordnete abriss acht allgemeinen alte amerikaner anbetracht angehörige angeklagte angestellte anhieb
arbeitslose arme art aus ausgleich bach beamte bedeutung beileid bekannte benziner beschäftigte beteiligte betriebsräte
betroffene bezahlung bitte brandort brite brunn brut brücke burg böse cent christdemokrat damen deutsche dollar dom drei
dutzend dörfer eck ehrenamtliche ei eile einheimische elf ernst erwachsene euro feld fett folgenden franzose frei
freiwillige furt fuß fünf gang garten gebet gehen geiz geschädigte glas gläubige graben gras grüne gute hafen hauptsache
haus heim hektar herr herrn hinblick hof hundert hut jagd jugendliche jüngere kehr kilo kilometer kirche kommen
konservative kranke lachen land leck liberale linke lob mann mark maß mehrzahl mitleid mitte montag märkte mögliche mühle
nachspiel neid neue neugier neun nord not nötige obdachlose ort ortschaft ost park pech pfand prozentpunkt
quadratkilometer quadratmeter qual quere rat rauchen recht reiche reichtum reisende ring rot ruck rum russe rückgrat saat
sache schlimmeres schloss schotte schreiben schweigen sechs selbstständige sinne sozialdemokrat spott stadt statiker stein
stern stock studierende süd tag tatort tausend teer tonnen tor toten trinken trotz türke umriss umtrieb unfallort unzahl
verdächtige verletzte vermisste verwandte vieh vielzahl vier vorort vorsitzende wald wege weitem west wichtigste wind
wohnort wucht zeh zehn zoff zuge zutun zwei zwist zwölf überlebende übrigen
"""
_SHORTEST = 4  # letters of a noun that may end a compound, at least
_BEFORE = 3  # letters of a compound before that noun, at least
_PREFIX = "haupt"  # forms a compound with any of them
_ENDINGS = re.compile(r"..(?:ung|heit|keit|schaft|tion|sion|ität|tum|ismus|erei)(?:en|es|s)?$|..(?:isten|innen)$")
# After an opening word comes a noun, with or without lower-case words between; a closing word ends that phrase, or
# precedes a bare noun.
_OPENING = """
alle allem allen aller am ans beide beiden beider beim das dem den der deren des dessen die diese diesem diesen dieser
dieses ein eine einem einen einer eines einige einigen einiger etliche ihr ihre ihrem ihren ihrer ihres im ins jede jedem
jeden jeder jedes jene jenem jenen jener jenes kein keine keinem keinen keiner keines mehrere mehreren mehrerer mein meine
meinem meinen meiner sein seine seinem seinen seiner seines solche solchen solcher sämtliche sämtlicher unser unsere
unserem unseren unserer viele vielen vieler vom weitere weiteren weiterer welche welchem welchen welcher wenige wenigen
weniger zahlreiche zahlreichen zum zur
"""
_CLOSING = """
aber allerdings als also an auch auf aus außerdem bei bereits bevor bis da dabei daher damals danach dann darum dass dazu
denn deshalb doch dort durch er es etwa etwas euch für gegen haben hat hatte hatten hier hinter ich ihm ihn ihnen immer in
ist jedoch jetzt laut man mich mir mit nach nachdem neben nicht nichts noch nun nur ob obwohl oder ohne rund sagte sagten
samt schon seit sich sie sind so sondern statt trotz um und uns unter von vor war waren warum was wegen weil wenn wer
werden wie wir wird wo wurde wurden während zu zudem zwischen über
"""
# Names that stand after an article, or that end as nouns do.
_NAMES = """
commerzbank irak iran jemen kongo kreml krim libanon minden mongolei niederlande niederlanden postbank rheinmetall samsung
schweiz slowakei sudan tagesspiegel trump türkei ukraine
"""
# Given names that end as "Hamburger" and "Hamburgs" do.
_GIVEN_NAMES = """
alexander andreas anders carlos christopher dieter gunther günter günther hans heiner holger jens jonas jürgens klaus lars
lukas markus matthias moritz nils niklas oliver peter rainer thomas tobias victor viktor walter werner
"""
_PROPER, _GIVEN = (frozenset(each.split()) for each in (_NAMES, _GIVEN_NAMES))


@cache
def _nouns() -> tuple[frozenset[str], frozenset[str], int]:
    """The stems of nouns that end compounds, the stems of all nouns, and the length of the longest of the former."""
    stem = stemmer("de").stemWords
    heads, alone = _HEADS.split(), _WORDS.split()
    compounds = stem([_PREFIX + each for each in heads])  # more is cut off these than off the noun alone: Sparkurs
    ending = frozenset(each[len(_PREFIX) :] for each in compounds if len(each) >= len(_PREFIX) + _SHORTEST)
    return ending, frozenset(stem(heads + alone)), max(map(len, ending))


@cache
def _phrasing() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The sorted keys of the words that open a phrase, and of those that close it."""
    opening, closing = (np.unique(words(each)[2]) for each in (_OPENING, _CLOSING))
    return opening, closing


@lru_cache(maxsize=1 << 17)
def common_noun(word: str) -> bool:
    """Return whether a word, taken by itself, is a common noun in any number and case; acronyms such as BASF are not.

    >>> [common_noun(each) for each in ("Lagerhallen", "Vereinbarung", "Schmidt", "Bielefeld", "Feld")]
    [True, True, False, False, True]
    """
    word = unicodedata.normalize("NFC", word)
    small = word.lower()
    if small[1:] != word[1:]:
        return False
    ending, nouns, longest = _nouns()
    if small in _PROPER:
        return False
    stem = stemmer("de").stemWord(small)
    if stem in nouns or _ENDINGS.search(small):
        return True
    return any(stem[-size:] in ending for size in range(_SHORTEST, min(longest, len(stem) - _BEFORE) + 1))


def common_nouns(
    text: str,
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    keys: NDArray[np.uint64],
    stems: NDArray[np.uint64],
    capital: NDArray[np.bool_],
    number: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """(n,) bool: the capitalised words that are not names, each wherever it occurs in the text.

    ``start``, ``end``, ``keys``, ``stems``: (n,) of the words; ``capital``, ``number``: (n,) bool, capitalised and numeric.
    """
    follows = joined_by(" -", text, start, end)
    opening, closing = (among(keys, each) for each in _phrasing())
    listed, last, short = opening | closing, np.zeros(len(keys), "<U1"), np.zeros(len(keys), np.bool_)
    nouns = np.flatnonzero(capital)
    spelt = [text[begin:stop] for begin, stop in zip(start[nouns].tolist(), end[nouns].tolist(), strict=True)]
    listed[nouns] |= np.array([common_noun(each) for each in spelt], np.bool_)
    last[nouns] = ["" if each.lower() in _GIVEN else each[-1] for each in spelt]
    proper = np.zeros(len(keys), np.bool_)
    proper[nouns] = [each.lower() in _PROPER for each in spelt]
    short[nouns] = [not each[1:].islower() for each in spelt]  # BASF
    behind = _open(opening | number, closing | capital, follows) & ~short
    # Walter Koch: the second word of a name is one too, but not in "Hamburgs Koch" and "Hamburger Koch".
    given = capital & follows & (last != "r") & (last != "s") & ~listed & ~behind
    second = np.append([False], given[:-1]) & capital & follows
    common = capital & (listed | behind) & ~second & ~proper
    return capital & among(stems, np.sort(stems[common])) & ~among(stems, np.sort(stems[second]))


def _open(opens: NDArray[np.bool_], closes: NDArray[np.bool_], follows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) bool: words before which a phrase was opened, and since then neither closed nor interrupted by a mark."""
    at = np.arange(len(opens))
    opened, closed = (np.maximum.accumulate(np.where(each, at, -1)) for each in (opens, closes & ~opens))
    broken = np.maximum.accumulate(np.where(follows, -1, at))
    result = np.zeros(len(opens), np.bool_)
    result[1:] = (opened[:-1] > closed[:-1]) & (opened[:-1] >= broken[1:])
    return result
