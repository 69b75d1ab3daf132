import type { Emulator, Guest } from "@multiarch/emulation";
import { type ActionsLog, setOutput } from "@multiarch/github";

interface Result {
  readonly platforms: readonly string[];
  readonly missing: readonly Guest[];
  readonly emulators: readonly Emulator[];
  readonly strategy: string;
}

export function setOutputs(
  env: NodeJS.ProcessEnv,
  log: ActionsLog,
  { platforms, missing, emulators, strategy }: Result,
): void {
  const described = emulators.map(({ guest, version, sha256, path, source }) => ({
    platform: guest.platforms[0],
    name: guest.entry,
    version,
    sha256,
    path,
    source,
  }));
  const outputs = {
    platforms: platforms.join(","),
    missing: missing.flatMap((guest) => guest.platforms).join(","),
    emulators: JSON.stringify(described),
    strategy,
  };
  for (const [name, value] of Object.entries(outputs)) {
    setOutput(env, name, value);
    log.info(`${name}: ${value}`);
  }
}
