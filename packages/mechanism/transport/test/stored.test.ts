import { createHash } from "node:crypto";
import { appendFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import {
  type Bed,
  bed,
  contentsOf,
  expectStored,
  files,
  folderWith,
  temporaryFolder,
  userErrorOf,
} from "./support.ts";

describe("what was stored is what was there", () => {
  const changes: [string, (folder: string) => Promise<void>, RegExp][] = [
    ["vanished", (folder) => rm(join(folder, "bin/tool")), /"bin\/tool" vanished/],
    ["grew", (folder) => appendFile(join(folder, "bin/tool"), "y"), /grew from 1000 to 1001/],
    ["shrank", (folder) => truncate(join(folder, "bin/tool"), 9), /shrank from 1000 to 9/],
    ["appeared", (folder) => appendFile(join(folder, "new"), "y"), /"new" appeared/],
  ];
  test.each(changes)("a file that %s during the upload", async (_title, change, message) => {
    const folder = await folderWith(files);
    const here = await bed({
      onCall: async (call) => {
        if (call === "CreateArtifact") await change(folder);
      },
    });
    const error = await userErrorOf(here.transport.put("leg", folder));
    expect(error.id).toBe("MA545");
    expect(error.message).toMatch(message);
  });

  test("a list that lags behind is asked again", async () => {
    const here = await bed({ listingLag: 2 });
    const item = await here.transport.put("leg", await folderWith(files));
    await expectStored(here, item, "leg");
    expect(here.service.count("ListArtifacts")).toBeGreaterThanOrEqual(3);
  });

  test("an artifact that never gets into the list", async () => {
    const here = await bed({ listingLag: 99 }, { limits: { attempts: 3 } });
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA551");
    expect(here.service.count("ListArtifacts")).toBe(3);
  });

  test.each([{ digest: `sha256:${"0".repeat(64)}` }, { size: 5 }])(
    "the list says %j",
    async (change) => {
      let lists = 0;
      const here: Bed = await bed({
        onCall: (call) => {
          if (call === "ListArtifacts" && ++lists === 1) here.service.mutate("leg", change);
        },
      });
      const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
      expect(error.id).toBe("MA551");
    },
  );

  test("many blocks arrive in any order and are put together in theirs", async () => {
    const here = await bed();
    // Bytes that do not compress.
    const bytes = createHash("shake256", { outputLength: 17 * 1024 * 1024 }).digest();
    const item = await here.transport.put("big", await folderWith({ big: bytes }));
    expect(here.service.count("PutBlock")).toBeGreaterThan(2);
    const destination = join(await temporaryFolder(), "out");
    await here.transport.get(item, destination);
    expect((await contentsOf(destination)).big === bytes.toString("latin1")).toBe(true);
  });
});
