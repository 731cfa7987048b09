"""Shapes of answers that no other package has; the record, hits and comparisons are those of `schema`."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from schema.correction import Correction
from schema.finding import Finding
from schema.query import Hit
from schema.values import Scalar


def _plain(text: str) -> str:
    """Text that every store can keep: no NUL, no half of a surrogate pair."""
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("it holds a character that no text has")
    return text


def _folder(name: str) -> str:
    parts = name.split("/")
    if any(not part.strip() or part in (".", "..") for part in parts) or not name.isprintable():
        raise ValueError("a folder is names parted by /")
    return name


PlainText = Annotated[str, AfterValidator(_plain)]
FolderName = Annotated[PlainText, Field(min_length=1, max_length=300), AfterValidator(_folder)]
Tag = Annotated[PlainText, Field(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$")]


class Shape(BaseModel):
    """Base of the shapes."""

    model_config = ConfigDict(extra="forbid")


class Me(Shape):
    """Who is asking."""

    name: str
    admin: bool
    grants: dict[str, str] = Field(
        description='Role (reader, editor) by folder; the folder "" is the whole collection.'
    )
    scopes: list[str]
    via: Literal["session", "token", "link", "command"]
    csrf: str | None = None


class Layout(Shape):
    """A contract of a format without pages, as LibreOffice lays it out."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"pages": [[1, 595.3, 841.9]], "lines": [[120, 143, 1, 90.0, 203.2, 300.1, 213.7]]}]
        },
    )

    pages: list[tuple[int, float, float]] = Field(description="Number, width and height in points.")
    lines: list[tuple[int, int, int, float, float, float, float]] = Field(
        description="Start, end (code points of the text), page, x0, y0, x1, y1; only lines whose place is certain."
    )


class Source(Shape):
    """A file."""

    name: str
    sha256: str


class CardParty(Shape):
    """A party as the list shows it."""

    role: str | None
    name: str | None


class Card(Shape):
    """A contract as the list shows it."""

    id: str = Field(description="sha256 of its file.")
    title: str | None
    kind: str | None
    contract_no: str | None
    parties: list[CardParty]
    total: str | None = Field(description="Decimal string, whole currency units.")
    currency: str | None
    sign_date: str | None
    folder: str | None
    tags: list[str]
    source: Source
    imported_at: str
    changed_at: str
    findings: dict[str, int] = Field(description="How many by severity.")
    producer: str


class ContractList(Shape):
    """A page of contracts, the newest first."""

    contracts: list[Card]
    total: int
    cursor: str | None


class Findings(Shape):
    """What the checks find in a contract, people's corrections applied."""

    contract: str
    findings: list[Finding]


class Change(Shape):
    """A correction of one fact."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"field": "rate", "value": "0.0003", "why": "第八条手写改为万分之三"}]},
    )

    field: PlainText = Field(
        min_length=1,
        max_length=200,
        description="Path of the field in the record: `value`, `cap.rate`, `phone.0.text`.",
    )
    value: Scalar = Field(description="Decimals as strings; null for unknown.")
    why: PlainText = Field(min_length=1, max_length=2000, description="Reason.")


class Corrected(Shape):
    """A correction that was made."""

    contract: str
    correction: Correction


class Keeping(Shape):
    """Where a contract is kept; what is not given stays."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"folder": "采购/2025", "add_tags": ["重点"]}]}
    )

    folder: FolderName | None = Field(default=None, description="Folder of the collection.")
    add_tags: list[Tag] = Field(default=[], max_length=100)
    remove_tags: list[Tag] = Field(default=[], max_length=100)


class Suggestions(Shape):
    """Ways to finish what is being typed."""

    suggestions: list[str]


class Folders(Shape):
    """Folders that may be seen, each with the number of its contracts, sub-folders not counted."""

    folders: dict[str, int]


class SavedQuery(Shape):
    """A search to save."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "高额违约金", "q": "违约金", "where": ["penalty.rate>0.001"]}]},
    )

    name: PlainText = Field(min_length=1, max_length=100)
    q: PlainText = Field(default="", max_length=1000)
    where: list[PlainText] = Field(default=[], max_length=50)


class Saved(Shape):
    """A saved search."""

    number: int
    name: str
    q: str
    where: list[str]
    created_at: str
    seen_at: str
    new: int | None = Field(default=None, description="Hits its owner has not been shown; None where not counted.")


class SavedList(Shape):
    """The saved searches of the asker."""

    searches: list[Saved]


class NewMatches(Shape):
    """A saved search with the hits its owner has not been shown."""

    search: Saved
    hits: list[Hit]


JOB_EXAMPLE: dict[str, Any] = {
    "id": 7,
    "state": "done",
    "started_at": "2026-01-05T08:00:00.000000Z",
    "finished_at": "2026-01-05T08:00:09.120000Z",
    "counts": {"stored": 1, "duplicate": 0, "failed": 0, "skipped": 0},
}


class Begun(Shape):
    """An import that has begun."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"job": 7, "url": "/v1/jobs/7", "events": "/v1/jobs/7/events"}]},
    )

    job: int
    url: str
    events: str


class ImportPaths(Shape):
    """What to import from the server."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"paths": ["/srv/contracts/2025"], "folder": "采购/2025"}]}
    )

    paths: list[Annotated[PlainText, Field(min_length=1, max_length=1000)]] = Field(min_length=1, max_length=100)
    folder: FolderName | None = None
    tags: list[Tag] = Field(default=[], max_length=100)


class Job(Shape):
    """An import."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [JOB_EXAMPLE]})

    id: int
    state: Literal["running", "indexing", "interrupted", "done"]
    started_at: str
    finished_at: str | None
    counts: dict[str, int] = Field(description="Files by state.")


class JobFile(Shape):
    """What became of a file."""

    path: str
    sha256: str | None
    state: Literal["queued", "running", "stored", "duplicate", "failed", "skipped"]
    code: str | None
    message: str | None
    remedy: str | None
    contract: str | None
    relation: Literal["duplicate", "twin", "version"] | None
    of: str | None
    certainty: float | None


class JobDetail(Job):
    """An import with a page of its files."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                JOB_EXAMPLE
                | {
                    "files": [
                        {
                            "path": "采购合同.pdf",
                            "sha256": "3fa2b1c4" * 8,
                            "state": "stored",
                            "code": None,
                            "message": None,
                            "remedy": None,
                            "contract": "3fa2b1c4" * 8,
                            "relation": None,
                            "of": None,
                            "certainty": None,
                        }
                    ],
                    "cursor": None,
                }
            ]
        },
    )

    files: list[JobFile]
    cursor: int | None


class JobList(Shape):
    """Imports, the newest first."""

    jobs: list[Job]


class Alive(Shape):
    """The server answers."""

    ok: bool


class Ready(Shape):
    """Store and index answer."""

    ok: bool
    checks: dict[str, bool]


Json = dict[str, Any]
