"""Settings: defaults, then the settings file, then the environment.

The file is TOML: `QIYUE_CONFIG`, or `settings.toml` in the data folder; its keys are the names below in lower case
without `QIYUE_`. docs/settings.md is generated from `SETTINGS`.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from qiyue.tasks import Checks
from schema.errors import UsageError

_GRADES = ("error", "warning", "info", "off")
_WHOLE = Decimal(1)


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        key: name in the file; the environment variable is `QIYUE_` and this in upper case.
        kind: text, whole (a whole number from 1), share (30% or 0.3), grades or path.
        default: as printed in the documentation; empty when it depends on others.
        purpose: one sentence.
    """

    key: str
    kind: str
    default: str
    purpose: str

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return f"QIYUE_{self.key.upper()}"


SETTINGS = (
    Setting("data", "path", "~/.local/share/qiyue", "Folder of the collection: database, originals, embedded index."),
    Setting(
        "database_url", "text", "", "Database: `qiyue.sqlite` in the data folder, or `postgresql://user@host/name`."
    ),
    Setting("originals_url", "text", "", "Original files: `originals` in the data folder, or an fsspec address."),
    Setting(
        "search_url", "text", "", "Search engine: `index` in the data folder, or `http://host:9200` (Elasticsearch)."
    ),
    Setting("jobs", "whole", "", "How many files are read at once; the number of cores by default."),
    Setting("timeout", "whole", "600", "Seconds of wall time one file may take."),
    Setting("cpu_seconds", "whole", "2400", "Seconds of processor time one file may take, over all cores."),
    Setting("memory_mb", "whole", "4096", "Megabytes of memory one file may take."),
    Setting("executor", "text", "processes", "Where files are read: `processes` here, or `dask://host:port`."),
    Setting(
        "penalty_threshold",
        "share",
        "30%",
        "Share of the contract total above which a penalty is pointed out; a hint, not advice.",
    ),
    Setting(
        "findings",
        "grades",
        "",
        "Codes of findings graded otherwise or switched off: a table `[findings]` in the file with lines such as "
        '`unused_term = "off"`; in the environment `unused_term=off,blank_field=info`.',
    ),
    Setting("user", "text", "", "Who makes corrections; the login name by default."),
    Setting("public_url", "text", "", "Address of the server as browsers see it, `https://…` behind a proxy."),
    Setting("upload_mb", "whole", "500", "Megabytes one request to the server may send."),
    Setting("import_roots", "text", "", "Folders of the server that may be imported over HTTP, separated by `:`."),
    Setting("openid_issuer", "text", "", "Address of an OpenID Connect provider people may sign in at."),
    Setting("openid_client_id", "text", "", "Name of this server at the provider."),
    Setting(
        "openid_client_secret", "text", "", "Its secret there; better in the settings file than in the environment."
    ),
)


@dataclass(frozen=True)
class Settings:
    """What a run of the program goes by.

    Attributes:
        data: folder of the collection.
        database_url: SQLAlchemy URL.
        originals_url: path or fsspec URL.
        search_url: address of the search engine.
        jobs: files read at once.
        timeout: seconds of wall time a file.
        cpu_seconds: seconds of processor time a file.
        memory_mb: megabytes a file.
        executor: `processes` or `dask://host:port`.
        user: who makes corrections.
        checks: what the checks go by.
        public_url: address of the server as browsers see it; empty for the address it listens on.
        upload_mb: megabytes one request may send.
        import_roots: folders of the server that may be imported over HTTP; empty for none.
        openid_issuer: address of an OpenID Connect provider; empty for none.
        openid_client_id: name of this server there.
        openid_client_secret: its secret there.
        file: settings file that was read, if any.
    """

    data: Path
    database_url: str
    originals_url: str
    search_url: str
    jobs: int
    timeout: int = 600
    cpu_seconds: int = 2400
    memory_mb: int = 4096
    executor: str = "processes"
    user: str = ""
    checks: Checks = field(default_factory=Checks)
    public_url: str = ""
    upload_mb: int = 500
    import_roots: tuple[Path, ...] = ()
    openid_issuer: str = ""
    openid_client_id: str = ""
    openid_client_secret: str = field(default="", repr=False)
    file: Path | None = field(default=None, compare=False)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of this run.

    Args:
        environment: instead of the environment of the process.

    Raises:
        UsageError: `setting_invalid`.
    """
    given = os.environ if environment is None else environment
    first = {s.key: given[s.variable] for s in SETTINGS if given.get(s.variable)}
    data = Path(first.get("data") or _default_data(given)).expanduser().absolute()
    file = Path(given["QIYUE_CONFIG"]).expanduser() if given.get("QIYUE_CONFIG") else data / "settings.toml"
    written = _read_file(file, required=bool(given.get("QIYUE_CONFIG")))
    values = written | first
    whole = {s.key: _whole(s, values[s.key]) for s in SETTINGS if s.kind == "whole" and s.key in values}
    if "data" in values and "data" not in first:
        data = Path(values["data"]).expanduser().absolute()
    return Settings(
        data=data,
        database_url=values.get("database_url") or f"sqlite:///{data / 'qiyue.sqlite'}",
        originals_url=values.get("originals_url") or str(data / "originals"),
        search_url=values.get("search_url") or str(data / "index"),
        jobs=whole.pop("jobs", 0) or os.cpu_count() or 1,
        executor=values.get("executor") or "processes",
        user=values.get("user") or given.get("USER") or given.get("LOGNAME") or "unknown",
        checks=_checks(values),
        public_url=values.get("public_url", "").rstrip("/"),
        openid_issuer=values.get("openid_issuer", "").rstrip("/"),
        openid_client_id=values.get("openid_client_id", ""),
        openid_client_secret=values.get("openid_client_secret", ""),
        import_roots=_folders(values.get("import_roots", "")),
        file=file if written else None,
        **whole,
    )


def _default_data(given: Mapping[str, str]) -> str:
    home = given.get("XDG_DATA_HOME") or "~/.local/share"
    return f"{home}/qiyue"


def _folders(given: str) -> tuple[Path, ...]:
    return tuple(Path(name).expanduser().resolve() for name in given.split(":") if name)


def _read_file(path: Path, *, required: bool) -> dict[str, str]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        if required:
            raise UsageError("setting_invalid", f"QIYUE_CONFIG: there is no file {path}") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("setting_invalid", f"{path}: {error}") from error
    known = {s.key for s in SETTINGS}
    for key in read:
        if key not in known:
            raise UsageError("setting_invalid", f"{path}: there is no setting {key}", remedy="see docs/settings.md")
    return {key: _text(key, value) for key, value in read.items()}


def _text(key: str, value: object) -> str:
    """A value of the file as the environment would give it."""
    if key == "findings" and isinstance(value, dict):
        return ",".join(f"{code}={grade}" for code, grade in value.items())
    return str(value)


def _checks(values: dict[str, str]) -> Checks:
    share, grades = values.get("penalty_threshold", ""), values.get("findings", "")
    threshold = _share(share) if share else Checks().penalty_threshold
    return Checks(threshold, tuple(_grade(words) for words in grades.split(",") if words.strip()))


def _share(value: str) -> Decimal:
    try:
        number = Decimal(value.strip().removesuffix("%"))
    except InvalidOperation:
        number = Decimal(0)
    share = number / 100 if value.strip().endswith("%") else number
    if share.is_finite() and 0 < share <= _WHOLE:
        return share
    raise UsageError("setting_invalid", f"QIYUE_PENALTY_THRESHOLD is {value!r}", remedy="give a share such as 30%")


def _grade(words: str) -> tuple[str, str]:
    from typing import get_args

    from schema.finding import FindingCode

    code, _, grade = (part.strip() for part in words.partition("="))
    if code not in get_args(FindingCode):
        raise UsageError("setting_invalid", f"findings: there is no code {code!r}", remedy="see docs/findings.md")
    if grade not in _GRADES:
        remedy = f"give {', '.join(_GRADES)}"
        raise UsageError("setting_invalid", f"findings: {code} is {grade!r}", remedy=remedy)
    return code, grade


def _whole(setting: Setting, value: str) -> int:
    if value.isascii() and value.isdigit() and int(value) > 0:
        return int(value)
    raise UsageError("setting_invalid", f"{setting.variable} is {value!r}", remedy="give a whole number from 1")
