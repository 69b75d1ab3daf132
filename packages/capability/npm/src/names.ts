import { UserError } from "@multiarch/diagnostics";
import { npmPlatform } from "./platform.ts";
import type {
  NpmPlan,
  NpmPlatform,
  NpmSettings,
  PackagedBinary,
  PackageMeta,
  PlannedPlatform,
} from "./types.ts";
import { whyInvalidCommand, whyInvalidName, whyInvalidVersion } from "./validity.ts";

/**
 * Names of everything that would be published, worked out from the bytes of the executables. Pure.
 * @throws UserError MA801 a name, MA802 the version, MA803 two targets for one package, MA804 the layout,
 * MA805 executables that do not belong together
 */
export function planNpmNames(
  settings: NpmSettings,
  meta: PackageMeta,
  binaries: readonly PackagedBinary[],
): NpmPlan {
  checkStyle(settings);
  checkVersion(meta.version);
  const prefix = namePrefix(settings, meta);
  const { version } = meta;
  const bins = sorted(new Set(binaries.map(({ bin }) => bin)));
  for (const bin of bins) checkCommand(bin);
  const none: { target: string; why: string }[] = [];
  const platforms = new Map<string, PlannedPlatform>();
  for (const target of sorted(new Set(binaries.map((binary) => binary.target)))) {
    const own = binaries.filter((binary) => binary.target === target);
    const place = commonPlatform(target, own);
    if ("none" in place) {
      none.push({ target, why: place.none });
      continue;
    }
    const planned = planPlatform(prefix, version, target, place, own, bins);
    const twin = platforms.get(planned.name);
    platforms.set(planned.name, twin === undefined ? planned : joinTwins(twin, planned));
  }
  const plan = { platforms: sortedBy([...platforms.values()], ({ name }) => name), prefix, none };
  checkNames(settings.main, plan.platforms, binaries.length);
  const main = { name: settings.main, bins, addon: null, locator: "index", ending: ".js" } as const;
  return { ...plan, main };
}

/** The name of the file that `npm pack` writes for a package: `scope-name-version.tgz`. */
export function tarballName(name: string, version: string): string {
  return `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`;
}

function checkStyle({ layout, names }: NpmSettings): void {
  if (layout === "alias") {
    throw new UserError("MA804", {
      what: "npm.layout alias is not available yet",
      expected: "scoped or prefixed",
      found: layout,
    });
  }
  if (names !== "node") {
    throw new UserError("MA804", {
      what: `npm.names ${names} is not available yet`,
      expected: "node",
      found: names,
    });
  }
}

function checkVersion(version: string): void {
  const why = whyInvalidVersion(version);
  if (why === null) return;
  throw new UserError("MA802", {
    what: `npm cannot publish version ${version}: ${why}`,
    found: version,
  });
}

function checkCommand(bin: string): void {
  const why = whyInvalidCommand(bin);
  if (why !== null) throw new UserError("MA801", { what: `"${bin}" cannot be a command: ${why}` });
}

/** `@scope/`, or `name-` where no scope is given, or both where one scope holds several packages. */
function namePrefix({ scope, layout, main, several }: NpmSettings, meta: PackageMeta): string {
  if (scope !== null && !/^@[^/@]+$/.test(scope)) {
    throw new UserError("MA801", {
      what: `npm.scope ${scope} is not a scope`,
      expected: "an @ and a name, such as @example",
      found: scope,
    });
  }
  const own = several === true ? meta.name.replace(/^@[^/]*\//, "") : main.replace(/^@[^/]*\//, "");
  if (scope === null) return several === true ? `${mainScope(main)}${own}-` : `${main}-`;
  return layout === "scoped" && several !== true ? `${scope}/` : `${scope}/${own}-`;
}

function mainScope(main: string): string {
  return /^@[^/]*\//.exec(main)?.[0] ?? "";
}

/** All commands of one target go into one package, so they must agree on where it may be installed. */
function commonPlatform(
  target: string,
  binaries: readonly PackagedBinary[],
): NpmPlatform | { readonly none: string } {
  let common: NpmPlatform | { readonly none: string } | undefined;
  for (const { bin, facts } of binaries) {
    const own = npmPlatform(facts);
    if ("unclear" in own) {
      throw new UserError("MA805", {
        what: `npm cannot be told where ${bin} of ${target} runs: ${own.unclear}`,
        fix: "build it as an executable whose libc and processor can be read from its header",
      });
    }
    if (common === undefined) common = own;
    else common = narrower(target, common, own);
  }
  return common ?? { none: "nothing was built for it" };
}

/** A static command may live beside one that is bound to a libc; then the package is bound too. */
function narrower(
  target: string,
  left: NpmPlatform | { readonly none: string },
  right: NpmPlatform | { readonly none: string },
): NpmPlatform | { readonly none: string } {
  if ("none" in left && "none" in right) return left;
  const agree =
    !("none" in left) &&
    !("none" in right) &&
    left.os === right.os &&
    left.cpu.join() === right.cpu.join() &&
    (left.libc === right.libc || left.libc === null || right.libc === null);
  if (agree) return left.libc === null ? right : left;
  throw new UserError("MA805", {
    what: `the commands of ${target} were built for different platforms`,
    expected: "one platform",
    found: [left, right].map((one) => ("none" in one ? one.none : one.suffix)).join(" and "),
  });
}

function planPlatform(
  prefix: string,
  version: string,
  target: string,
  platform: NpmPlatform,
  own: readonly PackagedBinary[],
  bins: readonly string[],
): PlannedPlatform {
  const binaries = sortedBy(own, ({ bin }) => bin);
  const found = binaries.map(({ bin }) => bin);
  if (found.join() !== bins.join()) {
    throw new UserError("MA805", {
      what: `target ${target} does not have each command of the package once`,
      expected: bins.join(", "),
      found: found.join(", "),
    });
  }
  return {
    ...platform,
    name: prefix + platform.suffix,
    version,
    folder: prefix + platform.suffix,
    targets: [target],
    binaries,
    addon: null,
    sources: binaries,
    glibc: platform.libc === "glibc" ? highest(binaries) : null,
  };
}

/** Two targets may share a package only if they gave the same bytes: a static build serves gnu and musl. */
function joinTwins(first: PlannedPlatform, second: PlannedPlatform): PlannedPlatform {
  const same = first.binaries.every(
    ({ sha256 }, index) => sha256 === second.binaries[index]?.sha256,
  );
  if (!same) {
    throw new UserError("MA803", {
      what: `targets ${first.targets.join(", ")} and ${second.targets.join(", ")} both give the npm package ${first.name}, with different bytes`,
      fix: "leave one of the two targets out, or link them to different libcs: npm tells neither ARM versions nor byte orders apart",
    });
  }
  return {
    ...first,
    targets: [...first.targets, ...second.targets],
    sources: [...first.sources, ...second.sources],
  };
}

/** Two packages of one name, or of one file name (`@a/b-c` and `@a-b/c`), would overwrite each other. */
function checkNames(main: string, platforms: readonly PlannedPlatform[], given: number): void {
  if (platforms.length === 0) {
    throw new UserError("MA805", {
      what: `npm package ${main} has no executable that npm could install`,
      found: `${given} executables, none of them for a platform of Node`,
    });
  }
  const files = new Map<string, string>();
  for (const name of [main, ...platforms.map((platform) => platform.name)]) {
    const why = whyInvalidName(name);
    if (why !== null) {
      throw new UserError("MA801", { what: `npm refuses the name ${name}: ${why}`, found: name });
    }
    const file = tarballName(name, "");
    const other = files.get(file);
    if (other !== undefined) {
      throw new UserError("MA801", {
        what: `npm packages ${other} and ${name} would have one file name`,
        fix: "set npm.scope or npm.main so that the main package differs from the platform packages",
      });
    }
    files.set(file, name);
  }
}

function highest(binaries: readonly PackagedBinary[]): string | null {
  return binaries
    .map(({ facts }) => facts.glibcMin)
    .reduce((left, right) => (isHigher(right, left) ? right : left), null);
}

function isHigher(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left !== null;
  const [major = 0, minor = 0] = left.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = right.split(".").map(Number);
  return major === otherMajor ? minor > otherMinor : major > otherMajor;
}

function sorted(values: Iterable<string>): string[] {
  return sortedBy([...values], (value) => value);
}

/** By code units, so that the order does not depend on the machine's language. */
function sortedBy<Value>(values: readonly Value[], key: (value: Value) => string): Value[] {
  return [...values].sort((left, right) =>
    key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0,
  );
}
