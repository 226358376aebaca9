import { defineRule, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import type { Container } from "../../../languages/kubernetes/model.ts";
import type { YamlScalar } from "../../../languages/yaml/node.ts";
import { isUnknown, itemsOf } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";
import { nameOf as fileName } from "../../../text/path.ts";
import { jobWith } from "./example.ts";
import { containersOf } from "./workloads.ts";

/** An etcd server in a container, and what it was told. */
export interface Etcd {
  readonly container: Container;
  /** Where something missing is reported: the word `etcd`, or else the container's place. */
  readonly at: Span;
  /** An option by its name without dashes: its text, `""` for one that is a bare switch, `undefined` where it is not given. */
  option(name: string): { readonly text: string; readonly at: Span } | undefined;
  /** Whether a switch is on, bare or `true`. */
  isOn(name: string): boolean;
}

/** A rule about the options of etcd. */
export interface EtcdFamily
  extends Omit<RuleMetadata, "since" | "category" | "fix" | "severity" | "preset" | "examples"> {
  /** What is wrong with one, if anything: the message and its place. */
  readonly judge: (etcd: Etcd) => { readonly at: Span; readonly message: string } | undefined;
  /** Options of the example, before and after. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

/** The rule that judges every etcd whose options are all known. */
export function etcdRule({ judge, bad, good, ...metadata }: EtcdFamily): Rule {
  return defineRule("kubernetes", {
    ...metadata,
    category: "security",
    severity: "warning",
    preset: "strict",
    since: "0.1.0",
    fix: null,
    keys: ["command", "args"],
    examples: [{ bad: example(bad), good: example(good), fixed: false }],
    *check(model) {
      for (const { container, whole } of containersOf(model)) {
        const etcd = whole ? etcdOf(container) : undefined;
        const problem = etcd === undefined ? undefined : judge(etcd);
        if (problem !== undefined) yield problem;
      }
    },
  });
}

function example(options: readonly string[]): string {
  return jobWith({ container: ["command:", "  - etcd", ...options.map((option) => `  - ${option}`)] });
}

/** `undefined` for any other program, and where a template, a file or a script may say more. */
function etcdOf(container: Container): Etcd | undefined {
  const nodes = ["command", "args"].flatMap((key) => itemsOf(container.get(key)));
  const words = nodes.flatMap((node): YamlScalar[] => (node.type === "scalar" ? [node] : []));
  const [program, ...rest] = words;
  if (program === undefined || fileName(program.text) !== "etcd" || words.length !== nodes.length) return undefined;
  if (words.some((word) => isUnknown(word, "kubernetes") || /^--?config-file\b/.test(word.text))) return undefined;
  const option: Etcd["option"] = (name) => {
    for (const [index, word] of rest.entries()) {
      const found = /^--?([a-z0-9-]+)(?:=(.*))?$/s.exec(word.text);
      if (found?.[1] !== name) continue;
      const next = rest[index + 1];
      const text = found[2] ?? (next === undefined || next.text.startsWith("-") ? "" : next.text);
      return { text, at: word.span };
    }
    const variable = container.env.find((one) => one.name === `ETCD_${name.toUpperCase().replaceAll("-", "_")}`);
    return variable === undefined ? undefined : { text: variable.value ?? "$", at: variable.nameSpan };
  };
  return {
    container,
    at: program.span,
    option,
    isOn(name) {
      const found = option(name);
      return found !== undefined && /^(?:true|1|t|\$.*|)$/i.test(found.text);
    },
  };
}

/** Those of the options that are not given, or empty. */
export function lacking(etcd: Etcd, names: readonly string[]): readonly string[] {
  return names.filter((name) => (etcd.option(name)?.text ?? "") === "");
}
