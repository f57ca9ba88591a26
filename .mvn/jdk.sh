# Sourced by mvnw and meshkeel: find_jdk MINIMUM [TOOL] sets `jdk` to the folder of a JDK of at least that release that
# has bin/TOOL (default javac): $JAVA_HOME if it is new enough, else the newest one installed in the usual folders.
# Returns 1 if there is none.

jdk_release() {
  [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=\"*)
        line=${line#JAVA_VERSION=\"}
        release=${line%%[!0-9]*}
        return 0
        ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() {
  jdk=
  newest=$(($1 - 1))
  if [ -n "${JAVA_HOME:-}" ]; then
    jdk_release "$JAVA_HOME" "${2:-javac}" && [ "${release:-0}" -ge "$1" ] && { jdk=$JAVA_HOME; return 0; }
  fi
  for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk_release "$candidate" "${2:-javac}" || continue
    [ "${release:-0}" -gt "$newest" ] && { newest=$release; jdk=$candidate; }
  done
  [ -n "$jdk" ]
}
