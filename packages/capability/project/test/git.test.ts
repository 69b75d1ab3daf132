// Everything here needs git itself. A machine with nothing but Node skips it, visibly; all else is tested without git.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { loadProject, type Project } from "../src/index.ts";
import { put, temporary, userError } from "./temporary.ts";

const go = {
  "go.mod": "module example.com/tool\n\ngo 1.25\n",
  "main.go": "package main\n\nfunc main() {}\n",
};
const time = 1_700_000_000;
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_AUTHOR_DATE: `${time - 500} +0900`,
  GIT_COMMITTER_NAME: "C",
  GIT_COMMITTER_EMAIL: "c@example.com",
  GIT_COMMITTER_DATE: `${time} +0300`,
  SOURCE_DATE_EPOCH: undefined,
};

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, env, encoding: "utf8", stdio: "pipe" }).trim();
}

function hasGit(): boolean {
  try {
    git(".", "--version");
    return true;
  } catch {
    // No git on this machine: the suite is shown as skipped.
    return false;
  }
}

async function repository(files: Record<string, string>): Promise<string> {
  const root = await temporary(files);
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", ".");
  git(root, "commit", "--quiet", "--message=first");
  return root;
}

async function load(root: string, more: Record<string, string | undefined> = {}): Promise<Project> {
  return loadProject(root, { env: { ...env, ...more }, log: silentLog });
}

const suite = hasGit() ? describe : describe.skip;

suite("a project in a git repository (skipped where there is no git)", () => {
  test("knows its commit, branch and date", async () => {
    const root = await repository(go);
    const commit = git(root, "rev-parse", "HEAD");
    expect(await load(root)).toMatchObject({
      repositoryRoot: root,
      commit,
      ref: "refs/heads/main",
      epoch: time,
      version: `0.0.0-dev.g${commit.slice(0, 8)}`,
      versionFrom: "development",
      publishable: false,
      repository: null,
      warnings: [],
    });
    expect((await load(root, { SOURCE_DATE_EPOCH: "1600000000" })).epoch).toBe(1_600_000_000);
    // Other branches at the same commit, and a name that looks like more than one.
    git(root, "checkout", "--quiet", "-b", "a/b,c->d");
    expect(await load(root)).toMatchObject({ commit, ref: "refs/heads/a/b,c->d" });
  });

  test("takes the version from the tag at the commit, plain, annotated or packed", async () => {
    const root = await repository(go);
    git(root, "tag", "v1.2.3");
    git(root, "tag", "--annotate", "--message=x", "v1.3.0-rc.1");
    git(root, "pack-refs", "--all");
    git(root, "checkout", "--quiet", "--detach");
    expect(await load(root)).toMatchObject({
      version: "1.3.0-rc.1",
      versionFrom: "tag",
      publishable: true,
      ref: "refs/tags/v1.3.0-rc.1",
    });
    git(root, "commit", "--quiet", "--allow-empty", "--message=second");
    expect((await load(root)).versionFrom).toBe("development");
  });

  test("compares a tag with the manifest's version", async () => {
    const root = await repository({
      "Cargo.toml": '[package]\nname = "tool"\nversion = "1.2.3"\n',
      "src/main.rs": "",
    });
    git(root, "tag", "v2.0.0");
    const differing = await load(root);
    expect(differing).toMatchObject({ version: "1.2.3", publishable: false });
    expect(differing.publishWhy).toContain("v2.0.0");
    git(root, "tag", "tool-v1.2.3");
    expect(await load(root)).toMatchObject({ version: "1.2.3", publishable: true });
  });

  test("takes the address of its remote, without the token in it, and a licence from the root", async () => {
    const root = await repository({
      "examples/tool/go.mod": go["go.mod"],
      "examples/tool/main.go": go["main.go"],
      LICENSE: "",
      "README.md": "",
    });
    git(root, "remote", "add", "origin", "https://x-access-token:SECRET@github.com/o/r.git");
    const project = await load(join(root, "examples/tool"));
    expect(project).toMatchObject({
      repositoryRoot: root,
      repository: "https://github.com/o/r",
      commit: git(root, "rev-parse", "HEAD"),
      documents: ["LICENSE"],
    });
    expect(JSON.stringify(project)).not.toContain("SECRET");
  });

  test("in a linked work tree and in a shallow clone", async () => {
    const root = await repository(go);
    git(root, "remote", "add", "origin", "git@github.com:o/r.git");
    const linked = join(await temporary(), "linked");
    git(root, "worktree", "add", "--quiet", "-b", "side", linked);
    expect(await load(linked)).toMatchObject({
      repositoryRoot: linked,
      ref: "refs/heads/side",
      repository: "https://github.com/o/r",
    });
    git(root, "commit", "--quiet", "--allow-empty", "--message=second");
    git(root, "tag", "v1.0.0");
    const shallow = join(await temporary(), "shallow");
    git(
      root,
      "clone",
      "--quiet",
      "--depth=1",
      "--branch=v1.0.0",
      pathToFileURL(root).href,
      shallow,
    );
    expect(await load(shallow)).toMatchObject({
      version: "1.0.0",
      ref: "refs/tags/v1.0.0",
      repository: null,
    });
  });

  test("is told when tracked files differ from the commit, here and not elsewhere", async () => {
    const root = await repository({ ...go, "other/x": "" });
    await put(root, { "other/x": "changed", "untracked.txt": "" });
    expect((await load(root)).warnings).toMatchObject([{ code: "uncommitted-changes" }]);
    const inner = await repository({ "a/go.mod": go["go.mod"], "a/main.go": go["main.go"], b: "" });
    await put(inner, { b: "changed" });
    expect((await load(join(inner, "a"))).warnings).toEqual([]);
  });

  test("a repository that merely surrounds the project is not its source", async () => {
    const root = await repository({ x: "" });
    git(root, "remote", "add", "origin", "git@github.com:o/surrounding.git");
    git(root, "tag", "v9.9.9");
    await put(root, { "tool/go.mod": go["go.mod"], "tool/main.go": go["main.go"] });
    expect(await load(join(root, "tool"))).toMatchObject({
      repositoryRoot: null,
      commit: null,
      ref: null,
      repository: null,
      version: "0.0.0-dev.0",
      epoch: 315_532_800,
      warnings: [{ code: "not-tracked" }],
    });
  });

  test("a repository without a commit", async () => {
    const root = await temporary(go);
    git(root, "init", "--quiet");
    expect(await load(root)).toMatchObject({ commit: null, version: "0.0.0-dev.0", warnings: [] });
  });

  test("variables of another repository, and a user's git settings, change nothing", async () => {
    const root = await repository(go);
    const other = await repository({ x: "" });
    const home = await temporary({
      ".gitconfig":
        "[log]\n\tshowSignature = true\n\tdate = relative\n\tdecorate = short\n\texcludeDecoration = refs/*\n[color]\n\tui = always\n[status]\n\tshort = true\n\tbranch = true\n[tag]\n\tsort = -refname\n[column]\n\tui = always\n",
    });
    git(root, "tag", "v1.0.0");
    const project = await load(root, {
      GIT_DIR: join(other, ".git"),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: join(other, ".git/index"),
      GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
    });
    expect(project).toMatchObject({
      commit: git(root, "rev-parse", "HEAD"),
      version: "1.0.0",
      warnings: [],
    });
  });

  test("a broken repository is an error, not a project without a commit", async () => {
    const root = await repository(go);
    await put(root, { ".git/HEAD": "nonsense\n" });
    const error = await userError(load(root));
    expect(error.id).toBe("MA143");
  });

  test("without git on PATH the commit is unknown, and that is told", async () => {
    const root = await repository(go);
    git(root, "remote", "add", "origin", "git@github.com:o/r.git");
    expect(await load(root, { PATH: await temporary(), Path: undefined })).toMatchObject({
      commit: null,
      repository: "https://github.com/o/r",
      warnings: [{ code: "no-git" }],
    });
  });
});
