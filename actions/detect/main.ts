import { actionsLog, setOutput, standardOutput } from "@multiarch/github";
import { detectHost, hostOutputs } from "@multiarch/host";
import { detectInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const { env } = process;
  const log = actionsLog(env, standardOutput);
  const inputs = detectInputs(env);
  const host = await detectHost(env);
  for (const [name, value] of Object.entries(hostOutputs(host, { strict: inputs.strict }))) {
    await setOutput(env, name, value);
    log.info(`${name}: ${value}`);
  }
}
