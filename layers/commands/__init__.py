"""The commands, a file a family: each parses its words, calls one function, and prints what it returns."""
