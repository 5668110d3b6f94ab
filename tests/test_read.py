"""What reading promises: every file becomes an article or a row that says why not, and nothing raises."""

from __future__ import annotations

import calendar
import gzip
import json
import os
import re
import signal
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dateparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import read
from detector.model import Article, DetectorError
from detector.read import Articles, read_articles, read_each
from detector.reading.heads import iso
from tests.files import read_one

SEEDS = Path(__file__).parent.parent / "seeds"
BODY = "The council voted on Tuesday to close the old harbour bridge, which has carried trams since the last war."
RUSSIAN = "Президент заявил во вторник, что переговоры начнутся на следующей неделе, и войска готовы к действиям."


def reasons(articles: Articles) -> dict[str, str]:
    return {Path(row.path).name: row.reason for row in articles.skipped}


def ids(articles: Articles) -> list[str]:
    return [article.id for article in articles]


def article_of(folder: Path, text: str | bytes, name: str = "a.txt", **sidecar: Any) -> Article:
    """The one article of a folder that holds this file, and its sidecar where one is given."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    if sidecar:
        (folder / f"{name}.meta.json").write_text(json.dumps(sidecar), encoding="utf-8")
    articles = read_articles([folder])
    assert articles.skipped == ()
    (article,) = articles
    return article


def fields(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Article.__slots__}


class TestFolders:
    def test_ids_are_paths_below_the_folder_in_order(self, tmp_path: Path) -> None:
        for name in ("b.txt", "sub/deep/x.md", "a.txt", "sub/C.TXT"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(BODY)
        articles = read_articles([tmp_path])
        assert ids(articles) == ["a.txt", "b.txt", "sub/C.TXT", "sub/deep/x.md"]
        assert articles[0].path == str(tmp_path / "a.txt")
        assert articles[1:3] == (articles[1], articles[2])

    def test_hidden_things_and_unknown_suffixes_are_named_with_a_reason(self, tmp_path: Path) -> None:
        for name in (".git/a.txt", ".git/b.txt", ".draft.txt", "photo.jpg", "Makefile", "a.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(BODY)
        articles = read_articles([tmp_path])
        assert ids(articles) == ["a.txt"]
        assert reasons(articles) == {
            ".git": "a hidden folder",
            ".draft.txt": "a hidden file",
            "photo.jpg": "unknown suffix .jpg (pictures, sound and film are not read)",
            "Makefile": "no suffix (name the file itself to have it read as a text)",
        }
        assert [row.path for row in articles.skipped] == sorted(row.path for row in articles.skipped)

    def test_an_empty_folder_gives_no_articles_and_no_error(self, tmp_path: Path) -> None:
        articles = read_articles([tmp_path])
        assert (len(articles), articles.skipped) == (0, ())

    def test_a_path_that_does_not_exist_is_an_error_in_one_line(self, tmp_path: Path) -> None:
        for missing in (tmp_path / "none", tmp_path / "nul\0byte", tmp_path / "lone\ud800", ""):
            with pytest.raises(DetectorError, match=r"^no such file or folder: [^\n]*$"):
                read_articles([missing])

    def test_a_single_path_need_not_stand_in_a_list(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(BODY)
        assert ids(read_articles(str(tmp_path))) == ids(read_articles(tmp_path)) == ["a.txt"]  # type: ignore[arg-type]

    def test_a_single_exclusion_need_not_stand_in_a_list(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.html"):
            (tmp_path / name).write_text(BODY)
        articles = read_articles([tmp_path], exclude="*.html")
        assert (ids(articles), articles.skipped, articles.unfit) == (["a.txt"], (), ())
        assert read_articles([tmp_path / "a.txt"], exclude="*.md").unfit == ("*.md",)

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            ({"max_bytes": 0}, "max_bytes must be a whole number of at least 1, not 0"),
            ({"max_bytes": -1}, "max_bytes must be a whole number of at least 1, not -1"),
            ({"max_bytes": 1e6}, "max_bytes must be a whole number of at least 1, not 1000000.0"),
            ({"max_bytes": True}, "max_bytes must be a whole number of at least 1, not True"),
            ({"fields": {"text": 5}}, "the field for text must be named by a str, not 5"),
            ({"fields": {5: "text"}}, "no field is called 5: there are text, id, title, source, author, published, url"),
            ({"fields": ["text"]}, "fields must map names such as text to those in records, not be ['text']"),
            ({"exclude": [5]}, "exclude must be patterns of type str, not 5"),
        ],
    )
    def test_an_option_of_another_kind_is_an_error_in_one_line(self, tmp_path: Path, options: dict[str, Any], told: str) -> None:
        (tmp_path / "a.txt").write_text(BODY)
        with pytest.raises(DetectorError, match=f"^{re.escape(told)}$"):
            read_articles([tmp_path], **options)
        if "exclude" not in options:
            with pytest.raises(DetectorError, match=f"^{re.escape(told)}$"):
                read_each([tmp_path / "a.txt"], **options)

    def test_paths_of_the_current_folder_are_shown_without_a_dot(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub/a.txt").write_text(BODY)
        monkeypatch.chdir(tmp_path)
        assert read_articles(["."])[0].path == os.path.join("sub", "a.txt")

    def test_progress_counts_the_files_done(self, tmp_path: Path) -> None:
        for name in "abc":
            (tmp_path / f"{name}.txt").write_text(BODY if name != "b" else "")
        counts: list[int] = []
        read_articles([tmp_path], progress=counts.append)
        assert counts == [1, 2, 3]

    def test_folders_nested_deeper_than_the_stack_are_read(self, tmp_path: Path) -> None:
        deep = str(tmp_path)
        for _ in range(1100):
            deep += "/d"
            os.mkdir(deep)
        (Path(deep) / "a.txt").write_text(BODY)
        articles = read_articles([tmp_path])
        os.unlink(f"{deep}/a.txt")
        os.removedirs(deep)  # what clears the temporary folders recurses
        assert ids(articles) == ["d/" * 1100 + "a.txt"]


class TestIds:
    def test_two_folders_with_one_name_get_their_folder_in_front(self, tmp_path: Path) -> None:
        for name in ("a/x.txt", "b/x.txt", "b/y.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(BODY)
        one = read_articles([tmp_path / "a", tmp_path / "b"])
        other = read_articles([tmp_path / "b", tmp_path / "a"])
        assert ids(one) == ["a/x.txt", "b/x.txt", "y.txt"]
        assert list(one) == list(other)

    def test_ids_grow_until_they_are_unique(self, tmp_path: Path) -> None:
        for name in ("p/a/x.txt", "q/a/x.txt", "r/a/x.txt"):
            (tmp_path / name).parent.mkdir(parents=True)
            (tmp_path / name).write_text(BODY)
        paths = [tmp_path / "p/a", tmp_path / "q/a/x.txt", tmp_path / "r"]
        assert ids(read_articles(paths)) == ids(read_articles(paths[::-1])) == ["p/a/x.txt", "q/a/x.txt", "r/a/x.txt"]

    def test_a_file_reached_twice_is_read_once(self, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub/a.txt").write_text(BODY)
        (tmp_path / "link").symlink_to(tmp_path / "sub")
        paths = [tmp_path / "sub/a.txt", tmp_path, tmp_path / "sub", tmp_path / "link"]
        assert ids(read_articles(paths)) == ids(read_articles(paths[::-1])) == ["sub/a.txt"]

    @pytest.mark.skipif(os.name == "nt", reason="names are not bytes there")
    def test_names_that_turn_the_direction_of_a_line_are_shown_with_escapes(self, tmp_path: Path) -> None:
        (tmp_path / "evil\u202etxt.exe.txt").write_text(f"---\ntitle: \u200fالجسر\u200f \u2067قديم\n---\n{BODY}")
        (article,) = read_articles([tmp_path])
        assert article.id == "evil\\u202etxt.exe.txt"
        assert article.title == "الجسر \\u2067قديم"

    def test_names_that_are_not_utf8_are_shown_with_escapes(self, tmp_path: Path) -> None:
        for name in (b"caf\xe9.txt", b"caf\\udce9.txt", b"two\nlines.txt", b"\xff.jpg"):
            (tmp_path / os.fsdecode(name)).write_text(BODY)
        articles = read_articles([tmp_path])
        assert ids(articles) == ["caf\\udce9.txt", "caf\\udce9.txt~", "two\\nlines.txt"]
        assert articles.skipped[0].path.endswith("\\udcff.jpg")
        json.dumps([[a.id, a.path] for a in articles] + [row.path for row in articles.skipped]).encode()
        for article in articles:
            f"{article}".encode()


class TestExplicitFiles:
    def test_a_file_named_is_read_whatever_its_suffix(self, tmp_path: Path) -> None:
        for name in ("story.log", ".hidden", "Story"):
            (tmp_path / name).write_text(BODY)
        paths = [tmp_path / name for name in ("story.log", ".hidden", "Story")]
        assert ids(read_articles(paths)) == [".hidden", "Story", "story.log"]
        assert read_articles([tmp_path, *paths]).skipped == ()
        (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        assert reasons(read_articles([tmp_path / "a.png"])) == {"a.png": "a binary file (it holds NUL bytes)"}

    def test_the_sidecars_that_a_shell_pattern_names_are_not_articles(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(BODY)
        (tmp_path / "a.txt.meta.json").write_text('{"source": "Harbour Post"}')
        articles = read_articles(sorted(tmp_path.iterdir()))
        assert (ids(articles), articles.skipped) == (["a.txt"], ())

    def test_one_file_is_read_for_a_comparison_as_in_a_scan(self) -> None:
        assert read_one(SEEDS / "cnn.txt") == read_articles([SEEDS])[0]

    @pytest.mark.parametrize(
        ("make", "reason"),
        [
            (lambda path: path.mkdir(), "a folder, not a file"),
            (lambda path: path.write_bytes(b""), "an empty file"),
            (lambda path: path.write_bytes(b"\0\0"), r"a binary file \(it holds NUL bytes\)"),
            (lambda path: os.mkfifo(path), "a pipe, not a file"),
        ],
    )
    def test_what_cannot_be_compared_is_an_error_in_one_line(
        self, tmp_path: Path, make: Callable[[Path], object], reason: str
    ) -> None:
        make(tmp_path / "x.txt")
        with pytest.raises(DetectorError, match=rf"^.*x\.txt: {reason}$"):
            read_one(tmp_path / "x.txt")

    def test_a_broken_sidecar_stops_a_comparison_with_a_remedy(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(BODY)
        (tmp_path / "a.txt.meta.json").write_text("{")
        with pytest.raises(DetectorError, match=r"a\.txt\.meta\.json: broken metadata: .*; mend or remove it$"):
            read_one(tmp_path / "a.txt")


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2),
    max_leaves=5,
)
metadata = st.dictionaries(st.sampled_from(["title", "by", "date", "x"]), anything).map(lambda v: json.dumps(v).encode())


class TestText:
    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-r"])
    def test_text_is_the_same_in_every_encoding(self, tmp_path: Path, codec: str) -> None:
        assert article_of(tmp_path, RUSSIAN.encode(codec)).text == RUSSIAN

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    def test_both_byte_orders_are_read_by_their_mark(self, tmp_path: Path, codec: str) -> None:
        assert article_of(tmp_path, ("\ufeff" + RUSSIAN).encode(codec)).text == RUSSIAN

    def test_text_is_otherwise_untouched(self, tmp_path: Path) -> None:
        text = "\r\n  One\u00a0line.\r\nTwo\u200b lines. \t\x0c\rThree e\u0301.\n\n"
        assert article_of(tmp_path, text).text == text

    def test_a_damaged_byte_does_not_turn_utf8_into_another_encoding(self, tmp_path: Path) -> None:
        damaged = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
        assert article_of(tmp_path, damaged).text == f"{RUSSIAN}\ufffd{RUSSIAN}"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "an empty file"),
            (b" \r\n\t\n", "no text in it"),
            (b"\xef\xbb\xbf", "no text in it"),
            (b"---\ntitle: Only a head\n---\n", "no text in it"),
            (bytes(1000), "a binary file (it holds NUL bytes)"),
            (BODY.encode() + b"\0", "a binary file (it holds NUL bytes)"),
            (bytes(range(1, 32)) * 20, "a binary file (too many control characters for a text)"),
            (b"\xff\xfe" + bytes(1000), "a binary file (too many control characters for a text)"),
        ],
    )
    def test_a_file_without_text_is_skipped_with_its_reason(self, tmp_path: Path, data: bytes, reason: str) -> None:
        (tmp_path / "a.txt").write_bytes(data)
        articles = read_articles([tmp_path])
        assert (len(articles), reasons(articles)) == (0, {"a.txt": reason})

    def test_a_file_over_the_limit_is_skipped_with_its_size(self, tmp_path: Path) -> None:
        with open(tmp_path / "big.txt", "wb") as file:
            file.truncate(50_000_000)
        (tmp_path / "a.txt").write_text(BODY)
        articles = read_articles([tmp_path])
        assert ids(articles) == ["a.txt"]
        assert reasons(articles) == {"big.txt": "47.7 MiB, over the limit of 16 MiB (raise --max-bytes)"}
        assert len(read_articles([tmp_path / "a.txt"], max_bytes=len(BODY))) == 1
        assert len(read_articles([tmp_path / "a.txt"], max_bytes=len(BODY) - 1)) == 0

    def test_a_high_limit_takes_no_memory_and_what_comes_in_pieces_is_whole(self, tmp_path: Path) -> None:
        text = "Nobody was hurt. " * 200_000  # 3.4 MB
        (tmp_path / "long.txt.gz").write_bytes(gzip.compress(text.encode()))
        (tmp_path / "a.txt").write_text(BODY)
        assert {each.id: each.text for each in read_articles([tmp_path], max_bytes=10**17)} == {"a.txt": BODY, "long.txt.gz": text}
        assert [len(read_articles([tmp_path], max_bytes=len(text) - less)) for less in (0, 1)] == [2, 1]

    @settings(max_examples=300, deadline=None)
    @given(
        start=st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\xef\xbb\xbf", b"---\ntitle: x\n---\n"]),
        data=st.binary(max_size=200)
        | st.text(max_size=100).map(str.encode)
        | st.text("абвгдежз ", max_size=50).map(lambda text: text.encode("cp1251")),
        sidecar=st.none() | st.binary(max_size=50) | metadata,
    )
    def test_any_bytes_give_an_article_or_a_reason(
        self, tmp_path_factory: pytest.TempPathFactory, start: bytes, data: bytes, sidecar: bytes | None
    ) -> None:
        folder = tmp_path_factory.mktemp("any")
        (folder / "a.txt").write_bytes(start + data)
        if sidecar is not None:
            (folder / "a.meta.json").write_bytes(sidecar)
        articles = read_articles([folder])
        read_or_named = ids(articles) + [name for name in reasons(articles) if name == "a.txt"]
        assert read_or_named == ["a.txt"]
        for article in articles:
            for field in fields(article).values():
                assert json.dumps(field, ensure_ascii=False).encode("utf-8")


class TestHostileFiles:
    def test_a_file_without_permission_is_skipped_with_its_reason(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("a.txt", "shut.txt", "gone.txt", "broken.txt"):
            (tmp_path / name).write_text(BODY)
        errors = {
            "shut.txt": PermissionError(13, "x"),
            "gone.txt": FileNotFoundError(2, "x"),
            "broken.txt": OSError(5, "I/O"),
        }
        really_open = os.open

        def refusing_open(path: str, flags: int) -> int:
            if error := errors.get(os.path.basename(path)):
                raise error
            return really_open(path, flags)

        monkeypatch.setattr(os, "open", refusing_open)
        articles = read_articles([tmp_path])
        monkeypatch.undo()
        assert ids(articles) == ["a.txt"]
        assert reasons(articles) == {
            "shut.txt": "no permission to read it",
            "gone.txt": "gone before it could be read",
            "broken.txt": "cannot be read: i/o",
        }

    def test_a_folder_without_permission_is_skipped_with_its_reason(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "shut").mkdir()
        (tmp_path / "a.txt").write_text(BODY)
        really_list = os.listdir

        def refusing_list(path: str) -> list[str]:
            if str(path).endswith("shut"):
                raise PermissionError(13, "Permission denied")
            return really_list(path)

        monkeypatch.setattr(os, "listdir", refusing_list)
        articles = read_articles([tmp_path])
        monkeypatch.undo()
        assert (ids(articles), reasons(articles)) == (["a.txt"], {"shut": "no permission to read it"})

    def test_a_file_that_vanishes_after_listing_is_skipped(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(BODY)
        articles = read_articles([tmp_path], progress=lambda done: (tmp_path / "b.txt").unlink(missing_ok=True))
        assert (ids(articles), reasons(articles)) == (["a.txt"], {"b.txt": "gone before it could be read"})

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
    def test_pipes_sockets_and_devices_are_never_opened(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        monkeypatch.chdir(tmp_path)  # the name of a socket must be short
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.txt")
            articles = read_articles([".", "/dev/zero"])
        assert {row.path: row.reason for row in articles.skipped} == {
            "pipe.txt": "a pipe, not a file",
            "socket.txt": "a socket, not a file",
            "/dev/zero": "a device, not a file",
        }

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
    @pytest.mark.parametrize("late", [False, True])
    def test_a_file_swapped_for_a_pipe_does_not_hold_the_scan_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool
    ) -> None:
        opened: list[str] = []
        really_open = os.open

        def swap() -> None:
            (tmp_path / "b.txt").unlink()
            os.mkfifo(tmp_path / "b.txt")

        def watched_open(path: str, flags: int) -> int:
            opened.append(os.path.basename(path))
            assert flags & os.O_NONBLOCK
            if late and opened[-1] == "b.txt":  # between the look and the opening
                swap()
            return really_open(path, flags)

        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(BODY)
        monkeypatch.setattr(os, "open", watched_open)
        articles = read_articles([tmp_path], progress=lambda done: swap() if done == 1 and not late else None)
        monkeypatch.undo()
        assert (ids(articles), reasons(articles)) == (["a.txt"], {"b.txt": "a pipe, not a file"})
        assert ("b.txt" in opened) == late

    def test_links_are_not_followed_and_say_where_they_lead(self, tmp_path: Path) -> None:
        (tmp_path / "outside.txt").write_text("secret")
        news = tmp_path / "news"
        (news / "sub").mkdir(parents=True)
        (news / "sub/a.txt").write_text(BODY)
        (news / "b.jpg").write_bytes(b"x")
        links = {"same.txt": "sub/a.txt", "photo.txt": "b.jpg", "out.txt": "../outside.txt", "up": "..", "loop": "."}
        links |= {"folder": "sub", "none.txt": "missing", "circle.txt": "circle.txt", "sub/a.txt.meta.json": "../b.jpg"}
        for name, target in links.items():
            (news / name).symlink_to(target)
        articles = read_articles([news])
        assert ids(articles) == ["sub/a.txt"]
        assert reasons(articles) == {
            "same.txt": f"a link to {os.path.join('sub', 'a.txt')}, read there",
            "photo.txt": "a link to b.jpg, not read either",
            "out.txt": "a link that leaves the folder, not followed",
            "up": "a link that leaves the folder, not followed",
            "loop": "a link to a folder, not followed",
            "folder": "a link to a folder, not followed",
            "none.txt": "a link to nothing",
            "circle.txt": "a link that goes in a circle",
            "a.txt.meta.json": "broken metadata: a link, not followed",
            "b.jpg": "unknown suffix .jpg (pictures, sound and film are not read)",
        }

    @pytest.mark.parametrize(
        ("sidecar", "reason"),
        [
            (
                "{",
                "broken metadata: not valid JSON (Expecting property name",
            ),
            ("[1]", "broken metadata: not a JSON object"),
            ("[" * 100_000, "broken metadata: not valid JSON (maximum recursion depth exceeded"),
        ],
    )
    def test_an_article_with_a_broken_sidecar_is_read_and_the_sidecar_named(
        self, tmp_path: Path, sidecar: str, reason: str
    ) -> None:
        (tmp_path / "a.txt").write_text(BODY)
        (tmp_path / "a.txt.meta.json").write_text(sidecar)
        articles = read_articles([tmp_path])
        assert ids(articles) == ["a.txt"]
        assert reasons(articles)["a.txt.meta.json"].startswith(reason)

    def test_a_broken_sidecar_of_two_articles_is_named_once(self, tmp_path: Path) -> None:
        for name in ("a.txt", "a.md", "a.meta.json"):
            (tmp_path / name).write_text(BODY)
        articles = read_articles([tmp_path])
        assert (ids(articles), len(articles.skipped)) == (["a.md", "a.txt"], 1)


class TestMetadata:
    def test_a_front_matter_block_is_metadata_and_not_text(self, tmp_path: Path) -> None:
        head = """---\r
title: "Bridge: the vote"
byline: 'Jane Doe'
layout: post
tags:
  - trams
outlet: Harbour Post
date: November 21, 2023
link: https://post.example/bridge
# a comment
---
"""
        article = article_of(tmp_path, head + "\n" + BODY)
        assert fields(article) == {
            "id": "a.txt",
            "text": "\n" + BODY,
            "title": "Bridge: the vote",
            "source": "Harbour Post",
            "author": "Jane Doe",
            "published": "2023-11-21",
            "url": "https://post.example/bridge",
            "path": str(tmp_path / "a.txt"),
            "guessed": (),
        }

    @pytest.mark.parametrize(
        "text",
        [
            f"---\n{BODY}\n---\nMore.",  # a passage between two rules
            f"---\ntitle: No end\n{BODY}",
            f"---\nlayout: post\n---\n{BODY}",  # nothing that we know
            f"---\nDate: Monday\nTime: 10 am\n\n{BODY}",  # a notice below a rule
            f"--- title: x\n---\n{BODY}",
            f"\n---\ntitle: x\n---\n{BODY}",
        ],
    )
    def test_what_is_no_front_matter_stays_in_the_text(self, tmp_path: Path, text: str) -> None:
        assert article_of(tmp_path, text).text == text

    @pytest.mark.parametrize(
        ("told", "title", "author"),
        [
            ("title: >-\n  Bridge closes\n  for good\nauthors: [Jane Doe, John Roe]", "Bridge closes for good", "Jane Doe, John Roe"),
            ("title: |  # as it is\n  Bridge: the\n\n  # vote\nby: ['Doe, Jane', \"Roe\"]", "Bridge: the # vote", "Doe, Jane, Roe"),
            ("authors:\n  - Jane Doe\n  - 'John Roe'\ntitle: >2\n    Closed", "Closed", "Jane Doe, John Roe"),
            ("authors:\n- Jane Doe\n# a comment\ntitle: Bridge\n  closes", "Bridge closes", "Jane Doe"),
            ('title: "Bridge\n  closes"\nauthors: [\n  Jane Doe,\n  John O\'Hara\n  ]', "Bridge closes", "Jane Doe, John O'Hara"),
            ("title: [Video] Bridge falls [Update]\nauthor: []", "[Video] Bridge falls [Update]", None),
            ("title: > not a block\nauthor:\n  name: Jane Doe", "> not a block", None),
            ("title: Closed\nauthors:\n  - name: Jane Doe\n    email: x", "Closed", None),
            ("title: 'Lund''s bridge'  # sic\nauthor: ''", "Lund's bridge", None),
            (r'title: "The \"old\" bridge \\ ferry"' + "\nauthors: ['O''Hara, Jo', null, \"Al \\\"Ace\\\", Roe\"] # all", 'The "old" bridge \\ ferry', "O'Hara, Jo, Al \"Ace\", Roe"),
            ("title: Bridge #2 closes # for good\nauthors: # one\n- ~\n- Jane Doe # ed.", "Bridge #2 closes", "Jane Doe"),
            *((f"title: Closed\nauthor: {null}", "Closed", None) for null in ("null", "Null", "NULL", "~", "~ # unknown", "# none")),
            ('title: "Closed" and "open"\nauthor: nullo', '"Closed" and "open"', "nullo"),
        ],
    )
    def test_front_matter_may_be_folded_and_hold_lists(self, tmp_path: Path, told: str, title: str, author: str | None) -> None:
        article = article_of(tmp_path, f"---\n{told}\n---\n{BODY}")
        assert (article.text, article.title, article.author) == (BODY, title, author)

    @pytest.mark.parametrize("end", ["...\n", "\n", " \r\n"])
    def test_front_matter_may_be_closed_by_points_or_an_empty_line(self, tmp_path: Path, end: str) -> None:
        article = article_of(tmp_path, f"---\ntitle: Closed\noutlet: The Post\n{end}{BODY}\n---\nMore.")
        assert (article.text, article.title) == (f"{BODY}\n---\nMore.", "Closed")

    def test_a_sidecar_wins_over_front_matter_and_both_over_a_guess(self, tmp_path: Path) -> None:
        text = f"---\ntitle: From the block\nsource: Block News\n---\nHeading of the text itself\nBy Jane Doe\n\n{BODY}"
        article = article_of(tmp_path, text, title="From the sidecar", url="https://post.example/")
        assert (article.title, article.source, article.author) == ("From the sidecar", "Block News", "Jane Doe")
        assert (article.url, article.guessed) == ("https://post.example/", ("author",))

    def test_a_sidecar_may_be_named_after_the_file_or_its_stem(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(BODY)
        (tmp_path / "a.meta.json").write_text('{"title": "By the stem"}')
        assert read_articles([tmp_path])[0].title == read_one(tmp_path / "a.txt").title == "By the stem"
        (tmp_path / "a.txt.meta.json").write_text('{"title": "By the name"}')
        assert read_articles([tmp_path])[0].title == "By the name"
        assert read_articles([tmp_path]).skipped == ()

    def test_a_sidecar_without_its_article_is_read_as_json(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt.meta.json").write_text('{"source": "Harbour Post"}')
        told = "no text field (name it with --text-field); it has: source"
        assert reasons(read_articles([tmp_path])) == {"a.txt.meta.json": told}

    def test_values_of_a_sidecar_that_are_not_strings_become_a_line(self, tmp_path: Path) -> None:
        article = article_of(
            tmp_path,
            BODY,
            title=" Two\n lines\ud800 ",
            Authors=["Jane Doe", {"name": "John Roe"}, None, 7],
            publisher={"name": "Harbour Post"},
            published=2023,
            url=True,
        )
        assert (article.title, article.author) == ("Two lines\\ud800", "Jane Doe, John Roe, 7")
        assert (article.source, article.published, article.url) == ("Harbour Post", "2023", None)

    def test_a_fields_own_name_counts_before_its_alias(self, tmp_path: Path) -> None:
        article = article_of(tmp_path, BODY, headline="Alias", title="Own", date="2023-11-21", published="2023-11-22")
        assert (article.title, article.published) == ("Own", "2023-11-22")

    @pytest.mark.parametrize(
        ("given_date", "kept"),
        [
            ("2023-11-21", "2023-11-21"),
            ("2023-11-21T10:15:00Z", "2023-11-21T10:15:00+00:00"),
            ("2023-11-21 10:15", "2023-11-21T10:15:00"),
            ("Tuesday, 21st of November 2023", "2023-11-21"),
            ("Nov. 3, 2023, 10:15 a.m. EST", "2023-11-03"),
            ("Tue, 21 Nov 2023 10:15:00 +0100", "2023-11-21T10:15:00+01:00"),
            ("Tue, 21 Nov 2023 10:15 +0100 (Central European Time)", "2023-11-21T10:15:00+01:00"),
            ("Tue, 21 Nov 2023 10:15 GMT", "2023-11-21T10:15:00+00:00"),
            ("21 Nov 2023 10:15:00 EST", "2023-11-21T10:15:00-05:00"),
            ("Tue, 21 Nov 2023 10:15:00 PM", "2023-11-21T22:15:00"),
            ("Tue, 21 Nov 2023 10:15:00 GMT+0200", "2023-11-21"),
            ("Tue, 21 Nov 2023 10:15:00 IST", "2023-11-21"),
            ("21 Nov 123 10:15:00 GMT", "21 Nov 123 10:15:00 GMT"),
            ("20231121", "2023-11-21"),
            ("20231121T101500Z", "2023-11-21T10:15:00+00:00"),
            ("2023-W47-2", "2023-11-21"),
            ("2023", "2023"),
            ("3.11.2023", "2023-11-03"),
            ("3.11.2023, 7:05", "2023-11-03T07:05:00"),
            ("2023/11/3", "2023-11-03"),
            ("Nov 21, 2023 12:15 a.m.", "2023-11-21T00:15:00"),
            ("21 November 2023 at 10:15 UTC", "2023-11-21T10:15:00+00:00"),
            ("21 November 2023 25:15", "21 November 2023 25:15"),
            ("21/11/2023", "2023-11-21"),
            ("11/21/2023", "2023-11-21"),
            ("11/11/2023", "2023-11-11"),
            ("11/12/2023", "11/12/2023"),  # November or December
            ("31.02.2023", "31.02.2023"),
            ("13/13/2023", "13/13/2023"),
            ("2023-02-30", "2023-02-30"),
            ("February 30, 2023", "February 30, 2023"),
            ("last Tuesday", "last Tuesday"),
            ("Mayor 12, 2026", "Mayor 12, 2026"),
            ("12 Marchers 2026", "12 Marchers 2026"),
            ("14. März 2026", "2026-03-14"),
            ("Samstag, 14. MÄRZ 2026", "2026-03-14"),
            ("12 de mayo de 2026", "2026-05-12"),
            ("3 mars 2023", "2023-03-03"),
            ("3 марта 2023", "2023-03-03"),
            ("1 maart 2024", "2024-03-01"),
            ("5 lutego 2024", "2024-02-05"),
            ("31 avril 2026", "31 avril 2026"),
            ("Berlin, 14. März 2026", "Berlin, 14. März 2026"),
            *((told, told) for told in ("25 Jahre 2025", "3 min 2026", "12 mon 2026", "12 sat 2026", "3 lun 2026")),  # nothing by the clock
            *((f"{month}{point} 3, 2026", "2026-09-03") for month in ("Sep", "sept", "SEPTEMBER") for point in ("", ".")),
            *((f"3 {calendar.month_name[at]} 2026", f"2026-{at:02}-03") for at in range(1, 13)),
            *((f"{calendar.month_abbr[at]}. 3, 2026", f"2026-{at:02}-03") for at in range(1, 13)),
        ],
    )
    def test_dates_become_iso_where_they_can_be_read_in_one_way_only(
        self, tmp_path: Path, given_date: str, kept: str
    ) -> None:
        assert article_of(tmp_path, BODY, published=given_date).published == kept

    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ({"$date": "2025-01-01T00:00:00Z"}, "2025-01-01T00:00:00+00:00"),
            ({"$date": "2025-01-01T00:00:00.000+0100"}, "2025-01-01T00:00:00+01:00"),
            ({"$date": {"$numberLong": "1735689600000"}}, "2025-01-01T00:00:00+00:00"),
            ({"$date": {"$numberLong": 1735689600000}}, "2025-01-01T00:00:00+00:00"),
            ({"$date": 1735689600000}, "2025-01-01T00:00:00+00:00"),
            ({"$date": -86400000}, "1969-12-31T00:00:00+00:00"),
            ([{"$date": "2025-01-01T00:00:00Z"}], "2025-01-01T00:00:00+00:00"),
        ],
    )
    @pytest.mark.parametrize("name", ["date", "published"])
    def test_a_date_of_a_database_is_read(self, tmp_path: Path, name: str, written: Any, kept: str) -> None:
        (tmp_path / "a.jsonl").write_text(json.dumps({"text": BODY, name: written}))
        (article,) = articles = read_articles([tmp_path])
        assert (article.published, articles.misdated) == (kept, [])

    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ({"date": "2025-01-01"}, '{"date": "2025-01-01"}'),
            ({"$date": "soon"}, "soon"),
            ({"$date": 10**30}, '{"$date": 1000000000000000000000000000000}'),
            ({"$date": {"$numberLong": "x"}}, '{"$date": {"$numberLong": "x"}}'),
            ({"$date": {"y": 2025}}, '{"$date": {"y": 2025}}'),
            ({"y": "é\u202e\n"}, '{"y": "é\\u202e\\n"}'),
            ({"y": "z" * 999}, '{"y": "' + "z" * 193),
            ([{"y": 2025}], '[{"y": 2025}]'),
            (True, "true"),
        ],
    )
    def test_a_date_of_another_kind_is_kept_as_written_and_told(self, tmp_path: Path, written: Any, kept: str) -> None:
        (tmp_path / "a.jsonl").write_text(json.dumps({"text": BODY, "published": written}))
        (article,) = articles = read_articles([tmp_path])
        assert (article.published, len(articles.misdated), article.guessed) == (kept, 1, ())

    def test_a_date_of_another_kind_gives_way_to_one_that_can_be_read(self, tmp_path: Path) -> None:
        for record in ({"published": {"y": 1}, "date": "2025-01-01"}, {"date": "2025-01-01", "published": {"y": 1}}):
            (tmp_path / "a.jsonl").write_text(json.dumps({"text": BODY, **record}))
            assert read_articles([tmp_path])[0].published == "2025-01-01"

    @pytest.mark.parametrize("nothing", [None, "", " ", [], {}, [None], ["", {}], False])
    def test_no_date_is_nothing_to_tell(self, tmp_path: Path, nothing: Any) -> None:
        (tmp_path / "a.jsonl").write_text(json.dumps({"text": BODY, "published": nothing}))
        assert read_articles([tmp_path])[0].published is None

    def test_a_date_nested_deeply_does_no_harm(self, tmp_path: Path) -> None:
        for depth in (10, 400, 900, 980, 990, 995):
            for name, start, end in (("objects", '{"a": ', "}"), ("lists", "[", "]")):
                record = '{"text": "One.", "date": ' + start * depth + "1" + end * depth + "}"
                (tmp_path / f"{name}{depth}.jsonl").write_text(record)
        articles = read_articles([tmp_path])
        assert {each.reason for each in articles.skipped} <= {"not valid JSON (nested too deeply)"}

    def test_a_word_is_looked_up_once_whatever_the_day_and_year(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []
        monkeypatch.setattr(dateparser, "parse", lambda text, **_: asked.append(text))
        assert {iso(f"{day} Brückentage {year}") for day in range(1, 31) for year in range(1950, 2050)} == {None}
        assert asked == ["15 brückentage 2024", "16 brückentage 2024"]


class TestGuesses:
    def test_the_seeds(self) -> None:
        cnn, icaro, kyiv = read_articles([SEEDS])
        assert (cnn.title, cnn.source, cnn.guessed) == (None, "CNN", ("source",))
        assert (icaro.title, icaro.source) == (icaro.text.splitlines()[0], "ICARO Media Group")
        assert icaro.guessed == ("title", "source")
        assert kyiv.title == "White House: Wagner prepares to provide air defense to Hezbollah or Iran"
        assert (kyiv.source, kyiv.guessed) == (None, ("title",))
        for article in (cnn, icaro, kyiv):
            assert article.text.encode() == (SEEDS / article.id).read_bytes()
            assert (article.author, article.published, article.url) == (None, None, None)

    def test_a_whole_head_is_read_and_marked_as_guessed(self, tmp_path: Path) -> None:
        head = "Old harbour bridge closes\nBy Jane Doe and JOHN ROE | The Harbour Post\nUpdated Nov. 23, 2023 10:15 GMT\n"
        article = article_of(tmp_path, f"{head}Published November 21, 2023\n\n{BODY}")
        assert article.guessed == ("title", "source", "author", "published")
        assert article.source == "The Harbour Post"
        assert (article.title, article.author) == ("Old harbour bridge closes", "Jane Doe, JOHN ROE")
        assert article.published == "2023-11-21"

    @pytest.mark.parametrize(
        ("head", "title"),
        [
            ("Old harbour bridge closes\n\n", "Old harbour bridge closes"),
            ("# Bridge\n\n", "Bridge"),
            ("## Old bridge closes ##\n\n", "Old bridge closes"),
            ("News\n\n0 out of 900\nJoin the friends of news.\n\nOld harbour bridge closes\n", "Old harbour bridge closes"),
            (
                "5 min read\nMap of the harbour (Ann Poe/Pool via Wire)\nOld harbour bridge closes\n",
                "Old harbour bridge closes",
            ),
            ("By Jane Doe\n21 November 2023\n\nOld harbour bridge closes\n\n", "Old harbour bridge closes"),
            ("", None),
            ("Trams wait at the bridge 2:14\n\n", None),
            ("Breaking News\n\n", None),
            ("The bridge is closed.\n\nWhat the trams will do\n\n", None),  # the heading of a section
            (
                "The old bridge over the harbour, which the council\nclosed\n\n",
                "The old bridge over the harbour, which the council closed",
            ),
            (
                "The council, which met in the hall above the\nharbour, was told that trams would be\nBanned. It voted.\n\n",
                None,
            ),
            ("• Old harbour bridge closes\n\n", None),
            ("Home > News > The old harbour\n\n", None),
            ("and then the bridge closed\n\n", None),
            ("Closed on Tuesday:\n\n", None),
            ("The Harbour Daily News\n\n", None),
        ],
    )
    def test_a_title_is_a_heading_above_the_text_or_nothing(self, tmp_path: Path, head: str, title: str | None) -> None:
        article = article_of(tmp_path, head + BODY)
        assert article.title == title
        assert ("title" in article.guessed) == (title is not None)

    def test_a_line_with_nothing_below_it_is_no_heading(self, tmp_path: Path) -> None:
        assert article_of(tmp_path, "Old harbour bridge closes").title is None

    @pytest.mark.parametrize(
        ("text", "source", "published"),
        [
            ("(CNN) -- The bridge is shut.", "CNN", None),
            ("(AP) The bridge is shut.", "AP", None),
            ("LONDON (Reuters) - The bridge is shut.", "Reuters", None),
            ("MINSK (BelTA) The bridge is shut.", "BelTA", None),
            ("London (PA) - The bridge is shut.", "PA", None),
            ("Pittsburgh (PA) The bridge is shut.", None, None),
            ("London, Nov 21 (Reuters) - The bridge is shut.", "Reuters", None),
            ("KYIV, Ukraine, Nov. 21, 2023 (AP) — The bridge is shut.", "AP", "2023-11-21"),
            ("RIO DE JANEIRO (Agência Porto) – The bridge is shut.", "Agência Porto", None),
            ("SPRINGFIELD, 21 November 2023 -- The bridge is shut.", None, "2023-11-21"),
            ("WASHINGTON — The bridge is shut.", None, None),
            ("DOVER (UK) - The bridge is shut.", None, None),
            ("DOVER (D.C.) - The bridge is shut.", None, None),
            ("Smith (Republican) - The bridge is shut.", None, None),
            ("NATO (the alliance) - The bridge is shut.", None, None),
            ("The mayor (CNN) said on November 21, 2023 that the bridge is shut.", None, None),
        ],
    )
    def test_a_dateline_names_outlet_and_day(
        self, tmp_path: Path, text: str, source: str | None, published: str | None
    ) -> None:
        article = article_of(tmp_path, text)
        assert (article.source, article.published, article.title) == (source, published, None)

    @pytest.mark.parametrize(
        ("under", "source"),
        [
            ("Harbour Media Group", "Harbour Media Group"),
            ("By Jane Doe\n1 min read\nThe Times of Dover", "The Times of Dover"),
            ("Reuters", "Reuters"),
            ("World News", None),
            ("Bridge Group", None),
            ("Map of the harbour\nHarbour Media", None),
            ("The Harbour Post said so.", None),
        ],
    )
    def test_an_outlet_stands_directly_under_the_heading(self, tmp_path: Path, under: str, source: str | None) -> None:
        assert article_of(tmp_path, f"Old harbour bridge closes\n{under}\n\n{BODY}").source == source

    @pytest.mark.parametrize(
        ("line", "author", "source"),
        [
            ("By Jane Doe", "Jane Doe", None),
            ("by Jane Doe", "Jane Doe", None),
            ("By JANE DOE and JOHN ROE, Associated Press", "JANE DOE, JOHN ROE", "Associated Press"),
            ("By Ana de la Cruz, Bob O'Neil & Zoë Ångström-Li", "Ana de la Cruz, Bob O'Neil, Zoë Ångström-Li", None),
            ("By Jane Doe, Political Editor", "Jane Doe", None),
            ("By Reuters", None, "Reuters"),
            ("By Petra Kvitova", "Petra Kvitova", None),
            ("By Michael Bloomberg", "Michael Bloomberg", None),
            ("By Jane Doe, BelTA", "Jane Doe", "BelTA"),
            ("Storm Hits The Coast\nPTI Chief Arrested\nBy Jane Doe", "Jane Doe", None),
            ("By Jane Doe, CNN Health", "Jane Doe", "CNN Health"),
            ("By the end of the year", None, None),
            ("By 2030 Bridges Fall", None, None),
            ("By Staff Writer", None, None),
        ],
    )
    def test_a_byline_names_authors_and_outlet(
        self, tmp_path: Path, line: str, author: str | None, source: str | None
    ) -> None:
        article = article_of(tmp_path, f"Old harbour bridge closes\n{line}\n\n{BODY}")
        assert (article.author, article.source) == (author, source)

    @pytest.mark.parametrize(
        ("line", "published"),
        [
            ("November 21, 2023", "2023-11-21"),
            ("21 Nov 2023", "2023-11-21"),
            ("2023-11-21", "2023-11-21"),
            ("Published: Tue 21 November 2023 at 10:15", "2023-11-21T10:15:00"),
            ("13.03.2026 10:05", "2026-03-13T10:05:00"),
            ("Last updated on Nov. 3, 2023", "2023-11-03"),
            ("Updated Nov. 3, 2023\nFirst published Nov. 1, 2023", "2023-11-01"),
            ("November 21", None),
            ("11/12/2023", None),
            ("Since November 21, 2023", None),
        ],
    )
    def test_a_day_is_read_from_a_line_of_its_own(self, tmp_path: Path, line: str, published: str | None) -> None:
        assert article_of(tmp_path, f"Old harbour bridge closes\n\n{line}\n\n{BODY}").published == published

    def test_days_and_names_in_the_running_text_are_not_the_articles(self, tmp_path: Path) -> None:
        article = article_of(tmp_path, f"{BODY}\nNovember 21, 2023\nBy Jane Doe\nThe Harbour Post\n{BODY}")
        assert article.guessed == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj", "a PDF file, not a text"),
        (b"{\\rtf1\\ansi Hello.}", "an RTF file, not a text"),
        (b"PK\x03\x04" + bytes(40), "a zip archive or office document, not a text"),
    ],
)
def test_a_file_of_another_format_under_a_text_name_is_skipped_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert [each.reason for each in read_articles([tmp_path]).skipped] == [reason]


def test_texts_are_kept_in_a_file_and_come_back_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MEMORY_BYTES", 10)
    told = {f"{at:03}": "é\ud800\r\n" * at for at in range(50)}
    kept = Articles(Article(id=name, text=text) for name, text in reversed(told.items()))
    assert {each.id: each.text for each in kept} == told
    part = kept.only(lambda path: path is None)
    assert [each.text for each in part] == list(told.values())
    assert len(kept.only(lambda path: path is not None)) == 0


def test_an_article_changed_during_a_scan_stays_what_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("As it was.")
    found = read_articles([tmp_path])
    (tmp_path / "a.txt").unlink()
    assert found[0].text == "As it was."


class TestProcesses:
    def mixed(self, folder: Path) -> None:
        for at in range(30):
            (folder / f"{at:02d}.txt").write_text(f"Story {at}. {BODY}")
        (folder / "05.html").write_text(f"<html><body><article><p>{BODY}</p><p>{BODY[::-1]}</p></article></body></html>")
        (folder / "10.bin").write_bytes(b"\0\1")
        (folder / "11.txt").write_bytes(b"PK\3\4" + bytes(99))
        records = [{"id": "one", "text": BODY}, {"id": "one", "text": RUSSIAN}, {"text": ""}]
        (folder / "12.jsonl").write_text("\n".join(map(json.dumps, records)))
        with zipfile.ZipFile(folder / "13.zip", "w") as file:
            file.writestr("inside.txt", BODY)
        (folder / "14.txt").write_text(f"Twice. {BODY}")
        (folder / "14.txt.meta.json").write_text('{"title": "Twice"}')
        (folder / "15.txt.meta.json").write_text("{")

    def test_they_read_what_one_reads(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.mixed(tmp_path)
        alone = read_articles([tmp_path])
        monkeypatch.setattr(read, "APART_SECONDS", 0)
        monkeypatch.setattr(read, "GROUP_SECONDS", 1e-3)
        done: list[int] = []
        apart = read_articles([tmp_path], workers=2, progress=done.append)
        assert [fields(each) for each in apart] == [fields(each) for each in alone]
        assert apart.skipped == alone.skipped
        assert len(apart.skipped) > 3
        assert done == list(range(1, 34))  # all but the sidecars and what has no reader

    def test_a_large_file_stays_where_it_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.mixed(tmp_path)
        monkeypatch.setattr(read, "APART_SECONDS", 0)
        monkeypatch.setattr(read, "GROUP_BYTES", 0)
        monkeypatch.setattr(read, "in_order", lambda pool, work, groups, workers: iter([list(groups)]))
        assert ids(read_articles([tmp_path], workers=2))[:2] == ["00.txt", "01.txt"]  # none was asked of a process

    def test_one_that_is_killed_is_told_in_a_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.mixed(tmp_path)
        monkeypatch.setattr(read, "APART_SECONDS", 0)
        monkeypatch.setattr(read, "_all", _killed)
        with pytest.raises(DetectorError, match=r"^a process was killed, likely for want of memory: try with fewer workers"):
            read_articles([tmp_path], workers=2)


def _killed(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
