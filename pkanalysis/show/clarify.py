"""Things to clarify: each pattern with its threshold from the configuration and the lines that triggered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import is_targeted
from pkanalysis.analysis.budget.directive import carried_by
from pkanalysis.analysis.budget.patterns import (
    MEETINGS,
    Dispersion,
    Pattern,
    capital_cut,
    dispersion,
    leaked,
    refilled,
    relabelled,
    service_cut,
)
from pkanalysis.config import Patterns
from pkanalysis.show.blocks import Note, Table
from pkanalysis.show.lines import LINE, MOVED, Named, coded
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, change_table
from pkanalysis.show.values import Phrase, Value, count, percent, phrases, plain, points, rupiah

TOP = 10
NOT_A_VERDICT = "Pola bukan putusan: setiap baris dapat mempunyai alasan yang baik."
NONE = "{judul}: tidak ada baris pada ambang yang ditetapkan."
UNCHECKED = (
    "{judul}: belum dapat diperiksa, karena daftar sub kegiatan SPM daerah belum diisi; isi kodenya pada spm di bagian "
    "[pola] pkanalysis.toml, misalnya dari daftar nomenklatur sub kegiatan yang bertanda SPM, lalu jalankan lagi."
)
KEY = ["tahap_sesudah", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "sumber_dana"]


@dataclass(frozen=True)
class Found:
    """What every pattern found in the step (``refilled``: over all stages)."""

    refilled: Pattern
    leaked: Pattern
    capital: Pattern
    service: Pattern
    relabelled: Pattern
    spread: Dispersion
    carried: pd.DataFrame


def patterns(steps: pd.DataFrame, step: pd.DataFrame, causes: pd.DataFrame, limits: Patterns) -> Found:
    """Every pattern with the thresholds of the configuration.

    Parameters
    ----------
    steps, step : DataFrame
        All steps from murni, and the one that is compared.
    causes : DataFrame
        Rows of ``perubahan_anggaran``.
    """
    is_target = is_targeted(step["kode_rekening"])
    return Found(
        refilled(steps, None, limits.naik_lagi_rp, limits.naik_lagi_pct, limits.naik_lagi_dipotong_pct),
        leaked(step, limits.pos_pengganti or tuple(MEETINGS), limits.pengganti_rp, limits.pengganti_pct),
        capital_cut(step, causes, limits.sebab_modal, limits.modal_rp),
        service_cut(step, limits.spm, limits.spm_rp),
        relabelled(step, limits.pindah_kode_rp),
        dispersion(step[is_target], limits.rata_poin, limits.rata_pct),
        carried_by(step, is_target),
    )


@change_table("pola", "Hal yang perlu diklarifikasi", "pola ambang opd baris rp hasil",
              f"{NOT_A_VERDICT} Ambang dari [pola] pkanalysis.toml; baris pemicunya pada lampiran.",
              opd=("SKPD", "bulat", 0, False), rp="Rupiah")  # fmt: skip
def overview(page: Page, found: Found, limits: Patterns) -> RowsOrBlock:
    """One line per pattern: threshold, SKPD, lines, rupiah."""
    after = ", sesudah dipotong paling sedikit {potong} dari pagu murni"
    potong, cut = percent(limits.naik_lagi_dipotong_pct, 0), "pengurangan_rp"
    refilled = _least(limits.naik_lagi_rp, limits.naik_lagi_pct, "dari yang dipotong", after, potong=potong)
    leaked = _least(limits.pengganti_rp, limits.pengganti_pct, "dari turunnya perjalanan")
    moved = "Baris dihapus, jumlah yang sama muncul dengan kode lain"
    every = {
        "Pos sasaran dipotong, kemudian naik lagi": (found.refilled, "naik_rp", refilled),
        "Perjalanan turun, pos penggantinya naik": (found.leaked, "pengganti_naik_rp", leaked),
        "Belanja modal dikurangi dengan sebab efisiensi": (found.capital, cut, _least(limits.modal_rp)),
        "Sub kegiatan SPM dikurangi": (found.service, cut, _least(limits.spm_rp)),
        moved: (found.relabelled, cut, _least(limits.pindah_kode_rp)),
    }
    rows: list[tuple[Any, ...]] = []
    for name, (pattern, amount, least) in every.items():
        offices = pattern.rows["kode_opd"].nunique()
        said: Any = "ada yang perlu dilihat" if offices else "tidak ditemukan"
        rows.append((name, least, offices, len(pattern.lines), int(pattern.rows[amount].sum()), said))
        if pattern is found.service and not limits.spm:
            unset = "daftar sub kegiatan SPM daerah belum diisi"
            rows[-1] = (name, unset, None, None, None, "belum dapat diperiksa")
    spread, word = found.spread, "rata" if found.spread.is_flat else "tidak rata"
    values = {"p": percent(limits.rata_pct, 0), "d": points(limits.rata_poin), "b": percent(spread.in_band_pct)}
    band, said = phrases(values, "{p} SKPD di dalam {d} poin dari median", f"{{b}} SKPD di dalam pita; {word}")
    if spread.is_flat is None:
        said = "; ".join(refused.sentence for refused in spread.refusals)
    flat = "Pengurangan rata di semua SKPD (angka 5 meminta tidak merata)"
    return [*rows, (flat, band, spread.n, None, None, said), _few(page, found.carried, limits)]


def _least(amount: int, share: float = 0, of: str = "", after: str = "", **values: Value) -> Phrase:
    text = f"paling sedikit {{rp}} dan {{p}} {of}" if share else "paling sedikit {rp}"
    return phrases({"rp": rupiah(amount), "p": percent(share, 0)} | values, text + after)[0]


def _few(page: Page, carried: pd.DataFrame, limits: Patterns) -> tuple[Any, ...]:
    name, few = "Sedikit SKPD memikul pengurangan pada pos sasaran", min(limits.tumpuan_opd, len(carried))
    values = {"k": count(limits.tumpuan_opd), "p": percent(limits.tumpuan_pct, 0)}
    least = Phrase("{k} SKPD memikul {p} atau lebih", values)
    if not few or not carried["pengurangan_rp"].sum():
        return (name, least, 0, None, 0, "tidak ada pengurangan")
    share = carried["kumulatif_pct"].iloc[few - 1]
    values = {"k": count(few), "s": percent(share), "nama": plain(page.office(carried.index[0]))}
    (said,) = phrases(values, "{k} SKPD memikul {s}" + ", terbesar {nama}" * bool(share >= limits.tumpuan_pct))
    return (name, least, few, None, int(carried["pengurangan_rp"].iloc[:few].sum()), said)


@change_table("naik-lagi", "Pos sasaran yang dipotong, kemudian naik lagi",
              "nama pos tahap dipotong_rp dipotong_pct naik_rp naik_pct",
              "Neto per SKPD dan kelompok pos, pada semua tahap sejak murni.", none=NONE, by="naik_rp",
              tahap="Naik pada tahap")  # fmt: skip
def refilled_table(_page: Page, pattern: Pattern) -> RowsOrBlock:
    """Target categories that were cut and rose again at a later stage."""
    return pattern.rows


@change_table("pengganti", "Perjalanan turun, pos yang mungkin menggantikannya naik",
              "nama perjalanan_turun_rp pengganti_naik_rp naik_pct", "Pos yang dilihat: {pos}.", none=NONE,
              by="pengganti_naik_rp", naik_pct="% dari turunnya")  # fmt: skip
def leaked_table(_page: Page, pattern: Pattern, limits: Patterns) -> RowsOrBlock:
    """SKPD whose travel fell while accounts that may replace it rose."""
    return pattern.rows, {"pos": plain(", ".join(limits.pos_pengganti or MEETINGS.values()))}


@change_table("pindah-kode", "Baris yang dihapus dan jumlah yang sama di tempat lain",
              "nama lama rekening baru rekening_baru jumlah_rp",
              "Mungkin belanja yang sama dengan kode lain, sehingga bukan pengurangan dan bukan penambahan. Jumlah "
              "yang sama adalah petunjuk, bukan bukti.", none=NONE, by="jumlah_rp")  # fmt: skip
def relabelled_table(_page: Page, pattern: Pattern, named: Named) -> RowsOrBlock:
    """Lines that vanished while exactly the same amount rose elsewhere in the same SKPD."""
    lines = pattern.lines
    return lines.assign(
        lama=coded(lines["kode_sub_kegiatan"], named.activity),
        rekening=coded(lines["kode_rekening"], named.account),
        baru=coded(lines["kode_sub_kegiatan_lain"], named.activity),
        rekening_baru=coded(lines["kode_rekening_lain"], named.account),
    )


def triggers(
    page: Page, pattern: Pattern, named: Named, name: str, caption: str, is_checked: bool = True
) -> Table | Note:
    """The lines that triggered a pattern, the largest change first; ``is_checked`` where its list is configured."""
    lines = pattern.lines.sort_values("selisih_rp", key=abs, ascending=False, kind="stable")
    is_later = "tahap_sesudah" in lines and lines["tahap_sesudah"].ne(page.step.after).any()
    columns = f"{LINE} tahap {MOVED}" if is_later else f"{LINE} {MOVED}"
    none = NONE if is_checked else UNCHECKED
    spec = change_table(name, caption, columns, none=none)
    return page.refused(name) or spec.block(page, named.lines(lines))


@change_table("klarifikasi", "Hal yang perlu diklarifikasi dan baris yang memicunya",
              f"hal sub rekening tahap {MOVED}",
              none="Pola yang perlu diklarifikasi tidak ditemukan pada baris anggaran OPD ini.")  # fmt: skip
def of_office(_page: Page, step: pd.DataFrame, found: Found, named: Named) -> RowsOrBlock:
    """What one OPD is asked: the triggering lines of every pattern, the largest change first.

    A line stands under its first pattern only.

    Parameters
    ----------
    step : DataFrame
        The step that is compared.
    found : Found
        Result of :func:`patterns` for this OPD.
    """
    parts = {
        "pos sasaran dipotong, kemudian naik lagi": found.refilled.lines,
        "perjalanan turun, pos penggantinya naik": found.leaked.lines,
        "belanja modal dikurangi dengan sebab efisiensi": found.capital.lines,
        "sub kegiatan SPM berkurang": found.service.lines,
        "dihapus, jumlah yang sama naik di tempat lain": step.merge(
            found.relabelled.lines[KEY[1:]].drop_duplicates(), on=KEY[1:]
        ),
        "naik pada pos yang diminta dibatasi": step[is_targeted(step["kode_rekening"]) & step["penambahan_rp"].gt(0)],
    }
    every = [lines.assign(hal=name) for name, lines in parts.items() if len(lines)] or [step.iloc[:0].assign(hal="")]
    lines = pd.concat(every, ignore_index=True).drop_duplicates(KEY, ignore_index=True)
    lines = lines.sort_values("selisih_rp", key=abs, ascending=False, kind="stable")
    note = f"{NOT_A_VERDICT} Ambang menurut pkanalysis.toml."
    if len(lines) > TOP:
        note = f"{{k}} yang terbesar dari {{n}} baris. {note}"
    return named.lines(lines.head(TOP)), {"note": note, "k": count(TOP), "n": count(len(lines))}


def spread(page: Page, found: Dispersion) -> Note:
    """How unequally the target accounts were cut over SKPD, in words."""
    text = (
        "Perubahan pada pos sasaran: rata-rata {r} per SKPD, {k} untuk seluruhnya; {b} dari {n} SKPD berada di dalam "
        "pita di sekitar mediannya."
    )
    mean, whole, inside = map(percent, (found.mean_pct, found.overall_pct, found.in_band_pct))
    reasons = (reason.sentence for reason in found.refusals)
    said = page.say("sebaran", text, *reasons, n=count(found.n), r=mean, k=whole, b=inside)
    return page.refused("sebaran") or said
