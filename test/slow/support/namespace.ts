import { spawn } from "node:child_process";
import { once } from "node:events";
import { readlinkSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Ran, run, succeed } from "./run.ts";

/** A user namespace with a mount namespace: root inside, with a table of interpreters and a /run of its own. Linux. */
export interface Namespace {
  /** What has to be put before a command to run it inside; the command keeps its process number and its parent. */
  readonly prefix: readonly [string, ...string[]];
  run(
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string | undefined>>,
  ): Promise<Ran>;
  /** Runs lines of shell; anything but success throws. */
  shell(script: string): Promise<string>;
  /** The kernel's table: every name, and the content of every entry. */
  table(): Promise<string>;
  close(): void;
}

const folder = "/proc/sys/fs/binfmt_misc";

/**
 * @param setUp lines of shell that run first, inside; the table is mounted only if they do it
 * @param users `all` are those outside too, which only root can do; else there is only root inside
 */
export async function openNamespace(
  setUp: string,
  users: "root" | "all" = "root",
): Promise<Namespace> {
  const script = `mount -t tmpfs -o mode=755 none /run && ${setUp} && echo ready && exec sleep 100000`;
  // With all users it waits for a line, until they are there.
  const lines =
    users === "all"
      ? `read line && exec setpriv --reuid=0 --regid=0 --clear-groups sh -c "$0"`
      : script;
  const holder = spawn("unshare", [users === "all" ? "-Um" : "-Urm", "sh", "-c", lines, script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (users === "all") await mapUsers(holder.pid ?? 0);
  holder.stdin.write("\n");
  const first: unknown[] = await Promise.race([once(holder.stdout, "data"), once(holder, "exit")]);
  if (!String(first[0]).startsWith("ready")) throw new Error("no namespace can be made here");
  const prefix = ["nsenter", "-t", String(holder.pid), "-U", "-m", "--"] as const;
  const inside = (command: string, args: readonly string[]): [string, string[]] => [
    prefix[0],
    [...prefix.slice(1), command, ...args],
  ];
  return {
    prefix: [...prefix],
    run: (command, args, env = {}) => run(...inside(command, args), { cwd: "/", env }),
    shell: (lines) => succeed(...inside("sh", ["-c", lines]), { cwd: "/" }),
    table: () =>
      succeed(
        ...inside("sh", [
          "-c",
          `cd ${folder} && for name in *; do echo "== $name"; test "$name" = register || cat "$name"; done`,
        ]),
        { cwd: "/" },
      ),
    close: () => holder.kill("SIGKILL"),
  };
}

/** Every user inside is the same outside, once the namespace is there. */
async function mapUsers(pid: number): Promise<void> {
  const own = readlinkSync("/proc/self/ns/user");
  while (readlinkSync(`/proc/${pid}/ns/user`) === own) await sleep(5);
  for (const map of ["uid_map", "gid_map"]) writeFileSync(`/proc/${pid}/${map}`, "0 0 65536\n");
}

export const mountTable = `mount -t binfmt_misc binfmt_misc ${folder}`;

/** Registers an emulator as distributions do, under a name that is not ours; `off` disables it. */
export function foreignEntry(emulator: string, state: "on" | "off"): string {
  const magic = `\\x7fELF\\x02\\x01\\x01${"\\x00".repeat(9)}\\x02\\x00\\xb7\\x00`;
  const mask = `${"\\xff".repeat(7)}\\x00${"\\xff".repeat(8)}\\xfe${"\\xff".repeat(3)}`;
  const line = `:qemu-aarch64:M:0:${magic}:${mask}:${emulator}:POF`;
  const off = state === "off" ? ` && echo 0 > ${folder}/qemu-aarch64` : "";
  return `printf '%s' '${line}' > ${folder}/register${off}`;
}
