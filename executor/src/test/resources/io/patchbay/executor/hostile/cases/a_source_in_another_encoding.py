# Claims an encoding that it is not in: -*- coding: utf-7 -*-
# expect: RETURNED "\+AGE-ü"


def main(event, context):
    return "+AGE-ü"
