"""Budget lines as a tree: every level of activity and account with its sum, as LRA and penjabaran print them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from damaged.page import Page


def tree(rows: pd.DataFrame, figures: list[Any], total: str) -> list[list[Any]]:
    """Lines of a printed tree: code, name and figures; sub kegiatan, jenis and objek above their accounts.

    Parameters
    ----------
    rows : pandas.DataFrame
        Lines with ``kode_sub_kegiatan``, ``kode_rekening``, their names, and the columns ``figures``.
    figures : list
        Columns to sum, in order.
    total : str
        Name of the last row, which adds up all.
    """
    summed = rows.groupby(["kode_sub_kegiatan", "nama_sub_kegiatan", "kode_rekening", "nama_rekening"], sort=True)
    leaves = summed[figures].sum().reset_index()
    printed = [["5", "BELANJA DAERAH", *_sums(leaves, figures)]]
    for (code, name), own in leaves.groupby(["kode_sub_kegiatan", "nama_sub_kegiatan"]):
        printed.append([code, name, *_sums(own, figures)])
        for kind, below in own.groupby(own["kode_rekening"].str[:6]):
            printed.append([kind, f"Belanja jenis {kind} (contoh)", *_sums(below, figures)])
            printed += below[["kode_rekening", "nama_rekening", *figures]].values.tolist()
    return [*printed, ["", total, *_sums(leaves, figures)]]


def _sums(rows: pd.DataFrame, figures: list[Any]) -> list[int]:
    return [int(value) for value in rows[figures].sum()]


def sums_above(page: Page, line: int, *headings: str | int) -> tuple[str, ...]:
    """Cells that no longer add up once the account in ``line`` is damaged: its jenis, the first and the last row."""
    jenis = next(each for each in range(line, 0, -1) if str(page.cell(each, 0)).count(".") == 2)
    return tuple(page.place(each, heading) for each in (1, jenis, -1) for heading in headings)
