"""A request as a server hands it to an application, byte for byte as no client would send it."""


async def answered(app, scope):
    """Status, headers as pairs of bytes, and body of what an application answers; `scope` says what is asked for."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await app({"type": "http", "http_version": "1.1", "scheme": "http"} | scope, receive, send)
    return sent[0]["status"], sent[0].get("headers", ()), b"".join(each.get("body", b"") for each in sent)
