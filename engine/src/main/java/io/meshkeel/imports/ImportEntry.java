package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ResourceKey;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of one object.
 *
 * @param sort in a word
 * @param key the object
 * @param clusters that hold it so
 * @param why in one line; empty if there is nothing to say
 */
public record ImportEntry(Sort sort, ResourceKey key, List<ClusterName> clusters, String why) {
  static final Comparator<ImportEntry> ORDER =
      Comparator.comparing(ImportEntry::sort)
          .thenComparing(ImportEntry::key)
          .thenComparing(entry -> entry.clusters.toString());

  /** In a word. */
  public enum Sort {
    /** Written as it is. */
    WRITTEN,
    /** Written as one of Meshkeel's own kinds. */
    RECOGNISED,
    /** Written for some control plane clusters: the others hold something else, or nothing. */
    DIFFERS,
    /** Left out: somebody else manages it. */
    MANAGED,
    /** Left out for another reason. */
    LEFT_OUT
  }

  public ImportEntry {
    clusters = List.copyOf(clusters);
    why = Lines.plain(why);
  }

  /** {@code VirtualService shop/reviews (east, west): why}. */
  public String oneLine() {
    return key
        + " ("
        + clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "))
        + ")"
        + (why.isEmpty() ? "" : ": " + why);
  }
}
