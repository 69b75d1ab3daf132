import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { actionsLog, getState, saveState, setOutput, setSecret } from "@multiarch/github";
import { childEnvironment, runProcess } from "@multiarch/process";
import fc from "fast-check";
import { formatEntry } from "../src/file-command.ts";
import { hostileLines, hostileText, inActions, stream, temporaryFolder } from "./helpers.ts";
import { obey, parseFileCommands } from "./runner.ts";

const folder = temporaryFolder();
const windows = process.platform === "win32";
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,20}$/);

describe("files of the runner", () => {
  test("hold exactly the outputs that were set, whatever their values", () => {
    const file = folder.path("output");
    const env = { ...inActions, GITHUB_OUTPUT: file };
    fc.assert(
      fc.property(fc.array(fc.tuple(name, hostileText)), (outputs) => {
        writeFileSync(file, "");
        for (const [key, value] of outputs) setOutput(env, key, value);
        expect(parseFileCommands(readFileSync(file, "utf8"), windows)).toEqual(outputs);
      }),
    );
  });

  test("are read the same by a runner on Windows", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, hostileText)), (entries) => {
        const text = entries.map(([key, value]) => formatEntry(key, value, "\r\n")).join("");
        expect(parseFileCommands(text, true)).toEqual(entries);
      }),
    );
  });

  test("hold a value that contains what ends a value", () => {
    const first = /<<(.+)\n/.exec(formatEntry("a", "", "\n"))?.[1];
    const second = /<<(.+)\n/.exec(formatEntry("a", `${first}`, "\n"))?.[1];
    for (const value of [`x\n${first}\nb=1`, `${first}\n${second}\n${first}`]) {
      const text = formatEntry("a", value, "\n") + formatEntry("b", "2", "\n");
      expect(parseFileCommands(text, false)).toEqual([
        ["a", value],
        ["b", "2"],
      ]);
    }
  });

  test("keep the last line of whoever wrote before", () => {
    const file = folder.path("before");
    for (const before of ["a=1", "a=1\n", ""]) {
      writeFileSync(file, before);
      setOutput({ ...inActions, GITHUB_OUTPUT: file }, "b", "2");
      expect(parseFileCommands(readFileSync(file, "utf8"), windows)).toEqual([
        ...(before === "" ? [] : [["a", "1"]]),
        ["b", "2"],
      ]);
      // act refuses a file with an empty line between two entries.
      expect(readFileSync(file, "utf8")).not.toContain("\n\n");
    }
  });

  test("take no name that is more than a word", () => {
    const file = folder.path("names");
    writeFileSync(file, "");
    const env = { ...inActions, GITHUB_OUTPUT: file, GITHUB_STATE: file };
    const bad = hostileText.filter((text) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(text));
    const refusal = expect.objectContaining({ name: "InternalError" });
    for (const one of ["", "1a", "-a", "a b", "a=b", "a\nb", "a<<b", "é", "a\n"]) {
      expect(() => setOutput(env, one, "x")).toThrow(refusal);
    }
    fc.assert(fc.property(bad, (one) => expect(() => saveState(env, one, "x")).toThrow(refusal)));
    expect(readFileSync(file, "utf8")).toBe("");
  });

  test("are required in GitHub Actions, and not elsewhere", () => {
    const refusal = expect.objectContaining({ id: "MA006" });
    expect(() => setOutput(inActions, "a", "b")).toThrow(refusal);
    expect(() => setOutput({ ...inActions, GITHUB_OUTPUT: "" }, "a", "b")).toThrow(refusal);
    expect(() =>
      setOutput({ ...inActions, GITHUB_OUTPUT: folder.path("no", "such", "file") }, "a", "b"),
    ).toThrow(refusal);
    expect(() => setOutput({}, "a", "b")).not.toThrow();
  });

  test("carry state to the post step", () => {
    const file = folder.path("state");
    saveState({ ...inActions, GITHUB_STATE: file }, "binfmt", "a\nb");
    const entries = parseFileCommands(readFileSync(file, "utf8"), windows);
    const later = Object.fromEntries(entries.map(([key, value]) => [`STATE_${key}`, value]));
    expect(getState(later, "binfmt")).toBe("a\nb");
    expect(getState(later, "other")).toBeNull();
  });
});

describe("the stream to the runner", () => {
  test("makes of the log exactly its messages, whatever their texts", async () => {
    const level = fc.constantFrom("debug", "notice", "warning", "error", "info", "child", "end");
    const entry = fc.tuple(level, hostileText);
    await fc.assert(
      fc.asyncProperty(fc.array(entry), hostileText, async (entries, title) => {
        const out = stream();
        const log = actionsLog(inActions, out.write);
        await log.group(title, async () => {
          for (const [kind, text] of entries) {
            if (kind === "child") log.childOutput.line(text);
            else if (kind === "end") log.childOutput.end();
            else log[kind as "info"](text);
          }
        });
        const { commands, stopped } = obey(out.text());
        expect(stopped).toBe(false);
        expect(commands).toEqual([
          { name: "group", properties: {}, data: title.replaceAll(/[\r\n]+/g, " ") },
          ...entries
            .filter(([kind]) => !["info", "child", "end"].includes(kind))
            .map(([kind, text]) => ({ name: kind, properties: {}, data: text })),
          { name: "endgroup", properties: {}, data: "" },
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps the properties of annotations", () => {
    const word = hostileText.filter((text) => text !== "" && text.trim() === text);
    fc.assert(
      fc.property(word, word, fc.nat(), hostileText, (title, file, line, text) => {
        const out = stream();
        actionsLog(inActions, out.write).annotate("warning", text, {
          title,
          file,
          line,
          column: 3,
        });
        expect(obey(out.text()).commands).toEqual([
          {
            name: "warning",
            properties: { title, file, line: String(line), col: "3" },
            data: text,
          },
        ]);
      }),
    );
  });

  test("masks exactly the secret and its encoded forms", () => {
    fc.assert(
      fc.property(hostileText, (secret) => {
        const out = stream();
        const masked = setSecret(secret, { env: inActions, write: out.write });
        const masks = obey(out.text()).commands;
        expect(masks.every(({ name: command }) => command === "add-mask")).toBe(true);
        expect(masks.map(({ data }) => data)).toEqual(
          masked
            ? [
                ...new Set([
                  secret,
                  encodeURIComponent(secret),
                  Buffer.from(secret).toString("base64"),
                ]),
              ]
            : [],
        );
      }),
    );
  });

  test("obeys nothing that a child writes, and everything that we write after it", async () => {
    const out = stream();
    const log = actionsLog(inActions, out.write);
    const source = `
      const lines = JSON.parse(process.argv[1]);
      for (const line of lines) { console.log(line); console.error(line); }
      process.stdout.write("no line end ::set-output name=a::b");
    `;
    const result = await runProcess(
      process.execPath,
      ["-e", source, JSON.stringify(hostileLines)],
      {
        env: childEnvironment(process.env),
        timeoutMs: 60_000,
        log,
      },
    );
    expect(result.stdout).toContain("::add-mask::arm64\n");
    log.error("ours");
    const { commands, shown, stopped } = obey(out.text());
    expect(commands).toEqual([{ name: "error", properties: {}, data: "ours" }]);
    expect(stopped).toBe(false);
    expect(shown.length).toBeGreaterThanOrEqual(2 * hostileLines.length);
  });

  test("would obey those lines if they were not fenced: the corpus is live", () => {
    const obeyed = hostileLines.filter((line) => obey(`${line}\n`).commands.length > 0);
    expect(obeyed.length).toBeGreaterThan(12);
  });
});

describe("outside GitHub Actions", () => {
  test("the log writes plain lines, and nothing is masked by being printed", async () => {
    const out = stream();
    const log = actionsLog({}, out.write);
    log.debug("hidden");
    log.info("text");
    log.childOutput.line("::error::x");
    log.annotate("error", "bad", { file: "multiarch.yml", line: 3 });
    await log.group("phase", async () => log.warning("careful"));
    expect(setSecret("a long secret", { env: {}, write: out.write })).toBe(false);
    expect(out.text()).toBe(
      "text\n::error::x\nerror: multiarch.yml:3: bad\nphase\nwarning: careful\n",
    );
  });
});

describe("groups", () => {
  test("are closed when the work fails, and do not nest", async () => {
    const out = stream();
    const log = actionsLog(inActions, out.write);
    const failing = log.group("outer", () =>
      log.group("inner", async () => {
        throw new Error("x");
      }),
    );
    await expect(failing).rejects.toThrow("x");
    await log.group("next", async () => {});
    expect(out.text()).toBe("::group::outer\ninner\n::endgroup::\n::group::next\n::endgroup::\n");
  });
});
