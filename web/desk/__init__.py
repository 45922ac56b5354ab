"""The editors' desk (`/redactie`): where people see what was asked, and decide what Markewijzer says about it."""
