package io.meshkeel.kube;

/** What a watch tells. */
public sealed interface WatchEvent {
  /** Where a later watch can go on. */
  String resourceVersion();

  /** An object was added or changed. */
  record Put(LiveObject object, String resourceVersion) implements WatchEvent {}

  /** An object is gone; this is its last state. */
  record Gone(LiveObject object, String resourceVersion) implements WatchEvent {}

  /** Nothing happened up to here. */
  record Bookmark(String resourceVersion) implements WatchEvent {}
}
