"""Codes of a form that has them: missing, broken, repeated, or not under the code of the activity above."""

from __future__ import annotations

from pkanalysis import codes
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.e81.filled import Filled
from pkanalysis.intake.layouts.e81.lines import Line

SIZES = {3, 5, 6}
_REMEDY = "tulis kode seperti di SIPD, lalu impor lagi"


def findings(filled: Filled) -> list[Finding]:
    """A warning per activity whose code cannot be right; none for forms of which most activities have none."""
    lines = [line for line in filled.lines if line.level and not line.is_further]
    if 2 * sum(len(codes.key(line.code)) in SIZES for line in lines) <= len(lines):
        return []
    by_row = {line.row: line for line in lines}
    first: dict[str, Line] = {}
    judged = [(line, _wrong(line, by_row.get(line.parent), first.setdefault(line.code, line))) for line in lines]
    return [_at(filled, line, rule) for line, rule in judged if rule]


def _wrong(line: Line, parent: Line | None, first: Line) -> str:
    """What is wrong with the code of a line, or empty."""
    own, above = codes.key(line.code), codes.key(parent.code) if parent else ()
    if not line.code:
        return "kode kosong"
    if len(own) not in SIZES and not line.code.upper().startswith("X"):
        return "kode tidak terbaca sebagai program, kegiatan atau sub kegiatan"
    if first is not line:
        return f"kode sama dengan baris {first.row} ({first.name})"
    if parent and above and own and own[: len(above)] != above:
        return f"kode tidak berada di bawah {parent.code} ({parent.name})"
    return ""


def _at(filled: Filled, line: Line, rule: str) -> Finding:
    column = filled.form.texts.get("kode", filled.form.texts.get("nama", 0))
    place, title = cell_name(line.row - 1, column), filled.form.titles.get(column, "")
    return Finding("peringatan", filled.file, filled.form.sheet, place, title, line.code, rule, _REMEDY)
