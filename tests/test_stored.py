"""What a report read back promises: it is the report that was written, or one line that says what does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from detector import model
from detector.cli import program
from detector.engine import compare_report, scan
from detector.model import Article, DetectorError, Report, Settings
from detector.reporting.export import to_json, write_text
from detector.reporting.page import render_html
from detector.reporting.stored import read_report

from .stories import INDEPENDENT, REPORT, REWRITE, UNRELATED
from .test_report import HOSTILE, a_report, copies, example, hostile, no_copies

SCHEMA = json.loads((Path(model.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))


def real() -> Report:
    texts = {"wire.txt": REPORT, "rewrite.txt": REWRITE, "own.txt": INDEPENDENT, "rowers.txt": UNRELATED}
    return scan([Article(id=name, text=text, source=name[:3]) for name, text in texts.items()])


REPORTS = {"scan": real, "example": example, "hostile": hostile, "nothing": a_report, "copies": copies, "no copies": no_copies}


def kept(report: Report, path: Path, *, texts: bool = True) -> Path:
    write_text(path, to_json(report, embed_texts=texts))
    return path


@pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("texts", [True, False])
def test_json_is_what_its_schema_says(made: Callable[[], Report], texts: bool) -> None:
    checker = jsonschema.Draft202012Validator(SCHEMA)
    checker.check_schema(SCHEMA)
    checker.validate(json.loads(to_json(made(), embed_texts=texts)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "detector-report/2"),
        (["matches", 0, "verdict"], "stolen"),
        (["matches", 0, "coverage_a"], 1.2),
        (["matches", 0, "jaccard"], None),
        (["near_duplicates_only"], "yes"),
        (["matches", 0, "spans", 0, "a_start"], -1),
        (["articles", 0, "sha256"], "abc"),
        (["articles", 0, "colour"], "red"),
    ],
)
def test_the_schema_refuses_what_is_no_report(path: list[Any], value: Any) -> None:
    plain = json.loads(to_json(example()))
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, SCHEMA)


def test_the_schema_has_the_fields_of_the_types() -> None:
    for name, definition in SCHEMA["$defs"].items():
        kind = getattr(model, name[0].upper() + name[1:])
        names = {each.name for each in fields(kind)} - ({"workers"} if kind is Settings else set())
        assert set(definition["properties"]) == set(definition["required"]) == names
    verdict = SCHEMA["$defs"]["match"]["properties"]["verdict"]
    assert tuple(verdict["enum"]) == model.VERDICTS


@pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)
def test_a_report_read_back_is_written_as_the_same_json_and_shown_as_the_same_page(
    made: Callable[[], Report], tmp_path: Path
) -> None:
    report = made()
    again = read_report(kept(report, tmp_path / "report.json"))
    assert to_json(again, embed_texts=True) == to_json(report, embed_texts=True)
    assert render_html(again) == render_html(read_report(kept(again, tmp_path / "again.json")))
    if made is real:  # the others hold shares finer than JSON keeps
        assert [each.text for each in again.articles] == [each.text for each in report.articles]
        assert again.articles == tuple(report.articles)
        assert again.families[0].members == ("rewrite.txt", "wire.txt")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_hostile_texts_come_back_character_for_character(text: str, tmp_path: Path) -> None:
    again = read_report(kept(hostile(text), tmp_path / "report.json"))
    assert again.articles[0].text == text


def test_without_its_texts_a_report_still_has_its_evidence(tmp_path: Path) -> None:
    again = read_report(kept(compare_report(*(Article(id=n, text=t) for n, t in zip("ab", (REPORT, REWRITE), strict=True))), tmp_path / "r.json", texts=False))
    page = render_html(again)
    assert "This report does not hold the two texts; <code>detector compare a b</code> shows the two by themselves, " in page
    assert again.matches[0].evidence[0].sentence.split(".")[0] in page.replace("\u00a0%", " %").replace("&#39;", "'")


def spoilt(change: Callable[[Any], Any], path: Path) -> str:
    plain = json.loads(to_json(example(), embed_texts=True))
    change(plain)
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(DetectorError) as caught:
        read_report(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def turned_around(plain: Any) -> None:
    """The match is there once more, as seen from the other side."""
    (match,) = plain["matches"]
    plain["matches"].append({**match, "a": match["b"], "b": match["a"], "spans": [], "quotations": [], "new_a": None, "new_b": None})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plain: plain.pop("schema"), "it names no schema, not 'detector-report/1'"),
        (lambda plain: plain.update(schema="detector-match/1"), "its schema is 'detector-match/1', not 'detector-report/1'; detector compare"),
        (lambda plain: plain.pop("families"), "the report: object missing required field `families`"),
        (lambda plain: plain["matches"][0].update(verdict="stolen"), "matches[0].verdict: invalid enum value 'stolen'"),
        (lambda plain: plain["matches"][0].update(verdict="a\nb"), "matches[0].verdict: invalid enum value 'a\\nb'"),
        (lambda plain: plain["matches"][0]["spans"][1].pop("kind"), "matches[0].spans[1]: object missing required field `kind`"),
        (lambda plain: plain["matches"][0]["spans"][0].update(a_end=0), "matches[0].spans[0]: a span must hold text"),
        (lambda plain: plain["matches"][0]["spans"][0].update(a_end=10**6), "matches[0] has a passage beyond the end"),
        (lambda plain: plain["matches"][0].update(new_b=[[0, 10**6]]), "matches[0] has a sentence beyond the end"),
        (lambda plain: plain["matches"][0]["spans"][0].update(kind="counterpart"), "matches[0] has a counterpart among its spans"),
        (
            lambda plain: plain["matches"][0].update(counterparts=plain["matches"][0]["spans"]),
            "or something else among its counterparts",
        ),
        (lambda plain: plain["matches"][0].update(a="nobody"), "matches[0] is about 'nobody'"),
        (lambda plain: plain["matches"][0].update(coverage_a=-5), "matches[0].coverage_a is -5, which is no share"),
        (lambda plain: plain["matches"][0].update(probability=10**400), "matches[0].probability: number out of range"),
        (lambda plain: plain["matches"][0].update(longest=True), "matches[0].longest: expected `int | null`, got `bool`"),
        (lambda plain: plain["matches"][0].update(longest=None), "matches[0].longest is null, and near_duplicates_only is false"),
        (lambda plain: plain.update(near_duplicates_only=True), "matches[0].longest is a number, and near_duplicates_only is true"),
        (lambda plain: plain.update(against=3), "against is 3, of 2 articles"),
        (lambda plain: plain.update(against=-1), "against is -1, which is below 0"),
        (lambda plain: plain.update(near_duplicates_only=1), "near_duplicates_only: expected `bool`, got `int`"),
        (lambda plain: plain["articles"][0].update(text="short"), "the text of 'post.txt' is not "),
        (lambda plain: plain["articles"][0].update(marks=3), "articles[0].marks: expected `array`, got `int`"),
        (lambda plain: plain["articles"][0].update(colour="red"), "has 'colour', which this version does not know"),
        (lambda plain: plain.update(colour="red"), "the report: object contains unknown field `colour`"),
        (lambda plain: plain["settings"].update(colour="red"), "settings has 'colour', which this version does not know"),
        (lambda plain: plain["settings"].update(same_source="no"), "settings.same_source: expected `bool`, got `str`"),
        (lambda plain: plain["articles"][0].update(characters=-1), "articles[0].characters is -1, which is below 0"),
        (lambda plain: plain["matches"][0].update(jaccard=None), "matches[0].jaccard: expected `float`, got `null`"),
        (lambda plain: plain["matches"][0].update(jaccard=float("nan")), "matches[0].jaccard is NaN, which is no share"),
        (lambda plain: plain["matches"][0].update(new_a=[[0]]), "matches[0].new_a[0]: expected `array` of length 2, got 1"),
        (
            lambda plain: plain["matches"][0]["evidence"][0].update(contribution=1e300),
            "matches[0].evidence[0].contribution is 1e+300, which is no figure",
        ),
        (lambda plain: plain["articles"].append(plain["articles"][0]), "two articles have one id"),
        (lambda plain: plain["matches"][0].update(new_a=[[5, 5]]), "matches[0].new_a has a sentence without text, from 5 to 5"),
        (lambda plain: plain["matches"][0].update(part_b=[[7, 7]]), "matches[0].part_b has a sentence without text, from 7 to 7"),
        (lambda plain: plain["matches"][0].update(part_a=[[0, 10**6]]), "matches[0] has a sentence beyond the end of its text"),
        (lambda plain: plain["matches"][0].update(new_b=[[0, 2], [9, 4]]), "matches[0].new_b has a sentence without text, from 9 to 4"),
        (lambda plain: plain["matches"][0].update(new_b=[[-1, 4]]), "matches[0].new_b[0][0] is -1, which is below 0"),
        (lambda plain: plain["matches"][0].update(a="copy.txt"), "matches[0] compares 'copy.txt' with itself"),
        (lambda plain: plain["matches"][0]["direction"].update(source="nobody"), "matches[0].direction is not from one of its articles"),
        (lambda plain: plain["matches"][0]["facts"][0].update(b=None), "matches[0].facts[0] is shared, and its b is null"),
        (lambda plain: plain["matches"][0]["facts"][1].update(a=None), "matches[0].facts[1] is changed, and its a is null"),
        (lambda plain: plain["matches"][0]["facts"][2].update(a=None), "matches[0].facts[2] is a-only, and its a is null"),
        (lambda plain: plain["matches"][0]["facts"][3].update(b=None), "matches[0].facts[3] is b-only, and its b is null"),
        (lambda plain: plain["families"][0].update(members=[]), "families[0] has no members"),
        (lambda plain: plain["families"][0]["members"].append("no\none"), "families[0] has a member 'no\\none', which is not among the articles"),
        (lambda plain: plain["families"][0].update(origin="nobody"), "families[0].origin is 'nobody', which is not among its members"),
        (lambda plain: plain["families"][0].update(bridges=["nobody"]), "families[0].bridges[0] is 'nobody', which is not among its members"),
        (lambda plain: plain["families"][0]["edges"][0].update(a="nobody", source=None), "families[0].edges[0].a is 'nobody', which is not among"),
        (lambda plain: plain["families"][0]["edges"][0].update(b="nobody"), "families[0].edges[0].b is 'nobody', which is not among its members"),
        (lambda plain: plain["families"][0]["edges"][0].update(b="post.txt"), "families[0].edges[0] ties 'post.txt' to itself"),
        (lambda plain: plain["families"][0]["edges"][0].update(source="nobody"), "families[0].edges[0].source is 'nobody', which is not one of its ends"),
        (lambda plain: plain["settings"].update(threshold=7), "threshold must lie above 0"),
        (
            lambda plain: plain["families"].append(plain["families"][0]),
            "families[1] has the member 'post.txt', as families[0] has",
        ),
        (lambda plain: plain["families"][0]["members"].append("copy.txt"), "families[0] has the member 'copy.txt' twice"),
        (lambda plain: plain["families"][0].update(edges=plain["families"][0]["edges"] * 2), "families[0].edges[1] is about "),
        (lambda plain: plain["families"][0].update(weakest=1.5), "families[0].weakest is 1.5, which is no share"),
        (lambda plain: plain["families"][0].update(loosest=-1), "families[0].loosest is -1, which is no share"),
        (lambda plain: plain["families"][0]["edges"][0].update(probability=2), "families[0].edges[0].probability is 2, which is no share"),
        (
            lambda plain: plain.update(matches=plain["matches"] * 2),
            "matches[1] is about 'post.txt' and 'copy.txt', as matches[0] is",
        ),
        (turned_around, "matches[1] is about 'copy.txt' and 'post.txt', as matches[0] is"),
        (lambda plain: plain["matches"][0].update(order=5), "matches[0].order is 5, which is no order, from -1 to 1"),
        (lambda plain: plain["matches"][0].update(cosine=1.1), "matches[0].cosine is 1.1, which is no cosine, from -1 to 1"),
        (lambda plain: plain["matches"][0].update(order=-1.01), "matches[0].order is -1.01, which is no order, from -1 to 1"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(change: Callable[[Any], Any], said: str, tmp_path: Path) -> None:
    assert said in spoilt(change, tmp_path / "report.json")


def test_a_report_that_does_not_fit_ends_show_with_2_and_one_line(tmp_path: Path) -> None:
    spoilt(lambda plain: plain["families"][0]["edges"][0].update(a="nobody", source=None), tmp_path / "x.json")
    done = CliRunner().invoke(program, ["show", str(tmp_path / "x.json"), "--report", str(tmp_path / "x.html")])
    said = "families[0].edges[0].a is 'nobody', which is not among its members"
    assert (done.exit_code, done.stderr) == (2, f"detector: {tmp_path / 'x.json'} does not fit detector-report/1: {said}\n")
    assert not (tmp_path / "x.html").exists()


def test_what_is_no_json_or_no_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_bytes(b"\xff{")
    with pytest.raises(DetectorError, match=r"^[^\n]* is not JSON: name a file that detector scan --json FILE wrote$"):
        read_report(tmp_path / "report.json")
    with pytest.raises(DetectorError, match=r"^cannot read [^\n]*: No such file or directory$"):
        read_report(tmp_path / "missing.json")


def test_a_number_that_json_cannot_hold_comes_back_as_none_that_is_shown(tmp_path: Path) -> None:
    report = example()
    report = replace(report, matches=(replace(report.matches[0], cosine=float("nan")),))
    assert '"cosine":null' in to_json(read_report(kept(report, tmp_path / "r.json")))


def test_that_a_scan_was_against_an_archive_is_kept_and_shown(tmp_path: Path) -> None:
    articles = [Article(id=name, text=text) for name, text in (("wire", REPORT), ("rewrite", REWRITE), ("own", INDEPENDENT))]
    made = scan(articles[:2], against=articles[2:])
    again = read_report(kept(made, tmp_path / "against.json"))
    assert (made.against, again.against) == (2, 2)
    row = '<th scope="row">against</th><td>2 articles</td><td>Articles compared with an archive, not with each other.</td>'
    assert row in render_html(again)
    every = scan(articles)
    assert every.against is None
    assert '<th scope="row">against</th>' not in render_html(every)
    older = {name: value for name, value in json.loads(to_json(every)).items() if name != "against"}
    write_text(tmp_path / "older.json", json.dumps(older))
    assert read_report(tmp_path / "older.json").against is None


def test_a_report_of_copies_comes_back_as_it_was(tmp_path: Path) -> None:
    for made in (copies(), no_copies()):
        again = read_report(kept(made, tmp_path / "copies.json"))
        assert replace(again, seconds=made.seconds) == replace(made, articles=tuple(made.articles))
        assert again.near_duplicates_only
