"""Tell common nouns from names among capitalised German words, since German capitalises every noun.

A word counts as a common noun if it has a typical ending (-ung, -schaft), if it is one of the nouns common in news or a
compound that ends with one, or if anywhere in the text it stands where names are rare: after an article, with or without
lower-case words between (*die kleine Halle*), after a number or a measure (*vier Jahre Haft*), or after an adjective
(*höhere Zölle*). A word after a given name, a title or a club's abbreviation is a name nevertheless (*Richterin König*,
*TSV Hof*), and so is the name of a town that is a noun, too, where only the town needs no article (*in Essen*).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from .stems import stemmer
from .words import among, joined_by, keys_of

# Nouns common in news, in one form each, that also end compounds: "halle" covers Lagerhallen.
_HEADS = """
abbau abend abfall abgabe abiturient abkommen ablauf abnehmer abriss absatz abschied abschluss abschnitt absicht abstand
abstimmung abteil abteilungsleiter abwehr abzug adresse affäre agentur aggregat akademie akku akte akteur aktie aktion
aktionär akzent alarm album alkohol allee allergie allianz alltag amateur ampel amt analyse analyst anbau anbieter andrang
anfang anfrage anführer angabe angebot angriff angst anhänger anklage ankläger ankunft anlage anlass anleger anleihe
anliegen annahme anreiz anruf ansage ansatz anschlag anschluss ansicht anspruch anstalt anstand anstieg anteil antrag
antwort anwalt anwohner anzahl anzeichen anzeige anzug apotheke apparat april arbeit arbeitgeber arbeitnehmer architekt
archiv argument armee armut artikel arznei arzneimittel arzt aspekt asyl atem atmosphäre attacke aufbau aufenthalt aufgabe
aufkommen auflage auflösung aufnahme aufruf aufsicht aufsichtsrat aufstand aufstieg auftakt auftrag auftritt aufwand auge
august ausbau ausblick ausdruck ausfall ausflug ausgabe ausgang auskunft ausland ausländer auslöser ausnahme aussage
ausschuss aussicht ausstand austausch ausweg ausweis auszeichnung auszug auto autobahnbrücke automat autor bagger bahn
bahnhof bahnsteig balken balkon ball banane band bank banner bargeld barren barriere basis batterie bau bauarbeiter bauch
bauernhof bauten beamtin bedarf bedenken beere befehl befund beginn begleiter begriff behandlung behörde beifall beispiel
beitrag beitritt bekunden belag beleg bemühen benzin berater bereich bergwerk bericht beruf bescheid beschluss beschwerde
beschäftigung besen besitz besitzer besuch beton betrag betreiber betrieb betriebsrat betrug bett beutel bevölkerung beweis
bewerber bewohner bewusstsein bezirk bezug bibliothek biene bier bilanz bild birne bischof bitte blatt blech blick blitz
block blume blut boden bohrer bombe bonus boom boot bord botschaft boykott branche brand brause bremse brett brief brille
brot bruch bruder brust brötchen brühe buch bude budget bund bundesgerichtshof bundesland bundesrat bundestag bus busse
butter bäcker bäckerei börse büchse bühne bündnis bürgermeister büro bürohaus bürste café camp chance chaos charakter
checkliste chef chefin chemie chirurg chor code computer container cousin cup dach dampf dampfer dank darlehen datei daten
datum dauer debakel debatte debüt defekt defizit deich dekan delegation demo demokratie demonstrant denkmal depot desaster
design detail devise dezember dialekt dialog dichter dieb diebstahl diener dienst dienstag diesel diktatur diplomat direktor
diskussion disziplin dividende doktor dokument donnerstag dose dozent drama dreck drittel droge drohne druck drucker duell
duft dunkel dusche dürre ebene effekt ehe ehemann ehre eid eifer eigentum eimer einbrecher einbruch eindruck einfluss
eingang einheit einkauf einkommen einkünfte einnahme einsatz einschnitt einsicht einspruch einstieg eintrag eintritt einwand
einwohner einzelheit einzug eis elektronik element elend elite eltern empfang empfänger ende energie engagement engpass
enkel entdecker ente entgelt entschluss entwickler entwurf episode erbe erdbeben erde ereignis erfinder erfolg ergebnis
erhalt erkenntnis erlass erlaubnis erlebnis erlös ermittler ermäßigung ernte ersatz ersatzteil ersparnis ertrag erwerb
erzieher essen etage etat ethik event exemplar existenz experiment experte expertin export fabrik fachleute fackel faden
fahndung fahne fahrer fahrrad fahrt fahrzeug fakt faktor fall familie fan farbe fass fassade fassung fazit februar
fehlbetrag fehler feier feind fenster ferien fernsehen fest festival festnahme feuer feuerwehr feuerwehrmann fieber figur
filiale film filter finale finanz firma fisch fitness flagge flamme flasche fleck fleisch fliege flieger flohmarkt flop
flotte fluch flucht flug flughafen flugzeug flur fluss flut fläche flüchtling flügel folge fonds form formel forscher foto
fotograf fotografin fracht frage fraktion frau freibad freiheit freiheitsstrafe freitag freude freund freundin friedhof
friseur frist front frosch frost frucht frühjahr fuge fund funk funktionär futter fußball fähre führer fürst gabel galerie
gans garage garant garantie gas gebiet geburt gebäude gebühr gedanke gedenken gedicht geduld gefahr gefallen gefecht
gefängnis gefühl gegend gegensatz gegner gehalt gehege geheimnis gehirn gehweg geisel geist geld gelegenheit gelenk gelände
gemeinde gemeinderat gemälde gemüse genehm generation generator genosse genuss gepäck gericht gerichtshof geruch gerät
geräusch gerücht geschehen geschenk geschichte geschlecht geschmack geschoss geschwister geschäft geschäftsführer geselle
gesellschafter gesetz gesicht gespräch gestalt geste geständnis gesuch getreide getriebe getränk gewalt gewehr gewerbe
gewerkschaft gewicht gewinn gewissen gewitter gewohnheit gift gipfel gitarre glanz glatteis gleis glied glocke gläubiger
glück gott grad grafik gramm grenze griff grippe grund grundlage gruppe gruß gründer gutachten gutschein gymnasium gürtel
haft hagel haken halle hals halt haltestelle hand handel handlung handschuh handwerk handy hass haufen haushalt hausmeister
haut hebel heer heft heiligabend heimat heimleiter heizung hektik helfer helikopter hemd henne herausgeber herbst herkunft
herrscher hersteller herz heu hilfe himmel hinsicht hinweis historiker hit hitze hobby hochhaus hochschule hochwasser
hochzeit honorar horizont hose hotel hotelier hubschrauber huhn humor hund hunger hälfte händler höhe hülle hürde idee
illusion imam immobilie import impuls index individuum industrie infarkt infektion inflation info information ingenieur
ingenieurin inhaber inhalt initiative innenstadt innung insasse insekt insel insolvenz instanz institut instrument
integration interesse interessent internet interview investor irrtum jacke jahr jahrgang jahrhundert jahrzehnt januar job
journal journalist journalistin jubel jubilar jubiläum juli juni jurist juristin jury justiz kabel kabine kabinett kaffee
kalender kamera kamin kammer kampagne kampf kanal kandidat kandidatin kanne kante kantine kanzlei kanzler kapazität kapital
kapitel kapitän karriere karte kartoffel kasse kasten katastrophe kater katze kauf keks keller kenner kenntnis kern kerze
kette kind kino kissen kiste kita klage klasse klausel klavier kleid kleidung klima klinik klinikum klotz klub knall knast
knie knochen knopf knospe knoten koalition koffer kohle kollege kollegin kollektiv kommandant kommandeur kommentar kommissar
kommission kommissionierer kommune komponist kompromiss konferenz konfession konflikt kongress konkurrent konkurrenz
konsequenz kontakt konto kontrolle konzept konzern konzert konzertsaal kopf kopie korps korruption kosten kraft kran
krankenhaus krankheit kranz krebs kredit kreis kreuz kreuzfahrt krieg kriminalität krise kritik kräuter kuchen kugel kuh
kultur kumpel kunde kundin kundschaft kunst kuppel kurs kurve kuss käfer käfig kälte käse käufer köchin könig königin körper
kübel künstler kürze küste labor laden lage laie lampe landkarte landrat landstraße landtag landwirt laser last lauf laune
leben lebensmittel lebewesen leck leder legende lehre lehrer lehrling leib leiche leid leiter leitung leser leute licht
lichtung liebhaber lied lieferant lieferung liga linie liste liter literatur lizenz lkw lobby logo lokal lokführer los
lounge lunge luxus lähmung lärm löffel löscharbeit lösegeld lücke lüge macht magazin magd magen mahl mahlzeit mai makler mal
malheur management manager mandat mangel mannschaft mantel manöver marathon marine maschine maske mast material mauer maurer
maßnahme mechaniker medaille medien medikament medizin meer mehl mehrheit meile meinung meister melder melodie menge mensch
merkmal messe metall meter methode miene miete milch milieu militär miliz milliarde million minderheit minister ministerium
minus minute missbrauch mission mitarbeiter mitbewohner mitglied mittag mittel mittelalter mitternacht mittwoch mobilität
mode modell moderator moderatorin moment monat monster moral mord morgen moschee motiv motor motorrad motto munition museum
musik musiker muskel muster mut mutter mädchen märz möbel mühe müll münze nachbar nachbarin nachfolger nachfrage nachkomme
nachmittag nachricht nacht nachteil nachweis nachwuchs nachzügler nacken nadel nagel name narr nase nation natur nebel
nebenjob neffe nest netto netz netzwerk neubau neuigkeit niederlage niederschlag niveau norm notfall notiz notlage notwehr
november null nummer nutzen nähe objekt obst ochse ofen offensive offizier ohr oktober olympia oma onkel oper opfer
opposition orchester orden ordner organ organisator orkan paket palast panik panne panzer papagei papier pappe papst
paradies paragraf parkplatz parlament partei partie partner party pass passage passagier passant patient patientin patron
pause pegel pein pelz pendler pension person personal personenschaden perspektive pfanne pfarrer pfeife pfeil pfeiler pferd
pflanze pflaster pflege pflicht pfund pfütze phase philharmonie philosoph physiker pilot pilotin pinsel pirat pistole plakat
plan planet plastik platte platz pleite plus podium pokal poker politik politiker politikerin polizei polizist polizistin
post potenzial praktik praktikant praktikum praxis predigt preis premiere presse priester prinz prinzessin prinzip privileg
probe problem produkt produktion produzent professor professorin profi profil prognose programm projekt prophet protest
protestant protokoll provinz prozedur prozent prozess prämie präsenz präsident präsidentin prüfer psychologe psychologin
publikum pult pumpe punkt puppe pächter qualität qualm quark quartal quartier quelle querschnitt quote rabatt rad radio
radler radweg rahmen rakete rand rang rasen rasse rathaus ratschlag raub raum reaktion realität rebell recherche rechner
rechtsanwalt rechtsanwältin redakteur redakteurin redaktion rede redner referat referendum referent referentin reform regal
regel regen regent regie regierung regierungschef regierungschefin regime region regisseur regisseurin register reichweite
reife reifen reihe reise reiter reiz reklame rekord religion relikt rennen rennrad rente rentner reporter republik reserve
residenz respekt rest restaurant resultat retter reue revier revolution rezept rheinbrücke richter richtlinie riese rind
risiko riss ritual rock rohbau rohr rohstoff rolle roman rose route rucksack rudel ruf ruhe ruhm ruine rumpf runde rutsch
rätsel räuber räumung röhre rückgang rückkehr rücklage rücksicht rücktritt rückzug saal sachverhalt sack saft saison salat
salbe salz sammler samstag sanierung sanitäter sarg satellit satire satz schacht schade schale schall schalter schatten
schatz schauplatz schauspieler scheck scheibe schein scheitern scherz scheune schicht schicksal schiene schiff schild
schinken schirm schlacht schlaf schlafsack schlag schlange schlauch schleife schlepper schlinge schlucht schluss schlüssel
schmerz schmuck schnaps schnee schnitt schnur schock schokolade schrank schreck schrei schrift schritt schrott schublade
schuh schuld schule schulhof schulter schuppen schuss schutt schutz schwager schwanz schwein schweiß schwelle schwert
schwester schwierigkeit schwimmer schwung schwäche schädel schüler schütze see seele segel segen seide seil seite sekretär
sekretärin sekt sekte sektor sekunde selbstvertrauen semester seminar senat senator senatorin sender senior seniorin sensor
september serie service sessel sicherheit sicht sieb sieg siegel sieger signal silber silvester sirene sitte situation sitz
skala skandal skepsis skizze socken sohn soldat soldatin sommer sonnabend sonne sonntag sorge sorte spalt spalte spanne
spannung sparer spaziergang spaß specht spediteur speicher speise spektrum spende sperre spezialist spiegel spiel spielzeug
spinne spiritus spitze sport sporthalle sportler sprache sprecher sprengstoff sprinkler sprint sprit spritze spruch sprung
spur staat staatsanwalt staatsanwältin stab stachel stadion stadtrat stadtteil stadtviertel staffel stahl stall stamm stand
standort standpunkt stange start station statistik statue status stau staub steg stelle steuer steuerzahler stich stiefel
stift stiftung stil stimme stirn stoff stollen stolz stoß strafe strahl strand strang strategie strauch straße straßenbrücke
streben strecke streich streife streik streit stress streuner strich strom struktur strumpf student studentin studie studio
studium stufe stuhl stunde sturm sturz stück substanz suche summe supermarkt suppe symbol symptom system szene sänger säule
tabelle tablette tafel takt tal talent tank tante tarif tarifvertrag tasche tasse tat tatsache taucher taxi team technik
teil teilnehmer telefon teller tempel temperatur tempo tendenz tennis teppich termin terror terrorist test tester teufel
text theater thema themen theorie therapie these thron ticket tiefe tier tiger tipp tisch titel tochter tod todesopfer
toleranz ton topf torte tour tourismus tourist tradition tragödie trainer training traktat traktor transport trauer traum
treffen trend treppe treppenhaus tresor treue tribüne trick trieb trikot trinkwasser tritt triumph trommel tropfen trottoir
trubel truppe träger träne trümmer tuch tugend tumor tunnel turm turnier typ täter täterin tücke tür türsteher ufer uhr
umbau umfang umfeld umfrage umgang umgebung umsatz umstand umweg umwelt umzug unfall unglück uniform union universität unmut
unrecht unruhe unschuld unsicherheit unsinn untergang unterkunft unterlage unternehmen unternehmer unterricht unterschied
unterschrift unterstand unterstützer untersuchung untreue urkunde urlaub ursache urteil variante vase vater veranstalter
verband verbot verbrauch verbraucher verbrechen verbrecher verdacht verdienst verein vereinbarung verfahren verfall
verfasser verfügung vergangenheit vergehen vergleich vergnügen verhalten verhältnis verkauf verkehr verkäufer verlag verlauf
verletzung verlierer verlust vermerk vermieter vermögen vernunft verrat vers versammlung versand verschluss versehen
versicherer version verstand versteck verstoß verständnis verstärkung versuch verteidiger vertrag vertrauen vertreter
vertrieb verwalter verwaltung verwundet verzehr verzicht verzug veteran video vieh viertel villa virus vize vogel volk
volksfest vollzug volumen voraussetzung vorbild vorfall vorfeld vorgabe vorgang vorgehen vorhaben vorhang vorjahr vorlage
vorläufer vormittag vorrang vorrat vorsatz vorschlag vorschrift vorsicht vorspeise vorsprung vorstand vorstandschef
vorstandschefin vorstoß vorteil vortrag vorwahl vorwurf wache waffe wagen wahl wahnsinn wahrheit wand wandel wanderer ware
warn wart wasser wechsel wechselgeld wecker wehmut wehr weihnacht weizen welle welpe welt weltkrieg wende werbung werft werk
werkstatt werkzeug wesen wettbewerb wette wetterdienst widerspruch widerstand wille willkür winzer wirbel wirkung wirt
wirtin wirtschaft wirtschaftskraft wissen wissenschaftler witwe woche wochenende wohl wohngebiet wohnhaus wohnung wolke
wolle wort wucherung wunde wunsch wurst wurzel wut wärme wäsche würde würfel wüste zahl zahn zange zaun zecke zeichen zeile
zeit zeitpunkt zeitraum zeitschrift zeltlager zentimeter zentrale zentrum zeuge zeugin zeugnis ziege ziegel ziel ziffer
zigarette zimmer zins zinsen zirkus zitat zoll zone zoo zorn zucker zufall zugang zugriff zuhause zuhörer zukunft zulage
zulieferer zunahme zunge zusage zusammenhang zuschauer zuschlag zuschuss zustand zustimmung zuversicht zuwachs zwang zweck
zweifel zweig zweirad zwiebel zwilling zyklus zähler zügel ärger öffentlichkeit öffnung öl übergang übernahme überraschung
überschuss übersetzer übersicht übertritt
"""
# Nouns not used as endings, since names of places and people end in them: Neustadt, Bielefeld, Deutschland, Bergmann.
_WORDS = """
abbruch abgeordnete acht adler allgemeinen alte amerikaner anbetracht angehörige angeklagte angestellte anhieb apfel
arbeitslose arme art ast aus ausgleich bach bar baum beamte bedeutung beigeordnete beileid bein bekannte benziner
beschäftigte beteiligte betriebsräte betroffene bezahlung bote brandort brite brunn brut brücke burg bär böse bürger cent
christdemokrat damen damm decke delegierte deutsche ding dollar dom drei dutzend dutzende dörfer eck ecke ehrenamtliche ei
eile einheimische elf ernst erwachsene esel euro fach feld felsen fett fichte finger firmen folgenden franzose frei
freiwillige fremde frieden furt fuß förster fünf gang garn garten gast gebet gefangene gehen geiz geschädigte gitter glas
gläubige gold graben graf gras gremien grüne gute haar hafen hahn hammer hauptsache hauptstadt haus hecke heim hektar held
helm herde herr herrn hinblick hof holz hundert hunderte hut hügel hütte interessierte jagd jugendliche jüngere kahn kalb
kapelle kegel kehr kelch kerl kilo kilometer kirche klinge kloster koch kommen konservative konten korb korn kranke
kriterien krone krug kurzem lachen lachs lack lamm land landung langem liberale liebe linke lob loch lohn lok luft lust
längerem maler mann mark marsch maus maß mehrzahl millionen mitleid mitte mond montag moor mund museen märkte mögliche mönch
mühle nachspiel neid neue neuestem neugier neun nord not note nötige obdachlose ort ortschaft ost paar park pate pech pfad
pfand pilz praktika prozentpunkt puls quadratkilometer quadratmeter qual quere rache rat rauchen recht rechte reh reiche
reichtum reis reisende reste ring risiken ritter roller rost rot ruck rum russe rücken rückgrat saat sache samen sand schaf
schanze schar schlimmeres schloss schlosser schmied schotte schreiben schweigen sechs selbstständige siedlung sinne
sozialdemokrat spott stadien stadt statiker stein stern stier stock strauß strolch studierende süd tag tage tanne tanz
tatort taube tausend tausende teer teich teig tonnen tor torf tote toten trinken trotz türke umriss umtrieb unbekannte
unfallort unzahl verdächtige verletzte vermisste verstorbene verwandte vielzahl vier villen viren vorort vorsitzende wal
wald wappen wege weide wein weitem weiteres wert west wichtigste wiege wiese wind winkel winter witz wohnort wolf wucht
zauber zeh zehn zelle zelt zentren zoff zug zuge zutun zwei zwist zwölf äste überlebende übrigen
"""
_SHORTEST = 4  # letters of a noun that may end a compound, at least
_BEFORE = 3  # letters of a compound before that noun, at least, or one of these
_PREFIXES = ("ab", "an", "be", "er", "ge", "um", "un", "ur", "zu")
_PREFIX = "haupt"  # forms a compound with any of them
_ENDINGS = re.compile(
    r"..(?:ung|heit|keit|schaft|tion|sion|ität|tum|ismus|erei|elei)(?:en|es|s)?$"
    r"|..(?:isten|innen)$|...(?:anten|enten|atoren|stage|stagen)$"
    r"|..(?:.loge|.logen|.logie|[^vw]erin|.istin|.torin|.login|[^lu]entin|.ment|.ments)$"
)
_PLURAL = ("as", "is", "os", "ys")  # that the stemmer leaves alone: Autos
# An adjective before a noun, in forms that few verbs share: sinkende, slawischen, höhere, eigenem, wichtiger.
_ADJECTIVE = re.compile(
    r"...(?:(?:isch|lich|(?<!w)end|sam|los|iv|(?<!i)er)e[mnrs]?|(?:ig|bar|ell|är)e[mrs]?|[^dlr]em)$"
)
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
aber allerdings als also an auch auf aus außerdem begründet begründete bei bereits berichtet berichtete berichteten
bestätigt bestätigte betont betonte bevor bis da dabei dafür dagegen daher damals danach dann daran darauf daraufhin daraus
darin darum darüber dass davon davor dazu denn deshalb deswegen doch dort durch er erklärt erklärte erklärten erzählt
erzählte es etwa etwas euch fordert forderte für gab gegen gestern haben hat hatte hatten heute hier hierzu hinter ich ihm
ihn ihnen immer in inzwischen ist jedoch jetzt kritisiert kritisierte kündigte künftig laut lobte man meint meinte meldete
mich mir mit nach nachdem nannte neben nicht nichts noch nun nur ob obwohl oder ohne rund räumte sagen sagt sagte sagten
samt schon schrieb seit sich sie sind so sondern später statt teilt teilte teilten trotz um und uns unter verwies von vor
war waren warnt warnte warum was wegen weil wenn wer werden wie wies wir wird wo wurde wurden während zu zudem zuletzt
zunächst zuvor zwischen über
"""
# Names that stand after an article, or that end as nouns do.
_NAMES = """
anhalt bayern becker bern commerzbank hameln irak iran jemen kaiserslautern kohl kongo kreml krim krämer krüger köhler
libanon luzern minden mongolei müller niederlande niederlanden norwegen norwegens postbank rheinmetall salzgitter samsung
schneider schröder schweiz schäfer slowakei sudan tagesspiegel trump türkei ukraine volkswagen wagner weber zimmermann
"""
# Given names that end as "Hamburger" and "Hamburgs" do, or that are nouns.
_GIVEN_NAMES = """
alexander anders andreas august carlos christopher dieter ernst esther frank frieder gunther günter günther hans heide
heiner holger iris jasper jennifer jens jonas jürgens kaspar klaus lars lukas mark matthias moritz niklas nils oliver otto
peter rainer reiner roger roman rosa rose rüdiger silvester thomas tobias victor viktor volker walter werner wolf xaver
"""
# Towns whose names are nouns, too, or look like one of the nouns above.
_TOWNS = """
aalen baden bergen brake buchen burg büchen bünde dorfen essen füssen hagen halle haltern hof kirchen laufen leer linden
lohne löhne münden münster norden peine rheine schwerte senden siegen singen weiden wenden wiesen worms
"""
# Surnames that are nouns, too: names behind a verb of saying, in the singular and without an article.
_SURNAMES = """
adler bach bauer baum böhm engel fischer frank fuchs förster graf groß hahn horn jung jäger kaiser keller klein koch kraft
krebs kuhn könig lang lange linke meister otto pfeifer pfeiffer richter ritter roth schreiber schuster schwarz schüler
sommer stein stern vogel vogt voss weiß winter wirth wolf
"""
_SAYING = "betont betonte erklärt erklärte erzählt erzählte meint meinte sagt sagte so"
# What stands before a name without an article, or a compound of it, or either with -in for a woman: Einsatzleiterin.
_TITLES = """
analyst anwalt architekt bischof chef direktor doktor forscher frau führer herr händler kanzler kapitän kommissar landrat
lehrer leiter loge meister minister pfarrer professor präsident prüfer rektor richter sekretär senator sprecher stürmer
torwart trainer verteidiger vorsitzende vorsitzender vorstand wirt
"""
_CLUBS = "fc fsv sc sg spvgg ssv sv tsg tsv tus tv vfb vfl vfr"
_MEASURES = """
cent dollar dutzend dutzende euro gramm hektar hunderte jahre jahren kilo kilogramm kubikmeter liter milliarden millionen
monate monaten prozent quadratmeter stunden tage tagen tausende tonnen wochen
"""
_LISTS = (_NAMES, _GIVEN_NAMES, _TOWNS, _SURNAMES, _CLUBS)
_PROPER, _GIVEN, _TOWN, _SURNAME, _CLUB = (frozenset(each.split()) for each in _LISTS)
_TITLE = re.compile(rf"(?:{'|'.join(_TITLES.split())})(?:in)?$")
_INHABITANT = re.compile(r"er[ns]?$")
_GENITIVE = re.compile(r"(?:er|[^iu]s)$")  # Hamburger, Hamburgs; no Julius


@cache
def _nouns() -> tuple[frozenset[str], frozenset[str], int]:
    """The stems of nouns that end compounds, the stems of all nouns, and the length of the longest of the former."""
    stem = stemmer("de").stemWords
    heads = [each + plural for each in _HEADS.split() for plural in ("", "e")]  # of which some have two stems: Konzerne
    compounds = stem([_PREFIX + each for each in heads])  # more is cut off these than off the noun alone: Sparkurs
    ending = frozenset(each[len(_PREFIX) :] for each in compounds if len(each) >= len(_PREFIX) + _SHORTEST)
    return ending, frozenset(stem(heads + _WORDS.split())), max(map(len, ending))


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
    if stem in nouns or _ENDINGS.search(small) or (small[-2:] in _PLURAL and small[:-1] in nouns):
        return True
    sizes = range(_SHORTEST, min(longest, len(stem) - _BEFORE) + 1)
    return any(stem[-size:] in ending for size in sizes) or (stem[:2] in _PREFIXES and stem[2:] in ending)


_KINDS: tuple[Callable[[str], object], ...] = (
    *(each.__contains__ for each in (_PROPER, _GIVEN, _TOWN, _SURNAME, _CLUB)),
    *(each.search for each in (_TITLE, _GENITIVE, _INHABITANT)),
)


@lru_cache(maxsize=1 << 17)
def _kinds(word: str) -> tuple[bool, ...]:
    """What a word is, taken by itself: on which lists, with which endings, an acronym such as BASF, a common noun."""
    small = word.lower()
    return (*(bool(each(small)) for each in _KINDS), not word[1:].islower(), common_noun(word))


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
    opening, closing, measures, within, saying = (
        among(keys, keys_of(each)) for each in (_OPENING, _CLOSING, _MEASURES, "aus in nach", _SAYING)
    )
    nouns = np.flatnonzero(capital)
    spelt = [text[begin:stop] for begin, stop in zip(start[nouns].tolist(), end[nouns].tolist(), strict=True)]
    kinds = np.zeros((len(keys), len(_KINDS) + 2), np.bool_)
    kinds[nouns] = np.array([_kinds(each) for each in spelt], np.bool_).reshape(-1, len(_KINDS) + 2)
    proper, first, towns, surnames, clubs, titled, genitive, inhabitant, short, noun = kinds.T
    listed = (opening | closing | noun) & ~first
    behind = _open(opening | number, closing | capital, follows) & ~short
    # Walter Koch: the second word of a name is one too, but not in "Hamburgs Koch" and "Hamburger Koch".
    given = capital & ~listed & ~behind & (first | ~genitive)
    given[nouns] &= follows[nouns] | np.array([text[begin - 2 : begin] == ", " for begin in start[nouns].tolist()], np.bool_)
    titles = clubs | (titled & ~behind)
    follows &= capital
    # What has stood behind a given name is a surname: "Anna Weiß" makes no name of "Fehler" in "räumte Weiß Fehler ein".
    given &= first | (_after(capital) & follows) | ~among(stems, np.sort(stems[_after(given) & follows]))
    second = _after(given | titles) & follows & ~measures
    second |= _after(second & first) & follows
    second |= (_after(within) & towns | _after(saying) & surnames & ~_before(follows)) & follows
    behind |= _after(measures | _adjectives(text, start, end, _before(follows) & ~closing)) & follows & ~short
    common = capital & (listed | behind) & ~second & ~proper
    # "Die Berliner Polizei" says nothing about Berlin, whose stem it has.
    local = common & ~listed & inhabitant
    found = among(keys, np.sort(keys[local])) | among(stems, np.sort(stems[common & ~local]))
    return capital & found & ~among(stems, np.sort(stems[second]))


def _after(these: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) bool: the words after these."""
    return np.append([False], these[:-1])


def _before(these: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) bool: the words before these."""
    return np.append(these[1:], [False])


def _adjectives(
    text: str, start: NDArray[np.int32], end: NDArray[np.int32], among_these: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(n,) bool: the adjectives among some words."""
    result, at = np.zeros(len(start), np.bool_), np.flatnonzero(among_these)
    ranges = zip(start[at].tolist(), end[at].tolist(), strict=True)
    result[at] = [text[begin].islower() and bool(_ADJECTIVE.search(text[begin:stop])) for begin, stop in ranges]
    return result


def _open(opens: NDArray[np.bool_], closes: NDArray[np.bool_], follows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) bool: words before which a phrase was opened, and since then neither closed nor interrupted by a mark."""
    at = np.arange(len(opens))
    opened, closed = (np.maximum.accumulate(np.where(each, at, -1)) for each in (opens, closes & ~opens))
    broken = np.maximum.accumulate(np.where(follows, -1, at))
    result = np.zeros(len(opens), np.bool_)
    result[1:] = (opened[:-1] > closed[:-1]) & (opened[:-1] >= broken[1:])
    return result
