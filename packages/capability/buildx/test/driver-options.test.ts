import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import { driverOptions, optionKey, optionValue } from "../src/driver-options.ts";
import { readFields, writeField } from "../src/fields.ts";
import { proxyOptions } from "../src/proxies.ts";

describe("driver options", () => {
  test.each([
    ["one", "image=moby/buildkit:master", ["image=moby/buildkit:master"]],
    ["several in a line", "image=a,network=host", ["image=a", "network=host"]],
    [
      "a value with commas",
      "env.no_proxy=localhost,127.0.0.1,.corp",
      ['"env.no_proxy=localhost,127.0.0.1,.corp"'],
    ],
    ["one that is quoted", '"env.no_proxy=a,b"', ['"env.no_proxy=a,b"']],
    ["a quoted one beside another", '"env.x=a,b",network=host', ['"env.x=a,b"', "network=host"]],
    ["quotes in quotes", '"env.x=say ""hi"""', ['"env.x=say ""hi"""']],
    ["a value with =", "env.x=a=b", ["env.x=a=b"]],
    ["an empty value", "env.x=", ["env.x="]],
    ["kubernetes' own lists", "nodeselector=a=b;c=d", ["nodeselector=a=b;c=d"]],
    [
      "a quoted list of it",
      '"tolerations=key=a,operator=Exists"',
      ['"tolerations=key=a,operator=Exists"'],
    ],
    ["a space after a comma", "image=a, network=host", ["image=a", "network=host"]],
  ])("%s", (_what, line, expected) => {
    expect(driverOptions(line)).toEqual(expected);
  });

  test.each(["image", "=x", '"image=a', '"image=a"b', "1=2,x=y"])("%s is refused", (line) => {
    expect(() => driverOptions(line)).toThrow(expect.objectContaining({ id: "MA486" }));
  });

  test("buildx reads back exactly what was meant, whatever is in the value", () => {
    const key = fc.constantFrom("env.no_proxy", "image", "env.A_B");
    fc.assert(
      fc.property(key, fc.string({ unit: "binary-ascii" }), (name, value) => {
        const text = `${name}=${value}`;
        const argument = writeField(text);
        // A value that ends the line could only come from a variable with a line end in it.
        expect(readFields(argument)).toEqual([text]);
        expect([optionKey(argument), optionValue([argument], name)]).toEqual([name, value]);
      }),
    );
  });

  test("a value with commas comes through", () => {
    const part = fc.stringMatching(/^[a-z0-9.*-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (hosts) => {
        const line = `env.no_proxy=${hosts.join(",")}`;
        expect(driverOptions(line).flatMap((one) => readFields(one) ?? [])).toEqual([line]);
      }),
    );
  });

  test("never more than a user's error", () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        try {
          driverOptions(line);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  test("the last of equal keys counts, as in buildx", () => {
    expect(optionValue(["image=a", "image=b"], "image")).toBe("b");
    expect(optionValue(["network=host"], "image")).toBeNull();
  });
});

describe("proxies", () => {
  const env = { HTTPS_PROXY: "http://proxy:3128", no_proxy: "localhost,.corp,10.0.0.0/8" };

  test("reach a BuildKit in a container, commas intact, in both spellings", () => {
    expect(proxyOptions("docker-container", [], env)).toEqual([
      "env.HTTPS_PROXY=http://proxy:3128",
      "env.https_proxy=http://proxy:3128",
      '"env.NO_PROXY=localhost,.corp,10.0.0.0/8"',
      '"env.no_proxy=localhost,.corp,10.0.0.0/8"',
    ]);
  });

  test("are not for drivers that start nothing", () => {
    expect(proxyOptions("remote", [], env)).toEqual([]);
    expect(proxyOptions("docker", [], env)).toEqual([]);
  });

  test("give way to the user's own options", () => {
    const options = proxyOptions(
      "kubernetes",
      ["env.https_proxy=http://other", '"env.NO_PROXY=a,b"'],
      env,
    );
    expect(options).toEqual([]);
  });

  test("on this machine itself are reached only over the host's network", () => {
    const own = { HTTP_PROXY: "http://127.0.0.1:3128" };
    expect(proxyOptions("docker-container", [], own)).toEqual([]);
    expect(proxyOptions("docker-container", ["network=host"], own)).toHaveLength(2);
  });
});
