# Opens its memory as a file, to write where it is forbidden to.
# expect: EXCEPTION FileNotFoundError.*
# landlock: EXCEPTION PermissionError.*


def main(event, context):
    with open("/proc/self/mem", "r+b") as memory:
        return memory.fileno()
