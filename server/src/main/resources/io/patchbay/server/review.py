"""Looks at a builder's source without running it; runs in the box like any other code.

event["body"] is the source. The reply's body is {"status": true, "warnings": [[line, message]],
"missing": [[line, module]]}; missing are modules that the code imports and cannot.
"""

import ast
import builtins
import importlib.util
import json
import symtable

_KNOWN = set(dir(builtins)) | {"__file__", "__builtins__", "__annotations__", "__dict__"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WRITE = "write def main(event, context)"
_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
_MEANT = {"true": "True", "false": "False", "null": "None", "undefined": "None"}


def main(event, context):
    source = event["body"]
    warnings = _no_main(source) + _unusable_main(source) + _undefined_names(source)
    reply = {"status": True, "warnings": warnings[:50], "missing": _missing(source)[:50]}
    return {"statusCode": 200, "body": json.dumps(reply)}


def _top_level(source):
    table = symtable.symtable(source, "handler.py", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}


def _no_main(source):
    if "main" in _top_level(source) or _imports_everything(source):
        return []
    return [[1, "there is no function main(event, context), so every call will fail"]]


def _unusable_main(source):
    """Only of a function that is sure to be what is called."""
    tree = ast.parse(source)
    mains = [node for node in tree.body if isinstance(node, _FUNCTIONS) and node.name == "main"]
    if not mains or mains[-1].decorator_list or _rebinds_main(tree):
        return []
    main = mains[-1]
    if isinstance(main, ast.AsyncFunctionDef):
        return [[main.lineno, "main is async, so that nothing of it runs: " + _WRITE]]
    if not _takes_two(main.args):
        return [[main.lineno, "main is called with two arguments and takes others: " + _WRITE]]
    return []


def _rebinds_main(tree):
    return any(
        isinstance(node, ast.Name) and node.id == "main" and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(tree)
    )


def _takes_two(arguments):
    most = len(arguments.posonlyargs) + len(arguments.args)
    least = most - len(arguments.defaults)
    enough = most >= 2 or arguments.vararg is not None
    return least <= 2 and enough and None not in arguments.kw_defaults


def _missing(source):
    """Modules that are nowhere here, with their first lines; only those that code cannot do without."""
    lines = {}
    waiting = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        for name in _imported(node):
            top = name.partition(".")[0]
            lines[top] = min(node.lineno, lines.get(top, node.lineno))
        waiting.extend(_unguarded(node))
    return sorted([line, name] for name, line in lines.items() if not _is_there(name))


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module]
    return []


def _unguarded(node):
    """What is in it, without what may fail to be imported, or is for type checkers only."""
    if isinstance(node, ast.Try) and any(_catches_import(it.type) for it in node.handlers):
        return [*node.handlers, *node.orelse, *node.finalbody]
    if isinstance(node, ast.If) and "TYPE_CHECKING" in _names(node.test):
        return node.orelse
    return ast.iter_child_nodes(node)


def _catches_import(kind):
    return kind is None or bool(_IMPORT_ERRORS & _names(kind))


def _names(node):
    found = {it.id for it in ast.walk(node) if isinstance(it, ast.Name)}
    return found | {it.attr for it in ast.walk(node) if isinstance(it, ast.Attribute)}


def _is_there(module):
    """Found without being imported."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):  # it is loaded, and has none
        return True
    if spec is None:
        return False
    shipped = module == "MySQLdb" and spec.submodule_search_locations is None
    return _is_there("pymysql") if shipped else True


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
