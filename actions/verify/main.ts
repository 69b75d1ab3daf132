import { appendSummary, setOutput } from "@multiarch/github";
import { openSession } from "../session.ts";
import { verifyInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const session = openSession();
  const inputs = verifyInputs(session.env);
  const { verifyStep } = await import("./step.ts");
  const { values, summary, raise } = await verifyStep(inputs, session);
  for (const [name, value] of Object.entries(values)) await setOutput(session.env, name, value);
  await appendSummary(session.env, summary);
  raise();
}
