import * as v from "valibot";

// Every message in these schemas is the phrase that follows "expected:" in the error.

const phrases = {
  word: "text",
  words: "a list of texts: [one, two]",
  command: "a command as a list of words, for example [make, build]",
  flag: "true or false",
} as const;

/** Text that was written as text: an unquoted `1.10` is a number, and a reader could not tell what was meant. */
export const text = v.pipe(
  v.string("text (put a number or true and false in quotes)"),
  v.nonEmpty("text that is not empty"),
  v.maxLength(4096, "at most 4096 characters"),
  v.regex(/^[^\0]*$/, "text without a zero byte"),
);

/** A word of a command line or the value of a variable: `4`, `true` and `""` are as good as any text. */
export const word = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], phrases.word),
  v.transform(String),
  v.maxLength(32_767, "at most 32767 characters"),
  v.regex(/^[^\0]*$/, "text without a zero byte"),
);

export const words = v.array(word, phrases.words);
export const texts = v.array(text, phrases.words);
export const flag = v.boolean(phrases.flag);

/** A program and its arguments. There is no shell, so a string with spaces would be one strange program name. */
export const command = v.pipe(
  v.array(word, phrases.command),
  v.nonEmpty(phrases.command),
  v.check((parts) => parts[0] !== "", phrases.command),
);
export const commands = v.array(
  command,
  "a list of commands, each a list of words: [[npm, ci], [make]]",
);

export const variableName = v.pipe(
  v.string("the name of a variable"),
  v.regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
    "the name of a variable: letters, digits and _, no digit first",
  ),
);
export const variableNames = v.array(variableName, "a list of names of variables");
export const variables = v.record(variableName, word, "names of variables with their values");

/** Names of projects, packages and executables become parts of file names everywhere. */
export const name = v.pipe(
  v.string("text (put a number or true and false in quotes)"),
  v.regex(
    /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])?$/,
    "a name of 1 to 128 of A-Z a-z 0-9 . _ -, with neither . nor - first and no . last",
  ),
);
export const names = v.array(name, "a list of names: [one, two]");

/** Inside the project folder, with forward slashes; `*`, `?` and `**` in patterns. */
export const insidePath = v.pipe(
  v.string("a path"),
  v.maxLength(1024, "a path of at most 1024 characters"),
  v.regex(
    /^(?!\/)(?![A-Za-z]:)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\\p{Cc}]+$/u,
    "a path inside the project, with / between its parts and without ..",
  ),
);
export const insidePaths = v.array(insidePath, "a list of paths inside the project");

export const glibc = v.pipe(
  word,
  v.regex(/^2\.[0-9]{1,3}$/, 'a version of glibc in quotes, for example "2.17"'),
);

const minutes = "whole minutes from 1 to 7200";
/** Minutes. Five days is the longest that GitHub lets any job run. */
export const timeout = v.pipe(
  v.number(minutes),
  v.integer(minutes),
  v.minValue(1, minutes),
  v.maxValue(7200, minutes),
);

/** `one` or `[one, two]`, always a list afterwards. */
export const oneOrMore = v.pipe(
  v.union([text, texts], "text or a list of texts"),
  v.transform((value) => (typeof value === "string" ? [value] : value)),
);

/** One of a few words. */
export function choice<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, `one of ${options.join(", ")}`);
}

/** `true`, `false` or an object of settings. */
export function switchOr<Settings extends v.GenericSchema>(settings: Settings) {
  return v.union([flag, settings], "true, false or settings");
}

/** An object that takes these keys and no other. */
export function closed<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, `settings with the keys ${Object.keys(entries).join(", ")}`);
}
