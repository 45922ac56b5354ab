"""The catalogue: every source to browse, to search and to take along, for who would rather look than ask."""
