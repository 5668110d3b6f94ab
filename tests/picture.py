"""The screenshot in the README: ``python -m tests.picture docs/report.png`` (``make picture``)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from detector.engine import scan
from detector.read import read_articles
from detector.reporting.page import write_report

from .test_browser import QUIET, installed

SIZE = {"width": 1280, "height": 720}


def main(target: str) -> None:
    """The match of the example articles, with a passage followed and the original sentences marked."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        write_report(scan(read_articles(["seeds"])), file)
        browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")  # type: ignore[arg-type]
        page.goto(file.as_uri())
        page.locator("#m1 input[value=is-original]").first.check()
        page.evaluate("document.getElementById('m1').scrollIntoView()")
        page.wait_for_function("document.getElementById('m1').dataset.words")
        page.locator("#m1a a[data-span='3']").first.focus()
        Path(target).parent.mkdir(exist_ok=True)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
