"""What can go wrong with serving and answering, so that a person can do something about it."""


class ServingError(Exception):
    """The site cannot be served; the message says why and what to do."""


class PlaceError(ServingError):
    """What was given as the place of the site is none."""


class BusyError(Exception):
    """Too many queries are waiting already; the message is for whoever asks another one."""


class TooSlowError(Exception):
    """A page could not be made within the time that it may take."""
