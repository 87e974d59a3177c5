"""The desk speaks up: it tells people what they chose, by e-mail and in a chat. See store/notices.py."""
