package io.meshkeel.reconcile;

import io.meshkeel.desired.DesiredState;
import io.meshkeel.model.Revision;
import java.time.Instant;

/**
 * What a cluster is to be brought to.
 *
 * @param revision the accepted revision
 * @param desired what it declares for this cluster
 * @param since when the look at the repository began that found it
 * @param suspended the cluster is to be left alone
 * @param retiring the cluster left the repository: what is ours there is released or deleted, then
 *     the lane ends
 */
record Target(
    Revision revision, DesiredState desired, Instant since, boolean suspended, boolean retiring) {}
