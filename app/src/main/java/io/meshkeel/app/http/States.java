package io.meshkeel.app.http;

import io.meshkeel.report.ClusterRun;
import io.meshkeel.report.DriftRun;
import io.meshkeel.report.MeshRun;

/** States as coloured words. */
final class States {
  private States() {}

  static void outcome(Html html, MeshRun mesh) {
    switch (mesh.outcome()) {
      case ACCEPTED -> html.element("span", "state good", "accepted");
      case DENIED -> html.element("span", "state bad", "denied");
      case ERROR -> html.element("span", "state bad", "could not be judged");
    }
  }

  static void cluster(Html html, ClusterRun cluster) {
    switch (cluster.state()) {
      case IN_SYNC -> html.element("span", "state good", "in sync");
      case FAILED -> html.element("span", "state bad", "failed");
      case PENDING -> html.element("span", "state warn", "pending");
      case SUSPENDED -> html.element("span", "state", "suspended");
    }
  }

  static void drift(Html html, DriftRun drift) {
    if (!drift.failure().isEmpty()) {
      html.element("span", "state bad", "unknown");
    } else if (drift.count() > 0) {
      html.element("span", "state warn", drift.count() + " drifted");
    } else {
      html.element("span", "state good", "none");
    }
  }
}
