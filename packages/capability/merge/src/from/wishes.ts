import type { ConfigInput } from "@multiarch/project";

/** What flags and inputs can say of the packages; absent: not said. */
export interface SaidOfPackages {
  /** As npm writes it: `@me/tool` names the main package too. */
  readonly name?: string | null;
  readonly targets?: readonly string[];
  readonly bins?: readonly string[];
  readonly glibc?: string | null;
  readonly npmScope?: string | null;
  readonly npmLayout?: string | null;
  /** Kinds of packages that are not to be made. */
  readonly without?: readonly ("npm" | "wheel" | "archive")[];
}

type Npm = Exclude<NonNullable<ConfigInput["npm"]>, boolean>;

/** The same as it would stand in the configuration. */
export function foreignWishes(said: SaidOfPackages): {
  name: string | null;
  overrides: ConfigInput;
} {
  const { targets = [], bins = [], without = [] } = said;
  const scoped = /^(@[^/]+)\/(.+)$/.exec(said.name ?? "");
  const npm: Npm = {
    ...(scoped === null ? {} : { main: said.name ?? "" }),
    ...(said.npmScope == null ? {} : { scope: said.npmScope }),
    ...(said.npmLayout == null ? {} : { layout: said.npmLayout as NonNullable<Npm["layout"]> }),
  };
  return {
    name: scoped?.[2] ?? said.name ?? null,
    overrides: {
      ...(targets.length === 0 ? {} : { targets: [...targets] }),
      ...(bins.length === 0 ? {} : { bins: [...bins] }),
      ...(said.glibc == null ? {} : { glibc: said.glibc }),
      ...(Object.keys(npm).length === 0 ? {} : { npm }),
      ...Object.fromEntries(without.map((kind) => [kind, false])),
    },
  };
}
