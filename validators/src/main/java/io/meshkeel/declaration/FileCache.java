package io.meshkeel.declaration;

import io.meshkeel.model.Moves;
import io.meshkeel.model.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers files by path and content, up to a number of bytes of their text; what was used longest
 * ago goes first. A read of ten thousand files costs a look-up each, and less than that if they are
 * the same instances as in the read before. Any thread.
 */
final class FileCache {
  private final long maxBytes;
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong clock = new AtomicLong();
  private volatile Batch last = new Batch(List.of(), 0);

  FileCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The files of one read. */
  final class Batch {
    private final List<SourceFile> files;
    private final long time;
    private final @Nullable Entry[] found;

    private Batch(List<SourceFile> files, long time) {
      this.files = files;
      this.time = time;
      this.found = new Entry[files.size()];
    }

    private void find(Batch before) {
      int[] from = Moves.of(before.files, files).from();
      for (int i = 0; i < from.length; i++) {
        Entry entry = from[i] == Moves.CAME ? null : before.found[from[i]];
        if (entry == null || entry.gone) {
          SourceFile file = files.get(i);
          entry = entries.get(new Key(file.path(), file.contentId()));
        }
        if (entry != null) {
          entry.used = time;
        }
        found[i] = entry;
      }
    }

    /** The indexes of the files that must be parsed. */
    List<Integer> missing() {
      List<Integer> missing = new ArrayList<>();
      for (int i = 0; i < found.length; i++) {
        if (found[i] == null) {
          missing.add(i);
        }
      }
      return missing;
    }

    /** Takes a file that may be another next time; different files may be put at the same time. */
    void put(int index, ParsedFile parsed) {
      Entry entry = new Entry(parsed, time);
      entry.gone = true;
      found[index] = entry;
    }

    /** Takes a file that was parsed and remembers it: of two threads that do, the first's. */
    void remember(int index, ParsedFile parsed) {
      SourceFile file = parsed.file();
      Entry entry = new Entry(parsed, time);
      Entry before = entries.putIfAbsent(new Key(file.path(), file.contentId()), entry);
      if (before == null) {
        bytes.addAndGet(file.size());
      }
      found[index] = before == null ? entry : before;
    }

    /** All files, once none is missing. */
    List<ParsedFile> end() {
      List<ParsedFile> all = new ArrayList<>(found.length);
      for (int i = 0; i < found.length; i++) {
        Entry entry = found[i];
        if (entry == null) {
          throw new IllegalStateException(files.get(i).path() + " was not parsed");
        }
        all.add(entry.parsed);
      }
      trim();
      last = this;
      return all;
    }
  }

  /** Looks for the files of a read. */
  Batch look(List<SourceFile> files) {
    Batch batch = new Batch(files, clock.incrementAndGet());
    batch.find(last);
    return batch;
  }

  /** Forgets the oldest if there is too much: down to three quarters, so that it is seldom done. */
  private synchronized void trim() {
    if (bytes.get() <= maxBytes) {
      return;
    }
    List<Map.Entry<Key, Entry>> oldest = new ArrayList<>(entries.entrySet());
    oldest.sort((a, b) -> Long.compare(a.getValue().used, b.getValue().used));
    for (Map.Entry<Key, Entry> entry : oldest) {
      if (bytes.get() <= maxBytes / 4 * 3) {
        return;
      }
      if (entries.remove(entry.getKey()) != null) {
        entry.getValue().gone = true;
        bytes.addAndGet(-entry.getValue().parsed.file().size());
      }
    }
  }

  int size() {
    return entries.size();
  }

  private record Key(String path, String contentId) {}

  private static final class Entry {
    private final ParsedFile parsed;
    private volatile long used;
    private volatile boolean gone;

    Entry(ParsedFile parsed, long used) {
      this.parsed = parsed;
      this.used = used;
    }
  }
}
