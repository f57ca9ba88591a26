package io.meshkeel.testbed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Builds a binary with {@code go build} from the modules that its definition names. The checksums
 * are fixed by {@code go.sum}, so that what is built is what was tried.
 */
final class GoBuild implements BinarySource {
  /** How much longer than expected a build may take before it is ended. */
  static final int PATIENCE = 8;

  /** Time between two lines of progress. */
  static final Duration REPORT_EVERY = Duration.ofSeconds(15);

  private final BinaryCache cache;
  private final String go;
  private final Progress progress;

  GoBuild(BinaryCache cache, Progress progress) {
    this(cache, "go", progress);
  }

  GoBuild(BinaryCache cache, String go, Progress progress) {
    this.cache = cache;
    this.go = go;
    this.progress = progress;
  }

  @Override
  public Optional<Path> find(ServerBinary binary) throws IOException, InterruptedException {
    BuildDefinition definition = BuildDefinition.of(binary.definition());
    if (definition.wheel()) {
      return Optional.empty();
    }
    Path work = cache.emptyWorkFolder(binary.name());
    try {
      definition.writeTo(work);
      Path made = work.resolve(binary.name() + ".new");
      build(binary, work, made);
      return Optional.of(cache.store(binary, made));
    } finally {
      BinaryCache.delete(work);
    }
  }

  private void build(ServerBinary binary, Path work, Path made)
      throws IOException, InterruptedException {
    String expected = Progress.time(binary.expectedBuild());
    progress.line(
        "building "
            + binary.fileName()
            + " from its Go module, about "
            + expected
            + " the first time");
    List<String> command =
        new ArrayList<>(List.of(go, "build", "-mod=readonly", "-trimpath", "-buildvcs=false"));
    command.addAll(binary.filledBuildArguments());
    command.addAll(List.of("-o", made.toString(), binary.goPackage()));
    File log = work.resolve("build.log").toFile();
    long start = System.nanoTime();
    Process process = start(binary, command, work, log);
    try {
      Duration limit = binary.expectedBuild().multipliedBy(PATIENCE);
      while (!process.waitFor(REPORT_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        if (elapsed.compareTo(limit) > 0) {
          throw failure(binary, "was not done after " + Progress.time(elapsed), log);
        }
        progress.line(
            "building "
                + binary.fileName()
                + ": "
                + Progress.time(elapsed)
                + " of about "
                + expected);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      ProcessReaper.forget(process);
    }
    if (process.exitValue() != 0) {
      throw failure(binary, "failed with exit code " + process.exitValue(), log);
    }
    if (!Files.isRegularFile(made) || Files.size(made) == 0) {
      throw failure(binary, "left no executable", log);
    }
    progress.line(
        "built "
            + binary.fileName()
            + " in "
            + Progress.time(Duration.ofNanos(System.nanoTime() - start)));
  }

  private Process start(ServerBinary binary, List<String> command, Path work, File log)
      throws IOException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log);
      builder.environment().put("GOWORK", "off");
      if (binary.needsC()) {
        // Without a C compiler Go would leave the parts in C out and build something else.
        builder.environment().put("CGO_ENABLED", "1");
      }
      Process process = builder.start();
      ProcessReaper.watch(process);
      return process;
    } catch (IOException e) {
      if (work.toFile().isDirectory()) {
        throw new TestbedException(
            binary.fileName()
                + " is neither in the environment ("
                + binary.variable()
                + "), nor in the cache ("
                + cache.folder()
                + "), nor on PATH, and it can't be built:"
                + " the command '"
                + go
                + "' can't be started. Install Go "
                + "1.26 or newer, or set "
                + binary.variable()
                + " to the path of an executable.",
            e);
      }
      throw e;
    }
  }

  private static TestbedException failure(ServerBinary binary, String what, File log) {
    String tail = LogFile.tail(log.toPath());
    String hint =
        tail.contains("C compiler") && tail.contains("not found")
            ? "it needs a C compiler: install gcc"
            : "its Go modules come through GOPROXY (see `go env GOPROXY`)";
    return new TestbedException(
        "the build of "
            + binary.fileName()
            + " "
            + what
            + "; "
            + hint
            + ". The end of its log:\n"
            + tail);
  }
}
