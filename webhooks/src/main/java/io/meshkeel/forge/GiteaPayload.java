package io.meshkeel.forge;

import io.meshkeel.reconcile.RepositoryEvent;
import io.meshkeel.reconcile.RepositoryEvent.BranchMoved;
import io.meshkeel.reconcile.RepositoryEvent.PullRequestChanged;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the bodies of Gitea's {@code push} and {@code pull_request} events. Strict: a field we know
 * that doesn't hold what Gitea puts there refuses the whole body.
 */
final class GiteaPayload {
  /** Deepest nesting of objects and arrays; Gitea's own bodies stay below 10. */
  static final int MAX_DEPTH = 32;

  private static final String BRANCHES = "refs/heads/";

  private GiteaPayload() {}

  /** A body that can't be taken; the message says why and repeats nothing of the body. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    /** The body isn't what Gitea sends. */
    static Refused malformed(String message) {
      return new Refused(400, message);
    }

    /** The body is fine and not for us. */
    static Refused notForUs(String message) {
      return new Refused(422, message);
    }

    /** The HTTP status that says so. */
    int status() {
      return status;
    }

    /** Never null. */
    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  /**
   * The events of a body; none for one that is fine and doesn't concern us (a tag, for example).
   *
   * @param event the value of the header {@code X-Gitea-Event}
   */
  static List<RepositoryEvent> events(String event, byte[] body, RepositoryPath repository)
      throws Refused {
    return switch (event) {
      case "push" -> push(parse(body, GiteaShapes.PUSH, repository));
      case "pull_request" -> {
        JsonObject payload = parse(body, GiteaShapes.PULL_REQUEST, repository);
        yield List.of(new PullRequestChanged(payload.getLong("number")));
      }
      default ->
          throw Refused.notForUs(
              "this kind of event isn't taken: choose only Push and Pull Request events for this"
                  + " webhook");
    };
  }

  private static List<RepositoryEvent> push(JsonObject payload) {
    String ref = payload.getString("ref");
    return ref.startsWith(BRANCHES) && ref.length() > BRANCHES.length()
        ? List.of(new BranchMoved(ref.substring(BRANCHES.length())))
        : List.of();
  }

  private static JsonObject parse(byte[] body, PayloadShape shape, RepositoryPath repository)
      throws Refused {
    if (tooDeep(body)) {
      throw Refused.malformed("the body is nested deeper than " + MAX_DEPTH);
    }
    JsonObject payload;
    try {
      payload = new JsonObject(Buffer.buffer(body));
    } catch (DecodeException e) {
      throw Refused.malformed("the body is not a JSON object");
    }
    Optional<String> problem = shape.problem(payload);
    if (problem.isPresent()) {
      throw Refused.malformed("in the body, " + problem.get());
    }
    if (!repository.matches(payload.getJsonObject("repository").getString("full_name"))) {
      throw Refused.notForUs("this webhook is for the repository " + repository);
    }
    return payload;
  }

  /** Looks at brackets outside strings only, before anything is built from the body. */
  private static boolean tooDeep(byte[] body) {
    int depth = 0;
    boolean string = false;
    for (int i = 0; i < body.length; i++) {
      switch (body[i]) {
        case '\\' -> i += string ? 1 : 0;
        case '"' -> string = !string;
        case '{', '[' -> depth += string ? 0 : 1;
        case '}', ']' -> depth -= string ? 0 : 1;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        return true;
      }
    }
    return false;
  }
}
