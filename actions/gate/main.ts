import { UserError } from "@multiarch/diagnostics";
import { judgeJobs, readJobs } from "@multiarch/gate";
import { appendSummary, setOutput, summaryTable } from "@multiarch/github";
import { openSession } from "../session.ts";
import { gateInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const { env, log } = openSession();
  const inputs = gateInputs(env);
  const { ok, verdicts } = judgeJobs(readJobs(inputs.jobs), {
    failures: inputs["allowed-failures"],
    skips: inputs["allowed-skips"],
  });
  for (const { name, why } of verdicts) log.info(`${name} ${why}`);
  const rows = verdicts.map(({ name, result, passes, why }) => [
    name,
    result,
    passes ? "✓" : "✗",
    why,
  ]);
  await appendSummary(env, `### Gate\n\n${summaryTable(["job", "result", "", "why"], rows)}`);
  await setOutput(env, "ok", String(ok));
  if (ok) return;
  const broken = verdicts.filter(({ passes }) => !passes);
  throw new UserError("MA920", {
    what: `${broken.map(({ name, why }) => `${name} ${why}`).join("; ")}`,
    expected: "every job to succeed",
    found: broken.map(({ name, result }) => `${name}: ${result}`).join(", "),
  });
}
