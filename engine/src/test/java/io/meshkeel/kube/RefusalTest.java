package io.meshkeel.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.FailureReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  @ParameterizedTest
  @CsvSource({
    "401, '', CREDENTIAL_INVALID, false",
    "400, 'admission webhook \"v.istio.io\" denied the request: no', APPLY_REFUSED, false",
    "403, 'admission webhook \"v.istio.io\" denied the request: no', APPLY_REFUSED, false",
    "403, 'x is forbidden: User \"u\" cannot patch resource \"gateways\" in API group \"networking.istio.io\" in the namespace \"n\"', CLUSTER_FORBIDDEN, false",
    "404, '', KIND_NOT_SERVED, false",
    "409, 'changed', APPLY_CONFLICT, true",
    "422, 'invalid', APPLY_REFUSED, false",
    "429, 'slow down', APPLY_FAILED, true",
    "500, 'failed calling webhook', APPLY_FAILED, true",
    "500, 'failed to create typed patch object (a): .spec.x: field not declared', APPLY_REFUSED, false",
    "503, '', APPLY_FAILED, true",
    "418, '', APPLY_FAILED, false"
  })
  void everyAnswerHasItsReason(int code, String message, FailureReason reason, boolean retry) {
    ClusterException refusal = Refusal.of(code, Map.of("message", message), "apply X a/b");
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.retryable()).isEqualTo(retry);
    assertThat(refusal).hasMessageStartingWith("apply X a/b: ");
  }

  @Test
  void aNamespaceThatIsGoingIsWaitedFor() {
    ClusterException refusal =
        Refusal.of(
            403,
            Map.of(
                "message",
                "forbidden",
                "details",
                Map.of("causes", List.of(Map.of("reason", "NamespaceTerminating")))),
            "apply X a/b");
    assertThat(refusal.retryable()).isTrue();
    assertThat(refusal).hasMessageContaining("is being deleted");
  }

  @Test
  void everyConflictIsNamed() {
    ClusterException refusal =
        Refusal.of(
            409,
            Map.of(
                "details",
                Map.of(
                    "causes",
                    List.of(conflict("helm", ".spec.hosts"), conflict("argo", ".spec.http")))),
            "apply X a/b");
    assertThat(refusal)
        .hasMessageContaining("spec.hosts is owned by 'helm', spec.http is owned by 'argo'")
        .hasMessageContaining("spec.conflicts: Take");
    assertThat(refusal.retryable()).isFalse();
  }

  private static Map<String, Object> conflict(String manager, String field) {
    return Map.of(
        "reason",
        "FieldManagerConflict",
        "message",
        "conflict with \"" + manager + "\" using v1",
        "field",
        field);
  }

  @Test
  void messagesAreOneBoundedLineWithoutSecrets() {
    String text =
        ServerText.oneLine(
            "line\nbreak\u0000\u202e token eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMzQ1Njc4OTAxMjM0NTY3ODkw "
                + "word ".repeat(1000));
    assertThat(text)
        .startsWith("line break token … word")
        .hasSizeLessThanOrEqualTo(ServerText.MAX_LENGTH)
        .endsWith("…");
  }

  @Test
  void onlyKindsOfTheListAreEverLookedAt() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> KindScope.all(new io.meshkeel.model.GroupKind("", "Secret")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Secret");
  }
}
