import { parse, stringify } from "yaml";
import type { Platform } from "./manager-subjects.ts";

/** A package manager with its settings, and how it spells what is asked of all of them. */
export interface Manager {
  /** How the tests and the table call it. */
  readonly name: string;
  /** Its file among the components. */
  readonly file: string;
  /** What people type. */
  readonly called: "npm" | "pnpm" | "yarn" | "bun" | "deno";
  /** Files of a project that wants this registry and takes packages that are a minute old. */
  readonly files: (url: string) => Readonly<Record<string, string>>;
  readonly add: (specification: string) => readonly string[];
  /** Installs what the lock file says, and fails where it would have to change it. */
  readonly frozen: readonly string[];
  /** Installs, and writes the lock file if there is none. */
  readonly install: readonly string[];
  /** Installs anew without optional dependencies; `null`: it has no such option. */
  readonly withoutOptional: readonly string[] | null;
  /** Runs a command of an installed package. */
  readonly exec: (command: string) => readonly string[];
  /** What runs a module so that it finds packages, where that is not `node` alone. */
  readonly node?: readonly string[];
  readonly lock: string;
  /** Matches the lock file's own entry for a platform package; being named by the main package's entry is not enough. */
  readonly entry: (platform: Platform) => RegExp;
  /** The lock file without any entry for these platform packages, as one that was written where they were not to be had; not given where a manager never writes such. */
  readonly lacking?: (lock: string, platforms: readonly Platform[]) => string;
  /** What holds the installed packages, besides node_modules. */
  readonly state?: readonly string[];
}

const npmrc = (url: string) => ({ ".npmrc": `registry=${url}\n` });
const quiet = ["--no-audit", "--no-fund"];

const npm = {
  called: "npm",
  files: npmrc,
  add: (specification: string) => ["install", ...quiet, specification],
  frozen: ["ci", ...quiet],
  install: ["install", ...quiet],
  withoutOptional: ["ci", ...quiet, "--omit=optional"],
  exec: (command: string) => ["exec", "--no", "--", command],
  lock: "package-lock.json",
  entry: ({ folder }: Platform) => literal(`"node_modules/${folder}": {`),
  lacking: (lock: string, platforms: readonly Platform[]) => {
    const { packages, ...rest } = JSON.parse(lock) as { packages: Record<string, unknown> };
    for (const { folder } of platforms) delete packages[`node_modules/${folder}`];
    return JSON.stringify({ ...rest, packages }, null, 2);
  },
} as const;

const pnpm = {
  called: "pnpm",
  files: (url: string) => ({ ...npmrc(url), "pnpm-workspace.yaml": "minimumReleaseAge: 0\n" }),
  add: (specification: string) => ["add", specification],
  frozen: ["install", "--frozen-lockfile"],
  install: ["install"],
  withoutOptional: ["install", "--frozen-lockfile", "--no-optional"],
  exec: (command: string) => ["exec", command],
  lock: "pnpm-lock.yaml",
  entry: ({ name, version }: Platform) =>
    new RegExp(`^ {2}'?${escaped(`${name}@${version}`)}'?:\\n {4}resolution:`, "m"),
  lacking: (lock: string, platforms: readonly Platform[]) => {
    const document = parse(lock) as PnpmLock;
    for (const { folder, name, version } of platforms) {
      delete document.packages[`${name}@${version}`];
      delete document.snapshots[`${name}@${version}`];
      for (const { optionalDependencies } of Object.values(document.snapshots)) {
        delete optionalDependencies?.[folder];
      }
    }
    return stringify(document, { singleQuote: true });
  },
} as const;

interface PnpmLock {
  readonly packages: Record<string, unknown>;
  readonly snapshots: Record<string, { readonly optionalDependencies?: Record<string, string> }>;
}

const yarn4 = {
  file: "yarn4",
  called: "yarn",
  add: (specification: string) => ["add", specification],
  frozen: ["install", "--immutable"],
  install: ["install"],
  withoutOptional: null,
  exec: (command: string) => ["run", command],
  lock: "yarn.lock",
  entry: ({ folder }: Platform) => new RegExp(`^"${escaped(folder)}@npm:.*:$`, "m"),
} as const;

const yarn4Files = (linker: string) => (url: string) => ({
  ".yarnrc.yml": [
    `npmRegistryServer: "${url}"`,
    'unsafeHttpWhitelist: ["127.0.0.1"]',
    "npmMinimalAgeGate: 0",
    `nodeLinker: ${linker}`,
    "enableTelemetry: false",
    "pnpEnableEsmLoader: true",
    "",
  ].join("\n"),
  "yarn.lock": "",
});

export const managers: readonly Manager[] = [
  { ...npm, name: "npm 10", file: "npm10" },
  { ...npm, name: "npm 11", file: "npm11" },
  { ...npm, name: "npm 12", file: "npm12" },
  { ...pnpm, name: "pnpm 10", file: "pnpm10" },
  { ...pnpm, name: "pnpm 12", file: "pnpm12" },
  {
    name: "Yarn 1",
    file: "yarn1",
    called: "yarn",
    files: npmrc,
    add: (specification) => ["add", specification],
    frozen: ["install", "--frozen-lockfile"],
    install: ["install"],
    withoutOptional: ["install", "--frozen-lockfile", "--ignore-optional"],
    exec: (command) => ["--silent", "run", command],
    lock: "yarn.lock",
    entry: ({ folder }) => new RegExp(`^"?${escaped(folder)}@.*:$`, "m"),
  },
  { ...yarn4, name: "Yarn 4", files: yarn4Files("node-modules") },
  {
    ...yarn4,
    name: "Yarn 4 PnP",
    files: yarn4Files("pnp"),
    node: ["yarn", "node"],
    state: [".pnp.cjs", ".pnp.loader.mjs", ".yarn"],
  },
  {
    name: "Bun",
    file: "bun",
    called: "bun",
    files: (url) => ({ "bunfig.toml": `[install]\nregistry = "${url}"\nminimumReleaseAge = 0\n` }),
    add: (specification) => ["add", specification],
    frozen: ["install", "--frozen-lockfile"],
    install: ["install"],
    withoutOptional: ["install", "--frozen-lockfile", "--omit=optional"],
    exec: (command) => ["run", command],
    lock: "bun.lock",
    entry: ({ folder }) => new RegExp(`^ +"${escaped(folder)}": \\[`, "m"),
    lacking: (lock, platforms) =>
      platforms.reduce(
        (text, { folder }) => text.replace(new RegExp(`^ +"${escaped(folder)}": \\[.*\n`, "m"), ""),
        lock,
      ),
  },
  {
    name: "Deno",
    file: "deno",
    called: "deno",
    files: (url) => ({
      ...npmrc(url),
      "deno.json": '{"nodeModulesDir":"auto","minimumDependencyAge":0}\n',
    }),
    add: (specification) => ["add", `npm:${specification}`],
    frozen: ["ci"],
    install: ["install"],
    withoutOptional: null,
    exec: (command) => ["task", "--eval", command],
    lock: "deno.lock",
    entry: ({ name, version }) => literal(`"${name}@${version}": {`),
  },
];

function literal(text: string): RegExp {
  return new RegExp(escaped(text));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
