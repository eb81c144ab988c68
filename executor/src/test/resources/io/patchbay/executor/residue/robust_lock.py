# Holds a lock that other processes could see.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
lock = (ctypes.c_long * 8)()


def main(event, context):
    if event["step"] == "leave":
        libc.pthread_mutex_lock(lock)
        return "left"
    busy = libc.pthread_mutex_trylock(lock)
    if busy == 0:
        libc.pthread_mutex_unlock(lock)
    return busy
