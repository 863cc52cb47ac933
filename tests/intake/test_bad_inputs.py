"""Whatever a file is, the command line says one Indonesian sentence and ends with exit code 1."""

import json
import os
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from pkanalysis import store
from pkanalysis.intake import book as excelfile

CONFIG = (
    '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n\n[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "Murni"\n'
)
ROWS = [
    ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"],
    *([2025, "1.01", "Dinas Uji", "1.01.02.2.01.0001", f"5.1.02.04.01.{number:04}", 7000] for number in range(1, 400)),
]
ENGLISH = ("Error", "error:", "Traceback", "Errno", "Permission denied", "No such file", "zip file", "Failed")


def workbook(path: Path, rows=ROWS) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def truncated(path: Path, share=0.6) -> Path:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    return path


def pdf(path: Path, words: str = "") -> Path:
    """A PDF of one page, with or without a text layer."""
    stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET" if words else "0 0 100 100 re f"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, start=1))
    path.write_bytes(f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n".encode())
    return path


def bomb(path: Path) -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as file,
    ):
        for _ in range(20):
            file.write(bytes(2**20))
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD = {
    "kosong.xlsx": (lambda path: written(path, b""), "0 byte"),
    "kosong.csv": (lambda path: written(path, b""), "0 byte"),
    "kosong.pdf": (lambda path: written(path, b""), "0 byte"),
    "hampa.xlsx": (lambda path: workbook(path, []), "tidak berisi sel"),
    "kata sandi.xlsx": (
        lambda path: written(path, OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le")), "kata sandi",
    ),
    "bom.xlsx": (bomb, "GiB bila dibuka"),
    "pindai.pdf": (pdf, "lapisan teks"),
    "surat.pdf": (lambda path: pdf(path, "Surat undangan"), "tidak dikenali"),
    "potong.xlsx": (lambda path: truncated(workbook(path)), "terpotong atau rusak"),
    "potong.ods": (lambda path: truncated(workbook(path)), "terpotong atau rusak"),
    "potong.pdf": (lambda path: truncated(pdf(path, "DPA"), 0.3), "bukan PDF yang utuh|tidak punya lapisan teks"),
    "potong.json": (lambda path: written(path, json.dumps([dict(zip(*ROWS[:2], strict=True))]).encode()[:60]), "bukan JSON"),
    "potong.xls": (lambda path: written(path, OLE + bytes(4000)), "bukan buku kerja Excel yang utuh"),
    "potong.csv": (lambda path: written(path, b"TAHUN;KODE SKPD;NAMA SKPD\n2025;1.0"), "tidak dikenali"),
    "bukan.csv": (lambda path: written(path, bytes(range(256)) * 20), "tidak dikenali|CSV"),
    "laporan.docx": (lambda path: written(path, b"PK\x03\x04"), "yang dapat dibaca"),
    "folder.xlsx": (folder, "adalah folder"),
    "tidak ada.xlsx": (lambda path: path, "tidak ada"),
}  # fmt: skip


@pytest.fixture
def where(tmp_path):
    return "--ruang-kerja", store.create(tmp_path / "ruang", CONFIG).path


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(excelfile, "MOST_BYTES", 2**24)


def one_sentence(said: str, name: str) -> str:
    """The only line, without English and with the name of the file."""
    (line,) = said.splitlines()
    assert name in line
    assert line.endswith(".")
    assert not [word for word in ENGLISH if word in line]
    return line


@pytest.mark.parametrize(("name", "makes", "says"), [(name, *case) for name, case in BAD.items()], ids=list(BAD))
def test_a_bad_file_gives_one_sentence(pkanalysis, tmp_path, where, name, makes, says):
    path = makes(tmp_path / name)
    code, out, err = pkanalysis("import", path, *where)
    assert (code, out) == (1, "")
    assert re.search(says, one_sentence(err, name))
    code, out, err = pkanalysis("check", path, *where)
    assert (code, err) == (1, "")
    first, last = out.splitlines()
    assert one_sentence(first, name).startswith("  GALAT")
    assert last == "1 berkas diperiksa, 1 temuan."


@pytest.mark.parametrize("reason", [PermissionError(13, "izin ditolak"), OSError(26, "dipakai program lain")])
@pytest.mark.parametrize("name", ["rekap.xlsx", "rekap.csv"])
def test_a_file_that_cannot_be_opened_gives_one_sentence(pkanalysis, tmp_path, where, monkeypatch, name, reason):
    path = workbook(tmp_path / name)
    whole = Path.open

    def shut(self, *args, **kwargs):
        if self.name == name:
            raise reason
        return whole(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", shut)
    for command in ("import", "check"):
        code, out, err = pkanalysis(command, path, *where)
        assert (code, "tutup di Excel atau periksa izinnya" in out + err) == (1, True)
        one_sentence((err or out).splitlines()[0], name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="sistem ini tidak punya FIFO")
def test_a_pipe_is_refused_at_once(pkanalysis, tmp_path, where):
    os.mkfifo(tmp_path / "pipa.csv")
    code, _, err = pkanalysis("import", tmp_path / "pipa.csv", *where)
    assert (code, "0 byte" in err) == (1, True)


def test_a_bad_file_does_not_stop_the_others(pkanalysis, tmp_path, where):
    bad, good = written(tmp_path / "rusak.xlsx", b"PK\x03\x04"), workbook(tmp_path / "murni.xlsx")
    code, out, err = pkanalysis("import", bad, good, "--tahap", "murni", *where)
    assert (code, "disimpan" in out) == (1, True)
    one_sentence(err, "rusak.xlsx")


@pytest.mark.parametrize("name", ["Rekap 5 – murni (é, Bappeda’s) 資料.xlsx", "Rekap murni ñ & 100%.csv"])
def test_spaces_and_letters_of_any_kind_in_a_path(pkanalysis, tmp_path, where, name):
    there = tmp_path / "Dokumen Saya – Ä"
    there.mkdir()
    path = there / name
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join(map(str, row)) for row in ROWS), encoding="utf-8")
    else:
        workbook(path)
    assert pkanalysis("import", path, "--tahap", "murni", *where)[0] == 0
    assert (where[1] / "sumber" / name).read_bytes() == path.read_bytes()
    code, out, _ = pkanalysis("check", *where)
    assert (code, "1 berkas diperiksa" in out) == (0, True)
