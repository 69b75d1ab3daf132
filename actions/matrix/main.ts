import { setOutput } from "@multiarch/github";
import { openProject } from "../project.ts";
import { openSession } from "../session.ts";
import { matrixInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const session = openSession();
  const inputs = matrixInputs(session.env);
  const { name, targets } = inputs;
  const project = await openProject(inputs, session, { targets }, { matricesOnly: name !== "" });
  const outputs =
    name === ""
      ? await (await import("./step.ts")).matrixStep(inputs, project, session)
      : await (await import("./named-step.ts")).namedStep(inputs, project, session);
  for (const [name, value] of Object.entries(outputs)) {
    await setOutput(session.env, name, value);
  }
}
