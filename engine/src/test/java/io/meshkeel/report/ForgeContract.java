package io.meshkeel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshkeel.model.Revision;
import io.meshkeel.report.CommitStatus.State;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every forge must do. Extend it for each adapter; the fake is under it too. */
public abstract class ForgeContract {
  private static final URI PAGE = URI.create("http://127.0.0.1:8080/runs/0123456789abcdef");

  /** The forge under test. */
  protected abstract Forge forge() throws Exception;

  /** A commit of the repository without any status. */
  protected abstract Revision commit() throws Exception;

  /** Opens a pull request against {@code main}. */
  protected abstract PullRequest openPullRequest() throws Exception;

  @Test
  protected void aCommitWithoutStatusesHasNone() throws Exception {
    assertThat(forge().statuses(commit())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  protected void aStatusIsReadBackAsItWasPosted(State state) throws Exception {
    Revision commit = commit();
    CommitStatus status = new CommitStatus("meshkeel/policy", state, "1 mesh accepted", PAGE);
    forge().post(commit, status);
    assertThat(forge().statuses(commit)).containsExactly(status);
  }

  @Test
  protected void theNewestStatusOfAContextCounts() throws Exception {
    Revision commit = commit();
    forge().post(commit, new CommitStatus("meshkeel/sync/a", State.PENDING, "0/1", PAGE));
    forge().post(commit, new CommitStatus("meshkeel/sync/a", State.SUCCESS, "1/1", PAGE));
    assertThat(forge().statuses(commit))
        .extracting(CommitStatus::state)
        .containsExactly(State.SUCCESS);
  }

  @Test
  protected void contextsDoNotTouchEachOther() throws Exception {
    Revision commit = commit();
    for (int i = 0; i < 60; i++) {
      forge()
          .post(commit, new CommitStatus("meshkeel/sync/a/c" + i, State.SUCCESS, "in sync", PAGE));
    }
    assertThat(forge().statuses(commit)).hasSize(60);
  }

  @Test
  protected void theLongestDescriptionIsTakenAndOneLongerRefused() throws Exception {
    Revision commit = commit();
    String longest = "x".repeat(forge().maxDescriptionLength());
    forge().post(commit, new CommitStatus("meshkeel/policy", State.SUCCESS, longest, PAGE));
    assertThat(forge().statuses(commit).getFirst().description()).isEqualTo(longest);
    assertThatThrownBy(() ->
            forge()
                .post(
                    commit,
                    new CommitStatus("meshkeel/policy", State.SUCCESS, longest + "x", PAGE)))
        .isInstanceOfSatisfying(ForgeException.class, e -> assertThat(e.retryable()).isFalse());
  }

  @Test
  protected void openPullRequestsOfABranchAreListed() throws Exception {
    PullRequest pull = openPullRequest();
    List<PullRequest> open = forge().openPullRequests("main");
    assertThat(open).contains(pull);
    assertThat(forge().openPullRequests("no-such-branch")).doesNotContain(pull);
  }
}
