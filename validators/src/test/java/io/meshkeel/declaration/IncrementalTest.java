package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A revision costs what changed in it. */
class IncrementalTest {
  private final DeclarationReader reader = new DeclarationReader();
  private final Tree tree =
      Tree.shop()
          .with("meshes/shop/a.yaml", Tree.virtualService("a"))
          .with("meshes/shop/b.yaml", Tree.virtualService("b"));

  private List<Declaration> read() {
    return Tree.mesh(reader.read(tree.snapshot()), "shop").objects();
  }

  @Test
  void unchangedFilesYieldTheSameInstances() {
    List<Declaration> before = read();
    tree.with("meshes/shop/b.yaml", Tree.virtualService("changed"));
    List<Declaration> after = read();
    assertThat(after.get(0)).isSameAs(before.get(0));
    assertThat(after.get(1)).isNotEqualTo(before.get(1));
    assertThat(reader.remembered()).isEqualTo(5);
  }

  @Test
  void theSameContentAtAnotherPathHasItsOwnPosition() {
    tree.with("meshes/shop/b.yaml", Tree.virtualService("a"));
    assertThat(Tree.mesh(reader.read(tree.snapshot()), "shop").problems())
        .singleElement()
        .satisfies(f -> assertThat(f.position()).hasToString("meshes/shop/b.yaml:1:1"));
  }

  @Test
  void aFileThatMovesToAnotherMeshIsThatMeshsOwn() {
    read();
    tree.with("meshes/shop/mesh.yaml", Tree.MESH.replace("name: shop", "name: renamed"));
    assertThat(Tree.mesh(reader.read(tree.snapshot()), "renamed").objects())
        .allSatisfy(d -> assertThat(d.mesh()).hasToString("renamed"));
  }

  @Test
  void aMistakeIsToldAsLongAsItIsThere() {
    tree.with("meshes/shop/c.yaml", "kind: [");
    assertThat(Tree.mesh(reader.read(tree.snapshot()), "shop").problems()).hasSize(1);
    assertThat(Tree.mesh(reader.read(tree.snapshot()), "shop").problems()).hasSize(1);
    tree.with("meshes/shop/c.yaml", Tree.virtualService("c"));
    assertThat(Tree.mesh(reader.read(tree.snapshot()), "shop").problems()).isEmpty();
  }

  @Test
  void aFileThatCouldNotBeReadIsTriedAgain() {
    Snapshot broken =
        Tree.shop().with("meshes/shop/a.yaml", "").unreadable("meshes/shop/a.yaml").snapshot();
    assertThat(Tree.mesh(reader.read(broken), "shop").problems()).hasSize(1);
    Snapshot whole = Tree.shop().with("meshes/shop/a.yaml", "").snapshot();
    assertThat(Tree.mesh(reader.read(whole), "shop").problems()).isEmpty();
  }

  @Test
  void whatIsRememberedIsBounded() {
    DeclarationReader small = new DeclarationReader(Limits.DEFAULT, 2_000);
    for (int i = 0; i < 100; i++) {
      tree.with("meshes/shop/a.yaml", Tree.virtualService("a" + i));
      assertThat(Tree.mesh(small.read(tree.snapshot()), "shop").objects()).hasSize(2);
    }
    assertThat(small.remembered()).isLessThan(20);
  }

  @Test
  void whatIsInUseStaysRemembered() {
    DeclarationReader small = new DeclarationReader(Limits.DEFAULT, 2_000);
    Declaration before = Tree.mesh(small.read(tree.snapshot()), "shop").objects().get(1);
    for (int i = 0; i < 100; i++) {
      tree.with("meshes/shop/a.yaml", Tree.virtualService("a" + i));
      small.read(tree.snapshot());
    }
    assertThat(Tree.mesh(small.read(tree.snapshot()), "shop").objects().get(1)).isSameAs(before);
  }

  @Test
  void manyRevisionsMayBeReadAtTheSameTime() throws Exception {
    for (int i = 0; i < 200; i++) {
      tree.with("meshes/shop/o" + i + ".yaml", Tree.virtualService("o" + i));
    }
    Snapshot whole = tree.snapshot();
    tree.with("meshes/shop/a.yaml", "kind: [");
    Snapshot broken = tree.snapshot();
    List<Callable<Declarations>> reads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Snapshot one = i % 2 == 0 ? whole : broken;
      reads.add(() -> reader.read(one));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Declarations>> answers = threads.invokeAll(reads);
      Declaration first = null;
      for (int i = 0; i < answers.size(); i++) {
        MeshDeclarations shop = Tree.mesh(answers.get(i).get(), "shop");
        assertThat(shop.objects()).hasSize(i % 2 == 0 ? 202 : 201);
        assertThat(shop.problems()).hasSize(i % 2);
        Declaration last = shop.objects().getLast();
        assertThat(last).isSameAs(first == null ? last : first);
        first = last;
      }
    }
  }

  @Test
  void aDeclarationKnowsItsFile() {
    SourceFile file = read().getFirst().file();
    assertThat(file.path()).isEqualTo("meshes/shop/a.yaml");
    assertThat(file.size()).isEqualTo(Tree.virtualService("a").length());
  }
}
