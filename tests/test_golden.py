"""The table, JSON, CSV and HTML of one report as they were last looked at; ``make golden`` takes what they are now.

The report is made by hand, so that only what shows it can change them, not what judges.
What two versions of the program, or of its libraries, may differ in without anybody's doing is scrubbed: the version, the
digest of the coefficients, and those of the style and the script, which are tested for themselves.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from detector.model import VERSION, Report
from detector.reporting.export import to_csv, to_json
from detector.reporting.page import render_html
from detector.reporting.terminal import print_table

from .test_report import example

GOLDEN = Path(__file__).parent / "golden"


def table(report: Report) -> str:
    console = Console(file=io.StringIO(), width=80)
    print_table(report, console)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]


def json(report: Report) -> str:
    return to_json(report).replace(f'"version": "{VERSION}"', '"version": "X"')


def html(report: Report) -> str:
    page = re.sub(r"'sha256-[^']+'", "'sha256-X'", render_html(report))
    page = re.sub(r"<style>.*?</style>", "<style>X</style>", page, flags=re.DOTALL)
    page = re.sub(r"<script>.*?</script>", "<script>X</script>", page, flags=re.DOTALL)
    page = re.sub(r"(judgement</th><td><code>)\w{64}", r"\1X", page)
    page = re.sub(rf"(detector |version</th><td>){re.escape(VERSION)}", r"\1X", page)
    return re.sub(r"Made [-\d]+ [:\d]+ UTC", "Made X", page)


SHOWN: dict[str, Callable[[Report], str]] = {
    "report.txt": table,
    "report.json": json,
    "report.csv": to_csv,
    "report.html": html,
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_report_is_shown_as_it_was(name: str) -> None:
    shown = SHOWN[name](example()).encode()
    if os.environ.get("DETECTOR_GOLDEN") == "refresh":
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_bytes(shown)
    old = (GOLDEN / name).read_bytes()
    differing = [f"-{a}\n+{b}" for a, b in zip(old.decode().splitlines(), shown.decode().splitlines(), strict=False) if a != b]
    assert shown == old, "look at it, then `make golden`:\n" + "\n".join(each[:1000] for each in differing[:5])


def test_what_is_scrubbed_does_not_stand_in_the_golden_page() -> None:
    page = (GOLDEN / "report.html").read_text(encoding="utf-8")
    assert "Made X with detector X" in page
    assert "<style>X</style>" in page
    assert "<script>X</script>" in page
    assert f"detector {VERSION}" not in page
