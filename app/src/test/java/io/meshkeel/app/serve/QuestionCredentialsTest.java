package io.meshkeel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionCredentialsTest {
  @TempDir private Path folder;

  private QuestionCredentials holding(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("monitor"), content);
    return new QuestionCredentials(Map.of("monitor", file));
  }

  @Test
  void aTokenIsABearerAndAUserWithAPasswordIsBasic() throws Exception {
    assertThat(holding("eyJhbGciOi.x_y-z~+/==\n").of("monitor").authorization())
        .contains("Bearer eyJhbGciOi.x_y-z~+/==");
    assertThat(holding("mesh:pass:word").of("monitor").authorization())
        .contains("Basic bWVzaDpwYXNzOndvcmQ=");
  }

  @Test
  void aFileIsReadAtEachQuestion() throws Exception {
    QuestionCredentials credentials = holding("old");
    assertThat(credentials.of("monitor").authorization()).contains("Bearer old");
    holding("new");
    assertThat(credentials.of("monitor").authorization()).contains("Bearer new");
  }

  @Test
  void aKubeconfigAndOtherThingsAreSentToNobody() throws Exception {
    for (String content :
        List.of(
            "apiVersion: v1\nkind: Config\nusers: [{user: {token: treasure}}]\n",
            "{\"users\":[{\"user\":{\"token\":\"treasure\"}}]}",
            "treasure treasure",
            "a:treasure\r\nX-Other: b")) {
      assertThatIOException()
          .as(content)
          .isThrownBy(() -> holding(content).of("monitor").authorization())
          .withMessage(
              "the file of the credential 'monitor' holds neither a token nor user:password")
          .withMessageNotContaining("treasure");
    }
  }

  @Test
  void whatIsNotThereIsSaidWithTheClosestName() throws Exception {
    assertThatIOException()
        .isThrownBy(() -> holding("x").of("moniter").authorization())
        .withMessageContaining("there is no credential 'moniter'")
        .withMessageContaining("did you mean 'monitor'?");
    QuestionCredentials gone = holding("x");
    Files.delete(folder.resolve("monitor"));
    assertThatIOException()
        .isThrownBy(() -> gone.of("monitor").authorization())
        .withMessage("the file of the credential 'monitor' can't be read");
  }
}
