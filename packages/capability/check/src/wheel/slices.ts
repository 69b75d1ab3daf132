import type { Architecture, OperatingSystem } from "@multiarch/contracts";
import { baseName } from "../grouping.ts";
import type { NativeFile } from "../native/native-file.ts";
import type { PackageFinding } from "../package-rule.ts";
import {
  archsOf,
  judgeable,
  promisedArchs,
  servesArch,
  systemOf,
  tagsOf,
  type WheelSubject,
} from "./wheel-subject.ts";

/** The files of a system, when the tags promise several processors there. */
function filesOfSystem(subject: WheelSubject): Map<OperatingSystem, readonly NativeFile[]> {
  const found = new Map<OperatingSystem, readonly NativeFile[]>();
  if (!judgeable(subject)) return found;
  for (const os of new Set(subject.tags.map((tag) => tag.os))) {
    if (promisedArchs(subject, os).length < 2) continue;
    const files = subject.natives.filter(
      ({ facts }) => systemOf(facts) === os && tagsOf(subject, facts).length > 0,
    );
    if (files.length > 0) found.set(os, files);
  }
  return found;
}

/** Processors that are promised and that no file at all is for. */
export function missingSlices(subject: WheelSubject): PackageFinding[] {
  const findings: PackageFinding[] = [];
  for (const [os, files] of filesOfSystem(subject)) {
    for (const arch of promisedArchs(subject, os).filter((one) => !anyServes(os, one, files))) {
      for (const { path, facts } of files) {
        const found = `only ${archsOf(facts).join(" and ")}`;
        findings.push({ member: path, expected: `also for ${arch}, as the tags say`, found });
      }
    }
  }
  return findings;
}

/** A 32-bit program runs on every Windows for x64 processors. */
function anyServes(os: OperatingSystem, arch: Architecture, files: readonly NativeFile[]) {
  return files.some(({ facts }) =>
    archsOf(facts).some(
      (made) =>
        servesArch(os, made, arch) ||
        (os === "windows" && made === "ia32" && arch === "x64" && facts.type === "executable"),
    ),
  );
}

/** Mach-O files with fewer slices than promised where others have them all. */
export function thinFiles(subject: WheelSubject): PackageFinding[] {
  const findings: PackageFinding[] = [];
  for (const [os, files] of filesOfSystem(subject)) {
    if (os !== "darwin") continue;
    const wanted = promisedArchs(subject, os).filter((arch) => anyServes(os, arch, files));
    const thin = files.filter(({ facts }) => !wanted.every((one) => archsOf(facts).includes(one)));
    // Nothing but thin files is a wheel with one file for each processor, told apart by folders or names.
    if (thin.length === files.length) continue;
    for (const { path, facts } of thin) {
      const lacking = wanted.filter((arch) => !archsOf(facts).includes(arch));
      findings.push({
        member: path,
        expected: neededBy(files, path, lacking) ?? `also for ${lacking.join(" and ")}`,
        found: `only ${archsOf(facts).join(" and ")}`,
      });
    }
  }
  return findings;
}

/** Which file's slice would load the thin one. */
function neededBy(
  files: readonly NativeFile[],
  path: string,
  lacking: readonly Architecture[],
): string | null {
  const library = baseName(path);
  const user = files.find(({ facts }) =>
    facts.slices.some(
      ({ arch, needed }) =>
        lacking.includes(arch) && needed.some((name) => baseName(name) === library),
    ),
  );
  return user === undefined ? null : `also for ${lacking.join(" and ")}: ${user.path} needs it`;
}
