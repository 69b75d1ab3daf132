/**
 * SPDX identifiers that software of this kind carries. An index refuses an expression with an unknown identifier, so one
 * that is not listed here travels as free text instead, which is always accepted.
 */
const identifiers =
  `0BSD AFL-3.0 AGPL-3.0-only AGPL-3.0-or-later Apache-1.1 Apache-2.0 Artistic-2.0 BlueOak-1.0.0
  BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-Clear BSD-4-Clause BSL-1.0 BUSL-1.1 bzip2-1.0.6
  CC-BY-3.0 CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CDDL-1.1 CECILL-2.1 CPL-1.0 curl ECL-2.0 Elastic-2.0 EPL-1.0 EPL-2.0
  EUPL-1.1 EUPL-1.2 FSFAP GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later HPND ICU IPL-1.0 ISC JSON
  LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later LPPL-1.3c MirOS MIT
  MIT-0 MPL-1.1 MPL-2.0 MS-PL MS-RL MulanPSL-2.0 NCSA OFL-1.1 OpenSSL OSL-3.0 PHP-3.01 PostgreSQL PSF-2.0 Python-2.0
  Ruby SSPL-1.0 TCL Unicode-3.0 Unicode-DFS-2016 Unlicense UPL-1.0 Vim W3C WTFPL X11 Zlib ZPL-2.1
  GPL-2.0 GPL-2.0+ GPL-3.0 GPL-3.0+ LGPL-2.1 LGPL-2.1+ LGPL-3.0 LGPL-3.0+ AGPL-3.0`.split(/\s+/);
const exceptions =
  `Autoconf-exception-3.0 Bison-exception-2.2 Classpath-exception-2.0 GCC-exception-3.1 LLVM-exception
  Swift-exception u-boot-exception-2.0 WxWindows-exception-3.1`.split(/\s+/);

const spelling = (words: readonly string[]) =>
  new Map(words.map((word) => [word.toLowerCase(), word]));
const knownIdentifiers = spelling(identifiers);
const knownExceptions = spelling(exceptions);

/**
 * A licence as an SPDX expression in its canonical spelling, or `null` when it is not surely one. `MIT/Apache-2.0`, an old
 * spelling of Cargo's for "or", is understood.
 */
export function licenseExpression(license: string): string | null {
  const words = license.replaceAll("/", " OR ").match(/[()]|[^\s()]+/g) ?? [];
  const reader = new Reader(words);
  const expression = reader.alternatives();
  return expression !== null && reader.isDone() ? expression : null;
}

/** Recursive descent over `OR` of `AND` of licences. Every method gives `null` where the grammar does not fit. */
class Reader {
  readonly #words: readonly string[];
  #position = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  isDone(): boolean {
    return this.#position === this.#words.length;
  }

  alternatives(): string | null {
    return this.#joined("OR", () => this.#joined("AND", () => this.#license()));
  }

  #joined(operator: string, part: () => string | null): string | null {
    const parts: string[] = [];
    do {
      const next = part();
      if (next === null) return null;
      parts.push(next);
    } while (this.#take(operator));
    return parts.join(` ${operator} `);
  }

  #license(): string | null {
    if (this.#take("(")) {
      const inner = this.alternatives();
      return inner !== null && this.#take(")") ? `(${inner})` : null;
    }
    const word = this.#words[this.#position++] ?? "";
    const known = /^LicenseRef-[A-Za-z0-9.-]+$/.test(word)
      ? word
      : knownIdentifiers.get(word.toLowerCase());
    if (known === undefined) return null;
    if (!this.#take("WITH")) return known;
    const exception = knownExceptions.get(this.#words[this.#position++]?.toLowerCase() ?? "");
    return exception === undefined ? null : `${known} WITH ${exception}`;
  }

  #take(word: string): boolean {
    if (this.#words[this.#position]?.toUpperCase() !== word) return false;
    this.#position++;
    return true;
  }
}
