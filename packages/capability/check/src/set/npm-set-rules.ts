import type { Manifest } from "../npm/manifest.ts";
import { isForPlatform, platformOfPackage } from "../npm/package.ts";
import type { SetFile } from "./set-file.ts";
import type { SetFinding, SetRule } from "./set-rule.ts";

/** Whether a main npm package brings along exactly the platform packages that lie beside it. */
export const npmSetRules: readonly SetRule[] = [
  {
    id: "set/optional-dependencies",
    level: "warning",
    releaseLevel: "error",
    source:
      "one name that does not exist breaks every user of yarn and deno, on every platform; a pin of another version brings another program",
    find: (files, { targets }) =>
      mainPackages(files, targets !== null).flatMap(({ file, pins, there }) =>
        pins
          .filter(({ name, version }) => !there.some((one) => is(one, name, version)))
          .map(({ name, version }) => {
            const others = there.filter((one) => one.name === name).map((one) => one.version);
            return {
              file: file.contents.name,
              expected: `${name}@${version} among the packages`,
              found: others.length === 0 ? "no such package" : `version ${others.join(", ")}`,
            };
          }),
      ),
  },
  {
    id: "set/unlisted",
    level: "warning",
    source: "a platform package that no main package names is never installed",
    find: (files, { targets }) => {
      const mains = mainPackages(files, targets !== null);
      if (mains.length === 0) return [];
      const versions = new Set(mains.map(({ file }) => file.manifest?.version));
      return files.flatMap(({ contents, manifest }): SetFinding[] => {
        if (manifest === null || !isForPlatform(manifest) || !versions.has(baseVersion(manifest)))
          return [];
        const { name, version } = manifest;
        const listed = mains.some(({ pins }) =>
          pins.some((pin) => pin.name === name && pin.version === version),
        );
        if (listed) return [];
        const expected = `${name}@${version} among the optionalDependencies of a main package`;
        return [{ file: contents.name, expected, found: "no package names it" }];
      });
    },
  },
  {
    id: "set/bin-clash",
    level: "warning",
    source:
      "npm 10 ends with no command at all when a platform package has a bin of the main package's name",
    find: (files, { targets }) =>
      mainPackages(files, targets !== null).flatMap(({ file, pins }) => {
        const commands = [...(file.manifest?.bin.keys() ?? [])];
        return files.flatMap(({ contents, manifest }) => {
          if (manifest === null || !pins.some(({ name }) => name === manifest.name)) return [];
          if (manifest.name === file.manifest?.name) return [];
          return commands
            .filter((command) => manifest.bin.has(command))
            .map((command) => ({
              file: contents.name,
              expected: `no command ${command}, which ${file.contents.name} brings`,
              found: `bin ${command}`,
            }));
        });
      }),
  },
];

interface Pin {
  readonly name: string;
  readonly version: string;
}

interface MainPackage {
  readonly file: SetFile;
  readonly pins: readonly Pin[];
  /** Every npm package of the set. */
  readonly there: readonly Manifest[];
}

/** Packages with pinned platform packages. In a folder of anything: those of which one lies there too. */
function mainPackages(files: readonly SetFile[], release: boolean): MainPackage[] {
  const there = files.map(({ manifest }) => manifest).filter((manifest) => manifest !== null);
  return files.flatMap((file) => {
    // Platform packages bring along libraries of their own, which are no programs of the main one.
    if (platformOfPackage(file.manifest?.name ?? null) !== null) return [];
    const version = file.manifest?.version ?? "";
    const pins = [...(file.manifest?.optionalDependencies ?? [])]
      .flatMap(readPin)
      // A tool that brings along somebody else's programs pins versions that are none of ours.
      .filter(
        (pin) =>
          pin.version === version ||
          pin.version.startsWith(`${version}-`) ||
          there.some(({ name }) => name === pin.name),
      );
    const met = pins.some(({ name }) =>
      there.some((one) => one.name === name && one !== file.manifest),
    );
    return pins.length > 0 && (release || met) ? [{ file, pins, there }] : [];
  });
}

/** An exact version of a package for one platform, also through an alias; nothing for a range or another's library. */
function readPin([key, wanted]: readonly [string, string]): Pin[] {
  const [, alias, exact = ""] =
    /^=?(?:npm:((?:@[^/@]+\/)?[^/@]+)@)?(\d+\.\d+\.\d+\S*)$/.exec(wanted) ?? [];
  if (exact === "" || platformOfPackage(key) === null) return [];
  return [{ name: alias ?? key, version: exact }];
}

/** `1.2.3` of `1.2.3-linux-x64`: where platforms are versions, the release is the main one's. */
function baseVersion({ version }: Manifest): string | undefined {
  if (version === null) return undefined;
  const dash = version.search(/-(?=[a-z])/i);
  const suffixed = dash > 0 && platformOfPackage(version.slice(dash)) !== null;
  return suffixed ? version.slice(0, dash) : version;
}

function is({ name, version }: Manifest, wanted: string, exact: string): boolean {
  return name === wanted && version === exact;
}
