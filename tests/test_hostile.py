"""What reading promises of files that mean harm, or came to it: bounded time and memory, a reason, nothing written."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from detector import Article, compare
from detector.read import read_articles
from detector.reading.opening import MAX_BYTES, members, opened
from tests import files
from tests.files import zipped

SECONDS = 30
"""No file here may take longer; most take a hundredth of it."""

MEMORY = 700 * 2**20
"""Peak of a process that reads one of them, libraries included: an article may have 16 MB, and is held a few times."""

PROGRAM = """
import json, os, re, sys
from detector.read import read_articles
articles = read_articles(sys.argv[1:])
status = open("/proc/self/status").read() if os.path.exists("/proc/self/status") else ""  # elsewhere only time is looked at
peak = 1024 * int((re.findall(r"VmHWM:\\s*(\\d+)", status) or ["0"])[0])
print(json.dumps({"ids": [each.id for each in articles], "told": [row.reason for row in articles.skipped], "peak": peak}))
"""


def read_apart(path: Path) -> tuple[list[str], list[str]]:
    """Ids and reasons, from a process of its own that is held to its time and memory and leaves nothing behind."""
    before = sorted(each.name for each in path.parent.iterdir())
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == ""
    assert time.monotonic() - began < SECONDS
    told = json.loads(done.stdout)
    assert told["peak"] < MEMORY, f"{told['peak'] / 2**20:.0f} MiB"
    assert sorted(each.name for each in path.parent.iterdir()) == before
    return told["ids"], told["told"]


def bomb(start: bytes = b"", megabytes: int = 200) -> bytes:
    """A gzip file that unpacks to a thousand times its size."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=6) as file:
        file.write(start)
        for _ in range(megabytes):
            file.write(b" " * 2**20)
    return out.getvalue()


def tarred(*infos: tarfile.TarInfo | tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for each in infos:
            info = each if isinstance(each, tarfile.TarInfo) else tarfile.TarInfo(each[0])
            data = b"" if isinstance(each, tarfile.TarInfo) else each[1]
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def header_without_end() -> bytes:
    """A tar whose first header says that a member's name is 300 MB long."""
    info = special("x", tarfile.XHDTYPE)
    info.size = 300 * 2**20
    return gzip.compress(info.tobuf(tarfile.USTAR_FORMAT) + bytes(300 * 2**20))


def layers(depth: int) -> bytes:
    data = files.BODY.encode()
    for at in range(depth):
        data = zipped({f"{at}.zip" if at else "a.txt": data})
    return data


def same_text_in_every_row() -> bytes:
    """A parquet file whose only text, of 4 MB, stands in 100,000 rows and is stored once."""
    import pyarrow
    from pyarrow import parquet

    text = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 100_000, pyarrow.int32()), ["A bridge is shut. " * 220_000])
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": text}), out)
    return out.getvalue()


def laughs(inside: str) -> bytes:
    """A feed whose text is a billion words, by entities of entities."""
    entities = '<!ENTITY a0 "ha ">' + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{inside}'.encode()


FEED = "<rss version='2.0'><channel><item><title>T</title><description>&a9;</description></item></channel></rss>"
FETCHING = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    "<title>T</title><description>Root: &a;. The keeper went home.</description></item></channel></rss>"
)
MAIL = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 20_000 + b"\n\nThe end."

CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.txt.gz": (bomb, "over the limit of 16 MiB (raise --max-bytes)"),
    "bomb.jsonl.gz": (bomb, "unpacks to more than 200 times its size: not read further"),
    "bomb.csv.gz": (lambda: bomb(b"id,text\n1,"), "a line over the limit of 16 MiB (raise --max-bytes): not read further"),
    "bomb.html.gz": (bomb, "over the limit of 16 MiB (raise --max-bytes)"),
    "bomb.tar.gz": (header_without_end, "a damaged tar archive (a header without end)"),
    "bomb.zip": (
        lambda: zipped({f"{at}.txt": b"A" + b" " * (MAX_BYTES - 1) for at in range(30)}),
        "unpacks to more than 200 times its size: not read further",
    ),
    "layers.zip": (lambda: layers(5), "packed more than 3 times"),
    "rows.parquet": (same_text_in_every_row, "unpacks to more than 200 times its size: not read further"),
    "cell.csv": (
        lambda: b'id,text\n1,"' + b"A line of the cell that never ends.\n" * 3_000_000,
        "a damaged table (field larger than field limit (16777216)): not read further",
    ),
    "line.csv": (
        lambda: b"id,text\n1," + b"x" * 100_000_000,
        "a line over the limit of 16 MiB (raise --max-bytes): not read further",
    ),
    "line.jsonl": (lambda: b'{"text": "' + b"x" * 100_000_000, "over the limit of 16 MiB (raise --max-bytes)"),
    "deep.json": (lambda: b"[" * 100_000, "not valid JSON (nested too deeply)"),
    "closed.json": (lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not valid JSON (nested too deeply)"),
    "deep.jsonl": (lambda: b"[" * 100_000 + b"]" * 100_000, "not valid JSON (nested too deeply)"),
    "laughs.rss": (lambda: laughs(FEED), ""),
    "laughs.html": (lambda: laughs("<html><body><p>&a9;</p></body></html>"), ""),
    "deep.eml": (lambda: MAIL, "more than 200 parts"),
    "cut.txt.gz": (lambda: gzip.compress(os.urandom(5000))[:-200], "a damaged file (Compressed file ended before"),
    "no.txt.gz": (lambda: b"This is no gzip file.", "a damaged file (Not a gzipped file"),
    "no.txt.zst": (lambda: b"This is no such file.", "a damaged file ("),
    "no.txt.bz2": (lambda: b"This is no such file.", "a damaged file (Invalid data stream)"),
    "no.zip": (lambda: b"This is no zip file.", "a damaged zip archive (File is not a zip file)"),
    "no.tar.gz": (lambda: gzip.compress(b"no tar" * 1000), "a damaged tar archive ("),
    "no.parquet": (lambda: b"PAR1 and no more PAR1", "a damaged parquet file ("),
    "no.docx": (lambda: b"This is no document.", "a damaged Word document (File is not a zip file)"),
    "no.pdf": (lambda: b"This is no document.", "a damaged PDF file ("),
    "no.rss": (lambda: b"This is no feed.", "no entries: not a feed, or an empty one"),
    "nul.csv": (lambda: b"id,text\n1,One\0two\n", "a binary file (it holds NUL bytes)"),
    "number.json": (lambda: b"9" * 100_000, "not valid JSON (Exceeds the limit"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_skipped_with_its_reason_in_bounded_time_and_memory(tmp_path: Path, name: str) -> None:
    make, reason = CASES[name]
    (tmp_path / name).write_bytes(make())
    ids, told = read_apart(tmp_path / name)
    if reason:
        assert told[-1].startswith(reason)
        if name not in ("rows.parquet", "bomb.zip"):  # what is read before the limit is kept
            assert ids == []
    else:
        assert ids or told


@pytest.mark.parametrize("tag", ["div", "table", "ul", "p", "b"])
@pytest.mark.parametrize("closed", [True, False])
def test_a_page_nested_deeper_than_any_is_read_or_skipped(tmp_path: Path, tag: str, closed: bool) -> None:
    for name, depth in (("a.html", 100_000), ("b.html", 20_000)):
        deep = f"<{tag}>" * depth + files.BODY + f"</{tag}>" * (depth * closed)
        (tmp_path / name).write_text(f"<html><body>{deep}</body></html>")
    assert read_apart(tmp_path / "a.html") == ([], ["a page of more than 50,000 tags"])
    ids, told = read_apart(tmp_path / "b.html")
    assert ids or told


def test_a_feed_names_no_other_file_into_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(FETCHING)
    articles = read_articles([tmp_path])
    assert [each.text for each in articles] in ([], ["Root: . The keeper went home."], ["Root: &a;. The keeper went home."])
    assert "root:x" not in str([*articles, *articles.skipped])


class TestArchives:
    def test_a_tar_is_never_unpacked_and_what_leads_out_of_it_is_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        body = files.BODY.encode()
        path = tmp_path / "in" / "a.tar"
        path.write_bytes(
            tarred(
                ("../../evil.txt", body),
                ("/tmp/evil.txt", body),
                ("C:\\evil.txt", body),
                ("..\\evil.txt", body),
                special("link.txt", tarfile.SYMTYPE, "/etc/passwd"),
                special("hard.txt", tarfile.LNKTYPE, "../../etc/passwd"),
                special("pipe.txt", tarfile.FIFOTYPE),
                special("disk.txt", tarfile.BLKTYPE),
                special("folder", tarfile.DIRTYPE),
                (".hidden.txt", body),
                ("photo.jpg", body),
                ("caf\udce9.txt", body),
                ("./good.txt", body),
            )
        )
        articles = read_articles([path])
        assert [each.id for each in articles] == ["a.tar/./good.txt", "a.tar/caf\\udce9.txt"]
        assert [row.reason for row in articles.skipped if "a.tar/" in row.path] == ["a name that leads out of the archive"] * 4 + [
            "a link, not followed"
        ]
        assert [row.reason for row in articles.skipped if row.path == str(path)] == ["5 more in it not read"]
        assert [each.name for each in tmp_path.rglob("*")] == ["in", "a.tar"]

    def test_a_link_in_a_zip_is_not_an_article(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            info = zipfile.ZipInfo("link.txt")
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
        (row,) = read_articles([tmp_path]).skipped
        assert row.reason == "a link, not followed"

    def test_an_encrypted_member_says_so_and_the_others_are_read(self, tmp_path: Path) -> None:
        data = bytearray(zipped({"a.txt": b"Secret.", "b.txt": b"Open."}))
        for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            data[data.find(signature) + flags] |= 1
        (tmp_path / "a.zip").write_bytes(data)
        articles = read_articles([tmp_path])
        assert [each.id for each in articles] == ["a.zip/b.txt"]
        assert [row.reason for row in articles.skipped] == ["encrypted: unpack it with its password first"]

    def test_a_damaged_member_does_not_stop_the_others(self, tmp_path: Path) -> None:
        data = bytearray(zipped({"a.txt": files.BODY.encode(), "b.txt": files.PARAGRAPHS[0].encode()}))
        data[60] ^= 255
        (tmp_path / "a.zip").write_bytes(data)
        articles = read_articles([tmp_path])
        assert [each.id for each in articles] == ["a.zip/b.txt"]
        (row,) = articles.skipped
        assert row.path.endswith("a.zip/a.txt")
        assert row.reason.startswith("a damaged file (")

    def test_records_before_the_damage_are_kept(self, tmp_path: Path) -> None:
        lines = b"".join(json.dumps({"text": f"{at} {os.urandom(99).hex()}"}).encode() + b"\n" for at in range(5000))
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-50_000])
        articles = read_articles([tmp_path])
        assert 3000 < len(articles) < 5000
        assert articles.skipped[-1].reason.startswith("a damaged file (Compressed file ended before")

    def test_a_table_of_contents_that_would_fill_the_memory_is_not_read(self, tmp_path: Path) -> None:
        data = bytearray(zipped({"a.txt": b"One."}))
        at = data.rfind(b"PK\5\6") + 12
        data[at : at + 4] = (65 * 2**20).to_bytes(4, "little")
        (tmp_path / "a.zip").write_bytes(data)
        (row,) = read_articles([tmp_path]).skipped
        assert row.reason == "its table of contents is over 64 MiB: split the archive"

    def test_members_are_counted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("detector.reading.opening._Budget.__init__.__defaults__", (3,))
        (tmp_path / "a.zip").write_bytes(zipped({f"{at}.txt": b"One." for at in range(5)}))
        articles = read_articles([tmp_path])
        assert len(articles) == 3
        assert [row.reason for row in articles.skipped] == ["more than 1,000,000 members: not read further"]


class TestChangingFiles:
    def test_a_file_that_grows_is_read_as_it_was_when_opened(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(b'{"text": "One."}\n')
        with opened(str(path)) as (file, size):
            (member,) = members(file, str(path), size, MAX_BYTES)
            with path.open("ab") as more:
                more.write(b'{"text": "Two."}\n')
            assert member.stream.read() == b'{"text": "One."}\n'

    def test_a_file_that_shrinks_gives_what_is_left(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(files.BODY.encode())
        with opened(str(path)) as (file, size):
            (member,) = members(file, str(path), size, MAX_BYTES)
            path.write_bytes(b"One.")
            assert member.whole(MAX_BYTES) == b"One."

    def test_an_archive_replaced_by_another_while_it_is_read_stays_the_first(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(zipped({"a.txt": b"One.", "b.txt": b"Two."}))
        with opened(str(path)) as (file, size):
            held = members(file, str(path), size, MAX_BYTES)
            assert next(held).whole(MAX_BYTES) == b"One."
            path.unlink()
            path.write_bytes(b"no zip")
            assert next(held).whole(MAX_BYTES) == b"Two."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device there")
@pytest.mark.parametrize("option", ["--json", "--csv", "--report"])
def test_a_full_disk_is_an_error_in_one_line_and_leaves_nothing_behind(tmp_path: Path, seeds: Path, option: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "full").symlink_to("/dev/full")
    command = [sys.executable, "-m", "detector", "scan", str(seeds), "--near-duplicates", "--quiet", option, "out/full"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "no space left on device" in done.stderr.lower()
    assert os.listdir(tmp_path / "out") == ["full"]


def test_no_room_for_the_texts_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    (tmp_path / "a.jsonl").write_bytes(b"".join(json.dumps({"text": f"{at} " * 4000}).encode() + b"\n" for at in range(50)))
    program = (
        "import sys, signal, resource\nfrom detector import read, DetectorError\nread.MEMORY_BYTES = 1000\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "try:\n    read.read_articles(sys.argv[1:])\nexcept DetectorError as error:\n    print(error)\n"
    )
    assert resource.RLIMIT_FSIZE is not None
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.jsonl")], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.startswith("cannot keep the texts in ")
    assert done.stdout.endswith("; name a folder with more room in TMPDIR\n")


@pytest.mark.parametrize(
    "piece", ["–x", "\u00a0x", "中", "(AP) - ", '"Yes," Ann Lee told CNN. ', "Then Lee spoke. “It is a palace for a bus,” he said.\n"],
    ids=["dash", "space", "ideograph", "credit", "speech", "pronoun"],
)
def test_a_text_that_is_one_line_of_one_thing_takes_time_in_proportion_to_its_length(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (20_000, 160_000))
    taken = []
    for text in (short, short, long):  # the first compiles what is not compiled yet
        began = time.process_time()
        compare(Article(id="a", text=text), Article(id="b", text=f"{text} end"))
        taken.append(time.process_time() - began)
    assert taken[2] < 24 * max(taken[1], 0.05), taken  # 8 in proportion, 64 in its square
