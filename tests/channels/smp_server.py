"""An HTTPS server on the loopback for tests of registers.

smp_server.py FOLDER CERTIFICATE KEY: answers what FOLDER/routes.json says, read anew for every request, and
ends when its standard input does. It prints its port. A route: {"PATH": {"status": 200, "file": "NAME",
"header": ["Location", "…"], "zeros": BYTES, "hang": true, "half": true}}.
"""
import json
import os
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder, certificate, key = sys.argv[1:4]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with open(os.path.join(folder, "routes.json"), encoding="utf-8") as file:
            route = json.load(file).get(self.path, {"status": 404})
        if route.get("hang"):
            self.rfile.read(1)  # until the client has had enough
            return
        body = b""
        if "file" in route:
            with open(os.path.join(folder, route["file"]), "rb") as file:
                body = file.read()
        zeros = route.get("zeros", 0)
        self.send_response(route.get("status", 200))
        self.send_header("Content-Type", "text/xml")
        if "header" in route:
            self.send_header(*route["header"])
        if zeros or route.get("half"):
            self.send_header("Connection", "close")
            self.close_connection = True
        if not zeros:
            self.send_header("Content-Length", str(len(body) * (2 if route.get("half") else 1)))
        self.end_headers()
        try:
            self.wfile.write(body)
            for _ in range(zeros // 65536):
                self.wfile.write(bytes(65536))
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # clients that go away are what tests are made of


server = Server(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
