import datetime as dt
import io
import re
import zipfile

import pytest
from nbformat import v4
from openpyxl import load_workbook

from pkanalysis.report.parts import read
from pkanalysis.report.sheets import sheet_name
from pkanalysis.report.xlsx import XlsxExporter, widths
from pkanalysis.show.blocks import SAMPLE_MARK, Column, Cover, Figure, Note, Phrase, Table
from pkanalysis.show.values import Value

HOSTILE = (
    '=HYPERLINK("http://x.example","klik")', "+1", "-1", "@x", "{=1+1}", "'x", '"kutip"', "\\ # $ {{ 7*7 }} <b>&amp;",
    "𠀀😀", "kanan\u200fkiri", "baris\nbaru", "http://x.example", "_x0041_", "kendali\x0b\x1f",
)  # fmt: skip
COVER = Cover(
    "sampul", "Laporan Capaian", True, unit="Dinas Contoh", items=(Phrase("Tahun 2025"),), footer="Dinas A & B · DRAF"
)
MONEY = (
    Column("tahap", "Tahap"), Column("nama", "Program"), Column("pagu", "Pagu (Rp)", "rp"),
    Column("ubah", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"), Column("p", "%", "persen", 1),
)  # fmt: skip


def notebook(*shown, markdown="## Bab satu"):
    outputs = [v4.new_output("display_data", data=block._repr_mimebundle_()) for block in shown]
    return v4.new_notebook(cells=[v4.new_markdown_cell(markdown), v4.new_code_cell("", outputs=outputs)])


def export(nb):
    return XlsxExporter().from_notebook_node(nb)[0]


def book(*shown, values=False, **more):
    return load_workbook(io.BytesIO(export(notebook(*shown, **more))), data_only=values)


def table(columns, rows, id="t", **more):
    return Table(id, "Judul tabel", True, columns=columns, rows=tuple(rows), **more)


def lines(sheet):
    """Rows of the sheet below the heading row, as cells of the columns that have a heading."""
    columns = sum(cell.value is not None for cell in sheet[heading(sheet)])
    return list(sheet.iter_rows(min_row=heading(sheet) + 1, max_col=columns))


def heading(sheet):
    return int(re.findall(r"\d+", sheet.print_title_rows)[0])


def words(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def result(sheet, formula):
    """What a SUM or SUMIF formula gives from the cells of the sheet as they are now."""
    name, inside = re.fullmatch(r"=(SUMIF|SUM)\((.+)\)", formula).groups()
    parts = inside.replace("$", "").split(",")
    if name == "SUM":
        return sum(cell.value or 0 for part in parts for (cell,) in sheet[part])
    pairs = zip(sheet[parts[0]], sheet[parts[2]], strict=True)
    return sum(amount.value or 0 for (key,), (amount,) in pairs if key.value == sheet[parts[1]].value)


def formulas(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_every_typed_value_is_the_value_in_its_cell():
    columns = (
        Column("a", "Rp", "rupiah"), Column("b", "Rp", "rp"), Column("c", "Ubah", "perubahan_rp"),
        Column("d", "%", "persen", 1), Column("e", "poin", "poin", 1), Column("f", "Nilai", "angka", 2),
        Column("g", "n", "bulat"), Column("h", "Tahun", "tahun"), Column("i", "Hari", "tanggal"), Column("j", "Teks"),
    )  # fmt: skip
    rows = [
        (1_930_724_471_000, 9_007_199_254_740, -1_120_000, 64.04, -5.04, 83.105, 42, 2025, dt.date(2025, 6, 25), "a"),
        (0, -5, 0, 0.0, 0.0, 0.25, 0, 2019, dt.date(2024, 2, 29), "2025"),
    ]  # fmt: skip
    first, second = ([cell.value for cell in row] for row in lines(book(table(columns, rows))["Tabel 1 t"])[:2])
    for row, shown in zip(rows, (first, second), strict=True):
        assert shown[:8] == [*row[:8]]
        assert shown[8].date() == row[8]
        assert shown[9] == row[9]


def test_formats_print_as_the_report_does():
    columns = (
        Column("a", "Rp", "rupiah"), Column("b", "Rp", "rp"), Column("c", "Ubah", "perubahan_rp"),
        Column("d", "%", "persen", 1), Column("e", "Nilai", "angka", 2), Column("f", "Tahun", "tahun"),
        Column("g", "Hari", "tanggal"), Column("h", "Campur", "angka"),
    )  # fmt: skip
    row = (1, 1, -1, 64.0, 1.5, 2025, dt.date(2025, 6, 25), Value(99.5, "persen", 1))
    formats = [cell.number_format for cell in lines(book(table(columns, [row]))["Tabel 1 t"])[0]]
    assert formats == [
        '"Rp"#,##0', "#,##0", "#,##0;(#,##0)", '#,##0.0"%"', "#,##0.00", "0", "[$-421]d mmmm yyyy", '#,##0.0"%"'
    ]  # fmt: skip


def test_missing_stays_empty_and_zero_stays_zero():
    columns = (Column("a", "Rp", "rp"), Column("b", "%", "persen"), Column("c", "Hari", "tanggal"), Column("d", "Teks"))
    rows = [(None, float("nan"), None, None), (0, 0.0, None, "")]
    got = [[cell.value for cell in row] for row in lines(book(table(columns, rows))["Tabel 1 t"])[:2]]
    assert got == [[None] * 4, [0, 0, None, None]]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_stored_as_written(text):
    shared = {"source": text, "note": text, "unit": text, "alt": text}
    phrase = Phrase("{x}", {"x": Value(text, "teks")})
    shown = (
        Cover("c", text, True, items=(phrase,), footer=text, **shared),
        Table("t", text, True, columns=(Column("a", text),), rows=((text,), (phrase,)), **shared),
        Figure("f", text, True, svg="<svg/>", values={text: Value(text, "teks")}, **shared),
        Note("n", text, True, items=(phrase,), **shared),
    )
    got = book(*shown)
    assert [cell for sheet in got for cell in formulas(sheet)] == []
    stored = {word for sheet in got for written in words(sheet) for word in (written, _unescaped(written))}
    assert {text, f"Tabel 1. {text}", f"Gambar 1. {text}", f"Sumber: {text}"} <= stored
    first = lines(got["Tabel 1 t"])[0][0]
    assert text in (first.value, _unescaped(first.value))
    assert (first.data_type, first.hyperlink) == ("s", None)


def _unescaped(word):
    """Control letters as the file writes them; openpyxl undoes this only in part."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), word)


def test_a_text_too_long_for_a_cell_says_so():
    stored = lines(book(table((Column("a", "Teks"),), [("😀" * 20_000,)]))["Tabel 1 t"])[0][0].value
    assert stored.startswith("😀" * 100)
    assert stored.endswith("[terpotong; selengkapnya pada laporan HTML]")
    assert len(stored.encode("utf-16-le")) <= 2 * 32_767


def test_one_total_is_a_sum_below_the_filter():
    rows = [("x", "a", 10, 1, 10.0), ("x", "b", 20, None, None), ("", "Jumlah", 30, 1, 3.3)]
    shown = table(MONEY, rows, totals=(2,))
    sheet, cached = book(shown)["Tabel 1 t"], book(shown, values=True)["Tabel 1 t"]
    assert [cell.value for cell in formulas(sheet)] == ["=SUM(C4:C5)", "=SUM(D4:D5)"]
    assert [result(sheet, cell.value) for cell in formulas(sheet)] == [30, 1]
    assert [cached[cell.coordinate].value for cell in formulas(sheet)] == [30, 1]
    assert sheet.auto_filter.ref == "A3:E5"
    assert sheet["E6"].value == 3.3
    assert "Persen dan poin pada baris jumlah adalah nilai, bukan rumus." in words(sheet)


def test_totals_of_groups_survive_sorting():
    rows = [
        ("Pergeseran", "a", 10, -1, None), ("Pergeseran", "b", 20, -2, None), ("Pergeseran", "Jumlah", 30, -3, None),
        ("Perubahan", "a", 5, 4, None), ("Perubahan", "Jumlah", 5, 4, None),
    ]  # fmt: skip
    sheet = book(table(MONEY, rows, totals=(2, 4)))["Tabel 1 t"]
    order = ["Pergeseran a", "Pergeseran b", "Perubahan a", "Pergeseran Jumlah", "Perubahan Jumlah"]
    assert [f"{row[0].value} {row[1].value}" for row in lines(sheet)[:5]] == order
    assert sheet.auto_filter.ref == "A3:E6"
    assert [result(sheet, cell.value) for cell in formulas(sheet)] == [30, -3, 5, 4]
    _sort_by(sheet, "A4:E6", 2)
    assert [result(sheet, cell.value) for cell in formulas(sheet)] == [30, -3, 5, 4]


def _sort_by(sheet, area, column):
    rows = sorted(([cell.value for cell in row] for row in sheet[area]), key=lambda row: row[column])
    for row, values in zip(sheet[area], rows, strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value


def test_subtotals_without_a_word_of_their_own_keep_their_place_and_get_no_filter():
    rows = [("1", "a", 22, 0, None), ("2", "b", 8, 0, None), ("", "Jumlah pilihan", 30, 0, None),
            ("7", "c", 3, 0, None), ("", "Jumlah", 33, 0, None)]  # fmt: skip
    sheet = book(table(MONEY, rows, totals=(2, 4)))["Tabel 1 t"]
    assert [row[1].value for row in lines(sheet)[:5]] == ["a", "b", "Jumlah pilihan", "c", "Jumlah"]
    assert [cell.value for cell in formulas(sheet)][::2] == ["=SUM(C4:C5)", "=SUM(C4:C5,C7:C7)"]
    assert sheet.auto_filter.ref is None
    assert any("tanpa saringan" in word for word in words(sheet))


def test_a_total_that_does_not_add_up_is_a_value_with_a_note():
    rows = [("x", "a", 10, 1, None), ("x", "b", 20, 2, None), ("", "Jumlah", 31, 3, None)]
    sheet = book(table(MONEY, rows, totals=(2,)))["Tabel 1 t"]
    assert (sheet["C6"].value, sheet["D6"].value) == (31, "=SUM(D4:D5)")
    assert any('"Jumlah" kolom Pagu (Rp) ditulis sebagai nilai' in word for word in words(sheet))


def test_a_total_without_rows_stays_a_value():
    sheet = book(table(MONEY, [("", "Jumlah", 0, None, None)], totals=(0,)))["Tabel 1 t"]
    assert (formulas(sheet), sheet["C4"].value, sheet["D4"].value) == ([], 0, None)


def test_words_that_sumif_would_read_as_a_pattern_are_no_key():
    rows = [
        ("a*", "x", 1, 0, None),
        ("a*", "Jumlah", 1, 0, None),
        ("ab", "y", 2, 0, None),
        ("ab", "Jumlah", 2, 0, None),
    ]
    sheet = book(table(MONEY, rows, totals=(1, 3)))["Tabel 1 t"]
    assert [cell.value for cell in formulas(sheet)][::2] == ["=SUM(C4:C4)", "=SUM(C6:C6)"]
    assert sheet.auto_filter.ref is None


def test_contents_lead_to_every_sheet():
    shown = (COVER, table((Column("a", "A"),), [("x",)]), Note("n", "Perhatian", True, items=(Phrase("Isi."),)),
             Figure("f", "Batang", True, values={"murni": Value(5, "rupiah")}, alt="uraian"))  # fmt: skip
    got = book(*shown)
    assert got.sheetnames == ["Isi", "Tabel 1 t", "Data gambar", "Catatan"]
    assert words(got["Isi"])[:5] == [SAMPLE_MARK, "Laporan Capaian", "Dinas Contoh", "Tahun 2025", "Dinas A & B · DRAF"]
    links = {cell.value: cell.hyperlink.location for row in got["Isi"] for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in got.sheetnames[1:]}
    assert "Tabel 1. Judul tabel" in words(got["Isi"])


def test_figures_and_notes_are_listed():
    values = {"murni": Value(48_250_000_000, "rupiah"), "serapan": Value(64.0, "persen", 1), "kosong": Value(None)}
    got = book(
        Figure("f", "Batang", True, values=values, unit="miliar rupiah", source="SIPD"),
        Figure("g", "Garis", True, alt="tanpa nilai"),
        Note("n", "Perhatian", True, items=(Phrase("**Naik {p}.**", {"p": Value(2.0, "persen", 1)}), Phrase("Lagi."))),
    )
    rows = [[cell.value for cell in row] for row in lines(got["Data gambar"])[:4]]
    assert rows == [
        ["Gambar 1. Batang", "murni", 48_250_000_000, "Rp", "SIPD"],
        ["Gambar 1. Batang", "serapan", 64, "%", "SIPD"],
        ["Gambar 1. Batang", "kosong", None, "miliar rupiah", "SIPD"],
        ["Gambar 2. Garis", "tanpa nilai", None, None, None],
    ]
    assert [[cell.value for cell in row][:3] for row in lines(got["Catatan"])[:2]] == [
        ["Bab satu", "Perhatian", "Naik 2,0%."],
        ["Bab satu", "Perhatian", "Lagi."],
    ]


def test_every_sheet_is_marked_frozen_filtered_and_set_up_for_printing():
    got = book(COVER, table((Column("a", "A"),), [("x",)], unit="rupiah", note="Catatan.", source="SIPD"),
               Figure("f", "Batang", True, values={"a": Value(1)}))  # fmt: skip
    assert {sheet["A1"].value for sheet in got} == {SAMPLE_MARK}
    for sheet in got:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide is what fitting means unless told
        assert sheet.print_title_rows
        assert "Dinas A & B · DRAF" in sheet.oddFooter.center.text.replace("&&", "&")
        assert "hal. &P dari &N" in sheet.oddFooter.center.text
        assert SAMPLE_MARK in sheet.oddHeader.center.text
    for sheet in got.worksheets[1:]:
        assert sheet.freeze_panes == f"A{heading(sheet) + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{heading(sheet)}:")
    assert words(got["Tabel 1 t"]) == [
        SAMPLE_MARK, "Tabel 1. Judul tabel", "Satuan: rupiah", "A", "x", "Catatan.", "Sumber: SIPD"
    ]  # fmt: skip


def test_real_data_carry_no_mark():
    got = book(Table("t", "Judul", False, columns=(Column("a", "A"),), rows=(("x",),)))
    assert not [word for sheet in got for word in words(sheet) if "CONTOH" in word]
    assert got["Tabel 1 t"].oddHeader.center.text is None


@pytest.mark.parametrize("footer", ["x" * 400, "&" * 400, "Dinas " * 80, "5 Dinas & \x0b" * 30])
def test_a_long_footer_fits_what_excel_takes(footer):
    sheet = book(Cover("c", "Judul", False, footer=footer))["Isi"]
    assert "hal. &P dari &N" in sheet.oddFooter.center.text
    assert len(str(sheet.oddFooter)) <= 255


def test_names_of_sheets_are_unique_and_legal():
    ids = ["panjang" * 9 + "a", "panjang" * 9 + "b", "a/b:c*d?e[f]\\g", "'kutip'", "", "𠀀", "Isi", "isi", "Catatan"]
    names = book(*(table((Column("a", "A"),), [], id=id) for id in ids)).sheetnames
    assert len({name.casefold() for name in names}) == len(ids) + 1
    assert all(re.fullmatch(r"[^\[\]:*?/\\']{1,31}", name) for name in names)
    assert all(len(sheet_name(f"Tabel {number}", "x" * 50)) == 31 for number in (1, 99, 100))


def test_empty_tables_are_complete():
    got = book(table((Column("a", "A"), Column("b", "Rp", "rp")), [], note="Belum disampaikan OPD."), table((), []))
    assert words(got["Tabel 1 t"])[2:] == ["A", "Rp", "Tidak ada baris.", "Belum disampaikan OPD."]
    assert got["Tabel 1 t"].auto_filter.ref == "A3:B3"
    assert "Tidak ada baris." in words(got["Tabel 2 t"])


def test_a_large_table_is_complete_and_readable():
    kinds = ["teks", "teks", *["rp"] * 10, "persen", "teks", "teks"]
    columns = tuple(Column(f"k{place}", f"Kolom nomor {place}", kind) for place, kind in enumerate(kinds))
    row = ["Nama yang sangat panjang sekali " * 6, "x", *[1_930_724_471_000] * 10, 12.5, "y" * 90, "z"]
    sheet = book(table(columns, [row] * 60))["Tabel 1 t"]
    assert [[cell.value for cell in line] for line in lines(sheet)[:60]] == [row] * 60
    spans = [
        dimension for dimension in sheet.column_dimensions.values() for _ in range(dimension.min, dimension.max + 1)
    ]
    fitted = [span.width for span in spans]
    assert all(width >= len("1.930.724.471.000") for width in fitted[2:12])
    assert all(16 <= width <= 81 for width in (fitted[0], fitted[13]))
    assert sheet.row_dimensions[heading(sheet) + 1].height > 60


def test_short_columns_leave_their_room_to_long_ones():
    columns = [{"label": "A", "kind": "teks"}, {"label": "B", "kind": "teks"}]
    assert widths(columns, [[{"text": "x"}, {"text": "y" * 300}]]) == [5, 80]
    four = [{"label": name, "kind": "teks"} for name in "abcd"]
    assert widths(four, [[{"text": "x" * length} for length in (200, 12, 50, 90)]]) == [45, 15, 45, 45]


def test_a_broken_notebook_says_so():
    nb = notebook(COVER)
    nb.cells[1].outputs.append(v4.new_output("error", ename="KeyError", evalue="rahasia", traceback=["jejak"]))
    got = words(load_workbook(io.BytesIO(export(nb)))["Isi"])
    assert any("gagal dibuat" in word for word in got)
    assert not [word for word in got if "rahasia" in word or "jejak" in word]


def test_a_notebook_without_blocks_is_a_workbook_with_its_title():
    got = load_workbook(io.BytesIO(export(v4.new_notebook(cells=[v4.new_markdown_cell("# Judul")]))))
    assert got.sheetnames == ["Isi"]
    assert "Judul" in words(got["Isi"])


def test_two_runs_give_the_same_bytes(monkeypatch):
    nb = notebook(COVER, table(MONEY, [("x", "a", 1, 1, 1.0)]))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    first = export(nb)
    assert export(nb) == first
    core = zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml").decode()
    assert "2025-11-24T16:00:00Z" in core
    assert "<dc:creator></dc:creator>" in core
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert export(nb) == export(nb) != first


def test_the_blocks_of_the_notebook_are_all_there():
    shown = [table((Column("a", "A"),), [("x",)], id=f"t{place}") for place in range(30)]
    nb = notebook(*shown)
    assert len(load_workbook(io.BytesIO(export(nb))).sheetnames) == 1 + len(read(nb).blocks)


def test_nbconvert_knows_what_it_writes():
    resources = XlsxExporter().from_notebook_node(notebook(COVER))[1]
    assert resources["output_extension"] == ".xlsx"
