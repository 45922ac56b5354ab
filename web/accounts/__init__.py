"""Who may enter the editors' desk, and how they show who they are."""
