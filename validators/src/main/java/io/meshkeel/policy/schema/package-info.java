/**
 * Checks objects against the schemas of the custom resource definitions of Istio and of the Gateway
 * API: types, enumerations, bounds, required and unknown fields, alternatives, CEL rules.
 *
 * <p>The schemas are JSON resources beside these classes, one file per release, reduced from the
 * published definitions by {@code io.meshkeel.testbed.schema.ReduceSchemas}, whose package says the
 * format.
 */
@NullMarked
package io.meshkeel.policy.schema;

import org.jspecify.annotations.NullMarked;
