"""Single values as people bring them: each is read whole or refused with its reason, never searched for what fits."""
