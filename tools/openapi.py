"""Write the OpenAPI document of the box, for tools that read a file: `.venv/bin/python tools/openapi.py`."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.rees46.openapi import document  # the line above says where it is

if __name__ == "__main__":
    print(json.dumps(document("http://127.0.0.1:8046/api", "demo"), ensure_ascii=False, indent=1))
