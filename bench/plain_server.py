"""`datasette` without the plugins installed beside it, ours among them: `python -m bench.plain_server serve`."""

from __future__ import annotations

import pluggy


def main() -> None:
    """Datasette's own command. It looks for plugins while it is imported, and has no setting against that."""
    pluggy.PluginManager.load_setuptools_entrypoints = lambda *_arguments, **_named: 0  # type: ignore[method-assign]
    from datasette.cli import cli

    cli()


if __name__ == "__main__":
    main()
