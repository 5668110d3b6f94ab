"""Files and folders to articles: what a newsroom has on disk, read whole and untouched, whatever state it is in.

Folders are walked without following links, and a file is looked at before it is opened, so that no pipe, device or loop
holds the program up. Bytes become text by their byte order mark, else as UTF-8, else by charset-normalizer among the
encodings that news is found in. What an article says of itself comes from a front-matter block or a sidecar
``NAME.meta.json``; what these leave open is guessed, and marked as guessed, from the lines above the first paragraph,
only where a line has a shape that hardly anything but a heading, byline, dateline or date has.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, overload

from .model import Article, DetectorError, Skipped

MAX_BYTES = 16 * 2**20
"""Largest file read: a long book is 2 MB; what is larger than this is an archive of articles, or no text."""

MEMORY_BYTES = 64 * 2**20
"""Texts held in memory before they go to a file; some 20,000 articles."""

# Control characters: up to 1.3 % of damaged news (quotation marks cut to a byte), from 10 % of compressed bytes.
_CONTROL_SHARE = 0.05
_MAGIC = {  # how files begin that could pass for text, or that deserve a plainer word than "binary"
    b"%PDF-": "a PDF file",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x1f\x8b": "a gzip file",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # breaks a line, a terminal or JSON
_DAMAGED_SHARE = 0.1  # damaged UTF-8 keeps most of its characters; another encoding hardly ever holds one by chance
_BOMS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Left to all it knows, charset-normalizer takes Polish for Celtic and some Russian for old Macintosh files.
_ENCODINGS = [f"cp{page}" for page in (1252, *range(1250, 1259), 874)]
_ENCODINGS += ["iso8859_2", "koi8_r", "koi8_u", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_DETECT_BYTES = 2**16  # of the lines that are not ASCII; more makes the answer slower, not surer

_SPECIAL = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
_WHY = {
    errno.ENOENT: "gone before it could be read",
    errno.EACCES: "no permission to read it",
    errno.ELOOP: "a link that goes in a circle",
}
_SIDECAR = ".meta.json"
_FIELDS = ("title", "source", "author", "published", "url")
_ALIASES = {**dict(zip(_FIELDS, _FIELDS, strict=True)), "headline": "title", "link": "url", "date": "published"}
_ALIASES |= {"outlet": "source", "publisher": "source", "site": "source"}
_ALIASES |= {"by": "author", "byline": "author", "authors": "author"}
_HEAD_CHARACTERS = 20_000  # enough for a front-matter block and for all that pages put above an article
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_LINE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?")


class Articles(Sequence[Article]):
    """The articles read, sorted by id; ``skipped`` tells what was not read and why, sorted by path.

    The texts are not held: they go to a file without a name, gone when the program is, and an article is put together again
    each time it is asked for. So a folder may be larger than memory, and files may change or vanish during a scan.

    >>> Articles([Article(id="b", text="Two."), Article(id="a", text="One.")])[0].id
    'a'
    """

    def __init__(self, articles: Iterable[Article], *, skipped: Iterable[Skipped] = ()) -> None:
        self._texts = _Texts()
        rows = [(replace(each, text=""), self._texts.add(each.text)) for each in articles]
        self._rows = sorted(rows, key=lambda row: row[0].id)
        self.skipped = tuple(sorted(set(skipped), key=lambda each: (each.path, each.reason)))

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Article]: ...
    def __getitem__(self, index: int | slice) -> Article | Sequence[Article]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        article, place = self._rows[index]
        return replace(article, text=self._texts.get(*place))

    def __len__(self) -> int:
        return len(self._rows)

    def only(self, wanted: Callable[[str | None], bool]) -> Articles:
        """Those articles, and those skipped, whose path is ``wanted``; the texts are shared, not copied."""
        part = Articles((), skipped=(each for each in self.skipped if wanted(each.path)))
        part._texts = self._texts
        part._rows = [row for row in self._rows if wanted(row[0].path)]
        return part


class _Texts:
    """Texts in a file without a name, in memory as long as they are few."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115
        self._lock = threading.Lock()
        self._end = 0

    def add(self, text: str) -> tuple[int, int]:
        data = text.encode("utf-8", "surrogatepass")
        place = self._end, len(data)
        with self._lock:
            try:
                self._file.seek(self._end)
                self._file.write(data)
            except OSError as error:
                where = f"cannot keep the texts in {tempfile.gettempdir()}: {(error.strerror or str(error)).lower()}"
                raise DetectorError(f"{where}; name a folder with more room in TMPDIR") from None
        self._end += len(data)
        return place

    def get(self, begin: int, size: int) -> str:
        with self._lock:
            self._file.seek(begin)
            data = self._file.read(size)
        return data.decode("utf-8", "surrogatepass")


def read_articles(
    paths: Iterable[str | os.PathLike[str]], *, max_bytes: int = MAX_BYTES, progress: Callable[[int], None] | None = None
) -> Articles:
    """Read files and folders, with all that lies in them; what cannot be read is in ``.skipped`` of the result.

    An id is the path below the folder given, with more of the path in front where two would be one. Ids do not depend on
    the order of ``paths``; a file that several of them reach is read once. ``progress`` is called with the number of
    files done. Raises :class:`DetectorError` for a path that does not exist.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    files, skipped = _once(found for path in given for found in _look(os.fspath(path)))

    def read() -> Iterator[Article]:
        for done, (file, name) in enumerate(zip(files, _ids(files), strict=True), start=1):
            try:
                yield _article(file.path, name, max_bytes, skipped)
            except _ReadError as problem:
                skipped.append(Skipped(_printable(file.path), str(problem)))
            if progress:
                progress(done)

    return Articles(read(), skipped=skipped)


def read_article(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Article:
    """Read one file. Raises :class:`DetectorError`, in one line, if it cannot be read or its sidecar is broken."""
    file = next(_look(os.fspath(path), folders=False))
    skipped: list[Skipped] = []
    try:
        if file.refusal:
            raise _ReadError(file.refusal)
        article = _article(file.path, _printable(file.whole[-1]), max_bytes, skipped)
    except _ReadError as problem:
        raise DetectorError(f"{_printable(file.path)}: {problem}") from None
    for row in skipped:
        raise DetectorError(f"{row.path}: {row.reason}; mend or remove it")
    return article


class _ReadError(Exception):
    """Why a file is no article, in words."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file as one of the given paths leads to it."""

    path: str  # as the user would write it
    real: str  # where it lies: two that agree here are one file
    whole: tuple[str, ...]  # the parts of the whole path; an id is made of the last ``depth``, or more
    depth: int = 1
    refusal: str = ""  # why it is not read

    def rank(self) -> tuple[bool, int, str]:
        return bool(self.refusal), -self.depth, self.path


def _look(path: str, *, folders: bool = True) -> Iterator[_Found]:
    """What a given path leads to: a file, whatever its suffix, or all that lies in a folder."""
    try:
        mode, real = os.stat(path).st_mode, os.path.realpath(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise DetectorError(f"no such file or folder: {_printable(path)}") from None
    except OSError as error:
        mode, real, refusal = 0, os.path.abspath(path), _why(error)
    else:
        refusal = _not_a_file(mode)
    whole = tuple(os.path.abspath(path).split(os.sep))
    if stat.S_ISDIR(mode) and folders:
        yield from _walk(path, real, whole)
    elif not (folders and _is_sidecar(path)):  # `news/*` names the sidecars too
        yield _Found(path, real, whole, refusal=refusal)


def _walk(path: str, real: str, whole: tuple[str, ...]) -> Iterator[_Found]:
    folders: list[tuple[str, ...]] = [()]  # a list, not recursion: folders can be nested deeper than Python's stack
    while folders:
        inside = folders.pop()
        folder = os.path.join("" if path == os.curdir else path, *inside)
        try:
            names = os.listdir(folder or path)
        except OSError as error:
            yield _Found(folder or path, os.path.join(real, *inside), whole + inside, refusal=_why(error))
            continue
        for name in names:
            file, below = os.path.join(folder, name), (*inside, name)
            try:
                mode = os.lstat(file).st_mode
                refusal = _refusal(file, mode, real)
            except OSError as error:
                mode, refusal = 0, _why(error)
            if stat.S_ISDIR(mode) and not refusal:
                folders.append(below)
            elif not _is_sidecar(file):
                yield _Found(file, os.path.join(real, *below), whole + below, len(below), refusal)


def _is_sidecar(path: str) -> bool:
    named = path.removesuffix(_SIDECAR)
    return named != path and any(os.path.lexists(named + end) for end in ("", *_READERS, *map(str.upper, _READERS)))


def _not_a_file(mode: int) -> str:
    return "" if stat.S_ISREG(mode) else f"{_SPECIAL.get(stat.S_IFMT(mode), 'a device')}, not a file"


def _refusal(path: str, mode: int, root: str) -> str:
    """Why something in a folder is not read; nothing if it is."""
    suffix = os.path.splitext(path)[1].lower()
    if os.path.basename(path).startswith("."):
        return "a hidden folder" if stat.S_ISDIR(mode) else "a hidden file"
    if stat.S_ISLNK(mode):
        return _link(path, root)
    if stat.S_ISDIR(mode) or not stat.S_ISREG(mode) or suffix in _READERS:
        return "" if stat.S_ISDIR(mode) else _not_a_file(mode)
    told = f"unknown suffix {_printable(suffix)}" if suffix else "no suffix"
    return f"{told} (known: {', '.join(sorted(_READERS))})"


def _link(path: str, root: str) -> str:
    """What to say of a link: it is never followed, since what it leads to is read where it lies or not meant to be."""
    try:
        target = os.path.realpath(path, strict=True)
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        return "a link to nothing"
    if not os.path.join(target, "").startswith(os.path.join(root, "")):
        return "a link that leaves the folder, not followed"
    if stat.S_ISDIR(mode):
        return "a link to a folder, not followed"
    below = os.path.relpath(target, root)
    unread = f"{os.sep}." in os.sep + below or _refusal(target, mode, root)
    return f"a link to {_printable(below)}, {'not read either' if unread else 'read there'}"


def _why(error: OSError) -> str:
    return _WHY.get(error.errno or 0, f"cannot be read: {(error.strerror or str(error)).lower()}")


def _once(findings: Iterable[_Found]) -> tuple[list[_Found], list[Skipped]]:
    """Each file once: read if any path given allows it, under the longest id that a path gives it."""
    best: dict[str, _Found] = {}
    for found in findings:
        if found.real not in best or found.rank() < best[found.real].rank():
            best[found.real] = found
    skipped = [Skipped(_printable(each.path), each.refusal) for each in best.values() if each.refusal]
    return [best[real] for real in sorted(best) if not best[real].refusal], skipped


def _ids(files: Sequence[_Found]) -> list[str]:
    """Ids, longer by a folder where two are one, until each is unique."""
    depths = [file.depth for file in files]
    while True:
        names = ["/".join(file.whole[-depth:]) for file, depth in zip(files, depths, strict=True)]
        count = Counter(names)
        short = [i for i, name in enumerate(names) if count[name] > 1 and depths[i] < len(files[i].whole)]
        if not short:
            break
        for i in short:
            depths[i] += 1
    shown: dict[str, None] = {}
    for name in map(_printable, names):
        while name in shown:  # a byte that is no character, and its escape spelt out
            name += "~"
        shown[name] = None
    return list(shown)


def _article(path: str, name: str, max_bytes: int, skipped: list[Skipped]) -> Article:
    base, suffix = os.path.splitext(path)
    text, given = _READERS.get(suffix.lower(), _plain)(_bytes(path, max_bytes))
    sidecar = next(filter(os.path.lexists, (path + _SIDECAR, base + _SIDECAR)), None)
    if sidecar:
        try:
            given |= _metadata(sidecar, max_bytes)
        except _ReadError as problem:
            skipped.append(Skipped(_printable(sidecar), f"broken metadata: {problem}"))
    guessed = {field: value for field, value in _guesses(text).items() if value and field not in given}
    fields: dict[str, Any] = {**given, **guessed}
    return Article(id=name, text=text, path=_printable(path), guessed=tuple(guessed), **fields)


def _bytes(path: str, max_bytes: int) -> bytes:
    try:
        problem = _not_a_file(os.stat(path).st_mode)  # before opening, which would wait for a pipe
        if not problem:
            flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(path, flags), "rb") as file:
                status = os.fstat(file.fileno())
                problem, size = _not_a_file(status.st_mode), status.st_size
                if size > max_bytes:
                    limit = f"{max_bytes / 1e6:.1f} MB"
                    problem = f"{size / 1e6:.1f} MB, over the limit of {limit} (raise --max-bytes)"
                data = b"" if problem else file.read(size)
    except OSError as error:
        problem = _why(error)
    if problem:
        raise _ReadError(problem)
    return data


def _plain(data: bytes) -> tuple[str, dict[str, str]]:
    text, given = _front_matter(_decoded(data))
    if not text.strip():
        raise _ReadError("an empty file" if not data else "no text in it")
    return text, given


# What reads a format: its bytes to the text and what the file says of itself. Markdown is shown as it was written.
_READERS: dict[str, Callable[[bytes], tuple[str, dict[str, str]]]] = {".txt": _plain, ".md": _plain}


def _decoded(data: bytes) -> str:
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise _ReadError(f"{name}, not a text")
    codec = next((_BOMS[mark] for mark in _BOMS if data.startswith(mark)), None)
    if codec is None and b"\0" in data:
        raise _ReadError("a binary file (it holds NUL bytes)")
    text = data.decode(codec, "replace") if codec else _unmarked(data)
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise _ReadError("a binary file (too many control characters for a text)")
    return text.removeprefix("\ufeff")


def _unmarked(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    damage = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - damage
    if damage <= _DAMAGED_SHARE * whole:
        return text
    from charset_normalizer import from_bytes

    sample = b""
    for line in data.splitlines(keepends=True):
        sample += b"" if line.isascii() else line
        if len(sample) > _DETECT_BYTES:
            break
    match = from_bytes(sample, cp_isolation=_ENCODINGS).best()
    if match is None:
        raise _ReadError("neither UTF-8 nor another encoding of text")
    return data.decode(match.encoding, "replace").encode("utf-8", "replace").decode()


def _front_matter(text: str) -> tuple[str, dict[str, str]]:
    """The text below its ``---`` block and what the block says; the text as it is where there is no such block."""
    block = _FRONT.match(text[:_HEAD_CHARACTERS])
    values: dict[str, str] = {}
    for line in block[1].splitlines() if block else ():
        if pair := _FRONT_LINE.fullmatch(line.rstrip()):
            value = (pair[2] or "").strip()
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            values[pair[1]] = value[1:-1] if quoted else value
        elif line.strip() and line[0] not in "# \t-":  # comments and what YAML nests are passed over
            return text, {}
    known = _known(values)
    return (text[block.end() :], known) if block and known else (text, {})


def _metadata(sidecar: str, max_bytes: int) -> dict[str, str]:
    if os.path.islink(sidecar):
        raise _ReadError("a link, not followed")
    try:
        value = json.loads(_bytes(sidecar, max_bytes))
    except (ValueError, RecursionError) as error:
        raise _ReadError(f"not valid JSON ({error})") from None
    if not isinstance(value, dict):
        raise _ReadError("not a JSON object")
    return _known(value)


def _known(values: Mapping[str, Any]) -> dict[str, str]:
    """The fields that we know, each as one line; a field's own name counts before its aliases."""
    known: dict[str, str] = {}
    for key, value in values.items():
        field = _ALIASES.get(key.lower(), "")
        listed = value if isinstance(value, list) else [value]
        items = (each.get("name") if isinstance(each, dict) else each for each in listed)
        words = (str(each) for each in items if isinstance(each, str | int | float) and not isinstance(each, bool))
        line = _printable(" ".join(", ".join(words).split()))
        if field and line and (key.lower() == field or field not in known):
            known[field] = (_iso(line) or line) if field == "published" else line
    return known


def _printable(value: str) -> str:
    """The same with what would break a line, a terminal or JSON written as an escape."""
    return _UNSHOWN.sub(lambda match: match[0].encode("unicode_escape").decode(), value)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEAD_LINES = 20  # twice what stands above the first paragraph on the fullest page seen
_LINE_CHARACTERS = 300  # no heading, byline or credit is longer
_BODY_WORDS = 12  # a sentence this long is the article; a shorter one may be a slogan above it
_TITLE_WORDS = range(3, 31)
_AGENCIES = _set(
    "aap afp anadolu ansa ap bbc belga bernama bloomberg cbc cbs cnbc cnn dpa efe interfax itar-tass kyodo lusa nbc npr"
    " pbs reuters rfe/rl sana tass ukrinform unian upi xinhua yonhap"
)
_OUTLET_WORDS = _set(
    "agency broadcasting bulletin chronicle courier daily examiner gazette guardian herald independent inquirer journal"
    " mail media mirror network news newspaper newswire observer post press radio standard telegraph television times"
    " tribune tv weekly"
)
# Words that make of "News" a section of the page, and of a bracket before a dash a remark or a country.
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
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_DATE = rf"{_WEEKDAY}(?:{_MONTH}\s+\d\d?(?:st|nd|rd|th)?|\d\d?(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH})"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d\d?[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?)?"
_FULL_DATE = re.compile(rf"({_DATE},?\s+(\d{{4}})){_CLOCK}", re.IGNORECASE)
_DATE_LABEL = re.compile(r"(?:(?:first |last )?(?:published|posted|(updated|modified))(?: on| at)?|date)\b:?\s*", re.I)
_DATELINE = re.compile(
    rf"(?P<place>[^\W\d_][^()\d]{{0,60}}?)??(?:[,\s]+(?P<date>{_DATE}(?:,?\s+\d{{4}})?),?)?\s*"
    r"(?:\((?P<outlet>[^()]{2,40})\)\s*(?P<dash>--?|[–—])?|(?:--?|[–—])(?=\s))\s*(?P<rest>\S)",
    re.IGNORECASE,
)


def _guesses(text: str) -> dict[str, str]:
    """What the lines above the first paragraph, and its dateline, say of the article."""
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
    """The lines above the first paragraph, and that paragraph; wrapped lines are joined."""
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
    """The heading and the lines under it where an outlet may stand; a sentence not among furniture ends the search."""
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
    """Each word begins with a capital, apart from small ones as in "de la Cruz" and "Times of India"; no digits."""
    large = [word for word in re.split(r",?\s+", words) if word not in _PARTICLES]
    return bool(large) and all(word[:1].isupper() and not re.search(r"[\d_:!?()]", word) for word in large)


def _is_outlet(line: str) -> bool:
    words = line.casefold().split()
    if len(words) > 4 or not _is_name(line) or not _NOT_OUTLET.isdisjoint(words) or line.endswith("."):
        return False
    return line.casefold() in _AGENCIES or (len(words) > 1 and not (_AGENCIES | _OUTLET_WORDS).isdisjoint(words))


def _own_date(line: str) -> tuple[bool, str] | None:
    """A date on a line of its own, and whether it is only that of an update."""
    label = _DATE_LABEL.match(line)
    day = _iso(line[label.end() :] if label else line)
    return (bool(label and label[1]), day) if day else None


def _dateline(line: str) -> tuple[str, str] | None:
    """Outlet and full date of a paragraph that begins like "KYIV, Nov 21, 2023 (AP) —" or "(CNN) --"."""
    if not (match := _DATELINE.match(line[:_LINE_CHARACTERS])):
        return None
    place, outlet, day = match["place"] or "", match["outlet"] or "", _iso(match["date"] or "") or ""
    if (place and not _is_name(place)) or match["rest"].islower() or not (outlet or day):
        return None
    capitals = not place or place.split()[0].strip(",").isupper()
    if outlet.casefold() in _AGENCIES or (not outlet and capitals):
        return outlet, day
    named = _is_name(outlet) and _NOT_OUTLET.isdisjoint(outlet.casefold().split()) and not outlet.endswith(".")
    return (outlet, day) if capitals and named and match["dash"] else None


def _iso(value: str) -> str | None:
    """A date, or date and time, that can be read in one way only, as ISO 8601."""
    match = _FULL_DATE.fullmatch(value)
    try:
        if match:
            day, month = re.findall(r"\b\d\d?(?!\d)", match[1])[0], re.findall("|".join(_MONTHS), match[1].lower())[0]
            return date(int(match[2]), _MONTHS.index(month) + 1, int(day)).isoformat()
        if re.match(r"\d{4}-\d\d-\d\d", value):
            return (date if len(value) == len("2023-11-21") else datetime).fromisoformat(value).isoformat()
    except ValueError:
        pass
    return None
