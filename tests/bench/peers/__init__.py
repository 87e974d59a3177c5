"""What Desk46 is measured against: admin sites of other frameworks, in an environment of their own."""
