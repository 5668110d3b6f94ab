"""Files of every format for the tests, made by the libraries that make them, with sentences of our own."""

from __future__ import annotations

import csv
import io
import json
import os
import tarfile
import zipfile
from email.message import EmailMessage

from detector.model import Article
from detector.read import read_each

TITLE = "Lighthouse keeper finds a bottle from 1911"
AUTHOR = "Mara Ellison"
OUTLET = "Quay Courier"
DAY = "2024-05-17"
URL = "https://quay.example/bottle"
PARAGRAPHS = [
    "A lighthouse keeper on the island of Storrey has found a bottle that a schoolgirl threw into the sea in 1911, the "
    "county museum confirmed on Friday.",
    "The letter inside asks whoever finds it to greet her aunt in Norway. It is legible, a curator said, because the cork was "
    "sealed with candle wax.",
    "Nobody of the family lives on the island any more. The museum hopes that a grandchild will read of the find and call.",
]
BODY = "\n\n".join(PARAGRAPHS)


def read_one(path: str | os.PathLike[str]) -> Article:
    """The article in a file, or in a file of many if the path ends with its place."""
    return read_each([path])[0]


def tar(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """An archive of files by their names."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """The same as a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def page(paragraphs: list[str] = PARAGRAPHS, charset: str = "utf-8") -> bytes:
    """A page as sites serve it: the article between a menu and a list of other stories."""
    links = "".join(f'<li><a href="/{at}">Another story, number {at}</a></li>' for at in range(12))
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>{TITLE} | {OUTLET}</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="{OUTLET}">
<meta name="author" content="{AUTHOR}"><meta property="article:published_time" content="{DAY}T09:30:00Z">
<link rel="canonical" href="{URL}"></head><body><nav><ul>{links}</ul></nav>
<main><article><h1>{TITLE}</h1>{body}</article></main>
<aside><h2>Most read</h2><ul>{links}</ul></aside><footer>All rights reserved. <a href="/terms">Terms</a></footer>
<script>document.body.innerHTML = "changed";</script></body></html>""".encode(charset)


RECORD = {"title": TITLE, "author": AUTHOR, "source": OUTLET, "published": DAY, "url": URL, "text": BODY}


def table(delimiter: str = ",") -> bytes:
    """The article as a row under a heading."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([[*RECORD], [*RECORD.values()]])
    return out.getvalue().encode()


def parquet() -> bytes:
    """The article as a row of a table in columns, beside a picture."""
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    columns = {name: [value] for name, value in RECORD.items()} | {"picture": [b"\x89PNG\0"]}
    parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def mail(*, html: bool = False) -> bytes:
    """The article sent as a mail, with a picture."""
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, f"{AUTHOR} <mara@quay.example>"
    message["Date"] = "Fri, 17 May 2024 09:30:00 +0200"
    message.set_content("".join(f"<p>{each}</p>" for each in PARAGRAPHS) if html else BODY, subtype="html" if html else "plain")
    message.add_attachment(b"\x89PNG\0", maintype="image", subtype="png", filename="bottle.png")
    return message.as_bytes()


def saved_page() -> bytes:
    """The page as a browser saves it in one file."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = URL
    message["Subject"] = TITLE
    message.set_content(page().decode(), subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG\0", maintype="image", subtype="png")
    return message.as_bytes()


def rss() -> bytes:
    """The article as the entry of a feed, its markup escaped."""
    body = "".join(f"&lt;p&gt;{each}&lt;/p&gt;" for each in PARAGRAPHS)
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{OUTLET}</title><link>https://quay.example/</link>
<item><title>{TITLE}</title><link>{URL}</link><dc:creator>{AUTHOR}</dc:creator><pubDate>Fri, 17 May 2024 09:30:00 GMT</pubDate>
<description>A bottle.</description><content:encoded>{body}</content:encoded></item></channel></rss>""".encode()


def atom() -> bytes:
    """The same as Atom."""
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title>
<id>urn:quay</id><updated>2024-05-18T00:00:00Z</updated><entry><title>{TITLE}</title><id>{URL}</id><link href="{URL}"/>
<author><name>{AUTHOR}</name></author><published>2024-05-17T09:30:00Z</published><updated>2024-05-18T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content></entry></feed>""".encode()


def docx() -> bytes:
    """The article as a Word document."""
    import docx as library

    document = library.Document()
    for each in PARAGRAPHS:
        document.add_paragraph(each)
    document.core_properties.title, document.core_properties.author = TITLE, AUTHOR
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf() -> bytes:
    """The article as a PDF of a page, written by hand: a line a sentence."""
    lines = [line for each in PARAGRAPHS for line in each.replace(". ", ".\n").split("\n")]
    drawn = "BT /F1 8 Tf 40 800 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({TITLE}) /Author ({AUTHOR}) /CreationDate (D:20240517093000Z) >>",
    ]
    out, places = "%PDF-1.4\n", []
    for at, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{at} 0 obj\n{each}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}{trailer}".encode()


def front_matter() -> bytes:
    """The article as a text."""
    return ("---\n" + "".join(f"{name}: {RECORD[name]}\n" for name in RECORD if name != "text") + "---\n" + BODY).encode()


MADE = {
    "a.txt": front_matter(),
    "a.md": front_matter(),
    "a.html": page(),
    "a.htm": page(),
    "a.mhtml": saved_page(),
    "a.mht": saved_page(),
    "a.json": json.dumps(RECORD).encode(),
    "a.jsonl": json.dumps(RECORD).encode() + b"\n",
    "a.ndjson": json.dumps(RECORD).encode(),
    "a.csv": table(),
    "a.tsv": table("\t"),
    "a.parquet": parquet(),
    "a.eml": mail(),
    "a.rss": rss(),
    "a.atom": atom(),
    "a.docx": docx(),
    "a.pdf": pdf(),
}
"""A file of each format that holds the article."""
