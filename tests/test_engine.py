"""What ``scan`` and ``compare`` promise, on the example articles and on stories of our own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import loky
import numpy as np
import pytest

from detector import Article, DetectorError, Match, Report, Settings, compare, comparing, engine, read_articles, scan
from detector.loops.compiled import Stamp
from detector.reporting.export import to_json
from tests.stories import INDEPENDENT, REPORT, REWRITE, UNRELATED

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def seeds() -> Report:
    return scan(read_articles([SEEDS]))


def between(report: Report, a: str, b: str) -> Match:
    return next(match for match in report.matches if {match.a, match.b} == {a, b})


def articles() -> list[Article]:
    texts = {"report": REPORT, "rewrite": REWRITE, "independent": INDEPENDENT, "unrelated": UNRELATED}
    return [Article(id=name, text=text) for name, text in texts.items()]


def test_icaro_rewrites_cnn(seeds: Report) -> None:
    match = between(seeds, "cnn.txt", "icaro.txt")
    assert match.verdict == "rewrite"
    assert match.probability >= 0.9
    assert match.coverage_b >= 0.5
    assert match.direction is not None
    assert (match.direction.source, match.direction.derived) == ("cnn.txt", "icaro.txt")
    assert any("cites CNN" in each for each in match.direction.evidence)
    assert len(match.spans) >= 10
    assert seeds.families[0].origin == "cnn.txt"


def test_both_quotations_of_kirby_are_found_between_cnn_and_icaro(seeds: Report) -> None:
    match = between(seeds, "cnn.txt", "icaro.txt")
    texts = {article.id: article.text or "" for article in seeds.articles}
    quoted = [texts["icaro.txt"][each.b_start : each.b_end] for each in match.spans if each.kind == "quotation"]
    assert [each.split()[:5] for each in quoted] == [
        ["We", "will", "closely", "monitor", "for"],
        ["We", "are", "prepared", "to", "use"],
    ]
    assert [each.speaker for each in match.quotations] == ["Kirby", "Kirby"]


@pytest.mark.parametrize("other", ["cnn.txt", "icaro.txt"])
def test_the_kyiv_independent_reports_the_same_event_on_its_own(seeds: Report, other: str) -> None:
    match = between(seeds, other, "kyiv-independent.txt")
    assert match.verdict == "same-event"
    assert match.probability < 0.5
    assert match.direction is None


def test_what_icaro_and_the_kyiv_independent_share_is_named_as_a_quotation(seeds: Report) -> None:
    match = between(seeds, "icaro.txt", "kyiv-independent.txt")
    texts = {article.id: article.text or "" for article in seeds.articles}
    (shared,) = match.quotations
    a, b = texts[match.a][shared.a_start : shared.a_end], texts[match.b][shared.b_start : shared.b_end]
    assert a == b
    assert a.startswith("We are prepared to use our counterterrorism sanctions authorities")
    assert shared.speaker == "Kirby"
    assert any(span.kind == "quotation" and span.a_start == shared.a_start for span in match.spans)


def test_no_span_touches_boilerplate(seeds: Report) -> None:
    marks = {
        article.id: [(mark.start, mark.end) for mark in article.marks if mark.kind == "boilerplate"]
        for article in seeds.articles
    }
    assert all(marks.values())
    for match in seeds.matches:
        for span in match.spans:
            assert all(end <= span.a_start or span.a_end <= start for start, end in marks[match.a])
            assert all(end <= span.b_start or span.b_end <= start for start, end in marks[match.b])


def test_every_span_lies_within_its_texts(seeds: Report) -> None:
    sizes = {article.id: article.characters for article in seeds.articles}
    for match in seeds.matches:
        assert match.spans
        for span in match.spans:
            assert 0 <= span.a_start < span.a_end <= sizes[match.a]
            assert 0 <= span.b_start < span.b_end <= sizes[match.b]


@pytest.mark.parametrize("names", [("cnn", "icaro"), ("icaro", "kyiv-independent"), ("cnn", "kyiv-independent")])
def test_exchanging_the_articles_exchanges_the_match_and_changes_nothing_else(names: tuple[str, str]) -> None:
    one, two = (next(iter(read_articles([SEEDS / f"{name}.txt"]))) for name in names)
    assert compare(one, two) == compare(two, one).swapped()


def test_the_ids_play_no_part() -> None:
    a, b = Article(id="a", text=REPORT), Article(id="b", text=REWRITE)
    renamed = compare(replace(a, id="z"), replace(b, id="y"))
    found = compare(a, b)
    assert (renamed.spans, renamed.probability, renamed.verdict) == (found.spans, found.probability, found.verdict)


def test_compare_and_scan_agree_but_for_the_collections_cosine() -> None:
    (report, rewrite, *_) = articles()
    (match,) = scan([report, rewrite]).matches
    assert match == compare(report, rewrite)


def test_two_runs_and_any_number_of_workers_give_the_same_bytes() -> None:
    once = to_json(scan(articles(), Settings(workers=1)))
    assert once == to_json(scan(articles(), Settings(workers=1)))
    assert once == to_json(scan(articles(), Settings(workers=4)))


def test_processes_find_what_threads_find(monkeypatch: pytest.MonkeyPatch) -> None:
    once = to_json(scan(articles(), Settings(workers=2)))
    monkeypatch.setattr(comparing, "PAIRS_APART", 1)
    monkeypatch.setattr(comparing, "FIRST_APART", 1)
    monkeypatch.setattr(comparing, "CHUNK_APART", 2)
    assert to_json(scan(articles(), Settings(workers=2))) == once


def test_processes_find_who_has_a_figure_that_another_version_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = [
        "The old stone bridge at Kerr collapsed on Monday night, and police closed the road beside the harbour.",
        "Police said that 14 people were taken to the county hospital, most of them from a bus at the lights.",
        "Ann Lee, who keeps the bakery beside the river, heard the arches fall and ran out with a torch.",
        "The mayor, Tom Grant, promised that the council would pay for a ferry until the engineers had finished.",
        "Engineers had warned the council in 2019 that the middle pier was moving, but repairs were put off.",
        "Divers will search the water again on Tuesday, and schools on the north bank will stay shut for the week.",
        "A spokesman for the builders said the company had inspected the piers in March and found nothing wrong.",
    ]
    text = " ".join(wire)
    one, two = text.replace("14 ", "41 "), text.replace("14 ", "41 ")
    for said, other in (("collapsed", "gave way"), ("promised", "pledged"), ("warned", "cautioned"), ("taken", "carried")):
        one = one.replace(said, other)
    for said, other in (("old stone", "ancient"), ("closed", "shut"), ("keeps", "runs"), ("moving", "shifting")):
        two = two.replace(said, other)
    texts = {"wire": text, "a": one, "c": two}
    trio = [Article(id=name, text=each, published=f"2026-03-0{day}") for day, (name, each) in enumerate(texts.items(), 1)]
    once = scan(trio, Settings(threshold=1.0, workers=2))
    assert between(once, "a", "c").verdict == "rewrite"
    monkeypatch.setattr(comparing, "PAIRS_APART", 1)
    assert to_json(scan(trio, Settings(threshold=1.0, workers=2))) == to_json(once)


def test_an_interrupted_scan_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []

    class Watched(loky.ProcessPoolExecutor):  # type: ignore[misc]
        def shutdown(self, **how: Any) -> None:
            started.extend(self._processes.values())
            super().shutdown(**how)

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "comparing" and done > 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(loky, "ProcessPoolExecutor", Watched)
    monkeypatch.setattr(comparing, "PAIRS_APART", 1)
    monkeypatch.setattr(comparing, "FIRST_APART", 1)
    monkeypatch.setattr(comparing, "CHUNK_APART", 1)
    with pytest.raises(KeyboardInterrupt):
        scan([Article(id=f"{at}", text=f"{REPORT} Number {at}.") for at in range(40)], Settings(workers=2), progress=stop)
    assert len(started) == 2
    for process in started:
        process.join(10)
        assert not process.is_alive()


def test_the_order_of_the_articles_changes_no_verdict() -> None:
    def verdicts(report: Report) -> set[tuple[frozenset[str], str, float]]:
        return {(frozenset((each.a, each.b)), each.verdict, each.probability) for each in report.matches}

    assert verdicts(scan(articles())) == verdicts(scan(articles()[::-1]))


def test_matches_come_gravest_and_likeliest_first_and_unrelated_ones_not_at_all() -> None:
    copy = Article(id="copy", text=REPORT)
    report = scan([*articles(), copy])
    assert [match.verdict for match in report.matches][:3] == ["duplicate", "rewrite", "rewrite"]
    assert all("unrelated" not in (match.a, match.b) for match in report.matches)
    assert report.families[0].members == ("copy", "report", "rewrite")


def test_against_an_archive_only_cross_pairs_are_compared() -> None:
    own, archive = articles()[1:], [Article(id="archived", text=REPORT), Article(id="archived too", text=REPORT)]
    report = scan(own, against=archive)
    assert {match.verdict for match in report.matches} == {"rewrite", "same-event"}
    for match in report.matches:
        assert sum(name.startswith("archived") for name in (match.a, match.b)) == 1
    assert scan(articles(), against=[]).matches == ()


def test_near_duplicates_only_finds_the_copies_that_a_full_scan_finds() -> None:
    edited = REPORT.replace("Helen Strand", "Helen Strang")
    more = [*articles(), Article(id="copy", text=REPORT.upper()), Article(id="edited", text=edited), Article(id="0", text="")]
    full = {(each.a, each.b): each for each in scan(more).matches if "duplicate" in each.verdict}
    quick = {(each.a, each.b): each for each in scan(more, near_duplicates_only=True).matches}
    assert {pair: each.verdict for pair, each in quick.items()} == {pair: each.verdict for pair, each in full.items()}
    assert {each.verdict for each in quick.values()} == {"duplicate", "near-duplicate"}
    for pair, match in quick.items():
        assert (match.jaccard, match.containment_a) == (full[pair].jaccard, full[pair].containment_a)
        assert match.spans == ()
    assert scan(more, near_duplicates_only=True, against=[]).matches == ()


def test_every_copy_in_the_archive_is_found_however_many_there_are() -> None:
    one, copies = [Article(id="one", text=REPORT)], [Article(id=f"copy {at:03}", text=REPORT) for at in range(400)]
    for own, archive in ((one, copies), (copies, one)):
        report = scan(own, near_duplicates_only=True, against=archive)
        assert len(report.matches) == 400


def test_the_cosine_is_the_same_whichever_comes_first() -> None:
    a = Article(id="a", text="The bridge\u00ads of the county fell, and one bridge stood.")
    b = Article(id="b", text="The bridges of the county fell, and another bridge stood up.")
    assert compare(a, b).cosine == compare(b, a).cosine


def test_boilerplate_does_not_hide_a_copy() -> None:
    banner = "Help us reach 25,000 members by the end of the year.\n\nNews Feed\n\n"
    one, two = Article(id="a", text=REPORT), Article(id="b", text=banner + REPORT)
    (match,) = scan([one, two], near_duplicates_only=True).matches
    assert match.verdict == "duplicate"


def test_articles_of_one_outlet_can_be_left_alone() -> None:
    own = [replace(each, source="Daily Digest" if each.id != "independent" else "Echo") for each in articles()]
    found = scan(own, Settings(same_source=False)).matches
    assert found
    assert all("independent" in (match.a, match.b) for match in found)
    unknown = scan(articles(), Settings(same_source=False)).matches  # of unknown outlets none is another's
    assert any(match.verdict == "rewrite" for match in unknown)


def test_an_agency_guessed_from_a_dateline_is_no_outlet_and_an_outlet_in_two_spellings_is_one() -> None:
    one, two = (Article(id=name, text=f"LUND (AP) - {REPORT}", source="AP", guessed=("source",)) for name in "ab")
    alone = Settings(same_source=False)
    assert [each.verdict for each in scan([one, two], alone).matches] == ["duplicate"]
    known = [replace(one, guessed=()), replace(two, guessed=(), source="The Associated Press")]
    assert scan(known, alone).matches == ()


def test_three_papers_that_carry_one_agency_are_compared_to_the_end() -> None:
    stranded = (
        "The container ship Marlow ran aground on the Kerr sandbank shortly after dawn on Tuesday, blocking the only deep channel "
        "into the port of Lund. Tugs pulled at the hull for eleven hours without moving it by a metre, and the harbour master "
        "closed the approach to all traffic until the evening tide."
    )
    idle = (
        "Dockers at the grain terminal sat idle through the afternoon while lorries queued along the ring road as far as the "
        "Weston bridge. The owner of the terminal, Harbour Mills, put the loss at some 400,000 crowns a day and said that it would "
        "claim the sum from the shipping line."
    )
    seen = (
        "Our correspondent walked along the beach of Kerr, where families watched the ship Marlow with binoculars. Children sold "
        "lemonade beside the lighthouse, and an old fisherman named Oskar Brandt remembered the wreck of 1974."
    )
    feared = (
        "In the market hall of Lund traders feared for their deliveries because the ship Marlow blocked the port. Marta Quill, "
        "who sells coffee, has stock for nine days. Insurers expect a long dispute about the Kerr sandbank."
    )
    quoted = "“We have never seen a ship of this size stuck on that bank,” said Ann Lee, the mayor."
    stories = {"all": (stranded, idle), "one": (stranded, seen, quoted), "two": (idle, feared, quoted)}
    carried = [Article(id=name, text="LUND (AP) - " + "\n\n".join(parts)) for name, parts in stories.items()]
    report = scan(carried)
    assert between(report, "all", "one").verdict == between(report, "all", "two").verdict == "common-source"
    assert between(report, "one", "two").verdict == "same-event"


def test_matches_can_be_narrowed_by_verdict_and_probability() -> None:
    assert {each.verdict for each in scan(articles(), Settings(verdicts=("same-event",))).matches} == {"same-event"}
    likely = scan(articles(), Settings(min_probability=0.8)).matches
    assert likely
    assert all(each.probability >= 0.8 for each in likely)


def test_an_article_left_out_as_too_unlikely_still_tells_its_versions_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine._matches

    def less_sure_of_the_source(*given: Any) -> tuple[list[comparing.Found], comparing.LookedAt]:
        found, looked_at = real(*given)
        sure = [each if "wire" not in (each.a, each.b) else replace(each, probability=0.6) for each, _ in found]
        return [(each, each) for each in sure], looked_at

    monkeypatch.setattr(engine, "_matches", less_sure_of_the_source)
    copy = REPORT.replace("Monday", "Mon")
    texts = {"wire": ("Northern Wire", REPORT), "copy": ("News Mill", copy), "page": ("Daily Digest", REWRITE)}
    trio = [Article(id=name, text=text, source=source) for name, (source, text) in texts.items()]
    assert between(scan(trio), "copy", "page").verdict == "common-source"
    report = scan(trio, Settings(min_probability=0.7))
    assert [(each.a, each.b, each.verdict) for each in report.matches] == [("copy", "page", "common-source")]
    assert report.families == ()


def test_a_report_holds_the_texts_of_matched_articles_only() -> None:
    held = {each.id: each.text is not None for each in scan(articles()).articles}
    assert held == {"report": True, "rewrite": True, "independent": True, "unrelated": False}


def test_two_articles_with_one_id_are_refused() -> None:
    with pytest.raises(DetectorError, match="two articles have the id 'report'"):
        scan([*articles(), articles()[0]])
    for compared in (compare, engine.compare_report):
        with pytest.raises(DetectorError, match="two articles have the id 'report'"):
            compared(articles()[0], replace(articles()[1], id="report"))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: scan("folder"), "an Article is needed, not 'f'"),
        (lambda: scan(articles(), against=["a.txt"]), "an Article is needed, not 'a.txt'"),
        (lambda: compare(articles()[0], "a.txt"), "an Article is needed, not 'a.txt'"),
        (lambda: Article(id=1, text="One."), "id of article 1 must be str, not 1"),
        (lambda: Article(id="a", text=None), "text of article 'a' must be str, not None"),
        (lambda: Article(id="a", text="One.", source=5), "source of article 'a' must be str | None, not 5"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(call: Any, told: str) -> None:
    with pytest.raises(DetectorError) as refused:
        call()
    assert told in str(refused.value)


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["Word"], ["Word", ""], ["…", "!!"]])
def test_nothing_to_compare_is_an_empty_report(texts: list[str]) -> None:
    report = scan([Article(id=str(at), text=text) for at, text in enumerate(texts)])
    assert report.matches == ()
    assert len(report.articles) == len(texts)


def test_two_equal_texts_too_short_for_a_passage_are_covered_all_the_same() -> None:
    match = compare(*(Article(id=each, text="Bridge closed for repair") for each in "ab"))
    assert (match.verdict, match.coverage_a, match.coverage_b, match.longest) == ("duplicate", 1.0, 1.0, 4)


def test_two_texts_of_one_and_the_same_word_are_duplicates() -> None:
    (match,) = scan([Article(id="a", text="Word"), Article(id="b", text="word.")]).matches
    assert match.verdict == "duplicate"


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    scan(articles(), progress=lambda *each: told.append(each))
    assert {stage for stage, _, _ in told} == {"signatures", "terms", "comparing"}
    for stage in ("signatures", "terms"):
        assert [each[1:] for each in told if each[0] == stage][-1] == (4, 4)


@pytest.mark.parametrize("error", [OSError, ImportError])
def test_a_first_run_goes_on_where_no_process_may_be_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: type[Exception]
) -> None:
    asked: list[int] = []

    def refuse(workers: int) -> None:
        asked.append(workers)
        raise error

    monkeypatch.setattr(comparing, "processes", refuse)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(comparing, "_COMPARING", Stamp("compare"))
    assert {match.verdict for match in scan(articles(), Settings(workers=2)).matches} >= {"rewrite"}
    assert asked == [1]
    assert comparing._COMPARING.is_set


def test_of_very_many_pairs_only_those_that_share_much_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "EVERY_PAIR", 0)
    found = {frozenset((match.a, match.b)) for match in scan(articles()).matches}
    assert found == {frozenset(("report", "rewrite"))}


def test_pairs_are_taken_so_that_partners_are_near_in_time() -> None:
    chance = np.random.default_rng(1)
    number = chance.permutation(400)  # a ring of neighbours whose numbers say nothing
    pairs = np.sort(np.stack([number, np.roll(number, 1)], axis=1), axis=1).astype(np.int64)
    order = comparing._neighbourly(pairs, 500)
    assert sorted(order.tolist()) == list(range(400))
    met: dict[int, list[int]] = {}
    for at, row in enumerate(pairs[order].tolist()):
        for each in row:
            met.setdefault(each, []).append(at)
    assert max(times[-1] - times[0] for times in met.values()) <= 4
    assert comparing._neighbourly(np.empty((0, 2), np.int64), 3).tolist() == []


def test_an_interrupted_scan_stops_between_two_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "comparing":
            raise KeyboardInterrupt

    real = comparing.match
    monkeypatch.setattr(comparing, "CHUNK_PAIRS", 1)
    monkeypatch.setattr(comparing, "match", lambda *a, **k: judged.append(1) or real(*a, **k))
    with pytest.raises(KeyboardInterrupt):
        scan([Article(id=f"{at}", text=f"{REPORT} Number {at}.") for at in range(40)], Settings(workers=1), progress=stop)
    assert len(judged) < 40


@pytest.mark.parametrize("changed", [("Monday", "Mon"), ("collapsed", "came down"), ("Peter Vaughan", "Paul Vaughan")])
def test_who_credits_an_outlet_in_the_folder_took_from_it_and_not_from_an_edited_copy(changed: tuple[str, str]) -> None:
    texts = {
        "wire": ("Northern Wire", REPORT),
        "copy": ("News Mill", REPORT.replace(*changed)),
        "page": ("Daily Digest", REWRITE),
    }
    report = scan([Article(id=name, text=text, source=source) for name, (source, text) in texts.items()])
    taken, beside = between(report, "wire", "page"), between(report, "copy", "page")
    assert taken.direction is not None
    assert taken.direction.source == "wire"
    assert beside.verdict == "common-source"
    assert "wire" in beside.evidence[-1].sentence
    assert report.families[0].members == ("copy", "page", "wire")


KYIV = (Path(__file__).parents[1] / "seeds" / "kyiv-independent.txt").read_text(encoding="utf-8")
CNN = (Path(__file__).parents[1] / "seeds" / "cnn.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("quick", [False, True])
def test_one_text_in_two_layouts_is_one_text_and_neither_is_the_source(quick: bool) -> None:
    pair = [Article(id="page", text=KYIV), Article(id="line", text=" ".join(KYIV.split()))]
    (match,) = scan(pair, near_duplicates_only=quick).matches
    assert (match.verdict, match.jaccard, match.direction) == ("duplicate", 1.0, None)


@pytest.mark.parametrize("quick", [False, True])
def test_currencies_of_the_story_tell_texts_apart_and_those_below_it_do_not(quick: bool) -> None:
    told = f"{REPORT}\n\nThe repair will cost $5 million, the county said, and it will be paid for by a loan of $2 million."

    def verdict(other: str) -> str:
        return scan([Article(id="a", text=told), Article(id="b", text=other)], near_duplicates_only=quick).matches[0].verdict

    assert verdict(told.replace("$", "€")) == "near-duplicate"
    assert verdict(f"{told}\n\nSubscribe for $1 a week") == "duplicate"


def test_letters_that_look_like_others_change_no_word() -> None:
    masked = REPORT.translate(str.maketrans("aeo", "аео"))
    (match,) = scan([Article(id="a", text=REPORT), Article(id="b", text=masked)]).matches
    assert match.verdict == "duplicate"
    assert match.direction is None
    assert not [each for each in match.facts if each.state != "shared"]


def test_latin_letters_among_cyrillic_ones_change_no_word() -> None:
    masked = Article(id="b", text=RUSSIAN.translate(str.maketrans("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX")))
    (match,) = scan([Article(id="a", text=RUSSIAN), masked]).matches
    assert match.verdict == "duplicate"


RUSSIAN = (
    "Городской совет Верхнего Устья в понедельник принял бюджет на новый год. А жители посёлка Карповка остались без моста, "
    "который обещали построить ещё весной. «О сроках говорить рано», — сказал мэр Антон Котов. По его словам, смета выросла "
    "до 42 миллионов рублей, и у города нет таких денег. Старый мост закрыли после паводка, с тех пор люди ходят по льду."
)


def test_a_digest_of_two_texts_may_be_their_source_or_made_of_them() -> None:
    digest = Article(id="digest", text=f"{CNN}\n\n{KYIV}")
    report = scan([Article(id="cnn", text=CNN), Article(id="kyiv", text=KYIV), digest])
    found = {frozenset((each.a, each.b)): each for each in report.matches}
    for part in ("cnn", "kyiv"):
        assert (found[frozenset((part, "digest"))].verdict, found[frozenset((part, "digest"))].direction) == ("rewrite", None)
        assert "one stands in the other, cut from it or lengthened" in found[frozenset((part, "digest"))].evidence[-1].sentence
    assert found[frozenset(("cnn", "kyiv"))].verdict == "same-event"


def test_an_address_does_not_hide_the_outlet_of_the_dateline() -> None:
    told = "{} The old stone bridge at Kerr collapsed on Monday night and took a lorry with it, police said in the morning. {}"
    rest = "Firefighters closed the road at once, and people who live by the river spent the night in a school at Orr."
    own = Article(id="own", text=told.format("KERR, N.H. (CNN) —", rest), url="https://edition.cnn.com/2024/bridge")
    taken = Article(id="taken", text=told.format("CNN reported a fall.", f"That is what CNN reported. {rest}"))
    match = compare(own, taken)
    assert match.direction is not None
    assert match.direction.source == "own"


def test_a_few_common_words_in_quotation_marks_make_no_event() -> None:
    said = "“We are going to find out,” a man said. "
    assert scan([Article(id="a", text=said + REPORT), Article(id="b", text=said + UNRELATED)]).matches == ()


def test_masked_copies_are_found_by_their_signatures() -> None:
    masked = Article(id="masked", text=REPORT.translate(str.maketrans("ae", "ае")))
    (match,) = scan([Article(id="a", text=REPORT), masked], near_duplicates_only=True).matches
    assert match.verdict == "duplicate"


@pytest.mark.filterwarnings("error")
def test_texts_without_a_body_are_copies_of_nothing() -> None:
    assert scan([Article(id=each, text="Read more") for each in "ab"], near_duplicates_only=True).matches == ()


def test_articles_of_one_address_are_of_one_outlet() -> None:
    pair = [Article(id=each, text=REPORT, url=f"https://www.quay.example/{each}") for each in "ab"]
    assert scan(pair, Settings(same_source=False)).matches == ()
    elsewhere = [pair[0], replace(pair[1], url="https://echo.example/b")]
    assert len(scan(elsewhere, Settings(same_source=False)).matches) == 1
    known = [replace(pair[0], url=None, source="BBC"), replace(pair[1], url="https://www.bbc.co.uk/news/b")]
    assert scan(known, Settings(same_source=False)).matches == ()
