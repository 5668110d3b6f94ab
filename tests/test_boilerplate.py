"""What is learned of boilerplate: blocks of an outlet that recur in articles of different stories, and why."""

from __future__ import annotations

import random
import textwrap
from dataclasses import replace

from detector import Article, Settings, scan
from detector.story.boilerplate import RECURS, learned
from detector.story.outlets import publisher_of
from detector.text import analyse

BANNER = "Quay Courier will never ask for your password: this line stands above all that we print."
BIOGRAPHY = "Mara Ellison keeps bees, and looks at the sea for this paper."


def story(at: int) -> str:
    """Three paragraphs that no other story has."""
    chance = random.Random(at)
    words = ["harbour", "council", "bridge", "keeper", "winter", "mayor", "ferry", "museum", "letter", "orchard", "signal", "miners", "choir", "island"]
    return "\n\n".join(" ".join(chance.choices(words, k=30)) + f", paper {at} told." for _ in range(3))


def article(at: int, text: str, source: str | None = "Quay Courier", url: str | None = None) -> Article:
    return Article(id=f"{at}", text=text, source=source, url=url)


def set_aside(articles: list[Article]) -> dict[str, list[str]]:
    found = learned(articles)
    texts = {each.id: each.text for each in articles}
    return {name: [texts[name][mark.start : mark.end] for mark in marks] for name, marks in found.items()}


def test_a_block_that_recurs_in_an_outlets_stories_is_boilerplate_whatever_its_words() -> None:
    news = [article(at, f"  {BANNER} \r\n\r\n{story(at)}\n\n{BIOGRAPHY if at < RECURS else 'Ann Poe.'}") for at in range(RECURS + 2)]
    assert set_aside(news) == {f"{at}": [BANNER, BIOGRAPHY] if at < RECURS else [BANNER] for at in range(RECURS + 2)}
    assert [mark.note for mark in learned(news)["0"]] == ["stands in 7 articles of Quay Courier", "stands in 5 articles of Quay Courier"]


def test_a_block_of_fewer_articles_is_not() -> None:
    assert set_aside([article(at, f"{BANNER}\n{story(at)}") for at in range(RECURS - 1)]) == {}


def test_a_block_that_comes_often_in_one_article_is_not() -> None:
    assert set_aside([article(0, "\n".join([BIOGRAPHY, story(1), BIOGRAPHY, story(2)] * RECURS)), article(1, BIOGRAPHY + story(3))]) == {}


def test_outlets_are_counted_apart_and_by_their_address_where_that_is_all_there_is() -> None:
    assert set_aside([article(at, f"{BANNER}\n{story(at)}", f"Paper {at % 2}") for at in range(2 * RECURS - 2)]) == {}
    news = [article(at, f"{BANNER}\n{story(at)}", None, f"https://www.quay.example/{at}") for at in range(RECURS)]
    assert len(set_aside(news)) == RECURS


def test_articles_of_unknown_outlets_are_left_alone() -> None:
    assert set_aside([article(at, f"{BANNER}\n{story(at)}", None) for at in range(9)]) == {}
    assert publisher_of(article(0, "", None, "http://[broken")) is None


def test_copies_and_versions_of_one_story_keep_all_of_it() -> None:
    copies = [article(at, f"{story(1)}\n\nUpdate {at}.") for at in range(9)]
    others = [article(at, story(at)) for at in range(10, 20)]
    assert set_aside([*copies, *others]) == {}


def test_copies_of_one_story_do_not_make_its_lines_boilerplate_of_another_that_quotes_one() -> None:
    copies = [article(at, story(1)) for at in range(9)]
    quoting = article(10, "\n\n".join([story(2), story(1).split("\n\n")[0], story(3)]))
    assert set_aside([*copies, quoting]) == {}


def test_a_scan_sets_aside_what_an_outlet_repeats_and_says_why_unless_told_to_keep_it() -> None:
    notice = "Readers in the valley can hear every one of these reports read aloud by neighbours on the quay each Thursday at noon."
    news = [article(at, f"{story(at)}\n\n{notice}\n\n{story(at + 20)}") for at in range(RECURS)]
    news.append(Article(id="copy", text=f"{story(0)}\n\n{notice}\n\n{story(20)}", source="Post"))
    reports = [scan(news, Settings(keep_boilerplate=kept)) for kept in (False, True)]
    notes = [[mark.note for each in report.articles if each.id == "0" for mark in each.marks] for report in reports]
    assert notes == [["stands in 5 articles of Quay Courier"], []]
    bodies = [next(each.body_words for each in report.articles if each.id == "0") for report in reports]
    assert bodies[0] == (bodies[1] or 0) - len(notice.split())
    assert {(each.a, each.b, each.verdict) for each in reports[1].matches} >= {("0", "copy", "duplicate")}
    copies = scan(news, Settings(keep_boilerplate=True), near_duplicates_only=True).matches
    assert [(each.a, each.b, each.verdict) for each in copies] == [("0", "copy", "duplicate")]
    assert [each.verdict for each in scan(news, near_duplicates_only=True).matches] == ["duplicate"]


def test_what_an_outlet_repeats_is_set_aside_in_a_copy_too_so_that_a_copy_of_all_of_it_is_one() -> None:
    news = [article(at, f"{BANNER}\n\n{story(at)}") for at in range(RECURS)]
    whole = [replace(news[0], id="copy", source="Post"), replace(news[1], id="found", source=None)]
    assert set_aside([*news, *whole]) == {each.id: [BANNER] for each in (*news, *whole)}
    for copies_only in (False, True):
        found = scan([*news, *whole], near_duplicates_only=copies_only).matches
        assert {(each.a, each.b, each.verdict, each.probability) for each in found if each.b in ("copy", "found")} >= {
            ("0", "copy", "duplicate", 1.0),
            ("1", "found", "duplicate", 1.0),
        }


def test_a_notice_in_hard_wrapped_texts_is_set_aside_as_a_whole_and_a_line_of_a_paragraph_is_not() -> None:
    notice = "Readers in the valley can hear every one of these reports read aloud by neighbours on the quay each Thursday at noon."
    texts = [f"{story(at)}\n\n{notice}\n\n{story(at + 20)}" for at in range(RECURS)]
    wrapped = ["\n\n".join(textwrap.fill(each, 60) for each in text.split("\n\n")) for text in texts]
    lines = textwrap.fill(notice, 60).splitlines()
    wrapped[0] = wrapped[0].replace(lines[0], "This week we do not meet.")  # of which the other line alone is known
    news = [article(at, text) for at, text in enumerate([*wrapped, wrapped[1]])]
    found = learned(news)
    marks = [[each.text[mark.start : mark.end] for mark in analyse(each, found[each.id]).boilerplate] for each in news[:2]]
    assert marks == [[], ["\n".join(lines)]]
