export { type DescribedFile, fileTable } from "./file-table.ts";
export { legTable } from "./leg-table.ts";
export { installTable, packageTable } from "./package-table.ts";
export { planTable } from "./plan-table.ts";
export type { Table } from "./table.ts";
export { formatBytes, formatDuration, plainTable } from "./table.ts";
