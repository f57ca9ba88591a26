package io.meshkeel.facts.security;

import java.util.Optional;

/**
 * What rules of authorization compare: the attributes of {@code
 * pilot/pkg/security/authz/model/model.go} of istio/istio, release 1.31.
 */
enum Attribute {
  SOURCE_PRINCIPAL("source.principal", Kind.IDENTITY),
  SOURCE_NAMESPACE("source.namespace", Kind.IDENTITY),
  SOURCE_SERVICE_ACCOUNT("source.serviceAccount", Kind.IDENTITY),
  SOURCE_TRUST_DOMAIN("source.trustDomain", Kind.IDENTITY),
  SOURCE_IP("source.ip", Kind.ADDRESS),
  REMOTE_IP("remote.ip", Kind.ADDRESS),
  REQUEST_PRINCIPAL("request.auth.principal", Kind.HTTP_CALLER),
  REQUEST_AUDIENCES("request.auth.audiences", Kind.HTTP_CALLER),
  REQUEST_PRESENTER("request.auth.presenter", Kind.HTTP_CALLER),
  REQUEST_CLAIMS("request.auth.claims", Kind.HTTP_CALLER),
  REQUEST_HEADERS("request.headers", Kind.HTTP_CALLER),
  HOST("host", Kind.HTTP_TARGET),
  METHOD("method", Kind.HTTP_TARGET),
  PATH("path", Kind.HTTP_TARGET),
  DESTINATION_PORT("destination.port", Kind.PORT),
  DESTINATION_IP("destination.ip", Kind.TARGET),
  SNI("connection.sni", Kind.TARGET),
  ENVOY_FILTER("experimental.envoy.filters.", Kind.TARGET);

  /** What sort of thing it is. */
  enum Kind {
    /** Told by the certificate of the caller's proxy: nothing without mTLS. */
    IDENTITY,
    ADDRESS,
    /** Of the caller, in an HTTP request. */
    HTTP_CALLER,
    /** Of what is called, in an HTTP request. */
    HTTP_TARGET,
    PORT,
    TARGET
  }

  private final String key;
  private final Kind kind;

  Attribute(String key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** As {@code when} names it. */
  String key() {
    return key;
  }

  boolean httpOnly() {
    return kind == Kind.HTTP_CALLER || kind == Kind.HTTP_TARGET;
  }

  /** Whether it says something of the caller: a principal of Envoy's RBAC, not a permission. */
  boolean ofCaller() {
    return kind == Kind.IDENTITY || kind == Kind.ADDRESS || kind == Kind.HTTP_CALLER;
  }

  /**
   * The key of a {@code when}; empty for one that istiod doesn't know, which makes it leave the
   * whole rule out.
   */
  static Optional<Condition.Key> of(String when) {
    for (Attribute attribute : values()) {
      boolean parameter =
          switch (attribute) {
            case REQUEST_CLAIMS, REQUEST_HEADERS, ENVOY_FILTER -> true;
            default -> false;
          };
      boolean unknown =
          switch (attribute) {
            case HOST, METHOD, PATH -> true;
            default -> false;
          };
      if (!unknown && (parameter ? when.startsWith(attribute.key) : when.equals(attribute.key))) {
        return Optional.of(new Condition.Key(attribute, when.substring(attribute.key.length())));
      }
    }
    return Optional.empty();
  }
}
