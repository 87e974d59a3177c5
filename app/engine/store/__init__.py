"""What the box keeps: SQLAlchemy models, one module per noun, and how a customer is found or merged."""
