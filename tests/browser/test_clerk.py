"""A clerk's day: sign in, import three contracts, search, see the words on the page, correct, export, sign out."""

import gzip
import io
import json
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from qiyue.http.site import open_site
from qiyue.settings import read_settings
from tests.support.browser import PASSWORD, ROOT, Served, quiet, ready, serving

SAMPLES = [ROOT / "samples" / name for name in ("service.pdf", "purchase.docx", "lease.pdf")]
WORDS = "违约金"
SCAN = "档案数字化加工服务合同"
PAGE_WIDTH = 595.28
IMPORT_PATIENCE = 600_000
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.xdist_group("browser")]


def test_a_day_of_a_clerk(tmp_path: Path, page: Page) -> None:
    data = tmp_path / "data"
    with open_site(read_settings({"QIYUE_DATA": str(data), "USER": "owner"})) as site:
        site.door.add_account("王芳", password=PASSWORD, grants={"": "editor"})
    with serving(data) as served, quiet(page):
        sign_in(page, served)
        import_samples(page, served)
        search_by_keyboard(page, served)
        open_the_hit(page)
        box_is_on_the_words(page)
        the_page_leads_back_to_the_text(page)
        correct_a_penalty(page)
        export_the_grid(page, served, tmp_path)
        sign_out(page, served)


def sign_in(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/")
    expect(page).to_have_url(f"{served.address}/sign-in?next=%2F")
    page.get_by_label("账号").fill("王芳")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="检索合同条款")).to_be_visible()


def import_samples(page: Page, served: Served) -> None:
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="导入").click()
    page.get_by_label("或选择文件").set_input_files(SAMPLES)
    page.get_by_role("button", name="导入").click()
    expect(page).to_have_url(f"{served.address}/import/1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("完成", timeout=IMPORT_PATIENCE)
    expect(page.get_by_role("status").first).to_have_text("已存3，重复0，失败0，略过0")
    expect(page.get_by_role("link", name=SCAN)).to_be_visible()


def search_by_keyboard(page: Page, served: Served) -> None:
    ready(page)
    page.keyboard.press("/")
    expect(page).to_have_url(f"{served.address}/")
    box = page.get_by_role("combobox", name="检索")
    expect(box).to_be_focused()
    ready(page)
    box.press_sequentially("违约")
    expect(page.get_by_role("option").first).to_contain_text("违约")
    page.keyboard.press("Escape")
    box.fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text(WORDS)
    expect(page.locator(".group")).to_have_count(3)
    ready(page)
    page.keyboard.press("j")
    expect(page.locator(".hit-link").first).to_be_focused()


def open_the_hit(page: Page) -> None:
    group = page.locator(".group", has=page.get_by_role("heading", name=SCAN))
    hit = group.locator(".hit-link", has_text="更换项目经理")
    expect(hit.locator(".steps")).to_contain_text("第十三条 › （三）")
    hit.focus()
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator(".hit-here.on")).to_have_text(WORDS)


def truth(words: str) -> tuple[int, dict[str, object], tuple[float, float, float, float]]:
    """Page, line and place of words on the scanned sample, by the program that printed it."""
    with gzip.open(ROOT / "samples" / "service.lines.json.gz", "rt", encoding="utf-8") as stream:
        pages = json.load(stream)
    for number, printed in enumerate(pages, 1):
        for line in printed["lines"]:
            if words in line["text"]:
                x0, y0, x1, y1 = line["box"]
                return number, line, (x0, y0, x1, y1)
    raise AssertionError(words)


def box_is_on_the_words(page: Page) -> None:
    """The yellow on the picture of the page lies where 违约金 was printed, and there is ink under it."""
    number, line, (x0, y0, x1, y1) = truth("更换项目经理")
    text = str(line["text"])
    at = text.index(WORDS)
    left, right = (x0 + (x1 - x0) * share for share in (at / len(text), (at + len(WORDS)) / len(text)))
    sheet = page.locator(f"#page-{number} .paper")
    page.wait_for_function("n => document.querySelector(`#page-${n} img`).naturalWidth > 0", arg=number)
    picture = Image.open(io.BytesIO(sheet.screenshot())).convert("RGB")
    scale = picture.width / PAGE_WIDTH
    yellow = [
        (x / scale, y / scale)
        for y in range(picture.height)
        for x in range(picture.width)
        if is_chosen(*picture.getpixel((x, y)))  # type: ignore[misc]
    ]
    assert yellow
    xs, ys = [x for x, _ in yellow], [y for _, y in yellow]
    assert min(xs) == pytest.approx(left, abs=8)
    assert max(xs) == pytest.approx(right, abs=8)
    assert min(ys) == pytest.approx(y0, abs=6)
    assert max(ys) == pytest.approx(y1, abs=6)
    box = picture.crop((int(left * scale), int(y0 * scale), int(right * scale), int(y1 * scale))).convert("L")
    dark = sum(box.histogram()[:110]) / (box.width * box.height)
    assert dark > 0.03


def is_chosen(red: int, green: int, blue: int) -> bool:
    """The yellow of the place that is looked at, which is deeper than that of other hits."""
    return red > 200 and green > 150 and blue < 180 and red - blue > 75


def the_page_leads_back_to_the_text(page: Page) -> None:
    number, _, (x0, y0, x1, y1) = truth("逾期付款的，每逾期一日")
    drawing = page.locator(f"#page-{number} .boxes")
    size = drawing.bounding_box()
    assert size
    scale = size["width"] / PAGE_WIDTH
    drawing.click(position={"x": (x0 + x1) / 2 * scale, "y": (y0 + y1) / 2 * scale})
    expect(page.locator(".inspected")).to_contain_text("第十三条")
    expect(page.locator('[data-panel="text"] .f.on').first).to_be_visible()
    assert "逾期" in page.locator('[data-panel="text"] .f.on').first.inner_text()


def correct_a_penalty(page: Page) -> None:
    expect(page.locator(".inspected")).to_contain_text("逾期付款")
    page.keyboard.press("a")
    expect(page.locator("#told")).to_contain_text("已认可")
    page.keyboard.press("e")
    form = page.locator("dialog#edit")
    expect(form).to_be_visible()
    form.get_by_label("栏目").select_option("rate")
    expect(form.get_by_label("更正为")).to_have_value("0.0003")
    form.get_by_label("更正为").fill("0.0004")
    form.get_by_label("理由").fill("补充协议第二条")
    page.keyboard.press("Enter")
    row = page.locator("tr.fact.on")
    expect(row).to_contain_text("rate：0.0003 → 0.0004（王芳：补充协议第二条）")
    expect(row).to_contain_text("已认可")


def export_the_grid(page: Page, served: Served, folder: Path) -> None:
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="表格").click()
    page.get_by_role("navigation", name="要素种类").get_by_role("link", name="违约金").click()
    page.get_by_role("columnheader", name="比率").first.get_by_role("link").click()
    page.get_by_label("“合同名称”中含有").fill("档案")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="比率").first).to_have_attribute("aria-sort", "ascending")
    shown = page.locator("tbody tr").count()
    with page.expect_download() as download:
        page.get_by_role("link", name="导出为 XLSX").click()
    path = folder / "grid.xlsx"
    download.value.save_as(path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert len(rows) == shown + 1
    heads = list(rows[0])
    corrected = [row for row in rows if "0.0003 → 0.0004" in str(row[heads.index("人工更正")])]
    assert len(corrected) == 1
    rates = [float(row[heads.index("比率")]) for row in rows[1:] if row[heads.index("比率")] is not None]
    assert rates == sorted(rates)
    assert rates


def sign_out(page: Page, served: Served) -> None:
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url(f"{served.address}/sign-in")
    page.goto(f"{served.address}/grid")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
