"""Formats to records: a reader for each, from bytes to an article's text and what the file says about it.

Web pages go through trafilatura, which extracts the article; offsets then count characters of the extracted text. Files of
many articles are read record by record, so they may be larger than memory. Nothing that a file names is fetched, and nothing
in it is executed.
"""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from .charset import WESTERN, checked, declared_in, decoded, encoding_of
from .heads import FIELDS, front_matter, known, one_line
from .opening import MAX_BYTES, RATIO, LimitError, Member, UnreadableError, bounded, damaged, too_large

if TYPE_CHECKING:
    from email.message import EmailMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are read: the largest article, and the names of fields (``text``, ``id``, ``title`` …) in records.

    ``missed`` maps each field in ``names`` to "" once a record has had it; until then, to a list of what the first record
    has.
    """

    max_bytes: int = MAX_BYTES
    names: Mapping[str, str] = field(default_factory=dict)
    missed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """An article in a file, or why it is not read. ``key`` identifies it within its file; "" if it is the only one."""

    text: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    refusal: str = ""


Reader = Callable[[Member, Reading], Iterator[Record]]


# ------------------------------------------------------------------------------------------------------ texts and pages


def read_plain(member: Member, reading: Reading) -> Iterator[Record]:
    """Read a text without its front matter. Markdown stays as written."""
    data = member.whole(reading.max_bytes)
    text, given = front_matter(decoded(data))
    if not text.strip():
        raise UnreadableError("an empty file" if not data else "no text in it")
    yield Record(text, given)


def _page(member: Member, reading: Reading) -> Iterator[Record]:
    data = member.whole(reading.max_bytes)
    if not data:
        raise UnreadableError("an empty file")
    if _OURS.search(data[:1000]):
        raise UnreadableError("a report of this program")
    yield _extracted(decoded(data, declared_in(data)))


_OURS = re.compile(rb'<meta name="generator" content="detector \d|"schema": "detector-(?:report|match)/')
_OUR_COLUMNS = ("a", "b", "verdict", "probability", "coverage_a", "coverage_b")
_TAGS = 50_000  # the fullest page seen has 3,200; this many take some ten seconds


def _extracted(page: str) -> Record:
    """The article of an HTML page."""
    from trafilatura import bare_extraction

    if page.count("<") > _TAGS:
        raise UnreadableError(f"a page of more than {_TAGS:,} tags")
    with damaged("page"):
        found: Any = bare_extraction(page, with_metadata=True, include_comments=False, deduplicate=False)
    text = checked(found.text or "") if found else ""
    first, _, rest = text.partition("\n")
    if rest and first.strip() == (found.title or "").strip():
        text = rest.lstrip()
    if not text.strip():
        raise UnreadableError("no article found in the page")
    given = known({"title": found.title, "author": found.author, "source": found.sitename or found.hostname})
    return Record(text, given | known({"published": _with_time(page, found.date), "url": found.url}))


def _with_time(page: str, day: str | None) -> str | None:
    """The day that a page was published, with the time of day if its metadata give one for that day."""
    told = re.search(rf"(?:datePublished|published_time)[^<>]{{0,60}}?({day}T\d\d:\d\d[\d:.Z+-]*)", page) if day else None
    try:
        return datetime.fromisoformat(told[1]).isoformat() if told else day
    except ValueError:
        return day


def without_markup(html: str) -> str:
    """The text of a piece of HTML that is all article; each paragraph becomes a line.

    >>> without_markup("<p>One &amp; <b>two</b>.</p><p>Three.<br>Four.</p><script>x()</script>")
    'One & two.\\n\\nThree.\\nFour.'
    """
    from lxml import etree
    from lxml import html as parser

    if not html.strip():
        return ""
    with damaged("piece of HTML"):
        root = parser.document_fromstring(f"<div>{html}</div>")
        etree.strip_elements(root, "script", "style", "head", etree.Comment, etree.ProcessingInstruction, with_tail=False)
        for each in root.iter("br"):
            each.tail = "\n" + (each.tail or "")
        for each in root.iter("p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "ul", "ol"):
            each.tail = "\n\n" + (each.tail or "")
        lines = "".join(root.itertext()).splitlines()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


_MARKUP = re.compile(r"\s*<(?:p|div|h\d|span|article|section|figure|img|strong|em|b|i|a|ul|ol|blockquote)\b[^<>]*>", re.I)


# ------------------------------------------------------------------------------------------------------- JSON and tables

_TEXT_NAMES: tuple[str, ...] = ("text", "articlebody", "article_body", "body", "maintext", "full_text", "fulltext")
_TEXT_NAMES += ("article_text", "content", "content_text", "content_html", "article", "story", "plain_text", "raw_text")
_ID_NAMES = ("id", "_id", "article_id", "doc_id", "guid", "uuid")
_LISTS = ("articles", "items", "entries", "documents", "docs", "results", "data", "records", "news")


def _found(values: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The first value among ``names`` that is not empty."""
    lower = {str(key).lower(): value for key, value in values.items()}
    return next((lower[name] for name in names if lower.get(name) not in (None, "", [], {})), None)


_ABSENT = object()


def _named(values: Mapping[str, Any], name: str) -> Any:
    """The value of a field, which may be nested (``content.rendered``); ``_ABSENT`` if there is no such field."""
    if name in values:
        return values[name]
    first, _, rest = name.partition(".")
    inner = values.get(first)
    return _named(inner, rest) if rest and isinstance(inner, dict) else _ABSENT


def _record(values: Any, key: str, reading: Reading) -> Record:
    """The article in the fields of a record; ``key`` is its place, used if it has no id of its own."""
    if not isinstance(values, dict):
        return Record(key=key, refusal="not an object with a text field")
    names = reading.names
    told: dict[str, Any] = {}
    for name in names:
        value = _named(values, names[name])
        if value is not _ABSENT:
            reading.missed[name] = ""
        elif name not in reading.missed:
            reading.missed[name] = _listed(values)
        told[name] = None if value is _ABSENT else value
    text = told["text"] if "text" in told else _found(values, _TEXT_NAMES)
    own = told["id"] if "id" in told else _found(values, _ID_NAMES)
    if not isinstance(own, dict | list) and (line := one_line(own)):
        key = line
    if isinstance(text, list) and all(isinstance(each, str) for each in text):
        text = "\n\n".join(text)
    if not isinstance(text, str) or not text.strip():
        field = names.get("text") or next((str(each) for each in values if str(each).lower() in _TEXT_NAMES), None)
        wanted = f"nothing in its field {field}" if field else "no text field (name it with --text-field)"
        return Record(key=key, refusal=f"{wanted}; it has: {_listed(values)}")
    if len(text) > reading.max_bytes:
        return Record(key=key, refusal=str(too_large(len(text), reading.max_bytes)))
    try:
        text = checked(without_markup(text) if _MARKUP.match(text) else text)
    except UnreadableError as problem:
        return Record(key=key, refusal=str(problem))
    if not text.strip():
        return Record(key=key, refusal="no text in it")
    given = known({str(name): _dated(value) for name, value in values.items()})
    return Record(text, given | known({name: _dated(told[name]) for name in FIELDS if name in told}), key)


def _listed(values: Mapping[str, Any]) -> str:
    names = [one_line(str(name))[:40] for name in values][:12]
    return ", ".join(names) + (" …" if len(values) > len(names) else "") if names else "nothing"


def _dated(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _json(member: Member, reading: Reading) -> Iterator[Record]:
    data = member.whole(reading.max_bytes)
    text = decoded(data)
    try:
        value = json.loads(text)
    except RecursionError:
        raise UnreadableError("not valid JSON (nested too deeply)") from None
    except ValueError as error:
        if getattr(error, "msg", "") == "Extra data":  # JSON lines in a file named .json
            yield from read_lines(replace(member, stream=io.BytesIO(text.encode()), size=None), reading)
            return
        raise UnreadableError("an empty file" if not data else f"not valid JSON ({error})") from None
    if isinstance(value, dict):
        if _OURS.search(data[:1000]):
            raise UnreadableError("a report of this program")
        listed = _found(value, _LISTS)
        if not isinstance(listed, list) or _found(value, _TEXT_NAMES) is not None:
            yield replace(_record(value, "", reading), key="")
            return
        value = listed
    if not isinstance(value, list):
        raise UnreadableError("neither an object nor a list of objects")
    yield from (_record(each, str(at), reading) for at, each in enumerate(value, start=1))


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; ``None`` for one longer than ``limit``, which is never held whole."""
    while line := stream.readline(limit + 1):
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            yield None
        else:
            yield line


def read_lines(member: Member, reading: Reading) -> Iterator[Record]:
    """Read JSON lines, one object per line."""
    for at, line in enumerate(_lines(member.stream, reading.max_bytes), start=1):
        if line is None:
            yield Record(key=str(at), refusal=str(too_large(None, reading.max_bytes)))
        elif line.strip():
            try:
                value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
            except RecursionError:
                yield Record(key=str(at), refusal="not valid JSON (nested too deeply)")
            except ValueError as error:
                yield Record(key=str(at), refusal=f"not valid JSON ({error})")
            else:
                yield _record(value, str(at), reading)


_SAMPLE_BYTES = 2**20  # of a table, for telling its encoding
_DELIMITED = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.IGNORECASE)  # Excel's line above the heading


def _table(member: Member, reading: Reading) -> Iterator[Record]:
    import csv

    start = member.stream.read(min(_SAMPLE_BYTES, reading.max_bytes))
    whole = start[: start.rfind(b"\n") + 1] or start  # a character cut in two would count as damage
    encoding = encoding_of(whole)
    errors = WESTERN if whole.isascii() else "replace"  # the encoding of the first accent is still unknown
    stream = io.TextIOWrapper(io.BufferedReader(_Chained(start, member.stream)), encoding, errors, newline="")

    def lines() -> Iterator[str]:
        while line := stream.readline(reading.max_bytes + 1):
            if len(line) > reading.max_bytes:
                raise UnreadableError(f"a line {too_large(None, reading.max_bytes)}: not read further")
            yield line.replace("\0", "\ufffd")

    text = lines()
    heading = next(text, "").removeprefix("\ufeff")
    told = _DELIMITED.fullmatch(heading)
    delimiter = told[1] if told else "\t" if member.suffix == ".tsv" else max(",;\t|", key=heading.count)
    csv.field_size_limit(reading.max_bytes)  # for the whole process; csv has no other
    rows = csv.reader(text if told else chain([heading], text), delimiter=delimiter)
    names: list[str] = []
    for at in range(10**12):
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise UnreadableError(f"a damaged table ({error}): not read further") from None
        if row is None:
            break
        if not names:
            names = [name.strip() for name in row]
            if tuple(names[: len(_OUR_COLUMNS)]) == _OUR_COLUMNS:
                raise UnreadableError("a report of this program")
        elif row:
            yield _record(dict(zip(names, row, strict=False)), str(at), reading)
    if not names:
        raise UnreadableError("an empty file")


class _Chained(io.RawIOBase):
    """The bytes already read, then the rest of the stream."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = io.BytesIO(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._start.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


_ROWS_AT_ONCE = 64  # of a parquet file; each may be as large as an article


def _parquet(member: Member, reading: Reading) -> Iterator[Record]:
    from pyarrow import parquet, types

    stream = member.stream if member.stream.seekable() else io.BytesIO(member.whole(reading.max_bytes))
    with damaged("parquet file"):
        # Texts stay dictionary-encoded: rows that repeat one large text a million times stay small.
        file = parquet.ParquetFile(stream, buffer_size=2**20)
        texts = [each.name for each in file.schema_arrow if types.is_string(each.type) or types.is_large_string(each.type)]
        file = parquet.ParquetFile(stream, buffer_size=2**20, read_dictionary=texts)
        columns = [each.name for each in file.schema_arrow if not types.is_binary(each.type)]
        batches = file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False)
    at, left = 0, RATIO * (member.size or reading.max_bytes) + reading.max_bytes
    while True:
        with damaged("parquet file"):
            batch = next(batches, None)
            if batch is None:
                return
            left -= _characters_in(batch)
            if left < 0:
                raise LimitError(f"unpacks to more than {RATIO} times its size: not read further")
            rows = batch.to_pylist()
        for values in rows:
            at += 1
            record = _record(values, str(at), reading)
            yield record


def _characters_in(batch: Any) -> int:
    """The bytes of a parquet batch once unpacked; a text shared by many rows counts for each of them."""
    import pyarrow.compute as pc
    from pyarrow import types

    total = 0
    for column in batch.columns:
        if types.is_dictionary(column.type):
            lengths = pc.take(pc.binary_length(column.dictionary), column.indices)
        elif types.is_string(column.type) or types.is_large_string(column.type):
            lengths = pc.binary_length(column)
        else:
            total += column.nbytes
            continue
        total += pc.sum(lengths).as_py() or 0
    return total


# ----------------------------------------------------------------------------------------------------- mail and feeds


_PARTS = 200  # multiparts in a mail; nested ones take time that grows with the square of their number
_BOUNDARIES = 2000  # limit on the lines of a mail that may begin a part
_HEADER_CHARACTERS = 1000  # longest header read: a list of senders takes time that grows with its square


def _parsed(data: bytes) -> EmailMessage:
    from email import message_from_bytes, policy

    if data.lower().count(b"multipart/") > _PARTS or data.count(b"\n--") > _BOUNDARIES:
        raise UnreadableError(f"more than {_PARTS} parts with parts of their own, or {_BOUNDARIES:,} in all")
    return message_from_bytes(data, policy=policy.default)


def _header(message: EmailMessage, name: str) -> str:
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return str(message[name] or "") if len(raw) <= _HEADER_CHARACTERS else ""


def _body(message: EmailMessage, kinds: tuple[str, ...]) -> tuple[str, str]:
    """The first part of the best available kind in ``kinds``, decoded, and its kind; two empty strings if there is none."""
    parts = [part for part in message.walk() if not part.is_multipart() and not part.is_attachment()]
    for kind in kinds:
        for part in parts:
            if part.get_content_subtype() == kind and part.get_content_maintype() == "text":
                data = part.get_payload(decode=True)
                data = data if isinstance(data, bytes) else b""
                declared = part.get_content_charset() or declared_in(data)
                if text := decoded(data, declared).strip():
                    return text, kind
    return "", ""


def _mail(member: Member, reading: Reading) -> Iterator[Record]:
    from email.utils import parseaddr

    data = member.whole(reading.max_bytes)
    with damaged("e-mail"):
        message = _parsed(data)
        text, kind = _body(message, ("plain", "html"))
        given = {"title": _header(message, "subject"), "author": parseaddr(_header(message, "from"))[0]}
        given["published"] = _header(message, "date")
    text = without_markup(text) if kind == "html" else text.replace("\r\n", "\n")
    if not text.strip():
        raise UnreadableError("no text in it")
    yield Record(text, known(given))


def _saved_page(member: Member, reading: Reading) -> Iterator[Record]:
    data = member.whole(reading.max_bytes)
    with damaged("saved page"):
        message = _parsed(data)
        page, _ = _body(message, ("html",))
        url = str(message["snapshot-content-location"] or "")
    if not page:
        raise UnreadableError("no page in it")
    record = _extracted(page)
    yield replace(record, given={**known({"url": url}), **record.given})


def _without_tags(text: str, kind: str | None) -> str:
    return text if kind == "text/plain" else without_markup(text)


def _feed(member: Member, reading: Reading) -> Iterator[Record]:
    import feedparser

    data = member.whole(reading.max_bytes)
    encoding_of(data)  # raises what it refuses
    with damaged("feed"):
        feed = feedparser.parse(io.BytesIO(data))  # not the bytes themselves, which it could take for an address
    if not feed.entries:
        raise UnreadableError("no entries: not a feed, or an empty one")
    outlet = feed.feed.get("title", "")
    for at, entry in enumerate(feed.entries, start=1):
        told = [*entry.get("content", ()), entry.get("summary_detail") or {"value": entry.get("summary")}]
        bodies = [_without_tags(each.get("value") or "", each.get("type")) for each in told]
        values = {"id": entry.get("id") or entry.get("link"), "text": max(bodies, key=len)}
        values |= {name: entry.get(name) for name in ("title", "author", "link")} | {"source": outlet}
        day = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")  # its own get() warns of a fallback
        with damaged("feed"):
            values["published"] = datetime.fromtimestamp(timegm(day), UTC).isoformat() if day else entry.get("published")
        yield _record(values, str(at), replace(reading, names={}))


# ------------------------------------------------------------------------------------------------- office documents, PDF


def _missing(library: str, extra: str) -> UnreadableError:
    return UnreadableError(f"{library} is not installed: pip install 'derivative-detector[{extra}]'")


def _docx(member: Member, reading: Reading) -> Iterator[Record]:
    try:
        import docx
    except ImportError:
        raise _missing("what reads .docx files", "docx") from None
    import zipfile

    data = io.BytesIO(member.whole(reading.max_bytes))
    with damaged("Word document"):
        parts = zipfile.ZipFile(data).infolist()
        if not all(map(bounded, parts)):
            raise UnreadableError("packed in a way that is not read: only deflate is")
        unpacked = sum(each.file_size for each in parts if each.filename.endswith((".xml", ".rels")))
        if unpacked > 4 * reading.max_bytes:  # a document is a few times as large as its text
            raise too_large(unpacked, 4 * reading.max_bytes)
        document = docx.Document(data)
        lines: list[str] = []
        for block in document.iter_inner_content():
            cells = (cell.text for row in getattr(block, "rows", ()) for cell in row.cells)
            lines += [block.text] if hasattr(block, "text") else dict.fromkeys(cells)  # a merged cell is repeated
        about = document.core_properties
        given = known({"title": about.title, "author": about.author, "published": _dated(about.created)})
    text = checked("\n\n".join(line for line in lines if line.strip()))
    if not text:
        raise UnreadableError("no text in it")
    yield Record(text, given)


_PDF_PAGES = 2000  # no article is longer; this many pages take a minute


def _pdf(member: Member, reading: Reading) -> Iterator[Record]:
    try:
        import pypdfium2
    except ImportError:
        raise _missing("what reads PDF files", "pdf") from None
    data = member.whole(reading.max_bytes)
    pages: list[str] = []
    with damaged("PDF file"):
        file = pypdfium2.PdfDocument(data)
        try:
            if len(file) > _PDF_PAGES:
                raise UnreadableError(f"{len(file)} pages, over the limit of {_PDF_PAGES}")
            for at in range(len(file)):
                pages.append(file[at].get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "-"))
            about = file.get_metadata_dict()
        finally:
            file.close()
    text = checked("\n\n".join(page.strip() for page in pages)).strip()
    if not text:
        raise UnreadableError("no text in it: scanned pages must go through text recognition first")
    given = {"title": about.get("Title"), "author": about.get("Author")}
    yield Record(text, known(given | {"published": _pdf_date(about.get("CreationDate", ""))}))


def _pdf_date(value: str) -> str:
    """The day in a date such as "D:20231121101500+01'00'"; the zone is too often that of a converter."""
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)", value)
    return "-".join(found.groups()) if found else ""


READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".html": _page,
    ".htm": _page,
    ".mhtml": _saved_page,
    ".mht": _saved_page,
    ".json": _json,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": _table,
    ".tsv": _table,
    ".parquet": _parquet,
    ".eml": _mail,
    ".rss": _feed,
    ".atom": _feed,
    ".docx": _docx,
    ".pdf": _pdf,
}
"""The reader of each suffix."""
