package io.meshkeel.view;

import io.meshkeel.model.ClusterName;
import java.util.Map;

/** A row that also tells how the running service stands with clusters. */
interface LinkedRow extends Row {
  /** The same row as the service stands with these clusters now. */
  Row with(Map<ClusterName, ClusterLink> links);
}
