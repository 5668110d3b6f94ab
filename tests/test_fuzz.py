"""From any bytes to articles, documents and spans: nothing raises, and every offset lies in its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import files
from tests.fuzz import inputs

SEEDS = [
    bytes([inputs.SUFFIXES.index(suffix)]) + data
    for name, data in files.MADE.items()
    if (suffix := name.partition(".")[2]) in inputs.SUFFIXES
]

FOUND = [bytes([inputs.SUFFIXES.index("rss")]) + b"<item<title</content:encoded<"]  # content that is None
"""What the fuzzer or these tests once failed on."""


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file with some bytes exchanged, a piece dropped, or a piece doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(1, len(data) - 1)) if len(data) > 1 else 0
        how = draw(st.sampled_from(["byte", "drop", "double", "insert"]))
        size = draw(st.integers(1, 200))
        if how == "byte":
            data[at] = draw(st.integers(0, 255))
        elif how == "drop" and at:
            del data[at : at + size]
        elif how == "double":
            data[at:at] = data[at : at + size]
        else:
            data[at:at] = draw(st.binary(max_size=20) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace")))
    return bytes(data)


@pytest.mark.parametrize("data", SEEDS)
def test_a_whole_file_gives_an_article(data: bytes, tmp_path: Path) -> None:
    assert inputs.run(data, str(tmp_path)) == 1


@pytest.mark.parametrize("data", FOUND)
def test_what_was_found_once_stays_mended(data: bytes, tmp_path: Path) -> None:
    inputs.run(data, str(tmp_path))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged() | st.binary(max_size=400))
def test_any_bytes_of_any_format_are_read_or_skipped_and_offsets_are_right(data: bytes) -> None:
    inputs.run(data)


quoted = st.lists(
    st.sampled_from(
        ["“", "”", "„", "«", "»", "「", "」", '"', "‘", "’", ".", "!", "。", "؟", "।", "։", "\n", "\n\n", " ", "\u200b", "\u00ad"]
    )
    | st.sampled_from(["said", "Jane Doe", "(AP)", "LONDON", "—", "U.S.", "e\u0301", "\U0001f600", "مرحبا", "नमस्ते", "สวัสดี", "橋"])
    | st.text(max_size=8),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(quoted)
def test_any_text_has_its_offsets_right(text: str) -> None:
    if text.strip():
        inputs.run(b"\0" + text.encode("utf-8", "replace"))
