import { exists, readStart } from "./files.ts";
import type { Probes } from "./types.ts";

/** Whether a container engine left one of its marks. */
export function inContainer(
  probes: Probes,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (probes.platform !== "linux") return false;
  // Docker, Podman, and what systemd's and Podman's children are told.
  if (exists(probes.root, ".dockerenv")) return true;
  if (exists(probes.root, "run/.containerenv")) return true;
  if (env.container !== undefined && env.container !== "") return true;
  const groups = readStart(probes.root, "proc/1/cgroup");
  return groups !== null && /docker|kubepods|containerd|libpod|lxc/.test(groups);
}
