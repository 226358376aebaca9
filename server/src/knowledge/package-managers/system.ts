import type { PackageManager } from "./model.ts";
import { words, wordSet } from "./words.ts";

const dnfValueFlags = wordSet(`
  -c --config --enablerepo --disablerepo --repo --repoid --repofrompath --setopt -x --exclude --excludepkgs --disableexcludes --installroot --releasever
  -e --errorlevel -d --debuglevel -R --randomwait --color --forcearch --enableplugin --disableplugin --advisory --advisories --comment --downloaddir --destdir
`);

/** Debian and Ubuntu. */
export const aptGet: PackageManager = {
  name: "apt-get",
  scope: "system",
  install: words("install"),
  refresh: words("update"),
  upgrade: words("upgrade dist-upgrade full-upgrade"),
  yes: words("-y --yes --assume-yes -qq"),
  yesBeforeSubcommand: false,
  noRecommends: ["--no-install-recommends", "APT::Install-Recommends=0", "APT::Install-Recommends=false"],
  noCache: [],
  clean: "rm -rf /var/lib/apt/lists/*",
  cleanSubcommands: words("clean distclean dist-clean"),
  cacheDirectories: ["/var/lib/apt/lists", "/var/cache/apt"],
  valueFlags: wordSet(
    "-o --option -t --target-release --default-release -c --config-file -a --host-architecture -P --build-profiles",
  ),
  pin: "=",
  source: "https://manpages.debian.org/stable/apt/apt-get.8.en.html",
};

/** Alpine and Wolfi. */
export const apk: PackageManager = {
  name: "apk",
  scope: "system",
  install: words("add"),
  refresh: words("update"),
  upgrade: words("upgrade"),
  yes: [],
  yesBeforeSubcommand: false,
  noRecommends: [],
  noCache: words("--no-cache"),
  clean: "rm -rf /var/cache/apk/*",
  cleanSubcommands: [],
  cacheDirectories: ["/var/cache/apk", "/etc/apk/cache"],
  valueFlags: wordSet(
    "-t --virtual -X --repository -p --root --repositories-file --keys-dir --cache-dir --cache-max-age --wait --arch --progress-fd --timeout",
  ),
  pin: "=",
  source: "https://man.archlinux.org/man/apk.8.en",
};

/** Fedora and the Red Hat family from 8 on. */
export const dnf: PackageManager = {
  name: "dnf",
  scope: "system",
  install: words("install in groupinstall reinstall rei localinstall"),
  refresh: words("makecache check-update"),
  upgrade: words("upgrade up update distro-sync dsync upgrade-minimal up-min update-minimal"),
  yes: words("-y --assumeyes"),
  yesBeforeSubcommand: false,
  noRecommends: ["--setopt=install_weak_deps=False", "--setopt=install_weak_deps=0", "--nodocs"],
  noCache: [],
  clean: "dnf clean all",
  cleanSubcommands: words("clean"),
  cacheDirectories: ["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"],
  valueFlags: dnfValueFlags,
  pin: "-",
  source: "https://dnf.readthedocs.io/en/latest/command_ref.html",
};

/** The Red Hat family up to 7, and a name for dnf after. */
export const yum: PackageManager = {
  ...dnf,
  name: "yum",
  noRecommends: [],
  clean: "yum clean all",
  cacheDirectories: ["/var/cache/yum", "/var/cache/dnf"],
  source: "https://man7.org/linux/man-pages/man8/yum.8.html",
};

/** The minimal images of the Red Hat family. It never asks: its `-y` is there for those who are used to it. */
export const microdnf: PackageManager = {
  ...dnf,
  name: "microdnf",
  yes: [],
  install: words("install reinstall"),
  refresh: words("makecache"),
  upgrade: words("upgrade update distro-sync"),
  clean: "microdnf clean all",
  cacheDirectories: ["/var/cache/yum", "/var/cache/dnf", "/var/cache/libdnf5"],
  source: "https://github.com/rpm-software-management/microdnf",
};

/** Azure Linux and Photon. */
export const tdnf: PackageManager = {
  ...dnf,
  name: "tdnf",
  install: words("install reinstall"),
  noRecommends: [],
  clean: "tdnf clean all",
  cacheDirectories: ["/var/cache/tdnf"],
  source: "https://github.com/vmware/tdnf/wiki",
};

/** openSUSE and SLES. */
export const zypper: PackageManager = {
  name: "zypper",
  scope: "system",
  install: words("install in install-new-recommends inr source-install si"),
  refresh: words("refresh ref"),
  upgrade: words("update up dist-upgrade dup patch"),
  yes: words("--non-interactive -n -y --no-confirm"),
  yesBeforeSubcommand: true,
  noRecommends: words("--no-recommends"),
  noCache: [],
  clean: "zypper clean --all",
  cleanSubcommands: words("clean cc"),
  cacheDirectories: ["/var/cache/zypp"],
  valueFlags: wordSet(
    "-R --root --installroot -c --config -D --reposd-dir -C --cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir --userdata -p --plus-repo --plus-content --releasever -r --repo -t --type --from -d --download --priority",
  ),
  pin: "=",
  source: "https://en.opensuse.org/SDB:Zypper_manual",
};
