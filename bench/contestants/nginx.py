"""nginx: with the finished reply in its configuration, which is what HTTP alone costs on this
machine; and as a proxy before such a one, which is what relaying costs at least."""

import json

from harness import cpu

from .base import Contestant, free_port, output_of, require

CONFIGURATION = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {outside}
  server {{
    listen 127.0.0.1:{port};
    location / {{ {location} }}
  }}
}}
"""
RELAY = """
upstream endpoint {{ server {address}; keepalive 64; keepalive_requests 1000000000; }}
"""
PASS = 'proxy_pass http://endpoint; proxy_http_version 1.1; proxy_set_header Connection "";'


class Nginx(Contestant):
    name = "nginx"
    isolation = "no code"
    workloads = ("W1",)
    title = "nginx, finished reply (HTTP floor)"

    def start(self):
        self.serve(location=finished(self.expected))

    def serve(self, location, outside=""):
        self.program = require("nginx")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(folder=self.folder, port=port, location=location, outside=outside),
            encoding="utf-8",
        )
        self.run([self.program, "-p", self.folder, "-c", configuration])
        self.wait_until_ready()

    def version(self):
        return output_of(self.program, "-v")


class NginxProxy(Nginx):
    name = "nginx-proxy"
    workloads = ("W2",)
    title = "nginx, proxy_pass with kept connections"

    def start(self):
        self.endpoint = Endpoint(self)
        self.endpoint.start()
        self.serve(PASS, RELAY.format(address=self.endpoint.address))

    def stop(self):
        super().stop()
        self.endpoint.stop()

    def aside(self):
        return self.endpoint.seconds()


class Endpoint:
    """The API behind a relay: it answers at once, and its CPU is none of the relay's."""

    def __init__(self, relay):
        folder = relay.folder / "endpoint"
        folder.mkdir()
        self.server = Nginx(relay.workload, folder, cpu.Cgroup(roots=()))

    def start(self):
        self.server.start()
        self.address = self.server.url.split("/")[2]

    def seconds(self):
        return cpu.process_seconds(self.server.process.pid)

    def stop(self):
        self.server.stop()


def finished(reply):
    text = json.dumps(reply).replace("\\", "\\\\").replace("'", "\\'")
    return f"default_type application/json; return 200 '{text}';"
