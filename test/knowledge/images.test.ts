import { expect, test } from "vitest";
import { floatingTagWords, originalName } from "../../server/src/knowledge/images.ts";

test.each([
  ["docker.io/amd64/alpine", "docker.io/library/alpine"],
  ["docker.io/arm64v8/debian", "docker.io/library/debian"],
  ["public.ecr.aws/docker/library/golang", "docker.io/library/golang"],
  ["mirror.gcr.io/library/node", "docker.io/library/node"],
  ["mirror.gcr.io/ubuntu", "docker.io/library/ubuntu"],
  ["mirror.gcr.io/bitnami/redis", "docker.io/bitnami/redis"],
  ["docker.io/library/node", "docker.io/library/node"],
  ["docker.io/amd64/team/alpine", "docker.io/amd64/team/alpine"],
  ["ghcr.io/amd64/alpine", "ghcr.io/amd64/alpine"],
])("%s is %s", (name, original) => {
  expect(originalName(name)).toBe(original);
});

test("words that name a release are not among the floating ones", () => {
  for (const word of ["latest", "edge", "nightly", "main", "lts"]) expect(floatingTagWords.has(word)).toBe(true);
  for (const word of ["bookworm", "alpine", "slim", "noble", "jre", "fpm", "20", "management"])
    expect(floatingTagWords.has(word)).toBe(false);
  for (const word of floatingTagWords) expect(word).toMatch(/^[a-z]+$/);
});
