import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { component, full } from "./components.ts";
import { freshUser } from "./registry.ts";
import { succeed } from "./run.ts";

interface Client {
  readonly name: string;
  /** Files that tell the client where the registry is, and that packages may be a minute old. */
  readonly files: (url: string) => Record<string, string>;
  readonly args: (specification: string) => readonly string[];
}

const npmrc = (url: string) => ({ ".npmrc": `registry=${url}\n` });
const pnpmFiles = (url: string) => ({
  ...npmrc(url),
  "pnpm-workspace.yaml": "minimumReleaseAge: 0\n",
});
const npmArguments = (specification: string) => [
  "install",
  "--no-audit",
  "--no-fund",
  specification,
];
const add = (specification: string) => ["add", specification];

const clients: readonly Client[] = [
  { name: "npm11", files: npmrc, args: npmArguments },
  { name: "npm10", files: npmrc, args: npmArguments },
  { name: "npm12", files: npmrc, args: npmArguments },
  { name: "pnpm10", files: pnpmFiles, args: add },
  { name: "pnpm12", files: pnpmFiles, args: add },
  { name: "yarn1", files: npmrc, args: add },
  {
    name: "yarn4",
    files: (url) => ({
      ".yarnrc.yml": [
        `npmRegistryServer: "${url}"`,
        'unsafeHttpWhitelist: ["127.0.0.1"]',
        "npmMinimalAgeGate: 0",
        "nodeLinker: node-modules",
        "enableTelemetry: false",
        "",
      ].join("\n"),
      "yarn.lock": "",
    }),
    args: add,
  },
  {
    name: "bun",
    files: (url) => ({ "bunfig.toml": `[install]\nregistry = "${url}"\nminimumReleaseAge = 0\n` }),
    args: add,
  },
  {
    name: "deno",
    files: (url) => ({ ...npmrc(url), "deno.json": '{"nodeModulesDir":"auto"}\n' }),
    args: (specification) => ["install", "--minimum-dependency-age=0", `npm:${specification}`],
  },
];

/** All of them in the whole suite, npm alone in its core. */
export const clientNames = clients.map(({ name }) => name).slice(0, full ? undefined : 1);

/**
 * Installs a package from a registry into a folder that knows nothing yet.
 * @returns the folder of its commands
 */
export async function installWith(
  name: string,
  specification: string,
  url: string,
  folder: string,
): Promise<{ bin: string; env: Record<string, string | undefined> }> {
  const client = clients.find((one) => one.name === name);
  if (client === undefined) throw new Error(`no client is called ${name}`);
  const home = join(folder, "home");
  const project = join(folder, "project");
  for (const made of [home, project]) mkdirSync(made, { recursive: true });
  const files = { "package.json": '{"private":true}\n', ...client.files(url) };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  const env = freshUser(home);
  const command = join(component("get-package-managers.sh", "pm"), "bin", name);
  await succeed(command, client.args(specification), { cwd: project, env });
  return { bin: join(project, "node_modules/.bin"), env };
}
