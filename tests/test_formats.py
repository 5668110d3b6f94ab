"""What formats promise: the same article comes out of each, with what the file says of it, packed or not."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from detector.engine import scan
from detector.model import Article, DetectorError
from detector.read import Articles, read_articles, read_each
from detector.reading import formats
from detector.reporting.export import match_to_json, to_csv, to_json
from detector.reporting.page import render_html
from tests import files
from tests.files import read_one, tar, zipped

RECORDS = ("a.jsonl", "a.ndjson", "a.csv", "a.tsv", "a.parquet", "a.rss", "a.atom")


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def one_of(folder: Path, name: str, data: bytes, **options: Any) -> Article:
    articles = read_articles([written(folder, name, data).parent], **options)
    assert articles.skipped == ()
    (article,) = articles
    return article


def told(articles: Articles) -> list[str]:
    return [f"{Path(row.path).name}: {row.reason}" for row in articles.skipped]


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


class TestEveryFormat:
    def test_there_is_a_file_for_each(self) -> None:
        assert {Path(name).suffix for name in files.MADE} == set(formats.READERS)

    @pytest.mark.parametrize("name", files.MADE)
    def test_the_article_comes_out_with_what_the_file_says_of_it(self, tmp_path: Path, name: str) -> None:
        article = one_of(tmp_path, name, files.MADE[name])
        assert article.text.split() == files.BODY.split()
        assert article.title == files.TITLE
        assert article.author == files.AUTHOR
        if name not in ("a.eml", "a.docx", "a.pdf"):
            assert (article.source, article.url) == (files.OUTLET, files.URL)
        if name != "a.docx":
            assert (article.published or "").startswith(files.DAY)
        assert "title" not in article.guessed
        assert article.id == name + {"a.rss": f"#{files.URL}", "a.atom": f"#{files.URL}"}.get(name, "#1" * (name in RECORDS))

    @pytest.mark.parametrize(
        ("told", "published"),
        [("T09:30:00Z", "2024-05-17T09:30:00+00:00"), ("T09:30+0200", "2024-05-17T09:30:00+02:00"), ("T99:30", files.DAY), ("", files.DAY)],
    )
    def test_a_page_keeps_the_time_of_its_day(self, tmp_path: Path, told: str, published: str) -> None:
        page = files.MADE["a.html"].replace(b"T09:30:00Z", told.encode())
        assert one_of(tmp_path, "a.html", page).published == published

    @pytest.mark.parametrize("name", files.MADE)
    @pytest.mark.parametrize("ending", [".gz", ".bz2", ".zst", ".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tar.zst"])
    def test_it_is_the_same_packed(self, tmp_path: Path, name: str, ending: str) -> None:
        plain = one_of(tmp_path / "plain", name, files.MADE[name])
        data = files.MADE[name]
        pack: dict[str, Callable[[], bytes]] = {
            ".gz": lambda: gzip.compress(data),
            ".bz2": lambda: bz2.compress(data),
            ".zst": lambda: zstandard.compress(data),
            ".zip": lambda: zipped({f"in/{name}": data}),
            ".tar.gz": lambda: tar({f"in/{name}": data}),
            ".tgz": lambda: tar({f"in/{name}": data}),
            ".tar": lambda: tar({f"in/{name}": data}, "w"),
            ".tar.bz2": lambda: tar({f"in/{name}": data}, "w:bz2"),
            ".tar.zst": lambda: zstandard.compress(tar({f"in/{name}": data}, "w")),
        }
        archive = ending not in (".gz", ".bz2", ".zst")
        packed_as = f"news{ending}" if archive else name + ending
        article = one_of(tmp_path / "packed", packed_as, pack[ending]())
        assert (article.text, article.title, article.published) == (plain.text, plain.title, plain.published)
        assert article.id == plain.id.replace(name, f"{packed_as}/in/{name}" if archive else packed_as)

    @pytest.mark.parametrize("name", files.MADE)
    def test_a_file_cut_off_anywhere_gives_what_is_whole_or_a_reason(self, tmp_path: Path, name: str) -> None:
        data = files.MADE[name]
        for at, part in enumerate((1, 2, 3, 5, 8, 13, 21)):
            written(tmp_path, f"{at}{name}", data[: len(data) * part // 22])
        written(tmp_path, f"empty{name}", b"")
        articles = read_articles([tmp_path])
        seen = {each.path for each in articles} | {row.path.partition("#")[0] for row in articles.skipped}
        assert len(seen) == 8
        assert all(len(each.text) <= len(data) for each in articles)


class TestRecords:
    def test_each_record_is_an_article_with_its_own_id_or_its_place(self, tmp_path: Path) -> None:
        data = lines({"id": "x 1", "text": "One."}, {"text": "Two."}, {"id": "x 1", "text": "Three."}) + b"\n\n"
        articles = read_articles([written(tmp_path, "a.jsonl", data)])
        assert {each.id: each.text for each in articles} == {
            "a.jsonl#x 1": "One.",
            "a.jsonl#2": "Two.",
            "a.jsonl#x 1~2": "Three.",
        }

    def test_a_broken_record_does_not_stop_the_others(self, tmp_path: Path) -> None:
        data = b'{"text": "One."}\n{"text": \n[1]\n{"title": "No text"}\n\xff\xfe\n' + lines({"text": "Two."})
        articles = read_articles([written(tmp_path, "a.jsonl", data)])
        assert [each.text for each in articles] == ["One.", "Two."]
        first, second, third, fourth = told(articles)
        assert first.startswith("a.jsonl#2: not valid JSON (Expecting value")
        assert second == "a.jsonl#3: not an object with a text field"
        assert third == "a.jsonl#4: no text field (name it with --text-field); it has: title"
        assert fourth.startswith("a.jsonl#5: not valid JSON (")

    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1252", "koi8-r", "gb18030", "shift_jis"])
    def test_json_lines_are_read_in_the_encodings_of_a_text(self, tmp_path: Path, codec: str) -> None:
        words = {"koi8-r": "Мэр заявил, что мост закрыт навсегда", "gb18030": "市长说大桥已经关闭了", "shift_jis": "市長は橋が閉鎖されたと述べた"}
        word = words.get(codec, "Le maire a déclaré que le pont était fermé à Besançon")
        texts = ["Plain.", *(f"{word} {at}." for at in range(5)), "The end."]
        data = "\r\n".join(json.dumps({"text": each}, ensure_ascii=False) for each in texts).encode(codec)
        assert [each.text for each in read_articles([written(tmp_path, "a.jsonl", data)])] == texts
        assert [each.text for each in read_articles([written(tmp_path, "b.jsonl.gz", gzip.compress(data))])] == texts
        whole = json.dumps([{"text": each} for each in texts], ensure_ascii=False).encode(codec)
        assert [each.text for each in read_articles([written(tmp_path, "a.json", whole)])] == texts

    def test_the_first_accent_of_json_lines_may_come_late(self, tmp_path: Path) -> None:
        late = json.dumps({"text": "Le maire a déclaré que le pont était fermé."}, ensure_ascii=False)
        data = lines({"text": "Plain. " * 20}) * 20_000 + f"{late}\n".encode("latin-1")  # 3 MB
        articles = read_articles([written(tmp_path, "a.jsonl", data)])
        assert (len(articles), articles.skipped) == (20_001, ())
        assert "a.jsonl#20001" in {each.id for each in articles if "déclaré que le pont était fermé" in each.text}

    def test_a_damaged_byte_does_not_turn_json_lines_into_another_encoding(self, tmp_path: Path) -> None:
        told = ["Le pont de Besançon est fermé.".encode(), b"Only the caf\xe9 of the town is open.", "Déjà !".encode(), b"Caf\xed\xa0\x80s of many towns are open, the mayor said, and they will be until the end of the week."]
        data = b"\n".join(b'{"text": "' + each + b'"}' for each in told)
        articles = read_articles([written(tmp_path, "a.jsonl", data)])
        assert [each.text for each in articles] == [each.decode("utf-8", "replace") for each in told]

    @pytest.mark.parametrize("codec", ["utf-8", "utf-16", "latin-1"])
    @pytest.mark.parametrize("first", [0, 2000])
    def test_json_lines_before_the_damage_are_kept_in_any_encoding(self, tmp_path: Path, codec: str, first: int) -> None:
        texts = ["Plain.", "Le pont était déjà fermé à Besançon, a déclaré le maire."]
        rows = [{"x": os.urandom(99).hex(), "text": texts[at >= first]} for at in range(5000)]
        packed = gzip.compress("\n".join(json.dumps(each, ensure_ascii=False) for each in rows).encode(codec))
        articles = read_articles([written(tmp_path, "a.jsonl.gz", packed[: len(packed) * 9 // 10])])
        assert 3000 < len(articles) < 5000
        assert {each.text[:8] for each in articles} == {"Plain."[: 8 * first], "Le pont "} - {""}
        assert articles.skipped[-1].reason.startswith("a damaged file (Compressed file ended before")

    @pytest.mark.parametrize("codec", ["utf-8", "utf-16", "latin-1"])
    def test_a_line_over_the_limit_is_skipped_in_any_encoding(self, tmp_path: Path, codec: str) -> None:
        texts = ["Le pont est fermé.", "Le pont était déjà fermé à Besançon. " * 20, "Il a été rouvert."]
        data = "\n".join(json.dumps({"text": each}, ensure_ascii=False) for each in texts).encode(codec)
        articles = read_articles([written(tmp_path, "a.jsonl", data)], max_bytes=400)
        assert [each.text for each in articles] == [texts[0], texts[2]]
        assert told(articles) == ["a.jsonl#2: over the limit of 400 bytes (raise --max-bytes)"]

    def test_many_broken_records_are_counted(self, tmp_path: Path) -> None:
        articles = read_articles([written(tmp_path, "a.jsonl", b"{\n" * 1234)])
        assert len(articles.skipped) == 6
        assert "a.jsonl: 1,229 more in it not read" in told(articles)

    @pytest.mark.parametrize(
        "value",
        [
            [{"text": "One."}, {"text": "Two."}],
            {"status": "ok", "articles": [{"content": "One."}, {"content": "Two."}]},
        ],
    )
    def test_a_json_file_may_hold_a_list(self, tmp_path: Path, value: Any) -> None:
        articles = read_articles([written(tmp_path, "a.json", json.dumps(value, indent=1).encode())])
        assert {each.id: each.text for each in articles} == {"a.json#1": "One.", "a.json#2": "Two."}

    def test_json_lines_under_the_name_of_json_are_read(self, tmp_path: Path) -> None:
        articles = read_articles([written(tmp_path, "a.json", lines({"text": "One."}, {"text": "Two."}))])
        assert [each.text for each in articles] == ["One.", "Two."]

    def test_fields_are_named_by_the_user_where_they_are_called_otherwise(self, tmp_path: Path) -> None:
        record = {"text": "a teaser", "artikel": {"inhalt": "The story."}, "nr": 7, "zeitung": "Hafenpost", "wann": "2024-05-17"}
        named = {"text": "artikel.inhalt", "id": "nr", "source": "zeitung", "published": "wann"}
        article = one_of(tmp_path, "a.jsonl", lines(record), fields=named)
        assert (article.id, article.text, article.source) == ("a.jsonl#7", "The story.", "Hafenpost")
        assert article.published == "2024-05-17"

    def test_a_field_that_a_record_does_not_have_is_told_with_those_it_has(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.jsonl", lines({"text": "One.", "lead": "Two."}, {"lead": "Four.", "nr": 4}))
        other = written(tmp_path, "b.jsonl", lines({"inhalt": "Three."}))
        found = read_articles([path, other], fields={"text": "inhalt"})
        assert [each.text for each in found] == ["One.", "Three."], "where a record has no such field, the usual names hold"
        assert told(found) == ["a.jsonl#2: nothing in its field inhalt; it has: lead, nr"]
        with pytest.raises(DetectorError, match=r"^no field is called body: there are text, id, title"):
            read_articles([path], fields={"body": "x"})

    @pytest.mark.parametrize("name", ["text", "id", "title", "source", "author", "published", "url"])
    def test_a_field_that_no_record_has_is_an_error_with_those_there_are(self, tmp_path: Path, name: str) -> None:
        rows = [{"text": "One.", "nr": 1, "by": {"line": ""}}, {"text": "Two.", "nr": None}]
        for path in (written(tmp_path, "a.jsonl", lines(*rows)), written(tmp_path, "a.csv", b"text,nr,by\nOne.,1,\n")):
            with pytest.raises(DetectorError, match=rf"^no record has a field 'nrr', named for {name}; the first has: text, nr, by$"):
                read_articles([path], fields={name: "nrr"})
        with pytest.raises(DetectorError, match=r"'by\.lime'"):
            read_articles([tmp_path / "a.jsonl"], fields={name: "by.lime"})
        if name != "text":  # empty is not misspelt
            assert len(read_articles([tmp_path / "a.jsonl"], fields={name: "by.line"})) == 2
        written(tmp_path, "a.txt", b"Three.")
        assert len(read_articles([tmp_path / "a.txt"], fields={name: "nrr"})) == 1, "there is no record to have it"

    def test_fields_are_known_with_spaces_or_hyphens_in_their_names(self, tmp_path: Path) -> None:
        (found,) = read_articles([written(tmp_path, "a.csv", b"Full Text,Pub-Date,News Outlet\nOne.,2026-03-14,The Post\n")])
        assert (found.text, found.published, found.source) == ("One.", "2026-03-14", "The Post")

    @pytest.mark.parametrize(
        "record",
        [
            *({"text": blank, "body": "The story."} for blank in ("", "  ", "\u00a0\n", None, 5, True, [], [" "], [5], {}, {"x": "y"})),
            {"text": "The story.", "TEXT": "short"},
            {"TEXT": "short", "text": "The story."},
            {"TEXT": "The story.", "text": " "},
            {"Text": "The story.", "body": "short"},
            {"body": ["The", "story."], "text": ["", "\n"]},
        ],
    )
    @pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
    def test_the_first_field_that_has_a_text_is_read_and_the_exact_name_first(
        self, tmp_path: Path, record: dict[str, Any], name: str
    ) -> None:
        assert one_of(tmp_path, name, lines(record)).text.split() == ["The", "story."]

    def test_a_record_whose_fields_hold_no_text_is_told_so(self, tmp_path: Path) -> None:
        found = read_articles([written(tmp_path, "a.jsonl", lines({"text": "  ", "body": 5}, {"text": None, "nr": 1}))])
        assert told(found) == [
            "a.jsonl#1: nothing in its field text; it has: text, body",
            "a.jsonl#2: nothing in its field text; it has: text, nr",
        ]

    def test_a_list_of_articles_is_found_beside_fields_that_are_none(self, tmp_path: Path) -> None:
        data = lines({"items": 2, "text": " ", "content": None, "articles": [], "data": [{"text": "One."}, {"text": "Two."}]})
        assert [each.id for each in read_articles([written(tmp_path, "a.json", data)])] == ["a.json#1", "a.json#2"]

    def test_an_id_that_is_none_gives_way_to_the_next(self, tmp_path: Path) -> None:
        data = lines({"id": " ", "guid": "x", "text": "One."}, {"id": {"x": 1}, "_id": 0, "text": "Two."}, {"id": [], "text": "Three."})
        assert {each.id for each in read_articles([written(tmp_path, "a.jsonl", data)])} == {"a.jsonl#x", "a.jsonl#0", "a.jsonl#3"}

    def test_markup_in_a_field_is_taken_off(self, tmp_path: Path) -> None:
        article = one_of(tmp_path, "a.jsonl", lines({"content": "<p>Fish &amp; chips.</p>\n<p>Salt<br>Vinegar</p>"}))
        assert article.text == "Fish & chips.\n\nSalt\nVinegar"
        assert one_of(tmp_path, "a.jsonl", lines({"text": "a < b, and <p> is a tag"})).text == "a < b, and <p> is a tag"

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_tables_of_every_kind_are_read(self, tmp_path: Path, delimiter: str, codec: str) -> None:
        text = f'id{delimiter}text\r\n1{delimiter}"Ein „Schiff“, sagte er; so\r\ngroß | es ""war""\tist weg."\r\n\r\n2{delimiter}Zwei'
        articles = read_articles([written(tmp_path, "a.csv", text.encode(codec))])
        assert {each.id: each.text for each in articles} == {
            "a.csv#1": 'Ein „Schiff“, sagte er; so\r\ngroß | es "war"\tist weg.',
            "a.csv#2": "Zwei",
        }

    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
    def test_a_table_with_a_heading_in_quotes_is_read_behind_a_byte_order_mark_too(self, tmp_path: Path, codec: str) -> None:
        text = '"text","title"\r\n"One, two.","A title"\r\n'
        article = one_of(tmp_path, "a.csv", text.encode(codec))
        assert (article.text, article.title) == ("One, two.", "A title")

    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "^"])
    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
    def test_the_delimiter_that_a_table_names_above_its_heading_is_taken(self, tmp_path: Path, delimiter: str, codec: str) -> None:
        for name, first in (("plain", f"sep={delimiter}"), ("quoted", f'"SEP={delimiter}"')):
            text = f'{first}\r\n"text"{delimiter}title\r\nOne|two.{delimiter}"A title"\r\n'
            article = one_of(tmp_path / name, "a.csv", text.encode(codec))
            assert (article.id, article.text, article.title) == ("a.csv#1", "One|two.", "A title")

    def test_a_sidecar_says_what_holds_for_all_records(self, tmp_path: Path) -> None:
        written(tmp_path, "a.jsonl.meta.json", b'{"source": "Quay Courier", "author": "Desk"}')
        article = one_of(tmp_path, "a.jsonl", lines({"text": "One.", "author": "Mara"}))
        assert (article.source, article.author) == ("Quay Courier", "Mara")

    def test_json_lines_are_read_from_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        piped = io.TextIOWrapper(io.BytesIO(lines({"text": "One."}, {"id": "b", "text": "Two."})))
        monkeypatch.setattr(sys, "stdin", piped)
        assert [(each.id, each.path) for each in read_articles(["-"])] == [("stdin#1", "-"), ("stdin#b", "-")]

    def test_two_articles_in_a_file_cannot_be_compared_as_one(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.jsonl", lines({"text": "One."}, {"text": "Two."}))
        with pytest.raises(DetectorError, match=r"a\.jsonl: holds more than one article; use scan, or name one as in .*a\.jsonl#1$"):
            read_one(path)
        assert read_one(written(tmp_path, "b.jsonl", lines({"text": "One."}))).text == "One."

    def test_records_on_standard_input_have_no_name_to_be_compared_by(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines({"text": "One."}, {"text": "Two."}))))
        with pytest.raises(DetectorError, match=r"^-: holds more than one article; use scan$"):
            read_one("-")

    def test_an_article_in_a_file_of_many_is_read_by_the_id_that_a_scan_gives_it(self, tmp_path: Path) -> None:
        rows = [{"id": each, "text": f"Story {at}."} for at, each in enumerate(["x", "x", "y#z", "a/b", ""], start=1)]
        written(tmp_path, "a.jsonl", lines(*rows))
        written(tmp_path, "b.zip", zipped({"c/d.txt": b"Deep.", "e.jsonl": lines({"text": "Deeper."})}))
        every = read_articles([tmp_path])
        assert {each.id for each in every} >= {"a.jsonl#x~2", "a.jsonl#y#z", "a.jsonl#a/b", "a.jsonl#5", "b.zip/e.jsonl#1"}
        for article in every:
            assert read_one(tmp_path / article.id) == article
        assert [each.id for each in read_each([tmp_path / "a.jsonl#x", tmp_path / "a.jsonl#5"])] == ["a.jsonl#x", "a.jsonl#5"]

    def test_a_file_that_is_called_like_a_record_is_that_file(self, tmp_path: Path) -> None:
        written(tmp_path, "a.jsonl", lines({"id": "x.txt", "text": "The record."}))
        assert read_one(tmp_path / "a.jsonl#x.txt").text == "The record."
        written(tmp_path, "a.jsonl#x.txt", b"The file.")
        assert read_one(tmp_path / "a.jsonl#x.txt").text == "The file."

    def test_an_id_that_is_not_in_the_file_is_an_error_with_some_that_are(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.jsonl", lines({"id": 0, "text": ""}, *({"id": n, "text": "One."} for n in range(1, 6))))
        with pytest.raises(DetectorError) as told:
            read_one(f"{path}#6")
        assert str(told.value) == f"{path}#6: there is no such article; there are {path}#1, {path}#2, {path}#3 and 2 more"
        with pytest.raises(DetectorError, match=r"a\.jsonl#0: nothing in its field text"):
            read_one(f"{path}#0")
        with pytest.raises(DetectorError, match=r"no such file or folder: .*c\.jsonl#1"):
            read_one(tmp_path / "c.jsonl#1")
        (tmp_path / "a.meta.json").write_text("{")
        with pytest.raises(DetectorError, match=r"a\.meta\.json: broken metadata: .*; mend or remove it"):
            read_one(f"{path}#1")


class TestPages:
    @pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "koi8-r", "shift_jis", "iso-2022-jp", "gb2312"])
    def test_a_page_is_decoded_as_it_declares(self, tmp_path: Path, charset: str) -> None:
        words = {"koi8-r": "Мост закрыт навсегда", "shift_jis": "橋は閉鎖された", "iso-2022-jp": "橋は閉鎖された", "gb2312": "大桥关闭了"}
        last = f"{words.get(charset, 'Le pont fermé à Besançon')}, the museum's letter says at its very end, and nobody knows why."
        article = one_of(tmp_path, "a.html", files.page([*files.PARAGRAPHS, last], charset))
        assert article.text.split()[-len(last.split()) :] == last.split()

    def test_a_false_declaration_does_not_damage_utf8(self, tmp_path: Path) -> None:
        page = files.page([*files.PARAGRAPHS, "Besançon fermé."]).replace(b'charset="utf-8"', b'charset="iso-8859-1"')
        assert "Besançon fermé." in one_of(tmp_path, "a.html", page).text

    @pytest.mark.parametrize(
        "told",
        [
            "The museum has been looking for it since her election in 2019.",
            "The law on finds came into force on 2019-05-12.",
            "The law on finds came into force on 12.05.2019, the curator said.",
            "On 12 May 2019 the council had voted for it.",
        ],
    )
    @pytest.mark.parametrize("tag", ["p", 'p class="css-timeline"', "h1", "div"])
    def test_a_day_in_the_prose_of_a_page_is_not_its_date(self, tmp_path: Path, told: str, tag: str) -> None:
        page = files.page([]).replace(f'<meta property="article:published_time" content="{files.DAY}T09:30:00Z">'.encode(), b"")
        paragraphs = "".join(f"<p>{each}</p>" for each in files.PARAGRAPHS)
        page = page.replace(b"</h1>", f"</h1>{paragraphs}<!-- made on 2019-05-12T10:00:00 --><{tag}>{told}</{tag.split()[0]}>".encode())
        meta = b'<meta property="og:image" content="/2019/05/12/a.jpg"><meta itemprop="copyrightYear" content="2019">'
        article = one_of(tmp_path, "a.html", page.replace(b"</head>", meta + b"</head>"))
        assert (article.published, "published" in article.guessed) == (None, False)
        shown = b'<div class="date">Published: 17 May 2024</div><h1>'
        assert one_of(tmp_path, "a.html", page.replace(b"<h1>", shown, 1)).published == files.DAY

    @pytest.mark.parametrize("day", ["1996-02-01", "2024-05-17", "2099-01-02"])
    def test_the_date_of_a_page_is_that_of_its_publication_whenever_that_is(self, tmp_path: Path, day: str) -> None:
        changed = b'<meta property="article:modified_time" content="2024-05-18T10:00:00Z"><meta property="article:published_time"'
        page = files.page().replace(files.DAY.encode(), day.encode()).replace(b'<meta property="article:published_time"', changed)
        assert one_of(tmp_path, "a.html", page).published == f"{day}T09:30:00+00:00"

    def test_a_page_without_an_article_is_skipped(self, tmp_path: Path) -> None:
        articles = read_articles([written(tmp_path, "a.html", b"<html><head><title>x</title></head><body></body></html>")])
        assert told(articles) == ["a.html: no article found in the page"]

    def test_a_mail_of_html_is_read(self, tmp_path: Path) -> None:
        assert one_of(tmp_path, "a.eml", files.mail(html=True)).text == files.BODY


class TestText:
    @pytest.mark.parametrize("text", ["The mayor said: â€œNo, it isnâ€™t soâ€\x9d.", "Ð¡Ð°Ð½ÐºÑ‚-ÐŸÐµÑ‚ÐµÑ€Ð±ÑƒÑ€Ð³, written twice."])
    def test_what_was_decoded_wrongly_before_is_left_as_it_is(self, tmp_path: Path, text: str) -> None:
        assert one_of(tmp_path, "a.txt", text.encode()).text == text
        assert one_of(tmp_path, "a.txt", text.encode("utf-16")).text == text

    @pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
    def test_lone_surrogates_and_control_characters_of_json_do_no_harm(self, tmp_path: Path, name: str) -> None:
        data = b'{"text": "A \\ud83d\\ude00 and a \\ud83d alone, a \\u0000 too, in a text that is long.", "title": "\\udfff"}'
        article = one_of(tmp_path, name, data)
        assert article.text == "A 😀 and a \ufffd alone, a \0 too, in a text that is long."
        assert article.title == "\\udfff"


def test_our_own_reports_are_not_read_as_articles_in_whatever_order_their_fields_are(tmp_path: Path) -> None:
    texts = (Article(id="one", text="The bridge fell on Monday night."), Article(id="two", text="The bridge fell on Monday night."))
    report = scan(texts)
    heading, row = csv.reader(io.StringIO(to_csv(report)))
    other = io.StringIO()
    csv.writer(other).writerows([reversed(heading), reversed(row)])
    made = {
        "a.csv": to_csv(report),
        "b.csv": other.getvalue(),
        "c.json": to_json(report, embed_texts=True),
        "d.json": match_to_json(report.matches[0]),
        "e.html": render_html(report),
    }
    for name, text in made.items():
        written(tmp_path, name, text.encode())
    found = read_articles([tmp_path])
    assert not found
    assert {Path(each.path).name: each.reason for each in found.skipped} == dict.fromkeys(made, "a report of this program")


def test_standard_input_cannot_be_compared_with_itself() -> None:
    with pytest.raises(DetectorError, match=r"^standard input can be read only once$"):
        read_each(["-", "-"])


@pytest.mark.parametrize(
    ("name", "library", "told"),
    [
        ("a.docx", "docx", "python-docx, which reads .docx files, is not installed: pip install python-docx"),
        ("a.pdf", "pypdfium2", "pypdfium2, which reads PDF files, is not installed: pip install pypdfium2"),
    ],
)
def test_a_missing_extra_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, told: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    (row,) = read_articles([written(tmp_path, name, files.MADE[name])]).skipped
    assert row.reason == told


class TestPaths:
    def test_patterns_are_expanded_and_names_left_out(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.md", "sub/c.txt", "sub/deep/d.txt", "drafts/e.txt", "live-f.txt"):
            written(tmp_path, name, f"The text of {name}.".encode())

        def names(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
            return [Path(each.path or "").name for each in read_articles([str(tmp_path / path) for path in paths], exclude=exclude)]

        assert names("**/*.txt") == ["a.txt", "c.txt", "d.txt", "e.txt", "live-f.txt"]
        assert names("*.txt", "sub/*.txt") == ["a.txt", "c.txt", "live-f.txt"]
        assert names("", exclude=("drafts", "live-*")) == ["a.txt", "b.md", "c.txt", "d.txt"]
        assert names("", exclude=("drafts/", "sub/deep/*", "*.md")) == ["a.txt", "live-f.txt", "c.txt"]
        assert names("*.txt", exclude=("live-*",)) == ["a.txt"]

    def test_a_file_called_like_a_pattern_is_that_file(self, tmp_path: Path) -> None:
        written(tmp_path, "a.txt", b"Not this one.")
        assert [each.text for each in read_articles([written(tmp_path, "[a].txt", b"This one.")])] == ["This one."]

    def test_a_pattern_that_nothing_matches_is_an_error_in_one_line(self, tmp_path: Path) -> None:
        with pytest.raises(DetectorError, match=r"^nothing matches .*\*\.html$"):
            read_articles([tmp_path / "*.html"])

    def test_names_are_left_out_of_archives_too(self, tmp_path: Path) -> None:
        data = zipped({"a.txt": b"One.", "drafts/b.txt": b"Two.", "live-c.txt": b"Three."})
        articles = read_articles([written(tmp_path, "a.zip", data)], exclude=("drafts/*", "live-*"))
        assert ([each.id for each in articles], articles.skipped) == (["a.zip/a.txt"], ())
        assert articles.unfit == ()

    def test_a_pattern_that_leaves_nothing_out_is_told(self, tmp_path: Path) -> None:
        for name in ("a.txt", "live-b.txt"):
            written(tmp_path, name, b"A story of a bridge that fell.")
        assert read_articles([tmp_path], exclude=("live-*", "draft*", "old/")).unfit == ("draft*", "old/")

    def test_the_same_text_is_kept_once_and_told_as_a_duplicate(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            written(tmp_path, name, files.BODY.encode())
        written(tmp_path, "c.jsonl", lines({"text": files.BODY}))
        articles = read_articles([tmp_path])
        assert articles._texts._end == len(files.BODY.encode())
        assert [match.verdict for match in scan(articles).matches] == ["duplicate"] * 3


def test_the_table_of_a_scan_is_no_table_of_articles(tmp_path: Path) -> None:
    written(tmp_path, "one.txt", b"A story of a bridge that fell.")
    written(tmp_path, "result.csv", b"a,b,verdict,probability,coverage_a,coverage_b,longest\n" + b"x,y,rewrite,0.9,1,1,5\n" * 9)
    articles = read_articles([tmp_path])
    assert [article.id for article in articles] == ["one.txt"]
    assert [each.reason for each in articles.skipped] == ["a report of this program"]
