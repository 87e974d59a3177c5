"""Running Desk46: `python -m app.run` prepares the databases and keeps the server and the box's processes alive."""
