import { securityOption } from "./shared/security-option.ts";

export default securityOption({
  slug: "unconfined-apparmor",
  option: "apparmor=unconfined",
  summary: "A service runs without an AppArmor profile.",
  why: `Where the host has AppArmor (Debian, Ubuntu, SUSE), the engine's profile keeps containers from mounting, and from writing to what steers the kernel below \`/proc\` and \`/sys\`.
\`apparmor=unconfined\` takes that away; on hosts without AppArmor it does nothing.

What mounts (FUSE, NFS servers, Docker in Docker) is refused by the default profile. A profile of its own that allows the mount is the narrower answer: \`apparmor=my-profile\`.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0009"],
  references: [
    "https://docs.docker.com/engine/security/apparmor/",
    "https://docs.docker.com/reference/compose-file/services/#security_opt",
  ],
  without: "its AppArmor profile",
  advice: ", or name a profile that allows what is missing",
  breaks: "what mounts file systems, such as FUSE, stops working",
});
