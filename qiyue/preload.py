"""Loaded once by the server that reading processes are forked from; nobody else imports this.

What is built here each reading process has from its first moment, and a process that replaces a dead one is ready in
milliseconds instead of a second.
"""

from nlp.language import build_nlp
from qiyue import worker

__all__ = ["worker"]

build_nlp()
