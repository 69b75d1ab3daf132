import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { component, root } from "./components.ts";
import { succeed } from "./run.ts";

export interface Registry {
  readonly url: string;
  publish(tarball: string): Promise<void>;
  stop(): void;
}

/** Variables that make npm and its kin the ones of a new user: nothing of the npm that may be running this suite. */
export function freshUser(home: string): Record<string, string | undefined> {
  const inherited = Object.keys(process.env).filter((name) => /^(?:npm|pnpm|yarn)_/i.test(name));
  const nodes = component("get-node.sh", "nodes");
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    HOME: home,
    NO_PROXY: "127.0.0.1",
    PATH: `${join(nodes, "node24", "bin")}${delimiter}${process.env.PATH}`,
  };
}

/** A verdaccio without uplinks on a free port of 127.0.0.1, with its data in `folder`. */
export async function startRegistry(folder: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(component("get-package-managers.sh", "pm"), "bin"), join(folder, "bin"));
  const port = await freePort();
  const options = { cwd: folder, env: freshUser(folder) };
  const script = join(root, "test/components/start-verdaccio.sh");
  await succeed("bash", [script, folder, String(port)], options);
  const settings = ["--userconfig", join(folder, "verdaccio/npmrc"), "--loglevel", "error"];
  return {
    url: `http://127.0.0.1:${port}/`,
    async publish(tarball) {
      await succeed(join(folder, "bin/npm11"), ["publish", tarball, ...settings], options);
    },
    stop() {
      process.kill(Number(readFileSync(join(folder, "verdaccio/pid"), "utf8")));
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
