package io.meshkeel.desired;

/** The labels and annotations that Meshkeel reads and writes on objects of a cluster. */
public final class Labels {
  /** Label on our objects: {@link #MANAGER}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Label on our objects: the mesh. */
  public static final String MESH = "meshkeel.io/mesh";

  /** Label on our objects: the id of the {@link ApplySet} they are members of. */
  public static final String PART_OF = "applyset.kubernetes.io/part-of";

  /** Label on the parent: the id of the {@link ApplySet}. */
  public static final String APPLYSET_ID = "applyset.kubernetes.io/id";

  /** Annotation on the parent: name and version of the tool. */
  public static final String TOOLING = "applyset.kubernetes.io/tooling";

  /** Annotation on the parent: {@code Kind.group} of all members, sorted, with commas. */
  public static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";

  /** Annotation on the parent: namespaces of members besides its own, sorted, with commas. */
  public static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";

  /** Annotation on the parent: the last revision that changed this cluster. */
  public static final String REVISION = "meshkeel.io/revision";

  /** Annotation on the parent: what happens when the mesh leaves the repository. */
  public static final String ON_REMOVAL = "meshkeel.io/on-removal";

  /** Annotation on a declaration: the only clusters it goes to, with commas. */
  public static final String CLUSTERS = "meshkeel.io/clusters";

  /** Annotation on a declaration: {@code Report}, {@code Heal} or {@code Ignore}. */
  public static final String DRIFT = "meshkeel.io/drift";

  /** Annotation on a declaration: take over an object that exists and isn't ours. */
  public static final String ADOPT = "meshkeel.io/adopt";

  /** Annotation on a declaration: fields that are left to others, with commas. */
  public static final String IGNORE = "meshkeel.io/ignore";

  /** Annotation on a Mesh: confirms a prune of at most so many objects. */
  public static final String CONFIRM_PRUNE = "meshkeel.io/confirm-prune";

  /** Annotation on a remote secret: the name of the credential that it is made from. */
  public static final String CREDENTIAL = "meshkeel.io/credential";

  /** Annotation on a live object, set by a person: leave it alone until this RFC 3339 time. */
  public static final String HOLD_UNTIL = "meshkeel.io/hold-until";

  /** Annotation beside {@link #HOLD_UNTIL}: why. */
  public static final String HOLD_REASON = "meshkeel.io/hold-reason";

  /** The prefix of all of Meshkeel's own names. */
  public static final String OWN_PREFIX = "meshkeel.io/";

  /** Our name: the value of {@link #MANAGED_BY} and the field manager of every write. */
  public static final String MANAGER = "meshkeel";

  private Labels() {}
}
