"""`make bench`: speed and exactness of reading, as ratios to the bare engine; see `tools.bench_ingest`."""

import sys

from tools.bench_ingest import main

if __name__ == "__main__":
    sys.exit(main())
