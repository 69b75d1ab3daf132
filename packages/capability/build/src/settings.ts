import type { BuildSettings } from "./builder.ts";

/** The row's merged `build` settings (validated when multiarch.yml was read) with every default filled in. */
export function buildSettings(build: Readonly<Record<string, unknown>>): BuildSettings {
  return {
    command: words(build.command),
    args: words(build.args),
    before: commands(build.before),
    env: Object.fromEntries(
      Object.entries((build.env ?? {}) as Record<string, unknown>).map(([name, value]) => [
        name,
        String(value),
      ]),
    ),
    strip: build.strip !== false,
    transform: commands(build.transform),
    profile: typeof build.profile === "string" ? build.profile : null,
    features: words(build.features),
    ldflags: words(build.ldflags),
    jobs: typeof build.jobs === "number" ? build.jobs : null,
  };
}

/** A list of words; a single text is one word, never split: splitting is a shell's business. */
function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null ? [] : [String(value)];
}

function commands(value: unknown): string[][] {
  return Array.isArray(value) ? value.map(words) : [];
}
