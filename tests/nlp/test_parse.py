"""The door: every text gives a valid record."""

from nlp.parse import parse
from schema.contract import Contract
from tests.support.builders import document


def test_an_empty_document_gives_an_empty_record() -> None:
    record = parse(document(""))
    assert record.text == ""
    assert record.parties == ()


def test_the_record_survives_json() -> None:
    record = parse(document("技术服务合同\n甲方：青禾科技有限公司\n一、甲方应在7日内付款10万元。"))
    assert Contract.model_validate_json(record.model_dump_json()) == record
