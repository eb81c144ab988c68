"""Run as a builder's code whenever a launcher has started: returns what is open and must not be.

With a port that is allowed and one that is denied in its event: whether connections work.
"""

import ctypes
import errno
import fcntl
import os
import resource
import socket

libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWUSER = 0x10000000
SIGCHLD = 17
# The number on x86_64 and on aarch64, and arguments with which a call that is let through does no
# harm.
FORBIDDEN_CALLS = {
    "execve": (59, 221, 0, 0, 0),
    "execveat": (322, 281, -1, 0, 0, 0, 0),
    "ptrace": (101, 117, 0, 0, 0, 0),
    "mount": (165, 40, 0, 0, 0, 0, 0),
    "umount2": (166, 39, 0, 0),
    "pivot_root": (155, 41, 0, 0),
    "chroot": (161, 51, 0),
    "unshare": (272, 97, CLONE_NEWUSER),
    "setns": (308, 268, -1, 0),
    "setsid": (112, 157),
    "capset": (126, 91, 0, 0),
    "seccomp": (317, 277, 0, 0, 0),
    "memfd_create": (319, 279, 0, 0),
    "bpf": (321, 280, 0, 0, 0),
    "perf_event_open": (298, 241, 0, 0, -1, -1, 0),
    "keyctl": (250, 219, 0, 0, 0, 0, 0),
    "add_key": (248, 217, 0, 0, 0, 0, 0),
    "userfaultfd": (323, 282, 0),
    "io_uring_setup": (425, 425, 1, 0),
    "process_vm_readv": (310, 270, 1, 0, 0, 0, 0, 0),
    "open_by_handle_at": (304, 265, -1, 0, 0),
    "init_module": (175, 105, 0, 0, 0),
    "bind": (49, 200, -1, 0, 0),
    "listen": (50, 201, -1, 0),
    "prctl(PR_SET_DUMPABLE)": (157, 167, 4, 1, 0, 0, 0),
    "accept4": (288, 242, -1, 0, 0, 0),
    "pidfd_send_signal": (424, 424, -1, 0, 0, 0),
    "rt_sigqueueinfo": (129, 138, 1, 0, 0),
    "pidfd_open": (434, 434, 1, 0),
    "setpriority": (141, 140, 0, 1, 0),
    "sched_setaffinity": (203, 122, 1, 0, 0),
    "landlock_restrict_self": (446, 446, -1, 0),
    "fcntl(F_SETOWN)": (72, 25, 0, 8, 1),
    "fcntl(F_SETSIG)": (72, 25, 0, 10, 9),
    "fcntl(F_SETLEASE)": (72, 25, 0, 1024, 0),
    "fcntl(F_NOTIFY)": (72, 25, 0, 1026, 0),
    "fcntl(F_OFD_SETLK)": (72, 25, 0, 37, 0),
}
# What a pid namespace makes harmless, and Landlock does not decide.
FORBIDDEN_WITHOUT_NAMESPACES = {
    "prlimit64 of another process": (302, 261, 1, 7, 0, 0),
    "fchmod": (91, 52, 0, 0o600),
    "utimensat": (280, 88, -1, 0, 0, 0),
}
FORK = {"fork": (57, 220), "clone": (56, 220), "clone3": (435, 435)}
MACHINE = ("x86_64", "aarch64").index(os.uname().machine)


def main(event, context):
    if "allowed" in event:
        return network(event["allowed"], event["denied"])
    found = [*open_calls(FORBIDDEN_CALLS), *open_sockets(), *open_signs(), *open_rights()]
    if event["level"] == "namespaces":
        return [*found, *open_files(), *open_processes()]
    found += open_calls(FORBIDDEN_WITHOUT_NAMESPACES)
    return [*found, *files_that_open(), *processes_in_reach()]


def network(allowed, denied):
    with socket.create_connection(("127.0.0.1", allowed), timeout=5) as connection:
        if connection.recv(2) != b"ok":
            return "an allowed connection does not carry data"
    try:
        socket.create_connection(("127.0.0.1", denied), timeout=5).close()
        return "a denied address was connected"
    except PermissionError:
        pass
    if not socket.getaddrinfo("localhost", denied):
        return "names are not resolved"
    return "works"


def open_calls(forbidden):
    for name, call in forbidden.items():
        number, arguments = call[MACHINE], call[2:]
        ctypes.set_errno(0)
        libc.syscall(*(ctypes.c_long(value) for value in (number, *arguments)))
        if ctypes.get_errno() not in (errno.EPERM, errno.EACCES):
            yield f"system call {name}"


def open_sockets():
    kinds = {
        "udp": (socket.AF_INET, socket.SOCK_DGRAM),
        "raw": (socket.AF_INET, socket.SOCK_RAW),
        "unix": (socket.AF_UNIX, socket.SOCK_STREAM),
        "netlink": (socket.AF_NETLINK, socket.SOCK_RAW),
        "packet": (socket.AF_PACKET, socket.SOCK_RAW),
        "vsock": (40, socket.SOCK_STREAM),
    }
    for name, (family, kind) in kinds.items():
        try:
            socket.socket(family, kind).close()
            yield f"{name} sockets"
        except PermissionError:
            pass
    # Not implemented: nobody holds the listener that decides connections.
    if socket.socket().connect_ex(("127.0.0.1", 9)) not in (errno.EACCES, errno.ENOSYS):
        yield "connections"


def open_signs():
    """By which calls could tell each other something, or stop each other."""
    ours, _ = socket.socketpair()
    try:
        socket.send_fds(ours, [b"x"], [0])
        yield "sending descriptors"
    except OSError as error:
        if error.errno != errno.ETOOMANYREFS:
            raise
    with open(os.__file__) as one, open(os.__file__) as other:
        try:
            for file in (one, other):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield "locks"


def open_files():
    allowed = {"dev", "etc", "lib", "lib32", "lib64", "libx32", "tmp", "usr"}
    for name in sorted(set(os.listdir("/")) - allowed):
        if name in ("proc", "sys", "root", "home", "var", "run"):
            yield f"folder /{name}"
    if os.listdir("/tmp"):
        yield "files in /tmp"
    for path in ("/", "/usr", "/etc", "/dev"):
        if os.statvfs(path).f_flag & os.ST_RDONLY == 0:
            yield f"writable {path}"
    extra = set(os.listdir("/dev")) - {"null", "urandom"}
    if extra:
        yield f"devices {sorted(extra)}"


def files_that_open():
    """Without namespaces the machine's files are there, and none may be opened or changed."""
    folder = os.getcwd()
    if not folder == os.environ["HOME"] == os.environ["TMPDIR"]:
        yield f"folder {folder} is not its own"
    if os.listdir(folder):
        yield "files in its folder"
    above = os.path.dirname(folder)
    for path in ("/", "/etc", "/proc", "/proc/self", "/dev", "/tmp", "/var", above):
        if not refused(os.listdir, path):
            yield f"folder {path}"
    for path in ("/etc/passwd", "/etc/resolv.conf", "/proc/self/mem", "/proc/self/environ"):
        if not refused(open, path):
            yield f"file {path}"
    for path in (f"/usr/{os.getpid()}", f"/tmp/{os.getpid()}", f"{above}/{os.getpid()}"):
        if not refused(open, path, "x"):
            yield f"making {path}"
    if not refused(os.chmod, folder, 0o700):
        yield "permissions"
    with open("own", "x") as own:
        own.write("works")
    os.unlink("own")


def processes_in_reach():
    """Without a pid namespace other processes are there, and none may be signalled or limited."""
    if (os.getpgrp(), os.getsid(0)) != (os.getpid(), os.getpid()):
        yield "other processes in its group"
    for pid in (1, os.getppid()):
        if not refused(os.kill, pid, 0):
            yield f"signals to process {pid}"
    if not refused(os.killpg, os.getpgid(os.getppid()), 0):
        yield "signals to the launcher's group"
    if max(resource.getrlimit(resource.RLIMIT_CORE)) > 1:
        yield "core dumps"


def refused(function, *arguments):
    try:
        function(*arguments)
        return False
    except PermissionError:
        return True
    except FileNotFoundError:
        return not os.path.lexists(arguments[0])


def open_processes():
    if (os.getpid(), os.getpgrp(), os.getsid(0)) != (1, 1, 1):
        yield "other processes"
    if libc.prctl(3, 0, 0, 0, 0) != 0:
        yield "core dumps"


def open_rights():
    if 0 in (os.getuid(), os.geteuid(), os.getgid(), os.getegid()):
        yield "root"
    header = ctypes.create_string_buffer(b"\x22\x05\x08\x20" + bytes(4))
    sets = ctypes.create_string_buffer(24)
    if libc.capget(header, sets) != 0 or any(sets.raw):
        yield "capabilities"
    if os.fstat(0).st_rdev != os.stat("/dev/null").st_rdev or len(open_descriptors()) != 4:
        yield f"descriptors {open_descriptors()}"
    for name, numbers in FORK.items():
        child = libc.syscall(numbers[MACHINE], SIGCHLD, 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        if child > 0:
            yield f"child processes by {name}"


def open_descriptors():
    found = []
    for descriptor in range(4096):
        try:
            os.fstat(descriptor)
            found.append(descriptor)
        except OSError:
            pass
    return found
