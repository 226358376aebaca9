import { etcdRule } from "./shared/etcd.ts";

export default etcdRule({
  slug: "etcd-self-signed-tls",
  summary: "An etcd makes its own certificates, which nobody can check.",
  why: `With \`--auto-tls\` or \`--peer-auto-tls\` etcd signs a certificate for itself at every start. Clients and members have to take any, so that whoever stands in between can show one of
their own: what is said is hidden from listeners only.`,
  aliases: ["trivy:KCV-0044", "trivy:KCV-0047"],
  references: [
    "https://etcd.io/docs/latest/op-guide/security/#example-3-transport-security--client-certificates-in-a-cluster",
  ],
  bad: ["--auto-tls=true"],
  good: ["--cert-file=/tls/etcd.crt", "--key-file=/tls/etcd.key"],
  judge(etcd) {
    const name = ["auto-tls", "peer-auto-tls"].find((option) => etcd.isOn(option));
    const at = name === undefined ? undefined : etcd.option(name)?.at;
    if (name === undefined || at === undefined) return undefined;
    const prefix = name === "auto-tls" ? "" : "peer-";
    return {
      at,
      message: `\`${name}\` makes certificates that nobody can check: give it some of your own, \`--${prefix}cert-file\` and \`--${prefix}key-file\`.`,
    };
  },
});
