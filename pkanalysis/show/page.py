"""The context of a report: whose it is, which period, which stages are in force, which two of them it compares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import Opaque, comparable, opaque
from pkanalysis.analysis.budget.changes import in_both
from pkanalysis.analysis.claims import Refusal
from pkanalysis.config import Relation, Saving, Stage
from pkanalysis.errors import PkError
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.values import Phrase, Value, day, percent, phrases, plain, rupiah
from pkanalysis.vocabulary import LAYOUTS, end_of, last_month

if TYPE_CHECKING:
    from pkanalysis.store import Opd, Workspace

TOO_FEW = (
    "Belum ada yang dapat dibandingkan: perlu dua tahap anggaran yang sudah berlaku dan ada datanya pada tahun ini; "
    "yang ada {ada}."
)
NOTHING = Opaque(0, None)
ONE_STAGE = "perlu dua tahap anggaran yang sudah berlaku dan ada datanya"
NUMBERED_OTHERWISE = "kode rekening kedua tahap memakai penomoran yang berbeda"


@dataclass(frozen=True)
class Step:
    """Two stages of one year that are compared, or none (``before`` and ``after`` empty) where fewer are there.

    ``hidden`` is what no account shows at the later stage, ``refusals`` why the two may not be compared by account;
    where ``is_other_numbering`` they number their accounts differently, and only sums per OPD can be compared.
    """

    before: str = ""
    after: str = ""
    hidden: Opaque = NOTHING
    refusals: tuple[Refusal, ...] = ()
    is_other_numbering: bool = False

    @property
    def codes(self) -> list[str]:
        """Codes of the two stages; none where there is nothing to compare."""
        return [self.before, self.after] if self.after else []


@dataclass(frozen=True)
class Page:
    """What every chapter of a report needs to know; ``code`` is empty for the whole region.

    ``stages`` are the budget stages in force on ``end`` for which there are rows, in order;
    ``missing_stages`` are in force but have no rows here; ``original`` is the code of murni, the year's first.
    ``step`` is the comparison of two stages, ``names`` the name of each OPD by its code; ``relation`` is what
    ``[kaitan]`` fixed before any result, with its ``digest``.
    """

    code: str
    name: str
    region: str
    is_sample: bool
    year: int
    period: str
    end: dt.date
    stages: tuple[Stage, ...]
    missing_stages: tuple[Stage, ...]
    original: str
    saving: Saving
    scale: str
    cap: float | None
    is_rounded_first: bool
    budget_source: str
    spending_source: str
    status: str
    edition: str
    step: Step = Step()
    names: Mapping[str, str] = field(default_factory=dict)
    relation: Relation = field(default_factory=Relation)
    digest: str = ""

    @property
    def footer(self) -> str:
        """The line at the foot of every page."""
        whose = self.name if self.code else self.region
        return f"{whose} · {self.period_name} {self.year} · {self.edition} · {self.status}"

    @property
    def month(self) -> int:
        """Last month of the period, 1-12."""
        return last_month(self.period)

    @property
    def last_full_year(self) -> int:
        """Last year whose year-end values are within the report."""
        return self.year if self.month == 12 else self.year - 1

    @property
    def first_change(self) -> dt.date | None:
        """Day from which a stage after murni is in force; ``None`` where none is, or where one has no day."""
        later = [stage.berlaku_mulai for stage in (*self.stages, *self.missing_stages) if stage.kode != self.original]
        days = [day for day in later if day]
        return min(days) if days and len(days) == len(later) else None

    @property
    def codes(self) -> list[str]:
        """Codes of :attr:`stages`."""
        return [stage.kode for stage in self.stages]

    @property
    def codes_from_original(self) -> list[str]:
        """:attr:`codes` where murni is among them, else none: nothing can be held against a missing base."""
        return self.codes if self.original in self.codes else []

    @property
    def period_name(self) -> str:
        """For example ``Triwulan III``."""
        return words.PERIODS[self.period]

    @property
    def period_short(self) -> str:
        """For example ``TW III``."""
        return words.SHORT_PERIODS[self.period]

    def sources(self, *more: str) -> str:
        """Where both budget and spending come from, and what else."""
        return ", ".join(filter(None, (*more, self.budget_source, self.spending_source)))

    def first_of(self, amounts: pd.Series) -> int | None:
        """Amount of murni in ``amounts`` by stage code; ``None`` where it has no rows."""
        return int(amounts[self.original]) if self.original in self.codes else None

    def last_of(self, amounts: pd.Series) -> int | None:
        """Amount of the last stage in force in ``amounts`` by stage code; ``None`` without stages."""
        return int(amounts[self.codes[-1]]) if self.stages else None

    def stage_name(self, code: str) -> str:
        """The name of a stage as the configuration gives it."""
        return next((stage.nama for stage in self.stages if stage.kode == code), code)

    def office(self, code: Any) -> str:
        """The name of an OPD, or its code where there is none."""
        return str(self.names.get(code, code))

    def block(self, name: str, caption: str = "") -> dict[str, Any]:
        """What every block of the page takes."""
        return {"id": name, "caption": caption, "is_sample": self.is_sample}

    def say(self, name: str, *items: str | Phrase, caption: str = "", ordered: bool = False, **values: Value) -> Note:
        """Sentences as a block; a text is a pattern that draws on ``values``."""
        said = [item if isinstance(item, Phrase) else phrases(values, item)[0] for item in items]
        return Note(**self.block(name, caption), items=tuple(said), ordered=ordered)

    def figure(
        self,
        name: str,
        caption: str,
        svg: str,
        values: Mapping[str, Value],
        alt: str = "",
        spoken: int = 0,
        **more: Any,
    ) -> Figure:
        """A drawing as a block; its alternative text is ``alt`` and then the values that it shows.

        ``spoken`` are how many of them at most (0 = all): nobody listens to hundreds.
        """
        said = [f"{key} {value}" for key, value in values.items()]
        if spoken and len(said) > spoken:
            said = [*said[:spoken], "nilai lainnya pada tabel di bagian ini dan pada XLSX"]
        alt = f"{alt} {'; '.join(said)}".lstrip()
        return Figure(**self.block(name, caption), svg=svg, values=dict(values), alt=alt, **more)

    @property
    def steps(self) -> tuple[Stage, ...]:
        """The later stage as configured, after those that stand between the two."""
        if not self.step.after:
            return ()
        first, last = (self.codes.index(code) for code in self.step.codes)
        return tuple(stage for stage in self.stages if stage.kode in self.codes[first + 1 : last + 1])

    def refused(self, name: str, is_by_account: bool = True) -> Note | None:
        """A note in the place of a block that compares stages and cannot be made; ``None`` where it can.

        On the page of the region the reason stands once, under "Batas data".
        """
        if self.step.after and not (is_by_account and self.step.is_other_numbering):
            return None
        title = words.heading(words.category(name.replace("-", "_")))
        own = NUMBERED_OTHERWISE if self.step.after else ONE_STAGE
        return self.say(name, f"{title}: tidak dapat dibuat; {own if self.code else 'sebabnya pada Batas data'}.")

    def too_few(self) -> list[Phrase]:
        """Why there is nothing to compare, where that is so."""
        known = ", ".join(stage.nama for stage in self.stages) or "tidak ada satu pun"
        return [] if self.step.after else [Phrase(TOO_FEW, {"ada": plain(known)})]

    def note(self, text: str = "", **values: Any) -> Phrase:
        """Text under a table, and what no account shows at the later stage; for one OPD only where it has some."""
        hidden = self.step.hidden
        if self.code and not hidden.amount_rp:
            return Phrase(text, values)
        share, own = "", {"tak": rupiah(hidden.amount_rp)}
        if hidden.share is not None:
            share, own = " ({takp} belanja barang dan jasa)", own | {"takp": percent(hidden.share)}
        said = f"{text} Tidak terurai pada rekening BOS/BOSP/BOK/BLUD: {{tak}}{share}."
        return Phrase(said.strip(), values | own)


def page(source: Workspace | Opd, year: int, period: str) -> Page:
    """The page of the region (a workspace) or of one OPD (``ws.opd(…)``); ``period`` is TW1 … TW4 or tahunan."""
    own: Any = source
    config = getattr(own, "workspace", own).config
    code, name = getattr(source, "code", ""), f"Pemerintah {config.daerah}"
    end, lines = end_of(year, period), source["anggaran"]
    present = set(lines.loc[lines["tahun"].eq(year), "tahap"])
    in_force = config.stages(year, end)
    layouts, origin = source["berkas"].set_index("id_berkas")["tata_letak"], []  # titles of what the rows came in
    for tables in (("anggaran",), ("realisasi_anggaran", "rencana_kas")):
        frames = [source[table] for table in tables]
        files = {file for frame in frames for file in frame.loc[frame["tahun"].eq(year), "id_berkas"]}
        titles = {LAYOUTS.get(layout, layout) for layout in layouts.reindex(sorted(files)).dropna()}
        origin.append(", ".join(sorted(titles)))
    budget, spent = origin
    return Page(
        code=code,
        name=own.row["nama_opd"] if code else name,
        region=config.daerah,
        is_sample=config.is_sample,
        year=year,
        period=period,
        end=end,
        stages=tuple(stage for stage in in_force if stage.kode in present),
        missing_stages=tuple(stage for stage in in_force if stage.kode not in present),
        original=in_force[0].kode if in_force else "",
        saving=config.efisiensi,
        scale=config.capaian.skala,
        cap=config.capaian.batas_atas,
        is_rounded_first=config.capaian.bulatkan_dulu,
        budget_source=budget,
        spending_source=spent,
        status=config.laporan.status,
        edition=config.laporan.edisi,
    )


def comparison(page: Page, lines: pd.DataFrame, names: Mapping[str, str], before: str = "", after: str = "") -> Page:
    """The page with the two stages that it compares.

    Parameters
    ----------
    page : Page
    lines : DataFrame
        Rows of ``anggaran`` of the year.
    names : mapping of str to str
        ``nama_opd`` by ``kode_opd``.
    before, after : str
        Codes; empty = the first stage, and the last one before the Perubahan APBD (that one where none is before it).

    Raises
    ------
    PkError
        A stage that is not there or not yet in force, or the later one first.
    """
    codes = page.codes
    for code in filter(None, (before, after)):
        if code not in codes:
            raise PkError(f"Tahap {code!r} tidak ada atau belum berlaku; yang ada: {', '.join(codes) or 'tidak ada'}.")
    later = codes[codes.index(before) + 1 :] if before else codes[1:]
    shifts = [code for code in later if not code.startswith("perubahan")]
    first, last = before or "".join(codes[:1]), after or "".join(shifts[-1:] or later[:1])
    if before and after and codes.index(before) >= codes.index(after):
        raise PkError(f"Tahap {before!r} tidak mendahului {after!r}; urutannya: {', '.join(codes)}.")
    if not last or codes.index(first) >= codes.index(last):
        return replace(page, names=names, step=Step(hidden=opaque(lines.iloc[:0])))
    hidden, refusals = opaque(lines[lines["tahap"].eq(last)]), comparable(*in_both(lines, first, last))
    is_other_numbering = any(found.code == "KODE_BEDA_GENERASI" for found in refusals)
    return replace(page, names=names, step=Step(first, last, hidden, refusals, is_other_numbering))


def basis(stage: Stage) -> Phrase:
    """Legal basis of one stage and the day of its notification.

    Examples
    --------
    >>> print(basis(Stage(2025, "pergeseran", "Pergeseran", None, "Perwal 0 (contoh)")))
    Dasar Pergeseran: Perwal 0 (contoh); tanggal pemberitahuan DPRD belum diisi.
    """
    values = {"tahap": plain(stage.nama), "dasar": plain(stage.dasar_hukum or "belum diisi di pkanalysis.toml")}
    if stage.tanggal_pemberitahuan_dprd is None:
        return Phrase("Dasar {tahap}: {dasar}; tanggal pemberitahuan DPRD belum diisi.", values)
    values |= {"hari": day(stage.tanggal_pemberitahuan_dprd)}
    return Phrase("Dasar {tahap}: {dasar}; diberitahukan ke DPRD {hari}.", values)


def laws(stages: Iterable[Stage]) -> Phrase:
    """Legal basis of several stages as one text.

    Examples
    --------
    >>> print(laws([]))
    <BLANKLINE>
    """
    said = [basis(stage) for stage in stages]
    patterns = [phrase.pattern.replace("{", f"{{p{place}_") for place, phrase in enumerate(said)]
    values = {f"p{place}_{name}": value for place, phrase in enumerate(said) for name, value in phrase.values.items()}
    return Phrase(" ".join(patterns), values)
