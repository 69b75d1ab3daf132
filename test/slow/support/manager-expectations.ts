import type { Answers } from "./manager-cells.ts";
import type { Kind, Layout } from "./manager-subjects.ts";
import type { Manager } from "./managers.ts";

export interface Cell {
  readonly manager: Manager;
  readonly layout: Layout;
  readonly kind: Kind;
}

/** Answers that some cells give to a question, and why they are no fault of ours. */
interface Expectation {
  readonly question: string;
  readonly answer: string;
  readonly of: readonly string[];
  readonly layout?: Layout;
  readonly kind?: Kind;
  /** Not given for what is everybody's own spelling of the same. */
  readonly why?: string;
}

/** What every manager is expected to do unless a later line says otherwise. */
const usual: Readonly<Record<Kind, Answers>> = {
  executable: {
    installed: "glibc",
    "in lock file": "5 of 5",
    "exit 3": "3",
    "exit 3, its runner": "3",
    "SIGTERM, caught": "caught, 7",
    SIGTERM: "SIGTERM",
    SIGSEGV: "SIGSEGV",
    reinstalled: "glibc, works",
    "lock file anew": "5 of 5",
  },
  addon: {
    installed: "glibc",
    "in lock file": "5 of 5",
    require: "works",
    import: "works",
    reinstalled: "glibc, works",
    "lock file anew": "5 of 5",
  },
};

const allNpm = ["npm 10", "npm 11", "npm 12"];
const allPnpm = ["pnpm 10", "pnpm 12"];
const npm10Libc =
  "npm 10 chooses by libc when it resolves, and not when it reads a lock file; the right one is taken";
const both = "glibc and musl";
const leftOut = "optional left out";
const lacking = "lock file without it";

/** A later line wins over an earlier one. */
export const expectations: readonly Expectation[] = [
  { question: leftOut, of: allNpm, answer: "npm ci --include=optional: glibc, works" },
  {
    question: leftOut,
    of: ["npm 10"],
    answer: `npm ci --include=optional: ${both}, works`,
    why: npm10Libc,
  },
  { question: leftOut, of: allPnpm, answer: "pnpm install: glibc, works" },
  { question: leftOut, of: ["Yarn 1"], answer: `yarn install --force: ${both}, works` },
  { question: leftOut, of: ["Bun"], answer: "bun install --force: glibc, works" },
  {
    question: leftOut,
    of: ["Yarn 4", "Yarn 4 PnP"],
    answer: "yarn install: glibc, works",
    why: "Yarn 4 has no option that leaves optional dependencies out; the folder was deleted instead",
  },
  {
    question: leftOut,
    of: ["Deno"],
    answer: `deno install --reload: ${both}, works`,
    why: "Deno has no option that leaves optional dependencies out; the folder was deleted instead",
  },
  {
    question: lacking,
    of: ["npm 10"],
    answer: "npm install --include=optional NAME@1.2.3: glibc, works",
    why: "npm before 11.3 trusts a lock file that lacks a platform (npm/cli#4828)",
  },
  { question: lacking, of: ["npm 11", "npm 12"], answer: "by itself: glibc, works" },
  {
    question: lacking,
    of: allPnpm,
    answer: "pnpm install --fix-lockfile: glibc, works",
    why: "pnpm trusts a lock file that lacks a platform; pnpm 12 does so even when the package is added again",
  },
  {
    question: lacking,
    of: ["Bun"],
    answer: "bun remove NAME && bun add NAME@1.2.3: glibc, works",
    why: "Bun trusts a lock file that lacks a platform, even when the package is added again",
  },
  {
    question: "reinstalled",
    of: ["npm 10"],
    answer: `${both}, works`,
    why: npm10Libc,
  },
  {
    question: "lock file anew",
    of: ["npm 10"],
    answer: "2 of 5",
    why: "npm before 11.3 writes only what lies in node_modules when the lock file alone was deleted (npm/cli#4828)",
  },
  ...["Yarn 1", "Deno"].flatMap((name) => {
    const why = `${name} does not look at libc; the right one of both is taken`;
    return [
      { question: "installed", of: [name], answer: both, why },
      { question: "reinstalled", of: [name], answer: `${both}, works`, why },
    ];
  }),
  ...[
    { question: "installed", answer: both },
    { question: "reinstalled", answer: `${both}, works` },
    { question: leftOut, answer: `bun install --force: ${both}, works` },
    { question: lacking, answer: `bun remove NAME && bun add NAME@1.2.3: ${both}, works` },
  ].map((one) => ({
    ...one,
    of: ["Bun"],
    layout: "alias" as const,
    why: "Bun does not look at the libc of an alias; the right one of both is taken",
  })),
  ...["require", "import"].map((way) => ({
    question: `${way}, its runtime`,
    of: ["Bun", "Deno"],
    kind: "addon" as const,
    answer: "works",
  })),
];

export function expectedAnswers(cell: Cell): Answers {
  const own = expectations.filter((one) => isAbout(one, cell));
  return {
    ...usual[cell.kind],
    ...Object.fromEntries(own.map(({ question, answer }) => [question, answer])),
  };
}

export function isAbout({ of, layout, kind }: Expectation, cell: Cell): boolean {
  return (
    of.includes(cell.manager.name) &&
    (layout ?? cell.layout) === cell.layout &&
    (kind ?? cell.kind) === cell.kind
  );
}
