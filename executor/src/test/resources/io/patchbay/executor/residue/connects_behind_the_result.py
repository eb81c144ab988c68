# Connects when it has sent the result already, where no signal interrupts it.
# leaves, discarded
import os
import socket
import struct


def main(event, context):
    if event["step"] == "leave":
        os.write(3, struct.pack(">BI", 0x16, 6) + b'"left"')
        while True:
            with socket.socket() as connection:
                connection.connect_ex(("192.0.2.1", 80))
    return []
