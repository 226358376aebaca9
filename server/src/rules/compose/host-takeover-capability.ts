import { addedCapability } from "./shared/added-capability.ts";

export default addedCapability({
  slug: "host-takeover-capability",
  reach: "takeover",
  example: "SYS_ADMIN",
  summary: "A service is given a capability with which it can take over the host.",
  why: `\`ALL\`, \`SYS_ADMIN\`, \`SYS_MODULE\`, \`SYS_RAWIO\` and \`DAC_READ_SEARCH\` undo what keeps a container in: with each of them a process that was taken over gets at the
host's kernel, memory, disks or files. A service with one of them should be thought of as root on the host.

\`SYS_ADMIN\` is mostly added to mount something, or for the sandbox of a browser. Mount on the host and hand the folder over; give a browser a seccomp profile that allows user namespaces. Where
a service really manages the machine, keep it small, unpublished and up to date, and say so in a comment.`,
  severity: "error",
  preset: "minimal",
  aliases: ["compose-lint:CL-0024", "kics:container_capabilities_unrestricted"],
  advice: ", or add the one capability that is really needed",
});
