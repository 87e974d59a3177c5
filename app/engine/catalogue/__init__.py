"""Products as callers see them: fields, prices, links, HTML."""
