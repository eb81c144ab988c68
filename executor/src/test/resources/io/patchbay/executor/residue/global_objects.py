# Hangs a graph of objects that hold each other on a class of the module.
# leaves, put back
import weakref


class Node:
    first = None

    def __init__(self, next):
        self.next = next


def main(event, context):
    if event["step"] == "leave":
        Node.first = Node(None)
        Node.first.next = Node(Node.first)
        Node.watched = weakref.ref(Node.first)
        return "left"
    return [str(Node.first), hasattr(Node, "watched")]
