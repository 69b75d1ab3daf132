import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import { type Condition, checkRules, type EventFacts, firstFitting } from "../src/index.ts";

const push: EventFacts = {
  event: "push",
  ref: "refs/heads/main",
  branch: "main",
  tag: null,
  labels: [],
  trusted: true,
};
const pull: EventFacts = {
  ...push,
  event: "pull_request",
  ref: "refs/pull/7/merge",
  labels: ["Full CI", "arm"],
};
const tag: EventFacts = { ...push, ref: "refs/tags/v1.2.3", branch: null, tag: "v1.2.3" };
const fork: EventFacts = { ...pull, trusted: false };

describe("a condition", () => {
  test.each<[string, Condition, EventFacts, boolean]>([
    ["nothing asked", {}, push, true],
    ["the event", { event: ["push"] }, push, true],
    ["one of two events", { event: ["schedule", "push"] }, push, true],
    ["another event", { event: ["pull_request"] }, push, false],
    ["a pattern of events", { event: ["pull_request*"] }, pull, true],
    ["the branch", { branch: ["main"] }, push, true],
    ["a pattern of branches", { branch: ["release/*"] }, { ...push, branch: "release/2" }, true],
    [
      "a star does not cross a slash",
      { branch: ["release/*"] },
      { ...push, branch: "release/2/x" },
      false,
    ],
    ["two stars do", { branch: ["release/**"] }, { ...push, branch: "release/2/x" }, true],
    ["a tag", { tag: ["v*"] }, tag, true],
    ["a tag where there is none", { tag: ["v*"] }, push, false],
    ["a tag, any", { tag: ["**"] }, push, false],
    ["a ref", { ref: ["refs/tags/**"] }, tag, true],
    ["a label", { label: ["arm"] }, pull, true],
    ["a label with other letters", { label: ["full ci"] }, pull, false],
    ["a label where there are none", { label: ["arm"] }, push, false],
    ["trust", { trusted: true }, fork, false],
    ["no trust", { trusted: false }, fork, true],
    ["all of several keys", { event: ["pull_request"], trusted: true, label: ["arm"] }, pull, true],
    ["all but one of several keys", { event: ["pull_request"], trusted: true }, fork, false],
    ["a dot is a dot", { tag: ["v1.2*"] }, { ...tag, tag: "v1x2" }, false],
  ])("%s", (_, when, event, expected) => {
    expect(firstFitting([{ when }], event) !== null).toBe(expected);
  });

  test("the first rule that fits counts, and is named for people", () => {
    const rules = [
      { when: { event: ["schedule"] } },
      { when: { event: ["push", "pull_request"], trusted: true } },
      { when: {} },
    ];
    const fitting = firstFitting(rules, push);
    expect(fitting).toEqual({
      rule: rules[1],
      name: "rule 2 (event push or pull_request, trusted true)",
    });
    expect(firstFitting(rules, fork)?.name).toBe("rule 3 (always)");
  });
});

describe("a rule that can never apply is an error", () => {
  test.each<[string, { when: Condition; skip?: unknown; targets?: unknown }[], string]>([
    ["tag and branch", [{ when: { tag: ["v*"], branch: ["main"] } }], "rules[0]"],
    [
      "tag and a ref of branches",
      [{ when: { tag: ["v*"], ref: ["refs/heads/main"] } }],
      "rules[0]",
    ],
    [
      "branch and a ref of tags",
      [{ when: { branch: ["main"], ref: ["refs/tags/v1"] } }],
      "rules[0]",
    ],
    ["a pull request of a tag", [{ when: { event: ["pull_request"], tag: ["v*"] } }], "rules[0]"],
    ["labels of a push", [{ when: { event: ["push"], label: ["x"] } }], "rules[0]"],
    ["an empty list", [{ when: { event: [] } }], "rules[0]"],
    ["a misspelt event", [{ when: { event: ["push", "pul_request"] } }], "pull_request is"],
    [
      "after one that asks less",
      [
        { when: { event: ["pull_request", "push"] } },
        { when: { event: ["push"], branch: ["main"] } },
      ],
      "rule 1 before it applies whenever it would",
    ],
    ["after one without conditions", [{ when: {} }, { when: { event: ["push"] } }], "rules[1]"],
    [
      "skip everything and build something",
      [{ when: { event: ["push"] }, skip: true, targets: [] }],
      "rules[0]",
    ],
  ])("%s", (_, rules, where) => {
    expect(() => checkRules(rules, "rules")).toThrow(UserError);
    expect(() => checkRules(rules, "rules")).toThrow(where);
  });

  test("and ordinary rules are none", () => {
    const rules = [
      { when: { event: ["pull_request"], label: ["full"] }, targets: [] },
      { when: { event: ["pull_request", "push"], branch: ["main"] }, skip: true },
      { when: { event: ["push"], branch: ["main", "next"] } },
      { when: { event: ["pull_request*", "some_event_of_next_year"] } },
      { when: { tag: ["v*"], trusted: true } },
      { when: {} },
    ];
    expect(() => checkRules(rules, "rules")).not.toThrow();
  });
});
