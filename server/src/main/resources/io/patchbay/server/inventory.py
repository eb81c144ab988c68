"""Tells which packages code can import, without importing them; runs in the box like other code.

event["body"] is JSON: package to module. The reply's body: package to its version and source.
"""

import importlib.metadata
import importlib.util
import json


def main(event, context):
    found = {}
    for package, module in json.loads(event["body"]).items():
        spec = importlib.util.find_spec(module)
        if spec is not None:
            found[package] = [_version(package), _source(spec)]
    return {"statusCode": 200, "body": json.dumps(found)}


def _version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _source(spec):
    origin = spec.origin or ""
    if "/default/current/" in origin:
        return "index"
    shipped = origin.endswith(("/opt/patchbay/unicodecsv.py", "/shipped/unicodecsv.py"))
    return "patchbay" if shipped else "distribution"
