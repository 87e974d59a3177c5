"""The loyalty programme: whose account it is, what an order costs in it, and how one is told."""
