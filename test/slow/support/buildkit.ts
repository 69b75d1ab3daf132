import { join } from "node:path";
import { component, root } from "./components.ts";
import { freePort } from "./ports.ts";
import { succeed } from "./run.ts";

export interface Daemon {
  /** `tcp://127.0.0.1:<port>` */
  readonly address: string;
  /** `unix://…` */
  readonly socket: string;
  stop(): void;
}

export function buildkitPrograms(): string {
  return component("get-buildkit.sh", "buildkit");
}

/** A real buildkitd, its state in `folder`. With certificates it lets in only who has one. */
export async function startBuildkit(
  folder: string,
  certificates: Readonly<Record<"cert" | "key" | "ca", string>> | null = null,
): Promise<Daemon> {
  const port = await freePort();
  const script = join(root, "test/components/start-buildkitd.sh");
  const tls = Object.entries(certificates ?? {}).flat();
  const pid = await succeed("bash", [script, buildkitPrograms(), folder, `${port}`, ...tls], {
    cwd: root,
  });
  return {
    address: `tcp://127.0.0.1:${port}`,
    socket: `unix://${join(folder, "buildkitd.sock")}`,
    stop() {
      process.kill(Number(pid.trim()), "SIGTERM");
    },
  };
}
