"""The command line as its users see it: what it prints and writes, how it ends, and what it says when it cannot go on."""

from __future__ import annotations

import builtins
import csv
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from detector import Settings
from detector import engine as engine_module
from detector.cli import FAULT, program
from detector.commands import sides
from detector.commands.options import option_name
from detector.commands.outputs import progress_bar
from detector.engine import scan
from detector.model import DetectorError
from detector.report import COPIES_ONLY
from detector.reporting.export import to_json
from detector.reporting.page import write_report
from tests.stories import REPORT, REWRITE

from .test_report import many

ROOT = Path(__file__).resolve().parent.parent

BRIDGE = """Council approves new bridge over the Marl

The town council of Eastwick voted 9 to 4 on Tuesday evening to build a second bridge over the Marl, ending a dispute
that had divided the town for eleven years. The steel arch will cost 41 million crowns and is to open in the autumn of 2028.

"We have argued about this crossing since my daughter was in kindergarten, and tonight we are done arguing," said the
mayor, Henrike Lund, after the count.

Opponents had gathered 3,200 signatures against the plan, which they say will bring lorries into the old tanners' quarter.
Their spokesman, Piotr Walczak, announced that he would take the decision to the administrative court in Norrby.

The first piles are to be driven in March. Until the new crossing opens, the ferry at Low Quay will keep running every
twenty minutes, and the council promised to lower its fare from four crowns to two.
"""

HARVEST = """Late frost halves the apple harvest

Growers in the Tilden valley expect to pick barely half as many apples as last year after three nights of frost in the
second week of May destroyed most of the early blossom. The regional association put the loss at about 60,000 tonnes.

Older trees on the slopes above the river fared better than the young plantations on the valley floor, where the cold air
collected before dawn. Several farms lit straw fires between the rows, with little success.

Cider makers said that they would buy fruit from abroad for the first time since the war, and shops should expect prices
to rise by a third before Christmas. The ministry has promised loans to farms that lost more than two thirds of their crop.
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str | Path) -> Result:
        return CliRunner().invoke(program, [str(each) for each in arguments], prog_name="detector")

    return run_it


def detector(*arguments: str | Path, cwd: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs the program in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | more.pop("env", {})
    command = [sys.executable, "-m", "detector", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, timeout=120, **{"stdin": subprocess.DEVNULL, **more})


def articles(folder: Path, **texts: str) -> Path:
    """A folder with an article for each name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def the_one_line(result: Result) -> str:
    """The only line on standard error; there must be no other, and no traceback."""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.output
    assert lines[0].startswith("detector: ")
    return lines[0].removeprefix("detector: ")


def refused(result: Result) -> str:
    """The line that says why nothing was done."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return the_one_line(result)


def pairs(result: Result) -> set[frozenset[str]]:
    """The pairs of ids in the JSON on standard output."""
    return {frozenset((match["a"], match["b"])) for match in json.loads(result.stdout)["matches"]}


@pytest.fixture
def no_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong must be found before the work begins."""

    def fail(*_: object, **__: object) -> None:
        pytest.fail("the scan was started")

    monkeypatch.setattr(engine_module, "scan", fail)
    monkeypatch.setattr(engine_module, "compare_report", fail)


# What a user would expect of odd input


@pytest.mark.usefixtures("no_scan")
def test_a_path_that_does_not_exist_is_an_error_that_names_it(run: Run) -> None:
    assert "nowhere" in refused(run("scan", "nowhere"))
    assert "nowhere" in refused(run("compare", "nowhere", "neither"))


@pytest.mark.usefixtures("no_scan")
def test_an_archive_that_does_not_exist_is_an_error_that_names_it(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE)
    assert "nowhere" in refused(run("scan", "news", "--against", "nowhere"))


@pytest.mark.usefixtures("no_scan")
def test_an_empty_folder_is_an_error_that_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    assert refused(run("scan", "news")) == "no article could be read in news: there are no files in it"


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("binary.txt", bytes(range(256)) * 40),
        ("picture.jpg", b"\xff\xd8\xff\xe0" + bytes(2000)),
        (".hidden.txt", BRIDGE.encode()),
    ],
)
def test_a_folder_with_nothing_readable_is_an_error_that_says_why(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / name).write_bytes(content)
    line = refused(run("scan", "news"))
    assert re.fullmatch(rf"no article could be read in news: .*{re.escape(name)}: .{{5,}}", line)


def test_a_file_that_cannot_be_read_is_named_with_the_reason_and_does_not_stop_the_scan(run: Run, tmp_path: Path) -> None:
    news = articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    (news / "empty.txt").write_bytes(b"")
    (news / "binary.txt").write_bytes(bytes(range(256)) * 40)
    with (news / "dump.txt").open("wb") as dump:
        dump.truncate(50 * 2**20)
    started = time.monotonic()
    result = run("scan", "news", "--json", "all.json")
    assert result.exit_code == 0
    assert time.monotonic() - started < 30
    table = " ".join(result.stdout.split())
    found = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert [(match["a"], match["b"], match["verdict"]) for match in found["matches"]] == [
        ("bridge.txt", "copy.txt", "duplicate")
    ]
    reasons = {Path(each["path"]).name: each["reason"] for each in found["skipped"]}
    assert set(reasons) == {"empty.txt", "binary.txt", "dump.txt"}
    for name, reason in reasons.items():
        assert name in table
        assert " ".join(reason.split()) in table
    assert len(set(reasons.values())) == 3


def test_a_larger_file_is_read_if_it_is_allowed_to_be(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    assert run("scan", "news", "--max-bytes", len(BRIDGE.encode()), "--fail-on", "duplicate").exit_code == 1
    assert "no article could be read" in refused(run("scan", "news", "--max-bytes", len(BRIDGE.encode()) - 1))
    assert "bridge.txt" in refused(run("compare", "news/bridge.txt", "news/copy.txt", "--max-bytes", 100))
    assert run("compare", "news/bridge.txt", "news/copy.txt", "--max-bytes", 2**31 - 1).exit_code == 0


def test_a_file_without_permission_is_named_and_does_not_stop_the_scan(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE, secret=HARVEST)
    # Permissions do not stop the superuser: what the system would say is said here instead.
    for module in (os, builtins):
        real = module.open  # type: ignore[attr-defined]

        def guarded(file: Any, *args: Any, _real: Any = real, **more: Any) -> Any:
            if str(file).endswith("secret.txt"):
                raise PermissionError(13, "Permission denied", str(file))
            return _real(file, *args, **more)

        monkeypatch.setattr(module, "open", guarded)
    monkeypatch.setattr(io, "open", builtins.open)
    result = run("scan", "news", "--json", "-")
    assert result.exit_code == 0
    (skipped,) = json.loads(result.stdout)["skipped"]
    assert skipped["path"].endswith("secret.txt")
    assert "permission" in skipped["reason"].lower()
    assert "secret.txt" in the_one_line(result)
    assert "permission" in refused(run("compare", "news/bridge.txt", "news/secret.txt")).lower()


def test_one_article_alone_is_no_error_but_there_is_nothing_to_compare_it_with(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE)
    result = run("scan", "news", "--json", "-")
    assert result.exit_code == 0
    assert the_one_line(result) == "only one article was read (bridge.txt): there is nothing to compare it with"
    found = json.loads(result.stdout)
    assert [each["id"] for each in found["articles"]] == ["bridge.txt"]
    assert found["matches"] == []


def test_identical_files_are_duplicates(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE, harvest=HARVEST)
    result = run("scan", "news", "--json", "-", "--verdict", "duplicate")
    (match,) = json.loads(result.stdout)["matches"]
    assert (match["a"], match["b"]) == ("bridge.txt", "copy.txt")
    assert match["jaccard"] == match["coverage_a"] == match["coverage_b"] == 1


@pytest.mark.parametrize("word", ["Bridge", "橋", "x"])
def test_a_file_of_one_word_is_an_article_like_any_other(run: Run, tmp_path: Path, word: str) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, harvest=HARVEST, word=word)
    result = run("scan", "news", "--json", "-")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert [each["id"] for each in found["articles"]] == ["bridge.txt", "harvest.txt", "word.txt"]
    assert not [match for match in found["matches"] if match["verdict"] in ("duplicate", "near-duplicate", "rewrite")]


def test_a_file_is_compared_with_itself_if_that_is_what_was_asked(run: Run, tmp_path: Path) -> None:
    articles(tmp_path, bridge=BRIDGE)
    result = run("compare", "bridge.txt", "bridge.txt", "--json", "-")
    assert "detector: A and B are one article, which is compared with itself" in result.stderr.splitlines()
    match = json.loads(result.stdout)
    assert match["verdict"] == "duplicate"
    assert match["a"] != match["b"]


def test_two_files_of_one_name_can_be_told_apart(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "here", story=BRIDGE)
    articles(tmp_path / "there", story=BRIDGE)
    match = json.loads(run("compare", "here/story.txt", "there/story.txt", "--json", "-").stdout)
    assert (match["a"], match["b"]) == ("here/story.txt", "there/story.txt")
    match = json.loads(run("compare", tmp_path / "there" / "story.txt", "here/story.txt", "--json", "-").stdout)
    assert (match["a"], match["b"]) == ("there/story.txt", "here/story.txt")
    assert pairs(run("scan", "here", "there", "--json", "-")) == {frozenset({"here/story.txt", "there/story.txt"})}
    assert pairs(run("scan", "here", "--against", "there", "--json", "-")) == {
        frozenset({"here/story.txt", "there/story.txt"})
    }


def test_two_records_of_a_file_are_compared_by_the_ids_of_the_table(run: Run, tmp_path: Path) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        rows = ({"nr": name, "prose": text} for name, text in (("x", BRIDGE), ("y", HARVEST)))
        (tmp_path / folder / "may.jsonl").write_text("".join(map("{}\n".format, map(json.dumps, rows))))
    named = ["--text-field", "prose", "--id-field", "nr", "--json", "-"]
    (pair,) = pairs(run("scan", "here/may.jsonl", "there/may.jsonl", "--verdict", "duplicate", *named)) - {
        frozenset({"here/may.jsonl#y", "there/may.jsonl#y"})
    }
    assert pair == {"here/may.jsonl#x", "there/may.jsonl#x"}
    match = json.loads(run("compare", *sorted(pair), *named).stdout)
    assert (match["a"], match["b"], match["verdict"]) == ("here/may.jsonl#x", "there/may.jsonl#x", "duplicate")
    match = json.loads(run("compare", "here/may.jsonl#x", "here/may.jsonl#x", *named).stdout)
    assert (match["a"], match["b"]) == ("may.jsonl#x", "may.jsonl#x (again)")


@pytest.mark.usefixtures("no_scan")
def test_the_file_of_a_record_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "may.jsonl").write_text('{"text": "One."}\n')
    assert "it is read in this run; name another file" in refused(run("compare", "may.jsonl#1", "may.jsonl#1", "--json", "may.jsonl"))


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize("option", ["--text-field", "--id-field", "--published-field"])
def test_a_misspelt_field_is_an_error_even_in_quiet(run: Run, tmp_path: Path, option: str) -> None:
    (tmp_path / "may.jsonl").write_text('{"nr": 1, "text": "One."}\n')
    articles(tmp_path / "news", bridge=BRIDGE)
    said = f"no record has a field 'nrr', named for {option[2:-6]}; the first has: nr, text"
    assert refused(run("scan", "news", "may.jsonl", option, "nrr", "--quiet")) == said
    if option != "--text-field":
        assert refused(run("compare", "may.jsonl#1", "news/bridge.txt", option, "nrr", "--quiet")) == said


# What comes out


def test_the_table_names_the_rewrite_and_its_source_first(run: Run, seeds: Path) -> None:
    result = run("scan", seeds)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.index("rewrite") < result.stdout.index("same-event")
    assert result.stdout.index("cnn.txt") < result.stdout.index("→ icaro.txt")


def test_compare_prints_the_verdict_the_reasons_and_the_passages(run: Run, seeds: Path) -> None:
    result = run("compare", seeds / "icaro.txt", seeds / "cnn.txt")
    assert result.exit_code == 0
    printed = " ".join(result.stdout.split())
    assert "icaro.txt very likely rewrites cnn.txt" in printed
    assert "cnn.txt is the source of icaro.txt" in printed
    assert "quotation" in printed


@pytest.mark.parametrize(
    ("options", "field"), [(["--shingle-words", 2], "jaccard"), (["--keep-boilerplate"], "coverage_a"), (["--threshold", 0.01], "verdict")]
)  # fmt: skip
def test_compare_takes_the_settings_of_a_scan_that_concern_two_texts(
    run: Run, tmp_path: Path, options: list[str], field: str
) -> None:
    for name, text in (("one.txt", REPORT + "\n\nAdvertisement\n\nRead more"), ("two.txt", REWRITE)):
        (tmp_path / name).write_text(text)
    plain, told = (json.loads(run("compare", "one.txt", "two.txt", "--json", "-", *more).stdout) for more in ([], options))
    assert plain[field] != told[field]
    assert "seed" not in run("compare", "--help").stdout


def test_json_on_standard_output_stands_alone(run: Run, seeds: Path) -> None:
    result = run("scan", seeds, "--json", "-")
    found = json.loads(result.stdout)
    assert [each["id"] for each in found["articles"]] == ["cnn.txt", "icaro.txt", "kyiv-independent.txt"]
    assert result.stderr == ""
    match = json.loads(run("compare", seeds / "cnn.txt", seeds / "icaro.txt", "--json", "-").stdout)
    assert match["verdict"] == "rewrite"


def test_json_in_a_file_is_the_json_on_standard_output_and_the_table_is_printed_too(
    run: Run, seeds: Path, tmp_path: Path
) -> None:
    result = run("scan", seeds, "--json", "all.json")
    assert "rewrite" in result.stdout
    assert (tmp_path / "all.json").read_bytes() == run("scan", seeds, "--json", "-").stdout_bytes


def test_csv_has_a_row_for_each_match(run: Run, seeds: Path, tmp_path: Path) -> None:
    result = run("scan", seeds, "--csv", "-", "--json", "all.json")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8"), newline="")))
    matches = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["matches"]
    assert rows
    assert [(row["a"], row["b"], row["verdict"]) for row in rows] == [
        (match["a"], match["b"], match["verdict"]) for match in matches
    ]
    assert [float(row["probability"]) for row in rows] == [match["probability"] for match in matches]
    run("scan", seeds, "--csv", "all.csv")
    assert (tmp_path / "all.csv").read_bytes() == result.stdout_bytes


def test_the_rows_of_the_csv_and_of_the_page_name_outlet_date_and_headline(run: Run, tmp_path: Path) -> None:
    told = {"a": ("Bridge falls", "The Daily", "2026-03-14T07:20:00Z"), "b": ("=Bridge gone", "The Post", "14.03.2026")}
    lines = [json.dumps({"id": k, "title": t, "source": s, "date": d, "text": BRIDGE}) for k, (t, s, d) in told.items()]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run("scan", "all.jsonl", "--csv", "-", "--report", "page.html")
    (row,) = csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8"), newline=""))
    assert (row["outlet_a"], row["published_a"], row["title_a"]) == ("The Daily", "2026-03-14T07:20:00+00:00", "Bridge falls")
    assert (row["outlet_b"], row["published_b"], row["title_b"]) == ("The Post", "2026-03-14", "'=Bridge gone")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<bdi>Bridge falls</bdi> <small dir="auto">The Daily · 2026-03-14 07:20 UTC · <bdi class="file">' in page
    assert '<bdi>=Bridge gone</bdi> <small dir="auto">The Post · 2026-03-14 · <bdi class="file">' in page


def test_dates_that_are_not_understood_are_told_and_count_as_none(run: Run, tmp_path: Path) -> None:
    dates = ["3/4/2026", "2026-03-14", "soon", *["2026"] * 5]
    lines = [json.dumps({"id": f"n{n}", "date": each, "text": f"{BRIDGE} {n}"}) for n, each in enumerate(dates)]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said = run("scan", "all.jsonl").stderr.splitlines()
    assert said[0] == "detector: all.jsonl#n0: its date, “3/4/2026”, cannot be read for sure; write it as 2026-01-31"
    assert [each.split()[1] for each in said[1:5]] == [f"all.jsonl#n{n}:" for n in (2, 3, 4, 5)]
    assert said[5:] == ["detector: 2 more dates cannot be read for sure: these articles count as undated"]
    told = run("compare", "all.jsonl#n0", "all.jsonl#n1").stdout
    assert "The date of all.jsonl#n0, “3/4/2026”, cannot be read for sure." in " ".join(told.split())
    assert run("scan", "all.jsonl", "--quiet").stderr == run("scan", "all.jsonl", "--near-duplicates").stderr == ""


def test_lines_that_go_to_a_file_end_without_blanks(run: Run, seeds: Path) -> None:
    lines = run("scan", seeds).stdout.splitlines()
    assert len(lines) > 10
    assert [each for each in lines if each != each.rstrip()] == []


@pytest.mark.parametrize("command", ["scan", "compare"])
def test_the_report_is_written_where_it_was_asked_for(run: Run, seeds: Path, tmp_path: Path, command: str) -> None:
    paths = [seeds] if command == "scan" else [seeds / "cnn.txt", seeds / "icaro.txt"]
    assert run(command, *paths, "--report", "page.html").exit_code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") or page.startswith("<!DOCTYPE html>")
    assert "cnn.txt" in page


def test_quiet_prints_nothing_but_still_does_what_was_asked(run: Run, tmp_path: Path) -> None:
    news = articles(tmp_path / "news", bridge=BRIDGE)
    (news / "empty.txt").write_bytes(b"")
    result = run("scan", "news", "--quiet", "--json", "all.json")
    assert (result.exit_code, result.output) == (0, "")
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["skipped"]
    assert json.loads(run("scan", "news", "--quiet", "--json", "-").stdout)["skipped"]
    assert refused(run("scan", "nowhere", "--quiet"))
    compared = run("compare", "news/bridge.txt", "news/bridge.txt", "--quiet", "--report", "page.html", "--fail-on", "duplicate")
    assert (compared.exit_code, compared.output) == (1, "")
    assert (tmp_path / "page.html").exists()


def test_two_runs_in_two_processes_give_the_same_bytes_whatever_the_number_of_workers(seeds: Path, tmp_path: Path) -> None:
    def output(name: str, *more: str, seed: str) -> bytes:
        done = detector(
            *("scan", seeds, "--json", "-", "--report", f"{name}.html", "--csv", f"{name}.csv", *more),
            cwd=tmp_path,
            env={"PYTHONHASHSEED": seed},
            check=True,
            stdout=subprocess.PIPE,
        )
        return done.stdout

    first = output("first", "--workers", "1", seed="1")
    assert json.loads(first)["matches"]
    assert output("second", "--workers", "1", seed="2") == first
    assert output("third", "--workers", "2", seed="3") == first
    for kind in ("csv", "html"):
        assert (tmp_path / f"first.{kind}").read_bytes() == (tmp_path / f"second.{kind}").read_bytes()
        assert (tmp_path / f"first.{kind}").read_bytes() == (tmp_path / f"third.{kind}").read_bytes()


def test_json_is_utf8_in_a_locale_that_is_not(tmp_path: Path) -> None:
    articles(tmp_path / "новости", мост=BRIDGE, копия=BRIDGE)
    latin = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1", "PYTHONCOERCECLOCALE": "0"}
    done = detector("scan", "новости", "--json", "-", cwd=tmp_path, env=latin, check=True, stdout=subprocess.PIPE)
    (match,) = json.loads(done.stdout.decode("utf-8"))["matches"]
    assert {match["a"], match["b"]} == {"мост.txt", "копия.txt"}
    table = detector("scan", "новости", cwd=tmp_path, env=latin, check=True, stdout=subprocess.PIPE)
    assert b"duplicate" in table.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("quiet", [False, True])
def test_progress_is_shown_to_a_terminal_and_not_in_quiet(seeds: Path, tmp_path: Path, quiet: bool) -> None:
    master, terminal = os.openpty()
    shown = b""

    def read() -> None:  # meanwhile: a terminal that nobody reads makes the program wait
        nonlocal shown
        with suppress(OSError):  # how Linux says that the other end is closed
            while more := os.read(master, 65536):
                shown += more

    reader = threading.Thread(target=read)
    reader.start()
    try:
        where = {"stdout": subprocess.PIPE, "stderr": terminal, "env": {"TERM": "xterm"}}
        done = detector("scan", seeds, *(["--quiet"] if quiet else ["--json", "-"]), cwd=tmp_path, **where)
    finally:
        os.close(terminal)
        reader.join()
        os.close(master)
    assert done.returncode == 0
    assert (b"comparing" in shown) is not quiet
    assert b"comparing" not in done.stdout


# What is asked for


def test_against_compares_with_the_archive_only(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "today", bridge=BRIDGE, bridge_again=BRIDGE, harvest=HARVEST)
    articles(tmp_path / "archive", old=BRIDGE, older=BRIDGE)
    arguments = ["--against", "archive", "--verdict", "duplicate", "--json", "-"]
    assert pairs(run("scan", "today", *arguments)) == {
        frozenset({today, archive})
        for today in ("bridge.txt", "bridge_again.txt")
        for archive in ("old.txt", "older.txt")
    }


def test_against_takes_several_archives(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "today", bridge=BRIDGE)
    articles(tmp_path / "one", old=BRIDGE)
    articles(tmp_path / "two", older=BRIDGE)
    found = pairs(run("scan", "today", "--against", "one", "--against", "two", "--json", "-"))
    assert found == {frozenset({"bridge.txt", "old.txt"}), frozenset({"bridge.txt", "older.txt"})}


def test_one_article_has_something_to_be_compared_with_if_there_is_an_archive(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "today", bridge=BRIDGE)
    articles(tmp_path / "archive", old=BRIDGE)
    result = run("scan", "today", "--against", "archive")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "duplicate" in result.stdout


def test_an_article_that_is_in_the_archive_too_is_not_its_own_duplicate(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    result = run("scan", "news/bridge.txt", "--against", "news", "--json", "-")
    assert pairs(result) == {frozenset({"bridge.txt", "copy.txt"})}


def test_a_part_of_a_folder_is_compared_with_the_rest_of_it(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", old=BRIDGE)
    articles(tmp_path / "news" / "today", bridge=BRIDGE, bridge_again=BRIDGE)
    between = {frozenset({"today/bridge.txt", "old.txt"}), frozenset({"today/bridge_again.txt", "old.txt"})}
    assert pairs(run("scan", "news/today", "--against", "news", "--json", "-")) == between
    assert pairs(run("scan", "news", "--against", "news/today", "--json", "-")) == between
    assert "its files are those of the other side, too; leave out --against" in refused(run("scan", "news", "--against", "news"))
    (tmp_path / "empty").mkdir()
    assert refused(run("scan", "empty", "--against", "news")).endswith("no article could be read in empty: there are no files in it")


def test_a_folder_with_a_name_that_is_shown_with_escapes_can_be_an_archive(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "today", bridge=BRIDGE)
    articles(tmp_path / "archive\u200f", old=BRIDGE)
    assert pairs(run("scan", "today", "--against", "archive\u200f", "--json", "-")) == {frozenset({"bridge.txt", "old.txt"})}


@pytest.mark.parametrize("against", [[], ["--against", "archive"]])
def test_the_place_of_a_file_is_looked_up_once_however_many_records_it_has(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, against: list[str]
) -> None:
    rows = (json.dumps({"text": f"{BRIDGE} {at}"}) + "\n" for at in range(50))
    (tmp_path / "today.jsonl").write_text("".join(rows), encoding="utf-8")
    articles(tmp_path / "archive", old=BRIDGE)
    looked_up: list[str] = []
    monkeypatch.setattr(sides, "real", lambda path, found=sides.real: looked_up.append(path) or found(path))
    run("scan", "today.jsonl", *against, "--near-duplicates", "--quiet")
    # The two sides, and each of their files, if there is an archive.
    assert sorted(looked_up) == (["archive", "archive/old.txt", "today.jsonl", "today.jsonl"] if against else [])


def test_min_probability_leaves_out_what_is_less_likely(run: Run, seeds: Path) -> None:
    every = json.loads(run("scan", seeds, "--json", "-").stdout)["matches"]
    likely = json.loads(run("scan", seeds, "--json", "-", "--min-probability", "0.9").stdout)["matches"]
    assert [match for match in every if match["probability"] >= 0.9] == likely
    assert 0 < len(likely) < len(every)


def test_verdict_leaves_the_matches_of_that_verdict(run: Run, seeds: Path) -> None:
    def verdicts(*wanted: str) -> list[str]:
        options = [each for verdict in wanted for each in ("--verdict", verdict)]
        return [match["verdict"] for match in json.loads(run("scan", seeds, "--json", "-", *options).stdout)["matches"]]

    assert verdicts("rewrite") == ["rewrite"]
    assert verdicts("duplicate") == []
    assert "rewrite" not in verdicts("same-event", "common-source")
    assert sorted(verdicts("rewrite") + verdicts("same-event", "common-source")) == sorted(
        verdicts("rewrite", "same-event", "common-source")
    )


def test_a_scan_cannot_be_asked_for_the_pairs_that_it_leaves_out(run: Run, seeds: Path) -> None:
    for option in ("--verdict", "--fail-on"):
        told = refused(run("scan", seeds, option, "unrelated"))
        assert told == f"{option} cannot be unrelated: a scan leaves such pairs out; detector compare A B compares any two"


def test_a_pattern_that_leaves_nothing_out_is_told(run: Run, seeds: Path) -> None:
    told = run("scan", seeds, "--exclude", "draft*", "--exclude", "icaro*")
    assert (told.exit_code, told.stderr) == (0, "detector: nothing fits --exclude draft*\n")
    assert run("scan", seeds, "--exclude", "draft*", "--quiet").stderr == ""


def test_articles_of_one_outlet_are_left_out_on_request(run: Run, tmp_path: Path) -> None:
    def of(source: str) -> str:
        return f"---\nsource: {source}\n---\n{BRIDGE}"

    articles(tmp_path / "news", first=of("Courier"), second=of("Courier"), third=of("Herald"))
    everything = pairs(run("scan", "news", "--json", "-"))
    between = pairs(run("scan", "news", "--json", "-", "--no-same-source"))
    assert everything - between == {frozenset({"first.txt", "second.txt"})}
    assert len(between) == 2


def test_every_setting_is_an_option_with_the_default_of_the_library(run: Run) -> None:
    shown = " ".join(run("scan", "--help").stdout.split())
    for each in fields(Settings):
        assert option_name(each) in shown
        assert each.metadata["help"] in shown
    chosen = {option.name: option.default for option in program.commands["scan"].params}
    for each in fields(Settings):
        if each.default != ():
            assert chosen[each.name] == each.default


def test_options_reach_the_scan(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles(tmp_path / "news", bridge=BRIDGE)
    seen: list[Settings] = []
    real = engine_module.scan

    def spy(texts: Any, settings: Settings, **more: Any) -> Any:
        seen.append(settings)
        return real(texts, settings, **more)

    monkeypatch.setattr(engine_module, "scan", spy)
    options = "--threshold 0.5 --shingle-words 3 --num-perm 64 --neighbours 7 --min-probability 0.25 --seed 9 --workers 2"
    assert run("scan", "news", *options.split(), "--verdict", "rewrite", "--no-same-source", "--keep-boilerplate").exit_code == 0
    assert seen == [
        Settings(
            threshold=0.5,
            shingle_words=3,
            num_perm=64,
            neighbours=7,
            min_probability=0.25,
            verdicts=("rewrite",),
            same_source=False,
            keep_boilerplate=True,
            seed=9,
            workers=2,
        )
    ]


# How it ends


def test_fail_on_ends_with_1_if_there_is_such_a_match_and_with_0_if_not(run: Run, seeds: Path) -> None:
    cnn, icaro = seeds / "cnn.txt", seeds / "icaro.txt"
    assert run("scan", seeds, "--fail-on", "rewrite").exit_code == 1
    assert run("scan", seeds, "--fail-on", "duplicate").exit_code == 0
    assert run("scan", seeds, "--fail-on", "duplicate", "--fail-on", "rewrite", "--quiet").exit_code == 1
    assert run("scan", seeds, "--fail-on", "rewrite", "--verdict", "same-event").exit_code == 0
    assert run("compare", cnn, icaro, "--fail-on", "rewrite").exit_code == 1
    assert run("compare", cnn, icaro, "--fail-on", "partial").exit_code == 0


def test_what_was_asked_for_is_written_even_when_a_verdict_fails(run: Run, seeds: Path, tmp_path: Path) -> None:
    options = ["--fail-on", "rewrite", "--json", "all.json", "--report", "page.html"]
    assert run("scan", seeds, *options).exit_code == 1
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["matches"]
    assert (tmp_path / "page.html").stat().st_size > 0


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize("option", ["--report", "--json", "--csv"])
def test_an_output_that_cannot_be_written_is_found_before_the_scan(run: Run, tmp_path: Path, option: str) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    assert "there is no folder" in refused(run("scan", "news", option, "missing/out"))
    assert "it is a folder" in refused(run("scan", "news", option, "news"))
    assert "it is read in this run; name another file" in refused(run("scan", "news/bridge.txt", option, "news/bridge.txt"))
    assert (tmp_path / "news" / "bridge.txt").read_text(encoding="utf-8") == BRIDGE


@pytest.mark.usefixtures("no_scan")
def test_an_article_in_a_folder_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    articles(tmp_path / "old", harvest=HARVEST)
    for file in ("news/bridge.txt", "old/harvest.txt"):
        line = refused(run("scan", "news", "--against", "old", "--csv", file, "--quiet"))
        assert line == f"cannot write {file}: it is read in this run; name another file"
    assert (tmp_path / "news" / "bridge.txt").read_text(encoding="utf-8") == BRIDGE


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize("option", ["--report", "--json", "--csv"])
@pytest.mark.parametrize(
    "name", ["may.zip", "may.jsonl", "bridge.meta.json", "bridge.txt.meta.json", "a\x1b[2Jb.html", "caf\udce9.html", "bell\a.html"]
)
def test_whatever_was_read_in_a_folder_is_not_overwritten(run: Run, tmp_path: Path, name: str, option: str) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, harvest=HARVEST)
    file, output = tmp_path / "news" / name, f"news/{name}"
    if name.endswith("zip"):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("inside.txt", BRIDGE)
    elif name.endswith(".html"):
        file.write_text(f"<html><body><article><p>{BRIDGE}</p></article></body></html>", encoding="utf-8")
    else:
        file.write_text(json.dumps({"title": "The bridge", "text": BRIDGE} if "meta" not in name else {"title": "The bridge"}) + "\n")
    if option == "--report" and not name.endswith(".html"):
        (tmp_path / "out.html").symlink_to(output)  # a link is followed, and what it leads to replaced
        output = "out.html"
    before = file.read_bytes()
    line = refused(run("scan", "news", option, output, "--quiet"))
    why = "it is read in this run; name another file"
    if name.endswith(".html") and option != "--report":
        why = "pages are written by --report; give JSON and CSV another name"
    assert re.fullmatch(rf"cannot write \S+: {why}", line), line
    assert file.read_bytes() == before
    assert len(os.listdir(tmp_path / "news")) == 3


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize("option", ["--report", "--json"])
def test_compare_does_not_overwrite_what_it_reads(run: Run, tmp_path: Path, option: str) -> None:
    articles(tmp_path, bridge=BRIDGE, harvest=HARVEST)
    (tmp_path / "harvest.meta.json").write_text("{}")
    (tmp_path / "page.html").symlink_to("harvest.meta.json")
    file = "page.html" if option == "--report" else "harvest.meta.json"
    said = f"cannot write {file}: it is read in this run; name another file"
    assert refused(run("compare", "bridge.txt", "harvest.txt", option, file)) == said
    assert (tmp_path / "harvest.meta.json").read_text() == "{}"


def test_an_article_among_the_pages_of_an_earlier_report_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    options = ("scan", "news", "--report", "news/out/", "--quiet")
    for _ in range(2):
        assert run(*options).exit_code == 0
    mine = tmp_path / "news" / "out" / "m7.html"
    mine.write_text(f"<html><body><article><p>{HARVEST}</p></article></body></html>", encoding="utf-8")
    assert refused(run(*options)) == "cannot write news/out/m7.html: it is read in this run; name another file"
    line = refused(run("compare", "news/copy.txt", "news/out/m7.html", "--report", "news/out"))
    assert line == "cannot write news/out: it is read in this run; name another file"
    assert mine.exists()


def test_text_that_is_no_json_lines_on_standard_input_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("A line of a story.\n" * 20, "utf-8")
    with (tmp_path / "story.txt").open() as piped:
        done = detector("scan", "-", cwd=tmp_path, stdin=piped, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"not valid JSON" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="closes a file descriptor")
@pytest.mark.parametrize("arguments", [["scan", "-", "--json", "found.json"], ["compare", "-", "one.txt"]])
def test_standard_input_that_is_closed_is_told_in_one_line(tmp_path: Path, arguments: list[str]) -> None:
    articles(tmp_path, one=BRIDGE)
    done = detector(*arguments, cwd=tmp_path, stdin=None, preexec_fn=lambda: os.close(0), stderr=subprocess.PIPE)
    said = b"detector: cannot read standard input: it is closed; pipe JSON lines into it\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_no_output_overwrites_what_was_read_from_standard_input_or_could_not_be_read(seeds: Path, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": each.stem, "text": each.read_text("utf-8")}) + "\n" for each in sorted(seeds.glob("*.txt")))
    (tmp_path / "piped.jsonl").write_text(lines, "utf-8")
    with (tmp_path / "piped.jsonl").open() as piped:
        done = detector("scan", "-", "--json", "piped.jsonl", cwd=tmp_path, stdin=piped, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"cannot write piped.jsonl: it is read in this run" in done.stderr
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "damaged.json").write_text('[{"id": 1, "text": "A story that', "utf-8")
    (tmp_path / "news" / "one.txt").write_text(BRIDGE, "utf-8")
    done = detector("scan", "news", "--json", "news/damaged.json", cwd=tmp_path, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert (tmp_path / "news" / "damaged.json").read_text("utf-8").endswith("A story that")
    assert (tmp_path / "piped.jsonl").read_text("utf-8") == lines


def test_an_output_of_an_earlier_scan_in_the_folder_is_replaced(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    for _ in range(2):
        options = ["--report", "news/page.html", "--json", "news/all.json", "--csv", "news/all.csv", "--quiet"]
        assert (run("scan", "news", *options).exit_code, len(os.listdir(tmp_path / "news"))) == (0, 5)


@pytest.mark.usefixtures("no_scan")
def test_an_output_without_permission_is_found_before_the_scan(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # the superuser may write everywhere
    assert "permission denied" in refused(run("scan", "news", "--report", "page.html"))


@pytest.mark.usefixtures("no_scan")
def test_two_outputs_in_one_place_are_refused(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE)
    assert "two outputs" in refused(run("scan", "news", "--json", "-", "--csv", "-"))
    assert "two outputs" in refused(run("scan", "news", "--json", "out", "--report", "./out"))
    assert "--report needs the name of a file" in refused(run("scan", "news", "--report", "-"))


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize("option", ["--json", "--csv"])
@pytest.mark.parametrize("name", ["site/index.html", "site/m1.html", "site/all.json", "./news/../site/index.html", "link/index.html"])
def test_an_output_in_the_folder_of_the_report_is_refused(run: Run, tmp_path: Path, name: str, option: str) -> None:
    articles(tmp_path / "news", bridge=BRIDGE)
    (tmp_path / "site").mkdir()
    (tmp_path / "link").symlink_to("site")
    for folder in ("site/", "site", "link/"):
        said = refused(run("scan", "news", "--report", folder, option, name))
        assert said == f"cannot write {name}: it is in {folder}, which is for the report; name a file elsewhere"
    assert os.listdir(tmp_path / "site") == []


def test_standard_output_is_in_no_folder(tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    (tmp_path / "site").mkdir()
    done = detector("scan", "../news", "--report", "./", "--json", "-", cwd=tmp_path / "site", stdout=subprocess.PIPE)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["matches"]) == 1


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("scan", "missing argument 'PATH...'"),
        ("scan news --threshold 80", "--threshold must lie above 0"),
        ("scan news --shingle-words 0", "--shingle-words must lie between 1 and 64"),
        ("scan news --workers many", "'many' is not a valid integer"),
        ("scan news --verdict copied", "'copied' is not one of 'duplicate'"),
        ("scan news --fail-on copied", "'copied' is not one of 'duplicate'"),
        ("scan news --max-bytes 0", "'--max-bytes': must lie between 1 and 2147483647, not 0"),
        ("scan news --max-bytes 99999999999999999", "'--max-bytes': must lie between 1 and 2147483647, not 99999999999999999"),
        ("scan news --threshold high", "'--threshold': 'high' is not a valid number"),
        ("scan news --min-probabilty 1", "--min-probability"),
        ("scan news --embed-texts", "name a file for it with --json"),
        ("scan news --json=", "needs the name of a file"),
        ("scan news --exclude *.txt", "there are no files in it that --exclude leaves"),
        ("scan news --max-bytes 300", "884 bytes, over the limit of 300 bytes"),
        ("compare news", "missing argument 'B'"),
        ("compare news news/bridge.txt", "news"),
        ("index news", "no such command 'index'"),
    ],
)
def test_wrong_usage_is_one_line_that_says_what_is_wrong(run: Run, tmp_path: Path, arguments: str, said: str) -> None:
    articles(tmp_path / "news", bridge=BRIDGE)
    assert said in refused(run(*arguments.split()))


def test_a_file_name_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a\x1b[2Jb\nc.txt").write_bytes(b"")
    line = refused(run("scan", "news"))
    assert "\x1b" not in line


def test_a_fault_of_the_program_does_not_look_like_a_match_that_was_to_fail(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    monkeypatch.setattr(engine_module, "scan", lambda *_, **__: [][0])
    result = run("scan", "news", "--fail-on", "duplicate")
    assert result.exit_code == FAULT == 70
    assert "IndexError" in result.stderr


def test_a_reader_that_goes_away_is_no_error(seeds: Path, tmp_path: Path) -> None:
    for options, code in ((["--json", "-"], 0), ([], 0), (["--fail-on", "rewrite"], 1)):
        ends = os.pipe()
        os.close(ends[0])
        try:
            done = detector("scan", seeds, *options, cwd=tmp_path, stdout=ends[1], stderr=subprocess.PIPE)
        finally:
            os.close(ends[1])
        assert (done.returncode, done.stderr) == (code, b"")


@pytest.fixture(params=["no reader", "/dev/full", "closed"])
def unwritable(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """Standard error as no program can write it, for a process of its own."""
    if request.param == "no reader":
        ends = os.pipe()
        os.close(ends[0])
        yield {"stderr": ends[1]}
        os.close(ends[1])
    elif request.param == "closed":
        yield {"preexec_fn": lambda: os.close(2)}
    elif not os.path.exists(request.param):
        pytest.skip("needs a device that is always full")
    else:
        with open(request.param, "wb") as full:
            yield {"stderr": full}


@pytest.mark.skipif(os.name == "nt", reason="passes file descriptors")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["scan", "SEEDS", "--json", "found.json"], 0),
        (["scan", "SEEDS", "--json", "found.json", "--fail-on", "rewrite"], 1),
        (["scan", "missing"], 2),
        (["scan"], 2),
        ([], 2),
    ],
)
def test_what_cannot_be_said_on_standard_error_does_not_change_how_a_run_ends(
    seeds: Path, tmp_path: Path, unwritable: dict[str, Any], arguments: list[str], code: int
) -> None:
    command = [str(seeds) if each == "SEEDS" else each for each in arguments]
    done = detector(*command, cwd=tmp_path, stdout=subprocess.PIPE, **unwritable)
    assert done.returncode == code
    assert b"Traceback" not in done.stdout
    assert (tmp_path / "found.json").exists() is ("--json" in arguments)


@pytest.mark.skipif(os.name == "nt", reason="passes file descriptors")
def test_a_fault_that_cannot_be_told_is_a_fault(tmp_path: Path, unwritable: dict[str, Any]) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    code = (
        "from detector import engine\nfrom detector.cli import program\n"
        "engine.scan = lambda *_, **__: [][0]\nprogram(['scan', 'news'], prog_name='detector')"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, timeout=60, **unwritable)
    assert done.returncode == FAULT


class Gone(io.StringIO):
    """A terminal whose window was closed."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_terminal_that_is_closed_takes_the_bars_with_it_and_not_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Gone())
    with progress_bar(quiet=False) as progress:
        progress("files", 1, 2)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["scan", "--help"]])
def test_help_that_nobody_reads_to_its_end_is_no_error(tmp_path: Path, arguments: list[str]) -> None:
    ends = os.pipe()
    os.close(ends[0])
    try:
        done = detector(*arguments, cwd=tmp_path, stdout=ends[1], stderr=subprocess.PIPE)
    finally:
        os.close(ends[1])
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("option", ["--fail-on", "--verdict"])
def test_copies_alone_have_no_other_verdicts(run: Run, option: str) -> None:
    result = run("scan", "news", "--near-duplicates", option, "rewrite")
    assert result.exit_code == 2
    assert "--near-duplicates finds only copies (duplicate, near-duplicate), never rewrite" in result.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["scan", "SEEDS", "--json", "-"], ["scan", "SEEDS"], ["--help"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line(seeds: Path, tmp_path: Path, arguments: list[str], unbuffered: str) -> None:
    command = [str(seeds) if each == "SEEDS" else each for each in arguments]
    with open("/dev/full", "wb") as full:
        done = detector(*command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, env={"PYTHONUNBUFFERED": unbuffered})
    assert done.returncode == 2
    assert re.fullmatch(rb"detector: cannot write to standard output: No space left on device\n", done.stderr)


def test_an_error_that_names_no_file_is_not_laid_on_standard_output(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    for number, said in ((errno.EAGAIN, "Resource temporarily unavailable"), (errno.EPIPE, "Broken pipe")):
        error = OSError(number, os.strerror(number))

        def fail(*_: object, failure: OSError = error, **__: object) -> None:
            raise failure

        monkeypatch.setattr(engine_module, "scan", fail)
        assert refused(run("scan", "news", "--json", "-")) == said


ENDS = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
@pytest.mark.parametrize(("sent", "code", "told"), ENDS)
def test_ctrl_c_and_sigterm_end_it_soon_with_their_code_and_one_line(
    tmp_path: Path, sent: signal.Signals, code: int, told: str
) -> None:
    articles(tmp_path / "news", **{f"copy{number}": BRIDGE for number in range(30)})
    slow = (  # 435 pairs of half a second
        "import os, signal, time\nfrom detector import judge\nfrom detector.cli import program\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what is started in the background ignores it
        "real = judge.judge\n"
        "def slow(*what, **more):\n    os.write(1, b'started\\n')\n    time.sleep(0.5)\n    return real(*what, **more)\n"
        "judge.judge = slow\nprogram(['scan', 'news', '--workers', '2'], prog_name='detector')"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", slow], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"started\n"
        process.send_signal(sent)
        _, said = process.communicate(timeout=20)
    assert process.returncode == code
    assert said.decode().split() == ["detector:", told]


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_sigterm_while_an_output_is_written_leaves_nothing_half_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    monkeypatch.setattr(os, "fsync", lambda _: signal.raise_signal(signal.SIGTERM))
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    result = run("scan", "news", "--json", "found.json", "--quiet")
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert (result.exit_code, result.stderr.split()) == (143, ["detector:", "terminated"])
    assert os.listdir(tmp_path) == ["news"]


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_a_program_that_handles_sigterm_itself_keeps_its_handler(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    got: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: got.append(number))
    try:
        monkeypatch.setattr(os, "fsync", lambda _: signal.raise_signal(signal.SIGTERM))
        assert run("scan", "news", "--json", "found.json", "--quiet").exit_code == 0
    finally:
        signal.signal(signal.SIGTERM, before)
    assert got == [signal.SIGTERM]


class Swallow:
    """What a library does that loses an interrupt."""

    def __init__(self, then: Callable[[Any], object]) -> None:
        self.then = then

    def __call__(self, *_: object, progress: Any, **__: object) -> object:
        """Stand in for the scan: the interrupt comes, is caught, and ``then`` follows."""
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        return self.then(progress)


def replaced(progress: Any) -> None:
    raise SystemError("CPUDispatcher(...) returned a result with an exception set")


def went_on(progress: Any) -> None:
    progress("comparing", 1, 2)
    raise AssertionError("the scan went on")


def ended(progress: Any) -> None:
    """The run ends before there is any more progress."""


@pytest.mark.parametrize("then", [replaced, went_on, ended])
@pytest.mark.parametrize("more", [[], ["--quiet"]])
def test_an_interrupt_that_is_swallowed_or_turned_into_something_else_ends_the_run_all_the_same(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: Callable[[Any], object], more: list[str]
) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, copy=BRIDGE)
    monkeypatch.setattr(engine_module, "scan", Swallow(then))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = run("scan", "news", "--json", "found.json", *more)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert (result.exit_code, result.stderr.split()) == (130, ["detector:", "interrupted"])
    assert not (tmp_path / "found.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
@pytest.mark.parametrize(("sent", "code", "told"), ENDS)
@pytest.mark.parametrize(
    ("patched", "delay"),
    [
        *(("comparing.processes = told(comparing.processes)", delay) for delay in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)),
        ("engine.scan = lambda *_, **__: exec('os.write(1, b\"started\\\\n\"); time.sleep(9)')", 0.0),
        ("class Late:\n    def __del__(self): started(); time.sleep(0.5)\n"
         "def scan(*_, progress, **__):\n    Late()\n    progress('comparing', 1, 2)\n    time.sleep(9)\nengine.scan = scan", 0.0),
    ],
)  # fmt: skip
def test_ctrl_c_and_sigterm_while_processes_start_or_other_code_runs_end_it_with_one_line(
    tmp_path: Path, patched: str, delay: float, sent: signal.Signals, code: int, told: str
) -> None:
    articles(tmp_path / "news", **{f"copy{number}": BRIDGE for number in range(30)})
    script = (
        "import os, signal, time\nfrom detector import comparing, engine\nfrom detector.cli import program\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\ncomparing.PAIRS_APART = 1\n"
        "def started():\n    os.write(1, b'started\\n')\n"
        "def told(real):\n    return lambda workers: (started(), real(workers))[1]\n"
        f"{patched}\nprogram(['scan', 'news', '--workers', '4'], prog_name='detector')\n"
    )
    (tmp_path / "run.py").write_text(script)
    with subprocess.Popen(
        [sys.executable, "-m", "run"],  # after -m Python minds whether exec saw an interrupt
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"started\n"
        time.sleep(delay)
        os.killpg(process.pid, sent)
        _, said = process.communicate(timeout=30)
    lines = [line for line in said.decode().splitlines() if line and "compiling" not in line]
    assert (process.returncode, lines) == (code, [f"detector: {told}"])


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["scan", "--help"], ["compare", "--help"]])
def test_help_and_version_answer_at_once(arguments: list[str], tmp_path: Path) -> None:
    heavy = ("numba", "numpy", "scipy", "sklearn", "nltk", "rich", "jinja2", "datasketch", "charset_normalizer")
    watch = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print([each for each in {heavy!r} if each in sys.modules], file=sys.stderr))\n"
        f"sys.argv = ['detector', *{arguments!r}]\n"
        "from detector.cli import program\nprogram(prog_name='detector')"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        done = subprocess.run([sys.executable, "-c", watch], cwd=tmp_path, env=environment, capture_output=True, text=True)
        seconds.append(time.monotonic() - started)
        assert done.returncode == 0
        assert "detector" in done.stdout
        assert done.stderr == "[]\n"
    assert min(seconds) < 1.0  # it takes 0.15 s; the rest is for a busy machine


def test_without_arguments_it_shows_its_help(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage: detector" in result.output


# Showing a stored report, and reports in folders


def test_a_stored_report_is_shown_with_its_texts_if_they_were_embedded(run: Run, seeds: Path, tmp_path: Path) -> None:
    assert run("scan", seeds, "--json", "with.json", "--embed-texts", "--report", "scan.html", "--quiet").exit_code == 0
    assert run("scan", seeds, "--json", "without.json", "--quiet").exit_code == 0
    table = run("scan", seeds).stdout
    shown = run("show", "with.json")
    assert (shown.exit_code, shown.stdout) == (0, table)
    assert run("show", "without.json").stdout == table
    assert the_one_line(run("show", "with.json", "--report", "with.html")) == "report written to with.html"
    assert "so without.html is without them: scan with --embed-texts" in run("show", "without.json", "--report", "without.html").stderr
    passage = "The White House released recently declassified intelligence"
    pages = {name: (tmp_path / name).read_text(encoding="utf-8") for name in ("scan.html", "with.html", "without.html")}
    assert [passage in page for page in pages.values()] == [True, True, False]
    assert "hold the two texts" in pages["without.html"]


@pytest.mark.usefixtures("no_scan")
def test_what_is_no_report_is_refused_in_a_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "match.json").write_text('{"schema": "detector-match/1"}', encoding="utf-8")
    assert "its schema is 'detector-match/1'" in refused(run("show", "match.json"))
    assert "No such file" in refused(run("show", "missing.json"))
    assert "it is read in this run; name another file" in refused(run("show", "match.json", "--report", "match.json"))


def test_show_names_for_more_matches_only_what_it_can_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "many.json").write_text(to_json(many(203)), encoding="utf-8")
    table = run("show", "many.json").stdout
    assert "3 matches more: --report gives all of them, as many.json does." in table
    assert "--csv" not in table


def test_a_scan_for_copies_says_so_and_so_does_its_report_shown_again(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "news", bridge=BRIDGE, harvest=HARVEST)
    first = run("scan", "news", "--near-duplicates", "--json", "copies.json").stdout
    assert " ".join(first.split()) == f"No copies among 2 articles. {COPIES_ONLY} 2 articles, 0 matches, 0 families."
    assert run("show", "copies.json").stdout == first
    assert run("show", "copies.json", "--report", "copies.html").exit_code == 0
    assert COPIES_ONLY in (tmp_path / "copies.html").read_text(encoding="utf-8")


def test_a_report_in_a_folder_has_an_index_and_a_page_for_each_match(run: Run, seeds: Path, tmp_path: Path) -> None:
    assert run("scan", seeds, "--report", "out/", "--quiet").exit_code == 0
    assert sorted(os.listdir(tmp_path / "out")) == ["index.html", "m1.html", "m2.html", "m3.html"]
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert all(f'<a href="m{number}.html">' in index for number in (1, 2, 3))
    assert "class=\"pair\"" not in index
    second = (tmp_path / "out" / "m2.html").read_text(encoding="utf-8")
    assert all(f'<a href="{name}"' in second for name in ("index.html", "m1.html", "m3.html"))
    # An earlier report is replaced: what it had more of goes, what is not ours stays.
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("scan", seeds, "--report", "out", "--quiet", "--verdict", "rewrite").exit_code == 0
    assert sorted(os.listdir(tmp_path / "out")) == ["index.html", "m1.html", "notes.txt"]


@pytest.mark.usefixtures("no_scan")
def test_a_folder_that_cannot_be_looked_into_is_told_in_one_line(
    run: Run, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*what: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert refused(run("scan", seeds, "--report", "out/")).endswith("cannot write out/: Permission denied")


def test_a_page_that_cannot_be_removed_is_an_error_of_the_user(tmp_path: Path) -> None:
    write_report(scan([]), f"{tmp_path}/out/")
    (tmp_path / "out" / "m7.html").mkdir()
    with pytest.raises(DetectorError, match=r"^cannot write .*m7\.html: "):
        write_report(scan([]), tmp_path / "out")


@pytest.mark.usefixtures("no_scan")
def test_a_folder_with_other_files_is_not_written_into(run: Run, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "index.html").write_text("<h1>My site</h1>", encoding="utf-8")
    assert "it is a folder with other files in it" in refused(run("scan", seeds, "--report", "home/"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "it is a file, not a folder" in refused(run("scan", seeds, "--report", "file/"))
    assert "there is no folder" in refused(run("scan", seeds, "--report", "no/where/"))


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize("name", ["news", "news.pdf", "news.json", "news.2026"])
def test_a_report_that_would_be_no_page_by_its_name_is_refused_with_what_to_write(run: Run, seeds: Path, name: str) -> None:
    line = refused(run("scan", seeds, "--report", name))
    assert line == f"cannot write {name}: a report is a page, news.html, or a folder of pages, news/"


@pytest.mark.usefixtures("no_scan")
@pytest.mark.parametrize("option", ["--json", "--csv"])
def test_a_folder_is_no_place_for_json_or_csv(run: Run, seeds: Path, tmp_path: Path, option: str) -> None:
    (tmp_path / "there").mkdir()
    for name in ("there", "there/", "new/"):
        assert refused(run("scan", seeds, option, name)) == f"cannot write {name}: it is a folder; name a file in it"


def test_what_was_written_is_told_where_but_not_in_quiet(run: Run, seeds: Path, tmp_path: Path) -> None:
    def told(*arguments: str | Path) -> list[str]:
        return run(*arguments).stderr.splitlines()

    assert told("scan", seeds, "--report", "a.HTM", "--json", "a.json", "--csv", "a.csv") == [
        "detector: report written to a.HTM",
        "detector: JSON written to a.json",
        "detector: CSV written to a.csv",
    ]
    assert told("scan", seeds, "--report", "pages/", "--json", "-") == ["detector: report written to pages/index.html"]
    two = seeds / "cnn.txt", seeds / "icaro.txt"
    assert told("compare", *two, "--json", "m.json", "--report", "m.html") == [
        "detector: report written to m.html",
        "detector: JSON written to m.json",
    ]
    assert told("show", "a.json", "--report", "pages")[-1] == "detector: report written to pages/index.html"
    assert told("scan", seeds, "--report", "a.html", "--json", "a.json", "--quiet") == []
    assert told("scan", seeds, "--report", os.devnull) == [f"detector: report written to {os.devnull}"]


def test_the_time_of_a_report_can_be_given(run: Run, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    for name in ("one.html", "two.html"):
        assert run("scan", seeds, "--report", name, "--quiet").exit_code == 0
    assert "Made 1970-01-02 00:00 UTC" in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    for wrong in ("yesterday", "86400.5", "-1", "9" * 20):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        said = refused(run("scan", seeds, "--report", "pages/", "--quiet"))
        assert f"SOURCE_DATE_EPOCH must be a whole number of seconds since 1970, not '{wrong}'" in said
        assert not (tmp_path / "pages").exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert run("scan", seeds, "--report", "three.html", "--quiet").exit_code == 0
    assert "Made 20" in (tmp_path / "three.html").read_text(encoding="utf-8")


# Reading what is no folder of texts


def test_json_lines_come_from_standard_input_and_fields_by_their_names(tmp_path: Path) -> None:
    copy = BRIDGE.replace("Tuesday evening", "Tuesday night")
    rows = [{"nr": at, "story": {"body": text}} for at, text in enumerate((BRIDGE, HARVEST, copy), start=1)]
    command = [sys.executable, "-m", "detector", "scan", "-", "--text-field", "story.body", "--id-field", "nr", "--json", "-"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input="".join(json.dumps(row) + "\n" for row in rows).encode(),
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [each["id"] for each in found["articles"]] == ["stdin#1", "stdin#2", "stdin#3"]
    assert {(each["a"], each["b"]) for each in found["matches"]} <= {("stdin#1", "stdin#3"), ("stdin#3", "stdin#1")}
    assert len(found["matches"]) == 1


def test_patterns_archives_and_names_left_out_go_together(run: Run, tmp_path: Path) -> None:
    articles(tmp_path / "today", a=BRIDGE, b=HARVEST, draft=BRIDGE)
    rows = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("x", BRIDGE), ("y", "Nothing.")))
    (tmp_path / "old.jsonl").write_text(rows)
    result = run("scan", "today/*.txt", "--exclude", "draft*", "--against", "old.json?", "--json", "-")
    assert result.exit_code == 0, result.output
    assert pairs(result) == {frozenset(("a.txt", "old.jsonl#x"))}


def test_what_no_pattern_matches_and_an_unknown_field_are_errors_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"inhalt": "Nothing."}\n')
    assert refused(run("scan", "*.html")) == "nothing matches *.html"
    assert refused(run("scan", "a.jsonl")) == (
        "no article could be read in a.jsonl: a.jsonl#1: no text field (name it with --text-field); it has: inhalt"
    )
