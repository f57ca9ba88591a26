package io.meshkeel.report;

import io.meshkeel.model.Revision;

class FakeForgeTest extends ForgeContract {
  private final FakeForge forge = new FakeForge();
  private int commits;

  @Override
  protected Forge forge() {
    return forge;
  }

  @Override
  protected Revision commit() {
    return new Revision("%040x".formatted(++commits));
  }

  @Override
  protected PullRequest openPullRequest() {
    PullRequest pull = new PullRequest(1, commit(), "main", false);
    forge.open(pull);
    return pull;
  }
}
