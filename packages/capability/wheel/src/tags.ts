import type { Facts } from "@multiarch/contracts";
import { linuxTags } from "./linux-tags.ts";
import { macosTags } from "./macos-tags.ts";
import type { WheelTags } from "./types.ts";

const windowsTags: Readonly<Record<string, string>> = {
  x64: "win_amd64",
  ia32: "win32",
  arm64: "win_arm64",
};

/**
 * The platform tags of a wheel with these executables, sorted as the specification wants it, or the reason why the
 * package index accepts none. Pure: the tags say what the bytes need, never what the machine or the target was called;
 * `target` only tells which `arm` is meant when the bytes do not.
 */
export function wheelTags(facts: Facts | readonly Facts[], target: string): WheelTags {
  const all: readonly Facts[] = "format" in facts ? [facts] : facts;
  const systems = [...new Set(all.map(({ os }) => os))];
  const [system] = systems;
  if (systems.length > 1) return { none: `its files are for ${systems.join(" and ")}` };
  switch (system) {
    case "linux":
      return linuxTags(all, target);
    case "darwin":
      return macosTags(all);
    case "windows": {
      const names = [...new Set(all.map(({ arch }) => arch ?? "an unknown processor"))];
      const tag = names.length === 1 ? windowsTags[names[0] ?? ""] : undefined;
      return tag === undefined
        ? { none: `the package index accepts no tag for Windows on ${names.join(" and ")}` }
        : { tags: [tag] };
    }
    case undefined:
      return { none: "nothing was built for it" };
    case "android":
      return { none: "wheels for Android carry its API level, which an executable does not tell" };
    default:
      return { none: `the package index accepts no tag for ${system ?? "an unknown system"}` };
  }
}
