package io.meshkeel.bench;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An observer of its own at an API server: when did which VirtualService come to be as it should?
 * Any thread.
 */
final class ObjectWatch implements AutoCloseable {
  private final Watch watch;
  private final Map<String, GenericKubernetesResource> objects = new ConcurrentHashMap<>();
  private volatile @Nullable String failure;

  ObjectWatch(KubernetesClient admin) {
    watch =
        admin
            .genericKubernetesResources(VIRTUAL_SERVICES)
            .inAnyNamespace()
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, GenericKubernetesResource object) {
                    event(action, object);
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    failure = String.valueOf(cause.getMessage());
                    wake();
                  }
                });
  }

  private void event(Watcher.Action action, GenericKubernetesResource object) {
    String key = object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    if (action == Watcher.Action.DELETED) {
      objects.remove(key);
    } else {
      objects.put(key, object);
    }
    wake();
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** How many there are. */
  int size() {
    return objects.size();
  }

  /**
   * Waits until the object {@code namespace/name} is as wanted.
   *
   * @return {@link System#nanoTime()} when it was seen
   * @throws IllegalStateException if it isn't in time
   */
  long await(String key, Duration within, Predicate<GenericKubernetesResource> wanted) {
    return await(
        within,
        () -> {
          GenericKubernetesResource object = objects.get(key);
          return object != null && wanted.test(object);
        },
        key);
  }

  /** Waits until there are this many. */
  long awaitSize(int count, Duration within) {
    return await(within, () -> objects.size() >= count, count + " objects, at " + objects.size());
  }

  private synchronized long await(
      Duration within, java.util.function.BooleanSupplier wanted, String what) {
    long end = System.nanoTime() + within.toNanos();
    while (!wanted.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (failure != null || left <= 0) {
        throw new IllegalStateException(
            failure != null
                ? "the observer's watch ended: " + failure
                : "not there after " + within + ": " + what + "; " + objects.size() + " are there");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    return System.nanoTime();
  }

  @Override
  public void close() {
    watch.close();
  }
}
