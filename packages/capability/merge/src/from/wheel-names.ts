import { basename } from "node:path";
import type { Project } from "@multiarch/project";
import { normalizedName } from "@multiarch/wheel";
import type { FoundPythonPackage } from "./found.ts";

/** A project that makes no wheels of a package which has some already, and the names that its wheels have. */
export function withoutAdopted(
  project: Project,
  pythonPackages: readonly FoundPythonPackage[],
): {
  readonly project: Project;
  readonly wheelNames: readonly { readonly name: string; readonly wheelName: string }[];
} {
  const adopted = new Set(
    pythonPackages
      .map(({ path }) => basename(path))
      .filter((name) => name.endsWith(".whl"))
      .map((name) => normalizedName(name.split("-")[0] ?? "")),
  );
  const wheelNames = project.packages.map(({ name, outputs }) => ({
    name,
    wheelName: outputs.wheel?.name ?? name,
  }));
  const packages = project.packages.map((one, index) => {
    const { wheel, ...others } = one.outputs;
    const has = adopted.has(normalizedName(wheelNames[index]?.wheelName ?? ""));
    return has ? { ...one, outputs: others } : one;
  });
  return { project: { ...project, packages }, wheelNames };
}
