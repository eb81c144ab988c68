"""MySQLdb by way of PyMySQL, where the real one is not installed."""

import sys

import pymysql
import pymysql.cursors

pymysql.install_as_MySQLdb()
for _name, _module in list(sys.modules.items()):
    if _name.startswith("pymysql."):
        # Else `import MySQLdb.cursors` would load a second copy, with exceptions of its own.
        sys.modules["MySQLdb" + _name[len("pymysql") :]] = _module
