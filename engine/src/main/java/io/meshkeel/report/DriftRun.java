package io.meshkeel.report;

import java.util.List;

/**
 * What drifted in one cluster, measured against the revision that was applied there.
 *
 * @param cluster its name
 * @param count fields and objects that drifted
 * @param lines one line each, naming object, field and hand; at most {@link #MAX_LINES}
 * @param failure why it can't be told; empty if it can
 */
public record DriftRun(String cluster, int count, List<String> lines, String failure) {
  /** Most lines of one cluster that are kept for the page. */
  public static final int MAX_LINES = 200;

  public DriftRun {
    lines = List.copyOf(lines);
  }

  /** As declared. */
  public static DriftRun none(String cluster) {
    return new DriftRun(cluster, 0, List.of(), "");
  }

  /** It can't be told. */
  public static DriftRun unknown(String cluster, String why) {
    return new DriftRun(cluster, 0, List.of(), why);
  }
}
