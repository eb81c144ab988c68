"""Stands in for a provider that speaks its own format: here XML, capital letters and hours.

POST /tracking takes <trackingRequest><reference>ABC123</reference></trackingRequest> and answers
<trackingReply><shipment reference="ABC123"><goods/><stage/><delayHours/></shipment></trackingReply>
or, also with status 200, <trackingReply><fault code="E404"/></trackingReply>. References that begin
with DWN get 503, as if the provider were being repaired. Any GET answers 200.

Listens on 127.0.0.1 and prints {"port": N} as the first line of its standard output. Ends with its
parent, and when its standard input ends.
"""

import ctypes
import http.server
import json
import logging
import os
import pathlib
import signal
import sys
import threading
import xml.etree.ElementTree as xml

SHIPMENTS = pathlib.Path(__file__).resolve().parent / "shipments.json"
MAX_BODY = 16 * 1024  # bytes
DOWN = "DWN"

logger = logging.getLogger("provider")


def main():
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")
    end_with_parent()
    shipments = json.loads(SHIPMENTS.read_text())
    server = on_port_of_before(lambda port: serve(shipments, port))
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


def on_port_of_before(serve):
    """On the port of the last start, which copies of the bot know; on any where it is taken."""
    try:
        return serve(int(os.environ.get("SERVICE_PORT", "0")))
    except (OSError, OverflowError, ValueError):
        return serve(0)


def serve(shipments, port=0):
    """A server that is bound and not running yet; port 0 takes a free one."""

    class Handler(ProviderHandler):
        pass

    Handler.shipments = shipments
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


class ProviderHandler(http.server.BaseHTTPRequestHandler):
    """Reads a request of one reference and answers with its shipment."""

    timeout = 10  # seconds for a client that is silent

    def do_GET(self):
        self.send(200, xml.Element("ready"))

    def do_POST(self):
        if self.path != "/tracking":
            return self.send(404, fault("E001"))
        reference = read_reference(self.read_body())
        if reference is None:
            return self.send(400, fault("E002"))
        if reference.startswith(DOWN):
            return self.send(503, fault("E503"))
        logger.info("asked for %r", reference)
        shipment = self.shipments.get(reference)
        self.send(200, fault("E404") if shipment is None else reply(reference, shipment))

    def read_body(self):
        length = self.headers.get("Content-Length", "")
        is_number = length.isascii() and length.isdigit()
        return self.rfile.read(int(length)) if is_number and int(length) <= MAX_BODY else b""

    def send(self, status, root):
        data = xml.tostring(root, encoding="utf-8", xml_declaration=True)
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        logger.debug(format, *args)


def read_reference(body):
    """The reference that a request asks for, or None where it is no request."""
    if b"<!" in body:  # no document type, no entities: nothing that could grow
        return None
    try:
        root = xml.fromstring(body)
    except xml.ParseError:
        return None
    return root.findtext("reference") if root.tag == "trackingRequest" else None


def reply(reference, shipment):
    root = xml.Element("trackingReply")
    element = xml.SubElement(root, "shipment", reference=reference)
    for name in ("goods", "stage", "delayHours"):
        xml.SubElement(element, name).text = str(shipment[name])
    return root


def fault(code):
    root = xml.Element("trackingReply")
    xml.SubElement(root, "fault", code=code)
    return root


# --- Life ----------------------------------------------------------------------------------------


def end_with_parent():
    """Leaves no orphan behind, however the parent ended, kill -9 included.

    The end of standard input tells it, since the parent held the other end. The kernel's signal
    tells it too; it is also sent when only the parent's thread that started us ended, hence the
    look at the parent's id.
    """
    parent = os.getppid()
    if not sys.stdin.isatty():
        threading.Thread(target=end_with_input, name="stdin-watch", daemon=True).start()
    if sys.platform != "linux":
        return
    signal.signal(signal.SIGUSR2, lambda *_: os._exit(0) if os.getppid() != parent else None)
    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGUSR2)
    if os.getppid() != parent:
        os._exit(0)


def end_with_input():
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
