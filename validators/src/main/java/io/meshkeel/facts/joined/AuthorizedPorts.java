package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.joined.PolicyFields.Field;
import io.meshkeel.facts.security.Access;
import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.service.ServedPort;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules of AuthorizationPolicies that can't mean on a port what they say: {@code
 * pilot/pkg/security/authz/model/model.go} of istio/istio, release 1.31, leaves a rule out of an
 * {@code ALLOW} policy, and widens one of a {@code DENY} policy, whose fields only HTTP has, on a
 * port of bytes; and where mTLS is off no caller has an identity. Told of an AuthorizationPolicy:
 * {@code httpOnTcp} {@code {path, field, action, port, workload, services}}, {@code noIdentity}
 * {@code {path, field, action, workload, by, byPath}}.
 */
final class AuthorizedPorts extends KeptIndex {
  private final JoinedMesh mesh;
  private final Optional<String> unknown;

  AuthorizedPorts(JoinedMesh mesh) {
    this.mesh = mesh;
    this.unknown = mesh.unknownWorkloads();
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest policy = object.declaration().manifest();
    if (!policy.key().kind().equals("AuthorizationPolicy")) {
      return;
    }
    unknown.ifPresent(why -> {
      slice.unjudged("M424", why);
      slice.unjudged("M425", why);
    });
    String action = JsonTree.string(policy.spec(), "action", "ALLOW");
    if (!action.equals("ALLOW") && !action.equals("DENY")) {
      return;
    }
    List<Object> onTcp = new ArrayList<>();
    List<Object> noIdentity = new ArrayList<>();
    for (int rule = 0; rule < PolicyFields.rules(policy.spec()); rule++) {
      List<Field> http = PolicyFields.http(policy.spec(), rule);
      List<Field> identity = PolicyFields.identity(policy.spec(), rule);
      if (http.isEmpty() && identity.isEmpty()) {
        continue;
      }
      boolean tcpTold = http.isEmpty();
      boolean dead = !tcpTold && action.equals("ALLOW") && isDead(policy.key(), rule);
      boolean identityTold = identity.isEmpty();
      for (Workload workload : mesh.reach().ofAuthorization(policy.key())) {
        if (mesh.proxyUnknown(workload)) {
          slice.unjudged("M424", JoinedMesh.PROXY_UNKNOWN);
          slice.unjudged("M425", JoinedMesh.PROXY_UNKNOWN);
        }
        if (workload.role() != Proxy.Role.SIDECAR
            || mesh.ambient(workload)
            || !mesh.hasProxy(workload)) {
          continue;
        }
        if (!tcpTold) {
          Optional<Object> fact =
              onTcp(policy.key(), action, rule, http.getFirst(), workload, dead);
          fact.ifPresent(onTcp::add);
          tcpTold = fact.isPresent();
        }
        if (!identityTold) {
          Optional<Object> fact =
              noIdentity(policy.key(), action, rule, identity.getFirst(), workload);
          fact.ifPresent(noIdentity::add);
          identityTold = fact.isPresent();
        }
      }
    }
    slice.put("httpOnTcp", List.copyOf(onTcp));
    slice.put("noIdentity", List.copyOf(noIdentity));
  }

  /** Whether nothing that the rule reaches has a port on which it can match. */
  private boolean isDead(ResourceKey policy, int rule) {
    for (Workload workload : mesh.reach().ofAuthorization(policy)) {
      List<ServedPort> ports = ports(workload);
      if (workload.role() != Proxy.Role.SIDECAR
          || ports.isEmpty()
          || ports.stream()
              .anyMatch(port ->
                  mesh.state()
                      .authorizations()
                      .takes(
                          policy,
                          rule,
                          port.number(),
                          port.protocol().wire() != Protocol.Wire.TCP,
                          true))) {
        return false;
      }
    }
    return true;
  }

  private List<ServedPort> ports(Workload workload) {
    return ServedPort.of(workload, mesh.state().services().selecting(workload)).stream()
        .filter(port -> !port.uses().isEmpty())
        .toList();
  }

  private EffectiveMtls mtls(Workload workload) {
    return mesh.state()
        .peerAuthentications()
        .of(workload.key().namespace(), workload.proxyLabels());
  }

  private boolean nobody(Workload workload, long port, boolean http, MtlsMode mode) {
    return mesh.state()
            .authorizations()
            .access(
                workload.key().namespace(),
                workload.proxyLabels(),
                workload.role(),
                port,
                http,
                mode)
            .verdict()
        == Access.Verdict.NOBODY;
  }

  private Optional<Object> onTcp(
      ResourceKey policy, String action, int rule, Field field, Workload workload, boolean dead) {
    for (ServedPort port : ports(workload)) {
      if (port.protocol().wire() != Protocol.Wire.TCP) {
        continue;
      }
      MtlsMode mode = mtls(workload).of(port.number()).mode();
      boolean identities = mode != MtlsMode.DISABLE;
      boolean wrong =
          action.equals("DENY")
              ? mesh.state().authorizations().takes(policy, rule, port.number(), false, identities)
              : mesh.state().authorizations().takes(policy, rule, port.number(), true, identities)
                  && (dead || nobody(workload, port.number(), false, mode));
      if (wrong) {
        Map<String, Object> fact = new HashMap<>();
        fact.put("path", field.path());
        fact.put("field", field.name());
        fact.put("action", action);
        fact.put("port", Long.toString(port.number()));
        fact.put("protocol", port.protocol().word());
        fact.put("workload", workload.key().toString());
        fact.put(
            "services",
            port.uses().stream().map(use -> use.service().toString()).distinct().toList());
        return Optional.of(Map.copyOf(fact));
      }
    }
    return Optional.empty();
  }

  private Optional<Object> noIdentity(
      ResourceKey policy, String action, int rule, Field field, Workload workload) {
    EffectiveMtls mtls = mtls(workload);
    for (ServedPort port : ports(workload)) {
      EffectiveMtls.Decided decided = mtls.of(port.number());
      if (decided.mode() != MtlsMode.DISABLE
          || !mesh.state().authorizations().takes(policy, rule, port.number(), true, true)) {
        continue;
      }
      boolean http = port.protocol().wire() != Protocol.Wire.TCP;
      if (mtls.whole().mode() == MtlsMode.DISABLE
          || action.equals("DENY")
          || nobody(workload, port.number(), http, MtlsMode.DISABLE)) {
        return Optional.of(fact(field, action, workload, decided));
      }
    }
    return ports(workload).isEmpty() && mtls.whole().mode() == MtlsMode.DISABLE
        ? Optional.of(fact(field, action, workload, mtls.whole()))
        : Optional.empty();
  }

  private static Map<String, Object> fact(
      Field field, String action, Workload workload, EffectiveMtls.Decided decided) {
    return Map.of(
        "path", field.path(),
        "field", field.name(),
        "action", action,
        "workload", workload.key().toString(),
        "by", decided.by().map(key -> key.namespace() + "/" + key.name()).orElse(""),
        "byPath", decided.path());
  }
}
