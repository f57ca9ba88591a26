package io.meshkeel.app.validate;

import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.PolicyError;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * JUnit's XML as Jenkins and GitLab read it: a suite for each mesh, in it one case for the verdict
 * and one for each finding. A finding that denies is a failure, one that doesn't a passed case that
 * says so in {@code system-out}; a mesh that couldn't be judged is an error.
 *
 * @see <a href="https://github.com/jenkinsci/xunit-plugin">Jenkins' schema junit-10.xsd</a>
 */
final class JUnitReport {
  private final PrintWriter out;

  JUnitReport(PrintWriter out) {
    this.out = out;
  }

  void print(Validation validation) {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "meshkeel validate");
      for (Verdict verdict : validation.verdicts()) {
        suite(xml, validation, verdict.mesh(), verdict.failure());
      }
      if (validation.verdicts().isEmpty() || !of(validation, null).isEmpty()) {
        suite(xml, validation, null, validation.failure());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the report could not be written", e);
    }
    out.println();
    out.flush();
  }

  private static List<Finding> of(Validation validation, @Nullable MeshName mesh) {
    List<Finding> findings = new ArrayList<>();
    for (Verdict verdict : validation.verdicts()) {
      if (verdict.mesh().equals(mesh)) {
        // Each suite says by itself why it fails.
        verdict.findings().stream().filter(validation::isTogether).forEach(findings::add);
      }
    }
    for (Finding finding : validation.findings()) {
      boolean judged =
          validation.verdicts().stream().anyMatch(v -> v.mesh().equals(finding.mesh()));
      if (mesh == null
          ? !judged && !PolicyError.isOf(finding)
          : Objects.equals(mesh, finding.mesh())) {
        findings.add(finding);
      }
    }
    return findings;
  }

  private static void suite(
      XMLStreamWriter xml, Validation validation, @Nullable MeshName mesh, Optional<String> failure)
      throws XMLStreamException {
    List<Finding> findings = of(validation, mesh);
    long denying = findings.stream().filter(validation::denies).count();
    String name = mesh == null ? "repository" : "mesh " + mesh.value();
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", String.valueOf(findings.size() + 1));
    xml.writeAttribute("failures", String.valueOf(denying));
    xml.writeAttribute("errors", failure.isPresent() ? "1" : "0");
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", "is judged");
    xml.writeAttribute("classname", name);
    if (failure.isPresent()) {
      xml.writeStartElement("error");
      xml.writeAttribute("message", clean(failure.get()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
    for (Finding finding : findings) {
      testCase(xml, name, finding, validation.denies(finding));
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private static void testCase(XMLStreamWriter xml, String suite, Finding finding, boolean denies)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute(
        "name",
        clean(
            finding.ruleId()
                + (finding.resource() == null ? "" : " " + finding.resource())
                + (finding.position() == null ? "" : " at " + finding.position())));
    xml.writeAttribute("classname", suite);
    if (denies) {
      xml.writeStartElement("failure");
      xml.writeAttribute("type", finding.ruleId());
      xml.writeAttribute("message", clean(finding.message()));
    } else {
      xml.writeStartElement("system-out");
    }
    xml.writeCharacters(clean(finding.severity().word() + ": " + finding.oneLine()));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  /** Without the characters that XML 1.0 can't hold. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean allowed =
              c == '\t'
                  || c == '\n'
                  || c == '\r'
                  || (c >= 0x20 && c <= 0xD7FF)
                  || (c >= 0xE000 && c <= 0xFFFD)
                  || c >= 0x10000;
          clean.appendCodePoint(allowed ? c : 0xFFFD);
        });
    return clean.toString();
  }
}
