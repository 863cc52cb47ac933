"""What this installation has and lacks, and how to get what is missing."""

from __future__ import annotations

import os
from dataclasses import dataclass

from pkanalysis.errors import PkError
from pkanalysis.report import notebooks
from pkanalysis.report.manifest import versions
from pkanalysis.report.processes import way


@dataclass(frozen=True)
class Item:
    """One thing looked at; a ``remedy`` stands where something can be improved."""

    name: str
    state: str
    is_well: bool = True
    remedy: str = ""


def diagnosis() -> list[Item]:
    """Look at versions, fonts, the programs behind PDF and DOCX, kernel, engine, notebooks and workspace."""
    libraries = [Item(name, version) for name, version in versions().items()]
    parts = (_fonts(), _pdf(), _docx(), _kernel(), _engine(), _notebooks(), _workspace(), _bytecode())
    return [*libraries, *parts]


def _fonts() -> Item:
    from matplotlib.font_manager import FontProperties, findfont

    from pkanalysis.show.drawing import style

    with style():
        used = FontProperties(fname=findfont(FontProperties()))
    return Item("huruf grafik", used.get_name())


def _pdf() -> Item:
    from pkanalysis.report.pdf import compiled

    try:
        compiled(b'#set document(title: "Uji")\nUji')
    except (ImportError, PkError) as error:
        return Item("PDF", "tidak dapat dibuat", False, f"{error} Pasang ulang pkanalysis.")
    return Item("PDF", "dapat dibuat (typst)")


def _docx() -> Item:

    from pkanalysis.report import pandoc

    try:
        first = pandoc.run("", "--version").decode().splitlines()[0]
    except (OSError, PkError) as error:
        return Item("DOCX", "tidak dapat dibuat", False, str(error))
    return Item("DOCX", f"dapat dibuat ({first})")


def _kernel() -> Item:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Item(
            "kernel Jupyter", "python3 tidak ada", False, "Pasang dengan: python -m ipykernel install --sys-prefix"
        )
    return Item("kernel Jupyter", spec.display_name)


def _engine() -> Item:
    chosen = way("fork")
    how = chosen.notice or "satu proses baru per laporan, digandakan dari proses siap pakai"
    return Item("mesin laporan", f"{chosen.context.get_start_method()}: {how}")


def _notebooks() -> Item:
    found = sorted(path.stem for path in notebooks.folder().glob("*.ipynb"))
    remedy = "" if found else "Pasang ulang pkanalysis; buku catatan ikut di dalam paketnya."
    return Item("buku catatan", ", ".join(found) or "tidak ada", bool(found), remedy)


def _workspace() -> Item:
    from pkanalysis import store

    try:
        workspace = store.open()
    except PkError as error:
        return Item("ruang kerja", "belum ada", remedy=str(error))
    return Item("ruang kerja", f"{workspace.path} ({workspace.config.jenis})")


def _bytecode() -> Item:
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return Item(
            "bytecode", "tidak disimpan", remedy="Hapus PYTHONDONTWRITEBYTECODE; awal jalannya 3 kali lebih cepat."
        )
    return Item("bytecode", "disimpan")
