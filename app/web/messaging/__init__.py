"""What is shared about messages: copies filled with variables, who may get them, what an SMS costs."""
