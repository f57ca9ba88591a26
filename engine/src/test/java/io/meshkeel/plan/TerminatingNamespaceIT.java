package io.meshkeel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.apply.Outcome;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.NamespaceSidecar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A namespace on its way out: no controller manager runs here, so it stays like this. */
class TerminatingNamespaceIT extends OwnKindsOnServer {
  private void terminate() {
    SERVER.admin().namespaces().withName(namespace).delete();
    assertThat(
            SERVER
                .admin()
                .namespaces()
                .withName(namespace)
                .get()
                .getMetadata()
                .getDeletionTimestamp())
        .isNotNull();
  }

  @Test
  void takesNoObjectAndTheReasonIsToldAndTriedAgain() throws Exception {
    terminate();
    Manifest entry =
        Declared.object(
            "networking.istio.io/v1",
            "ServiceEntry",
            namespace,
            "api",
            Map.of(),
            Map.of(
                "hosts",
                List.of("api.example.com"),
                "location",
                "MESH_EXTERNAL",
                "resolution",
                "DNS",
                "ports",
                List.of(Map.of("number", 443L, "name", "tls", "protocol", "TLS"))));
    DesiredState state = Declared.state(entry);
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    ApplyResult result =
        new Applier(8)
            .apply(Planner.plan(state, live), cluster, live, Optional.empty(), () -> false);

    assertThat(result.complete()).isFalse();
    assertThat(result.outcomes().get(entry.key()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(FailureReason.APPLY_FAILED);
              assertThat(failed.retryable()).isTrue();
              assertThat(failed.message())
                  .isEqualTo(
                      "apply ServiceEntry "
                          + namespace
                          + "/api: its namespace is being deleted; it is applied once the"
                          + " namespace is gone and made anew, or take it out of the mesh");
            });
  }

  @Test
  void getsNoLabelAndTheReasonIsTold() throws Exception {
    terminate();
    Plan plan =
        plan(
            new NamespaceSidecar(
                document("NamespaceSidecar", "n"),
                ClusterChoice.ALL,
                List.of(namespace),
                NamespaceSidecar.Injection.ENABLED,
                Optional.empty()));

    assertThat(plan.writes()).isFalse();
    assertThat(plan.skipped())
        .singleElement()
        .satisfies(skipped ->
            assertThat(skipped.message())
                .isEqualTo(
                    "it is being deleted; what is declared for it is written when it is there"
                        + " again"));
  }
}
