"""The report in a real browser: every control does what it says, nothing leaves the page, and everybody can read it."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detector.engine import scan
from detector.model import Article, Family, Mark, Report, Span
from detector.read import read_articles
from detector.report import side_by_side
from detector.reporting.page import PAIR_VIEWS, PLAIN_VIEWS, write_report

from .newsroom import newsroom
from .stories import FERRY, FERRY_TOLD
from .test_report import HOSTILE, a_match, a_report, article, hostile, many

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
PATIENCE = 500
"""Milliseconds after which a filter over 2,000 matches would be felt as a freeze; 50 to 120 are usual on two cores."""


def installed() -> str | None:
    return os.environ.get("DETECTOR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = installed()
    if found is None:
        message = "no Chromium: apt-get install chromium, or name one in DETECTOR_CHROMIUM"
        if os.environ.get("DETECTOR_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Opener:
    """Opens a report; what the console and the network saw is held against it when the test ends."""

    browser: Browser
    folder: Path
    complaints: list[str]

    def __call__(self, report: Report | Path, *, width: int = 1440, scheme: Any = "light", script: bool = True) -> Page:
        file = report if isinstance(report, Path) else self.folder / "report.html"
        if isinstance(report, Report):
            write_report(report, file)
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", java_script_enabled=script
        )
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", lambda request: self._own(request.url))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.goto(file.as_uri())
        if script:
            page.wait_for_function("!document.querySelector('.folded')")
        return page

    def _own(self, url: str) -> None:
        if not url.startswith((self.folder.as_uri(), "blob:", "data:")):
            self.complaints.append(f"request: {url}")


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(chromium, tmp_path, [])
    yield opener
    for context in chromium.contexts:
        context.close()
    assert opener.complaints == []


@pytest.fixture(scope="session")
def seeds_report(seeds: Path) -> Report:
    return scan(read_articles([str(seeds)]))


@pytest.fixture(scope="session")
def three_hundred() -> Report:
    return newsroom(100)


def rows(page: Page) -> list[str]:
    """The names in the rows that are seen, in their order."""
    found: list[str] = page.eval_on_selector_all(
        ".matches tbody tr", "rows => rows.filter(r => !r.hidden).map(r => r.querySelector('.names').textContent)"
    )
    return found


def classes(locator: Locator) -> set[str]:
    return set((locator.get_attribute("class") or "").split())


def focused(page: Page) -> Locator:
    return page.locator(":focus")


# Texts


def exact(page: Page, report: Report) -> None:
    """Every text on the page is its article's, and every passage what its span says; after the script too."""
    texts = {each.id: each.text for each in report.articles}
    for number, match in enumerate(report.matches[:PAIR_VIEWS], start=1):
        shown = match.swapped() if match.direction and match.direction.source == match.b else match
        page.evaluate("n => document.getElementById(`m${n}`).scrollIntoView()", number)
        page.wait_for_function("n => document.getElementById(`m${n}`).dataset.words", arg=number)
        for side, name in (("a", shown.a), ("b", shown.b)):
            assert page.evaluate("id => document.getElementById(id).textContent", f"m{number}{side}") == texts[name]
        spans = side_by_side(shown)
        for at, span in enumerate(spans, start=1):
            for side, name, start, end in (("a", shown.a, span.a_start, span.a_end), ("b", shown.b, span.b_start, span.b_end)):
                found = page.evaluate(
                    "([pane, n]) => [...document.querySelectorAll(`#${pane} [data-span~='${n}']`)].map(e => e.textContent).join('')",
                    [f"m{number}{side}", str(at)],
                )
                assert found == (texts[name] or "")[start:end]


def test_texts_and_passages_of_the_seeds_are_exact(show: Opener, seeds_report: Report) -> None:
    exact(show(seeds_report), seeds_report)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_texts_and_passages_are_exact_whatever_they_hold(show: Opener, text: str) -> None:
    report = hostile(text)
    exact(show(report), report)


def test_two_hundred_thousand_characters_are_exact_and_soon_there(show: Opener) -> None:
    text = (" ".join(HOSTILE) * 400)[:200_000]
    other = f"{text[:100_000]} something else altogether {text[100_000:]}"
    spans = (Span("edited", 0, 60_000, 0, 60_000, 0.9), Span("verbatim", 100_000, 199_000, 100_027, 199_027, 1.0))
    report = a_report((article("a <b>", text), article("b\u202e", other)), a_match("a <b>", "b\u202e", *spans))
    page = show(report)
    exact(page, report)
    assert page.evaluate("performance.now()") < 20_000


def test_nothing_hostile_becomes_an_element_or_an_attribute(show: Opener) -> None:
    page = show(hostile('<img src=x onerror=alert(1)>"><script>alert(2)</script>{{ 7*7 }}'))
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert page.locator("[onerror]").count() == 0
    assert "{{ 7*7 }}" in page.locator("h1").inner_text()
    page.locator(".legend input[value=words]").uncheck()
    page.locator("#m1a a").first.click()
    page.locator(".ribbon path").first.hover()
    assert page.locator("img").count() == 0


def test_without_a_script_the_page_shows_its_texts_and_links(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report, script=False)
    assert not page.locator(".filter").is_visible()
    assert page.locator(".tools input").first.is_hidden()
    assert page.locator("#m1a").inner_text().strip()
    assert page.locator("#m1a a[data-n]").first.get_attribute("href") == "#m1b1"


# The table


def test_the_table_filters_by_verdict_outlet_name_and_probability(show: Opener, three_hundred: Report) -> None:
    page = show(three_hundred)
    assert len(rows(page)) == 300
    page.locator("#filter-verdict").select_option("rewrite")
    assert len(rows(page)) == 100
    assert page.locator("#filter-count").inner_text() == "100 of 300 matches"
    page.locator("#filter-text").fill("nobody of that name")
    assert page.locator("#filter-count").inner_text() == "Nothing matches this filter"
    assert not page.locator(".matches thead").is_visible()
    page.locator("#filter-clear").click()
    assert page.locator(".matches thead").is_visible()
    assert page.locator("#filter-count").inner_text() == "300 matches"
    assert page.locator("#filter-clear").is_hidden()
    assert focused(page).get_attribute("id") == "filter-verdict"
    page.locator("#filter-outlet").select_option("The Own")
    assert len(rows(page)) == 200
    page.locator("#filter-outlet").select_option("all")
    page.locator("#filter-text").fill("0042/WIRE")
    assert [name for name in rows(page) if "0042/wire.txt" not in name] == []
    assert len(rows(page)) == 2
    page.locator("#filter-text").fill("the own")
    assert len(rows(page)) == 200, "the outlet, which no file is called after"
    page.locator("#filter-text").fill("")
    page.locator("#filter-probability").focus()
    for _ in range(50):
        page.keyboard.press("ArrowRight")
    assert page.locator("#filter-least").inner_text() == "0.50"
    assert len(rows(page)) == sum(match.probability >= 0.5 for match in three_hundred.matches)
    hidden = [number for number, match in enumerate(three_hundred.matches, start=1) if match.probability < 0.5]
    assert page.locator(f"#m{hidden[0]}").is_hidden(), "the match itself goes too"
    assert page.locator(".map .tie.off").count() == len(hidden) // 2, "those of one event, gathered two by two"
    page.keyboard.press("Home")
    assert len(rows(page)) == 300
    assert page.locator(".off").count() == 0


@pytest.mark.parametrize("column", range(5))
def test_every_heading_sorts_both_ways(show: Opener, column: int) -> None:
    made = [
        a_match("b", "x", verdict="partial", probability=0.7, coverage_a=0.2, coverage_b=0.3, longest=9),
        a_match("a", "x", verdict="rewrite", probability=0.9, coverage_a=0.8, coverage_b=0.1, longest=40),
        a_match("c", "x", verdict="duplicate", probability=0.8, coverage_a=0.5, coverage_b=0.6, longest=200),
    ]
    up = ["cab", "bca", "abc", "bca", "bac"][column]
    page = show(a_report(tuple(article(name, "Some text.") for name in "abcx"), *made))
    head = page.locator(".matches th").nth(column)
    assert head.get_attribute("aria-sort") is None
    seen = {}
    for _ in range(2):
        head.locator("button").click()
        seen[head.get_attribute("aria-sort")] = "".join(name[0] for name in rows(page))
    assert seen == {"ascending": up, "descending": up[::-1]}
    assert page.locator("[aria-sort]").count() == 1


def test_headlines_are_sorted_by_found_and_never_cut(show: Opener) -> None:
    titles = {"1.txt": "Mayor resigns", "2.txt": "Ferry sinks " * 30, "3.txt": "Bridge falls", "4.txt": None}
    articles = tuple(article(name, "Some text.", title=title, source="The Post") for name, title in titles.items())
    page = show(a_report(articles, a_match("1.txt", "4.txt"), a_match("2.txt", "4.txt"), a_match("3.txt", "4.txt")))
    page.locator(".matches th").nth(2).locator("button").click()
    assert [name[:5] for name in rows(page)] == ["Bridg", "Ferry", "Mayor"]
    for wanted in ("bridge F", "3.TXT"):
        page.locator("#filter-text").fill(wanted)
        assert [name[:5] for name in rows(page)] == ["Bridg"]
    page.locator("#filter-text").fill("")
    cut = "all => all.some(e => e.scrollWidth > e.clientWidth + 1)"
    for width in (390, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.locator(".matches td, .matches th, .called").evaluate_all(cut), width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_link_to_a_match_that_the_filter_hides_shows_it(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    page.locator("#filter-verdict").select_option("same-event")
    assert not page.locator("#m1").is_visible()
    page.locator("#families a[href='#m1']").click()
    assert page.locator("#m1").is_visible()


def test_on_a_telephone_the_filter_is_folded_until_it_is_asked_for_and_switches_are_large_enough_for_a_finger(
    show: Opener, seeds_report: Report
) -> None:
    page = show(seeds_report, width=390)
    assert page.locator("#filter-text").is_hidden()
    page.keyboard.press("/")
    assert focused(page).get_attribute("id") == "filter-text"
    assert page.locator("#filter-text").is_visible()
    heights = page.locator(".legend label").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(each for each in heights if each) >= 24
    wide = show(seeds_report)
    assert wide.locator("#filter-text").is_visible()
    assert wide.locator(".filter > summary").is_hidden()


def test_the_first_stop_of_the_tabulator_skips_to_the_matches(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    page.keyboard.press("Tab")
    assert focused(page).inner_text() == "Skip to the matches"
    assert focused(page).bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.url.endswith("#matches")


@pytest.mark.parametrize(("width", "seen"), [(1440, 6), (390, 3)])
def test_the_head_names_six_families_and_three_on_a_telephone(show: Opener, width: int, seen: int) -> None:
    matches = [a_match(f"{at}s.txt", f"{at}d.txt") for at in range(9)]
    page = show(a_report(tuple(article(each, "Some text.") for match in matches for each in (match.a, match.b)), *matches), width=width)
    assert page.locator(".answers li:not(.all)").evaluate_all("all => all.filter(e => e.checkVisibility()).length") == seen
    assert page.locator(".answers .all").is_visible()


def test_one_match_can_be_read_without_a_filter(show: Opener, seeds_report: Report) -> None:
    page = show(replace(seeds_report, matches=seeds_report.matches[:1]))
    assert page.locator(".filter, .matches button").count() == 0
    page.locator(".matches a").click()
    page.keyboard.press("n")
    assert focused(page).get_attribute("id") == "m1a1"
    page.keyboard.press("/")
    page.keyboard.press("t")
    assert focused(page).get_attribute("href") == "#m1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_undecided_pair_does_not_look_innocent(show: Opener, scheme: str) -> None:
    matches = [a_match("a", "b", verdict="same-event", direction=None, probability=p) for p in (0.6, 0.1)]
    page = show(a_report((article("a", "Some text."), article("b", "Some text.")), *matches), scheme=scheme)
    look = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor].join()"
    undecided, innocent = (page.locator(f".matches .verdict.{tag}").evaluate(look) for tag in ("undecided", "same-event"))
    assert undecided != innocent
    assert violations(page, "#matches") == [], "its contrast too"
    for wanted, number in (("undecided", 1), ("same-event", 2)):
        page.locator("#filter-verdict").select_option(wanted)
        assert len(rows(page)) == number


def test_on_a_narrow_screen_the_page_scrolls_and_not_a_table_within_it(show: Opener) -> None:
    for width, whole in ((390, True), (500, True), (1440, False)):
        page = show(many(40), width=width)
        assert page.locator(".box").evaluate("e => e.scrollHeight <= e.clientHeight + 1") == whole


def test_on_a_telephone_the_buttons_stand_clear_of_the_text(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report, width=390)
    steps, head = page.locator("#m1 .steps").bounding_box(), page.locator("#m1 .pane h3").first.bounding_box()
    assert steps
    assert head
    assert head["y"] >= steps["y"] + steps["height"] + 8


def test_what_is_not_part_of_the_article_does_not_break_a_passage(show: Opener) -> None:
    text = "Police said so. Share this story. Nobody was hurt. Sign up here."
    marks = (Mark("boilerplate", 16, 33, "share"), Mark("boilerplate", 51, 64, "sign up"))
    page = show(a_report((article("a", text, *marks), article("b", text)), a_match("a", "b", Span("verbatim", 0, 50, 0, 50, 1.0))))
    look = "e => [getComputedStyle(e).fontFamily, getComputedStyle(e).fontSize].join()"
    inside, outside = (page.locator("#m1a .is-boilerplate").nth(at).evaluate(look) for at in (0, 1))
    assert inside == page.locator("#m1a a").first.evaluate(look)
    assert inside != outside


def test_long_names_do_not_cramp_the_scores_on_a_telephone(show: Opener) -> None:
    names = [f"archive/2024/05/the-mayor-of-kerrigan-resigns-{at}-{'x' * 30}.txt" for at in "ab"]
    report = a_report(tuple(article(name, "Some text.") for name in names), a_match(*names, Span("verbatim", 0, 4, 0, 4, 1.0)))
    page = show(report, width=390)
    page.locator("#m1 .judged > summary").click()
    head = page.locator("#m1 .scores thead tr")
    assert head.inner_text().split("\t") == ["Score", "Source", "Made from it"]
    assert (head.bounding_box() or {})["height"] < 50
    wide = show(report)
    wide.locator("#m1 .judged > summary").click()
    assert names[0] in wide.locator("#m1 .scores thead").inner_text().replace("\n", "")


def test_the_table_is_gone_through_by_keys(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    links = page.locator(".matches .names a")
    page.keyboard.press("/")
    assert focused(page).get_attribute("id") == "filter-text"
    page.keyboard.type("n/p")
    assert page.locator("#filter-text").input_value() == "n/p", "keys write where one writes"
    page.locator("#filter-text").fill("")
    links.first.focus()
    for key, at in (("ArrowDown", 1), ("End", 2), ("ArrowDown", 2), ("ArrowUp", 1), ("Home", 0)):
        page.keyboard.press(key)
        assert focused(page).get_attribute("href") == f"#m{at + 1}"
    page.keyboard.press("Enter")
    assert page.url.endswith("#m1")
    assert page.locator("#m1-title").bounding_box()["y"] < 900  # type: ignore[index]


def test_a_link_and_a_key_lead_from_a_match_back_to_the_table(show: Opener) -> None:
    report, number = tall(20), PLAIN_VIEWS + 4
    page = show(report)
    page.locator(f"#m{number} .back").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#matches")
    page.wait_for_function("Math.abs(document.getElementById('matches').getBoundingClientRect().top - 16) < 2")
    page.locator(f"#m{number}a a").first.focus()
    page.keyboard.press("t")
    assert focused(page).get_attribute("href") == f"#m{number}", "the row that leads to it"
    assert focused(page).is_visible()


def test_past_the_first_matches_a_link_leads_to_what_was_folded(show: Opener, three_hundred: Report) -> None:
    page = show(three_hundred)
    assert page.locator(".pair").count() == PAIR_VIEWS
    page.locator(f".matches a[href='#m{PLAIN_VIEWS + 30}']").click()
    assert page.locator(f"#m{PLAIN_VIEWS + 30}-title").is_visible()
    page.wait_for_function("n => document.getElementById(`m${n}`).getBoundingClientRect().top < innerHeight", arg=PLAIN_VIEWS + 30)
    page.locator(".matches .names a").first.focus()
    page.keyboard.press("End")
    assert re.fullmatch(r"detector compare \d+/\w+\.txt \d+/\w+\.txt", focused(page).inner_text()), "the command for the others"
    assert focused(page).evaluate("e => e.closest('.box').scrollTop > 0"), "brought into sight"


def tall(number: int) -> Report:
    """Matches of texts that take more room than the page guesses, and each another."""
    long = [article(f"{n:02}.txt", f"The mayor of town {n} resigned on Monday. " * (40 + 17 * n % 90)) for n in range(number + 1)]
    return a_report(tuple(long), *(a_match(a.id, b.id, Span("verbatim", 0, 60, 0, 60, 0.9)) for a, b in pairwise(long)))


def landed(page: Page, place: str) -> bool:
    """Whether the page comes to rest with the match's head at the top, and stays there."""
    seen = []
    for _ in range(2):
        page.wait_for_timeout(300)
        seen.append(page.locator(place).evaluate("e => e.getBoundingClientRect().top"))
    return all(abs(each - 16) < 2 for each in seen)


@pytest.mark.parametrize("width", [1440, 390])
def test_every_way_to_a_match_leads_to_its_head(show: Opener, width: int) -> None:
    report, number = tall(20), PLAIN_VIEWS + 6
    page = show(report, width=width)
    file = page.url
    for each in (number, 3):
        page.goto("about:blank")
        page.goto(f"{file}#m{each}")
        assert landed(page, f"#m{each}"), "from outside"
    page.locator(f".matches a[href='#m{number - 2}']").click()
    assert landed(page, f"#m{number - 2}"), "from the table"
    page.locator(f".matches a[href='#m{number - 2}']").click()
    assert landed(page, f"#m{number - 2}"), "and again"
    page.locator(f".matches a[href='#m{number + 2}']").focus()
    page.keyboard.press("Enter")
    assert landed(page, f"#m{number + 2}"), "by the keyboard"
    page.locator(f".map .tie[data-rows='{number + 1}']").dispatch_event("click")
    assert landed(page, f"#m{number + 1}"), "from the map"
    page.go_back()
    assert landed(page, f"#m{number + 2}"), "and back"
    page.mouse.move(2, 2)
    page.mouse.wheel(0, 700)
    page.wait_for_timeout(300)
    assert not landed(page, f"#m{number + 2}"), "the reader is not held there"
    unscripted = show(report, width=width, script=False)
    unscripted.goto(f"{file}#m7")
    assert landed(unscripted, "#m7"), "without the script"


def test_two_thousand_matches_filter_without_freezing(show: Opener) -> None:
    page = show(newsroom(700))
    assert len(rows(page)) == 2100
    took: dict[tuple[str, str], list[float]] = {}
    for _ in range(3):  # the best of three: the machine may have other work
        for name, value, left in (("probability", "0.9", 700), ("probability", "0", 2100), ("text", "0123", 3), ("text", "", 2100)):
            milliseconds = page.evaluate(
                """async ([name, value]) => {
                    const control = document.getElementById(`filter-${name}`);
                    const began = performance.now();
                    control.value = value;
                    control.dispatchEvent(new Event("input", { bubbles: true }));
                    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                    return performance.now() - began;
                }""",
                [name, value],
            )
            assert len(rows(page)) == left
            took.setdefault((name, value), []).append(milliseconds)
    assert max(map(min, took.values())) < PATIENCE, took


# The map


def test_the_map_shows_every_tie_with_its_direction_and_leads_to_the_match(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    ties = page.locator(".map .tie")
    assert ties.count() == 2, "that of the family with the third article, and that within it"
    assert page.locator(".map .tie[marker-end]").count() == 1
    assert page.locator(".map .tie[marker-end] title").text_content() == (
        "CNN → ICARO Media Group, “Declassified Intelligence Reveals Russian Mercenary Group …”: rewrite"
    )
    assert page.locator(".map g:has(.origin) title").text_content() == "CNN"
    styles = [ties.nth(at).evaluate("e => getComputedStyle(e).strokeDasharray") for at in (0, 1)]
    assert styles[0] != styles[1], "derivation and one event can be told without colour"
    ties.first.dispatch_event("click")
    assert page.url.endswith("#m1")
    drawn = "all => all.map(e => getComputedStyle(e).display !== 'none')"
    assert ties.evaluate_all(drawn) == [True, True]
    page.locator("#map input").uncheck()
    assert ties.evaluate_all(drawn) == [True, False]
    frame = page.locator(".map .frame")
    assert frame.locator("title").text_content() == "Family of 2, origin CNN"
    frame.click(position={"x": 20, "y": 8})
    assert page.url.endswith("#f1")
    assert page.locator("#f1").is_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_map_is_as_wide_as_the_window_and_no_name_is_cut(show: Opener, width: int) -> None:
    names = ("source", *(f"archive/2024/the-mayor-resigns-{n}.txt" for n in range(60)), "新闻/" + "市长辞职" * 20)
    matches = [a_match("source", name) for name in names[1:]]
    report = a_report(tuple(article(name, "Some text.") for name in names), *matches, families=(Family(names, "source", (), 0.9),))
    page = show(report, width=width)
    assert page.locator(".map").evaluate("e => e.scrollWidth <= e.clientWidth")
    drawn = page.locator(".map svg").bounding_box()
    assert drawn
    for box in filter(None, (name.bounding_box() for name in page.locator(".map text").all())):
        assert box["height"] > 10, "it can be read"
        assert box["x"] + box["width"] < drawn["x"] + drawn["width"]
    assert page.locator(".map text").nth(1).text_content() == names[1]
    assert page.locator(".map g title").last.text_content() == names[-1], "the whole of a name that is shortened"


def test_a_gathered_tie_leaves_the_map_with_the_last_of_its_matches(show: Opener, three_hundred: Report) -> None:
    page = show(three_hundred)
    gathered = page.locator(".map .tie.apart").first
    assert gathered.get_attribute("data-rows") == "101 102"
    page.locator("#filter-text").fill("0000/wire")
    assert "off" not in classes(gathered)
    page.locator("#filter-verdict").select_option("rewrite")
    assert "off" in classes(gathered)


# A match


def test_a_passage_lights_its_counterpart_under_pointer_and_focus(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    first = page.locator("#m1a a[data-span='1']").first
    first.hover()
    for place in ("#m1a", "#m1b", "#m1 .ribbon"):
        assert "lit" in classes(page.locator(f"{place} [data-span='1']").first)
    assert page.locator("#m1 .told").inner_text().startswith("Passage 1: edited, similarity 0.")
    page.locator("#m1b a[data-span='2']").first.focus()
    page.mouse.move(0, 0)
    assert "lit" in classes(page.locator("#m1a [data-span='2']").first)
    assert "lit" not in classes(first)


@pytest.mark.parametrize("width", [1000, 1280, 1440, 1920])
def test_the_two_texts_begin_side_by_side(show: Opener, seeds_report: Report, width: int) -> None:
    page = show(seeds_report, width=width)
    tops = [page.locator(place).evaluate("e => e.getBoundingClientRect().top") for place in ("#m1a", "#m1b", "#m1 .ribbon")]
    assert max(tops) - min(tops) < 1


def test_on_a_telephone_both_texts_run_at_full_height_and_passages_lead_from_one_to_the_other(
    show: Opener, seeds_report: Report
) -> None:
    page = show(seeds_report, width=390)
    for pane in ("#m1a", "#m1b"):
        assert page.locator(pane).evaluate("e => e.scrollHeight <= e.clientHeight + 1"), "no scrolling inside"
    upper, lower = page.locator("#m1a").bounding_box(), page.locator("#m1b").bounding_box()
    assert upper
    assert lower
    assert upper["y"] + upper["height"] <= lower["y"]
    assert page.locator("#m1 .ribbon").is_hidden()
    seen = "e => { const { top, bottom } = e.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
    page.locator("#m1a a[data-n='2']").click()
    assert focused(page).get_attribute("id") == "m1b2"
    assert focused(page).evaluate(seen), "the page went there"
    page.keyboard.press("Enter")
    assert focused(page).get_attribute("id") == "m1a2"
    assert focused(page).evaluate(seen), "and back"
    page.keyboard.press("n")
    assert focused(page).get_attribute("data-n") == "3"
    assert focused(page).evaluate(seen), "step by step too"
    page.locator("#m1a a[data-n]").last.scroll_into_view_if_needed()
    on = page.locator("#m1 [data-step='1']")
    assert on.evaluate(seen), "the buttons come along"
    top = "e => { const { left, top } = e.getBoundingClientRect(); return e === document.elementFromPoint(left + 5, top + 5); }"
    assert on.evaluate(top), "and nothing lies over them"


@pytest.mark.parametrize("width", [1440, 390])
def test_click_and_enter_bring_the_counterpart_and_back(show: Opener, seeds_report: Report, width: int) -> None:
    page = show(seeds_report, width=width)
    last = page.locator("#m1a a[data-n]").last
    number = (last.get_attribute("data-n") or "").split()[0]
    last.click()
    there = page.locator(f"#m1b a[data-span~='{number}']").first
    assert there.evaluate("e => e === document.activeElement")
    pane, box = page.locator("#m1b").bounding_box(), there.bounding_box()
    assert pane
    assert box
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"], "scrolled to where it can be seen"
    page.keyboard.press("Enter")
    assert page.locator(f"#m1a a[data-span~='{number}']").first.evaluate("e => e === document.activeElement")


def test_next_and_previous_passage_by_key_and_button(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    page.locator("#m1").scroll_into_view_if_needed()
    starts = [each.get_attribute("data-n") for each in page.locator("#m1a a[data-n]").all()]

    def here() -> str | None:
        return focused(page).get_attribute("data-n")

    page.locator("#m1 [data-step='1']").click()
    assert here() == starts[0]
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert here() == starts[2]
    page.keyboard.press("p")
    assert here() == starts[1]
    page.locator("#m1 [data-step='-1']").click()
    assert here() == starts[0]
    page.keyboard.press("p")
    assert here() == starts[-1], "before the first comes the last"
    page.locator("#m1b a[data-span='4']").first.focus()
    page.keyboard.press("n")
    assert here() == "5", "on from where the focus is, in whichever text"
    page.locator("#m1 input[value=paraphrased]").uncheck()
    seen = set()
    for _ in starts:
        page.keyboard.press("n")
        seen |= classes(focused(page))
    assert "paraphrased" not in seen, "kinds switched off are left out"


def test_every_switch_takes_its_kind_away_and_brings_it_back(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    line = "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).backgroundColor].join()"
    for kind in ("edited", "paraphrased", "quotation"):
        switch, shown = page.locator(f"#m1 input[value={kind}]"), page.locator(f"#m1a .{kind}").first
        before = shown.evaluate(line)
        assert "underline" in before
        switch.uncheck()
        assert shown.evaluate(line) == "none,rgba(0, 0, 0, 0)"
        assert page.locator(f"#m1 .ribbon .{kind}").first.is_hidden()
        assert page.locator(f"#m2a .{kind}").first.evaluate(line) == before, "of this match alone"
        switch.check()
        assert shown.evaluate(line) == before
    quoted = page.locator("#m2b .is-quotation:not([data-span])").first
    assert "underline" in quoted.evaluate(line)
    page.locator("#m2 input[value=is-quotation]").uncheck()
    assert "underline" not in quoted.evaluate(line)
    original, edge = page.locator("#m1b .is-original").first, "e => getComputedStyle(e).borderLeftWidth"
    assert original.evaluate(edge) == "0px"
    page.locator("#m1 input[value=is-original]").last.check()
    assert page.locator("#m1 input[value=is-original]").first.is_checked(), "that of the other text"
    assert original.evaluate(edge) == "3px"
    originals = " ".join(page.locator("#m1b .is-original").all_text_contents())
    assert originals.startswith("As the situation in the region evolves")
    assert "ongoing arms relationship" not in originals, "CNN has it, in other words"
    assert "color" in page.locator("#m1a .is-boilerplate").first.evaluate("e => getComputedStyle(e).color && 'color'")
    grey, ink = (page.locator(which).first.evaluate("e => getComputedStyle(e).color") for which in ("#m1a .is-boilerplate", "#m1a"))
    assert grey != ink


def test_words_inside_a_passage_are_told_kept_changed_added_or_dropped(show: Opener) -> None:
    a, b = "Divers searched the cold river until dawn, police said.", "Police said divers combed the river until dawn on Friday."
    spans = (Span("paraphrased", 0, len(a) - 1, 0, len(b) - 1, 0.7),)
    page = show(a_report((article("a", a), article("b", b)), a_match("a", "b", *spans)))
    page.wait_for_function("document.getElementById('m1').dataset.words")

    def words(pane: str, tag: str) -> list[str]:
        return page.locator(f"{pane} {tag}").all_text_contents()

    assert (words("#m1a", "mark"), words("#m1b", "mark")) == (["searched"], ["combed"])
    assert words("#m1a", "del") == ["cold"]
    assert words("#m1b", "ins") == ["Friday"], "without the words around it that say nothing"
    look = "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).borderTopStyle, getComputedStyle(e).fontWeight].join()"
    looks = {tag: page.locator(f"#m1 .text {tag}").first.evaluate(look) for tag in ("mark", "del", "ins")}
    assert len(set(looks.values())) == 3, "they can be told without colour"
    page.locator("#m1 input[value=words]").uncheck()
    assert {page.locator(f"#m1 .text {tag}").first.evaluate(look) for tag in looks} == {"none,none,400"}


def test_of_changed_words_only_those_that_say_something_are_marked(show: Opener) -> None:
    a = "The mayor of the town said that he spent $84 million in May. It was for the bridge by the river."
    b = "At the town hall a mayor said to us he did not waste $48 million on the US side. In all it was a bridge at IT."
    page = show(a_report((article("a", a), article("b", b)), a_match("a", "b", Span("paraphrased", 0, len(a), 0, len(b), 0.7))))
    page.wait_for_function("document.getElementById('m1').dataset.words")
    marked = {pane: page.locator(f"{pane} :is(ins, del, mark)").all_text_contents() for pane in ("#m1a", "#m1b")}
    assert not {"of", "in", "by", "for", "that", "The", "At", "a", "In", "on the"} & {each for pane in marked.values() for each in pane}
    for fact in ("84", "May", "spent"):
        assert any(fact in each for each in marked["#m1a"]), fact
    for fact in ("48", "not", "US", "IT"):
        assert any(fact in each for each in marked["#m1b"]), fact


def test_a_short_frame_is_not_broken_over_lines(show: Opener) -> None:
    a, b = (" ".join(f"kept{n} {word} {n}" for n in range(60)) for word in ("paid worth", "cost about"))
    page = show(a_report((article("a", a), article("b", b)), a_match("a", "b", Span("edited", 0, len(a), 0, len(b), 0.7))))
    page.wait_for_function("document.getElementById('m1').dataset.words")
    assert page.locator("#m1a mark").count() == 60
    assert page.locator("#m1 mark").evaluate_all("all => all.every(e => e.getClientRects().length === 1)")


def test_the_ribbon_shows_where_passages_went_and_leads_there(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    assert page.locator("#m1 .ribbon path").count() == len(side_by_side(seeds_report.matches[0]))
    page.locator("#m1 .ribbon path").last.dispatch_event("click")
    number = page.locator("#m1 .ribbon path").last.get_attribute("data-span")
    assert focused(page).get_attribute("id") == f"m1b{number}"


def test_sentences_in_other_words_lead_to_each_other_are_stepped_through_and_can_be_taken_away(show: Opener) -> None:
    report = scan([Article(id="source", text=" ".join(FERRY)), Article(id="told", text=" ".join(FERRY_TOLD))])
    page = show(report)
    exact(page, report)
    beside = page.locator("#m1a a.counterpart")
    assert beside.count() == len(report.matches[0].counterparts or ()) > 1
    number = beside.first.get_attribute("data-n")
    beside.first.click()
    assert focused(page).get_attribute("id") == f"m1b{number}"
    assert page.locator("#m1 .told").inner_text() == f"Sentence {number}: counterpart"
    assert page.locator("#m1 .counterpart :is(ins, del, mark)").count() == 0, "no word of it is compared"
    page.locator("#m1 .ribbon .counterpart").last.dispatch_event("click")
    last = page.locator("#m1 .ribbon .counterpart").last.get_attribute("data-span")
    assert focused(page).get_attribute("id") == f"m1b{last}"
    seen = set()
    for _ in side_by_side(report.matches[0]):
        page.locator("#m1 [data-step='1']").click()
        seen.add(focused(page).get_attribute("data-n"))
    assert seen == {str(at) for at, _ in enumerate(side_by_side(report.matches[0]), start=1)}
    page.locator("#m1 input[value=counterpart]").uncheck()
    assert beside.first.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    assert page.locator("#m1 .ribbon .counterpart").first.is_hidden()
    assert violations(page) == []


def test_findings_that_are_not_weighed_unfold(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    hidden = page.locator("#m1 details details li").first
    for summary in ("#m1 .judged > summary", "#m1 details details summary"):
        assert hidden.is_hidden()
        page.locator(summary).click()
    assert hidden.is_visible()


# Everybody


def violations(page: Page, within: str = "html") -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("within => axe.run(within, { resultTypes: ['violations'] })", within)
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"][:3]]


@pytest.mark.parametrize(
    ("width", "scheme", "medium"),
    [(1440, "light", "screen"), (1440, "dark", "screen"), (390, "light", "screen"), (390, "dark", "screen"), (1440, "dark", "print")],
)
def test_axe_finds_nothing_on_overview_and_matches(
    show: Opener, seeds_report: Report, width: int, scheme: Any, medium: Any
) -> None:
    page = show(seeds_report, width=width, scheme=scheme)
    page.emulate_media(media=medium, color_scheme=scheme)
    for number in (1, 2, 3):
        page.evaluate("n => document.getElementById(`m${n}`).scrollIntoView()", number)
        page.wait_for_function("n => document.getElementById(`m${n}`).dataset.words", arg=number)
    for box in page.locator("input[value=is-original]").all():
        if medium == "screen":
            box.check()
    for more in page.locator("summary").all():
        more.evaluate("e => { e.parentElement.open = true; }")
    if medium == "screen":
        page.locator("#m1a a").first.focus()
    assert violations(page) == []


def test_axe_finds_nothing_on_a_long_table_a_hostile_page_or_a_page_of_a_folder(show: Opener, tmp_path: Path) -> None:
    assert violations(show(many(21)), "#matches") == []
    assert violations(show(hostile(HOSTILE[0]))) == []
    write_report(hostile(HOSTILE[0]), f"{tmp_path}/folder/")
    assert violations(show(tmp_path / "folder" / "m1.html", scheme="dark")) == []


def test_the_tabulator_goes_through_the_page_in_its_order_and_can_be_seen(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    reached: list[tuple[int, int]] = []
    for _ in range(70):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => {
                const e = document.activeElement;
                const order = [...document.querySelectorAll("*")].indexOf(e);
                const style = getComputedStyle(e);
                return [order, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, e.outerHTML.slice(0, 120)];
            }"""
        )
        assert where[1], f"focus cannot be seen on {where[2]}"
        reached.append(where[0])
    assert reached == sorted(reached), "in the order of the page"
    assert len(set(reached)) == 70
    stops = page.locator("nav a, .filter select, .filter input, .matches th button, .matches a, .map, #m1 input, #m1 button, #m1a, #m1a a[data-n]")
    assert len(reached) > stops.count() - 5, "none of them is left out"


@pytest.mark.parametrize("width", [390, 768, 1024, 1440, 1920])
@pytest.mark.parametrize("name", ["seeds", "hostile"])
def test_the_page_is_never_wider_than_the_window(show: Opener, seeds_report: Report, width: int, name: str) -> None:
    page = show(seeds_report if name == "seeds" else hostile("unbroken" * 60 + HOSTILE[0]), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_right_to_left_and_chinese_texts_run_as_they_should(show: Opener) -> None:
    arabic = "انهار الجسر الحجري في وقت متأخر من ليل الاثنين.\nلم يكن أحد على الجسر."
    chinese = "星期一深夜,古老的石桥倒塌了。\n当时桥上没有人。"
    later = "星期一夜里,石桥突然倒塌了。\n当时桥上没有人。"
    report = a_report(
        (article("عربي.txt", arabic), article("中文.txt", chinese), article("b.txt", later)),
        a_match("عربي.txt", "中文.txt", direction=None, verdict="same-event"),
        a_match("中文.txt", "b.txt", Span("edited", 0, 15, 0, 14, 0.8)),
    )
    page = show(report)
    exact(page, report)
    direction = "e => getComputedStyle(e).direction"
    assert page.locator("#m1a").evaluate(direction) == "rtl"
    assert page.locator("#m1b").evaluate(direction) == "ltr"
    line = page.locator("#m1a > div").first
    assert line.evaluate("e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().right >= e.getBoundingClientRect().right - 2; }")
    assert page.locator("#m2b ins, #m2b mark").all_text_contents()
    kept = "".join(page.locator("#m2a a").first.evaluate("e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)"))
    assert all(word in kept for word in "星期一石桥倒塌"), "words without spaces are compared sign by sign"
    assert unicodedata.name(kept[0]).startswith("CJK")


# Paper


def test_a_match_prints_as_a_sheet_of_its_own(show: Opener, seeds_report: Report) -> None:
    page = show(seeds_report)
    page.evaluate("window.print = () => { window.printed = document.body.className; }")
    page.locator("#m2 [data-print]").click()
    assert page.evaluate("window.printed") == "one"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert [page.locator(f"#m{n}").is_visible() for n in (1, 2, 3)] == [False, True, False]
    assert page.locator("#matches, #map, #pack, header, #m2 button, #m2 .ribbon").evaluate_all("all => all.every(e => !e.checkVisibility())")
    assert page.locator("#m2a .edited").first.evaluate("e => getComputedStyle(e).textDecorationStyle") == "dashed"
    sheet = "".join(page.locator("#m2 .findings").all_inner_texts())
    assert all(each.sha256 in sheet for each in seeds_report.articles if each.id in ("cnn.txt", "kyiv-independent.txt"))
    assert "Made 2023-11-14 22:13 UTC with detector" in sheet
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#m1").is_visible()


def test_on_paper_both_texts_stand_whole_side_by_side_on_a4(show: Opener, seeds_report: Report) -> None:
    page = show(replace(seeds_report, matches=seeds_report.matches[:1]), scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(28, 27, 25)", "dark on white"
    assert page.evaluate("[...document.querySelectorAll('.text')].every(e => e.scrollHeight <= e.clientHeight + 1)"), "nothing cut"
    left, right = page.locator("#m1a").bounding_box(), page.locator("#m1b").bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    printed = page.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", printed), "A4"


# Folders


def test_a_folder_of_pages_leads_from_the_index_to_a_match_and_on(show: Opener, seeds_report: Report, tmp_path: Path) -> None:
    write_report(seeds_report, f"{tmp_path}/folder/")
    page = show(tmp_path / "folder" / "index.html")
    page.locator("#filter-verdict").select_option("same-event")
    assert len(rows(page)) == 2
    page.locator(".matches a[href='m2.html']").click()
    page.wait_for_url("**/m2.html")
    assert page.locator("h1").count() == 1
    page.locator("#m2a a").first.hover()
    assert "lit" in classes(page.locator("#m2b [data-span='1']").first)
    page.get_by_role("link", name="Match after").click()
    page.wait_for_url("**/m3.html")
    page.get_by_role("link", name="All matches").click()
    page.wait_for_url("**/index.html")
    page.locator(".map [data-href='m1.html']").dispatch_event("click")
    page.wait_for_url("**/m1.html")
