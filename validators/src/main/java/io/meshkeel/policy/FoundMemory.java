package io.meshkeel.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meshkeel.facts.Subject;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.Question.Surroundings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules found in objects that clusters hold, as long as the same is told of them. They have no
 * place in the repository, so a finding is a function of the object's name and of what is told. Any
 * thread.
 */
final class FoundMemory {
  /** 100,000 objects; of more, those asked about longest ago are asked about again. */
  static final int MAX_OBJECTS = 100_000;

  private record Key(MeshName mesh, ClusterName cluster, ResourceKey object) {}

  private record Asked(
      Surroundings surroundings, Map<String, Object> slice, List<Finding> findings) {}

  private final Cache<Key, Asked> objects = Caffeine.newBuilder().maximumSize(MAX_OBJECTS).build();

  /** What rules found; null if they weren't asked, or if it is no object of a cluster. */
  @Nullable List<Finding> findings(
      MeshName mesh, Subject subject, Surroundings surroundings, Map<String, Object> slice) {
    if (subject.cluster().isEmpty()) {
      return null;
    }
    Asked asked = objects.getIfPresent(new Key(mesh, subject.cluster().get(), subject.key()));
    return asked != null && asked.surroundings.equals(surroundings) && asked.slice.equals(slice)
        ? asked.findings
        : null;
  }

  void remember(
      MeshName mesh,
      Subject subject,
      Surroundings surroundings,
      Map<String, Object> slice,
      List<Finding> findings) {
    subject
        .cluster()
        .ifPresent(cluster ->
            objects.put(
                new Key(mesh, cluster, subject.key()),
                new Asked(surroundings, slice, List.copyOf(findings))));
  }
}
