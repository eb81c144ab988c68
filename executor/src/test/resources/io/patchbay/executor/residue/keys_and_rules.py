# Tries calls that keep something in the kernel: keys, rules, queues, shared memory, pages' keys.
# refused
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {
    "add_key": (248, b"user", b"left", b"left", 4, -5),
    "shmget": (29, 0, 4096, 0o600),
    "msgget": (68, 0, 0o600),
    "semget": (64, 0, 1, 0o600),
    "mq_open": (240, b"left", 0x42, 0o600, None),
    "pkey_alloc": (330, 0, 0),
    "memfd_create": (319, b"left", 0),
    "inotify_init": (253,),
    "epoll_create1": (291, 0),
    "io_uring_setup": (425, 1, None),
    "landlock_create_ruleset": (444, None, 0, 1),
    "mlockall": (151, 2),
    "personality": (135, 8),
    "sethostname": (170, b"left", 4),
    "ioprio_set": (251, 1, 0, 0x6000),
    "modify_ldt": (154, 1, None, 0),
    "process_madvise": (440, -1, None, 0, 4, 0),
    "userfaultfd": (323, 1),
    "mseal": (462, 0, 0, 0),
    "set_mempolicy": (238, 0, None, 0),
    "fsetxattr": (190, 1, b"user.left", b"left", 4, 0),
    "ptrace": (101, 0, 0, 0, 0),
    "unshare": (272, 0x400),
}


def main(event, context):
    if event["step"] == "leave":
        done = [name for name, call in CALLS.items() if libc.syscall(*call) >= 0]
        return f"left {done}" if done else "refused: all of them"
    return []
