"""Safe opening of files and of what is packed in them: gzip, bzip2, Zstandard, zip and tar, also nested.

Nothing is ever unpacked to disk. Whatever an archive claims, at most ``RATIO`` times its own size and ``max_bytes`` are read
from it, at most ``MEMBERS`` members, and nothing packed more than ``NESTING`` times; links, devices and names that lead out
of an archive are skipped with a reason.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Protocol, cast

if TYPE_CHECKING:
    from zipfile import ZipInfo

MAX_BYTES = 16 * 2**20
"""Largest article read, be it a file, an archive member or a record; a long book is 2 MB."""

LARGEST = 2**31 - 1
"""Upper limit for ``max_bytes``: offsets are 32 bits wide."""

RATIO = 200
"""Limit on what a packed file may unpack to, as a multiple of its size; text packs to a tenth, a bomb to a thousandth."""

MEMBERS = 1_000_000
"""Limit on the members read of one archive, including those of archives inside it."""

NESTING = 3
"""Limit on how often a file may be packed: a ``.txt.gz`` in a ``.zip`` in a ``.tar.gz``."""

_AT_ONCE = 2**20  # bytes read at a time
_DIRECTORY_BYTES = 64 * 2**20  # of a zip archive's table of contents, which takes some ten times as much memory
_HEADER_BYTES = 2**20  # of a tar header
_SPECIAL = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
_WHY = {
    errno.ENOENT: "gone before it could be read",
    errno.EACCES: "no permission to read it",
    errno.ELOOP: "a link that goes in a circle",
}


class UnreadableError(Exception):
    """Something cannot be read; the message says why, in words."""


class LimitError(UnreadableError):
    """A limit on the whole file was reached: nothing more of it is read."""


def not_a_file(mode: int) -> str:
    """What a file of this mode is, if not a regular file; else ""."""
    return "" if stat.S_ISREG(mode) else f"{_SPECIAL.get(stat.S_IFMT(mode), 'a device')}, not a file"


def why(error: OSError) -> str:
    """What an operating system error means to somebody who wants a file read."""
    return _WHY.get(error.errno or 0, f"cannot be read: {(error.strerror or str(error)).lower()}")


@contextmanager
def opened(path: str) -> Iterator[tuple[BinaryIO, int]]:
    """Open a file for reading; yields it and its size.

    Raises :class:`UnreadableError` if it is not a regular file or cannot be opened.
    """
    try:
        if problem := not_a_file(os.stat(path).st_mode):  # before opening, which would block on a pipe
            raise UnreadableError(problem)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(path, flags), "rb")
    except OSError as error:
        raise UnreadableError(why(error)) from None
    with file:
        status = os.fstat(file.fileno())
        if problem := not_a_file(status.st_mode):
            raise UnreadableError(problem)
        yield file, status.st_size


def too_large(size: int | None, limit: int) -> UnreadableError:
    """The error for something larger than the limit; ``size`` is ``None`` if unknown."""
    told = "" if size is None else f"{_size(size)}, "
    return UnreadableError(f"{told}over the limit of {_size(limit)} (raise --max-bytes)")


def _size(size: int) -> str:
    return f"{size / 2**20:.1f}".removesuffix(".0") + " MiB" if size >= 1e5 else f"{size:,} bytes"


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Flow(io.RawIOBase):
    """A byte stream limited to ``size`` bytes and to ``budget``; a library's errors become :class:`UnreadableError`."""

    def __init__(self, source: _Readable, *, size: int | None = None, budget: _Budget | None = None) -> None:
        self._source, self._left, self._budget = source, size, budget

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read the next bytes, at most as many as ``buffer`` holds; 0 at the end."""
        wanted = len(buffer) if self._left is None else min(len(buffer), self._left)
        with damaged("file"):
            data = self._source.read(wanted) if wanted else b""
        if self._budget:
            self._budget.spend(len(data))
        if self._left is not None:
            self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def damaged(what: str) -> Iterator[None]:
    """Turn whatever a library raises over foreign bytes, which may be nearly anything, into :class:`UnreadableError`."""
    try:
        yield
    except (UnreadableError, MemoryError):
        raise
    except OSError as error:
        raise UnreadableError(why(error) if error.errno else f"a damaged {what} ({_brief(error)})") from None
    except Exception as error:
        raise UnreadableError(f"a damaged {what} ({_brief(error)})") from None


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__


@dataclass(slots=True)
class _Budget:
    """What may still be read from one file."""

    bytes: int
    members: int = MEMBERS

    def spend(self, size: int) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise LimitError(f"unpacks to more than {RATIO} times its size: not read further")

    def member(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise LimitError(f"more than {MEMBERS:,} members: not read further")


@dataclass(frozen=True, slots=True)
class Member:
    """Something to read: a file itself (``inside`` is empty), or what lies at ``inside`` in an archive."""

    suffix: str
    inside: str = ""
    stream: BinaryIO = field(default_factory=io.BytesIO)
    size: int | None = None
    refusal: str = ""

    def whole(self, limit: int) -> bytes:
        """All its bytes. Raises :class:`UnreadableError` if there are more than ``limit``."""
        if self.size is not None and self.size > limit:
            raise too_large(self.size, limit)
        data = bytearray()
        while part := self.stream.read(min(_AT_ONCE, limit + 1 - len(data))):  # read() allocates all it asks for
            data += part
        if len(data) > limit:
            raise too_large(None, limit)
        return bytes(data)


TAR = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.zst")
PACKED = (".gz", ".bz2", ".zst")


def unpacked_suffix(name: str) -> str:
    """The suffix that decides how a file is read: that of the packed file, ``.tar`` or ``.zip`` for archives.

    >>> [unpacked_suffix(each) for each in ("a.TXT", "a.jsonl.gz", "a.tgz", "a.zip", "a.gz", "Makefile")]
    ['.txt', '.jsonl', '.tar', '.zip', '', '']
    """
    name = name.lower()
    if name.endswith(TAR):
        return ".tar"
    stem, suffix = os.path.splitext(name)
    return unpacked_suffix(stem) if suffix in PACKED else suffix


def members(file: BinaryIO, name: str, size: int, max_bytes: int) -> Iterator[Member]:
    """What to read of a file: the file itself, or each member if it is an archive."""
    yield from _members(file, name, "", size, _Budget(RATIO * size + max_bytes), max_bytes, 0)


def _members(
    file: BinaryIO, name: str, inside: str, size: int | None, budget: _Budget, max_bytes: int, depth: int
) -> Iterator[Member]:
    lower = name.lower()
    if lower.endswith((*TAR, *PACKED, ".zip")) and depth == NESTING:
        yield Member("", inside, refusal=f"packed more than {NESTING} times")
    elif lower.endswith(".zip"):
        yield from _zip(file, inside, budget, max_bytes, depth)
    elif lower.endswith(TAR):
        yield from _tar(_unpacked(file, lower, budget), inside, budget, max_bytes, depth)
    elif lower.endswith(PACKED):
        plain = os.path.splitext(name)[0]
        yield from _members(_unpacked(file, lower, budget), plain, inside, None, budget, max_bytes, depth + 1)
    else:
        suffix = os.path.splitext(lower)[1]
        if not depth and suffix != ".parquet":  # which needs random access
            buffer = max(512, min(size or 0, 2**18))  # per file: large buffers for small files take time
            file = io.BufferedReader(Flow(file, size=size), buffer)  # no further than its present size, should it grow
        yield Member(suffix, inside, file, size)


def _unpacked(file: BinaryIO, name: str, budget: _Budget) -> BinaryIO:
    """The decompressed stream of a file, within the budget; a file that is not compressed is only buffered."""
    source: _Readable
    with damaged("compressed file"):
        if name.endswith((".gz", ".tgz")):
            import gzip

            source = cast(_Readable, gzip.GzipFile(fileobj=file, mode="rb"))
        elif name.endswith(".bz2"):
            import bz2

            source = bz2.BZ2File(file)
        elif name.endswith(".zst"):
            import zstandard

            source = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        else:
            source = file
    return io.BufferedReader(Flow(source, budget=budget), 2**18)


def _zip(file: BinaryIO, inside: str, budget: _Budget, max_bytes: int, depth: int) -> Iterator[Member]:
    import zipfile

    if not file.seekable():  # a stream from inside another archive
        file = io.BytesIO(Member("", stream=file).whole(max_bytes))
    with damaged("zip archive"):
        _check_directory(file)
        archive = zipfile.ZipFile(file)
    for entry in archive.infolist():
        budget.member()
        if entry.is_dir():
            continue
        place = _joined(inside, entry.filename)
        refusal = _refused(entry.filename)
        if stat.S_ISLNK(entry.external_attr >> 16):
            refusal = "a link, not followed"
        elif entry.flag_bits & 1:
            refusal = "encrypted: unpack it with its password first"
        elif not bounded(entry):
            refusal = "packed in a way that is not read: only deflate is"
        if refusal:
            yield Member("", place, refusal=refusal)
            continue
        try:
            with damaged("member of a zip archive"):
                source = archive.open(entry)
        except UnreadableError as problem:
            yield Member("", place, refusal=str(problem))
            continue
        with source:
            stream = io.BufferedReader(Flow(source, budget=budget), 2**18)
            yield from _members(stream, entry.filename, place, entry.file_size, budget, max_bytes, depth + 1)


def bounded(entry: ZipInfo) -> bool:
    """Whether a zip member unpacks in bounded steps; bzip2 and LZMA unpack at once, whatever size is claimed."""
    return entry.compress_type in (0, 8)  # stored, deflated


def _check_directory(file: BinaryIO) -> None:
    """Reject a table of contents that would fill the memory, before it is read."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - 2**16 - 22))
    end = file.read()
    at = end.rfind(b"PK\5\6")
    if at >= 0 and int.from_bytes(end[at + 12 : at + 16], "little") > _DIRECTORY_BYTES:
        raise UnreadableError(f"its table of contents is over {_DIRECTORY_BYTES // 2**20} MiB: split the archive")
    file.seek(0)


def _tar(file: BinaryIO, inside: str, budget: _Budget, max_bytes: int, depth: int) -> Iterator[Member]:
    import tarfile

    class Header(tarfile.TarInfo):
        """A tar header, rejected if its extended header is oversized, since those are read whole."""

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Header:
            try:
                header = super().frombuf(buf, encoding, errors)
            except tarfile.HeaderError as error:
                if buf and not any(buf):  # zeros end an archive; tarfile treats any other damage as an end too
                    raise
                raise UnreadableError(f"a damaged tar archive ({error or 'it is cut off'})") from None
            if header.size > _HEADER_BYTES and header.type in b"xgXLK":
                raise UnreadableError("a damaged tar archive (a header without end)")
            return header

    with damaged("tar archive"):
        archive: Any = tarfile.open(fileobj=cast(IO[bytes], file), mode="r|", tarinfo=Header)  # noqa: SIM115
    while True:
        with damaged("tar archive"):
            entry = archive.next()
        if entry is None:
            return
        archive.members = []  # tarfile would keep all of them
        budget.member()
        if entry.isdir():
            continue
        place = _joined(inside, entry.name)
        refusal = _refused(entry.name)
        if not refusal and entry.issparse():
            refusal = "a sparse file, which may be far larger than it is"
        if not refusal and not entry.isreg():
            refusal = "a link, not followed" if entry.issym() or entry.islnk() else "a device, not a file"
        if refusal:
            yield Member("", place, refusal=refusal)
            continue
        with damaged("tar archive"):
            source = archive.extractfile(entry)
        assert source is not None  # it is a regular file
        stream = io.BufferedReader(Flow(cast(_Readable, source)), 2**18)
        yield from _members(stream, entry.name, place, entry.size, budget, max_bytes, depth + 1)


def _joined(inside: str, name: str) -> str:
    return f"{inside}/{name}" if inside else name


def _refused(name: str) -> str:
    """Why a member is not read, judged by its name; "" if it is."""
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or ".." in parts or parts[0].endswith(":"):
        return "a name that leads out of the archive"
    hidden = any(part.startswith(".") and part != "." for part in parts) or parts[0] == "__MACOSX"
    return "a hidden file" if hidden else ""
