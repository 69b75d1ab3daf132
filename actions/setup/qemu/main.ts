import {
  engineImage,
  engineIsElsewhere,
  prepareEmulation,
  prepareEngine,
  systemSurroundings,
} from "@multiarch/emulation";
import { saveState } from "@multiarch/github";
import { openSession } from "../../session.ts";
import { qemuInputs } from "./inputs.ts";
import { setOutputs } from "./outputs.ts";

export async function main(): Promise<void> {
  const { env, log, temporaryFolder } = openSession();
  const inputs = await qemuInputs(env, log);
  const surroundings = await systemSurroundings(env, log, temporaryFolder);
  if (engineIsElsewhere(process.platform, env)) {
    const { platforms, missing, added } = await prepareEngine(inputs.guests, inputs, surroundings);
    if (!inputs.keep) {
      saveState(env, "image", engineImage(inputs.origin));
      saveState(env, "added", added.join(","));
    }
    return setOutputs(env, log, { platforms, missing, emulators: [], strategy: "docker" });
  }
  const { guests, ...prepared } = await prepareEmulation(
    { ...inputs, parent: process.ppid, onLease: (id) => saveState(env, "lease", id) },
    surroundings,
  );
  setOutputs(env, log, { ...prepared, platforms: guests.flatMap(({ platforms }) => platforms) });
}
