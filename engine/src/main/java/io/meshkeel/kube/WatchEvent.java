package io.meshkeel.kube;

import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;

/** What a watch tells. */
public sealed interface WatchEvent {
  /** Where a later watch can go on. */
  String resourceVersion();

  /** An object was added or changed. */
  record Put(LiveObject object, String resourceVersion) implements WatchEvent {}

  /** An object is gone; this is its last state. */
  record Gone(LiveObject object, String resourceVersion) implements WatchEvent {}

  /** An object was added or changed, as a watch of an {@link ObservedScope} tells it. */
  record Seen(Manifest object, String resourceVersion) implements WatchEvent {}

  /** Such an object is gone. */
  record Lost(ResourceKey key, String resourceVersion) implements WatchEvent {}

  /** Nothing happened up to here. */
  record Bookmark(String resourceVersion) implements WatchEvent {}
}
