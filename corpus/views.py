"""The views people query with SQL: names and columns are a promise, the tables behind them are not.

    SELECT title, label, value FROM amounts WHERE role = 'total' AND value > 1000000;

Each row leads back to its words: `contract`, `clause`, `citation`, `page` and the code points `span_start`, `span_end`
of the contract's text. Values are the corrected ones; what the parser said stands in the view `corrections`.
docs/sql.md is generated from `VIEWS`.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class View:
    """One view.

    Attributes:
        name: of the view.
        purpose: one sentence for docs/sql.md.
        columns: output column and its SQL.
        source: what stands behind FROM.
    """

    name: str
    purpose: str
    columns: tuple[tuple[str, str], ...]
    source: str

    def statement(self) -> str:
        """The SQL that makes it, the same in SQLite and PostgreSQL."""
        columns = ", ".join(f"{sql} AS {name}" for name, sql in self.columns)
        return f"CREATE VIEW {self.name} AS SELECT {columns} FROM {self.source}"


def _plain(names: str, table: str = "f") -> tuple[tuple[str, str], ...]:
    return tuple((name, f"{table}.{name}") for name in names.split())


def _fact_view(name: str, table: str, purpose: str, columns: str, *renamed: tuple[str, str]) -> View:
    return View(
        name,
        purpose,
        (
            *_plain("contract"),
            ("title", "c.title"),
            ("folder", "c.folder"),
            *_plain("id clause citation page"),
            *_plain(columns),
            *renamed,
            *_plain("text span_start span_end rule"),
        ),
        f"{table} f JOIN contract c ON c.id = f.contract",
    )


def _role_of(column: str) -> tuple[str, str]:
    """The printed role (甲方) of a party id, or the id itself (`both`)."""
    party = f"SELECT p.role FROM party p WHERE p.contract = f.contract AND p.id = f.{column}"
    return f"{column}_role", f"COALESCE(({party}), f.{column})"


VIEWS = (
    View(
        "contracts",
        "One row a contract.",
        (
            *_plain("id title contract_no kind sign_date term_start term_end total currency folder", "c"),
            *_plain("imported_at parsed_at producer", "c"),
            ("source_name", "c.name"),
            ("media_type", "c.media_type"),
            ("size", "c.size"),
            ("pages", "c.pages"),
            ("finding_errors", "c.errors"),
            ("finding_warnings", "c.warnings"),
            ("finding_infos", "c.infos"),
            ("same_as", "l.of"),
            ("relation", "l.relation"),
            ("certainty", "l.certainty"),
        ),
        "contract c LEFT JOIN link l ON l.contract = c.id",
    ),
    View("tags", "One row a tag of a contract.", _plain("contract tag"), "tag f"),
    View(
        "clauses",
        "One row a clause or table row (`unit`), in document order by `place`; `types` is a JSON list.",
        (
            *_plain("contract"),
            ("title", "c.title"),
            ("folder", "c.folder"),
            *_plain("id unit place part parent level number heading path_text citation types page own_text"),
            ("text", "SUBSTR(t.text, f.span_start + 1, f.span_end - f.span_start)"),
            *_plain("span_start span_end"),
        ),
        "clause f JOIN contract c ON c.id = f.contract JOIN contract_text t ON t.contract = f.contract",
    ),
    _fact_view(
        "parties",
        "party",
        "One row a party.",
        "role role_kind name credit_code legal_representative agent address phone email bank account",
    ),
    _fact_view(
        "amounts",
        "amount",
        "One row a sum of money, in whole currency units; `same_as` is its twin in capitals or figures.",
        "value currency form label role is_total tax_included per same_as",
    ),
    _fact_view("rates", "rate", "One row a percentage that is no penalty, as a fraction.", "value role"),
    _fact_view(
        "payments",
        "payment",
        "One row an instalment; `percent` in percentage points; `conditions` is a JSON list.",
        "sequence label percent amount payer payee deadline schedule conditions",
        _role_of("payer"),
    ),
    _fact_view(
        "deadlines",
        "deadline",
        "One row a time limit, duration or recurrence, as said; dates are computed by `qiyue due`.",
        "number unit workday kind relation op who what trigger_text date day_of_month placeholder",
        _role_of("who"),
    ),
    _fact_view(
        "dates",
        "calendar_date",
        "One row a printed date, as far as printed.",
        "value precision role valid",
        ("end_value", "f.end_value"),
    ),
    _fact_view(
        "penalties",
        "penalty",
        "One row a consequence of a breach; `rate` is a fraction, `exposure` in money; `remedies` is a JSON list.",
        "kind liable beneficiary rate per base multiple amount cap_rate cap_amount tier exposure breach remedies",
        _role_of("liable"),
    ),
    View(
        "findings",
        "One row a finding of the checks; `elements` is a JSON list of ids.",
        (
            *_plain("contract"),
            ("title", "c.title"),
            ("folder", "c.folder"),
            *_plain("place code severity message suggestion elements clause citation page text span_start span_end"),
        ),
        "finding f JOIN contract c ON c.id = f.contract",
    ),
    View(
        "corrections",
        "One row a correction; the values are JSON.",
        (
            *_plain("contract"),
            ("title", "c.title"),
            *_plain("number element kind field parser_value value who at why rule clause words state"),
        ),
        "correction f JOIN contract c ON c.id = f.contract",
    ),
    View("anchors", "One row an event with the day it happened.", _plain("contract event date who at"), "anchor f"),
)


def drop_views(connection: Connection) -> None:
    """Remove all views, so that the tables behind them may change."""
    for view in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {view.name}"))


def make_views(connection: Connection) -> None:
    """Make all views anew."""
    drop_views(connection)
    for view in VIEWS:
        connection.execute(text(view.statement()))
