import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Interpolation,
  interpolationsIn,
  placeOf,
  substitute,
  variableUses,
} from "../../server/src/languages/compose/interpolation.ts";
import { parseCompose } from "../../server/src/languages/compose/index.ts";
import { isUnknownText } from "../../server/src/languages/yaml/path.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";

/** Each part as it is written, with its kind. */
function parts(text: string, dialect: "compose" | "stack" = "compose"): readonly string[] {
  return everyPart(interpolationsIn(text, dialect)).map(({ kind, at }) => `${kind} ${text.slice(at.start, at.end)}`);
}

function everyPart(found: readonly Interpolation[]): readonly Interpolation[] {
  return found.flatMap((part) => (part.kind === "variable" ? [part, ...everyPart(part.within)] : [part]));
}

const values: Readonly<Record<string, string>> = { A: "va", EMPTY: "" };

function result(text: string): string {
  const { text: got, unset, missing } = substitute(text, interpolationsIn(text), (name) => values[name]);
  return missing.length > 0 ? `missing ${missing.join()}` : unset.length > 0 ? `${got} (unset ${unset.join()})` : got;
}

describe("what a dollar sign is", () => {
  // Held against Docker Compose 2.40.3, `config`.
  it.each<[string, readonly string[]]>([
    ["plain", []],
    ["$NAME-x", ["variable $NAME"]],
    ["a${NAME}b", ["variable ${NAME}"]],
    ["$$NAME", ["escape $$"]],
    ["$$$NAME", ["escape $$", "variable $NAME"]],
    ["$(date) $1 $? a$ $é", ["dollar $", "dollar $", "dollar $", "dollar $", "dollar $"]],
    ["${A:-${B:-x}}y", ["variable ${A:-${B:-x}}", "variable ${B:-x}"]],
    ["${A:-$B}", ["variable ${A:-$B}", "variable $B"]],
    ["${A:-b}c}", ["variable ${A:-b}"]],
    ["${A:-{{x}}}", ["variable ${A:-{{x}}"]],
    ["${A:-x} {b}", ["variable ${A:-x}"]],
    ["${", ["invalid ${"]],
    ["${}", ["invalid ${}"]],
    ["${1x} y", ["invalid ${1x}"]],
    ["${A.b}", ["invalid ${A.b}"]],
    ["${A:=x}", ["invalid ${A:=x}"]],
    ["${A:}", ["invalid ${A:}"]],
    ["${A-b c", ["invalid ${A-b"]],
    ["${A:-\n}", ["invalid ${A:-"]],
    ["${A:-${1}}", ["variable ${A:-${1}}", "invalid ${1}"]],
  ])("%j", (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  // Source: the template package of docker/cli.
  it.each<[string, readonly string[]]>([
    ["$(date)", ["invalid $"]],
    ["${A:-x}", ["variable ${A:-x}"]],
    ["${A:+x}", ["invalid ${A:+x}"]],
    ["${A:-${B}}", ["variable ${A:-${B}"]],
    ["pa$$", ["escape $$"]],
  ])("in a stack file: %j", (text, expected) => {
    expect(parts(text, "stack")).toEqual(expected);
  });

  it("is what makes a text unknown, or not", () => {
    const text = string({ unit: constantFrom("$", "{", "}", "A", "1", ":", "-", "x", " ") });
    assert(
      property(
        text.filter((given) => !given.includes("{{")),
        (given) => {
          const decides = interpolationsIn(given).some(({ kind }) => kind === "variable" || kind === "invalid");
          expect(isUnknownText(given)).toBe(decides);
        },
      ),
    );
  });
});

describe("what becomes of a text", () => {
  it.each([
    ["$A", "va"],
    ["${A}b$$c", "vab$c"],
    ["${NO:-${A}!}", "va!"],
    ["${EMPTY:-d}", "d"],
    ["${EMPTY-d}", ""],
    ["${NO-d}", "d"],
    ["${A:+r}", "r"],
    ["${EMPTY:+r}", ""],
    ["${EMPTY+r}", "r"],
    ["${NO:?say so}", "missing NO"],
    ["${EMPTY?}", ""],
    ["${EMPTY:?}", "missing EMPTY"],
    ["x$NO", "x (unset NO)"],
    ["${A:-$NO}", "va"],
    ["${NO:-$NONE}", " (unset NONE)"],
    ["$(x) $1", "$(x) $1"],
  ])("%j gives %j", (text, expected) => {
    expect(result(text)).toBe(expected);
  });

  it("leaves what holds no variable as it is, but for doubled signs", () => {
    assert(
      property(string({ unit: constantFrom("$$", "a", "}", "{", " ", "\n") }), (text) => {
        expect(result(text)).toBe(text.replaceAll("$$", "$"));
      }),
    );
  });
});

describe("places in a file", () => {
  function found(text: string, path = "compose.yaml"): readonly string[] {
    const model = parseCompose(parseYaml(text), path);
    return model.interpolated.flatMap(({ path: way, scalar, parts: its }) =>
      [...variableUses(its)].map(({ at }) => {
        const place = placeOf(model, scalar, at);
        return `${way.join(".")}: ${text.slice(place.start, place.end)}`;
      }),
    );
  }

  it("are exact in every style, and each is found once", () => {
    const text = [
      "x-a: &a",
      "  plain: a ${P:-x y} b",
      "  single: 'it''s ${S}'",
      '  double: "say \\"$D\\" \\u0041 ${E}"',
      "  literal: |",
      "    first $L1",
      "      $L2",
      "  folded: >-",
      "    first",
      "    ${F:-two",
      "    words} third",
      "  $KEY: x # $COMMENT",
      "services:",
      "  web: {<<: *a, image: $I, command: [*none, $C]}",
      "",
    ].join("\n");
    expect(found(text)).toEqual([
      "x-a.plain: ${P:-x y}",
      "x-a.single: ${S}",
      "x-a.double: $D",
      "x-a.double: ${E}",
      "x-a.literal: $L1",
      "x-a.literal: $L2",
      "x-a.folded: ${F:-two\n    words}",
      "services.web.image: $I",
      "services.web.command.1: $C",
    ]);
  });

  it("are the parts of a stack file that are read", () => {
    const text = "x-a: $A\nservices:\n  web: {image: $B, deploy: {mode: global}}\n";
    expect(found(text, "stack.yml")).toEqual(["services.web.image: $B"]);
  });
});
