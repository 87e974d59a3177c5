"""Running Desk46: `python -m app.run` prepares the databases and keeps the web server and the worker alive."""
