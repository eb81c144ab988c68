# Shared by run, patchbay, test and mvnw. Source it after setting ROOT to the repository's folder.
# Nothing here changes the machine except install_packages, and that only when it was asked for.

JAVA_VERSION=25
MAIN_CLASS=io.patchbay.cli.Main

say() {
  printf '%s: %s\n' "${PROGRAM:-patchbay}" "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# --- JDK ---------------------------------------------------------------------------------------

# A JDK names its version in the file `release`: reading it is a hundred times faster than asking.
is_wanted_jdk() {
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  local line
  while IFS= read -r line; do
    [[ $line =~ ^JAVA_VERSION=\"?$JAVA_VERSION([.+\"-]|$) ]] && return 0
  done <"$1/release"
  return 1
}

# Exports JAVA_HOME of a JDK 25, or returns 1.
find_jdk() {
  local candidate on_path=
  if have javac; then
    on_path=$(readlink -f "$(command -v javac)")
    on_path=${on_path%/bin/javac}
  fi
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /opt/*jdk* /opt/java/* /usr/local/*jdk* /usr/java/* "$on_path"; do
    if [[ -n $candidate ]] && is_wanted_jdk "$candidate"; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  return 1
}

explain_jdk() {
  say "a JDK $JAVA_VERSION is needed and was not found in JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman or on the PATH."
  if apt_knows "openjdk-$JAVA_VERSION-jdk-headless"; then
    say "install it with: $(as_root)apt-get install -y openjdk-$JAVA_VERSION-jdk-headless"
  else
    say "install Eclipse Temurin $JAVA_VERSION (a JDK, not a JRE) or your distribution's OpenJDK $JAVA_VERSION,"
    say "or unpack its archive anywhere and set JAVA_HOME to that folder."
  fi
}

# --- Python ------------------------------------------------------------------------------------

is_wanted_python() {
  "$1" -I -c 'import sys; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1
}

# Exports PATCHBAY_PYTHON, or returns 1. The distribution's own starts faster than one with a
# customised site, so it comes first.
find_python() {
  local candidate
  for candidate in "${PATCHBAY_PYTHON:-}" /usr/bin/python3 python3; do
    if [[ -n $candidate ]] && have "$candidate" && is_wanted_python "$candidate"; then
      PATCHBAY_PYTHON=$(command -v "$candidate")
      export PATCHBAY_PYTHON
      return 0
    fi
  done
  return 1
}

# --- Node.js ------------------------------------------------------------------------------------

NODE_VERSION=18

# Node.js and npm build the studio.
find_node() {
  have npm && have node || return 1
  local version
  version=$(node --version) || return 1
  version=${version#v}
  ((${version%%.*} >= NODE_VERSION))
}

explain_node() {
  say "Node.js $NODE_VERSION or newer with npm is needed to build the studio, and was not found on the PATH."
  say "install it with: $(install_command nodejs npm)"
}

# Prints the packages that are missing for it, one a line. Some packages of Node.js bring npm along.
missing_node_packages() {
  find_node && return 0
  have node || echo nodejs
  have npm || echo npm
}

# --- System packages -----------------------------------------------------------------------------

apt_knows() {
  have apt-cache && apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'
}

as_root() {
  [[ $EUID -eq 0 ]] || printf 'sudo '
}

# True when system packages may be installed: as root, and asked for by CI=true or --install.
may_install() {
  [[ $EUID -eq 0 && (${CI:-} == true || ${INSTALL:-} == true) ]] && have apt-get
}

install_packages() {
  say "installing $*"
  # Old lists name files that are gone; an update that fails in part may still be enough.
  DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

install_command() {
  printf '%sapt-get update && %sapt-get install -y --no-install-recommends %s' \
    "$(as_root)" "$(as_root)" "$*"
}

# --- The JVM of the server ---------------------------------------------------------------------

# Where memory is lacking it ends, with status 3, rather than go on half alive; the service manager
# starts it again. While nobody asks for anything it looks every 15 s whether it can give memory
# back to the machine.
SERVER_OPTIONS=(
  -XX:+ExitOnOutOfMemoryError
  -XX:G1PeriodicGCInterval=15000
)

# --- The built server ----------------------------------------------------------------------------

# What the studio is built of, in its folder.
STUDIO_SOURCES=(src public index.html vite.config.ts tsconfig.json package-lock.json build.sh)

project_version() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ \<version\>(.*)\</version\> ]]; then
      printf '%s' "${BASH_REMATCH[1]}"
      return
    fi
  done <"$ROOT/pom.xml"
}

server_jar() {
  printf '%s/server/target/patchbay-server-%s.jar' "$ROOT" "$(project_version)"
}

# True when nothing is built, or a source is newer than the build. Folders count too: removing a
# file touches its folder. Not the studio's own folder, which its build touches.
needs_build() {
  local stamp=$ROOT/server/target/.built
  [[ -f $stamp && -f $(server_jar) && -d $ROOT/server/target/lib ]] || return 0
  local -a sources=("$ROOT"/pom.xml "$ROOT"/*/pom.xml)
  local source
  for source in executor/src/main server/src/main cluster/src/main "${STUDIO_SOURCES[@]/#/studio/}"; do
    [[ -e $ROOT/$source ]] && sources+=("$ROOT/$source")
  done
  [[ -n $(find "${sources[@]}" -newer "$stamp" -print -quit) ]]
}

# The JVM's cache of what a start loads and compiles; empty where none could be made.
start_cache() {
  printf '%s/server/target/start.aot' "$ROOT"
}

# True when there is no cache, or it was made of another build.
needs_start_cache() {
  [[ ! -e $(start_cache) || $(start_cache) -ot $(server_jar) ]]
}

# Builds the server unless it is up to date. Two at once: the second waits for the first.
ensure_built() {
  needs_build || needs_start_cache || return 0
  if ! mkdir -p "$ROOT/server/target" 2>/dev/null || [[ ! -w $ROOT/server/target ]]; then
    needs_build || return 0
    fail "it must be built first, and $(id -un 2>/dev/null || id -u) cannot write to $ROOT."
  fi
  if have flock; then
    exec 9>"$ROOT/server/target/.lock"
    flock 9
  fi
  if needs_build; then
    build
  fi
  if needs_start_cache; then
    make_start_cache
  fi
  have flock && exec 9>&-
  return 0
}

build() {
  local began=$SECONDS stamp=$ROOT/server/target/.built status=0
  if [[ -f $stamp ]]; then
    say "sources have changed; building ..."
  else
    say "building for the first time; libraries are downloaded, which takes some minutes ..."
  fi
  # The stamp carries the time at which the build began: an edit meanwhile counts as newer.
  touch "$stamp.new"
  # A library that is no longer used would stay on the class path.
  rm -rf "$ROOT/server/target/lib" "$(start_cache)" "$stamp"
  heartbeat "$began" 9>&- &
  PULSE=$!
  # In the background, so that a signal ends it at once; every step is an exec, so the id is Maven's.
  # It holds the lock too: where this script is killed, the next one waits until Maven has ended.
  (cd "$ROOT" && exec ./mvnw -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    -pl server -am) >&2 &
  MAVEN=$!
  trap 'kill "$PULSE" "$MAVEN" 2>/dev/null || true' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  wait "$MAVEN" || status=$?
  trap - EXIT INT TERM HUP
  kill "$PULSE" 2>/dev/null || true
  wait "$PULSE" 2>/dev/null || true
  ((status == 0)) || fail "the build failed (status $status); its messages are above."
  mv "$stamp.new" "$stamp"
  say "built in $((SECONDS - began)) s"
}

# Starts the server once, aside, and lets the JVM keep what it loaded and compiled: later starts take
# a third of the time. Where that fails they are as slow as without, and nothing else is lost.
make_start_cache() {
  local began=$SECONDS made=1
  [[ -n ${PATCHBAY_PYTHON:-} ]] || return 0
  say "preparing quick starts ..."
  ASIDE=$(mktemp -d) || return 0
  STARTED=
  : >"$ASIDE/log"
  trap 'give_up' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  if record_start && create_start_cache; then
    mv "$ASIDE/cache" "$(start_cache)" && made=0
  fi
  rm -rf "$ASIDE"
  trap - EXIT INT TERM HUP
  if ((made == 0)); then
    say "prepared in $((SECONDS - began)) s"
  else
    say "could not be prepared; it starts all the same, more slowly."
    : >"$(start_cache)"
  fi
}

# Becomes the command, which the kernel ends where this script is killed; for use in the background.
tied() {
  if have setpriv; then
    exec setpriv --pdeathsig KILL "$@"
  fi
  exec "$@"
}

# Runs the server until it is ready, for up to a minute, uses it for some seconds, and ends it.
record_start() {
  java_command "${SERVER_OPTIONS[@]}" -XX:AOTMode=record "-XX:AOTConfiguration=$ASIDE/record"
  tied env -u PATCHBAY_ADMIN_TOKEN "${JAVA[@]}" serve --port 0 --data "$ASIDE/data" \
    --examples "$ROOT/examples" >"$ASIDE/log" 2>&1 9>&- &
  STARTED=$!
  local tries=0
  until grep -q 'is ready' "$ASIDE/log"; do
    kill -0 "$STARTED" 2>/dev/null && ((tries++ < 300)) || break
    pause 0.2
  done
  # What was not learned costs speed only.
  "$PATCHBAY_PYTHON" -I "$ROOT/scripts/practice.py" \
    "$(sed -n 's/.*is ready at //p' "$ASIDE/log")" "$ASIDE/data/admin-token" \
    >>"$ASIDE/log" 2>&1 9>&- || true
  kill "$STARTED" 2>/dev/null || true
  finished
  [[ -s $ASIDE/record ]]
}

create_start_cache() {
  java_command "${SERVER_OPTIONS[@]}" -XX:AOTMode=create "-XX:AOTConfiguration=$ASIDE/record" "-XX:AOTCache=$ASIDE/cache"
  tied "${JAVA[@]}" >"$ASIDE/log" 2>&1 9>&- &
  STARTED=$!
  finished
  [[ -s $ASIDE/cache ]]
}

give_up() {
  if [[ -n $STARTED ]]; then
    kill -KILL "$STARTED" 2>/dev/null || true
    finished
  fi
  rm -rf "$ASIDE"
}

# Waits for what was started, however it ends.
finished() {
  wait "$STARTED" 2>/dev/null || true
  STARTED=
}

# Sleeps so that a signal is served at once.
pause() {
  sleep "$1" 9>&- &
  wait $!
}

# Tells every 20 s that the build goes on; holds nothing of its caller open.
heartbeat() {
  local parent=$$
  trap 'kill $! 2>/dev/null; exit 0' TERM
  while sleep 20 <&- >/dev/null 2>&1 & wait $!; do
    kill -0 "$parent" 2>/dev/null || exit 0
    say "still building, $((SECONDS - $1)) s ..."
  done
}

# Sets JAVA to the command that runs the program, with the given options of the JVM.
java_command() {
  local -a jars
  # In one order, since the start cache holds for one class path.
  mapfile -t jars < <(LC_ALL=C; printf '%s\n' "$ROOT"/server/target/lib/*.jar)
  local class_path
  class_path=$(IFS=:; printf '%s' "$(server_jar):${jars[*]}")
  JAVA=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED "$@" -cp "$class_path" "$MAIN_CLASS")
}

# Replaces this process by the server's program, so that signals reach it.
exec_java() {
  local -a options=("${JVM_OPTIONS[@]}")
  # A cache that does not fit this JVM is ignored, and so are the JVM's words about it.
  [[ ! -s $(start_cache) ]] || options+=("-XX:AOTCache=$(start_cache)" -Xlog:aot=off -Xlog:cds=off)
  # Options of the operator, split at spaces.
  # shellcheck disable=SC2206
  options+=(${PATCHBAY_JAVA_OPTIONS:-})
  java_command "${options[@]}"
  exec "${JAVA[@]}" "$@"
}
