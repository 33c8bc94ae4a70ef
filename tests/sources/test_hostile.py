"""Inputs made to harm: each is named, nothing hangs, and what lies beside it is read."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.sources import open_source
from tests.sources.conftest import Reads, a_page, sort_out

REPORT = "date 2023-08-04 The lock at Merrow will be drained on Monday."
STAMP = '<meta property="article:published_time" content="2023-08-04T09:00:00+01:00">'
DEEP = "[" * 100_000 + "]" * 100_000
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", DEEP),
        ("deep.jsonl", '{"a":1}\n' + DEEP),
        ("deep-telegram.json", '{"name": "x", "type": "public_channel", "messages": [' + DEEP),
        ("laughs.xml", f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{LAUGHS}]><l>&l8;</l>'),
        ("laughs.rss", f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]><rss version="2.0"><channel><title>&l8;</title></channel></rss>'),
        ("attributes.html", "<html><body><p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p></body></html>"),
        ("nested.html", "<div>" * 50_000 + "x" + "</div>" * 50_000),
        ("long.txt", "date 2023-08-04 " + "word " * 500_000),
        ("sitemap.xml", '<?xml version="1.0"?><urlset><url><loc>https://a.example/</loc></url></urlset>'),
        ("release.rtf", r"{\rtf1\ansi 4 August 2023\par The lock.\par}"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("noise.txt", bytes(range(256)) * 40),
        ("subject.eml", "Subject: " + "=?utf-8?Q?a?= " * 20_000 + "\nDate: Fri, 04 Aug 2023 06:00:00 +0000\nFrom: a@b.example\n\nx"),
        ("type.eml", "Subject: x\nDate: Fri, 04 Aug 2023 06:00:00 +0000\nContent-Type: text/plain" + "; a=b" * 50_000 + "\nFrom: a@b.example\n\nx"),
        ("parts.eml", "MIME-Version: 1.0\nSubject: x\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=a\n\n" + "--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000),
    ],
)  # fmt: skip
def test_one_bad_input_is_named_and_the_rest_is_read(tmp_path: Path, name: str, data: str | bytes) -> None:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    (tmp_path / "zz.txt").write_text(REPORT, encoding="utf-8")
    begun = time.process_time()
    found = sort_out(open_source(str(tmp_path)))
    assert time.process_time() - begun < 60
    assert [Path(a.source).name for a in found.articles] == ["zz.txt"]
    assert all(name in str(problem) for problem in found.problems)
    assert found.problems


OUTSIDE = "the word that lies in another file"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.xml", '<?xml version="1.0"?><rss version="2.0"><channel>' + "<item></item>" * 40 + "</channel></rss>"),
        ("news.zip", None),
        ("box.mbox", "From a@b.example Fri Aug  4 06:00:00 2023\nSubject: x\n\n" * 40),
    ],
)  # fmt: skip
def test_parts_with_the_same_fault_are_counted(read: Reads, name: str, data: str | None) -> None:
    if data is None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for number in range(40):
                archive.writestr(f"{number}.txt", "")
            archive.writestr("lock.txt", REPORT)
        found = read(name, packed.getvalue())
        assert len(found.articles) == 1
    else:
        found = read(name, data)
    assert len(found.problems) == 11
    assert "so are 40 of its parts; the first 10 are named above" in str(found.problems[-1])


@pytest.mark.parametrize("scheme", ["file", "parameter"])
@pytest.mark.parametrize("kind", ["page", "feed", "export", "document"])
def test_no_entity_brings_in_another_file(tmp_path: Path, kind: str, scheme: str) -> None:
    """Whatever a page, a feed, an export or a document declares, nothing but its own bytes is read."""
    secret = tmp_path / "secret.dtd"
    secret.write_text(OUTSIDE, encoding="utf-8")
    outside = f'<!ENTITY x SYSTEM "{secret.as_uri()}">'
    if scheme == "parameter":
        outside = f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p; <!ENTITY x "&p;">'
    folder = tmp_path / "given"
    folder.mkdir()
    if kind == "page":
        page = a_page(STAMP, before="<p>&x; of the lock</p>")
        (folder / "a.html").write_text(
            page.replace("<!doctype html>", f"<!DOCTYPE html [{outside}]>"), encoding="utf-8"
        )
    elif kind == "document":
        parts = io.BytesIO()
        document = docx.Document()
        document.add_paragraph("4 August 2023")
        document.add_paragraph("The lock at Merrow will be drained. HERE")
        document.save(parts)
        with zipfile.ZipFile(parts) as whole, zipfile.ZipFile(folder / "a.docx", "w") as changed:
            for part in whole.infolist():
                data = whole.read(part)
                if part.filename == "word/document.xml":
                    declared = f"<!DOCTYPE w:document [{outside}]>".encode()
                    data = data.replace(b"?>", b"?>" + declared, 1).replace(b"HERE", b"&x;")
                changed.writestr(part, data)
    else:
        namespace = ' xmlns:wp="http://wordpress.org/export/1.2/"' if kind == "export" else ""
        (folder / "a.xml").write_text(
            f'<?xml version="1.0"?><!DOCTYPE rss [{outside}]><rss version="2.0"{namespace}><channel><title>Merrow</title><item>'
            "<title>&x; lock</title><pubDate>Fri, 04 Aug 2023 06:00:00 +0000</pubDate><description>The lock &x; will be drained.</description>"
            "</item></channel></rss>",
            encoding="utf-8",
        )  # fmt: skip
    found = sort_out(open_source(str(folder)))
    assert found.articles or found.problems
    for article in found.articles:
        assert "another file" not in f"{article.text} {article.title} {article.publisher}"
    for problem in found.problems:
        assert "another file" not in str(problem)


def test_numbers_without_end_are_no_days(read: Reads) -> None:
    rows = ['{"date": ' + "9" * length + ', "text": "A."}' for length in (400, 5000)]
    found = read("a.jsonl", "\n".join([*rows, '{"date": "2023-08-04", "text": "B."}']))
    assert [a.text for a in found.articles] == ["B."]
    assert found.problems
    (problem,) = read("b.jsonl", f'{{"date": {10**30}, "text": "A."}}').problems
    assert f"{10**30} tells no day" in str(problem)


def test_a_document_with_entities_of_its_own_is_told_so(read: Reads) -> None:
    feed = '<rss version="2.0"><channel><title>Merrow</title></channel></rss>'
    for begun in (f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>', "<!DOCTYPE rss [<!ENTITY l0 ']'>]>"):
        for name in ("a.xml", "a.rss"):
            (problem,) = read(name, f'<?xml version="1.0"?>{begun}{feed}').problems
            assert f"{name}: it declares entities of its own (<!ENTITY …>), which are not read" in str(
                problem
            )


@pytest.mark.parametrize(
    "parts",
    [
        {"[Content_Types].xml": "<x/>"},
        {"[Content_Types].xml": ""},
        {},
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        },
    ],
)
def test_a_damaged_word_document_is_called_damaged(tmp_path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        for name, content in {**parts, "word/document.xml": "<w:document>x</w:document>"}.items():
            archive.writestr(name, content)
    (problem,) = sort_out(open_source(str(tmp_path / "a.docx"))).problems
    assert "a.docx: the document is damaged" in str(problem)
    assert "Error" not in str(problem)


@pytest.mark.parametrize(
    "unseen", ["\u200b\u2060\ufeff", "\u3164 \u2800", "\u0301\ufe0f", "\x01\x02", "\u200b\n\n\u200b"]
)
def test_a_text_that_nobody_can_see_is_empty(read: Reads, unseen: str) -> None:
    mail = f"From: a@b.example\nDate: Fri, 04 Aug 2023 06:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{unseen}"
    table = json.dumps({"date": "2023-08-04", "text": unseen})
    for name, data in (("a.txt", f"date 2023-08-04\n\n{unseen}"), ("a.jsonl", table), ("a.eml", mail)):
        found = read(name, data)
        assert found.articles == []
        (problem,) = found.problems
        assert "empty" in str(problem) or "no text" in str(problem)
    seen = json.dumps({"date": "2023-08-04", "text": f"{unseen}!"})
    assert read("b.jsonl", seen).articles


def test_lone_surrogates_can_be_stored(read: Reads) -> None:
    broken = r'{"date": "2023-08-04", "text": "A \ud83d.", "title": "T \ud83d", "url": "https://a.example/\ud83d", "publisher": "P\ud83d", "language": "\ud83d"}'
    article = read("a.jsonl", broken).only
    for value in (article.text, article.title, article.url, article.publisher, article.language or ""):
        assert value is not None
        value.encode("utf-8")


@pytest.mark.parametrize(
    "charset",
    [
        "idna",
        "punycode",
        "unicode_escape",
        "rot13",
        "zlib",
        "utf-7",
        "hex",
        "no-such",
        "\xff",
        "x" * 5000,
        "undefined",
    ],
)
def test_what_a_page_declares_is_not_believed(read: Reads, charset: str) -> None:
    page = a_page(STAMP).replace('charset="utf-8"', f'charset="{charset}"').replace("said Ruth", "said Zoë")
    assert "Zoë" in read("a.html", page.encode("cp1252", "replace")).only.text


def test_pipes_and_devices_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "zz.txt").write_text(REPORT, encoding="utf-8")
    found = sort_out(open_source(str(tmp_path)))
    assert len(found.articles) == 1
    assert sorted(Path(str(p).split(":")[0]).name for p in found.problems) == ["pipe.txt", "zero.txt"]
    assert "device" in sort_out(open_source("/dev/zero")).problem


def test_a_pipe_named_by_hand_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, REPORT.encode())
    os.close(writing)
    assert sort_out(open_source(f"/dev/fd/{reading}")).only.text.startswith("The lock")
    os.close(reading)


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text(REPORT, encoding="utf-8")
    (tmp_path / "zz.txt").write_text("undated", encoding="utf-8")
    found = sort_out(open_source(str(tmp_path)))
    (article,) = found.articles
    article.source.encode("utf-8")
    assert json.dumps(article.source)
    assert len(found.problems) == 1


def test_an_impossible_day_of_a_page_is_not_bent(read: Reads) -> None:
    page = a_page('<meta property="article:published_time" content="2024-02-30">')
    assert not read("a.html", page).articles


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([".txt", ".html", ".jsonl", ".json", ".csv", ".xml", ".rss", ".eml", ".mbox", ".gz", ".zip", ".warc", ".pdf", ".docx", ".parquet", ""]),
    st.sampled_from([b"", b"date 2023-08-04 ", b"<html><p>", b'{"text": ', b"<rss version='2.0'><channel>", b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n", b"%PDF-1.4\n", b"PAR1", b"From a b 2023\n", b"1 of 2 DOCUMENTS\n", b"HD a\nPD b\nLP c\n"]),
    st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
)  # fmt: skip
def test_any_bytes_are_read_or_named(tmp_path: Path, ending: str, start: bytes, rest: bytes) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(start + rest)
    for problem in sort_out(open_source(str(path))).problems:
        assert str(path) in str(problem)


def test_a_page_of_elements_without_end_is_named(read: Reads) -> None:
    assert (
        "4,000 in a row"
        in read("a.html", a_page(STAMP, after="<div><span>4 August 2023</span></div>" * 5000)).problem
    )


@pytest.mark.parametrize(
    "text",
    [
        "<!---->" * 1100,
        "<?xml ?>" * 1000,
        "<!DOCTYPE a [" * 600,
        "HD \n" * 2000,
        "a: b\n" * 1600,
        ("word " * 12 + "\n") * 20_000,
    ],
)
def test_beginnings_that_look_like_many_formats_cost_no_time(read: Reads, text: str) -> None:
    begun = time.process_time()
    read("noname", text)
    read("a.eml", "Date: Fri, 04 Aug 2023 06:00:00 +0000\nSubject: x\n\n" + text)
    assert time.process_time() - begun < 30
