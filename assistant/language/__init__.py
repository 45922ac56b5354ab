"""What the assistant knows of Dutch: words, sentences, places, personal data and spelling."""
