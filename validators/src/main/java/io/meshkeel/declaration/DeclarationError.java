package io.meshkeel.declaration;

/**
 * What can be wrong with a declaration before any policy looks at it. Each is described in {@code
 * docs/reference/declaration-errors.md}; ids are never given a new meaning.
 */
public enum DeclarationError {
  SYNTAX("D001", "The file is no YAML"),
  TOO_LARGE("D002", "A limit is exceeded"),
  NOT_TEXT("D003", "The file is no UTF-8 text"),
  UNREADABLE("D004", "The file could not be read"),
  DUPLICATE_KEY("D005", "A map holds one key twice"),
  NULL_ITEM("D006", "A list item is empty"),
  NOT_JSON("D007", "A value has no JSON form"),
  NO_OBJECT("D008", "A document is no Kubernetes object"),
  BAD_METADATA("D009", "metadata is wrong"),
  NAME("D010", "The name is missing or wrong"),
  NAMESPACE("D011", "The namespace is missing or not allowed"),
  SECRET("D012", "A plain Secret"),
  KIND("D013", "A kind that can't be declared here"),
  UNKNOWN_FIELD("D014", "A field that the kind doesn't have"),
  WRONG_TYPE("D015", "A value of the wrong type"),
  BAD_VALUE("D016", "A value that isn't allowed"),
  MISSING_FIELD("D017", "A required field is missing"),
  NOT_SUPPORTED("D018", "Not supported by this version"),
  ANNOTATION("D019", "An annotation or label of Meshkeel is wrong"),
  SERVER_FIELD("D020", "A field that only the API server sets"),
  OUTSIDE_MESH("D021", "A declaration outside any mesh"),
  DUPLICATE_OBJECT("D022", "One object is declared twice"),
  DUPLICATE_MESH("D023", "One mesh is declared twice"),
  DUPLICATE_CLUSTER("D024", "One cluster is declared twice"),
  NO_CONTROL_PLANE("D025", "A mesh without a control plane cluster"),
  TOO_MANY_CONTROL_PLANES("D026", "PrimaryRemote with several control plane clusters"),
  UNSAFE_ENTRY("D027", "A symbolic link, a submodule or an unsafe name"),
  UNKNOWN_CLUSTER("D028", "A cluster that the mesh doesn't have"),
  DECLARED_TWICE("D029", "Two declarations for one thing"),
  SYSTEM_NAMESPACE("D030", "A system namespace"),
  SHARED_CLUSTER("D031", "Two meshes write to one data plane cluster"),
  EXTERNAL_MESH("D032", "More than configuration in an External mesh"),
  POLICY_SETTINGS("D033", "policies/config.yaml is wrong"),
  WAIVER("D034", "A Waiver at the wrong place, or twice");

  private final String id;
  private final String title;

  DeclarationError(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The stable id, for example {@code D001}: {@link io.meshkeel.model.Finding#ruleId()}. */
  public String id() {
    return id;
  }

  /** What it means, in a few words. */
  public String title() {
    return title;
  }
}
