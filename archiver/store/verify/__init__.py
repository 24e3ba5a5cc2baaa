"""Whether both files are whole and agree."""
