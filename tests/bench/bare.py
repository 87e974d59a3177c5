"""The bare equivalent of a call: a Flask route that gives one answer from memory."""

import json
import os

from flask import Flask, jsonify

ANSWER = json.loads(os.environ["BENCH_ANSWER"])

app = Flask("bare")
app.add_url_rule("/", view_func=lambda: jsonify(ANSWER))
