import { string, strings, type Table, table } from "./toml.ts";

/** The field `napi` of package.json, in the spelling of napi-rs 3 or 2. */
export interface NapiSettings {
  /** Base name of the `.node` files: `binaryName`, formerly `name`. */
  readonly binaryName: string | null;
  /** What platform packages are called before their suffix, where that is not the package's own name. */
  readonly packageName: string | null;
  /** Rust triples: `targets`, formerly `triples`, whose defaults are told by nothing. */
  readonly targets: readonly string[] | null;
}

/** What napi-rs 2 builds for where `triples` does not switch it off. */
const formerDefaults = [
  "x86_64-apple-darwin",
  "x86_64-pc-windows-msvc",
  "x86_64-unknown-linux-gnu",
];

export function readNapiSettings(napi: Table): NapiSettings {
  const triples = table(napi.triples);
  const former = [
    ...(triples.defaults === false ? [] : formerDefaults),
    ...strings(triples.additional),
  ];
  const targets = [
    ...new Set([...strings(napi.targets), ...(napi.triples === undefined ? [] : former)]),
  ];
  return {
    binaryName: string(napi.binaryName) ?? string(napi.name),
    packageName: string(napi.packageName) ?? string(table(napi.package).name),
    targets: targets.length === 0 ? null : targets,
  };
}
