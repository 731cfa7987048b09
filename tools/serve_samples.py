"""`make serve`: the workbench before the sample contracts, in a folder of its own (`.serve/`), away from yours."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".serve"
SAMPLES = ("service.pdf", "purchase.docx", "lease.pdf")


def main() -> int:
    """Import the samples where that was not done yet, and serve."""
    data = FOLDER / "data"
    load_samples(data)
    try:
        return subprocess.run([*_QIYUE, "serve", *sys.argv[1:]], env=_environment(data), check=False).returncode
    except KeyboardInterrupt:
        return 0


def load_samples(data: Path) -> dict[str, str]:
    """Import the samples into a collection; those it has are not read again.

    Args:
        data: folder of the collection.

    Returns:
        Ids of the contracts by the names of their files, without ending.
    """
    files = [str(ROOT / "samples" / name) for name in SAMPLES]
    told = subprocess.run(
        [*_QIYUE, "import", "--json", *files], env=_environment(data), check=True, stdout=subprocess.PIPE
    )
    found = json.loads(told.stdout)["files"]
    return {Path(file["path"]).stem: file["contract"] or file["of"] for file in found}


_QIYUE = (sys.executable, "-m", "qiyue")


def _environment(data: Path) -> dict[str, str]:
    foreign = {key: value for key, value in os.environ.items() if not key.startswith("QIYUE_")}
    return foreign | {"QIYUE_DATA": str(data)}


if __name__ == "__main__":
    sys.exit(main())
