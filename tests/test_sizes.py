"""The size gate runs with the tests, and it does see a breach."""

from tools import sizes


def test_no_module_or_function_is_too_long() -> None:
    assert sizes.main() == 0


def test_a_long_function_is_seen(monkeypatch, tmp_path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    module = tmp_path / "long.py"
    module.write_text("def f():\n" + "    x = 1\n" * 61, encoding="utf-8")
    monkeypatch.setattr(sizes, "ROOT", tmp_path)
    breaches = sizes.module_breaches(module, {"max_lines": 50, "max_function_lines": 60})
    assert breaches == ["long.py: 62 lines, limit 50", "long.py:1: f has 62 lines"]
