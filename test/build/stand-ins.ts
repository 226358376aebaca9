import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Builder } from "./buildah.ts";
import { run } from "../registry/programs.ts";
import { scripts } from "./stand-in-programs.ts";

/**
 * Small images that stand in for the base images people name: the shell, the users and the ways to make one are like theirs, programs of languages
 * only note that they were called. The network is not needed.
 */
export const standIns: readonly StandIn[] = [
  { name: "docker.io/library/alpine:3.21", system: "alpine" },
  { name: "docker.io/library/debian:12.10-slim", system: "debian" },
  { name: "docker.io/library/node:22.14-alpine", system: "alpine", user: "node", programs: ["node", "npm"] },
  { name: "docker.io/library/node:22.14-bookworm-slim", system: "debian", user: "node", programs: ["node", "npm"] },
  { name: "docker.io/library/python:3.13-slim", system: "debian", programs: ["python3", "python", "pip", "gunicorn"] },
  { name: "docker.io/library/golang:1.25-alpine", system: "alpine", programs: ["go"] },
  {
    name: "docker.io/library/nginx:1.28-alpine",
    system: "alpine",
    user: "nginx",
    programs: ["nginx"],
    settings: ["EXPOSE 80", "STOPSIGNAL SIGQUIT", 'CMD ["nginx", "-g", "daemon off;"]'],
  },
  {
    name: "gcr.io/distroless/nodejs22-debian12:nonroot",
    system: "distroless",
    programs: ["/nodejs/bin/node"],
    settings: ["USER 65532"],
  },
];

/**
 * A stand-in: `user` is one without privileges that the image has, `programs` are names, or paths where they do not lie in `/usr/bin`, `files` are
 * empty ones, `settings` are lines of its Dockerfile.
 */
export interface StandIn {
  readonly name: string;
  readonly system: "alpine" | "debian" | "distroless";
  readonly user?: string;
  readonly programs?: readonly string[];
  readonly files?: readonly string[];
  readonly settings?: readonly string[];
}

/** Builds the stand-ins and pushes them to where `place` says. */
export function pushStandIns(builder: Builder, folder: string, place: (name: string) => string): void {
  for (const [index, standIn] of standIns.entries()) {
    const local = `stand-in-${index}`;
    buildStandIn(builder, join(folder, String(index)), standIn, local);
    builder.push(local, place(standIn.name));
  }
}

/** Builds one stand-in in an empty folder; `name` is what it is called in the builder's store. */
export function buildStandIn(builder: Builder, folder: string, standIn: StandIn, name = standIn.name): void {
  fill(join(folder, "rootfs"), standIn);
  const settings = [
    "FROM scratch",
    "COPY rootfs /",
    "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ...(standIn.settings ?? []),
  ];
  writeFileSync(join(folder, "Dockerfile"), `${settings.join("\n")}\n`);
  builder.build(folder, name);
}

function fill(root: string, { system, user, programs = [], files = [] }: StandIn): void {
  const users = ["root:x:0:0:root:/root:/bin/sh", "nobody:x:65534:65534:nobody:/:/bin/false"];
  const groups = ["root:x:0:", "nogroup:x:65534:"];
  if (user !== undefined) {
    users.push(`${user}:x:1000:1000::/home/${user}:/bin/sh`);
    groups.push(`${user}:x:1000:`);
  }
  write(root, "etc/passwd", `${users.join("\n")}\n`);
  write(root, "etc/group", `${groups.join("\n")}\n`);
  write(root, "tmp/.keep", "");
  chmodSync(join(root, "tmp"), 0o1777);
  for (const file of files) write(root, file, "");
  for (const program of programs) {
    const path = program.startsWith("/") ? program : `usr/bin/${program}`;
    write(root, path, scripts[basename(program)] ?? noted, 0o755);
  }
  if (system === "distroless") return;
  mkdirSync(join(root, "usr/local/bin"), { recursive: true });
  write(root, "etc/shadow", "root:*:19000:0:99999:7:::\n", 0o600);
  write(root, "etc/gshadow", "root:*::\n", 0o600);
  write(root, "root/.keep", "");
  installBusybox(root);
  if (system === "alpine") {
    write(root, "usr/sbin/addgroup", addgroup, 0o755);
    write(root, "usr/sbin/adduser", adduser, 0o755);
    write(root, "sbin/apk", apk, 0o755);
  } else {
    write(
      root,
      "etc/login.defs",
      "UID_MIN 1000\nUID_MAX 60000\nSYS_UID_MIN 100\nSYS_UID_MAX 999\nGID_MIN 1000\nGID_MAX 60000\nSYS_GID_MIN 100\nSYS_GID_MAX 999\nUSERGROUPS_ENAB yes\n",
    );
    for (const program of ["useradd", "groupadd", "usermod"]) installFromHost(root, `/usr/sbin/${program}`);
    write(root, "usr/bin/apt-get", aptGet, 0o755);
    // A slim image has neither.
    for (const program of ["wget", "nc"]) run("rm", ["-f", join(root, "bin", program)]);
  }
}

function write(root: string, path: string, text: string, mode = 0o644): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}

function installBusybox(root: string): void {
  mkdirSync(join(root, "bin"), { recursive: true });
  cpSync("/bin/busybox", join(root, "bin/busybox"), { dereference: true });
  for (const applet of run("/bin/busybox", ["--list"]).trim().split("\n")) {
    if (!["busybox", "[["].includes(applet)) symlinkSync("busybox", join(root, "bin", applet));
  }
}

/** A program of this machine with the libraries it is linked to. */
function installFromHost(root: string, program: string): void {
  cpSync(program, join(root, program), { dereference: true });
  for (const [library] of run("ldd", [program]).matchAll(/\/[^\s)]+/g)) {
    mkdirSync(dirname(join(root, library)), { recursive: true });
    cpSync(library, join(root, library), { dereference: true });
  }
}

const noted = `#!/bin/sh\nexit 0\n`;

// Debian's busybox has no adduser and addgroup, so these take what busybox's take, and nothing else: https://busybox.net/downloads/BusyBox.html
const addgroup = `#!/bin/sh
gid=
while getopts "g:S" option; do
  case "$option" in g) gid=$OPTARG ;; S) ;; *) exit 1 ;; esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || exit 1
grep -q "^$1:" /etc/group && { echo "addgroup: group '$1' in use" >&2; exit 1; }
echo "$1:x:\${gid:-101}:" >> /etc/group
`;

const adduser = `#!/bin/sh
uid= group= home= shell=/sbin/nologin
while getopts "h:g:s:G:SDHu:k:" option; do
  case "$option" in u) uid=$OPTARG ;; G) group=$OPTARG ;; h) home=$OPTARG ;; s) shell=$OPTARG ;; S|D|H|g|k) ;; *) exit 1 ;; esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || exit 1
[ -z "$group" ] || grep -q "^$group:" /etc/group || { echo "adduser: unknown group $group" >&2; exit 1; }
gid=$(grep "^\${group:-nogroup}:" /etc/group | cut -d: -f3)
echo "$1:x:\${uid:-100}:$gid::\${home:-/home/$1}:$shell" >> /etc/passwd
`;

const apk = `#!/bin/sh
[ "$1" = add ] || exit 1
shift
cache=yes
for word in "$@"; do
  case "$word" in
    --no-cache) cache=no ;;
    -*) ;;
    *) name=\${word%%=*}; printf '#!/bin/sh\\n' > "/usr/bin/$name"; chmod 755 "/usr/bin/$name" ;;
  esac
  [ "$word" != ca-certificates ] || { mkdir -p /etc/ssl/certs; touch /etc/ssl/certs/ca-certificates.crt; }
done
[ $cache = no ] || { mkdir -p /var/cache/apk; touch /var/cache/apk/APKINDEX; }
`;

const aptGet = `#!/bin/sh
yes=no command=
for word in "$@"; do
  case "$word" in -y|-qq|-qy|-yq|--yes|--assume-yes) yes=yes ;; -*) ;; *) command=\${command:-$word} ;; esac
done
case "$command" in
  update) mkdir -p /var/lib/apt/lists; touch /var/lib/apt/lists/packages ;;
  install)
    [ -e /var/lib/apt/lists/packages ] || { echo "E: Unable to locate package" >&2; exit 100; }
    [ $yes = yes ] || { echo "Abort." >&2; exit 1; }
    for word in "$@"; do
      case "$word" in -*|install) ;; *) name=\${word%%=*}; printf '#!/bin/sh\\n' > "/usr/bin/$name"; chmod 755 "/usr/bin/$name" ;; esac
    done ;;
esac
`;
