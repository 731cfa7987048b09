"""All verbs as Python functions: the command line and the HTTP service call these."""
