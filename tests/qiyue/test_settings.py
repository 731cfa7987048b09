"""Settings come from defaults, the file and the environment, in this order."""

from pathlib import Path

import pytest

from qiyue.settings import SETTINGS, read_settings
from schema.errors import UsageError


def test_everything_lies_in_the_data_folder_by_default(tmp_path: Path) -> None:
    settings = read_settings({"QIYUE_DATA": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/qiyue.sqlite"
    assert settings.originals_url == f"{tmp_path}/originals"
    assert settings.search_url == f"{tmp_path}/index"
    assert settings.jobs >= 1


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('timeout = 5\nsearch_url = "http://a:9200"\n', encoding="utf-8")
    settings = read_settings({"QIYUE_DATA": str(tmp_path), "QIYUE_TIMEOUT": "7"})
    assert (settings.timeout, settings.search_url) == (7, "http://a:9200")
    assert settings.file == tmp_path / "settings.toml"


def test_a_file_may_be_named_and_may_name_the_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'data = "{tmp_path / "data"}"\n', encoding="utf-8")
    assert read_settings({"QIYUE_CONFIG": str(file)}).data == tmp_path / "data"


@pytest.mark.parametrize(
    ("content", "words"),
    [("colour = 1", "no setting colour"), ("timeout = 'soon'", "QIYUE_TIMEOUT is 'soon'"), ("timeout = ", "mine.toml")],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_settings({"QIYUE_CONFIG": str(file)})


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many"])
def test_a_wrong_number_is_one_sentence(tmp_path: Path, value: str) -> None:
    with pytest.raises(UsageError, match="QIYUE_MEMORY_MB"):
        read_settings({"QIYUE_DATA": str(tmp_path), "QIYUE_MEMORY_MB": value})


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read_settings({"QIYUE_CONFIG": str(tmp_path / "none.toml")})


def test_settings_are_documented() -> None:
    assert all(setting.purpose.endswith(".") for setting in SETTINGS)
