"""Lines that stand on several sheets of a book: once for all offices and again on a sheet per office."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.lines import Part


def once(file: str, parts: Sequence[Part], names: Sequence[Hashable], tells: bool = True) -> list[Part]:
    """The parts without those whose every line stands in another part; what else stands twice is told.

    Parameters
    ----------
    file : str
        File name.
    parts : sequence of Part
        Lines of each sheet.
    names : sequence
        Columns in which a line agrees with itself on another sheet.
    tells : bool
        Whether lines that agree in these columns are surely one line, so that a few of them deserve a warning.

    Examples
    --------
    >>> sheets = [pd.DataFrame({"kode": codes, "lembar": name, "baris": range(2, 2 + len(codes))})
    ...           for name, codes in (("Semua", ["5.1", "5.2"]), ("Dinas", ["5.1"]))]
    >>> first, second = once("a.xlsx", [Part(frame) for frame in sheets], ["kode"])
    >>> first.frame["kode"].tolist(), second.frame["kode"].tolist(), second.findings[0].rule
    (['5.1', '5.2'], [], 'semua 1 baris lembar ini juga ada di lembar Semua, sehingga tidak disimpan lagi')
    """
    if len(parts) < 2:
        return list(parts)
    counts = [_counts(part.frame, names) for part in parts]
    kept: list[int] = []
    found = list(parts)
    for place in sorted(range(len(parts)), key=lambda each: -len(parts[each].frame)):
        whole = next((other for other in kept if _is_inside(counts[place], counts[other])), None)
        if whole is None:
            kept.append(place)
        else:
            found[place] = _left_out(file, parts[place], parts[whole])
    return [_told(file, found, place, names) if tells and place in kept else part for place, part in enumerate(found)]


def _counts(frame: pd.DataFrame, names: Sequence[Hashable]) -> pd.Series:
    return frame.value_counts(list(names), dropna=False)


def _is_inside(some: pd.Series, every: pd.Series) -> bool:
    """Whether each line of some is among every, as often."""
    return len(some) > 0 and bool((some <= every.reindex(some.index, fill_value=0)).all())


def _left_out(file: str, part: Part, whole: Part) -> Part:
    sheet, other = (str(each.frame["lembar"].iloc[0]) for each in (part, whole))
    rule = f"semua {len(part.frame)} baris lembar ini juga ada di lembar {other}, sehingga tidak disimpan lagi"
    note = Finding("catatan", file, sheet, "", "", "", rule, "tidak perlu diubah bila memang lembar per OPD")
    return Part(part.frame.iloc[:0], [*part.findings, note])


def _told(file: str, parts: Sequence[Part], place: int, names: Sequence[Hashable]) -> Part:
    """The part, with a warning at its first line that an earlier sheet has too."""
    own = parts[place]
    before = [part.frame[list(names)] for part in parts[:place] if len(part.frame)]
    if not before or own.frame.empty:
        return own
    again = own.frame[list(names)].merge(pd.concat(before).drop_duplicates(), how="left", indicator=True)["_merge"]
    is_twice = again.eq("both").to_numpy()
    if not is_twice.any():
        return own
    first = own.frame.iloc[int(is_twice.argmax())]
    rule = f"{int(is_twice.sum())} baris sama persis dengan baris di lembar lain; semua dihitung"
    where = f"baris {first['baris']}"
    warning = Finding("peringatan", file, str(first["lembar"]), where, "", "", rule, "hapus salah satu bila ganda")
    return Part(own.frame, [*own.findings, warning])
