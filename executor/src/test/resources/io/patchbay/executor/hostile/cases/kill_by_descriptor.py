# Signals by pidfd and by thread, past kill.
# expect: RETURNED \[\[-1,1],\[-1,1],\[-1,3]]
# landlock: RETURNED \[\[-1,1],\[-1,1],\[-1,1]]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
PIDFD_OPEN, PIDFD_SEND_SIGNAL, TGKILL = 434, 424, 234


def call(*arguments):
    ctypes.set_errno(0)
    return [libc.syscall(*arguments), ctypes.get_errno()]


def main(event, context):
    return [
        call(PIDFD_OPEN, 1, 0),
        call(PIDFD_SEND_SIGNAL, 0, 9, 0, 0),
        call(TGKILL, event["server"], event["server"], 9),
    ]
