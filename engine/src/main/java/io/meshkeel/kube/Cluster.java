package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.ServedSchemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One Kubernetes cluster. Methods block and are made for virtual threads, never for an event loop;
 * all may be called from many threads at once. Each call has a time limit of its own, after which
 * it fails with {@code CLUSTER_UNREACHABLE}. An interrupt fails a call with {@code
 * CLUSTER_UNREACHABLE} and keeps the thread's interrupt flag.
 *
 * <p>Failures are {@link ClusterException}s: {@code CLUSTER_UNREACHABLE} (no answer; retryable),
 * {@code CREDENTIAL_INVALID} (401), {@code CLUSTER_FORBIDDEN} (a right is missing, named), {@code
 * KIND_NOT_SERVED}, {@code APPLY_CONFLICT} (another manager owns a field; both named), {@code
 * APPLY_REFUSED} (the schema or an admission webhook says no), {@code APPLY_FAILED} (anything
 * else).
 */
public interface Cluster extends AutoCloseable {
  /**
   * The kinds among {@link Kinds#LISTED} and {@link ObservedKinds#ALL} that the server serves now;
   * asked anew at each call. Later calls of other methods use what was last found.
   */
  Map<GroupKind, ServedKind> served() throws ClusterException;

  /**
   * What the server serves now of these API versions, and of those asked for before. An API version
   * that it doesn't publish is unknown, not an error. What didn't change since then is not read
   * again.
   *
   * @param apiVersions of Istio's and the Gateway API's kinds
   * @param before what was read before; {@link ServedSchemas#UNKNOWN} at first
   * @throws ClusterException {@code CLUSTER_FORBIDDEN} if the credential may not read schemas
   */
  ServedSchemas schemas(Set<String> apiVersions, ServedSchemas before) throws ClusterException;

  /**
   * One object; empty if there is none.
   *
   * @throws ClusterException {@code KIND_NOT_SERVED} if the kind isn't served
   */
  Optional<LiveObject> get(ResourceKey key) throws ClusterException;

  /**
   * A part of the objects of a kind, of a bounded size; no objects is an empty page.
   *
   * @param next the token of the page before; empty for the first page
   * @throws Watch.ExpiredException if the token is too old: start again
   */
  ObjectPage list(KindScope scope, String next) throws ClusterException, Watch.ExpiredException;

  /**
   * A part of the objects of a kind as they are, for reports and policies: nothing is written by
   * what comes of them. Left out is what no report may hold: values of a Secret (seen are its type,
   * the names of its keys and the end of its certificates), copies of objects in annotations,
   * {@code managedFields}, schemas of CRDs, and of containers that aren't Istio's the command, the
   * arguments and the values of the environment. Secrets of Helm releases are left out whole.
   *
   * @param next the token of the page before; empty for the first page
   * @throws Watch.ExpiredException if the token is too old: start again
   */
  ManifestPage observe(ObservedScope scope, String next)
      throws ClusterException, Watch.ExpiredException;

  /** Opens a watch for what happens after this resource version, with bookmarks. */
  Watch watch(KindScope scope, String resourceVersion)
      throws ClusterException, Watch.ExpiredException;

  /**
   * The same of what {@link #observe} tells: its events are {@link WatchEvent.Seen} and {@link
   * WatchEvent.Lost}.
   */
  Watch watch(ObservedScope scope, String resourceVersion)
      throws ClusterException, Watch.ExpiredException;

  /**
   * Server-side apply by field manager {@code meshkeel}. Idempotent: the same manifest again
   * changes nothing. Creates the object if there is none. Fields that we applied before and that
   * are missing now are removed, fields of others stay.
   *
   * <p>A manifest with {@code metadata.uid} is applied to this very object only: if it is gone, or
   * another one has its name, the call fails with {@code APPLY_CONFLICT} (retryable) and nothing is
   * created.
   *
   * @param force take fields that other managers own
   * @return the object after it
   */
  LiveObject apply(Manifest manifest, boolean force) throws ClusterException;

  /** As {@link #apply}, admission included, but nothing is stored. */
  LiveObject dryRun(Manifest manifest, boolean force) throws ClusterException;

  /**
   * Creates a namespace with nothing but its name. Idempotent: one that exists is left as it is.
   *
   * @return whether it was created
   */
  boolean createNamespace(String name) throws ClusterException;

  /**
   * JSON Patch (RFC 6902) by field manager {@code meshkeel}: all operations or none. Not
   * idempotent: start with a {@link JsonPatch.Test}.
   *
   * @return the object after it
   * @throws ClusterException {@code APPLY_CONFLICT} (retryable) if a test fails: the object changed
   */
  LiveObject patch(ResourceKey key, List<JsonPatch> operations) throws ClusterException;

  /**
   * Lets go of this very object: takes these labels away and ends the ownership of field manager
   * {@code meshkeel}, so that nothing in it tells of us; all other fields stay as they are.
   * Idempotent.
   *
   * @param uid of the object seen; one of the same name but another uid is left alone
   * @return whether there was one to let go of
   */
  boolean release(ResourceKey key, String uid, Set<String> labels) throws ClusterException;

  /**
   * Deletes this very object, in the background. Idempotent.
   *
   * @param uid of the object seen; one of the same name but another uid is left alone
   * @return whether there was one to delete
   */
  boolean delete(ResourceKey key, String uid) throws ClusterException;

  /** Ends open watches and calls; idempotent. */
  @Override
  void close();
}
