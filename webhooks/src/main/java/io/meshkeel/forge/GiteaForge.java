package io.meshkeel.forge;

import io.meshkeel.model.Revision;
import io.meshkeel.report.CommitStatus;
import io.meshkeel.report.Forge;
import io.meshkeel.report.ForgeException;
import io.meshkeel.report.PullRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One repository of a Gitea, by its API (version 1, as of Gitea 1.26). Blocks; any thread that may
 * block. Holds connections until closed.
 */
public final class GiteaForge implements Forge, AutoCloseable {
  /** Longest description, in characters: Gitea stores more, its pages show one line. */
  public static final int MAX_DESCRIPTION_LENGTH = 255;

  /** Items asked for at once, Gitea's own limit. It may give fewer. */
  static final int PAGE_SIZE = 50;

  /** Most pages read of one list; a list that goes on is an error. */
  static final int MAX_PAGES = 100;

  private final GiteaApi api;
  private final RepositoryPath repository;

  public GiteaForge(GiteaApi api, RepositoryPath repository) {
    this.api = api;
    this.repository = repository;
  }

  @Override
  public List<CommitStatus> statuses(Revision revision) throws ForgeException {
    // Gitea's "combined status" holds the newest status of each context.
    String path = repositoryPath() + "/commits/" + revision + "/status";
    Map<String, CommitStatus> byContext = new LinkedHashMap<>();
    for (int page = 1; page <= MAX_PAGES; page++) {
      GiteaApi.Answer answer = api.get(path, page(page));
      List<JsonObject> items = GiteaApi.objects(answer.object().getValue("statuses"), "statuses");
      for (JsonObject item : items) {
        CommitStatus status = status(item);
        byContext.putIfAbsent(status.context(), status);
      }
      if (items.isEmpty() || byContext.size() >= answer.totalCount()) {
        return List.copyOf(byContext.values());
      }
    }
    throw endless("statuses of " + revision.abbreviated());
  }

  @Override
  public void post(Revision revision, CommitStatus status) throws ForgeException {
    int length = status.description().codePointCount(0, status.description().length());
    if (length > MAX_DESCRIPTION_LENGTH) {
      throw new ForgeException(
          "the description of "
              + status.context()
              + " has "
              + length
              + " characters, at most "
              + MAX_DESCRIPTION_LENGTH
              + " fit",
          false,
          null,
          null);
    }
    api.post(
        repositoryPath() + "/statuses/" + revision,
        new JsonObject()
            .put("context", status.context())
            .put("state", status.state().word())
            .put("description", status.description())
            .put("target_url", status.target().toString()));
  }

  @Override
  public List<PullRequest> openPullRequests(String branch) throws ForgeException {
    String query =
        "state=open&base_branch=" + URLEncoder.encode(branch, StandardCharsets.UTF_8) + "&";
    List<PullRequest> pulls = new ArrayList<>();
    int seen = 0;
    for (int page = 1; page <= MAX_PAGES; page++) {
      GiteaApi.Answer answer = api.get(repositoryPath() + "/pulls", query + page(page));
      List<JsonObject> items = answer.objects();
      for (JsonObject item : items) {
        PullRequests.read(item).filter(pull -> pull.base().equals(branch)).ifPresent(pulls::add);
      }
      seen += items.size();
      if (items.isEmpty() || seen >= answer.totalCount()) {
        return List.copyOf(pulls);
      }
    }
    throw endless("open pull requests");
  }

  @Override
  public int maxDescriptionLength() {
    return MAX_DESCRIPTION_LENGTH;
  }

  @Override
  public void close() {
    api.close();
  }

  private String repositoryPath() {
    return "/repos/" + repository;
  }

  private static String page(int page) {
    return "page=" + page + "&limit=" + PAGE_SIZE;
  }

  private static CommitStatus status(JsonObject item) throws ForgeException {
    return new CommitStatus(
        GiteaApi.string(item, "context"),
        state(GiteaApi.string(item, "status")),
        GiteaApi.string(item, "description"),
        target(GiteaApi.string(item, "target_url")));
  }

  /** Gitea has more words than we use; others may have posted them. */
  private static CommitStatus.State state(String word) {
    return switch (word) {
      case "pending" -> CommitStatus.State.PENDING;
      case "success", "skipped" -> CommitStatus.State.SUCCESS;
      case "failure", "warning" -> CommitStatus.State.FAILURE;
      default -> CommitStatus.State.ERROR;
    };
  }

  /** Others may have posted what is no address; ours always is. */
  private static URI target(String address) {
    try {
      return URI.create(address);
    } catch (IllegalArgumentException notAnAddress) {
      return URI.create("");
    }
  }

  private ForgeException endless(String list) {
    return new ForgeException(
        "the list of " + list + " of " + repository + " doesn't end after " + MAX_PAGES + " pages",
        false,
        null,
        null);
  }
}
