import { appendSummary, setOutput } from "@multiarch/github";
import { openSession } from "../session.ts";
import { mergeInputs, takesFiles } from "./inputs.ts";

export async function main(): Promise<void> {
  const session = openSession();
  const inputs = mergeInputs(session.env);
  const { values, summary } = takesFiles(inputs)
    ? await (await import("./from-step.ts")).mergeFromStep(inputs, session)
    : await (await import("./step.ts")).mergeStep(inputs, session);
  for (const [name, value] of Object.entries(values)) await setOutput(session.env, name, value);
  await appendSummary(session.env, summary);
}
