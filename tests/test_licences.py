"""docs/licences.md tells the truth about what is installed: every package named, every weight as listed."""

import hashlib
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
SITE = Path(str(metadata.distribution("rapidocr").locate_file("")))
COPYLEFT = re.compile(r"\b[AL]?GPL|\bMPL|\bEUPL|\bSSPL|RAIL|non-?commercial", re.IGNORECASE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def closure() -> set[str]:
    """What an installation for use brings in, as far as it is installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        wanted = waiting.pop()
        name = canonical(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            requires = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:
            continue
        found.add(name)
        waiting += [Requirement(line) for line in requires]
    return found


def table(after: str) -> dict[str, str]:
    """Rows of the first table under a heading: each name of the first column, and the second column."""
    rows = re.findall(
        r"^\| (?!---|package|file)(.+?) \| (.+?) \|$", PAGE.partition(after)[2].partition("\n## ")[0], re.M
    )
    return {name.strip("`"): text for names, text in rows for name in names.split(", ")}


def test_every_installed_package_is_named() -> None:
    packages = closure()
    assert len(packages) > 30
    assert packages - set(table("\n## Packages")) == set()


def test_packages_that_ask_for_something_in_return_are_marked() -> None:
    named = table("\n## Packages")
    strict = {
        name
        for name in closure()
        if COPYLEFT.search(
            " ".join(
                metadata.metadata(name).get_all("License-Expression")
                or metadata.metadata(name).get_all("License")
                or []
            )
        )
    }
    assert strict == {name for name, licence in named.items() if COPYLEFT.search(licence)}


@pytest.mark.parametrize("file", table("SHA-256"))
def test_weights_are_those_listed(file: str) -> None:
    digest = hashlib.sha256((SITE / file).read_bytes()).hexdigest()
    assert f"`{digest}`" == table("SHA-256")[file]


def test_the_notice_for_the_default_weights_is_installed_and_agrees() -> None:
    (notice,) = [f for f in metadata.files("rapidocr") or [] if f.name == "MODEL_LICENSES.md"]
    text = notice.read_text(encoding="utf-8")
    for file, digest in table("SHA-256").items():
        if file.startswith("rapidocr/"):
            assert f"`{Path(file).name}`" in text
            assert digest in text
