"""Files and folders to articles: read whole and unchanged, whatever state a newsroom's files are in.

``folders`` walks the folders, ``opening`` opens packed files, ``formats`` and ``records`` have the readers, and ``heads``
finds what an article says about itself. What cannot be read is reported with a reason and does not stop the rest.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, overload

from .model import STANDARD_INPUT, Article, DetectorError, Skipped
from .reading.folders import SIDECAR, Exclusion, Found, each_once, expand, ids, look, unknown_suffix
from .reading.formats import READERS, read_plain
from .reading.heads import FIELDS, guesses, iso, known, printable
from .reading.opening import MAX_BYTES, LimitError, Member, UnreadableError, damaged, members, opened
from .reading.records import Reading, Record
from .workers import cores, in_order, may_start_processes, processes

MEMORY_BYTES = 64 * 2**20
"""Texts held in memory before they go to a file; some 20,000 articles."""

NAMES = ("text", "id", *FIELDS)
"""The fields of a record that a user may name."""

APART_SECONDS = 3.0
"""Estimated reading time above which processes are used; they take one or two seconds to start."""

GROUP_SECONDS, GROUP_BYTES = 0.1, 4 * 2**20
"""What a process takes at a time; larger files are read in this process."""

# Seconds to read a small file, by suffix; archives and packed files are read in this process.
_SECONDS = dict.fromkeys(READERS, 3e-4) | dict.fromkeys((".html", ".htm", ".mhtml", ".mht", ".docx", ".pdf"), 0.06)
_REFUSALS_NAMED = 5  # records or members of one file whose reasons are given individually; the rest are counted
_IDS_NAMED = 3  # named if a file has no article with the id asked for


class Articles(Sequence[Article]):
    """The articles read, sorted by id.

    ``skipped``: what was not read and why, sorted by path. ``unfit``: exclusion patterns that matched nothing.

    Texts are not held in memory: they go to an unnamed file, deleted when the program ends, and an article is rebuilt on
    each access. So a folder may be larger than memory, and files may change or vanish during a scan.

    >>> Articles([Article(id="b", text="Two."), Article(id="a", text="One.")])[0].id
    'a'
    """

    def __init__(self, articles: Iterable[Article], *, skipped: Iterable[Skipped] = (), unfit: Collection[str] = ()) -> None:
        self._texts = _Texts()
        same: dict[bytes, tuple[int, int]] = {}  # a repeated text is stored once
        rows = [(replace(each, text=""), self._texts.add(each.text, same)) for each in articles]
        self._rows = sorted(rows, key=lambda row: row[0].id)
        self.skipped = tuple(sorted(set(skipped), key=lambda each: (each.path, each.reason)))
        self.unfit = tuple(unfit)

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

    @property
    def misdated(self) -> list[Article]:
        """The articles whose date cannot be interpreted, without their texts; they count as undated."""
        return [each for each, _ in self._rows if each.published and iso(each.published) is None]

    def only(self, wanted: Callable[[str | None], bool]) -> Articles:
        """The articles, and the skipped files, whose path is ``wanted``; the texts are shared, not copied."""
        part = Articles((), skipped=(each for each in self.skipped if wanted(each.path)), unfit=self.unfit)
        part._texts = self._texts
        part._rows = [row for row in self._rows if wanted(row[0].path)]
        return part


class _Texts:
    """Texts in an unnamed file, kept in memory while they are few."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115
        self._lock = threading.Lock()
        self._end = 0

    def add(self, text: str, same: dict[bytes, tuple[int, int]]) -> tuple[int, int]:
        data = text.encode("utf-8", "surrogatepass")
        place = same.setdefault(hashlib.blake2b(data, digest_size=16).digest(), (self._end, len(data)))
        if place[0] != self._end:
            return place
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
    paths: Iterable[str | os.PathLike[str]],
    *,
    max_bytes: int = MAX_BYTES,
    exclude: Iterable[str] | str = (),
    fields: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
    workers: int = 0,
    outputs: Iterable[str | os.PathLike[str]] = (),
) -> Articles:
    """Read files and folders with everything in them; what cannot be read is listed in ``.skipped`` of the result.

    A path may be a pattern such as ``news/**/*.html``, or ``-`` for JSON lines on standard input. ``exclude``: patterns of
    names, or of paths below a folder, to leave out, or one such pattern. ``fields``: what records call the fields ``text``,
    ``id``, ``title``, ``source``, ``author``, ``published`` and ``url``, if that is not found automatically.

    An id is the path relative to the given folder, extended by parent folders until all ids differ. An archive member
    appends its path in the archive, a record ``#`` and its own id or its number. Ids do not depend on the order of
    ``paths``; a file that several paths reach is read once. ``progress`` is called with the number of files done.
    ``outputs``: files that will be overwritten afterwards. Raises :class:`DetectorError` if a path does not exist, if
    ``max_bytes`` is no number above 0, if there are records but none has a field that ``fields`` names, and if one of
    ``outputs`` is read as an article, an archive or a sidecar.
    """
    reading, leave_out, spared = _reading(max_bytes, fields), Exclusion(exclude), _Outputs(outputs)
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    found = (each for path in expand(os.fspath(each) for each in given) for each in look(path, leave_out))
    files, skipped = each_once(found)

    def read() -> Iterator[Article]:
        work = partial(_articles, reading=reading, leave_out=leave_out)
        apart = cores(workers) if not fields else 1  # only the process that reads knows which fields were missed
        results = zip(files, _read(files, work, apart), strict=True)
        for done, (file, (found, refused)) in enumerate(results, start=1):
            yield from spared.checked(file.path, found, refused)
            skipped.extend(refused)
            if progress:
                progress(done)
        _check_fields(reading)

    return Articles(_apart(read()), skipped=skipped, unfit=leave_out.unfit)


def _reading(max_bytes: int, fields: Mapping[str, str] | None) -> Reading:
    """How to read. Raises :class:`DetectorError` if the limit or a name is none."""
    if not isinstance(max_bytes, int) or isinstance(max_bytes, bool) or max_bytes < 1:
        raise DetectorError(f"max_bytes must be a whole number of at least 1, not {max_bytes!r}")
    if not isinstance(fields, Mapping | None):
        raise DetectorError(f"fields must map names such as text to those in records, not be {fields!r}")
    if unknown := set(fields or ()) - set(NAMES):
        raise DetectorError(f"no field is called {', '.join(sorted(map(str, unknown)))}: there are {', '.join(NAMES)}")
    for name, told in (fields or {}).items():
        if not isinstance(told, str):
            raise DetectorError(f"the field for {name} must be named by a str, not {told!r}")
    return Reading(max_bytes=max_bytes, names=dict(fields or {}))


def _check_fields(reading: Reading) -> None:
    """Check that some record has each named field, if there were records: a misspelt name must not pass for missing data.

    Raises :class:`DetectorError`.
    """
    for name, there in reading.missed.items():
        if there:
            field = reading.names[name]
            raise DetectorError(f"no record has a field {field!r}, named for {name}; the first has: {there}")


MORE = "more in it not read"
"""The end of the reason that counts what was refused after the first few."""

_OF_NOBODY = ("a report of this program", "an empty file", "unknown suffix", "no suffix")


class _Outputs:
    """Files that will be overwritten, none of which may be read, under whatever name it is reached.

    A file that holds no article anybody would miss, such as the report of an earlier scan, may be overwritten.
    """

    def __init__(self, paths: Iterable[str | os.PathLike[str]]) -> None:
        files = ((_identity(path), os.fspath(path)) for path in paths)
        self._files = {identity: path for identity, path in files if identity}

    def checked(self, path: str, articles: Iterable[Article], refused: Iterable[Skipped]) -> Iterator[Article]:
        """The articles in the file at ``path``; ``refused``: what could not be read of it, which may include articles."""
        for at, article in enumerate(articles):
            if not at:
                self._check(path)
            yield article
        if not all(each.reason.startswith(_OF_NOBODY) for each in refused):
            self._check(path)
        if self._files and (sidecar := sidecar_of(path)):
            self._check(sidecar)

    def _check(self, path: str) -> None:
        identity = _identity(path) if self._files else None
        if identity and (output := self._files.get(identity)):
            raise DetectorError(f"cannot write {printable(output)}: it is read in this run; name another file")


def _identity(path: str | os.PathLike[str]) -> tuple[int, int] | None:
    """What identifies a file under any of its names; ``None`` if it is not a regular file."""
    try:
        about = os.stat(sys.stdin.fileno() if path == STANDARD_INPUT else path)
    except (OSError, ValueError):
        return None
    return (about.st_dev, about.st_ino) if stat.S_ISREG(about.st_mode) else None


def _apart(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, with a suffix on repeated ids."""
    taken: Counter[str] = Counter()
    for article in articles:
        own = article.id
        while own in taken:
            taken[article.id] += 1
            own = f"{article.id}~{taken[article.id]}"
        taken[own] += 1
        yield article if own == article.id else replace(article, id=own)


def read_each(
    paths: Iterable[str | os.PathLike[str]], *, max_bytes: int = MAX_BYTES, fields: Mapping[str, str] | None = None
) -> list[Article]:
    """Read one article per path: a file that holds one, or one of many in a file, named as in its id (``may.jsonl#12``).

    If a file has exactly that name, it is read. Raises :class:`DetectorError`, with a one-line message, if an article or its
    sidecar cannot be read.
    """
    reading = _reading(max_bytes, fields)
    split = [in_file(os.fspath(path)) for path in paths]
    if [path for path, _ in split].count(STANDARD_INPUT) > 1:
        raise DetectorError("standard input can be read only once")
    files = {path: next(look(path, folders=False)) for path, _ in split}
    once = {file.real: file for file in files.values()}
    names = dict(zip(once, ids(list(once.values())), strict=True))
    articles = [_read_one(files[path], names[files[path].real], inside, reading) for path, inside in split]
    _check_fields(reading)
    return articles


def in_file(path: str) -> tuple[str, str]:
    """Split a path into the file and the part that names an article in it ("" for none)."""
    ends = [at for at, each in enumerate(path) if each in "#/"] if not os.path.lexists(path) else []
    end = next((at for at in reversed(ends) if os.path.isfile(path[:at])), len(path))
    return path[:end], path[end:]


def _read_one(file: Found, name: str, inside: str, reading: Reading) -> Article:
    """The article ``inside`` a file called ``name``; if ``inside`` is empty, the file's only one."""
    path, inside = printable(file.path), printable(inside)
    if file.refusal:
        raise DetectorError(f"{path}: {file.refusal}")
    skipped: list[Skipped] = []
    found: list[Article] = []
    others: list[str] = []
    for article in _apart(_articles(file.path, name, skipped, reading=reading)):
        place = article.id.removeprefix(name)
        if inside and place != inside:
            others.append(path + place)
            continue
        found.append(article)
        if inside:
            break
        if len(found) > 1:
            one = "" if path == STANDARD_INPUT else f", or name one as in {path}{found[0].id.removeprefix(name)}"
            raise DetectorError(f"{path}: holds more than one article; use scan{one}")
    for row in skipped:
        if not inside or not (found or others) or row.path == path + inside or row.path.endswith(SIDECAR):
            remedy = "; mend or remove it" if row.path.endswith(SIDECAR) else ""
            raise DetectorError(f"{row.path}: {row.reason}{remedy}")
    if found:
        return found[0]
    if not others:
        raise DetectorError(f"{path}: there is no article in it")
    more = f" and {len(others) - _IDS_NAMED:,} more" if len(others) > _IDS_NAMED else ""
    raise DetectorError(f"{path}{inside}: there is no such article; there are {', '.join(others[:_IDS_NAMED])}{more}")


class _Refusals:
    """What is not read of one file: the first few reasons individually, then a count."""

    def __init__(self, path: str, skipped: list[Skipped]) -> None:
        self._path, self._skipped, self._count = path, skipped, 0

    def tell(self, place: str, reason: str) -> None:
        """Record a member or record that is not read."""
        self._count += 1
        if self._count <= _REFUSALS_NAMED:
            self._skipped.append(Skipped(printable(place), reason))

    def end(self) -> None:
        """Record the number of those not listed."""
        if self._count > _REFUSALS_NAMED:
            self._skipped.append(Skipped(self._path, f"{self._count - _REFUSALS_NAMED:,} {MORE}"))


_File = tuple[str, str]
"""Path and name of a file."""

_Work = Callable[[str, str, list[Skipped]], Iterator[Article]]
"""Reads a file and appends what it cannot read to the list."""

_Result = tuple[Iterable[Article], list[Skipped]]


def _read(files: Sequence[Found], work: _Work, workers: int) -> Iterator[_Result]:
    """Read each file in this process or, if there are many small ones, in others."""
    groups = list(_groups(zip(files, ids(files), strict=True)))
    if workers == 1 or not may_start_processes() or sum(seconds for _, seconds in groups) < APART_SECONDS:
        yield from (each for group, _ in groups for each in _one_by_one(work, group))
        return
    with processes(workers) as pool:
        done = in_order(pool, partial(_all, work), (group for group, seconds in groups if seconds), workers)
        for group, seconds in groups:
            yield from next(done) if seconds else _one_by_one(work, group)


def _groups(files: Iterable[tuple[Found, str]]) -> Iterator[tuple[list[_File], float]]:
    """Neighbouring files with the estimated seconds to read them; 0 for files that this process must read."""
    group: list[_File] = []
    seconds, size = 0.0, 0
    for file, name in files:
        suffix = os.path.splitext(file.path)[1].lower()
        more = _SECONDS.get(suffix, 0.0) if file.size <= GROUP_BYTES else 0.0
        if group and (not more or not seconds or seconds > GROUP_SECONDS or size + file.size > GROUP_BYTES):
            yield group, seconds
            group, seconds, size = [], 0.0, 0
        group.append((file.path, name))
        seconds, size = seconds + more, size + file.size
    if group:
        yield group, seconds


def _one_by_one(work: _Work, group: Iterable[_File]) -> Iterator[_Result]:
    """Read files one by one; articles are yielded as they come, before all refusals are known."""
    for path, name in group:
        refused: list[Skipped] = []
        yield work(path, name, refused), refused


def _all(work: _Work, group: Iterable[_File]) -> list[_Result]:
    return [(list(found), refused) for found, refused in _one_by_one(work, group)]


def _articles(
    path: str, name: str, skipped: list[Skipped], *, reading: Reading, leave_out: Exclusion | None = None
) -> Iterator[Article]:
    """The articles in a file; what is not read of it is appended to ``skipped``."""
    refusals = _Refusals(printable(path), skipped)
    try:
        if path == STANDARD_INPUT:
            if sys.stdin is None:
                raise DetectorError("cannot read standard input: it is closed; pipe JSON lines into it")
            piped = Member(".jsonl", stream=sys.stdin.buffer)
            yield from _of_member(piped, path, name, {}, reading, refusals)
        else:
            about = _sidecar(path, reading.max_bytes, skipped)
            with opened(path) as (file, size):
                for member in members(file, path, size, reading.max_bytes):
                    if not (member.inside and leave_out and leave_out.fits(member.inside)):
                        yield from _of_member(member, path, name, about, reading, refusals)
    except UnreadableError as problem:
        skipped.append(Skipped(printable(path), str(problem)))
    refusals.end()


def _of_member(
    member: Member, path: str, name: str, about: Mapping[str, str], reading: Reading, refusals: _Refusals
) -> Iterator[Article]:
    place = f"{path}/{member.inside}" if member.inside else path
    inner = printable(f"{name}/{member.inside}") if member.inside else name
    problem = member.refusal
    reader = READERS.get(member.suffix, None if member.inside else read_plain)
    if reader is None and not problem:
        problem = unknown_suffix(member.inside) or "an archive in it"
    if problem or reader is None:
        refusals.tell(place, problem)
        return
    empty = True
    try:
        records = reader(member, reading)
        while True:
            with damaged("file"):  # an error that a reader did not foresee ends this file, not the scan
                record = next(records, None)
            if record is None:
                break
            empty = False
            if record.refusal:
                refusals.tell(f"{place}#{record.key}" if record.key else place, record.refusal)
            else:
                one = not (record.key or member.inside)
                yield _article(record, printable(place), inner, about, one=one)
        if empty:
            raise UnreadableError("no article in it")
    except LimitError:
        raise
    except UnreadableError as problem_of_member:
        if not member.inside:
            raise
        refusals.tell(place, str(problem_of_member))


def _article(record: Record, path: str, name: str, about: Mapping[str, str], *, one: bool) -> Article:
    """Build an article. ``one``: the file is this article, so its sidecar wins; else the sidecar fills in missing fields."""
    given = {**record.given, **about} if one else {**about, **record.given}
    guessed = {field: value for field, value in guesses(record.text).items() if value and field not in given}
    own = f"{name}#{printable(record.key)}" if record.key else name
    fields: dict[str, Any] = {**given, **guessed}
    return Article(id=own, text=record.text, path=path, guessed=tuple(guessed), **fields)


def sidecar_of(path: str) -> str | None:
    """The metadata file beside a file (``NAME.meta.json``), if there is one."""
    names = (path + SIDECAR, os.path.splitext(path)[0] + SIDECAR)
    return next((each for each in names if each != path and os.path.lexists(each)), None)


def _sidecar(path: str, max_bytes: int, skipped: list[Skipped]) -> dict[str, str]:
    """The fields in a file's sidecar; a broken sidecar is appended to ``skipped``."""
    sidecar = sidecar_of(path)
    if not sidecar:
        return {}
    try:
        if os.path.islink(sidecar):
            raise UnreadableError("a link, not followed")
        with opened(sidecar) as (file, size):
            value = json.loads(Member("", stream=file, size=size).whole(max_bytes))
        if not isinstance(value, dict):
            raise UnreadableError("not a JSON object")
        return known(value)
    except UnreadableError as problem:
        reason = str(problem)
    except (ValueError, RecursionError) as error:
        reason = f"not valid JSON ({error})"
    skipped.append(Skipped(printable(sidecar), f"broken metadata: {reason}"))
    return {}
