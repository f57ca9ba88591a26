package io.meshkeel.view;

import java.util.List;

/** One line of a module. Records; their columns are listed beside them. */
public interface Row {
  /** The mesh; empty if none is declared. */
  String mesh();

  /** The clusters it is about; empty if it is about none in particular. */
  List<String> clusters();

  /** The namespace it is about; empty if it is about none. */
  String namespace();
}
