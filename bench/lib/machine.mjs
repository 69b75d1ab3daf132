import { availableParallelism, totalmem } from "node:os";

/** What the figures were taken on, without a name or a date. */
export function machine() {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${process.platform} ${process.arch}, ${availableParallelism()} cores, ${memory} GiB`;
}
