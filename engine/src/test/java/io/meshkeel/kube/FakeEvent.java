package io.meshkeel.kube;

import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened in a {@link FakeCluster}.
 *
 * @param key of which object
 * @param apiVersion its version
 * @param tree the whole object after it; before it, if it is gone
 * @param live the same as it is compared; empty for a kind that is only observed
 * @param gone whether it is gone
 * @param version resource version of the cluster after it
 */
record FakeEvent(
    ResourceKey key,
    String apiVersion,
    Map<?, ?> tree,
    Optional<LiveObject> live,
    boolean gone,
    long version) {
  static FakeEvent of(FakeObject object, boolean gone, long version) {
    LiveObject live = object.live();
    return new FakeEvent(
        live.key(), live.apiVersion(), object.tree(), Optional.of(live), gone, version);
  }

  static FakeEvent observed(Manifest object, boolean gone, long version) {
    return new FakeEvent(
        object.key(), object.apiVersion(), object.content(), Optional.empty(), gone, version);
  }
}
