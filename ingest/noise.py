"""What does not belong to the document, found by what it is; it moves to furniture with its reason."""

from ingest.blocks import Draft


def take_out_noise(draft: Draft) -> None:
    """Move passages that do not belong from the blocks to the furniture of a draft."""
