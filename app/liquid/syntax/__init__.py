"""How a template is read: its tags and outputs, and the expressions in them, as leniently as Liquid reads them."""
