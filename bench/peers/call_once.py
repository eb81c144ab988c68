"""One call: the handler's file as argument, the payload on standard input, the reply on standard
output."""

import sys

source = open(sys.argv[1], encoding="utf-8").read()
names = {"__name__": "workload"}
exec(compile(source, sys.argv[1], "exec"), names)
result = names["main"]({"body": sys.stdin.read()}, None)
if result["statusCode"] != 200:
    sys.exit(f"status {result['statusCode']}")
sys.stdout.write(result["body"])
