import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { succeed } from "./run.ts";

export interface Member {
  /** File name of the package. */
  readonly package: string;
  readonly sha256: string;
  /** As listed by the tool that unpacked it: `-rwxr-xr-x`. */
  readonly mode: string;
}

const listZip = `
import stat, sys, zipfile
for info in zipfile.ZipFile(sys.argv[1]).infolist():
    print(stat.filemode(info.external_attr >> 16), info.filename)
`;

/** Every file in a package whose name is one of `names`, unpacked and listed by tar or by Python's zipfile: by no code of ours. */
export async function membersCalled(
  names: readonly string[],
  file: string,
  folder: string,
): Promise<Member[]> {
  const into = join(folder, `${basename(file)}.unpacked`);
  mkdirSync(into);
  const zip = /\.(?:whl|zip)$/.test(file);
  const python = process.platform === "win32" ? "python" : "python3";
  const options = { cwd: folder };
  if (zip) await succeed(python, ["-m", "zipfile", "-e", file, into], options);
  else await succeed("tar", ["-xzf", file, "-C", into], options);
  const listing = zip
    ? await succeed(python, ["-c", listZip, file], options)
    : await succeed("tar", ["-tvzf", file], options);
  const lines = listing.split("\n");
  return filesBelow(into)
    .filter((path) => names.includes(basename(path)))
    .map((path) => ({
      package: basename(file),
      sha256: createHash("sha256").update(readFileSync(path)).digest("hex"),
      mode:
        lines.find((line) => line.endsWith(` ${path.slice(into.length + 1)}`))?.slice(0, 10) ?? "",
    }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
