"""Parts, numbering, the clause tree and what clauses are about."""
