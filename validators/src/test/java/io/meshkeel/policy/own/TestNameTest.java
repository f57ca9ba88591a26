package io.meshkeel.policy.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TestNameTest {
  @Test
  void eachTestIsNamedOnceAtItsFirstDefinition() {
    assertThat(
            TestName.in(
                Map.of(
                    "policies/a_test.rego",
                    """
                    # package not.this
                    package a["b-c"]

                    test_one if true
                    helper if test_one
                      test_two if false
                    test_one if false
                    todo_test_three if true
                    """)))
        .extracting(name -> name.failed("why").name() + " at " + name.position())
        .containsExactly(
            "a[\"b-c\"].test_one at policies/a_test.rego:4:1",
            "a[\"b-c\"].test_two at policies/a_test.rego:6:1",
            "a[\"b-c\"].todo_test_three at policies/a_test.rego:8:1");
  }

  @Test
  void aPatternTakesNoOtherTest() {
    TestName name =
        TestName.in(Map.of("policies/a_test.rego", "package a.b\n\ntest_x if true\n")).getFirst();
    assertThat("data.a.b.test_x").matches(name.pattern());
    assertThat("data.a.b.test_xy").doesNotMatch(name.pattern());
    assertThat("data.axb.test_x").doesNotMatch(name.pattern());
  }
}
