"""What this installation has and lacks, and how to get what is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from pkanalysis import store
from pkanalysis.errors import PkError
from pkanalysis.report import notebooks, pandoc
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
    chosen = way("fork")
    how = chosen.notice or "satu proses baru per laporan, digandakan dari proses siap pakai"
    found = sorted(path.stem for path in notebooks.folder().glob("*.ipynb"))
    remedy = "" if found else "Pasang ulang pkanalysis; buku catatan ikut di dalam paketnya."
    try:
        workspace = store.open()
        own = Item("ruang kerja", f"{workspace.path} ({workspace.config.jenis})")
    except PkError as error:
        own = Item("ruang kerja", "belum ada", remedy=str(error))
    is_slow = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    slow = "Hapus PYTHONDONTWRITEBYTECODE; awal jalannya 3 kali lebih cepat." if is_slow else ""
    return [
        *(Item(name, version) for name, version in versions().items()),
        *_programs(),
        Item("mesin laporan", f"{chosen.context.get_start_method()}: {how}"),
        Item("buku catatan", ", ".join(found) or "tidak ada", bool(found), remedy),
        own,
        Item("bytecode", "tidak disimpan" if is_slow else "disimpan", remedy=slow),
    ]


def _programs() -> Iterator[Item]:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    from matplotlib.font_manager import FontProperties, findfont

    from pkanalysis.report.pdf import compiled
    from pkanalysis.show.drawing import style

    with style():
        used = FontProperties(fname=findfont(FontProperties()))
    yield Item("huruf grafik", used.get_name())
    try:
        compiled(b'#set document(title: "Uji")\nUji')
        yield Item("PDF", "dapat dibuat (typst)")
    except (ImportError, PkError) as error:
        yield Item("PDF", "tidak dapat dibuat", False, f"{error} Pasang ulang pkanalysis.")
    try:
        first = pandoc.run("", "--version").decode().splitlines()[0]
        yield Item("DOCX", f"dapat dibuat ({first})")
    except (OSError, PkError) as error:
        yield Item("DOCX", "tidak dapat dibuat", False, str(error))
    try:
        yield Item("kernel Jupyter", KernelSpecManager().get_kernel_spec("python3").display_name)
    except NoSuchKernel:
        remedy = "Pasang dengan: python -m ipykernel install --sys-prefix"
        yield Item("kernel Jupyter", "python3 tidak ada", False, remedy)
