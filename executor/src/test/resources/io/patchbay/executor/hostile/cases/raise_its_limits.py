# Sets its own limits higher: memory, threads, descriptors, size of files, core dumps.
# expect: RETURNED \["ValueError","ValueError","ValueError","ValueError","ValueError"]

import resource


def main(event, context):
    kinds = ("RLIMIT_AS", "RLIMIT_NPROC", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CORE")
    errors = []
    for kind in kinds:
        try:
            resource.setrlimit(getattr(resource, kind), (resource.RLIM_INFINITY,) * 2)
            errors.append("raised")
        except (OSError, ValueError) as error:
            errors.append(type(error).__name__)
    return errors
