import type { ShellCommand } from "../../../languages/shell/model.ts";
import { packageStep } from "./package-steps.ts";

/** Programs that are known to install no packages of the system, whatever they are given. */
const harmless: ReadonlySet<string> = new Set(
  `set cd echo printf true false : test [ [[ exit export unset read sleep local return shift trap umask ulimit
  cat tee sed awk grep egrep cut sort uniq head tail tr wc ls cp mv rm ln mkdir rmdir touch chmod chown chgrp install mktemp stat du df
  tar unzip gzip gunzip xz bzip2 zip dd sync date uname arch id whoami which type hash basename dirname readlink realpath
  curl wget git gpg apt-key apt-mark apt-config apt-cache add-apt-repository apt-add-repository dpkg dpkg-query dpkg-reconfigure rpm update-alternatives
  useradd adduser groupadd addgroup usermod groupmod userdel deluser chpasswd passwd
  locale-gen update-locale localedef ldconfig update-ca-certificates lsb_release sha256sum sha512sum sha1sum md5sum
  go cargo rustup dotnet node tsc ruby java javac cmake ninja nginx pg_config pecl pear docker-php-ext-install docker-php-ext-configure docker-php-ext-enable a2enmod a2enconf a2dissite setcap`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Whether a command surely installs no packages of the system; one whose program is not known may. */
export function installsNothing(command: ShellCommand): boolean {
  // What a shell is given with `-c` is asked by itself.
  if (command.inner !== undefined) return true;
  if (command.name === undefined) return command.words.length === 0;
  if (harmless.has(command.name)) return true;
  const step = packageStep(command);
  if (step === undefined) return false;
  const { manager, does } = step.packages;
  return manager.scope === "language" || (does !== "install" && does !== "upgrade");
}

/** Whether a command is likely to install packages of the system, by a script or a program that sets up machines. */
export function setsUp(command: ShellCommand): boolean {
  if (installsNothing(command)) return false;
  const { name, words } = command;
  if (name === undefined || words[0]?.text.includes("/") === true) return true;
  return /(?:^|[._-])(?:sh|bash|dash|zsh|ksh)$|install|setup|bootstrap|provision|^(?:ansible|chef|puppet|salt|rosdep|mk-build-deps|playwright)/.test(
    name,
  );
}
