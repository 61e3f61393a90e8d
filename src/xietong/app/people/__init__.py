"""People: accounts, signing in, tokens for programs, the bureau's own login (OIDC)."""
