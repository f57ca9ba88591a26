package io.meshkeel.kube;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/** An open watch of a {@link FakeCluster}. */
final class FakeWatch implements Watch {
  private final GroupKind kind;
  private final Function<FakeEvent, Optional<WatchEvent>> reader;
  private final Consumer<FakeWatch> closing;
  private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  private FakeWatch(
      GroupKind kind,
      Function<FakeEvent, Optional<WatchEvent>> reader,
      Consumer<FakeWatch> closing) {
    this.kind = kind;
    this.reader = reader;
    this.closing = closing;
  }

  static FakeWatch live(KindScope scope, Consumer<FakeWatch> closing) {
    return new FakeWatch(
        scope.kind(),
        event ->
            in(scope.kind(), scope.namespace(), scope.name(), event.key())
                ? event
                    .live()
                    .map(live ->
                        event.gone()
                            ? new WatchEvent.Gone(live, "" + event.version())
                            : new WatchEvent.Put(live, "" + event.version()))
                : Optional.empty(),
        closing);
  }

  static FakeWatch observed(ObservedScope scope, Consumer<FakeWatch> closing) {
    return new FakeWatch(
        scope.kind(),
        event ->
            in(scope, event.key())
                ? Optional.of(
                    event.gone()
                        ? new WatchEvent.Lost(event.key(), "" + event.version())
                        : new WatchEvent.Seen(
                            Extract.of(event.tree(), scope, event.apiVersion()),
                            "" + event.version()))
                : Optional.empty(),
        closing);
  }

  static boolean in(ObservedScope scope, ResourceKey key) {
    return in(scope.kind(), scope.namespace(), scope.name(), key);
  }

  private static boolean in(GroupKind kind, String namespace, String name, ResourceKey key) {
    return kind.equals(key.groupKind())
        && (namespace.isEmpty() || namespace.equals(key.namespace()))
        && (name.isEmpty() || name.equals(key.name()));
  }

  boolean isOf(GroupKind one) {
    return kind.equals(one);
  }

  void offer(FakeEvent event) {
    reader.apply(event).ifPresent(queue::add);
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
    closing.accept(this);
    queue.add("closed");
  }
}
