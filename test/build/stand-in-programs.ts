/**
 * What stands in for package managers and compilers: each wants the files that the real one wants, leaves behind what the real one would, as far as a
 * later line of a Dockerfile asks for it, and refuses what it does not know. By their names; a program that is not here does nothing, with success.
 */
export const scripts: Readonly<Record<string, string>> = {
  npm: script(`
case "$1" in
  ci) [ -f package-lock.json ] || refuse "npm ci needs a package-lock.json"; mkdir -p node_modules ;;
  install)
    for word in "$@"; do
      case "$word" in pnpm@*) cp /usr/bin/pnpm-to-install /usr/bin/pnpm ;; esac
    done ;;
  run)
    [ "$2" != build ] || {
      [ -d node_modules ] || refuse "nothing is installed"
      if [ -f next.config.mjs ]; then
        mkdir -p .next/standalone .next/static
        touch .next/standalone/server.js
      else
        needs src; mkdir -p dist; touch dist/server.js dist/index.html
      fi
    } ;;
esac`),
  "pnpm-to-install": script(`
case "$1" in
  install) needs package.json pnpm-lock.yaml; [ "$2" = --frozen-lockfile ] || refuse "no lockfile"; mkdir -p node_modules ;;
  run) needs node_modules tsconfig.json src; mkdir -p dist; touch dist/server.js ;;
  prune) [ "$2" = --prod ] || refuse "$2" ;;
  *) refuse "$1" ;;
esac`),
  bun: script(`
[ "$1" = install ] || refuse "$1"
needs package.json bun.lock
mkdir -p node_modules`),
  pip: script(`
for word in "$@"; do
  case "$word" in
    *.txt) needs "$word" ;;
    poetry==*) cp /usr/bin/poetry-to-install /usr/local/bin/poetry ;;
  esac
done`),
  uv: script(`
[ "$1 $2" = "sync --locked" ] || refuse "$*"
needs pyproject.toml uv.lock
mkdir -p .venv/bin
for program in python uvicorn; do printf '#!/bin/sh\\n' > .venv/bin/$program; chmod 755 .venv/bin/$program; done`),
  "poetry-to-install": script(`
[ "$1" = install ] || refuse "$1"
needs pyproject.toml poetry.lock
[ "$POETRY_VIRTUALENVS_IN_PROJECT" = 1 ] || refuse "the environment lies elsewhere"
mkdir -p .venv/bin
for program in python gunicorn; do printf '#!/bin/sh\\n' > .venv/bin/$program; chmod 755 .venv/bin/$program; done`),
  go: script(`
case "$1" in
  mod) needs go.mod go.sum ;;
  build)
    [ "\${GOARCH-set}" != "" ] && [ "\${GOOS-set}" != "" ] || refuse "for no platform"
    for package in "$@"; do :; done
    case "$package" in ./*) needs "$package" ;; esac
    while [ $# -gt 0 ]; do
      if [ "$1" = "-o" ]; then mkdir -p "$(dirname "$2")"; cp /bin/busybox "$2"; fi
      shift
    done ;;
esac`),
  mvn: script(`
needs pom.xml
case "$2" in
  dependency:go-offline) ;;
  package) needs src; mkdir -p target; touch target/app-1.0.0.jar target/app-1.0.0.jar.original ;;
  *) refuse "$2" ;;
esac`),
  gradle: script(`
needs settings.gradle.kts build.gradle.kts src
[ "$1 $2" = "--no-daemon bootJar" ] || refuse "$*"
mkdir -p build/libs
touch build/libs/app-1.0.0.jar`),
  java: script(`
[ "$*" = "-Djarmode=tools -jar app.jar extract --layers --destination layers" ] || refuse "$*"
needs app.jar
for layer in dependencies spring-boot-loader snapshot-dependencies application; do mkdir -p layers/$layer; done
touch layers/application/app.jar`),
  dotnet: script(`
needs "$2"
case "$1" in
  restore) mkdir -p "$(dirname "$2")/obj"; touch "$(dirname "$2")/obj/project.assets.json" ;;
  publish)
    needs "$(dirname "$2")/obj/project.assets.json" "$(dirname "$2")/Program.cs"
    name=$(basename "$2" .csproj)
    while [ $# -gt 0 ]; do
      if [ "$1" = "-o" ]; then mkdir -p "$2"; touch "$2/$name.dll"; fi
      shift
    done ;;
  *) refuse "$1" ;;
esac`),
  cargo: script(`
[ "$*" = "build --release --locked" ] || refuse "$*"
needs Cargo.toml Cargo.lock src
mkdir -p target/release
cp /bin/busybox target/release/app`),
  composer: script(`
[ "$1" = install ] || refuse "$1"
needs composer.json composer.lock
mkdir -p vendor
touch vendor/autoload.php`),
  bundle: script(`
[ "$1" = install ] || refuse "$1"
needs Gemfile Gemfile.lock
mkdir -p /usr/local/bundle/cache /usr/local/bundle/gems .bundle`),
};

function script(lines: string): string {
  return `#!/bin/sh
refuse() { echo "$(basename "$0"): $*" >&2; exit 1; }
needs() { for path in "$@"; do [ -e "$path" ] || refuse "$path is not here"; done; }${lines}
exit 0
`;
}
