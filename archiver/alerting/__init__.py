"""Says when something is wrong, once, and when it is well again; and to whoever waits for it, that a turn went well."""
