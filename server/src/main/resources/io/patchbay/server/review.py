"""Looks at a builder's source without running it; runs in the box like any other code.

event["body"] is the source. The reply's body is {"status": true, "warnings": [[line, message]]}.
"""

import ast
import builtins
import json
import symtable

_KNOWN = set(dir(builtins)) | {"__file__", "__builtins__", "__annotations__", "__dict__"}
_MEANT = {"true": "True", "false": "False", "null": "None", "undefined": "None"}


def main(event, context):
    source = event["body"]
    warnings = _no_main(source) + _undefined_names(source)
    reply = {"status": True, "warnings": warnings[:50]}
    return {"statusCode": 200, "body": json.dumps(reply)}


def _top_level(source):
    table = symtable.symtable(source, "handler.py", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}


def _no_main(source):
    if "main" in _top_level(source) or _imports_everything(source):
        return []
    return [[1, "there is no function main(event, context), so every call will fail"]]


def _imports_everything(source):
    return any(
        isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
        for node in ast.walk(ast.parse(source))
    )


def _undefined_names(source):
    if _imports_everything(source):
        return []
    undefined = set()
    defined = _top_level(source) | _declared_global(source) | _KNOWN
    _collect(symtable.symtable(source, "handler.py", "exec"), defined, undefined)
    lines = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in undefined:
            lines[node.id] = min(node.lineno, lines.get(node.id, node.lineno))
    return sorted([line, _describe(name)] for name, line in lines.items())


def _declared_global(source):
    return {
        name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Global)
        for name in node.names
    }


def _collect(table, defined, undefined):
    for symbol in table.get_symbols():
        if symbol.is_referenced() and symbol.is_global() and symbol.get_name() not in defined:
            undefined.add(symbol.get_name())
        at_top = table.get_type() == "module" and not symbol.is_assigned()
        if at_top and symbol.is_referenced() and symbol.get_name() not in defined:
            undefined.add(symbol.get_name())
    for child in table.get_children():
        _collect(child, defined, undefined)


def _describe(name):
    hint = f"; in Python it is {_MEANT[name]}" if name in _MEANT else ""
    return f"the name {name} is not defined{hint}"
