import type { BuilderInfo, NodeInfo } from "./types.ts";

type Draft = { -readonly [Key in keyof NodeInfo]: NodeInfo[Key] };

/** Lines of a node that are one value each, under the names that they are given out with. */
const simple: Readonly<Record<string, keyof NodeInfo>> = {
  endpoint: "endpoint",
  status: "status",
  "buildkit daemon flags": "buildkitd-flags",
  flags: "buildkitd-flags",
  "buildkit version": "buildkit",
  buildkit: "buildkit",
  error: "error",
};

/**
 * Reads what `buildx inspect` writes for people (buildx has no other form): `Key: value` lines for the builder, then for each node,
 * with indented lines for what belongs to the key above them. Keys of a future version are passed over.
 */
export function parseInspect(text: string): BuilderInfo {
  const head: { name: string | null; driver: string | null; error: string | null } = {
    name: null,
    driver: null,
    error: null,
  };
  const nodes: Draft[] = [];
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    const match = /^(\s*)([^:]+):\s*(.*?)\s*$/.exec(line);
    const node = nodes.at(-1);
    if (/^\s+>/.test(line) && section.startsWith("file#")) {
      if (node !== undefined) addFile(node, section, line);
      continue;
    }
    if (match === null) continue;
    const [, indent = "", rawKey = "", value = ""] = match;
    const key = rawKey.trim();
    if (indent !== "") {
      if (node !== undefined) addDetail(node, section, key, value);
      continue;
    }
    section = key.toLowerCase();
    // The builder's own name comes before the line "Nodes:", every later one begins a node.
    if (section === "name" && head.name === null) head.name = value;
    else if (section === "name") nodes.push({ name: value });
    else if (node !== undefined) addLine(node, section, key, value);
    else if (section === "driver") head.driver = value;
    else if (section === "error") head.error = value;
  }
  // A text that ends with a line end is shown with one more, empty line.
  for (const node of nodes) {
    const files = Object.entries(node.files ?? {});
    if (files.length > 0) {
      node.files = Object.fromEntries(files.map(([name, text]) => [name, text.replace(/\n$/, "")]));
    }
  }
  return { ...head, nodes };
}

function addLine(node: Draft, section: string, key: string, value: string): void {
  const name = simple[section];
  if (name !== undefined) Object.assign(node, { [name]: value });
  else if (section === "driver options") node["driver-opts"] = readOptions(value);
  else if (section === "platforms") node.platforms = preferred(value).join(",");
  else if (section === "features") node.features = {};
  else if (section === "labels") node.labels = {};
  else if (section === "devices") node.devices = [];
  else if (section.startsWith("gc policy rule#")) node.gcPolicy = [...(node.gcPolicy ?? []), {}];
  else if (section.startsWith("file#")) node.files = { ...node.files, [key.slice(5)]: "" };
}

function addDetail(node: Draft, section: string, key: string, value: string): void {
  if (section === "features") node.features = { ...node.features, [key]: value === "true" };
  else if (section === "labels") node.labels = { ...node.labels, [key]: value };
  else if (section === "devices" && key === "Name") {
    node.devices = [...(node.devices ?? []), { name: value }];
  } else if (section === "devices") node.devices = withLast(node.devices, camel(key), plain(value));
  else if (section.startsWith("gc policy rule#")) {
    const known = key === "Filters" ? { filter: value.split(/[\s,]+/) } : null;
    const [name, content] = known ? ["filter", known.filter] : [camel(key), plain(value)];
    node.gcPolicy = withLast(node.gcPolicy, name, content);
  }
}

function addFile(node: Draft, section: string, line: string): void {
  const name = Object.keys(node.files ?? {}).find((one) => one.toLowerCase() === section.slice(5));
  if (name === undefined) return;
  const before = node.files?.[name] ?? "";
  node.files = { ...node.files, [name]: `${before}${line.replace(/^\s+> ?/, "")}\n` };
}

function withLast(
  list: readonly Readonly<Record<string, unknown>>[] | undefined,
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>>[] {
  const all = [...(list ?? [])];
  const last = all.pop() ?? {};
  return [...all, { ...last, [name]: value }];
}

/** `env.http_proxy="http://proxy" image="x"`: each value as Go quotes a string, which for what occurs here is as JSON does. */
function readOptions(value: string): string[] {
  return [...value.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*")/g)].map(
    ([, key, quoted]) => `${key}=${unquote(quoted ?? "")}`,
  );
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    // An escape that only Go has: better shown as it stands than not at all.
    return quoted.slice(1, -1);
  }
}

/** Those that the user fixed are marked with `*`, and when there are any, only they count. */
function preferred(value: string): string[] {
  const all = value
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const fixed = all.filter((one) => one.includes("*"));
  return (fixed.length > 0 ? fixed : all).map((one) => one.replaceAll("*", ""));
}

function camel(key: string): string {
  const words = key
    .trim()
    .toLowerCase()
    .split(/[\s-]+/);
  return words
    .map((word, at) => (at === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join("");
}

function plain(value: string): string | boolean {
  return value === "true" ? true : value === "false" ? false : value;
}
