package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes the executable out of the server's published container image, which is quicker than a
 * build. Only where a Docker engine answers and an image fits; what can't be had is told and passed
 * over.
 */
final class ImageExtract implements BinarySource {
  private final BinaryCache cache;
  private final BooleanSupplier engine;
  private final Copy copy;
  private final Progress progress;

  /** Copies a file out of an image. */
  @FunctionalInterface
  interface Copy {
    void from(String image, String file, Path target) throws IOException, InterruptedException;
  }

  ImageExtract(BinaryCache cache, Progress progress) {
    this(cache, DockerEngine::answers, DockerEngine::copy, progress);
  }

  ImageExtract(BinaryCache cache, BooleanSupplier engine, Copy copy, Progress progress) {
    this.cache = cache;
    this.engine = engine;
    this.copy = copy;
    this.progress = progress;
  }

  @Override
  public Optional<Path> find(ServerBinary binary) throws IOException, InterruptedException {
    ServerBinary.ImageFile file = binary.image();
    if (file == null || !engine.getAsBoolean()) {
      return Optional.empty();
    }
    String image = binary.fill(file.image());
    progress.line("taking " + binary.fileName() + " from the container image " + image);
    Path work = cache.emptyWorkFolder(binary.name());
    try {
      Path made = work.resolve(binary.name() + ".new");
      copy.from(image, file.path(), made);
      if (!made.toFile().setExecutable(true)
          || !PathLookup.minorRelease(made, binary).equals(Optional.of(binary.minorRelease()))) {
        throw new IOException("its " + file.path() + " is no " + binary.name() + " that runs here");
      }
      return Optional.of(cache.store(binary, made));
    } catch (IOException e) {
      progress.line("the container image can't be used: " + e.getMessage());
      return Optional.empty();
    } finally {
      BinaryCache.delete(work);
    }
  }
}
