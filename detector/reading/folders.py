"""Files at the given paths: what lies in folders, each file once, with an id, and why some files are not read.

Folders are walked without following links, and a file is checked before it is opened, so that no pipe, device or loop blocks
the program.
"""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ..model import STANDARD_INPUT, DetectorError, Skipped
from .formats import READERS
from .heads import printable
from .opening import not_a_file, unpacked_suffix, why

SIDECAR = ".meta.json"
_AS_TEXT = "name the file itself to have it read as a text"
_MEDIA = ".aac .avi .avif .bmp .gif .heic .jpeg .jpg .m4a .mkv .mov .mp3 .mp4 .ogg .png .svg .tif .tiff .wav .webm .webp"
_OFFICE = ".doc .epub .odt .pages .ppt .pptx .rtf .xls .xlsx"
_HINTS = dict.fromkeys(_MEDIA.split(), "pictures, sound and film are not read") | dict.fromkeys(
    _OFFICE.split(), "save it as .docx, .pdf, .html or .txt to have it read"
)


class Exclusion:
    """Patterns of what to leave out, or one pattern; ``unfit`` holds those that nothing has matched so far.

    Raises :class:`DetectorError` for anything but texts.
    """

    def __init__(self, patterns: Iterable[str] | str) -> None:
        self._patterns = (patterns,) if isinstance(patterns, str) else tuple(patterns)
        for each in self._patterns:
            if not isinstance(each, str):
                raise DetectorError(f"exclude must be patterns of type str, not {each!r}")
        self.unfit = dict.fromkeys(self._patterns)

    def fits(self, path: str) -> bool:
        """Whether a path, or the name at its end, matches one of the patterns."""
        path = path.replace(os.sep, "/")
        names = path, path.rpartition("/")[2]
        fitting = [one for one in self._patterns if any(fnmatchcase(each, one.rstrip("/")) for each in names)]
        for each in fitting:
            self.unfit.pop(each, None)
        return bool(fitting)


def expand(paths: Iterable[str]) -> Iterator[str]:
    """Replace each pattern by the paths that match it, unless a file is named exactly like the pattern.

    Raises :class:`DetectorError` for a pattern that nothing matches.
    """
    for path in paths:
        if not glob.has_magic(path) or os.path.lexists(path):
            yield path
            continue
        matched = sorted(glob.iglob(path, recursive=True))
        if not matched:
            raise DetectorError(f"nothing matches {printable(path)}")
        yield from matched


@dataclass(frozen=True, slots=True)
class Found:
    """A file reached from one of the given paths."""

    path: str  # as the user would write it
    real: str  # real path; two that agree here are one file
    whole: tuple[str, ...]  # parts of the whole path; the id consists of the last ``depth`` or more
    depth: int = 1
    refusal: str = ""  # why it is not read
    size: int = 0  # in bytes, when it was found

    def rank(self) -> tuple[bool, int, str]:
        """Sort key: among several findings of one file, the least is read."""
        return bool(self.refusal), -self.depth, self.path


def look(path: str, leave_out: Exclusion | None = None, *, folders: bool = True) -> Iterator[Found]:
    """Find what a given path leads to: a file, whatever its suffix, or everything in a folder.

    Raises :class:`DetectorError` if nothing is there.
    """
    if path == STANDARD_INPUT:
        yield Found(path, path, ("stdin",))
        return
    try:
        about, real = os.stat(path), os.path.realpath(path)
        mode, size = about.st_mode, about.st_size
    except (FileNotFoundError, NotADirectoryError, ValueError):
        hint = "; pages are not fetched: save it first" if "://" in path else ""
        raise DetectorError(f"no such file or folder: {printable(path)}{hint}") from None
    except OSError as error:
        mode, size, real, refusal = 0, 0, os.path.abspath(path), why(error)
    else:
        refusal = not_a_file(mode)
    whole = tuple(os.path.abspath(path).split(os.sep))
    if stat.S_ISDIR(mode) and folders:
        yield from _walk(path, real, whole, leave_out)
    elif not (folders and (_is_sidecar(path) or (leave_out and leave_out.fits(path)))):  # `news/*` names the sidecars too
        yield Found(path, real, whole, refusal=refusal, size=size)


def _walk(path: str, real: str, whole: tuple[str, ...], leave_out: Exclusion | None) -> Iterator[Found]:
    folders: list[tuple[str, ...]] = [()]  # a list, not recursion: folders can be nested deeper than Python's stack
    while folders:
        inside = folders.pop()
        folder = os.path.join("" if path == os.curdir else path, *inside)
        try:
            names = os.listdir(folder or path)
        except OSError as error:
            yield Found(folder or path, os.path.join(real, *inside), whole + inside, refusal=why(error))
            continue
        for name in names:
            file, below = os.path.join(folder, name), (*inside, name)
            if leave_out and leave_out.fits("/".join(below)):
                continue
            try:
                about = os.lstat(file)
                mode, size = about.st_mode, about.st_size
                refusal = _refusal(file, mode, real)
            except OSError as error:
                mode, size, refusal = 0, 0, why(error)
            if stat.S_ISDIR(mode) and not refusal:
                folders.append(below)
            elif not _is_sidecar(file):
                yield Found(file, os.path.join(real, *below), whole + below, len(below), refusal, size)


def _is_sidecar(path: str) -> bool:
    named = path.removesuffix(SIDECAR)
    return named != path and any(os.path.lexists(named + end) for end in ("", *READERS, *map(str.upper, READERS)))


def _refusal(path: str, mode: int, root: str) -> str:
    """Why something in a folder is not read; "" if it is."""
    if os.path.basename(path).startswith("."):
        return "a hidden folder" if stat.S_ISDIR(mode) else "a hidden file"
    if stat.S_ISLNK(mode):
        return _link(path, root)
    if stat.S_ISDIR(mode):
        return ""
    if other := not_a_file(mode):
        return other
    problem = "" if unpacked_suffix(path) in ARCHIVES else unknown_suffix(path)
    return f"{problem} ({_HINTS.get(os.path.splitext(path)[1].lower(), _AS_TEXT)})" if problem else ""


ARCHIVES = (".zip", ".tar")


def unknown_suffix(path: str) -> str:
    """The complaint about a suffix that no reader handles; "" if one does."""
    if unpacked_suffix(path) in READERS:
        return ""
    suffix = os.path.splitext(path)[1].lower()
    return f"unknown suffix {printable(suffix)}" if suffix else "no suffix"


def _link(path: str, root: str) -> str:
    """The reason given for a link, which is never followed: its target is read in place or not meant to be read."""
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
    return f"a link to {printable(below)}, {'not read either' if unread else 'read there'}"


def each_once(findings: Iterable[Found]) -> tuple[list[Found], list[Skipped]]:
    """Each file once, read if any given path allows it, with the longest id that a path gives it; and what is skipped."""
    best: dict[str, Found] = {}
    for found in findings:
        if found.real not in best or found.rank() < best[found.real].rank():
            best[found.real] = found
    skipped = [Skipped(printable(each.path), each.refusal) for each in best.values() if each.refusal]
    return [best[real] for real in sorted(best) if not best[real].refusal], skipped


def ids(files: Sequence[Found]) -> list[str]:
    """Ids for the files, extended by parent folders until each is unique."""
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
    for name in map(printable, names):
        while name in shown:  # a byte that is no character looks like its own escape spelt out
            name += "~"
        shown[name] = None
    return list(shown)
