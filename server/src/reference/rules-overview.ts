import type { Rule, RuleKind } from "../engine/rule.ts";

const sections: readonly { readonly kind: RuleKind; readonly title: string; readonly text: string }[] = [
  {
    kind: "image",
    title: "Images, wherever they are named",
    text: "In Dockerfiles, Compose files and manifests alike.",
  },
  { kind: "dockerfile", title: "Dockerfiles", text: "Also Containerfiles." },
  { kind: "compose", title: "Compose files", text: "Also Swarm stack files." },
  {
    kind: "kubernetes",
    title: "Kubernetes manifests",
    text: "Every workload, and custom resources that have a pod template.",
  },
  {
    kind: "ignore",
    title: "Ignore files",
    text: "`.dockerignore`, and `<name>.dockerignore` beside a Dockerfile.",
  },
  { kind: "seaworthy", title: "Our own comments", text: "What is wrong with `# seaworthy ignore` itself." },
];

/** The overview of all rules, in Markdown: `docs/rules/README.md`. */
export function rulesOverview(rules: readonly Rule[]): string {
  const blocks = sections.flatMap(({ kind, title, text }) => {
    const own = rules.filter((rule) => rule.kind === kind);
    if (own.length === 0) return [];
    const rows = own.map(
      (rule) =>
        `| [${rule.slug}](${rule.id}.md) | ${rule.summary.replaceAll("|", "\\|")} | ${rule.severity} | ${rule.preset} | ${rule.fix ?? ""} |`,
    );
    return [
      `## ${title}`,
      text,
      ["| Rule | What is wrong | Severity | Preset | Fix |", "|---|---|---|---|---|", ...rows].join("\n"),
    ];
  });
  return `${[
    "<!-- Generated from server/src/rules. -->",
    "# Rules",
    `${rules.length} rules. The preset is the smallest one that has the rule; \`recommended\` is the default, \`all\` means off until asked for.
A \`safe\` fix changes nothing of what is built and run; a \`review\` fix may, and its title says what.`,
    ...blocks,
  ].join("\n\n")}\n`;
}
