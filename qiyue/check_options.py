"""Settings of the checks as the checks take them."""

from typing import cast

from nlp.checks.ledger import Grade, Options
from qiyue.tasks import Checks


def options_of(checks: Checks) -> Options:
    """The options; codes and grades were looked at when the settings were read."""
    return Options(checks.penalty_threshold, {code: cast(Grade, grade) for code, grade in checks.grades})
