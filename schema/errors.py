"""Errors a person can act on: a stable code, one sentence, a remedy, an exit code.

Raised only when there is no result; trouble that leaves a result is a `Problem` in it. docs/errors.md is generated from
`CATALOGUE`, so a code cannot go undocumented.
"""

from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    FAILED = 3


class ErrorEntry(NamedTuple):
    """What a code means and what helps."""

    meaning: str
    remedy: str
    exit_code: ExitCode = ExitCode.FAILED


CATALOGUE: dict[str, ErrorEntry] = {
    # the file
    "file_missing": ErrorEntry("There is no file at this path.", "check the path", ExitCode.USAGE),
    "file_unreadable": ErrorEntry("The file or folder may not be read.", "give yourself the right to read it"),
    "file_empty": ErrorEntry("The file holds no bytes.", "fetch it again from where it came"),
    "file_encrypted": ErrorEntry("The file is protected by a password.", "give the password with --password"),
    "file_damaged": ErrorEntry("The file is cut off or broken.", "open it in its own program and save it anew"),
    "file_type_unknown": ErrorEntry(
        "The bytes are of no format that can be read.", "convert it to PDF, DOCX, an image or text"
    ),
    "file_too_large": ErrorEntry(
        "The file, its pages or what it unpacks to exceed a limit.", "split it, or raise the limit named"
    ),
    "no_text": ErrorEntry("No text was found in the file.", "check that it is not a blank scan"),
    # reading
    "reader_timeout": ErrorEntry("Reading took longer than allowed.", "raise QIYUE_TIMEOUT or split the file"),
    "reader_crashed": ErrorEntry(
        "The reading process died.", "send the file's format and size (not the file) with a bug report"
    ),
    "reader_memory": ErrorEntry("Reading needed more memory than allowed.", "raise QIYUE_MEMORY_MB or split the file"),
    "tool_missing": ErrorEntry("A program needed for this format is not installed.", "install the package named"),
    "page_failed": ErrorEntry("One page could not be read; the others were.", "look at this page by eye"),
    "part_unread": ErrorEntry("A part of the file could not be read; the rest was.", "look at this part by eye"),
    "reading_note": ErrorEntry(
        "Something of the file is not in the text (hidden, deleted, in another file).", "see `furniture` of the record"
    ),
    "executor_unreachable": ErrorEntry("The cluster does not answer.", "check the address and that it runs"),
    # the collection
    "contract_unknown": ErrorEntry("No contract has this id.", "see `qiyue list`", ExitCode.USAGE),
    "element_unknown": ErrorEntry("The contract has no element of this id.", "see `qiyue show`", ExitCode.USAGE),
    "finding_unknown": ErrorEntry("There is no finding of this code.", "see docs/findings.md", ExitCode.USAGE),
    "correction_unknown": ErrorEntry("No correction has this number.", "see `qiyue corrections`", ExitCode.USAGE),
    "job_unknown": ErrorEntry("No import has this number.", "see `qiyue jobs`", ExitCode.USAGE),
    "original_missing": ErrorEntry(
        "The original file of a contract is not in the store.", "run `qiyue doctor`, then restore a backup"
    ),
    "file_changing": ErrorEntry("The file changed while it was read.", "import it again when it is finished"),
    "backup_damaged": ErrorEntry("The backup is not whole.", "take another backup"),
    "store_not_empty": ErrorEntry("There are contracts already.", "restore into another QIYUE_DATA", ExitCode.USAGE),
    "store_unreachable": ErrorEntry("The database does not answer.", "check QIYUE_DATABASE_URL and that it runs"),
    "store_version": ErrorEntry("The data were written by a newer version.", "update the program"),
    "store_full": ErrorEntry("There is no space left to store.", "free space on the disk of QIYUE_DATA"),
    "store_read_only": ErrorEntry("The data folder may not be written.", "give yourself the right to write it"),
    # search
    "search_unreachable": ErrorEntry("The search engine does not answer.", "check QIYUE_SEARCH_URL and that it runs"),
    "search_busy": ErrorEntry("Another process is writing the index.", "wait for it; changes are kept in the outbox"),
    "search_failed": ErrorEntry("The search engine refused the request.", "run `qiyue doctor`, then `qiyue reindex`"),
    "index_outdated": ErrorEntry("The index was written by another version of the program.", "run `qiyue reindex`"),
    "field_unknown": ErrorEntry("There is no such search field.", "use the field it names as nearest", ExitCode.USAGE),
    "value_unreadable": ErrorEntry(
        "The value does not fit the field.", "write it as the message shows", ExitCode.USAGE
    ),
    # accounts and requests
    "sign_in_needed": ErrorEntry("Nobody is signed in.", "sign in, or send a token", ExitCode.USAGE),
    "sign_in_failed": ErrorEntry("Name or password is wrong.", "try again, or ask an administrator", ExitCode.USAGE),
    "link_used": ErrorEntry(
        "A sign-in link works once.", "start `qiyue serve` again for a new one, or use a password", ExitCode.USAGE
    ),
    "not_allowed": ErrorEntry("The account may not do this.", "ask an administrator for the right", ExitCode.USAGE),
    "form_expired": ErrorEntry("The form was not sent from a page of this session.", "load the page again and repeat"),
    "too_many": ErrorEntry("There are too many of these at once.", "try again in a while"),
    "account_unknown": ErrorEntry("There is no such account.", "see `qiyue account list`", ExitCode.USAGE),
    "account_exists": ErrorEntry("There is such an account already.", "choose another name", ExitCode.USAGE),
    "last_admin": ErrorEntry("An administrator must remain.", "make another administrator first", ExitCode.USAGE),
    "password_weak": ErrorEntry("The password is too weak.", "use a sentence, or four words", ExitCode.USAGE),
    "token_unknown": ErrorEntry("There is no such token.", "see the list of tokens", ExitCode.USAGE),
    "search_unknown": ErrorEntry("There is no such saved search.", "see the list of saved searches", ExitCode.USAGE),
    "page_unknown": ErrorEntry("The contract has no picture of this page.", "see `pages` of the record"),
    "record_changed": ErrorEntry("The record has changed meanwhile.", "load it again and repeat"),
    "condition_missing": ErrorEntry("A change needs the version it is made to.", "send the ETag as If-Match"),
    "not_found": ErrorEntry("There is nothing at this address.", "see docs/http.md"),
    "method_wrong": ErrorEntry("The address does not take this method.", "see docs/http.md"),
    "request_invalid": ErrorEntry("The request does not have the form described.", "correct what the message names"),
    # use
    "usage": ErrorEntry("The command was not understood.", "see --help", ExitCode.USAGE),
    "setting_invalid": ErrorEntry("A setting has a value that cannot be used.", "correct it", ExitCode.USAGE),
    "interrupted": ErrorEntry("Stopped by the user.", "run the same command again to go on"),
    "internal": ErrorEntry("An error of the program itself.", "report it with the output of `qiyue doctor`"),
}


class QiyueError(Exception):
    """An error with a code of `CATALOGUE`; `str()` is one line for a person.

    Attributes:
        code: stable code.
        message: one sentence: what and where.
        remedy: what to do.
        exit_code: of the command line.
    """

    def __init__(self, code: str, message: str, *, remedy: str | None = None) -> None:
        """Make an error.

        Args:
            code: a key of `CATALOGUE`.
            message: one sentence, without the contract's text.
            remedy: when something better than the catalogue's remedy is known.

        Raises:
            KeyError: the code is not in the catalogue.
        """
        entry = CATALOGUE[code]
        self.code = code
        self.message = message
        self.remedy = remedy or entry.remedy
        self.exit_code = entry.exit_code
        super().__init__(f"{code}: {message} ({self.remedy})")

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process."""
        return _rebuild, (type(self), self.code, self.message, self.remedy)


def _rebuild(kind: type[QiyueError], code: str, message: str, remedy: str) -> QiyueError:
    return kind(code, message, remedy=remedy)


class ReadError(QiyueError):
    """A file gave no document."""


class StoreError(QiyueError):
    """The store could not do what was asked."""


class SearchError(QiyueError):
    """The search engine could not do what was asked."""


class UsageError(QiyueError):
    """The request itself is wrong."""
