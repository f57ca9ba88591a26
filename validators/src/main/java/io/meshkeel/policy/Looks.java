package io.meshkeel.policy;

import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Moves;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import io.meshkeel.policy.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a judgement makes of the Istio objects of one mesh, in their order. It goes on from the
 * judgement before: of an object that is the same instance, and of which the same slice is told,
 * all is known. For one thread until it is complete; then nothing changes any more.
 */
@SuppressWarnings("ReferenceEquality") // What is another thing is another instance.
final class Looks {
  /**
   * One object.
   *
   * @param violations how it breaks its schema
   * @param slice what is told of its surroundings; null as long as nothing was
   * @param item what rules are asked; null if none is
   * @param found what they found; null as long as they must be asked
   */
  record Look(
      Remembered object,
      ObjectView view,
      List<Finding> violations,
      boolean broken,
      @Nullable Slice slice,
      @Nullable Item item,
      @Nullable List<Finding> found) {
    private Look of(Slice told, RuleIndex rules, Surroundings surroundings) {
      Item asked = broken ? null : new Item(view.declaration(), told.toMap());
      if (asked == null || !rules.asks(asked)) {
        return new Look(object, view, violations, broken, told, null, List.of());
      }
      List<Finding> known = object.findings(surroundings, asked.facts());
      return new Look(object, view, violations, broken, told, asked, known);
    }

    private Look answered(List<Finding> news) {
      return new Look(object, view, violations, broken, slice, item, news);
    }
  }

  private final Mesh.Spec spec;
  private final List<Declaration> declared;
  private final Look[] looks;
  private final Gaps gaps;
  private @Nullable Surroundings surroundings;

  private Looks(MeshDeclarations mesh, Optional<Looks> last) {
    this.spec = mesh.mesh().spec();
    this.declared = mesh.objects();
    this.looks = new Look[declared.size()];
    this.gaps = last.map(Looks::gaps).orElseGet(Gaps::new);
    this.surroundings = last.map(before -> before.surroundings).orElse(null);
  }

  /**
   * Looks at the objects themselves.
   *
   * @param last the judgement to go on from
   * @param memory what is remembered of an object
   * @param places where findings are in the revision
   */
  static Looks of(
      MeshDeclarations mesh,
      Optional<Looks> last,
      Function<Declaration, Remembered> memory,
      SchemaCheck check,
      Places places)
      throws PolicyException {
    Optional<Looks> before = last.filter(looks -> looks.spec.equals(mesh.mesh().spec()));
    Looks now = new Looks(mesh, before);
    Moves moves =
        Moves.of(before.<List<?>>map(looks -> looks.declared).orElse(List.of()), now.declared);
    before.ifPresent(looks -> now.goOn(looks, moves));
    now.look(moves.came(), memory, check, places);
    return now;
  }

  private void goOn(Looks before, Moves moves) {
    int[] from = moves.from();
    for (int i = 0; i < from.length; i++) {
      if (from[i] != Moves.CAME) {
        looks[i] = before.looks[from[i]];
      }
    }
    for (int index : moves.gone()) {
      Slice slice = before.looks[index].slice();
      if (slice != null) {
        gaps.remove(slice);
      }
    }
  }

  private void look(
      List<Integer> came,
      Function<Declaration, Remembered> memory,
      SchemaCheck check,
      Places places)
      throws PolicyException {
    List<Remembered> unseen = came.stream().map(declared::get).map(memory).toList();
    // Each object by itself, so all cores; those seen before cost a look.
    unseen.parallelStream()
        .filter(object -> !object.isChecked(check.istioVersion()))
        .forEach(object -> object.check(check));
    for (int i = 0; i < unseen.size(); i++) {
      Remembered object = unseen.get(i);
      List<Finding> violations = object.schemaFindings(check, places);
      ObjectView view = object.view(spec.clusterDomain());
      looks[came.get(i)] = new Look(object, view, violations, object.isBroken(), null, null, null);
    }
  }

  /** The objects as Istio reads them: one that breaks its schema is still there for others. */
  List<ObjectView> views() {
    return Arrays.stream(looks).map(Look::view).toList();
  }

  /** The objects about which rules are not asked since they aren't what their kind looks like. */
  List<Look> broken() {
    return Arrays.stream(looks).filter(Look::broken).toList();
  }

  /** Takes what is told of the surroundings of each object, in their order. */
  void tell(List<Slice> slices, RuleIndex rules, Surroundings around) {
    boolean same = surroundings == around;
    surroundings = around;
    for (int i = 0; i < looks.length; i++) {
      Look look = looks[i];
      Slice told = slices.get(i);
      Slice before = look.slice();
      if (before != told) {
        if (before != null) {
          gaps.remove(before);
        }
        gaps.add(told);
      }
      if (!same || before != told || look.found() == null) {
        looks[i] = look.of(told, rules, around);
      }
    }
  }

  /** All of them, in their order. */
  List<Look> all() {
    return Arrays.asList(looks);
  }

  /** The indexes of those of which rules must be asked. */
  List<Integer> unknown() {
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < looks.length; i++) {
      if (looks[i].found() == null) {
        unknown.add(i);
      }
    }
    return unknown;
  }

  /** What rules found in one of which they had to be asked. */
  void answer(int index, Surroundings around, List<Finding> news) {
    Look look = looks[index];
    if (look.item() != null) {
      look.object().remember(around, look.item().facts(), news);
    }
    looks[index] = look.answered(news);
  }

  /** What rules could not judge in them. */
  Gaps gaps() {
    return gaps.copy();
  }
}
