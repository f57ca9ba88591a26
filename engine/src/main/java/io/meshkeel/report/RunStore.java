package io.meshkeel.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshkeel.model.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of the last revisions, one JSON file each in the data directory: what the pages behind
 * the statuses show. Bounded; the oldest go. Losing it loses links and history, never correctness.
 *
 * <p>Writes go to the disk from a thread of the store's own, so that nobody waits for it; what was
 * written is read back at once. Any thread.
 */
public final class RunStore implements AutoCloseable {
  /** Runs kept. */
  public static final int DEFAULT_RUNS = 500;

  /** Largest file that is read, in bytes. */
  public static final long MAX_FILE_BYTES = 64L << 20;

  /** Runs held in memory. */
  private static final int CACHED = 16;

  private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);
  private static final Pattern FILE = Pattern.compile("[0-9a-f]{16}\\.json");
  private static final String OPEN_SUFFIX = ".open";
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path directory;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition flushed = lock.newCondition();

  /** When each run last changed, in milliseconds since 1970, by id. */
  private final Map<String, Long> known = new TreeMap<>();

  private final Map<String, Run> unwritten = new LinkedHashMap<>();
  private final Map<String, Run> cache = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> open = new HashSet<>();
  private final Thread writer;
  private boolean writing;
  private boolean closed;

  private RunStore(Path directory, int most) {
    this.directory = directory;
    this.most = most;
    this.writer = Thread.ofVirtual().name("run-store").unstarted(this::write);
  }

  /**
   * Opens the store, making the folder if there is none. A file that can't be read is left out and
   * removed.
   *
   * @param dataDirectory the service's data directory
   * @param most runs kept
   * @throws IOException if the folder can't be used
   */
  public static RunStore open(Path dataDirectory, int most) throws IOException {
    RunStore store = new RunStore(dataDirectory.resolve("runs"), most);
    Files.createDirectories(store.directory);
    store.list();
    store.writer.start();
    return store;
  }

  private void list() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (FILE.matcher(name).matches()) {
        known.put(name.substring(0, 16), Files.getLastModifiedTime(file).toMillis());
      } else if (name.endsWith(OPEN_SUFFIX)) {
        open.add(name.substring(0, name.length() - OPEN_SUFFIX.length()));
      } else {
        Files.deleteIfExists(file);
      }
    }
    open.retainAll(known.keySet());
  }

  /** The run with this id; empty if there is none. Reads a file; any text may be given. */
  public Optional<Run> get(String id) {
    lock.lock();
    try {
      if (!known.containsKey(id)) {
        return Optional.empty();
      }
      Run held = unwritten.containsKey(id) ? unwritten.get(id) : cache.get(id);
      if (held != null) {
        return Optional.of(held);
      }
      Run read = read(id);
      if (read == null) {
        known.remove(id);
        open.remove(id);
        return Optional.empty();
      }
      remember(read);
      return Optional.of(read);
    } finally {
      lock.unlock();
    }
  }

  /** The run of a revision; empty if there is none. */
  public Optional<Run> get(Revision revision) {
    return get(Run.idOf(revision)).filter(run -> run.revision().equals(revision.sha()));
  }

  /** The ids of the newest runs, newest first. */
  public List<String> newest(int count) {
    lock.lock();
    try {
      return known.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
          .limit(count)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** The runs whose statuses may not all be on the forge: what a start goes on with. */
  public List<Run> open() {
    List<String> ids;
    lock.lock();
    try {
      ids = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    List<Run> runs = new ArrayList<>();
    for (String id : ids) {
      get(id).ifPresent(runs::add);
    }
    runs.sort(Comparator.comparingLong(Run::startedAt));
    return runs;
  }

  /**
   * Keeps a run in place of the one of the same id.
   *
   * @param stillOpen whether its statuses may not all be on the forge
   */
  public void put(Run run, boolean stillOpen) {
    lock.lock();
    try {
      unwritten.put(run.id(), run);
      known.put(run.id(), run.updatedAt());
      if (stillOpen) {
        open.add(run.id());
      } else {
        open.remove(run.id());
      }
      remember(run);
      dropOldest();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void remember(Run run) {
    cache.put(run.id(), run);
    if (cache.size() > CACHED) {
      cache.remove(cache.keySet().iterator().next());
    }
  }

  private void dropOldest() {
    while (known.size() > most) {
      String oldest =
          known.entrySet().stream()
              .min(
                  Comparator.<Map.Entry<String, Long>, Boolean>comparing(
                          e -> open.contains(e.getKey()))
                      .thenComparing(Map.Entry.comparingByValue()))
              .orElseThrow()
              .getKey();
      known.remove(oldest);
      unwritten.remove(oldest);
      cache.remove(oldest);
      open.remove(oldest);
      delete(file(oldest));
      delete(marker(oldest));
    }
  }

  private void write() {
    while (true) {
      Run next;
      boolean nextOpen;
      lock.lock();
      try {
        while (unwritten.isEmpty() && !closed) {
          changed.awaitUninterruptibly();
        }
        if (unwritten.isEmpty()) {
          return;
        }
        next = unwritten.values().iterator().next();
        nextOpen = open.contains(next.id());
        writing = true;
      } finally {
        lock.unlock();
      }
      write(next, nextOpen);
      lock.lock();
      try {
        unwritten.remove(next.id(), next);
        writing = false;
        flushed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void write(Run run, boolean stillOpen) {
    Path fresh = directory.resolve(run.id() + ".tmp");
    try {
      Files.write(fresh, JSON.writeValueAsBytes(run));
      Files.move(
          fresh,
          file(run.id()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      if (stillOpen) {
        if (!Files.exists(marker(run.id()))) {
          Files.createFile(marker(run.id()));
        }
      } else {
        Files.deleteIfExists(marker(run.id()));
      }
    } catch (IOException e) {
      LOG.warn(
          "The report of {} could not be stored in {}; links to it won't work after a restart",
          run.revision(),
          directory,
          e);
    }
  }

  private @Nullable Run read(String id) {
    try {
      if (Files.size(file(id)) > MAX_FILE_BYTES) {
        throw new IOException("larger than " + MAX_FILE_BYTES + " bytes");
      }
      Run run = JSON.readValue(Files.readAllBytes(file(id)), Run.class);
      if (!run.id().equals(id)) {
        throw new IOException("it holds the run " + run.id());
      }
      return run;
    } catch (IOException e) {
      return unreadable(id, e);
    }
  }

  private @Nullable Run unreadable(String id, IOException why) {
    LOG.warn("The stored report {} can't be read and is dropped", file(id), why);
    delete(file(id));
    delete(marker(id));
    return null;
  }

  private Path file(String id) {
    return directory.resolve(id + ".json");
  }

  private Path marker(String id) {
    return directory.resolve(id + OPEN_SUFFIX);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until all is on the disk. */
  public void flush() {
    lock.lock();
    try {
      while (!unwritten.isEmpty() || writing) {
        flushed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is left. Idempotent. */
  @Override
  public void close() {
    flush();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
