"""Long work: it goes on by itself, whoever looks, and is taken up where a process died. See store/works.py."""
