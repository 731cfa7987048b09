"""Times as the tables keep them (ISO, UTC, microseconds), and sums with them."""

from datetime import UTC, datetime, timedelta


def iso(moment: datetime) -> str:
    """A moment as text that sorts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def utc() -> datetime:
    """Now."""
    return datetime.now(UTC)


def after(**lengths: float) -> str:
    """So long from now; negative for before now."""
    return iso(utc() + timedelta(**lengths))


def seconds_until(moment: str) -> float:
    """Seconds from now, negative for the past."""
    return (datetime.fromisoformat(moment) - utc()).total_seconds()
