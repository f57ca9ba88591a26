package io.meshkeel.git;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;

/**
 * A revision that is kept because it was applied to a cluster: its declarations tell how the
 * cluster is reached, even when they left the repository.
 */
public record Pin(MeshName mesh, ClusterName cluster, Revision revision) {}
