"""Article -> Document: words with offsets, body and boilerplate, sentences, quotations with their speaker, attributions.

Words are found and folded by one kernel: case, accents, curly quotes, NFC and NFD, soft hyphens and zero-width characters
make no difference, and every offset counts characters of the untouched text. Sentences are Punkt's (Kiss and Strunk 2006,
in NLTK) with abbreviations of our own, inside paragraphs. Boilerplate is told from the body by what a paragraph says
(``_FURNITURE``) and where it stands: a short line without a full stop before the first or after the last paragraph of
prose is not the story. Words that name things in a language (titles before names, verbs of saying, function words) are
the tables at the top; no rule names an article.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from . import kernels
from .model import Article, Document, Mark

if TYPE_CHECKING:
    from numpy.typing import NDArray

# ---------------------------------------------------------------------------------------------------------------- data

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
_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}

# Abbreviations that do not end a sentence (Punkt wants them in lower case, without the last point).
_ABBREVIATIONS = (
    "u.s u.k u.n e.u d.c a.m p.m e.g i.e mr mrs ms dr prof st sr jr gen col lt maj capt sgt sen rep gov pres hon rev adm "
    "no vs inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ave blvd dept est fig vol al bzw usw z.b d.h nr hr fr sra mme mlle ee.uu art ing dott sig bros approx etc"
)

_SAYING = (
    "said|says|say|told|tells|added|adds|stated|states|wrote|writes|tweeted|posted|continued|explained|noted|argued|warned|"
    "insisted|announced|declared|replied|asked|recalled|concluded|remarked|commented|claimed|admitted|testified|confirmed|"
    "dijo|afirmó|declaró|a dit|a déclaré|sagte|erklärte|disse|afirmou|ha detto|ha dichiarato|сказал|сказала|заявил|"
    "заявила|сказав|заявив"
)
_PRONOUN = r"(?:he|she|they|He|She|They)"
_NAME = r"(?:(?:[^\W\d_a-z](?:\.|[\w'’-]{0,30})|van|von|de|del|al|bin|el) ){0,4}[^\W\d_a-z][\w'’-]{1,30}"
# The words between a quotation and its verb of saying name the speaker; so do those after the verb.
_SAID_AFTER = re.compile(
    rf"[,.!?…]?[\"”’»]?,? {{0,2}}(?:(?:{_SAYING})\s+(?P<after>[^.!?,;\"“”«»]{{2,60}})"
    rf"|(?P<before>[^.!?;\"“”«»]{{2,90}}?)\s(?:{_SAYING})\b"
    rf"|according to (?P<to>[^.!?,;\"“”«»]{{2,90}}))"
)
_SAID_BEFORE = re.compile(rf"(?P<before>[^.!?;\"“”«»]{{2,90}}?)\s(?:{_SAYING})\b[^.!?\"“”«»]{{0,40}}$")
_NAMED = re.compile(rf"\b{_PRONOUN}\b|\b{_NAME}")

_OUTLET = r"(?:[Tt]he )?[^\W\d_a-z][\w&.'’-]{0,30}(?: (?:of |and |the )?[^\W\d_a-z][\w&'’-]{0,30}){0,4}"
_ATTRIBUTION = re.compile(
    rf"\b(?:told|tells|speaking to|spoke to|in an interview with|in a statement to|citing|cited by|quoted by|reported by|"
    rf"first published (?:by|in)|a report (?:by|in|from)|obtained by|seen by|[Aa]ccording to)"
    rf" (?:an? |the )?(?P<named>{_OUTLET})"
    rf"|\b(?P<reporter>{_OUTLET}),? (?:has |had |also |first |previously |earlier |later |exclusively ){{0,2}}"
    rf"(?:reported|reports)\b"
    rf"|\((?P<wire>[A-Z][\w& ]{{1,24}})\)(?=\s*[-–—])"
)

# What a paragraph says that is not the story. Each name is the reason shown to the reader; each pattern is searched in one
# paragraph of at most ``_FURNITURE_WORDS`` words (a real paragraph is longer, or has neighbours that are).
_FURNITURE_WORDS = 45
_FURNITURE = {
    "reading time": r"^\d{1,3}[ -]?min(?:ute)?s?(?: read)?$|^reading time\b",
    "counter": r"^[\d.,]+ (?:out of|of|/) [\d.,]+$|^\d+ (?:comments?|shares?|views?)$",
    "appeal to readers": (
        r"^(?:please )?(?:help us|support (?:us|our)|become an? (?:member|subscriber|patron)|join (?:us|our)|sign up|"
        r"subscribe|donate|make a (?:donation|contribution)|get (?:our|the) (?:latest|free|daily|best)|"
        r"already a (?:member|subscriber))\b"
        r"|\b(?:quality|independent|our) journalism (?:takes|needs|depends|costs|is (?:free|funded|supported))\b"
        r"|\b(?:our|free|daily|weekly) newsletters?\b.*\b(?:inbox|sign|subscribe)\b"
    ),
    "photo credit": (
        r"\([^()]{0,80}(?:\bvia |/ ?)(?:Getty|AP|AFP|Reuters|EPA|Shutterstock|Bloomberg|Anadolu|Xinhua|TASS|Zuma|iStock)\b"
        r"[^()]{0,40}\)\W*$|\((?:photos?|images?|picture|credit|file)\b[^()]{0,80}\)\W*$"
        r"|^(?:file )?(?:photos?|images?|pictures?|photographs?|illustration|credit)(?: (?:by|credit))?\s?[:/]"
        r"|^(?:Getty Images|AP Photo|AFP|Reuters)\b.{0,40}$"
    ),
    "video caption": r"^.{0,120}[^\d:]\d{1,2}:\d{2}$|^(?:watch|video)\s?[:|]|^now playing\b",
    "navigation": (
        r"^(?:read more|show more|see more|view more|load more|more|news feed|latest news|top stories|most read|"
        r"most popular|"
        r"trending(?: now)?|related(?: (?:articles|stories|content|news|topics))?|share(?: this.{0,30})?|tweet|e-?mail|"
        r"print|advertisement|advertising|sponsored|video thumbnail|avatar|home|menu|search|comments?|"
        r"leave a (?:comment|reply)|"
        r"sign in|log ?in|register|follow us.{0,40}|skip to .{0,40}|back to top|next|previous|topics?|tags?|"
        r"recommended(?: for you)?|copy link|save|gift this article|listen(?: to .{0,30})?|close|follow|facebook|twitter|"
        r"whatsapp|linkedin)$"
    ),
    "related story": (
        r"^(?:read (?:more|also|next)|related|see also|more on(?: this)?|also read|recommended|don['’]t miss)\s?[:|>-]"
    ),
    "rights": (
        r"^(?:©|\(c\)|copyright\b)|\ball rights reserved\b|^this (?:material|article) may not be (?:re)?published\b"
    ),
    "credit": (
        r"^\(?(?:additional )?(?:reporting|writing|editing|compiled|translated) by\b.{0,160}$|^by [A-Z][\w.'’ -]{2,60}$"
    ),
}
_FURNITURE_RULES = tuple((name, re.compile(rule, re.IGNORECASE)) for name, rule in _FURNITURE.items())
_BIOGRAPHY = re.compile(
    r"^(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}(?:is|was|has been|covers|writes|reports|joined|works)\b[^.]{0,100}\b(?:reporter|"
    r"correspondent|editor|journalist|writer|columnist|author|producer|contributor|anchor|photographer|fellow|covers|writes "
    r"about|reports on)\b",
)
_BULLET = re.compile(r"^\s*[•▪‣◦●■►▶»*·–-]\s")
_DATELINE = re.compile(r"(?:[^\W\d_a-z][\w.,'’ /-]{0,60})?\((?P<outlet>[^\W\d_a-z][\w&. ]{1,24})\)\s*(?:[-–—:]+\s*)?(?=\S)")
_TAG_LINE = re.compile(r"[^\W\d_A-Z][^\W\d_a-z]")  # "ConflictWagner": tags that lost the space between them
_TAG_JOINTS = 2
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥։።][\"'”’»)\]」』\s]*$")
_HARD_END = re.compile(r"[。！？؟۔।॥։።]+[\"'”’»)\]」』]*")
_PROSE_WORDS = 12  # a paragraph of this many words, ended by a full stop, is prose
_SENTENCE_WORDS = 80  # a longer one (no punctuation, a list) is cut, so that one sentence cannot swallow a text
_QUOTED_WORDS = 3  # shorter ones are names, titles and raised eyebrows, not speech

_QUOTES = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", '"': '"', "‘": "’"}
_OPENING = re.compile(r"[“„«「『‘]|(?<![\w.,!?])\"")

# --------------------------------------------------------------------------------------------------------------- words

_UNIT_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "IDEOGRAPHIC")
_APOSTROPHES = frozenset("'’‘‛ʼ＇`´")
_CLASSES = np.zeros(0x110000, np.uint8)
_FOLDS = np.zeros(0x110000, np.int32)
_PLAIN = np.ones(256, np.uint8)
_EXPANSIONS = np.zeros((16_384, 4), np.uint32)  # Unicode has some 12,500 characters that fold to several
_expansions = 0
_learning = threading.Lock()


def _is_dropped_mark(char: str) -> bool:
    """An accent or a vowel point, but not a vowel sign, a virama or a nukta, which make another letter."""
    return unicodedata.category(char) in ("Mn", "Me") and unicodedata.combining(char) not in (0, 7, 8, 9)


def _classify(char: str) -> int:
    category = unicodedata.category(char)
    if char in _APOSTROPHES:
        return kernels.APOSTROPHE
    if char in ".,":
        return kernels.DOT if char == "." else kernels.COMMA
    if category == "Cf":
        return kernels.INVISIBLE
    if "\ufe00" <= char <= "\ufe0f" or _is_dropped_mark(char):
        return kernels.MARK
    if category[0] in "LM":
        if unicodedata.name(char, "").startswith(_UNIT_SCRIPTS):
            return kernels.UNIT if category[0] == "L" else kernels.MARK
        return kernels.LETTER | (kernels.UPPER if category in ("Lu", "Lt") else 0)
    return kernels.DIGIT if category[0] == "N" else kernels.SEPARATOR


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


def _learn(code: int) -> None:
    """Fill the tables for the 256 characters around ``code``; texts use few such blocks, so this happens seldom."""
    first = code & ~255
    with _learning:
        for each in range(first, first + 256):
            char = chr(each)
            if _CLASSES[each] == kernels.UNKNOWN:
                separates = unicodedata.category(char) == "Cs"
                _FOLDS[each] = each if separates else _fold(char)
                _CLASSES[each] = kernels.SEPARATOR if separates else _classify(char)  # last: other threads go by it


def character_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int32], NDArray[np.uint32]]:
    """``plain``, ``classes``, ``folds``, ``expansions``, as the kernels want them. The last three fill up with use."""
    if _PLAIN[ord("a")] == 1:
        _learn(0)
        kinds = _CLASSES[:128] & kernels.CLASS_BITS
        word = (kinds == kernels.LETTER) | (kinds == kernels.DIGIT)
        _PLAIN[:128] = np.where(word, _FOLDS[:128], np.where(kinds == kernels.SEPARATOR, 0, 1))
    return _PLAIN, _CLASSES, _FOLDS, _EXPANSIONS


def words(text: str) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64], NDArray[np.uint8]]:
    """The words of a text: ``start``, ``end`` (n,) in characters, ``keys`` (n,) hashes of the folded words, ``flags``.

    >>> start, end, keys, flags = words("The U.S. — the Ünited\\u00adStates")
    >>> ["The U.S. — the Ünited\\u00adStates"[i:j] for i, j in zip(start, end)]
    ['The', 'U.S', 'the', 'Ünited\\xadStates']
    >>> bool(keys[0] == keys[2])
    True
    """
    utf8 = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
    tables = character_tables()
    while True:
        start, end, keys, flags, unknown = kernels.words(utf8, *tables)
        if unknown < 0:
            break
        _learn(int(unknown))
    if len(utf8) != len(text):  # bytes to characters: how many characters begin before each byte
        before = np.zeros(len(utf8) + 1, np.int32)
        np.cumsum((utf8 & 0xC0) != 0x80, out=before[1:])
        start, end = before[start], before[end]
    return start, end, keys, flags


@cache
def _function_word_table() -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Sorted keys of all function words, and the languages (columns, as in ``_FUNCTION_WORDS``) that have each."""
    keys = [words(each)[2] for each in _FUNCTION_WORDS.values()]
    known = np.unique(np.concatenate(keys))
    return known, np.stack([np.isin(known, each) for each in keys], axis=1)


def _language(keys: NDArray[np.uint64]) -> str:
    """The language with the most function words among ``keys``, "" under one word in twenty."""
    known, speaks = _function_word_table()
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    votes = speaks[at[known[at] == keys]].sum(axis=0)
    if len(keys) == 0 or votes.max(initial=0) * 20 < len(keys):
        return ""
    return list(_FUNCTION_WORDS)[int(votes.argmax())]


@cache
def _stemmer(language: str) -> Any:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(_STEMMERS[language])


_STEMS_KEPT = 1_000_000
_stems: dict[tuple[str, str], int] = {}


def _stem_keys(
    text: str, language: str, start: NDArray[np.int32], end: NDArray[np.int32], keys: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """(n,) uint64 hash of each word's stem. Each distinct word is stemmed once a process."""
    if not language:
        return keys
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    stems = np.empty(len(first), np.uint64)
    for row, at in enumerate(first):
        word = text[start[at] : end[at]]
        stem = _stems.get((language, word))
        if stem is None:
            plain = unicodedata.normalize("NFC", word).lower().replace("’", "'").replace(".", "")
            found = words(_stemmer(language).stem(plain))[2]
            stem = int(found[0]) if len(found) == 1 else int(keys[at])
            if len(_stems) >= _STEMS_KEPT:
                _stems.clear()
            _stems[language, word] = stem
        stems[row] = stem
    return stems[inverse]


@cache
def function_stems(language: str) -> NDArray[np.uint64]:
    """Sorted uint64 stem hashes of a language's function words, empty for a language not in the table."""
    listed = _FUNCTION_WORDS.get(language, "")
    start, end, keys, _ = words(listed)
    return np.unique(_stem_keys(listed, language, start, end, keys))


# ----------------------------------------------------------------------------------------------- body and boilerplate


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the paragraphs, without the white space around them.

    A line is a paragraph, unless the text is hard-wrapped (lines of one width that mostly do not end a sentence); then
    a blank line ends one.
    """
    lines = [(each.start(), each.end()) for each in re.finditer(r"[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*", text)]
    joined = [text.count("\n", end, start) <= 1 for (_, end), (start, _) in pairwise(lines)]
    inner = [line for line, follows in zip(lines, joined, strict=False) if follows]
    widths = sorted(end - start for start, end in inner)
    unfinished = sum(not _SENTENCE_END.search(text[max(start, end - 9) : end]) for start, end in inner)
    if len(inner) >= 4 and widths[len(widths) // 2] >= 40 and widths[-1] <= 100 and unfinished > 0.6 * len(inner):
        merged = lines[:1]
        for line, follows in zip(lines[1:], joined, strict=True):
            if follows:
                merged[-1] = (merged[-1][0], line[1])
            else:
                merged.append(line)
        lines = merged
    return [(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in lines]


def _furniture(line: str, words_in_line: int, ended: bool) -> str | None:
    """Why a paragraph is not the story, told from its words alone."""
    if words_in_line <= _FURNITURE_WORDS:
        for name, rule in _FURNITURE_RULES:
            if rule.search(line):
                return name
        if _BULLET.match(line) and not ended:
            return "link to another story"
    return None


def _boilerplate(text: str, paragraphs: list[tuple[int, int]]) -> list[Mark]:
    """The paragraphs that are not the story, each with its reason, in order."""
    lines = [text[start:end] for start, end in paragraphs]
    counts = [len(line.split()) for line in lines]
    ended = [bool(_SENTENCE_END.search(line[-12:])) for line in lines]
    reasons = [_furniture(*each) for each in zip(lines, counts, ended, strict=True)]
    prose = [
        at
        for at, count in enumerate(counts)
        if not reasons[at] and count >= _PROSE_WORDS and (ended[at] or count > _FURNITURE_WORDS)
    ]
    if prose:
        head, tail = range(prose[0]), range(prose[-1] + 1, len(lines))
        title = max((at for at in head if not reasons[at] and counts[at] >= 3), key=lambda at: counts[at], default=None)
        seen: set[str] = set()
        for at in head:
            if not reasons[at] and lines[at] in seen:
                reasons[at] = "heading said twice"
            elif not reasons[at] and at != title and not ended[at]:
                reasons[at] = "line above the story"
            seen.add(lines[at])
        for at in tail:
            if not reasons[at] and not ended[at]:
                glued = len(_TAG_LINE.findall(lines[at])) >= _TAG_JOINTS
                reasons[at] = "tags" if glued else "line below the story"
        # Biographies: the last paragraphs of prose, as long as each presents a journalist.
        for at in reversed(prose[1:]):
            before = reasons[at - 1] if at else None
            if not _BIOGRAPHY.match(lines[at]) or not (before or at == prose[-1]):
                break
            reasons[at] = "about the author"
            for above in range(at - 1, 0, -1):  # the name and the post above it
                if reasons[above] is None and (counts[above] > 6 or ended[above]):
                    break
                reasons[above] = reasons[above] or "about the author"
    marks = [
        Mark("boilerplate", start, end, reason)
        for (start, end), reason in zip(paragraphs, reasons, strict=True)
        if reason is not None
    ]
    dateline = _DATELINE.match(text, *paragraphs[prose[0]]) if prose else None
    if dateline:
        marks.append(Mark("boilerplate", dateline.start(), dateline.end(), "dateline"))
    return sorted(marks, key=lambda mark: mark.start)


# ------------------------------------------------------------------------------- sentences, quotations, attributions


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences of one paragraph."""
    cuts = [start, *(each.end() for each in _HARD_END.finditer(text, start, end)), end]
    for begin, stop in pairwise(cuts):
        piece = text[begin:stop]
        if "." in piece or "!" in piece or "?" in piece:
            for first, last in _punkt().span_tokenize(piece):
                yield begin + first, begin + last
        elif piece.strip():
            yield begin, stop


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open ranges between the quotation marks of one paragraph; one left open runs to the end of the paragraph."""
    at = start
    while opening := _OPENING.search(text, at, end):
        mark, at = opening.group(), opening.end()
        closers = _QUOTES[mark]
        close = at
        while close < end and not (
            text[close] in closers and not (mark == "‘" and close + 1 < end and text[close + 1].isalpha())
        ):
            close += 1
        if close == end and mark in "‘«":
            continue  # an apostrophe, or a mark used as a bullet
        if close > at:
            yield at, close
        at = close + 1


def _speaker(text: str, start: int, end: int, paragraph: tuple[int, int], last: str) -> str:
    """Who is quoted: the name next to a verb of saying after or before the quotation, else the last who spoke."""
    found = _SAID_AFTER.match(text, min(end, paragraph[1]), min(end + 160, paragraph[1]))
    if not found:
        found = _SAID_BEFORE.search(text, max(paragraph[0], start - 160), max(paragraph[0], start - 1))
    names = _NAMED.findall(next(each for each in found.groups() if each)) if found else []
    if not names or re.fullmatch(_PRONOUN, names[-1]):
        return last
    return str(names[-1])


def analyse(article: Article) -> Document:
    """Find words, sentences, boilerplate, quotations and attributions of an article; its text is left as it is.

    >>> document = analyse(Article(id="a", text='It is so, he said. "We will never surrender," said Jane Doe.'))
    >>> len(document.sentences), [mark.note for mark in document.quotations]
    (2, ['Jane Doe'])
    """
    text = article.text
    start, end, keys, flags = words(text)
    paragraphs = _paragraphs(text)
    boilerplate = _boilerplate(text, paragraphs)
    outside = {mark.start: mark.end for mark in boilerplate}
    body = np.ones(len(start), np.bool_)
    for mark in boilerplate:
        body[np.searchsorted(start, mark.start) : np.searchsorted(start, mark.end)] = False

    sentences: list[tuple[int, int]] = []
    quotations: list[Mark] = []
    quoted = np.full(len(start), -1, np.int32)
    speaker = ""
    for begin, paragraph_end in paragraphs:
        paragraph = outside.get(begin, begin), paragraph_end
        if paragraph[0] >= paragraph_end:
            continue
        for each in _sentences(text, *paragraph):
            first, last = np.searchsorted(start, each)
            pieces = -(-int(last - first) // _SENTENCE_WORDS)
            if pieces == 1:
                sentences.append((int(first), int(last)))
            elif pieces:
                sentences.extend(pairwise(np.linspace(first, last, pieces + 1).astype(int).tolist()))
        for begin, stop in _quotations(text, *paragraph):
            first, last = np.searchsorted(start, (begin, stop))
            if last - first >= _QUOTED_WORDS:
                speaker = _speaker(text, begin, stop, paragraph, speaker)
                quoted[first:last] = len(quotations)
                quotations.append(Mark("quotation", begin, stop, speaker))

    attributions = []
    for found in _ATTRIBUTION.finditer(text):
        name = next(each for each in found.groups() if each)
        attributions.append(Mark("attribution", found.start(), found.end(), name.removeprefix("the ")))

    ranges = np.array(sentences, np.int32).reshape(-1, 2)
    quotes = np.array([at > 0 and text[at - 1] in _QUOTES for at in start.tolist()], np.bool_)
    language = _language(keys)
    return Document(
        article=article,
        start=start,
        end=end,
        keys=keys,
        stems=_stem_keys(text, language, start, end, keys),
        names=_names(keys, flags, ranges, quotes) & ~np.isin(keys, _function_word_table()[0]),
        numbers=(flags & kernels.NUMERAL) != 0,
        body=body,
        quoted=quoted,
        sentences=ranges,
        boilerplate=tuple(boilerplate),
        quotations=tuple(quotations),
        attributions=tuple(attributions),
        language=language,
    )


_SHOUTING = 0.6  # a sentence with more capitals than this is a headline; its capitals say nothing


def _names(
    keys: NDArray[np.uint64], flags: NDArray[np.uint8], sentences: NDArray[np.int32], after_quote: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(n,) bool: capitalised words that are not so because they begin a sentence or a quotation or stand in a headline.

    A first word counts when the text has it capitalised elsewhere inside a sentence. ``after_quote``: (n,) bool.
    """
    capital = (flags & kernels.CAPITAL) != 0
    inside = np.zeros(len(keys), np.bool_)
    first = np.zeros(len(keys), np.bool_)
    for begin, stop in sentences:
        if capital[begin:stop].mean() <= _SHOUTING or stop - begin < 5:
            inside[begin + 1 : stop] = True
        first[begin:stop] = True
    sure = capital & inside & ~after_quote
    names: NDArray[np.bool_] = sure | (capital & first & np.isin(keys, keys[sure]))
    return names
