"""The same news twice: articles whose texts are the same or nearly so, on whatever portal, linked and never merged."""
