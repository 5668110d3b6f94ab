"""Records to articles: files that hold many, as JSON, JSON lines, tables or parquet, each in fields with names of its own.

They are read record by record, so a file may be larger than memory.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import IO, Any, AnyStr, BinaryIO, TypeVar

from ..model import COLUMNS, MATCH_SCHEMA, PAGE_MARK, SCHEMA
from .charset import WESTERN, checked, decoded, encoding_of, marked
from .heads import FIELDS, joined, known, one_line
from .opening import MAX_BYTES, RATIO, LimitError, Member, UnreadableError, damaged, too_large


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
_T = TypeVar("_T")


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

_MARKS = (PAGE_MARK, *(f'"schema": "{each.rpartition("/")[0]}/' for each in (SCHEMA, MATCH_SCHEMA)))
OURS = re.compile("|".join(map(re.escape, _MARKS)).encode())
"""Our own pages and JSON, of any version."""
_OUR_COLUMNS = frozenset(COLUMNS[:6])  # enough to tell our CSV by, in whatever order they are

_TEXT_NAMES: tuple[str, ...] = ("text", "articlebody", "article_body", "body", "maintext", "full_text", "fulltext")
_TEXT_NAMES += ("article_text", "content", "content_text", "content_html", "article", "story", "plain_text", "raw_text")
_ID_NAMES = ("id", "_id", "article_id", "doc_id", "guid", "uuid")
_LISTS = ("articles", "items", "entries", "documents", "docs", "results", "data", "records", "news")


def _found(values: Mapping[str, Any], names: Iterable[str], read: Callable[[Any], _T]) -> _T | None:
    """What ``read`` makes of the first field among ``names`` that it can read; one that is spelt exactly so comes first."""
    spelt: dict[str, list[Any]] = {}
    for key, value in values.items():
        alike = spelt.setdefault(joined(str(key)), [])
        alike.insert(0 if key in names else len(alike), value)
    return next((found for name in names for value in spelt.get(name, ()) if (found := read(value))), None)


def _text(value: Any) -> str:
    """A text, or a list of paragraphs as one; "" for anything else and for blanks."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n\n".join(value)
    return value if isinstance(value, str) and value.strip() else ""


def _id(value: Any) -> str:
    return "" if isinstance(value, dict | list) else one_line(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


_ABSENT = object()


def _named(values: Mapping[str, Any], name: str) -> Any:
    """The value of a field, which may be nested (``content.rendered``); ``_ABSENT`` if there is no such field."""
    if name in values:
        return values[name]
    first, _, rest = name.partition(".")
    inner = values.get(first)
    return _named(inner, rest) if rest and isinstance(inner, dict) else _ABSENT


def record_of(values: Any, key: str, reading: Reading) -> Record:
    """The article in the fields of a record; ``key`` is its place, used if it has no id of its own."""
    if not isinstance(values, dict):
        return Record(key=key, refusal="not an object with a text field")
    names = reading.names
    told: dict[str, Any] = {}
    for name in names:
        value = _named(values, names[name])
        if value is not _ABSENT:
            reading.missed[name] = ""
            told[name] = value
        elif name not in reading.missed:
            reading.missed[name] = _listed(values)
    text = _text(told["text"]) if "text" in told else _found(values, _TEXT_NAMES, _text)
    own = _id(told["id"]) if "id" in told else _found(values, _ID_NAMES, _id)
    key = own or key
    if not text:
        told_as = names.get("text") or next((str(each) for each in values if joined(str(each)) in _TEXT_NAMES), None)
        wanted = f"nothing in its field {told_as}" if told_as else "no text field (name it with --text-field)"
        return Record(key=key, refusal=f"{wanted}; it has: {_listed(values)}")
    if len(text) > reading.max_bytes:
        return Record(key=key, refusal=str(too_large(len(text), reading.max_bytes)))
    try:
        text = checked(without_markup(text) if _MARKUP.match(text) else text)
    except UnreadableError as problem:
        return Record(key=key, refusal=str(problem))
    if not text.strip():
        return Record(key=key, refusal="no text in it")
    given = known({str(name): value for name, value in values.items()})
    return Record(text, given | known({name: told[name] for name in FIELDS if name in told}), key)


def _listed(values: Mapping[str, Any]) -> str:
    names = [one_line(str(name))[:40] for name in values][:12]
    return ", ".join(names) + (" …" if len(values) > len(names) else "") if names else "nothing"


def read_json(member: Member, reading: Reading) -> Iterator[Record]:
    """Read one object, a list of them, or an object that holds such a list."""
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
        if OURS.search(data[:1000]):
            raise UnreadableError("a report of this program")
        listed = _found(value, _LISTS, _list)
        if not listed or _found(value, _TEXT_NAMES, _text) is not None:
            yield replace(record_of(value, "", reading), key="")
            return
        value = listed
    if not isinstance(value, list):
        raise UnreadableError("neither an object nor a list of objects")
    yield from (record_of(each, str(at), reading) for at, each in enumerate(value, start=1))


_MARK_BYTES = 4  # of the longest byte order mark
_SAMPLE_BYTES = 2**20  # for telling an encoding


def _lines(stream: IO[AnyStr], limit: int) -> Iterator[AnyStr | None]:
    """The lines of a stream; ``None`` for one longer than ``limit``, which is never held whole."""
    while line := stream.readline(limit + 1):
        if len(line) > limit:
            while line and line[-1:] not in ("\n", b"\n"):
                line = stream.readline(limit)
            yield None
        else:
            yield line


def _decoded_lines(source: BinaryIO, limit: int) -> Iterator[str | None]:
    """The same, decoded by a byte order mark, or as UTF-8 as long as they are valid and then by what the letters suggest."""
    start = source.read(_MARK_BYTES)
    stream = _resumed(start, source)
    if codec := marked(start):
        yield from _lines(io.TextIOWrapper(stream, codec, "replace", newline="\n"), limit)
        return
    utf8, odd = False, b""  # whether a letter beyond ASCII was read as UTF-8; the first line that is not UTF-8
    for line in _lines(stream, limit):
        try:
            text = None if line is None else line.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            odd = line or b""
            break
        utf8 = utf8 or not (text is None or text.isascii())
        yield text
    if odd:
        ahead, damage = _read_ahead(stream)
        encoding = "utf-8" if utf8 else _guessed(odd + ahead)
        for line in _lines(_resumed(odd + ahead, stream), limit):
            yield None if line is None else line.decode(encoding, "replace")
        if damage:
            raise damage


def _read_ahead(stream: io.BufferedReader) -> tuple[bytes, UnreadableError | None]:
    """A sample of what follows, and the damage that ends it."""
    data = b""
    try:
        while len(data) < _SAMPLE_BYTES and (part := stream.read1()):
            data += part
    except UnreadableError as damage:
        return data, damage
    return data, None


def _guessed(sample: bytes) -> str:
    """The encoding of the lines from which a sample is; UTF-8, though damaged, if there is none that fits."""
    try:
        return encoding_of(b"\n" + _whole_lines(sample))  # not at the beginning, there is no byte order mark
    except UnreadableError:
        return "utf-8"


def _whole_lines(sample: bytes) -> bytes:
    """A sample without the line that it cuts off, whose last character would count as damage."""
    return sample[: sample.rfind(b"\n") + 1] or sample


def read_lines(member: Member, reading: Reading) -> Iterator[Record]:
    """Read JSON lines, one object per line."""
    for at, line in enumerate(_decoded_lines(member.stream, reading.max_bytes), start=1):
        if line is None:
            yield Record(key=str(at), refusal=str(too_large(None, reading.max_bytes)))
        elif line.strip():
            try:
                value = json.loads(line.removeprefix("\ufeff"))
            except RecursionError:
                yield Record(key=str(at), refusal="not valid JSON (nested too deeply)")
            except ValueError as error:
                yield Record(key=str(at), refusal=f"not valid JSON ({error})")
            else:
                yield record_of(value, str(at), reading)


_DELIMITED = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.IGNORECASE)  # Excel's line above the heading


def read_table(member: Member, reading: Reading) -> Iterator[Record]:
    """Read a table of delimited values, whose first row names the fields."""
    import csv

    start = member.stream.read(min(_SAMPLE_BYTES, reading.max_bytes))
    whole = _whole_lines(start)
    encoding = encoding_of(whole)
    errors = WESTERN if whole.isascii() else "replace"  # the encoding of the first accent is still unknown
    stream = io.TextIOWrapper(_resumed(start, member.stream), encoding, errors, newline="")

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
    for at in count():
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise UnreadableError(f"a damaged table ({error}): not read further") from None
        if row is None:
            break
        if not names:
            names = [name.strip() for name in row]
            if _OUR_COLUMNS.issubset(names):
                raise UnreadableError("a report of this program")
        elif row:
            yield record_of(dict(zip(names, row, strict=False)), str(at), reading)
    if not names:
        raise UnreadableError("an empty file")


def _resumed(start: bytes, rest: BinaryIO) -> io.BufferedReader:
    """A stream as it was before its start was read."""
    return io.BufferedReader(_Chained(start, rest), _BUFFER_BYTES)


_BUFFER_BYTES = 2**18


class _Chained(io.RawIOBase):
    """The bytes already read, then the rest of the stream."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start = io.BytesIO(start)
        self._read: Callable[[int], bytes] = getattr(rest, "read1", rest.read)  # read() loses what comes before damage

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._start.read(len(buffer)) or self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


_ROWS_AT_ONCE = 64  # of a parquet file; each may be as large as an article


def read_parquet(member: Member, reading: Reading) -> Iterator[Record]:
    """Read a parquet file, some rows at a time."""
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
            yield record_of(values, str(at), reading)


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
