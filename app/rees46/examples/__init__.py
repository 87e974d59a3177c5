"""A request and a reply of each operation, as the vendor publishes them: independent of what the contract says.

Tests hold the contract to them, and they are the examples of the OpenAPI document and of the reference. Never change
one to please the code.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent  # a file `<operation>.json` for each
