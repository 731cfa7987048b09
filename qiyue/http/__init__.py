"""The HTTP service: `/v1` for other systems, the middle layer both it and the pages stand on."""
