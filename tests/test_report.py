"""What the report promises: texts shown exactly, passages linked, nothing from outside, files whole or untouched."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
import zlib
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import html5lib
import pytest
from rich.console import Console

from detector.engine import compare, scan
from detector.minhash import BUCKET_PAIRS
from detector.model import (
    VERDICTS,
    Article,
    ArticleSummary,
    DetectorError,
    Direction,
    Edge,
    Evidence,
    Fact,
    Family,
    Mark,
    Match,
    Report,
    Settings,
    SharedQuotation,
    Skipped,
    Span,
)
from detector.report import (
    COPIES_ONLY,
    COVERAGE,
    MANY_COPIES,
    NOT_ALL_COPIES,
    NOT_LISTED,
    direction_lines,
    figures_told,
    headline,
    sentence,
    third,
    unlisted,
)
from detector.reporting import page as module
from detector.reporting.export import match_to_json, to_csv, to_json, write_text
from detector.reporting.page import PAIR_VIEWS, PLAIN_VIEWS, render_html, write_report
from detector.reporting.pair import plain_words
from detector.reporting.terminal import SIDE_BY_SIDE, _matches_table, print_match, print_table

from .newsroom import newsroom

SOURCE = 'Menu\n\nThe mayor resigned on Monday. "I am tired," she told the Post.\n\nThe council meets again today.'
DERIVED = 'The mayor stepped down. The Post reported it. "I am tired," she said.\r\nThe mayor resigned on Monday.'
HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% raw %} </div></a></style> &amp; & \"double\" 'single' <!-- ]]>",
    "\n\nleading and trailing newlines\n\n\n",
    "Windows\r\nold Mac\rUnix\n\r\n\r tabs\tand  two spaces ",
    "right-to-left \u202eevil\u202c שלום עולם العربية \u200f\u2066open",
    "emoji 👩‍👩‍👧 🇺🇦 soft\u00adhyphen zero\u200bwidth \ufeffbom nbsp\u00a0 ls\u2028ps\u2029 ff\f cafe\u0301 漢字",
    "",
    " ",
)

TURNING = [chr(each) for each in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
"""The characters that control the direction of a text."""

KINDS = ("verbatim", "edited", "paraphrased", "quotation")


def article(id: str, text: str | None, *marks: Mark, **more: Any) -> ArticleSummary:
    given = {"title": None, "source": None, "author": None, "published": None, "url": None, "path": id, "guessed": ()}
    size = len(text or "")
    digest = sha256((text or "").encode("utf-8", "replace")).hexdigest()
    sizes = {"characters": size, "words": size // 6, "body_words": size // 7}
    return ArticleSummary(id=id, sha256=digest, marks=marks, text=text, **(given | sizes | more))


def a_match(a: str = "post.txt", b: str = "copy.txt", *spans: Span, **more: Any) -> Match:
    given: dict[str, Any] = {
        "verdict": "rewrite",
        "probability": 0.97,
        "coverage_a": 0.412345678,
        "coverage_b": 0.71,
        "longest": 5,
        "jaccard": 0.05,
        "containment_a": 0.06,
        "containment_b": 0.12,
        "cosine": 0.64,
        "order": -0.5,
        "quotations": (),
        "facts": (),
        "direction": Direction(a, b, 0.96, ("copy.txt cites the Post.",)),
        "evidence": (Evidence("containment", 0.41, 0.71, 2.3, "Most sentences of copy.txt are in post.txt."),),
    }
    return Match(a=a, b=b, spans=spans, **(given | more))


def a_report(articles: tuple[ArticleSummary, ...] = (), *matches: Match, **more: Any) -> Report:
    given: dict[str, Any] = {"version": "0.1.0", "settings": Settings(), "families": (), "skipped": (), "seconds": 1.5}
    return Report(articles=articles, matches=matches, **(given | more))


def at(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def span(kind: Any, a: str, b: str, similarity: float = 0.8) -> Span:
    return Span(kind, *at(SOURCE, a), *at(DERIVED, b), similarity)


def example() -> Report:
    """One rewrite: overlapping passages (one passage used twice), marks under and around them, a quotation, facts."""
    words = '"I am tired,"'
    spans = (
        span("paraphrased", "The mayor resigned on Monday.", "The mayor stepped down.", 0.5),
        span("verbatim", "The mayor resigned on Monday.", "The mayor resigned on Monday.", 1.0),
        span("edited", f"on Monday. {words} she told the Post.", f"The Post reported it. {words} she said.\r\nThe mayor"),
        span("quotation", words, words, 1.0),
    )
    source = article(
        "post.txt",
        SOURCE,
        Mark("boilerplate", *at(SOURCE, "Menu\n"), 'navigation "bar"'),
        Mark("quotation", *at(SOURCE, words), "the mayor"),
        Mark("attribution", *at(SOURCE, "told the Post"), "the Post"),
        source="The Post",
        guessed=("source",),
    )
    derived = article("copy.txt", DERIVED, Mark("quotation", *at(DERIVED, words), "the mayor"))
    facts = (
        Fact("name", "shared", "Post", "Post"),
        Fact("number", "changed", "Monday", "Tuesday"),
        Fact("name", "a-only", "council", None),
        Fact("number", "b-only", None, "42"),
    )
    quotation = SharedQuotation("the mayor", *at(SOURCE, words), *at(DERIVED, words))
    match = a_match("post.txt", "copy.txt", *spans, quotations=(quotation,), facts=facts)
    family = Family(("post.txt", "copy.txt"), "post.txt", (Edge("post.txt", "copy.txt", 0.97, "post.txt"),), 0.97)
    return a_report((source, derived), match, families=(family,), skipped=(Skipped("logo.png", "not a text"),))


def hostile(text: str = HOSTILE[0]) -> Report:
    """A report in which everything that another person could have written is hostile."""
    a, b = article(f"a {text}", text, title=text, url="javascript:alert(1)"), article(f"b {text}", f"{text}x")
    spans = (Span("edited", 0, len(text), 0, len(text), 0.9),) if text else ()
    match = a_match(
        a.id,
        b.id,
        *spans,
        direction=Direction(a.id, b.id, 0.9, (text,)),
        evidence=(Evidence(text, 0.1, 0.2, -1.0, text),),
        facts=(Fact("name", "changed", text, text),),
        quotations=(SharedQuotation(text, 0, 1, 0, 1),),
    )
    marked = replace(a, marks=(Mark("boilerplate", 0, len(text), text),))
    family = Family((a.id, b.id), a.id, (Edge(a.id, b.id, 0.9, a.id),), 0.9)
    return a_report((marked, b), match, families=(family,), skipped=(Skipped(text, text),))


def many(number: int) -> Report:
    names = [f"{n:03}.txt" for n in range(number + 1)]
    matches = [a_match(a, b, Span("verbatim", 0, 4, 0, 4, 1.0)) for a, b in pairwise(names)]
    return a_report(tuple(article(name, "Some text.") for name in names), *matches)


def parse(page: str, *, strict: bool = True) -> Any:
    return html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False).parse(page)


def text_of(node: Any) -> str:
    return "".join(node.itertext())


def by_id(tree: Any) -> dict[str, Any]:
    nodes = [node for node in tree.iter() if node.get("id")]
    named = {node.get("id"): node for node in nodes}
    assert len(named) == len(nodes), "ids must be unique"
    return named


def unfolded(page: str) -> str:
    """The page as its script makes it: with the matches that it carries compressed."""
    return re.sub(
        r'<script type="text/plain" class="folded">(.*?)</script>',
        lambda found: zlib.decompress(b64decode(found[1])).decode(),
        page,
    )


def passage(pane: Any, number: int) -> str:
    return "".join(text_of(node) for node in pane.iter() if str(number) in (node.get("data-span") or "").split())


def printed(draw: Any, *, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    draw(console)
    return console.file.getvalue()  # type: ignore[attr-defined]


# The page


@pytest.mark.parametrize("text", HOSTILE)
def test_the_page_shows_an_article_character_for_character(text: str) -> None:
    nodes = by_id(parse(render_html(hostile(text)), strict=False))
    assert text_of(nodes["m1a"]) == text
    assert text_of(nodes["m1b"]) == f"{text}x"


def test_every_passage_on_the_page_is_the_passage_of_the_text() -> None:
    report = example()
    nodes = by_id(parse(render_html(report), strict=False))
    assert text_of(nodes["m1a"]) == SOURCE
    assert text_of(nodes["m1b"]) == DERIVED
    spans = sorted(report.matches[0].spans, key=lambda each: (each.a_start, each.b_start))
    for number, each in enumerate(spans, start=1):
        assert passage(nodes["m1a"], number) == SOURCE[each.a_start : each.a_end]
        assert passage(nodes["m1b"], number) == DERIVED[each.b_start : each.b_end]


def test_every_passage_leads_to_its_counterpart() -> None:
    tree = parse(render_html(example()), strict=False)
    nodes = by_id(tree)
    links = list(tree.iter("a"))
    assert all(node.get("href")[1:] in nodes for node in links)
    for node in (node for node in links if node.get("data-span")):
        side, number = re.fullmatch(r"#m1([ab])(\d+)", node.get("href")).groups()  # type: ignore[union-attr]
        assert number in node.get("data-span").split()
        assert node in list(nodes["m1b" if side == "a" else "m1a"].iter())
    for side, number in product("ab", range(1, 5)):
        first = next(n for n in nodes[f"m1{side}"].iter() if str(number) in (n.get("data-span") or "").split())
        assert str(number) in first.get("data-n").split(), "where a passage begins its number stands"


def test_passages_can_be_told_without_colour_and_marks_say_why() -> None:
    nodes = by_id(parse(render_html(example()), strict=False))
    kinds = {name for node in nodes["m1a"].iter() for name in (node.get("class") or "").split()}
    assert kinds >= {"verbatim", "edited", "quotation", "twice"}
    style = (Path(__file__).parent.parent / "templates/style.css").read_text()
    lines = {kind: re.search(rf"^\.{kind} {{.*?decoration-style: (\w+)", style, re.M) for kind in KINDS}
    assert len({found and found[1] for found in lines.values()}) == len(lines), "each kind has its own underline"
    titles = {text_of(node): node.get("title") for node in nodes["m1a"].iter() if node.get("title")}
    assert titles["Menu\n"] == 'not part of the article: navigation "bar"'
    assert titles["told the Post"] == "credit or outlet named: the Post"


def test_the_source_stands_on_the_left() -> None:
    report = example()
    swapped = replace(report, matches=tuple(match.swapped() for match in report.matches))
    assert render_html(swapped) == render_html(report)
    assert text_of(by_id(parse(render_html(swapped), strict=False))["m1a"]) == SOURCE


@pytest.mark.parametrize("report", [example(), hostile(), a_report(), many(3)], ids=["one", "hostile", "none", "three"])
def test_nothing_on_the_page_comes_from_outside_or_runs_but_its_own_script(report: Report) -> None:
    tree = parse(render_html(report), strict=False)
    for node in tree.iter():
        assert not {"src", "srcset", "action", "data", "style", "background"} & set(node.attrib)
        assert not any(name.startswith("on") for name in node.attrib)
        assert node.get("href", "#").startswith("#")
    (style,), (script,) = list(tree.iter("style")), list(tree.iter("script"))
    assert not re.search(r"url\(|@import|https?:", text_of(style) + text_of(script))
    (policy,) = (node.get("content") for node in tree.iter("meta") if node.get("http-equiv"))
    assert "default-src 'none'" in policy
    for node in (style, script):
        assert b64encode(sha256(text_of(node).encode()).digest()).decode() in policy


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\r" not in text])
def test_the_page_is_valid_html_whatever_the_articles_hold(text: str) -> None:
    parse(render_html(hostile(text)), strict=True)


def test_a_carriage_return_is_the_only_thing_a_strict_parser_minds() -> None:
    parser = html5lib.HTMLParser()
    parser.parse(render_html(example()))
    assert {code for _, code, _ in parser.errors} == {"illegal-codepoint-for-numeric-entity"}


def test_characters_that_html_cannot_hold_are_seen_as_such() -> None:
    text = "nul\x00 esc\x1b[31m c1\x85 last\uffff surrogate\udcff end"
    page = render_html(hostile(text))
    assert text_of(by_id(parse(page))["m1a"]) == "nul\ufffd esc\ufffd[31m c1\ufffd last\ufffd surrogate\ufffd end"


def test_templates_in_articles_are_text() -> None:
    tree = parse(render_html(hostile()))
    assert text_of(tree.find(".//h1")).count(HOSTILE[0]) == 2
    assert len(list(tree.iter("script"))) == 1


def test_the_page_gives_evidence_direction_facts_quotations_families_settings_and_digests() -> None:
    report = example()
    body = parse(render_html(report), strict=False).find("body")
    page = " ".join(text_of(body).split())
    assert "threshold 0.7" in " ".join(" ".join(body.itertext()).split())
    for words in (
        "copy.txt very likely rewrites The Post.",
        "71 % of copy.txt's own words lie in passages found in The Post.",
        "threshold 0.7, 5-word shingles",
        "Made 2023-11-14 22:13 UTC with detector 0.1.0",
        "Coverage41 %71 %",
        "The Post: told the Post",
        "Most sentences of copy.txt are in The Post. +2.30 for",
        "The Post is the source of copy.txt (confidence 0.96)",
        "copy.txt cites the Post.",
        'the mayor: "I am tired,"',
        "Monday → Tuesday",
        "Dropped, only in The Post",
        "Added, only in copy.txt",
        "2 articles, origin The Post",
        "not a text",
        "source (guessed) The Post",
        *(each.sha256 for each in report.articles),
    ):
        assert words in page, words


def test_the_page_says_when_it_cannot_tell_who_took_from_whom() -> None:
    report = example()
    match = replace(report.matches[0], direction=None)
    page = render_html(replace(report, matches=(match,)))
    assert "Undetermined: the evidence does not decide" in page
    assert "which from which is undetermined" in page


def test_a_report_without_matches_says_so() -> None:
    page = text_of(parse(render_html(a_report((article("a.txt", None),)))))
    assert "No matches among 1 article." in page
    assert "No two articles have enough in common" in page


def copies() -> Report:
    """What a scan for copies alone finds in three articles."""
    words = [f"word{n}" for n in range(60)]
    texts = {"post.txt": words, "copy.txt": [*words[:50], "end"], "same.txt": words}
    return scan([Article(id=name, text=" ".join(each)) for name, each in texts.items()], near_duplicates_only=True)


@pytest.mark.parametrize("embedded", [True, False])
def test_a_page_of_copies_says_that_passages_were_not_looked_for_and_shows_no_figure_of_them(embedded: bool) -> None:
    report = copies()
    if not embedded:
        report = replace(report, articles=tuple(replace(each, text=None) for each in report.articles))
    page = " ".join(text_of(parse(render_html(report))).split())
    assert page.count(COPIES_ONLY) == 1 + len(report.matches) * embedded
    assert "Jaccard" in page
    assert "Containment" in page
    for unmeasured in ("Longest passage", "Cosine", "Order", "0 words", "No passage", "passages marked", "for and against"):
        assert unmeasured not in page, unmeasured


def no_copies() -> Report:
    return scan([Article(id=name, text=text) for name, text in (("a.txt", "One."), ("b.txt", "Two."))], near_duplicates_only=True)


def test_a_scan_for_copies_alone_says_so_where_it_found_none() -> None:
    report = no_copies()
    assert report.matches == ()
    page = " ".join(text_of(parse(render_html(report)).find("body")).split())
    assert "No copies among 2 articles." in page
    assert f"No two articles are near-duplicates at these settings. {COPIES_ONLY}" in page
    assert "5-word shingles, copies only." in page
    assert "near duplicates only yes" in " ".join(" ".join(parse(render_html(report)).itertext()).split())
    lines = printed(lambda console: print_table(report, console), width=200).splitlines()
    assert lines == ["No copies among 2 articles.", COPIES_ONLY, "2 articles, 0 matches, 0 families."]
    assert json.loads(to_json(report))["near_duplicates_only"] is True
    assert json.loads(to_json(a_report()))["near_duplicates_only"] is False


def test_nothing_that_was_not_measured_is_a_number() -> None:
    for match in json.loads(to_json(copies()))["matches"]:
        unmeasured = {name for name, value in match.items() if value is None}
        assert unmeasured == {
            "coverage_a", "coverage_b", "longest", "cosine", "order", "direction", "counterparts", "new_a", "new_b",
            "part_a", "part_b",
        }
        assert match["containment_a"] > 0.8
    shown = printed(lambda console: print_table(copies(), console), width=100)
    assert "in other" in shown
    assert "covered" not in shown
    assert "longest" not in shown
    copied = next(match for match in copies().matches if match.verdict == "near-duplicate")
    assert re.fullmatch(r"\d+ % of the runs of words of \S+ are in \S+, \d+ % the other way round", figures_told(copied))
    assert sentence(copied).endswith("; which from which was not asked")


@pytest.mark.parametrize("figure", [None, float("nan")])
def test_a_figure_that_there_is_not_shows_as_a_dash(figure: float | None) -> None:
    report = example()
    match = replace(report.matches[0], cosine=figure, order=figure)
    page = text_of(parse(render_html(replace(report, matches=(match,))), strict=False).find("body"))
    assert "Cosine—" in page
    assert "Order—" in page
    assert "nan" not in page.lower().split()


def test_rows_of_copies_past_the_first_hundreds_have_as_many_cells_as_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PLAIN_ROWS", 1)
    page = render_html(copies())
    folded = zlib.decompress(b64decode(re.findall(r'class="folded">([^<]+)<', page)[0])).decode()
    assert page.count("<th scope=\"col\"", page.index('<table class="matches'), page.index("</thead>")) == 4
    assert [row.count("<td") for row in re.findall(r"<tr.*?</tr>", folded, flags=re.DOTALL)] == [4, 4]


def test_a_report_without_texts_still_gives_the_evidence() -> None:
    report = example()
    page = render_html(replace(report, articles=tuple(replace(each, text=None) for each in report.articles)))
    assert "This report does not hold the two texts; <code>detector compare post.txt copy.txt</code> shows the two by themselves, " in page
    assert "Most sentences of copy.txt are in The Post." in page


def test_past_two_hundred_matches_the_others_stay_in_the_table_with_the_command_that_shows_them() -> None:
    tree = parse(unfolded(render_html(many(PAIR_VIEWS + 50))))
    assert len(list(tree.iter("article"))) == PAIR_VIEWS
    table = next(node for node in tree.iter("table"))
    assert len(list(table.find("tbody").iter("tr"))) == PAIR_VIEWS + 50
    assert {node.get("href")[1:] for node in table.iter("a")} <= set(by_id(tree))
    commands = [text_of(node) for node in table.iter("code")]
    assert commands == [f"detector compare {n:03}.txt {n + 1:03}.txt" for n in range(PAIR_VIEWS, PAIR_VIEWS + 50)]


def test_the_first_matches_are_on_the_page_without_a_script_and_the_others_folded_in_their_order() -> None:
    page = render_html(many(PLAIN_VIEWS + 3))
    shown = [node.get("id") for node in parse(page).iter("article")]
    assert shown == [f"m{n}" for n in range(1, PLAIN_VIEWS + 1)]
    everything = [node.get("id") for node in parse(unfolded(page)).iter("article")]
    assert everything == [f"m{n}" for n in range(1, PLAIN_VIEWS + 4)]
    assert 'class="folded"' not in render_html(many(PLAIN_VIEWS))


@pytest.mark.parametrize("towns", [100, 700])
def test_hundreds_and_thousands_of_matches_take_less_than_a_megabyte_beyond_their_texts(towns: int) -> None:
    report = newsroom(towns)
    shown = {name for match in report.matches[:PAIR_VIEWS] for name in (match.a, match.b)}
    texts = sum(len(each.text.encode()) for each in report.articles if each.id in shown and each.text)
    assert len(render_html(report).encode()) - texts < 1_000_000


def test_sentences_without_a_counterpart_are_marked_in_both_texts() -> None:
    report = example()
    match = replace(report.matches[0], spans=(), new_a=((0, 4),), new_b=((0, 22), (24, 45)))
    nodes = by_id(parse(render_html(replace(report, matches=(match,))), strict=False))
    marked = [
        "".join(text_of(node) for node in nodes[pane].iter() if "is-original" in (node.get("class") or "")) for pane in ("m1a", "m1b")
    ]
    assert marked[1] == DERIVED[:22] + DERIVED[24:45]
    assert len(marked[0]) == 4
    labels = [text_of(node) for node in nodes["m1"].iter("label") if "counterpart" in text_of(node)]
    assert labels == ["no counterpart found 1 sentence of The Post", "no counterpart found 2 sentences of copy.txt"]
    all_told = by_id(parse(render_html(replace(report, matches=(replace(match, new_a=()),))), strict=False))
    labels = [text_of(node) for node in all_told["m1"].iter("label") if "counterpart" in text_of(node)]
    assert labels == ["no counterpart found 2 sentences of copy.txt"]


def test_sentences_in_other_words_lead_to_each_other_and_are_told_beside_the_passages() -> None:
    report = example()
    told = Span("counterpart", 0, 4, 24, 45, 0.12)
    match = replace(report.matches[0], spans=(), counterparts=(told,), new_a=(), new_b=())
    page = render_html(replace(report, matches=(match,)))
    nodes = by_id(parse(page, strict=False))
    (left,) = [node for node in nodes["m1a"].iter() if "counterpart" in (node.get("class") or "")]
    (right,) = [node for node in nodes["m1b"].iter() if "counterpart" in (node.get("class") or "")]
    assert (left.get("href"), right.get("href")) == ("#m1b1", "#m1a1")
    assert text_of(right) == DERIVED[24:45]
    assert "similarity" not in text_of(nodes["m1"])
    assert "counterpart in other words" not in figures_told(match)
    few = replace(match, coverage_a=0.1, coverage_b=0.1)
    beside = "; 1 more sentence of copy.txt probably has a counterpart in other words"
    assert figures_told(few) == f"10 % of copy.txt's own words lie in passages found in post.txt{beside}"
    assert figures_told(replace(few, direction=None, spans=(told,))).endswith(beside)


def test_two_texts_that_share_a_quotation_alone_are_not_told_to_share_nothing_of_their_own() -> None:
    quoted = SharedQuotation("the mayor", 0, 4, 0, 4)
    match = a_match(
        *("post.txt", "copy.txt", Span("quotation", 0, 4, 0, 4, 1.0)),
        **{"verdict": "same-event", "probability": 0.02, "coverage_a": 0.0, "coverage_b": 0.0, "direction": None, "quotations": (quoted,)},
    )
    said = "post.txt and copy.txt report the same event independently"
    assert (sentence(match), figures_told(match)) == (said, "both quote the mayor")
    three = tuple(replace(quoted, speaker=each) for each in ("the mayor", None, "Ann Lee"))
    assert figures_told(replace(match, quotations=three)) == "both quote the mayor, Ann Lee and the same words"
    covered = figures_told(replace(match, coverage_b=0.1))
    lie = "0 % of post.txt's own words lie in passages found in copy.txt, 10 % the other way round"
    assert covered == f"{lie}; both quote the mayor"


PARAGRAPHS = [
    "The port of Saltmouth will close its northern dock for eleven weeks from 4 May, director Elena Marsh said on Tuesday.",
    "Divers found a crack of nine metres in the sea wall in February. Hollis and Dane put the repair at 3.2 million euros.",
    "About 240 dockers move to the southern terminal while the work lasts. Their union accepted after two nights of talks.",
    "Ferries to Calder Island will leave from the fish quay. The crossing takes twelve minutes longer, Blue Line said.",
    "Fishermen are less pleased. Ruth Ostrander said that ice lorries cannot turn on the quay when passengers queue there.",
    "The town council promised to paint a separate lane by the end of April. It set aside 40,000 euros for a ramp.",
    "Saltmouth handled 1.9 million tonnes of cargo last year, a tenth more than in 2019. Grain made up half of it.",
    "The wall dates from 1931. It was last strengthened after the storm of 1978, when two cranes fell into the basin.",
]
"""A story of which copies are made."""
LATER = {"published": "2026-03-02"}


@pytest.mark.parametrize(
    ("copy", "directed", "open_ended"),
    [
        (" ".join(PARAGRAPHS[:3]), "is very likely a shortened copy of", "tell one story in nearly the same words, one at greater length"),
        (
            " ".join(each.partition(". ")[0] + "." for each in PARAGRAPHS),
            "is very likely a shortened copy of",
            "tell one story in nearly the same words, one at greater length",
        ),
        (
            " ".join(each.partition(". ")[2] + " " + each.partition(". ")[0] + "." for each in reversed(PARAGRAPHS)),
            "is likely an edited copy of",
            "tell one story in nearly the same words",
        ),
    ],
    ids=["first three paragraphs", "every second sentence", "another order"],
)
def test_a_rewrite_in_the_words_of_its_source_is_told_as_a_copy(copy: str, directed: str, open_ended: str) -> None:
    full = Article(id="full", text=" ".join(PARAGRAPHS), published="2026-03-01")
    match = compare(full, Article(id="copy", text=copy, **LATER))
    assert match.verdict == "rewrite"
    assert sentence(match) == f"copy {directed} full"
    assert sentence(match.swapped()) == sentence(match)
    undated = compare(replace(full, published=None), Article(id="copy", text=copy))
    likely = directed.removeprefix("is ").partition(" a")[0]
    assert sentence(undated) == (
        f"full and copy {open_ended}, {likely} one made from the other; which from which is undetermined"
    )


def test_what_has_words_of_its_own_is_not_told_as_a_copy() -> None:
    match = replace(example().matches[0], spans=(), coverage_b=1.0)
    for spans in ((), (span("edited", "The mayor resigned on Monday.", "The mayor stepped down."),)):
        assert sentence(replace(match, spans=spans)) == "copy.txt very likely rewrites post.txt"
    close = span("verbatim", "The mayor resigned on Monday.", "The mayor resigned on Monday.", 1.0)
    assert "takes a part from" in sentence(replace(match, spans=(close,), verdict="partial"))


def test_of_pairs_that_are_not_listed_terminal_and_page_say_what_that_means() -> None:
    three = tuple(article(name, "Text.") for name in ("post.txt", "copy.txt", "own.txt"))
    for articles, listed in ((three, False), (three[:2], True)):
        report = a_report(articles, a_match())
        out = " ".join(printed(lambda console, report=report: print_table(report, console)).split())
        page = " ".join(text_of(parse(render_html(report), strict=False)).split())
        assert (NOT_LISTED in out, NOT_LISTED in page) == (not listed, not listed)
    assert NOT_LISTED in render_html(a_report(three))
    assert NOT_LISTED not in render_html(no_copies())


@pytest.mark.parametrize(
    ("settings", "options"),
    [
        (Settings(verdicts=("rewrite", "partial")), "--verdict rewrite --verdict partial"),
        (Settings(min_probability=0.5), "--min-probability 0.5"),
        (Settings(same_source=False), "--no-same-source"),
    ],
)
def test_where_options_leave_matches_out_terminal_and_page_do_not_say_that_the_texts_have_little_in_common(
    settings: Settings, options: str
) -> None:
    three = tuple(article(name, "Text.") for name in ("post.txt", "copy.txt", "own.txt"))
    told = f"A pair not listed was left out by {options}, {NOT_LISTED}"
    for matches in ((a_match(),), ()):
        report = a_report(three, *matches, settings=settings)
        page = " ".join(text_of(parse(render_html(report), strict=False)).split())
        assert told in " ".join(printed(lambda console, report=report: print_table(report, console)).split())
        assert told in page
        assert (f"No match is shown with {options}." in page) is not bool(matches)
        assert "No two articles" not in page
    none = text_of(parse(render_html(replace(no_copies(), settings=settings))))
    assert f"No match is shown with {options}. {COPIES_ONLY}" in " ".join(none.split())


def test_a_scan_against_an_archive_lists_all_pairs_if_it_lists_those_between_the_two() -> None:
    three = tuple(article(name, "Text.") for name in ("post.txt", "copy.txt", "other.txt"))
    matches = (a_match("post.txt", "copy.txt"), a_match("post.txt", "other.txt"))
    assert unlisted(a_report(three, *matches, against=1)) == ""
    assert NOT_LISTED in unlisted(a_report(three, *matches))


def test_of_many_copies_terminal_and_page_say_that_not_every_pair_is_listed() -> None:
    assert MANY_COPIES == BUCKET_PAIRS
    for number in (MANY_COPIES, MANY_COPIES + 1):
        names = tuple(f"{at}.txt" for at in range(number))
        ties = tuple(Edge("0.txt", each, 1.0, None) for each in names[1:])
        articles = tuple(article(each, "Text.") for each in names)
        report = a_report(articles, families=(Family(names, None, ties, 1.0),), near_duplicates_only=True)
        page = " ".join(text_of(parse(render_html(report), strict=False)).split())
        assert (NOT_ALL_COPIES in page) is (number > MANY_COPIES)
        table = " ".join(printed(lambda console, report=report: print_table(report, console)).split())
        assert (NOT_ALL_COPIES in table) is (number > MANY_COPIES)
        assert "Loosest pairtwo members were not compared, or are no near-duplicates" in page


def test_of_a_family_the_page_says_which_members_have_no_date_and_where_the_others_lead() -> None:
    def shown(*edges: Edge, origin: str | None = None, undated: str = "u") -> str:
        members = tuple(sorted({name for edge in edges for name in (edge.a, edge.b)}))
        dates = {name: None if name in undated else "2026-03-01" for name in members}
        articles = tuple(article(name, "Text.", published=date) for name, date in dates.items())
        page = by_id(parse(render_html(a_report(articles, families=(Family(members, origin, edges, 0.9),))), strict=False))
        return " ".join(text_of(page["f1"]).split())

    led, other, left = Edge("s", "r", 0.9, "s"), Edge("s", "t", 0.9, "s"), Edge("s", "u", 0.9, None)
    assert "r and t lead back to s; u has no date and may be as old." in shown(led, other, left, origin="s")
    assert "r leads back to s; u has no date and may be as old." in shown(led, left)
    assert "r leads back to s; u may be as old: nothing decides." in shown(led, left, undated="")
    assert "s and u have no date." in shown(left, undated="su")
    assert "origin undetermined s — u" in shown(left, undated="")
    assert "as old" not in shown(led, other, origin="s")


def test_a_share_says_of_what_and_where_it_is() -> None:
    match = a_match("post.txt", "copy.txt", Span("verbatim", 0, 4, 0, 4, 1.0), coverage_a=0.07, coverage_b=0.06)
    assert figures_told(match) == figures_told(match.swapped()) == "6 % of copy.txt's own words lie in passages found in post.txt"
    both = "7 % of post.txt's own words lie in passages found in copy.txt, 6 % the other way round"
    assert figures_told(replace(match, direction=None)) == both
    assert sentence(replace(match, direction=None)) == (
        "post.txt and copy.txt tell one story, very likely one rewriting the other; which from which is undetermined"
    )
    assert figures_told(replace(match, verdict="same-event", direction=None, spans=())) == ""


def test_the_same_text_is_not_told_in_shares() -> None:
    match = a_match(verdict="duplicate", direction=None, coverage_a=0.84)
    assert sentence(match).startswith("post.txt and copy.txt are the same text, very likely one made from the other")
    assert sentence(a_match(verdict="duplicate")) == "copy.txt is the same text as post.txt, very likely made from it"
    assert figures_told(match) == ""
    agency = Evidence("agency", 1.0, 1.0, 0.0, "Both credit Reuters.")
    assert sentence(replace(match, evidence=(agency,))) == (
        "post.txt and copy.txt are the same text; both may have it from the agency that they credit"
    )


def test_of_a_common_source_the_page_says_why_neither_was_made_from_the_other() -> None:
    why = Evidence("siblings", 0.7, 0.8, 0.0, "Both are versions of wire.txt.")
    match = a_match(verdict="common-source", direction=None, evidence=(why,))
    assert direction_lines(match) == (
        "Neither from the other: what they share goes back to a source that both had",
        "Both are versions of wire.txt.",
    )
    assert sentence(match) == "post.txt and copy.txt draw on the same source"
    departs = "where copy.txt departs from its wording, post.txt follows in 70 % of the runs of three words; more."
    of_wire = replace(match, evidence=(replace(why, sentence=f"Both are versions of wire.txt: {departs}"),))
    assert sentence(of_wire) == "post.txt and copy.txt are both versions of wire.txt"
    beside = replace(match, evidence=(replace(why, sentence=f"wire.txt has what both have: {departs}"),))
    assert sentence(beside) == "post.txt and copy.txt draw on the same source; wire.txt has what both have"
    assert third(match) == "" != third(of_wire) == third(beside) == "wire.txt"


def test_a_probability_is_not_shown_beside_a_verdict_that_says_neither_was_made_from_the_other() -> None:
    shared = a_match(verdict="common-source", direction=None)
    page = parse(render_html(a_report((), shared, a_match())), strict=False)
    rows = [node for node in page.iter("tr") if node.get("data-row")]
    cells = [next(each for each in row.iter("td") if each.get("class") == "figure") for row in rows]
    assert [text_of(each) for each in cells] == ["—", "0.97"]
    assert "0.97 by these two texts alone" in cells[0][0].get("title")
    assert rows[0].get("data-keys").split()[1] == "0.97", "it is sorted by it still"
    kickers = [text_of(node) for node in page.iter("p") if node.get("class") == "kicker"]
    assert [("probability" in each) for each in kickers[1:]] == [False, True]


def test_what_is_not_on_the_map_is_not_in_its_legend() -> None:
    def legend(*matches: Match, **more: Any) -> str:
        page = parse(render_html(a_report((), *matches, *matches, **more)), strict=False)
        drawn = next(node for node in page.iter("section") if node.get("id") == "map")
        return " ".join(text_of(next(drawn.iter("ul"))).split())

    family = Family(("copy.txt", "post.txt"), "post.txt", (Edge("copy.txt", "post.txt", 0.97, "post.txt"),), 0.97)
    assert legend(a_match(), families=(family,)) == (
        "made from the other, arrow to the derived one; without it, which from which is open family version that most of a family leads back to"
    )
    assert legend(a_match(direction=None)) == "made from the other"
    assert legend(a_match(verdict="partial")) == "a part taken"
    assert legend(a_match(verdict="same-event", direction=None, probability=0.1)) == "same event or common source"
    assert legend(a_match(verdict="same-event", direction=None, probability=0.6)) == "undecided, to be read"


def test_what_is_not_in_a_match_is_not_in_its_legend() -> None:
    def legend(report: Report) -> str:
        pair = by_id(parse(render_html(report), strict=False))["m1"]
        return " ".join(text_of(next(node for node in pair.iter("ul") if node.get("class") == "legend")).split())

    report = example()
    assert legend(report).endswith("words added changed dropped quoted words credit or outlet named not part of the article")
    one = replace(report.articles[0], marks=report.articles[0].marks[:1])
    assert legend(replace(report, articles=(one, replace(report.articles[1], marks=())))).endswith("dropped not part of the article")
    bare = tuple(replace(each, marks=()) for each in report.articles)
    assert legend(replace(report, articles=bare)).endswith("words added changed dropped")
    alone = replace(report.matches[0], spans=())
    assert legend(replace(report, articles=bare, matches=(alone,))) == "No passage runs through both texts."


def test_two_articles_of_one_outlet_are_told_as_such_in_table_and_match() -> None:
    def told(*sources: str | None) -> int:
        report = example()
        articles = tuple(replace(each, source=source) for each, source in zip(report.articles, sources, strict=True))
        report = replace(report, articles=articles)
        page = parse(render_html(report), strict=False)
        known = sources[0] is not None and sources[0] == sources[1]
        assert ("same outlet" in printed(lambda console: print_table(report, console))) == known
        match = " ".join(printed(lambda console: print_match(report, report.matches[0], console)).split())
        assert ("both are of one outlet" in match) == known
        return sum(text_of(node) == "same outlet" for node in page.iter("span"))

    assert told("The Post", "The Post") == 2
    assert told("The Post", "The Times") == 0
    assert told("The Post", None) == 0
    assert told(None, None) == 0


def test_the_table_names_an_article_by_its_headline_or_outlet_first_and_by_its_file_where_it_has_neither() -> None:
    a = article("wire/1.txt", "Some text.", title="Mayor\n resigns", source="The Post", published="2026-03-01")
    b = article("wire/2.txt", "Some text.", source="The Times")
    report = a_report((a, b, article("wire/3.txt", "Some text.")), a_match(a.id, b.id), a_match(b.id, "wire/3.txt"))
    cells = [node for node in parse(render_html(report)).iter("td") if node.get("class") == "names"]
    assert [" ".join(text_of(cell).split()) for cell in cells] == [
        "Mayor resigns The Post · 2026-03-01 · wire/1.txt → The Times wire/2.txt",
        "The Times wire/2.txt → wire/3.txt",
    ]
    assert [text_of(node) for node in cells[0].iter("bdi")] == ["Mayor resigns", "wire/1.txt", "The Times", "wire/2.txt"]
    assert [text_of(node) for node in cells[0].iter("bdi") if node.get("class") == "file"] == ["wire/1.txt", "wire/2.txt"]


def test_the_head_says_who_took_from_whom_what_was_changed_first_and_pairs_in_no_family_too() -> None:
    def told(*matches: Match, **more: Any) -> list[str]:
        page = parse(render_html(a_report(articles, *matches, **more)), strict=False)
        lists = [node for node in page.iter("ul") if node.get("class") == "answers"]
        return [" ".join(text_of(node).split()) for each in lists for node in each.iter("li")]

    names = {"a": "The Post", "b": "The Times", "c": "Echo", "x": "Herald", "y": "Star"}
    articles = tuple(article(f"{id}.txt", "Text.", source=name, title=f"News {id}") for id, name in names.items())
    fact = (Fact("number", "changed", "48", "84"), Fact("number", "shared", "7", "7"))
    first, second = a_match("a.txt", "b.txt", verdict="duplicate"), a_match("a.txt", "c.txt", direction=None)
    alone = a_match("x.txt", "y.txt", verdict="partial", facts=fact)
    edges = (Edge("a.txt", "b.txt", 0.97, "a.txt"), Edge("a.txt", "c.txt", 0.97, None))
    family = Family(("a.txt", "b.txt", "c.txt"), "a.txt", edges, 0.97)
    assert told(first, second, alone, families=(family,)) == [
        "“News x” Herald → Star (partial; 48 → 84)",
        "“News a” The Post → The Times (duplicate); The Post — Echo (rewrite)",
        "The others are in the table",
    ]
    assert told(first, families=(family,)) == [], "the headline says it"
    articles = tuple(replace(each, source="Herald") if each.id == "y.txt" else each for each in articles)
    assert told(first, second, alone, families=(family,))[1] == "“News x” → “News y” (partial, same outlet; 48 → 84)"
    assert told(*(a_match("a.txt", f"{at}.txt", verdict="same-event", direction=None) for at in range(3))) == []
    pairs = [a_match(f"{at}s.txt", f"{at}d.txt") for at in range(9)]
    assert len(told(*pairs)) == module.ANSWERS + 1


def test_what_the_scores_mean_is_said_once_and_reached_from_each_match(tmp_path: Path) -> None:
    page = render_html(many(3))
    assert page.count("What the scores mean</h3>") == 1
    assert page.count('href="#meanings"') == 3
    assert page.count(COVERAGE) == 1
    write_report(many(3), f"{tmp_path}/folder/")
    assert 'href="index.html#meanings"' in (tmp_path / "folder" / "m2.html").read_text(encoding="utf-8")
    assert 'id="meanings"' in (tmp_path / "folder" / "index.html").read_text(encoding="utf-8")


def test_above_a_text_stands_its_headline_unless_it_begins_with_it() -> None:
    a = article("wire/1.txt", "Some text.", title="Mayor\n resigns")
    b = article("wire/2.txt", "Mayor resigns\n\nSome text.", title="Mayor resigns")
    page = parse(render_html(a_report((a, b), a_match(a.id, b.id))), strict=False)
    panes = [node for node in page.iter("section") if node.get("class") == "pane"]
    headlines = [[text_of(node) for node in pane.iter("bdi") if node.get("class") == "headline"] for pane in panes]
    assert headlines == [["Mayor resigns"], []]


def test_articles_in_no_match_are_named_and_many_of_them_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(number: int) -> str:
        lone = tuple(article(f"lone{n:02}.txt", "Some text.") for n in range(number))
        report = replace(example(), articles=(*example().articles, *lone))
        return " ".join(text_of(by_id(parse(render_html(report), strict=False))["matches"]).split())

    assert "in no match" not in told(0)
    assert "1 article is in no match: lone00.txt" in told(1)
    assert "2 articles are in no match: lone00.txt lone01.txt" in told(2)
    assert "20 articles are in no match lone00.txt" in told(20)
    assert "lone19.txt" in told(20)
    monkeypatch.setattr(module, "ALONE", 15)
    assert "20 articles are in no match" in told(20)
    assert "lone15.txt" not in told(20)
    assert "and 5 more, which the JSON report lists" in told(20)
    assert "in no match" not in render_html(a_report((article("a.txt", "Some text."),))), "where there are no matches at all"


def test_a_match_lists_the_words_that_say_nothing_in_the_languages_of_its_texts_and_none_that_denies() -> None:
    english, german = "The mayor of the town resigned on Monday.", "Der Rat und die Stadt sind von der Wahl nicht überrascht."
    assert {"of", "by", "an"} <= set(plain_words(english))
    assert {"der", "von", "eine"} <= set(plain_words(german))
    assert not {"nicht", "no", "not"} & {*plain_words(english), *plain_words(german)}
    assert plain_words("") == plain_words("星期一深夜,古老的石桥倒塌了。") == []
    report = a_report((article("a", english), article("b", german)), a_match("a", "b"))
    listed = by_id(parse(render_html(report)))["m1"].get("data-plain").split()
    assert listed == sorted({*plain_words(english), *plain_words(german)})


def test_a_page_of_copies_names_no_keys_for_passages() -> None:
    assert "next and previous passage" in render_html(example())
    assert "next and previous passage" not in render_html(copies())


def test_a_family_of_two_is_its_one_tie() -> None:
    page = " ".join(text_of(parse(render_html(example()), strict=False)).split())
    assert "2 articles, origin The Post" in page
    assert "Weakest tie" not in page
    assert "Loosest pair" not in page


def test_a_family_names_its_weakest_tie_its_loosest_pair_and_its_bridges() -> None:
    edges = (Edge("a.txt", "b.txt", 0.95, "a.txt"), Edge("a.txt", "c.txt", 0.71, "a.txt"))
    family = Family(("a.txt", "b.txt", "c.txt"), "a.txt", edges, 0.71, 0.33, ("c.txt",))
    page = " ".join(text_of(parse(render_html(a_report((), a_match("a.txt", "b.txt"), families=(family,))))).split())
    assert "Weakest tiea.txt → c.txt, probability 0.71" in page
    assert "Loosest pair33 % of one is in the other" in page, "which two are not among the matches shown"
    assert "Ties out of the familyc.txt" in page
    shown = [a_match(a, b, coverage_a=share, coverage_b=share) for a, b, share in (("a.txt", "b.txt", 0.9), ("c.txt", "b.txt", 0.33))]
    html = render_html(a_report((), *shown, a_match("a.txt", "x.txt", coverage_a=0.1, coverage_b=0.1), families=(family,)))
    assert "Loosest pairc.txt → b.txt, 33 % of one is in the other" in " ".join(text_of(parse(html)).split())
    assert '<dt>Loosest pair</dt><dd><a href="#m2">' in html
    nothing = a_match("b.txt", "c.txt", direction=None, coverage_a=0.0, coverage_b=0.0)
    html = render_html(a_report((), shown[0], nothing, families=(replace(family, loosest=0.0),)))
    assert "Loosest pairb.txt — c.txt, 0 % of one is in the other" in " ".join(text_of(parse(html)).split())


def test_a_pair_that_the_evidence_does_not_decide_is_called_so_and_is_found_by_either_name() -> None:
    open_pair = a_match(verdict="same-event", direction=None, probability=0.6)
    independent = a_match(verdict="same-event", direction=None, probability=0.4)
    html = render_html(a_report((), open_pair, independent))
    for tag in ("undecided", "same-event"):
        assert html.count(f'<span class="verdict {tag}">{tag}</span>') == 2, "in the table and above the texts"
    assert 'data-verdict="same-event undecided"' in html
    assert "<option>same-event</option><option>undecided</option>" in html
    assert "<option>undecided</option>" not in render_html(a_report((), independent, independent))
    table = printed(lambda console: print_table(a_report((), open_pair, independent), console))
    assert [line.split()[0] for line in table.splitlines() if " 0.60 " in line or " 0.40 " in line] == ["undecided", "same-event"]
    assert "Verdict: undecided; " in printed(lambda console: print_match(a_report((), open_pair), open_pair, console))


def test_one_match_has_no_filter_no_map_and_no_way_back_to_a_table() -> None:
    one, two = (render_html(a_report((), *[a_match()] * number)) for number in (1, 2))
    for part in ('id="filter-text"', 'id="map"', 'class="back"', "goes to the filter"):
        assert part not in one
        assert part in two
    assert "go to the next and previous passage" in one


@pytest.mark.parametrize("number", [10, 11])
def test_the_ties_of_a_large_family_are_folded_away(number: int) -> None:
    edges = tuple(Edge("a.txt", f"b{at}.txt", 0.9, None) for at in range(number))
    family = Family(("a.txt", *(edge.b for edge in edges)), None, edges, 0.9)
    page = render_html(a_report((), families=(family,)))
    assert ("<summary>11 ties</summary>" in page) is (number > 10)
    assert page.count("a.txt</bdi> — <bdi>b") == number + 1, "each tie, and the weakest"


def test_two_renders_are_the_same_bytes_whatever_the_time_and_the_workers() -> None:
    report = example()
    other = replace(report, seconds=99.0, settings=replace(report.settings, workers=7))
    assert render_html(report) == render_html(other)
    assert to_json(report) == to_json(other)


def test_text_has_contrast_on_every_highlight_in_light_and_dark() -> None:
    style = (Path(__file__).parent.parent / "templates/style.css").read_text()
    schemes = re.findall(r":root \{([^}]*--ink[^}]*)\}", style)
    assert len(schemes) == 2
    for scheme in schemes:
        colour = dict(re.findall(r"--([\w-]+): (#\w+)", scheme))
        for ground in ("paper", "sheet", *KINDS, "lit"):
            assert contrast(colour["ink"], colour[ground]) >= 4.5, ground
        for ground, ink in product(("paper", "sheet", *KINDS), ("soft",)):
            assert contrast(colour[ink], colour[ground]) >= 4.5, ground
        for ink in ("link", *(f"{kind}-line" for kind in KINDS)):
            assert contrast(colour[ink], colour["paper"]) >= 4.5, ink


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Sentences


def test_a_name_cannot_turn_the_direction_of_a_sentence() -> None:
    words = sentence(a_match("\u202ea.txt", "\u2066\u05e9.txt", direction=Direction("\u202ea.txt", "", 0.9, ())))
    assert words.startswith("\u2068\ufffd\u05e9.txt\u2069 likely rewrites \ufffda.txt")


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("direction", [Direction("post.txt", "copy.txt", 0.96, ()), None])
def test_every_verdict_has_its_sentence(verdict: Any, direction: Direction | None) -> None:
    words = sentence(a_match(verdict=verdict, direction=direction))
    assert "post.txt" in words
    assert "copy.txt" in words


def test_likely_weighs_the_direction_too() -> None:
    unsure = a_match(probability=0.95, direction=Direction("post.txt", "copy.txt", 0.7, ()))
    assert sentence(unsure) == "copy.txt likely rewrites post.txt"


def test_several_matches_are_summed_up() -> None:
    report = many(12)
    assert headline(report) == "In 12 pairs among 13 articles one text seems to be made from the other: 12 rewrites"
    apart = [replace(m, verdict="same-event", direction=None, probability=0.1) for m in report.matches]
    assert headline(replace(report, matches=tuple(apart))) == "Nothing derivative among 13 articles: 12 same-event"
    doubtful = [*apart[:10], *(replace(m, probability=0.5) for m in apart[10:])]
    assert headline(replace(report, matches=tuple(doubtful))) == (
        "Nothing clearly derivative among 13 articles: 12 same-event; in 2 pairs the evidence does not decide"
    )


@pytest.mark.parametrize("probability", [0.5, 0.57])
def test_reports_that_the_evidence_leaves_open_are_not_called_independent(probability: float) -> None:
    doubtful = a_match(verdict="same-event", direction=None, probability=probability)
    said = f"the evidence does not decide whether one was made from the other (probability {probability:.2f})"
    assert sentence(doubtful) == f"post.txt and copy.txt report the same event; {said}"
    assert "independent" not in render_html(a_report((), doubtful))
    assert "independent" not in printed(lambda console: print_table(a_report((), doubtful), console))
    assert "does not decide" in direction_lines(doubtful)[0]


def test_reports_that_are_unlikely_to_be_derived_are_called_independent() -> None:
    apart = a_match(verdict="same-event", direction=None, probability=0.02, coverage_a=0.1, coverage_b=0.249)
    assert sentence(apart) == "post.txt and copy.txt report the same event or one like it, independently"
    for covered in ({"coverage_a": 0.25}, {"coverage_b": 0.25}):
        assert sentence(replace(apart, **covered)) == sentence(replace(apart, probability=0.3))
    assert sentence(replace(apart, probability=0.3)) == (
        "post.txt and copy.txt report the same event or one like it, as far as can be seen independently"
    )
    quoting = replace(apart, quotations=(SharedQuotation("the mayor", *at(SOURCE, "mayor"), *at(DERIVED, "mayor")),))
    assert sentence(quoting) == "post.txt and copy.txt report the same event independently"
    for size, wording in ((60, ", with 14 words of prose almost word for word in both"), (59, ", independently")):
        lifted = Evidence("lifted", 14.0, 14.0, 0.0, "14 words.")
        same = replace(apart, spans=(Span("verbatim", 0, size, 0, size, 1.0),), evidence=(lifted,))
        assert sentence(same).startswith(f"post.txt and copy.txt report the same event or one like it{wording}")
    quoted = replace(apart, spans=(Span("edited", 0, 60, 0, 60, 0.99),), evidence=(Evidence("lifted", 0.0, 0.0, 0.0, "0 words."),))
    assert sentence(quoted).endswith("or one like it, with a passage in both that one of them quotes")
    kept = replace(apart, evidence=(Evidence("facts", 0.5, 0.82, 0.1, "So many."),))
    assert sentence(replace(kept, probability=0.3)) == (
        "post.txt and copy.txt report the same event or one like it, as far as can be seen independently, though post.txt has "
        "82 % of the names and numbers of copy.txt"
    )
    assert sentence(kept) == sentence(apart)
    few = replace(apart, evidence=(Evidence("facts", 0.5, 0.79, 0.1, "So many."),), probability=0.3)
    assert "though" not in sentence(few)


def test_who_cites_the_others_outlet_for_the_event_follows_it_up() -> None:
    follows = a_match(verdict="same-event", direction=None, probability=0.001, coverage_a=0.0, coverage_b=0.0)
    cites = Evidence("attribution", 0.0, 1.0, 0.0, "copy.txt cites The Post, the outlet of post.txt.")
    told = "copy.txt follows up post.txt and cites its outlet, in words of its own"
    assert sentence(replace(follows, evidence=(cites,))) == told
    assert sentence(replace(follows, evidence=(cites,)).swapped()) == told
    unsure = sentence(replace(follows, evidence=(cites,), probability=0.27))
    assert unsure == "copy.txt follows up post.txt and cites its outlet, as far as can be seen in words of its own"
    both = sentence(replace(follows, evidence=(cites, Evidence("attribution", 1.0, 0.0, 0.0, "It cites the other."))))
    assert both == "post.txt and copy.txt report the same event and cite each other's outlet"


def test_texts_with_little_else_in_common_are_told_to_have_their_names() -> None:
    facts = tuple(Fact("name", "shared", each, each) for each in ("Wexley", "Ann Lee", "Pier 9", "Monday"))
    apart = a_match(verdict="unrelated", direction=None, probability=0.001, facts=facts)
    assert sentence(apart) == "post.txt and copy.txt have little in common but 4 names and numbers (Wexley, Ann Lee, Pier 9 …)"
    assert sentence(replace(apart, facts=facts[1:])) == "post.txt and copy.txt have little in common"


def test_of_passages_taken_it_is_not_told_how_likely_the_whole_is_derived_unless_it_is() -> None:
    taken = a_match(verdict="partial", probability=0.5)
    assert sentence(taken) == "copy.txt takes passages from post.txt"
    assert sentence(replace(taken, probability=0.99)) == "copy.txt very likely takes a part from post.txt"
    undirected = sentence(replace(taken, direction=None))
    assert undirected.endswith("; which from which is undetermined")
    assert "likely" not in undirected


# The terminal


def test_the_table_reads_without_colour_and_says_which_side_a_share_belongs_to() -> None:
    undecided = a_match("x.txt", "y.txt", verdict="near-duplicate", direction=None, coverage_a=1.0, coverage_b=0.5)
    report = a_report((), a_match(), undecided)
    lines = printed(lambda console: print_table(report, console)).splitlines()
    rows = [line.split() for line in lines]
    assert ["rewrite", "0.97", "post.txt", "41", "%", "5", "words"] in rows
    assert ["→", "copy.txt", "71", "%"] in rows
    assert ["near-duplicate", "0.97", "x.txt", "100", "%", "5", "words"] in rows
    assert ["—", "y.txt", "50", "%"] in rows
    assert "\x1b" not in "".join(lines)
    assert "0 articles, 2 matches (1 near-duplicate, 1 rewrite), 0 families." in lines


def test_the_table_shows_the_source_first_whichever_side_it_is() -> None:
    report = a_report((), a_match().swapped())
    assert printed(lambda console: print_table(report, console)) == printed(
        lambda console: print_table(a_report((), a_match()), console)
    )


def test_the_terminal_shows_the_gravest_two_hundred_and_counts_the_others() -> None:
    report = a_report((), *(a_match(f"source{at:03}.txt", f"copy{at:03}.txt") for at in range(203)))
    lines = printed(lambda console: print_table(report, console)).splitlines()
    assert sum("→ copy" in line for line in lines) == 200
    assert not any("copy200.txt" in line for line in lines)
    assert "3 matches more: --csv, --json and --report give all of them." in lines
    assert lines[-1].startswith("0 articles, 203 matches (203 rewrites)")
    lines = printed(lambda console: print_table(report, console, all_in="elsewhere are all")).splitlines()
    assert "3 matches more: elsewhere are all." in lines


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_table_fits_the_terminal_and_cuts_no_name(width: int) -> None:
    name = "archive/2023/11/" + "a-very-long-headline-about-the-mayor-" * 4 + ".txt"
    out = printed(lambda console: print_table(a_report((), a_match(name, "b.txt")), console), width=width)
    assert max(map(len, out.splitlines())) <= width
    column = out.splitlines()[2].index("archive/")
    folded = "".join(line[column:].split("  ")[0].strip() for line in out.splitlines()[2:])
    assert name in folded


def test_without_matches_the_terminal_says_so_and_names_what_was_skipped() -> None:
    skipped = (*(Skipped(f"{n}.png", "not a text") for n in range(7)), Skipped("x.txt", "empty"))
    out = printed(lambda console: print_table(a_report(skipped=skipped), console))
    assert "No matches among 0 articles." in out
    assert "Skipped, not a text: 0.png, 1.png, 2.png, 3.png, 4.png and 2 more" in out
    assert "Skipped, empty: x.txt" in out


def test_records_that_were_not_read_are_not_called_files() -> None:
    rows = [Skipped(f"may.jsonl#{n}", "no text in it") for n in range(5)]
    report = a_report(skipped=(*rows, Skipped("may.jsonl", "7 more in it not read")))
    out = printed(lambda console: print_table(report, console))
    assert "may.jsonl#4\nSkipped, 7 more in it not read: may.jsonl\n" in out
    page = render_html(report)
    assert not re.search(r"\d+ files?\b", out + page.partition("<style>")[0] + page.partition("</style>")[2])


def test_what_settings_leave_out_is_not_told_as_nothing_found() -> None:
    settings = Settings(min_probability=0.9, verdicts=("rewrite", "partial"), same_source=False)
    options = "with --min-probability 0.9 --verdict rewrite --verdict partial --no-same-source"
    for match in ((), (a_match(),)):
        report = a_report((), *match, settings=settings)
        out = " ".join(printed(lambda console, report=report: print_table(report, console)).split())
        page = " ".join(text_of(parse(render_html(report))).split())
        for shown in (out, page):
            assert f"1 match (1 rewrite) {options}, 0 families" in shown if match else f"No matches among 0 articles {options}." in shown
    assert "with --" not in printed(lambda console: print_table(a_report(), console))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_compare_prints_all_evidence_and_both_sides_of_every_passage(width: int) -> None:
    report = example()
    out = printed(lambda console: print_match(report, report.matches[0], console), width=width)
    assert max(map(len, out.splitlines())) <= width
    flat = " ".join(out.split())
    for words in (
        "copy.txt very likely rewrites post.txt. 71 % of copy.txt's own words lie in passages found in post.txt.",
        "post.txt is the source of copy.txt (confidence 0.96)",
        "Most sentences of copy.txt are in post.txt.",
        "Changed: Monday → Tuesday",
        "paraphrased, similarity 0.50",
        "quotation, similarity 1.00",
        'the mayor: "I am tired,"',
    ):
        assert words in flat, words
    assert "post.txt: The mayor resigned on Monday." in flat
    if width < SIDE_BY_SIDE:
        assert "copy.txt: The mayor stepped down." in flat
    else:
        assert any("post.txt: The mayor" in line and "copy.txt: The mayor" in line for line in out.splitlines())


def test_a_match_begins_with_what_one_text_tells_otherwise() -> None:
    report = example()
    page = render_html(report)
    assert "Told differently: <b>Monday → Tuesday</b></p>" in page
    assert page.index("Told differently") < page.index('class="panes"')
    same = replace(report, matches=(replace(report.matches[0], facts=()),))
    assert "Told differently" not in render_html(same)


def test_an_unrelated_pair_says_that_nothing_runs_through_both() -> None:
    match = a_match(verdict="unrelated", direction=None, order=None, evidence=(), probability=0.0)
    out = printed(lambda console: print_match(a_report((), match), match, console))
    assert "post.txt and copy.txt have little in common." in out
    assert "No passage runs through both texts." in out


def test_the_terminal_tells_what_is_weighed_before_what_is_not() -> None:
    evidence = tuple(Evidence(name, 0.5, 0.5, each, f"The {name}.") for name, each in (("vocabulary", 0.0), ("facts", 1.2)))
    match = a_match(evidence=evidence)
    lines = [each.strip() for each in printed(lambda console: print_match(a_report((), match), match, console)).splitlines()]
    weighed, rest = lines.index("Evidence for and against derivation (log-odds)"), lines.index("Measured and not weighed")
    assert lines[weighed + 1 : rest] == ["+1.20 for: The facts.", ""]
    assert lines[rest + 1] == "The vocabulary."


def test_the_terminal_says_of_copies_that_passages_were_not_looked_for() -> None:
    report = copies()
    table = printed(lambda console: print_table(report, console))
    assert COPIES_ONLY in " ".join(table.split())
    assert "longest" not in table
    match = printed(lambda console: print_match(report, report.matches[0], console))
    assert COPIES_ONLY in " ".join(match.split())
    assert "Jaccard: 1.00" in match
    for unmeasured in ("Longest", "Cosine", "Order", "No passage", "not weighed"):
        assert unmeasured not in match, unmeasured


def test_the_table_of_copies_has_four_columns_and_that_of_a_full_scan_five() -> None:
    assert len(_matches_table(copies()).columns) == 4
    assert len(_matches_table(example()).columns) == 5


@pytest.mark.parametrize(("width", "figures"), [(40, 1), (50, 2), (60, 3), (80, 3)])
def test_a_narrow_terminal_shows_the_names_and_leaves_out_figures(width: int, figures: int) -> None:
    pairs = [a_match("cnn.txt", "icaro.txt"), a_match("post.txt", "reuters.txt", verdict="near-duplicate")]
    report = a_report(tuple(article(name, "A text.") for each in pairs for name in (each.a, each.b)), *pairs)
    lines = printed(lambda console: print_table(report, console), width=width).splitlines()
    assert all(any(name in line for line in lines) for name in ("cnn.txt", "icaro.txt", "post.txt", "reuters.txt"))
    assert max(map(len, lines)) <= width
    known = ("prob.", "covered", "longest")
    assert [each for each in known if any(each in line for line in lines)] == [*known[:figures]]


@pytest.mark.parametrize("turning", TURNING)
def test_names_and_texts_cannot_turn_the_direction_of_the_terminal(turning: str) -> None:
    match = a_match(f"evil{turning}txt.exe", "שלום.txt", direction=None)
    report = a_report((article(match.a, f"One {turning}text."), article(match.b, "Two.")), match)
    out = printed(lambda console: (print_table(report, console), print_match(report, match, console)), width=200)
    assert turning not in out.replace("\u2068שלום.txt\u2069", ""), "but for the isolates around a name"
    assert "evil\ufffdtxt.exe" in out
    assert "\u2068שלום.txt\u2069" in out


def test_names_and_texts_cannot_steer_the_terminal_or_be_taken_for_markup() -> None:
    report = hostile("[red]\x1b[2Jx[/red]\x9b \udcff")
    out = printed(lambda console: (print_table(report, console), print_match(report, report.matches[0], console)))
    assert "[red]" in out
    assert "\x1b" not in out
    assert "\x9b" not in out
    out.encode("utf-8")


# JSON and CSV


def test_json_follows_the_types_field_for_field() -> None:
    report = example()
    plain = json.loads(to_json(report))
    assert list(plain)[:3] == ["schema", "version", "settings"]
    assert plain["schema"] == "detector-report/1"
    assert set(plain) == {"schema", *Report.__slots__} - {"seconds"}
    assert set(plain["settings"]) == set(Settings.__slots__) - {"workers"}
    match = plain["matches"][0]
    assert set(match) == set(Match.__slots__)
    assert match["coverage_a"] == report.matches[0].coverage_a
    assert match["spans"][0] == {
        "kind": "paraphrased", "a_start": 6, "a_end": 35, "b_start": 0, "b_end": 23, "similarity": 0.5
    }  # fmt: skip
    assert Direction(**{**match["direction"], "evidence": tuple(match["direction"]["evidence"])}) == (
        report.matches[0].direction
    )
    assert tuple(Fact(**each) for each in match["facts"]) == report.matches[0].facts
    assert tuple(Mark(**each) for each in plain["articles"][0]["marks"]) == report.articles[0].marks
    assert to_json(report).endswith("}\n")
    assert json.loads(match_to_json(report.matches[0])) == {"schema": "detector-match/1", "version": "0.1.0"} | match


def test_json_holds_the_texts_only_if_asked() -> None:
    report = example()
    assert [each["text"] for each in json.loads(to_json(report))["articles"]] == [None, None]
    assert [each["text"] for each in json.loads(to_json(report, embed_texts=True))["articles"]] == [SOURCE, DERIVED]


def test_json_is_valid_whatever_is_in_it(tmp_path: Path) -> None:
    report = hostile("caf\udce9 \u2028 漢字 <b>")
    report = replace(report, matches=(replace(report.matches[0], cosine=float("nan")),))
    write_text(tmp_path / "r.json", to_json(report))
    plain = json.loads((tmp_path / "r.json").read_bytes())
    assert plain["skipped"][0]["path"] == "caf\udce9 \u2028 漢字 <b>"
    assert "漢字" in (tmp_path / "r.json").read_text(encoding="utf-8")
    assert plain["matches"][0]["cosine"] is None


def test_csv_has_one_row_a_match_and_nothing_that_a_spreadsheet_would_run() -> None:
    names = ["=1+1.txt", "+a", "-a", "@a", "\ta", "\ra", "\n=a", 'a,"b"\nc']
    report = a_report((), *(a_match(name, "b.txt", direction=None) for name in names), a_match())
    rows = list(csv.DictReader(io.StringIO(to_csv(report), newline="")))
    assert [row["a"] for row in rows] == [*(f"'{name}" for name in names[:7]), names[7], "post.txt"]
    assert rows[0]["order"] == "-0.5"
    assert rows[0]["coverage_a"] == "0.412346"
    assert (rows[0]["source"], rows[-1]["source"], rows[-1]["derived"]) == ("", "post.txt", "copy.txt")


# Files


def test_csv_leaves_empty_what_was_not_measured() -> None:
    for row in csv.DictReader(io.StringIO(to_csv(copies()))):
        assert {name for name, cell in row.items() if not cell} == {
            *("coverage_a", "coverage_b", "longest", "cosine", "order", "source", "derived", "confidence", "passages", "quotations"),
            *(f"{told}_{side}" for told in ("outlet", "published", "title") for side in "ab"),
        }


def test_a_report_is_written_with_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_report(example(), tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes().decode() == render_html(example())
    assert (tmp_path / "report.html").stat().st_mode == (tmp_path / "other").stat().st_mode
    assert sorted(os.listdir(tmp_path)) == ["other", "report.html"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o600, 0o660, 0o444])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    (tmp_path / "r.json").write_text("old")
    (tmp_path / "r.json").chmod(mode)
    write_text(tmp_path / "r.json", "new")
    assert (tmp_path / "r.json").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "r.json").stat().st_mode) == mode


@pytest.mark.parametrize("broken", ["write", "rename", "render"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "report.html"
    target.write_text("old")
    if broken == "render":
        monkeypatch.setattr(module, "_template", lambda name: "{{ nothing.here }}")
    else:
        monkeypatch.setattr(os, "fsync" if broken == "write" else "replace", fail)
    with pytest.raises(Exception, match=r"nothing|No space left on device") as caught:
        write_report(example(), target)
    if broken != "render":
        assert isinstance(caught.value, DetectorError)
        assert str(caught.value) == f"cannot write {target}: No space left on device"
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no" / "report.html", tmp_path / ("x" * 300)):
        with pytest.raises(DetectorError, match=r"^cannot write [^\n]*$"):
            write_text(place, "text")


def test_a_link_stays_a_link_and_a_device_stays_a_device(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "null").symlink_to(os.devnull)
    write_text(tmp_path / "link", "new")
    write_text(tmp_path / "null", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    assert Path(os.devnull).is_char_device()


def test_a_missing_template_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(DetectorError, match=r"^the template none.html is missing from .*: install the program again$"):
        module._template("none.html")


def test_the_module_loads_neither_jinja_nor_rich() -> None:
    code = "import sys, detector.reporting.page; print(sorted({'jinja2', 'rich'} & set(sys.modules)))"
    root = Path(__file__).parent.parent
    out = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"


def test_figures_of_a_match_are_rounded_and_nothing_else() -> None:
    figure, text = 1 / 3, "a third"
    match = Match(
        *("a", "b", "partial", figure, figure, figure, 7, figure, figure, figure, -figure, -1e-9),
        (Span("edited", 0, 5, 3, 9, figure),),
        (SharedQuotation(None, 0, 1, 0, 1),),
        (Fact("name", "shared", "A", "A"),),
        Direction("a", "b", figure, (text,)),
        (Evidence("runs", None, 2, -figure, text),),
    )
    third = 0.333333
    assert match.rounded() == Match(
        *("a", "b", "partial", third, third, third, 7, third, third, third, -third, 0.0),
        (Span("edited", 0, 5, 3, 9, third),),
        match.quotations,
        match.facts,
        Direction("a", "b", third, (text,)),
        (Evidence("runs", None, 2.0, -third, text),),
    )
    assert str(match.rounded().order) == "0.0"
