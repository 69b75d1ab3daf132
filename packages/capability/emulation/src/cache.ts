import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { errorCode, readText } from "./files.ts";
import type { Emulator, Guest, Surroundings } from "./types.ts";
import { compareVersions, fitsVersion } from "./versions.ts";

/** An emulator in the tool cache. */
interface Kept {
  readonly folder: string;
  readonly version: string;
  readonly sha256: string;
}

const place = ({ toolCache }: Surroundings): string => join(toolCache, "qemu");

/** `qemu-aarch64-10.0.13-x64-<sha256>`: what it is, for which machine, and the hash of its bytes. */
function parseName(name: string, guest: Guest, host: string): Omit<Kept, "folder"> | null {
  const match = /^(qemu-[a-z0-9_]+)-(\d+\.\d+(?:\.\d+)?)-([a-z0-9]+)-([0-9a-f]{64})$/.exec(name);
  if (match === null || match[1] !== guest.qemu || match[3] !== host) return null;
  return { version: match[2] ?? "", sha256: match[4] ?? "" };
}

/**
 * The newest emulator of the cache for a guest, compared with the hash in its folder's name; null when there is none.
 * @throws UserError MA457 when its bytes are others: they would be executed with rights of root, so this is no case for a second try
 */
export async function lookUp(
  guest: Guest,
  surroundings: Surroundings,
  wanted: string | null,
): Promise<Emulator | null> {
  const [newest] = (await keptFor(guest, surroundings))
    .filter(({ version }) => fitsVersion(version, wanted))
    .sort((left, right) => compareVersions(right.version, left.version));
  if (newest === undefined) return null;
  const path = join(newest.folder, guest.qemu);
  await verify(path, newest.sha256);
  const { version, sha256 } = newest;
  return { guest, path, version, sha256, source: "tool cache" };
}

async function keptFor(guest: Guest, surroundings: Surroundings): Promise<Kept[]> {
  const root = place(surroundings);
  try {
    return (await readdir(root)).flatMap((name) => {
      const kept = parseName(name, guest, surroundings.machineArch ?? "unknown");
      return kept === null ? [] : [{ ...kept, folder: join(root, name) }];
    });
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

async function verify(path: string, expected: string): Promise<void> {
  const { hashFile } = await import("@multiarch/archive");
  const found = await hashFile(path).then(
    ({ sha256 }) => sha256,
    (error: unknown) => {
      if (errorCode(error) === "ENOENT") return "no file";
      throw error;
    },
  );
  if (found === expected) return;
  throw new UserError("MA457", {
    what: "an emulator in the tool cache has other bytes than it was put there with",
    expected: `sha256 ${expected}`,
    found: found === "no file" ? found : `sha256 ${found}`,
    where: path,
  });
}

/**
 * Keeps an emulator under the hash of its bytes. It is made aside and gets its name when it is whole; of several jobs one wins.
 * @throws UserError MA411 when the cache cannot be written, MA457 when what is there already has other bytes
 */
export async function keep(emulator: Emulator, surroundings: Surroundings): Promise<Emulator> {
  const { guest, version } = emulator;
  const archive = await import("@multiarch/archive");
  const root = place(surroundings);
  const { sha256 } = await archive.hashFile(emulator.path);
  const final = join(root, `${guest.qemu}-${version}-${surroundings.machineArch}-${sha256}`);
  const path = join(final, guest.qemu);
  await mkdir(root, { recursive: true });
  await archive.cleanStale(root);
  await archive.withStaged(final, async (staged) => {
    const ready = join(staged, "ready");
    try {
      await mkdir(ready);
      await copyFile(emulator.path, join(ready, guest.qemu));
      await chmod(join(ready, guest.qemu), 0o555);
      await chmod(ready, 0o755);
      await verify(join(ready, guest.qemu), sha256);
      await rename(ready, final);
    } catch (error) {
      if (["ENOTEMPTY", "EEXIST"].includes(errorCode(error) ?? "")) return verify(path, sha256);
      throw await archive.explainWriteError(error, root);
    }
  });
  return { ...emulator, path, sha256 };
}

/** Where it is written which emulator came by a pin. */
function pinFile(pin: string, { qemu }: Guest, surroundings: Surroundings): string {
  return join(place(surroundings), "pins", `${pin}-${qemu}-${surroundings.machineArch}`);
}

/** Remembers that an emulator of the cache is what a pinned place gives. */
export async function pinTo(
  pin: string | null,
  { guest, path }: Emulator,
  surroundings: Surroundings,
): Promise<void> {
  if (pin === null) return;
  const { writeFileAtomic } = await import("@multiarch/archive");
  const file = pinFile(pin, guest, surroundings);
  await mkdir(dirname(file), { recursive: true });
  await writeFileAtomic(file, basename(dirname(path)));
}

/**
 * What a pinned place gave before, compared with its hash; null when it has to be asked.
 * @throws UserError MA457 as `lookUp`
 */
export async function lookUpPinned(
  pin: string | null,
  guest: Guest,
  surroundings: Surroundings,
): Promise<Emulator | null> {
  const name = pin === null ? null : readText(pinFile(pin, guest, surroundings));
  const kept = name === null ? null : parseName(name, guest, surroundings.machineArch ?? "unknown");
  if (name === null || kept === null) return null;
  const path = join(place(surroundings), name, guest.qemu);
  // Somebody has emptied the cache.
  if (!existsSync(path)) return null;
  await verify(path, kept.sha256);
  return { guest, path, ...kept, source: "tool cache" };
}
