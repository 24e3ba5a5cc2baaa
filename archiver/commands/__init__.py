"""The subcommands of `archiver`: each says what it was asked for, calls the rooms below, and says what came of it."""
