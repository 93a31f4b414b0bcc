"""What a file is called that is no CSV file."""

from __future__ import annotations

import gzip
import io
import pickle
import tarfile
import zipfile

import numpy as np
import pytest

from lstm_engine.data.file_kind import file_kind, utf16_codec


def _saved(array: list[float]) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def _zipped(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", text)
    return file.getvalue()


def _tarred(content: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("prices.csv")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("company,d1\nA,0\n".encode("utf-16"), "UTF-16"),
        ("company,d1\nA,0\n".encode("utf-16-le"), "UTF-16"),
        ("company,d1\nA,0\n".encode("utf-16-be"), "UTF-16"),
        ("company,d1\nA,0\n".encode("utf-32"), "UTF-32"),
        (gzip.compress(b"company,d1\n"), "gzip"),
        (_zipped("<workbook/>"), "an Excel workbook or another zip archive"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "a git-LFS pointer"),
        (b"\n <!DOCTYPE html><title>Prices</title>", "an HTML page"),
        (b"\xef\xbb\xbf<html lang='en'>", "an HTML page"),
        (b"<?xml version='1.0'?><prices/>", "XML"),
        (b"<prices>\n  <price>1</price>", "XML"),
        (b'{"name": "A"}', "JSON"),
        (b"[[0, 1]]", "JSON"),
        (_saved([1.0]), "NumPy"),
        (pickle.dumps([1], protocol=4), "pickle"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"%PDF-1.7", "PDF"),
        (_tarred(b"company,d1\n"), "a tar archive"),
    ],
    ids=range(18),  # the contents hold times
)
def test_it_is_called_by_its_name(content: bytes, kind: str) -> None:
    assert kind in (file_kind(content) or "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"company,d1,next\nA,0,1\n",
        b"\xef\xbb\xbfcompany,d1\n",
        "漢,d1\n".encode(),
        b"<A>,1,2\n",
        b"<DATE>\t<TIME>\t<OPEN>\n",
        b"[A],1\n",
        b"{x},1\n",
    ],
)
def test_what_may_be_csv_has_no_other_name(content: bytes) -> None:
    assert file_kind(content) is None


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-32"])
def test_utf_16_is_decoded_by_its_codec(codec: str) -> None:
    text = "company,d1\nÅ,0\n"
    found = utf16_codec(text.encode(codec))
    assert (found is not None) == codec.startswith("utf-16")
    if found:
        assert text.encode(codec).decode(found) == text
