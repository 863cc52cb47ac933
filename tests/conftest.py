"""The sample workspace, made once for all test processes."""

import os
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # this checkout, whatever is installed; children and kernels too
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH")]))

settings.register_profile("tanpa_jam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tanpa_jam")  # no test depends on how fast or busy a machine is


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory, worker_id) -> Path:
    """A folder that all test processes of one run share; what they make there they make under a lock."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def sample_folder(common_folder) -> Path:
    """Folder of the sample workspace: files as received in ``kiriman/``, imported, derived tables computed."""
    folder = common_folder / "contoh"
    with FileLock(f"{folder}.lock"):
        if not (folder / "selesai").exists():
            from pkanalysis import derived, sample, store

            files = sample.write(folder)
            taken = store.take_all(store.open(folder), files)
            assert all(item.is_stored for item in taken), [item.refusal for item in taken if not item.is_stored]
            derived.update(store.open(folder))
            (folder / "selesai").touch()
    return folder


@pytest.fixture
def sample(sample_folder):
    """The sample workspace, opened."""
    import pkanalysis as pk

    return pk.open(sample_folder)


@pytest.fixture
def pkanalysis(monkeypatch, capsys):
    """Run the command line as the shell would; gives exit code, stdout and stderr."""

    from pkanalysis import cli

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["pkanalysis", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return (end.value.code or 0, *capsys.readouterr())

    return run
