# Tries to become the leader of another session, group or user.
# refused
import os


def main(event, context):
    if event["step"] == "leave":
        done = []
        for change in (
            os.setsid,
            lambda: os.setpgid(0, 0),
            lambda: os.setgroups([]),
            lambda: os.setuid(os.getuid()),
            lambda: os.setresgid(-1, os.getgid(), -1),
        ):
            try:
                change()
                done.append("done")
            except OSError:
                pass
        return f"left {done}" if done else "refused: all of them"
    return []
