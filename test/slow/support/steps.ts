import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./components.ts";
import { succeed } from "./run.ts";

interface Row {
  readonly id: string;
}

interface StepsRequest {
  readonly project: string;
  /** Fresh; holds what passes between the steps, and the release as `release`. */
  readonly folder: string;
  readonly order: (rows: readonly Row[]) => readonly Row[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The steps matrix, build for each row in the order asked, and merge, as a runner starts them but with a folder between them. */
export async function releaseBySteps({
  project,
  folder,
  order,
  env = {},
}: StepsRequest): Promise<string> {
  const output = join(folder, "release");
  const runner = {
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "push",
    GITHUB_REPOSITORY: "someone/something",
    GITHUB_REPOSITORY_ID: "1",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RUN_ID: "1",
    GITHUB_WORKSPACE: project,
    MULTIARCH_TRANSPORT: `directory:${join(folder, "store")}`,
    ...env,
  };
  const step = async (name: string, inputs: Record<string, string>, label: string) => {
    const own = join(folder, label);
    mkdirSync(own, { recursive: true });
    const files = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_PATH"];
    for (const file of files) {
      writeFileSync(join(own, file), file === "GITHUB_EVENT_PATH" ? "{}" : "");
    }
    await succeed(process.execPath, [join(root, "dist", name, "index.js")], {
      cwd: project,
      env: {
        ...runner,
        RUNNER_TEMP: own,
        ...Object.fromEntries(files.map((file) => [file, join(own, file)])),
        ...Object.fromEntries(
          Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]),
        ),
      },
    });
    return readOutputs(join(own, "GITHUB_OUTPUT"));
  };
  const planned = await step("matrix", {}, "matrix");
  const { include } = JSON.parse(planned.get("matrix") ?? "") as { include: Row[] };
  for (const row of order(include)) {
    await step("build", { row: JSON.stringify(row) }, `build-${row.id}`);
  }
  await step("merge", { plan: planned.get("plan") ?? "", "output-dir": output }, "merge");
  return output;
}

/** The runner's file of outputs: `name<<delimiter`, the value, the delimiter. */
function readOutputs(path: string): Map<string, string> {
  const text = readFileSync(path, "utf8");
  const pattern = /^([^\n<]+)<<([^\n]+)\n([\s\S]*?)\n\2$/gm;
  return new Map([...text.matchAll(pattern)].map(([, name, , value]) => [name ?? "", value ?? ""]));
}
