# Lowers limits of the process.
# leaves, discarded
import resource

KINDS = (resource.RLIMIT_NOFILE, resource.RLIMIT_CPU, resource.RLIMIT_STACK)


def main(event, context):
    if event["step"] == "leave":
        resource.setrlimit(resource.RLIMIT_CPU, (1000, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        return "left"
    return [resource.getrlimit(kind) for kind in KINDS]
