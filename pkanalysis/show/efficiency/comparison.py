"""Which two stages the page compares, and what stands under every table of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import Opaque, comparable, opaque
from pkanalysis.analysis.budget.changes import in_both
from pkanalysis.analysis.claims import Refusal
from pkanalysis.config import Stage
from pkanalysis.errors import PkError
from pkanalysis.show import words
from pkanalysis.show.basis import basis
from pkanalysis.show.blocks import Note, Phrase
from pkanalysis.show.cells import percent, plain, rupiah
from pkanalysis.show.setting import Setting

OTHER_NUMBERING = "KODE_BEDA_GENERASI"
TOO_FEW = (
    "Belum ada yang dapat dibandingkan: perlu dua tahap anggaran yang sudah berlaku dan ada datanya pada tahun ini; "
    "yang ada {ada}."
)

ONE_STAGE = "perlu dua tahap anggaran yang sudah berlaku dan ada datanya"
NUMBERED_OTHERWISE = "kode rekening kedua tahap memakai penomoran yang berbeda"


@dataclass(frozen=True)
class Comparison:
    """Two stages of one year, or none (``before`` and ``after`` empty) where fewer than two are there.

    ``hidden`` is what no account shows at the later stage, ``names`` the name of each OPD by its code,
    ``refusals`` why the two stages may not be compared by account.
    """

    setting: Setting
    before: str
    after: str
    hidden: Opaque
    names: Mapping[str, str]
    refusals: tuple[Refusal, ...] = ()

    @property
    def codes(self) -> list[str]:
        """Codes of the two stages; none where there is nothing to compare."""
        return [self.before, self.after] if self.after else []

    @property
    def names_of_stages(self) -> str:
        """For example ``APBD murni → Pergeseran``."""
        return " → ".join(self.setting.stage_name(code) for code in self.codes)

    @property
    def steps(self) -> tuple[Stage, ...]:
        """The later stage as configured, after those that stand between the two."""
        codes = self.setting.codes
        is_in = dict.fromkeys(codes[codes.index(self.before) + 1 : codes.index(self.after) + 1] if self.after else ())
        return tuple(stage for stage in self.setting.stages if stage.kode in is_in)

    @property
    def is_other_numbering(self) -> bool:
        """Whether the two stages number their accounts differently, so that only sums per OPD can be compared."""
        return any(found.code == OTHER_NUMBERING for found in self.refusals)

    def office(self, code: str) -> str:
        """The name of an OPD, or its code where there is none."""
        return self.names.get(code, code)

    def block(self, name: str, caption: str = "") -> dict[str, Any]:
        """What every block of this page takes."""
        return {"id": name, "caption": caption, "is_sample": self.setting.is_sample}

    def refused(self, name: str, is_by_account: bool = True) -> Note | None:
        """A note in the place of a block that cannot be made; ``None`` where it can.

        On the page of the region the reason stands once, under "Batas data".
        """
        if self.after and not (is_by_account and self.is_other_numbering):
            return None
        title = words.heading(words.category(name.replace("-", "_")))
        own = NUMBERED_OTHERWISE if self.after else ONE_STAGE
        why = own if self.setting.code else "sebabnya pada Batas data"
        return Note(**self.block(name), items=(Phrase(f"{title}: tidak dapat dibuat; {why}."),))

    def too_few(self) -> list[Phrase]:
        """Why there is nothing to compare, where that is so."""
        known = ", ".join(stage.nama for stage in self.setting.stages) or "tidak ada satu pun"
        return [] if self.after else [Phrase(TOO_FEW, {"ada": plain(known)})]

    def note(self, text: str = "", **values: Any) -> Phrase:
        """Text under a table, and what no account shows at the later stage; for one OPD only where it has some."""
        said = Phrase("") if self.setting.code and not self.hidden.amount_rp else hidden_sentence(self.hidden)
        return Phrase(f"{text} {said.pattern}".strip(), values | said.values)

    def basis(self) -> list[Phrase]:
        """Legal basis of every stage from the earlier one on, and when the DPRD was told of it."""
        return [basis(stage) for stage in self.steps]


def comparison(
    setting: Setting, lines: pd.DataFrame, names: Mapping[str, str], before: str = "", after: str = ""
) -> Comparison:
    """The two stages that the page compares.

    Parameters
    ----------
    setting : Setting
    lines : DataFrame
        Rows of ``anggaran`` of the year.
    names : mapping of str to str
        ``nama_opd`` by ``kode_opd``.
    before, after : str
        Codes; empty = the first stage, and the last one before the Perubahan APBD.

    Raises
    ------
    PkError
        A stage that is not there or not yet in force, or the later one first.
    """
    codes = setting.codes
    for code in filter(None, (before, after)):
        if code not in codes:
            raise PkError(f"Tahap {code!r} tidak ada atau belum berlaku; yang ada: {', '.join(codes) or 'tidak ada'}.")
    first, last = before or (codes[0] if codes else ""), after or before_amendment(codes, before)
    if before and after and codes.index(before) >= codes.index(after):
        raise PkError(f"Tahap {before!r} tidak mendahului {after!r}; urutannya: {', '.join(codes)}.")
    if not last or codes.index(first) >= codes.index(last):
        return Comparison(setting, "", "", opaque(lines.iloc[:0]), names)
    hidden = opaque(lines[lines["tahap"].eq(last)])
    return Comparison(setting, first, last, hidden, names, comparable(*in_both(lines, first, last)))


def before_amendment(codes: list[str], before: str = "") -> str:
    """The stage to compare with: the last one before the Perubahan APBD, else the one after the base.

    Examples
    --------
    >>> before_amendment(["murni", "pergeseran_1", "pergeseran_2", "perubahan"])
    'pergeseran_2'
    >>> before_amendment(["murni", "perubahan"]), before_amendment(["murni"])
    ('perubahan', '')
    >>> before_amendment(["murni", "pergeseran", "perubahan"], "pergeseran")
    'perubahan'
    """
    later = codes[codes.index(before) + 1 :] if before else codes[1:]
    shifts = [code for code in later if not code.startswith("perubahan")]
    return shifts[-1] if shifts else (later[0] if later else "")


def hidden_sentence(found: Opaque) -> Phrase:
    """What BOS, BOSP, BOK and BLUD hide, as it stands under every table.

    Examples
    --------
    >>> print(hidden_sentence(Opaque(30, 12.5)))
    Tidak terurai pada rekening BOS/BOSP/BOK/BLUD: Rp30 (12,5% belanja barang dan jasa).
    """
    values = {"tak": rupiah(found.amount_rp), "takp": percent(found.share)}
    share = "" if found.share is None else " ({takp} belanja barang dan jasa)"
    pattern = f"Tidak terurai pada rekening BOS/BOSP/BOK/BLUD: {{tak}}{share}."
    return Phrase(pattern, {name: value for name, value in values.items() if f"{{{name}}}" in pattern})
