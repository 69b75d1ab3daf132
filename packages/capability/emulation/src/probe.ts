import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { probeProgram, provableArchitectures, provenCode } from "@multiarch/host";
import { type RunResult, runProcess } from "@multiarch/process";
import { options, type Privilege } from "./privilege.ts";
import type { Guest, Surroundings } from "./types.ts";

/** Milliseconds: a program of three instructions takes twenty, on a machine under load a second. */
const limit = 20_000;

/** A folder with the smallest program of each guest, to be executed in several ways. Each answer is null, or why not. */
export interface Prober {
  /** As any program is started. */
  direct(guest: Guest): Promise<string | null>;
  /** With the folder as the root of its file system, as in a container: no library and no loader is there. */
  enclosed(guest: Guest, privilege: Privilege | null): Promise<string | null>;
  /** Given to an emulator, which need not be registered. */
  through(emulator: string, guest: Guest): Promise<string | null>;
  close(): Promise<void>;
}

/** @throws UserError MA463 when not even a program of this very machine can be executed there */
export async function openProber(
  surroundings: Surroundings,
  guests: readonly Guest[],
): Promise<Prober> {
  const { machineArch, temporaryFolder } = surroundings;
  const control = provableArchitectures.find((arch) => arch === machineArch);
  const folder = await mkdtemp(join(temporaryFolder, "multiarch-probe-"));
  const close = () => rm(folder, { recursive: true, force: true });
  const probe = async (command: string, args: readonly string[]): Promise<string | null> => {
    const all = { ...options(surroundings), timeoutMs: limit, proven: true };
    return verdict(await runProcess(command, args, all), folder);
  };
  try {
    // Others than the owner enter it too: root of another user namespace is nobody here.
    await chmod(folder, 0o755);
    for (const arch of new Set([
      ...guests.map((guest) => guest.arch),
      ...(control ? [control] : []),
    ])) {
      await writeFile(join(folder, arch), probeProgram(arch), { mode: 0o755 });
      await chmod(join(folder, arch), 0o755);
    }
    const why = control === undefined ? null : await probe(join(folder, control), []);
    if (why !== null) {
      throw new UserError("MA463", {
        what: "a program for this very machine does not run",
        found: why,
        where: folder,
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    // This machine's own was executed above.
    direct: async ({ arch }) =>
      arch === control ? null : probe(join(folder, arch), []).catch(reasonOf),
    enclosed({ arch }, privilege) {
      const chroot = ["chroot", folder, `/${arch}`];
      if (privilege === "own") return probe("chroot", chroot.slice(1));
      if (privilege === "sudo") return probe("sudo", ["-n", "--", ...chroot]);
      return probe("unshare", ["-Ur", ...chroot]);
    },
    through: (emulator, { arch }) => probe(emulator, [join(folder, arch)]).catch(reasonOf),
    close,
  };
}

/** A file that cannot be started at all is an answer here, no failure of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.details.found ?? error.details.what;
  throw error;
}

/** Only this code is a proof: what the kernel refuses is given to a shell, which ends with codes of its own. */
function verdict(result: RunResult, folder: string): string | null {
  const { code, signal, timedOut, stderr } = result;
  if (code === provenCode) return null;
  if (timedOut) return `did not end within ${limit / 1000} s`;
  if (signal !== null) return `killed by ${signal}`;
  // What a shell, sudo and chroot make of a signal.
  if (code !== null && code > 128 && code < 160) return `killed by signal ${code - 128}`;
  const said = stderr.trim().split("\n").at(-1)?.replaceAll(`${folder}/`, "") ?? "";
  // The shell's attempt to read machine code as text.
  if (/format error|syntax error|not found|unexpected|cannot execute/i.test(said) || said === "") {
    return `exec format error: the kernel hands it to no emulator${said === "" ? "" : ` (${said.slice(0, 120)})`}`;
  }
  return said.slice(0, 200);
}
