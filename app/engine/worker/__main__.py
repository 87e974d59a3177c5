"""`python -m app.engine.worker`."""

from app.engine.worker.main import main

main()
