"""Tests, which write bytecode whatever the environment says.

Otherwise every process that a test starts compiles a thousand modules, and every look at the migrations all of them.
"""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
