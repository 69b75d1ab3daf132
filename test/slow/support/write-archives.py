"""Writes archives as Python's own writers do, and prints what its readers then find in them: one JSON line each."""

import hashlib, io, json, os, stat, sys, tarfile, zipfile

folder, program = sys.argv[1], open(sys.argv[2], "rb").read()
FILES = {
    "tool-1.0/bin/tool": (program, 0o755),
    "tool-1.0/empty": (b"", 0o644),
    "tool-1.0/README.md": (b"read me\n" * 40_000, 0o600),
    "tool-1.0/große-ß.txt": ("größe".encode(), 0o644),
}
LONG = {"tool-1.0/" + "/".join(["d" * 60] * 3) + "/file": (b"x", 0o644)}


class Unseekable(io.RawIOBase):
    """As a pipe is: sizes must follow the data."""

    def __init__(self, path):
        self.file = open(path, "wb", buffering=0)

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def write_zip(name, target=None, compression=zipfile.ZIP_DEFLATED, creator=3, wide=False, comment=b""):
    path = os.path.join(folder, name)
    with zipfile.ZipFile(target or path, "w", compression) as archive:
        for member, (data, mode) in FILES.items():
            info = zipfile.ZipInfo(member)
            info.compress_type = compression
            info.create_system = creator
            info.external_attr = (stat.S_IFREG | mode) << 16 if creator == 3 else 0x20
            with archive.open(info, "w", force_zip64=wide) as out:
                out.write(data)
        archive.comment = comment
    members = []
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            mode = (info.external_attr >> 16) & 0o777
            members.append([info.filename, f"0{mode:03o}" if mode else None, digest(archive.read(info))])
    show(path, members)


def write_tar(name, form, prefix="", long=False):
    path = os.path.join(folder, name)
    with tarfile.open(path, "w:gz", format=form) as archive:
        for member, (data, mode) in {**FILES, **(LONG if long else {})}.items():
            info = tarfile.TarInfo(prefix + member)
            info.size, info.mode, info.mtime, info.uname = len(data), mode, 1_700_000_000.5, "größe"
            archive.addfile(info, io.BytesIO(data))
        for kind, target in ((tarfile.SYMTYPE, "bin/tool"), (tarfile.LNKTYPE, prefix + "tool-1.0/bin/tool")):
            info = tarfile.TarInfo(prefix + "tool-1.0/link" + kind.decode())
            info.type, info.linkname = kind, target
            archive.addfile(info)
        folder_entry = tarfile.TarInfo(prefix + "tool-1.0/folder")
        folder_entry.type = tarfile.DIRTYPE
        archive.addfile(folder_entry)
    members = []
    with tarfile.open(path) as archive:
        for info in archive.getmembers():
            if info.isdir():
                continue
            data = info.linkname.encode() if info.issym() else archive.extractfile(info).read()
            members.append([os.path.normpath(info.name), f"0{info.mode:03o}", digest(data)])
    show(path, members)


def show(path, members):
    print(json.dumps({"path": path, "members": members}))


write_zip("deflated.zip")
write_zip("stored.zip", compression=zipfile.ZIP_STORED)
write_zip("dos.zip", creator=0)
write_zip("wide.zip", wide=True)
write_zip("comment.zip", comment=b"made by hand")
write_zip("streamed.zip", target=Unseekable(os.path.join(folder, "streamed.zip")))
write_tar("ustar.tar.gz", tarfile.USTAR_FORMAT)
write_tar("gnu.tar.gz", tarfile.GNU_FORMAT, long=True)
write_tar("pax.tar.gz", tarfile.PAX_FORMAT, long=True)
write_tar("dots.tar.gz", tarfile.PAX_FORMAT, prefix="./")
