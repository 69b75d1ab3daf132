import { licenseExpression } from "./license.ts";
import type { PackageMeta, WheelSettings } from "./types.ts";

/** The index refuses a longer summary. */
const longestSummary = 512;

/**
 * METADATA of a wheel: headers, an empty line, the README (core metadata 2.4, the first with licence expressions).
 * A header is one line, so white space in values is folded: a description could else add headers of its own.
 */
export function metadataFile(
  settings: WheelSettings,
  meta: PackageMeta,
  version: string,
): Uint8Array {
  const { description, license, readme, licenses } = meta;
  const expression = license === null ? null : licenseExpression(license);
  const headers: readonly (readonly [string, string | null])[] = [
    ["Metadata-Version", "2.4"],
    ["Name", settings.name],
    ["Version", version],
    ["Summary", description === null ? null : shorten(oneLine(description))],
    ["License-Expression", expression],
    // An index refuses a package that has both.
    ["License", expression === null ? license : null],
    ...licenses.map(({ name }) => ["License-File", name] as const),
    ["Requires-Python", settings.requiresPython],
    ["Project-URL", projectUrl("Homepage", meta.homepage)],
    ["Project-URL", projectUrl("Repository", meta.repository)],
    ["Description-Content-Type", readme === null ? null : contentType(readme.name)],
  ];
  const lines = headers.flatMap(([name, value]) =>
    value === null || value.trim() === "" ? [] : [`${name}: ${oneLine(value)}`],
  );
  const head = new TextEncoder().encode(`${lines.join("\n")}\n`);
  return readme === null
    ? head
    : concatenate(head, new Uint8Array([0x0a]), withoutByteOrderMark(readme.content));
}

/** WHEEL: the tags, one line for each. A program is never `purelib`: its folder must not be shared between platforms. */
export function wheelFile(tags: readonly string[]): Uint8Array {
  const lines = [
    "Wheel-Version: 1.0",
    "Generator: multiarch",
    "Root-Is-Purelib: false",
    ...tags.map((tag) => `Tag: py3-none-${tag}`),
  ];
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

export interface RecordedFile {
  readonly name: string;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly size: number;
}

/** RECORD: every file with its hash, itself without one. CSV, as the specification of wheels wants it. */
export function recordFile(files: readonly RecordedFile[], ownName: string): Uint8Array {
  const lines = files.map(({ name, sha256, size }) => {
    const hash = Buffer.from(sha256, "hex").toString("base64url");
    return `${cell(name)},sha256=${hash},${size}`;
  });
  return new TextEncoder().encode(`${[...lines, `${cell(ownName)},,`].join("\n")}\n`);
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Labels the index knows get an icon. Only web addresses are allowed; others are in the README, if anywhere. */
function projectUrl(label: string, address: string | null): string | null {
  const web = address?.replace(/^git\+(?=https?:)/, "") ?? "";
  return /^https?:\/\/[^\s,]+$/.test(web) ? `${label}, ${web}` : null;
}

function contentType(name: string): string {
  if (/\.(md|markdown)$/i.test(name)) return "text/markdown; charset=UTF-8";
  if (/\.rst$/i.test(name)) return "text/x-rst; charset=UTF-8";
  return "text/plain; charset=UTF-8";
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+|\s+/gu, " ").trim();
}

function shorten(text: string): string {
  if (text.length <= longestSummary) return text;
  // Not inside a pair of code units.
  return `${text.slice(0, longestSummary - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function withoutByteOrderMark(content: Uint8Array): Uint8Array {
  const marked = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  return marked ? content.subarray(3) : content;
}

function concatenate(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
