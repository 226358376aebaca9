import { hostNamespace } from "./shared/host-namespace.ts";

export default hostNamespace({
  slug: "host-user-namespace",
  key: "userns_mode",
  summary: "A service opts out of the engine's user namespace.",
  why: `Where the engine maps users (\`userns-remap\`), root in a container is nobody on the host, which takes the edge off every escape. \`userns_mode: host\` switches that off for
this service; on an engine that maps nothing it does nothing.

It is added for privileged services and for folders whose owners do not fit. Changing the owner of the folder once is the better way.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0010", "kics:shared_host_user_namespace"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#userns_mode",
    "https://docs.docker.com/engine/security/userns-remap/",
  ],
  shares: "users",
  advice: "where the engine maps users, its root is root again; remove it and give its folders the right owner",
  breaks: "on an engine that maps users its files then belong to other numbers",
});
