"""`make screens`: pictures of every page in both lights, drawn by a browser before a collection of the samples.

The pictures stand in docs/screens: for people who want to see what the workbench looks like, and to be looked at
before a change of the design is kept.
"""

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tools.serve_samples import load_samples

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_COLOURS = 144
_PAUSE = 500
_PATIENCE = 180_000


@dataclass(frozen=True)
class Screen:
    """One picture: its name, the address, and what to do there before it is taken.

    Attributes:
        name: of the file.
        address: of the page; `{service}`, `{lease}` and `{purchase}` are ids.
        press: keys.
    """

    name: str
    address: str
    press: tuple[str, ...] = ()


PAGES = (
    Screen("start", "/"),
    Screen("search", "/?q=违约金&where=type%3Dpenalty"),
    Screen("nothing-found", "/?q=违约金&where=kind%3Dloan"),
    Screen("saved-search", "/searches/1"),
    Screen("contract-text", "/contracts/{service}?q=违约金&clause=main%2F13%2F1"),
    Screen("contract-fact", "/contracts/{service}?tab=text#fact-n4"),
    Screen("contract-layout", "/contracts/{purchase}?tab=text&clause=main%2F9%2F1"),
    Screen("contract-facts", "/contracts/{lease}?tab=facts#fact-n3"),
    Screen("contract-findings", "/contracts/{purchase}?tab=findings"),
    Screen("contract-blanks", "/contracts/{purchase}?tab=blanks"),
    Screen("contract-tables", "/contracts/{service}?tab=tables"),
    Screen("contract-differences", "/contracts/{service}?tab=versions&other={lease}"),
    Screen("correct", "/contracts/{service}?tab=text#fact-n4", ("e",)),
    Screen("contracts", "/contracts"),
    Screen("grid", "/grid?what=penalties"),
    Screen("import", "/import"),
    Screen("import-job", "/import/1"),
    Screen("due", "/due"),
    Screen("overview", "/overview"),
    Screen("account", "/account"),
    Screen("admin", "/admin"),
    Screen("keys", "/contracts", ("?",)),
)


def main(arguments: list[str] | None = None) -> int:
    """Draw the pictures.

    Args:
        arguments: names of the pictures wanted; all when none is named.
    """
    from tests.support.browser import browsing, ready, serving, started

    wanted = set(sys.argv[1:] if arguments is None else arguments)
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        ids = load_samples(data)
        with serving(data) as served, started() as browser, browsing(browser) as context:
            page = context.pages[0]
            page.set_default_timeout(_PATIENCE)  # pictures of scanned pages are drawn when first seen
            page.goto(f"{served.address}/sign-in")
            _shoot(page, "sign-in", wanted)
            page.goto(served.link)
            _save_search(data)
            for screen in PAGES:
                if not wanted or screen.name in wanted:
                    page.goto(served.address + screen.address.format(**ids))
                    ready(page)
                    if page.locator("#layout").count():
                        page.locator('.sheets[data-laid="done"]').wait_for()
                    for key in screen.press:
                        page.locator("body").press(key)
                    _shoot(page, screen.name, wanted)
    return 0


def _save_search(data: Path) -> None:
    """A search of whoever signed in, of which nothing was seen yet."""
    from qiyue.accounts.door import Door
    from qiyue.service.base import Service
    from qiyue.settings import read_settings

    with Service(read_settings({"QIYUE_DATA": str(data)})) as service:
        door = Door(service.store.database)
        owner = door.accounts.all()[0].name
        door.saved.add(owner, "逾期违约金", {"text": "逾期 违约金", "where": []}, ())
        door.close()


def _shoot(page: "Page", name: str, wanted: set[str]) -> None:
    """Both lights; few colours keep the files small."""
    from PIL import Image

    if wanted and name not in wanted:
        return
    for light in LIGHTS:
        page.emulate_media(color_scheme=light)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(_PAUSE)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        path = SCREENS / f"{name}-{light}.png"
        picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    sys.exit(main())
