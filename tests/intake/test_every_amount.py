"""Every amount of a valid file, changed in turn, and every kind of damage, gives a finding in every budget layout."""

from itertools import accumulate

import pytest

from pkanalysis.errors import PkError
from pkanalysis.intake import read

OPD, NAME = "1.01.0.00.0.00.01.0000", "Dinas Uji"
ATK, FOOD, CHAIR = "5.1.02.01.01.0024", "5.1.02.01.01.0052", "5.2.02.05.02.0001"
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
          "Desember"]  # fmt: skip
KEYS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN", "KODE REKENING", "NAMA REKENING"]
HEAD = [["PEMERINTAH KOTA CONTOH"], ["Periode 1 s.d. 31 Maret 2025"], ["SKPD", ":", f"{OPD} {NAME}"], []]
PLAN = {ATK: [9, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 12], FOOD: [10] * 12, CHAIR: [0] * 11 + [500]}
TREE = ("5", "5.1", "5.1.02", "5.1.02.01", "5.1.02.01.01", ATK, FOOD, "5.2", "5.2.02", CHAIR)


def keys(account):
    return [2025, OPD, NAME, "1.01.01.2.06.0009", "Rapat", account, "Belanja"]


def total(width, *amounts):
    return ["JUMLAH", *[""] * (width - 1), *amounts]


def with_quarters(months):
    return [cell for at in range(0, 12, 3) for cell in (*months[at : at + 3], sum(months[at : at + 3]))]


def under(figures, code):
    """Sum of the lists of figures of the accounts under a code."""
    parts = [own for account, own in figures.items() if f"{account}.".startswith(f"{code}.")]
    return [sum(column) for column in zip(*parts, strict=True)]


def tree(figures):
    return [[code, f"Uraian {code}", *under(figures, code)] for code in TREE]


PAIRS = {ATK: [100, 80], FOOD: [40, 90], CHAIR: [500, 0]}
SPENT = {ATK: [100, 30], FOOD: [60, 20], CHAIR: [500, 0]}
QUARTERED = [
    word for at in range(4) for word in (*MONTHS[3 * at : 3 * at + 3], f"Triwulan {('I', 'II', 'III', 'IV')[at]}")
]
ACROSS = {"1.01.01.2.06.0009": [50, 20, 0, 0, 50, 20], "1.01.01.2.06.0010": [30, 10, 40, 5, 70, 15]}


def document(account, number, spent, returned):
    return [OPD, NAME, "1.01.01.2.06.0009", account, number, "GU", "7 Januari 2025", spent, returned, 9999]


BOOKS = {
    "rekap5": ("murni.xlsx", [[*KEYS, "PAGU"], *([*keys(code), own[0]] for code, own in PAIRS.items()), total(7, 640)], (7,)),
    "rekap_perubahan": (
        "a.xlsx",
        [[*KEYS, "PAGU_MURNI", "PAGU_GESER", "SELISIH"],
         *([*keys(code), one, two, two - one] for code, (one, two) in PAIRS.items()), total(7, 640, 170, -470)],
        (7, 8, 9),
    ),
    "laporan_realisasi": (
        "a.xlsx",
        [["Kode SKPD", "Nama SKPD", "Kode Sub Kegiatan", "Kode Rekening", "Nomor Dokumen", "Jenis Transaksi",
          "Tanggal Dokumen", "Nilai Realisasi", "Nilai Setoran", "Nilai SP2D"],
         document(ATK, "1", 100, 10), document(FOOD, "2", 60, 0), total(7, 160, 10)],
        (7, 8),
    ),
    "rak": (
        "a.xlsx",
        [[*KEYS, "PAGU", *QUARTERED, "JUMLAH"],
         *([*keys(code), sum(own), *with_quarters(own), sum(own)] for code, own in PLAN.items()),
         total(7, sum(map(sum, PLAN.values())), *with_quarters(under(PLAN, "5")), sum(map(sum, PLAN.values())))],
        (7, 8, 11, 23, 24),
    ),
    "kas_rekening": (
        "a.xlsx",
        [*HEAD, ["KODE REKENING", "URAIAN", "PAGU", *QUARTERED, "JUMLAH"],
         *([code, "Uraian", sum(own), *with_quarters(own), sum(own)] for code in TREE for own in [under(PLAN, code)])],
        (2, 3, 6, 18, 19),
    ),
    "anggaran_kas": (
        "a.xlsx",
        [*HEAD, ["", "Anggaran", "Rincian", *QUARTERED, "Jumlah"],
         *(["", label, "Target", *with_quarters(own), sum(own)] for label, own in (
             ("BELANJA", under(PLAN, "5")), ("Belanja Operasi", under(PLAN, "5.1")),
             ("Belanja Modal", under(PLAN, "5.2"))))],
        (3, 6, 18, 19),
    ),
    "format_impor": (
        "apbd_2025_murni.xlsx",
        [["", "", "", 640], ["OPD", "Sub Kegiatan", "Rekening", "APBD"],
         *([f"{OPD} {NAME}", "1.01.01.2.06.0009 Rapat", f"{code} Belanja", own[0]] for code, own in PAIRS.items())],
        (3,),
    ),
    "lra": (
        "a.xlsx",
        [*HEAD, ["KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI", "SISA"],
         *([*row, row[2] - row[3]] for row in tree(SPENT)), ["", "JUMLAH BELANJA", 660, 50, 610]],
        (2, 3, 4),
    ),
    "lra, kelompok berdampingan": (
        "a.xlsx",
        [*HEAD, ["Kode", "", "Uraian", "Operasi", "", "Modal", "", "Jumlah", ""],
         ["", "", "", *["Anggaran", "Realisasi"] * 3], list(range(1, 10)),
         *([code[:4], code[5:], "Uraian", *under(ACROSS, code)] for code in ("1.01", "1.01.01", "1.01.01.2.06", *ACROSS)),
         ["JUMLAH", "", "", *under(ACROSS, "1.01")]],
        tuple(range(3, 9)),
    ),
    "penjabaran": (
        "perubahan.xlsx",
        [*HEAD, ["KODE REKENING", "URAIAN", "SEBELUM", "SESUDAH", "BERTAMBAH/(BERKURANG)"],
         *([*row, row[3] - row[2]] for row in tree(PAIRS)), ["", "JUMLAH BELANJA", 640, 170, -470]],
        (2, 3, 4),
    ),
    "sebelum_sesudah": (
        "a.xlsx",
        [["SKPD", ":", f"{OPD} {NAME}"], ["Sub Kegiatan", ":", "1.01.01.2.06.0009 Rapat"], ["Tahun Anggaran", ":", "2025"],
         ["No", "Kode Rekening", "Uraian", "Sebelum Efisiensi", "Setelah Efisiensi", "Selisih"],
         *([1, code, "Uraian", one, two, one - two] for code, (one, two) in PAIRS.items()),
         ["", "", "JUMLAH", 640, 170, 470]],
        (3, 4, 5),
    ),
}  # fmt: skip
EVERY = pytest.mark.parametrize("layout", BOOKS)


def told(workbook, config, layout, rows):
    """Sentences of warnings and errors; a refusal is one too."""
    name, layout = BOOKS[layout][0], layout.split(",")[0]
    try:
        reading = read(workbook(name, {"Isi": rows}), config, layout=layout)
    except PkError as refusal:
        return {str(refusal)}
    return {item.sentence for item in reading.findings if item.severity != "catatan"}


def amounts(rows, columns):
    return [
        (place, column) for place, row in enumerate(rows) for column in columns
        if column < len(row) and isinstance(row[column], int) and row[:3] != [1, 2, 3]
    ]  # fmt: skip


def changed(rows, place, column, value):
    return [[*row[:column], value, *row[column + 1 :]] if number == place else row for number, row in enumerate(rows)]


@EVERY
def test_the_valid_file_has_its_layout_and_nothing_is_wrong_with_it(workbook, config, layout):
    name, rows, _ = BOOKS[layout]
    reading = read(workbook(name, {"Isi": rows}), config)
    assert reading.layout == layout.split(",")[0]
    assert [item.sentence for item in reading.findings if item.severity != "catatan" and "kumulatif Jan" not in item.rule
            ] == []  # fmt: skip


@EVERY
def test_every_changed_amount_is_found(workbook, config, layout):
    _, rows, columns = BOOKS[layout]
    before = told(workbook, config, layout, rows)
    cells = amounts(rows, columns)
    missed = [(place, column) for place, column in cells
              if not told(workbook, config, layout, changed(rows, place, column, rows[place][column] + 7)) - before]  # fmt: skip
    assert (len(cells) > 3, missed) == (True, [])


@EVERY
@pytest.mark.parametrize("value", ["tujuh", True])
def test_text_in_any_amount_is_found(workbook, config, layout, value):
    _, rows, columns = BOOKS[layout]
    before = told(workbook, config, layout, rows)
    cells = [cell for cell in amounts(rows, columns[:2]) if cell[0]]  # above the headings words may stand
    missed = [cell for cell in cells if not told(workbook, config, layout, changed(rows, *cell, value)) - before]
    assert missed == []


def lines(layout):
    """Positions of the rows that hold a full account or an activity."""
    _, rows, columns = BOOKS[layout]
    return sorted({place for place, _ in amounts(rows, columns) if place})


@EVERY
@pytest.mark.parametrize(
    "damage",
    [
        lambda row: ["", *row],
        lambda row: [cell.replace("5.1.02", "5.1.0x") if isinstance(cell, str) else cell for cell in row],
        lambda row: ["" if isinstance(cell, str) and cell[:1].isdigit() else cell for cell in row],
    ],
    ids=["shifted", "broken code", "blank key"],
)
def test_a_damaged_row_is_found(workbook, config, layout, damage):
    _, rows, _ = BOOKS[layout]
    before = told(workbook, config, layout, rows)
    hurt = [(place, damage(rows[place])) for place in lines(layout)]
    missed = [
        place for place, row in hurt
        if row != rows[place] and not told(workbook, config, layout, [*rows[:place], row, *rows[place + 1 :]]) - before
    ]  # fmt: skip
    assert missed == []


def stored(layout):
    """Positions of the rows that are stored, not only held against others."""
    _, rows, _ = BOOKS[layout]
    leaves = {*PLAN, *ACROSS, *(code[5:] for code in ACROSS), "Belanja Operasi", "Belanja Modal"}
    return [
        place for place in lines(layout) if any(str(cell).removesuffix(" Belanja") in leaves for cell in rows[place])
    ]


@EVERY
def test_a_row_that_stands_twice_or_is_lost_is_found(workbook, config, layout):
    name, rows, _ = BOOKS[layout]
    baseline = {item.sentence for item in read(workbook(name, {"Isi": rows}), config).findings}
    places = stored(layout)
    twice = [[*rows[: place + 1], rows[place], *rows[place + 1 :]] for place in places]
    lost = [[*rows[:place], *rows[place + 1 :]] for place in places]
    found = [read(workbook(name, {"Isi": hurt}), config).findings for hurt in (*twice, *lost)]
    assert (len(places) > 1, [place for place, findings in zip([*places, *places], found, strict=True)
                              if not {item.sentence for item in findings} - baseline]) == (True, [])  # fmt: skip


def test_cumulative_months_are_told_by_their_sum_and_stored_as_those_of_each_month(workbook, config, severities):
    rows = [*HEAD, ["KODE REKENING", "URAIAN", "PAGU", *MONTHS],
            *([code, "Uraian", sum(own), *accumulate(own)] for code, own in PLAN.items())]  # fmt: skip
    reading = read(workbook("a.xlsx", {"Isi": rows}), config)
    assert reading.tables["rencana_kas"].groupby("bulan")["rencana_rp"].sum().tolist() == under(PLAN, "5")
    (warning,) = severities(reading, "peringatan")
    assert warning.rule.startswith("kolom bulan berisi angka kumulatif")
