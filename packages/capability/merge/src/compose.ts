import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "@multiarch/archive";
import { factsOf } from "@multiarch/build";
import type { Plan, ReleasePackage } from "@multiarch/contracts";
import type { MissingTarget } from "./choose.ts";
import type { ExaminedFile } from "./examine.ts";
import { writeUniversal } from "./universal.ts";

export interface Composed {
  /** The parts gone, the composed files in their place; `row` of those is their target. */
  readonly files: readonly ExaminedFile[];
  /** Composed targets that lack a part. */
  readonly missing: readonly MissingTarget[];
  /** Replaces what was composed by its parts, which are in a leg. */
  readonly origins: (from: ReleasePackage["from"]) => ReleasePackage["from"];
}

/** Puts derived targets together: one file for all processors of macOS, of one file for each. */
export async function composeDerived(
  { derived, packages }: Plan,
  given: readonly ExaminedFile[],
  missing: readonly MissingTarget[],
  folder: string,
): Promise<Composed> {
  let files = [...given];
  const absent: MissingTarget[] = [];
  const parts = new Map<string, ExaminedFile[]>();
  for (const { target, from } of derived) {
    const own = files.filter((file) => from.includes(file.target));
    files = files.filter((file) => !from.includes(file.target));
    const gap = missing.find((one) => from.includes(one.target));
    if (gap !== undefined) {
      absent.push({
        target,
        why: `${gap.target} is missing: ${gap.why}`,
        allowedBy: gap.allowedBy,
      });
      continue;
    }
    for (const { name } of packages) {
      const bins = new Set(own.filter((file) => file.package === name).map(({ bin }) => bin));
      for (const bin of bins) {
        const slices = from.flatMap((part) =>
          own.filter((file) => file.target === part && file.package === name && file.bin === bin),
        );
        const composed = await compose(target, slices, join(folder, target, name));
        parts.set(partKey(target, composed.fileId), slices);
        files.push(composed);
      }
    }
  }
  return {
    files,
    missing: absent,
    origins: (from) =>
      from.flatMap((one) => {
        const slices = parts.get(partKey(one.leg, one.file));
        if (slices === undefined) return [one];
        return slices.map(({ row, fileId, sha256 }) => ({ leg: row, file: fileId, sha256 }));
      }),
  };
}

async function compose(
  target: string,
  slices: readonly ExaminedFile[],
  folder: string,
): Promise<ExaminedFile> {
  const [first] = slices;
  if (first === undefined) throw new RangeError(`${target} is composed of nothing`);
  await mkdir(folder, { recursive: true });
  const path = join(folder, first.kind === "addon" ? `${first.bin}.node` : first.bin);
  await writeUniversal(slices, path);
  const { size, sha256 } = await hashFile(path);
  // Read again like every other file: what is packaged is described by its bytes.
  return { ...first, row: target, target, path, size, sha256, facts: await factsOf(path) };
}

function partKey(row: string, file: string): string {
  return JSON.stringify([row, file]);
}
