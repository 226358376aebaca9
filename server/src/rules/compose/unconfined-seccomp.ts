import { securityOption } from "./shared/security-option.ts";

export default securityOption({
  slug: "unconfined-seccomp",
  option: "seccomp=unconfined",
  summary: "A service may make every system call there is.",
  why: `The engine's seccomp profile keeps containers from some forty system calls that programs hardly need and attacks on the kernel often start with. \`seccomp=unconfined\`
opens all of them.

It is added for debuggers, for browsers that want user namespaces for their sandbox, and on old engines for new C libraries; engines since 20.10.10 need it for none of the latter. Where a call is
really missing, allow that one in a profile of your own: \`seccomp=./profile.json\`.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0009", "kics:default_seccomp_profile_disabled", "semgrep:seccomp-confinement-disabled"],
  references: [
    "https://docs.docker.com/engine/security/seccomp/",
    "https://docs.docker.com/reference/compose-file/services/#security_opt",
  ],
  without: "the filter that keeps dangerous system calls from the kernel",
  advice: ", or name a profile that allows what is missing",
  breaks: "what makes unusual system calls, such as debuggers, stops working",
});
