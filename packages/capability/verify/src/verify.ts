import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { explainWriteError } from "@multiarch/archive";
import { type CheckOptions, checkSet, excludeChecks } from "@multiarch/check";
import type { Contents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { type Candidate, expand } from "./expand.ts";
import { inPairs } from "./in-pairs.ts";
import { look, reportCheck, reportOf } from "./look.ts";
import { explainReadError } from "./read-error.ts";
import { readReleaseFolder } from "./release-folder.ts";
import type { Report, ReportCheck, ReportFile, VerifyRequest } from "./types.ts";

/**
 * Reads files of any kind, whoever made them, and holds each against its own label, against what was asked, and against the
 * files beside it. What is wrong is in the report; nothing is changed.
 * @throws UserError MA610 when there is nothing to verify, MA612 for a release folder without readable documents, MA613 for a
 *   file that cannot be read, MA411 when the temporary folder is full
 */
export async function verify(request: VerifyRequest): Promise<Report> {
  try {
    return await verifyAll(request);
  } catch (error) {
    throw await explainWriteError(explainReadError(error), request.temporaryFolder);
  }
}

async function verifyAll(request: VerifyRequest): Promise<Report> {
  const windows = process.platform === "win32";
  const found = await expand(request.paths, request.folder, { windows });
  const scratch = await mkdtemp(join(request.temporaryFolder, "multiarch-verify-"));
  try {
    const { entries, others } = await lookAtAll(found.files, null, request, scratch);
    // Of files that need not belong together nothing can be absent; were it said, it must not be lost.
    entries[0]?.checks.push(...others);
    for (const release of found.releases) {
      entries.push(...(await lookAtRelease(release, request, scratch)));
    }
    return conclude(entries, found.skipped, request);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A file of the report with all its findings, before any are excluded. */
interface Entry {
  readonly about: Omit<ReportFile, "checks">;
  /** What findings about the whole of it call it. */
  readonly name: string;
  readonly checks: Check[];
}

interface Wanted extends Candidate {
  readonly as?: Contents["kind"] | undefined;
  check?(sha256: string): readonly ReportCheck[];
}

async function lookAtRelease(
  found: Candidate,
  request: VerifyRequest,
  scratch: string,
): Promise<Entry[]> {
  const { shown, sha256, files, targets, checks } = await readReleaseFolder(found);
  const { entries, others } = await lookAtAll(files, targets, request, scratch);
  const about = { path: shown, sha256, kind: "folder", facts: null } as const;
  const whole = checks.map((check) => ({ ...check, file: shown }));
  const absent = others.map((check) => ({ ...check, file: shown }));
  return [{ about, name: shown, checks: [...whole, ...absent] }, ...entries];
}

/**
 * Each file, and what only shows when they lie side by side: that goes to the file it is about, or to `others`.
 * `targets`: what the files must serve together; `null`: they need not belong together.
 */
async function lookAtAll(
  files: readonly Wanted[],
  targets: readonly string[] | null,
  { purpose, target, glibc, log }: VerifyRequest,
  scratch: string,
): Promise<{ entries: Entry[]; others: Check[] }> {
  const options: CheckOptions = { purpose, target, glibc };
  const looks = await inPairs(files, async (file, index) => {
    log.debug(`reading ${file.shown} (${index + 1} of ${files.length})`);
    const seen = await look(file, file.as, options, scratch);
    const { name, sha256 } = seen.contents;
    const more = (file.check?.(sha256) ?? []).map((check) => ({ ...check, file: name }));
    return { ...seen, checks: [...seen.checks, ...more] };
  });
  const contents = looks.map((seen) => seen.contents);
  const entries = looks.map((seen): Entry => {
    return { about: reportOf(seen.contents), name: seen.contents.name, checks: seen.checks };
  });
  const together = checkSet(contents, { ...options, targets });
  const others: Check[] = [];
  for (const check of together) {
    const owner = entries.find(({ name }) => name === check.file);
    (owner?.checks ?? others).push(check);
  }
  return { entries, others };
}

function conclude(
  entries: readonly Entry[],
  skipped: readonly string[],
  { exclude, failOn }: VerifyRequest,
): Report {
  const unused = new Set(exclude);
  const files = entries.map(({ about, name, checks }): ReportFile => {
    const { kept, excluded } = excludeChecks(checks, exclude);
    for (const { by } of excluded) unused.delete(by);
    const silenced = excluded.map((check) => ({ ...reportCheck(check, name), by: check.by }));
    return {
      ...about,
      checks: kept.map((check) => reportCheck(check, name)),
      ...(silenced.length === 0 ? {} : { excluded: silenced }),
    };
  });
  const failing: readonly string[] = failOn === "warning" ? ["error", "warning"] : ["error"];
  const ok = !files.some(({ checks }) => checks.some(({ level }) => failing.includes(level)));
  return { ok, files, skipped, unused: [...unused] };
}
