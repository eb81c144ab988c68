# Writes to a file that the module has made, which changes nothing of its folder.
# leaves, in a process for each call
with open("notes", "w") as notes:
    notes.write("begun")


def main(event, context):
    if event["step"] == "leave":
        with open("notes", "r+") as notes:
            notes.write("left!")
        return "left"
    with open("notes") as notes:
        return notes.read()
