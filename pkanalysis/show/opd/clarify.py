"""What this OPD is asked to clarify: each pattern that was found, with the lines that triggered it, in one table."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget.accounts import is_targeted
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.efficiency.clarify import Found
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.efficiency.lines import CHANGE, Named

TOP = 10
REFILLED = "pos sasaran dipotong, kemudian naik lagi"
LEAKED = "perjalanan turun, pos penggantinya naik"
CAPITAL = "belanja modal dikurangi dengan sebab efisiensi"
SERVICE = "sub kegiatan SPM berkurang"
RELABELLED = "dihapus, jumlah yang sama naik di tempat lain"
LIMITED = "naik pada pos yang diminta dibatasi"
KEY = ["tahap_sesudah", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "sumber_dana"]


def clarify(pair: Comparison, step: pd.DataFrame, found: Found, named: Named) -> Table | Note:
    """The triggering lines of every pattern, the largest change first; a line stands under its first pattern only.

    Parameters
    ----------
    step : DataFrame
        The step that is compared.
    found : Found
        Result of :func:`pkanalysis.show.efficiency.clarify.patterns` for this OPD.
    """
    if refused := pair.refused("klarifikasi"):
        return refused
    every = _triggers(step, found)
    if every.empty:
        none = Phrase("Pola yang perlu diklarifikasi tidak ditemukan pada baris anggaran OPD ini.")
        return Note(**pair.block("klarifikasi"), items=(none,))
    order = every["selisih_rp"].abs().sort_values(ascending=False, kind="stable").index
    top = every.loc[order].head(TOP)
    rows = top.assign(
        sub=named.activities(top["kode_sub_kegiatan"]),
        rekening=named.accounts(top["kode_rekening"]),
        tahap=top["tahap_sesudah"].map(pair.setting.stage_name),
    )
    return Table.from_frame(
        rows,
        [
            Column("hal", "Hal", wide=True),
            Column("sub", "Sub kegiatan", wide=True),
            Column("rekening", "Rekening", wide=True),
            Column("tahap", "Tahap"),
            *CHANGE,
        ],
        **pair.block("klarifikasi", "Hal yang perlu diklarifikasi dan baris yang memicunya"),
        note=_note(pair, len(every)),
        source=pair.setting.budget_source,
    )


def _triggers(step: pd.DataFrame, found: Found) -> pd.DataFrame:
    gone = step.merge(found.relabelled.lines[KEY[1:]].drop_duplicates(), on=KEY[1:])
    limited = step[is_targeted(step["kode_rekening"]) & step["penambahan_rp"].gt(0)]
    parts = {
        REFILLED: found.refilled.lines, LEAKED: found.leaked.lines, CAPITAL: found.capital.lines,
        SERVICE: found.service.lines, RELABELLED: gone, LIMITED: limited,
    }  # fmt: skip
    every = [lines.assign(hal=name) for name, lines in parts.items() if len(lines)]
    known = pd.concat(every, ignore_index=True) if every else step.iloc[:0].assign(hal="")
    return known.drop_duplicates(KEY, ignore_index=True)


def _note(pair: Comparison, number: int) -> Phrase:
    text = "Pola bukan putusan: setiap baris dapat mempunyai alasan yang baik. Ambang menurut pkanalysis.toml."
    if number <= TOP:
        return pair.note(text)
    return pair.note(f"{{k}} yang terbesar dari {{n}} baris. {text}", k=count(TOP), n=count(number))
