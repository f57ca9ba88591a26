package io.meshkeel.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many of the mistakes that a machine made each rule found; {@code mutations.tsv} holds them
 * between the run that counts and the page that shows them.
 *
 * @param lines by the rule's id
 */
record MutationFigures(SortedMap<String, Line> lines) {
  private static final Path FILE = Path.of("src/test/resources/io/meshkeel/policy/mutations.tsv");
  private static final String HEAD = "rule\tchanges\tmistakes\tfound\n";

  /**
   * One rule.
   *
   * @param rule its id
   * @param changes changes of its good example that a schema lets pass
   * @param mistakes those of them that it promises to find
   * @param found those that it found
   */
  record Line(String rule, int changes, int mistakes, int found) {
    /** In whole percent, rounded down. */
    int percent() {
      return mistakes == 0 ? 0 : 100 * found / mistakes;
    }
  }

  static MutationFigures of(Collection<Line> lines) {
    return new MutationFigures(
        lines.stream().collect(Collectors.toMap(Line::rule, l -> l, (a, b) -> a, TreeMap::new)));
  }

  /** All rules together. */
  Line all() {
    return new Line(
        "all",
        lines.values().stream().mapToInt(Line::changes).sum(),
        lines.values().stream().mapToInt(Line::mistakes).sum(),
        lines.values().stream().mapToInt(Line::found).sum());
  }

  static MutationFigures read() throws IOException {
    return of(
        Files.readAllLines(FILE).stream()
            .skip(1)
            .map(line -> line.split("\t", -1))
            .map(cells ->
                new Line(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    Integer.parseInt(cells[2]),
                    Integer.parseInt(cells[3])))
            .toList());
  }

  /** What the list of rules says of one: how many of the mistakes it found. */
  String cell(String rule) {
    Line line = lines.getOrDefault(rule, new Line(rule, 0, 0, 0));
    return "%d of %d (%d %%)".formatted(line.found(), line.mistakes(), line.percent());
  }

  /** What stands above the list. */
  String proof() {
    Line all = all();
    return """
    The last column is a proof: a machine changes the good example of each rule in every way it knows (a field dropped, a
    name mistyped, a host widened, a list item split, a document removed, in the repository and in the clusters). Which
    changes are mistakes of the rule's kind is said beside the example, and not by the rule. Asked alone, the rule must find
    these and none of the others. Of %,d changes that a schema lets pass %,d are mistakes, of which %,d are found (%d %%).

    A rule may evaluate %d expressions for each object or fact that it is asked about, and four times the objects may cost it
    four times the work.
    """
        .formatted(all.changes(), all.mistakes(), all.found(), all.percent(), RuleBudgetIT.BUDGET);
  }

  void write() throws IOException {
    Files.writeString(
        FILE,
        lines.values().stream()
            .map(line ->
                "%s\t%d\t%d\t%d\n"
                    .formatted(line.rule(), line.changes(), line.mistakes(), line.found()))
            .collect(Collectors.joining("", HEAD, "")));
  }
}
