"""Outlets and agencies that a text names as the origin of something said or reported, and those that it credits itself to.

The phrases for it in each language, the verbs of saying and the known names are in ``attributions.toml``. A phrase alone is
not enough, since people and offices are cited in the same words: what it names must be known, contain a word typical of
outlets' names ("Coast Courier"), or look unlike a person's name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..languages.words import among, words
from ..model import Credit, Mark
from .outlets import agencies, canonical, is_agency, names, table, uncertain

CAPITAL = "A-ZÀ-ÖØ-ÞĂĄĆČĎĐĘĚĞĢĪĶŁŃŇŐŘŚŠŞŢŤŪŮŰŹŻŽİȘȚΆΈ-ΏΑ-ΩЀ-ЯҐӘҒҚԱ-Ֆ"
"""Capital letters of Latin, Greek, Cyrillic and Armenian, for a character class; few, since the class is compiled often."""
_SMALL = "a-zß-öø-ÿăąćčďđęěğłńňőřśšşťůűźżžșțά-ώа-џґա-և"

DATELINE = "dateline"
"""The note on a boilerplate mark that is a dateline: place, day and agency before the first sentence."""

PHOTO_CREDIT = "photo credit"
"""The note on a boilerplate mark that says who took or owns a picture."""

_CITED_BEFORE, _CITED_AFTER = 40, 60  # characters around a cue that hold its whole phrase
_CAPTION_WORDS = 12  # before a name; fewer are a picture's caption: "The bridge on Monday. Reuters"
_NAME_CHARACTERS = 90  # how far from its phrase a name may reach
_PLACE_CHARACTERS = 60  # before the agency of a dateline
_PLACE_WORDS, _SMALL_WORDS = 8, 2  # "Nueva York, 25 de nov": its lower-case words are months and particles
_BARE_WORDS = 3  # of a place without a day, before an agency without brackets: "Frankfurt am Main — dpa: "
_HEAD_LINES, _FOOT_LINES = 5, 3
_BYLINE = ("By", "by", "BY", "Von", "von", "Por", "por", "Par", "par")
_WORD = rf"(?:(?:[{CAPITAL}]\.){{2,}}|[{CAPITAL}][\w&]*(?:-\w+)*(?:['’](?![sS]\b)\w+)?(?:\.[a-z\d]\w*)*)"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|and|the|de|del|della|di|do|da|des|et|&)\s+)?{_WORD}){{0,4}}(?:\s+\d{{1,2}}(?![\w.,]))?"
_QUOTED = r"[«“„\"”][^«»“”„\"\n]{2,40}[»”“\"]"
_ADDRESS = re.compile(r"\.[a-z]{2,}$|^[A-Z][a-z]{3,}[A-Z]")  # "DailyMail.com", "RadarOnline"
_ACRONYM = re.compile(rf"[{CAPITAL}]{{2,6}}(?:-?\d+)?")
_WIRE = re.compile(r"\(([^()\n]{2,30})\)(?=\s*[-–—])")
_DATELINE_MARK = re.compile(r"[(（/【电電]|\s[-–—]")
_LATIN_END = "\u0370"
_OTHER_SCRIPTS = ("ar", "ru", "uk", "ur")
_CASELESS = ("ar", "ur")  # languages of the table whose script has no capitals
_CAPITALS_EVERYWHERE = ("de",)  # every noun has one, so a capital says nothing


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of one language. ``cues``: sorted keys of words, one of which is in every phrase."""

    cues: NDArray[np.uint64]
    leading: re.Pattern[str]
    following: re.Pattern[str]
    after: re.Pattern[str]
    before: tuple[re.Pattern[str], ...]


@cache
def _data() -> dict[str, Any]:
    return table() | {name: frozenset(table()[name]) for name in ("outlet_words", "not_outlets")}


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, with any white space between words."""
    listed = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, each.split())) for each in listed) or r"(?!)"


@cache
def _known() -> str:
    """A pattern for any agency's name."""
    return any_of(agencies())


def saying(language: str) -> tuple[str, str]:
    """Patterns for a language's verbs of saying and for the words that end a name after one; English ones if it has none."""
    return any_of(phrases_of(language)["saying"]), any_of(phrases_of(language)["until"])


def caseless(language: str) -> bool:
    """Whether the language's script has no capitals to tell names by."""
    return language in _CASELESS


def is_listed(language: str) -> bool:
    """Whether the language has phrases of its own in ``attributions.toml``."""
    return language in _data()["language"]


def of_people(called: Iterable[str]) -> bool:
    """Whether one of a name's words is typical of people and offices, not of outlets."""
    return not _data()["not_outlets"].isdisjoint(each.casefold().strip(".") for each in called)


def phrases_of(language: str) -> dict[str, list[str]]:
    """A language's phrases, by kind, as ``attributions.toml`` lists them; English ones if it has none."""
    table: dict[str, dict[str, list[str]]] = _data()["language"]
    return table.get(language, table["en"])


@cache
def _rules(language: str) -> _Rules:
    own = phrases_of(language)
    leading, following = (own["told"], own["named"]), (own["broke"], own["reported"])
    cues = [max(each.split(), key=len) for each in chain(*leading, *following)]
    credits = _data()["credits"]
    cues += [each.split()[-2] for each in chain(credits["whole_before"], credits["part_before"])]  # "reporting" by
    cues += [max(each.split(), key=len) for each in credits["part_after"]]
    articles = "".join(rf"{re.escape(each)}\s*|" if each[-1:] in "'’" else rf"{each}\s+|" for each in own["articles"])
    noun = rf"(?:[\w-]+\s+){{0,2}}?(?P<noun>{any_of(own['nouns'])})(?:\s+|(?=[«“„\"”]))"
    known = rf"(?:{any_of(each for each in names() if each < _LATIN_END or language in _OTHER_SCRIPTS)})(?![\w-])"
    name = rf"{_QUOTED}|{known}" + ("" if language in _CASELESS else rf"|{_NAME}")
    between = rf"(?:,?\s+(?:{any_of(own['between'])})){{0,2}},?\s+$"
    return _Rules(
        cues=np.unique(words(" ".join(cues))[2]),
        leading=_phrases(*leading),
        following=_phrases(*following),
        after=re.compile(rf"(?:(?<=\sل)|\s+)(?P<article>{articles})(?:{noun})?(?P<name>{name})"),
        before=(
            re.compile(rf"(?<![\w-])(?:{noun})?(?P<name>{known}){between}"),
            re.compile(rf"(?<![\w-]){noun}(?P<name>{_QUOTED}){between}"),
            re.compile(rf"(?<![\w-])(?P<article>(?:the\s+)?)(?P<name>{_NAME}){between}"),
        ),
    )


def _phrases(sure: Sequence[str], unsure: Sequence[str]) -> re.Pattern[str]:
    """A pattern for phrases that name hardly anything but outlets (group ``sure``), and for others."""
    either = rf"(?P<sure>{any_of(sure)})|(?:{any_of(unsure)})"
    return re.compile(rf"(?<!\w)(?:{either})(?:(?<=\sل)|(?!\w))", re.IGNORECASE)


def attributions(
    text: str,
    language: str,
    start: NDArray[np.int32],
    keys: NDArray[np.uint64],
    paragraphs: Sequence[tuple[int, int]],
    boilerplate: Iterable[Mark] = (),
) -> tuple[Mark, ...]:
    """The outlets and agencies that a text names or is credited to, in order; ``start``, ``keys``: (n,) of its words."""
    rules = _rules(language if is_listed(language) else "en")
    people = _People(text)
    pictures = {mark.start for mark in boilerplate if mark.note == PHOTO_CREDIT}
    foot = [each for each in paragraphs[:-1] if each[0] not in pictures] + list(paragraphs[-1:])
    found = [*_wires(text), *_byline(text, paragraphs), *_foot(text, foot)]
    lines = [dateline(text, mark.start, mark.end + 1) for mark in boilerplate if mark.note == DATELINE]
    found += [agency for _, agency in filter(None, lines) if agency]
    for begin, stop, edges in _around(start[among(keys, rules.cues)].tolist(), paragraphs):
        found += _named(text, language, rules, people, begin, stop, edges)
        found += _credited(text, begin, stop, edges[0])
    found.sort(key=lambda mark: (mark.start, -mark.end))
    apart = [True, *(later.start >= earlier.end for earlier, later in pairwise(found))]
    return tuple(mark for mark, alone in zip(found, apart, strict=False) if alone)


def _named(
    text: str, language: str, rules: _Rules, people: _People, begin: int, stop: int, edges: tuple[int, int]
) -> Iterator[Mark]:
    for phrase in rules.leading.finditer(text, begin, stop):
        found = rules.after.match(text, phrase.end(), min(edges[1], phrase.end() + _NAME_CHARACTERS))
        if found and _is_outlet(found, language, people, sure=bool(phrase["sure"]), inside=True):
            yield _mark(phrase.start(), found.end("name"), found["name"])
    for phrase in rules.following.finditer(text, begin, stop):
        lead = max(edges[0], phrase.start() - _NAME_CHARACTERS), phrase.start()
        each = next(filter(None, (pattern.search(text, *lead) for pattern in rules.before)), None)
        if each and _is_outlet(each, language, people, sure=bool(phrase["sure"]), inside=False):
            yield _mark(each.start(), phrase.end(), each["name"])


@cache
def _credits() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for [credits] phrases before a name, with the name; for those after one; and for the name before those."""
    said = _data()["credits"]
    surname = rf"\s[{CAPITAL}]|\s(?:de|van|von)\b"
    known = rf"(?:{any_of(each for each in agencies() if each < _LATIN_END)})(?![\w-]|{surname})"
    before = rf"(?i:(?P<part>{any_of(said['part_before'])})|{any_of(said['whole_before'])})"
    return (
        re.compile(rf"\b{before} (?:[Tt]he )?(?P<name>{known}|[A-Z][A-Za-z]+(?: [A-Z][a-z]+){{0,2}}\b)"),
        re.compile(rf" (?i:{any_of(said['part_after'])})\b"),
        re.compile(
            rf"\b(?P<name>{known})(?: (?:{any_of(said['writers'])}) [^!?\n]{{3,80}})?$"
            r"|\b(?P<other>[A-Z]\w+(?: [A-Z]\w+){0,2})$"
        ),
    )


def _credited(text: str, begin: int, stop: int, first: int) -> Iterator[Mark]:
    """Credits whose phrase lies in a range; a name before the phrase begins no earlier than ``first``."""
    before, after, named = _credits()
    for each in before.finditer(text, begin, stop):
        apart = each.start() == first or text[each.start() - 1] == "(" or text[each.start()].isupper()
        if (apart or each["part"]) and _may_be_credited(each["name"]):
            yield _mark(each.start(), each.end(), each["name"], "part" if each["part"] else "whole")
    for each in after.finditer(text, begin, stop):
        found = named.search(text, max(first, each.start() - _NAME_CHARACTERS), each.start())
        if found and (found["name"] or _may_be_credited(found["other"])):
            yield _mark(found.start(), each.end(), found["name"] or found["other"], "part")


def _may_be_credited(name: str) -> bool:
    """Whether a name after "reporting by" is an agency's; one that may be a person's is not."""
    if name in uncertain():
        return False
    return name in names() or (name.isupper() and " " not in name) or _called_outlet(name.split())


def _mark(begin: int, end: int, name: str, credit: Credit | None = None) -> Mark:
    plain = " ".join(name.strip("«»“”„\"").split()).removeprefix("the ")
    return Mark("attribution", begin, end, canonical(plain), credit)


class _People:
    """Words in a pair of capitalised words somewhere in a text: if it has "Harry Reid", "told Reid" cites a person."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: set[str] | None = None

    def __contains__(self, word: str) -> bool:
        if self._found is None:
            pairs = re.findall(rf"(?=\b([{CAPITAL}][\w'’-]*)\.? ([{CAPITAL}][\w'’-]*))", self._text)
            self._found = set(chain.from_iterable(pairs))
        return word in self._found


def _called_outlet(called: Sequence[str]) -> bool:
    """Whether one of a name's words is typical of outlets' names."""
    return not _data()["outlet_words"].isdisjoint(each.casefold() for each in called)


def _is_outlet(found: re.Match[str], language: str, people: _People, *, sure: bool, inside: bool) -> bool:
    """Whether a phrase names an outlet. ``sure``: it names hardly anything else; ``inside``: it precedes the name."""
    groups = found.groupdict()
    name = " ".join(found["name"].strip("«»“”„\"").split())
    if name in names():
        return True
    called = [each for each in name.split() if each not in ("The", "the")]
    if not called or of_people(called):
        return False
    if groups.get("noun"):
        return True
    the = bool(groups.get("article")) or name.startswith("The ")
    if _called_outlet(called):
        return len(called) > 1 or the
    if language in _CASELESS or found["name"][0] in "«“„\"”":
        return False
    if _ADDRESS.search(name) or (inside and language == "en" and name.startswith("The ")):
        return True
    if not sure or language in _CAPITALS_EVERYWHERE:
        return False
    if len(called) == 1:
        return bool(_ACRONYM.fullmatch(name)) or (language == "en" and called[0] not in people and not the)
    return language == "en" and the


_compiled = cache(re.compile)  # compiled on first use: most datelines are of the first kind


@cache
def _datelines() -> tuple[str, ...]:
    """Patterns for what precedes the first sentence of wire copy, each with the agency in a group of its own.

    A known agency may stand without a dash, in lower case, between slashes or after the dash.
    """
    known = _known()
    desk, name = r"(?:[^()\n]{1,30}[,/+،]\s*)?", rf"(?P<agency>{known})(?:[/-][\w ]{{1,12}})?"
    first = rf"[^\W\d_{_SMALL}]"
    place, any_ = rf"[^()/\n（]{{0,{_PLACE_CHARACTERS}}}?", rf"(?P<agency>{first}[\w&. ]{{1,24}})"
    return (
        rf"(?:{first}[\w.,'’ /-]{{0,{_PLACE_CHARACTERS}}})?(?P<credit>\({any_}\))\s*[-–—]+\s*(?=\S)",
        rf"{first}{{3}}[^{_SMALL}()]{{0,{_PLACE_CHARACTERS}}}(?P<credit>\({any_}\))\s*(?=\S)",
        rf"(?i)(?P<place>{place})(?P<credit>[(（]\s*{desk}{name}\s*[)）])\s*\.?(?P<dash>\s*[-–—:]+)?\s*(?=\S)",
        rf"(?i)(?P<place>{place})(?P<credit>(?P<dash>/)(?P<agency>{known})/)[\s.]*[-–—]*\s*(?=\S)",
        rf"(?P<place>{place})\s(?P<bare>[-–—]+)\s*(?P<agency>{known})(?:,[^.:\n]{{2,40}})?(?:[.:]|\s+[-–—])\s+(?=\S)",
        rf"(?P<place>{first}[\w-]+\. \d{{1,2}} \w+)\. (?P<agency>{known})(?:\.[A-Za-z]{{2,3}})?\s*(?P<dash>[-–—]+)\s*(?=\S)",
        rf"(?P<agency>{known})\S{{0,12}}\d日[电電]\s*",
        rf"【[^】]{{0,20}}(?P<agency>{known})[^】]{{0,10}}】\s*",
    )


def dateline(text: str, begin: int, end: int) -> tuple[int, Mark | None] | None:
    """Where a paragraph's dateline ends, and the agency in it: "LONDON (Reuters) - ", "Berlin (dpa) – ", "/TASS/".

    ``None`` if there is no dateline. In a script without capitals, a name in brackets is an agency only if known; otherwise
    it is a desk or a reporter.

    >>> text = "КИЕВ, 25 ноя — РИА Новости. Мост закрыт до весны."
    >>> stop, agency = dateline(text, 0, len(text))
    >>> text[stop:], agency.note
    ('Мост закрыт до весны.', 'RIA Novosti')
    """
    if not _DATELINE_MARK.search(text, begin, min(end, begin + _NAME_CHARACTERS)):
        return None
    for pattern in map(_compiled, _datelines()):
        found = pattern.match(text, begin, end)
        if found and _is_place(found):
            name = found["agency"]
            note = canonical(name) if name in names() or name.isupper() or name.islower() else name
            where = found.span("credit" if "credit" in pattern.groupindex else "agency")
            known = is_agency(name) or name[0].isupper() or name.isascii()
            return found.end(), Mark("attribution", *where, note, "whole") if known and _is_told(found) else None
    return None


def _is_told(found: re.Match[str]) -> bool:
    """Whether the agency of a dateline is one: "PITTSBURGH (PA) The bridge" has no dash and no day, and names a state."""
    behind = found[0][found.end("credit") - found.start() :] if "credit" in found.re.groupindex else found[0]
    return found["agency"] not in uncertain() or bool(re.search(r"\d", found[0]) or re.search(r"[–—:/-]", behind))


def _is_place(found: re.Match[str]) -> bool:
    """Whether the words before an agency are a place and a day, not the start of a sentence about the agency."""
    place = found.groupdict().get("place")
    if not place:
        return True
    called = re.findall(r"[^\W\d_][\w.'’-]*", place)
    if len(called) > _PLACE_WORDS or any(map(is_agency, called)):
        return False
    if not any(each[0].islower() or each[0].isupper() for each in called):
        return True  # no capitals to go by
    capitals = [each for each in called if each[0].isupper()]
    told = bool(found.groupdict().get("dash")) or bool(re.search(r"\d", place)) or place.strip(" ,.").isupper()
    if "bare" in found.groupdict() and not told:
        return len(called) <= _BARE_WORDS and len(called) - len(capitals) <= 1 and called[-1:] == capitals[-1:]
    return told and called[:1] == capitals[:1] and len(called) - len(capitals) <= _SMALL_WORDS


def _wires(text: str) -> Iterator[Mark]:
    """Known agencies and outlets in brackets before a dash, wherever a piece of wire copy begins."""
    for each in _WIRE.finditer(text):
        if each[1] in names():
            yield Mark("attribution", each.start(), each.end(), canonical(each[1]), "whole")


@cache
def _feet() -> re.Pattern[str]:
    codes = rf"(?:[ /,-]{{1,2}}(?:[A-Z]{{2,5}}\b|{_known()})){{0,4}}"
    said = _data()["credits"]
    source = rf"(?i:{any_of(said['source_line'])})\s?[:：]\s*"
    part = rf"(?:(?i:{any_of(said['part_line'])})(?:(?<=['’])|\s+))"
    owner = r"(?i:©|copyright)\s*(?:©\s*)?(?:\d{4}\s+)?"
    return re.compile(
        rf"(?:^|(?<=[.!?…”\"’»。۔।])\s*)(?P<credit>(?P<apart>[-–—]+\s*)?(?P<bracket>[(（/\[【])?"
        rf"(?P<lead>{source}|{part}|{owner})?(?:[Tt]he )?(?P<agency>{_known()}){codes}[)）/\]】]?\.?)$"
    )


@cache
def _endings() -> frozenset[str]:
    return frozenset(each[-3:] for each in agencies())


def signature(line: str) -> tuple[int, str, Credit] | None:
    """Find the agency that signs a line: where it begins, its name, and what it is credited with; ``None`` if there is none.

    It stands alone on the line or after a sentence: "— AFP", "(avec AP)", "Source: PTI".
    """
    end = line.rstrip(".)）/]】")[-3:]
    if end not in _endings() and not end[-1:].isupper():  # rules out most lines faster than the pattern
        return None
    tail = max(0, len(line) - _NAME_CHARACTERS)
    found = _feet().search(line[tail:])
    if not found or (tail and not found.start("credit")):
        return None
    sure = found["apart"] or found["bracket"] or (found["lead"] or "").rstrip().endswith((":", "："))
    if found["agency"] in uncertain() and not sure:
        return None
    before = line[: tail + found.start("credit")]
    if before and not (found["apart"] or found["bracket"]) and (found["lead"] or len(before.split()) < _CAPTION_WORDS):
        return None
    return len(before), canonical(found["agency"]), "part" if found["lead"] else "whole"


def _foot(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """The agencies that sign the last lines of a text."""
    for begin, end in paragraphs[-_FOOT_LINES:]:
        if found := signature(text[begin:end]):
            yield Mark("attribution", begin + found[0], end, *found[1:])


@cache
def _bylines() -> re.Pattern[str]:
    person = rf"[{CAPITAL}][\w.'’-]*(?: [\w.'’-]+){{1,4}}"
    return re.compile(
        rf"(?:{'|'.join(_BYLINE)}):? (?:{person}(?:, | \| | / |/| for ))?(?:[Tt]he )?(?P<agency>{_known()})"
        r"(?P<more> (?:and|und|y|et|e) [\w' ]{3,40})?(?: [\w ]{0,20}(?:[Ww]riter|[Ss]taff|[Cc]orrespondent))?"
    )


def _byline(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """The agency that a line above the story names as its author: "By Jane Doe, Associated Press", "By AFP", "(Reuters)".

    A bare name counts only below an author's: it may also be a photographer's.
    """
    after_author = False
    for begin, end in paragraphs[:_HEAD_LINES]:
        if end - begin > _NAME_CHARACTERS:
            continue
        line = text[begin:end]
        if line.startswith(_BYLINE) and (by := _bylines().fullmatch(line)):
            if by["agency"] not in uncertain() or "," in line:
                yield Mark("attribution", begin, end, canonical(by["agency"]), "part" if by["more"] else "whole")
        elif (found := signature(line)) and not found[0]:
            alone = line[0].isalnum() and found[2] == "whole"
            if after_author or not alone:
                yield Mark("attribution", begin, end, *found[1:])
        after_author = line.startswith(_BYLINE)


def _around(
    places: list[int], paragraphs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Half-open character ranges around sorted places, each with its paragraph; ranges that touch are merged."""
    for edges in paragraphs:
        last = (edges[0], edges[0])
        for place in places[bisect_left(places, edges[0]) : bisect_left(places, edges[1])]:
            first, end = max(edges[0], place - _CITED_BEFORE), min(edges[1], place + _CITED_AFTER)
            if first > last[1]:
                yield *last, edges
            last = (last[0] if first <= last[1] else first, end)
        if last[0] < last[1]:
            yield *last, edges
