package io.meshkeel.facts.joined;

import io.meshkeel.facts.Hosts;
import io.meshkeel.model.Mesh;
import java.util.ArrayList;
import java.util.List;

/**
 * What the egress hosts of a Sidecar take in: {@code convertIstioListenerToWrapper} and {@code
 * selectServices} in {@code pilot/pkg/model/sidecar.go} of istio/istio. From release 1.31 on a
 * {@code ~} before a namespace leaves its hosts out; alone before the slash it does so for all.
 */
final class EgressHosts {
  private static final int LEAVING_OUT = 31;

  private record Entry(String namespace, String host) {
    boolean isOf(String client, String owner) {
      return switch (namespace) {
        case "*" -> true;
        case "." -> owner.equals(client);
        default -> owner.equals(namespace);
      };
    }
  }

  private final List<Entry> taken = new ArrayList<>();
  private final List<Entry> leftOut = new ArrayList<>();

  /**
   * @param written as {@code namespace/host}; others are passed over
   */
  EgressHosts(List<String> written, Mesh.Spec mesh) {
    boolean leaving =
        Integer.parseInt(mesh.istioVersion().substring(mesh.istioVersion().indexOf('.') + 1))
            >= LEAVING_OUT;
    for (String one : written) {
      int slash = one.indexOf('/');
      if (slash < 0) {
        continue;
      }
      String namespace = one.substring(0, slash);
      String host = one.substring(slash + 1);
      if (leaving && namespace.startsWith("~")) {
        String plain = namespace.substring(1);
        leftOut.add(new Entry(plain.isEmpty() ? "*" : plain, host));
      } else {
        taken.add(new Entry(namespace, host));
      }
    }
  }

  boolean isEmpty() {
    return taken.isEmpty() && leftOut.isEmpty();
  }

  /**
   * Whether it is taken in.
   *
   * @param client namespace of the proxies
   * @param owner namespace of the service or VirtualService
   */
  boolean take(String client, String owner, String host) {
    return taken.stream().anyMatch(one -> one.isOf(client, owner) && Hosts.meet(one.host(), host))
        && leftOut.stream()
            .noneMatch(one -> one.isOf(client, owner) && Hosts.covers(one.host(), host));
  }
}
