package io.meshkeel.plan;

import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Locale;

/** Shows a plan as text, like a diff. */
public final class PlanText {
  private PlanText() {}

  /** Lines with {@code \n}, the last one too. */
  public static String of(Plan plan) {
    StringBuilder text = new StringBuilder();
    text.append("cluster ").append(plan.cluster()).append(" of mesh ").append(plan.mesh());
    text.append(": ").append(summary(plan)).append('\n');
    List<List<Step>> stages = plan.stages();
    for (int i = 0; i < stages.size(); i++) {
      text.append("  stage ").append(i + 1).append(" of ").append(stages.size()).append('\n');
      stages.get(i).forEach(step -> step(text, plan, step.change()));
    }
    plan.of(Change.Held.class)
        .forEach(held ->
            text.append("  = ")
                .append(held.key())
                .append(": held until ")
                .append(held.until())
                .append(" (")
                .append(held.reason())
                .append(")\n"));
    plan.of(Change.PendingRestart.class)
        .forEach(pending ->
            text.append("  = ")
                .append(pending.key())
                .append(": pending restart: ")
                .append(pending.message())
                .append('\n'));
    plan.refusedHolds()
        .forEach(
            (key, why) -> text.append("  ! ").append(key).append(": ").append(why).append('\n'));
    plan.of(Change.Awaited.class)
        .forEach(awaited -> {
          text.append("  ? ").append(awaited.key());
          place(text, plan, awaited);
          text.append(": ").append(Change.Awaited.MESSAGE).append('\n');
        });
    for (Change.Skipped skipped : plan.skipped()) {
      text.append("  ! ").append(skipped.key()).append(": ").append(skipped.message());
      text.append(" [").append(skipped.reason().word()).append("]\n");
    }
    return text.toString();
  }

  /** {@code 1 to create, 2 to update, 12 unchanged}; only what there is. */
  public static String summary(Plan plan) {
    StringBuilder text = new StringBuilder();
    count(text, plan, Change.Create.class, "to create");
    count(text, plan, Change.Update.class, "to update");
    count(text, plan, Change.Adopt.class, "to adopt");
    count(text, plan, Change.Delete.class, "to delete");
    count(text, plan, Change.Release.class, "to release");
    count(text, plan, Change.Held.class, "held");
    count(text, plan, Change.Awaited.class, "awaited");
    count(text, plan, Change.PendingRestart.class, "pending restart");
    count(text, plan, Change.Skipped.class, "refused");
    count(text, plan, Change.Unchanged.class, "unchanged");
    return text.isEmpty() ? "nothing declared" : text.toString();
  }

  private static void count(
      StringBuilder text, Plan plan, Class<? extends Change> sort, String word) {
    long count = plan.of(sort).count();
    if (count > 0) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(String.format(Locale.ROOT, "%d %s", count, word));
    }
  }

  /** Where it is declared. */
  private static void place(StringBuilder text, Plan plan, Change change) {
    plan.desired()
        .get(change.key())
        .map(object -> object.origin().position())
        .map(SourcePosition::toString)
        .ifPresent(position -> text.append("  (").append(position).append(')'));
  }

  private static void step(StringBuilder text, Plan plan, Change change) {
    char sign =
        switch (change) {
          case Change.Create _ -> '+';
          case Change.Update _ -> '~';
          case Change.Adopt _ -> '@';
          case Change.Delete _ -> '-';
          case Change.Release _ -> '^';
          case Change.Held _, Change.Unchanged _, Change.PendingRestart _ -> '=';
          case Change.Awaited _ -> '?';
          case Change.Skipped _ -> '!';
        };
    text.append("  ").append(sign).append(' ').append(change.key());
    place(text, plan, change);
    if (change instanceof Change.Adopt) {
      text.append("  taken over");
    }
    text.append('\n');
    List<FieldDifference> differences =
        switch (change) {
          case Change.Update update -> update.differences();
          case Change.Adopt adopt -> adopt.differences();
          default -> List.of();
        };
    for (FieldDifference difference : differences) {
      text.append("      ").append(difference.oneLine()).append('\n');
    }
  }
}
