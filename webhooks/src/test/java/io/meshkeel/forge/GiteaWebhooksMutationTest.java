package io.meshkeel.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of real bodies is changed in every way that breaks a careless reader. */
class GiteaWebhooksMutationTest {
  /** Where Gitea itself writes null, or a list that may be empty. */
  private static final Set<String> MAY_BE_NULL_OR_EMPTY =
      Set.of(
          "commits",
          "head_commit",
          "author",
          "committer",
          "verification",
          "added",
          "removed",
          "modified",
          "topics",
          "licenses",
          "permissions",
          "internal_tracker",
          "repo",
          "user",
          "assignee",
          "merged_by",
          "labels",
          "requested_reviewers",
          "requested_reviewers_teams",
          "assignees",
          "milestone",
          "merged_at",
          "merge_commit_sha",
          "due_date",
          "created_at",
          "updated_at",
          "closed_at",
          "additions",
          "deletions",
          "changed_files",
          "requested_reviewer",
          "review");

  /** Objects that are of no interest inside: any content will do. */
  private static final Set<String> OPAQUE = Set.of("permissions", "internal_tracker");

  private static WebhookServer server;

  @BeforeAll
  static void start() throws Exception {
    server = WebhookServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  static Stream<Arguments> fields() {
    List<Arguments> all = new ArrayList<>();
    for (String event : List.of("push", "pull_request")) {
      List<List<Object>> paths = new ArrayList<>();
      collect(new JsonObject(body(event)), List.of(), paths);
      paths.forEach(path -> all.add(Arguments.of(event, path)));
    }
    return all.stream();
  }

  private static String body(String event) {
    return event.equals("push") ? Payloads.push() : Payloads.pullRequest();
  }

  private static void collect(Object value, List<Object> at, List<List<Object>> paths) {
    if (!at.isEmpty()) {
      paths.add(at);
    }
    if (value instanceof JsonObject object && (at.isEmpty() || !OPAQUE.contains(at.getLast()))) {
      object.forEach(entry -> collect(entry.getValue(), with(at, entry.getKey()), paths));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.getValue(i), with(at, i), paths);
      }
    }
  }

  private static List<Object> with(List<Object> at, Object segment) {
    List<Object> longer = new ArrayList<>(at);
    longer.add(segment);
    return longer;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("fields")
  void aFieldOfAnotherTypeIsRefused(String event, List<Object> path) throws Exception {
    Object was = at(new JsonObject(body(event)), path);
    for (Object swapped : List.of("text", 7, 0.5, -1.5e300, true, nested())) {
      boolean same =
          was == null
              || was.getClass() == swapped.getClass()
              || (was instanceof Number && swapped instanceof Integer);
      if (!same || (was == null && swapped instanceof Double)) {
        refused(event, path, swapped);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("fields")
  void nullAndAnEmptyListAreRefused(String event, List<Object> path) throws Exception {
    if (MAY_BE_NULL_OR_EMPTY.contains(path.getLast())) {
      int status = send(event, path, null);
      assertThat(status).isIn(202, 400);
      assertThat(send(event, path, new JsonArray())).isIn(202, 400);
      assertThat(server.failures()).isEmpty();
    } else {
      refused(event, path, null);
      refused(event, path, new JsonArray());
    }
  }

  private static JsonObject nested() {
    JsonObject deep = new JsonObject();
    for (int i = 0; i < 40; i++) {
      deep = new JsonObject().put("a", deep);
    }
    return deep;
  }

  private static void refused(String event, List<Object> path, @Nullable Object value)
      throws Exception {
    server.events.clear();
    assertThat(send(event, path, value)).as("%s", value).isBetween(400, 499);
    assertThat(server.events).isEmpty();
    assertThat(server.failures()).isEmpty();
  }

  private static int send(String event, List<Object> path, @Nullable Object value)
      throws Exception {
    JsonObject body = new JsonObject(body(event));
    setter(body, path).accept(value);
    return server.deliver(event, body.encode()).statusCode();
  }

  private static Object at(JsonObject root, List<Object> path) {
    Object at = root;
    for (Object segment : path) {
      at =
          at instanceof JsonArray array
              ? array.getValue((Integer) segment)
              : ((JsonObject) at).getValue((String) segment);
    }
    return at;
  }

  private static Consumer<Object> setter(JsonObject root, List<Object> path) {
    Object parent = at(root, path.subList(0, path.size() - 1));
    Object last = path.getLast();
    return parent instanceof JsonArray array
        ? value -> array.set((Integer) last, value)
        : value -> ((JsonObject) parent).put((String) last, value);
  }
}
