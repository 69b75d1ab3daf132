import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { inPairs } from "../src/in-pairs.ts";

describe("inPairs", () => {
  test("does two at a time and keeps the order", async () => {
    let running = 0;
    let most = 0;
    const results = await inPairs([5, 1, 4, 2, 3], async (turns, index) => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < turns; turn++) await setImmediate();
      running--;
      return `${index}:${turns}`;
    });
    expect(results).toEqual(["0:5", "1:1", "2:4", "3:2", "4:3"]);
    expect(most).toBe(2);
    expect(await inPairs([], async () => 1)).toEqual([]);
  });

  test("throws the first error when nothing is in work any more, and begins nothing after it", async () => {
    const begun: number[] = [];
    let running = 0;
    const work = inPairs([0, 1, 2, 3], async (item) => {
      begun.push(item);
      running++;
      for (let turn = 0; turn < 5 * item; turn++) await setImmediate();
      running--;
      if (item === 0) throw new Error("broken");
    });
    await expect(work).rejects.toThrow("broken");
    expect([begun, running]).toEqual([[0, 1], 0]);
  });
});
