package io.meshkeel.kube;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.meshkeel.model.GroupKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch over one HTTP answer that goes on: a line of JSON per event. Bytes are asked for only
 * when all events before them were taken, so a slow reader slows the server down instead of filling
 * memory.
 */
final class KubeWatch implements Watch {
  /** Longest event, in bytes: etcd takes no object above 1.5 MiB. */
  static final int MAX_LINE_BYTES = 16 << 20;

  /** How long the server keeps a watch open. */
  static final Duration OPEN = Duration.ofSeconds(240);

  /** How long nothing may come, bookmarks included, before the connection counts as broken. */
  static final Duration IDLE = OPEN.plusSeconds(30);

  private final Transport transport;
  private final Reader reader;
  private final String what;
  private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final Queue<byte[]> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private volatile @Nullable AsyncBody body;
  private volatile boolean closed;

  /** Makes events of objects as parsed. */
  interface Reader {
    /** An object was added or changed. */
    WatchEvent put(Map<?, ?> object, String version);

    /** An object is gone. */
    WatchEvent gone(Map<?, ?> object, String version);
  }

  /** Reads objects as they are compared. */
  static Reader live(GroupKind kind, String apiVersion) {
    return new Reader() {
      @Override
      public WatchEvent put(Map<?, ?> object, String version) {
        return new WatchEvent.Put(LiveObjects.reduce(object, kind, apiVersion), version);
      }

      @Override
      public WatchEvent gone(Map<?, ?> object, String version) {
        return new WatchEvent.Gone(LiveObjects.reduce(object, kind, apiVersion), version);
      }
    };
  }

  /** Reads objects as they are reported. */
  static Reader observed(ObservedScope scope, String apiVersion) {
    return new Reader() {
      @Override
      public WatchEvent put(Map<?, ?> object, String version) {
        return new WatchEvent.Seen(Extract.of(object, scope, apiVersion), version);
      }

      @Override
      public WatchEvent gone(Map<?, ?> object, String version) {
        return new WatchEvent.Lost(LiveObjects.key(object, scope.kind()), version);
      }
    };
  }

  private KubeWatch(Transport transport, Reader reader, String what) {
    this.transport = transport;
    this.reader = reader;
    this.what = what;
  }

  /** Bytes, the end (no bytes, no failure), or a failure. */
  private record Part(byte[] bytes, boolean last, @Nullable Throwable failure) {}

  static KubeWatch open(Transport transport, Reader reader, String path, String what)
      throws ClusterException, ExpiredException {
    KubeWatch watch = new KubeWatch(transport, reader, what);
    HttpResponse<AsyncBody> response = transport.stream(path, watch::received);
    watch.body = response.body();
    response
        .body()
        .done()
        .whenComplete((_, failure) -> watch.parts.add(new Part(new byte[0], true, failure)));
    if (response.code() == 200) {
      response.body().consume();
      return watch;
    }
    Map<String, Object> status = watch.refusal(response.body());
    if (response.code() == 410) {
      throw new ExpiredException(what);
    }
    throw Refusal.of(response.code(), status, what);
  }

  private void received(List<ByteBuffer> buffers, AsyncBody unused) {
    int size = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    byte[] bytes = new byte[size];
    int at = 0;
    for (ByteBuffer buffer : buffers) {
      int length = buffer.remaining();
      buffer.get(bytes, at, length);
      at += length;
    }
    parts.add(new Part(bytes, false, null));
  }

  /** The body of a refusal, as far as it is small and JSON. */
  private Map<String, Object> refusal(AsyncBody answer) throws ClusterException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      while (bytes.size() < MAX_LINE_BYTES) {
        answer.consume();
        Part part = parts.poll(10, TimeUnit.SECONDS);
        if (part == null || part.last()) {
          break;
        }
        bytes.writeBytes(part.bytes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw transport.unreachable("interrupted", e);
    } finally {
      close();
    }
    return Json.statusOf(bytes.toByteArray());
  }

  @Override
  public Optional<WatchEvent> next()
      throws ClusterException, ExpiredException, InterruptedException {
    while (lines.isEmpty()) {
      if (closed) {
        return Optional.empty();
      }
      Part part = parts.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      if (part == null) {
        close();
        throw transport.unreachable("a watch heard nothing for " + IDLE.toSeconds() + " s", null);
      }
      if (closed) {
        return Optional.empty();
      }
      if (part.failure() != null) {
        close();
        throw transport.unreachable("a watch broke: " + part.failure(), part.failure());
      }
      if (part.last()) {
        return Optional.empty();
      }
      split(part.bytes());
      AsyncBody open = body;
      if (lines.isEmpty() && open != null) {
        open.consume();
      }
    }
    byte[] line = lines.remove();
    AsyncBody open = body;
    if (lines.isEmpty() && open != null && !closed) {
      open.consume();
    }
    return Optional.of(event(line));
  }

  private void split(byte[] bytes) throws ClusterException {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        partial.write(bytes, start, i - start);
        if (partial.size() > 0) {
          lines.add(partial.toByteArray());
        }
        partial.reset();
        start = i + 1;
      }
    }
    partial.write(bytes, start, bytes.length - start);
    if (partial.size() > MAX_LINE_BYTES) {
      close();
      throw transport.unreachable("an event is larger than " + MAX_LINE_BYTES + " bytes", null);
    }
  }

  private WatchEvent event(byte[] line) throws ClusterException, ExpiredException {
    Map<?, ?> event;
    try {
      event = Json.map(line);
    } catch (IOException e) {
      close();
      throw transport.unreachable("a watch told no JSON", e);
    }
    Map<?, ?> object = event.get("object") instanceof Map<?, ?> map ? map : Map.of();
    String version =
        object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("resourceVersion") instanceof String text
            ? text
            : "";
    try {
      return switch (String.valueOf(event.get("type"))) {
        case "ADDED", "MODIFIED" -> reader.put(object, version);
        case "DELETED" -> reader.gone(object, version);
        case "BOOKMARK" -> new WatchEvent.Bookmark(version);
        default -> throw error(object);
      };
    } catch (IllegalArgumentException e) {
      close();
      throw transport.unreachable("a watch told no object: " + e.getMessage(), e);
    }
  }

  private ClusterException error(Map<?, ?> status) throws ExpiredException {
    close();
    if (Long.valueOf(410).equals(Json.number(status.get("code")))) {
      throw new ExpiredException(what);
    }
    return transport.unreachable("a watch failed: " + status.get("message"), null);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      AsyncBody open = body;
      if (open != null) {
        open.cancel();
      }
      parts.add(new Part(new byte[0], true, null));
    }
  }
}
