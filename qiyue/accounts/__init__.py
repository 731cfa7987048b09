"""Who may do what: accounts, sign-in, tokens, rights, audit."""
