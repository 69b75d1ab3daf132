import type { WheelContents } from "@multiarch/contents";
import { hashOf, type MemberCases, membersOf } from "../contents.ts";

/** A wheel as far as a set looks at it: its name and its native files. */
export function wheelContents(name: string, cases: MemberCases): WheelContents {
  return {
    kind: "wheel",
    path: `wheels/${name}`,
    name,
    size: 1000,
    sha256: hashOf([...name].reverse().join("")),
    members: membersOf(cases),
    texts: new Map(),
    refusals: [],
    zip: { entries: [], commentSize: 0, zip64RecordSize: null },
  };
}
