import { basename } from "node:path";
import type { Check } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";

/** What a wheel or sdist is, by its bytes. */
export interface ReadPackage {
  readonly kind: "wheel" | "sdist";
  /** As its label says, in any spelling. */
  readonly name: string;
  readonly version: string;
  /** Platform tags of a wheel; `null`: an sdist, which is for all. */
  readonly platforms: readonly string[] | null;
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly checks: readonly Check[];
}

/** Reads a file as a wheel or sdist and holds it against the rules. @returns an MA720 for what is neither */
export async function readPackage(
  path: string,
  temporaryFolder: string,
): Promise<ReadPackage | UserError> {
  const { readContents } = await import("@multiarch/contents");
  const { checkSdist, checkWheel, declaredBy } = await import("@multiarch/check");
  const file = basename(path);
  const kind = file.endsWith(".whl") ? "wheel" : "sdist";
  const contents = await readContents(path, { as: kind, shownAs: file, temporaryFolder });
  if (contents.kind !== "wheel" && contents.kind !== "sdist") {
    const found = contents.kind === "other" ? contents.found : contents.kind;
    return new UserError("MA720", { what: `${file} is no ${kind}`, expected: `a ${kind}`, found });
  }
  const options = { purpose: "any", target: null, glibc: null } as const;
  const checks =
    contents.kind === "wheel" ? checkWheel(contents, options) : checkSdist(contents, options);
  const declared = declaredBy(contents);
  const name = declared?.name ?? null;
  const version = declared?.version ?? null;
  if (name === null || version === null) {
    const [first] = checks.filter(({ level }) => level === "error");
    return new UserError("MA720", {
      what: `${file} does not say what it is${first === undefined ? "" : ` (${first.rule})`}`,
      expected: first?.expected ?? "a name and a version",
      found: first?.found ?? "none",
    });
  }
  const tags = declared?.tags ?? [];
  const platforms = [...new Set(tags.map((tag) => tag.slice(tag.lastIndexOf("-") + 1)))];
  return {
    kind,
    name,
    version,
    platforms: kind === "wheel" ? platforms : null,
    size: contents.size,
    sha256: contents.sha256,
    checks,
  };
}
