import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { writeTarGz } from "@multiarch/archive";
import { type CheckOptions, checkSdist, checkWheel } from "@multiarch/check";
import { type Member, readContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { metadataNegatives } from "../../packages/capability/check/test/wheel/metadata-negatives.ts";
import { nameNegatives } from "../../packages/capability/check/test/wheel/name-negatives.ts";
import { factsWith } from "../../packages/capability/check/test/wheel/natives.ts";
import { anyPurpose, type Negative } from "../../packages/capability/check/test/wheel/negative.ts";
import { platformNegatives } from "../../packages/capability/check/test/wheel/platform-negatives.ts";
import { type Recipe, wheel } from "../../packages/capability/check/test/wheel/recipe.ts";
import { sdistNegatives } from "../../packages/capability/check/test/wheel/sdist-negatives.ts";
import { accountNegatives } from "../../packages/capability/check/test/wheel/zip-negatives.ts";
import { type RawZipEntry, rawZip } from "../../packages/mechanism/archive/test/raw-zip.ts";
import { brokenZips } from "./support/broken-zips.ts";
import { askPython, type PythonVerdict } from "./support/python.ts";

interface Asked {
  readonly kind: "wheel" | "sdist";
  readonly path: string;
  readonly options: CheckOptions;
  readonly recipe: Recipe | null;
}

/** A broken package on disk, and why we and Python's tools may differ about it. */
interface Held extends Asked {
  readonly rule: string;
  readonly differs: string | null;
}

const plain = wheel({
  tag: "py3-none-any",
  files: [{ path: "demo/__init__.py", text: "x = 1\n".repeat(50) }],
});
const program = "demo-1.0.data/scripts/demo";
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-wheel-rules-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function membersOf({ files }: Recipe): RawZipEntry[] {
  return files.map(({ path, text, mode = "0100644" }) => ({
    name: path,
    data: Buffer.from(text),
    attributes: Number.parseInt(mode, 8),
  }));
}

/** The members of a sound wheel, among them the given file beside a `demo/x.py`. */
function wheelWith(file: { path: string; text: string }): RawZipEntry[] {
  const usual = { path: "demo/x.py", text: "" };
  const files = file.path === usual.path ? [file] : [usual, file];
  return membersOf(wheel({ tag: "py3-none-any", files }));
}

/** Each in a folder of its own: many have the same name. */
function place(index: number, name: string, bytes: Buffer): string {
  const own = join(folder, String(index));
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, name), bytes);
  return join(own, name);
}

interface Findings {
  readonly all: string[];
  readonly errors: string[];
}

/** What we say of the file, native members being what the recipe calls them. */
async function rulesOf({ kind, path, options, recipe }: Asked): Promise<Findings> {
  const contents = await readContents(path, { as: kind, temporaryFolder: folder });
  let checks: Check[] = [];
  if (contents.kind === "wheel") {
    checks = checkWheel({ ...contents, members: known(contents.members, recipe) }, options);
  } else if (contents.kind === "sdist") {
    checks = checkSdist({ ...contents, members: known(contents.members, recipe) }, options);
  }
  return {
    all: checks.map(({ rule }) => rule),
    errors: checks.filter(({ level }) => level === "error").map(({ rule }) => rule),
  };
}

function known(members: readonly Member[], recipe: Recipe | null): Member[] {
  const files = new Map(recipe?.files.map((file) => [file.path, file]));
  return members.map((member) => {
    const file = files.get(member.path);
    const damage = file?.damage === undefined ? null : { id: "MA602", text: file.damage };
    return file === undefined ? member : { ...member, facts: file.facts ?? null, damage };
  });
}

/** Each package is refused by its rule; where Python's tools disagree with us the table must say why, and only there. */
async function compare(held: readonly Held[], verdicts: readonly PythonVerdict[]): Promise<void> {
  const refused = new Map(verdicts.map((verdict) => [verdict.path, verdict.refused]));
  expect(refused.size).toBe(held.length);
  const surprises: string[] = [];
  for (const one of held) {
    const { all, errors } = await rulesOf(one);
    if (!all.includes(one.rule)) surprises.push(`${one.rule}: ${one.path} has only ${all}`);
    const readers = Object.entries(refused.get(one.path) ?? {});
    const agree = readers.length > 0 === errors.length > 0;
    if (agree === (one.differs === null)) continue;
    surprises.push(
      `${one.rule}: ${one.path} refused by us for [${errors}], by Python for ${JSON.stringify(readers)}; ${one.differs ?? "no reason"}`,
    );
  }
  expect(surprises).toEqual([]);
}

describe("broken wheels on disk, against packaging, zipfile, pip and wheel", () => {
  test("names, tags, metadata, RECORD and native files", async () => {
    const negatives: readonly Negative[] = [
      ...nameNegatives,
      ...platformNegatives,
      ...metadataNegatives,
      ...accountNegatives.filter(({ rule }) => rule === "zip/mode"),
    ];
    const held = negatives.map(
      ({ rule, recipe, options, differs = null }, index): Held => ({
        kind: "wheel",
        rule,
        recipe,
        differs,
        options: { ...anyPurpose, ...options },
        path: place(index, recipe.name, rawZip(membersOf(recipe))),
      }),
    );
    const verdicts = await askPython(
      "wheel",
      held.map(({ path }) => path),
      folder,
    );
    await compare(held, verdicts);
  });

  test("the container", async () => {
    const held = brokenZips(wheelWith).map(
      ({ rule, bytes, forIndex, differs = null }, index): Held => ({
        kind: "wheel",
        rule,
        recipe: null,
        differs,
        options: { ...anyPurpose, purpose: forIndex === true ? "pypi" : "any" },
        path: place(1000 + index, plain.name, bytes),
      }),
    );
    const verdicts = await askPython(
      "wheel",
      held.map(({ path }) => path),
      folder,
    );
    await compare(held, verdicts);
  });

  test("source distributions", async () => {
    const held: Held[] = [];
    for (const [index, negative] of sdistNegatives.entries()) {
      const { rule, recipe, options, differs = null } = negative;
      if (recipe.refusals !== undefined || recipe.size !== undefined) continue;
      const path = place(2000 + index, recipe.name, Buffer.alloc(0));
      const entries = recipe.files.map(({ path: name, text }) => ({
        name,
        mode: 0o644 as const,
        content: new TextEncoder().encode(text),
      }));
      await writeTarGz(path, entries, { epoch: 315_532_800 });
      const asked = { ...anyPurpose, ...options };
      held.push({ kind: "sdist", rule, recipe, differs, path, options: asked });
    }
    const verdicts = await askPython(
      "sdist",
      held.map(({ path }) => path),
      folder,
    );
    await compare(held, verdicts);
  });
});

test("sound wheels are refused by nobody", async () => {
  const recipes = [
    plain,
    wheel({ natives: { [program]: factsWith() } }),
    wheel({ tag: "2-py3-none-any", wheel: (lines) => [...lines, "Build: 2"] }),
    wheel({ tag: "cp315-abi3.abi3t-manylinux_2_28_aarch64" }),
    wheel({ tag: "cp313-cp313-macosx_11_0_arm64" }),
  ];
  const paths = recipes.map((recipe, index) =>
    place(3000 + index, recipe.name, rawZip(membersOf(recipe))),
  );
  const verdicts = await askPython("wheel", paths, folder);
  expect(verdicts.map(({ refused }) => refused)).toEqual(recipes.map(() => ({})));
  for (const [index, path] of paths.entries()) {
    const recipe = recipes[index] ?? null;
    const { errors } = await rulesOf({ kind: "wheel", path, options: anyPurpose, recipe });
    expect(errors).toEqual([]);
  }
});

test("what zipfile cannot read of a thousand damaged wheels we refuse", async () => {
  const whole = rawZip(membersOf(plain));
  const damaged: string[] = [];
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let index = 0; index < 1000; index++) {
    const bytes = Buffer.from(whole);
    const at = random(bytes.length);
    if (index % 10 === 0) {
      damaged.push(place(10_000 + index, plain.name, bytes.subarray(0, at)));
      continue;
    }
    bytes[at] = (bytes[at] ?? 0) ^ (1 + random(255));
    damaged.push(place(10_000 + index, plain.name, bytes));
  }
  const refused = (await askPython("zip", damaged, folder)).filter(
    (verdict) => Object.keys(verdict.refused).length > 0,
  );
  expect(refused.length).toBeGreaterThan(500);
  const missed: string[] = [];
  for (const { path, refused: reasons } of refused) {
    const { errors } = await rulesOf({ kind: "wheel", path, options: anyPurpose, recipe: null });
    if (errors.length === 0) missed.push(`${path} ${JSON.stringify(reasons)}`);
  }
  expect(missed).toEqual([]);
});
