"""How text files hold tables: their encoding, and what stands between cells."""
