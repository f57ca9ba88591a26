package io.meshkeel.declaration;

import io.meshkeel.model.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers files by path and content, up to a number of bytes of their text; what was used longest
 * ago goes first. A read of ten thousand files costs a look-up each and nothing else, which a cache
 * with a policy on every access would not do. Any thread.
 */
final class FileCache {
  private final long maxBytes;
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong clock = new AtomicLong();

  FileCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The time of a new read. */
  long tick() {
    return clock.incrementAndGet();
  }

  @Nullable ParsedFile get(SourceFile file, long time) {
    Entry entry = entries.get(new Key(file.path(), file.contentId()));
    if (entry == null) {
      return null;
    }
    entry.used = time;
    return entry.parsed;
  }

  /** What is remembered from now on: of two threads that read one file, the first's. */
  ParsedFile put(ParsedFile parsed, long time) {
    SourceFile file = parsed.file();
    Entry entry = new Entry(parsed, time);
    Entry before = entries.putIfAbsent(new Key(file.path(), file.contentId()), entry);
    if (before != null) {
      return before.parsed;
    }
    bytes.addAndGet(file.size());
    return parsed;
  }

  /** Forgets the oldest if there is too much: down to three quarters, so that it is seldom done. */
  synchronized void trim() {
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

    Entry(ParsedFile parsed, long used) {
      this.parsed = parsed;
      this.used = used;
    }
  }
}
