"""`python -m tui` does what the command `entente` does."""

import sys

from tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
