package io.meshkeel.app.http;

import java.util.function.Consumer;

/** What all pages have around their content. */
final class PageFrame {
  private PageFrame() {}

  static String page(String title, Consumer<Html> content) {
    Html html =
        new Html()
            .raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .element("title", title + " · Meshkeel")
            .raw("<link rel=\"stylesheet\" href=\"/style.css\"></head>\n<body>")
            .raw("<header><a href=\"/\">Meshkeel</a></header>\n<main>\n");
    content.accept(html);
    return html.raw("</main></body></html>\n").toString();
  }
}
