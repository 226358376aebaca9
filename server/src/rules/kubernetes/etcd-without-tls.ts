import { listed } from "../../text/words.ts";
import { etcdRule, lacking } from "./shared/etcd.ts";

export default etcdRule({
  slug: "etcd-without-tls",
  summary: "An etcd serves its clients without TLS.",
  why: `Everything in an etcd goes over the network as it is, passwords of its users included, and whoever can put a packet in between changes it. An etcd that holds the state of a
cluster holds all its Secrets. \`--cert-file\` and \`--key-file\` turn on TLS. One for tests, reached by nobody, can do without; this is strict for that reason.`,
  aliases: ["trivy:KCV-0042"],
  references: ["https://etcd.io/docs/latest/op-guide/security/"],
  bad: [
    "--client-cert-auth=true",
    "--peer-client-cert-auth",
    "--peer-cert-file=/tls/peer.crt",
    "--peer-key-file=/tls/peer.key",
  ],
  good: [
    "--cert-file=/tls/etcd.crt",
    "--key-file=/tls/etcd.key",
    "--client-cert-auth=true",
    "--peer-client-cert-auth",
    "--peer-cert-file=/tls/peer.crt",
    "--peer-key-file=/tls/peer.key",
  ],
  judge(etcd) {
    // With certificates that it makes itself it speaks TLS: `etcd-self-signed-tls` says what is wrong with that.
    const missing = etcd.isOn("auto-tls") ? [] : lacking(etcd, ["cert-file", "key-file"]);
    if (missing.length === 0) return undefined;
    return {
      at: etcd.at,
      message: `This etcd serves its clients without TLS: add ${listed(missing.map((name) => `\`--${name}\``))}.`,
    };
  },
});
