import { UserError } from "@multiarch/diagnostics";
import { noName } from "./before-build.ts";
import { checkNames } from "./clashes.ts";
import { identify, namePrefix } from "./layouts.ts";
import { planMain } from "./main-package.ts";
import { platformSuffix } from "./styles.ts";
import { checkComplete, commonPlace } from "./target-files.ts";
import type {
  NpmPlace,
  NpmPlan,
  NpmSettings,
  PackagedBinary,
  PackageMeta,
  PlannedPlatform,
} from "./types.ts";
import { whyInvalidCommand, whyInvalidVersion } from "./validity.ts";

/**
 * Names of everything that would be published, worked out from the bytes of the files. Pure.
 * @throws UserError MA801 a name, MA802 the version, MA803 two targets for one package, MA804 a platform that the style has
 * no name for, MA805 files that do not belong together, MA807 a package.json that cannot be kept
 */
export function planNpmNames(
  settings: NpmSettings,
  meta: PackageMeta,
  binaries: readonly PackagedBinary[],
): NpmPlan {
  checkVersion(meta.version);
  const prefix = namePrefix(settings, meta);
  const commands = binaries.filter(({ kind }) => kind === "executable");
  const bins = sorted(new Set(commands.map(({ bin }) => bin)));
  for (const bin of bins) checkName(bin, "a command");
  const addon = settings.addon ?? null;
  if (addon !== null) checkName(addon, "an addon");
  const none: { target: string; why: string }[] = [];
  const placed: Placed[] = [];
  for (const target of sorted(new Set(binaries.map((binary) => binary.target)))) {
    const own = binaries.filter((binary) => binary.target === target);
    const place = commonPlace(target, own);
    if ("none" in place) none.push({ target, why: place.none });
    else placed.push({ target, place, ...checkComplete(target, own, bins, addon) });
  }
  const platforms = new Map<string, PlannedPlatform>();
  for (const one of placed) {
    const planned = planPlatform(settings, meta, prefix, one, besideItsSibling(one, placed));
    const twin = platforms.get(planned.folder);
    platforms.set(planned.folder, twin === undefined ? planned : joinTwins(twin, planned));
  }
  const plan = { platforms: sortedBy([...platforms.values()], ({ folder }) => folder), prefix };
  const main = planMain(settings, bins);
  checkNames(settings, meta.version, plan.platforms, binaries.length);
  return { ...plan, main, none };
}

interface Placed {
  readonly target: string;
  readonly place: NpmPlace;
  readonly executables: readonly PackagedBinary[];
  readonly addon: PackagedBinary | null;
}

function checkVersion(version: string): void {
  const why = whyInvalidVersion(version);
  if (why === null) return;
  throw new UserError("MA802", {
    what: `npm cannot publish version ${version}: ${why}`,
    found: version,
  });
}

function checkName(name: string, as: string): void {
  const why = whyInvalidCommand(name);
  if (why !== null) throw new UserError("MA801", { what: `"${name}" cannot be ${as}: ${why}` });
}

/**
 * A static build beside one that is bound to a libc is there for the other libc. Saying so keeps the machines of the first
 * from downloading both.
 */
function besideItsSibling({ place }: Placed, all: readonly Placed[]): NpmPlace {
  if (place.os !== "linux" || place.libc !== null) return place;
  const libcs = new Set(
    all.flatMap(({ place: { os, cpu, libc } }) =>
      os === place.os && cpu.join() === place.cpu.join() && libc !== null ? [libc] : [],
    ),
  );
  if (libcs.size !== 1) return place;
  return { ...place, libc: libcs.has("glibc") ? "musl" : "glibc" };
}

function planPlatform(
  settings: NpmSettings,
  { version }: PackageMeta,
  prefix: string,
  { target, executables, addon }: Placed,
  place: NpmPlace,
): PlannedPlatform {
  const sources = addon === null ? executables : [...executables, addon];
  const [first] = sources;
  const suffix = first === undefined ? null : platformSuffix(settings.names, place, first);
  if (suffix === null) throw noName(settings.names, target);
  return {
    ...place,
    suffix,
    ...identify(settings, prefix, suffix, version),
    targets: [target],
    binaries: executables,
    addon,
    sources,
    glibc: place.libc === "glibc" ? highest(sources) : null,
  };
}

/** Two targets may share a package only if they gave the same bytes: a static build serves gnu and musl. */
function joinTwins(first: PlannedPlatform, second: PlannedPlatform): PlannedPlatform {
  const bytes = ({ binaries, addon }: PlannedPlatform): string =>
    [...binaries, addon].map((file) => file?.sha256 ?? "none").join();
  if (bytes(first) !== bytes(second)) {
    const libcs = first.libc !== second.libc && first.suffix === second.suffix;
    throw new UserError("MA803", {
      what: `targets ${first.targets.join(", ")} and ${second.targets.join(", ")} both give the npm package ${first.folder}, with different bytes`,
      fix: libcs
        ? "write npm.names: node, which tells libcs apart, or leave one of the two targets out"
        : "leave one of the two targets out, or link them to different libcs: npm tells neither ARM versions nor byte orders apart",
    });
  }
  return {
    ...first,
    // Equal bytes that were asked for as both name neither: they run with whichever is there.
    libc: first.libc === second.libc ? first.libc : null,
    targets: [...first.targets, ...second.targets],
    sources: [...first.sources, ...second.sources],
  };
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
