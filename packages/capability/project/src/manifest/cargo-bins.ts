import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { absent, isFile } from "../files.ts";
import { string, strings, type Table, table, tables } from "./toml.ts";

interface Bin {
  readonly name: string;
  /** Relative to the package, with `/`; `null` when the manifest leaves it to Cargo. */
  readonly path: string | null;
}

/**
 * The executables that `cargo build --bins` makes of a package: its `[[bin]]` tables, and unless `autobins` is off what
 * lies in the usual places (Cargo book, "Cargo targets"). A bin whose `required-features` are not on is left out, as
 * Cargo does without a word.
 * @param folder absolute, of the package
 * @param features what `--features` will name
 */
export async function cargoBins(
  folder: string,
  manifest: Table,
  edition: string,
  features: readonly string[],
): Promise<string[]> {
  const declared = tables(manifest.bin).flatMap((bin) => {
    const name = string(bin.name);
    const path = string(bin.path);
    return name === null ? [] : [{ name, path: path && posix.normalize(path), bin }];
  });
  const packageTable = table(manifest.package);
  // In edition 2015 declared bins turn the search off unless autobins says otherwise.
  const search = packageTable.autobins ?? !(edition === "2015" && declared.length > 0);
  const usual = search === true ? await usualBins(folder, string(packageTable.name) ?? "") : [];
  const added = usual.filter(
    (one) => !declared.some(({ name, path }) => name === one.name || path === one.path),
  );
  const enabled = enabledFeatures(table(manifest.features), features);
  const possible = declared.filter(({ bin }) =>
    strings(bin["required-features"]).every((feature) => enabled.has(feature)),
  );
  return [...possible, ...added].map(({ name }) => name).sort();
}

async function usualBins(folder: string, packageName: string): Promise<Bin[]> {
  const bins: Bin[] = [];
  if (await isFile(join(folder, "src/main.rs"))) {
    bins.push({ name: packageName, path: "src/main.rs" });
  }
  const entries = await readdir(join(folder, "src/bin"), { withFileTypes: true }).catch(absent);
  for (const entry of entries ?? []) {
    const { name } = entry;
    if (name.startsWith(".")) continue;
    if (name.endsWith(".rs") && !entry.isDirectory()) {
      bins.push({ name: name.slice(0, -3), path: `src/bin/${name}` });
    } else if (await isFile(join(folder, "src/bin", name, "main.rs"))) {
      bins.push({ name, path: `src/bin/${name}/main.rs` });
    }
  }
  return bins;
}

/** The features that are on: the default ones, those asked for, and all that these turn on. */
function enabledFeatures(features: Table, asked: readonly string[]): Set<string> {
  const enabled = new Set<string>();
  const waiting = ["default", ...asked.flatMap((text) => text.split(/[\s,]+/))];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === "" || enabled.has(next)) continue;
    enabled.add(next);
    waiting.push(...strings(features[next]));
  }
  return enabled;
}
