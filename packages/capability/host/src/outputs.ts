import { UserError } from "@multiarch/diagnostics";
import type { Proof } from "./prove.ts";
import type { HostFacts } from "./types.ts";

/**
 * The facts and what was proved as texts, under the names of the `detect` action's outputs; unknown is empty. With `strict`, throws MA317
 * when the architecture of the machine, our id or on Linux the C library stays unknown.
 */
export function hostOutputs(
  host: HostFacts,
  proofs: readonly Proof[],
  options: { strict?: boolean } = {},
): Record<string, string> {
  if (options.strict === true) requireKnown(host);
  return {
    os: host.os,
    arch: host.arch,
    libc: host.libc ?? "",
    target: host.target ?? "",
    "docker-platform": host.dockerPlatform ?? "",
    "rust-target": host.rustTarget ?? "",
    goos: host.goos ?? "",
    goarch: host.goarch ?? "",
    "node-platform": host.nodePlatform ?? "",
    "wheel-tag": host.wheelTag ?? "",
    "cpu-level": host.cpuLevel ?? "",
    emulated: String(host.emulated),
    "machine-arch": host.machineArch ?? "",
    container: String(host.container),
    "can-execute": JSON.stringify(withProofs(host, proofs).canExecute),
    "platform-string": host.platformString,
    json: JSON.stringify(withProofs(host, proofs)),
  };
}

/** The facts, with what was seen to run in the place of what should. */
export function withProofs(
  host: HostFacts,
  proofs: readonly Proof[],
): HostFacts & { readonly executes: readonly Proof[] } {
  return { ...host, canExecute: proofs.map(({ arch }) => arch), executes: proofs };
}

function requireKnown(host: HostFacts): void {
  const unknown = [
    ...(host.machineArch === null ? ["the architecture of the machine"] : []),
    ...(host.os === "linux" && host.libc === null ? ["the C library"] : []),
    ...(host.target === null ? ["the target"] : []),
  ];
  if (unknown.length === 0) return;
  throw new UserError("MA317", {
    what: `${unknown.join(" and ")} of this machine cannot be found out`,
    found: `${host.platformString}, libc ${host.libc ?? "unknown"}`,
  });
}
