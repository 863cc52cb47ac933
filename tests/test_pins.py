"""Both ways to install give the same versions, and no file says where they come from."""

import importlib.util
import re
import tomllib

import pytest
import yaml
from paths import ROOT

FILES = ("requirements.txt", "requirements-test.txt", "environment.yml")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pins():
    spec = importlib.util.spec_from_file_location("pins", ROOT / "tools" / "pins.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pins


def test_conda_and_pip_have_the_same_pins(pins):
    (listed,) = [
        entry["pip"] for entry in yaml.safe_load(text("environment.yml"))["dependencies"] if isinstance(entry, dict)
    ]
    assert listed == [*pins(text("requirements.txt")), "-e ."]


def test_tests_run_on_the_versions_that_users_get(pins):
    assert set(pins(text("requirements.txt"))) <= set(pins(text("requirements-test.txt")))


@pytest.mark.parametrize("name", FILES)
def test_no_address(name):
    assert not re.search(r"https?:|file:|index-url|find-links|//", text(name))


@pytest.mark.parametrize("name", FILES[:2])
def test_every_pin_has_hashes(pins, name):
    blocks = re.split(r"\n(?=\S)", text(name).strip())
    assert len(blocks) == len(pins(text(name)))
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)


def test_every_declared_dependency_is_pinned(pins):
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert set(map(name, project["dependencies"])) <= set(map(name, pins(text("requirements.txt"))))


def name(requirement):
    return re.split(r"[^\w.-]", requirement)[0].replace("_", "-").lower()
