import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "@jest/globals";
import { build } from "esbuild";
import type { ArtifactService, Fault } from "../../../../test/services/artifact-service.ts";
import { folderWith, service, temporaryFolder } from "./support.ts";

let bundle = "";

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "process-entry.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    logLevel: "error",
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
  });
  bundle = outputFiles[0]?.text ?? "";
});

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the entry as a process. One that does not end by itself within 15 s is killed: then its code is `null`. */
async function run(here: ArtifactService, ...argv: string[]): Promise<Ending> {
  const folder = await folderWith({ "entry.mjs": bundle });
  const child = spawn(process.execPath, [join(folder, "entry.mjs"), ...argv], {
    env: { ...here.environment(), RUNNER_TEMP: folder, PATH: process.env.PATH },
    timeout: 15_000,
    killSignal: "SIGKILL",
  });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [code] = await once(child, "close");
  return { code, stdout: await stdout, stderr: await stderr };
}

const cut: Fault = { kind: "cut", bytes: 5 };

test("a call that succeeds lets the process end", async () => {
  const here = await service();
  const ending = await run(here, "put", "leg", await folderWith({ a: "1" }));
  expect(ending).toMatchObject({ code: 0, stderr: "" });
  expect(ending.stdout).toContain("put is done");
  expect(ending.stdout.replaceAll(/::add-mask::[0-9a-f]{64}\n/g, "")).toBe("put is done\n");
}, 30_000);

// The stock client alone: its promise never settles, the process runs dry and ends with 0 and nothing uploaded.
test.each(["CreateArtifact", "FinalizeArtifact", "ListArtifacts"] as const)(
  "an upload whose %s is cut off in the body never looks like a success",
  async (call) => {
    const here = await service({ faults: [{ call, fault: cut }] });
    const ending = await run(here, "put", "leg", await folderWith({ a: "1" }));
    const stored = here.artifacts().some(({ id }) => id !== null);
    // Where only the answer to FinalizeArtifact was lost, the list tells that the deed is done.
    expect(ending.code).toBe(call === "FinalizeArtifact" && stored ? 0 : 1);
    if (ending.code === 1) expect(ending.stderr).toContain(call);
  },
  30_000,
);

// The stock client alone would sleep for 25 s after this.
test("a download that fails for good lets the process end", async () => {
  const here = await service({ faults: [{ call: "GetBlob", fault: cut }] });
  expect(await run(here, "put", "leg", await folderWith({ a: "1" }))).toMatchObject({ code: 0 });
  const [artifact] = here.artifacts();
  const out = join(await temporaryFolder(), "out");
  const ending = await run(here, "get", String(artifact?.id), out);
  expect(ending.code).toBe(1);
  expect(ending.stderr).toMatch(/MA547[\s\S]*GetBlob/);
}, 45_000);
