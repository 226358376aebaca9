import { listed } from "../../text/words.ts";
import { etcdRule, lacking } from "./shared/etcd.ts";

export default etcdRule({
  slug: "etcd-peers-without-tls",
  summary: "The members of an etcd cluster speak to each other without TLS.",
  why: `Members send each other every change, so that the network sees all that is stored. \`--peer-cert-file\` and \`--peer-key-file\` turn on TLS between them. An etcd of a single member has
nobody to speak to; it is reported all the same, since members are added while it runs.`,
  aliases: ["trivy:KCV-0045"],
  references: ["https://etcd.io/docs/latest/op-guide/security/"],
  bad: ["--peer-client-cert-auth=true"],
  good: ["--peer-client-cert-auth=true", "--peer-cert-file=/tls/peer.crt", "--peer-key-file=/tls/peer.key"],
  judge(etcd) {
    const missing = etcd.isOn("peer-auto-tls") ? [] : lacking(etcd, ["peer-cert-file", "peer-key-file"]);
    if (missing.length === 0) return undefined;
    return {
      at: etcd.at,
      message: `The members of this etcd speak without TLS: add ${listed(missing.map((name) => `\`--${name}\``))}.`,
    };
  },
});
