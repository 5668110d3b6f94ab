"""What an article says about itself: given fields, and fields guessed from the lines above its first paragraph.

Fields are given in front matter, in sidecars or by a format; each becomes one line, and dates become ISO 8601. The rest is
guessed, only from lines whose shape hardly anything but a heading, byline, dateline or date has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from ..story.outlets import agencies, holds_acronym, is_agency, stands_for_outlet

# Would break a line, a terminal or JSON, or turn the direction of what follows.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f]")  # usual in right-to-left headlines, needless where one stands alone
FIELDS = ("title", "source", "author", "published", "url")
_ALIASES = {**dict(zip(FIELDS, FIELDS, strict=True)), "headline": "title", "link": "url", "date": "published"}
_ALIASES |= dict.fromkeys(("outlet", "publisher", "publication", "newspaper"), "source")
_ALIASES |= dict.fromkeys(("site", "sitename", "site_name", "source_domain"), "source")
_ALIASES |= dict.fromkeys(("by", "byline", "authors", "creator"), "author")
_ALIASES |= dict.fromkeys(("published_at", "publishedat", "publish_date", "published_date", "pubdate"), "published")
_ALIASES |= dict.fromkeys(("date_published", "datepublished", "date_publish"), "published")
_ALIASES |= dict.fromkeys(("permalink", "canonical_url", "article_url"), "url")
_ALIASES |= {"news_outlet": "source", "pub_date": "published"}
_HEAD_CHARACTERS = 20_000  # enough for a front-matter block and everything that pages put above an article
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN_FRONT = re.compile(r"---[ \t]*\r?\n((?:[A-Za-z_][\w-]*[ \t]*:.*\n)+)[ \t]*\r?\n")  # ended by an empty line
_FRONT_LINE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_BLOCK = re.compile(r"[|>][-+\d]*(?:\s+#.*)?")  # introduces an indented text on the lines below
_QUOTED = re.compile(r"""(?:'((?:[^']|'')*)'|"((?:[^"\\]|\\.)*)")(?:\s+#.*)?""")
_COMMENT = re.compile(r"(?<!\S)#(?!\S).*")  # "Bridge #2" is a title
_NULL = ("null", "Null", "NULL", "~")
_FLOW = re.compile(r"\[([^\[\]]*)\](?:\s+#.*)?")  # "[Video] Bridge falls [Update]" is a title
_FLOW_ITEM = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=\s*(?:,|$))|[^,\s][^,]*""")


def front_matter(text: str) -> tuple[str, dict[str, str]]:
    """The text below its ``---`` block and the block's fields; the whole text and no fields if there is no such block."""
    for pattern, least in ((_FRONT, 1), (_OPEN_FRONT, 2)):
        block = pattern.match(text[:_HEAD_CHARACTERS])
        if block and len(given := _front_fields(block[1])) >= least:
            return text[block.end() :], given
    return text, {}


def _front_fields(block: str) -> dict[str, str]:
    """The known fields of a block; none if it holds prose."""
    fields: dict[str, list[str]] = {}
    lines: list[str] = []  # of the current field
    for line in block.splitlines():
        if pair := _FRONT_LINE.fullmatch(line.rstrip()):
            lines = fields[pair[1]] = [(pair[2] or "").strip()]
        elif not line.strip() or line[0] in " \t-":
            lines.append(line.strip())
        elif line[0] != "#":  # a comment
            return {}
    return known({name: _front_value(*lines) for name, lines in fields.items()})


def _front_value(first: str, *below: str) -> str | list[str]:
    """The value of YAML's simpler forms: a text, possibly over several lines, or a list; "" for nested values.

    >>> _front_value(">-", "Council approves", "new bridge"), _front_value("[Jane Doe, 'Roe, John']")
    ('Council approves new bridge', ['Jane Doe', 'Roe, John'])
    """
    if _BLOCK.fullmatch(first):
        return " ".join(below)
    below = tuple(line for line in below if line and line[0] != "#")
    if not _COMMENT.sub("", first):
        items = [line[1:].strip() for line in below if line[0] == "-"]
        flat = len(items) == len(below) and not any(map(_FRONT_LINE.fullmatch, items))
        return list(filter(None, map(_unquoted, items))) if flat else ""
    value = " ".join((first, *below))
    flow = _FLOW.fullmatch(value)
    return list(filter(None, map(_unquoted, map(str.strip, _FLOW_ITEM.findall(flow[1]))))) if flow else _unquoted(value)


def _unquoted(value: str) -> str:
    r"""A value of YAML on one line: without its quotation marks, escapes and comment; "" for null.

    >>> _unquoted("'Lund''s bridge' # sic"), _unquoted(r'"the \"old\" bridge"'), _unquoted("Bridge #2 # sic")
    ("Lund's bridge", 'the "old" bridge', 'Bridge #2')
    """
    if match := _QUOTED.fullmatch(value):
        single, double = match.groups()
        return re.sub(r'\\(["\\])', r"\1", double) if single is None else single.replace("''", "'")
    plain = _COMMENT.sub("", value).rstrip()
    return "" if plain in _NULL else plain


def known(values: Mapping[str, Any]) -> dict[str, str]:
    """The known fields, each as one line; a field's own name takes precedence over its aliases.

    A date that is not understood is kept as written, so that it can be reported.
    """
    found: dict[str, str] = {}
    unread = ""
    for key, value in values.items():
        field = _ALIASES.get(joined(key), "")
        line = one_line(_dated(value) if field == "published" else value) if field else ""
        if line and (key.lower() == field or field not in found):
            found[field] = (iso(line) or line) if field == "published" else line
        elif field == "published" and value and not line:
            unread = unread or _as_written(value)
    return found if "published" in found or not unread else {**found, "published": unread}


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _dated(value: Any) -> Any:
    """A date, or list of dates, without the object around it in an export of MongoDB; anything else unchanged.

    >>> _dated({"$date": "2026-03-14T07:20:00Z"}), one_line(_dated({"$date": {"$numberLong": "1773472800000"}}))
    ('2026-03-14T07:20:00Z', '2026-03-14T07:20:00+00:00')
    """
    if isinstance(value, list):
        return [each if isinstance(each, list) else _dated(each) for each in value]
    inner = value.get("$date") if isinstance(value, dict) else None
    if isinstance(inner, str):
        return inner
    told: Any = inner.get("$numberLong") if isinstance(inner, dict) else inner
    try:
        return value if told is None or isinstance(told, bool) else _EPOCH + timedelta(milliseconds=int(told))
    except (TypeError, ValueError, OverflowError):
        return value


_WRITTEN_CHARACTERS = 200  # of a date that is not even a text


def _as_written(value: Any) -> str:
    """A value as JSON in one line, cut where it is long; "" for a list of nothing and for blanks."""
    if isinstance(value, str) or (isinstance(value, list) and not any(value)):
        return ""
    try:
        written = json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, TypeError, ValueError):  # nested too deeply, or with keys that JSON has not
        written = type(value).__name__
    return printable(" ".join(written[:_WRITTEN_CHARACTERS].split()))


def joined(key: str) -> str:
    """A field's name in lower case and one word: full_text for "Full Text"."""
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def one_line(value: Any) -> str:
    """A value (a date as ISO 8601), a list of values, or the ``name`` of an object, as one line; "" for anything else."""
    listed = value if isinstance(value, list) else [value]
    items = (each.get("name") if isinstance(each, dict) else each for each in listed)
    told = (each.isoformat() if isinstance(each, date) else each for each in items)
    words = (str(each) for each in told if isinstance(each, str | int | float) and not isinstance(each, bool))
    return printable(" ".join(_DIRECTION_MARKS.sub("", ", ".join(words)).split()))


def printable(value: str) -> str:
    """The text with characters that would break a line, a terminal or JSON, or turn its direction, written as escapes."""
    return _UNSHOWN.sub(lambda match: match[0].encode("unicode_escape").decode(), value)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEAD_LINES = 20  # twice the most lines seen above a first paragraph
_LINE_CHARACTERS = 300  # no heading, byline or credit is longer
_BODY_WORDS = 12  # a sentence this long belongs to the article; a shorter one may be a slogan above it
_TITLE_WORDS = range(3, 31)
_DESKS = _set("entertainment health international science sport sports style tech travel world politics")
_OUTLET_WORDS = _set(
    "agency broadcasting bulletin chronicle courier daily examiner gazette guardian herald independent inquirer journal"
    " mail media mirror network news newspaper newswire observer post press radio standard telegraph television times"
    " tribune tv weekly"
)
# Words with which "News" is a section of the page, or a bracket before a dash is a remark or a country.
_NOT_OUTLET = _set(
    "alert analysis box breaking business conference corrected correction eu exclusive feed former home latest live"
    " local more office opinion photo photos read related release repeat report roundup section social sports staff top"
    " uae uk update updated us usa video world your"
)
_ROLES = _set("chief columnist contributor correspondent editor producer reporter staff writer writers")
_PARTICLES = _set("al and bin da de del den der di do dos du el ibn la le of the ten ter van von y")

_HEADING = re.compile(r"(?:#{1,2}|(?:title|headline):)\s+(.*\w.*?)[\s#]*", re.IGNORECASE)
_ENDS = re.compile(r".*[.!?…。！？।۔؟][\"'”’»)\]]*$")
_FURNITURE = re.compile(  # bullets, trails, counters, time codes, reading times, addresses, picture credits, navigation
    r"[•·▪◦*–—-]\s|.*\s[|>»]\s|\d[\d.,]*(?: out)? of \d|.*\b\d\d?:\d\d$|.*\b\d+[\s-]*min(?:ute)?s?\s+read\b"
    r"|.*(?:https?://|www\.|\S@\S)"
    r"|.*\([^()]*(?:/|\bphotos?\b|\bimages?\b|\bvia\b)[^()]*\)$|(?:photo|image|picture|credit|file photo)s?(?: by\b|:)"
    r"|(?:skip to|sign (?:up|in)|log in|share (?:this|on|via)|follow us|read (?:more|also|next)|see also|news feed"
    r"|show more|back to top|click here|all rights|related (?:articles|stories|topics)|advertisement)\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_DATE = rf"{_WEEKDAY}(?:{_MONTH}\s+\d\d?(?:st|nd|rd|th)?|\d\d?(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH})"
_CLOCK = r"((?:,?\s+(?:at\s+)?\d\d?[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?)?)"
_FULL_DATE = re.compile(rf"({_DATE},?\s+(\d{{4}})){_CLOCK}", re.IGNORECASE)
_STANDARD = re.compile(r"\d{4}-?(?:\d\d-?\d\d|W\d\d)")  # of ISO 8601; a year alone is not a date
_MAILED = r"(?:[A-Z][a-z]{2},? )?\d\d? [A-Z][a-z]{2} (?:\d{4}|\d\d) \d\d?:\d\d(?::\d\d)?"
_MAIL_DATE = re.compile(rf"{_MAILED}(?: (?:[+-]\d{{4}}|GMT|UTC?|Z|[ECMP][SD]T)(?: \([\w ]+\))?)?")  # the zones of RFC 822
_MAIL_DAY = re.compile(rf"{_MAILED}\b.*")
_TIME = re.compile(r"(\d\d?)[:.](\d\d)(?::\d\d)?(?:\s*([apAP])\.?[mM]\.?)?(?:\s+([A-Z]{2,4}))?$")
_UNIVERSAL = re.compile(r"(?<=\d)\s+(?:UTC|GMT)$")
_YEAR_FIRST = re.compile(rf"((?:19|20)\d\d)(?:年|([/.-]))(\d\d?)(?:月|\2)(\d\d?)(?(2)|日){_CLOCK}")
_POINTED_DATE = re.compile(rf"(\d\d?)\.(\d\d?)\.(\d{{4}}){_CLOCK}")  # day first wherever this form is used
_SLASHED_DATE = re.compile(rf"(\d\d?)/(\d\d?)/(\d{{4}}){_CLOCK}")  # day or month first, depending on the country
_SPELT_DATE = re.compile(r"((?:[^\W\d_]+\.?,? )?)(\d\d?)\.? (?:de )?([^\W\d_]{3,}\.?) (?:de )?(\d{4})")
_DATE_LABEL = re.compile(r"(?:(?:first |last )?(?:published|posted|(updated|modified))(?: on| at)?|date)\b:?\s*", re.I)
_DATELINE = re.compile(
    rf"(?P<place>[^\W\d_][^()\d]{{0,60}}?)??(?:[,\s]+(?P<date>{_DATE}(?:,?\s+\d{{4}})?),?)?\s*"
    r"(?:\((?P<outlet>[^()]{2,40})\)\s*(?P<dash>--?|[–—])?|(?:--?|[–—])(?=\s))\s*(?P<rest>\S)",
    re.IGNORECASE,
)


def guesses(text: str) -> dict[str, str]:
    """What the lines above the first paragraph, and its dateline, say about the article; "" for unknown fields."""
    head, lead = _head(text)
    title, under = _title(head, lead)
    pieces = _pieces(head)
    author, desk = next(filter(None, map(_byline, pieces)), ("", ""))
    agency, day = next(filter(None, map(_dateline, [*head, lead])), ("", ""))
    dates = sorted(filter(None, map(_own_date, pieces)))
    source = agency or desk or next((line for line in under if _is_outlet(line)), "")
    return {"title": title, "source": source, "author": author, "published": dates[0][1] if dates else day}


def _pieces(lines: Iterable[str]) -> list[str]:
    return [piece for line in lines for piece in re.split(r"\s+[|·•]\s+", line)]


def _head(text: str) -> tuple[list[str], str]:
    """The lines above the first paragraph, and that paragraph ("" if none is found); wrapped lines are joined."""
    head: list[str] = []
    for line in islice(_lines(text), _HEAD_LINES):
        size = len(line.split())
        long = len(line) > _LINE_CHARACTERS or size > _TITLE_WORDS[-1] or (size >= _BODY_WORDS and _ENDS.match(line))
        if long or _dateline(line):
            return head, line
        head.append(line)
    return head, ""


def _lines(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", "\n".join(text[:_HEAD_CHARACTERS].splitlines())):
        rows = [" ".join(row.split()) for row in block.split("\n") if row.strip()]
        if any(row[0].islower() and not _byline(row) for row in rows[1:]):
            yield " ".join(rows)
        else:
            yield from rows


def _title(head: Sequence[str], lead: str) -> tuple[str, Sequence[str]]:
    """The heading and the lines below it where an outlet may stand; a sentence not preceded by furniture ends the search."""
    furniture = False
    for at, line in enumerate(head):
        words, under = line.split(), _pieces(head[at + 1 :])
        below = under[: next((i for i, row in enumerate(under) if not _is_credit(row)), len(under)) + 1]
        if marked := _HEADING.fullmatch(line):
            return marked[1], below
        if _FURNITURE.match(line) or 2 * sum(map(str.isalpha, line)) < len("".join(words)):
            furniture = True
        elif _ENDS.match(line) and not furniture:
            break
        elif len(words) in _TITLE_WORDS and not (_ENDS.match(line) or _is_credit(line) or _is_outlet(line)):
            follows = lead or any(map(_ENDS.match, under))
            first, last = line.lstrip("\"'“‘«„¿¡")[:1], line[-1]
            whole = first.isalnum() and not first.islower() and last not in ",;:،؛" and not _FULL_DATE.search(line)
            return (line, below) if follows and whole else ("", ())
    return "", ()


def _is_credit(line: str) -> bool:
    return bool(_byline(line) or _own_date(line) or _FURNITURE.match(line))


def _byline(line: str) -> tuple[str, str] | None:
    """Authors and outlet of a line such as "By Jane Doe and JOHN ROE, Associated Press"."""
    match = re.fullmatch(r"by:?\s+(.+?)", line, re.IGNORECASE)
    parts = re.split(r",?\s+(?:and|&)\s+|[,;]\s*", match[1], flags=re.IGNORECASE) if match else []
    parts = [part for part in parts if _ROLES.isdisjoint(part.casefold().split())]
    authors = [part for part in parts if not _is_outlet(part)]
    if not parts or not all(_is_name(part) and 2 <= len(part.split()) <= 5 for part in authors):
        return None
    return ", ".join(authors), next(filter(_is_outlet, parts), "")


def _is_name(words: str) -> bool:
    """Whether each word begins with a capital, except particles as in "de la Cruz" and "Times of India"; no digits."""
    large = [word for word in re.split(r",?\s+", words) if word not in _PARTICLES]
    return bool(large) and all(word[:1].isupper() and not re.search(r"[\d_:!?()]", word) for word in large)


def _is_outlet(line: str) -> bool:
    words = line.casefold().split()
    if len(words) > 4 or not _is_name(line) or not _NOT_OUTLET.isdisjoint(words) or line.endswith("."):
        return False
    if stands_for_outlet(line):
        return True
    return len(words) > 1 and (not _OUTLET_WORDS.isdisjoint(words) or (holds_acronym(line) and not _DESKS.isdisjoint(words)))


def _own_date(line: str) -> tuple[bool, str] | None:
    """Whether a line's date is only that of an update, and the date; ``None`` if the line is not a date."""
    label = _DATE_LABEL.match(line)
    day = iso(line[label.end() :] if label else line)
    return (bool(label and label[1]), day) if day else None


def _dateline(line: str) -> tuple[str, str] | None:
    """Outlet and full date of a paragraph that begins like "KYIV, Nov 21, 2023 (AP) —" or "(CNN) --"."""
    if not (match := _DATELINE.match(line[:_LINE_CHARACTERS])):
        return None
    place, outlet, day = match["place"] or "", match["outlet"] or "", iso(match["date"] or "") or ""
    if (place and not _is_name(place)) or match["rest"].islower() or not (outlet or day):
        return None
    capitals = not place or place.split()[0].strip(",").isupper()
    agency = outlet in agencies() or (outlet.islower() and is_agency(outlet))
    known = stands_for_outlet(outlet) or (agency and match["dash"])
    if known or (not outlet and capitals):
        return outlet, day
    named = _is_name(outlet) and _NOT_OUTLET.isdisjoint(outlet.casefold().split()) and not outlet.endswith(".")
    return (outlet, day) if capitals and named and match["dash"] else None


def iso(value: str) -> str | None:
    """A date, or date and time, as ISO 8601; ``None`` if it cannot be read in exactly one way.

    If the time zone is given only by an ambiguous name, only the day is returned.

    >>> iso("Sat, 14 Mar 2026 07:20:00 GMT"), iso("March 14, 2026, 7:20 p.m."), iso("14 Mar 2026 7:20 CET")
    ('2026-03-14T07:20:00+00:00', '2026-03-14T19:20:00', '2026-03-14')
    >>> iso("14.03.2026 7:20"), iso("3/14/2026"), iso("3/4/2026")
    ('2026-03-14T07:20:00', '2026-03-14', None)
    >>> iso("2026-03-14 07:20:00 UTC"), iso("2026-03-14 7:20"), iso("2026年3月14日")
    ('2026-03-14T07:20:00+00:00', '2026-03-14T07:20:00', '2026-03-14')
    >>> iso("14. März 2026"), iso("12 de mayo de 2026"), iso("12 people 2026"), iso("25 Jahre 2025")
    ('2026-03-14', '2026-05-12', None, None)
    """
    try:
        with suppress(ValueError):  # it may have an hour of one digit, or a time zone's name
            if _STANDARD.match(value):
                told = _UNIVERSAL.sub("+00:00", value)
                return (datetime if "T" in told or " " in told else date).fromisoformat(told).isoformat()
        if _MAIL_DATE.fullmatch(value):
            return _mailed(value).isoformat()
        if match := _FULL_DATE.fullmatch(value):
            day, month = re.findall(r"\b\d\d?(?!\d)", match[1])[0], re.findall("|".join(_MONTHS), match[1].lower())[0]
            return date(int(match[2]), _MONTHS.index(month) + 1, int(day)).isoformat() + _clock(match[3])
        if match := _POINTED_DATE.fullmatch(value):
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat() + _clock(match[4])
        if match := _SLASHED_DATE.fullmatch(value):
            first, second, year = (int(each) for each in match.groups()[:3])
            if first == second or max(first, second) > 12:
                return date(year, min(first, second), max(first, second)).isoformat() + _clock(match[4])
        if match := _YEAR_FIRST.fullmatch(value):
            return date(int(match[1]), int(match[3]), int(match[4])).isoformat() + _clock(match[5])
        if match := _SPELT_DATE.fullmatch(value):
            before, word = match[1].lower(), match[3].lower()
            if (month := _spelt_month("", word)) and month == _spelt_month(before, word):
                return date(int(match[4]), month, int(match[2])).isoformat()
        if _MAIL_DAY.fullmatch(value):  # in any zone: the parser silently drops unknown ones, so only the day is kept
            return _mailed(value).date().isoformat()
    except (ValueError, OverflowError):
        pass
    return None


@lru_cache(4096)
def _spelt_month(before: str, word: str) -> int | None:
    """The number of a month named in any language, if its date may have the weekday or article ``before`` it.

    ``None`` for other words. The parser knows the clock: it reads "25 Jahre" as 25 years ago, and a weekday as a day near
    today, whatever follows.
    """
    import dateparser

    strict = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    first, second = (dateparser.parse(f"{before}{day} {word} 2024", settings=strict) for day in (15, 16))
    if not first or not second or (first.year, first.day) != (2024, 15) or second != first + timedelta(days=1):
        return None
    bases = (datetime(2024, 1, 15), datetime(2024, 7, 15))
    settings = [{"PARSERS": ["absolute-time"], "RELATIVE_BASE": base} for base in bases]
    january, july = (dateparser.parse(word, settings=each) for each in settings)
    if january and july and january.month != july.month:  # "sat" is a weekday, though it is September in some language
        return None
    return int(first.month)


def _mailed(value: str) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(value)


def _clock(value: str) -> str:
    """A time of day as ISO 8601 appends it to a date; "" for none, or for one whose zone is given only by name."""
    match = _TIME.search(value)
    if not match or match[4] not in (None, "GMT", "UTC", "Z"):
        return ""
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + 12 * (match[3] in "pP")
    return f"T{time(hour, int(match[2])).isoformat()}" + ("+00:00" if match[4] else "")
