import type { Log } from "@multiarch/diagnostics";
import type { FetchedPlan } from "@multiarch/plan";
import type { WheelSettings } from "@multiarch/project";
import type { AdoptableFile, Adopted, AdoptionContext } from "./adopted.ts";

interface AdoptionParts {
  readonly fetched: FetchedPlan;
  /** Those that belong to no leg, and packages by the names that they know them by. */
  readonly adoptable?: readonly AdoptableFile[];
  readonly wheelNames?: AdoptionContext["packages"];
}

/** Packages of other tools go into the release as they are: those that legs delivered, and those that belong to none. */
export async function adoptDelivered(
  { fetched, adoptable = [], wheelNames }: AdoptionParts,
  delivered: readonly AdoptableFile[],
  folder: string,
  temporaryFolder: string,
  log: Log,
): Promise<Adopted> {
  const all = [...delivered, ...adoptable];
  if (all.length === 0) return { packages: [], checks: [] };
  const { adoptPackages } = await import("./adopted.ts");
  const { plan } = fetched;
  const adopted = await adoptPackages(all, {
    version: plan.project.version,
    packages:
      wheelNames ??
      plan.packages.map(({ name, outputs }) => ({
        name,
        wheelName: (outputs.wheel as WheelSettings | undefined)?.name ?? name,
      })),
    targets: plan.rows.map(({ target }) => target),
    folder,
    temporaryFolder,
    log,
  });
  const rows = new Set(plan.rows.map(({ id }) => id));
  // Where the others lay says nothing about them: the same files from another place are the same release.
  const packages = adopted.packages.map((one) =>
    one.from.some(({ leg }) => rows.has(leg))
      ? one
      : { ...one, from: one.from.slice(0, 1).map((from) => ({ ...from, leg: "elsewhere" })) },
  );
  return { ...adopted, packages: packages.sort((one, other) => (one.file < other.file ? -1 : 1)) };
}
