# Sets variables of the context and of the thread.
# leaves, put back
import contextvars
import threading

variable = contextvars.ContextVar("variable", default="none")
own = threading.local()


def main(event, context):
    if event["step"] == "leave":
        variable.set("left")
        own.value = "left"
        return variable.get()
    return [variable.get(), hasattr(own, "value"), len(list(contextvars.copy_context()))]
