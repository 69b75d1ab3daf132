import { keptText, setUpBuildx } from "@multiarch/buildx";
import { addPath, saveState, setOutput } from "@multiarch/github";
import { openSession } from "../../session.ts";
import { buildxInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const session = openSession();
  const { env, log } = session;
  const ready = await setUpBuildx(buildxInputs(env), session, (kept) =>
    saveState(env, "buildx", keptText(kept)),
  );
  if (ready.addToPath !== null) addPath(env, ready.addToPath);
  const outputs = {
    name: ready.name,
    driver: ready.driver,
    platforms: ready.platforms.join(","),
    nodes: JSON.stringify(ready.nodes, null, 2),
    version: ready.version,
  };
  for (const [name, value] of Object.entries(outputs)) {
    setOutput(env, name, value);
    log.info(`${name}: ${value}`);
  }
}
