package io.meshkeel.facts;

import io.meshkeel.model.GroupKind;

/**
 * Objects that hold for all of their namespace, of kinds of which a namespace takes one. Told as
 * {@code others}: {@code namespace/name} of the others of that kind and namespace.
 */
final class NamespaceDefaults extends KeptIndex {
  private final Shelf<Place, ObjectView> places = shelf();

  private record Place(GroupKind kind, String namespace) {
    static Place of(ObjectView object) {
      return new Place(object.declaration().manifest().key().groupKind(), object.namespace());
    }
  }

  private static boolean isDefault(ObjectView object) {
    return switch (object) {
      case PeerAuthenticationView policy -> policy.wholeNamespace();
      case NamespaceDefaultView view -> view.wholeNamespace();
      default -> false;
    };
  }

  @Override
  public void add(ObjectView object) {
    if (isDefault(object)) {
      places.put(object, Place.of(object), object);
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (isDefault(object)) {
      slice.put("others", HostUsers.firstIds(places.get(Place.of(object)), object));
    }
  }
}
