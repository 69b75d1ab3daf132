#!/usr/bin/env python3
"""runc (the one that RUNC names) on a machine that lacks CAP_SYS_RESOURCE: takes that one capability out of what containers ask for, so
that `--privileged` can be tried there. Elsewhere it changes nothing."""
import json
import os
import sys

arguments = sys.argv[1:]


def value_of(*names):
    for place, argument in enumerate(arguments):
        if argument in names and place + 1 < len(arguments):
            return arguments[place + 1]
        for name in names:
            if argument.startswith(name + "="):
                return argument[len(name) + 1 :]
    return None


def without(path, process_of):
    with open(path) as file:
        document = json.load(file)
    capabilities = (process_of(document) or {}).get("capabilities") or {}
    for kind in capabilities:
        capabilities[kind] = [one for one in capabilities[kind] if one != "CAP_SYS_RESOURCE"]
    with open(path, "w") as file:
        json.dump(document, file)


with open("/proc/self/status") as status:
    bounding = next(int(line.split()[1], 16) for line in status if line.startswith("CapBnd"))
if not bounding >> 24 & 1:
    if "create" in arguments or "run" in arguments:
        without(os.path.join(value_of("--bundle", "-b") or ".", "config.json"), lambda document: document["process"])
    elif "exec" in arguments and value_of("--process", "-p"):
        without(value_of("--process", "-p"), lambda document: document)
os.execv(os.environ["RUNC"], ["runc", *arguments])
