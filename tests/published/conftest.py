import shutil

import pytest
from paths import ROOT

from pkanalysis import store

KOTA_JAMBI = ROOT / "data" / "kota_jambi"


@pytest.fixture(scope="session")
def sources():
    return sorted((KOTA_JAMBI / "sumber").glob("*.csv"))


@pytest.fixture(scope="session")
def ws(tmp_path_factory, sources):
    """The published workspace, imported into a folder of its own."""
    folder = tmp_path_factory.mktemp("kota_jambi")
    shutil.copyfile(KOTA_JAMBI / "pkanalysis.toml", folder / "pkanalysis.toml")
    workspace = store.open(folder)
    assert all(taken.is_stored for taken in store.take_all(workspace, sources))
    return workspace


@pytest.fixture(scope="session")
def figures(ws):
    return ws["angka_terbit"]
