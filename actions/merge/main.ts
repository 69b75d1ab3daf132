import { appendSummary, setOutput } from "@multiarch/github";
import { openSession } from "../session.ts";
import { mergeInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const session = openSession();
  const inputs = mergeInputs(session.env);
  const { mergeStep } = await import("./step.ts");
  const { values, summary } = await mergeStep(inputs, session);
  for (const [name, value] of Object.entries(values)) await setOutput(session.env, name, value);
  await appendSummary(session.env, summary);
}
