"""The version of Desk46, by Semantic Versioning. `make release` moves it, with the heading of CHANGELOG.md."""

VERSION = "1.0.0"
