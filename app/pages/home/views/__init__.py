"""The views of home, and the blocks that it puts there itself."""
