package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class FindingPagesTest {
  @Test
  void everyIdHasAPageWithItsTitle() {
    Map<String, String> titles = FindingTitles.all();
    assertThat(titles).containsKeys("D001", "S001", "W001", "M101");
    titles.forEach((id, title) ->
        assertThat(FindingPages.page(id))
            .as(id)
            .hasValueSatisfying(page -> assertThat(page).startsWith("# " + id).contains(title)));
  }

  @Test
  void aSectionEndsWhereTheNextBegins() {
    assertThat(FindingPages.page("d001").orElseThrow()).contains("**Fix:**").doesNotContain("D002");
  }

  @Test
  void thereIsNoPageOfAnythingElse() {
    assertThat(FindingPages.page("D999")).isEmpty();
    assertThat(FindingPages.page("../M101")).isEmpty();
  }
}
