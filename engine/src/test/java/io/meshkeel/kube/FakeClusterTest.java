package io.meshkeel.kube;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import org.jspecify.annotations.Nullable;

/** The fake keeps the contract, so tests on it say something. */
class FakeClusterTest extends ClusterContract {
  private final FakeCluster fake = new FakeCluster();

  @Override
  Cluster cluster() {
    return fake;
  }

  @Override
  String namespace() {
    try {
      fake.createNamespace("shop");
    } catch (ClusterException e) {
      throw new AssertionError(e);
    }
    return "shop";
  }

  @Override
  void handEdit(ResourceKey key, String manager, JsonPath path, @Nullable Object value) {
    fake.handEdit(key, manager, path, value);
  }

  @Override
  String ancientVersion() {
    fake.compact();
    return "1";
  }
}
