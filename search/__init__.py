"""Contract -> index; ClauseQuery -> Results."""
