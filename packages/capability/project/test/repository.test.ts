import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { findRepository, originUrl, remoteUrl } from "../src/git/repository.ts";
import { webUrl } from "../src/git/web-url.ts";
import { temporary } from "./temporary.ts";

describe("the address of a repository", () => {
  test.each<[string, string | null]>([
    ["https://github.com/o/r", "https://github.com/o/r"],
    ["https://github.com/o/r.git", "https://github.com/o/r"],
    ["https://github.com/o/r/", "https://github.com/o/r"],
    ["http://github.com/o/r", "https://github.com/o/r"],
    ["git@github.com:o/r.git", "https://github.com/o/r"],
    ["github.com:o/r", "https://github.com/o/r"],
    ["ssh://git@github.com/o/r.git", "https://github.com/o/r"],
    ["ssh://git@git.example.com:2222/o/r.git", "https://git.example.com/o/r"],
    ["git://git.example.com/o/r.git", "https://git.example.com/o/r"],
    ["git+https://github.com/o/r.git", "https://github.com/o/r"],
    ["git+ssh://git@github.com/o/r.git", "https://github.com/o/r"],
    ["https://x-access-token:SECRET@github.com/o/r.git", "https://github.com/o/r"],
    ["https://user@git.example.com:8443/o/r.git?x=SECRET#y", "https://git.example.com:8443/o/r"],
    ["https://gitlab.com/group/sub/r.git", "https://gitlab.com/group/sub/r"],
    ["https://GitHub.com/O/R", "https://github.com/O/R"],
    ["github:o/r", "https://github.com/o/r"],
    ["gitlab:o/r", "https://gitlab.com/o/r"],
    ["o/r", "https://github.com/o/r"],
    ["  https://github.com/o/r\n", "https://github.com/o/r"],
    ["/srv/git/r.git", null],
    ["../r", null],
    ["./r.git", null],
    ["file:///srv/git/r.git", null],
    ["C:\\work\\r", null],
    ["https://github.com/", null],
    ["not an address", null],
    ["", null],
  ])("%j is %j", (text, expected) => {
    expect(webUrl(text)).toBe(expected);
  });

  test("no credential ever survives", () => {
    for (const text of ["https://a:SECRET@h.example/o/r", "ssh://a:SECRET@h.example/o/r"]) {
      expect(webUrl(text)).not.toContain("SECRET");
    }
  });
});

describe("a git configuration", () => {
  test.each<[string, string, string | undefined]>([
    ["plain", '[remote "origin"]\n\turl = https://h/o/r\n', "https://h/o/r"],
    [
      "another section first",
      '[core]\n\turl = x\n[remote "up"]\nurl = y\n[remote "origin"]\nurl=z\n',
      "z",
    ],
    ["ends with the section", '[remote "origin"]\nfetch = f\n[branch "url"]\nurl = x\n', undefined],
    ["quotes and comments", '[remote "origin"]\nurl = "https://h/o;r" # mine\n', "https://h/o;r"],
    ["names in any case", '[Remote "origin"]\nURL = z\n', "z"],
    ["subsections in their own case", '[remote "Origin"]\nurl = z\n', undefined],
    ["all in one line", '[remote "origin"] url = z\n', "z"],
    ["the last one counts", '[remote "origin"]\nurl = a\nurl = b\n', "b"],
    ["CRLF", '[remote "origin"]\r\nurl = z\r\n', "z"],
    ["pushurl is another key", '[remote "origin"]\npushurl = z\n', undefined],
    ["empty", '[remote "origin"]\nurl =\n', undefined],
  ])("%s", (_what, text, expected) => {
    expect(remoteUrl(text, "origin")).toBe(expected);
  });
});

describe("a work tree, by its files alone", () => {
  const config = '[remote "origin"]\n\turl = git@github.com:o/r.git\n';

  test("a plain one, from a sub-folder", async () => {
    const root = await temporary({ ".git/HEAD": "ref: x\n", ".git/config": config, "a/b/": "" });
    const repository = await findRepository(join(root, "a/b"));
    expect(repository).toEqual({ root, common: join(root, ".git") });
    expect(repository && (await originUrl(repository))).toBe("git@github.com:o/r.git");
  });

  test("a linked work tree shares the configuration of the main one", async () => {
    const root = await temporary({
      "main/.git/HEAD": "ref: x\n",
      "main/.git/config": config,
      "main/.git/worktrees/linked/HEAD": "ref: y\n",
      "main/.git/worktrees/linked/commondir": "../..\n",
    });
    const { put } = await import("./temporary.ts");
    await put(root, { "linked/.git": `gitdir: ${join(root, "main/.git/worktrees/linked")}\n` });
    const repository = await findRepository(join(root, "linked"));
    expect(repository).toEqual({ root: join(root, "linked"), common: join(root, "main/.git") });
    expect(repository && (await originUrl(repository))).toBe("git@github.com:o/r.git");
  });

  test("a submodule has its own configuration, named relatively", async () => {
    const root = await temporary({
      ".git/HEAD": "ref: x\n",
      ".git/modules/sub/HEAD": "ref: y\n",
      ".git/modules/sub/config": config,
      "sub/.git": "gitdir: ../.git/modules/sub\n",
    });
    const repository = await findRepository(join(root, "sub"));
    expect(repository && (await originUrl(repository))).toBe("git@github.com:o/r.git");
  });

  test("an empty folder called .git is none", async () => {
    const root = await temporary({ ".git/": "" });
    const found = await findRepository(root);
    expect(found?.root).not.toBe(root);
  });
});
