package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GiteaIT {
  @Test
  void commitsGoInAndStatusesComeOut() {
    GiteaApi api = SharedServers.gitea().api();
    String repository = SharedServers.newRepository();

    String first = api.commit(repository, "main", "Add", Map.of("a/b.yaml", "x: 1\n", "c", "d"));
    String second = api.commit(repository, "main", "Change", Map.of("a/b.yaml", "x: 2\n", "c", ""));

    assertThat(api.head(repository, "main")).isEqualTo(second).isNotEqualTo(first);
    assertThat(api.statuses(repository, second)).isEmpty();
  }
}
