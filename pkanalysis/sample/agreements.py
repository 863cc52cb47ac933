"""Table ``perjanjian``: which Perjanjian Kinerja each office signed, and when."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from pkanalysis.sample.draw import stream
from pkanalysis.sample.organisation import offices
from pkanalysis.sample.revisions import SIGNED_TWICE, UNSIGNED
from pkanalysis.tables import conform

SIGNED = (
    (2024, "pk", 0, dt.date(2024, 1, 15), "murni", None),
    (2025, "pk", 0, dt.date(2025, 1, 15), "murni", None),
    (2025, "pk_perubahan", 1, dt.date(2025, 6, 25), "pergeseran", "efisiensi_anggaran"),
)
SECOND = (2025, "pk_perubahan", 2, dt.date(2025, 10, 20), "perubahan", "perubahan_prioritas")


def table() -> pd.DataFrame:
    """Table ``perjanjian``.

    Examples
    --------
    >>> table().query("dokumen == 'pk_perubahan' and ke == 1").shape[0]
    41
    """
    columns = ["tahun", "dokumen", "ke", "tanggal_ttd", "tahap_pagu_dasar", "alasan"]
    rows = [(office, *signed) for office in offices().index for signed in (*SIGNED, *_second(office))]
    frame = pd.DataFrame(rows, columns=["id", *columns])
    frame = frame[(frame["id"] != UNSIGNED) | (frame["dokumen"] == "pk")]
    new_head = stream("pergantian pejabat").random(len(frame)) < 0.2
    frame["alasan"] = frame["alasan"].mask((frame["ke"] == 1) & new_head, "pergantian_pejabat")
    number = frame["ke"].astype(str) + "/" + frame["id"] + "/" + frame["tahun"].astype(str)
    frame["nomor"] = frame["dokumen"].str.upper() + "/" + number + " (contoh)"
    frame["tanggal_ttd"] = pd.to_datetime(frame["tanggal_ttd"])
    return conform("perjanjian", frame.assign(kode_opd=frame["id"].map(offices()["kode_opd"])).drop(columns="id"))


def _second(office: str) -> list[tuple[int, str, int, dt.date, str, str | None]]:
    return [SECOND] if office == SIGNED_TWICE else []
