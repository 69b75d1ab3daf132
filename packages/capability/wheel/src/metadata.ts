import type { PythonMetadata } from "@multiarch/project";
import { licenseExpression } from "./license.ts";
import { normalizedExtra, requirementOfExtra } from "./requirements.ts";
import type { PackageMeta, WheelSettings } from "./types.ts";

/** The index refuses a longer summary, and a longer label of an address. */
const longestSummary = 512;
const longestLabel = 32;

/**
 * METADATA of a wheel: headers, an empty line, the README (core metadata 2.4, the first with licence expressions).
 * A header is one line, so white space in values is folded: a description could else add headers of its own.
 */
export function metadataFile(
  settings: WheelSettings,
  meta: PackageMeta,
  version: string,
): Uint8Array {
  const { readme, licenses } = meta;
  const said = settings.metadata;
  const description = said?.description ?? meta.description;
  const license = said?.license ?? meta.license;
  const expression = license === null ? null : licenseExpression(license);
  const headers: readonly (readonly [string, string | null])[] = [
    ["Metadata-Version", "2.4"],
    ["Name", settings.name],
    ["Version", version],
    ["Summary", description === null ? null : shorten(oneLine(description))],
    ["Keywords", (said?.keywords ?? []).map((word) => word.replaceAll(",", " ")).join(",")],
    ...people("Author", said?.authors ?? []),
    ...people("Maintainer", said?.maintainers ?? []),
    ["License-Expression", expression],
    // An index refuses a package that has both.
    ["License", expression === null ? license : null],
    ...licenses.map(({ name }) => ["License-File", name] as const),
    ...classifiers(said?.classifiers ?? [], expression !== null),
    ...requirements(said),
    ["Requires-Python", settings.requiresPython],
    ...projectUrls(said?.urls ?? [], meta),
    ["Description-Content-Type", readme === null ? null : contentType(readme.name, said)],
  ];
  const lines = headers.flatMap(([name, value]) => {
    const line = oneLine(value ?? "");
    return line === "" ? [] : [`${name}: ${line}`];
  });
  const head = new TextEncoder().encode(`${lines.join("\n")}\n`);
  return readme === null
    ? head
    : concatenate(head, new Uint8Array([0x0a]), withoutByteOrderMark(readme.content));
}

type Header = readonly [string, string];

/** Who has an address is named with it, the others in the field without (core metadata, "Author-email"). */
function people(field: string, all: PythonMetadata["authors"]): Header[] {
  const names = all.filter(({ email }) => email === null).map(({ name }) => name ?? "");
  const addresses = all.flatMap(({ name, email }) => {
    if (email === null) return [];
    return [name === null ? email : `${displayName(name)} <${email}>`];
  });
  return [
    [field, names.join(", ")],
    [`${field}-email`, addresses.join(", ")],
  ];
}

/** A name as mail headers write it: what could be read as something else is quoted. */
function displayName(name: string): string {
  return /[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : name;
}

/** Beside a licence expression an index refuses the classifiers that said it before. */
function classifiers(all: readonly string[], hasExpression: boolean): Header[] {
  return [...new Set(all)]
    .filter((one) => !(hasExpression && one.startsWith("License ::")))
    .map((one) => ["Classifier", one]);
}

function requirements(said: PythonMetadata | undefined): Header[] {
  if (said === undefined) return [];
  const extras = Object.entries(said.extras).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...said.dependencies.map((one): Header => ["Requires-Dist", one]),
    ...extras.flatMap(([extra, needed]): Header[] => [
      ["Provides-Extra", normalizedExtra(extra)],
      ...needed.map((one): Header => ["Requires-Dist", requirementOfExtra(one, extra)]),
    ]),
  ];
}

/** Labels the index knows get an icon. What the manifest labels itself is not named a second time. */
function projectUrls(written: PythonMetadata["urls"], meta: PackageMeta): Header[] {
  const known = new Set(written.map(({ url }) => url.replace(/\/$|\.git$/, "")));
  const own = [
    { label: "Homepage", url: meta.homepage },
    { label: "Repository", url: meta.repository },
  ].filter(({ url }) => url !== null && !known.has(url.replace(/\/$|\.git$/, "")));
  return [...written, ...own].flatMap(({ label, url }) => {
    const address = projectUrl(oneLine(label).replaceAll(",", " ").slice(0, longestLabel), url);
    return address === null ? [] : [["Project-URL", address] as const];
  });
}

/** Only web addresses are allowed; others are in the README, if anywhere. */
function projectUrl(label: string, address: string | null): string | null {
  const web = address?.replace(/^git\+(?=https?:)/, "") ?? "";
  return /^https?:\/\/[^\s,]+$/.test(web) ? `${label}, ${web}` : null;
}

function contentType(name: string, said: PythonMetadata | undefined): string {
  const type = said?.readmeType ?? null;
  if (type !== null) return /charset/i.test(type) ? type : `${type}; charset=UTF-8`;
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
