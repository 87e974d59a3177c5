"""How requests come in and answers go out: assets, compression, cookies, headers, logs, CSV."""
