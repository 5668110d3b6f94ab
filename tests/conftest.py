"""What several test files need."""

from pathlib import Path

import pytest

from detector import minhash
from detector.languages import words
from detector.model import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of example articles. A source distribution has none: its tests go without."""
    folder = ROOT / "seeds"
    if not folder.exists() and (ROOT / "PKG-INFO").exists():
        pytest.skip("the example articles are in the repository only")
    return folder


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed does not depend on where the tests are run."""
    for name in ("FORCE_COLOR", "NO_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says when it was made: here always at the same time."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Compile before any test counts the lines of what a person is told."""
    words.words("")
    minhash.signatures([""], Settings())
