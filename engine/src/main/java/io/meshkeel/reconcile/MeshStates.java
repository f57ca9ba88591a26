package io.meshkeel.reconcile;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.git.GitException;
import io.meshkeel.git.GitMirror;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What revisions want of the clusters of their meshes, remembering per mesh what was rendered
 * before. Any thread.
 */
final class MeshStates {
  private static final Logger LOG = LoggerFactory.getLogger(MeshStates.class);

  private final GitMirror mirror;
  private final DeclarationReader reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<MeshName, DesiredStates> rendered = new HashMap<>();

  MeshStates(GitMirror mirror, DeclarationReader reader) {
    this.mirror = mirror;
    this.reader = reader;
  }

  /** What a mesh wants of each of its clusters. */
  Map<ClusterName, DesiredState> of(MeshDeclarations declared) {
    lock.lock();
    try {
      return rendered
          .computeIfAbsent(declared.mesh().name(), name -> new DesiredStates())
          .of(declared);
    } finally {
      lock.unlock();
    }
  }

  /** What an earlier revision declared of a mesh; empty if it can't be had any more. */
  Optional<MeshDeclarations> declared(MeshName mesh, Revision revision) {
    if (!mirror.contains(revision)) {
      return Optional.empty();
    }
    try {
      MeshDeclarations found = reader.read(mirror.snapshot(revision)).meshes().get(mesh);
      return Optional.ofNullable(found).filter(m -> m.problems().isEmpty());
    } catch (GitException e) {
      LOG.warn("Revision {} can't be read any more: {}", revision, e.getMessage());
      return Optional.empty();
    }
  }

  /** What an earlier revision wanted of a cluster; empty if it can't be had any more. */
  Optional<DesiredState> of(MeshName mesh, ClusterName cluster, Revision revision) {
    return declared(mesh, revision).map(declared -> of(declared).get(cluster));
  }

  void forget(MeshName mesh) {
    lock.lock();
    try {
      rendered.remove(mesh);
    } finally {
      lock.unlock();
    }
  }
}
