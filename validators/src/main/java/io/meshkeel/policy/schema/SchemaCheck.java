package io.meshkeel.policy.schema;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.Fix;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.policy.admission.Admission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks objects against the schemas of one Istio version and of the Gateway API. What it says
 * depends on the object and the version only, so it may be remembered. Any thread.
 */
public final class SchemaCheck {
  /** The Istio versions whose schemas are known, oldest first. */
  public static final List<String> ISTIO_VERSIONS = List.of("1.29", "1.30", "1.31");

  /** The version of the Gateway API, standard channel, whatever the version of Istio. */
  public static final String GATEWAY_API_VERSION = "1.6";

  /** Where one of these is found, the API server doesn't ask its CEL rules. */
  private static final Set<SchemaError> BLOCKING =
      Set.of(SchemaError.TYPE, SchemaError.REQUIRED, SchemaError.BOUNDS, SchemaError.DUPLICATE);

  private final String istioVersion;
  private final int minor;
  private final SchemaCatalog istio;
  private final SchemaCatalog gateway;

  SchemaCheck(String istioVersion, SchemaCatalog istio, SchemaCatalog gateway) {
    this.istioVersion = istioVersion;
    this.minor = Integer.parseInt(istioVersion.substring(istioVersion.indexOf('.') + 1));
    this.istio = istio;
    this.gateway = gateway;
  }

  /**
   * The check for a version; the schemas are read once.
   *
   * @param istioVersion one of {@link #ISTIO_VERSIONS}
   * @throws IllegalArgumentException if the version isn't known
   */
  public static SchemaCheck of(String istioVersion) {
    if (!ISTIO_VERSIONS.contains(istioVersion)) {
      throw new IllegalArgumentException(
          "Istio '" + istioVersion + "' is not one of " + String.join(", ", ISTIO_VERSIONS));
    }
    return new SchemaCheck(
        istioVersion,
        SchemaCatalog.load("istio-" + istioVersion),
        SchemaCatalog.load("gateway-" + GATEWAY_API_VERSION));
  }

  /** One of {@link #ISTIO_VERSIONS}. */
  public String istioVersion() {
    return istioVersion;
  }

  /**
   * Everything that is wrong with a new object, up to {@link SchemaWalk#MAX_VIOLATIONS}; empty if
   * the API server would create it.
   */
  public List<SchemaViolation> check(Manifest manifest) {
    return check(manifest, Optional.empty());
  }

  /**
   * Everything that is wrong with an object, up to {@link SchemaWalk#MAX_VIOLATIONS}; empty if the
   * API server would take it.
   *
   * @param before the object that it replaces, for rules about the change
   */
  public List<SchemaViolation> check(Manifest manifest, Optional<Manifest> before) {
    GroupKind kind = manifest.key().groupKind();
    SchemaCatalog catalog = catalog(kind.group());
    Schema schema = catalog.schema(kind, manifest.apiVersion());
    if (schema == null) {
      return List.of(
          catalog.hasKind(kind)
              ? version(catalog, kind, manifest.apiVersion())
              : kind(catalog, kind));
    }
    Map<String, Object> content = SchemaDefaults.fill(manifest.content(), schema);
    List<SchemaViolation> structure = new SchemaWalk().check(content, schema);
    if (structure.stream().anyMatch(violation -> BLOCKING.contains(violation.error()))) {
      return withoutMeant(structure);
    }
    Map<String, Object> old =
        before.map(each -> SchemaDefaults.fill(each.content(), schema)).orElse(null);
    List<SchemaViolation> rules = shortened(structure, RuleWalk.check(content, old, schema));
    return catalog == istio ? shortened(rules, admission(manifest, rules)) : rules;
  }

  /** Whether the definition of an object's kind has a rule about a change. */
  public boolean hasTransitionRules(Manifest manifest) {
    GroupKind kind = manifest.key().groupKind();
    Schema schema = catalog(kind.group()).schema(kind, manifest.apiVersion());
    return schema != null && schema.hasTransitionRules;
  }

  /** A field that is missing since its name is misspelt is told by that name alone. */
  private static List<SchemaViolation> withoutMeant(List<SchemaViolation> structure) {
    Set<JsonPath> meant = new HashSet<>();
    for (SchemaViolation violation : structure) {
      if (violation.error() == SchemaError.UNKNOWN_FIELD && violation.fix() != null) {
        for (Fix.Edit edit : violation.fix().edits()) {
          if (edit instanceof Fix.Rename rename) {
            List<Object> path = new ArrayList<>(rename.path().segments());
            path.set(path.size() - 1, rename.name());
            meant.add(new JsonPath(path));
          }
        }
      }
    }
    return structure.stream()
        .filter(violation ->
            violation.error() != SchemaError.REQUIRED || !meant.contains(violation.path()))
        .toList();
  }

  /** What istiod would refuse beyond that; where a rule says the same already, nothing. */
  private List<SchemaViolation> admission(Manifest manifest, List<SchemaViolation> told) {
    Set<JsonPath> places =
        told.stream().map(SchemaViolation::path).collect(Collectors.toUnmodifiableSet());
    return Admission.check(manifest, minor).stream()
        .filter(refusal -> !places.contains(refusal.path()))
        .map(refusal ->
            new SchemaViolation(
                SchemaError.ADMISSION, refusal.path(), refusal.message(), refusal.remediation()))
        .toList();
  }

  private static List<SchemaViolation> shortened(
      List<SchemaViolation> first, List<SchemaViolation> more) {
    return more.isEmpty()
        ? first
        : Stream.concat(first.stream(), more.stream()).limit(SchemaWalk.MAX_VIOLATIONS).toList();
  }

  /**
   * The content of an object with the {@code default} values of its schema filled in, as the API
   * server stores it; the same map if there is nothing to fill in. Istio's kinds have no defaults,
   * those of the Gateway API have.
   */
  public Map<String, Object> withDefaults(Manifest manifest) {
    GroupKind kind = manifest.key().groupKind();
    Schema schema = catalog(kind.group()).schema(kind, manifest.apiVersion());
    return schema == null ? manifest.content() : SchemaDefaults.fill(manifest.content(), schema);
  }

  /**
   * The content of an object without what {@link #withDefaults} would fill in again: as short as it
   * can be declared. A field that must be there stays.
   */
  public Map<String, Object> withoutDefaults(Manifest manifest) {
    GroupKind kind = manifest.key().groupKind();
    Schema schema = catalog(kind.group()).schema(kind, manifest.apiVersion());
    return schema == null ? manifest.content() : SchemaDefaults.strip(manifest.content(), schema);
  }

  private SchemaCatalog catalog(String group) {
    return gateway.hasGroup(group) ? gateway : istio;
  }

  private String release(SchemaCatalog catalog) {
    return catalog == gateway
        ? "the Gateway API " + GATEWAY_API_VERSION + " (standard channel)"
        : "Istio " + istioVersion;
  }

  private SchemaViolation kind(SchemaCatalog catalog, GroupKind kind) {
    Set<String> known = catalog.kinds(kind.group());
    return new SchemaViolation(
        SchemaError.KIND,
        JsonPath.of("kind"),
        release(catalog)
            + " has no kind "
            + kind.kind()
            + " in "
            + kind.group()
            + ClosestName.hint(kind.kind(), known),
        known.isEmpty() ? "remove the object" : "use one of " + String.join(", ", known),
        ClosestName.slip(kind.kind(), known)
            .map(meant -> Fixes.put(JsonPath.of("kind"), meant))
            .orElse(null));
  }

  private SchemaViolation version(SchemaCatalog catalog, GroupKind kind, String apiVersion) {
    String served = kind.group() + "/" + catalog.preferred(kind).orElse("v1");
    return new SchemaViolation(
        SchemaError.VERSION,
        JsonPath.of("apiVersion"),
        release(catalog)
            + " doesn't serve "
            + kind.kind()
            + " as "
            + apiVersion
            + ", only as "
            + String.join(", ", catalog.versions(kind)),
        "write " + served,
        // All versions of an Istio kind share one schema, so nothing else can be meant.
        catalog == istio ? Fixes.put(JsonPath.of("apiVersion"), served) : null);
  }
}
