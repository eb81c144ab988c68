"""Leaves behind what the event asks for; tells what it finds of calls before it."""

import ctypes
import mmap
import os
import signal
import threading
import time

kept = []
word = ctypes.create_string_buffer(b"as it was", 64)
libc = ctypes.CDLL(None)


def memory():
    kept.append(bytearray(20_000_000))
    word.value = b"changed"
    os.environ["LEFT"] = "behind"
    found = mmap.mmap(-1, 1 << 20)
    found[:4] = b"left"
    kept.append(found)
    os.dup2(os.open("/dev/null", os.O_RDONLY), 99)


def program():
    """Code, made writable, changed, and protected again."""
    address = ctypes.cast(libc.labs, ctypes.c_void_p).value & ~4095
    libc.mprotect(ctypes.c_void_p(address), 4096, 7)
    first = ctypes.string_at(address, 1)
    ctypes.memmove(address, first, 1)
    libc.mprotect(ctypes.c_void_p(address), 4096, 5)


def handler():
    signal.signal(signal.SIGUSR1, lambda *_: None)


def thread():
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()


def file():
    with open("left", "w") as left:
        left.write("behind")


def main(event, context):
    globals()[event["step"]]() if event["step"] != "look" else None
    found = [len(kept), word.value.decode(), os.environ.get("LEFT")]
    try:
        os.fstat(99)
        found.append("open")
    except OSError:
        pass
    return found
