import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ArtifactService } from "../../services/artifact-service.ts";
import { component, root } from "./components.ts";
import { type Ran, run, succeed } from "./run.ts";

/** A repository that holds a Go program and our actions as `./…`, with one commit, as act wants it. */
export async function makeRepository(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of ["action.yml", "dist", "matrix", "build", "merge", "detect", "gate"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  for (const name of ["go.mod", "main.go", "version.go", "LICENSE", "README.md"]) {
    cpSync(join(root, "examples/hello-go", name), join(folder, name));
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const git = (...args: string[]) =>
    succeed("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
      cwd: folder,
    });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message=program and actions");
}

/** What happened to the repository. */
export interface Happening {
  readonly event: string;
  /** The payload, as GitHub sends it. */
  readonly payload?: object;
}

/** Runs the workflows of a repository for an event under act on this machine, against our own artifact service. */
export async function runAct(
  folder: string,
  service: ArtifactService,
  node: string,
  { event, payload }: Happening = { event: "push" },
): Promise<Ran> {
  const act = join(component("get-act.sh", "bin"), "act");
  const home = join(folder, "..", "home");
  mkdirSync(home, { recursive: true });
  const passed = Object.entries(service.environment()).flatMap(([name, value]) => [
    "--env",
    `${name}=${value}`,
  ]);
  const platforms = ["ubuntu-24.04", "ubuntu-24.04-arm", "macos-26", "windows-2025"].flatMap(
    (label) => ["-P", `${label}=-self-hosted`],
  );
  const addresses = ["--artifact-server-addr", "127.0.0.1", "--cache-server-addr", "127.0.0.1"];
  const file = join(home, "event.json");
  if (payload !== undefined) writeFileSync(file, JSON.stringify(payload));
  const happened = payload === undefined ? [] : ["--eventpath", file];
  return run(act, [event, ...happened, ...platforms, ...addresses, ...passed], {
    cwd: folder,
    env: { HOME: home, PATH: `${dirname(node)}:${process.env.PATH}` },
  });
}
