"""What can go wrong with serving, so that a person can do something about it."""


class ServingError(Exception):
    """The site cannot be served; the message says why and what to do."""


class PlaceError(ServingError):
    """What was given as the place of the site is none."""
