"""`make eval` for the saved pages alone: python -m tests.shared.eval_html [--detail FIELD] [--alone] [--json]"""

from __future__ import annotations

import sys

from tests.shared.evaluate import main

if __name__ == "__main__":
    sys.exit(main(["pages", *sys.argv[1:]]))
