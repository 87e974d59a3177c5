"""Python imports a module of this name at its start, from PYTHONPATH: programs that tests start stay here, too."""

import loopback  # noqa: F401  # its import is what counts
