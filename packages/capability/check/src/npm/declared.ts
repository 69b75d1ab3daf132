import type { NpmContents } from "@multiarch/contents";
import type { Declared } from "../declared-type.ts";
import { accepts } from "./label.ts";
import { readManifest } from "./manifest.ts";

/** What package.json says; `undefined`: it cannot be read. */
export function declaredByNpm(contents: Pick<NpmContents, "texts">): Declared | undefined {
  const manifest = readManifest(contents);
  if ("problem" in manifest) return undefined;
  const { name, version, os, cpu, libc } = manifest;
  const forLinux = os !== null && accepts(os, "linux");
  return {
    name,
    version,
    ...(os === null ? {} : { os }),
    ...(cpu === null ? {} : { cpu }),
    ...(libc !== null || forLinux ? { libc } : {}),
  };
}
