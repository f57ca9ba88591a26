package io.meshkeel.app.http;

/**
 * Writes HTML. Markup comes from literals in the code only; everything else goes through {@link
 * #text} or an attribute value, which escape. For one thread.
 */
final class Html {
  private final StringBuilder out = new StringBuilder(4096);

  /** Markup as written. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Content of an element. */
  Html text(String text) {
    escape(text);
    return this;
  }

  /** An element with text in it. */
  Html element(String name, String text) {
    return raw("<").raw(name).raw(">").text(text).raw("</").raw(name).raw(">");
  }

  /** An element of a CSS class with text in it; the class comes from the code. */
  Html element(String name, String cssClass, String text) {
    return raw("<")
        .raw(name)
        .raw(" class=\"")
        .raw(cssClass)
        .raw("\">")
        .text(text)
        .raw("</")
        .raw(name)
        .raw(">");
  }

  /**
   * A link. An address of another scheme than http or https becomes plain text, so that no script
   * can be smuggled in as one.
   */
  Html link(String address, String text) {
    boolean safe =
        address.startsWith("https://") || address.startsWith("http://") || address.startsWith("/");
    if (!safe) {
      return text(text);
    }
    raw("<a href=\"");
    escape(address);
    return raw("\">").text(text).raw("</a>");
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          // Control characters and marks that turn the direction of a text would mislead a reader.
          boolean hidden =
              (Character.isISOControl(c) && c != '\n' && c != '\t')
                  || (c >= '\u202A' && c <= '\u202E')
                  || (c >= '\u2066' && c <= '\u2069');
          out.append(hidden ? '\uFFFD' : c);
        }
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
