"""The command line: options become ``Settings``, errors become one line and an exit code; the library does the rest.

What loads slowly is imported inside the commands, so ``detector --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from textwrap import shorten
from typing import Any, Literal

import click

from .commands.options import (
    embed_option,
    fail_option,
    field_options,
    fields_named,
    json_option,
    max_bytes_option,
    quiet_option,
    report_option,
    settings_from,
    settings_options,
)
from .commands.outputs import (
    STANDARD_OUTPUT,
    Terminated,
    check_outputs,
    deliver,
    draw,
    interruptible,
    note,
    progress_bar,
    say,
    tell_written,
    to_standard_output,
    written,
)
from .commands.sides import parted
from .model import COPIES, NEVER_FOUND, OF_A_PAIR, VERDICTS, VERSION, Article, DetectorError, Match, Report
from .read import NAMES, in_file, read_articles, read_each, sidecar_of
from .reading.folders import expand

DONE, FOUND, USAGE, FAULT, INTERRUPTED, TERMINATED = 0, 1, 2, 70, 130, 143
"""Exit codes. A fault of the program must not look like ``FOUND``, so it is 70 (``EX_SOFTWARE``) instead of Python's 1."""

SKIPPED_NAMED = 5
"""Skipped files or records named on standard error if no table names them."""

COMPILING = "compiling the inner loops, once for this installation: up to half a minute"
COMPILING_AGAIN = "no folder keeps compiled loops, so every run compiles them, up to half a minute: set NUMBA_CACHE_DIR"

FAILED = "  1    --fail-on VERDICT was given, and a match shown has that verdict\n"

EXIT_CODES = f"""\b
Exit codes:
  0    done
{FAILED}\
  2    wrong usage, nothing readable, or an output that cannot be written
  70   a fault of the program
  130  interrupted (Ctrl-C)
  143  terminated (SIGTERM)"""

VERDICTS_KNOWN = f"Verdicts, the gravest first: {', '.join(VERDICTS)}."


class Printing(click.Command):
    """A command whose help and version are printed as all other output is: a reader that goes away is no error."""

    def make_context(self, *what: Any, **more: Any) -> click.Context:
        """Parse the arguments; help and version, if asked for, are printed meanwhile."""
        with to_standard_output():
            return super().make_context(*what, **more)
        raise click.exceptions.Exit(DONE)


class Program(Printing, click.Group):
    """The ``detector`` command: whatever ends a run becomes its exit code and at most one line on standard error."""

    command_class = Printing

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Click itself would end the run at a broken pipe, whichever it was, with the code of ``FOUND``."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise DetectorError(told(error)) from error

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line and exit; with ``standalone_mode=False`` return or raise instead, as click does."""
        try:
            with interruptible():
                code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except (click.ClickException, click.Abort, DetectorError, OSError) as error:
            if not standalone_mode:
                raise
            code = explain(error)
        except Exception:
            if not standalone_mode:
                raise
            say(traceback.format_exc().rstrip("\n"))
            code = FAULT
        return sys.exit(code or DONE) if standalone_mode else code


def explain(error: Exception) -> int:
    """Print one line that says what ended the run; returns the exit code for it."""
    if isinstance(error, Terminated):
        note("terminated")
        return TERMINATED
    if isinstance(error, click.Abort):
        note("interrupted")
        return INTERRUPTED
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.format_message())  # the help
    elif isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        message = error.format_message().rstrip(".")
        note(message[:1].lower() + message[1:] + (f" (see {context.command_path} --help)" if context else ""))
    elif isinstance(error, OSError):
        note(told(error))
    else:
        note(str(error))
    return USAGE


def told(error: OSError) -> str:
    """What is wrong and, if the error names it, with which file.

    >>> told(FileNotFoundError(2, "No such file or directory", "a.txt")), told(BlockingIOError(11, "Try again"))
    ('a.txt: No such file or directory', 'Try again')
    """
    what = error.strerror or str(error) or type(error).__name__
    return what if error.filename is None else f"{error.filename}: {what}"


@click.group(
    cls=Program, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="detector", message="%(prog)s %(version)s")
def program() -> None:
    """Find duplicate and derivative news: copies, rewrites, and who took from whom."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if not given.strip():
        del os.environ["SOURCE_DATE_EPOCH"]  # scipy takes it for a number
    elif not given.isdecimal() or len(given) > len("10000000000"):
        raise DetectorError(f"SOURCE_DATE_EPOCH must be a whole number of seconds since 1970, not {given!r}")


@program.command(epilog=f"{VERDICTS_KNOWN}\n\n{EXIT_CODES}")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@report_option
@json_option
@embed_option
@click.option(
    "--csv", "csv_file", metavar="FILE", help="Write the matches as CSV; '-' is standard output, in place of the table."
)
@click.option("--near-duplicates", is_flag=True, help="Only find copies: faster, without passages and direction.")
@click.option(
    "--against",
    metavar="PATH",
    multiple=True,
    help="Compare PATH... only with this archive, not with each other (may be repeated).",
)
@click.option(
    "--exclude", metavar="PATTERN", multiple=True, help="Leave out files and folders called so (may be repeated)."
)
@settings_options
@max_bytes_option
@field_options
@fail_option
@quiet_option
def scan(
    paths: tuple[str, ...],
    report_file: str | None,
    json_file: str | None,
    embed_texts: bool,
    csv_file: str | None,
    near_duplicates: bool,
    against: tuple[str, ...],
    exclude: tuple[str, ...],
    max_bytes: int,
    fail_on: tuple[str, ...],
    quiet: bool,
    **chosen: Any,
) -> None:
    """Compare all articles in files and folders with each other; PATH may be a pattern, or '-' for JSON lines."""
    named = {f"{name}_field": chosen.pop(f"{name}_field") for name in NAMES}
    settings = settings_from(chosen)
    if "unrelated" in fail_on:
        raise DetectorError(f"--fail-on {NEVER_FOUND}")
    if near_duplicates and (others := sorted({*fail_on, *settings.verdicts} - COPIES)):
        raise DetectorError(f"--near-duplicates finds only copies ({', '.join(sorted(COPIES))}), never {others[0]}")
    check_outputs(report_file, json_file, csv_file, keep=[*paths, *against])
    if embed_texts and json_file is None:
        raise DetectorError("--embed-texts keeps the texts in the JSON: name a file for it with --json")
    from .engine import scan as run
    from .reporting.export import json_parts, to_csv
    from .reporting.page import write_report
    from .reporting.terminal import print_table

    with progress_bar(quiet) as progress:
        own, others = list(expand(paths)), list(expand(against))
        found = read_articles(  # together, so that all ids differ
            [*own, *others],
            max_bytes=max_bytes,
            exclude=exclude,
            fields=fields_named(named),
            workers=settings.workers,
            outputs=written(report_file, json_file, csv_file),
            progress=lambda done: progress("files", done, 0),
        )
        articles, archive = parted(found, own, others, excluding=bool(exclude))
    if not quiet:
        note_reading(articles.unfit, [] if near_duplicates else [*articles.misdated, *archive.misdated])
        if len(articles) + len(archive) > 1:
            note_compiling("copies" if near_duplicates else "scan")
    with progress_bar(quiet) as progress:
        report = run(
            articles,
            settings,
            against=archive if against else None,
            near_duplicates_only=near_duplicates,
            progress=progress,
        )

    printed = STANDARD_OUTPUT not in (json_file, csv_file) and not quiet
    if not quiet:
        note_unread(report, named=printed)
    if report_file:
        write_report(report, report_file)
    if json_file:
        deliver(json_parts(report, embed_texts=embed_texts), json_file)
    if csv_file:
        deliver(to_csv(report), csv_file)
    if printed:
        draw(lambda console: print_table(report, console))
    if not quiet:
        tell_written(report_file, json_file, csv_file)
    finish(report.matches, fail_on)


@program.command(epilog=f"{VERDICTS_KNOWN}\n\n{EXIT_CODES}")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@report_option
@json_option
@partial(settings_options, only=OF_A_PAIR)
@max_bytes_option
@field_options
@fail_option
@quiet_option
def compare(
    a: str,
    b: str,
    report_file: str | None,
    json_file: str | None,
    max_bytes: int,
    fail_on: tuple[str, ...],
    quiet: bool,
    **named: Any,
) -> None:
    """Compare two articles and print all the evidence, with the passages side by side.

    A and B are files, or articles inside files, named by their ids: may.jsonl#12, may.zip/bridge.html.
    """
    settings = settings_from({each: named.pop(each) for each in OF_A_PAIR})
    files = [in_file(each)[0] for each in (a, b)]
    check_outputs(report_file, json_file, keep=[*files, *filter(None, map(sidecar_of, files))])
    from .engine import compare_report
    from .reporting.export import match_to_json
    from .reporting.page import write_report
    from .reporting.terminal import print_match

    first, second = read_each([a, b], max_bytes=max_bytes, fields=fields_named(named))
    if first.id == second.id:  # the same article twice
        second = replace(second, id=f"{second.id} (again)")
        if not quiet:
            note("A and B are one article, which is compared with itself")
    if not quiet:
        note_compiling("pair")
    report = compare_report(first, second, settings)
    (match,) = report.matches
    if report_file:
        write_report(report, report_file)
    if json_file:
        deliver(match_to_json(match), json_file)
    if json_file != STANDARD_OUTPUT and not quiet:
        draw(lambda console: print_match(report, match, console))
    if not quiet:
        tell_written(report_file, json_file)
    finish([match], fail_on)


@program.command(epilog=EXIT_CODES.replace(FAILED, ""))
@click.argument("stored", metavar="REPORT.json")
@report_option
def show(stored: str, report_file: str | None) -> None:
    """Show a report written by detector scan --json; with both texts of every match if --embed-texts kept them."""
    check_outputs(report_file, keep=[stored])
    from .reporting.page import write_report
    from .reporting.stored import read_report
    from .reporting.terminal import print_match, print_table

    report = read_report(stored)
    if report_file:
        if report.matches and all(each.text is None for each in report.articles):
            note(f"{stored} does not hold the texts, so {report_file} is without them: scan with --embed-texts to show them")
        write_report(report, report_file)
        tell_written(report_file)
        return
    if len(report.matches) == 1:
        draw(lambda console: print_match(report, report.matches[0], console))
    else:
        draw(lambda console: print_table(report, console, all_in=f"--report gives all of them, as {stored} does"))


def note_reading(unfit: Iterable[str], misdated: Sequence[Article]) -> None:
    """Report exclusion patterns that matched nothing, and articles whose dates cannot be interpreted."""
    for pattern in unfit:
        note(f"nothing fits --exclude {pattern}")
    for article in misdated[:SKIPPED_NAMED]:
        date = shorten(article.published or "", 40, placeholder="…")
        note(f"{article.id}: its date, “{date}”, cannot be read for sure; write it as 2026-01-31")
    if len(misdated) > SKIPPED_NAMED:
        note(f"{len(misdated) - SKIPPED_NAMED} more dates cannot be read for sure: these articles count as undated")


def note_compiling(task: Literal["scan", "copies", "pair"]) -> None:
    """Report that a run begins with compilation, if it does."""
    from .comparing import is_first_run
    from .loops.compiled import can_be_kept

    if is_first_run(task):
        note(COMPILING if can_be_kept() else COMPILING_AGAIN)


def note_unread(report: Report, *, named: bool) -> None:
    """Report that there is too little to compare, and what was not read unless a table has ``named`` it."""
    if len(report.articles) == 1:
        note(f"only one article was read ({report.articles[0].id}): there is nothing to compare it with")
    if named:
        return
    for each in report.skipped[:SKIPPED_NAMED]:
        note(f"not read: {each.path}: {each.reason}")
    if len(report.skipped) > SKIPPED_NAMED:
        note(f"not read: {len(report.skipped) - SKIPPED_NAMED} more, listed in JSON and the report")


def finish(matches: Iterable[Match], fail_on: Sequence[str]) -> None:
    """Exit with 1 if a match has a verdict in ``fail_on``."""
    if fail_on and any(match.verdict in fail_on for match in matches):
        click.get_current_context().exit(FOUND)
