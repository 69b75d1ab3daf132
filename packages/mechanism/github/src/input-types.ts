interface Common {
  /** Fails when the input is empty. */
  readonly required?: boolean;
  /** Further names, of tools that this action stands in for. */
  readonly aliases?: readonly string[];
}

/** What an action accepts under one name of `with:`. An empty value counts as not given: the runner cannot tell the two apart. */
export type InputDefinition = Common &
  (
    | { readonly type: "text"; readonly default?: string }
    /** Entries apart by commas or line ends, trimmed, empty ones left out. */
    | { readonly type: "list"; readonly default?: readonly string[] }
    /** `true` or `false`, nothing else. */
    | { readonly type: "boolean"; readonly default?: boolean }
    /** Decimal digits, with a fraction unless `integer`. */
    | {
        readonly type: "number";
        readonly default?: number;
        readonly integer?: boolean;
        readonly minimum?: number;
        readonly maximum?: number;
      }
    /** JSON text; its shape is for the caller to check. */
    | { readonly type: "json"; readonly default?: unknown }
    | {
        readonly type: "choice";
        readonly choices: readonly string[];
        readonly default?: string;
      }
  );

export type InputSpecification = Readonly<Record<string, InputDefinition>>;

/** A value that is never null: the input is required, or has a default. */
type Given<Definition, Value> = Definition extends { required: true }
  ? Value
  : Definition extends { default: unknown }
    ? Value
    : Value | null;

type InputValue<Definition> = Definition extends { type: "list" }
  ? readonly string[]
  : Definition extends { type: "boolean" }
    ? boolean
    : Definition extends { type: "number" }
      ? Given<Definition, number>
      : Definition extends { type: "json" }
        ? unknown
        : Definition extends { type: "choice"; choices: readonly (infer Choice)[] }
          ? Given<Definition, Choice>
          : Given<Definition, string>;

/** The values of all inputs under their names. Absent: null; of a list `[]`, of a boolean false. */
export type Inputs<Specification> = {
  readonly [Name in keyof Specification]: InputValue<Specification[Name]>;
};
