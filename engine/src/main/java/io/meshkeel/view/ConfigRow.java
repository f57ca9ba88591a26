package io.meshkeel.view;

import io.meshkeel.model.Revision;
import java.util.List;

/**
 * An Istio or Gateway API object, declared or found.
 *
 * @param mesh the mesh
 * @param cluster the cluster
 * @param namespace its namespace; empty for a GatewayClass
 * @param kind its kind, with {@code .group} where two kinds share a name
 * @param name its name
 * @param state how declaration and cluster agree
 * @param origin {@code file:line} of its declaration; empty if there is none
 * @param commit the revision that the running service read the declaration in, abbreviated; empty
 *     if there is none, or no service was asked
 * @param differences paths of the fields that differ
 * @param findings findings about its declaration
 * @param effect what it changes
 * @param reason why the state is what it is; empty if nothing is to be said
 * @param istiod what istiod says about it in its status
 */
public record ConfigRow(
    String mesh,
    String cluster,
    String namespace,
    String kind,
    String name,
    State state,
    String origin,
    String commit,
    List<String> differences,
    long findings,
    String effect,
    String reason,
    List<ControllerMessage> istiod)
    implements Row {
  static final List<Column<ConfigRow>> COLUMNS =
      List.of(
          Column.of("cluster", ConfigRow::cluster),
          Column.of("namespace", ConfigRow::namespace),
          Column.of("kind", ConfigRow::kind),
          Column.of("name", ConfigRow::name),
          Column.of("state", row -> row.state().word()),
          Column.of("origin", ConfigRow::origin),
          Column.of("findings", ConfigRow::findings),
          Column.of("effect", ConfigRow::effect),
          new Column<>(
              "istiod",
              false,
              row -> String.join("; ", row.istiod().stream().map(ControllerMessage::text).toList()),
              row -> row.istiod().stream().map(said -> said.json(row.origin())).toList()),
          Column.passing("commit", ConfigRow::commit),
          Column.wide("differences", ConfigRow::differences),
          Column.wide("reason", ConfigRow::reason),
          Column.wide("mesh", ConfigRow::mesh));

  /** How declaration and cluster agree. */
  public enum State {
    /** The cluster holds what is declared. */
    IN_SYNC("InSync"),
    /** The cluster holds it otherwise. */
    DIFFERS("Differs"),
    /** Declared, and not in the cluster. */
    MISSING("Missing"),
    /** Fields of an object that isn't ours and isn't there: they are written when it appears. */
    AWAITED("Awaited"),
    /** Declared, and in the cluster by another hand: applied only once it may be taken over. */
    NOT_OURS("NotOurs"),
    /** Declared, and can't be applied. */
    WITHHELD("Withheld"),
    /** Declared; what the cluster holds is not known. */
    UNKNOWN("Unknown"),
    /** In a control plane cluster, in a namespace of the mesh, and declared nowhere. */
    UNDECLARED("Undeclared"),
    /** In a data plane cluster, where no istiod reads it. */
    NO_EFFECT("NoEffect"),
    /** Found where nothing is declared to compare it with. */
    FOUND("Found");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As reports write it. */
    public String word() {
      return word;
    }
  }

  public ConfigRow {
    differences = List.copyOf(differences);
    istiod = List.copyOf(istiod);
  }

  /** The same row of a declaration that was read in a revision. */
  ConfigRow at(Revision revision) {
    return origin.isEmpty()
        ? this
        : new ConfigRow(
            mesh,
            cluster,
            namespace,
            kind,
            name,
            state,
            origin,
            revision.abbreviated(),
            differences,
            findings,
            effect,
            reason,
            istiod);
  }

  @Override
  public List<String> clusters() {
    return List.of(cluster);
  }
}
