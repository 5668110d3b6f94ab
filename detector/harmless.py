"""Other people's texts, names and ids, shown so that they can control neither a page nor a terminal."""

from __future__ import annotations

import re

# What HTML may not hold, and what would control a terminal: controls except tab, line feed, form feed and carriage return,
# surrogates, and the last two code points of every plane.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Controls of the text direction, as a class of a regular expression: they make "exe.txt" of "txt.exe"."""
_TURNING = re.compile(f"[{TURNING}]")
_UNTURNED = re.compile(f"(\u2068[^\\n{TURNING}]*\u2069)|[{TURNING}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]")


def harmless(text: str) -> str:
    """A text that can control neither a terminal nor the direction of what is around it: U+FFFD stands for what would.

    A piece as :func:`isolated` makes it stays as it is.
    """
    return _UNTURNED.sub(lambda found: found[1] or "\ufffd", FORBIDDEN.sub("\ufffd", text))


def isolated(name: str) -> str:
    """An id that cannot change the text direction of its sentence; characters that would are shown as U+FFFD."""
    name = _TURNING.sub("\ufffd", name)
    return f"\u2068{name}\u2069" if _RIGHT_TO_LEFT.search(name) else name
