"""What goes before a run, and what can be said once it is over: rechecks, its health, the state of a portal."""
