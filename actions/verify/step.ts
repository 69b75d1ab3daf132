import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import { type Report, reportLines, tally, tallyInWords, verify } from "@multiarch/verify";
import type { Session } from "../session.ts";
import { annotate } from "./annotate.ts";
import { splitFiles, type verifyInputs } from "./inputs.ts";
import { summarize } from "./summarize.ts";

export async function verifyStep(inputs: ReturnType<typeof verifyInputs>, session: Session) {
  const { log, context, temporaryFolder, nonce } = session;
  const report = await verify({
    paths: splitFiles(inputs.files),
    folder: context.workspace ?? process.cwd(),
    purpose: inputs.for as "any" | "pypi" | "npm",
    target: inputs.target === null ? null : parseTarget(inputs.target),
    glibc: version(inputs.glibc),
    exclude: inputs.exclude,
    failOn: inputs["fail-on"] as "error" | "warning",
    temporaryFolder,
    log,
  });
  await log.group("Verified", async () => reportLines(report).forEach(log.info));
  annotate(report, log);
  const path = join(temporaryFolder, `multiarch-verify-${nonce}.json`);
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
  return {
    values: { ok: String(report.ok), report: path, facts: factsOutput(report) },
    summary: summarize(report),
    raise: () => raise(report),
  };
}

/** A version of glibc as tags and files name them. */
function version(text: string | null): string | null {
  if (text === null || /^2\.[0-9]{1,3}$/.test(text)) return text;
  throw new UserError("MA003", {
    what: `the input glibc is no version of glibc`,
    expected: "such as 2.17",
    found: text,
  });
}

/** An output holds at most 1 MiB, counted in UTF-16; what is longer is in the report only. */
const maximumOutput = 500_000;

function factsOutput({ files }: Report): string {
  const text = JSON.stringify(
    files.map(({ path, kind, facts, members = [] }) => ({ path, kind, facts, members })),
  );
  return text.length <= maximumOutput ? text : "";
}

function raise(report: Report): void {
  if (report.ok) return;
  throw new UserError("MA611", {
    what: "what was verified is not what it should be",
    found: tallyInWords(tally(report)),
  });
}
