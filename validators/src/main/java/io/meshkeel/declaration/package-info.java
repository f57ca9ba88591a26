/**
 * YAML to typed declarations. All errors of a tree are collected, each with file, line and column.
 *
 * <p>Entry points: {@link io.meshkeel.declaration.DeclarationReader} reads a {@link
 * io.meshkeel.model.Snapshot}; {@link io.meshkeel.declaration.DirectorySnapshot} is one of a
 * folder; {@link io.meshkeel.declaration.SourceLocator} finds the line and column of a field.
 */
@NullMarked
package io.meshkeel.declaration;

import org.jspecify.annotations.NullMarked;
