"""Everything that speaks HTTP: the pages for residents, the JSON API and the health checks."""
