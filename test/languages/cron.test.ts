import { describe, expect, it } from "vitest";
import { everRuns, isCronProblem, leastGap, readSchedule } from "../../server/src/languages/kubernetes/cron.ts";

/** The values of each field, or what is wrong. */
function read(text: string): readonly (readonly number[])[] | string {
  const found = readSchedule(text);
  return isCronProblem(found) ? found.what : found.fields;
}

function runs(text: string): boolean {
  const found = readSchedule(text);
  return !isCronProblem(found) && everRuns(found);
}

function gap(text: string): number {
  const found = readSchedule(text);
  return isCronProblem(found) ? Number.NaN : leastGap(found);
}

const upTo = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("a schedule", () => {
  it("has five fields of lists, ranges, steps and names", () => {
    expect(read("*/20 8-10 1,15 jan,DEC sun-Tue")).toEqual([
      [0, 20, 40],
      [8, 9, 10],
      [1, 15],
      [1, 12],
      [0, 1, 2],
    ]);
    expect(read("50/5 ? * * ?")).toEqual([[50, 55], upTo(0, 23), upTo(1, 31), upTo(1, 12), upTo(0, 6)]);
    expect(read("  0\t4 * * *  ")).toEqual([[0], [4], upTo(1, 31), upTo(1, 12), upTo(0, 6)]);
    expect(read("0 1,1,, * * *")).toEqual([[0], [1], upTo(1, 31), upTo(1, 12), upTo(0, 6)]);
  });

  it.each([
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
    "@every 1h30m",
    "@every 0.5s",
  ])("may be %s", (text) => {
    expect(isCronProblem(readSchedule(text))).toBe(false);
  });

  it.each([
    ["", "0 fields"],
    ["0", "1 field "],
    ["0 0 * * * *", "6 fields"],
    ["60 * * * *", "goes from 0 to 59"],
    ["* 24 * * *", "goes from 0 to 23"],
    ["* * 0 * *", "goes from 1 to 31"],
    ["* * * 13 *", "goes from 1 to 12"],
    ["* * * * 7", "goes from 0 to 6"],
    ["5-2 * * * *", "ends before it begins"],
    ["*/0 * * * *", "steps of nothing"],
    ["1-2-3 * * * *", "no range"],
    ["1/2/3 * * * *", "no range"],
    ["a * * * *", "cannot read"],
    ["-1 * * * *", "cannot read"],
    ["1.5 * * * *", "cannot read"],
    ["* * L * *", "cannot read"],
    ["* * * * 1#2", "cannot read"],
    ["@reboot", "no word"],
    ["@Daily", "no word"],
    ["@every day", "no duration"],
    ["@every", "no word"],
  ])("is not %j", (text, what) => {
    expect(read(text)).toContain(what);
  });

  it.each([
    ["0 0 31 2 *", false],
    ["0 0 30 2 *", false],
    ["0 0 29 2 *", true],
    ["0 0 31 4,6 *", false],
    ["0 0 31 4,5 *", true],
    ["0 0 31 2 1", true],
    ["0 0 31 2 ?", false],
    ["0 0 */31 2 *", true],
    [", * * * *", false],
    ["@every 1h", true],
  ])("%s comes: %s", (text, comes) => {
    expect(runs(text)).toBe(comes);
  });

  it.each([
    ["* * * * *", 60],
    ["*/7 * * * *", 240],
    ["0,30 4 * * *", 1800],
    ["0 * * * *", 3600],
    ["0 4 * * *", 86_400],
    ["@every 90s", 90],
  ])("%s leaves %d seconds between two runs of a day", (text, seconds) => {
    expect(gap(text)).toBe(seconds);
  });
});
