"""What the rows of a file say against those of other files: the checks that no reader can make alone.

A budget stage wrong by a factor, or the same under another label; the region's figures as those of one OPD; spending
above the last stage, line by line, whichever came second; an indicator with another value from another file.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from pkanalysis.config import Config, Stage
from pkanalysis.intake.checks import FAR, MOST_TIMES, common_ratio, mislabelled, rising
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.intake.titles import strangers
from pkanalysis.store.offices import at, plain, strange_offices

KEYS = ["kode_opd", "kode_sub_kegiatan", "kode_rekening"]
RESTATED = {
    "realisasi": ["kode_opd", "indikator", "tahun", "periode"],
    "target": ["kode_opd", "indikator", "tahun", "periode", "dokumen", "ke"],
}
"""What makes a value of an indicator the same one, by table."""

LEAST_LINES, NEARLY = 10, 0.99
"""Lines that a stage must have before its likeness to another one says anything, and how many of them are alike."""
LISTED = 20
"""Findings per year of a file; further lines are counted in one more."""
ROUNDING = 12
"""Rupiah that twelve months with rounded cents may be above."""
LEAST_OFFICES = 3
"""Other OPD that must be stored before their sum says anything."""
JUMP, NEAR = 3, 0.05
"""Times the OPD's own former figure, and distance to the region's as a share of it."""

Tables = Mapping[str, pd.DataFrame]


def against(reading: Reading, file: str, before: Tables, after: Tables, config: Config) -> list[Finding]:
    """Warnings that come from other files.

    Parameters
    ----------
    reading : Reading
        The file at hand, with conformed tables.
    file : str
        Its name.
    before, after : mapping of str to DataFrame
        Tables of the workspace without its rows, and with them.
    config : Config
        Its stages, in order.
    """
    inside = {code for piece in reading.slices for code in piece.opd}
    found = [
        *strangers(file, file.rpartition(".")[0] or file, "nama berkas", inside, after["opd"]),
        *strange_offices(reading.tables.get("opd", before["opd"].head(0)), before["opd"], before["alias_opd"], file),
        *_amounts(reading, file, before, after, config),
    ]
    files = before["berkas"]
    is_own = pd.Series(False, index=files.index)  # what the file corrects is no contradiction
    for piece in reading.slices:
        is_year = files["tahun"].fillna(0).eq(piece.year or 0)
        is_own |= files["tata_letak"].eq(piece.layout) & is_year & files["tahap"].fillna("").eq(piece.stage)
    others = files[~is_own].set_index("id_berkas")["nama_berkas"].to_dict()
    names = after["indikator"].dropna(subset=["nama_indikator"]).set_index("kode_indikator")["nama_indikator"].to_dict()
    for name in RESTATED:
        if len(new := reading.tables.get(name, before[name].head(0))):
            old = before[name]
            old = old[old["kode_opd"].isin(new["kode_opd"].unique()) & old["id_berkas"].isin(others)]
            found += restated(name, new, old, names, others, file)
    return found


def _amounts(reading: Reading, file: str, before: Tables, after: Tables, config: Config) -> Iterator[Finding]:
    """Budget against the other stages of the year, months against those of other files, spending against budget."""
    own = {piece.stage for piece in reading.slices}
    for piece, year, new in _pieces(reading, "anggaran"):
        known = before["anggaran"][before["anggaran"]["tahun"].eq(year)]
        yield from region_as_one(new, known, "pagu_rp", "tahap", file)
        other = known[~known["tahap"].isin(own) & known["kode_opd"].isin(piece.opd)]
        other = other[other["kode_sub_kegiatan"].isin(piece.activities)] if piece.activities else other
        if len(other):
            yield from factors(new, other, [stage.kode for stage in config.stages(year)], file)
            yield from [] if piece.activities else same_stage(new, other, before["berkas"], file)

    names = before["berkas"].set_index("id_berkas")["nama_berkas"].to_dict()
    for piece, year, new in _pieces(reading, "realisasi_anggaran"):
        known, now = (rows[rows["tahun"].eq(year)]
                      for rows in (before["realisasi_anggaran"], after["realisasi_anggaran"]))  # fmt: skip
        yield from region_as_one(new, known, "realisasi_rp", "bulan", file)
        yield from mislabelled(new, known, file, piece.opd if piece.since else ())
        # months stored before may be those that this file shows to be sums
        for code, rows in known.groupby("id_berkas", sort=False) if not piece.since else ():
            for found in mislabelled(rows, new, file):
                yield replace(found, rule=f"yang tersimpan dari {names.get(code, 'berkas lain')} {found.rule}")
        yield from rising(now, piece.opd, file)

    for name in ("realisasi_anggaran", "anggaran"):  # spending first, as it has the lines
        if len(rows := reading.tables.get(name, after[name].head(0))):
            for year in map(int, rows["tahun"].dropna().unique()):
                new, budget, spent = (frame[frame["tahun"].eq(year)] for frame in (
                    rows, after["anggaran"], after["realisasi_anggaran"]))  # fmt: skip
                yield from above_pagu(new, budget, spent, config.stages(year), file)
            break


def _pieces(reading: Reading, name: str) -> Iterator[tuple[Slice, int, pd.DataFrame]]:
    """The year and rows of one table per slice that has any; slices differ by stage only in tables with stages."""
    rows = reading.tables.get(name)
    if rows is None:
        return
    slices = {piece if "tahap" in rows else replace(piece, stage=""): piece for piece in reading.slices}
    for piece in slices.values():
        own = rows[rows["tahun"].eq(piece.year or 0) & rows["kode_opd"].isin(piece.opd)]
        own = own[own["tahap"].eq(piece.stage)] if "tahap" in own else own
        if len(own):
            yield piece, piece.year or 0, own


def factors(new: pd.DataFrame, old: pd.DataFrame, order: list[str], file: str) -> list[Finding]:
    """Warnings for OPD whose budget is a multiple of that of the nearest stage stored.

    Most lines with one ratio of ten or more are told with that ratio; without such a ratio the totals must be
    :data:`pkanalysis.intake.checks.MOST_TIMES` apart.

    Parameters
    ----------
    new : pandas.DataFrame
        Rows of ``anggaran`` of one year and one stage, of the file at hand.
    old : pandas.DataFrame
        Rows of that year stored before, of other stages and the same OPD.
    order : list of str
        Codes of the stages of the year, in order.
    file : str
        Name of the file at hand.
    """
    stage = str(new["tahap"].iloc[0])
    places = {code: place for place, code in enumerate(order)}
    own = places.get(stage, len(order))  # the nearest stage in order is the measure; of two as near the earlier one
    other = min(old["tahap"].unique(), key=lambda code: (abs(places.get(code, len(order)) - own), places.get(code, 0)))
    old = old[old["tahap"].eq(other)]
    totals = _side_by_side(new, old, ["kode_opd"]).dropna().astype(float)
    totals = totals[totals.gt(0).all(axis=1)]
    ratio = totals["new"] / totals["old"]
    far = totals[ratio.ge(FAR) | ratio.le(1 / FAR)]
    if far.empty:
        return []
    one, two = (frame[frame["kode_opd"].isin(far.index)] for frame in (new, old))
    lines = _side_by_side(one, two, KEYS).dropna()
    shared = {str(code): common_ratio(pair["new"], pair["old"]) for code, pair in lines.groupby(level=0)}
    totals_alone = ratio[ratio.ge(MOST_TIMES) | ratio.le(1 / MOST_TIMES)]
    told = far.assign(ratio=far.index.map(shared).astype(float)).fillna({"ratio": totals_alone})
    told = told.dropna().assign(
        is_more=lambda rows: rows["ratio"].gt(1),
        times=lambda rows: rows["ratio"].map(lambda ratio: f"{max(ratio, 1 / ratio):.4g}"),
    )
    found = []
    for (times, is_more), rows in told.groupby(["times", "is_more"], sort=False):
        row = new[new["kode_opd"].isin(rows.index)].iloc[0]
        who = rows.index[0] if len(rows) == 1 else f"{len(rows)} OPD"
        values: dict[str, Any] = {"siapa": who, "kali": times, "tahap": stage, "tahap_lain": other}
        values |= {"pagu": int(rows["new"].sum()), "pagu_lain": int(rows["old"].sum())}
        code = "PAGU_BERLIPAT" if is_more else "PAGU_SEPERSEKIAN"
        found.append(finding(code, file, *at(row), "pagu_rp", str(row["pagu_rp"]), **values))
    return found


def same_stage(new: pd.DataFrame, old: pd.DataFrame, files: pd.DataFrame, file: str) -> list[Finding]:
    """A warning when every line of a stage is that of another stage stored; a note when nearly every one is.

    A small shift inside one total leaves nearly all lines alike too, so that is only noted.

    Parameters
    ----------
    new, old, file
        As for :func:`factors`.
    files : pandas.DataFrame
        Table ``berkas``, for the names of the other files.
    """
    total, offices, own = new["pagu_rp"].sum(), set(new["kode_opd"].unique()), new["tahap"].iloc[0]
    found = []
    for stage, rows in old.groupby("tahap", sort=False):
        if rows["pagu_rp"].sum() != total or set(rows["kode_opd"].unique()) != offices:
            continue
        lines = _side_by_side(new, rows, KEYS)
        alike, count = int(lines["new"].eq(lines["old"]).fillna(False).sum()), len(lines)
        names = ", ".join(files[files["id_berkas"].isin(rows["id_berkas"].unique())]["nama_berkas"]) or "berkas lain"
        values: dict[str, Any] = {"banyak": count, "tahap": stage, "berkas": names}
        if count >= LEAST_LINES and alike == count:
            found.append(finding("TAHAP_SAMA", file, value=own, **values))
        elif count >= LEAST_LINES and alike >= NEARLY * count:
            found.append(finding("TAHAP_HAMPIR_SAMA", file, value=own, sama=alike, **values))
    return found


def _side_by_side(new: pd.DataFrame, old: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Pagu per key in columns ``new`` and ``old``; empty where a side does not have the key."""
    sides = [frame[keys].assign(**{name: frame["pagu_rp"]}) for name, frame in (("new", new), ("old", old))]
    return pd.concat(sides).groupby(keys, dropna=False, sort=False)[["new", "old"]].sum(min_count=1)


def above_pagu(
    new: pd.DataFrame, budget: pd.DataFrame, spending: pd.DataFrame, stages: Sequence[Stage], file: str
) -> list[Finding]:
    """A warning per line whose spending of the year is above its pagu at the last stage stored.

    Nothing is said while a stage that was in force by the last month of the spending is still to come, or when the
    file at hand is an earlier stage.

    Parameters
    ----------
    new : pandas.DataFrame
        Rows of the file at hand, of ``anggaran`` or ``realisasi_anggaran``: they give the place of a finding.
    budget, spending : pandas.DataFrame
        Rows of ``anggaran`` and ``realisasi_anggaran`` of one year as stored now.
    stages : sequence of Stage
        Stages of the year, in order.
    file : str
        Name of the file at hand.
    """
    known = [stage for stage in stages if budget["tahap"].eq(stage.kode).any()]
    if not known or spending.empty:
        return []
    stage, month = known[-1].kode, int(spending["bulan"].max())
    end = dt.date(known[-1].tahun, month, calendar.monthrange(known[-1].tahun, month)[1])
    later = list(stages)[list(stages).index(known[-1]) + 1 :]
    is_awaited = any(other.berlaku_mulai and other.berlaku_mulai <= end for other in later)
    if is_awaited or ("tahap" in new and not new["tahap"].eq(stage).any()):
        return []
    here = new["kode_opd"].unique()
    pagu = budget[budget["tahap"].eq(stage) & budget["kode_opd"].isin(here)]
    spent = spending[spending["kode_opd"].isin(here)]
    lines = _lines(pagu, spent)
    over = lines[lines["spent"].sub(lines["pagu"]).gt(ROUNDING)].sort_values("spent", ascending=False)
    column = "realisasi_rp" if "realisasi_rp" in new else "pagu_rp"
    found = []
    for row in over.head(LISTED).to_dict("records"):
        used, limit = int(row["spent"]), int(row["pagu"])
        line = f"{row['kode_opd']}, {row['kode_sub_kegiatan'] or 'semua sub kegiatan'}, {row['kode_rekening']}"
        values: dict[str, Any] = {"realisasi": used, "tahap": stage, "pagu": limit, "baris": line}
        code, more = "REALISASI_TANPA_PAGU", dict[str, Any]()
        if limit > 0:
            code, more = "REALISASI_MELEBIHI_PAGU", {"lebih": f"{100 * (used / limit - 1):.2g}".replace(".", ",")}
        found.append(finding(code, file, *_place(new, row, column), **values | more))
    if (rest := len(over) - LISTED) > 0:
        found.append(finding("REALISASI_MELEBIHI_PAGU_LAIN", file, column=column, banyak=rest, tahap=stage))
    return found


def _lines(pagu: pd.DataFrame, spent: pd.DataFrame) -> pd.DataFrame:
    """Spending and pagu per line; by account alone for an OPD of which either side has no sub kegiatan.

    A line that has no pagu counts with nought where others of its sub kegiatan have one.
    """
    coarse = set[str]()
    for frame in (pagu, spent):
        coarse |= set(frame.loc[frame["kode_sub_kegiatan"].fillna("").eq(""), "kode_opd"].unique())
    sums = [
        frame.assign(kode_sub_kegiatan=frame["kode_sub_kegiatan"].mask(frame["kode_opd"].isin(coarse), ""))
        .groupby(KEYS)[value].sum()
        for frame, value in ((pagu, "pagu_rp"), (spent, "realisasi_rp"))
    ]  # fmt: skip
    both = sums[1].rename("spent").to_frame().join(sums[0].rename("pagu")).reset_index()
    activities = pd.MultiIndex.from_frame(sums[0].reset_index()[KEYS[:2]].drop_duplicates())
    is_known = pd.MultiIndex.from_frame(both[KEYS[:2]]).isin(activities)
    return both[is_known].assign(pagu=lambda frame: frame["pagu"].fillna(0))


def _place(new: pd.DataFrame, line: dict[Any, Any], column: str) -> tuple[str, str, str, str]:
    """Sheet, row, column and figure of the line in the file at hand, of its last month; empty when it is not there."""
    own = new[new["kode_rekening"].eq(line["kode_rekening"]) & new["kode_opd"].eq(line["kode_opd"])]
    own = own[own["kode_sub_kegiatan"].eq(line["kode_sub_kegiatan"])] if line["kode_sub_kegiatan"] else own
    own = own.sort_values("bulan", kind="stable") if "bulan" in own else own
    if own.empty or pd.isna(own["baris"].iloc[-1]):
        return "", "", column, ""
    last = own.iloc[-1]
    return str(last["lembar"]), f"baris {last['baris']}", column, str(last[column])


def restated(
    name: str, new: pd.DataFrame, old: pd.DataFrame, names: Mapping[Any, str], files: Mapping[Any, str], file: str
) -> list[Finding]:
    """A warning per value that another file gives otherwise; a preliminary one (``sementara``) may change.

    Parameters
    ----------
    name : {"realisasi", "target"}
    new, old : pandas.DataFrame
        Rows of that table: of the file at hand, and those stored from other files that it does not correct.
    names : mapping of str to str
        Name of the indicator by ``kode_indikator``; one name of one OPD is one indicator, whatever its codes.
    files : mapping of str to str
        File name by ``id_berkas``.
    file : str
        Name of the file at hand.
    """
    if "status" in old:
        old = old[old["status"].eq("final")]
    keys = RESTATED[name]
    one, two = (frame.assign(indikator=frame["kode_indikator"].map(lambda code: plain(names.get(code, code))))
                for frame in (new, old))  # fmt: skip
    pairs = one.merge(
        two[[*keys, "kode_indikator", "nilai", "nilai_huruf", "id_berkas"]], on=keys, suffixes=("", "_lama")
    )
    is_other = pairs["nilai"].sub(pairs["nilai_lama"]).abs().gt(1e-9 * pairs["nilai_lama"].abs())
    letters = pairs[["nilai_huruf", "nilai_huruf_lama"]].fillna("").apply(lambda column: column.str.strip())
    is_other |= letters.ne("").all(axis=1) & letters["nilai_huruf"].ne(letters["nilai_huruf_lama"])
    found = []
    for row in pairs[is_other].to_dict("records"):
        code, other = str(row["kode_indikator"]), str(row["kode_indikator_lama"])
        shown, before = (
            str(letter) if pd.isna(number) else f"{number:.12g}".replace(".", ",")
            for number, letter in ((row[f"nilai{end}"], row[f"nilai_huruf{end}"]) for end in ("", "_lama"))
        )
        values: dict[str, Any] = {
            "tabel": name,
            "indikator": names.get(code, code),
            "tahun": row["tahun"],
            "periode": row["periode"],
            "lama": before,
            "berkas": files.get(str(row["id_berkas_lama"]), "berkas lain"),
        }
        rule, codes = "NILAI_INDIKATOR_BEDA", dict[str, Any]()
        if code != other:
            rule, codes = "NILAI_INDIKATOR_BEDA_DUA_KODE", {"kode": code, "kode_lama": other}
        found.append(finding(rule, file, *at(row), "nilai", shown, **values | codes))
    return found


def region_as_one(new: pd.DataFrame, old: pd.DataFrame, value: str, by: str, file: str) -> list[Finding]:
    """A warning when the one OPD of a file has the sum of all OPD stored.

    Its total is that sum to the rupiah, or it is close to it and several times what the OPD had before.

    Parameters
    ----------
    new, old : pandas.DataFrame
        Rows of one year of ``anggaran`` or ``realisasi_anggaran``: of the file at hand, and stored before.
    value : str
        Column of rupiah, ``pagu_rp`` or ``realisasi_rp``.
    by : str
        Column that the sums are made over, ``tahap`` or ``bulan``: a stage, or one and the same month.
    file : str
        Name of the file at hand.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_opd": list("abcd"), "tahap": "murni", "pagu_rp": [1, 20, 30, 40]})
    >>> new = pd.DataFrame({"kode_opd": ["a"], "tahap": ["perubahan"], "pagu_rp": [91], "lembar": "", "baris": 2})
    >>> region_as_one(new, old, "pagu_rp", "tahap", "a.xlsx")[0].rule
    'total a sama dengan total 4 OPD yang tersimpan (murni: 91)'
    """
    offices = new["kode_opd"].unique()
    if len(offices) != 1:
        return []
    own = offices[0]
    for part, rows in old.groupby(by, sort=False):
        total = int(new[value].sum() if by == "tahap" else new.loc[new[by].eq(part), value].sum())
        by_office = rows.groupby("kode_opd")[value].sum()
        others = len(by_office.drop(own, errors="ignore"))
        region, before = int(by_office.sum()), int(by_office.get(own, 0))
        is_near = before > 0 and total >= JUMP * before and abs(total - region) <= NEAR * region
        if total > 0 and others >= LEAST_OFFICES and (total == region or is_near):
            code, more = "TOTAL_SELURUH_DAERAH", dict[str, Any]()
            if total != region:
                code, more = "TOTAL_HAMPIR_SELURUH_DAERAH", {"kali": f"{total / before:.3g}"}
            values: dict[str, Any] = {"opd": own, "banyak": len(by_office), "bagian": part, "total": region}
            return [finding(code, file, column=value, value=str(total), **values | more)]
    return []
