"""What Python's own tools say of packages: one JSON object a line, {"path", "refused": {reader: reason}}.

usage: read-wheels.py FOLDER MODE < paths, one a line. MODE "zip" asks zipfile only.
"""

import configparser
import contextlib
import importlib.metadata
import io
import json
import os
import shutil
import sys
import tarfile
import zipfile

from packaging.metadata import Metadata
from packaging.tags import mac_platforms
from packaging.utils import parse_sdist_filename, parse_wheel_filename
from pip._internal.cli.main import main as pip
from wheel.wheelfile import WheelFile


def read_name(path):
    name = os.path.basename(path)
    if not name.endswith((".tar.gz", ".zip")):
        parse_wheel_filename(name, validate_order=True)
    else:
        parse_sdist_filename(name)


def read_platforms(path):
    name = os.path.basename(path)
    if not name.endswith(".whl"):
        return
    known = {tag for arch in ("arm64", "x86_64") for tag in mac_platforms((26, 0), arch)}
    for platform in name[:-4].split("-")[-1].split("."):
        if platform.startswith("macosx_") and platform not in known:
            raise ValueError(f"no Mac looks for {platform}")


def read_zip(path):
    with zipfile.ZipFile(path) as archive:
        broken = archive.testzip()
        if broken is not None:
            raise ValueError(f"CRC of {broken}")


def read_tar(path):
    with tarfile.open(path, "r:gz") as archive:
        archive.getmembers()


def texts(path, ending):
    if path.endswith(".tar.gz"):
        with tarfile.open(path, "r:gz") as archive:
            names = [name for name in archive.getnames() if name.endswith(ending)]
            return [archive.extractfile(name).read() for name in names]
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(ending)]
        return [archive.read(name) for name in names]


def read_metadata(path):
    ending = "/PKG-INFO" if path.endswith(".tar.gz") else ".dist-info/METADATA"
    for text in texts(path, ending):
        Metadata.from_email(text, validate=True)


def read_entry_points(path):
    for text in texts(path, ".dist-info/entry_points.txt"):
        parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
        parser.optionxform = str
        parser.read_string(text.decode())
        for group in parser.sections():
            for name, value in parser.items(group):
                if importlib.metadata.EntryPoint.pattern.match(value) is None:
                    raise ValueError(f"{name} = {value}")


def read_wheel(path):
    with WheelFile(path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                with archive.open(info) as member:
                    member.read()


def read_pip(path):
    target = os.path.join(sys.argv[1], "installed")
    shutil.rmtree(target, ignore_errors=True)
    name = os.path.basename(path)
    parts = name[:-4].split("-")[-3:]
    flags = ["--platform=" + tag for tag in parts[-1].split(".")]
    if len(parts) == 3 and parts[1] != "none":
        flags += ["--abi=" + tag for tag in parts[1].split(".")]
    version = parts[0][2:] if parts[0].startswith("cp3") else "3.13"
    flags += ["--implementation=cp", "--python-version=" + version, "--only-binary=:all:"]
    flags += ["--no-index", "--no-deps", "--no-compile", "--no-cache-dir", "--isolated"]
    noise = io.StringIO()
    with contextlib.redirect_stdout(noise), contextlib.redirect_stderr(noise):
        code = pip(["--disable-pip-version-check", "install", "--target", target, *flags, path])
    if code != 0:
        raise ValueError(noise.getvalue().strip().splitlines()[-1])


readers = {
    "wheel": {
        "packaging": read_name,
        "packaging.tags": read_platforms,
        "zipfile": read_zip,
        "packaging.metadata": read_metadata,
        "entry points": read_entry_points,
        "wheel": read_wheel,
        "pip": read_pip,
    },
    "sdist": {"packaging": read_name, "tarfile": read_tar, "packaging.metadata": read_metadata},
    "zip": {"zipfile": read_zip},
}

output = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    path = line.rstrip("\n")
    refused = {}
    for reader, read in readers[sys.argv[2]].items():
        try:
            read(path)
        except BaseException as error:  # pip may exit
            refused[reader] = f"{type(error).__name__}: {error}"[:300]
    print(json.dumps({"path": path, "refused": refused}), file=output)
