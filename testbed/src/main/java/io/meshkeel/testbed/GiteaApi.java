package io.meshkeel.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tests, demo and benchmark do at Gitea as a user would: make repositories, commit, open pull
 * requests, read statuses. A bad answer is a {@link TestbedException}. Thread-safe.
 *
 * <p>A repository is named {@code owner/name} throughout.
 */
public final class GiteaApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final String authorization;
  private final Http http = new Http();

  GiteaApi(URI url, String token) {
    this.url = url;
    this.authorization = "token " + token;
  }

  /** A commit status as the forge shows it. */
  public record Status(String context, String state, String description, String targetUrl) {}

  /** Creates an empty repository of {@link Gitea#USER} and returns {@code owner/name}. */
  public String createRepository(String name) {
    return createRepository(name, false);
  }

  /** The same, and nobody reads it without a token. */
  public String createPrivateRepository(String name) {
    return createRepository(name, true);
  }

  private String createRepository(String name, boolean isPrivate) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("name", name)
            .put("default_branch", "main")
            .put("private", isPrivate);
    return send("POST", "/user/repos", body).path("full_name").asText();
  }

  /** Creates a user with this password; without rights on any repository. */
  public void createUser(String name, String password) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("username", name)
            .put("password", password)
            .put("email", name + "@example.com")
            .put("must_change_password", false);
    send("POST", "/admin/users", body);
  }

  /**
   * Lets a user work on a repository; the permission is {@code read}, {@code write} or {@code
   * admin}.
   */
  public void addCollaborator(String repository, String user, String permission) {
    send(
        "PUT",
        "/repos/" + repository + "/collaborators/" + user,
        JSON.createObjectNode().put("permission", permission));
  }

  /** Adds a public key in OpenSSH's form to the account of {@link Gitea#USER}. */
  public void addSshKey(String title, String publicKey) {
    send("POST", "/user/keys", JSON.createObjectNode().put("title", title).put("key", publicKey));
  }

  /** Adds a webhook for pushes and pull requests with this secret; returns its number. */
  public long createWebhook(String repository, URI target, String secret) {
    ObjectNode body = JSON.createObjectNode().put("type", "gitea").put("active", true);
    body.putObject("config")
        .put("url", target.toString())
        .put("content_type", "json")
        .put("secret", secret);
    body.putArray("events").add("push").add("pull_request").add("pull_request_sync");
    return send("POST", "/repos/" + repository + "/hooks", body).path("id").asLong();
  }

  /**
   * Commits files to a branch in one commit and returns its id.
   *
   * @param files content by path; an empty text deletes the file
   */
  public String commit(
      String repository, String branch, String message, Map<String, String> files) {
    return commit(repository, branch, branch, message, files);
  }

  /** Like {@link #commit}, on a new branch that starts at another. */
  public String commitToNewBranch(
      String repository, String from, String branch, String message, Map<String, String> files) {
    return commit(repository, from, branch, message, files);
  }

  private String commit(
      String repository, String from, String to, String message, Map<String, String> files) {
    ObjectNode body = JSON.createObjectNode().put("message", message).put("branch", from);
    if (!from.equals(to)) {
      body.put("new_branch", to);
    }
    ArrayNode changes = body.putArray("files");
    new TreeMap<>(files)
        .forEach((path, content) -> {
          String sha = fileSha(repository, from, path);
          ObjectNode change = changes.addObject().put("path", path);
          if (!sha.isEmpty()) {
            change.put("sha", sha);
          }
          if (content.isEmpty()) {
            change.put("operation", "delete");
          } else {
            change
                .put("operation", sha.isEmpty() ? "create" : "update")
                .put(
                    "content",
                    Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)));
          }
        });
    JsonNode answer = send("POST", "/repos/" + repository + "/contents", body);
    return answer.path("commit").path("sha").asText();
  }

  /** The commit at the head of a branch. */
  public String head(String repository, String branch) {
    return send("GET", "/repos/" + repository + "/branches/" + branch)
        .path("commit")
        .path("id")
        .asText();
  }

  /** Opens a pull request and returns its number. */
  public long openPullRequest(String repository, String title, String head, String base) {
    ObjectNode body =
        JSON.createObjectNode().put("title", title).put("head", head).put("base", base);
    return send("POST", "/repos/" + repository + "/pulls", body).path("number").asLong();
  }

  /** Merges a pull request. */
  public void mergePullRequest(String repository, long number) {
    send(
        "POST",
        "/repos/" + repository + "/pulls/" + number + "/merge",
        JSON.createObjectNode().put("Do", "merge"));
  }

  /** The newest status of each context of a commit, by context. */
  public Map<String, Status> statuses(String repository, String commit) {
    Map<String, Status> newest = new TreeMap<>();
    for (Status status : statusHistory(repository, commit)) {
      newest.putIfAbsent(status.context(), status);
    }
    return newest;
  }

  /** Every status ever posted to a commit, the newest first. */
  public List<Status> statusHistory(String repository, String commit) {
    String path = "/repos/" + repository + "/commits/" + commit + "/statuses?limit=50&page=";
    List<JsonNode> all = new ArrayList<>();
    for (int page = 1; all.size() == (page - 1) * 50; page++) {
      send("GET", path + page).forEach(all::add);
    }
    // Gitea's own order is by whole seconds.
    return all.stream()
        .sorted(
            Comparator.comparingLong((JsonNode status) -> status.path("id").asLong()).reversed())
        .map(status ->
            new Status(
                status.path("context").asText(),
                status.path("status").asText(),
                status.path("description").asText(),
                status.path("target_url").asText()))
        .toList();
  }

  /** A request to a path below {@code /api/v1}; the answer's JSON, empty where it has none. */
  public JsonNode send(String method, String path) {
    return request(method, path, "");
  }

  /** A request with a JSON body to a path below {@code /api/v1}. */
  public JsonNode send(String method, String path, JsonNode body) {
    return request(method, path, body.toString());
  }

  private String fileSha(String repository, String branch, String path) {
    try {
      Http.Answer answer =
          http.send(
              "GET",
              URI.create(
                  url + "/api/v1/repos/" + repository + "/contents/" + path + "?ref=" + branch),
              Map.of("Authorization", authorization),
              "");
      return answer.status() == 404
          ? ""
          : JSON.readTree(answer.orFail("reading " + path)).path("sha").asText();
    } catch (IOException e) {
      throw new TestbedException("cannot ask Gitea for " + path + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while asking Gitea", e);
    }
  }

  private JsonNode request(String method, String path, String body) {
    String what = method + " " + path;
    try {
      String answer =
          http.send(
                  method,
                  URI.create(url + "/api/v1" + path),
                  Map.of("Authorization", authorization, "Content-Type", "application/json"),
                  body)
              .orFail(what);
      return answer.isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new TestbedException(what + " did not answer with JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TestbedException(what + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted in " + what, e);
    }
  }
}
