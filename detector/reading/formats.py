"""Formats to records: a reader for each, from bytes to an article's text and what the file says about it.

Web pages go through trafilatura, which extracts the article; offsets then count characters of the extracted text. Nothing
that a file names is fetched, and nothing in it is executed.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .charset import checked, declared_in, decoded, encoding_of
from .heads import front_matter, known
from .opening import Member, UnreadableError, bounded, damaged, too_large
from .records import (
    OURS,
    Reader,
    Reading,
    Record,
    read_json,
    read_lines,
    read_parquet,
    read_table,
    record_of,
    without_markup,
)

if TYPE_CHECKING:
    from email.message import EmailMessage


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
    if OURS.search(data[:1000]):
        raise UnreadableError("a report of this program")
    yield _extracted(decoded(data, declared_in(data)))


_TAGS = 50_000  # the fullest page seen has 3,200; this many take some ten seconds


def _extracted(page: str) -> Record:
    """The article of an HTML page."""
    from trafilatura import bare_extraction

    if page.count("<") > _TAGS:
        raise UnreadableError(f"a page of more than {_TAGS:,} tags")
    with damaged("page"):
        found: Any = bare_extraction(
            page, with_metadata=True, include_comments=False, deduplicate=False, date_extraction_params=dict(_DATES)
        )
        day = found.date if found else None
        if day and not re.search(rf"[\"']{day}", page):  # no value begins with it: it may be from the prose
            day = _day_without_prose(page)
    text = checked(found.text or "") if found else ""
    first, _, rest = text.partition("\n")
    if rest and first.strip() == (found.title or "").strip():
        text = rest.lstrip()
    if not text.strip():
        raise UnreadableError("no article found in the page")
    given = known({"title": found.title, "author": found.author, "source": found.sitename or found.hostname})
    return Record(text, given | known({"published": _with_time(page, day), "url": found.url}))


# Any year in the prose would do for an extensive search; without a latest date, what is found would depend on today's.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "9998-12-31"}
_LINE_WORDS = 14  # a longer text is prose, not a line with a date
_SENTENCE_WORDS = 5  # a text of so many words that ends like a sentence is prose too
_NO_DATES = "//meta[@property='og:image' or translate(@itemprop, 'CY', 'cy') = 'copyrightyear']"


def _day_without_prose(page: str) -> str | None:
    """The day that a page's metadata, address or markup give as that of its publication.

    A day named in the headline, the prose, the address of a picture or a comment of the source is not the page's, and a year
    of copyright is no day.
    """
    from lxml import html
    from trafilatura import extract_metadata

    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    for each in root.xpath(f"//title | //h1 | //p[not(.//time)] | {_NO_DATES}"):
        if each.tag != "p" or _is_prose(each.text_content()):
            each.drop_tree()
    for text in root.xpath("//body//text()[not(parent::script or parent::style or parent::time)]"):
        if _is_prose(text):
            setattr(text.getparent(), "tail" if text.is_tail else "text", None)
    return extract_metadata(root, date_config=dict(_DATES)).date


def _is_prose(text: str) -> bool:
    words = text.split()
    return len(words) > _LINE_WORDS or (len(words) >= _SENTENCE_WORDS and bool(re.search(r"[.!?…。][\"'”’»)]*$", words[-1])))


def _with_time(page: str, day: str | None) -> str | None:
    """The day that a page was published, with the time of day if its metadata give one for that day."""
    told = re.search(rf"(?:datePublished|published_time)[^<>]{{0,60}}?({day}T\d\d:\d\d[\d:.Z+-]*)", page) if day else None
    try:
        return datetime.fromisoformat(told[1]).isoformat() if told else day
    except ValueError:
        return day


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
        bodies = ((each.get("value") or "", each.get("type") == "text/plain") for each in told)
        text = max((body if plain else without_markup(body) for body, plain in bodies), key=len)
        values = {"id": entry.get("id") or entry.get("link"), "text": text}
        values |= {name: entry.get(name) for name in ("title", "author", "link")} | {"source": outlet}
        day = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")  # its own get() warns of a fallback
        with damaged("feed"):
            values["published"] = datetime.fromtimestamp(timegm(day), UTC).isoformat() if day else entry.get("published")
        yield record_of(values, str(at), replace(reading, names={}))


# ------------------------------------------------------------------------------------------------- office documents, PDF


def _missing(library: str, files: str) -> UnreadableError:
    return UnreadableError(f"{library}, which reads {files} files, is not installed: pip install {library}")


def _docx(member: Member, reading: Reading) -> Iterator[Record]:
    try:
        import docx
    except ImportError:
        raise _missing("python-docx", ".docx") from None
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
        given = known({"title": about.title, "author": about.author, "published": about.created})
    text = checked("\n\n".join(line for line in lines if line.strip()))
    if not text:
        raise UnreadableError("no text in it")
    yield Record(text, given)


_PDF_PAGES = 2000  # no article is longer; this many pages take a minute


def _pdf(member: Member, reading: Reading) -> Iterator[Record]:
    try:
        import pypdfium2
    except ImportError:
        raise _missing("pypdfium2", "PDF") from None
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
    ".json": read_json,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": read_table,
    ".tsv": read_table,
    ".parquet": read_parquet,
    ".eml": _mail,
    ".rss": _feed,
    ".atom": _feed,
    ".docx": _docx,
    ".pdf": _pdf,
}
"""The reader of each suffix."""
