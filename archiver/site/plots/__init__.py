"""Plots as SVG text: values in, markup out. Nothing here asks a database, a clock or a reader's language.

Colours and hatches are classes of plots.css, so that they hold in light and dark. Plots over time place everything in
per cent of their width and in pixels of their height: letters keep their size on a telephone.
"""
