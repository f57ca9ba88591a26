package io.meshkeel.forge;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the newest ids, up to a bound. Any thread. */
final class RecentDeliveries {
  private final Map<String, Boolean> seen;

  RecentDeliveries(int bound) {
    seen =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > bound;
          }
        };
  }

  /** Whether the id is new; from now on it isn't. */
  synchronized boolean add(String id) {
    return seen.put(id, true) == null;
  }

  /** Forgets an id, so that it may come again. */
  synchronized void remove(String id) {
    seen.remove(id);
  }
}
