import { chmod, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { download } from "@multiarch/download";
import { keep } from "../cache.ts";
import { examine } from "../examine.ts";
import { readText } from "../files.ts";
import type { Emulator, Guest } from "../types.ts";
import { fromFolders } from "./installed.ts";
import type { Fetched, Search, Source } from "./types.ts";

const sumsName = "SHA256SUMS";

/** A folder of the machine, for networks without a way out. What its SHA256SUMS names is compared with it. */
export function folderSource(folder: string): Source {
  const name = `folder ${folder}`;
  return {
    name,
    version: null,
    pin: null,
    demanded: true,
    async fetch(guests, search) {
      const sums = readText(join(folder, sumsName));
      // Before anything is executed.
      if (sums !== null) await compareAll(folder, guests, parseSums(sums));
      return fromFolders([folder], guests, search, name);
    },
  };
}

/** A mirror: a folder on a server whose SHA256SUMS has the given hash, which so pins every file in it. */
export function mirrorSource(url: string, sha256: string): Source {
  const name = `mirror ${new URL(url).host}`;
  return {
    name,
    version: null,
    pin: sha256,
    demanded: true,
    fetch: (guests, search) => fetchMirror({ url, sha256, name }, guests, search),
  };
}

async function fetchMirror(
  { url, sha256, name }: { url: string; sha256: string; name: string },
  guests: readonly Guest[],
  search: Search,
): Promise<Fetched> {
  const { env, log, download: given } = search.surroundings;
  const options = { env, log, ...given };
  const folder = join(search.workFolder, "mirror");
  await mkdir(folder, { recursive: true });
  const base = url.endsWith("/") ? url : `${url}/`;
  const list = join(folder, sumsName);
  const sumsUrl = new URL(sumsName, base).href;
  await download(
    { url: sumsUrl, sha256, destination: list, maximumBytes: 2 ** 20, content: "any" },
    options,
  );
  const sums = parseSums(await readFile(list, "utf8"));
  const emulators: Emulator[] = [];
  const why: string[] = [];
  for (const guest of guests) {
    const file = [`${guest.qemu}-static`, guest.qemu].find((one) => sums.has(one));
    const hash = sums.get(file ?? "");
    if (file === undefined || hash === undefined) {
      why.push(`${name} has no ${guest.qemu}`);
      continue;
    }
    const destination = join(folder, file);
    const request = { url: new URL(file, base).href, sha256: hash, destination };
    await download({ ...request, maximumBytes: 128 * 2 ** 20 }, options);
    await chmod(destination, 0o755);
    const examined = await examine(destination, guest, search, { source: name, sha256: hash });
    if (examined.emulator === null) why.push(examined.why);
    else emulators.push(await keep(examined.emulator, search.surroundings));
  }
  return { emulators, why };
}

function parseSums(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^([0-9a-f]{64}) [ *](\S+)$/gm)].map(([, hash = "", name = ""]) => [
      name,
      hash,
    ]),
  );
}

async function compareAll(
  folder: string,
  guests: readonly Guest[],
  sums: ReadonlyMap<string, string>,
): Promise<void> {
  const names = new Set(guests.flatMap(({ qemu }) => [`${qemu}-static`, qemu]));
  for (const name of await readdir(folder)) {
    if (!names.has(name)) continue;
    const expected = sums.get(name);
    const { sha256 } = await hashFile(join(folder, name));
    if (expected === sha256) continue;
    throw new UserError("MA459", {
      what: `an emulator differs from the folder's own ${sumsName}`,
      expected: expected === undefined ? `a line for ${name}` : `sha256 ${expected}`,
      found: `sha256 ${sha256}`,
      where: join(folder, name),
    });
  }
}
