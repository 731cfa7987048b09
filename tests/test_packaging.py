"""The five generic import names are ours alone, and the package list of pyproject.toml is complete."""

import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERIC_NAMES = {"schema", "ingest", "nlp", "search", "corpus"}


def test_no_dependency_owns_one_of_our_import_names() -> None:
    owners = metadata.packages_distributions()
    foreign = {name: set(owners.get(name, [])) - {"qiyue"} for name in (*GENERIC_NAMES, "qiyue")}
    assert {name: dists for name, dists in foreign.items() if dists} == {}


def test_every_package_folder_is_listed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for name in (*GENERIC_NAMES, "qiyue")
        for path in (ROOT / name).rglob("__init__.py")
    }
    assert set(listed) == found


def test_package_init_files_hold_a_docstring_only() -> None:
    for name in (*GENERIC_NAMES, "qiyue"):
        for path in (ROOT / name).rglob("__init__.py"):
            assert len(path.read_text(encoding="utf-8").strip().splitlines()) == 1, path
