package io.meshkeel.reconcile;

import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hands what is accepted, with what the newest verdicts found, to the modules and the audits. The
 * thread of the repository loop.
 */
final class ShownMeshes {
  private final ModuleBoards boards;
  private final Audits audits;
  private final Map<MeshName, List<Finding>> findings = new HashMap<>();
  private final Map<MeshName, Revision> judged = new HashMap<>();

  ShownMeshes(ModuleBoards boards, Audits audits) {
    this.boards = boards;
    this.audits = audits;
  }

  /**
   * @param verdicts of the revision that was judged now; none if only something else is accepted
   * @param accepted of all meshes
   */
  void show(Map<MeshName, Verdict> verdicts, List<AcceptedMesh> accepted) {
    verdicts.forEach((name, verdict) -> {
      findings.put(name, verdict.findings());
      verdict.revision().ifPresent(revision -> judged.put(name, revision));
    });
    Set<MeshName> names =
        accepted.stream().map(AcceptedMesh::name).collect(Collectors.toUnmodifiableSet());
    findings.keySet().retainAll(names);
    judged.keySet().retainAll(names);
    List<AcceptedMesh> meshes =
        accepted.stream()
            .map(mesh ->
                mesh.judged(
                    findings.getOrDefault(mesh.name(), List.of()),
                    mesh.revision().equals(judged.get(mesh.name()))))
            .toList();
    boards.show(meshes);
    audits.show(meshes);
  }
}
