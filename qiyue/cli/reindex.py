"""`qiyue reindex`: a new index from the store."""

from qiyue.cli.output import JsonOption, print_json
from qiyue.cli.progress import counting
from qiyue.service.base import open_service


def command(as_json: JsonOption = False) -> int:
    """Make the search index anew from the store.

    Searches go on with the old index meanwhile.

    Example: qiyue reindex
    """
    from qiyue.service.indexing import reindex

    with open_service() as service, counting("contracts") as progress:
        number = reindex(service, on_progress=progress)
    if as_json:
        print_json({"contracts": number})
    else:
        print(f"{number} contracts indexed")
    return 0
