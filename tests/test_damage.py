"""Files that look harmless: what they hold is told or refused, whole, in time, and the other files are read."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from detector import read_articles, scan
from detector.cli import program
from detector.model import Article
from detector.story.boilerplate import learned
from tests.files import tar

STORY = "The old stone bridge at Kerr fell into the river on Monday night, and nobody was hurt, the police said on Tuesday."


def skipped(folder: Path) -> list[str]:
    return [each.reason for each in read_articles([folder]).skipped]


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "unicode_escape", "no-such"])
def test_a_page_may_declare_what_is_no_encoding(charset: str, tmp_path: Path) -> None:
    page = f"<html><head><meta charset='{charset}'><title>Bridge</title></head><body><article><p>{STORY} \\u0041</p></article>"
    (tmp_path / "a.html").write_text(page)
    assert [STORY in each.text and "\\u0041" in each.text for each in read_articles([tmp_path])] == [True]


@pytest.mark.parametrize("how", ["flipped", "cut in it", "cut before it"])
def test_a_tar_with_a_broken_header_is_told_and_what_came_before_is_kept(how: str, tmp_path: Path) -> None:
    data = tar({f"{name}.txt": STORY.encode() for name in "abcd"}, "w")
    third = 2 * 1024
    changed = bytes([data[third] ^ 1]) + data[third + 1 :] if how == "flipped" else data[third : third + 100 * (how == "cut in it")]
    (tmp_path / "news.tar").write_bytes(data[:third] + changed)
    found = read_articles([tmp_path])
    assert [each.id for each in found] == ["news.tar/a.txt", "news.tar/b.txt"]
    assert "damaged tar archive" in found.skipped[0].reason


def test_a_sparse_member_of_a_tar_is_not_read(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("huge.jsonl")
    entry.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,0", "GNU.sparse.size": str(10**18)}
    entry.pax_headers["GNU.sparse.name"] = "huge.jsonl"
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(entry)
    (tmp_path / "news.tar").write_bytes(out.getvalue())
    assert any("sparse" in reason for reason in skipped(tmp_path))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_of_a_zip_that_unpack_in_one_go_are_refused(method: int, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a.txt", STORY)
        archive.writestr("b.txt", STORY * 1000, compress_type=method)
    found = read_articles([tmp_path])
    assert [each.id for each in found] == ["news.zip/a.txt"]
    assert "only deflate" in found.skipped[0].reason


def test_records_of_one_id_are_numbered_in_no_time(tmp_path: Path) -> None:
    lines = (json.dumps({"id": 1, "text": f"{STORY} {at}"}) for at in range(20_000))
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    ids = {each.id for each in read_articles([tmp_path])}
    assert ids == {"a.jsonl#1", *(f"a.jsonl#1~{at}" for at in range(2, 20_001))}


def test_a_parquet_file_of_few_bytes_does_not_fill_the_memory(tmp_path: Path) -> None:
    table = pa.table({"text": [f"{STORY} {at}" for at in range(64)], "title": ["x" * 2_000_000] * 64})
    parquet.write_table(table, tmp_path / "a.parquet", compression="zstd")
    assert (tmp_path / "a.parquet").stat().st_size < 20_000
    assert "unpacks to more than" in skipped(tmp_path)[0]


def test_a_mail_of_very_many_parts_or_senders_takes_no_time(tmp_path: Path) -> None:
    head = "From: {}\nSubject: Bridge\nMIME-Version: 1.0\nContent-Type: {}\n\n{}"
    (tmp_path / "a.eml").write_text(head.format("a,", 'multipart/mixed; boundary="b"', "--b\n\n\n" * 20_000))
    (tmp_path / "b.eml").write_text(head.format("a," * 40_000, "text/plain", STORY))
    found = read_articles([tmp_path])
    assert [(each.text, each.author, each.title) for each in found] == [(STORY, None, "Bridge")]
    assert "parts" in found.skipped[0].reason


def test_entries_of_a_feed_lose_their_markup_wherever_it_stands(tmp_path: Path) -> None:
    told = "The AT&amp;amp;T deal was made &lt;b&gt;on Monday&lt;/b&gt; by &lt;a href=&quot;http://x.example&quot;&gt;them&lt;/a&gt;."
    feed = f"<rss version='2.0'><channel><title>Post</title><item><title>Deal</title><description>{told}</description></item></channel></rss>"
    (tmp_path / "a.rss").write_text(feed)
    assert [each.text for each in read_articles([tmp_path])] == ["The AT&T deal was made on Monday by them."]


def test_reports_of_this_program_are_no_news(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY.replace("Monday", "Sunday"))
    options = ["scan", str(tmp_path), "--report", str(tmp_path / "page.html"), "--json", str(tmp_path / "r.json"), "--embed-texts"]
    with pytest.raises(SystemExit, match=r"^0$"):
        program(options)
    found = read_articles([tmp_path])
    assert [each.id for each in found] == ["a.txt", "b.txt"]
    assert [each.reason for each in found.skipped] == ["a report of this program"] * 2


def test_a_guessed_agency_is_no_outlet_whose_copy_would_be_boilerplate() -> None:
    news = [Article(id=f"{at}", text=f"{STORY}\nOwn {at} words.", source="AP", guessed=("source",)) for at in range(9)]
    assert learned(news) == {}
    assert len(scan(news).matches) > 0


def test_the_first_accent_of_a_table_may_come_late(tmp_path: Path) -> None:
    rows = [f'{at},"{STORY}"' for at in range(12_000)] + ['x,"Le pont s’est écroulé à Évian"', 'y,"Le pont s’est écroulé à Évian"']
    for name, encoding in (("a.csv", "cp1252"), ("b.csv", "utf-8")):
        (tmp_path / name).write_bytes("\n".join(["id,text", *rows]).encode(encoding))
    found = {each.id: each.text for each in read_articles([tmp_path])}
    assert (tmp_path / "a.csv").stat().st_size > 2**20
    assert [found[f"{name}#x"] for name in ("a.csv", "b.csv")] == ["Le pont s’est écroulé à Évian"] * 2
