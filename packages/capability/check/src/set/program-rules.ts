import { baseName, groups } from "../grouping.ts";
import { platformOf } from "../native/named.ts";
import { canonicalVersion } from "../wheel/version.ts";
import type { SetFile, SetNative } from "./set-file.ts";
import type { SetFinding, SetRule } from "./set-rule.ts";

/** Whether one program is the same bytes wherever it is packaged. */
export const programRules: readonly SetRule[] = [
  {
    id: "set/program",
    level: "warning",
    releaseLevel: "error",
    source:
      "a binary that was built again for npm needed glibc 2.39 while the wheel's needed 2.17: only one of them was tested",
    find: (files, { targets }) => {
      const placed = files.flatMap((file) => {
        const version = targets === null ? versionOf(file) : "";
        if (version === null) return [];
        return file.natives
          .filter(({ facts }) => facts.type === "executable")
          .map((native) => ({ file, native, key: keyOf(native, version) }));
      });
      return [...groups(placed, ({ key }) => key).values()].flatMap(compareKinds);
    },
  },
];

interface Placed {
  readonly file: SetFile;
  readonly native: SetNative;
}

/**
 * A format may hold fewer files than another (it has one tag for two targets), or the same number: then they must be the
 * same files.
 */
function compareKinds(placed: readonly Placed[]): SetFinding[] {
  const [[, first] = ["", []], ...others] = [...groups(placed, ({ file }) => file.contents.kind)];
  const known = new Set(first.map(({ native }) => native.sha256));
  const [model] = first;
  return others.flatMap(([, here]) => {
    const count = new Set(here.map(({ native }) => native.sha256)).size;
    const [strange] = here.filter(({ native }) => !known.has(native.sha256));
    if (strange === undefined || model === undefined || count !== known.size) return [];
    return [
      {
        file: strange.file.contents.name,
        expected: `${baseName(strange.native.path)} as in ${model.file.contents.name} (sha256 ${model.native.sha256})`,
        found: `sha256 ${strange.native.sha256}`,
      },
    ];
  });
}

/** What is called alike and runs on the same machines. */
function keyOf(native: SetNative, version: string): string {
  const name = baseName(native.path).replace(/\.exe$/i, "");
  const { armVersion, float } = native.facts;
  return JSON.stringify([name, platformOf(native), armVersion, float, version]);
}

/** `null`: a file without a version of its own cannot be told to be of the same one. */
function versionOf({ declared }: SetFile): string | null {
  const version = declared?.version ?? null;
  return version === null ? null : (canonicalVersion(version) ?? version);
}
