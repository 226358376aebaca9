import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { parseDockerfile } from "../../../server/src/languages/dockerfile/index.ts";

/** The text of each problem's place, and its message. */
function problems(text: string): readonly (readonly [string, string])[] {
  return parseDockerfile(text).problems.map(({ at, message }) => [text.slice(at.start, at.end), message]);
}

describe("a builder would refuse", () => {
  test.each<[string, string, RegExp]>([
    // The instruction.
    ["FRM x", "FRM", /did you mean `FROM`/],
    ["FROM x\nrunn a", "runn", /did you mean `RUN`/],
    ["FROM x\nRUN a &&\nchmod b", "chmod", /belongs to the `RUN` above, put `\\` at the end/],
    ["# escape=`\nFROM x\nRUN a &&\nchmod b", "chmod", /put a backquote at the end/],
    ["hello world", "hello", /`hello` is not an instruction\.$/],
    ["FROM x\nRUN a\n&& b\n&& c\n&& d", "&&", /belongs to the `RUN` above/],
    ["FROM x\nRUN\u00A0a", "RUN\u00A0a", /is not an instruction/],
    // FROM
    ["FROM", "FROM", /needs an image/],
    ["FROM x y", "y", /`y` is not expected/],
    ["FROM x AS", "AS", /needs a name/],
    ["FROM x AS y z", "z", /one word too many/],
    ["FROM x IS y", "IS", /`IS` is not expected/],
    ["FROM x AS 1a", "1a", /cannot name a stage/],
    ["FROM x AS $V", "$V", /cannot name a stage/],
    ["FROM Node:20", "Node:20", /lower case/],
    ["FROM node:20:1", "node:20:1", /is not an image/],
    ["FROM node@sha256:12", "node@sha256:12", /is not an image/],
    // Flags
    ["FROM --plattform=x y", "plattform", /did you mean `--platform`/],
    ["FROM x\nCOPY --form=y a b", "form", /did you mean `--from`/],
    ["FROM x\nCOPY --chown a b", "--chown", /needs a value/],
    ["FROM x\nCOPY --chown=1 --chown=2 a b", "--chown=2", /given twice/],
    ["FROM x\nCOPY --link=yes a b", "yes", /on or off/],
    ["FROM x\nCOPY --link= a b", "", /has no value/],
    ["FROM x\nRUN --mout=type=cache a", "mout", /did you mean `--mount`/],
    ["FROM x\nHEALTHCHECK --start-interva=1s CMD a", "start-interva", /did you mean `--start-interval`/],
    ["FROM x\nCMD --port 80", "--port", /takes no flags/],
    ["FROM x\nONBUILD COPY --form=y a b", "form", /did you mean `--from`/],
    ["# syntax=docker/dockerfile:1.7\nFROM --plattform=x y", "plattform", /did you mean/],
    ["FROM x\nRUN --mount=type=cahce,target=/x a", "type=cahce,target=/x", /did you mean `cache`/],
    ["FROM x\nRUN --mount a", "--mount", /needs a value/],
    // Arguments
    ["FROM x\nRUN", "RUN", /needs a command/],
    ["FROM x\nRUN --network=none", "RUN", /needs a command/],
    ["FROM x\nCOPY", "COPY", /needs a source and a destination/],
    ["FROM x\nADD a", "a", /needs a destination/],
    ['FROM x\nCOPY ["a"]', '"a"', /needs a destination/],
    ["FROM x\nCOPY a <<E\nE\n", "<<E", /cannot be the destination/],
    ["FROM x\nENV", "ENV", /needs a name and a value/],
    ["FROM x\nENV A", "A", /has no value/],
    ["FROM x\nENV A=1 B", "B", /has no value/],
    ["FROM x\nENV A=1 is not quoted", "is", /quotes around a value with spaces/],
    ["FROM x\nLABEL =1", "=1", /without a name/],
    ["FROM x\nLABEL a", "a", /has no value/],
    ["FROM x\nARG", "ARG", /needs a name/],
    ["FROM x\nARG =1", "=1", /without a name/],
    ["FROM x\nEXPOSE", "EXPOSE", /needs a port/],
    ["FROM x\nEXPOSE 80 http", "http", /not a port/],
    ["FROM x\nEXPOSE 80/htp", "80/htp", /`tcp`, `udp` and `sctp`/],
    ["FROM x\nEXPOSE 90-80", "90-80", /ends before it starts/],
    ["FROM x\nEXPOSE 80,81", "80,81", /not a port/],
    ["FROM x\nSHELL", "SHELL", /needs a shell/],
    ["FROM x\nSHELL bash -c", "bash -c", /only takes the exec form/],
    ["FROM x\nSTOPSIGNAL", "STOPSIGNAL", /needs a signal/],
    ["FROM x\nSTOPSIGNAL SIGFOO", "SIGFOO", /not a signal/],
    ["FROM x\nSTOPSIGNAL 0", "0", /not a signal/],
    ["FROM x\nUSER", "USER", /needs a user/],
    ["FROM x\nWORKDIR", "WORKDIR", /needs a path/],
    ["FROM x\nVOLUME", "VOLUME", /needs a path/],
    ['FROM x\nVOLUME ["/a", ""]', '""', /empty path/],
    ["FROM x\nMAINTAINER", "MAINTAINER", /needs a name/],
    ["FROM x\nONBUILD", "ONBUILD", /needs an instruction/],
    ["FROM x\nONBUILD EXPOSE y", "y", /not a port/],
    ["FROM x\nONBUILD RUM y", "RUM", /did you mean `RUN`/],
    ["FROM x\nHEALTHCHECK", "HEALTHCHECK", /needs `CMD` and a command/],
    ["FROM x\nHEALTHCHECK curl x", "curl", /takes `CMD`/],
    ["FROM x\nHEALTHCHECK CMD", "CMD", /needs a command/],
    ["FROM x\nHEALTHCHECK CMD []", "CMD []", /needs a command/],
    ["FROM x\nHEALTHCHECK NONE a", "a", /takes nothing/],
    ["FROM x\nHEALTHCHECK --interval=30 CMD a", "30", /write `30s`/],
    ["FROM x\nHEALTHCHECK --interval=1d CMD a", "1d", /not a duration/],
    ["FROM x\nHEALTHCHECK --timeout=1us CMD a", "1us", /too short/],
    ["FROM x\nHEALTHCHECK --timeout=-1s CMD a", "-1s", /too short/],
    ["FROM x\nHEALTHCHECK --retries=a CMD a", "a", /number of retries/],
    ["FROM x\nHEALTHCHECK --retries=-1 CMD a", "-1", /number of retries/],
    ['FROM x\nCMD ["a", 1]', '["a", 1]', /only holds strings/],
    ["FROM x\nRUN [1]", "[1]", /only holds strings/],
    // Quotes and variables
    ['FROM x\nENV A="b', '"b', /never closed/],
    ['FROM x\nENV A=b\\\\" C=d', '" C=d', /never closed/],
    ["FROM x\nENV A it's", "'s", /never closed/],
    ["FROM x\nLABEL a=it's nice", "'s nice", /never closed/],
    ["FROM x\nARG A='b", "'b", /never closed/],
    ['FROM x\nWORKDIR "/a b', '"/a b', /never closed/],
    ['FROM x\nCOPY "a b" /c/', '"a', /needs the JSON form/],
    ["FROM x\nWORKDIR ${A", "${A", /put a `}`/],
    ["FROM x\nWORKDIR ${", "${", /put a `}`/],
    ["FROM x\nWORKDIR ${}", "${}", /names no variable/],
    ["FROM x\nENV A=${B^^}", "^", /does not know `\^` behind/],
    ["FROM x\nENV A=${B:1}", ":1", /does not know `:1`/],
    ['FROM x\nENV A="${B!c}"', "!", /does not know/],
    ["FROM x\nONBUILD ENV A=${B^}", "^", /does not know/],
    ['# escape=`\nFROM x\nENV A=`"b"', '"', /never closed/],
    // Heredocs
    ["FROM x\nRUN <<EOF\na", "<<EOF", /never ends/],
  ])("%j", (text, at, message) => {
    const found = problems(text);
    expect(found.map(([place]) => place)).toEqual([at]);
    expect(found[0]?.[1]).toMatch(message);
    expect(found[0]?.[1]).not.toContain("\n");
  });
});

describe("a builder would take", () => {
  test.each<string>([
    "FROM scratch",
    "FROM --platform=$BUILDPLATFORM node:20 AS build.1_x-y",
    "FROM node:20 as Build\nFROM Build",
    "ARG A\nFROM $A",
    "FROM localhost:5000/a/b:c@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "ARG A=1 B\nARG C\nFROM x",
    "FROM x\nCOPY --from=y --chown=1:1 --chmod=755 --link --parents --exclude=a --exclude=b a b",
    "FROM x\nADD --keep-git-dir=true --checksum=sha256:1 --chown=1 --chmod=1 --link --unpack=false --exclude=a a b",
    "FROM x\nRUN --mount=type=cache,target=/a --mount=type=secret,id=b --network=none --security=insecure --device=a=b c",
    "FROM x\nHEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0 --start-interval=500ms --retries=3 CMD a",
    "FROM x\nHEALTHCHECK --interval=$I --retries=${R} CMD a",
    "FROM x\nHEALTHCHECK NONE",
    "FROM x\nhealthcheck cmd a",
    "FROM x\nRUN --mount=type=$T,target=/x --mount=type=future,target=/y a",
    "# syntax=example.com/other\nINCLUDE a\nFROM x\nFRM b\nRUN --mout a",
    "FROM x\nCOPY a b .",
    "FROM x\nCOPY a b ./",
    "FROM x\nCOPY a b $DIR",
    "FROM x\nCOPY $A b /c",
    "# escape=`\nFROM x\nCOPY a b c:\\d\\",
    "FROM x\nCOPY <<a <<b /c/\na\nb",
    "FROM x\nENV A= B='' C=\"x y\" D=e\\ f",
    "FROM x\nENV A b c=d",
    "FROM x\nENV A=${B:-c} D=${E-} F=${G:+h} I=${J+k} L=${M:?n} O=${P#q} R=${S##t} U=${V%w} X=${Y%%z} A1=${B1/a/b} C1=${D1//a/b}",
    "FROM x\nENV A=\"it's\" B='say \"x' C=it\\'s D=${E:-\"}\"} F='${x^}' G=\\${x^}",
    "FROM x\nENV A=${B:-${C:-d}} E=$1 F=$ G=a$b",
    'FROM x\nLABEL a="b \\\n  c"',
    'FROM x\nCOPY ["it\'s", "b c", "/d/"]',
    "FROM x\nCOPY <<'EOF' /a\nit's\nEOF",
    'FROM x\nCOPY <<"A B" /a\n${x^}\nA B',
    'FROM x\nRUN echo ${A^^} it\\\'s "$(date)"',
    "FROM x\nCMD echo it's",
    '# escape=`\nFROM x\nENV A="c:\\d\\" B=c:\\e\\',
    // A rule of its own tells these.
    "RUN a\nFROM x\nRUN b",
    "FROM x\nCOPY a b /c",
    "FROM x\nEXPOSE 70000",
    "FROM x\nONBUILD ONBUILD RUN a",
    "FROM x\nONBUILD FROM y",
    "# escape=x\n# syntax=a/b\n# syntax=c/d\nFROM x",
    "FROM x\nLABEL a=b \\\n  c=d\\\n  e=f",
    "FROM x\nEXPOSE 80 443/tcp 53/UDP 1000-2000/sctp $PORT ${A}/tcp 0 65535",
    "FROM x\nSTOPSIGNAL SIGTERM",
    "FROM x\nSTOPSIGNAL quit",
    "FROM x\nSTOPSIGNAL 9",
    "FROM x\nSTOPSIGNAL SIGRTMIN+3",
    "FROM x\nSTOPSIGNAL $S",
    "FROM x\nCMD",
    "FROM x\nENTRYPOINT []",
    "FROM x\nCMD ['a']",
    'FROM x\nCMD ["a",]',
    "FROM x\nCMD [ -f x ] && y",
    "FROM x\nRUN a \\\n\n  # b\n\n  && c",
    "FROM x\nRUN a \\\n",
    "FROM x\nUSER a b",
    "FROM x\nONBUILD RUN a",
    "RUN a\nCMD b",
    "",
    "# just a comment",
    "FROM {{ .Image }}\n{{ if .X }}\nRUN a\n{{ end }}",
    "FROM x\nEXPOSE {{ port }}",
  ])("%j", (text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe("a flag that is not known here may be newer", () => {
  test.each<[string, boolean]>([
    ["FROM x\nCOPY --future=1 a b", true],
    ["FROM x\nRUN --something-new a", true],
    ["FROM x\nCOPY --form=y a b", false],
    ["# syntax=docker/dockerfile:1-labs\nFROM x\nCOPY --form=y a b", true],
    ["# syntax=docker/dockerfile-upstream:master\nFROM x\nRUN --future a", true],
  ])("%j", (text, doubtful) => {
    expect(parseDockerfile(text).problems.map((problem) => problem.doubtful === true)).toEqual([doubtful]);
  });
});

describe("what was meant", () => {
  test.each<[string, string]>([
    ["FRM x", "FROM x"],
    ["FROM x\nrunn a", "FROM x\nrun a"],
    ["FROM x\nRUN a\n && b", "FROM x\nRUN a \\\n && b"],
    ["# escape=`\nFROM x\nRUN a\n && b", "# escape=`\nFROM x\nRUN a `\n && b"],
    ["FROM x sa y", "FROM x AS y"],
    ["FROM Node:20-Alpine", "FROM node:20-Alpine"],
    ["FROM x\nCOPY --form=y a b", "FROM x\nCOPY --from=y a b"],
    ["FROM x\nCOPY --link=yes a b", "FROM x\nCOPY --link=true a b"],
    ["FROM x\nCOPY --link= a b", "FROM x\nCOPY --link=true a b"],
    ["FROM x\nRUN --mount=target=/x,type=cahce a", "FROM x\nRUN --mount=target=/x,type=cache a"],
    ["FROM x\nEXPOSE 53/upd", "FROM x\nEXPOSE 53/udp"],
    ["FROM x\nEXPOSE 90-80/udp", "FROM x\nEXPOSE 80-90/udp"],
    ["FROM x\nSHELL bash -c", 'FROM x\nSHELL ["bash", "-c"]'],
    ["FROM x\nSTOPSIGNAL SIGTREM", "FROM x\nSTOPSIGNAL SIGTERM"],
    ["FROM x\nHEALTHCHECK curl x", "FROM x\nHEALTHCHECK CMD curl x"],
    ["FROM x\nHEALTHCHECK --interval=30 CMD a", "FROM x\nHEALTHCHECK --interval=30s CMD a"],
    ['FROM x\nCOPY "a b" /c/', 'FROM x\nCOPY ["a b", "/c/"]'],
    ["FROM x\nONBUILD RUM a", "FROM x\nONBUILD RUN a"],
  ])("%j", (text, meant) => {
    const [problem] = parseDockerfile(text).problems;
    const after = applyEdits(text, problem?.fix?.edits ?? []);
    expect(after).toBe(meant);
    expect(parseDockerfile(meant).problems).toEqual([]);
  });

  test.each([
    "FROM x\nhello world",
    "FROM x y",
    "FROM x\nSTOPSIGNAL foobar",
    "FROM x\nENV A='b",
    "FROM x\nHEALTHCHECK --interval=1d CMD a",
  ])("nobody can guess in %j", (text) => {
    expect(parseDockerfile(text).problems.map(({ fix }) => fix)).toEqual([undefined]);
  });
});

test("problems of instructions that did not change keep up with their places", () => {
  const before = parseDockerfile("FROM x\nRUN a\nEXPOSE y\nEXPOSE y\n");
  expect(before.problems.map(({ at }) => at.start)).toEqual([20, 29]);
  const after = parseDockerfile("FROM x\nRUN abc\nEXPOSE y\nEXPOSE y\n", before);
  expect(after.problems.map(({ at }) => at.start)).toEqual([22, 31]);
  const other = parseDockerfile("# syntax=example.com/x\nFROM x\nCOPY --form=a b c\n", before);
  expect(other.problems).toEqual([]);
  const again = parseDockerfile("FROM x\nCOPY --form=a b c\n", other).problems;
  expect(again.map(({ fix }) => fix?.edits.map(({ span }) => span))).toEqual([[{ start: 14, end: 18 }]]);
});
