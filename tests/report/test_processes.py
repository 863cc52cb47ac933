import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from paths import ROOT

from pkanalysis.report.processes import run_each, way
from pkanalysis.report.rendering import Job, render

WORDS = {"title": "Laporan", "agency": "Dinas", "footer": "kaki", "mark": ""}
SHOW = """
import matplotlib.pyplot as plt
from pkanalysis.show.blocks import Note, Phrase
from pkanalysis.show.values import Value
found = str((plt.rcParams["font.size"], "sisa" in globals()))
Note("n", "", False, items=(Phrase("Kini {x}", {"x": Value(found, "teks")}),))
"""


@pytest.fixture(scope="module", params=["fork", "spawn"])
def chosen(request):
    return way(request.param)


def test_children_use_the_package_that_is_tested(tmp_path):
    code = "import pkanalysis; print(pkanalysis.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(ROOT)


def test_forking_is_safe_on_linux():
    assert way("fork").notice == "" or sys.platform != "linux"


def test_every_job_has_its_own_process(chosen):
    ended = list(run_each(os.getenv, ["OMP_NUM_THREADS"] * 3, 2, chosen.context))
    assert sorted(item.index for item in ended) == [0, 1, 2]
    assert {item.result for item in ended} == {"1"}


def test_a_dying_child_is_told_by_its_exit_code(chosen):
    (ended,) = run_each(os._exit, [7], 1, chosen.context)
    assert (ended.result, ended.exit_code) == (None, 7)


def test_nothing_of_one_notebook_is_seen_in_the_next(notebook, tmp_path):
    dirty = notebook(
        "x = 1", "import matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 33\nsisa = 1", SHOW, name="a"
    )
    clean = notebook("x = 1", SHOW, name="b")
    jobs = [Job(path, {}, tmp_path / f"{path.stem}.html", WORDS) for path in (dirty, clean)]
    assert [item.result.failure for item in run_each(render, jobs, 1, way("fork").context)] == [None, None]
    pages = [job.target.read_text(encoding="utf-8") for job in jobs]
    assert ["(33.0, True)" in page for page in pages] == [True, False]
    assert "(10.0, False)" in pages[1]


@pytest.mark.skipif(sys.platform == "win32", reason="memakai sinyal POSIX")
def test_a_killed_driver_leaves_no_child(tmp_path):
    code = (
        "import time\nfrom pkanalysis.report.processes import run_each, way\n"
        "list(run_each(time.sleep, [60], 1, way('fork').context))"
    )
    script = tmp_path / "sendiri.py"
    script.write_text(code, encoding="utf-8")
    driver = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
    group = wait_for(lambda: len(members(driver.pid)) >= 4)  # driver, tracker, server, child
    assert group
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert wait_for(lambda: not members(driver.pid))


def members(session):
    listed = subprocess.run(["ps", "-o", "pid=", "-s", str(session)], capture_output=True, text=True, check=False)
    return listed.stdout.split()


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False
