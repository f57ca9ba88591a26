package io.meshkeel.kube;

import io.meshkeel.desired.Labels;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An object as a cluster holds it, reduced to what Meshkeel compares and reports: never {@code
 * data} or the fields we own ourselves. Maps are {@link io.meshkeel.model.JsonTree}s.
 *
 * @param key what identifies it
 * @param apiVersion the version it was read in
 * @param uid of this very object, not of one of the same name
 * @param resourceVersion of this state of it
 * @param labels {@code metadata.labels}
 * @param annotations {@code metadata.annotations}; of an object of Kubernetes that isn't ours and
 *     no part of a gateway only Meshkeel's
 * @param spec what an object says beside its metadata, as {@link Body} has it; of a Secret digests
 *     of its values; of an object of Kubernetes that isn't ours and no part of a gateway only the
 *     fields that may be ours
 * @param owners who wrote it, status writers left out
 * @param deleting whether it is on its way out
 * @param status of an Istio or Gateway API object what controllers say about it, as {@link
 *     StatusReduction} has it; else empty
 * @param rollout of a workload, how far its pods are replaced
 * @param created {@code metadata.creationTimestamp}: of two policies the older counts; empty if it
 *     isn't known
 */
public record LiveObject(
    ResourceKey key,
    String apiVersion,
    String uid,
    String resourceVersion,
    Map<String, Object> labels,
    Map<String, Object> annotations,
    Map<String, Object> spec,
    List<FieldOwner> owners,
    boolean deleting,
    Map<String, Object> status,
    Rollout rollout,
    String created) {
  public LiveObject {
    owners = List.copyOf(owners);
  }

  /** Of unknown age, that runs no pods and of which no controller says anything. */
  public LiveObject(
      ResourceKey key,
      String apiVersion,
      String uid,
      String resourceVersion,
      Map<String, Object> labels,
      Map<String, Object> annotations,
      Map<String, Object> spec,
      List<FieldOwner> owners,
      boolean deleting) {
    this(
        key,
        apiVersion,
        uid,
        resourceVersion,
        labels,
        annotations,
        spec,
        owners,
        deleting,
        Map.of(),
        Rollout.DONE,
        "");
  }

  /** The object with what is known of it here. */
  public Manifest manifest() {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", key.name());
    metadata.put("uid", uid);
    metadata.put("labels", labels);
    metadata.put("annotations", annotations);
    if (!key.namespace().isEmpty()) {
      metadata.put("namespace", key.namespace());
    }
    if (!created.isEmpty()) {
      metadata.put("creationTimestamp", created);
    }
    Map<String, Object> content = new HashMap<>();
    if (Body.root(key.groupKind()).equals(JsonPath.ROOT)) {
      content.putAll(spec);
    } else {
      content.put("spec", spec);
    }
    content.put("apiVersion", apiVersion);
    content.put("kind", key.kind());
    content.put("metadata", Map.copyOf(metadata));
    if (!status.isEmpty()) {
      content.put("status", status);
    }
    return new Manifest(key, apiVersion, Map.copyOf(content));
  }

  /** The label, or an empty string. */
  public String label(String name) {
    return labels.get(name) instanceof String value ? value : "";
  }

  /** Whether field manager {@code meshkeel} ever applied it, or fields of it. */
  public boolean appliedByUs() {
    return owners.stream().anyMatch(owner -> owner.ours() && owner.applies());
  }

  /**
   * The id of the ApplySet that it is a member of; empty if none. istiod copies labels of a Gateway
   * to what it makes of it, so the label alone says nothing of a kind that gateways consist of.
   */
  public String applySet() {
    return Kinds.RENDERED.contains(key.groupKind()) && !appliedByUs() ? "" : label(Labels.PART_OF);
  }

  /** The mesh whose fields we put into it though it isn't ours; empty if there are none. */
  public String sharedWith() {
    return Kinds.SHARED.contains(key.groupKind())
            && label(Labels.PART_OF).isEmpty()
            && appliedByUs()
        ? label(Labels.MESH)
        : "";
  }

  /** The annotation, or an empty string. */
  public String annotation(String name) {
    return annotations.get(name) instanceof String value ? value : "";
  }
}
