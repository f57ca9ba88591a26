package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.reader.StreamReader;

class ReaderPropertyTest {
  @Property(tries = 500)
  void anyBytesAreReadWithoutAnException(@ForAll @Size(max = 200) byte[] bytes) {
    Declarations read = Tree.shop().with("meshes/shop/x.yaml", bytes).read();
    assertThat(Tree.mesh(read, "shop").mesh().name()).hasToString("shop");
  }

  @Property(tries = 1_000)
  void anyTextOfYamlCharactersIsReadWithoutAnException(@ForAll("yamlish") String text) {
    Declarations read = Tree.shop().with("meshes/shop/x.yaml", text).read();
    for (Finding finding : Tree.mesh(read, "shop").problems()) {
      assertThat(finding.position()).isNotNull();
      assertThat(finding.remediation()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<String> yamlish() {
    return Arbitraries.of(
            "a",
            "b: ",
            "- ",
            "\n",
            "  ",
            "    ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            ": ",
            "? ",
            "&x ",
            "*x",
            "<<: ",
            "---\n",
            "...\n",
            "| \n",
            ">-\n",
            "'",
            "\"",
            "\\",
            "#",
            "!!str ",
            "!a ",
            "%",
            "\t",
            "kind: Mesh\n",
            "apiVersion: meshkeel.io/v1alpha1\n",
            "metadata: ",
            "null",
            "1e999",
            "\u00e9",
            "\ud83d\ude00",
            "\u0000",
            "~",
            "@",
            "`")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 300)
  void aBrokenPieceOfASoundFileIsReadWithoutAnException(
      @ForAll @IntRange(max = 400) int at, @ForAll byte replacement) {
    byte[] text =
        (Tree.MESH + "---\n" + Tree.CLUSTER + "---\n" + Tree.virtualService("a"))
            .getBytes(StandardCharsets.UTF_8);
    text[at % text.length] = replacement;
    assertThat(new Tree().with("meshes/shop/x.yaml", text).read()).isNotNull();
  }

  @Property(tries = 50)
  void asManyDocumentsAsWereWrittenAreRead(@ForAll @IntRange(max = 300) int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("---\n").append(Tree.virtualService("v" + i));
    }
    MeshDeclarations shop = Tree.shop().with("meshes/shop/x.yaml", text.toString()).readShop();
    assertThat(shop.problems()).isEmpty();
    assertThat(shop.objects()).hasSize(count);
    for (int i = 0; i < count; i++) {
      Declaration declaration = shop.objects().get(i);
      assertThat(declaration.document()).isEqualTo(i);
      assertThat(declaration.position().line()).isEqualTo(8 * i + 2);
    }
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void whatAnotherWriterWroteIsReadAsItWasMeant(@ForAll("content") Map<String, Object> content) {
    DumperOptions options = new DumperOptions();
    options.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
    String text = new Yaml(options).dump(content);
    YamlDocument.Stream stream = YamlLoader.load("f.yaml", text, Limits.DEFAULT);
    assertThat(stream.problems()).isEmpty();
    assertThat(stream.documents().getFirst().root()).isEqualTo(content);
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void everyFieldIsFoundWhereItsNameStands(@ForAll("content") Map<String, Object> content) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
    String text = new Yaml(options).dump(content);
    List<String> lines = text.lines().toList();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SourceLocator locator = new SourceLocator();
    for (JsonPath path : paths(content)) {
      SourcePosition position = locator.locate(bytes, "f.yaml", 0, path);
      assertThat(position.exact()).isTrue();
      if (path.segments().getLast() instanceof String name) {
        assertThat(lines.get(position.line() - 1).substring(position.column() - 1))
            .startsWith("\"" + name + "\":");
      }
    }
  }

  private static List<JsonPath> paths(Map<String, Object> content) {
    List<JsonPath> paths = new ArrayList<>();
    collect(content, JsonPath.ROOT, paths);
    return paths;
  }

  private static void collect(Object value, JsonPath at, List<JsonPath> paths) {
    if (!at.segments().isEmpty()) {
      paths.add(at);
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> collect(each, at.field((String) key), paths));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(list.get(i), at.index(i), paths);
      }
    }
  }

  @Provide
  Arbitrary<Map<String, Object>> content() {
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6);
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(10).filter(ReaderPropertyTest::printable),
            Arbitraries.longs().map(n -> (Object) n.toString()));
    Arbitrary<Object> values =
        Arbitraries.lazyOf(
            () -> scalars,
            () -> scalars,
            () -> scalars.list().ofMaxSize(3).map(l -> (Object) List.copyOf(l)),
            () -> Arbitraries.maps(names, scalars).ofMaxSize(3).map(m -> (Object) Map.copyOf(m)),
            () -> content(names, scalars).list().ofMaxSize(2).map(l -> (Object) List.copyOf(l)));
    return content(names, values);
  }

  private static Arbitrary<Map<String, Object>> content(
      Arbitrary<String> names, Arbitrary<Object> values) {
    return Arbitraries.maps(names, values).ofMinSize(1).ofMaxSize(5).map(Map::copyOf);
  }

  private static boolean printable(String text) {
    return StreamReader.isPrintable(text);
  }
}
