"""Shapes of answers that no other package has; the record, hits and comparisons are those of `schema`."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


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


class Alive(Shape):
    """The server answers."""

    ok: bool


class Ready(Shape):
    """Store and index answer."""

    ok: bool
    checks: dict[str, bool]


Json = dict[str, Any]
