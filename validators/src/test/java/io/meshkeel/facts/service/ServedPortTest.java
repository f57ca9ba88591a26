package io.meshkeel.facts.service;

import static io.meshkeel.facts.ClusterObjects.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Inventory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServedPortTest {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - name: web
              ports: [{containerPort: 8080, name: main}, {containerPort: 9090}, {containerPort: 53, protocol: UDP}]
      """;

  private static String service(String name, String ports) {
    return """
    ---
    {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: shop}, spec: {selector: {app: web}, ports: [%s]}}
    """
        .formatted(name, ports);
  }

  private static List<ServedPort> ports(String yaml) {
    ClusterInventory east = cluster("east", yaml);
    Services services =
        Services.of(MeshSpecs.revision("default"), new Inventory(Map.of(east.cluster(), east)));
    Workload workload = Workloads.of(east).all().getFirst();
    return ServedPort.of(workload, services.selecting(workload));
  }

  @Test
  void aPortThatNoServiceLeadsToIsSniffed() {
    assertThat(ports(WEB))
        .extracting(ServedPort::number, ServedPort::protocol)
        .containsExactly(tuple(8080L, Protocol.UNKNOWN), tuple(9090L, Protocol.UNKNOWN));
  }

  @Test
  void theServiceGivesTheProtocolOfItsTarget() {
    List<ServedPort> ports =
        ports(
            WEB
                + service(
                    "web",
                    "{port: 80, name: http, targetPort: main}, {port: 9090, name: tcp-x},"
                        + " {port: 5, name: udp, protocol: UDP}, {port: 7, targetPort: none},"
                        + " {port: 7070, name: grpc}"));

    assertThat(ports)
        .extracting(ServedPort::number, ServedPort::protocol)
        .containsExactly(
            tuple(7070L, Protocol.GRPC), tuple(8080L, Protocol.HTTP), tuple(9090L, Protocol.TCP));
  }

  @Test
  void twoServicesMayDisputeAPort() {
    List<ServedPort> ports =
        ports(
            WEB
                + service("a", "{port: 80, name: http, targetPort: 8080}")
                + service("b", "{port: 80, name: tcp, targetPort: 8080}")
                + service("c", "{port: 81, name: http, targetPort: 9090}")
                + service("d", "{port: 82, name: http, targetPort: 9090}"));

    assertThat(ports).extracting(ServedPort::disputed).containsExactly(true, false);
    assertThat(ports.getFirst().protocol()).isEqualTo(Protocol.HTTP);
    assertThat(ports.getFirst().uses())
        .extracting(use -> use.service().name())
        .containsExactly("a", "b");
  }

  @Test
  void aWorkloadEntryMapsTheNameOfTheServicesPort() {
    assertThat(
            ports(
                """
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: vm, namespace: shop}
                spec: {address: 1.1.1.1, labels: {app: web}, ports: {http: 8888}}
                """
                    + service("web", "{port: 80, name: http, targetPort: 8080}, {port: 81}")))
        .extracting(ServedPort::number)
        .containsExactly(81L, 8888L);
  }
}
