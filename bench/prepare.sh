# Shared by bench/run and bench/profile. Source it after scripts/lib.sh.

# The distribution's package of each program or module that is not there, one a line.
missing_packages() {
  have wrk || echo wrk
  have perf || echo linux-perf
  have bwrap || echo bubblewrap
  have nginx || [[ -x /usr/sbin/nginx ]] || echo nginx
  local module
  for module in gunicorn flask uvicorn fastapi uvloop httptools requests pandas; do
    /usr/bin/python3 -I -c "import $module" 2>/dev/null || echo "python3-$module"
  done
}

# Installs what is missing, if it may; the harness lists contestants that stay missing.
prepare() {
  local -a missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  if may_install; then
    install_packages "${missing[@]}" || say "some packages could not be installed; going on."
    # A package may start its own server, which would stand beside the contestants.
    [[ " ${missing[*]} " != *" nginx "* ]] || stop_service nginx
    return 0
  fi
  say "missing here: ${missing[*]}. To have it all:"
  say "  $(install_command "${missing[@]}")"
}

stop_service() {
  have systemctl && systemctl disable --now "$1" >&2 2>/dev/null || true
}

# What nothing can be measured without: a JDK, Python, wrk and the server itself.
ready_to_measure() {
  find_jdk || { explain_jdk; exit 1; }
  find_python || fail "Python 3.9 or newer is needed."
  have wrk || fail "wrk is needed: $(install_command wrk)"
  ensure_built
}
