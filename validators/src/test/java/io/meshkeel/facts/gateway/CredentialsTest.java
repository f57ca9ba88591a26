package io.meshkeel.facts.gateway;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.ObservedKinds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialsTest {
  private static final ClusterName POD = new ClusterName("pod");
  private static final ClusterName CONFIG = new ClusterName("config");

  private static String secret(String id, String keys) {
    String[] names = id.split("/");
    StringBuilder data = new StringBuilder();
    for (String key : keys.split(" ")) {
      data.append(data.isEmpty() ? "" : ", ").append(key).append(": ''");
    }
    return "{apiVersion: v1, kind: Secret, metadata: {namespace: %s, name: %s}, data: {%s}}\n---\n"
        .formatted(names[0], names[1], data);
  }

  private static Credentials credentials(String pod, String config) {
    Map<ClusterName, ClusterInventory> clusters = new HashMap<>();
    clusters.put(POD, cluster("pod", Set.of(ObservedKinds.SECRET), pod));
    clusters.put(CONFIG, cluster("config", Set.of(ObservedKinds.SECRET), config));
    return new Credentials(new Inventory(clusters), List.of(CONFIG));
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "tls.crt tls.key, edge/cert, Found",
    "cert key, edge/cert, Found",
    "cert key cacert, edge/cert, Found",
    "tls.crt, edge/cert, Incomplete",
    "tls.crt key, edge/cert, Incomplete",
    "ca.crt, edge/cert, Incomplete",
    "tls.crt tls.key, shop/cert, Missing",
    "tls.crt tls.key, edge/other, Missing",
  })
  void theSecretOfThePodsNamespaceIsTaken(String keys, String id, String answer) {
    assertThat(
            credentials(secret(id, keys), "")
                .certificate("cert", "edge", POD)
                .getClass()
                .getSimpleName())
        .isEqualTo(answer);
  }

  @Test
  void thePodsClusterCountsBeforeTheControlPlanes() {
    String good = secret("edge/cert", "tls.crt tls.key");

    assertThat(credentials(good, good).certificate("cert", "edge", POD))
        .isEqualTo(new CredentialAnswer.Found(POD));
    assertThat(credentials("", good).certificate("cert", "edge", POD))
        .isEqualTo(new CredentialAnswer.Found(CONFIG));
    assertThat(credentials(secret("edge/cert", "tls.crt"), good).certificate("cert", "edge", POD))
        .as("one that lacks a key is passed over")
        .isEqualTo(new CredentialAnswer.Found(CONFIG));
    assertThat(credentials(good, "").certificate("cert", "edge", CONFIG))
        .as("a pod of the control plane's cluster reads nowhere else")
        .isEqualTo(new CredentialAnswer.Missing("edge", "cert", List.of(CONFIG)));
  }

  @Test
  void tellsWhatIsNeededAndWhereItWasLookedFor() {
    assertThat(credentials(secret("edge/cert", "tls.crt"), "").certificate("cert", "edge", POD))
        .isEqualTo(
            new CredentialAnswer.Incomplete(POD, List.of("cert and key", "tls.crt and tls.key")));
    assertThat(credentials("", "").certificate("cert", "edge", POD))
        .isEqualTo(new CredentialAnswer.Missing("edge", "cert", List.of(POD, CONFIG)));
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource({
    "edge/cert, tls.crt tls.key ca.crt, Found",
    "edge/cert, cert key cacert, Found",
    "edge/cert, tls.crt tls.key, Incomplete",
    "edge/cert-cacert, ca.crt, Found",
    "edge/cert-cacert, cacert, Found",
    "edge/cert-cacert, tls.crt, Incomplete",
    "edge/none, ca.crt, Missing",
  })
  void anAuthorityStandsInASecretOfItsOwnOrInTheSame(String id, String keys, String answer) {
    assertThat(
            credentials(secret(id, keys), "")
                .authority("cert", "edge", POD)
                .getClass()
                .getSimpleName())
        .isEqualTo(answer);
  }

  @Test
  void aSecretOfAnotherNamespaceIsRefused() {
    Credentials credentials = credentials(secret("shop/cert", "tls.crt tls.key"), "");

    assertThat(credentials.certificate("kubernetes://shop/cert", "edge", POD))
        .isEqualTo(
            new CredentialAnswer.Refused("a pod of namespace edge may not read a Secret of shop"));
    assertThat(credentials.certificate("kubernetes://shop/cert", "shop", POD))
        .isEqualTo(new CredentialAnswer.Found(POD));
    assertThat(credentials.certificate("kubernetes://cert", "shop", POD))
        .isEqualTo(new CredentialAnswer.Found(POD));
    assertThat(credentials.certificate("kubernetes-gateway://shop/cert", "shop", POD))
        .isInstanceOf(CredentialAnswer.Refused.class);
    assertThat(credentials.certificate("builtin://", "shop", POD))
        .isEqualTo(new CredentialAnswer.Found(POD));
  }

  @Test
  void whatWasNotLookedAtLeavesTheAnswerOpen() {
    Credentials nothing = new Credentials(Inventory.NONE, List.of(CONFIG));
    assertThat(nothing.certificate("cert", "edge", POD)).isEqualTo(new CredentialAnswer.Unknown());

    ClusterInventory pod = cluster("pod", Set.of(ObservedKinds.SECRET), "");
    Credentials half = new Credentials(new Inventory(Map.of(POD, pod)), List.of(CONFIG));
    assertThat(half.certificate("cert", "edge", POD)).isEqualTo(new CredentialAnswer.Unknown());
  }
}
