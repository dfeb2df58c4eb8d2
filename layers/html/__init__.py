"""The page a reader opens: map, claims and sources in one offline file."""
