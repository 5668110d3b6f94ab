"""Bytes to text: by byte order mark, else as UTF-8, else by the declared encoding, else by charset-normalizer.

Text that was decoded wrongly before it was written is left as it is: a repair would shift every offset.
"""

from __future__ import annotations

import codecs
import re

from .opening import UnreadableError

# Share of control characters: damaged news has up to 1.3 % (quotation marks cut to a byte), compressed data 10 % or more.
_CONTROL_SHARE = 0.05
_MAGIC = {  # signatures of files that could pass for text, or that deserve a plainer word than "binary"
    b"%PDF-": "a PDF file",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x1f\x8b": "a gzip file",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DAMAGED_SHARE = 0.1  # damaged UTF-8 keeps most of its characters; another encoding hardly ever forms one by chance
_BOMS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Given all its encodings, charset-normalizer takes Polish for Celtic and some Russian for old Macintosh files.
_ENCODINGS = [f"cp{page}" for page in (1252, *range(1250, 1259), 874)]
_ENCODINGS += ["iso8859_2", "koi8_r", "koi8_u", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_DETECT_BYTES = 2**16  # of the non-ASCII lines; more makes the answer slower, not surer


_DECLARED = re.compile(
    rb"""<(?:\?xml[^>]{0,100}\bencoding|meta\b[^>]{0,200}\bcharset)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096  # bytes of a page or feed; the standard asks for 1024
_NO_ENCODINGS = {"idna", "undefined", "punycode", "unicode-escape", "raw-unicode-escape"}  # which Python counts as text
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # as in every browser


WESTERN = "detector.western"
"""An error handler for input whose encoding was not yet known: bytes that are not UTF-8 are decoded as cp1252."""


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(WESTERN, _as_western)


def decoded(data: bytes, declared: str | None = None) -> str:
    """Decode a text. Raises :class:`UnreadableError` if it is not text."""
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadableError(f"{name}, not a text")
    return _no_binary(data.decode(encoding_of(data, declared), "replace")).removeprefix("\ufeff")


def declared_in(page: bytes) -> str | None:
    """The encoding that a page or feed declares."""
    found = _DECLARED.search(page[:_DECLARED_WITHIN])
    return found[1].decode("ascii", "replace") if found else None


def checked(text: str) -> str:
    """The text with lone surrogates replaced, so that it can be stored. Raises :class:`UnreadableError` for binary data."""
    return _SURROGATES.sub("\ufffd", _no_binary(text))


def _no_binary(text: str) -> str:
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise UnreadableError("a binary file (too many control characters for a text)")
    return text


def marked(data: bytes) -> str | None:
    """The encoding that a byte order mark of UTF-16 or UTF-32 at the beginning of a text tells."""
    return next((codec for mark, codec in _BOMS.items() if data.startswith(mark)), None)


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """The encoding of a text or of the beginning of one. Raises :class:`UnreadableError` if none fits."""
    if codec := marked(data):
        return codec
    if b"\0" in data:
        raise UnreadableError("a binary file (it holds NUL bytes)")
    text = data.decode("utf-8", "replace")
    damage = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - damage
    told = _codec(declared)
    if damage <= _DAMAGED_SHARE * whole:
        return told if told and not whole else "utf-8"  # what looks like ASCII may be ISO-2022
    if told and told != "utf-8":
        return told
    from charset_normalizer import from_bytes

    sample = b""
    for line in data.splitlines(keepends=True):
        sample += b"" if line.isascii() else line
        if len(sample) > _DETECT_BYTES:
            break
    matches = list(from_bytes(sample, cp_isolation=_ENCODINGS)) if sample else []
    if not matches:
        raise UnreadableError("neither UTF-8 nor another encoding of text")
    # A short text in a western language also reads well in cp1250 or cp1258, which share most of its letters.
    best = matches[0]
    western = next((each for each in matches if each.encoding == "cp1252" and each.chaos <= best.chaos), best)
    return (western if best.encoding == "cp1258" or western.coherence >= best.coherence else best).encoding


def _codec(declared: str | None) -> str | None:
    """The codec for a declared encoding; ``None`` if it is unknown or not an encoding of text."""
    try:
        codec = codecs.lookup(declared or "")
    except (LookupError, ValueError):
        return None
    name = codec.name.replace("_", "-")
    text = getattr(codec, "_is_text_encoding", True) and name not in _NO_ENCODINGS
    text = text and not name.startswith(("utf-16", "utf-32", "utf-7"))
    return _READ_AS.get(codec.name, codec.name) if text else None
