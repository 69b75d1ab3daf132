import type { PackageFile } from "./types.ts";

/**
 * The module behind `python -m <name>`: it finds the executable where installers put scripts and becomes it.
 * @param module name of the module, a Python identifier
 * @param file name of the executable, with `.exe` where it has one
 */
export function moduleFiles(module: string, file: string): PackageFile[] {
  return [
    { name: `${module}/__init__.py`, content: encode(initialModule(file)) },
    { name: `${module}/__main__.py`, content: encode(mainModule) },
  ];
}

const initialModule = (
  file: string,
) => `"""Finds the executable that comes with this distribution."""

import os
import sys
import sysconfig

__all__ = ["binary_path"]


def _user_scheme():
    if sys.version_info >= (3, 10):
        return sysconfig.get_preferred_scheme("user")
    if os.name == "nt":
        return "nt_user"
    if sys.platform == "darwin" and sys._framework:
        return "osx_framework_user"
    return "posix_user"


def binary_path():
    """The executable's path. Raises FileNotFoundError when it is in none of the places where installers put it."""
    parent = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    scripts = "Scripts" if os.name == "nt" else "bin"
    levels = 2 if os.name == "nt" else 3
    places = [
        # an environment, or the system
        sysconfig.get_path("scripts"),
        # pip install --user
        sysconfig.get_path("scripts", scheme=_user_scheme()),
        # pip install --prefix, and environments layered on each other
        os.path.join(parent, *([os.pardir] * levels), scripts),
        # pip install --target
        os.path.join(parent, "bin"),
    ]
    for place in places:
        path = os.path.join(place, ${JSON.stringify(file)})
        if os.path.isfile(path):
            return os.path.normpath(path)
    raise FileNotFoundError("${file} is in none of: " + ", ".join(places))
`;

const mainModule = `import os
import sys

from . import binary_path

if __name__ == "__main__":
    arguments = [binary_path(), *sys.argv[1:]]
    if os.name == "nt":
        # Windows cannot replace a process: the parent would return before the program ends.
        import subprocess

        try:
            sys.exit(subprocess.call(arguments))
        except KeyboardInterrupt:
            sys.exit(2)
    os.execv(arguments[0], arguments)
`;

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
