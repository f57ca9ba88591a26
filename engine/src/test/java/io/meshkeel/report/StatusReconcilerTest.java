package io.meshkeel.report;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Revision;
import io.meshkeel.report.CommitStatus.State;
import io.meshkeel.testbed.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusReconcilerTest {
  private static final Revision A = new Revision("a".repeat(40));
  private static final Revision B = new Revision("b".repeat(40));
  private final FakeForge forge = new FakeForge();
  private final List<Revision> done = Collections.synchronizedList(new ArrayList<>());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StatusReconciler reconciler =
      StatusReconciler.start(
          forge,
          new EngineMetrics(meters),
          Clock.systemUTC(),
          new StatusReconciler.Pauses(
              Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(30), () -> 0),
          done::add);

  @AfterEach
  void close() {
    reconciler.close();
  }

  private static CommitStatus status(String context, State state, String text) {
    return new CommitStatus(context, state, text, URI.create("http://m/runs/1"));
  }

  private void quiet() throws InterruptedException {
    assertThat(reconciler.awaitQuiet(Patience.LIMIT)).isTrue();
  }

  @Test
  void onlyTheDifferenceIsPosted() throws Exception {
    forge.post(A, status("x", State.SUCCESS, "same"));
    reconciler.want(
        A, List.of(status("x", State.SUCCESS, "same"), status("y", State.SUCCESS, "new")), false);
    quiet();
    assertThat(forge.posts()).hasSize(2);
    assertThat(forge.shown(A, "y")).isEqualTo("success: new");
  }

  @Test
  void theSameWishAgainPostsAndAsksNothing() throws Exception {
    List<CommitStatus> wish = List.of(status("x", State.SUCCESS, "t"));
    reconciler.want(A, wish, false);
    quiet();
    reconciler.want(A, wish, false);
    quiet();
    assertThat(forge.posts()).hasSize(1);
    assertThat(forge.asked()).isEqualTo(1);
  }

  @Test
  void aLinkThatDiffersBySignatureOnlyIsTheSame() throws Exception {
    forge.post(
        A, new CommitStatus("x", State.SUCCESS, "t", URI.create("http://m/runs/1?signature=old")));
    reconciler.want(
        A,
        List.of(
            new CommitStatus("x", State.SUCCESS, "t", URI.create("http://m/runs/1?signature=new"))),
        false);
    quiet();
    assertThat(forge.posts()).hasSize(1);
  }

  @Test
  void aForgeThatIsAwayDelaysButLosesNothing() throws Exception {
    ForgeException away = new ForgeException("503", true, null, null);
    forge.failNext(away, away, away);
    reconciler.want(A, List.of(status("x", State.SUCCESS, "a")), false);
    reconciler.want(B, List.of(status("x", State.FAILURE, "b")), false);
    quiet();
    assertThat(forge.shown(A, "x")).isEqualTo("success: a");
    assertThat(forge.shown(B, "x")).isEqualTo("failure: b");
  }

  @Test
  void aForgeThatAsksToWaitIsLeftAloneSoLong() throws Exception {
    forge.failNext(new ForgeException("429", true, Duration.ofMillis(150), null));
    long start = System.nanoTime();
    reconciler.want(A, List.of(status("x", State.SUCCESS, "a")), false);
    quiet();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    assertThat(forge.shown(A, "x")).isEqualTo("success: a");
  }

  @Test
  void aPostWhoseAnswerWasLostIsNotPostedTwice() throws Exception {
    reconciler.want(A, List.of(status("x", State.PENDING, "a")), false);
    quiet();
    forge.takeBeforeFailing();
    forge.failNext(new ForgeException("time-out", true, null, null));
    reconciler.want(A, List.of(status("x", State.SUCCESS, "b")), false);
    quiet();
    assertThat(forge.posts()).hasSize(2);
    assertThat(forge.shown(A, "x")).isEqualTo("success: b");
  }

  @Test
  void aCommitThatTheForgeRefusesDoesNotHoldUpOthers() throws Exception {
    forge.failNext(new ForgeException("404", false, null, null));
    reconciler.want(A, List.of(status("x", State.SUCCESS, "a")), false);
    reconciler.want(B, List.of(status("x", State.SUCCESS, "b")), false);
    await().until(() -> forge.posts().size() == 2);
    assertThat(forge.shown(A, "x")).isEqualTo("success: a");
  }

  @Test
  void onlyTheNewestWishOfManyCounts() throws Exception {
    ForgeException away = new ForgeException("503", true, null, null);
    forge.failNext(away);
    synchronized (forge) { // It answers nobody meanwhile.
      for (int i = 0; i < 100; i++) {
        reconciler.want(A, List.of(status("x", State.PENDING, "step " + i)), false);
      }
      reconciler.want(A, List.of(status("x", State.SUCCESS, "end")), false);
    }
    quiet();
    assertThat(forge.shown(A, "x")).isEqualTo("success: end");
    assertThat(forge.posts()).hasSize(1);
  }

  @Test
  void aFulfilledLastWishIsToldAndForgotten() throws Exception {
    reconciler.want(A, List.of(status("x", State.SUCCESS, "a")), true);
    await().until(() -> done.contains(A));
    reconciler.want(A, List.of(status("x", State.SUCCESS, "a")), false);
    await().until(() -> forge.asked() == 2);
    quiet();
    assertThat(forge.posts()).hasSize(1);
  }

  @Test
  void callsToTheForgeAreCountedByHowTheyEnd() throws Exception {
    forge.failNext(new ForgeException("503", true, null, null));
    reconciler.want(A, List.of(status("x", State.SUCCESS, "a")), false);
    quiet();
    assertThat(
            meters
                .get("meshkeel.forge.calls")
                .tag("call", "statuses")
                .tag("outcome", "retry")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(
            meters
                .get("meshkeel.forge.calls")
                .tag("call", "post")
                .tag("outcome", "ok")
                .timer()
                .count())
        .isEqualTo(1);
  }
}
