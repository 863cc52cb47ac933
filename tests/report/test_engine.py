import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

CELLS = (
    "opd = ''",
    "# Judul",
    "from IPython.display import display\nprint('a', end='')\nprint('b')\ndisplay({'x': 1})\nprint('c')\nopd",
    "import warnings, sys\nprint('galat', file=sys.stderr)\n%precision 3\n3.14159",
    "import asyncio\nawait asyncio.sleep(0)\nget_ipython() is not None, __name__",
)


def run(path, engine, **parameters):
    out = path.with_name(f"{engine}.ipynb")
    papermill.execute_notebook(str(path), str(out), parameters, engine_name=engine, progress_bar=False)
    return nbformat.read(out, as_version=4)


def shown(notebook):
    """Outputs of the code cells; the words of a figure's or object's address are left out."""
    return [
        [(o.output_type, o.get("name"), o.get("text"), o.get("data"), o.get("execution_count")) for o in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_same_outputs_as_the_kernel(notebook):
    path = notebook(*CELLS)
    ours, kernels = (run(path, engine, opd="DINKES") for engine in ("pkanalysis", "nbclient"))
    assert shown(ours) == shown(kernels)
    assert ours.metadata.papermill["parameters"] == {"opd": "DINKES"}
    assert [cell.metadata.papermill["status"] for cell in ours.cells] == ["completed"] * (len(CELLS) + 1)


def test_error_stops_and_keeps_papermills_anchor(notebook):
    path = notebook("opd = ''", "1 / 0", "print('tidak sampai')")
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        run(path, "pkanalysis")
    found = nbformat.read(path.with_name("pkanalysis.ipynb"), as_version=4)
    assert "papermill-error-cell" in found.cells[2].source
    assert found.cells[3].outputs[0].ename == "ZeroDivisionError"
    assert found.cells[4].outputs == []


def test_a_second_run_starts_with_an_empty_namespace(notebook):
    run(notebook("x = 1", "y = 2"), "pkanalysis")
    with pytest.raises(PapermillExecutionError, match="NameError"):
        run(notebook("x = 1", "y"), "pkanalysis")


def test_a_figure_left_open_does_not_reach_the_next_cell(notebook):
    found = run(
        notebook("x = 1", "import matplotlib.pyplot as plt\nplt.figure()\nNone", "plt.get_fignums()"), "pkanalysis"
    )
    assert found.cells[1].outputs == []
    assert found.cells[2].outputs[0].data["text/plain"] == "[]"


def test_images_become_base64_text(notebook):
    found = run(
        notebook("x = 1", "from IPython.display import Image\nImage(data=b'\\x89PNG\\r\\n', format='png')"),
        "pkanalysis",
    )
    assert found.cells[1].outputs[0].data["image/png"] == "iVBORw0K"
