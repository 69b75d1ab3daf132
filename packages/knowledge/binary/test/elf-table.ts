import { expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import { type ElfPlan, writeElf } from "../../../../test/support/write/elf.ts";
import { factsOf } from "./read.ts";

export type ElfRow = [name: string, plan: ElfPlan, expected: Partial<Facts>];

/** One test for each row: the file that is planned has the facts that are expected. */
export function elfTable(rows: ElfRow[]): void {
  test.each(rows)("%s", async (_name, plan, expected) => {
    expect(await factsOf(writeElf(plan))).toMatchObject(expected);
  });
}
