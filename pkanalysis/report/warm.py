"""Preloaded by the fork server: import everything a report needs, use it once, then hold still.

Importing this module does that only inside the server.

Drawing a throw-away figure and running a small cell fill the caches that importing alone leaves
empty. Threads do not survive a fork, so BLAS gets one before numpy is imported, nothing connects
to DuckDB, and :data:`PROBLEMS` says why forking would be unsafe here.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import os
import pkgutil
import sys
import threading
from pathlib import Path

from pkanalysis.report import ONE_THREAD

LIBRARIES = ("pandas", "seaborn", "duckdb", "papermill", "nbconvert", "typer", "babel.numbers", "babel.dates")
ROOMS = ("pkanalysis.store", "pkanalysis.analysis", "pkanalysis.show", "pkanalysis.report")


def warm_up() -> tuple[str, ...]:
    """Import, exercise and freeze; returns the reasons against forking, none in the usual case."""
    os.environ.update(ONE_THREAD, MPLBACKEND="agg")
    for name in (*LIBRARIES, *ROOMS):
        module = importlib.import_module(name)
        if name in ROOMS:
            for found in pkgutil.walk_packages(module.__path__, f"{name}."):
                if found.name != __name__:
                    importlib.import_module(found.name)
    import matplotlib.pyplot as plt
    import seaborn as sns
    from nbformat import v4

    from pkanalysis.report import html, parts
    from pkanalysis.report.engine import fresh_shell

    figure, axes = plt.subplots()
    sns.lineplot(x=[1, 2, 3], y=[3.5, 2.5, 4.5], ax=axes)
    axes.set_title("Pemanasan")
    figure.savefig(io.StringIO(), format="svg")
    plt.close(figure)
    with fresh_shell() as shell:
        outputs = shell.run("from IPython.display import display\ndisplay(1)")
    cells = [v4.new_markdown_cell("## Pemanasan"), v4.new_code_cell("", outputs=outputs)]
    html.page("index", document=html.document(parts.read(v4.new_notebook(cells=cells))), link=None)

    gc.collect()
    gc.freeze()
    tasks = Path("/proc/self/task")
    threads = len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()
    problems = [f"ada {threads} utas di proses induk"] if threads > 1 else []
    return (*problems, *(["pustaka polars termuat"] if "polars" in sys.modules else []))


PROBLEMS: tuple[str, ...] = ("proses induk belum siap",)
if any("multiprocessing.forkserver" in word for word in sys.orig_argv):
    PROBLEMS = warm_up()
    atexit.register(os._exit, 0)  # a frozen heap cannot be torn down, and there is nothing to save
