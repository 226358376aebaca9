import { expect, test } from "vitest";
import { closestOf } from "../../server/src/text/closest.ts";

test("a slip is a few letters away, the longer the name the more of them", () => {
  expect(closestOf("conifg", ["config", "content"])).toBe("config");
  expect(closestOf("ab", ["cd"])).toBeUndefined();
  expect(closestOf("hf-secret", ["chap-secret"])).toBe("chap-secret");
});

test("no slip is further away than is asked for", () => {
  expect(closestOf("hf-secret", ["chap-secret"], 2)).toBeUndefined();
  expect(closestOf("hf-secret", ["hf-secrets"], 2)).toBe("hf-secrets");
});
