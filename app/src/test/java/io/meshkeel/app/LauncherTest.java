package io.meshkeel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts that start Meshkeel, in a checkout of their own: their real text, beside a Maven and
 * a JDK that only say that they were called.
 */
final class LauncherTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final List<String> MODULES =
      List.of("model", "validators", "engine", "webhooks", "app", "testbed", "bench");
  private static final String NEW_JDK = "JAVA_VERSION=\"25.0.1\"\n";
  private static final String OLD_JDK = "JAVA_VERSION=\"17.0.9\"\n";

  /** What {@code mvnw package} leaves behind, made by hand; it counts its calls. */
  private static final String MAVEN =
      """
      #!/bin/sh
      root=$(cd "$(dirname "$0")" && pwd)
      echo called >>"$root/maven-calls"
      [ ! -e "$root/broken" ] || { echo '[ERROR] cannot find symbol'; exit 1; }
      mkdir -p "$root/app/target/dist/bin" "$root/app/target/dist/lib" "$root/bench/target/lib"
      touch "$root/app/target/dist/lib/both.jar" "$root/bench/target/lib/both.jar" \
        "$root/bench/target/lib/bench.jar"
      cp "$root/stub" "$root/app/target/dist/bin/meshkeel"
      cp "$root/stub" "$root/app/target/dist/bin/meshkeel-train"
      """;

  /** Stands for the distribution's script: prints its words, one a line, and what it was given. */
  private static final String STUB =
      """
      #!/bin/sh
      for word in "$@"; do echo "<$word>"; done
      echo "extensions=$MESHKEEL_EXTENSIONS root=${MESHKEEL_ROOT:-} opa=${MESHKEEL_OPA:-}"
      exit "${STUB_EXIT:-0}"
      """;

  @TempDir private Path folder = Path.of("");
  private Path checkout = Path.of("");
  private final Map<String, String> environment = new TreeMap<>();

  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = Files.createDirectory(folder.resolve("check out"));
    program("meshkeel", Files.readString(REPOSITORY.resolve("meshkeel")));
    write(".mvn/jdk.sh", Files.readString(REPOSITORY.resolve(".mvn/jdk.sh")));
    program("mvnw", MAVEN);
    program("stub", STUB);
    write("pom.xml", "<project/>");
    write("policies/main.rego", "package meshkeel.main");
    write("testbed/servers/opa/go.mod", "module opa");
    for (String module : MODULES) {
      write(module + "/pom.xml", "<project/>");
      write(module + "/src/main/java/A.java", "class A {}");
    }
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("JAVA_HOME", jdk(NEW_JDK).toString());
    environment.put("MESHKEEL_OPA", "/opt/opa");
  }

  private void write(String path, String text) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void program(String path, String text) throws IOException {
    write(path, text);
    assertThat(checkout.resolve(path).toFile().setExecutable(true)).isTrue();
  }

  private Path jdk(String release) throws IOException {
    Path home = Files.createTempDirectory(folder, "jdk");
    Files.writeString(home.resolve("release"), release);
    for (String tool : List.of("java", "javac")) {
      Path program = Files.createDirectories(home.resolve("bin")).resolve(tool);
      Files.writeString(program, "#!/bin/sh\nfor word in \"$@\"; do echo \"<$word>\"; done\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    return home;
  }

  private Run run(String... words) throws Exception {
    return run(checkout.resolve("meshkeel"), words);
  }

  private Run run(Path script, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private int builds() throws IOException {
    Path calls = checkout.resolve("maven-calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** As if all of it was an hour ago. */
  private void letTimePass() throws IOException {
    FileTime before = FileTime.from(Instant.now().minusSeconds(3600));
    try (Stream<Path> all = Files.walk(checkout)) {
      for (Path path : all.toList()) {
        Files.setLastModifiedTime(path, before);
      }
    }
  }

  /** No JDK of the machine may help: the usual folders are searched too. */
  private void hideInstalledJdks() throws IOException {
    String search = Files.readString(REPOSITORY.resolve(".mvn/jdk.sh"));
    write(".mvn/jdk.sh", search.replaceAll(" /(usr|opt|Library)/", " /nowhere/"));
  }

  @Test
  void theFirstCallBuildsAndTheNextOneDoesNot() throws Exception {
    Run first = run("explain");
    assertThat(first.err()).contains("building, the first time").contains("built in");
    assertThat(first.out()).startsWith("<explain>\n");
    assertThat(builds()).isOne();
    assertThat(run("explain").err()).isEmpty();
    assertThat(builds()).isOne();
  }

  @Test
  void whatTheBenchmarkNeedsBeyondTheDistributionIsHandedOn() throws Exception {
    String jar = checkout.resolve("bench/target/lib/bench.jar").toString();
    assertThat(run("bench").out())
        .contains("extensions=" + jar + " root=" + checkout + " opa=/opt/opa");
    environment.put("MESHKEEL_EXTENSIONS", "/more.jar");
    assertThat(run("bench").out()).contains("extensions=" + jar + ":/more.jar ");
  }

  @Test
  void aNewerSourceBuildsAnew() throws Exception {
    run("explain");
    letTimePass();
    assertThat(run("explain").err()).isEmpty();
    Files.writeString(checkout.resolve("engine/src/main/java/A.java"), "class A { int x; }");
    assertThat(run("explain").err()).contains("the sources changed: building");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aSourceThatIsGoneBuildsAnew() throws Exception {
    run("explain");
    letTimePass();
    Files.delete(checkout.resolve("policies/main.rego"));
    assertThat(run("explain").err()).contains("the sources changed: building");
  }

  @Test
  void aTestThatChangedBuildsNothing() throws Exception {
    write("engine/src/test/java/ATest.java", "class ATest {}");
    run("explain");
    letTimePass();
    Files.writeString(
        checkout.resolve("engine/src/test/java/ATest.java"), "class ATest { int x; }");
    assertThat(run("explain").err()).isEmpty();
    assertThat(builds()).isOne();
  }

  @Test
  void wordsPassThroughAsTheyAre() throws Exception {
    assertThat(run("validate", "a folder", "", "*", "$HOME", "x'y\"z", "--opa=/o p a").out())
        .startsWith("<validate>\n<a folder>\n<>\n<*>\n<$HOME>\n<x'y\"z>\n<--opa=/o p a>\n");
  }

  @Test
  void theExitCodePassesThrough() throws Exception {
    for (int code : List.of(0, 1, 2, 3)) {
      environment.put("STUB_EXIT", Integer.toString(code));
      assertThat(run("explain").exitCode()).isEqualTo(code);
    }
  }

  @Test
  void withoutAJdkItSaysWhatToInstall() throws Exception {
    hideInstalledJdks();
    environment.put("JAVA_HOME", jdk(OLD_JDK).toString());
    Run run = run("--version");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no JDK 25 or newer found", "Install one", "JAVA_HOME");
    assertThat(builds()).isZero();
    assertThat(checkout.resolve(".meshkeel-build")).as("the lock is given back").doesNotExist();
  }

  @Test
  void aBuildThatFailsIsToldAndTriedAgain() throws Exception {
    write("broken", "");
    Run failed = run("explain");
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.err())
        .contains("[ERROR] cannot find symbol", "the build failed", "dist-build.log");
    Files.delete(checkout.resolve("broken"));
    assertThat(run("explain").exitCode()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aLockWhoseOwnerIsGoneIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    write(".meshkeel-build/pid", Long.toString(gone.pid()));
    assertThat(run("explain").exitCode()).isZero();
    assertThat(builds()).isOne();
  }

  @Test
  void anOpaOnThePathIsLeftToTheCommandToFind() throws Exception {
    environment.remove("MESHKEEL_OPA");
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Files.writeString(tools.resolve("opa"), "#!/bin/sh\n");
    assertThat(tools.resolve("opa").toFile().setExecutable(true)).isTrue();
    environment.put("PATH", tools + ":/usr/bin:/bin");
    Run run = run("validate", ".");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("opa=\n");
  }

  @Test
  void withoutOpaTheTestbedIsAskedForItOnce() throws Exception {
    environment.remove("MESHKEEL_OPA");
    Path home = jdk(NEW_JDK);
    Path opa = Files.writeString(folder.resolve("opa built"), "#!/bin/sh\n");
    assertThat(opa.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        home.resolve("bin/java"),
        "#!/bin/sh\necho asked >>'" + folder.resolve("asked") + "'\necho '" + opa + "'\n");
    environment.put("JAVA_HOME", home.toString());
    assertThat(run("validate", ".").out()).contains("opa=" + opa);
    assertThat(run("validate", ".").out()).contains("opa=" + opa);
    assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
    assertThat(run("explain").out()).as("explain needs none").contains("opa=\n");
  }

  @Test
  void theDistributionsScriptPassesWordsOnAndChoosesTheJvmsOptions() throws Exception {
    Path script = distribution();
    environment.put("JAVA_HOME", jdk(NEW_JDK).toString());
    Run run = run(script, "validate", "a folder", "$HOME");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("<-XX:+UseParallelGC>")
        .endsWith("<io.meshkeel.app.Meshkeel>\n<validate>\n<a folder>\n<$HOME>\n");
    assertThat(run(script, "serve", "--config", "x").out()).contains("<-Xmx384m>");
  }

  @Test
  void theDistributionsScriptIsFoundThroughALink() throws Exception {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, distribution());
    assertThat(run(link, "explain").out())
        .contains("<-Dmeshkeel.dist=" + folder.toRealPath().resolve("dist") + ">");
  }

  @Test
  void theDistributionsScriptSaysWhenThereIsNoJava() throws Exception {
    Path script = distribution();
    hideInstalledJdks();
    Files.copy(
        checkout.resolve(".mvn/jdk.sh"),
        folder.resolve("dist/bin/jdk.sh"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    environment.put("JAVA_HOME", jdk(OLD_JDK).toString());
    Run run = run(script, "explain");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no Java 25 or newer found");
  }

  private Path distribution() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("dist/bin"));
    Path script = bin.resolve("meshkeel");
    Files.writeString(script, Files.readString(Path.of("src/main/dist/bin/meshkeel")));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.writeString(bin.resolve("jdk.sh"), Files.readString(REPOSITORY.resolve(".mvn/jdk.sh")));
    return script;
  }

  @Test
  void everyScriptIsReadByAPlainShell() throws Exception {
    for (Path script :
        List.of(
            REPOSITORY.resolve("meshkeel"),
            REPOSITORY.resolve("mvnw"),
            REPOSITORY.resolve(".mvn/jdk.sh"),
            Path.of("src/main/dist/bin/meshkeel"),
            Path.of("src/main/dist/bin/meshkeel-train"))) {
      Run run = run(FileSystems.getDefault().getPath("/bin/sh"), "-n", script.toString());
      assertThat(run).as(script.toString()).isEqualTo(new Run(0, "", ""));
    }
  }
}
