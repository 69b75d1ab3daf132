import { setOutput } from "@multiarch/github";
import { detectHost, hostOutputs, proveExecution } from "@multiarch/host";
import { openSession } from "../session.ts";
import { detectInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const { env, log, temporaryFolder } = openSession();
  const inputs = detectInputs(env);
  const host = await detectHost(env);
  const proofs = await proveExecution(host, temporaryFolder);
  const outputs = hostOutputs(host, proofs, { strict: inputs.strict });
  for (const [name, value] of Object.entries(outputs)) {
    await setOutput(env, name, value);
    log.info(`${name}: ${value}`);
  }
}
