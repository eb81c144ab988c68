# Follows links of its own making to where it may not go.
# expect: RETURNED \[2,2,(30|13)]
# landlock: RETURNED \[13,13,13]

import os


def main(event, context):
    errors = []
    for target, mode in (("/etc/shadow", "r"), (event["secret"], "r"), ("/usr/x", "w")):
        link = f"link{len(errors)}"
        os.symlink(target, link)
        try:
            open(link, mode)
            errors.append("opened")
        except OSError as error:
            errors.append(error.errno)
    return errors
