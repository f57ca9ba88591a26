package io.meshkeel.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.Revision;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person sees in Gitea, asked of its API directly and not through the product's own client,
 * so that the product can't vouch for itself. Source: Gitea's API v1. Methods block; any thread.
 */
public final class ForgeEyes {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI url;
  private final String repository;
  private final String token;

  /**
   * @param url of the server, without a path
   * @param repository owner/name
   */
  public ForgeEyes(URI url, String repository, String token) {
    this.url = url;
    this.repository = repository;
    this.token = token;
  }

  /** The newest status of a context. */
  public record Seen(String state, String description, String target) {
    @Override
    public String toString() {
      return state + ": " + description;
    }
  }

  /** The newest status of each context on a commit, in the order in which the contexts appeared. */
  public Map<String, Seen> statuses(Revision revision) {
    JsonNode page = call("GET", "/statuses/" + revision.sha() + "?limit=50&sort=oldest", null);
    Map<String, Seen> newest = new LinkedHashMap<>();
    Map<String, Long> ids = new LinkedHashMap<>();
    for (JsonNode status : page) {
      String context = status.path("context").asText();
      long id = status.path("id").asLong();
      if (ids.merge(context, id, Math::max) == id) {
        newest.put(
            context,
            new Seen(
                status.path("status").asText(),
                status.path("description").asText(),
                status.path("target_url").asText()));
      }
    }
    return newest;
  }

  /** How many statuses were ever posted on a commit (at most 50 are counted). */
  public int posted(Revision revision) {
    return call("GET", "/statuses/" + revision.sha() + "?limit=50", null).size();
  }

  /**
   * Opens a pull request.
   *
   * @return the address of its page
   */
  public String openPullRequest(String head, String base, String title) {
    return call(
            "POST",
            "/pulls",
            JSON.createObjectNode().put("head", head).put("base", base).put("title", title))
        .path("html_url")
        .asText();
  }

  private JsonNode call(String method, String path, @Nullable JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/repos/" + repository + path))
            .timeout(TIMEOUT)
            .header("Authorization", "token " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            method + " " + request.uri() + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + request.uri() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
