import { setOutput } from "@multiarch/github";
import { openSession } from "../session.ts";
import { buildInputs } from "./inputs.ts";

/** A row of our matrix is built as planned; without one, the target of the input (default: this machine's own). */
export async function main(): Promise<void> {
  const session = openSession();
  const inputs = buildInputs(session.env);
  const { buildStep } = await import("./step.ts");
  const outputs = await buildStep(inputs, session);
  for (const [name, value] of Object.entries(outputs.values)) {
    await setOutput(session.env, name, value);
  }
  outputs.raise();
}
