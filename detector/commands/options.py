"""The options that commands share, and those that are made from the fields of ``Settings`` and of a record.

An option for a field of :class:`Settings` is generated from that field (name, type, default, help), so the two cannot drift
apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import Field, fields
from typing import Any, TypeVar

import click

from ..model import VERDICTS, DetectorError, Settings
from ..read import NAMES
from ..reading.opening import LARGEST, MAX_BYTES

Command = TypeVar("Command", bound=Callable[..., Any])


def option_name(each: Field[Any]) -> str:
    """The long option of a field of ``Settings``; singular for one that may be repeated.

    >>> [option_name(each) for each in fields(Settings)][:6]
    ['--threshold', '--shingle-words', '--num-perm', '--neighbours', '--min-probability', '--verdict']
    """
    name = each.name.removesuffix("s") if isinstance(each.default, tuple) else each.name
    return f"--{name.replace('_', '-')}"


class Share(click.types.FloatParamType):
    """A number; the error for anything else calls it so, not a float."""

    name = "number"


def settings_options(command: Command, only: Collection[str] = ()) -> Command:
    """Give ``command`` an option for each field of ``Settings``, or only for those in ``only``."""
    for each in reversed([each for each in fields(Settings) if not only or each.name in only]):
        name, text = option_name(each), each.metadata["help"]
        if isinstance(each.default, bool):
            switch = f"{name}/--no-{name[2:]}"
            option = click.option(switch, each.name, default=each.default, show_default=True, help=text)
        elif isinstance(each.default, tuple):
            option = click.option(
                name, each.name, multiple=True, type=click.Choice(VERDICTS), metavar="VERDICT", help=text
            )
        else:
            option = click.option(
                name,
                each.name,
                default=each.default,
                type=Share() if isinstance(each.default, float) else int,
                metavar="SHARE" if isinstance(each.default, float) else "N",
                show_default=True,
                help=text,
            )
        command = option(command)
    return command


def settings_from(chosen: dict[str, Any]) -> Settings:
    """The settings chosen on the command line. Raises :class:`DetectorError` that names the option with an invalid value."""
    try:
        return Settings(**chosen)
    except DetectorError as error:
        written = {each.name: option_name(each) for each in fields(Settings)}
        field, _, rest = str(error).partition(" ")
        raise DetectorError(f"{written.get(field, field)} {rest}") from None


def field_options(command: Command) -> Command:
    """Give ``command`` an option for the name of each field of a record."""
    for name in reversed(NAMES):
        noun = {"published": "date", "url": "address"}.get(name, name)
        text = f"Field or column that holds the {noun} in JSON, CSV and Parquet, where it is not found by itself."
        command = click.option(f"--{name}-field", f"{name}_field", metavar="NAME", help=text)(command)
    return command


def fields_named(chosen: Mapping[str, str | None]) -> dict[str, str]:
    """The values of :func:`field_options`, by field."""
    return {name: field for name in NAMES if (field := chosen[f"{name}_field"]) is not None}


report_option = click.option(
    "--report",
    "report_file",
    metavar="FILE.html",
    help="Write the report as one HTML page (.html, .htm) that needs nothing else; to a folder (DIR/), an index and a page "
    "for each match.",
)
json_option = click.option(
    "--json", "json_file", metavar="FILE", help="Write JSON to FILE; '-' is standard output, in place of the table."
)
embed_option = click.option("--embed-texts", is_flag=True, help="Keep the texts in the JSON, as the HTML always does.")
quiet_option = click.option(
    "--quiet", is_flag=True, help="No table, no progress, no notes: only errors, and what was asked for."
)
fail_option = click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(VERDICTS),
    metavar="VERDICT",
    help="Exit with 1 if a match shown has this verdict (may be repeated).",
)


def checked_size(context: click.Context, option: click.Parameter, size: int) -> int:
    """The value of ``--max-bytes``; a usage error if it is out of range."""
    if not 1 <= size <= LARGEST:
        raise click.BadParameter(f"must lie between 1 and {LARGEST}, not {size}", context, option)
    return size


max_bytes_option = click.option(
    "--max-bytes",
    default=MAX_BYTES,
    type=int,
    callback=checked_size,
    metavar="N",
    show_default=True,
    help="Read no larger article.",
)
