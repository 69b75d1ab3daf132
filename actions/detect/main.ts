import { setOutput } from "@multiarch/github";
import { detectHost, hostOutputs } from "@multiarch/host";
import { openSession } from "../session.ts";
import { detectInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const { env, log } = openSession();
  const inputs = detectInputs(env);
  const host = await detectHost(env);
  for (const [name, value] of Object.entries(hostOutputs(host, { strict: inputs.strict }))) {
    await setOutput(env, name, value);
    log.info(`${name}: ${value}`);
  }
}
