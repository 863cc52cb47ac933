"""Sentences of the efficiency page, one by one: wording, numbers, direction, and when nothing is said."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from pkanalysis.analysis.budget.accounts import Opaque
from pkanalysis.analysis.budget.directive import Parts
from pkanalysis.analysis.spending import Absorption
from pkanalysis.config import Announcement, Saving, Stage
from pkanalysis.errors import PkError
from pkanalysis.show import opening, sentences, spending
from pkanalysis.show.page import Page, comparison, laws
from pkanalysis.show.travel import state

STAGES = (
    Stage(2025, "murni", "APBD murni"),
    Stage(2025, "geser", "Pergeseran", dasar_hukum="Perwal 12", tanggal_pemberitahuan_dprd=dt.date(2025, 3, 26)),
    Stage(2025, "perubahan", "Perubahan APBD"),
)
PARTS = Parts(
    1000, 900, 300, 200, 40, 15, 2, 0,
    pd.Series({"inpres_1_2025": 200, "tkd": 40, "pos_sasaran_inpres": 60}),
    pd.Series({"kesehatan": 150, "lainnya": 50}),
)  # fmt: skip


def setting(stages=STAGES):
    return Page(
        "", "Kota", "Kota", False, 2025, "TW3", dt.date(2025, 9, 30), stages, (), "murni", Saving(), "akip", None, False,
        "", "", "", "",
    )  # fmt: skip


def lines(*stages, account="5.1.02.04.01.0001"):
    return pd.DataFrame({"tahap": stages, "kode_opd": "A", "kode_rekening": account, "pagu_rp": 100})


def pair(before="", after="", stages=STAGES):
    rows = lines(*(stage.kode for stage in stages))
    return comparison(setting(stages), rows, {"A": "Dinas A"}, before, after)


def travelled(*amounts, base=100, tolerance=0):
    """Travel of one OPD at later stages against half of the base."""
    rows = []
    for stage, amount in zip(("geser", "perubahan"), amounts, strict=False):
        short = max(0, amount - base // 2) if amount - base // 2 > tolerance else 0
        rows.append({
            "tahap": stage, "cakupan": "opd", "kode_opd": "A", "pagu_sebelum_rp": base, "pagu_sesudah_rp": amount,
            "selisih_rp": amount - base, "persen": 100.0 * (amount - base) / base, "kekurangan_rp": short,
            "status": "belum" if short else "memenuhi",
        })  # fmt: skip
    return pd.DataFrame(rows)


def test_the_change_is_told_gross_and_net():
    assert str(opening.changed(PARTS)) == (
        "Belanja daerah berubah dari Rp1.000 menjadi Rp900: berkurang Rp300 dan bertambah Rp200, bersih turun Rp100 "
        "(10,0%), dihitung kotor pada tingkat baris belanja."
    )
    assert "bersih tetap" in str(opening.changed(replace(PARTS, after_rp=1000, increase_rp=300)))
    assert "bersih naik Rp50 (–)" in str(opening.changed(replace(PARTS, before_rp=0, after_rp=50)))
    still = replace(PARTS, after_rp=1000, decrease_rp=0, increase_rp=0)
    assert str(opening.changed(still)) == "Belanja daerah tetap Rp1.000; tidak ada baris yang berubah."
    assert str(opening.changed(PARTS, is_net_only=True)) == (
        "Belanja daerah berubah dari Rp1.000 menjadi Rp900, bersih turun Rp100 (10,0%)."
    )


def test_transfer_is_apart_and_the_inpres_is_named_only_where_the_opd_said_so():
    assert str(opening.chosen(PARTS)) == (
        "Dari pengurangan Rp300, Rp260 adalah pilihan daerah dan Rp40 penyesuaian TKD (KMK 29/2025). Bagian TKD tidak "
        "dapat dialihkan. Menurut isian OPD Rp200 dihemat karena Inpres 1/2025. Rp60 berkurang pada pos sasaran Inpres "
        "tanpa sebab yang diisi."
    )
    silent = replace(PARTS, transfer_rp=0, decrease_by_reason=pd.Series({"pos_sasaran_inpres": 60}))
    text = str(opening.chosen(silent))
    assert "seluruhnya pilihan daerah" in text
    assert "dihemat karena" not in text


def test_additions_by_sector_and_what_was_not_used_again():
    (said,) = opening.added(PARTS)
    assert str(said) == (
        "Penambahan Rp200: kesehatan Rp150; lainnya Rp50. Rp15 di 2 SKPD berada pada pos yang diminta dibatasi. "
        "Pengurangan pilihan daerah lebih besar Rp60 dari penambahan; sebesar itu belum dialokasikan kembali."
    )
    assert "belum dialokasikan" not in str(opening.added(replace(PARTS, increase_rp=260))[0])
    assert str(opening.added(replace(PARTS, increase_rp=0))[0]) == "Tidak ada penambahan."


def test_travel_short_of_half_is_a_gap_and_no_verdict():
    both = pd.concat([travelled(60), travelled(60).assign(cakupan="semua")])
    assert str(opening.travel(pair(), both)) == (
        "Perjalanan dinas turun 40,0% dari pagu murni (Rp100 menjadi Rp60). 0 dari 1 SKPD mencapai 50%; 1 SKPD belum "
        "50%, jumlah selisih Rp10."
    )
    assert "belum dapat diuji" in str(opening.travel(pair(), both.iloc[:0]))


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((50, 50), "mencapai 50%"),
        ((60, 70), "belum 50%, selisih Rp20"),
        ((50, 62), "mencapai 50% pada Pergeseran, kemudian bertambah Rp12 pada Perubahan APBD sehingga turun 38,0%; selisih Rp12"),
        ((40, 130), "mencapai 50% pada Pergeseran, kemudian bertambah Rp90 pada Perubahan APBD sehingga naik 30,0%; selisih Rp80"),
    ],
)  # fmt: skip
def test_state_of_travel(amounts, said):
    assert str(state(pair(), travelled(*amounts).set_index("tahap"))) == said


def test_three_carry_and_fewer_say_nothing():
    carried = pd.DataFrame(
        {"pengurangan_rp": [6, 2, 1, 1], "kumulatif_pct": [60.0, 80.0, 90.0, 100.0]}, index=list("ABCD")
    )
    (said,) = sentences.carriers(carried, pair().names, opening.CARRIED)
    assert str(said) == "3 SKPD menyumbang 90% pengurangan pilihan daerah, terbesar Dinas A (Rp6)."
    assert sentences.carriers(carried[:3], pair().names, opening.CARRIED) == []


def test_default_pair_and_the_basis_of_every_stage_in_it():
    assert pair().step.codes == ["murni", "geser"]
    geser = "Dasar Pergeseran: Perwal 12; diberitahukan ke DPRD 26 Maret 2025."
    assert [str(item) for item in opening.cover(pair(), lines("murni")).items[1:]] == [geser]
    later = opening.cover(pair("murni", "perubahan"), lines("murni")).items[1:]
    assert [str(item) for item in later] == [
        geser, "Dasar Perubahan APBD: belum diisi di pkanalysis.toml; tanggal pemberitahuan DPRD belum diisi."
    ]  # fmt: skip
    assert str(laws(pair("murni", "perubahan").steps)) == " ".join(map(str, later))


@pytest.mark.parametrize(
    ("codes", "before", "after"),
    [
        (("murni", "pergeseran_1", "pergeseran_2", "perubahan"), "", "pergeseran_2"),
        (("murni", "perubahan"), "", "perubahan"),
        (("murni", "pergeseran", "perubahan"), "pergeseran", "perubahan"),
    ],
)
def test_the_last_stage_before_the_amendment_is_compared_where_there_is_one(codes, before, after):
    assert pair(before, stages=tuple(Stage(2025, code, code) for code in codes)).step.after == after


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("", "akhir"), "'akhir' tidak ada atau belum berlaku; yang ada: murni, geser, perubahan"),
        (("geser", "murni"), "'geser' tidak mendahului 'murni'; urutannya: murni, geser, perubahan"),
        (("geser", "geser"), "'geser' tidak mendahului 'geser'"),
    ],
)
def test_pairs_that_cannot_be(given, words):
    with pytest.raises(PkError, match=words):
        pair(*given)


def test_one_stage_alone_is_said_and_not_compared():
    alone = pair(stages=STAGES[:1])
    assert alone.step.codes == []
    assert "perlu dua tahap" in str(alone.too_few()[0])
    assert str(alone.refused("per-skpd").items[0]) == "Per SKPD: tidak dapat dibuat; sebabnya pada Batas data."
    assert pair().refused("per-skpd") is None
    office = replace(alone, code="A")
    assert str(office.refused("sebab").items[0]) == (
        "Sebab: tidak dapat dibuat; perlu dua tahap anggaran yang sudah berlaku dan ada datanya."
    )


def test_another_numbering_refuses_accounts_and_not_offices():
    old = lines("murni").assign(kode_rekening="5.1.02.04.01.001")
    other = comparison(setting(), pd.concat([old, lines("geser")]), {})
    assert other.step.is_other_numbering
    assert other.refused("bidang") is not None
    assert other.refused("per-skpd", is_by_account=False) is None


def test_hidden_amount_stands_below_with_or_without_a_share():
    whole = replace(pair(), step=replace(pair().step, hidden=Opaque(30, None)))
    assert str(whole.note()) == "Tidak terurai pada rekening BOS/BOSP/BOK/BLUD: Rp30."
    assert str(pair().note("Catatan.")).startswith("Catatan. Tidak terurai pada rekening BOS/BOSP/BOK/BLUD: Rp0 (0,0%")
    office = replace(pair(), code="A")
    assert str(office.note("Catatan.")) == "Catatan."
    assert str(replace(office, step=replace(office.step, hidden=Opaque(30, 12.5))).note("Catatan.")).endswith(
        ": Rp30 (12,5% belanja barang dan jasa)."
    )


def test_a_figure_announced_earlier_is_explained_by_the_nearest_measure():
    found = pd.Series({"pengurangan": 300, "pengurangan_sasaran": 44, "penambahan": 90})
    entry = Announcement("Hemat", dt.date(2025, 2, 21), 44, "pengurangan")

    def explained(amount):
        (row,) = opening.announced(pair(), [replace(entry, nilai_rp=amount)], found).rows
        return str(row[-1])

    assert explained(44) == "berbeda; sama dengan pengurangan kotor pada pos sasaran, di luar TKD (Rp44)"
    assert explained(300) == "sama"
    assert explained(50).startswith("berbeda; yang terdekat pengurangan kotor")
    assert explained(500) == "berbeda; tidak ada ukuran lain yang lebih dekat"


def test_pace_beside_last_year_on_the_bases_that_are_known():
    years = pd.DataFrame(
        {"tahun": [2024, 2025], "serapan_terakhir_pct": [60.1, 56.2], "serapan_murni_pct": [None, 57.4]}
    )
    spent = Absorption(9, 562, None, 979, 1000, 9)
    said = [str(item) for item in spending.sentence(setting(), spent, years).items]
    assert [text for text in said if "tahun lalu" in text] == [
        "Penyerapan pagu terakhir 56,2%, 3,9 poin di bawah bulan yang sama tahun lalu."
    ]
    said = [str(item) for item in spending.sentence(setting(), spent, years.head(1)).items]
    assert said[-1] == "Bulan yang sama tahun lalu belum dapat disandingkan: datanya tidak ada."
