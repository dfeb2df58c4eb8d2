"""What readers see: layers of a map, the page, the files, the command line."""
