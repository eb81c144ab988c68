# Takes much memory, which is seen in the largest that there ever was.
# stays
import resource


def main(event, context):
    if event["step"] == "leave":
        return len(bytearray(50_000_000)[::1_000_000])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 20_000
