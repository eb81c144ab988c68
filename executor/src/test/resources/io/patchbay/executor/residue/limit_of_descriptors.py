# Lowers the soft limit of descriptors, as low as it goes.
# leaves, discarded
import resource


def main(event, context):
    if event["step"] == "leave":
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (4, most))
        return "left"
    return resource.getrlimit(resource.RLIMIT_NOFILE)
