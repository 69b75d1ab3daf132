import { spawn } from "node:child_process";
import { once } from "node:events";
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

/** @param setUp lines of shell that run first, inside; the table is mounted only if they do it */
export async function openNamespace(setUp: string): Promise<Namespace> {
  const script = `mount -t tmpfs none /run && ${setUp} && echo ready && exec sleep 100000`;
  const holder = spawn("unshare", ["-Urm", "sh", "-c", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
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

export const mountTable = `mount -t binfmt_misc binfmt_misc ${folder}`;

/** Registers an emulator as distributions do, under a name that is not ours; `off` disables it. */
export function foreignEntry(emulator: string, state: "on" | "off"): string {
  const magic = `\\x7fELF\\x02\\x01\\x01${"\\x00".repeat(9)}\\x02\\x00\\xb7\\x00`;
  const mask = `${"\\xff".repeat(7)}\\x00${"\\xff".repeat(8)}\\xfe${"\\xff".repeat(3)}`;
  const line = `:qemu-aarch64:M:0:${magic}:${mask}:${emulator}:POF`;
  const off = state === "off" ? ` && echo 0 > ${folder}/qemu-aarch64` : "";
  return `printf '%s' '${line}' > ${folder}/register${off}`;
}
