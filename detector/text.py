"""Article -> Document: words with offsets, body and boilerplate, sentences, quotations with speakers, attributions.

One kernel finds and folds words: case, accents, curly quotes, NFC and NFD, soft hyphens and zero-width characters make no
difference, and every offset counts characters of the untouched text. Sentences are found by Punkt (Kiss and Strunk 2006, in
NLTK) with our own abbreviations, within paragraphs. Boilerplate is told from the body by what a paragraph says
(``_FURNITURE``) and where it stands: a short line without a full stop before the first or after the last paragraph of prose
is not part of the story. The abbreviations are in the table below; what names speakers and outlets is in
``attributions.toml``; no rule names an article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from . import naming, numerals, word_kernels
from .attributions import CAPITAL, DATELINE, PHOTO_CREDIT, attributions, dateline, signature
from .document import Document, signs
from .german import common_nouns
from .language import function_keys, language, small_keys
from .model import Article, Mark
from .speech import OPENED, speech, spoken
from .stems import stem_keys
from .words import among, distinct, spelt_out, unmasked, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

# ---------------------------------------------------------------------------------------------------------------- data

# Abbreviations that do not end a sentence (in lower case, without the final full stop, as Punkt wants them).
_ABBREVIATIONS = (
    "u.s u.k u.n e.u d.c a.m p.m e.g i.e mr mrs ms dr prof st sr jr gen col lt maj capt sgt sen rep gov pres hon rev adm "
    "no vs inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ave blvd dept est fig vol al bzw usw z.b d.h nr hr fr sra mme mlle ee.uu art ing dott sig bros approx etc mio mrd tsd"
)

# Paragraphs that are not part of the story, by what they say. Each name is the reason shown to the reader; each pattern is
# searched in a single paragraph of at most ``_FURNITURE_WORDS`` words (a real paragraph is longer, or has neighbours that
# are).
_FURNITURE_WORDS = 45
_FURNITURE = {
    "reading time": r"^\d{1,3}[ -]?min(?:ute)?s?(?: read)?$|^reading time\b",
    "counter": (
        r"^[\d.,]+ (?:out of|of|/) [\d.,]+(?: (?:members|supporters|subscribers|readers|donors)\b.{0,20})?$"
        r"|^[\d.,]+ (?:comments?|shares?|views?)$"
    ),
    "appeal to readers": (
        r"^(?:please )?(?:help us|support (?:us\b|our (?:work|journalism|reporting|newsroom|mission))|"
        r"become (?:an?|one of our).{0,20} (?:member|subscriber|supporter|patron)s?|"
        r"join (?:us|our (?:members|community))|sign up|"
        r"subscribe|donate|make a (?:donation|contribution)|get (?:our|the) (?:latest|free|daily|best)|"
        r"already a (?:member|subscriber))\b"
        r"|\b(?:quality|independent|our) journalism (?:takes|needs|depends|costs|is (?:free|funded|supported))\b"
        r"|\b(?:our|free|daily|weekly) newsletters?\b.*\b(?:inbox|sign|subscribe)\b"
    ),
    PHOTO_CREDIT: (
        r"\([^()]{0,80}(?:\bvia |/ ?)(?:Getty|AP|AFP|Reuters|EPA|Shutterstock|Bloomberg|Anadolu|Xinhua|TASS|Zuma|iStock)\b"
        r"[^()]{0,40}\)\W*$|\((?:photos?|images?|picture|credit|file)\b[^()]{0,80}\)\W*$"
        r"|^(?:file )?(?:photos?|images?|pictures?|photographs?|illustration|credit)(?: (?:by|credit))?\s?[:/]"
        r"|^(?:Getty Images|AP Photo|AFP|Reuters)(?: ?/ ?[\w' .-]{1,40})?$|^photo (?:by|courtesy of)\b.{0,80}$"
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
        r"^\(?(?:additional )?(?:reporting|writing|editing|compiled|translated) by\b.{0,160}$"
        r"|^by (?-i:[A-Z][\w'’-]*)(?: (?:and|with|of|de|van|von|(?-i:[A-Z](?:\.|[\w'’-]*))),?){0,9}$"
    ),
}
_FURNITURE_RULES = tuple((name, re.compile(rule, re.IGNORECASE)) for name, rule in _FURNITURE.items())
_BIOGRAPHY = re.compile(
    r"^(?:[Aa]bout the author:?\s+)?(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}"
    r"(?:is|was|has been|covers|writes|reports|joined|works)\b[^.]{0,100}\b(?:reporter|"
    r"correspondent|editor|journalist|writer|columnist|author|producer|contributor|anchor|photographer|fellow|covers|writes "
    r"about|reports on)\b",
)
_BULLET = re.compile(r"^\s*[•▪‣◦●■►▶»*·–-]\s")
_TAG_LINE = re.compile(r"[^\W\d_A-Z][^\W\d_a-z]")  # "ConflictWagner": tags whose separating space was lost
_TAG_JOINTS = 2
_LIST_BULLETS = 3
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥։።។။][\"'”’»)\]」』\s]*$")
# Thai has no full stop and ends its clauses with spaces; the other scripts have marks of their own.
_HARD_MARKS = "。！？؟۔।॥։።។။"
_HARD_END = re.compile(rf"[{_HARD_MARKS}]+[\"'”’»)\]」』]*|(?<=[\u0e00-\u0e7f]) +(?=[\u0e00-\u0e7f])")
_HARD = re.compile(rf"[{_HARD_MARKS}\u0e00-\u0e7f]")  # present in every such end, and quicker to find
# Where Punkt looks for the end of a sentence, and the forms of it whose outcome in Punkt is plain (see _split).
_SPLITTING = r"\s()\"`{}\[\];:&#*@!?‘’“”«»'"
_END = re.compile(r"[.!?](?=[\s)\";}\]*:@'({\[‘’“”«»!?])")
_PLAIN_END = re.compile(
    rf"(?:[\"(]?(?:[^{_SPLITTING},-][^{_SPLITTING}]*(?=['’]))?(?P<word>['’“]?[^{_SPLITTING},-][^{_SPLITTING}]*)"
    rf"|\S*[)\]}}\"”]|)(?P<end>[.!?])(?P<close>[\"”)]?)\s+(?=[^\s;:,.!?])"
)
_SEVERAL = re.compile(r"\.\.|--")
_REALIGNED = re.compile(r"([\"')\]}‘’“”«»]+)(?:--|\s+|$)")
_NUMBER = re.compile(r"\.?\d[\d,.-]*")
_LINE_END = re.compile(r"\r*\n|[\r\u2028\u2029]")
_CONTINUED = 0.3  # share of lines that continue in lower case from which a text counts as hard-wrapped
_PROSE_WORDS = 12  # a paragraph of this many words that ends with a full stop is prose
_SENTENCE_WORDS = 80  # longer ones (no punctuation, a list) are cut, so that one sentence cannot swallow a text
_PUNKT_CHARACTERS = 10_000  # longer paragraphs are sentences that some converter ran together

# ----------------------------------------------------------------------------------------------- body and boilerplate


def _continued(text: str, lines: list[tuple[int, int]], joined: list[bool]) -> int:
    """How many lines begin in lower case directly below another line."""
    after = (text[start:end].lstrip()[:1] for (start, end), follows in zip(lines[1:], joined, strict=True) if follows)
    return sum(first.islower() for first in after)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the paragraphs, without surrounding white space.

    Each line is a paragraph unless the text is hard-wrapped (lines of one width that mostly do not end a sentence, or many
    lines that continue in lower case); then blank lines separate paragraphs.
    """
    lines = [each.span() for each in re.finditer(r"[^\r\n\u2028\u2029]+", text) if not each.group().isspace()]
    joined = [len(_LINE_END.findall(text, end, start)) <= 1 for (_, end), (start, _) in pairwise(lines)]
    inner = [line for line, follows in zip(lines, joined, strict=False) if follows]
    widths = sorted(end - start for start, end in inner)
    unfinished = sum(not _SENTENCE_END.search(text[max(start, end - 9) : end]) for start, end in inner)
    one_width = bool(widths) and widths[len(widths) // 2] >= 40 and widths[-1] <= 100 and unfinished > 0.6 * len(inner)
    if len(inner) >= 4 and (one_width or _continued(text, lines, joined) > _CONTINUED * len(inner)):
        merged = lines[:1]
        for line, follows in zip(lines[1:], joined, strict=True):
            if follows:
                merged[-1] = (merged[-1][0], line[1])
            else:
                merged.append(line)
        lines = merged
    return [(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in lines]


def _furniture(line: str, words_in_line: int) -> str | None:
    """Why a paragraph is not part of the story, judged by its words alone; ``None`` if they do not say."""
    if words_in_line <= _FURNITURE_WORDS:
        for name, rule in _FURNITURE_RULES:
            if rule.search(line):
                return name
    return None


def _learned(text: str, paragraphs: list[tuple[int, int]], learned: Iterable[Mark]) -> Iterator[str | None]:
    """For each paragraph, the note of the learned marks in it if they cover all its words, else ``None``.

    A hard-wrapped paragraph holds one mark per line.
    """
    marks = sorted(learned, key=lambda mark: mark.start)
    starts = [mark.start for mark in marks]
    for begin, end in paragraphs:
        inside = marks[bisect_left(starts, begin) : bisect_left(starts, end)]
        edges = [begin, *chain.from_iterable((mark.start, mark.end) for mark in inside), end]
        left = "".join(text[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)) if inside else ""
        yield inside[0].note if inside and not any(map(str.isalnum, left)) else None


def _boilerplate(text: str, paragraphs: list[tuple[int, int]], learned: Iterable[Mark]) -> list[Mark]:
    """The paragraphs that are not part of the story, in order, with reasons; ``learned``: lines known to be boilerplate."""
    lines = [text[start:end] for start, end in paragraphs]
    counts = [len(line.split()) for line in lines]
    ended = [bool(_SENTENCE_END.search(line[-12:])) or bool((signature(line) or (0,))[0]) for line in lines]
    known = _learned(text, paragraphs, learned)
    reasons = [note or _furniture(line, count) for note, line, count in zip(known, lines, counts, strict=True)]
    bullets = [bool(_BULLET.match(line)) and not end for line, end in zip(lines, ended, strict=True)]
    # Links stand alone or in pairs between paragraphs; three or more bullets are a list that belongs to the story.
    for bullet, run in groupby(range(len(lines)), bullets.__getitem__):
        places = list(run)
        if bullet and len(places) < _LIST_BULLETS:
            for at in places:
                reasons[at] = reasons[at] or "link to another story"
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
        # Biographies: the last paragraphs of prose, as long as each introduces a journalist.
        for at in reversed(prose[1:]):
            before = reasons[at - 1] if at else None
            if not _BIOGRAPHY.match(lines[at]) or not (before or at == prose[-1]):
                break
            reasons[at] = "about the author"
            for above in range(at - 1, 0, -1):  # the name and job title above it
                if reasons[above] is None and (counts[above] > 6 or ended[above]):
                    break
                reasons[above] = reasons[above] or "about the author"
    marks = [
        Mark("boilerplate", start, end, reason)
        for (start, end), reason in zip(paragraphs, reasons, strict=True)
        if reason is not None
    ]
    for first in (prose or [at for at, end in enumerate(ended) if end and not reasons[at]])[:1]:  # Chinese has no long lines
        if found := dateline(text, *paragraphs[first]):
            marks.append(Mark("boilerplate", paragraphs[first][0], found[0], DATELINE))
    return sorted(marks, key=lambda mark: mark.start)


# ------------------------------------------------------------------------------- sentences, quotations, attributions


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(_ABBREVIATIONS.split())


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_abbreviations())
    return PunktSentenceTokenizer(parameters)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the sentences in a piece of text: those that Punkt finds, mostly without running it.

    With no parameters but abbreviations, Punkt ends a sentence after every word with a full stop except abbreviations,
    initials before a letter, and numbers before a lower-case letter. It runs only if the text has a sentence end of another
    form; results differ from its own only in debris.
    """
    stop = len(text.rstrip())
    begin = 0
    found = []
    for each in _END.finditer(text):
        at = each.start()
        if at + 1 >= stop or (at + 2 == stop and text[at + 1] in "\"”)"):
            continue
        plain = _PLAIN_END.match(text, max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1)
        if text[:1].isspace() or not plain or plain.start("end") != at or _SEVERAL.search((plain["word"] or "").rstrip(".")):
            break
        if _ends(plain, text[plain.end()]):
            closing = None if plain["close"] else _REALIGNED.match(text, plain.end())  # after a space: it goes back
            if closing and (closing[0].endswith("-") or closing.end() == len(text)):
                break
            found.append((begin, closing.end(1) if closing else plain.end("close")))
            begin = closing.end() if closing else plain.end()
    else:
        yield from found
        yield begin, stop
        return
    yield from _punkt().span_tokenize(text)


def _ends(plain: re.Match[str], following: str) -> bool:
    """Whether Punkt ends a sentence here; ``following``: the first character after the white space."""
    word = (plain["word"] or "").lower()
    if not word or plain["end"] != ".":
        return True
    if word.endswith(".") or word in _abbreviations() or word.rsplit("-", 1)[-1] in _abbreviations():
        return False
    initial = len(word) == 1 and (word.isalpha() or word == "_")
    goes_on = following.islower() or (initial and following.isupper())
    return bool(plain["close"]) or not (goes_on and (initial or _NUMBER.fullmatch(word)))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range at white space into pieces short enough for Punkt, whose patterns have a time limit."""
    while end - start > _PUNKT_CHARACTERS:
        cut = text.rfind(". ", start, start + _PUNKT_CHARACTERS) + 2
        if cut < start + 2:
            cut = text.rfind(" ", start, start + _PUNKT_CHARACTERS) + 1
        if cut <= start:
            cut = start + _PUNKT_CHARACTERS
        yield start, cut
        start = cut
    yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences of one paragraph."""
    hard = _HARD_END.finditer(text, start, end) if _HARD.search(text, start, end) else ()
    cuts = [start, *(each.end() for each in hard), end]
    for begin, stop in chain.from_iterable(_pieces(text, *each) for each in pairwise(cuts)):
        piece = text[begin:stop]
        if ("." in piece or "!" in piece or "?" in piece) and any(map(str.isalnum, piece)):
            for first, last in _with_days(piece, _split(piece)):
                yield begin + first, begin + last
        elif piece.strip():
            yield begin, stop


_DAY = re.compile(rf"(?<!\d)\d{{1,2}}\.\s+(?=(?:{numerals.GERMAN_MONTHS.replace(' ', '|')})\b)")


def _with_days(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, those that were cut between the day and the month of a German date joined again: am 2. Juni."""
    days = {each.end() for each in _DAY.finditer(text)}
    before: tuple[int, int] | None = None
    for first, last in sentences:
        if before and first in days:
            before = before[0], last
            continue
        if before:
            yield before
        before = first, last
    if before:
        yield before


def _body(start: NDArray[np.int32], boilerplate: Iterable[Mark]) -> NDArray[np.bool_]:
    body = np.ones(len(start), np.bool_)
    for mark in boilerplate:
        body[np.searchsorted(start, mark.start) : np.searchsorted(start, mark.end)] = False
    return body


def _cut(sentences: NDArray[np.int32]) -> NDArray[np.int32]:
    """(m, 2) word ranges without empty ones; those of more than ``_SENTENCE_WORDS`` words are cut into equal pieces."""
    size = sentences[:, 1] - sentences[:, 0]
    if (size > _SENTENCE_WORDS).any():
        cuts: list[tuple[int, int]] = []
        for first, last in sentences[size > 0].tolist():
            count = -(-(last - first) // _SENTENCE_WORDS)
            cuts += pairwise(first + (last - first) * at // count for at in range(count + 1))
        return np.array(cuts, np.int32).reshape(-1, 2)
    return sentences[size > 0]


@dataclass(frozen=True, slots=True)
class Wording:
    """Digests of the words of a text's body and of the whole text, and the :func:`signs` of either."""

    body: bytes
    body_signs: str
    whole: bytes
    whole_signs: str


def wording(text: str, learned: Iterable[Mark] | None = ()) -> tuple[NDArray[np.uint64], Wording]:
    """(n,) uint64 hashes of the words of a text's body, and what tells copies: a part of :func:`analyse`, much faster."""
    text = unmasked(text)
    start, _, keys, _ = words(text)
    outside = [] if learned is None else _boilerplate(text, _paragraphs(text), learned)
    body = keys[_body(start, outside)]
    digests = (blake2b(each.tobytes(), digest_size=16).digest() for each in (body, keys))
    return body, Wording(next(digests), signs(text, outside), next(digests), signs(text))


def analyse(article: Article, learned: Iterable[Mark] | None = ()) -> Document:
    """Find words, sentences, boilerplate, quotations and attributions of an article; its text is unchanged.

    ``learned``: lines known to be boilerplate (see :func:`boilerplate.learned`); None if all of the article counts as its
    story.

    >>> document = analyse(Article(id="a", text='It is so, he said. "We will never surrender," said Jane Doe.'))
    >>> len(document.sentences), [mark.note for mark in document.quotations]
    (2, ['Jane Doe'])
    """
    text = unmasked(article.text)
    start, end, keys, flags = words(text)
    tongue = language(text, keys)
    paragraphs = _paragraphs(text)
    boilerplate = [] if learned is None else _boilerplate(text, paragraphs, learned)
    outside = {mark.start: mark.end for mark in boilerplate}
    body = _body(start, boilerplate)
    sentences: list[tuple[int, int]] = []
    blocks: list[tuple[int, int]] = []
    for begin, stop in paragraphs:
        begin = outside.get(begin, begin)
        if begin < stop:
            sentences += _sentences(text, begin, stop)
            blocks.append((begin, stop))

    ranges = _cut(np.searchsorted(start, np.array(sentences, np.int32).reshape(-1, 2)).astype(np.int32))
    quoted, marks = speech(text, tongue, start, list(spoken(text, blocks)), blocks)
    quotes = among(start, np.array([each.end() for each in OPENED.finditer(text)], np.int32))
    stems = spelt_out(stem_keys(text, tongue, start, end, keys), start, end, flags)
    terms, term_of = distinct(stems)
    capital = (flags & word_kernels.CAPITAL) != 0
    numeral = (flags & word_kernels.NUMERAL) != 0
    meant, numbers = numerals.united(text, tongue, start, keys, stems, numeral)
    functional, small = among(keys, function_keys()), among(keys, small_keys(tongue))
    meant, known = naming.united(text, tongue, start, keys, meant, capital, small | functional)
    senses, sense_of = distinct(meant)
    if tongue in _ELIDING:
        capital |= _elided(text, start, end)
    if tongue == "de":
        capital &= ~common_nouns(text, start, end, keys, stems, capital, numbers)
    caps, shouted = _in_capitals(text, start, end, capital, small | functional)
    names = _names(keys, capital, ranges, quotes, small, caps, shouted)
    return Document(
        article=article,
        start=start,
        end=end,
        keys=keys,
        stems=stems,
        terms=terms,
        term_of=term_of,
        senses=senses,
        sense_of=sense_of,
        names=(names & ~functional & (numeral | ~numbers)) | (known & ~shouted),
        numbers=numbers,
        body=body,
        quoted=quoted,
        sentences=ranges,
        boilerplate=tuple(boilerplate),
        quotations=marks,
        attributions=attributions(text, tongue, start, keys, paragraphs, boilerplate),
        language=tongue,
    )


_ELIDING = ("ca", "fr", "it")  # a word may hold an article and its noun: l'Oise, dell'Arma
_ELIDED = re.compile(rf"(?<=[^\W\d_]['’])[{CAPITAL}]")


def _elided(text: str, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(n,) bool: words with a capital after an apostrophe."""
    at = np.array([each.start() for each in _ELIDED.finditer(text)], np.int32)
    return np.searchsorted(at, start) < np.searchsorted(at, end)


_SHOUTING = 0.6  # above this share of capitalised words a sentence is a headline, whose capitals say nothing


def _in_capitals(
    text: str, start: NDArray[np.int32], end: NDArray[np.int32], capital: NDArray[np.bool_], small: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Find the words all in capitals, and those among them that are shouted: in a row of three or more with a small word.

    Returns (n,) bool for each. "FIRED" and "FBI" are in capitals; in "THE WAR IS OVER" every word is shouted, in "FBI, CIA"
    or "US DHS" none.
    """
    found = np.zeros(len(start), np.bool_)
    at = np.flatnonzero(capital)
    found[at] = [text[begin:stop].isupper() for begin, stop in zip(start[at].tolist(), end[at].tolist(), strict=True)]
    row = np.zeros(len(start), np.int64)  # the row each word is in: neighbours separated by one character
    row[1:] = np.cumsum(~(found[1:] & found[:-1] & (start[1:] - end[:-1] == 1)))
    size, told = np.bincount(row[found], minlength=len(row) + 1), np.bincount(row[found & small], minlength=len(row) + 1)
    return found & (end - start > 1), found & (size[row] >= _ROW) & (told[row] > 0)


_ROW = 3


def _names(
    keys: NDArray[np.uint64],
    capital: NDArray[np.bool_],
    sentences: NDArray[np.int32],
    after_quote: NDArray[np.bool_],
    small: NDArray[np.bool_],
    capitals: NDArray[np.bool_],
    shouted: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """(n,) bool: capitalised words, except where a sentence or quotation start or a headline explains the capital.

    A sentence's first word counts if the text also has it capitalised inside a sentence and it is not ``small``; so does a
    ``shouted`` one. A word all in ``capitals``, or in a few words that may be a headline, is no name if the text also has it
    in lower case.
    """
    begin, stop = sentences[:, 0].astype(np.int64), sentences[:, 1].astype(np.int64)
    count = np.concatenate([[0], np.cumsum(capital)])
    titled = count[stop] - count[begin] > _SHOUTING * (stop - begin)
    told = ~titled | (stop - begin < 5)
    edges = np.zeros((3, len(keys) + 1), np.int64)  # sentence edges: all, those whose capitals count, headlines
    edges[0, begin] += 1
    edges[0, stop] -= 1
    edges[1, begin[told] + 1] += 1
    edges[1, stop[told]] -= 1
    edges[2, begin[titled]] += 1
    edges[2, stop[titled]] -= 1
    first, inside, few = np.cumsum(edges, axis=1)[:, :-1] > 0
    common = (capitals | few) & capital
    common[common] = among(keys[common], np.sort(keys[~capital]))
    sure = capital & inside & ~after_quote & ~shouted & ~common
    names: NDArray[np.bool_] = sure | (capital & first & ~small & among(keys, np.sort(keys[sure])))
    return names
