"""Acts on the pages: what they are called, settling them, sending one again."""
