package io.meshkeel.live;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import java.util.Collection;
import java.util.Optional;

/**
 * What one cluster holds, kept up to date by one watch per kind. Starts at once and never gives up:
 * a cluster that is away is tried again with growing pauses. Any thread.
 */
public final class LiveView implements LiveState, AutoCloseable {

  private LiveView() {}

  /**
   * Starts to watch; returns at once.
   *
   * @param cluster what is watched; the caller closes it, after this view
   * @param options what to look at and how
   * @param listener hears of every change
   */
  public static LiveView start(Cluster cluster, LiveOptions options, LiveListener listener) {
    throw new UnsupportedOperationException();
  }

  /** Whether all kinds were listed once. Until then no plan may be made. */
  public boolean ready() {
    return status().ready();
  }

  public LiveStatus status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<LiveObject> get(ResourceKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Collection<ResourceKey> inventory(String applySetId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int inventorySize(String applySetId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean serves(GroupKind kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean seesNamespaces() {
    throw new UnsupportedOperationException();
  }

  /** Ends all watches; idempotent. */
  @Override
  public void close() {}
}
