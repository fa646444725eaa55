#!/usr/bin/python3
"""A server on loopback that writes down what it is told, for the tests of notices.

Usage: servers.py KIND FOLDER    KIND: plain, starttls or smtps, which take mail; web, which takes HTTPS
       FOLDER: has certificate.pem and key.pem; `received` in it gets a line of JSON for each message

Prints its port, and serves until it is killed. Mail needs user `pos` with password `orchard-7-plums` wherever there
is TLS. A request for /fail is answered 500, one for /moved 302.
"""

import asyncio
import http.server
import json
import os
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

kind, folder = sys.argv[1], Path(sys.argv[2])


def tls():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def tell_port(port):
    os.write(1, f"{port}\n".encode())  # at once: nobody reads on after it


def write_down(**message):
    with open(folder / "received", "a", encoding="utf-8") as file:
        file.write(json.dumps(message) + "\n")


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        write_down(
            tls=session.ssl is not None or kind == "smtps",
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            content=envelope.content.decode("ascii"),
        )
        return "250 taken"


def authenticate(server, session, envelope, mechanism, login):
    is_known = isinstance(login, LoginPassword) and login == LoginPassword(b"pos", b"orchard-7-plums")
    return AuthResult(success=is_known, handled=False)


async def serve_mail():
    def session():
        if kind == "plain":
            return SMTP(Mailbox())
        return SMTP(
            Mailbox(),
            tls_context=tls() if kind == "starttls" else None,
            require_starttls=kind == "starttls",
            authenticator=authenticate,
            auth_required=True,
            auth_require_tls=kind == "starttls",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", 0, ssl=tls() if kind == "smtps" else None)
    tell_port(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        write_down(path=self.path, type=self.headers["Content-Type"], body=json.loads(body))
        self.send_response({"/fail": 500, "/moved": 302}.get(self.path, 200))
        if self.path == "/moved":
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


def serve_web():
    server = http.server.HTTPServer(("127.0.0.1", 0), Hook)
    server.socket = tls().wrap_socket(server.socket, server_side=True)
    tell_port(server.server_port)
    server.serve_forever()


if kind == "web":
    serve_web()
else:
    asyncio.run(serve_mail())
