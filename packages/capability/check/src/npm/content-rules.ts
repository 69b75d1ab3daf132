import { isExecutable, isNamedAsCode, isTestCase, type NativeFile } from "../native/native-file.ts";
import type { PackageFinding, PackageRule } from "../package-rule.ts";
import { damagedMembers } from "../packed.ts";
import { promised } from "./label.ts";
import { installScripts, isForPlatform, type NpmPackage, platformOfPackage } from "./package.ts";

/** Whether the tarball holds what its manifest names, in a state in which it starts. */
export const contentRules: readonly PackageRule<NpmPackage>[] = [
  {
    id: "npm/missing",
    level: "error",
    source:
      "a package has been published without its binary: package.json names it, the tarball has a README only",
    find: (subject) => [...missingEntries(subject), ...missingCommands(subject, true)],
  },
  {
    id: "npm/missing-bin",
    level: "warning",
    source: "npm makes no command for a path that is not there, and says nothing",
    find: (subject) => missingCommands(subject, false),
  },
  {
    id: "npm/empty",
    level: "warning",
    source: "a platform package without any code installs and does nothing",
    find: ({ manifest, members }) => {
      const needed = manifest.dependencies.size + manifest.optionalDependencies.size;
      const named = platformOfPackage(manifest.name) !== null;
      if (!isForPlatform(manifest) || !named || needed > 0) return [];
      if ([...members.values()].some(({ path }) => !describes.test(path))) return [];
      return [{ expected: "a program or an addon", found: [...members.keys()].sort().join(", ") }];
    },
  },
  {
    id: "npm/wasm-instead",
    level: "note",
    source: "WebAssembly runs there, more slowly than a native program would",
    find: ({ manifest: { os, cpu }, loaded, members }) => {
      const platform = [...promised(os), ...promised(cpu)];
      if (platform.length === 0 || cpu?.includes("wasm32") === true || loaded.length > 0) return [];
      return [...members.values()]
        .filter(({ facts }) => facts?.format === "wasm")
        .map(({ path }) => ({
          member: path,
          expected: `a native file for ${platform.join(" ")}`,
          found: "WebAssembly",
        }));
    },
  },
  {
    id: "npm/damaged",
    level: "error",
    source:
      "a file that breaks off is refused by every system (a race of two uploads, a full disk)",
    find: (subject) => damaged(subject, true),
  },
  {
    id: "npm/unreadable",
    level: "warning",
    source: "what looks like native code and is none cannot be held against the label",
    find: (subject) => damaged(subject, false),
  },
  {
    id: "npm/mode",
    level: "error",
    source:
      "no package manager repairs the mode of a file that `bin` does not name: `Permission denied` for everybody",
    find: (subject) => (mayRepair(subject) ? [] : unstartable(subject, false)),
  },
  {
    id: "npm/mode-repaired",
    level: "warning",
    source:
      "npm, pnpm, yarn, bun and deno make what `bin` names executable; Yarn PnP, which reads the archive, does not",
    find: (subject) => [
      ...unstartable(subject, true),
      ...(mayRepair(subject) ? unstartable(subject, false) : []),
    ],
  },
  {
    id: "npm/unplugged",
    level: "note",
    source:
      "Yarn PnP leaves packages zipped unless they ask otherwise, and nothing starts from within a zip",
    find: ({ manifest, loaded }) =>
      manifest.preferUnplugged || !isForPlatform(manifest) || !loaded.some(isProgram)
        ? []
        : [{ expected: '"preferUnplugged": true', found: "not there" }],
  },
];

/** Files that describe a package and do nothing. */
const describes =
  /^(?:package\.json|[^/]*\.(?:md|txt|rst)|(?:license|licence|copying|notice|readme|changelog|authors)[^/]*|.*\.d\.[cm]?ts)$/i;

/** `main` or `exports` may leave out `.js`, never `.node`. */
function missingEntries({ manifest, members }: NpmPackage): PackageFinding[] {
  return [...new Set(manifest.entries)]
    .filter((path) => path.endsWith(".node") && !members.has(path))
    .map((path) => ({ expected: path, found: "no such file in the tarball" }));
}

function missingCommands(subject: NpmPackage, native: boolean): PackageFinding[] {
  const { manifest, members } = subject;
  if (installScripts(subject).length > 0) return [];
  return [...manifest.bin]
    .filter(([, path]) => !members.has(path) && !members.has(`${path}.exe`))
    .filter(([, path]) => native === (isForPlatform(manifest) && !/\.[cm]?js$/.test(path)))
    .map(([command, path]) => ({
      expected: `${path}, which the command ${command} starts`,
      found: "no such file in the tarball",
    }));
}

/** `loaded`: only what the package starts or loads, or only the rest. */
function damaged({ manifest, members }: NpmPackage, loaded: boolean): PackageFinding[] {
  const named = new Set([...manifest.entries, ...manifest.bin.values()]);
  return damagedMembers([...members.values()], ({ path, mode }) => {
    const code = named.has(path) || isNamedAsCode(path) || isExecutable(mode);
    return loaded === (code && !isTestCase(path));
  });
}

/** Programs that nobody may start; `named`: those that `bin` names, or the others. */
function unstartable({ manifest, loaded }: NpmPackage, named: boolean): PackageFinding[] {
  const commands = new Set(manifest.bin.values());
  return loaded
    .filter((file) => isProgram(file) && file.facts.format !== "pe" && !isTestCase(file.path))
    .filter(
      ({ path, mode }) => mode !== null && !isExecutable(mode) && commands.has(path) === named,
    )
    .map(({ path, mode }) => ({ member: path, expected: "mode 0755", found: `mode ${mode}` }));
}

/** Whether something in the package can set the mode before the program is started. */
function mayRepair(subject: NpmPackage): boolean {
  const { manifest, members } = subject;
  const code = [...members.keys()].some((path) => /\.[cm]?js$/.test(path));
  return !isForPlatform(manifest) || code || installScripts(subject).length > 0;
}

function isProgram({ facts }: NativeFile): boolean {
  return facts.type === "executable";
}
