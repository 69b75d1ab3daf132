/** What the label of a package says, in the words of its format; nothing here was read from bytes of programs. */
export interface Declared {
  readonly name: string | null;
  readonly version: string | null;
  /** npm's field `os`, as written; absent: it says nothing. */
  readonly os?: readonly string[];
  /** npm's field `cpu`, as written. */
  readonly cpu?: readonly string[];
  /** npm's field `libc`, as written; `null`: a package for Linux that leaves it out. */
  readonly libc?: readonly string[] | null;
  /** Of a wheel: the triples of its file name, expanded. */
  readonly tags?: readonly string[];
}
