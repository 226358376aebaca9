import { etcdRule } from "./shared/etcd.ts";

export default etcdRule({
  slug: "etcd-without-client-certificates",
  summary: "An etcd asks its clients for no certificate.",
  why: `TLS alone hides what is said; it does not ask who speaks. Without \`--client-cert-auth\` everyone who reaches the port reads and writes all keys, unless users and passwords are
set up inside etcd. Name the authority that signs the clients' certificates in \`--trusted-ca-file\`.`,
  aliases: ["trivy:KCV-0043"],
  references: ["https://etcd.io/docs/latest/op-guide/security/"],
  bad: ["--cert-file=/tls/etcd.crt", "--key-file=/tls/etcd.key"],
  good: ["--cert-file=/tls/etcd.crt", "--key-file=/tls/etcd.key", "--client-cert-auth=true"],
  judge(etcd) {
    if (etcd.isOn("client-cert-auth")) return undefined;
    return {
      at: etcd.option("client-cert-auth")?.at ?? etcd.at,
      message:
        "Everyone who reaches this etcd reads and writes all of it: add `--client-cert-auth=true` and `--trusted-ca-file`.",
    };
  },
});
