import { randomBytes } from "node:crypto";
import { UserError } from "@multiarch/diagnostics";
import { versionOf } from "./examine.ts";
import { findEmulators, type Wanted } from "./find-emulators.ts";
import { guests } from "./guests.ts";
import type { Lease } from "./lease.ts";
import { writeLease } from "./lease-folder.ts";
import { mayBeNative } from "./native.ts";
import { openProber, type Prober } from "./probe.ts";
import { jobOf, markOf } from "./processes.ts";
import { enroll } from "./register.ts";
import { openWorkplace, release } from "./release.ts";
import type { Workplace } from "./sweep.ts";
import type { Emulator, Guest, Surroundings } from "./types.ts";
import { compareVersions, knownGood } from "./versions.ts";

export interface Request extends Wanted {
  /** Every platform of this machine's sources is wanted, not these in particular: what has no emulator is reported, not an error. */
  readonly all: boolean;
  /** The emulators stay after the job. */
  readonly keep: boolean;
  /** The process that ends when the job does: what starts this step. */
  readonly parent: number;
  /** Told the lease's id before anything is changed, so that the post step knows it whatever happens to this one. */
  readonly onLease: (id: string) => void;
}

export interface Prepared {
  /** `native`: nothing was needed. `binfmt`: registered by us. `present`: somebody else's emulators, which we may not change. */
  readonly strategy: "native" | "binfmt" | "present";
  /** Guests whose programs were executed, those of this machine included. */
  readonly guests: readonly Guest[];
  readonly missing: readonly Guest[];
  readonly emulators: readonly Emulator[];
}

/**
 * Makes the kernel execute programs for the guests, and proves it by executing one of each, alone and in a root of its own.
 * What fails after something was registered takes it back before it is reported.
 * @throws UserError MA452 to MA465
 */
export async function prepareEmulation(
  request: Request,
  surroundings: Surroundings,
): Promise<Prepared> {
  const { log, machineArch } = surroundings;
  // This machine's own platforms are part of the answer, whoever asks for what.
  const own = guests.filter((guest) => mayBeNative(machineArch, guest));
  const asked = [...new Set([...own, ...request.guests])];
  const prober = await openProber(surroundings, asked);
  try {
    const native = await running(own, prober);
    for (const guest of native.filter((one) => request.guests.includes(one))) {
      log.info(`${guest.arch}: this machine runs it by itself`);
    }
    const foreign = request.guests.filter((guest) => !native.includes(guest));
    if (foreign.length === 0) {
      return { strategy: "native", guests: native, missing: [], emulators: [] };
    }
    const workplace = await openWorkplace(surroundings);
    if (workplace.privilege === null) {
      const already = await running(foreign, prober);
      const present = await usePresent(request, foreign, already, prober);
      return { ...present, guests: [...native, ...already] };
    }
    const found = await findEmulators({ ...request, guests: foreign }, surroundings, prober);
    explain(found, request, workplace);
    if (found.emulators.length === 0) {
      return { strategy: "native", guests: native, missing: found.missing, emulators: [] };
    }
    const emulators = await registered(found.emulators, request, workplace, prober);
    const proven = foreign.filter((guest) => !found.missing.includes(guest));
    return {
      strategy: "binfmt",
      guests: [...native, ...proven],
      missing: found.missing,
      emulators,
    };
  } finally {
    await prober.close();
  }
}

/** Those whose programs run as things are. */
async function running(some: readonly Guest[], prober: Prober): Promise<readonly Guest[]> {
  const refusals = await Promise.all(some.map((guest) => prober.direct(guest)));
  return some.filter((_guest, index) => refusals[index] === null);
}

/** Without privilege what others registered has to do: then all of it, and in a root of its own too where that can be tried. */
async function usePresent(
  { all }: Request,
  foreign: readonly Guest[],
  already: readonly Guest[],
  prober: Prober,
): Promise<Pick<Prepared, "strategy" | "missing" | "emulators">> {
  const missing = foreign.filter((guest) => !already.includes(guest));
  if (already.length === 0 || (missing.length > 0 && !all)) {
    throw new UserError("MA452", {
      what: `emulators for ${missing.map(({ arch }) => arch).join(", ")} cannot be registered`,
      expected: "root, or sudo that asks for no password",
      found: "neither",
    });
  }
  for (const guest of already) {
    const why = await prober.enclosed(guest, null).catch(cannotTell);
    // Namespaces of one's own may be forbidden; that says nothing about the emulator.
    if (why === null || /unshare|Operation not permitted/.test(why)) continue;
    throw new UserError("MA456", {
      what: `programs for ${guest.arch} run here, but not in containers`,
      found: why,
      fix: "let the host's administrator register the emulator with the flag F",
    });
  }
  return { strategy: "present", missing, emulators: [] };
}

function cannotTell(error: unknown): null {
  if (error instanceof UserError && error.id === "MA380") return null;
  throw error;
}

function explain(
  { emulators, missing, why }: Awaited<ReturnType<typeof findEmulators>>,
  request: Request,
  { surroundings: { log } }: Workplace,
): void {
  for (const { guest, version, source } of emulators) {
    log.info(`${guest.arch}: QEMU ${version} (${source})`);
  }
  const old = emulators.filter(({ version }) => compareVersions(version, knownGood) < 0);
  if (old.length > 0 && request.version === null) {
    const named = old.map(({ guest, version }) => `${guest.arch} ${version}`).join(", ");
    log.warning(
      `QEMU is older than ${knownGood} (${named}): it may be several times slower, and crash on some programs`,
    );
  }
  if (missing.length === 0) return;
  const names = missing.map(({ arch }) => arch).join(", ");
  if (request.all && emulators.length > 0) {
    log.warning(`no emulator for ${names}: ${why.join("; ")}`);
    return;
  }
  throw new UserError("MA458", {
    what: `there is no emulator for ${names}`,
    ...(request.version === null ? {} : { expected: `QEMU ${request.version}` }),
    found: why.length === 0 ? "none on this machine, none fetched" : why.join("; "),
  });
}

async function registered(
  emulators: readonly Emulator[],
  request: Request,
  workplace: Workplace,
  prober: Prober,
): Promise<readonly Emulator[]> {
  const id = randomBytes(12).toString("hex");
  request.onLease(id);
  try {
    const { lease, present } = await enroll(
      newLease(id, request, workplace),
      emulators,
      request,
      workplace,
    );
    const used = await Promise.all(emulators.map((one) => inUse(one, present, workplace)));
    await prove(used, workplace, prober);
    await writeLease(workplace.folder, { ...lease, phase: request.keep ? "kept" : "ready" });
    return used;
  } catch (error) {
    // What led here is the error to report; the post step and later runs try again to take back what stays.
    await release(id, workplace).catch((second: unknown) =>
      workplace.surroundings.log.warning(`not everything could be taken back: ${String(second)}`),
    );
    throw error;
  }
}

/** What stands behind the entry: where another job was first, that is its emulator and not the one that was found. */
async function inUse(
  emulator: Emulator,
  present: ReadonlyMap<string, string>,
  { surroundings }: Workplace,
): Promise<Emulator> {
  const path = present.get(emulator.guest.entry);
  if (path === undefined || path === emulator.path) return emulator;
  const version = (await versionOf(path, surroundings)) ?? "unknown";
  return { ...emulator, path, version, sha256: null, source: "registered already" };
}

function newLease(
  id: string,
  { parent }: Request,
  { place, surroundings, table }: Workplace,
): Lease {
  const { proc, now } = surroundings;
  const step = markOf(proc, process.pid) ?? { pid: process.pid, start: "" };
  return {
    schema: "multiarch.emulation/1",
    id,
    phase: "preparing",
    place,
    table: table.identity(),
    mounted: false,
    step,
    job: jobOf(proc, parent) ?? step,
    entries: [],
    created: now(),
  };
}

/** Programs are executed as users and containers will. */
async function prove(
  emulators: readonly Emulator[],
  { privilege, table }: Workplace,
  prober: Prober,
): Promise<void> {
  await Promise.all(
    emulators.map(async ({ guest, path, version }) => {
      const alone = await prober.direct(guest);
      const why = alone ?? (await prober.enclosed(guest, privilege));
      if (why === null) return;
      throw new UserError("MA456", {
        what: `programs for ${guest.arch} do not run${alone === null ? " in a root of their own, as in a container" : ""}`,
        expected: "exit code 42 of our probe",
        found: why,
        where: `${guest.entry} in ${table.folder}, QEMU ${version} at ${path}`,
      });
    }),
  );
}
