/**
 * Reduces published custom resource definitions to what a check needs, without their prose.
 *
 * <p>The outcome is committed in {@code validators/src/main/resources/io/meshkeel/policy/schema/},
 * one file per release ({@code istio-1.29.json} … {@code gateway-1.6.json}); {@link
 * io.meshkeel.testbed.schema.ReduceSchemas} writes it and a test fails when it is out of date.
 *
 * <h2>The format</h2>
 *
 * <pre>{@code
 * {
 *   "definitions": {"<name>": <schema>, …},
 *   "kinds": [
 *     {
 *       "group": "networking.istio.io",
 *       "kind": "VirtualService",
 *       "plural": "virtualservices",
 *       "schemas": [{"schema": <schema>, "versions": ["v1", "v1alpha3", "v1beta1"]}],
 *       "scope": "Namespaced",
 *       "storage": "v1"
 *     }, …
 *   ],
 *   "release": "1.31",
 *   "source": [{"file": "kubernetes/customresourcedefinitions.gen.yaml", "module": "istio.io/api", "version": "v1.31.1"}]
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@code kinds} is sorted by group and kind. Each entry of {@code schemas} names the served
 *       versions that share one schema; versions that aren't served are left out. {@code scope} is
 *       {@code Namespaced} or {@code Cluster}.
 *   <li>A schema is the object as a whole, without {@code apiVersion}, {@code kind}, {@code
 *       metadata} and {@code status}: its {@code properties} are usually just {@code spec}. These
 *       four are allowed by nature ({@code status} isn't to be declared).
 *   <li>A schema is the structural schema of Kubernetes, keyword by keyword: {@code type}, {@code
 *       format}, {@code nullable}, {@code enum}, {@code default}, {@code properties}, {@code
 *       required}, {@code additionalProperties} (a schema or {@code true}), {@code items}, {@code
 *       minimum}, {@code maximum}, {@code exclusiveMinimum}, {@code exclusiveMaximum}, {@code
 *       multipleOf}, {@code minLength}, {@code maxLength}, {@code pattern}, {@code minItems},
 *       {@code maxItems}, {@code uniqueItems}, {@code minProperties}, {@code maxProperties}, {@code
 *       oneOf}, {@code anyOf}, {@code allOf}, {@code not}, {@code x-kubernetes-int-or-string},
 *       {@code x-kubernetes-preserve-unknown-fields}, {@code x-kubernetes-embedded-resource},
 *       {@code x-kubernetes-list-type}, {@code x-kubernetes-list-map-keys}, and {@code
 *       x-kubernetes-validations}: a list of {@code {rule, message, messageExpression, reason,
 *       fieldPath, optionalOldSelf}}, {@code rule} always there. Anything else in a published
 *       definition stops the reduction, so that nothing is lost unseen.
 *   <li>An object with {@code properties} allows no others, unless it has {@code
 *       x-kubernetes-preserve-unknown-fields: true}. This doesn't hold within {@code oneOf}, {@code
 *       anyOf}, {@code allOf} and {@code not}: there {@code properties} only adds conditions.
 *   <li>Wherever a schema stands there may be {@code {"$ref": "<name>"}} instead, which has no
 *       other keyword beside it and means {@code definitions.<name>}. A definition may refer to
 *       others, never to itself. They only save space; each is named after the first place that
 *       uses it.
 * </ul>
 *
 * <p>Keys are sorted, numbers are JSON numbers, what fits on a line stands on one.
 */
@NullMarked
package io.meshkeel.testbed.schema;

import org.jspecify.annotations.NullMarked;
