import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.intake.values import Value, values
from pkanalysis.vocabulary import WAITING

DECIMALS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("75,5", 75.5), ("75.5", 75.5), ("75,5%", 75.5), ("100%\t", 100), (" 0,648", 0.648), ("0.018", 0.018),
        ("-38,67", -38.67), ("1.234.567", 1234567), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("14085", 14085),
        ("14016,22", 14016.22), ("≥ 80", 80), ("min 80", 80), ("12 Dokumen", 12), ("'95", 95), ("Rp 5", 5),
        (5, 5), (0.25, 0.25), ("8.", 8),
    ],
)  # fmt: skip
def test_numbers(written, number):
    (read,) = values([written])
    assert (read.number, read.problem, read.doubt) == (number, "", "")


@pytest.mark.parametrize("written", ["", "-", " – ", "…", "null", None, float("nan"), "--"])
def test_an_empty_cell_is_neither_nought_nor_a_status(written):
    assert values([written]) == [Value()]
    assert values([written])[0].is_empty


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Belum Rilis BPS", "menunggu_rilis"), ("menunggu rilis", "menunggu_rilis"), ("blm terbit", "menunggu_rilis"),
        ("Belum dirilis 2025", "menunggu_rilis"), ("n/a", "tidak_terukur"), ("NA", "tidak_terukur"),
        ("N/A", "tidak_terukur"), ("n.a.", "tidak_terukur"), ("tidak ada data", "tidak_terukur"),
        ("Belum diukur", "tidak_terukur"), ("tidak dapat diukur", "tidak_terukur"), ("Belum jadwal", "belum_jadwal"),
        ("Belum waktunya", "belum_jadwal"), ("tidak berlaku", "tidak_berlaku"), ("Indikator dihapus", "tidak_berlaku"),
    ],
)  # fmt: skip
def test_why_there_is_no_value(written, status):
    assert values([written]) == [Value(status=status)]
    assert status in WAITING


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("70-80 BB", Value(70, 80, "BB")),
        ("70 s.d. 80", Value(70, 80)),
        ("1,5 – 3,5%", Value(1.5, 3.5)),
        ("72,94 (BB)", Value(72.94, letter="BB")),
        ("BB (72,94)", Value(72.94, letter="BB")),
        ("WTP", Value(letter="WTP")),
        ("B", Value(letter="B")),
        ("Sangat Baik", Value(letter="Sangat Baik")),
    ],
)
def test_ranges_and_predicates(written, expected):
    assert values([written]) == [expected]


@pytest.mark.parametrize(
    "written",
    [
        dt.date(2025, 2, 1),
        True,
        "80-70",
        "1,2 juta",
        "8:30",
        "1 dari 5",
        "4,.123",
        "1.2.3",
        "lihat lampiran yang ada 5",
    ],
)
def test_what_is_no_value_is_a_problem_and_no_number(written):
    (read,) = values([written])
    assert read.problem
    assert read.number is None


def test_a_doubled_separator_is_repaired_and_told():
    (read,) = values(["4,.9"])
    assert read == Value(4.9, doubt="NILAI_PEMISAH_GANDA")
    assert read.why() == "pemisah ganda; dibaca 4,9"


def test_the_column_decides_what_a_lone_separator_means():
    assert [read.number for read in values(["149,152", "7,78", "0,648"])] == [149.152, 7.78, 0.648]
    assert [read.number for read in values(["149,152", "7.78", "12.5"])] == [149152, 7.78, 12.5]
    assert all(not read.doubt for read in values(["149,152", "7,78"]))


def test_a_column_of_two_minds_tells_both_readings():
    (read, *_) = values(["149,152", "7,78", "0,648", "12.5"])
    assert (read.number, read.other) == (149.152, 149152)
    assert read.why() == "dapat berarti 149152 atau 149,152; dibaca 149,152"


def test_a_column_without_evidence_is_indonesian_and_told():
    assert [(read.number, read.other, bool(read.doubt)) for read in values(["144.000", "5.066"])] == [
        (144000, 144, True), (5066, 5.066, True),
    ]  # fmt: skip


@given(st.lists(DECIMALS, min_size=1))
def test_indonesian_numbers_come_back(numbers):
    texts = [f"{number:,}".translate(str.maketrans(",.", ".,")) for number in numbers]
    assert [read.number for read in values(texts)] == [float(number) for number in numbers]


@given(st.lists(DECIMALS, min_size=1))
def test_american_numbers_come_back(numbers):
    assert [read.number for read in values([f"{number:,}" for number in numbers])] == [float(n) for n in numbers]


@given(st.lists(st.text() | st.floats() | st.integers() | st.none() | st.dates() | st.from_regex(r"[\d.,%-]{1,9}")))
def test_any_cells_give_one_value_each_and_never_a_traceback(cells):
    read = values(cells)
    assert len(read) == len(cells)
    assert all(value.number is None for value in read if value.problem)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (".5", Value(0.5)), ("+5,2", Value(5.2)), ("Level 3", Value(3)), ("Kategori B (65,2)", Value(65.2, letter="B")),
        ("Predikat BB", Value(letter="BB")), ("Opini BPK WTP", Value(letter="WTP")),
        ("WTP (Wajar Tanpa Pengecualian)", Value(letter="WTP")), ("3 (Baik)", Value(3, letter="Baik")),
        ("12 KM", Value(12)), ("Rp 1.200.000,-", Value(1_200_000)), ("12,5 (angka sementara)", Value(12.5, status="sementara")),
        ("75,5 s.d. 80 %", Value(75.5, 80)), ("Rilis Maret 2026", Value(status="menunggu_rilis")),
        ("Dalam proses penilaian", Value(status="menunggu_rilis")), ("Tidak dilaksanakan", Value(status="tidak_terukur")),
        ("(N/A)", Value(status="tidak_terukur")), ("diukur akhir tahun", Value(status="belum_jadwal")),
    ],
)  # fmt: skip
def test_what_offices_write_around_a_value(written, expected):
    assert values([written]) == [expected]


@pytest.mark.parametrize(
    ("written", "unit", "bound"),
    [("75,5 %", "%", ""), ("12 Dokumen", "Dokumen", ""), ("≥ 80", "", "≥"), ("maks. 5 hari", "hari", "maks"),
     ("BB", "", ""), ("70-80 BB", "", "")],
)  # fmt: skip
def test_unit_and_bound_stand_beside_the_number(written, unit, bound):
    (read,) = values([written])
    assert (read.unit, read.bound) == (unit, bound)


@pytest.mark.parametrize(
    "written",
    ["Rp 1,2 M", "1,2 T", "3:1000", "8 dari 10", "5/1.000", "01-Feb", "JAN-25", "5,2 -", "#DIV/0!", "nihil", "tidak ada",
     "TRUE", "2025-02-01 00:00:00", "IDM 0,7123", "1 200", "angka sementara"],
)  # fmt: skip
def test_what_may_mean_something_else_is_no_number(written):
    (read,) = values([written])
    assert read.problem
    assert (read.number, read.letter) == (None, "")


def test_a_word_that_no_scale_has_is_kept_and_told():
    (read,) = values(["Kuat"])
    assert (read.letter, read.why()) == ("Kuat", "bukan predikat yang dikenal; disimpan sebagai predikat")
