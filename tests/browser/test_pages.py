"""What only a browser shows: keys, input methods, rare characters, hostile words, use by everybody."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from schema.contract import Contract
from tests.support.browser import PASSWORD, Served, axe, quiet, ready, settled
from tests.support.collection import purchase
from tests.support.hostile import hostile

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]
GRAVE = ("serious", "critical")
ADDRESSES = (
    "/",
    "/?q=违约金",
    "/?q=违约金&where=kind=loan",
    "/contracts",
    "/contracts/{id}?q=违约金",
    "/contracts/{id}?tab=facts",
    "/contracts/{id}?tab=findings",
    "/contracts/{id}?tab=tables",
    "/contracts/{id}?tab=versions&other={other}",
    "/contracts/{id}/facts/n1",
    "/grid?what=penalties",
    "/import",
    "/due",
    "/overview",
    "/admin?check=true",
    "/account",
)


def enter(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/sign-in")
    page.get_by_label("账号").fill("owner")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    ready(page)


def test_everybody_can_use_the_pages(page: Page, small: Served) -> None:
    """No serious fault by axe-core, in light and dark, nor wider than the window."""
    script = Path(axe()).read_text(encoding="utf-8")
    enter(page, small)
    ids = {"id": purchase().id, "other": hostile().id}
    found: dict[str, list[str]] = {}
    for address in ("/sign-in?error=sign_in_failed", *ADDRESSES):
        page.goto(small.address + address.format(**ids))
        ready(page)
        page.evaluate(script)
        grave = grave_faults(page.evaluate("axe.run(document, {resultTypes: ['violations']})"))
        page.emulate_media(color_scheme="dark")
        grave += grave_faults(page.evaluate("axe.run(document, {runOnly: ['color-contrast', 'link-in-text-block']})"))
        page.emulate_media(color_scheme="light")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found[address] = grave + ([f"{wide} px too wide"] if wide > 0 else [])
    assert [f"{address}: {grave}" for address, grave in found.items() if grave] == []


def grave_faults(answer: dict[str, Any]) -> list[str]:
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:120]}"
        for fault in answer["violations"]
        if fault["impact"] in GRAVE
    ]


def test_hostile_contracts_do_nothing(page: Page, small: Served) -> None:
    with quiet(page):
        enter(page, small)
        for address in (
            "/?q=违约金",
            f"/contracts/{hostile().id}?q=违约金",
            "/grid?what=penalties",
            "/contracts",
            "/due",
        ):
            page.goto(small.address + address)
            ready(page)
            assert page.title() != "ran"
            assert page.locator("main img:not([src^='/v1/'])").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(f"{small.address}/contracts/{hostile().id}?tab=facts")
        ready(page)
        page.locator("tr#fact-n1").click()
        expect(page.locator(".inspected")).to_contain_text("<img src=x")
        page.keyboard.press("e")
        expect(page.locator("dialog#edit blockquote")).to_have_text("每逾期一日支付违约金")
        assert page.locator("dialog#edit img, dialog#edit svg").count() == 0


def test_rare_characters_do_not_move_the_place(page: Page, small: Served) -> None:
    """𠮷 is one character of the contract and two units of JavaScript."""
    contract = hostile()
    with quiet(page):
        enter(page, small)
        page.goto(f"{small.address}/contracts/{contract.id}?clause=main/2/1")
        ready(page)
        block = page.locator('[data-panel="text"] [data-clause="main/2/1"]')
        start = int(block.get_attribute("data-s") or "")
        offset = contract.text.index("逾期的", start)
        place = block.evaluate(CARET, "逾期的")
        page.mouse.click(place["x"], place["y"])
        line = next(
            line for page_ in contract.pages for line in page_.lines if line.span.start <= offset < line.span.end
        )
        box = page.locator(".boxes rect.now").first
        assert float(box.get_attribute("y") or 0) == pytest.approx(line.box[1] - 1)
        mark = page.locator('[data-panel="text"] [data-f~="n1"]').first
        assert int(mark.get_attribute("data-s") or "") == contract.penalties[0].span.start
        assert mark.inner_text().startswith("每逾期一日")


CARET = """(block, words) => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    return { x: box.left + box.width / 4, y: box.top + box.height / 2 };
  }
}"""


def test_no_key_does_anything_while_an_input_method_composes(page: Page, small: Served) -> None:
    enter(page, small)
    page.goto(f"{small.address}/?q=违约金")
    ready(page)
    keys = page.context.new_cdp_session(page)
    box = page.get_by_role("combobox")
    box.focus()
    box.fill("")
    keys.send("Input.imeSetComposition", {"text": "zhi'fu", "selectionStart": 6, "selectionEnd": 6})
    for key in ("Enter", "Escape", "ArrowDown"):
        keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": key, "windowsVirtualKeyCode": 229})
    settled(page)
    expect(box).to_be_focused()
    assert page.url.endswith("q=%E8%BF%9D%E7%BA%A6%E9%87%91")
    keys.send("Input.insertText", {"text": "支付"})
    settled(page)  # the end of a composition counts from the next turn on
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{small.address}/?q=%E6%94%AF%E4%BB%98")


def test_a_contract_is_read_without_a_mouse(page: Page, small: Served) -> None:
    contract = purchase()
    with quiet(page):
        enter(page, small)
        page.goto(f"{small.address}/?q=违约金&where=kind=sale")
        ready(page)
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        ready(page)
        counter = page.locator(".hit-walk output")
        before = counter.inner_text()
        page.keyboard.press("n")
        expect(counter).not_to_have_text(before)
        page.keyboard.press("p")
        expect(counter).to_have_text(before)
        page.keyboard.press("]")
        expect(page.locator(".block.here")).to_have_count(1)
        page.keyboard.press("j")
        expect(page.locator(".f.on").first).to_be_visible()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.keyboard.press("c")
        expect(page.locator("#told")).to_contain_text(f"《{contract.title}》")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(rf"《{contract.title}》\S+，第\d+页", copied), copied
        page.keyboard.press("r")
        expect(page.locator("#told")).to_contain_text("已驳回")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator("#inspector")).to_be_hidden()
        page.keyboard.press("Escape")
        expect(page.locator(".hits")).to_be_visible()


def test_an_administrators_day(page: Page, small: Served) -> None:
    """Make an account, give rights, see the log, rebuild the index; the new account sees its folder only."""
    with quiet(page):
        enter(page, small)
        page.get_by_role("link", name="管理").click()
        form = page.locator("form[action='/admin/accounts']")
        form.get_by_label("账号").fill("李雷")
        form.get_by_label("密码").fill(PASSWORD)
        form.get_by_label("文件夹权限").fill("行政: reader")
        form.get_by_role("button", name="添加").click()
        expect(page.locator("summary", has_text="李雷")).to_contain_text("行政 可读")
        expect(page.get_by_role("cell", name="新建账号")).to_be_visible()
        page.get_by_role("button", name="重建索引").click()
        expect(page.get_by_role("cell", name="重建索引")).to_be_visible()
        page.get_by_role("link", name="全面检查").click()
        expect(page.get_by_text("操作日志完整")).to_be_visible()
        page.get_by_role("link", name="深色").or_(page.get_by_role("link", name="随系统")).click()
        page.get_by_role("button", name="退出").click()
        page.get_by_label("账号").fill("李雷")
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("link", name="合同", exact=True).click()
        expect(page.get_by_role("row")).to_have_count(2)
        expect(page.get_by_role("link", name="管理")).to_have_count(0)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_word_file_is_shown_in_pages(page: Page, word: tuple[Served, Contract]) -> None:
    """Laid out by LibreOffice; a clause of the text is found on the page, and a click on the page leads back."""
    served, contract = word
    with quiet(page):
        enter(page, served)
        page.goto(f"{served.address}/contracts/{contract.id}?clause=main/2")
        ready(page)
        expect(page.locator(".sheets")).to_have_attribute("data-laid", re.compile("done|failed"), timeout=300_000)
        if "took more than" in page.locator("#layout").inner_text():
            pytest.skip("LibreOffice needs more than two minutes on this machine")
        expect(page.locator(".sheets")).to_have_attribute("data-laid", "done")
        expect(page.locator(".sheet").first).to_be_visible()
        expect(page.locator("#layout")).to_contain_text("LibreOffice")
        box = page.locator(".boxes rect.now").first
        expect(box).to_be_visible()
        page.wait_for_function("() => document.querySelector('#page-1 img').naturalWidth > 0")
        page.keyboard.press("Escape")
        line = next(entry for entry in lines_of(page, served, contract) if "第一条" in entry[0])
        page.locator(f"#page-{line[1]} .boxes").scroll_into_view_if_needed()
        size = page.locator(f"#page-{line[1]} .boxes").bounding_box()
        assert size
        page.locator(f"#page-{line[1]} .boxes").click(
            position={"x": line[2][0] * size["width"], "y": line[2][1] * size["height"]}
        )
        expect(page.locator(".inspected")).to_contain_text("第一条")


def lines_of(page: Page, served: Served, contract: Contract) -> list[tuple[str, int, tuple[float, float]]]:
    """Words, page and middle of each line of the layout, as shares of the page."""
    told = page.request.get(f"{served.address}/v1/contracts/{contract.id}/layout").json()
    sizes = {number: (width, height) for number, width, height in told["pages"]}
    return [
        (contract.text[start:end], number, ((x0 + x1) / 2 / sizes[number][0], (y0 + y1) / 2 / sizes[number][1]))
        for start, end, number, x0, y0, x1, y1 in told["lines"]
    ]
