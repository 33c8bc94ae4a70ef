"""Packed inputs, WARC archives and Parquet tables."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.records import Article
from dateline.sources import Bounds, SourceOptions, open_source
from tests.fuzz.targets import a_record
from tests.sources.conftest import Read, Reads, a_page, sort_out

REPORT = "date 2023-08-04 The lock at Merrow will be drained on Monday."
STAMP = '<meta property="article:published_time" content="2023-08-04T09:00:00+01:00">'
ROW = json.dumps({"date": "2023-08-04", "text": "The lock will be drained."})


def zipped(files: dict[str, str | bytes], **settings: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", settings.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt.gz", REPORT), ("a.jsonl.gz", ROW), ("a.csv.gz", "date,text\n2023-08-04,The lock will be drained.\n"),
        ("a.html.gz", a_page(STAMP)), ("a.gz", REPORT),
    ],
)  # fmt: skip
def test_gzip_of_anything(read: Reads, name: str, data: str) -> None:
    assert read(name, gzip.compress(data.encode())).only.published == date(2023, 8, 4)


def test_zip_of_anything(read: Reads, tmp_path: Path) -> None:
    found = read("a.zip", zipped({
        "b/two.jsonl": ROW + "\n" + ROW.replace("drained", "filled"), "a/one.txt": REPORT, "inner.zip": zipped({"three.txt": REPORT}),
        "page.html.gz": gzip.compress(a_page(STAMP).encode()), "__MACOSX/._one.txt": b"\0", "picture.png": b"\x89PNG\r\n\x1a\n\0\0",
    }))  # fmt: skip
    assert [a.source.removeprefix(f"{tmp_path}/") for a in found.articles] == [
        "a.zip/a/one.txt", "a.zip/b/two.jsonl#1", "a.zip/b/two.jsonl#2", "a.zip/inner.zip/three.txt", "a.zip/page.html.gz",
    ]  # fmt: skip
    (problem,) = found.problems
    assert "picture.png" in str(problem)


def test_a_file_keeps_its_id_when_it_is_packed(read: Reads) -> None:
    assert read("one.txt", REPORT).only.id == read("a.zip", zipped({"one.txt": REPORT})).only.id


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt.gz", gzip.compress(b"date 2023-08-04 " + b"x" * 4_000_000)),
        ("a.zip", zipped({"a.txt": b"date 2023-08-04 " + b"x" * 4_000_000})),
        ("a.gz", gzip.compress(gzip.compress(b"x" * 4_000_000))),
    ],
    # what is packed bears the second in which it was: a name of its own is the same in every process
    ids=["gzip", "zip", "packed twice"],
)
def test_a_flood_is_refused(read: Reads, name: str, data: bytes) -> None:
    assert "-fold when unpacked" in read(name, data).problem


def test_packed_in_itself_for_ever(read: Reads) -> None:
    data = REPORT.encode()
    for _ in range(6):
        data = gzip.compress(data)
    assert "packed more than" in read("a.gz", data).problem


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(REPORT.encode() * 50)[:-20],
        zipped({"a.txt": REPORT})[:-30],
        b"PK\x03\x04 no zip",
        b"\x1f\x8b no gzip",
    ],
    ids=["a gzip file cut off", "a zip file cut off", "no zip", "no gzip"],
)
def test_damaged_packings_are_named(read: Reads, data: bytes) -> None:
    assert "damaged" in read("a.bin", data).problem


@pytest.mark.parametrize("junk", [b"\0\0\0x", b"date 2023-08-05 A report that was not packed.", b"x"])
@pytest.mark.parametrize(
    ("name", "parts"), [("a.txt.gz", [REPORT]), ("a.jsonl.gz", [ROW + "\n", ROW.replace("lock", "gate")])]
)
def test_what_lies_behind_gzip_is_named_and_what_is_in_it_read(
    read: Reads, name: str, parts: list[str], junk: bytes
) -> None:
    found = read(name, b"".join(gzip.compress(part.encode()) for part in parts) + junk)
    assert len(found.articles) == len(parts)
    (problem,) = found.problems
    assert f"{name}: behind what is packed in it lies something else" in str(problem)


def test_noughts_that_fill_a_gzip_file_up_are_no_fault(read: Reads) -> None:
    assert read("a.txt.gz", gzip.compress(REPORT.encode()) + bytes(512)).only


def test_a_zip_of_one_bad_file_and_one_good_keeps_the_good(read: Reads) -> None:
    data = bytearray(zipped({"a.txt": REPORT, "b.txt": REPORT}, compression=zipfile.ZIP_STORED))
    data[data.index(b"The lock")] = 0x58
    found = read("a.zip", bytes(data))
    assert len(found.articles) == 1
    assert "a.txt" in str(found.problems[0])


def test_a_member_that_is_nowhere_takes_no_other_with_it(read: Reads) -> None:
    whole = zipped({"a.txt": REPORT, "b.txt": REPORT})
    # the directory is said to lie further back, so that every member seems to begin before the file does
    end = whole.rindex(b"PK\x05\x06")
    offset = int.from_bytes(whole[end + 16 : end + 20], "little") + 11
    found = read("a.zip", whole[: end + 16] + offset.to_bytes(4, "little") + whole[end + 20 :])
    assert not any("it could not be read" in str(problem) for problem in found.problems)
    assert len(found.articles) + len(found.problems) == 2


def test_workbooks_are_refused_with_a_way_out(read: Reads) -> None:
    assert "save it as CSV" in read("a.xlsx", zipped({"xl/workbook.xml": "<workbook/>"})).problem


def warc(pages: list[tuple[str, str, bytes, str]], gzipped: bool = True) -> bytes:
    """A WARC of answers: address, status, body, media type; each with its request before it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for address, status, body, kind in pages:
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "echo.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(address, "request", http_headers=request))
        headers = StatusAndHeaders(
            status, [("Content-Type", kind), ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return out.getvalue()


PAGES = [
    ("https://echo.example/1", "200 OK", a_page(STAMP).encode(), "text/html; charset=utf-8"),
    ("https://echo.example/logo.png", "200 OK", b"\x89PNG", "image/png"),
    ("https://echo.example/gone", "404 Not Found", a_page(STAMP).encode(), "text/html"),
    ("https://echo.example/2", "200 OK", a_page("", "<p>By Zoë Lünd, Aug 4, 2023</p>").encode("latin-1", "replace"), "text/html; charset=latin-1"),
    ("https://echo.example/3", "200 OK", a_page().encode(), "text/html"),
    ("https://echo.example/4", "200 OK", b"<html></html>", "text/html"),
    ("https://echo.example/5", "200 OK", b"<html></html>", "text/html"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "gzipped"), [("a.warc.gz", True), ("a.warc", False), ("noname", True)])
def test_the_pages_of_a_warc(read: Reads, tmp_path: Path, name: str, gzipped: bool) -> None:
    found = read(name, warc(PAGES, gzipped))
    assert [(a.url, a.source) for a in found.articles] == [
        (f"https://echo.example/{n}", f"{tmp_path / name}#https://echo.example/{n}") for n in (1, 2)
    ]
    # one message a kind of fault
    assert len(found.problems) == 2
    assert "1 more row" in str(found.problems[1])
    assert "2 answers without a page" in found.warnings[0]


def test_a_damaged_warc_keeps_what_came_before(read: Reads) -> None:
    data = warc(PAGES[:1] * 3, gzipped=False)
    found = read("a.warc", data[: len(data) - 300])
    assert len(found.articles) >= 2
    assert isinstance(found, Read)


def test_a_warc_is_streamed(tmp_path: Path) -> None:
    """Ten times the archive takes no more memory."""
    peaks = []
    for times in (3, 30):
        path = tmp_path / f"{times}.warc.gz"
        filler = ("https://echo.example/f", "200 OK", bytes(range(256)) * 4000, "application/octet-stream")
        path.write_bytes(warc([PAGES[0], filler] * times))
        for _ in open_source(str(path)):
            pass  # what is loaded at the first use is no part of it
        tracemalloc.start()
        assert sum(isinstance(f, Article) for f in open_source(str(path))) == times
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_a_page_of_a_warc_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc(PAGES[:1], gzipped=False))
    found = sort_out(open_source(str(path), SourceOptions(bounds=Bounds(page_bytes=500))))
    assert "longer than 500 bytes" in found.problem


HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
NOISE = bytes(n * n % 251 for n in range(300))


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(megabytes)), packer.flush()])


def between_good_ones(answer: bytes, gzipped: bool) -> bytes:
    """A WARC of a good page, `answer`, and another good page, each packed by itself where they are."""
    good = HTML + b"\r\n" + a_page(STAMP).encode()
    records = [a_record(f"https://echo.example/{n}", block) for n, block in enumerate([good, answer, good])]
    return b"".join(gzip.compress(record) if gzipped else record for record in records)


DAMAGED_ANSWERS = {
    "gzip": (HTML + b"Content-Encoding: gzip\r\n\r\n" + NOISE, "is damaged"),
    "deflate": (HTML + b"Content-Encoding: deflate\r\n\r\n" + NOISE, "is damaged"),
    "brotli": (HTML + b"Content-Encoding: br\r\n\r\n" + NOISE, "is damaged"),
    "several": (HTML + b"Content-Encoding: br, zstd, deflate\r\n\r\n" + NOISE, "is damaged"),
    "chunk of no number": (HTML + b"Transfer-Encoding: chunked\r\n\r\nzzzz\r\n<p>", "is damaged"),
    "chunk without end": (HTML + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n<p>", "is damaged"),
    "long header": (HTML + b"A: " + b"x" * 200_000 + b"\r\n\r\n<p>", "is damaged"),
    "bomb": (HTML + b"Content-Encoding: gzip\r\n\r\n" + bomb(20), "longer than"),
    "long page": (HTML + b"\r\n" + b"<p>a" * 3_000_000, "longer than"),
}


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("kind", DAMAGED_ANSWERS)
def test_an_answer_that_cannot_be_read_takes_no_other_with_it(
    read: Reads, tmp_path: Path, kind: str, gzipped: bool
) -> None:
    answer, why = DAMAGED_ANSWERS[kind]
    found = read("a.warc", between_good_ones(answer, gzipped))
    assert [a.url for a in found.articles] == ["https://echo.example/0", "https://echo.example/2"]
    (problem,) = found.problems
    assert str(problem).startswith(f"{tmp_path}/a.warc#https://echo.example/1: ")
    assert why in str(problem)


def test_what_is_wrong_with_answers_is_told_though_the_archive_ends_early(read: Reads) -> None:
    whole = between_good_ones(DAMAGED_ANSWERS["gzip"][0], gzipped=False)
    found = read("a.warc", whole + b"no record at all\r\n\r\n")
    assert len(found.articles) == 2
    assert ["example/1" in str(p) for p in found.problems] == [False, True]
    assert "damaged behind 3 answers" in str(found.problems[0])


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in other units")
def test_a_bomb_in_a_warc_is_never_unpacked_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(between_good_ones(HTML + b"Content-Encoding: gzip\r\n\r\n" + bomb(400), gzipped=False))
    script = (
        "import resource, sys; from dateline.sources import open_source\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "found = open_source(sys.argv[1]); next(found); before = peak()\n"
        "print(len(list(found)), peak() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    rest, megabytes = map(int, done.stdout.split())
    assert rest == 2
    assert megabytes < 200


def test_parquet(read: Reads) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    pq.write_table(
        pa.table(
            {
                "headline": ["Lock", "Lock"],
                "body": ["One.", "Two."],
                "pubDate": ["4/8/2023", "25/8/2023"],
                "vector": [[0.1], [0.2]],
            }
        ),
        out,
    )
    assert [(a.published, a.text) for a in read("a.parquet", out.getvalue()).articles] == [
        (date(2023, 8, 4), "One."),
        (date(2023, 8, 25), "Two."),
    ]
    assert "damaged" in read("b.parquet", out.getvalue()[:-40]).problem
    out = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), out)
    assert "--map text=COLUMN" in read("c.parquet", out.getvalue()).problem
