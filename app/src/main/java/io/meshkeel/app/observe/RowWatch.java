package io.meshkeel.app.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshkeel.app.CommandException;
import io.meshkeel.app.ExitCode;
import io.meshkeel.declaration.YamlWriter;
import io.meshkeel.view.Column;
import io.meshkeel.view.Module;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows a module of a running service: prints its rows, then what changes. A row that is gone or
 * was otherwise before has a minus, a row that is new or otherwise now a plus. Columns that
 * {@linkplain Column#passing() pass} make no row otherwise. Ends when its thread is interrupted;
 * blocks until then.
 */
final class RowWatch {
  /** Pause after the service could not be asked. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ServiceUrl service;
  private final Module<?> module;
  private final Set<String> passing;
  private final Map<String, String> parameters;
  private final GetCommand.Output output;
  private final PrintWriter out;
  private final PrintWriter err;
  private final TableText.Widths widths = new TableText.Widths();
  private @Nullable JsonNode shown;
  private List<String> notes = List.of();

  /**
   * @param parameters of the question, its output left out
   */
  RowWatch(
      ServiceUrl service,
      Module<?> module,
      Map<String, String> parameters,
      GetCommand.Output output,
      PrintWriter out,
      PrintWriter err) {
    this.service = service;
    this.module = module;
    this.passing =
        module.columns().stream()
            .filter(Column::passing)
            .flatMap(column -> Stream.of(column.name(), column.header()))
            .collect(Collectors.toUnmodifiableSet());
    this.parameters = parameters;
    this.output = output;
    this.out = out;
    this.err = err;
  }

  /**
   * @throws CommandException if the first question isn't answered, or one is answered by a refusal
   */
  void run() throws CommandException {
    String seen = "";
    boolean away = false;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        ServiceUrl.Answer answer = service.ask(module.name(), question(seen));
        away = false;
        seen = answer.state();
        take(tree(answer.body()));
        if (seen.isEmpty() && !rest()) {
          return; // A service that can't wait is asked now and then.
        }
      } catch (CommandException e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        if (shown == null || e.exitCode() == ExitCode.WRONG_USE) {
          throw e;
        }
        if (!away) {
          err.println(
              "meshkeel: " + e.getMessage() + " (asked again every " + PAUSE.toSeconds() + " s)");
          err.flush();
        }
        away = true;
        if (!rest()) {
          return;
        }
      }
    }
  }

  private static boolean rest() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, String> question(String seen) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put(
        "output",
        switch (output) {
          case table -> "cells";
          case wide -> "wide-cells";
          case json, yaml -> "json";
        });
    all.put("after", seen);
    return all;
  }

  private static JsonNode tree(String body) throws CommandException {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw CommandException.unable("the service answered no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private void take(JsonNode now) {
    List<String> told = new ArrayList<>();
    now.path("notes").forEach(note -> told.add(note.asText()));
    told.stream()
        .filter(note -> !notes.contains(note))
        .forEach(note -> err.println("meshkeel: " + note));
    notes = told;
    err.flush();
    JsonNode before = shown;
    shown = now;
    if (before == null) {
      print(" ", now, rows(now));
    } else {
      print("-", now, without(before, now));
      print("+", now, without(now, before));
    }
    out.flush();
  }

  private static List<JsonNode> rows(JsonNode document) {
    List<JsonNode> rows = new ArrayList<>();
    document.path("rows").forEach(rows::add);
    return rows;
  }

  /** Rows of one that the other doesn't have as often, but for what passes. */
  private List<JsonNode> without(JsonNode one, JsonNode other) {
    Map<JsonNode, Integer> counts = new HashMap<>();
    rows(other).forEach(row -> counts.merge(lasting(row, other), 1, Integer::sum));
    return rows(one).stream()
        .filter(row -> counts.merge(lasting(row, one), -1, Integer::sum) < 0)
        .toList();
  }

  /** The row, or its cells, without the columns that pass. */
  private JsonNode lasting(JsonNode row, JsonNode document) {
    if (passing.isEmpty()) {
      return row;
    }
    if (row instanceof ObjectNode item) {
      return item.deepCopy().without(passing);
    }
    ArrayNode cells = MAPPER.createArrayNode();
    for (int i = 0; i < row.size(); i++) {
      if (!passing.contains(document.path("headers").path(i).asText())) {
        cells.add(row.get(i));
      }
    }
    return cells;
  }

  private void print(String sign, JsonNode document, List<JsonNode> rows) {
    switch (output) {
      case table, wide -> {
        List<List<String>> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(cells(row)));
        boolean first = sign.isBlank();
        Module.Table table = new Module.Table(cells(document.path("headers")), lines);
        widths.lines(table, first).forEach(line -> out.println(sign + " " + line));
      }
      case json -> rows.forEach(row -> out.println(change(sign, row)));
      case yaml ->
          rows.forEach(row -> {
            Map<?, ?> tree = MAPPER.convertValue(change(sign, row), Map.class);
            Map<String, Object> keyed = new TreeMap<>();
            tree.forEach((key, value) -> keyed.put(String.valueOf(key), value));
            out.print("---\n" + YamlWriter.write(keyed));
          });
    }
  }

  private static ObjectNode change(String sign, JsonNode row) {
    ObjectNode change = MAPPER.createObjectNode();
    change.put(
        "change",
        switch (sign) {
          case "-" -> "gone";
          case "+" -> "there";
          default -> "found";
        });
    change.set("row", row);
    return change;
  }

  private static List<String> cells(JsonNode row) {
    List<String> cells = new ArrayList<>();
    row.forEach(cell -> cells.add(cell.asText()));
    return cells;
  }
}
