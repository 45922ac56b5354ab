"""A website of 300 pages with the habits and the mishaps of real ones, served on loopback, for the crawler's tests."""
