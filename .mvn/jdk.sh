# Sourced by mvnw and meshkeel: find_jdk MINIMUM sets `jdk` to the folder of a JDK of at least that release:
# $JAVA_HOME if it is new enough, else the newest one installed in the usual folders. Returns 1 if there is none.

jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  jdk=
  newest=$(($1 - 1))
  if [ -n "${JAVA_HOME:-}" ]; then
    release=$(jdk_release "$JAVA_HOME") && [ "${release:-0}" -ge "$1" ] && { jdk=$JAVA_HOME; return 0; }
  fi
  for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    release=$(jdk_release "$candidate") || continue
    [ "${release:-0}" -gt "$newest" ] && { newest=$release; jdk=$candidate; }
  done
  [ -n "$jdk" ]
}
