import type { ReleasePackage } from "@multiarch/contracts";
import type { Log } from "@multiarch/diagnostics";
import type { HostFacts } from "@multiarch/host";
import type { ExaminedFile } from "./examine.ts";

export interface InstallRequest {
  /** The release folder that is being made. */
  readonly folder: string;
  readonly packages: readonly ReleasePackage[];
  readonly files: readonly ExaminedFile[];
  readonly host: HostFacts;
  readonly environment: NodeJS.ProcessEnv;
  readonly temporaryFolder: string;
  /** What every installed command is started with; `null`: they are installed, and not started. */
  readonly smoke: readonly string[] | null;
  readonly log: Log;
}
