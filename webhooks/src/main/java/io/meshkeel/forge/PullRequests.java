package io.meshkeel.forge;

import io.meshkeel.model.Revision;
import io.meshkeel.report.ForgeException;
import io.meshkeel.report.PullRequest;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads pull requests as Gitea's API writes them. */
final class PullRequests {
  private static final Logger log = LoggerFactory.getLogger(PullRequests.class);

  private PullRequests() {}

  /** Empty for one whose head is gone: there is no commit to judge or to post on. */
  static Optional<PullRequest> read(JsonObject item) throws ForgeException {
    long number = GiteaApi.number(item, "number");
    JsonObject head = GiteaApi.object(item, "head");
    JsonObject base = GiteaApi.object(item, "base");
    Revision revision;
    try {
      revision = new Revision(GiteaApi.string(head, "sha"));
    } catch (IllegalArgumentException noCommit) {
      log.debug("pull request {} has no head commit", number);
      return Optional.empty();
    }
    // Gitea gives -1 for a repository that was deleted.
    boolean fork =
        !Objects.equals(GiteaApi.number(head, "repo_id"), GiteaApi.number(base, "repo_id"));
    return Optional.of(new PullRequest(number, revision, GiteaApi.string(base, "ref"), fork));
  }
}
