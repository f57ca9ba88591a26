package io.meshkeel.model;

/**
 * One object of the repository that is applied as written: an Istio or Gateway API object. Equal
 * declarations need not be the same object, but a file that didn't change yields the very same
 * instances again, so later stages may remember what they made of one by identity.
 *
 * @param manifest the object
 * @param mesh the mesh whose folder holds it
 * @param file the file that holds it
 * @param document which YAML document of the file, counted from 0
 * @param position where the document starts
 */
public record Declaration(
    Manifest manifest, MeshName mesh, SourceFile file, int document, SourcePosition position) {}
