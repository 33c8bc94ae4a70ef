"""Exports of LexisNexis, Factiva, Telegram and WordPress; mails; Word and PDF documents."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest

from tests.sources.conftest import Reads

DAY = date(2023, 8, 4)
FIRST = "The lock at Merrow will be drained on Monday, the canal trust said."
SECOND = "“Nobody likes a closed lock,” said Ruth Ansell, who runs the trust."


def lexis(number: int, of: int, day: str) -> str:
    return (
        f"{number} of {of} DOCUMENTS\n\nMerrow Echo\n\n{day} Friday\nCity Edition\n\nLock at Merrow to be drained\n\nBYLINE: Ada Moss\n\n"
        f"SECTION: NEWS; Pg. 4\n\nLENGTH: 46 words\n\n{FIRST}\n\n{SECOND}\n\nLOAD-DATE: August 9, 2023\n\nLANGUAGE: ENGLISH\n\n"
        "PUBLICATION-TYPE: Newspaper\n\nCopyright 2023 Merrow Echo\nAll Rights Reserved\n\n"
    )


def test_lexisnexis(read: Reads) -> None:
    one, two = read("a.txt", lexis(1, 2, "August 4, 2023") + lexis(2, 2, "August 11, 2023")).articles
    assert (one.published, two.published) == (DAY, date(2023, 8, 11))
    assert (one.title, one.publisher, one.language) == ("Lock at Merrow to be drained", "Merrow Echo", "en")
    assert one.text == f"{FIRST}\n\n{SECOND}"


def test_nexis_uni(read: Reads) -> None:
    part = (
        "Lock at Merrow to be drained\nMerrow Echo\nAugust 4, 2023 Friday\n\nCopyright 2023 Echo\n\nSection: NEWS\nLength: 46 words\nByline: Ada Moss\n\nBody\n\n\n"
        f"{FIRST}\n\n{SECOND}\n\nLoad-Date: August 9, 2023\n\n\nEnd of Document\n"
    )
    found = read("a.txt", part * 2)
    assert [a.text for a in found.articles] == [f"{FIRST}\n\n{SECOND}"] * 2
    assert found.articles[0].published == DAY
    assert found.articles[0].title == "Lock at Merrow to be drained"


def test_factiva(read: Reads) -> None:
    record = (
        f"HD Lock at Merrow to be drained\nBY By Ada Moss\nWC 46 words\nPD 4 August 2023\nET 09:15\nSN Merrow Echo\nSC MERE\nLA English\n"
        f"CY Copyright 2023\nLP {FIRST}\nTD {SECOND}\nIN iwater : Water\nAN Document MERE000020230804ej840001\n\n"
    )
    found = read("a.txt", record + record.replace("4 August", "11 August"))
    one, two = found.articles
    assert (one.published_at, two.published) == (datetime(2023, 8, 4, 9, 15), date(2023, 8, 11))
    assert (one.title, one.publisher, one.text) == (
        "Lock at Merrow to be drained",
        "Merrow Echo",
        f"{FIRST}\n\n{SECOND}",
    )


def test_telegram(read: Reads) -> None:
    export = {
        "name": "Merrow Echo", "type": "public_channel", "id": 1,
        "messages": [
            {"id": 1, "type": "service", "date": "2023-08-01T09:00:00", "action": "create_channel"},
            {"id": 2, "type": "message", "date": "2023-08-04T09:00:00", "date_unixtime": "1691132400", "text": FIRST},
            {"id": 3, "type": "message", "date": "2023-08-04T10:00:00", "text": ["Read ", {"type": "bold", "text": "this"}, "."]},
            {"id": 4, "type": "message", "date": "2023-08-04T11:00:00", "photo": "a.jpg", "text": ""},
            {"id": 5, "type": "message", "date": "soon", "text": "Undated."},
        ],
    }  # fmt: skip
    found = read("result.json", json.dumps(export))
    assert [a.text for a in found.articles] == [FIRST, "Read this."]
    assert (found.articles[0].published, found.articles[0].publisher) == (DAY, "Merrow Echo")
    assert "#5" in str(found.problems[0])


def test_wordpress(read: Reads) -> None:
    def item(number: int, kind: str = "post", status: str = "publish") -> str:
        return (
            f"<item><title>Lock {number}</title><link>https://echo.example/{number}</link><pubDate>Sat, 05 Aug 2023 03:00:00 +0000</pubDate>"
            f"<content:encoded><![CDATA[<p>{FIRST}</p>\n<p>{SECOND}</p>]]></content:encoded><wp:post_date>2023-08-04 23:00:00</wp:post_date>"
            f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type></item>"
        )

    head = (
        '<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Merrow Echo</title>'
    )
    found = read(
        "a.xml", head + item(1) + item(2, status="draft") + item(3, "attachment") + "</channel></rss>"
    )
    article = found.only
    assert (article.published, article.title, article.publisher) == (DAY, "Lock 1", "Merrow Echo")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    bomb = (
        head.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')
        + item(1).replace("Lock 1", "&x;")
        + "</channel></rss>"
    )
    assert "root:" not in str(read("b.xml", bomb).articles)


def mail(plain: str | None = f"{FIRST}\n\n{SECOND}\n", html: str | None = f"<p>{FIRST}</p>") -> bytes:
    message = EmailMessage()
    message["Subject"] = "Morning: Zoë’s lock"
    message["From"] = "Merrow Echo <news@echo.example>"
    message["Date"] = "Fri, 04 Aug 2023 06:00:00 +0200"
    if plain is not None:
        message.set_content(plain, cte="quoted-printable")
    if html is not None:
        (message.add_alternative if plain is not None else message.set_content)(html, subtype="html")
    return message.as_bytes()


def test_a_newsletter(read: Reads) -> None:
    article = read("a.eml", mail()).only
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.publisher, article.published) == (
        "Morning: Zoë’s lock",
        "Merrow Echo",
        DAY,
    )
    assert article.dated_by == "mail header"
    assert read("b.eml", mail(plain=None)).only.text == FIRST
    assert read("noname", mail()).only.title == "Morning: Zoë’s lock"


def test_a_mailbox(read: Reads) -> None:
    found = read(
        "a.mbox",
        b"".join(
            b"From news@echo.example Fri Aug  4 06:00:00 2023\n" + m + b"\n"
            for m in (mail(), mail(html=None), b"Subject: x\n\nNo day.\n")
        ),
    )
    assert len(found.articles) == 2
    assert "#3" in str(found.problems[0])


def test_the_lines_of_a_mail_are_joined(read: Reads) -> None:
    cut = "The lock at Merrow will be drained on Monday so that divers can\nlook at its gates, the canal trust said on Friday in a letter to\nall who keep a boat there. “Nobody likes a closed lock in August,\nand we have left this late,” said Ruth Ansell.\n"
    assert "“Nobody likes a closed lock in August, and" in read("a.eml", mail(cut, None)).only.text


def test_a_word_document(read: Reads) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Lock at Merrow to be drained", 0)
    for text in ("4 August 2023", FIRST, SECOND):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    article = read("a.docx", out.getvalue()).only
    assert (article.published, article.title) == (DAY, "Lock at Merrow to be drained")
    assert article.text.endswith(f"{FIRST}\n\n{SECOND}")
    assert "damaged" in read("b.docx", out.getvalue()[:2000]).problem
    undated = docx.Document()
    undated.add_paragraph(FIRST)
    undated.core_properties.created = datetime(2023, 8, 4, tzinfo=UTC)
    undated.save(out := io.BytesIO())
    found = read("c.docx", out.getvalue())
    assert (found.only.dated_by or "").endswith("(guessed)")
    assert found.warnings


def a_pdf(lines: list[str], made: str = "") -> bytes:
    """The smallest PDF with lines of text on one page."""
    drawn = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td {drawn} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {made} >>".encode(),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 7\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_a_pdf_document(read: Reads) -> None:
    pytest.importorskip("pypdf")
    lines = ["FOR IMMEDIATE RELEASE", "4 August 2023", "The lock at Merrow will be drained on Monday."]
    article = read("a.pdf", a_pdf(lines)).only
    assert article.published == DAY
    assert "drained on Monday." in article.text
    found = read("b.pdf", a_pdf(lines[2:], "/CreationDate (D:20230804090000Z)"))
    assert (found.only.published, found.only.dated_by) == (DAY, "the day the file was made (guessed)")
    assert read("c.pdf", a_pdf([])).problem
    assert read("d.pdf", b"%PDF-1.7 and nothing else").problem


@pytest.mark.parametrize(
    ("library", "name", "data"),
    [("docx", "a.docx", b"PK\x03\x04word/document.xml"), ("pypdf", "a.pdf", a_pdf(["x"]))],
)
def test_without_their_library_the_way_to_it_is_told(
    read: Reads, monkeypatch: pytest.MonkeyPatch, library: str, name: str, data: bytes
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, library, None)
    assert "pip install '.[documents]'" in read(name, data).problem


def test_a_mail_of_an_impossible_moment_takes_no_other_with_it(read: Reads) -> None:
    def mail(seconds: str) -> str:
        head = f"From a@b.example Fri Aug  4 06:00:00 2023\nFrom: a@b.example\nDate: Fri, 04 Aug 2023 06:00:{seconds} +0000\n"
        return f"{head}Subject: Lock\n\nThe lock at Merrow will be drained.\n\n"

    found = read("a.mbox", mail("9" * 40) + mail("00"))
    assert len(found.articles) == 1
    assert "#1: the mail is damaged" in str(found.problems[0])
