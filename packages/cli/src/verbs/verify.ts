import { tmpdir } from "node:os";
import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import { reportLines, verify } from "@multiarch/verify";
import { type CommandIo, exitCodes, UsageError } from "../io.ts";
import { typed } from "../options.ts";

export interface VerifyOptions {
  readonly target?: string;
  readonly glibc?: string;
  readonly for?: "any" | "pypi" | "npm";
  readonly exclude?: readonly string[];
  readonly failOn?: "error" | "warning";
  readonly json?: boolean;
}

/** Verifies files that anybody made. */
export async function verifyVerb(
  paths: readonly string[],
  options: VerifyOptions,
  io: CommandIo,
): Promise<number> {
  const { target, glibc } = options;
  const report = await verify({
    paths,
    folder: io.cwd,
    purpose: options.for ?? "any",
    target: target === undefined ? null : typed(() => parseTarget(target)),
    glibc: glibc === undefined ? null : typedVersion(glibc),
    exclude: options.exclude ?? [],
    failOn: options.failOn ?? "error",
    temporaryFolder: tmpdir(),
    log: io.log,
  });
  if (options.json === true) io.print(`${JSON.stringify(report, null, 2)}\n`);
  else io.print(`${reportLines(report).join("\n")}\n`);
  return report.ok ? exitCodes.done : exitCodes.failed;
}

/** A version of glibc as tags and files name them. @throws UsageError */
function typedVersion(text: string): string {
  if (/^2\.[0-9]{1,3}$/.test(text)) return text;
  const details = { what: `--glibc ${text} is no version of glibc`, expected: "such as 2.17" };
  throw new UsageError(new UserError("MA020", details));
}
