#!/usr/bin/env node
// Writes a rule and its cases, ready to be filled:  npm run new-rule -- kubernetes/missing-pdb
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const kinds = ["image", "dockerfile", "compose", "kubernetes"];
const [id = "", ...rest] = process.argv.slice(2);
const [, kind = "", slug = ""] = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id) ?? [];

if (!kinds.includes(kind) || slug === "" || rest.length > 0) {
  console.error(`Usage: npm run new-rule -- <${kinds.join("|")}>/<what-is-wrong>

The name says what is wrong and reads as "allow <name>": missing-pdb, floating-tag, privileged-container.`);
  process.exit(2);
}

const version = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;

const models = {
  image: `  *check({ images }) {
    for (const { reference, span } of images) {
      if (reference === undefined) continue;
      yield { at: span, message: \`\\\`\${reference.text}\\\` … : do …\` };
    }
  },`,
  dockerfile: `  *check(model) {
    if (model.fragment) return;
    for (const instruction of model.instructions) {
      if (instruction.name !== "USER") continue;
      yield { at: instruction.argumentsSpan, message: "… : do …" };
    }
  },`,
  compose: `  *check(model) {
    if (model.role === "override") return;
    for (const service of model.services) {
      if (service.open || service.get("…") !== undefined) continue;
      yield { at: service.keySpan, message: \`\\\`\${service.name}\\\` … : do …\` };
    }
  },`,
  kubernetes: `  *check(model) {
    if (model.templated) return;
    for (const { pod, partial } of model.resources) {
      if (pod === undefined || partial) continue;
      for (const container of pod.containers) {
        if (container.get("…") !== undefined) continue;
        yield { at: container.at, message: \`\\\`\${container.name ?? "container"}\\\` … : do …\` };
      }
    }
  },`,
};

const samples = {
  image: ["dockerfile", "FROM alpine:latest\n     ^^^^^^^^^^^^^ RULE", "FROM alpine:3.21"],
  dockerfile: ["dockerfile", "FROM alpine:3.21\nUSER root\n     ^^^^ RULE", "FROM alpine:3.21\nUSER nobody"],
  compose: [
    "yaml",
    "services:\n  web:\n  ^^^ RULE\n    image: nginx:1.27.4",
    "services:\n  web:\n    image: nginx:1.27.4\n    …: …",
  ],
  kubernetes: [
    "yaml",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      ^^^^ RULE\n      image: nginx:1.27.4",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.4\n      …: …",
  ],
};

const [language, bad, good] = samples[kind];
const plain = bad.replaceAll(/^\s*\^.*\n?/gm, "").trimEnd();

const rule = `import { defineRule } from "../../engine/rule.ts";

export default defineRule("${kind}", {
  slug: "${slug}",
  summary: "…",
  why: \`…\`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "${version}",
  aliases: [],
  references: [],
  fix: null,
  examples: [
    {
      bad: ${JSON.stringify(`${plain}\n`)},
      good: ${JSON.stringify(`${good}\n`)},
    },
  ],
${models[kind]}
});
`;

const cases = `# ${id}

## What is reported, and why it matters

\`\`\`${language}
${bad.replace("RULE", id)}
\`\`\`

## What is not reported, and why not

\`\`\`${language}
${good}
\`\`\`
`;

const files = { [`server/src/rules/${id}.ts`]: rule, [`test/rules/${id}.md`]: cases };
const there = Object.keys(files).filter((path) => existsSync(join(root, path)));
if (there.length > 0) {
  console.error(`${there.join(" and ")} ${there.length === 1 ? "is" : "are"} there already; nothing was written.`);
  process.exit(1);
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
console.log(
  "Fill in every `…`, then `npm test`: it writes rules/index.ts, the rule's page and the schemas, and says what is left.",
);
