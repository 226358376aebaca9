import { securityOption } from "./shared/security-option.ts";

export default securityOption({
  slug: "disabled-selinux-label",
  option: "label=disable",
  summary: "A service runs without an SELinux label.",
  why: `Where the host enforces SELinux (Red Hat, Fedora and their kin), its label is what keeps a container that broke out from the host's files. \`label=disable\` takes the label
away; on other hosts it does nothing.

It is mostly there because a mounted folder could not be read. The mount option \`:Z\` (for one service) or \`:z\` (for several) labels the folder instead; leave them off system folders such as
\`/home\`. Only what has to read folders of the host that others use is better off without a label.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0009", "semgrep:selinux-separation-disabled"],
  references: [
    "https://docs.docker.com/engine/storage/bind-mounts/#configure-the-selinux-label",
    "https://docs.docker.com/reference/compose-file/services/#security_opt",
  ],
  without: "the SELinux label that keeps it from the host's files",
  advice: " and label its mounts with `:Z`",
  breaks: "on hosts with SELinux its mounts then need `:z` or `:Z`",
});
