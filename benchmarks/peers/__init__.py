"""What the comparison with other engines is made of: workloads, timing, one file a kind of measure, reports."""
