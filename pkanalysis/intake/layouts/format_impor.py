"""Import form of a budget: "kode nama" in one cell per level, the grand total above the headings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pkanalysis import codes
from pkanalysis.config import Config
from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.book import Book, cell_name, text
from pkanalysis.intake.dates import year
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import Grid, grids, has_table
from pkanalysis.intake.headings import Field
from pkanalysis.intake.layouts.lines import Part, join, organisations
from pkanalysis.intake.layouts.rekap5.fields import FIELDS as RECAP
from pkanalysis.intake.layouts.rekap5.rows import TWINS, budget_lines
from pkanalysis.intake.layouts.repeated import once
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.titles import find_stage

NAME = "format_impor"

ACCOUNT_HEADINGS = (
    "REKENING (SUB RINCIAN OBYEK)", "REKENING (SUB RINCIAN OBJEK)", "SUB RINCIAN OBYEK", "SUB RINCIAN OBJEK",
    "REKENING", "REKENING BELANJA", "KODE DAN NAMA REKENING", "KODE REKENING", "KODE REKENING DAN URAIAN", "AKUN",
    "KODE / NAMA REKENING", "SUB RINCIAN OBJEK BELANJA", "BELANJA", "URAIAN REKENING",
)  # fmt: skip
FIELDS = (
    Field("opd", ("OPD", "SKPD", "PERANGKAT DAERAH", "NAMA OPD", "NAMA SKPD", "ORGANISASI", "UNIT KERJA", "INSTANSI")),
    Field("sub_unit", ("SUB UNIT", "UNIT", "SUB SKPD", "SUB OPD"), required=False),
    Field("bidang_urusan", ("BIDANG URUSAN", "BIDANG"), required=False),
    Field("program", ("PROGRAM",), required=False),
    Field("kegiatan", ("KEGIATAN",), required=False),
    Field("sub_kegiatan", ("SUB KEGIATAN", "SUBKEGIATAN", "KODE DAN NAMA SUB KEGIATAN", "NAMA SUB KEGIATAN")),
    Field("sumber_dana", ("SUMBER DANA",), required=False),
    Field("rekening", ACCOUNT_HEADINGS),
    Field("pagu_rp", ("APBD", *RECAP[-1].headings)),
)


def recognise(book: Book) -> str | None:
    """Reason why the book is such a form, or ``None``; every account must stand in front of its name."""
    sheet = has_table(book, FIELDS)
    if sheet is None or not any(all(_split(words)) for words in grids(book, FIELDS)[0].texts("rekening")[:50]):
        return None
    return f"lembar {sheet} punya kolom OPD, SUB KEGIATAN, REKENING dan APBD berisi 'kode nama'"


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines and organisations; the year comes from the names or from the configuration."""
    number, notes = _year(book, config)
    read_grids = grids(book, FIELDS)
    parts = [budget_lines(_flat(grid, number)) for grid in read_grids] if number else []
    lines = join(once(book.name, parts, TWINS)) if number else None
    if number is None or lines is None:
        return Reading(NAME, "", {}, notes)
    findings = [*lines.findings, *notes, *_totals(book, read_grids, lines)]
    known = find_stage(book, config, number, stage)
    if isinstance(known, Finding) or lines.frame.empty:
        return Reading(NAME, "", {}, [*findings, known if isinstance(known, Finding) else _nothing(book)])
    tables = {"opd": organisations(lines.frame), "anggaran": lines.frame.assign(tahap=known)}
    filled = Slice(NAME, number, known, tuple(sorted(set(lines.frame["kode_opd"]))))
    return Reading(NAME, "", tables, findings, (filled,))


def _nothing(book: Book) -> Finding:
    return Finding("galat", book.name, "", "", "", "", "tidak ada baris rekening", "lengkapi formulirnya")


def _split(words: str) -> tuple[str, str]:
    """Code and name of a cell.

    Examples
    --------
    >>> _split("5.1.02.01.01.0024 Alat Tulis Kantor"), _split("Dinas Uji"), _split("5.1.02")
    (('5.1.02.01.01.0024', 'Alat Tulis Kantor'), ('', 'Dinas Uji'), ('5.1.02', ''))
    >>> _split("[5.1.02.04.01.0001] - Perjalanan"), _split("5.1.02.: Barang")
    (('5.1.02.04.01.0001', 'Perjalanan'), ('5.1.02', 'Barang'))
    """
    code, _, name = words.partition(" ")
    bare = code.strip("[]():-")
    is_code = codes.key(bare.removeprefix("X"))  # SKPD of the sample begin with X
    return (codes.clean(bare), name.strip(" -:")) if is_code else ("", words)


def _flat(grid: Grid, number: int) -> Grid:
    """The grid with a column for codes and one for names, as the recap has them."""
    cells = {"pagu_rp": grid.cells["pagu_rp"], "tahun": [number] * len(grid)}
    columns = dict(grid.header.columns)
    titles = dict(grid.header.titles)
    for name in (field.name for field in FIELDS if field.name != "pagu_rp" and field.name in grid.cells):
        pairs = [_split(words) for words in grid.texts(name)]
        for part, place in (("kode", 0), ("nama", 1)):
            cells[f"{part}_{name}"] = [pair[place] for pair in pairs]
            columns[f"{part}_{name}"], titles[f"{part}_{name}"] = columns[name], titles[name]
    return replace(grid, cells=cells, header=replace(grid.header, columns=columns, titles=titles))


def _year(book: Book, config: Config) -> tuple[int | None, list[Finding]]:
    """Year of the file or sheet name, or the only one of the configuration, which is said."""
    above = (line for grid in grids(book, FIELDS) for line in grid.above)
    named = (year(words) for words in (Path(book.name).stem.replace("_", " "), *book.sheets, *above))
    if found := next((value for value in named if value), None):
        return found, []
    known = sorted({stage.tahun for stage in config.tahap})
    if len(known) == 1:
        rule = f"tahun anggaran tidak tertulis; dipakai {known[0]}, satu-satunya tahun di pkanalysis.toml"
        return known[0], [Finding("catatan", book.name, "", "", "", "", rule, "tulis tahunnya di nama berkas")]
    rule, remedy = "tahun anggaran tidak tertulis", "tulis tahunnya di nama berkas atau di atas tabel"
    return None, [Finding("galat", book.name, "", "", "", "", rule, remedy)]


def _totals(book: Book, read_grids: list[Grid], lines: Part) -> list[Finding]:
    """A warning per sheet whose grand total above the headings is not the sum of its lines."""
    findings = []
    for grid in read_grids:
        column = grid.header.columns["pagu_rp"]
        above = [(place, row[column]) for place, row in enumerate(book.sheets[grid.sheet][: grid.header.row])
                 if column < len(row) and text(row[column])]  # fmt: skip
        added = int(lines.frame.loc[lines.frame["lembar"] == grid.sheet, "pagu_rp"].sum())
        for place, cell in above:
            printed = rupiah([cell]).figures[0]
            if printed is not None and printed != added:
                rule = f"jumlah baris adalah {added}; yang dipakai adalah barisnya"
                findings.append(
                    Finding("peringatan", book.name, grid.sheet, cell_name(place, column), "", str(printed), rule,
                            "periksa baris yang kurang atau ganda")
                )  # fmt: skip
    return findings


LAYOUT = Layout(
    NAME,
    "Format impor APBD (kode dan nama dalam satu sel)",
    "lembar dengan judul kolom OPD, SUB KEGIATAN, REKENING (SUB RINCIAN OBYEK) dan APBD, isinya 'kode nama'",
    recognise,
    read,
    FIELDS,
)
