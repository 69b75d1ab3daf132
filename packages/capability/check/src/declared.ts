import type { Contents } from "@multiarch/contents";
import type { Declared } from "./declared-type.ts";
import { declaredByNpm } from "./npm/declared.ts";
import { declaredBySdist, declaredByWheel } from "./wheel/check-wheel.ts";

/** What the label of a package says; `undefined`: the file carries none, or one that cannot be read. */
export function declaredBy(contents: Contents): Declared | undefined {
  switch (contents.kind) {
    case "npm":
      return declaredByNpm(contents);
    case "wheel":
      return declaredByWheel(contents);
    case "sdist":
      return declaredBySdist(contents);
    default:
      return undefined;
  }
}
