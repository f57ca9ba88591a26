package io.meshkeel.demo;

import io.meshkeel.model.Revision;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.GiteaApi.Status;

/** What the forge shows beside commits. */
final class Statuses {
  private final Story story;
  private final Rig rig;
  private final Repository repository;

  Statuses(Story story, Rig rig, Repository repository) {
    this.story = story;
    this.rig = rig;
    this.repository = repository;
  }

  /** Checks that a commit has a status of this state that names a text. */
  void expect(Revision revision, String context, String state, String text) {
    story.check(
        "%s on %s is %s%s"
            .formatted(
                context, revision.abbreviated(), state, text.isEmpty() ? "" : " and names " + text),
        () -> of(revision, context),
        seen -> seen.startsWith(state + ":") && seen.contains(text));
  }

  void expect(Revision revision, String context, String state) {
    expect(revision, context, state, "");
  }

  /** State and text of a status; {@code absent} if there is none. */
  String of(Revision revision, String context) {
    Status status = rig.gitea().api().statuses(repository.name(), revision.sha()).get(context);
    return status == null ? "absent" : status.state() + ": " + status.description();
  }

  /** The head of the branch as the forge has it. */
  Revision head() {
    return new Revision(rig.gitea().api().head(repository.name(), "main"));
  }

  /** Where people look at a commit. */
  String url(Revision revision) {
    return rig.gitea().url() + "/" + repository.name() + "/commit/" + revision.sha();
  }
}
