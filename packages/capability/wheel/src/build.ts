import { UserError } from "@multiarch/diagnostics";
import { anyPython } from "./python-tags.ts";
import { checkBinaries, scriptEntries } from "./scripts.ts";
import { wheelTags } from "./tags.ts";
import type { PackagedBinary, PackageMeta, WheelFile, WheelSettings } from "./types.ts";
import { writeWheel } from "./write-wheel.ts";

export interface WheelRequest {
  readonly settings: WheelSettings;
  readonly meta: PackageMeta;
  /** Every executable of the package, all of one target. */
  readonly binaries: readonly PackagedBinary[];
  /** Made if it does not exist; a file of the same name is replaced. */
  readonly outputFolder: string;
}

/**
 * Writes the wheel of one target: the executables as scripts, which installers put on the PATH.
 * @throws UserError MA821 the version, MA822 no tag (ask `wheelTags` first), MA823 a name, MA824 executables that do not
 * belong together, MA825 a needed library that the tags do not promise, MA826 `requires-python`
 */
export async function buildWheel(request: WheelRequest): Promise<WheelFile> {
  const { settings, meta, outputFolder } = request;
  const binaries = [...request.binaries].sort((left, right) => (left.bin < right.bin ? -1 : 1));
  const target = checkBinaries(binaries, settings.exclude);
  const platforms = tagsOf(binaries, target);
  const { path, size, sha256, name, version } = await writeWheel({
    settings,
    meta,
    tags: { ...anyPython, platforms },
    payload: ({ name: normalized, data }) => scriptEntries(settings, binaries, normalized, data),
    // What pyproject.toml names are functions of Python code, which is not in this wheel.
    entryPoints: {},
    outputFolder,
  });
  const from = binaries.map((binary) => ({
    leg: binary.leg,
    file: binary.fileId,
    sha256: binary.sha256,
  }));
  return { file: path, size, sha256, name, version, tags: platforms, target, from };
}

function tagsOf(binaries: readonly PackagedBinary[], target: string): readonly string[] {
  const found = wheelTags(
    binaries.map(({ facts }) => facts),
    target,
  );
  if ("tags" in found) return found.tags;
  throw new UserError("MA822", { what: `there is no wheel for ${target}: ${found.none}` });
}
