import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { component, full, root } from "./support/components.ts";
import { ask } from "./support/manager-cells.ts";
import {
  type Cell,
  expectations,
  expectedAnswers,
  isAbout,
} from "./support/manager-expectations.ts";
import { kinds, layouts, publishSubject, type Subject } from "./support/manager-subjects.ts";
import { type Found, renderTable } from "./support/manager-table.ts";
import { type Manager, managers } from "./support/managers.ts";
import { freshUser, type Registry, startRegistry } from "./support/registry.ts";
import { succeed } from "./support/run.ts";

const everyCell: readonly Cell[] = managers.flatMap((manager) =>
  layouts.flatMap((layout) => kinds.map((kind) => ({ manager, layout, kind }))),
);
/** One of each family, in the layout that is the hardest for them. */
const core = /^(?:(?:npm 11|pnpm 12|Yarn 4 PnP|Bun) alias executable|(?:npm 11|Bun) scoped addon)$/;
const named = ({ manager, layout, kind }: Cell): string => `${manager.name} ${layout} ${kind}`;
const cells = everyCell.filter((cell) => full || core.test(named(cell)));
const document = join(root, "docs/package-managers.md");
/** `npm run package-managers`: the document is written instead of read, and printed. */
const writes = process.env.MULTIARCH_WRITE_DOCUMENTS === "1";

describe("packages from a registry", () => {
  let folder: string;
  let registry: Registry;
  const subjects = new Map<string, Subject>();
  const found: Found[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-managers-"));
    registry = await startRegistry(join(folder, "registry"));
    const publishKind = async (kind: Cell["kind"]): Promise<void> => {
      for (const layout of layouts) {
        if (!cells.some((cell) => cell.kind === kind && cell.layout === layout)) continue;
        const own = mkdtempSync(join(folder, "subject-"));
        subjects.set(`${layout} ${kind}`, await publishSubject(layout, kind, registry, own));
      }
    };
    await Promise.all(kinds.map(publishKind));
  });
  afterAll(() => {
    registry?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test.each(cells.map((cell) => ({ ...cell, name: named(cell) })))("$name", async (cell) => {
    const { manager, layout, kind } = cell;
    const subject = subjects.get(`${layout} ${kind}`);
    if (subject === undefined) throw new Error(`no packages for ${layout} ${kind}`);
    const own = mkdtempSync(join(folder, `${manager.file}-`));
    const answers = await ask(manager, subject, kind, registry.url, own);
    found.push({ manager, layout, kind, version: await versionOf(manager, folder), answers });
    expect(answers).toEqual(expectedAnswers(cell));
  });

  test("are in the document as they were found", async () => {
    expect(found.map(named)).toEqual(cells.map(named));
    const answered = new Map(found.map((one) => [named(one), one]));
    const all: Found[] = [];
    for (const cell of everyCell) {
      // The core asks a few; what the others must answer is known from the whole.
      const expected = {
        ...cell,
        answers: expectedAnswers(cell),
        version: await versionOf(cell.manager, folder),
      };
      all.push(answered.get(named(cell)) ?? expected);
    }
    const text = renderTable(all);
    if (writes) {
      writeFileSync(document, text);
      process.stdout.write(text);
    }
    expect(readFileSync(document, "utf8")).toBe(text);
  });
});

test("every expectation is about some cell", () => {
  const stray = expectations.filter((one) => !everyCell.some((cell) => isAbout(one, cell)));
  expect(stray).toEqual([]);
});

const versions = new Map<string, Promise<string>>();

function versionOf(manager: Manager, home: string): Promise<string> {
  const known = versions.get(manager.name) ?? askVersion(manager, home);
  versions.set(manager.name, known);
  return known;
}

async function askVersion({ file }: Manager, home: string): Promise<string> {
  const command = join(component("get-package-managers.sh", "pm"), "bin", file);
  const said = await succeed(command, ["--version"], { cwd: home, env: freshUser(home) });
  const [version] = /\d+\.\d+\.\d+/.exec(said) ?? [];
  if (version === undefined) throw new Error(`${command} --version: ${said}`);
  return version;
}
