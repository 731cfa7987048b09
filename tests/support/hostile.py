"""A contract full of what must never run or break a page: markup, script, formulas, turned writing."""

from schema.contract import Contract
from tests.support.drafts import ContractDraft

TAG = "<img src=x onerror=\"document.title='ran'\">"
SCRIPT = "</script><script>document.title='ran'</script>"
QUOTES = "\"'><svg onload=\"document.title='ran'\">{{ 7 * 7 }}${7*7}"
TURNED = "\u202e倒写\u202c\u2067双向\u2069"
FORMULA = '=HYPERLINK("http://evil.example","点我")'
LONG = "长" * 400 + "x" * 300


def hostile() -> Contract:
    """All of it in title, file name, parties, numbers, headings, cells and words."""
    draft = ContractDraft(f"采购合同{TAG}", kind="sale", signed="2025-03-01")
    draft.prose("preamble", f"甲方：{QUOTES}\n乙方：{TURNED}")
    draft.clause("main/1", "第一条", f"标的{SCRIPT}", types=("subject_matter",))
    draft.clause("main/1/1", "1、", None, f"{TAG}{SCRIPT} 违约金 {QUOTES} \x00 {TURNED}")
    draft.clause("main/2", "第二条", "违约责任", types=("penalty",))
    draft.clause("main/2/1", "1、", None, f"𠮷𠮷𠮷 逾期的，每逾期一日支付违约金。{FORMULA} {LONG}")
    draft.row("annex1/1", "1", TAG, FORMULA, columns=("序号", f"名称{TAG}", QUOTES))
    draft.party("甲方", QUOTES, role_kind="buyer").party(f"乙方{TAG}", TURNED, role_kind="seller")
    draft.penalty("main/2/1", "每逾期一日支付违约金", trigger=TAG, base=SCRIPT, rate="0.0005", per="day", liable="p1")
    draft.finding("penalty_without_cap", "每逾期一日")
    contract = draft.build()
    source = contract.source.model_copy(update={"name": f"{TAG}{TURNED}.txt"})
    return contract.model_copy(update={"source": source, "contract_no": f"{QUOTES}"})
