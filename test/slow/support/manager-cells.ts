import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { forget, type Home, manage, openHome } from "./manager-home.ts";
import { type Kind, ownCpu, placeOf, type Subject } from "./manager-subjects.ts";
import type { Manager } from "./managers.ts";
import { launchAlone } from "./processes.ts";
import { run } from "./run.ts";

/** What was found out, by question. Every answer is a word or two, so that a table of them can be read. */
export type Answers = Readonly<Record<string, string>>;

/** Everything that this suite asks of one manager and one package. */
export async function ask(
  manager: Manager,
  subject: Subject,
  kind: Kind,
  url: string,
  folder: string,
): Promise<Answers> {
  const home = openHome(manager, url, folder);
  await manage(home, manager.add(`${subject.name}@${subject.version}`));
  const first = {
    installed: await installedPlatforms(home),
    "in lock file": lockedPlatforms(home, subject),
    ...(kind === "executable" ? await askExecutable(home) : await askAddon(home, subject)),
  };
  await forget(home);
  await manage(home, manager.frozen);
  const again = { reinstalled: `${await installedPlatforms(home)}, ${await works(home, subject)}` };
  const left = await askLeftOut(home, subject);
  const lacking = await askLacking(home, subject);
  await forget(home);
  await manage(home, manager.frozen);
  await rm(join(home.project, manager.lock));
  await manage(home, manager.install);
  const relocked = lockedPlatforms(home, subject);
  return { ...first, ...again, ...left, ...lacking, "lock file anew": relocked };
}

/** Folders of all packages below the project that say for which system they are, wherever the manager puts them. */
async function platformFolders({ project }: Home): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(project, { recursive: true, withFileTypes: true })) {
    if (entry.name !== "package.json" || !entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    const manifest = JSON.parse(text) as Partial<Parameters<typeof placeOf>[0]>;
    const { name, version, os, cpu, libc } = manifest;
    if (!name || !version || !os || !cpu) continue;
    found.set(entry.parentPath, placeOf({ name, version, os, cpu, ...(libc ? { libc } : {}) }));
  }
  return found;
}

/** `glibc`, `glibc and musl`: only the libcs, as long as all are for this machine. */
async function installedPlatforms(home: Home): Promise<string> {
  const places = [...new Set((await platformFolders(home)).values())].sort();
  return (
    places.map((place) => place.replace(`linux-${ownCpu}-`, "")).join(" and ") || "no platform"
  );
}

function lockedPlatforms({ project, manager }: Home, { platforms }: Subject): string {
  const text = readFileSync(join(project, manager.lock), "utf8");
  const found = platforms.filter((platform) => manager.entry(platform).test(text));
  return `${found.length} of ${platforms.length}`;
}

/** Node's arguments for a file of an installed package. With PnP nothing is found without its hook. */
function nodeFlags({ project }: Home): string[] {
  const hook = join(project, ".pnp.cjs");
  return existsSync(hook) ? ["--require", hook] : [];
}

/** The command as it lies in the path of a script; with PnP it lies nowhere, and Yarn tells which file it is. */
async function commandLine(home: Home): Promise<string[]> {
  const flags = nodeFlags(home);
  if (flags.length === 0) return [join(home.project, "node_modules/.bin/tool")];
  return ["node", ...flags, (await manage(home, ["bin", "tool"])).trim()];
}

async function askExecutable(home: Home): Promise<Answers> {
  const command = await commandLine(home);
  const shell = async (script: string, kill?: NodeJS.Signals): Promise<string> => {
    const { env, project } = home;
    const ended = await launchAlone([...command, "-c", script], { cwd: project, env }, kill);
    const end = `${ended.signal ?? ended.code}${ended.orphan ? ", and an orphan" : ""}`;
    return [
      ...ended.output.split("\n").filter((line) => line !== "" && line !== "ready"),
      end,
    ].join(", ");
  };
  const waits = "echo ready; read line";
  const { code } = await run(home.manager.called, [...home.manager.exec("tool"), "-c", "exit 3"], {
    cwd: home.project,
    env: home.env,
  });
  return {
    "exit 3": await shell("exit 3"),
    "exit 3, its runner": String(code),
    "SIGTERM, caught": await shell(`trap 'echo caught; exit 7' TERM; ${waits}`, "SIGTERM"),
    SIGTERM: await shell(waits, "SIGTERM"),
    SIGSEGV: await shell("kill -SEGV $$"),
  };
}

/** The check value of CRC-32: 0xcbf43926. */
const checked = "3421780262";

/** What loads the addon, by both ways of loading a module. */
const scripts = (name: string) => ({
  require: ["ask.cjs", `console.log(require("${name}").crc32("123456789"))`],
  import: ["ask.mjs", `import addon from "${name}"; console.log(addon.crc32("123456789"))`],
});

async function askAddon(home: Home, { name }: Subject): Promise<Answers> {
  const answers: Record<string, string> = {};
  for (const [way, [file = "", text = ""]] of Object.entries(scripts(name))) {
    writeFileSync(join(home.project, file), text);
    answers[way] = await evaluate(home, [...(home.manager.node ?? ["node"]), file]);
    const own = { bun: ["bun", "run", file], deno: ["deno", "run", "-A", file] } as const;
    const { called } = home.manager;
    if (called === "bun" || called === "deno") {
      answers[`${way}, its runtime`] = await evaluate(home, own[called]);
    }
  }
  return answers;
}

async function evaluate({ project, env }: Home, [command = "", ...args]: readonly string[]) {
  const { output } = await run(command, args, { cwd: project, env });
  return output.trim() === checked ? "works" : output.trim();
}

async function works(home: Home, subject: Subject): Promise<string> {
  const { output } = await use(home, subject);
  return output.trim() === checked ? "works" : output.trim();
}

/** Runs the command, or loads the addon. */
async function use(
  home: Home,
  { name }: Subject,
): Promise<{ code: number | null; output: string }> {
  const { env, project } = home;
  const isAddon = name.endsWith("crc32");
  const [command = "", ...args] = isAddon
    ? ["node", ...nodeFlags(home), "-e", scripts(name).require[1] ?? ""]
    : [...(await commandLine(home)), "-c", `echo ${checked}`];
  return run(command, args, { cwd: project, env });
}

/** What people see whose platform package was left out, and whether the command that they are told mends it. */
async function askLeftOut(home: Home, subject: Subject): Promise<Answers> {
  const { manager } = home;
  if (manager.withoutOptional === null) {
    const folders = [...(await platformFolders(home)).keys()];
    for (const folder of folders) await rm(folder, { recursive: true });
  } else {
    await forget(home);
    await manage(home, manager.withoutOptional);
  }
  const cause = /left out, as by --omit=optional\. Run in (.+?): (.+)$/;
  return follow(home, subject, "optional left out", cause);
}

/** The same for a lock file that was written where the platform package was not to be had; the lock file is the old one afterwards. */
async function askLacking(home: Home, subject: Subject): Promise<Answers> {
  const { manager, project } = home;
  if (manager.lacking === undefined) return {};
  const file = join(project, manager.lock);
  const whole = readFileSync(file, "utf8");
  const own = subject.platforms.filter(({ place }) => place.startsWith(`linux-${ownCpu}-`));
  writeFileSync(file, manager.lacking(whole, own));
  const names = subject.platforms.length - own.length;
  if (lockedPlatforms(home, subject) !== `${names} of ${subject.platforms.length}`) {
    throw new Error(`${manager.lock} still holds ${lockedPlatforms(home, subject)}`);
  }
  await forget(home);
  await manage(home, manager.install);
  const found = await installedPlatforms(home);
  const answers =
    found === "no platform"
      ? await follow(
          home,
          subject,
          "lock file without it",
          / does not list it\. Run(?: in (.+?))?: (.+)$/,
        )
      : { "lock file without it": `by itself: ${found}, ${await works(home, subject)}` };
  writeFileSync(file, whole);
  return answers;
}

/** Holds the message against what it must say, and does what it says. */
async function follow(
  home: Home,
  subject: Subject,
  question: string,
  cause: RegExp,
): Promise<Answers> {
  const { code, output } = await use(home, subject);
  const right = subject.platforms.find(({ place }) => place === `linux-${ownCpu}-glibc`)?.folder;
  const start = /(?:^tool|Error): (\S+) is not installed: (.+)$/m.exec(output);
  const told = cause.exec(start?.[2] ?? "");
  if (code !== 1 || start?.[1] !== right || told === null) {
    return { [question]: `${code}: ${output}` };
  }
  const [, folder = home.project, advice = ""] = told;
  const mended = await run("sh", ["-c", advice], { cwd: folder, env: home.env });
  const after =
    mended.code === 0
      ? `${await installedPlatforms(home)}, ${await works(home, subject)}`
      : mended.output;
  return { [question]: `${advice.replaceAll(subject.name, "NAME")}: ${after}` };
}
