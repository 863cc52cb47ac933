"""The sheet ``9_PERIKSA``: what is still missing, and whether the workbook may be sent."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.layouts.form import page as pages
from pkanalysis.intake.layouts.form.formulas import BLOCKING
from pkanalysis.intake.layouts.form.layout import ACTUALS, ANALYSIS, CHANGES, IDENTITY, PROGRAMMES
from pkanalysis.intake.layouts.form.plan import Plan
from pkanalysis.intake.layouts.form.spec import FIRST, HEADINGS
from pkanalysis.intake.layouts.form.styles import Styles

NAME = "9_PERIKSA"
WIDTHS = (58, 12, 16, 26)
MISSING, LOOK = "Lengkapi", "Mohon dicek"


@dataclass(frozen=True)
class Check:
    """One line: what is counted, by which formula, where to look, and the word if it is not zero."""

    label: str
    count: str
    sheet: str
    word: str = ""


def checks(plan: Plan) -> tuple[Check, ...]:
    """All lines of the sheet, in order."""
    codes, verdicts = plan.span(ACTUALS.name, "kode_indikator"), plan.span(ACTUALS.name, "periksa")
    targets = plan.span(ACTUALS.name, "target")
    remainders = plan.span(PROGRAMMES.name, "sisa")
    answered = "".join(f'-COUNTIF({verdicts},"{word}")' for word in ("Belum diisi", "Status kosong"))
    concerns = "".join(f'-COUNTIF({verdicts},"{word}")' for word in BLOCKING)
    return (
        Check("Indikator yang harus dilaporkan", f'=COUNTIF({codes},"?*")', ACTUALS.name),
        Check("Indikator yang sudah berstatus", f'=COUNTIF({codes},"?*"){answered}', ACTUALS.name),
        *(Check(f"Indikator: {word.lower()}", f'=COUNTIF({verdicts},"{word}")', ACTUALS.name, MISSING)
          for word in BLOCKING),
        Check("Indikator dengan Periksa selain OK",
              f'=COUNTIF({verdicts},"?*")-COUNTIF({verdicts},"OK"){concerns}', ACTUALS.name, LOOK),
        Check("Indikator tanpa target PK untuk periode ini",
              f'=SUMPRODUCT(({codes}<>"")*({targets}=""))', ACTUALS.name, LOOK),
        *(Check(f"Identitas: {label} belum diisi", f'=IF({_identity(name)}="",1,0)', IDENTITY.name, MISSING)
          for name, label in (("tanggal_data", "tanggal data"), ("pengisi", "jabatan pengisi"),
                              ("status_dokumen", "status dokumen"))),
        Check("Capaian di bawah 100% tanpa penghambat atau upaya",
              f'=COUNTIF({plan.span(ANALYSIS.name, "periksa")},"Analisis kosong")', ANALYSIS.name, MISSING),
        Check("Perubahan anggaran tanpa sebab",
              f'=COUNTIF({plan.span(CHANGES.name, "periksa")},"Sebab kosong")', CHANGES.name, MISSING),
        Check("Program dengan realisasi melebihi pagu", f'=COUNTIF({remainders},"<0")', PROGRAMMES.name, LOOK),
    )  # fmt: skip


def write_checks(book: Workbook, plan: Plan, styles: Styles) -> None:
    """Add ``9_PERIKSA`` to ``book``."""
    page = book.add_worksheet(NAME)
    pages.head(page, plan, styles, "Pemeriksaan sebelum dikirim", "Terhitung sendiri; tidak ada yang diisi.", WIDTHS)
    for column, label in enumerate(("Yang diperiksa", "Jumlah", "Hasil", "Lembar")):
        page.write_string(HEADINGS - 1, column, label, styles.heading("hijau"))
    lines = checks(plan)
    for row, check in enumerate(lines, FIRST - 1):
        result = f'=IF(N($B{row + 1})=0,"OK","{check.word}")' if check.word else '=""'
        page.write_string(row, 0, check.label, styles.cell("hijau", "teks"))
        page.write_formula(row, 1, check.count, styles.cell("hijau", "bulat"), "")
        page.write_formula(row, 2, result, styles.cell("hijau", "teks"), "")
        page.write_string(row, 3, check.sheet, styles.cell("hijau", "teks"))
    _write_verdict(page, styles, FIRST - 1 + len(lines))
    pages.finish(page, plan, 0)


def _write_verdict(page: Worksheet, styles: Styles, last: int) -> None:
    results = f"$C${FIRST}:$C${last}"
    missing = f'COUNTIF({results},"{MISSING}")'
    verdict = f'=IF({missing}=0,"SIAP DIKIRIM","BELUM LENGKAP: "&{missing}&" hal")'
    page.set_row(FIRST - 2, 30)
    page.write_formula(FIRST - 2, 0, verdict, styles.verdict, "")
    page.conditional_format(FIRST - 2, 0, FIRST - 2, 0, {"type": "text", "criteria": "begins with",
                            "value": "BELUM", "format": styles.alarm})  # fmt: skip
    for word, style in ((MISSING, styles.alarm), (LOOK, styles.attention)):
        page.conditional_format(FIRST - 1, 2, last - 1, 2, {"type": "cell", "criteria": "==",
                                "value": f'"{word}"', "format": style})  # fmt: skip


def _identity(name: str) -> str:
    return f"'{IDENTITY.name}'!$B${FIRST + IDENTITY.position(name)}"
