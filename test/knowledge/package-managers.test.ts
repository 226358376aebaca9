import { array, assert, constantFrom, option, property } from "fast-check";
import { expect, test } from "vitest";
import { packageCommand, packageManagers } from "../../server/src/knowledge/package-managers.ts";

/** The purpose and packages of a command line, a word starting with `$` being unknown. */
function read(line: string): string | undefined {
  const [program = "", ...words] = line.split(" ");
  const args = words.map((word) => (word.startsWith("$") ? undefined : word));
  const command = packageCommand(program, args);
  if (command === undefined) return undefined;
  const operands = command.operands.map((index) => args[index] ?? "?").join(" ");
  return `${command.manager.name} ${command.does} ${operands}`.trim();
}

test.each([
  ["apt-get install -y curl wget", "apt-get install curl wget"],
  ["apt-get -y --no-install-recommends install curl=7.*", "apt-get install curl=7.*"],
  ["apt-get install -t bookworm-backports git", "apt-get install git"],
  ["apt-get -o Dpkg::Options::=--force-confold install git", "apt-get install git"],
  ["apt install $PACKAGES", "apt-get install ?"],
  ["apt-get update", "apt-get refresh"],
  ["apt-get upgrade -y", "apt-get upgrade"],
  ["apt-get dist-upgrade", "apt-get upgrade"],
  ["apt-get clean", "apt-get clean"],
  ["apt-get remove -y curl", "apt-get other curl"],
  ["aptitude install vim", "apt-get install vim"],
  ["apk add --no-cache --virtual .deps gcc musl-dev", "apk install gcc musl-dev"],
  ["apk --no-cache add -t .deps gcc", "apk install gcc"],
  ["apk add -X https://example.org/main tini", "apk install tini"],
  ["apk update", "apk refresh"],
  ["apk del .deps", "apk other .deps"],
  ["yum install -y --enablerepo epel nginx", "yum install nginx"],
  ["dnf -y install --setopt=install_weak_deps=False nginx", "dnf install nginx"],
  ["dnf5 install nginx", "dnf install nginx"],
  ["dnf -y in nginx", "dnf install nginx"],
  ["dnf -y up", "dnf upgrade"],
  ["dnf up-min -y", "dnf upgrade"],
  ["dnf clean all", "dnf clean all"],
  ["microdnf install -y shadow-utils", "microdnf install shadow-utils"],
  ["tdnf install -y ca-certificates", "tdnf install ca-certificates"],
  ["zypper -n install -t pattern devel_basis", "zypper install devel_basis"],
  ["zypper --non-interactive in git", "zypper install git"],
  ["zypper ref", "zypper refresh"],
  ["zypper clean --all", "zypper clean"],
  ["pip install -r requirements.txt", "pip install"],
  ["pip3 install --no-cache-dir flask==3.0.0", "pip install flask==3.0.0"],
  ["pip3.12 install -i https://example.org/simple flask", "pip install flask"],
  ["python3 -m pip install --upgrade pip", "pip install pip"],
  ["pip cache purge", "pip clean purge"],
  ["python3 app.py", undefined],
  ["npm ci --omit=dev", "npm install"],
  ["npm i express", "npm install express"],
  ["npm install --omit dev", "npm install"],
  ["npm run build", "npm other build"],
  ["npm cache clean --force", "npm clean clean"],
  ["yarn", "yarn install"],
  ["yarn --frozen-lockfile", "yarn install"],
  ["yarn add --dev typescript", "yarn install typescript"],
  ["yarn build", "yarn other"],
  ["yarn --version", "yarn other"],
  ["pnpm install --frozen-lockfile", "pnpm install"],
  ["pnpm --filter web add react", "pnpm install react"],
  ["gem install -v 2.5.0 bundler", "gem install bundler"],
  ["composer install --no-dev --no-interaction", "composer install"],
  ["composer require monolog/monolog", "composer install monolog/monolog"],
  ["apt-get install -- -odd-name", "apt-get install -odd-name"],
  ["apt-get $COMMAND curl", "apt-get other curl"],
  ["apt-get", "apt-get other"],
  ["curl -y install", undefined],
])("%s", (line, expected) => {
  expect(read(line)).toBe(expected);
});

test("what is suggested is what is recognised", () => {
  for (const manager of Object.values(packageManagers)) {
    expect(manager.install.length).toBeGreaterThan(0);
    const [first = ""] = manager.install;
    expect(packageCommand(manager.name, [first])?.does).toBe("install");
    const clean = manager.clean?.split(" ") ?? [];
    if (clean[0] === manager.name) expect(packageCommand(manager.name, clean.slice(1))?.does).toBe("clean");
    else if (clean[0] === "rm") {
      const target = clean.at(-1) ?? "";
      expect(manager.cacheDirectories.some((directory) => target.startsWith(directory))).toBe(true);
    }
  }
});

test("each word is one thing at most", () => {
  assert(
    property(
      constantFrom(...Object.keys(packageManagers)),
      array(option(constantFrom("install", "-y", "-t", "--", "curl", "-o", "add", ""), { nil: undefined })),
      (program, args) => {
        const command = packageCommand(program, args);
        const seen = [...(command?.flags ?? []), ...(command?.operands ?? [])];
        if (command?.subcommandIndex !== undefined) seen.push(command.subcommandIndex);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.every((index) => index >= 0 && index < args.length)).toBe(true);
      },
    ),
  );
});
