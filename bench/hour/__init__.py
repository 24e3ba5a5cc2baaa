"""An hour of many portals, compressed: the clock runs fast, requests stay as far apart as ever."""
