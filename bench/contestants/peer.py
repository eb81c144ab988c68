"""A server that runs already, named by PEER_URL: it gets the payload by POST and must answer with
the reply, or it is out."""

import os
import re

from .base import Contestant, Missing


class Peer(Contestant):
    name = "peer"
    isolation = "not known"
    warm_up_seconds = 10
    start_seconds = 5
    title = "the server at PEER_URL"

    def start(self):
        self.url = os.environ.get("PEER_URL", "")
        if not self.url:
            raise Missing("PEER_URL names none")
        if not re.match(r"http://[^/]", self.url):
            raise Missing("PEER_URL is no address that begins with http://")
        self.wait_until_ready()

    def version(self):
        return self.url
