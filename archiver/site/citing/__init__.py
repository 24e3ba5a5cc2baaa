"""An article as a reference, in the forms that word processors, reference managers and search engines read."""
