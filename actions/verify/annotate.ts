import type { ActionsLog } from "@multiarch/github";
import { checkInWords, type Report } from "@multiarch/verify";

/** The runner shows no more of a level for one step. */
const shown = 10;

/** Findings as annotations, the first ten of each level; all of them are in the log, the summary and the report. */
export function annotate({ files }: Report, log: ActionsLog): void {
  for (const level of ["error", "warning"] as const) {
    const found = files.flatMap(({ path, checks }) =>
      checks.filter((check) => check.level === level).map((check) => ({ path, check })),
    );
    for (const { path, check } of found.slice(0, shown)) {
      log.annotate(level, `${path}: ${checkInWords(check)}`, { file: path, title: check.rule });
    }
  }
}
