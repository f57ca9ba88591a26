package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Snapshot;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example that people start from must not be told that it is wrong. */
final class ExampleRepositoryIT {
  @Test
  void theExampleHasNoFindings() throws Exception {
    Snapshot snapshot = DirectorySnapshot.of(Path.of("..", "repo-layout-example"));
    Declarations declarations = new DeclarationReader().read(snapshot);
    assertThat(declarations.meshes()).isNotEmpty();
    try (Judge judge = Judge.start(JudgeOptions.of(SharedServers.opaBinary()))) {
      for (MeshDeclarations mesh : declarations.meshes().values()) {
        assertThat(mesh.objects()).isNotEmpty();
        assertThat(judge.judge(mesh, snapshot).findings()).isEmpty();
      }
    }
  }
}
