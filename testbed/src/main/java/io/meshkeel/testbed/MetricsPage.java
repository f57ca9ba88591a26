package io.meshkeel.testbed;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counters for a Prometheus to scrape, in its text format with times of their own: each scrape gets
 * the next step of a past that ends now, so a few quick scrapes are minutes of history. Counters
 * rise evenly, so {@code rate} over any part of it is exactly what the series says.
 */
public final class MetricsPage implements AutoCloseable {
  /** Counters begin high, so that {@code rate} doesn't take their begin for a start from zero. */
  private static final double BEGIN = 1e6;

  private final List<Line> lines;
  private final int steps;
  private final Duration step;
  private final long firstMillis;
  private final AtomicInteger scrapes = new AtomicInteger();
  private final HttpServer server;

  /**
   * A series.
   *
   * @param name of the metric
   * @param labels of the series
   * @param perSecond how fast it rises; of a gauge, its value
   * @param gauge whether it is a gauge
   */
  public record Series(String name, Map<String, String> labels, double perSecond, boolean gauge) {
    /** A counter. */
    public Series(String name, Map<String, String> labels, double perSecond) {
      this(name, labels, perSecond, false);
    }
  }

  private record Line(String series, double perSecond, boolean gauge) {
    static Line of(Series series) {
      StringBuilder text = new StringBuilder(series.name()).append('{');
      new TreeMap<>(series.labels())
          .forEach((label, value) -> text.append(label).append("=\"").append(value).append("\","));
      return new Line(text.append("} ").toString(), series.perSecond(), series.gauge());
    }
  }

  private MetricsPage(
      List<Series> series, int steps, Duration step, Instant end, HttpServer server) {
    this.lines = series.stream().map(Line::of).toList();
    this.steps = steps;
    this.step = step;
    this.firstMillis = end.minus(step.multipliedBy(steps - 1L)).toEpochMilli();
    this.server = server;
  }

  /** Serves series on a free port of loopback. */
  public static MetricsPage start(List<Series> series, int steps, Duration step) {
    return start(series, steps, step, Duration.ZERO);
  }

  /**
   * The same for a test that takes a while: what is asked so much later gets the same rates.
   *
   * @param ahead how far after now the history ends; Prometheus takes less than 10 minutes
   */
  public static MetricsPage start(List<Series> series, int steps, Duration step, Duration ahead) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      MetricsPage page = new MetricsPage(series, steps, step, Instant.now().plus(ahead), server);
      server.createContext(
          "/metrics",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, 0);
            try (Writer out =
                new BufferedWriter(
                    new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8),
                    1 << 16)) {
              page.write(out);
            }
          });
      server.start();
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Writer out) throws IOException {
    int now = Math.min(scrapes.get(), steps - 1);
    double seconds = now * step.toMillis() / 1e3;
    String time = " " + (firstMillis + now * step.toMillis()) + "\n";
    for (Line line : lines) {
      out.write(line.series());
      out.write(
          Double.toString(line.gauge() ? line.perSecond() : BEGIN + line.perSecond() * seconds));
      out.write(time);
    }
    out.flush();
    scrapes.incrementAndGet();
  }

  /** Where it is scraped: {@code host:port}. */
  public String target() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Waits until all of the past was scraped, and taken in.
   *
   * @throws TestbedException if that takes longer than the limit
   */
  public void awaitScraped(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    // When the step after the last one was asked for, the last one was stored.
    while (scrapes.get() <= steps) {
      if (System.nanoTime() > end) {
        throw new TestbedException(
            "only " + scrapes.get() + " of " + steps + " scrapes came within " + limit);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TestbedException("interrupted while waiting for scrapes", e);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
