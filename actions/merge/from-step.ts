import { resolve } from "node:path";
import { summaryTable, trustOf } from "@multiarch/github";
import { foreignWishes, mergeForeign } from "@multiarch/merge";
import { fileTable } from "@multiarch/report";
import { chooseTransport } from "@multiarch/transport";
import type { Session } from "../session.ts";
import type { MergeInputs } from "./inputs.ts";
import { handOver, type MergeResult } from "./result.ts";

/** Merges files that other jobs, or other tools, built. */
export async function mergeFromStep(inputs: MergeInputs, session: Session): Promise<MergeResult> {
  const { env, log, context } = session;
  const workspace = context.workspace ?? process.cwd();
  const output = resolve(workspace, inputs["output-dir"]);
  const transport = await chooseTransport(env, log);
  const { name, overrides } = foreignWishes({
    ...inputs,
    npmScope: inputs["npm-scope"],
    npmLayout: inputs["npm-layout"],
  });
  const { sha, ref, repository, serverUrl } = context;
  const merged = await mergeForeign({
    from: lines(inputs.from),
    artifacts: { transport, patterns: lines(inputs.pattern) },
    cwd: resolve(workspace, inputs["working-directory"]),
    ...(inputs.config === "multiarch.yml" ? {} : { configPath: inputs.config }),
    name,
    version: inputs["package-version"],
    overrides,
    run: {
      commit: sha,
      ref,
      repository: repository === null ? null : `${serverUrl}/${repository}`,
    },
    trigger: { event: context.eventName ?? "local", ...trustOf(context) },
    repositoryId: context.repositoryId,
    output,
    allowMissing: inputs["allow-missing"],
    installTest: inputs["install-test"],
    host: async () => (await import("@multiarch/host")).detectHost(env),
    environment: env,
    log,
  });
  const { passedOver, targetsAreFound } = merged;
  const found = "Nothing says which targets to expect: these were found. `targets` names them.";
  const left = passedOver.map(({ file, why }) => [file, why]);
  const remarks = [
    ...(targetsAreFound ? [found] : []),
    ...(left.length === 0 ? [] : [`### Passed over\n\n${summaryTable(["file", "why"], left)}`]),
  ];
  const targets = fileTable(merged.taken);
  return handOver(merged, output, { inputs, session, transport, targets, remarks });
}

function lines(text: string | null): string[] {
  return (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
