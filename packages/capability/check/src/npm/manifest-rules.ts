import type { PackageRule } from "../package-rule.ts";
import { installScripts, isForPlatform, type NpmPackage, platformOfPackage } from "./package.ts";

const forNpm = ({ purpose }: { readonly purpose: string }) =>
  purpose === "npm" ? "error" : "warning";

/** What else a package.json must say, and must not. */
export const manifestRules: readonly PackageRule<NpmPackage>[] = [
  {
    id: "npm/identity",
    level: "warning",
    levelFor: forNpm,
    source:
      "npm publishes only names in lower case, up to 214 characters, and exact semantic versions",
    find: ({ manifest: { name, version } }) => [
      ...(name !== null && name.length <= 214 && publishableName.test(name)
        ? []
        : [{ expected: "a name that npm publishes", found: name ?? "no name" }]),
      ...(version !== null && semanticVersion.test(version)
        ? []
        : [{ expected: "a version such as 1.2.3", found: version ?? "no version" }]),
    ],
  },
  {
    id: "npm/private",
    level: "note",
    levelFor: ({ purpose }) => (purpose === "npm" ? "error" : "note"),
    source: "npm refuses to publish a private package (EPRIVATE)",
    find: ({ manifest }) =>
      manifest.private ? [{ expected: 'no "private"', found: '"private": true' }] : [],
  },
  {
    id: "npm/size",
    level: "warning",
    levelFor: forNpm,
    source: "npm answers 413 to tarballs of more than some 200 MB",
    find: ({ contents: { size } }) =>
      size <= 200_000_000 ? [] : [{ expected: "at most 200000000 bytes", found: `${size} bytes` }],
  },
  {
    id: "npm/scripts",
    level: "warning",
    source:
      "npm 12, bun, deno and yarn 4 do not run install scripts, and `pnpm add` fails because one is there",
    find: (subject) =>
      installScripts(subject).map((name) => ({ expected: "no install script", found: name })),
  },
  {
    id: "npm/engines",
    level: "note",
    source: "npm, pnpm and yarn 1 drop an optional package silently when its engines do not match",
    find: ({ manifest }) => {
      const node = manifest.engines.get("node");
      if (!isForPlatform(manifest) || node === undefined) return [];
      return [{ expected: "no engines in a platform package", found: `node ${node}` }];
    },
  },
  {
    id: "npm/repository",
    level: "warning",
    source:
      "npm refuses provenance (E422) for a package whose repository is not the one that built it",
    find: ({ manifest: { repository } }) =>
      repository === null ? [{ expected: "a repository", found: "none" }] : [],
  },
  {
    id: "npm/license",
    level: "warning",
    source: "without a licence nobody may use the package, and scanners refuse it",
    find: ({ manifest: { license } }) =>
      license === null ? [{ expected: "a license", found: "none" }] : [],
  },
  {
    id: "npm/pins",
    level: "warning",
    source: "a range lets a launcher of one version start a program of another",
    find: ({ manifest: { optionalDependencies } }) =>
      [...optionalDependencies]
        .filter(([name, wanted]) => isPlatformName(name) && !exactPin.test(wanted))
        .map(([name, wanted]) => ({ expected: `an exact version of ${name}`, found: wanted })),
  },
  {
    id: "npm/file-name",
    level: "warning",
    source:
      "`npm pack` ends the name of a tarball with its version: another one there is another package's",
    find: ({ contents: { name }, manifest: { version } }) => {
      const [, told] = /-(\d+\.\d+\.\d+.*)\.tgz$/.exec(name) ?? [];
      if (told === undefined || version === null || name.endsWith(`-${version}.tgz`)) return [];
      return [{ expected: `a name that ends with -${version}.tgz`, found: name }];
    },
  },
  {
    id: "npm/root",
    level: "note",
    source: "npm strips the first folder, whatever it is called; other readers look for `package`",
    find: ({ contents: { root } }) =>
      root === "package" ? [] : [{ expected: "the folder package", found: root }],
  },
];

/** A system alone (`mac-ca`) is what the package is about; with a processor it is what it was built for. */
function isPlatformName(name: string): boolean {
  return (platformOfPackage(name)?.archs.length ?? 0) > 0;
}

const publishableName = /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/;

const part = "(?:0|[1-9]\\d*)";
const prerelease = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
const version = `${part}\\.${part}\\.${part}(?:-${prerelease}(?:\\.${prerelease})*)?(?:\\+[0-9A-Za-z.-]+)?`;
const semanticVersion = new RegExp(`^${version}$`);
/** One version, or an alias for one: `npm:name@1.2.3-linux-x64`. Workspace and file links are none. */
const exactPin = new RegExp(`^=?(?:npm:(?:@[^/@]+/)?[^/@]+@)?${version}$`);
