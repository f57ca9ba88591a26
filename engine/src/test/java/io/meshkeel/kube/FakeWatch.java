package io.meshkeel.kube;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.ResourceKey;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/** A watch of a {@link FakeCluster}. */
final class FakeWatch implements Watch {
  final KindScope scope;
  private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private final Collection<FakeWatch> open;
  private volatile boolean closed;

  FakeWatch(KindScope scope, Collection<FakeWatch> open) {
    this.scope = scope;
    this.open = open;
  }

  void offer(WatchEvent event) {
    ResourceKey key =
        switch (event) {
          case WatchEvent.Put put -> put.object().key();
          case WatchEvent.Gone gone -> gone.object().key();
          case WatchEvent.Bookmark _ -> null;
        };
    if (key == null || FakeCluster.in(scope, key)) {
      queue.add(event);
    }
  }

  void expire() {
    queue.add(new ExpiredException("compacted"));
  }

  void fail() {
    queue.add(FakeCluster.failure(FailureReason.CLUSTER_UNREACHABLE, "the connection broke", true));
  }

  @Override
  public Optional<WatchEvent> next()
      throws ClusterException, ExpiredException, InterruptedException {
    if (closed) {
      return Optional.empty();
    }
    Object next = queue.take();
    return switch (next) {
      case WatchEvent event -> Optional.of(event);
      case ExpiredException expired -> throw expired;
      case ClusterException failure -> throw failure;
      default -> Optional.empty();
    };
  }

  @Override
  public void close() {
    closed = true;
    open.remove(this);
    queue.add("closed");
  }
}
