"""The trigger bench: who would be told of a product, and stories that try it out step by step."""
