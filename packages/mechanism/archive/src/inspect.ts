import type { Refused } from "./errors.ts";
import { attempt, type Member, type Reading, type Visit } from "./member.ts";
import { chooseFormat, readFormat } from "./read.ts";
import type { ArchiveFormat, ArchiveLimits, FileSource, ZipAccount } from "./types.ts";

/** Larger than what may be unpacked here, for packages that only are looked at: some wheels unpack to several GiB. */
const inspectionLimits: ArchiveLimits = {
  entries: 100_000,
  fileBytes: 8 * 2 ** 30,
  totalBytes: 16 * 2 ** 30,
  ratio: 200,
  ratioFrom: 256 * 2 ** 20,
};
/** An archive can be wrong in every entry; nobody reads more than this. */
const maximumFaults = 1000;

export interface InspectionOptions {
  /** The format that it must have. Without it the first bytes decide. */
  readonly format?: ArchiveFormat;
  readonly limits?: Partial<ArchiveLimits>;
}

/** What was wrong with an archive, beside the members that were visited. */
export interface Inspection {
  /** `null`: it is no archive. */
  readonly format: ArchiveFormat | null;
  /** Every fault that `extractArchive` would refuse it for, in the order met; at most a thousand. */
  readonly refusals: readonly Refused[];
  readonly zip: ZipAccount;
}

export type InspectedMember = Member;

/**
 * Looks at an archive of any origin: where `extractArchive` stops at the first fault, this goes on as far as something can
 * be known, and collects. Links, odd names and sizes are no reason to stop; names may lead anywhere, so nothing may be
 * written by them. A member counts as read when `visit` returned and none of the later refusals names it.
 * `path` is for messages. Throws what `visit` throws, and what the disk says.
 */
export async function inspectArchive(
  path: string,
  source: FileSource,
  visit: Visit,
  options: InspectionOptions = {},
): Promise<Inspection> {
  const refusals: Refused[] = [];
  const zip = { entries: [], commentSize: 0, zip64RecordSize: null };
  const reading: Reading = {
    path,
    limits: { ...inspectionLimits, ...options.limits },
    allowLinks: true,
    only: null,
    visit,
    refuse: (fault) => {
      const repeated = refusals.some(repeatedBy(fault));
      if (!repeated && refusals.length < maximumFaults) refusals.push(fault);
    },
    account: zip,
  };
  const format = await attempt(reading, () => chooseFormat(path, source, options.format));
  if (format !== null) await attempt(reading, () => readFormat(source, reading, format));
  return { format, refusals, zip };
}

/** A tar of `./` has a needless part in every name: one is enough. */
function repeatedBy({ reason, message }: Refused): (earlier: Refused) => boolean {
  return (earlier) =>
    earlier.reason === reason && (reason === "name-form" || earlier.message === message);
}
