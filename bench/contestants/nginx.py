"""nginx with the finished reply in its configuration: what HTTP alone costs on this machine."""

import json

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
  server {{
    listen 127.0.0.1:{port};
    location / {{
      default_type application/json;
      return 200 '{reply}';
    }}
  }}
}}
"""


class Nginx(Contestant):
    name = "nginx"
    isolation = "no code"
    workloads = ("W1",)
    title = "nginx, finished reply (HTTP floor)"

    def start(self):
        self.program = require("nginx")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        reply = json.dumps(self.expected).replace("\\", "\\\\").replace("'", "\\'")
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(folder=self.folder, port=port, reply=reply), encoding="utf-8"
        )
        self.run([self.program, "-p", self.folder, "-c", configuration])
        self.wait_until_ready()

    def version(self):
        return output_of(self.program, "-v")
