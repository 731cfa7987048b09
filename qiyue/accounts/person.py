"""Who is asking, and what they may do. Pure: no store, no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from schema.errors import UsageError

Scope = Literal["read", "write", "admin", "calendar", "metrics"]
SCOPES: tuple[Scope, ...] = ("read", "write", "admin", "calendar", "metrics")
Via = Literal["session", "token", "link", "command"]
EVERYWHERE = ""
"""The folder of a grant that holds for the whole collection."""


@dataclass(frozen=True)
class Person:
    """Somebody who asks for something.

    Attributes:
        name: of the account.
        admin: whether the account is an administrator's.
        grants: role (`reader`, `editor`) by folder.
        scopes: what the key they came with is for; a browser's session is for everything.
        via: how they proved who they are.
        key: of the session or id of the token.
        csrf: secret of the session; None for programs, which no foreign page can make use of.
    """

    name: str
    admin: bool = False
    grants: Mapping[str, str] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset(SCOPES)
    via: Via = "session"
    key: str = ""
    csrf: str | None = None

    def may_read(self, folder: str | None) -> bool:
        """Whether contracts of a folder (None: of no folder) may be seen."""
        return self.admin or any(_holds(granted, folder) for granted in self.grants)

    def may_edit(self, folder: str | None) -> bool:
        """Whether contracts may be put into a folder, and those in it corrected."""
        if "write" not in self.scopes:
            return False
        return self.admin or any(role == "editor" and _holds(granted, folder) for granted, role in self.grants.items())

    @property
    def may_edit_somewhere(self) -> bool:
        """Whether there is any folder that may be edited."""
        return "write" in self.scopes and (self.admin or "editor" in self.grants.values())

    @property
    def sees_all(self) -> bool:
        """Whether the whole collection may be seen."""
        return self.admin or EVERYWHERE in self.grants

    def folders(self, known: Iterable[str]) -> tuple[str, ...] | None:
        """Of the folders there are, those that may be seen.

        Args:
            known: folders in use.

        Returns:
            Their exact names; None when nothing is hidden.
        """
        return None if self.sees_all else tuple(sorted(folder for folder in known if self.may_read(folder)))

    def manages(self) -> bool:
        """Whether accounts, health and the audit log are theirs to see and change."""
        return self.admin and "admin" in self.scopes

    def need(self, scope: Scope) -> None:
        """See that the key is for this.

        Raises:
            UsageError: `not_allowed`.
        """
        if scope not in self.scopes:
            raise UsageError("not_allowed", f"this token is not for {scope}", remedy=f"make one with the scope {scope}")

    def need_to_manage(self) -> None:
        """See that this is an administrator.

        Raises:
            UsageError: `not_allowed`.
        """
        if not self.manages():
            raise UsageError("not_allowed", "only an administrator may do this")

    def need_to_edit(self, folder: str | None) -> None:
        """See that a folder may be edited.

        Raises:
            UsageError: `not_allowed`.
        """
        if not self.may_edit(folder):
            where = f"the folder {folder}" if folder else "the collection outside all folders"
            raise UsageError("not_allowed", f"you may not change {where}")


def _holds(granted: str, folder: str | None) -> bool:
    if granted == EVERYWHERE:
        return True
    return folder is not None and (folder == granted or folder.startswith(f"{granted}/"))
