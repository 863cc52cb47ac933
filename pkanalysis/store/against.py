"""What the rows of a file say against those of other files: the checks that no reader can make alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.control import mislabelled, rising
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.intake.titles import strangers
from pkanalysis.store.likeness import factors, same_stage
from pkanalysis.store.overspent import above_pagu
from pkanalysis.store.restated import KEYS, restated
from pkanalysis.store.strange_offices import strange_offices
from pkanalysis.store.whole_region import region_as_one

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
    return [
        *_named(reading, file, after["opd"]),
        *strange_offices(reading.tables.get("opd", before["opd"].head(0)), before["opd"], before["alias_opd"], file),
        *_budgets(reading, file, before, config),
        *_spending(reading, file, before, after),
        *_overspent(reading, file, after, config),
        *_indicators(reading, file, before, after),
    ]


def _named(reading: Reading, file: str, opd: pd.DataFrame) -> list[Finding]:
    inside = {code for piece in reading.slices for code in piece.opd}
    return strangers(file, file.rpartition(".")[0] or file, "nama berkas", inside, opd)


def _budgets(reading: Reading, file: str, before: Tables, config: Config) -> Iterator[Finding]:
    """Every stage of the file against the other stages stored of the same year and OPD."""
    own = {piece.stage for piece in reading.slices}
    for piece, year, new in _pieces(reading, "anggaran"):
        there = before["anggaran"][before["anggaran"]["tahun"].eq(year)]
        yield from region_as_one(new, there, "pagu_rp", "tahap", file)
        other = there[~there["tahap"].isin(own) & there["kode_opd"].isin(piece.opd)]
        other = other[other["kode_sub_kegiatan"].isin(piece.activities)] if piece.activities else other
        if len(other):
            yield from factors(new, other, [stage.kode for stage in config.stages(year)], file)
            yield from [] if piece.activities else same_stage(new, other, before["berkas"], file)


def _spending(reading: Reading, file: str, before: Tables, after: Tables) -> Iterator[Finding]:
    """Months of the file against those stored from other files."""
    for piece, year, new in _pieces(reading, "realisasi_anggaran"):
        known, now = (tables["realisasi_anggaran"][tables["realisasi_anggaran"]["tahun"].eq(year)]
                      for tables in (before, after))  # fmt: skip
        yield from region_as_one(new, known, "realisasi_rp", "bulan", file)
        yield from mislabelled(new, known, file, piece.opd if piece.since else ())
        yield from [] if piece.since else _mislabelled_before(new, known, before["berkas"], file)
        yield from rising(now, piece.opd, file)


def _mislabelled_before(new: pd.DataFrame, known: pd.DataFrame, files: pd.DataFrame, file: str) -> Iterator[Finding]:
    """Months stored from other files that the months of the file show to be cumulative."""
    names = _texts(files, "id_berkas", "nama_berkas")
    for code, rows in known.groupby("id_berkas", sort=False):
        for finding in mislabelled(rows, new, file):
            yield replace(finding, rule=f"yang tersimpan dari {names.get(str(code), 'berkas lain')} {finding.rule}")


def _overspent(reading: Reading, file: str, after: Tables, config: Config) -> Iterator[Finding]:
    """Spending against the last stage, whichever of the two is in the file; spending first, as it has the lines."""
    for name in ("realisasi_anggaran", "anggaran"):
        if len(rows := reading.tables.get(name, after[name].head(0))):
            for year in map(int, rows["tahun"].dropna().unique()):
                new, budget, spent = (frame[frame["tahun"].eq(year)] for frame in (
                    rows, after["anggaran"], after["realisasi_anggaran"]))  # fmt: skip
                yield from above_pagu(new, budget, spent, config.stages(year), file)
            return


def _indicators(reading: Reading, file: str, before: Tables, after: Tables) -> Iterator[Finding]:
    """Values of the file against those of other files; the ones that it corrects are its own slice."""
    files = before["berkas"]
    is_own = pd.Series(False, index=files.index)
    for piece in reading.slices:
        is_own |= files["tata_letak"].eq(piece.layout) & files["tahun"].fillna(0).eq(piece.year or 0) & (
            files["tahap"].fillna("").eq(piece.stage))  # fmt: skip
    others = _texts(files[~is_own], "id_berkas", "nama_berkas")
    names = _texts(after["indikator"], "kode_indikator", "nama_indikator")
    for name in KEYS:
        if len(new := reading.tables.get(name, before[name].head(0))):
            old = before[name]
            old = old[old["kode_opd"].isin(new["kode_opd"].unique()) & old["id_berkas"].isin(others)]
            yield from restated(name, new, old, names, others, file)


def _texts(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    named = frame.dropna(subset=[value])
    return dict(zip(named[key].astype(str), named[value].astype(str), strict=True))


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
