"""Characters that were misread are read as meant where only one can be; nothing moves."""

import pytest

from nlp.normalize import as_meant, fold


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("乙方末经同意，应付末付租金", "乙方未经同意，应付未付租金"),
        ("月末支付，期末结算，年末交付", "月末支付，期末结算，年末交付"),
        ("5 个工作曰内，签字之曰起", "5 个工作日内，签字之日起"),
        ("误差超过士2%的", "误差超过±2%的"),
        ("博士2人", "博士2人"),
    ],
)
def test_only_what_can_be_meant(printed: str, meant: str) -> None:
    assert as_meant(printed) == meant
    assert len(as_meant(printed)) == len(fold(printed))
