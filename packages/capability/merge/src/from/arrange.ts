import { compareDotted } from "@multiarch/binary";
import { UserError } from "@multiarch/diagnostics";
import type { ForeignTarget } from "@multiarch/plan";
import { type Project, settingsFor } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import type { MissingTarget } from "../choose.ts";
import type { ReleaseOptions } from "../make-release.ts";
import { raiseProblems } from "../problems.ts";
import { assignTargets, type NamedFile } from "./assign.ts";
import { platform } from "./contradictions.ts";
import type { OwnedFile } from "./foreign-legs.ts";
import { type Findings, type FoundNative, type PassedOver, shownFile } from "./found.ts";
import { nameCommands } from "./name-commands.ts";
import { commandName } from "./name-words.ts";
import { servedRows } from "./possible-rows.ts";
import { withoutAdopted } from "./wheel-names.ts";

/** What is to be made of the files: for which targets, under which names. */
export interface Arrangement {
  /** Its packages have the commands that were found. */
  readonly project: Project;
  readonly targets: readonly ForeignTarget[];
  /** By target. */
  readonly files: ReadonlyMap<string, readonly OwnedFile[]>;
  readonly missing: readonly MissingTarget[];
  readonly targetsAreFound: boolean;
  readonly passedOver: readonly PassedOver[];
  readonly notices: readonly string[];
  /** Packages of the plan by the names that their wheels have. */
  readonly wheelNames: readonly { readonly name: string; readonly wheelName: string }[];
}

/**
 * Gives every file its command and its target, and holds them against what is expected.
 * @throws UserError MA734 to MA738, MA740, MA700 several of these
 */
export function arrange(
  findings: Findings,
  project: Project,
  { allowMissing, log }: Pick<ReleaseOptions, "allowMissing" | "log">,
): Arrangement {
  const homeless = findings.natives.filter(({ facts }) => servedRows(facts).length === 0);
  const natives = findings.natives.filter((file) => !homeless.includes(file));
  if (natives.length + findings.pythonPackages.length === 0) throw noTarget(homeless);
  // Files for every platform (`any`) are no executables.
  const asked = project.targets.map((id) => parseTarget(id)).filter(({ rows }) => rows.length > 0);
  const expected = asked.length === 0 ? null : asked;
  const executables = natives.filter(({ kind }) => kind === "executable");
  const commands = nameCommands(executables, givenBins(project), project.name, expected);
  const addons = natives.filter(({ kind }) => kind === "addon");
  const addon = addons.length === 0 ? null : addonName(project, addons);
  const named: NamedFile[] = [
    ...commands.files,
    ...addons.map((file) => ({ file, name: addon ?? project.name })),
  ];
  const assigned = assignTargets(named, expected);
  const settings = assigned.targets.map((id) => settingsFor(project, id));
  const absent = settings.filter(({ id }) => (assigned.files.get(id) ?? []).length === 0);
  const allowed = (id: string, optional: boolean): string | null =>
    optional ? "optional in the configuration" : allowMissing.includes(id) ? "allow-missing" : null;
  const required = absent.filter(({ id, optional }) => allowed(id, optional) === null);
  raiseProblems(
    [
      ...assigned.problems,
      ...missingTargets(required.map(({ id }) => id)),
      ...uneven(assigned.files),
    ],
    log,
  );
  const complete = withCommands(project, commands.files, addon);
  const targets = settings.map(({ id, optional, glibc }): ForeignTarget => {
    const files = (assigned.files.get(id) ?? []).map(({ file }) => file);
    return { id, optional, glibc: glibc ?? neededGlibc(files), expect: expectations(complete) };
  });
  const owned = [...assigned.files].map(([id, files]): [string, OwnedFile[]] => [
    id,
    files.map((one) => ({ ...one, owner: ownerOf(complete, one) })),
  ]);
  return {
    ...withoutAdopted(complete, findings.pythonPackages),
    targets,
    files: new Map(owned),
    missing: absent.map(({ id, optional }) => ({
      target: id,
      why: "no file was found for it",
      allowedBy: allowed(id, optional) ?? "allow-missing",
    })),
    targetsAreFound: expected === null,
    passedOver: [
      ...commands.passedOver,
      ...assigned.unused.map(({ file }) => ({
        place: file.places[0] ?? [],
        why: "its two halves are there by themselves",
      })),
      ...homeless.map(({ places, facts }) => ({
        place: places[0] ?? [],
        why: `there is no target for ${platform(facts)}`,
      })),
    ],
    notices: commands.notice === null ? [] : [commands.notice],
  };
}

function noTarget(files: readonly FoundNative[]): UserError {
  return new UserError("MA731", {
    what: "there is no target for any of the executables",
    found: files.map((file) => `${shownFile(file)} (${platform(file.facts)})`).join(", "),
  });
}

/** The commands that the configuration, a flag or an input names; `null`: none does. */
function givenBins({ config, packages }: Project): readonly string[] | null {
  if (config.packages === undefined) return config.bins ?? null;
  return packages.flatMap(({ bins }) => bins);
}

/** As configured, else as the files are called where they agree, else the project's name. */
function addonName(project: Project, addons: readonly FoundNative[]): string {
  const configured = project.packages
    .map(({ outputs }) => outputs.npm?.addon ?? null)
    .find(Boolean);
  if (configured) return configured;
  const stems = new Set(
    addons.flatMap(({ places }) => places.flatMap((place) => commandName(place)?.stem ?? [])),
  );
  const [stem, another] = stems;
  return stem !== undefined && another === undefined ? stem : project.name;
}

function withCommands(
  project: Project,
  files: readonly NamedFile[],
  addon: string | null,
): Project {
  const bins = [...new Set(files.map(({ name }) => name))].sort();
  const packages = project.packages.map((one, index) => {
    const { npm } = one.outputs;
    const named = project.config.packages === undefined ? { ...one, bins } : one;
    if (npm === undefined || addon === null || index > 0) return named;
    return { ...named, outputs: { ...named.outputs, npm: { ...npm, addon } } };
  });
  return { ...project, packages };
}

function ownerOf({ packages }: Project, { file, name }: NamedFile): string {
  const owner =
    file.kind === "addon" ? packages[0] : packages.find(({ bins }) => bins.includes(name));
  return owner?.name ?? "";
}

function expectations({ packages }: Project): ForeignTarget["expect"] {
  return packages.flatMap(({ name, bins, outputs }) => [
    ...(bins.length === 0 ? [] : [{ package: name, kind: "executable" as const }]),
    ...(outputs.npm?.addon == null ? [] : [{ package: name, kind: "addon" as const }]),
  ]);
}

/** What somebody else's files need is a fact; a floor is only what the user set. */
function neededGlibc(files: readonly FoundNative[]): string | null {
  const needs = files.flatMap(({ facts }) => (facts.glibcMin === null ? [] : [facts.glibcMin]));
  return needs.sort(compareDotted).at(-1) ?? null;
}

function missingTargets(ids: readonly string[]): UserError[] {
  if (ids.length === 0) return [];
  return [
    new UserError("MA737", {
      what: `no file was found for ${ids.join(", ")}`,
      expected: "a file for each target that is expected",
    }),
  ];
}

/** A command that some targets have and others lack. */
function uneven(files: ReadonlyMap<string, readonly NamedFile[]>): UserError[] {
  const present = [...files].filter(([, own]) => own.length > 0);
  const described = (own: readonly NamedFile[]): string =>
    [...new Set(own.map(({ file, name }) => (file.kind === "addon" ? `${name}.node` : name)))]
      .sort()
      .join(" and ");
  const sets = new Set(present.map(([, own]) => described(own)));
  if (sets.size <= 1) return [];
  return [
    new UserError("MA736", {
      what: "the targets do not have the same commands",
      expected: "every command for every target",
      found: present.map(([id, own]) => `${id}: ${described(own)}`).join("; "),
    }),
  ];
}
