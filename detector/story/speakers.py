"""Who is quoted: the name next to a verb of saying, before or after a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..languages.language import FUNCTION_WORDS, FURTHER_WORDS, PARTICLES, TITLES
from .attributions import CAPITAL, caseless, saying
from .outlets import names as outlets_known

_CASELESS_NAME_WORDS = 4  # longer text before a verb of saying is not a name; used for scripts without capitals

_STOPS = ".!?;\"“”«»。۔؟"
_POINT = "\u2024"  # stands for the full stops of J. Roe and Dr. Roe, which end nothing
_ALONE_NO_NAMES = frozenset(TITLES.split())
_POINTED = re.compile(rf"\b(?:[{CAPITAL}]|{'|'.join(each.capitalize() for each in TITLES.split())})\.")
_PRONOUN = r"(?:he|she|they|He|She|They)"
_SMALL = rf"(?:(?:{'|'.join(PARTICLES.split())}) ){{0,2}}"
_NAME = rf"(?:(?:[{CAPITAL}]{_POINT})*[{CAPITAL}][\w'’-]{{0,30}}{_POINT}? {_SMALL}){{0,4}}{_SMALL}[{CAPITAL}][\w'’-]{{1,30}}"
_OF_MEN_OR_WOMEN = re.compile(rf"(?:(?P<man>Mr|Sir)|Mrs|Ms|Miss|Dame|Lady){_POINT}? ")
_DATELINE = re.compile(rf"[{CAPITAL}][^{_STOPS}]{{2,40}}?\s[—–-]{{1,2}}\s")  # AMHERST, N.H. —
_CALENDAR = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|"
    "October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_PRONOUN_ALONE = re.compile(_PRONOUN)
_NAMED = re.compile(rf"\b{_PRONOUN}\b|\b{_NAME}")
_NOT_NAMES = re.compile(rf"\b(?:{_CALENDAR})\b|^.*['’]s (?=\w)")  # and the first half of "NBC's Ann Lee"

# English only. A name behind a preposition is not who speaks, nor is one in a phrase that begins with one, or with a
# conjunction or a participle, before the clause that does: "Asked in Rome by a man from Kerr, Lee of the board said".
_PREPOSITIONS = (
    "about after against along alongside amid among around at before behind between by concerning despite during "
    "following for from in including inside into like near of off on onto outside over per regarding since through "
    "throughout to toward towards under unlike until upon via with within without"
)
_CONJUNCTIONS = "although as because how if once than that though what when whereas where whether which while who whose why"
_BEHIND, _DETERMINERS = frozenset(_PREPOSITIONS.split()), frozenset(("the", "a", "an", "his", "her", "their", "its", "our"))
_OPENS = _BEHIND | frozenset(_CONJUNCTIONS.split())
_PARTICIPLE = re.compile(rf"[A-Z][a-z]+(?:ing|ed) (?!(?:{'|'.join(PARTICLES.split())})\b)[a-z]")  # not Ahmed al-Sharaa
_BETWEEN = _OPENS | {"today", "yesterday", "later", "earlier"}  # and function words, before a verb of saying
_WORD = re.compile(r"\s+([a-z]+)")
_ROMANCE = ("es", "fr", "it", "pt")

# English only. What one person says that another said: the words are those of the innermost verb of saying.
_FORMS = "saying|telling|writing|asking|warning|shouting|adding|declaring|replying|calling"
_CITED_AS = re.compile(
    rf"\b(?:(?:was|were|is|are|been|being)\s(?:\w+\s)?(?P<passive>quoted|cited)\b[^{_STOPS}:]{{0,60}}?"
    rf"|(?:quot|cit)(?:ed|es|ing)\s(?P<whom>[^{_STOPS}:]{{2,90}}?))\sas\s(?:{_FORMS}|having\s(?:said|told))\b"
    r"|\b(?:recall(?:ed|s|ing)?|remember(?:ed|s|ing)?|hear(?:d|s|ing)|overheard)\s"
    rf"(?P<heard>[^,{_STOPS}:]{{2,60}}?)\s(?:say|tell|ask|warn|shout|{_FORMS})\b"
)
_QUOTING = re.compile(rf"(?:^|[\s,])[Qq]uoting\s(?P<whom>[^,{_STOPS}:]{{2,60}})(?=[,.:])")
_WORKS = re.compile(
    r"^(?:the\s)?(?:from|Bible|Koran|Quran|Scripture|Shakespeare)\b"
    r"|\b(?:book|data|diary|figures|law|letter|lines?|lyrics|numbers|poem|proverb|report|sources|statistics|study)\b"
)
_WHO = re.compile(r"\bwhom?\b[^,]*$")
_SENTENCE = re.compile(rf"[^{_STOPS}]*")
_INNER = re.compile(rf"(?<=\s)(?:{saying('en')[0]}|written)\b")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be)\s(?:\w+ly\s|also\s|once\s|then\s|later\s)?$")
_NO_SPEECH_AFTER = re.compile(r"\s(?:was|were|is|are|would|will|to)\b")
_TOLD_BY = re.compile(rf"(?:\s(?:that|by\s(?P<whom>[^,{_STOPS}:]{{2,60}}?)))?[:,]?\s*$")
_AUXILIARIES = re.compile(r"(?:\s(?:had|has|have|also|then|once|later|earlier|first|just|even|\w+ly))*\s*$")
_ASIDE = re.compile(r",(?:\s[^,]{2,90},)?(?:\s(?:had|has|have|also|then|later))*\s*$")
_SURELY_SAID = frozenset(("said", "says", "say", "told", "tells", "wrote", "writes", "written", "added", "replied"))
_SUBORDINATE = (frozenset(_CONJUNCTIONS.split()) - {"that"}) | {"after", "before", "since", "until", "and", "but", "or"}
_NOBODY = _DETERMINERS | {"one", "another", "some", "two", "several", "many", "my", "this", "that", "these", "those"}
_NOT_IN_SUBJECT = frozenset(("was", "were", "is", "are", "be", "been", "will", "would", "can", "could", "to"))
_OBJECTS = {"him": "he", "her": "she"}
_REST_WORDS, _SUBJECT_WORDS = 3, 7  # behind an inner verb ("told her"), and of its subject ("a friend of the mayor")
_NEAR = 60  # characters from a verb to its quotation: "told the jury in Kerr: “"
_OF = re.compile(r"\b(?:(?:del?|di|da|do|du|des|dell[aeo]|dei|d[ao]s)\s(?:l[aeo]s?\s)?|d(?:ell)?['’]|de l['’])$")


@dataclass(frozen=True, slots=True)
class _Said:
    after: re.Pattern[str]
    before: re.Pattern[str]
    last: re.Pattern[str]
    verb_first: re.Pattern[str]
    verb: re.Pattern[str]


@cache
def _said(language: str) -> _Said:
    """Patterns that find a speaker between a quotation and its verb of saying, or after the verb."""
    says, until = saying(language)
    subject = rf"(?P<before>[^,{_STOPS}]{{2,60}}?)(?:,(?P<apposition>[^{_STOPS}]{{2,60}}))?\s(?:{says})\b"
    return _Said(
        after=re.compile(
            rf"[,.!?…]?[\"”’»“«›‹]?,? {{0,2}}(?:[—–-]\s?)?"
            rf"(?:(?:{says})\s+(?P<after>(?:(?! (?:{until})\b)[^,{_STOPS}]){{2,60}})(?:,\s(?P<called>{_NAME})(?=[,.;:!?]))?"
            rf"|{subject}|according to (?P<to>[^,{_STOPS}]{{2,90}}))"
        ),
        before=re.compile(rf"{subject}[^.!?\"“”«»]{{0,40}}$"),
        last=re.compile(rf"\s(?:{says})\b[^.!?\"“”«»]{{0,40}}$"),  # the end of ``before``, quicker to test alone
        verb_first=re.compile(rf"(?:^|\s)(?:{says})\s+(?P<after>[^,،:{_STOPS}]{{2,60}})\s?:\s*$"),
        verb=re.compile(rf"\b(?:{says})\s+$"),
    )


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(f"{FUNCTION_WORDS.get(language, '')} {FURTHER_WORDS.get(language, '')}".split())


class _Name(NamedTuple):
    """A name, or a pronoun, without what does not belong to it, and its place in the text."""

    name: str
    start: int
    end: int


def _names_in(text: str, language: str, begin: int, end: int) -> list[_Name]:
    """Names, and pronouns, in order."""
    names, small = [], _function_words(language)
    for found in _NAMED.finditer(text, begin, end):
        name = found[0]
        if not _PRONOUN_ALONE.fullmatch(name):
            words = _NOT_NAMES.sub("", name).split()
            while words and words[0].casefold() in small:  # at the beginning of a sentence
                words.pop(0)
            name = " ".join(words)
        if len(name) > 1 and name not in outlets_known() and name.casefold() not in _ALONE_NO_NAMES:
            names.append(_Name(name, found.end() - len(name), found.end()))
    return names


def _apart(text: str, name: _Name, language: str) -> bool:
    """Whether a name stands in brackets, as in (SPD), or behind a preposition: "of the Foo Institute", "maire de Lyon"."""
    if text[name.start - 1 : name.start] == "(":
        return True
    if language in _ROMANCE:
        of = _OF.search(text, max(name.start - 12, 0), name.start)
        return " " not in name.name and of is not None and not _said(language).verb.search(text, 0, of.start())
    if language not in ("", "en") or _PRONOUN_ALONE.fullmatch(name.name):
        return False
    *_, one, other = ("", "", *text[max(name.start - 24, 0) : name.start].casefold().split())
    if (one, other) == ("according", "to"):
        return False
    return other in _BEHIND or (other in _DETERMINERS and one in _BEHIND)


def _before_noun(text: str, name: _Name, language: str, end: int) -> bool:
    """Whether a name, in a phrase up to ``end``, belongs to an English noun: "Lee's lawyers", "French police"."""
    if language not in ("", "en"):
        return False
    word = _WORD.match(text, name.end, end)
    known = not word or word[1].endswith("ly") or word[1] in _BETWEEN or word[1] in _function_words("en")
    return name.name.endswith(("'s", "’s", "s'", "s’")) or not known


def _phrases(text: str, found: re.Match[str], language: str) -> Iterator[tuple[int, int]]:
    """The ranges that may name who speaks, likeliest first."""
    groups = found.groupdict()
    called = groups.get("called") or ""
    if " " in called and groups["after"].lstrip()[0].islower():  # said the mayor of Kerr, Ruth Abel; not Kerr, Ontario
        yield found.span("called")
    for each in ("after", "to"):
        if groups.get(each):
            yield found.span(each)
    if not groups.get("before"):
        return
    pieces = [found.span("before")]
    if groups["apposition"]:
        begin = found.start("apposition")
        for each in groups["apposition"].split(","):
            pieces.append((begin, begin + len(each)))
            begin += len(each) + 1
    if language not in ("", "en"):
        yield from pieces
    elif text[slice(*pieces[-1])].strip():  # no comma before the verb: what stands next to it is its subject
        first, last = (text[slice(*each)].strip() for each in (pieces[0], pieces[-1]))
        if _NAMED.fullmatch(first) and not (_NAMED.match(last) if " " not in first else _NAMED.fullmatch(last)):
            yield pieces[0]  # "Lee, a lawyer for the town of Kerr said"
        yield pieces[-1]
    else:
        yield from (each for each in pieces[:-1] if not _is_aside(text[slice(*each)].strip()))


def _is_aside(phrase: str) -> bool:
    """Whether an English phrase is none that a subject begins."""
    return phrase.partition(" ")[0].casefold() in _OPENS or _PARTICIPLE.match(phrase) is not None


def _may_speak(phrase: str) -> bool:
    """Whether a phrase behind a finished sentence may be who speaks: Roe, John Roe of the board, a mayor; not "Asked so"."""
    if phrase[:1].islower():
        return True
    named = _NAMED.match(phrase)
    return named is not None and (named[0] == phrase or " " in named[0] or _PRONOUN_ALONE.fullmatch(named[0]) is not None)


def with_points(text: str) -> str:
    """A text as :func:`speaker_of` reads it, with offsets as they were: initials and titles end no sentence there."""
    return _POINTED.sub(lambda found: found[0][:-1] + _POINT, text)


def _saying_beside(
    text: str, language: str, start: int, end: int, paragraph: tuple[int, int]
) -> re.Match[str] | None:
    """The verb of saying next to a quotation in its ``paragraph``, with the words beside it that may name who speaks."""
    said = _said(language)
    found = said.after.match(text, min(end, paragraph[1]), min(end + 160, paragraph[1]))
    if found and found["before"] and text[end - 1] in ".?!…" and not _may_speak(found["before"].strip()):
        found = None  # the next sentence
    lead = max(paragraph[0], start - 160), max(paragraph[0], start - 1)
    if not found and (says := said.last.search(text, *lead)):
        dateline = _DATELINE.match(text, paragraph[0], says.start())
        sentence = max(text.rfind(each, lead[0], says.start()) + 1 for each in _STOPS)
        found = said.before.search(text, max(sentence, dateline.end() if dateline else 0, lead[0]), lead[1])
    if not found or (caseless(language) and not found["before"]):
        found = said.verb_first.search(text, *lead) or found
    return found


def _subject(text: str, language: str, begin: int, end: int) -> str:
    """The name, or pronoun, that the last words of a range are, but for adverbs and an apposition; "" if they are none."""
    for name in reversed(_names_in(text, language, begin, end)):
        before, behind = text[begin : name.start].strip(), text[name.end : end]
        opens = not before or before.endswith((",", "that"))
        beside = _AUXILIARIES.match(behind) or (opens and _ASIDE.match(behind))
        if beside and not _apart(text, name, language) and not name.name.endswith(("'s", "’s", "s'", "s’")):
            return name.name
    return ""


def _person(text: str, language: str, begin: int, end: int) -> str:
    """Whom a range names: "Roe", "its director, John Roe", "him"; "" for nobody, as in "a friend of Roe", "Roe's lawyer"."""
    if text[begin:end] in _OBJECTS:
        return _OBJECTS[text[begin:end]]
    for name in _names_in(text, language, begin, end):
        before = text[begin : name.start].rpartition(",")[2].casefold().split()
        if _BEHIND.isdisjoint(before) and not _before_noun(text, name, language, end):
            return name.name
    return ""


def _said_inside(text: str, language: str, begin: int, verb: re.Match[str]) -> str | None:
    """Who is the subject of a verb of saying that stands in what another verb of saying, which ends at ``begin``, tells.

    "" if that is nobody who is named; None if the two verbs have one subject, or if the second is in an aside.
    """
    that = text.rfind(" that ", begin, verb.start())
    inner = that + 6 if that >= 0 else begin
    clause = text[inner : verb.start()].casefold().split()
    if not clause or not _SUBORDINATE.isdisjoint(each.strip(",") for each in clause):
        return None
    subject = _subject(text, language, inner, verb.start())
    if _PRONOUN_ALONE.fullmatch(subject):
        others = (each for each in _names_in(text, language, begin, inner) if not _apart(text, each, language))
        return "" if any(not _PRONOUN_ALONE.fullmatch(each.name) for each in others) else None
    sure = verb[0] in _SURELY_SAID
    if subject:
        return subject if sure or clause[0] not in _BEHIND else None
    owned = any(each.endswith(("'s", "’s")) for each in clause)
    plain = len(clause) <= _SUBJECT_WORDS and (owned or clause[0] in _NOBODY) and _NOT_IN_SUBJECT.isdisjoint(clause)
    return "" if plain and sure and not clause[-1].endswith(",") else None


def _innermost(
    text: str, language: str, start: int, end: int, paragraph: tuple[int, int], found: re.Match[str] | None
) -> str | None:
    """Who is quoted by somebody else who is named: "Lee said Roe told her", "Lee quoted Roe as saying"; None if nobody is.

    ``found``: the outer verb of saying, if it is one that :func:`_saying_beside` knows. "" if it is not clear who is quoted;
    a pronoun may be found.
    """
    stop = min(end + 160, paragraph[1])
    behind = _SENTENCE.match(text, end + 1, stop) if text[end - 1] != "." else None
    if behind and behind[0].strip() and (cited := _cited_as(text, language, *behind.span(), behind=True)) is not None:
        return cited
    if found and found.start() >= end:
        if not found["before"] or not behind:
            return None
        comma = text.find(",", found.end(), behind.end())
        edge = comma if comma >= 0 else behind.end()
        verbs = list(_INNER.finditer(text, found.end(), edge))
        if not verbs or len(text[verbs[-1].end() : edge].split()) > _REST_WORDS:
            return None
        before = verbs[-2].end() if len(verbs) > 1 else found.end()
        first = text[before : verbs[-1].start()].casefold().split()[:1]
        return None if _BEHIND.issuperset(first) else _said_inside(text, language, before, verbs[-1])
    lead = max(paragraph[0], start - 160)
    sentence = max(lead, *(text.rfind(each, lead, start - 1) + 1 for each in _STOPS))
    if (cited := _cited_as(text, language, sentence, start - 1)) is not None:
        return cited
    verbs = list(_INNER.finditer(text, sentence, start - 1))
    if not verbs or start - verbs[-1].end() > _NEAR:
        return None
    if _PASSIVE.search(text, sentence, verbs[-1].start()):
        by = _TOLD_BY.match(text, verbs[-1].end(), start - 1)
        return None if not by else _person(text, language, *by.span("whom")) if by["whom"] else ""
    if len(verbs) < 2 or _NO_SPEECH_AFTER.match(text, verbs[-1].end(), start - 1):
        return None
    return _said_inside(text, language, verbs[-2].end(), verbs[-1])


def _cited_as(text: str, language: str, begin: int, end: int, *, behind: bool = False) -> str | None:
    """Whom a range behind or before a quotation cites: "Lee quoted Roe as saying", "Roe was quoted as saying".

    Not what it says in an aside, "Lee, who heard Roe say no, said", nor, ``behind``, after the speaker: "Lee said, hearing".
    """
    *_, found = (None, *_CITED_AS.finditer(text, begin, end))
    if found and not _is_besides(text, found, begin, end, behind) and end - found.end() <= _NEAR:
        if found["passive"]:
            return _subject(text, language, begin, found.start())
        if found["whom"]:
            return _person(text, language, *found.span("whom"))
        if heard := _OBJECTS.get(found["heard"]) or _subject(text, language, *found.span("heard")):
            return heard
    quoting = _QUOTING.search(text, begin, end + 1)
    return _person(text, language, *quoting.span("whom")) if quoting and not _WORKS.search(quoting["whom"]) else None


def _is_besides(text: str, found: re.Match[str], begin: int, end: int, behind: bool) -> bool:
    """Whether somebody is cited in an aside, before or behind the verb of saying that the quotation belongs to."""
    if _INNER.search(text, found.end(), end) or _WHO.search(text, begin, found.start()):
        return True
    return behind and found["heard"] is not None and _INNER.search(text, begin, found.start()) is not None


def speaker_of(text: str, language: str, start: int, end: int, paragraph: tuple[int, int], last: str) -> str:
    """Who is quoted: the name next to a verb of saying after or before the quotation; "" for nobody.

    ``text``: the text :func:`with_points`; ``start``, ``end``: the quotation in it; ``paragraph``: the one that it is in.
    Where one tells what another said, it is the other. Without such a verb it is ``last``, the previous speaker in this
    paragraph. A pronoun stands for ``last`` or else for the nearest person named before it in the paragraph. Words that name
    nobody ("one man") give "".
    """
    found = _saying_beside(text, language, start, end, paragraph)
    if language in ("", "en") and (name := _innermost(text, language, start, end, paragraph, found)) is not None:
        return _known(text, language, name, start, paragraph, last)
    if not found:
        return last
    if caseless(language):
        phrases = (" ".join(each.split()) for each in found.groups() if each)
        return next((each for each in phrases if len(each.split()) <= _CASELESS_NAME_WORDS), "")
    for begin, stop in _phrases(text, found, language):
        names = [each for each in _names_in(text, language, begin, stop) if not _apart(text, each, language)]
        if found.groupdict().get("before"):
            names = [each for each in names if not _before_noun(text, each, language, stop)]
        if names:
            return _known(text, language, names[-1].name, start, paragraph, last)
    return ""


def _known(text: str, language: str, name: str, start: int, paragraph: tuple[int, int], last: str) -> str:
    """A name as it is written; for a pronoun, the name it stands for."""
    if _PRONOUN_ALONE.fullmatch(name):
        name = last or _meant(text, language, name.lower(), max(paragraph[0], start - 400), start)
    return name.replace(_POINT, ".")


def _meant(text: str, language: str, pronoun: str, begin: int, end: int) -> str:
    """Whom a pronoun at ``end`` stands for: the last person named from ``begin`` on, whose full name may stand earlier."""
    for each in reversed(_names_in(text, language, begin, end)):
        title = _OF_MEN_OR_WOMEN.match(each.name)
        if _PRONOUN_ALONE.fullmatch(each.name) or (title and pronoun == ("she" if title["man"] else "he")):
            continue
        if _apart(text, each, language):
            continue
        bare = each.name[title.end() :] if title else each.name
        if " " in bare:
            return each.name
        full = _in_full(text, language, bare, end) or (each.name if title else "")
        if full:
            return full
    return ""


def _in_full(text: str, language: str, last: str, end: int) -> str:
    """The name that a last name stands for: the nearest longer one before ``end``, without Mr and the like; "" for none."""
    at = end
    for _ in range(_LOOKED_BACK):
        at = text.rfind(f" {last}", 0, at)
        if at < 0:
            break
        *_, name = (_Name("", 0, 0), *_names_in(text, language, max(at - 60, 0), at + 1 + len(last)))
        if name.name.endswith(f" {last}") and not _OF_MEN_OR_WOMEN.match(name.name):
            return name.name
    return ""


_LOOKED_BACK = 20  # mentions; whose full name stands further back is named by the last name


_BEFORE_TITLES = r"(?i:the|an?|as|former|its|their|his|her|der|die|el|la|le|il|de|del)\s"


def may_be_one(one: str, other: str, *texts: str) -> bool:
    """Whether two speakers of one last name can be one person: not with two given names.

    What stands before a last name is a title, and no given name, if it is a known abbreviation or one of the texts has it in
    small letters behind an article or the like.

    >>> may_be_one("Julio Haas", "Elena Haas", "Julio Haas, the mayor."), may_be_one("Mayor Haas", "Elena Haas", "the mayor")
    (False, True)
    """
    here, there = ([word.rstrip(".") for word in each.split()[:-1]] for each in (one, other))
    if not here or not there or any(a.startswith(b) or b.startswith(a) for a in here for b in there):
        return True
    words = [word.lower() for word in (*here, *there)]
    titled = re.compile(rf"\b{_BEFORE_TITLES}(?:{'|'.join(map(re.escape, words))})\b")
    return not _ALONE_NO_NAMES.isdisjoint(words) or any(map(titled.search, texts))
