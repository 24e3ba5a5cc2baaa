"""The site for everyone: a published copy of the archive, within limits that hold, and with nothing else to see."""
