import { describe, expect, test } from "@jest/globals";
import { productMains, readGoProject } from "../src/manifest/go.ts";
import { executableName, parseGoMod } from "../src/manifest/go-mod.ts";
import { readGoSource } from "../src/manifest/go-source.ts";
import { temporary, userError } from "./temporary.ts";

const main = "package main\n\nfunc main() {}\n";

describe("go.mod", () => {
  test.each<[string, string, [string, string | null, string | null]]>([
    ["plain", "module example.com/tool\n\ngo 1.25\n", ["example.com/tool", "1.25", null]],
    [
      "with a toolchain",
      "module example.com/tool\ngo 1.25.3\ntoolchain go1.26.8\n",
      ["example.com/tool", "1.25.3", "go1.26.8"],
    ],
    ["toolchain default", "module a.b/c\ntoolchain default\n", ["a.b/c", null, null]],
    [
      "comments and CRLF",
      "// Deprecated: gone\r\nmodule a.b/c // the name\r\ngo 1.25 // indirect\r\n",
      ["a.b/c", "1.25", null],
    ],
    ["a quoted name", 'module "a.b/c"\n', ["a.b/c", null, null]],
    ["a raw name", "module `a.b/c`\n", ["a.b/c", null, null]],
    ["a comment right after the name", "module a.b/c// x\n", ["a.b/c", null, null]],
    ["a block", "module (\n\ta.b/c\n)\ngo 1.22\n", ["a.b/c", "1.22", null]],
    [
      "requirements that look like directives",
      "module a.b/c\nrequire (\n\tmodule v1.0.0 // x\n\tgo v1.2.3\n)\nrequire go.x/y v1.0.0\ngo 1.23\n",
      ["a.b/c", "1.23", null],
    ],
  ])("%s", (_what, text, [module, goVersion, toolchain]) => {
    expect(parseGoMod(text, "go.mod")).toEqual({ module, goVersion, toolchain });
  });

  test.each([
    ["no module", "go 1.25\n", "go.mod"],
    ["two modules", "module a\nmodule b\n", "go.mod:2"],
    ["an open quote", 'module "a\n', "go.mod:1"],
  ])("%s is refused", async (_what, text, where) => {
    const error = await userError(() => parseGoMod(text, "go.mod"));
    expect([error.id, error.details.where]).toEqual(["MA133", where]);
  });

  test.each([
    ["example.com/tool", "tool"],
    ["example.com/tool/v2", "tool"],
    ["example.com/tool/v10", "tool"],
    ["example.com/tool/v1", "v1"],
    ["example.com/tool/v0", "v0"],
    ["example.com/tool/cmd/other", "other"],
    ["mvdan.cc/sh/v3/cmd/shfmt", "shfmt"],
    ["gopkg.in/tool.v2", "tool.v2"],
    ["tool", "tool"],
    ["v2", "v2"],
  ])("the executable of %s is called %s", (path, name) => {
    expect(executableName(path)).toBe(name);
  });
});

describe("Go files", () => {
  const ignored = { ignored: true, constrained: true };
  test.each<[string, string, Partial<ReturnType<typeof readGoSource>>]>([
    ["a program", main, { ignored: false, packageName: "main", hasMain: true }],
    ["CRLF", main.replaceAll("\n", "\r\n"), { packageName: "main", hasMain: true }],
    ["a library", "package tool\n\nfunc main() {}\n", { packageName: "tool", hasMain: false }],
    ["no main function", "package main\n\nfunc run() {}\n", { hasMain: false }],
    ["go:build ignore", `//go:build ignore\n\n${main}`, ignored],
    ["go:build ignore below a licence", `// (c) somebody\n\n//go:build ignore\n\n${main}`, ignored],
    ["the old form", `// +build ignore\n\n${main}`, ignored],
    ["below a block comment", `/* package x\n*/\n\n//go:build ignore\n${main}`, ignored],
    [
      "another constraint",
      `//go:build linux\n\n${main}`,
      { ignored: false, constrained: true, hasMain: true },
    ],
    ["ignore said further down", `${main}//go:build ignore\n`, { ignored: false, hasMain: true }],
    [
      "main in a comment",
      "package main\n\n/*\nfunc main() {}\n*/\n// func main() {}\n",
      { hasMain: false },
    ],
    [
      "main in a raw string",
      "package main\n\nconst text = `\nfunc main() {}\n`\n",
      { hasMain: false },
    ],
    [
      "quotes before main",
      `package main\n\nvar a, b = '"', "\\"/*"\n\nfunc main() {}\n`,
      { hasMain: true },
    ],
    [
      "a package clause in a comment",
      "/*\npackage main\n*/\npackage tool // x\n",
      { packageName: "tool" },
    ],
    ["a method called main", "package main\n\nfunc (t T) main() {}\n", { hasMain: false }],
    ["a longer name", "package main\n\nfunc mainly() {}\n", { hasMain: false }],
    ["nothing", "", { packageName: null, hasMain: false }],
  ])("%s", (_what, text, expected) => {
    expect(readGoSource(text)).toMatchObject(expected);
  });
});

describe("a module", () => {
  test("its programs are found where Go would build them, and nowhere else", async () => {
    const root = await temporary({
      "go.mod": "module example.com/tool/v2\ngo 1.25\n",
      "main.go": main,
      "doc.go": "package main\n",
      "tools.go": "//go:build tools\n\npackage tools\n",
      "cmd/one/main.go": main,
      "cmd/two/a.go": "package main\n",
      "cmd/two/z.go": main,
      "cmd/only-tests/x_test.go": main,
      "cmd/ignored/x.go": `//go:build ignore\n\n${main}`,
      "cmd/versioned/v3/x.go": main,
      "internal/gen/gen.go": main,
      "lib/lib.go": "package lib\n",
      "vendor/x/main.go": main,
      "testdata/x/main.go": main,
      "lib/testdata/x/main.go": main,
      "_old/main.go": main,
      ".hidden/main.go": main,
      "node_modules/x/main.go": main,
      "nested/go.mod": "module example.com/nested\n",
      "nested/main.go": main,
      "nested/deeper/main.go": main,
    });
    const project = await readGoProject(root);
    expect(project?.mains).toEqual([
      { name: "tool", path: "." },
      { name: "one", path: "cmd/one" },
      { name: "two", path: "cmd/two" },
      { name: "versioned", path: "cmd/versioned/v3" },
      { name: "gen", path: "internal/gen" },
    ]);
    expect(productMains(project?.mains ?? []).map(({ name }) => name)).toEqual([
      "tool",
      "one",
      "two",
      "versioned",
    ]);
  });

  test("a constrained library file does not hide a program", async () => {
    const root = await temporary({
      "go.mod": "module example.com/tool\n",
      "a_tools.go": "//go:build tools\n\npackage tools\n",
      "z.go": main,
    });
    expect((await readGoProject(root))?.mains).toEqual([{ name: "tool", path: "." }]);
  });

  test("programs elsewhere are products only when there is nothing at the root or below cmd", () => {
    const elsewhere = [
      { name: "client", path: "client" },
      { name: "server", path: "server" },
    ];
    expect(productMains(elsewhere)).toEqual(elsewhere);
    expect(productMains([...elsewhere, { name: "x", path: "cmd/x" }])).toHaveLength(1);
  });

  test("is absent without go.mod; a workspace of modules is told apart", async () => {
    expect(await readGoProject(await temporary({ "main.go": main }))).toBeNull();
    const error = await userError(readGoProject(await temporary({ "go.work": "go 1.25\n" })));
    expect(error.id).toBe("MA130");
    expect(error.details.what).toContain("go.work");
  });
});
