import { readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { appendSummary, setSecret, summaryTable, wouldBeDropped } from "@multiarch/github";
import fc from "fast-check";
import { hostileText, inActions, stream, temporaryFolder } from "./helpers.ts";

const folder = temporaryFolder();
const limit = 1024 * 1024;

describe("the summary", () => {
  const file = (name: string) => folder.path(name);
  const env = (name: string) => ({ ...inActions, GITHUB_STEP_SUMMARY: file(name) });

  test("is appended to", () => {
    expect(appendSummary(env("a"), "# One")).toBe(true);
    expect(appendSummary(env("a"), "two\n")).toBe(true);
    expect(readFileSync(file("a"), "utf8")).toBe("# One\ntwo\n");
  });

  test("never grows beyond what the runner takes, and says so once", () => {
    const text = fc.oneof(
      fc.constant("line é\n"),
      fc.constant("no line end 漢字"),
      fc.string({ unit: "binary", minLength: 1 }),
    );
    fc.assert(
      fc.property(
        text,
        fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 5 }),
        (part, sizes) => {
          writeFileSync(file("b"), "");
          const pieces = sizes.map((size) =>
            part.repeat(Math.ceil(size / Buffer.byteLength(part))),
          );
          const added = pieces.map((piece) => appendSummary(env("b"), piece));
          const content = readFileSync(file("b"));
          expect(content.length).toBeLessThanOrEqual(limit);
          const fits =
            pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece) + 1, 0) < limit - 100;
          const notes = content.toString().split("> The rest was cut off").length - 1;
          if (fits) expect([notes, added.every(Boolean)]).toEqual([0, true]);
          expect(notes).toBeLessThanOrEqual(1);
          expect(added[0]).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("is cut at a line, and within a line at a character", () => {
    appendSummary(env("c"), "row\n".repeat(limit));
    expect(statSync(file("c")).size).toBeGreaterThan(limit - 200);
    expect(readFileSync(file("c"), "utf8")).toMatch(/row\n\n> The rest was cut off[^\n]*\n$/);
    appendSummary(env("d"), "漢".repeat(limit));
    expect(readFileSync(file("d"), "utf8")).toMatch(/漢\n\n> The rest was cut off[^\n]*\n$/);
    expect(readFileSync(file("d"), "utf8")).not.toContain("\ufffd");
  });

  test("does not exist elsewhere", () => {
    expect(appendSummary({}, "x")).toBe(false);
    expect(appendSummary({ GITHUB_STEP_SUMMARY: file("e") }, "x")).toBe(false);
    expect(appendSummary(inActions, "x")).toBe(false);
  });
});

describe("a table", () => {
  test("has as many cells in every row as there are headers", () => {
    expect(summaryTable(["target", "size"], [["linux-x64", 12], ["only one"]])).toBe(
      "| target | size |\n| --- | --- |\n| linux-x64 | 12 |\n| only one |  |\n",
    );
  });

  test("shows text and no markup", () => {
    const cell = "a|b `c` <img src=x> &amp; [l](u) *e* _i_ x86_64 \\ ~s~\r\nnext";
    expect(summaryTable(["h"], [[cell]]).split("\n")[2]).toBe(
      "| a\\|b \\`c\\` &lt;img src=x&gt; &amp;amp; \\[l\\](u) \\*e\\* \\_i\\_ x86_64 \\\\ \\~s\\~<br>next |",
    );
  });

  test("keeps its shape, whatever the cells", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostileText, hostileText)), (rows) => {
        const lines = summaryTable(["a", "b"], rows).split(/\r\n|\r|\n/);
        expect(lines).toHaveLength(rows.length + 3);
        for (const line of lines.slice(0, -1)) {
          // A pipe that is escaped by an odd number of backslashes is text.
          const pipes = [...line.matchAll(/(\\*)\|/g)].filter(
            ([, slashes]) => (slashes ?? "").length % 2 === 0,
          );
          expect(pipes).toHaveLength(3);
          expect(line.replaceAll("<br>", "")).not.toMatch(/[<>]/);
        }
      }),
    );
  });
});

describe("a secret", () => {
  test("that is short is not masked: the mask would empty outputs", () => {
    const out = stream();
    for (const word of ["", "1", "arm64", "       x", "1234567"]) {
      expect(setSecret(word, { env: inActions, write: out.write })).toBe(false);
    }
    expect(out.text()).toBe("");
    expect(setSecret("12345678", { env: inActions, write: out.write })).toBe(true);
  });

  test("makes the runner drop an output that holds it in any form", () => {
    const secret = "p@ss word/1";
    for (const value of [
      secret,
      `{"a":"${secret}"}`,
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
    ]) {
      expect(wouldBeDropped(value, ["other", secret])).toBe(true);
    }
    expect(wouldBeDropped("linux-arm64", ["arm64"])).toBe(true);
    expect(wouldBeDropped("second", ["first\r\n  second \n"])).toBe(true);
    expect(wouldBeDropped("linux-arm64", ["", "\n", "x64"])).toBe(false);
    expect(wouldBeDropped("", ["x"])).toBe(false);
  });
});
