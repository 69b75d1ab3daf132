import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { type FencedLog, fence, neutralise, runProcess } from "@multiarch/process";
import fc from "fast-check";
import { ample, plainEnvironment as env } from "./helpers.ts";

function recorder() {
  const written: string[] = [];
  const write = (text: string): void => {
    written.push(text);
  };
  const guarded = fence(write);
  const log: FencedLog = { ...silentLog, childOutput: guarded, info: guarded.text };
  return { write, guarded, log, lines: () => written.join("").split("\n").slice(0, -1) };
}

const start = /^::stop-commands::([0-9a-f]{32})$/;

describe("the fence", () => {
  test("stands around a child's output, and is down when the child has ended", async () => {
    const { log, lines } = recorder();
    await runProcess(
      process.execPath,
      ["-e", 'console.log("::set-output name=a::b\\n##[error]x")'],
      {
        env,
        timeoutMs: ample,
        log,
      },
    );
    const [first, ...rest] = lines();
    const token = start.exec(first ?? "")?.[1];
    expect(token).toBeDefined();
    expect(rest).toEqual(["::set-output name=a::b", "## [error]x", `::${token}::`]);
  });

  test("is down too when the child was killed, and when a grandchild writes last", async () => {
    const { log, lines } = recorder();
    const source = 'console.log("::warning::x"); setInterval(() => {}, 1000)';
    const abort = new AbortController();
    const stopping: FencedLog = {
      ...log,
      childOutput: {
        ...log.childOutput,
        line(text) {
          log.childOutput.line(text);
          abort.abort();
        },
      },
    };
    const result = await runProcess(process.execPath, ["-e", source], {
      env,
      timeoutMs: ample,
      log: stopping,
      signal: abort.signal,
    });
    expect(result.aborted).toBe(true);
    const token = start.exec(lines()[0] ?? "")?.[1];
    expect(lines().at(-1)).toBe(`::${token}::`);
  });

  test("goes down for our own commands, and up again with another token", () => {
    const { guarded, lines } = recorder();
    guarded.line("one");
    guarded.command("::error::ours");
    guarded.line("two");
    guarded.end();
    guarded.end();
    const tokens = lines().flatMap((line) => start.exec(line)?.[1] ?? []);
    expect(new Set(tokens).size).toBe(2);
    expect(lines()).toEqual([
      `::stop-commands::${tokens[0]}`,
      "one",
      `::${tokens[0]}::`,
      "::error::ours",
      `::stop-commands::${tokens[1]}`,
      "two",
      `::${tokens[1]}::`,
    ]);
  });

  test("is one for one stream, whoever asks for it", () => {
    const { write, guarded } = recorder();
    expect(fence(write)).toBe(guarded);
    expect(fence(() => {})).not.toBe(guarded);
  });

  test("of children that run at the same time is never open around a line of one of them", async () => {
    const { log, lines } = recorder();
    const source =
      'let n = 0; const t = setInterval(() => { console.log("child"); if (++n === 20) clearInterval(t) }, 2)';
    await Promise.all(
      [1, 2, 3].map(() =>
        runProcess(process.execPath, ["-e", source], { env, timeoutMs: ample, log }),
      ),
    );
    let token: string | undefined;
    let seen = 0;
    for (const line of lines()) {
      const opened = start.exec(line)?.[1];
      if (opened !== undefined) token = opened;
      else if (line === `::${token}::`) token = undefined;
      else {
        expect(token).toBeDefined();
        seen += 1;
      }
    }
    expect(seen).toBe(60);
    expect(token).toBeUndefined();
  });
});

describe("a neutralised text", () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "::",
          ":",
          "##[",
          "#",
          "##",
          "[",
          "]",
          "\r",
          "\n",
          "\r\n",
          " ",
          "\t",
          "\u00a0",
          "\u0085",
          "\u2028",
          "error",
          "set-output name=a",
        ),
        fc.string(),
      ),
    )
    .map((parts) => parts.join(""));

  test("has no command at the start of a line, and none in brackets", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = neutralise(text);
        expect(shown).not.toContain("##[");
        for (const line of shown.split(/\r\n|\r|\n/)) {
          expect(line.replace(/^[\s\u0085]+/, "").startsWith("::")).toBe(false);
        }
      }),
    );
  });

  test("is otherwise the same text", () => {
    const plain = fc.string().filter((text) => !/::|##\[|[\r\n]/.test(text));
    fc.assert(fc.property(plain, (text) => expect(neutralise(text)).toBe(text)));
    expect(neutralise("a::b\nstd::vector\r\nx")).toBe("a::b\nstd::vector\nx");
  });
});
