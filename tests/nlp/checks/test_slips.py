"""Characters set twice by mistake, and those that two words share."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

TEXT = """运营服务合同
甲方：青禾水务有限公司
乙方：远山环境有限公司
第一条 管理办法由甲方制定。乙方应当遵守合同约定的验收标准。
第二条 {words}
第三条 本合同一式两份。
"""


def told(words: str) -> list[str]:
    found = parse(document(TEXT.format(words=words))).findings
    return [str(f.data["reading"]) for f in found if f.code == "ocr_suspect" and "重复" in f.message]


@pytest.mark.parametrize("words", ["乙方应当遵守管理办办法。", "乙方应当遵守合同约定的验收标标准。"])
def test_a_character_set_twice_is_told(words: str) -> None:
    assert told(words)


@pytest.mark.parametrize(
    "words",
    [
        "乙方负责进出水水质检测，并做好记录。",
        "乙方每日检测出水水量，出水水温另行记录。",
        "甲方提供用电电压数据。",
        "乙方负责地下水水位监测。",
        "甲方办理产权权属登记。",
    ],
)
def test_two_words_may_share_a_character(words: str) -> None:
    assert told(words) == []
