import { etcdRule } from "./shared/etcd.ts";

export default etcdRule({
  slug: "etcd-peers-without-certificates",
  summary: "The members of an etcd cluster ask each other for no certificate.",
  why: `Without \`--peer-client-cert-auth\` whoever reaches the peers' port can join as a member and is sent everything that is stored, or takes part in decisions. Name the authority that
signs the members' certificates in \`--peer-trusted-ca-file\`.`,
  aliases: ["trivy:KCV-0046"],
  references: ["https://etcd.io/docs/latest/op-guide/security/"],
  bad: ["--peer-cert-file=/tls/peer.crt", "--peer-key-file=/tls/peer.key"],
  good: ["--peer-cert-file=/tls/peer.crt", "--peer-key-file=/tls/peer.key", "--peer-client-cert-auth=true"],
  judge(etcd) {
    if (etcd.isOn("peer-client-cert-auth")) return undefined;
    return {
      at: etcd.option("peer-client-cert-auth")?.at ?? etcd.at,
      message:
        "Whoever reaches this etcd's peer port can join it: add `--peer-client-cert-auth=true` and `--peer-trusted-ca-file`.",
    };
  },
});
