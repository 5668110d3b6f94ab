"""The report as JSON and as CSV, and files that are written whole or not at all.

The JSON mirrors the dataclasses field by field. Texts, names and ids are other people's: none of them can start a
spreadsheet formula. Nothing volatile is included: equal reports give equal bytes.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ..model import COLUMNS, DIGITS, MATCH_SCHEMA, SCHEMA, VERSION, DetectorError, Match, Report
from ..packed import Packed, encoded
from ..report import copies_only

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_json(report: Report, *, embed_texts: bool = False) -> str:
    """The report as JSON, field by field, without what differs between runs (``seconds``, ``workers``).

    ``embed_texts`` keeps the articles' texts, so that the report can be shown later without the files.
    """
    return "".join(json_parts(report, embed_texts=embed_texts))


def json_parts(report: Report, *, embed_texts: bool = False) -> Iterator[str]:
    """The output of :func:`to_json`, an article or a match at a time: for a large folder it is larger than the texts."""
    yield f'{{\n "schema": {_json(SCHEMA)}'
    for each in fields(report):
        value = getattr(report, each.name)
        if each.name == "seconds":
            continue
        yield f',\n "{each.name}": '
        if each.name == "settings":
            yield _json({one.name: getattr(value, one.name) for one in fields(value) if one.name != "workers"})
        elif isinstance(value, Sequence) and not isinstance(value, str):
            if each.name == "articles" and not embed_texts:
                lines: Iterable[bytes] = (encoded(replace(article, text=None)) for article in value)
            else:
                lines = value.lines() if isinstance(value, Packed) else map(encoded, value)
            before = "[\n  "
            for line in lines:
                yield before + line.decode("utf-8")
                before = ",\n  "
            yield "\n ]" if value else "[]"
        else:
            yield _json(value)
    yield "\n}\n"


def _json(value: object) -> str:
    return encoded(value).decode("utf-8")


def match_to_json(match: Match) -> str:
    """One match as JSON, field by field."""
    told = {each.name: getattr(match, each.name) for each in fields(match)}
    plain = json.loads(encoded({"schema": MATCH_SCHEMA, "version": VERSION, **told}))
    return _encodable(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")


def _encodable(text: str) -> str:
    """``text`` with lone surrogates (file names that are not UTF-8) as ``\\udcff``, which is JSON's escape for them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def to_csv(report: Report) -> str:
    """The matches as CSV, one per row; an apostrophe precedes text that a spreadsheet would take for a formula."""
    told, about = ("source", "derived", "confidence"), {"outlet": "source", "published": "published", "title": "title"}
    known = {each.id: [getattr(each, name) for name in about.values()] for each in report.articles}  # not all the texts
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *told, "passages", "quotations", *(f"{each}_{side}" for side in "ab" for each in about)])
    for match in report.matches:
        row = [getattr(match, name) for name in COLUMNS]
        row += [getattr(match.direction, name, None) for name in told]
        row += [None, None] if copies_only(match) else [len(match.spans), len(match.quotations)]
        row += (value for each in (match.a, match.b) for value in known.get(each, [None] * len(about)))
        writer.writerow(map(_cell, row))
    return _encodable(out.getvalue())


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    if isinstance(value, float):
        return round(value, DIGITS) if math.isfinite(value) else None
    return value


def write_text(path: str | os.PathLike[str], text: str | Iterable[str]) -> None:
    """Write ``text``, whole or in parts, to ``path`` as UTF-8: all of it or nothing.

    A pipe or device is written to directly. Raises :class:`DetectorError` if writing fails.
    """
    parts = (each.encode("utf-8", "backslashreplace") for each in ([text] if isinstance(text, str) else text))
    with writing(path):
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "wb") as out:  # a pipe or a device such as /dev/stdout, which must not be replaced
                out.writelines(parts)
            return
        _replace(os.path.realpath(path), parts)  # a link stays a link


@contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn the operating system's errors in the block into a :class:`DetectorError`: ``path`` cannot be written."""
    try:
        yield
    except OSError as error:
        raise DetectorError(f"cannot write {os.fspath(path)}: {error.strerror or error}") from error


def _replace(target: str, parts: Iterable[bytes]) -> None:
    beside = os.path.join(os.path.dirname(target), f".detector-{secrets.token_hex(8)}.tmp")
    kept = stat.S_IMODE(os.stat(target).st_mode) if os.path.exists(target) else None
    mode = 0o666 if kept is None else 0o600  # for a new file the umask applies as usual
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with open(handle, "wb") as out:
            if kept is not None:
                os.chmod(beside, kept)  # a report that nobody else may read stays private
            out.writelines(parts)
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
