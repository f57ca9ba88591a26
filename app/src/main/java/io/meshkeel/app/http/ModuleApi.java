package io.meshkeel.app.http;

import io.meshkeel.app.observe.ModuleDocument;
import io.meshkeel.model.ClosestName;
import io.meshkeel.view.Module;
import io.meshkeel.view.Modules;
import io.meshkeel.view.Scene;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /api/v1/<module>?mesh=&cluster=&namespace=&output=&by=}: the rows of a module as the
 * service sees the meshes now. {@code output} is {@code json} (the default), {@code yaml}, {@code
 * table} or {@code wide}; {@code cells} and {@code wide-cells} are the tables as JSON. A module
 * that doesn't exist is a 404, a wrong parameter a 400; both say in one line what is meant. Any
 * thread; must not be called on an event loop.
 *
 * @param changes grows whenever the scenes are others; must not block
 * @param scenes what is known now, a mesh each
 * @param traffic finds what was observed, where a module shows it
 */
public record ModuleApi(LongSupplier changes, Supplier<List<Scene>> scenes, TrafficLookup traffic) {
  private static final List<String> OUTPUTS =
      List.of("json", "yaml", "table", "wide", "cells", "wide-cells");
  private static final Set<String> PARAMETERS =
      Set.of("mesh", "cluster", "namespace", "output", "by", "after");

  /** Without traffic, of scenes that stay as they are. */
  public ModuleApi(Supplier<List<Scene>> scenes) {
    this(scenes, TrafficLookup.NONE);
  }

  /** Of scenes that stay as they are. */
  public ModuleApi(Supplier<List<Scene>> scenes, TrafficLookup traffic) {
    this(() -> 0, scenes, traffic);
  }

  /**
   * An answer.
   *
   * @param status HTTP status
   * @param type media type
   * @param body text
   */
  public record Reply(int status, String type, String body) {
    static Reply text(int status, String body) {
      return new Reply(status, "text/plain; charset=utf-8", body + "\n");
    }
  }

  /**
   * Answers a request.
   *
   * @param name of the module
   * @param parameters of the query, each once
   */
  public Reply get(String name, Map<String, String> parameters) {
    Optional<Module<?>> module = Modules.find(name);
    if (module.isEmpty()) {
      return Reply.text(
          404,
          "there is no module '"
              + shown(name)
              + "'"
              + ClosestName.hint(name, Modules.names())
              + " (there are "
              + String.join(", ", Modules.names())
              + ")");
    }
    for (String parameter : new TreeSet<>(parameters.keySet())) {
      if (!PARAMETERS.contains(parameter)) {
        return Reply.text(
            400,
            "there is no parameter '"
                + shown(parameter)
                + "'"
                + ClosestName.hint(parameter, PARAMETERS));
      }
    }
    String output = parameters.getOrDefault("output", "json");
    if (!OUTPUTS.contains(output)) {
      return Reply.text(400, "output is one of " + String.join(", ", OUTPUTS));
    }
    String by = parameters.getOrDefault("by", "");
    Optional<Module<?>> shown = by.isEmpty() ? module : Modules.at(module.get(), by);
    if (shown.isEmpty()) {
      return Reply.text(
          400, "by is one of " + String.join(", ", Modules.LEVELS) + ", and for topology only");
    }
    return reply(
        shown.get(),
        new Module.Filter(
            parameters.getOrDefault("mesh", ""),
            parameters.getOrDefault("cluster", ""),
            parameters.getOrDefault("namespace", "")),
        output);
  }

  private Reply reply(Module<?> module, Module.Filter filter, String output) {
    List<Scene> now = scenes.get();
    if (module.needsTraffic() || module.asksIstiods()) {
      now = traffic.observed(module, filter, now);
    }
    return switch (output) {
      case "json" ->
          new Reply(200, "application/json", ModuleDocument.of(module, now, filter).json());
      case "yaml" ->
          new Reply(200, "application/yaml", ModuleDocument.of(module, now, filter).yaml());
      case "cells", "wide-cells" ->
          new Reply(
              200,
              "application/json",
              ModuleDocument.cells(module, now, filter, output.equals("wide-cells")).json());
      default ->
          new Reply(
              200,
              "text/plain; charset=utf-8",
              ModuleDocument.table(module, now, filter, output.equals("wide")));
    };
  }

  private static String shown(String word) {
    String plain = word.replaceAll("[^A-Za-z0-9._-]", "?");
    return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
  }
}
