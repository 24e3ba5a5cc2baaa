"""`archiver` with one thing left out: what the frontier learns stays in memory and is never committed."""

from sqlite_utils import Database

import archiver.crawling.session
from archiver.cli import main
from archiver.store.evidence.frontier import Frontier


class ForgetfulFrontier(Frontier):
    def __init__(self, db, portal):
        memory = Database(memory=True)
        (schema,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'frontier'").fetchone()
        memory.execute(schema)
        self.evidence = db
        super().__init__(memory, portal)
        self.refresh()

    def refresh(self):
        """See what others, who do commit, have queued."""
        known = {key for (key,) in self.db.execute("SELECT request_key FROM frontier")}
        for row in self.evidence.query("SELECT * FROM frontier"):
            if row["request_key"] not in known:
                self.db.table("frontier").insert(row)

    def claim(self, now, busy, *, files=True):
        self.refresh()
        return super().claim(now, busy, files=files)


if __name__ == "__main__":
    archiver.crawling.session.Frontier = ForgetfulFrontier
    main()
