package io.meshkeel.plan;

import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a plan as a tree for JSON: {@code {mesh, cluster, empty, changes: [{action, group, kind,
 * namespace, name, stage?, reason?, message?, until?, differences?: [{path, live?, desired?}]}]}}.
 * Unchanged objects are only counted, in {@code unchanged}.
 */
public final class PlanJson {
  private PlanJson() {}

  /** Maps keep the order in which fields are to be written. */
  public static Map<String, Object> of(Plan plan) {
    Map<ResourceKey, Integer> stages = new LinkedHashMap<>();
    for (int i = 0; i < plan.stages().size(); i++) {
      for (Step step : plan.stages().get(i)) {
        stages.put(step.key(), i + 1);
      }
    }
    List<Object> changes = new ArrayList<>();
    for (Change change : plan.changes()) {
      if (!(change instanceof Change.Unchanged)) {
        changes.add(change(change, stages));
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mesh", plan.mesh().value());
    json.put("cluster", plan.cluster().value());
    json.put("empty", plan.isEmpty());
    json.put("unchanged", plan.of(Change.Unchanged.class).count());
    json.put("changes", changes);
    return json;
  }

  private static Map<String, Object> change(Change change, Map<ResourceKey, Integer> stages) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("action", change.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    json.put("group", change.key().group());
    json.put("kind", change.key().kind());
    json.put("namespace", change.key().namespace());
    json.put("name", change.key().name());
    Integer stage = stages.get(change.key());
    if (stage != null) {
      json.put("stage", stage);
    }
    switch (change) {
      case Change.Update update -> json.put("differences", differences(update.differences()));
      case Change.Adopt adopt -> json.put("differences", differences(adopt.differences()));
      case Change.Skipped skipped -> {
        json.put("reason", skipped.reason().word());
        json.put("message", skipped.message());
      }
      case Change.Awaited _ -> json.put("message", Change.Awaited.MESSAGE);
      case Change.Held held -> {
        json.put("until", held.until().toString());
        json.put("message", held.reason());
      }
      case Change.PendingRestart pending -> json.put("message", pending.message());
      case Change.Create _, Change.Delete _, Change.Release _, Change.Unchanged _ -> {}
    }
    return json;
  }

  private static List<Object> differences(List<FieldDifference> differences) {
    List<Object> list = new ArrayList<>();
    for (FieldDifference difference : differences) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("path", difference.path().toString());
      difference.live().ifPresent(value -> json.put("live", value));
      difference.desired().ifPresent(value -> json.put("desired", value));
      list.add(json);
    }
    return list;
  }
}
