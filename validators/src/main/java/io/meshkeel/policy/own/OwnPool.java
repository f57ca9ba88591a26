package io.meshkeel.policy.own;

import io.meshkeel.policy.PolicyException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes that are kept: one for a revision of rules, a few at most, ended when nobody asks
 * them for a while. Any thread.
 */
final class OwnPool implements AutoCloseable {
  private final OwnProcess.Source source;
  private final Map<String, String> library;
  private final Limits limits;
  private final InstantSource clock;
  private final Map<String, Slot> slots = new HashMap<>();
  private @Nullable ScheduledExecutorService sweeper;
  private boolean closed;

  OwnPool(
      OwnProcess.Source source, Map<String, String> library, Limits limits, InstantSource clock) {
    this.source = source;
    this.library = library;
    this.limits = limits;
    this.clock = clock;
  }

  /** A revision's process. Its fields belong to the pool's lock. */
  private final class Slot {
    private @Nullable OwnProcess process;
    private int users;
    private Instant used = clock.instant();
  }

  /** A process in use: given back when it is closed. */
  final class Lease implements AutoCloseable {
    private final String revision;
    private final Slot slot;
    private final OwnProcess process;

    private Lease(String revision, Slot slot, OwnProcess process) {
      this.revision = revision;
      this.slot = slot;
      this.process = process;
    }

    OwnProcess process() {
      return process;
    }

    /** Ends the process, which can't be trusted any more; others that use it must ask anew. */
    void discard() {
      forget(slot, process);
    }

    @Override
    public void close() {
      release(revision, slot);
    }
  }

  /**
   * The process of a revision, started if there is none; blocks while as many as may be are in use.
   *
   * @throws PolicyException if it can't be started
   */
  Lease lease(OwnBook book) throws PolicyException {
    String revision = book.files().revision();
    Slot slot = reserve(revision);
    try {
      return new Lease(revision, slot, process(slot, book));
    } catch (PolicyException | RuntimeException e) {
      release(revision, slot);
      throw e;
    }
  }

  /** A process that nobody else uses and the pool doesn't know. */
  OwnProcess apart(OwnBook book) throws PolicyException {
    return source.start(new OwnPublication(book, library));
  }

  private synchronized Slot reserve(String revision) throws PolicyException {
    while (true) {
      if (closed) {
        throw new PolicyException("the judge was closed");
      }
      Slot known = slots.get(revision);
      if (known == null && slots.size() >= limits.processes()) {
        Optional<Map.Entry<String, Slot>> oldest =
            slots.entrySet().stream()
                .filter(each -> each.getValue().users == 0)
                .min(Comparator.comparing(each -> each.getValue().used));
        if (oldest.isEmpty()) {
          await();
          continue;
        }
        end(oldest.get().getKey());
      }
      Slot slot = slots.computeIfAbsent(revision, r -> new Slot());
      slot.users++;
      sweepLater();
      return slot;
    }
  }

  private void await() throws PolicyException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolicyException("interrupted while waiting for an OPA process", e);
    }
  }

  /** Starts the process outside of the pool's lock: only who needs this one waits for it. */
  private OwnProcess process(Slot slot, OwnBook book) throws PolicyException {
    synchronized (slot) {
      OwnProcess current = slot.process;
      if (current != null && current.isAlive()) {
        return current;
      }
      if (current != null) {
        current.close();
      }
      OwnProcess fresh = apart(book);
      slot.process = fresh;
      return fresh;
    }
  }

  private static void forget(Slot slot, OwnProcess process) {
    synchronized (slot) {
      if (slot.process == process) {
        slot.process = null;
      }
    }
    process.close();
  }

  private synchronized void release(String revision, Slot slot) {
    slot.users--;
    slot.used = clock.instant();
    if (closed && slot.users == 0) {
      end(revision);
    }
    notifyAll();
  }

  private void end(String revision) {
    Slot slot = slots.remove(revision);
    if (slot != null) {
      synchronized (slot) {
        if (slot.process != null) {
          slot.process.close();
          slot.process = null;
        }
      }
    }
  }

  /** Ends what nobody asked for a while. */
  synchronized void sweep() {
    Instant before = clock.instant().minus(limits.idle());
    List<String> idle = new ArrayList<>();
    slots.forEach((revision, slot) -> {
      if (slot.users == 0 && !slot.used.isAfter(before)) {
        idle.add(revision);
      }
    });
    idle.forEach(this::end);
  }

  private void sweepLater() {
    if (sweeper == null) {
      sweeper =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("policies-idle").factory());
      long every = Math.max(1, limits.idle().toMillis() / 2);
      var unused = sweeper.scheduleWithFixedDelay(this::sweep, every, every, TimeUnit.MILLISECONDS);
    }
  }

  /** The number of processes that are kept. */
  synchronized int size() {
    return slots.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (sweeper != null) {
      sweeper.shutdownNow();
    }
    List.copyOf(slots.keySet()).forEach(this::end);
    notifyAll();
  }
}
