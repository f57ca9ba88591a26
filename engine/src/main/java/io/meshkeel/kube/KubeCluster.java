package io.meshkeel.kube;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.RemoteSecrets;
import io.meshkeel.kube.Transport.Answer;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.ServedSchemas;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real cluster, over fabric8's HTTP client. Sends what was declared as it is: typed classes would
 * lose nothing but cost a conversion each way.
 */
public final class KubeCluster implements Cluster {
  /** How long a call may take, if nothing is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** Objects in a page of a list. */
  public static final int PAGE = 500;

  /** The same for kinds whose objects may have a megabyte each. */
  static final int PAGE_OF_LARGE = 40;

  private static final Set<GroupKind> LARGE =
      Set.of(ObservedKinds.SECRET, ObservedKinds.CONFIG_MAP, ObservedKinds.DEFINITION);

  /** Each revision of a release is a Secret of up to a megabyte that says nothing of a mesh. */
  private static final String NO_HELM = "type!=helm.sh/release.v1";

  /** How often an object that changes meanwhile is let go of before it counts as failed. */
  private static final int RELEASE_ATTEMPTS = 5;

  private static final String JSON = "application/json";
  private static final String APPLY = "application/apply-patch+yaml";

  /**
   * Server-side apply refuses a field that the schema lacks, whatever is asked for here: to have it
   * looked for once more, as is the default, costs a tenth of an API server's rate.
   */
  private static final String VALIDATION = "Ignore";

  private static final String JSON_PATCH = "application/json-patch+json";

  /** DNS subdomains, and for some kinds a little more: nothing that bends a URL. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  private final Transport transport;
  private final Discovery discovery;
  private final Credentials credentials;

  private KubeCluster(Transport transport, Credentials credentials) {
    this.transport = transport;
    this.credentials = credentials;
    this.discovery = new Discovery(transport);
  }

  /** Opens a connection with {@link #DEFAULT_TIMEOUT}; asks the server nothing yet. */
  public static KubeCluster connect(Kubeconfig kubeconfig) throws ClusterException {
    return connect(kubeconfig, DEFAULT_TIMEOUT);
  }

  /**
   * The same, for a cluster that gets remote secrets.
   *
   * @param credentials what these are made from
   */
  public static KubeCluster connect(Kubeconfig kubeconfig, Credentials credentials)
      throws ClusterException {
    return new KubeCluster(new Transport(kubeconfig, DEFAULT_TIMEOUT), credentials);
  }

  /**
   * Opens a connection; asks the server nothing yet.
   *
   * @param timeout of each call, watches left out
   * @throws ClusterException {@code CREDENTIAL_INVALID} if certificates or key can't be read
   */
  public static KubeCluster connect(Kubeconfig kubeconfig, Duration timeout)
      throws ClusterException {
    return new KubeCluster(new Transport(kubeconfig, timeout), Credentials.NONE);
  }

  @Override
  public Map<GroupKind, ServedKind> served() throws ClusterException {
    return discovery.ask();
  }

  @Override
  public ServedSchemas schemas(Set<String> apiVersions, ServedSchemas before)
      throws ClusterException {
    return new SchemaReading(transport)
        .read(discovery.ask(), before.askedWith(apiVersions), before);
  }

  @Override
  public Optional<LiveObject> get(ResourceKey key) throws ClusterException {
    Kinds.requireListed(key.groupKind());
    String what = "get " + key;
    ServedKind served = discovery.kind(key.groupKind(), what);
    Answer answer =
        transport.call("GET", path(served, preferred(served), key, what), null, null, JSON);
    if (answer.code() == 404) {
      ClusterException refusal = refusal(answer, what);
      if (refusal.reason() == FailureReason.KIND_NOT_SERVED) {
        throw refusal;
      }
      return Optional.empty();
    }
    return Optional.of(object(answer, served, what));
  }

  @Override
  public ObjectPage list(KindScope scope, String next)
      throws ClusterException, Watch.ExpiredException {
    String what = "list " + scope.kind();
    ServedKind served = discovery.kind(scope.kind(), what);
    String path =
        collection(served, preferred(served), scope.namespace(), what)
            + "?limit="
            + PAGE
            + selector(scope)
            + (next.isEmpty() ? "" : "&continue=" + encode(next));
    Answer answer = transport.call("GET", path, null, null, JSON);
    if (answer.code() == 410) {
      throw new Watch.ExpiredException(what);
    }
    Map<?, ?> page = parsed(answer, what);
    Map<?, ?> metadata = page.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    List<LiveObject> objects = new ArrayList<>();
    for (Map<?, ?> item : Json.maps(page.get("items"))) {
      objects.add(LiveObjects.reduce(item, scope.kind(), apiVersion(served, preferred(served))));
    }
    return new ObjectPage(
        objects, text(metadata.get("resourceVersion")), text(metadata.get("continue")));
  }

  @Override
  public ManifestPage observe(ObservedScope scope, String next)
      throws ClusterException, Watch.ExpiredException {
    GroupKind kind = scope.kind();
    String what = "list " + kind;
    ServedKind served = discovery.kind(kind, what);
    String version = preferred(served);
    String path =
        collection(served, version, scope.namespace(), what)
            + "?limit="
            + (LARGE.contains(kind) ? PAGE_OF_LARGE : PAGE)
            + selector(scope)
            + (next.isEmpty() ? "" : "&continue=" + encode(next));
    Answer answer = transport.call("GET", path, null, null, JSON);
    if (answer.code() == 410) {
      throw new Watch.ExpiredException(what);
    }
    Map<?, ?> page = parsed(answer, what);
    List<Manifest> objects = new ArrayList<>();
    for (Map<?, ?> item : Json.maps(page.get("items"))) {
      try {
        objects.add(Extract.of(item, scope, apiVersion(served, version)));
      } catch (IllegalArgumentException e) {
        throw transport.unreachable(what + ": the answer holds what is no object", e);
      }
    }
    Map<?, ?> metadata = page.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    return new ManifestPage(
        objects, text(metadata.get("resourceVersion")), text(metadata.get("continue")));
  }

  private static String selector(ObservedScope scope) {
    List<String> selectors = new ArrayList<>();
    if (!scope.name().isEmpty()) {
      selectors.add("metadata.name=" + scope.name());
    }
    if (scope.kind().equals(ObservedKinds.SECRET)) {
      selectors.add(NO_HELM);
    }
    return selectors.isEmpty() ? "" : "&fieldSelector=" + encode(String.join(",", selectors));
  }

  @Override
  public Watch watch(KindScope scope, String resourceVersion)
      throws ClusterException, Watch.ExpiredException {
    ServedKind served = discovery.kind(scope.kind(), "watch " + scope.kind());
    String apiVersion = apiVersion(served, preferred(served));
    return watch(
        served,
        scope.namespace(),
        selector(scope),
        resourceVersion,
        KubeWatch.live(scope.kind(), apiVersion));
  }

  @Override
  public Watch watch(ObservedScope scope, String resourceVersion)
      throws ClusterException, Watch.ExpiredException {
    ServedKind served = discovery.kind(scope.kind(), "watch " + scope.kind());
    String apiVersion = apiVersion(served, preferred(served));
    return watch(
        served,
        scope.namespace(),
        selector(scope),
        resourceVersion,
        KubeWatch.observed(scope, apiVersion));
  }

  private Watch watch(
      ServedKind served,
      String namespace,
      String selector,
      String resourceVersion,
      KubeWatch.Reader reader)
      throws ClusterException, Watch.ExpiredException {
    String what = "watch " + served.kind();
    String path =
        collection(served, preferred(served), namespace, what)
            + "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + KubeWatch.OPEN.toSeconds()
            + "&resourceVersion="
            + encode(resourceVersion)
            + selector;
    return KubeWatch.open(transport, reader, path, what);
  }

  @Override
  public LiveObject apply(Manifest manifest, boolean force) throws ClusterException {
    return apply(manifest, force, "");
  }

  @Override
  public LiveObject dryRun(Manifest manifest, boolean force) throws ClusterException {
    return apply(manifest, force, "&dryRun=All");
  }

  private LiveObject apply(Manifest manifest, boolean force, String more) throws ClusterException {
    ResourceKey key = manifest.key();
    String what = "apply " + key;
    ServedKind served = discovery.kind(key.groupKind(), what);
    String version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
    if (!served.versions().contains(version)) {
      throw new ClusterException(
          FailureReason.KIND_NOT_SERVED,
          what
              + ": the cluster doesn't serve "
              + ServerText.oneLine(manifest.apiVersion())
              + "; declare it as "
              + apiVersion(served, preferred(served))
              + " or install its CRD",
          false,
          null);
    }
    String path =
        path(served, version, key, what)
            + "?fieldManager="
            + LiveObjects.MANAGER
            + "&fieldValidation="
            + VALIDATION
            + "&force="
            + force
            + more;
    boolean secret = key.groupKind().equals(Kinds.SECRET);
    Map<String, Object> content =
        secret ? SecretContent.filled(manifest, credentials) : manifest.content();
    Answer answer = transport.call("PATCH", path, APPLY, Json.bytes(content), JSON);
    if (secret && !answer.good()) {
      throw Refusal.ofSecret(answer.code(), Json.statusOf(answer.body()), what);
    }
    return object(answer, served, what);
  }

  @Override
  public boolean createNamespace(String name) throws ClusterException {
    String what = "create Namespace " + name;
    requireName(name, what);
    byte[] body =
        Json.bytes(
            Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
    Answer answer =
        transport.call(
            "POST", "/api/v1/namespaces?fieldManager=" + LiveObjects.MANAGER, JSON, body, JSON);
    if (answer.code() == 409) {
      return false;
    }
    parsed(answer, what);
    return true;
  }

  @Override
  public LiveObject patch(ResourceKey key, List<JsonPatch> operations) throws ClusterException {
    String what = "patch " + key;
    ServedKind served = discovery.kind(key.groupKind(), what);
    List<Map<String, Object>> body = new ArrayList<>();
    for (JsonPatch operation : operations) {
      body.add(
          switch (operation) {
            case JsonPatch.Test test ->
                Map.of("op", "test", "path", pointer(test.path()), "value", test.value());
            case JsonPatch.Remove remove -> Map.of("op", "remove", "path", pointer(remove.path()));
          });
    }
    String path =
        path(served, preferred(served), key, what) + "?fieldManager=" + LiveObjects.MANAGER;
    Answer answer = transport.call("PATCH", path, JSON_PATCH, Json.bytes(body), JSON);
    if (answer.code() == 422 && testFailed(answer)) {
      throw new ClusterException(
          FailureReason.APPLY_CONFLICT, what + ": the object changed meanwhile", true, null);
    }
    return object(answer, served, what);
  }

  /** What an API server says when an operation of a JSON Patch can't be carried out. */
  private static boolean testFailed(Answer answer) {
    return text(Json.statusOf(answer.body()).get("message"))
        .contains("the server rejected our request due to an error in our request");
  }

  @Override
  public boolean release(ResourceKey key, String uid, Set<String> labels) throws ClusterException {
    String what = "release " + key;
    if (!Kinds.SHARED.contains(key.groupKind())) {
      requireOurs(key);
    }
    ServedKind served = discovery.kind(key.groupKind(), what);
    String path = path(served, preferred(served), key, what);
    for (int attempt = 1; attempt <= RELEASE_ATTEMPTS; attempt++) {
      Answer found = transport.call("GET", path, null, null, JSON);
      if (found.code() == 404) {
        return false;
      }
      Map<?, ?> metadata =
          parsed(found, what).get("metadata") instanceof Map<?, ?> map ? map : Map.of();
      if (!text(metadata.get("uid")).equals(uid)) {
        return false;
      }
      List<Map<String, Object>> operations = LettingGo.of(metadata, labels);
      if (operations.isEmpty()) {
        return true;
      }
      String patch = path + "?fieldManager=" + LiveObjects.MANAGER;
      Answer answer = transport.call("PATCH", patch, JSON_PATCH, Json.bytes(operations), JSON);
      if (answer.code() == 404) {
        return false;
      }
      if (answer.code() != 422 || !testFailed(answer)) {
        parsed(answer, what);
        return true;
      }
    }
    throw new ClusterException(
        FailureReason.APPLY_CONFLICT, what + ": the object keeps changing", true, null);
  }

  /** Nothing else is ever deleted or released. */
  private static void requireOurs(ResourceKey key) {
    boolean parent =
        key.groupKind().equals(Kinds.CONFIG_MAP) && key.namespace().equals(ApplySet.NAMESPACE);
    boolean remoteSecret =
        key.groupKind().equals(Kinds.SECRET) && key.name().startsWith(RemoteSecrets.PREFIX);
    if (!parent && !remoteSecret && !Kinds.APPLIED.contains(key.groupKind())) {
      throw new IllegalArgumentException(key + " is nothing that Meshkeel deletes");
    }
  }

  @Override
  public boolean delete(ResourceKey key, String uid) throws ClusterException {
    String what = "delete " + key;
    requireOurs(key);
    ServedKind served = discovery.kind(key.groupKind(), what);
    byte[] body =
        Json.bytes(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "propagationPolicy",
                "Background",
                "preconditions",
                Map.of("uid", uid)));
    Answer answer =
        transport.call("DELETE", path(served, preferred(served), key, what), JSON, body, JSON);
    if (answer.code() == 404 || answer.code() == 409) {
      // Gone already, or another object of the same name.
      return false;
    }
    parsed(answer, what);
    return true;
  }

  @Override
  public void close() {
    transport.close();
  }

  private LiveObject object(Answer answer, ServedKind served, String what) throws ClusterException {
    Map<?, ?> content = parsed(answer, what);
    try {
      return LiveObjects.reduce(content, served.kind(), apiVersion(served, preferred(served)));
    } catch (IllegalArgumentException e) {
      throw transport.unreachable(what + ": the answer is no object", e);
    }
  }

  private Map<?, ?> parsed(Answer answer, String what) throws ClusterException {
    if (!answer.good()) {
      throw refusal(answer, what);
    }
    try {
      return Json.map(answer.body());
    } catch (IOException e) {
      throw transport.unreachable(what + ": the answer is no JSON", e);
    }
  }

  private static ClusterException refusal(Answer answer, String what) {
    return Refusal.of(answer.code(), Json.statusOf(answer.body()), what);
  }

  private static String path(ServedKind served, String version, ResourceKey key, String what)
      throws ClusterException {
    if (served.namespaced() == key.namespace().isEmpty()) {
      throw new ClusterException(
          FailureReason.APPLY_REFUSED,
          what
              + (served.namespaced() ? ": it needs a namespace" : ": its kind has no namespaces")
              + "; change metadata.namespace",
          false,
          null);
    }
    requireName(key.name(), what);
    return collection(served, version, key.namespace(), what) + "/" + key.name();
  }

  private static String collection(ServedKind served, String version, String namespace, String what)
      throws ClusterException {
    if (!namespace.isEmpty()) {
      requireName(namespace, what);
    }
    return (served.kind().group().isEmpty() ? "/api/" : "/apis/" + served.kind().group() + "/")
        + version
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + served.plural();
  }

  private static void requireName(String name, String what) throws ClusterException {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw new ClusterException(
          FailureReason.APPLY_REFUSED,
          ServerText.oneLine(what) + ": the name is no DNS subdomain (RFC 1123)",
          false,
          null);
    }
  }

  private static String pointer(JsonPath path) {
    StringBuilder pointer = new StringBuilder();
    for (Object segment : path.segments()) {
      pointer.append('/').append(segment.toString().replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  private static String selector(KindScope scope) {
    return scope.name().isEmpty()
        ? ""
        : "&fieldSelector=" + encode("metadata.name=" + scope.name());
  }

  private static String preferred(ServedKind served) {
    return served.versions().getFirst();
  }

  private static String apiVersion(ServedKind served, String version) {
    return served.kind().group().isEmpty() ? version : served.kind().group() + "/" + version;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }
}
