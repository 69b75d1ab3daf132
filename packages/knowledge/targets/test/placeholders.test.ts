import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import { fillPlaceholders, parseTarget, placeholders, rows, targetTable } from "../src/index.ts";

const extra = { package: "tool", version: "1.2.3" };

describe("placeholders", () => {
  test("of an exact target", () => {
    expect(placeholders(parseTarget("linux-x64-gnu"), extra)).toEqual({
      id: "linux-x64-gnu",
      os: "linux",
      arch: "x64",
      abi: "gnu",
      uname: "x86_64",
      rust: "x86_64-unknown-linux-gnu",
      go: "linux/amd64",
      goos: "linux",
      goarch: "amd64",
      docker: "linux/amd64",
      node: "linux-x64",
      exe: "",
      package: "tool",
      version: "1.2.3",
    });
  });

  test("of a short one: what its exact targets differ in is absent, the ABI is empty", () => {
    const values = placeholders(parseTarget("linux-armv7"), extra);
    expect(values).toMatchObject({ id: "linux-armv7", arch: "armv7", abi: "", uname: "armv7l" });
    expect(values).toMatchObject({ docker: "linux/arm/v7", node: "linux-arm" });
    expect(values).not.toHaveProperty("rust");
    // One exact target below it is still no reason to speak of an ABI that nobody asked for.
    expect(placeholders(parseTarget("windows-arm64"), extra).abi).toBe("");
  });

  test("of a row, the same as of its id", () => {
    for (const row of rows) {
      expect(placeholders(row, extra)).toEqual(placeholders(parseTarget(row.id), extra));
    }
  });

  test("system, processor and ABI make up the id", () => {
    for (const row of rows.filter(({ os }) => os !== "openharmony" && os !== "wasi")) {
      const { os, arch, abi, id } = placeholders(row, extra);
      expect([os, arch, abi].filter((part) => part !== "").join("-")).toBe(id);
    }
  });

  test("Windows programs end in .exe, unless the caller knows better", () => {
    expect(placeholders(parseTarget("windows-x64"), extra).exe).toBe(".exe");
    expect(placeholders(parseTarget("windows-x64"), { ...extra, exe: ".node" }).exe).toBe(".node");
    expect(placeholders(parseTarget("linux-x64"), extra).exe).toBe("");
  });

  test("of any", () => {
    const values = placeholders(parseTarget("any"), extra);
    expect(values).toEqual({ id: "any", os: "any", arch: "any", abi: "", exe: "", ...extra });
  });
});

describe("templates", () => {
  const values = placeholders(parseTarget("linux-x64"), extra);

  test("are filled", () => {
    expect(fillPlaceholders("{package}-v{version}-{os}-{uname}{exe}", values, "archive.name")).toBe(
      "tool-v1.2.3-linux-x86_64",
    );
    expect(fillPlaceholders("plain", values, "x")).toBe("plain");
    // A value is never read as a template again.
    expect(fillPlaceholders("{package}", { package: "{id}", id: "no" }, "x")).toBe("{id}");
    expect(fillPlaceholders("{package}", { package: "$&" }, "x")).toBe("$&");
  });

  test.each(["{pakage}", "{rust}", "{}", "{constructor}", "{ id }"])("refuse %s", (template) => {
    const fill = () => fillPlaceholders(template, values, "archive.name");
    expect(fill).toThrow(UserError);
    expect(fill).toThrow(/MA103.*where: archive\.name/s);
  });

  test("name the nearest placeholder", () => {
    expect(() => fillPlaceholders("{pakage}", values, "x")).toThrow(/write \{package\}/);
  });
});

describe("the table for people", () => {
  test("of a short id shows both names", () => {
    const table = targetTable(parseTarget("linux-arm64"));
    expect(table).toMatchObject({
      id: "linux-arm64",
      docker: "linux/arm64",
      rust: "aarch64-unknown-linux-gnu, aarch64-unknown-linux-musl",
      "glibc-floor": "2.17",
      runner: "ubuntu-24.04-arm",
      rpm: "aarch64",
    });
    expect(targetTable(parseTarget("darwin-arm64")).debian).toBeNull();
  });

  test("of any is empty but for its id", () => {
    const { id, ...rest } = targetTable(parseTarget("any"));
    expect(id).toBe("any");
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });
});
