"""The file a contract came from."""

from pydantic import Field

from schema.base import Model


class SourceFile(Model):
    """Identity of a file: its bytes decide, its name only helps people.

    Attributes:
        sha256: lower-case hex digest of the bytes; also the id of the contract.
        name: file name without folders (inside an archive: member path after `!/`).
        media_type: found from the bytes, not from the name.
        size: bytes.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str
    media_type: str
    size: int = Field(ge=0)
