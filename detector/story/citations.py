"""Where a text cites an outlet whose name is known from elsewhere, from the metadata of another article."""

from __future__ import annotations

import re
from functools import lru_cache

from .attributions import CAPITAL, any_of, caseless, is_listed, of_people, phrases_of
from .outlets import uncertain


@lru_cache(maxsize=4096)
def _citing(language: str, outlet: str, shortened: bool) -> tuple[re.Pattern[str], ...]:
    """Patterns for phrases that cite an outlet, before its name or after it.

    No other name may follow, as in the Post Office; a single word must end its phrase, and not stand before "reports".
    """
    own = phrases_of(language)
    first, _, last = outlet.removeprefix("The ").rpartition(" ")
    full = re.escape(f"{first} {last}".strip()) + (rf"|(?<=[Tt]he\s){re.escape(last)}" if first and shortened else "")
    name = rf"(?:(?i:{any_of(own['articles'])})\s*)?(?P<name>{full})(?!['’-]|\w|\s+(?:of\s+)?[{CAPITAL}])"
    leading, following = any_of([*own["told"], *own["named"]]), [*own["broke"], *own["reported"]]
    between = rf"(?:,?\s+(?:{any_of(own['between'])})){{0,2}},?\s+"
    ended = ""
    if not first:
        following = [each for each in following if each != "reports"]
        ended = rf"(?=\W*$|[^\w\s]|\s+(?:{any_of(own['until'])}|that)\b)"
    return (
        re.compile(rf"(?<!\w)(?i:{leading})(?:(?<=\sل)|\s+){name}{ended}"),
        re.compile(rf"(?<![\w-]){name}{between}(?i:{any_of(following)})(?!\w)"),
        *([_in_english(full, single=not first)] if language == "en" else ()),
    )


_PIECE = r"(?:[\w-]+\s){0,2}?(?:column|article|essay|op-ed|editorial|interview|piece)"
_INQUIRY = r"(?:investigation|analysis|inquiry|exclusive)"
_FOUND = r"(?:has\s|had\s)?(?:found|finds|revealed|reveals|showed|shows|disclosed|exposed|uncovered)\b"
_REPORTER = r"(?:columnist|reporter|correspondent)(?:\s[A-Z]\w+){0,2}"
_KIND = r"(?:[Tt]he|[Aa])\s(?:\w+\s)?(?:website|site|blog|newspaper|tabloid|magazine|outlet|broadcaster)"
_PUBLISHED = r"(?:article|blog\spost|story|news\sreport)"
_CLAIMED = r"(?:has\s|had\s|also\s)?(?:claims?|claimed|alleged|alleges|wrote|writes|suggested)\b"
_HELD = r"(?:documents?|e?-?mails?|files?|footage|photographs?|pictures?|records?|letters?|figures|messages|cop(?:y|ies))"
_WENT_ON = (
    "this last earlier yesterday today on in at that which but after as when where how about has had show shows suggest "
    "suggests reveal reveals"
)
"""Words behind an outlet of one word that make it no part of a longer name, as in the Meridian hotel."""
_ENDS = rf"(?!\s(?!(?:{_WENT_ON.replace(' ', '|')}|said|says|and|or)\b)[a-z])"  # not the Argus helicopter


def _in_english(outlet: str, *, single: bool) -> re.Pattern[str]:
    """A pattern for fixed constructions that hold an outlet's name: "wrote in The Echo", "an Echo investigation found".

    ``outlet``: a pattern for its name; ``single``: whether that is one word.
    """
    ended = rf"(?=\W*$|[^\w\s]|\s(?:{_WENT_ON.replace(' ', '|')})\b)" if single else ""
    the = rf"(?:[Tt]he\s)?(?:{outlet})"
    name = rf"{the}(?!['’]|\w|\s(?:of\s)?[{CAPITAL}]){ended}"
    return re.compile(
        rf"\b(?:(?:wrote|writes|[Ww]riting)\s(?:\w+\s){{0,4}}?in\s{name}"
        rf"|[Ii]n\s(?:an?|his|her|their)\s{_PIECE}\s(?:for|in|with)\s(?:{name}|{the}['’]s\spodcast\b)"
        rf"|(?:told|tells)\s{the}['’]s\s(?:podcast|{_REPORTER})\b"
        rf"|(?:said|says|speaking)\son\s{the}['’]s\spodcast\b"
        rf"|{the}['’]s\s{_REPORTER}\s(?:wrote|writes|called|calls|asked|argued|argues|reported)\b"
        rf"|(?:[Aa]n?\s(?:{outlet})|{the}['’]s)\s{_INQUIRY}\s{_FOUND}"
        rf"|{_INQUIRY}\s(?:by|in|from)\s{the}\s{_FOUND}"
        rf"|(?:first|originally)\s(?:reported|published|disclosed|revealed)\s(?:in|by)\s{name}"
        rf"|(?:[Aa]n?|[Tt]he|[Ii]ts)\s{_PUBLISHED}\s(?:published\s)?(?:by|in|on)\s(?:{_KIND}\s)?{name}{_ENDS}"
        rf"|{_KIND}\s{the}(?:,[^,.]{{1,60}},)?\s{_CLAIMED}"
        rf"|(?i:{_HELD})\W(?:\w+\s){{0,3}}?(?:seen|obtained|reviewed)\sby\s{name}"
        rf"|[Aa]s\s{the}\s(?:has\s|had\s|first\s|also\s)?(?:reported|disclosed|revealed|wrote)\b)"
    )


@lru_cache(maxsize=4096)
def _citing_in_any_case(language: str, outlet: str) -> tuple[re.Pattern[str], ...]:
    """Patterns as :func:`_citing` gives, for languages other than English: the name may be inflected and in quotation marks.

    Words of ``linking`` may stand between it and a phrase before it ("secondo quanto riportato dal Tirreno"), or a verb
    behind it ("der Bote hatte zuerst berichtet"). No other name may follow or stand before it: Ministério Público, Welt am
    Sonntag. A single word, which may be one of the language (Zeit, Monde), is inflected only in quotation marks.
    """
    own = phrases_of(language)
    called = outlet.split()
    if len(called) > 1 and called[0].casefold() in own["articles"]:
        called = called[1:]
    inflected, plain = r"\s+".join(_in_any_case(each, language) for each in called), r"\s+".join(map(re.escape, called))
    article = rf"(?:(?i:{any_of(own['articles'])})\s*)?"
    bare = inflected if len(called) > 1 else plain
    behind = rf"(?!\w|['’-]\w|\s+(?:\w{{1,5}}\s+)?[{CAPITAL}])"
    name = rf"(?P<name>[«“„\"]\s?{article}{inflected}\s?[»”“\"]|(?<!\w){bare}{behind})"
    linking = any_of([*own["articles"], *own["nouns"], *own["linking"], *own["reported"]])
    verbs, cited = any_of([*own["broke"], *own["reported"]]), [*own["told"], *own["named"], *own["broke"], *own["reported"]]
    leading = any_of(each for each in cited if each != "wie")  # which needs a verb
    return (
        re.compile(rf"(?<!\w)(?i:{leading})\s+(?:(?i:{linking})\s+){{0,4}}{article}{name}"),
        re.compile(rf"(?<![{CAPITAL}\w'’-]){name}(?:\s+(?i:{linking}))*\s+(?i:{verbs})(?!\w)"),
    )


_PREPOSITIONS = "d[eio]|del|dell[aeo]|du|des|da|do|dos|das|von|vom|beim|al|alla|zum|im|am"
_OF = re.compile(rf"(?:\b(?:{_PREPOSITIONS})|\b[{CAPITAL}][\w’'-]*)\s+[«“„\"]?$")
"""What before a name and a verb makes it another's: the Coupe du Monde, the Ministério Público."""


def _in_any_case(word: str, language: str) -> str:
    """A pattern for a word of a name with the endings of its cases, in languages that decline names."""
    if language in ("ru", "uk") and len(word) > 3:
        return re.escape(word.rstrip("аеёиіїйоуыьэюя")) + r"\w{0,3}"
    return re.escape(word) + ("(?:e?[sn])?" if language == "de" else "")


def citing(text: str, language: str, outlet: str, *, shortened: bool = True) -> tuple[int, int] | None:
    """Where a text first cites an outlet whose name is known from elsewhere, as a half-open range of characters.

    In English a text may shorten the name to its last word behind "the", if ``shortened`` allows it: the Ledger. It must
    have the full name, too, unless few but newspapers are called so, and it names the town, and no other such paper.

    >>> text = "She told the Ledger that she would go, the Lund Ledger reported."
    >>> begin, end = citing(text, "en", "Lund Ledger")
    >>> text[begin:end]
    'told the Ledger'
    """
    name = outlet.removeprefix("The ")
    if of_people(name.split()):
        return None
    patterns = _citing(language, outlet, shortened) if name in text or (shortened and _is_short_for(name, text)) else ()
    if is_listed(language) and language != "en" and not caseless(language) and name not in uncertain():
        patterns = (*patterns, *_citing_in_any_case(language, outlet))
    found = [each.span() for each in (pattern.search(text) for pattern in patterns) if each]
    return min((each for each in found if not _is_anothers(text, each[0], name)), default=None)


_PAPERS = "Advertiser Argus Beacon Chronicle Courier Dispatch Echo Enquirer Examiner Gazette Herald Inquirer Ledger Tribune"
_THE = re.compile(r"\bThe\s")


def _is_short_for(name: str, text: str) -> bool:
    """Whether a text has the last word of a newspaper's name, nowhere in a longer name, and names its town: the Herald."""
    first, _, last = name.rpartition(" ")
    if not first or last not in _PAPERS.split() or last not in text or first.removeprefix("The ") not in text:
        return False
    return not re.search(rf"[{CAPITAL}][\w’'-]*\s{last}\b", _THE.sub("", text))


def _is_anothers(text: str, begin: int, name: str) -> bool:
    """Whether what is found begins with the name of an outlet and stands behind a preposition or another name."""
    if name[:3].casefold() not in text[begin : begin + 8].casefold():
        return False
    lead = text[max(begin - 24, 0) : begin]
    return _OF.search(lead) is not None and not re.search(r"(?:^|[.!?]\s+)\w+\s+[«“„\"]?$", lead)
