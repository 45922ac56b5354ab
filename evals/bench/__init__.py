"""The benchmark: our whole answer beside what others would pick, on the same corpus, questions and machine."""
