package io.meshkeel.forge;

import static io.meshkeel.forge.PayloadShape.BOOLEAN;
import static io.meshkeel.forge.PayloadShape.COUNT;
import static io.meshkeel.forge.PayloadShape.INTEGER;
import static io.meshkeel.forge.PayloadShape.NAME;
import static io.meshkeel.forge.PayloadShape.NUMBER;
import static io.meshkeel.forge.PayloadShape.SHA;
import static io.meshkeel.forge.PayloadShape.STRING;
import static io.meshkeel.forge.PayloadShape.STRINGS;

/**
 * What Gitea 1.26 puts into the bodies of its {@code push} and {@code pull_request} events (its
 * structures {@code PushPayload} and {@code PullRequestPayload}). Required is what we use; of the
 * rest, what is there must be of its type.
 */
final class GiteaShapes {
  private static final PayloadShape.Check ANY_OBJECT = PayloadShape.any().object().orNull();
  private static final PayloadShape.Check ANY_OBJECTS = PayloadShape.any().array().orNull();

  private static final PayloadShape USER =
      PayloadShape.any()
          .required("login", NAME)
          .optional("id", INTEGER)
          .optional("source_id", INTEGER)
          .optionals(
              STRING,
              "login_name full_name email avatar_url html_url language last_login created location"
                  + " website description visibility username")
          .optionals(BOOLEAN, "is_admin restricted active prohibit_login")
          .optionals(COUNT, "followers_count following_count starred_repos_count");

  private static final PayloadShape REPOSITORY =
      PayloadShape.any()
          .required("id", NUMBER)
          .required("name", NAME)
          .required("full_name", NAME)
          .required("owner", USER.object())
          .optionals(
              STRING,
              "description language languages_url html_url url link ssh_url clone_url original_url"
                  + " website default_branch created_at updated_at archived_at projects_mode"
                  + " default_merge_style avatar_url mirror_interval object_format_name"
                  + " mirror_updated")
          .optionals(
              BOOLEAN,
              "empty private fork template mirror archived has_code has_issues has_wiki"
                  + " has_pull_requests has_projects has_releases has_packages has_actions"
                  + " ignore_whitespace_conflicts allow_merge_commits allow_rebase"
                  + " allow_rebase_explicit allow_squash_merge allow_fast_forward_only_merge"
                  + " allow_rebase_update allow_manual_merge autodetect_manual_merge"
                  + " default_delete_branch_after_merge default_allow_maintainer_edit internal")
          .optionals(
              COUNT,
              "size stars_count forks_count watchers_count branch_count open_issues_count"
                  + " open_pr_counter release_counter")
          .optionals(ANY_OBJECT, "permissions internal_tracker")
          .optionals(STRINGS.orNull(), "topics licenses");

  private static final PayloadShape.Check PERSON =
      PayloadShape.any().optionals(STRING, "name email username").object().orNull();

  private static final PayloadShape COMMIT =
      PayloadShape.any()
          .required("id", SHA)
          .optionals(STRING, "message url timestamp")
          .optionals(PERSON, "author committer")
          .optional("verification", ANY_OBJECT)
          .optionals(STRINGS.orNull(), "added removed modified");

  /** The body of {@code push}. */
  static final PayloadShape PUSH =
      PayloadShape.any()
          .required("ref", NAME)
          .required("before", SHA)
          .required("after", SHA)
          .optional("compare_url", STRING)
          .optional("commits", COMMIT.array().orNull())
          .optional("total_commits", COUNT)
          .optional("head_commit", COMMIT.object().orNull())
          .required("repository", REPOSITORY.object())
          .required("pusher", USER.object())
          .required("sender", USER.object());

  private static final PayloadShape SIDE =
      PayloadShape.any()
          .required("ref", NAME)
          .required("sha", STRING)
          .optional("label", STRING)
          .optional("repo_id", INTEGER)
          .optional("repo", REPOSITORY.object().orNull());

  private static final PayloadShape PULL =
      PayloadShape.any()
          .required("id", NUMBER)
          .required("number", NUMBER)
          .required("state", NAME)
          .required("title", STRING)
          .required("base", SIDE.object())
          .required("head", SIDE.object())
          .optionals(USER.object().orNull(), "user assignee merged_by")
          .optionals(ANY_OBJECTS, "labels requested_reviewers_teams")
          .optionals(USER.array().orNull(), "assignees requested_reviewers")
          .optional("milestone", ANY_OBJECT)
          .optionals(STRING, "url body html_url diff_url patch_url merge_base")
          .optionals(
              STRING.orNull(),
              "merged_at merge_commit_sha due_date created_at updated_at closed_at")
          .optionals(BOOLEAN, "draft is_locked mergeable merged allow_maintainer_edit")
          .optionals(COUNT.orNull(), "additions deletions changed_files review_comments")
          .optionals(COUNT, "comments pin_order content_version");

  /** The body of {@code pull_request}. */
  static final PayloadShape PULL_REQUEST =
      PayloadShape.any()
          .required("action", NAME)
          .required("number", NUMBER)
          .required("pull_request", PULL.object())
          .required("repository", REPOSITORY.object())
          .required("sender", USER.object())
          .optional("requested_reviewer", USER.object().orNull())
          .optional("commit_id", STRING)
          .optionals(ANY_OBJECT, "changes review");

  private GiteaShapes() {}
}
