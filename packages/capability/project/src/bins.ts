import { nearest, UserError } from "@multiarch/diagnostics";
import type { Locate } from "./config/issues.ts";
import { prebuiltFiles } from "./config/prebuilt.ts";
import type { ConfigPath } from "./config/yaml.ts";
import type { Config } from "./types.ts";

/** One executable that the project can build, and what it is built from. */
export interface BinSource<Source> {
  readonly name: string;
  readonly source: Source;
  /** For messages: `cmd/tool`, `crates/tool/Cargo.toml`. */
  readonly where: string;
  /** The Cargo package that makes it: a package of that name that lists no bins has this one. */
  readonly group?: string;
}

/** Executables of one package. */
export interface PackageBins {
  readonly name: string;
  readonly bins: readonly string[];
  /** Its index in `packages:`; `null` for the one package of a project that has no such key. */
  readonly index: number | null;
}

/**
 * Which executables go into which package.
 * @param all everything that could be built
 * @param products what is built when the configuration does not choose
 * @throws UserError MA125 `bins` beside `packages`, MA134 an executable that is unknown, ambiguous or in two packages
 */
export function choosePackages<Source>(
  projectName: string,
  config: Config,
  all: readonly BinSource<Source>[],
  products: readonly BinSource<Source>[],
  locate: Locate,
): { packages: PackageBins[]; used: BinSource<Source>[] } {
  if (config.packages && config.bins) {
    throw new UserError("MA125", {
      what: "bins stands beside packages",
      where: locate(["bins"], true),
      fix: "name the bins of each package under packages",
    });
  }
  const seen = new Map<string, BinSource<Source>>();
  const add = (candidates: readonly BinSource<Source>[], path: ConfigPath): void => {
    const [bin, second] = candidates;
    if (!bin) return;
    const first = seen.get(bin.name);
    if (second || first) {
      const places = [first, bin, second].flatMap((one) => (one ? [one.where] : []));
      throw new UserError("MA134", {
        what: `the executable ${bin.name} ${first === bin ? "stands in two places" : "exists more than once"}`,
        where: locate(path),
        found: places.join(", "),
      });
    }
    seen.set(bin.name, bin);
  };
  const named = (names: readonly string[], path: ConfigPath): string[] =>
    names.map((name, index) => {
      const candidates = all.filter((bin) => bin.name === name);
      if (candidates.length === 0) throw unknownBin(name, all, locate([...path, index]));
      add(candidates, [...path, index]);
      return name;
    });
  const everything = (): string[] => {
    for (const name of new Set(products.map((bin) => bin.name))) {
      add(
        products.filter((bin) => bin.name === name),
        [],
      );
    }
    return [...seen.keys()].sort();
  };
  const packages = (config.packages ?? [{ name: projectName, bins: config.bins }]).map(
    (entry, index, list): PackageBins => {
      const path: ConfigPath = config.packages ? ["packages", index, "bins"] : ["bins"];
      if (list.findIndex(({ name }) => name === entry.name) !== index) {
        throw new UserError("MA125", {
          what: `two packages are called ${entry.name}`,
          where: locate(["packages", index, "name"]),
          fix: "give each package a name of its own",
        });
      }
      const grouped = all.filter(({ group }) => group === entry.name).map(({ name }) => name);
      const implied = grouped.length > 0 ? grouped : all.length === 0 ? [] : [entry.name];
      const bins = entry.bins
        ? named(entry.bins, path)
        : list.length === 1
          ? everything()
          : named(implied, path.slice(0, -1));
      return { name: entry.name, bins, index: config.packages ? index : null };
    },
  );
  const others = prebuiltFiles(config);
  const mayBeEmpty = [others.addons, others.wheels, others.sdists, others.trees].some(
    (files) => files.length > 0,
  );
  const empty = mayBeEmpty ? undefined : packages.find(({ bins }) => bins.length === 0);
  if (empty) {
    throw new UserError("MA134", {
      what: `the package ${empty.name} has no executable`,
      where: locate(empty.index === null ? ["bins"] : ["packages", empty.index, "bins"]),
    });
  }
  return { packages, used: [...seen.values()] };
}

function unknownBin<Source>(
  name: string,
  all: readonly BinSource<Source>[],
  where: string,
): UserError {
  const known = [...new Set(all.map((bin) => bin.name))];
  const close = nearest(name, known);
  return new UserError("MA134", {
    what: `the project has no executable ${name}`,
    where,
    expected: `one of ${known.join(", ")}`,
    ...(close === undefined ? {} : { fix: `did you mean ${close}?` }),
  });
}
