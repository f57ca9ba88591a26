package io.meshkeel.policy.own;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.PolicyFiles;
import io.meshkeel.policy.PolicyException;
import io.meshkeel.testbed.Patience;
import io.meshkeel.testbed.SharedServers;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which OPA processes are kept, and for how long. */
final class OwnPoolIT {
  private static final Limits TWO =
      new Limits(Patience.LIMIT, Limits.DEFAULT_MEMORY_BYTES, 2, Duration.ofMinutes(5));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Instant now = Instant.EPOCH;
  private final OwnPool pool =
      new OwnPool(
          OwnProcess.source(
              SharedServers.opaBinary(), Patience.LIMIT, TWO, HttpClient.newHttpClient(), threads),
          Map.of(),
          TWO,
          () -> now);

  @AfterEach
  void close() {
    pool.close();
    threads.shutdownNow();
  }

  private static OwnBook book(String name) {
    PolicyFiles files =
        PolicyFiles.of(new TreeMap<>(Map.of("policies/a.rego", "package " + name + "\n")));
    return new OwnBook(files, List.of(), List.of(), "package meshkeel.own\n");
  }

  private long use(String name) throws PolicyException {
    try (OwnPool.Lease lease = pool.lease(book(name))) {
      return lease.process().pid();
    }
  }

  @Test
  void oneRevisionHasOneProcess() throws Exception {
    assertThat(use("a")).isEqualTo(use("a")).isNotEqualTo(use("b"));
    assertThat(pool.size()).isEqualTo(2);
  }

  @Test
  void theOneThatWasNotUsedForLongestGoesFirst() throws Exception {
    long a = use("a");
    now = now.plusSeconds(1);
    long b = use("b");
    now = now.plusSeconds(1);
    use("a");
    use("c");
    assertThat(use("a")).isEqualTo(a);
    assertThat(ProcessHandle.of(b).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    assertThat(pool.size()).isEqualTo(2);
  }

  @Test
  void whatNobodyAsksForAWhileIsEnded() throws Exception {
    long a = use("a");
    now = now.plus(TWO.idle()).minusSeconds(1);
    pool.sweep();
    assertThat(pool.size()).isEqualTo(1);
    now = now.plusSeconds(1);
    pool.sweep();
    assertThat(pool.size()).isZero();
    assertThat(ProcessHandle.of(a).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void whileAllAreInUseAnotherWaits() throws Exception {
    CompletableFuture<Long> third;
    try (OwnPool.Lease a = pool.lease(book("a"));
        OwnPool.Lease b = pool.lease(book("b"))) {
      third =
          CompletableFuture.supplyAsync(() -> {
            try {
              return use("c");
            } catch (PolicyException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThat(a.process().isAlive() && b.process().isAlive()).isTrue();
      assertThat(third).isNotDone();
    }
    await().until(third::isDone);
    assertThat(third.join()).isPositive();
    assertThat(pool.size()).isEqualTo(2);
  }

  @Test
  void aProcessThatWasDiscardedIsNotUsedAgain() throws Exception {
    long first;
    try (OwnPool.Lease lease = pool.lease(book("a"))) {
      first = lease.process().pid();
      lease.discard();
    }
    assertThat(use("a")).isNotEqualTo(first);
  }

  @Test
  void afterItsEndThereIsNone() throws Exception {
    long a = use("a");
    pool.close();
    assertThat(ProcessHandle.of(a).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    assertThatThrownBy(() -> use("a"))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("closed");
  }
}
