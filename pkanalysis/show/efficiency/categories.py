"""Change tables of the other reports, with what no account shows below them."""

from __future__ import annotations

from dataclasses import replace

from pkanalysis.show.blocks import Note, Table
from pkanalysis.show.efficiency.comparison import Comparison


def noted(pair: Comparison, table: Table, is_by_account: bool = True) -> Table | Note:
    """The table with the hidden amount in its note, or the reason why it cannot be made."""
    return pair.refused(table.id, is_by_account) or replace(table, note=pair.note(str(table.note)))
