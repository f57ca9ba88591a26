package io.meshkeel.policy.admission;

import io.meshkeel.policy.cel.CelSyntax;
import java.util.List;

/** {@code ValidateTelemetry}. */
final class Telemetries {
  private Telemetries() {}

  static void check(Subject subject, Refusals refusals) {
    Node spec = subject.spec();
    Selectors.policy(spec, refusals);
    for (String field : List.of("metrics", "tracing", "accessLogging")) {
      for (Node each : spec.at(field).each()) {
        for (Node provider : each.at("providers").each()) {
          if (provider.text("name").isEmpty()) {
            refusals.add(provider.at("name"), "a provider needs a name", "write it");
          }
        }
      }
    }
    spec.at("metrics").each().forEach(each -> metrics(each, refusals));
    spec.at("tracing").each().forEach(each -> tracing(each, refusals));
    for (Node logging : spec.at("accessLogging").each()) {
      Node filter = logging.at("filter");
      if (filter.is() && !CelSyntax.parses(filter.text("expression"))) {
        refusals.value(filter.at("expression"), "is no CEL expression", "write one");
      }
    }
  }

  private static void tracing(Node tracing, Refusals refusals) {
    Node share = tracing.at("randomSamplingPercentage");
    if (share.decimal() < 0 || share.decimal() > 100) {
      refusals.add(share, share.decimal() + " is no percentage", "write 0 to 100");
    }
    for (Node tag : tracing.at("customTags").each()) {
      if (tag.key().isEmpty()) {
        refusals.add(tag, "a tag needs a name", "write it");
      }
      filled(tag, "literal", "value", refusals);
      filled(tag, "header", "name", refusals);
      filled(tag, "environment", "name", refusals);
    }
  }

  private static void filled(Node tag, String kind, String field, Refusals refusals) {
    if (tag.has(kind) && tag.at(kind).text(field).isEmpty()) {
      refusals.add(tag.at(kind, field), "a tag by " + kind + " needs a " + field, "write it");
    }
  }

  private static void metrics(Node metrics, Refusals refusals) {
    Values.anyDuration(metrics.at("reportingInterval"), refusals);
    for (Node override : metrics.at("overrides").each()) {
      for (Node tag : override.at("tagOverrides").each()) {
        boolean removed = tag.text("operation").equals("REMOVE");
        if (tag.text("value").isEmpty() != removed) {
          refusals.add(
              tag.at("value"),
              removed ? "a tag that is removed has no value" : "a tag that is set needs a value",
              removed ? "remove it" : "write it");
        }
      }
      if (override.at("match").has("customMetric")
          && override.at("match").text("customMetric").isEmpty()) {
        refusals.add(override.at("match", "customMetric"), "the metric has no name", "write it");
      }
    }
  }
}
