"""Outputs of the command line: checked before the work, delivered whole, announced on standard error, with progress bars.

Ctrl-C and SIGTERM end a run wherever it is, also where other people's code turns the interrupt into something else or
swallows it.
"""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

import click

from ..model import DetectorError, Progress

if TYPE_CHECKING:
    from rich.console import Console

STANDARD_OUTPUT = "-"


def one_line(message: str) -> str:
    """``message`` without line breaks or anything that could control a terminal: file names are other people's.

    >>> one_line("no such file: a\\x1b[2Jb\\nc")
    'no such file: a?[2Jb c'
    """
    return "".join(each if each.isprintable() else "?" for each in " ".join(message.split()))


def note(message: str) -> None:
    """Print a line for the person at the terminal, on standard error."""
    say(f"detector: {one_line(message)}")


def say(text: str) -> None:
    """Print to standard error. What cannot be written there goes unsaid: the run goes on, and its exit code tells how."""
    with _or_drop(sys.stderr):
        click.echo(text, err=True)


@contextmanager
def _or_drop(stream: TextIO) -> Iterator[None]:
    """Write to a stream in the block; if it cannot be written, that is no error, and all further output to it is dropped."""
    try:
        yield
    except OSError:
        _drop(stream)


def _drop(stream: TextIO) -> None:
    """Discard what is still written to a stream that failed; else Python, flushing it at the end, would fail with 120."""
    with suppress(OSError), open(os.devnull, "wb") as nowhere:  # a stream of a test or notebook may have no descriptor
        os.dup2(nowhere.fileno(), stream.fileno())


@contextmanager
def to_standard_output() -> Iterator[None]:
    """Write to standard output in the block, which a closed pipe (``| head``) ends without an error.

    Raises :class:`DetectorError` if it cannot be written for another reason.
    """
    try:
        yield
    except BrokenPipeError:
        _drop(sys.stdout)
    except OSError as error:
        _drop(sys.stdout)
        raise DetectorError(f"cannot write to standard output: {error.strerror or error}") from error


def check_outputs(report_file: str | None, *others: str | None, keep: Sequence[str]) -> None:
    """Reject, before a long scan, outputs that cannot be written or would overwrite one of ``keep``.

    Raises :class:`DetectorError`.
    """
    if report_file == STANDARD_OUTPUT:
        raise DetectorError("--report needs the name of a file: it is JSON and CSV that can go to standard output")
    from ..reporting.page import check_folder, names_folder, names_page

    wanted = [each for each in (report_file, *others) if each is not None]
    if "" in wanted:
        raise DetectorError("an output needs the name of a file, not an empty one")
    files, kept = [os.path.realpath(each) for each in wanted], set(map(os.path.realpath, keep))
    if len(set(files)) < len(files):
        raise DetectorError("two outputs would go to the same place: give each its own file")
    if report_file is not None and names_folder(report_file):
        _check_outside(report_file, others)
    for each, file in zip(wanted, files, strict=True):
        if each == STANDARD_OUTPUT:
            continue
        folder = os.path.dirname(file)
        if not os.path.isdir(folder):
            raise DetectorError(f"cannot write {each}: there is no folder {folder}")
        if names_folder(each):
            if each != report_file:
                raise DetectorError(f"cannot write {each}: it is a folder; name a file in it")
            check_folder(each)
        lost = written(each) if each == report_file else [each]
        if kept.intersection(map(os.path.realpath, lost)):
            raise DetectorError(f"cannot write {each}: it is read in this run; name another file")
        if each != report_file and each.lower().endswith((".html", ".htm")):
            raise DetectorError(f"cannot write {each}: pages are written by --report; give JSON and CSV another name")
        if each == report_file and not (names_folder(each) or names_page(each)):
            stem = os.path.splitext(each)[0]
            raise DetectorError(f"cannot write {each}: a report is a page, {stem}.html, or a folder of pages, {stem}/")
        # A file is replaced, which takes write access to its folder; a pipe or device is written to directly.
        if not os.access(each if os.path.exists(each) and not os.path.isfile(each) else folder, os.W_OK):
            raise DetectorError(f"cannot write {each}: permission denied")


def _check_outside(folder: str, outputs: Iterable[str | None]) -> None:
    """Reject an output in the folder of the report, where it would replace a page or look like one of the report's files."""
    inside = os.path.join(os.path.realpath(folder), "")
    for each in outputs:
        if each and each != STANDARD_OUTPUT and os.path.realpath(each).startswith(inside):
            raise DetectorError(f"cannot write {each}: it is in {folder}, which is for the report; name a file elsewhere")


def written(report_file: str | None, *others: str | None) -> list[str]:
    """The files that these outputs will overwrite or remove."""
    from ..reporting.page import pages_in

    pages = pages_in(report_file) if report_file else []
    return [*map(str, pages), *(each for each in (report_file, *others) if each and each != STANDARD_OUTPUT)]


_interrupted = threading.Event()

_BY_DEFAULT: dict[signal.Signals, Any] = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}


class Terminated(click.Abort):
    """The run was ended by SIGTERM."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end the block with :class:`click.Abort`, whatever becomes of the ``KeyboardInterrupt`` on its way.

    C code may replace it by a ``SystemError``, or drop it; then the next call of :func:`progress_bar`'s function raises it
    again. SIGTERM ends the block likewise, with :class:`Terminated`, so that nothing half written is left. A program that
    handles either itself keeps its handler.
    """
    ended_by = signal.SIGINT

    def handle(number: int, frame: object) -> None:
        nonlocal ended_by
        ended_by = signal.Signals(number)
        _interrupted.set()
        raise KeyboardInterrupt

    def unraisable(what: Any) -> None:
        if not (_interrupted.is_set() and issubclass(what.exc_type, KeyboardInterrupt)):
            shown(what)

    main = threading.current_thread() is threading.main_thread()
    handled = [number for number, default in _BY_DEFAULT.items() if main and signal.getsignal(number) is default]
    shown = sys.unraisablehook
    _interrupted.clear()
    try:
        if handled:
            sys.unraisablehook = unraisable
        for number in handled:
            signal.signal(number, handle)
        yield
    except (Exception, KeyboardInterrupt) as error:
        if not _interrupted.is_set():
            raise
        exec("")  # or Python, which notes that a KeyboardInterrupt ended code run by exec, would end by the signal
        raise (Terminated if ended_by == signal.SIGTERM else click.Abort) from error
    finally:
        for number in handled:
            signal.signal(number, _BY_DEFAULT[number])
        if handled:
            sys.unraisablehook = shown
        _interrupted.clear()


def _go_on(*done: object) -> None:
    """Raise ``KeyboardInterrupt`` again if it was raised in :func:`interruptible` and the run went on nevertheless."""
    if _interrupted.is_set():
        raise KeyboardInterrupt


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A bar for each stage, on standard error if that is a terminal and not ``quiet``; a lost interrupt ends it."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield _go_on
        _go_on()
        return
    from rich import progress as bars
    from rich.console import Console
    from rich.text import Text

    class Rate(bars.ProgressColumn):
        """Items per second."""

        def render(self, task: bars.Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")

    console = Console(file=cast(IO[str], _Terminal(sys.stderr)))
    columns = [bars.TextColumn("{task.description}"), bars.BarColumn(), bars.MofNCompleteColumn(), Rate()]
    with bars.Progress(*columns, bars.TimeRemainingColumn(), console=console, transient=True) as bar:
        stages: dict[str, bars.TaskID] = {}

        def update(stage: str, done: int, total: int) -> None:
            _go_on()
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=None)
            bar.update(stages[stage], completed=done, total=total or None)

        yield update
        _go_on()


class _Terminal:
    """Standard error for the bars: a terminal that is closed meanwhile ends them and not the run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> None:
        with _or_drop(self._stream):
            self._stream.write(text)

    def flush(self) -> None:
        with _or_drop(self._stream):
            self._stream.flush()


def tell_written(report_file: str | None, json_file: str | None = None, csv_file: str | None = None) -> None:
    """Say where each output went that is a file."""
    from ..reporting.page import INDEX

    if report_file and os.path.isdir(report_file):
        report_file = os.path.join(report_file, INDEX)
    for what, file in (("report", report_file), ("JSON", json_file), ("CSV", csv_file)):
        if file and file != STANDARD_OUTPUT:
            note(f"{what} written to {file}")


def deliver(text: str | Iterable[str], file: str) -> None:
    """Write ``text``, whole or in parts, to ``file`` or, for ``-``, to standard output; UTF-8 in any locale."""
    from ..reporting.export import write_text

    if file == STANDARD_OUTPUT:
        print_out(text)
    else:
        write_text(file, text)


def draw(drawing: Callable[[Console], None]) -> None:
    """Print a drawing to standard output, in colour on a terminal; what its encoding lacks is escaped."""
    from rich.console import Console

    drawn = _Drawn()
    console = Console(file=drawn)
    drawing(console)
    text = drawn.getvalue()
    if not console.is_terminal:  # padding is of no use to a program or a file
        text = re.sub(r"[ ]+$", "", text, flags=re.MULTILINE)
    print_out(text, encoding=drawn.encoding)


class _Drawn(io.StringIO):
    """Takes a drawing as if it were standard output, which rich itself must not write: at a broken pipe it exits with 1."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return getattr(sys.stdout, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        return sys.stdout is not None and sys.stdout.isatty()


def print_out(text: str | Iterable[str], *, encoding: str = "utf-8") -> None:
    """Write to standard output. A closed pipe (``| head``) is not an error: ``--fail-on`` still decides the exit code.

    Raises :class:`DetectorError` if standard output is closed, or cannot be written for another reason.
    """
    if sys.stdout is None:
        raise DetectorError("cannot write to standard output: it is closed")
    parts = (part.encode(encoding, "backslashreplace") for part in ([text] if isinstance(text, str) else text))
    if all(map(_put, parts)):
        with to_standard_output():
            sys.stdout.buffer.flush()


def _put(data: bytes) -> bool:
    """Write to standard output; false if nobody reads it any more."""
    with to_standard_output():
        sys.stdout.buffer.write(data)
        return True
    return False
