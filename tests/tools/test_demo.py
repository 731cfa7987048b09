"""`make demo` on the shipped scan: what a newcomer sees first."""

import json
from pathlib import Path

import pytest

from schema.contract import Contract
from tools import demo


@pytest.mark.slow
def test_the_demonstration(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIYUE_SEARCH_URL", "http://127.0.0.1:1")  # of the caller: never asked
    assert demo.main(tmp_path / "demo") == 0
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err
    for words in (
        "临澜市云岫文献中心",
        "486,000.00",
        "194,400.00",
        "15个工作日内",
        "万分之5 = 243.00",
        "第十三条 （一）",
        "p. 5",
        "保密协议",
        "$ qiyue search 违约金",
    ):
        assert words in out
    record = Contract.model_validate(json.loads((tmp_path / "demo" / "service.json").read_text(encoding="utf-8")))
    assert len(record.pages) == 9


def test_a_failing_command_ends_it_with_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "SAMPLE", "samples/no_such_file.pdf")
    assert demo.main(tmp_path / "demo") in (2, 3)
