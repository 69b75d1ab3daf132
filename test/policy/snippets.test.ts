import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { initFiles, loadProject } from "@multiarch/project";
import { parse } from "yaml";
import { run } from "../../packages/cli/test/session.ts";
import { programFor } from "../support/binaries.ts";
import { fences } from "../support/markdown.ts";
import { put, temporaryFolder } from "../support/temporary.ts";
import { isMapping, wrongCalls } from "./snippet-workflows.ts";
import { projectFiles, root } from "./tree.ts";

const read = (file: string): string => readFileSync(join(root, file), "utf8");
const documents = projectFiles("", ".md");
const snippets = documents.flatMap((file) =>
  fences(read(file)).map((fence) => ({ ...fence, file, where: `${file}:${fence.line}` })),
);
type Snippet = (typeof snippets)[number];

type Kind = "workflow" | "steps" | "configuration" | "commands" | "drawing";

/** @throws for a block that no rule below holds to the truth */
function kindOf({ language, text, where }: Snippet): Kind {
  if (language === "sh") return "commands";
  if (language === "text") return "drawing";
  if (language !== "yaml")
    throw new Error(`${where}: what is a block of ${language || "nothing"}?`);
  const value: unknown = parse(text);
  if (Array.isArray(value)) return "steps";
  if (!isMapping(value)) throw new Error(`${where}: neither a workflow nor a configuration`);
  const jobs = Object.values(value).filter((one) => isMapping(one) && "runs-on" in one);
  return "jobs" in value || jobs.length > 0 ? "workflow" : "configuration";
}

const of = (...kinds: readonly Kind[]): [string, Snippet][] =>
  snippets.filter((one) => kinds.includes(kindOf(one))).map((one) => [one.where, one]);

/** The files of a project that needs no `builder:`. */
const goProject = {
  "go.mod": "module example.com/tool\n\ngo 1.25\n",
  "main.go": "package main\n\nfunc main() {}\n",
};
const load = (folder: string) => loadProject(folder, { env: {}, log: silentLog });

test("every block of code is held against something", () => {
  const kinds = new Set(snippets.map(kindOf));
  expect([...kinds].sort()).toEqual(["commands", "configuration", "drawing", "steps", "workflow"]);
  const folders = new Set(snippets.map(({ file }) => dirname(file)));
  for (const folder of [".", "docs", "build", "detect", "matrix", "merge"]) {
    expect([folder, folders.has(folder)]).toEqual([folder, true]);
  }
});

describe("workflows and steps", () => {
  test.each(of("workflow", "steps"))("%s call what exists, with inputs that it has", (_, one) => {
    expect(wrongCalls(parse(one.text), one.text)).toEqual([]);
  });

  test("the seven lines of the README are what init writes", async () => {
    const folder = await temporaryFolder();
    await put(folder, goProject);
    const [file] = initFiles(await load(folder));
    expect(file?.path).toBe(".github/workflows/release.yml");
    expect(file?.content.trimEnd().split("\n")).toHaveLength(7);
    const shown = snippets.filter(({ file }) => file === "README.md").map(({ text }) => text);
    expect(shown).toContain(file?.content);
  });

  test("the jobs of each action's README are those of docs/workflows.md", () => {
    const whole = parse(snippets.find(({ file }) => file === "docs/workflows.md")?.text ?? "");
    for (const job of ["build", "merge"]) {
      const own = parse(snippets.find(({ file }) => file === `${job}/README.md`)?.text ?? "");
      const { steps: _ours, ...expected } = whole.jobs[job];
      const { steps: _theirs, ...found } = own[job];
      expect([job, found]).toEqual([job, expected]);
    }
  });
});

describe("configurations", () => {
  test.each(of("configuration"))("%s is read without error or warning", async (_, { text }) => {
    const folder = await temporaryFolder();
    const named = isMapping(parse(text)) && "builder" in parse(text);
    await put(folder, { ...(named ? {} : goProject), "multiarch.yml": text });
    const { warnings, packages } = await load(folder);
    expect(packages).toHaveLength(1);
    const concern = warnings.filter(({ code }) => !code.startsWith("no-"));
    expect(concern).toEqual([]);
  });
});

describe("commands", () => {
  const ofReadme = snippets
    .filter((one) => one.file === "README.md" && kindOf(one) === "commands")
    .map(({ text }) => text.trim());

  test("of the README are two, and CI runs both", () => {
    expect(ofReadme).toHaveLength(2);
    const run = read(".github/workflows/ci.yml");
    for (const command of ofReadme.flatMap((line) => line.split(" && "))) {
      expect([command, run.includes(`- run: ${command}\n`)]).toEqual([command, true]);
    }
  });

  test.each(of("commands"))("%s are ours, on a folder that is there", (_, { text }) => {
    for (const line of text.trim().split("\n")) {
      if (line.includes(" merge ")) continue;
      const [, folder] = /^node dist\/cli\/index\.js (?:release|init) (\S+)$/.exec(line) ?? [];
      if (folder === undefined) expect(ofReadme).toContain(line);
      else expect([line, existsSync(join(root, folder))]).toEqual([line, true]);
    }
  });

  const merging = snippets
    .filter((one) => kindOf(one) === "commands")
    .flatMap(({ text }) => text.trim().split("\n"))
    .filter((line) => line.includes(" merge "));

  test.each(merging)("%s makes packages of five programs", async (line) => {
    const [, from = ""] = / --from (\S+)/.exec(line) ?? [];
    const folder = await temporaryFolder();
    const targets = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "windows-x64"];
    const programs = targets.map((id): [string, Uint8Array] => [`${id}/program`, programFor(id)]);
    await put(join(folder, from), Object.fromEntries(programs));
    const words = [...line.split(" ").slice(2), "--no-install-test"];
    const { code, stdout } = await run(words, folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mytool@1\.2\.3 +npm +all/m);
  });

  test("name npm scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? ""),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe("links", () => {
  const links = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => ({ file, to: to ?? "" })),
  );

  test("inside the repository lead somewhere", () => {
    expect(links.length).toBeGreaterThan(10);
    const broken = links
      .filter(({ to }) => !/^https?:/.test(to))
      .filter(({ file, to }) => !existsSync(join(root, dirname(file), to.split("#", 1)[0] ?? "")));
    expect(broken).toEqual([]);
  });

  test("lead from the README to every document", () => {
    const linked = links.filter(({ file }) => file === "README.md").map(({ to }) => to);
    const expected = readdirSync(join(root, "docs"))
      .map((name) => `docs/${name}${name.endsWith(".md") ? "" : "/"}`)
      .filter((path) => !linked.includes(path));
    expect(expected).toEqual([]);
  });

  test("paths in code name files that are there", () => {
    const wrong = documents.flatMap((file) =>
      [
        ...read(file).matchAll(
          /`((?:packages|actions|test|scripts|docs|schema|examples)\/[^`\s*<]*)`/g,
        ),
      ]
        .map(([, path]) => path ?? "")
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${file}: ${path}`),
    );
    expect(wrong).toEqual([]);
  });
});
