package io.meshkeel.declaration;

import io.meshkeel.declaration.FixPlan.Refused;
import io.meshkeel.declaration.FixPlan.Splice;
import io.meshkeel.model.Fix;
import io.meshkeel.model.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes fixes into the text of one file and leaves all else as it is, byte by byte: comments,
 * quotes, indentation, order. A changed document is read again and must say what it said before but
 * for the fix; else the fix is refused. Pure; for one thread.
 */
public final class FileFixes {
  /** Bytes of a byte order mark. */
  private static final int MARK = 3;

  private final String file;
  private final byte[] content;
  private final CountedText text;
  private final boolean marked;
  private final List<YamlNodes.Document> documents;

  /**
   * @param file its path, for places
   * @param content its bytes; one that is no UTF-8 or no YAML takes no fix
   */
  public FileFixes(String file, byte[] content) {
    this.file = file;
    String decoded = SourceText.decode(content);
    String read = decoded == null ? "" : decoded;
    this.content = content.clone();
    this.text = new CountedText(read);
    this.marked = read.getBytes(StandardCharsets.UTF_8).length == content.length - MARK;
    this.documents = YamlNodes.read(file, read, Limits.DEFAULT);
  }

  /**
   * A fix and where it belongs.
   *
   * @param place somewhere in the document that it changes
   * @param fix the fix
   */
  public record Placed(SourcePosition place, Fix fix) {}

  /**
   * What a fix does to the text.
   *
   * @param edits in the order of the text; empty if it is refused
   * @param refusal why it can't be written here, in plain words; empty if it can
   */
  public record Written(List<TextEdit> edits, String refusal) {
    public Written {
      edits = List.copyOf(edits);
    }
  }

  /**
   * The file with fixes.
   *
   * @param content its bytes
   * @param refusals for each fix why it was not written, empty if it was
   */
  public record Result(byte[] content, List<String> refusals) {
    public Result {
      refusals = List.copyOf(refusals);
    }
  }

  /** What one fix would do. */
  public Written show(Placed placed) {
    try {
      List<TextEdit> edits = new ArrayList<>();
      for (Splice splice : plan(placed).splices()) {
        edits.add(
            new TextEdit(
                text.position(file, splice.start()),
                text.position(file, splice.end()),
                text.between(splice.start(), splice.end()),
                splice.added()));
      }
      return new Written(edits, "");
    } catch (Refused e) {
      return new Written(List.of(), e.why());
    }
  }

  /**
   * Writes as many of these fixes as go together; of two that touch the same text the earlier in
   * the list is written, the other may be once the file is judged again.
   */
  public Result write(List<Placed> fixes) {
    @Nullable String[] refusals = new String[fixes.size()];
    List<FixPlan> taken = new ArrayList<>();
    for (int i = 0; i < refusals.length; i++) {
      try {
        FixPlan plan = plan(fixes.get(i));
        if (taken.stream().anyMatch(plan::touches)) {
          refusals[i] = "another fix changes the same lines";
        } else if (!holds(plan, taken)) {
          refusals[i] = "it doesn't go together with another fix";
        } else {
          taken.add(plan);
          refusals[i] = "";
        }
      } catch (Refused e) {
        refusals[i] = e.why();
      }
    }
    return new Result(
        taken.isEmpty() ? content : encode(spliced(taken, 0, text.length())),
        Arrays.stream(refusals).map(Objects::requireNonNull).toList());
  }

  private FixPlan plan(Placed placed) throws Refused {
    if (documents.isEmpty()) {
      throw new Refused("the document can't be read");
    }
    YamlNodes.Document document = documents.getFirst();
    for (YamlNodes.Document each : documents) {
      document = each.line() <= placed.place().line() ? each : document;
    }
    FixPlan plan = FixPlan.of(placed.fix(), document, text);
    if (!holds(plan, List.of())) {
      throw new Refused("the text can't be changed there without changing more");
    }
    return plan;
  }

  /** Whether the document says what it should with a plan and those that were taken of it. */
  private boolean holds(FixPlan plan, List<FixPlan> taken) {
    List<FixPlan> together = new ArrayList<>();
    taken.stream().filter(other -> other.document() == plan.document()).forEach(together::add);
    together.add(plan);
    int from = plan.document().start();
    int to = plan.document().end();
    YamlDocument.Stream before = load(text.between(from, to));
    YamlDocument.Stream after = load(spliced(together, from, to));
    if (before.documents().size() != 1
        || after.documents().size() != 1
        || before.problems().size() != after.problems().size()) {
      return false;
    }
    Object expected = before.documents().getFirst().root();
    // From the end of the text, so that no edit changes the path of one that is still to come.
    List<FixPlan.Step> steps =
        together.stream()
            .flatMap(each -> each.steps().stream())
            .sorted(Comparator.comparingInt(FixPlan.Step::start).reversed())
            .toList();
    for (FixPlan.Step step : steps) {
      expected = FixedTree.after(expected, step.edit(), step.written());
    }
    return Objects.equals(expected, after.documents().getFirst().root());
  }

  private YamlDocument.Stream load(String part) {
    return YamlLoader.load(file, part, Limits.DEFAULT);
  }

  /** A part of the text with these changes, which don't touch one another. */
  private String spliced(List<FixPlan> plans, int from, int to) {
    List<Splice> splices =
        plans.stream()
            .flatMap(plan -> plan.splices().stream())
            .filter(splice -> splice.start() >= from && splice.end() <= to)
            .sorted(Comparator.comparingInt(Splice::start))
            .toList();
    StringBuilder changed = new StringBuilder();
    int at = from;
    for (Splice splice : splices) {
      changed.append(text.between(at, splice.start())).append(splice.added());
      at = splice.end();
    }
    return changed.append(text.between(at, to)).toString();
  }

  private byte[] encode(String changed) {
    byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
    if (!marked) {
      return bytes;
    }
    byte[] whole = Arrays.copyOf(content, MARK + bytes.length);
    System.arraycopy(bytes, 0, whole, MARK, bytes.length);
    return whole;
  }
}
