"""Numerals, money, rates, durations, dates, identifiers, blanks: pure functions on text."""
