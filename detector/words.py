"""Characters, words and stems: how every script is folded and cut; text, signatures and term weights stand on it.

Case, accents, width, ligatures, curly quotes, NFC and NFD, soft hyphens and zero-width characters make no difference to a
word's key; offsets count characters of the untouched text. What a character is, is asked of ``unicodedata`` once and kept
in tables that the kernels read.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import word_kernels

# Function words by language: the ones most frequent in news, enough to tell languages apart for the choice of a stemmer.
_FUNCTION_WORDS = {
    "ar": "في من على إلى أن التي عن مع هذا الذي",
    "da": "og det at en den til er af der ikke med han på som har",
    "de": "der die und das den nicht von mit ist des sich auch auf dem ein eine",
    "en": "the of and to in that is was for on with as he by at it has his said from",
    "es": "de la que el en y los del se las por un una con para no su al",
    "fi": "ja on että ei se oli hän mutta myös kun sen ovat joka mukaan",
    "fr": "de la le et les des en un une du que est dans pour qui par sur au pas plus",
    "hu": "a az és hogy nem is egy ez meg volt csak már még mint",
    "it": "di che e la il un in per è del non una con della sono le si dei",
    "nl": "de het een van en in dat is op te zijn met voor niet die aan er",
    "no": "og i det er på som en av for til med at har de ikke men et fra",
    "pt": "de que o a e do da em um para com não uma os no se na por mais dos",
    "ro": "de și în a la cu pe care un o din că nu este pentru mai au",
    "ru": "в и не на что с по он как из это его за но от к у а",
    "sv": "och att det som en är av för på med den till inte har om ett var de",
}
# Further ones, that say nothing of a story. English has few forms of a word: the ones above are most of them. Where there
# are genders and cases they are a fifth, and the others, which every rewriting exchanges, would weigh as content does.
_FURTHER_WORDS = {
    "da": (
        "alle alt anden andet blev blive bliver da de dem deres dette din dog efter eller end endnu et fra få før ham "
        "hans havde hende hendes her hun hvad hver hvilken hvis hvor hvordan hvornår i igen ind jeg jo kan kun kunne man "
        "mange meget mellem men mere min mod ned nogen noget nogle nu nye når også om op os over sig sin sine sit skal "
        "skulle så sådan ud under var ved vi vil ville vor være været"
    ),
    "de": (
        "ab aber alle allem allen aller alles als also am an andere anderen ans bei beim bereits bin bis bist da dabei "
        "dadurch dafür dagegen daher damit danach dann daran darauf daraus darum darüber dass davon dazu dein deine denen "
        "denn deren deshalb dessen dich dies diese diesem diesen dieser dieses doch dort du durch einem einen einer eines "
        "er es etwa etwas euch für gegen gewesen hab habe haben hat hatte hatten hier hinter hätte hätten ich ihm ihn "
        "ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ja jede jedem jeden jeder jedes jedoch jene jetzt kann "
        "kein keine keinem keinen keiner konnte konnten könne können könnte könnten man mehr mein meine mich mir muss "
        "musste mussten müsse müssen nach nachdem neben noch nun nur ob obwohl oder ohne schon sehr sein seine seinem "
        "seinen seiner seines selbst sie sind so sobald sodass sogar solche soll solle sollen sollte sollten sondern "
        "sonst sowie um uns unser unsere unter viel viele vom vor war waren warum was wegen weil weitere welche welchem "
        "welchen welcher welches wenn wer werde werden weshalb wie wieder will wir wird wo wolle wollen wollte wollten "
        "worden wurde wurden während wäre wären würde würden zu zum zur zwar zwischen über"
    ),
    "en": (
        "a about above across after again against all almost along already also although am among an another any anyone "
        "are around away be became because become been before behind being below between both but can could did do does "
        "doing done down during each either else enough even ever every everyone few further had have having her here "
        "hers herself him himself how however i if into its itself just least less many me might more most much must my "
        "myself near neither never next no nobody none nor not nothing now off often once one only onto or other others "
        "our out over own per perhaps quite rather same several shall she should since so some something soon still such "
        "than their theirs them themselves then there these they this those though through thus together too toward "
        "towards under until up upon very we were what when where whether which while whose why within without would yet "
        "you your"
    ),
    "es": (
        "a ahora algo alguna algunas alguno algunos algún allí ante antes aquel aquella aquellos aquí así aunque aún bajo "
        "cada casi como contra cual cuales cuando cuanto cuya cuyo cuyos desde donde dos durante e ella ellas ellos "
        "entonces entre era eran es esa esas ese eso esos esta estaba estaban estar estas este esto estos estuvo está "
        "están fue fueron ha haber había habían hacia han hasta hay he hubo incluso le les lo luego me mi mientras mis "
        "mucho muchos muy más nada ni nos nosotros nuestra nuestro o os otra otras otro otros pero poco porque pues quien "
        "quienes qué según ser será serán si sido siempre sin sino sobre solo son sus sí sólo tal también tampoco tan "
        "tanto te tiene tienen toda todas todavía todo todos tras tu tuvo u unas uno unos ya yo él"
    ),
    "fr": (
        "afin ai ainsi alors après as aucun aucune aujourd'hui auquel aura aurait aussi autre autres aux avaient avais "
        "avait avant avec avoir avons ayant c'est car ce ceci cela celle celles celui cependant ces cet cette ceux chaque "
        "chez comme contre dehors depuis deux devant doit donc dont dès déjà elle elles encore enfin entre es eu eux "
        "faire fait font furent fut hors ici il ils je jusqu'au jusqu'à l'on laquelle lequel lesquels leur leurs lors "
        "lorsque lui là ma mais me mes moi moins mon même mêmes n'a n'est n'ont ne ni non nos notre nous on ont or ou où "
        "parce parmi pendant peu peut peuvent plusieurs pourtant près puis puisque qu'elle qu'il qu'ils qu'on qu'un "
        "qu'une quand quel quelle quelles quelque quelques quels quoi s'est sa sans se selon sera serait seront ses seul "
        "si soient soit son sont sous ta tandis te tel telle tels tes toi ton toujours tous tout toute toutes trop très "
        "tu vers voici voilà vos votre vous y à étaient étais était étant été être"
    ),
    "it": (
        "a abbiamo ad agli ai al alcune alcuni all alla alle allo allora altra altre altri altro anche ancora avere aveva "
        "avevano avrebbe c'è chi ci cioè ciò coi col come contro cosa così cui da dagli dai dal dall dalla dalle dallo "
        "degli dell delle dello dentro dopo dove due durante ed era erano essere fa fino fra fu furono già gli ha hai "
        "hanno ho i infatti intanto invece io lei li lo loro lui ma mai me mentre mi mia mie mio molti molto ne negli nei "
        "nel nell nella nelle nello nessun nessuno noi nostra nostro o od ogni oltre oppure perché però più po' poi "
        "presso prima proprio può quale quali quando quanto quasi quel quella quelle quelli quello questa queste questi "
        "questo qui saranno sarebbe sarà se secondo sei sempre senza sia siamo siano solo sopra sotto sta stanno stata "
        "state su sua sue sugli sui sul sull sulla sulle sullo suo suoi tale tanto te ti tra tu tutta tutte tutti tutto "
        "uno vi voi"
    ),
    "nl": (
        "af al alle alleen als altijd ander andere ben bij binnen buiten daar daarbij daarna daarom dan der deze dit doen "
        "doet door dus eens eerst elk elke ermee eruit ervan even geen geweest haar had hadden heb hebben heeft hem hen "
        "hier hierbij hij hoe hun ik ja je jij jullie kan kon konden kunnen maar me meer men mij mijn moest moet moeten "
        "na naar naast niets nog nu of om omdat ondanks onder ons onze ook over pas per sinds tegen ten ter terwijl "
        "tijdens toch toen tot tussen u uit uw vanaf vanuit veel via volgens voordat waar waarbij waardoor waarop waarvan "
        "wanneer want waren was wat wel welke werd werden wie wij wil wilde word worden wordt zal ze zei zelf zich zij zo "
        "zoals zonder zou zouden"
    ),
    "no": (
        "alle andre ble blei bli blir bort da deg dem den denne der deres dette din disse du eller enn etter fordi få før "
        "ha hadde han hans her hun hva hver hvilken hvis hvor hvordan ingen inn ja jeg kan kunne man mange meg mellom mer "
        "min mot må måtte ned noe noen nå når også om opp oss over seg selv si sin sine sitt skal skulle slik så under ut "
        "uten var ved vi vil ville vår være vært"
    ),
    "pl": (
        "a aby albo ale ani aż bardziej bardzo bez bo by być był była było były będzie będą choć ci co coś czy dla do gdy "
        "gdzie go i ich im inne innych iż ja jak jaki jakie jako je jednak jego jej jest jeszcze jeśli już każdy kiedy "
        "kilka kto która które którego której który których którym którzy którą lecz lub ma mają mi między mogą może mu "
        "my na nad nam nas nawet nich nie niego niej nim nią niż no o obok od on ona one oni oraz po pod podczas ponad "
        "ponieważ poza przed przede przez przy się sobie swoje swojego swój są ta tak taki takie tam te tego tej ten też "
        "to tu tych tylko tym u w wam was we według wiele więc więcej wszystkich wszystkie wszystko z za zaś ze że żeby"
    ),
    "pt": (
        "agora ainda algo algum alguma algumas alguns alguém além antes ao aos apesar após aquela aquele aqueles aquilo "
        "as até cada como contra daquele das dela dele deles depois desde dessa desse desta deste durante ela elas ele "
        "eles embora enquanto entre era eram essa essas esse esses esta estar estas estava estavam este estes está estão "
        "eu faz foi foram há isso isto já la lhe lhes lo logo mas me meio menos mesmo meu mim minha muita muito muitos "
        "nada nas nem nessa nesse nesta neste nos nossa nosso num numa nunca nós onde ou outra outras outro outros pela "
        "pelas pelo pelos per perante pode podem pois porque porém pouco quais qual quando quanto quem quer seja sem "
        "sempre sendo ser será serão seu seus sido sob sobre sua suas são só tal também tampouco tanto te tem tendo ter "
        "teve tinha tinham toda todas todo todos tu tudo têm umas uns você vocês à às é"
    ),
    "ro": (
        "acea aceasta această acest acesta aceste acestea acestei acestor acestui ai aici al ale alt alta alte altor altă "
        "am apoi are asemenea astfel asupra atunci avea avut ca ce cea cei cel cele celor cine cum când câte cărei căreia "
        "cărora cărui căruia către da dacă dar deci decât deja despre deși dintre doar două după ea ei el ele era erau eu "
        "face faţă fi fie fiecare fiind foarte fost fost-au fără iar le li lor lui mult multe mulți ne nici nimic noi or "
        "ori peste prin printre până sa sale sau se spre sub sunt sus să săi său ta toate toată tot totuși toţi toți "
        "trebuie una unde unei unele unii unor unui va vom vor îi îl încă însă între îşi își şi"
    ),
    "ru": (
        "без более больше будет будто будут бы был была были было быть вам вас ваш ведь весь во вот впрочем все всего "
        "всех всю всё вы где да даже для до другие других ее ей ему если есть еще ещё её же здесь или им ими их какая "
        "какие какой когда конечно которая которого которое которой котором которому которую которые который которым "
        "которых кто куда ли либо лишь между меня мне много может можно мой мы над надо нас наш него нее ней нельзя нет "
        "ни нибудь никогда ним них ничего ну о об обо один она они оно очень перед под после потом потому почти при про "
        "раз сам сама сами самый своего своей свои своих свой свою себе себя сейчас со собой среди так также такие такого "
        "такой там тебя тем теперь то тогда того тоже той только том тот тут ты уже хотя чего чей чем через чтоб чтобы "
        "чуть эта эти этим этих этого этой этом этот эту я"
    ),
    "sv": (
        "alla allt andra bara bland blev bli blir blivit dem denna deras dess dessa detta dig din dock du där då efter "
        "eller enligt er från få får före genom ha hade han hans henne hennes hon honom hur här i icke in inom jag ju kan "
        "kommer kunde man mellan men mer mig min mot mycket ner nu när någon något några också oss redan samma samt sedan "
        "sig sin sina sitt själv ska skulle så sådan under upp ut utan vad vara varit varje vars vi vid vilka vilken "
        "vilket vill ville vår än även åt över"
    ),
    "uk": (
        "а або але без би був була були було бути більше в вам вас ви вона вони воно все всі всіх від він де для до з за "
        "зі й його йому ким коли котрий крім лише мене ми може можна між мій на над нам нас наш не немає неї ним них ні "
        "ніж о об однак от перед по поки понад при про проти під після та так такий також там те тепер ти тим тих то того "
        "тоді той тому тільки у хоча хто це цей цих цього цьому цю ця ці через чи чого що щоб я як яка яке який яким яких "
        "якого якої яку якщо які і із їй їх її"
    ),
}
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}

# Letters of another script that look like ours, put into words so that a program does not know them again.
_LOOKALIKES = str.maketrans(
    "асԁеһіјорԛѕуԝхАВСЕНІЈКМОРЅТУХαικνορτυχΑΒΕΗΙΚΜΝΟΡΤΥΧΖ",
    "acdehijopqsywxABCEHIJKMOPSTYXaiknoptuxABEHIKMNOPTYXZ",
)
_SMALL = "two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(f"{_SMALL} {_TEENS}".split(), start=2)}
_NUMBER_WORDS |= {word: str(value) for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
# American to British where a rule does it, British to American where words must be named; only the stem is concerned.
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})([iy])z(?=e|ing|ation)"), r"\1s"),
    (
        re.compile(r"^(arm|behavi|clam|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|rum|sav|tum|vap|vig)our"),
        r"\1or",
    ),
    (re.compile(r"^(cent|fib|kilomet|lit|met|theat|calib|somb|spect)re(?=s?$)"), r"\1er"),
    (
        re.compile(r"^(cancel|channel|counsel|fuel|label|level|marshal|model|quarrel|signal|total|travel)l(?=ed$|ing$|ers?$)"),
        r"\1",
    ),
    (re.compile(r"^(def|off|pret|lic)ence"), r"\1ense"),
    (re.compile(r"^(program)me(?=s?$)"), r"\1"),
    (re.compile(r"^grey"), "gray"),
)
# Millions short and in full.
_SHORT = {
    "de": {"mio": "million", "mrd": "milliarde", "tsd": "tausend"},
    "en": {"bn": "billion", "mln": "million", "mn": "million", "tn": "trillion"},
    "es": {"mill": "millón"},
    "fr": {"md": "milliard", "mds": "milliard"},
    "it": {"mld": "miliardo", "mln": "milione"},
    "nl": {"mld": "miljard", "mln": "miljoen", "mrd": "miljard"},
    "ru": {"млн": "миллион", "млрд": "миллиард", "руб": "рубль", "тыс": "тысяча"},
}
_POINT = re.compile(r"\.(?!\d)|(?<!\d)\.")  # of an abbreviation, not of a number
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_UNIT = re.compile(r"(?<=\d)(?:m|mn|mln|st|nd|rd|th)$", re.IGNORECASE)  # not bn or kg, which make it another number
_RESPELT = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _SPELLINGS))

_UNIT_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "IDEOGRAPHIC")
_APOSTROPHES = frozenset("'’‘‛ʼ＇`´")
_CLASSES = np.zeros(0x110000, np.uint8)
_FOLDS = np.zeros(0x110000, np.int32)
_EXPANSIONS = np.zeros((16_384, 4), np.uint32)  # Unicode has some 12,500 characters that fold to several
_expansions = 0
_learning = threading.Lock()


def _is_dropped_mark(char: str) -> bool:
    """An accent or a vowel point, but not a vowel sign, a virama or a nukta, which make another letter."""
    return unicodedata.category(char) in ("Mn", "Me") and unicodedata.combining(char) not in (0, 7, 8, 9)


def _classify(char: str) -> int:
    category = unicodedata.category(char)
    if char in _APOSTROPHES:
        return word_kernels.APOSTROPHE
    if char in ".,":
        return word_kernels.DOT if char == "." else word_kernels.COMMA
    if category == "Cf":
        return word_kernels.INVISIBLE
    if "\ufe00" <= char <= "\ufe0f" or _is_dropped_mark(char):
        return word_kernels.MARK
    if category[0] in "LM":
        if unicodedata.name(char, "").startswith(_UNIT_SCRIPTS):
            return word_kernels.UNIT if category[0] == "L" else word_kernels.MARK
        return word_kernels.LETTER | (word_kernels.UPPER if category in ("Lu", "Lt") else 0)
    return word_kernels.DIGIT if category[0] == "N" else word_kernels.SEPARATOR


def _fold(char: str) -> int:
    """The folded form of a character as an entry of the fold table: case, width, ligatures and accents gone."""
    global _expansions
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = [ord(each) for each in plain if not _is_dropped_mark(each)][: _EXPANSIONS.shape[1]] or [ord(char)]
    if len(kept) == 1 or _expansions == len(_EXPANSIONS):
        return kept[0]
    _EXPANSIONS[_expansions, : len(kept)] = kept
    _expansions += 1
    return -_expansions


def learn(code: int) -> None:
    """Fill the tables for the 256 characters around ``code``; texts use few such blocks, so this happens seldom."""
    first = code & ~255
    with _learning:
        for each in range(first, first + 256):
            char = chr(each)
            if _CLASSES[each] == word_kernels.UNKNOWN:
                separates = unicodedata.category(char) == "Cs"
                _FOLDS[each] = each if separates else _fold(char)
                _CLASSES[each] = word_kernels.SEPARATOR if separates else _classify(char)  # last: other threads go by it


def tables() -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.uint32]]:
    """``classes``, ``folds``, ``expansions``, as the kernels want them; they fill up with use."""
    if _CLASSES[255] == word_kernels.UNKNOWN:
        learn(0)  # which the kernels take for granted
    return _CLASSES, _FOLDS, _EXPANSIONS


def words(text: str) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64], NDArray[np.uint8]]:
    """The words of a text: ``start``, ``end`` (n,) in characters, ``keys`` (n,) hashes of the folded words, ``flags``.

    >>> start, end, keys, flags = words("The U.S. — the Ünited\\u00adStates")
    >>> ["The U.S. — the Ünited\\u00adStates"[i:j] for i, j in zip(start, end)]
    ['The', 'U.S', 'the', 'Ünited\\xadStates']
    >>> bool(keys[0] == keys[2])
    True
    """
    utf8, (_, size) = encoded([text])
    room = int(size) + word_kernels.ROOM
    places, keys, flags = np.empty((5, room), np.int32), np.empty(room, np.uint64), np.empty(room, np.uint8)
    while (count := word_kernels.words(utf8, size, *tables(), places, keys, flags)) < 0:
        learn(-1 - count)
    start, end = places[0, :count].copy(), places[1, :count].copy()
    if size != len(text):  # bytes to characters: how many characters begin before each byte
        before = np.zeros(size + 1, np.int32)
        np.cumsum((utf8[:size] & 0xC0) != 0x80, out=before[1:])
        start, end = before[start], before[end]
    return start, end, keys[:count].copy(), flags[:count].copy()


def joined_by(marks: str, text: str, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(n,) bool: the words with just one character, one of ``marks``, between them and the word before."""
    joined = np.zeros(len(start), np.bool_)
    near = np.flatnonzero(start[1:] - end[:-1] == 1)
    between = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")[end[near]]
    for mark in marks:
        joined[near + 1] |= between == ord(mark)
    return joined


BATCH_TEXTS = 512  # some 2 MB of news: enough for the threads' overhead to be nothing, little enough to hold


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in lists of ``BATCH_TEXTS``, taken from their source one list at a time."""
    source = iter(texts)
    while batch := list(islice(source, BATCH_TEXTS)):
        yield batch


def encoded(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Texts as one UTF-8 buffer, padded as the kernels want it, and the byte at which each begins: (n + 1,)."""
    pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum([len(each) for each in pieces], out=offsets[1:])
    pieces.append(bytes(word_kernels.PADDING))
    return np.frombuffer(bytearray().join(pieces), np.uint8), offsets


@cache
def _function_word_table() -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Sorted keys of all function words, and the languages (columns, as in ``_FUNCTION_WORDS``) that have each."""
    keys = [words(each)[2] for each in _FUNCTION_WORDS.values()]
    known = np.unique(np.concatenate(keys))
    return known, np.stack([np.isin(known, each) for each in keys], axis=1)


def function_keys() -> NDArray[np.uint64]:
    """Sorted keys of the function words of all languages."""
    return _function_word_table()[0]


LANGUAGES = ("", *_FUNCTION_WORDS)
"""The languages that can be told apart; the first is none of them."""


def among(values: NDArray[Any], known: NDArray[Any]) -> NDArray[np.bool_]:
    """(n,) bool: which of the values are among the ``known``, which are sorted."""
    if not len(known):
        return np.zeros(len(values), np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return found


def _decided(votes: NDArray[Any], total: NDArray[Any]) -> NDArray[np.int64]:
    """For each row of votes (n, languages) the index in ``LANGUAGES`` of the most, 0 under one word in twenty."""
    best = votes.argmax(axis=-1)
    enough = (votes.max(axis=-1) * 20 >= total) & (total > 0)
    return np.asarray(np.where(enough, best + 1, 0), np.int64)


def _spoken(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """(n, languages) bool: of which languages each word is a function word."""
    known, speaks = _function_word_table()
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    spoken: NDArray[np.bool_] = speaks[at] & (known[at] == keys)[:, None]
    return spoken


def language_and_lead(keys: NDArray[np.uint64]) -> tuple[str, int]:
    """The language with the most function words among the (n,) words of a text, and by how many it leads the next.

    It is "" under one word in twenty.
    """
    known, speaks = _function_word_table()
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    votes = np.bincount(at[known[at] == keys], minlength=len(known)) @ speaks
    second, first = np.partition(votes, -2)[-2:]
    return LANGUAGES[int(_decided(votes, np.array(len(keys))))], int(first - second)


def languages_of(counted: Any, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """(n,) indices in ``LANGUAGES`` of texts; ``counted``: (n, words) CSR counts, ``keys``: (words,) hashes."""
    votes = counted @ _spoken(keys).astype(np.float32)
    return _decided(votes, np.asarray(counted.sum(axis=1)).ravel())


@cache
def _stemmer(language: str) -> Any:
    """Snowball's own (Porter 2001): what NLTK has of it is older, takes eighteen times as long and a second to import."""
    from Stemmer import Stemmer

    stemmer = Stemmer(_STEMMERS[language])
    stemmer.maxCacheSize = 0  # the tables keep them
    return stemmer


def _plain(word: str) -> str:
    """A word as it can be seen: composed, with straight apostrophes and without points."""
    if not word.isascii():
        seen = "".join("'" if each in _APOSTROPHES else each for each in word if unicodedata.category(each) != "Cf")
        word = unicodedata.normalize("NFC", seen)
    return _POINT.sub("", word.replace("`", "'"))


def _respelt(word: str, language: str) -> str:
    """A word in small letters, without look-alikes and short forms; in English also a number as digits, and one spelling."""
    if language not in ("ru", "ar") and not word.isascii() and re.search("[a-z]", word, re.IGNORECASE):
        word = word.translate(_LOOKALIKES)
    word = word.lower()
    if word[:1].isdigit() and ("," in word or "." in word):  # 1,500 and 1.500 are 1500, but 1.5 and 1,5 are not 15
        word = _DECIMAL.sub(".", word.replace(",", "") if language == "en" else _THOUSANDS.sub("", word))
    word = _SHORT.get(language, {}).get(word, word)
    if language == "en":
        word = _NUMBER_WORDS.get(word, word)
        if _RESPELT.search(word):
            for pattern, spelling in _SPELLINGS:
                word = pattern.sub(spelling, word)
    return word


def stems_of(spelt: Sequence[str], language: str) -> NDArray[np.uint64]:
    """(n,) uint64 hash of the stem of each word, as it stands in a text.

    >>> one, two = stems_of(["bridges", "Bridge"], "en")
    >>> bool(one == two)
    True
    """
    stems = _stemmer(language).stemWords([_respelt(_plain(each), language) for each in spelt])
    begin = np.zeros(len(stems) + 1, np.int64)
    np.cumsum([len(each) + 1 for each in stems], out=begin[1:])
    start, _, keys, _ = words("\n".join(stems))
    row = np.searchsorted(begin, start, side="right") - 1
    result = np.zeros(len(stems), np.uint64)
    result[row] = keys
    for at in np.flatnonzero(np.bincount(row, minlength=len(stems)) != 1).tolist():  # no stem, or one in pieces
        result[at] = words(spelt[at])[2][0]
    return result


_STEMS_KEPT = 1_000_000


class _Spellings:
    """Stems by how the word is spelt, where the kernels find them; other threads may look while one is entered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count, self.table = 0, _table(1 << 12)

    def put(self, spelt: NDArray[np.uint64], stems: NDArray[np.uint64]) -> None:
        with self._lock:
            if self._count + len(spelt) > _STEMS_KEPT:
                self._count, self.table = 0, _table(1 << 12)
            self._count += len(spelt)
            size = len(self.table[0])
            while size < 2 * self._count:
                size *= 2
            if size > len(self.table[0]):
                (slots, known), table = self.table, _table(size)
                held = np.flatnonzero(slots)
                word_kernels.put(*table, slots[held] - np.uint64(1), known[held])
                self.table = table
            word_kernels.put(*self.table, spelt, stems)


def _table(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    return np.zeros(size, np.uint64), np.zeros(size, np.uint64)


_spellings: dict[str, _Spellings] = {}


def stem_keys(
    text: str, language: str, start: NDArray[np.int32], end: NDArray[np.int32], keys: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """(n,) uint64 hash of each word's stem; the words' own keys in a language without a stemmer.

    A stem goes by the spelling, not by the folded word: of "résumés" and "resumes" the order in a text must decide nothing.
    A number with its unit, as in "14m" and "5th", has the number's; only here, for among many texts "14m" is rarer.
    """
    if language not in _STEMMERS:
        return keys
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    known = _spellings.setdefault(language, _Spellings())
    stems: NDArray[np.uint64]
    stems, spelt = word_kernels.looked_up(letters, start, end, *known.table)
    new = np.flatnonzero(stems == 0)
    if len(new):
        first, which = word_kernels.distinct(spelt[new])
        at = new[first]
        ranges = zip(start[at].tolist(), end[at].tolist(), strict=True)
        met = stems_of([_UNIT.sub("", text[begin:stop]) for begin, stop in ranges], language)
        known.put(spelt[at], met)
        stems[new] = met[which]
    return stems


def ascending(values: NDArray[Any]) -> NDArray[Any]:
    """The distinct ones of (n,) values, sorted; of the words of a text in a ninth of the time of ``np.unique``."""
    ordered = np.sort(values)
    differs = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=differs[1:])
    return ordered[differs]


def distinct(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The distinct ones of (n,) values, ascending, and which of them each value is: (t,) uint64 and (n,) int32.

    The sorting is numpy's: compiling one of its own would take seconds.
    """
    first, which = word_kernels.distinct(values)
    found = values[first]
    order = np.argsort(found)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return found[order], rank[which]


@cache
def small_keys(language: str) -> NDArray[np.uint64]:
    """Sorted keys of a language's further function words, which name nobody either: none of "US" and "WHO"."""
    return np.unique(words(_FURTHER_WORDS.get(language, ""))[2])


@cache
def function_stems(language: str, *, further: bool = False) -> NDArray[np.uint64]:
    """Sorted uint64 stem hashes of a language's function words, empty for a language not in the table.

    ``further``: with those that only two texts by themselves do not show to be frequent.
    """
    listed = _FUNCTION_WORDS.get(language, "") + (f" {_FURTHER_WORDS.get(language, '')}" if further else "")
    start, end, keys, _ = words(listed)
    return np.unique(stem_keys(listed, language, start, end, keys))
