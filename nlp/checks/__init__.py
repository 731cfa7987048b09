"""Findings: the contract against itself."""
