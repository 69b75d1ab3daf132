import type { Answers } from "./manager-cells.ts";
import { type Cell, expectations } from "./manager-expectations.ts";
import { type Kind, kinds } from "./manager-subjects.ts";

export interface Found extends Cell {
  /** Of the package manager. */
  readonly version: string;
  readonly answers: Answers;
}

/** Column of each question, in this order. */
const columns: Readonly<Record<Kind, readonly string[]>> = {
  executable: [
    "installed",
    "in lock file",
    "exit 3",
    "exit 3, its runner",
    "SIGTERM, caught",
    "SIGTERM",
    "SIGSEGV",
    "reinstalled",
    "optional left out",
    "lock file without it",
    "lock file anew",
  ],
  addon: [
    "installed",
    "in lock file",
    "require",
    "import",
    "require, its runtime",
    "import, its runtime",
    "reinstalled",
    "optional left out",
    "lock file without it",
    "lock file anew",
  ],
};

const titles: Readonly<Record<Kind, string>> = {
  executable: "Packages with an executable",
  addon: "Packages with an addon",
};

const head = `# Package managers

What each package manager does with the packages that multiarch makes, in each layout: found by installing them from a registry on Linux
with glibc, under Node 24. Five targets are published: this machine's processor for glibc and for musl, the other processor, macOS and Windows.
\`npm run package-managers\` installs everything again and writes this page; a test holds the page against what it finds.

- **installed**: the libcs whose package was installed; never a package of another system or processor. **reinstalled**: the same after
  node_modules was deleted, by \`npm ci\` or what the manager has for it, and whether it works.
- **in lock file**: targets with an entry of their own. **lock file anew**: the same after the lock file alone was deleted.
- **exit 3**: what is seen when the program ends so: started from node_modules/.bin, and by the manager's own runner (\`npm exec\`).
- **SIGTERM, caught**: sent to the command, reaches a program that catches it and ends with 7. **SIGTERM**, **SIGSEGV**: what is seen of a
  program that dies by it. No process was left behind.
- **require**, **import**: whether the module gives the addon's functions, in Node; Bun and Deno load it in their own runtime, too.
- **optional left out**: the command that our message names after \`--omit=optional\` or the like, and what is installed then. **lock file without
  it**: the same for a lock file that lacks the packages for this machine.
`;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;

/** The document, from what was found; managers in the order of their cells. */
export function renderTable(found: readonly Found[]): string {
  const tables = kinds.map((kind) => {
    const heads = ["Manager", "Layout", ...columns[kind]];
    const rows = joinLayouts(found.filter((one) => one.kind === kind));
    const lines = [heads, heads.map(() => "---"), ...rows].map(row);
    return `## ${titles[kind]}\n\n${lines.join("\n")}\n`;
  });
  const reasons = new Map<string, string>();
  for (const { question, of, layout, why } of expectations) {
    const where = layout === undefined ? "" : `, layout ${layout}`;
    const names = `${of.join(", ")}${where}`;
    if (why !== undefined) {
      const key = `${names} | ${why}`;
      reasons.set(key, [reasons.get(key), question].filter((one) => one !== undefined).join(", "));
    }
  }
  const lines = [...reasons].map(
    ([key, questions]) => `| ${key.replace(" | ", ` | ${questions} | `)} |`,
  );
  const table = ["| Manager | Column | Why |", "| --- | --- | --- |", ...lines].join("\n");
  return [head, ...tables, `## Where they differ\n\n${table}\n`].join("\n");
}

/** One row for each manager, or several where it does not do the same in every layout. */
function joinLayouts(found: readonly Found[]): string[][] {
  const rows = new Map<string, { first: Found; layouts: string[] }>();
  for (const one of found) {
    const key = JSON.stringify([one.manager.name, columns[one.kind].map((at) => one.answers[at])]);
    const known = rows.get(key);
    if (known === undefined) rows.set(key, { first: one, layouts: [one.layout] });
    else known.layouts.push(one.layout);
  }
  return [...rows.values()].map(({ first, layouts }) => [
    first.manager.name.includes("PnP")
      ? `Yarn ${first.version}, PnP`
      : `${word(first)} ${first.version}`,
    layouts.join(", "),
    ...columns[first.kind].map((question) => first.answers[question] ?? "–"),
  ]);
}

function word({ manager }: Found): string {
  return manager.name.split(" ")[0] ?? manager.name;
}
